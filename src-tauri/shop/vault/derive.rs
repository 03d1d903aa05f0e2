//! From a PIN, a code's target and the device secret to the keys of one slot. Deterministic throughout.

use zeroize::Zeroizing;

use super::error::VaultError;
use super::hazmat::{self, Secret, argon2id};
use super::key::Key;
use super::pin::Pin;
use super::slot::{SlotHead, SlotId};
use crate::id::VaultId;

/// What stands in the target's place in a slot whose code is checked by the program (kind 2).
pub(super) const NO_TARGET: u32 = 0xFFFF_FFFF;

/// The two keys of a slot: one wraps its bundle, the other is stored to tell that the first is right.
pub(super) struct SlotKeys {
    pub wrap: Secret,
    pub commit: Secret,
}

/// A key that depends on this PC: HKDF of the device secret, `pos/v1/<label>` and, where one is named, a slot.
///
/// Labels in use: `pepper|` and `totp-table|` with a slot, `state`, `throttle` and `roster` without.
pub(super) fn derive_device_key(device: &Key, vault: &VaultId, label: &str, slot: Option<&SlotId>) -> Key {
    let slot = slot.map_or(&[][..], |slot| slot.bytes());
    Key::new(&hazmat::hkdf(device.expose(), vault.bytes(), &[b"pos/v1/", label.as_bytes(), slot]))
}

/// The keys of a slot opened by a person: PIN, target and device secret in one Argon2id call.
///
/// # Errors
/// [`VaultError::NoMemory`] when the machine cannot lend what the slot's cost asks for.
pub(super) fn derive_slot_keys(
    pin: &Pin,
    target: u32,
    device: &Key,
    vault: &VaultId,
    head: &SlotHead,
) -> Result<SlotKeys, VaultError> {
    Ok(split(&*derive_z(pin, target, device, vault, head)?, head))
}

/// The keys of the slot opened by the printed code: HKDF alone, because 130 bits cannot be guessed, and
/// without the device secret, so that the paper works on a new PC.
pub(super) fn derive_recovery_keys(code: &str, vault: &VaultId, head: &SlotHead) -> SlotKeys {
    let info: [&[u8]; 3] = [b"pos/v1/recovery|", vault.bytes(), head.id.bytes()];
    split(&hazmat::hkdf::<32>(code.as_bytes(), &head.salt, &info), head)
}

fn derive_z(pin: &Pin, target: u32, device: &Key, vault: &VaultId, head: &SlotHead) -> Result<Secret, VaultError> {
    let pepper = derive_device_key(device, vault, "pepper|", Some(&head.id));
    let pin = pin.expose();
    let mut password = Zeroizing::new(Vec::with_capacity(1 + pin.len() + 4));
    password.push(u8::try_from(pin.len()).expect("a PIN is at most 255 bytes"));
    password.extend_from_slice(pin);
    password.extend_from_slice(&target.to_be_bytes());
    argon2id(&password, &head.salt, pepper.expose(), &slot_ad(vault, head), head.cost)
}

/// What the slot is, hashed because Argon2's data may be at most 32 bytes.
fn slot_ad(vault: &VaultId, head: &SlotHead) -> [u8; 32] {
    hazmat::sha256(&[
        b"pos/v1/slot-ad",
        vault.bytes(),
        head.id.bytes(),
        &[head.role, head.kind as u8],
        &head.cost.m_kib.to_le_bytes(),
        &head.cost.t.to_le_bytes(),
        &head.cost.p.to_le_bytes(),
    ])
}

fn split(z: &[u8; 32], head: &SlotHead) -> SlotKeys {
    let both = hazmat::hkdf::<64>(z, &head.salt, &[b"pos/v1/slot-wrap"]);
    let mut keys = SlotKeys { wrap: Secret::default(), commit: Secret::default() };
    keys.wrap.copy_from_slice(&both[..32]);
    keys.commit.copy_from_slice(&both[32..]);
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::sample::{array, hex};
    use crate::vault::slot::{Cost, Kind};

    const Z: [u8; 32] = [
        0xda, 0xaf, 0xfa, 0x11, 0xef, 0x4b, 0x01, 0x87, 0x55, 0x91, 0x1a, 0x20, 0x68, 0xe9, 0xd5, 0x97, 0xa8, 0x24,
        0xcd, 0xd5, 0x8a, 0x4c, 0xcc, 0x45, 0x47, 0xc0, 0x38, 0xd5, 0x55, 0x13, 0xd9, 0x26,
    ];

    fn vault() -> VaultId {
        VaultId::new(array(0x20))
    }

    fn head() -> SlotHead {
        SlotHead { id: SlotId::new(array(0x30)), role: 1, cost: Cost::FLOOR, salt: array(0x40), kind: Kind::Bound }
    }

    #[test]
    fn annex_a_pepper() {
        let pepper = derive_device_key(&Key::new(&array(0)), &vault(), "pepper|", Some(&head().id));
        assert_eq!(hex(pepper.expose()), "153ffdf7436a2e76fb2e0791e293971aaf52e80fcae66e0c581e30cc9325fa2d");
    }

    #[test]
    fn annex_a_table() {
        let table = derive_device_key(&Key::new(&array(0)), &vault(), "totp-table|", Some(&head().id));
        assert_eq!(hex(table.expose()), "ea0289136a1398da3fb7507da36a2a2e30123e4c445cbce237c9449e85fab3da");
    }

    #[test]
    fn annex_a_z() {
        let pin = Pin::typed("482913").expect("a PIN");
        let z = derive_z(&pin, 123_456, &Key::new(&array(0)), &vault(), &head()).expect("64 MiB");
        assert_eq!(hex(&*z), hex(&Z));
    }

    #[test]
    fn annex_a_k_wrap() {
        assert_eq!(hex(&*split(&Z, &head()).wrap), "8c1039f9e8f7f091d5ae9fa2a045256a2e7cc7dd6db5fa2a9fa87f188598fe4f");
    }

    #[test]
    fn annex_a_commit() {
        assert_eq!(
            hex(&*split(&Z, &head()).commit),
            "b2649ecdc6b58b43c8eff1663d77e9e444271c88df248ed7bc54dcb4d19fc431"
        );
    }

    #[test]
    fn annex_a_wrap_of_the_root_key() {
        let keys = split(&Z, &head());
        let wrapped = hazmat::encrypt(&keys.wrap, &array(0x60), &array::<32>(0x80), &head().bytes());
        assert_eq!(
            hex(&wrapped),
            "1f33a0a7da16e359f0f8521ee6a54fbbe7bc52587742c7b5753d5c6860abb8096eb0735d9daed29b998b150ca84a4f16"
        );
    }

    #[test]
    fn the_recovery_keys_depend_on_code_vault_slot_and_salt() {
        let code = "0123456789ABCDEFGHJKMNPQRS";
        let other_slot = SlotHead { id: SlotId::new(array(0x31)), ..head() };
        let other_salt = SlotHead { salt: array(0x41), ..head() };
        let wraps = [
            derive_recovery_keys(code, &vault(), &head()),
            derive_recovery_keys("1123456789ABCDEFGHJKMNPQRS", &vault(), &head()),
            derive_recovery_keys(code, &VaultId::new(array(0x21)), &head()),
            derive_recovery_keys(code, &vault(), &other_slot),
            derive_recovery_keys(code, &vault(), &other_salt),
        ];
        for (place, keys) in wraps.iter().enumerate() {
            assert!(wraps[..place].iter().all(|before| *before.wrap != *keys.wrap && *before.commit != *keys.commit));
            assert_ne!(*keys.wrap, *keys.commit);
        }
    }
}
