//! A slot: one way into the vault, for one person or for the printed code.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::bundle::Bundle;
use super::bytes::Bytes;
use super::derive::SlotKeys;
use super::error::VaultError;
use super::hazmat::{NONCE, TAG, decrypt, encrypt, same};
use super::key::Key;
use super::totp::TotpSecret;
use crate::stamp::Chance;

/// The role byte of an owner; the roles of staff have higher numbers.
pub const OWNER: u8 = 1;

/// The escrowed authenticator: 20 bytes of secret, the target, the tag.
pub(super) const ESCROW: usize = 20 + 4 + TAG;
/// The longest sealed bundle: the four things a bundle can hold fit in many times over.
const SEALED_MAX: usize = 1024;
const MAGIC: &[u8; 4] = b"SLT1";

/// Names a slot; random, and shown to the window as thirty-two hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SlotId([u8; 16]);

impl SlotId {
    #[must_use]
    pub const fn new(bytes: [u8; 16]) -> SlotId {
        SlotId(bytes)
    }

    pub(super) fn make(chance: &mut dyn Chance) -> SlotId {
        let mut bytes = [0; 16];
        chance.fill(&mut bytes);
        SlotId(bytes)
    }

    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Reads thirty-two hexadecimal digits.
    #[must_use]
    pub fn read(text: &str) -> Option<SlotId> {
        if text.len() != 32 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        u128::from_str_radix(text, 16).ok().map(|number| SlotId(number.to_be_bytes()))
    }
}

impl fmt::Display for SlotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for SlotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SlotId({self})")
    }
}

/// What one Argon2id call costs: memory in KiB, passes, lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    pub m_kib: u32,
    pub t: u32,
    pub p: u32,
}

impl Cost {
    /// The least the vault accepts: 64 MiB and three passes (RFC 9106, second choice, in one lane).
    pub const FLOOR: Cost = Cost { m_kib: 64 * 1024, t: 3, p: 1 };
    /// The most it accepts, so that a forged file cannot eat the machine's memory.
    pub const CEILING: Cost = Cost { m_kib: 1024 * 1024, t: 10, p: 1 };

    /// Whether the cost is neither a downgrade nor a bomb.
    #[must_use]
    pub fn in_limits(&self) -> bool {
        let floor = Self::least();
        let ceiling = Self::CEILING;
        (floor.m_kib..=ceiling.m_kib).contains(&self.m_kib) && (floor.t..=ceiling.t).contains(&self.t) && self.p == 1
    }

    #[cfg(not(test))]
    fn least() -> Cost {
        Self::FLOOR
    }

    /// The floor, or what a test has lowered it to.
    #[cfg(test)]
    fn least() -> Cost {
        trial::LEAST.get()
    }
}

/// Lets a test derive keys cheaply. What is shipped knows one floor.
#[cfg(test)]
pub mod trial {
    use std::cell::Cell;

    use super::Cost;

    /// The least that Argon2id takes.
    pub const CHEAP: Cost = Cost { m_kib: 8, t: 1, p: 1 };

    thread_local! {
        pub(super) static LEAST: Cell<Cost> = const { Cell::new(Cost::FLOOR) };
    }

    /// Lowers the floor for the rest of this test.
    pub fn allow_cheap() {
        LEAST.set(CHEAP);
    }
}

/// How a slot is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// PIN and code together make the key.
    Bound = 1,
    /// The PIN makes the key; the code is checked by the program.
    Checked = 2,
    /// The printed code.
    Recovery = 3,
    /// A passphrase for backups.
    Backup = 4,
}

impl Kind {
    fn read(byte: u8) -> Option<Kind> {
        [Kind::Bound, Kind::Checked, Kind::Recovery, Kind::Backup].into_iter().find(|kind| *kind as u8 == byte)
    }

    /// Whether a person with a PIN and a phone opens it.
    pub const fn is_person(self) -> bool {
        matches!(self, Kind::Bound | Kind::Checked)
    }
}

/// The part of a slot that its ciphertexts are bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SlotHead {
    pub id: SlotId,
    pub role: u8,
    pub cost: Cost,
    pub salt: [u8; 16],
    pub kind: Kind,
}

impl SlotHead {
    pub fn make(role: u8, kind: Kind, cost: Cost, chance: &mut dyn Chance) -> SlotHead {
        assert!(cost.in_limits(), "a cost is calibrated between the floor and the ceiling");
        let mut salt = [0; 16];
        let id = SlotId::make(chance);
        chance.fill(&mut salt);
        SlotHead { id, role, cost, salt, kind }
    }

    /// `"SLT1" | slot_id[16] | u8 role | u32 m_kib | u32 t | u32 p | salt[16] | u8 kind`
    pub fn bytes(&self) -> Vec<u8> {
        [
            MAGIC,
            &self.id.bytes()[..],
            &[self.role],
            &self.cost.m_kib.to_le_bytes(),
            &self.cost.t.to_le_bytes(),
            &self.cost.p.to_le_bytes(),
            &self.salt,
            &[self.kind as u8],
        ]
        .concat()
    }

    fn read(from: &mut Bytes) -> Option<SlotHead> {
        (from.array()? == *MAGIC).then_some(())?;
        let id = SlotId(from.array()?);
        let role = from.u8()?;
        let cost = Cost { m_kib: from.u32()?, t: from.u32()?, p: from.u32()? };
        let head = SlotHead { id, role, cost, salt: from.array()?, kind: Kind::read(from.u8()?)? };
        head.cost.in_limits().then_some(head)
    }
}

/// A slot as it lies in the header.
///
/// The escrow holds the authenticator's secret for the owner; where there is no authenticator it is all zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub head: SlotHead,
    pub commit: [u8; 32],
    pub nonce: [u8; NONCE],
    pub sealed: Vec<u8>,
    pub escrow_nonce: [u8; NONCE],
    pub escrow: [u8; ESCROW],
}

impl Slot {
    /// Wraps a bundle in a slot; the authenticator, where there is one, also goes under the owner's `admin` key.
    pub fn seal(
        head: SlotHead,
        keys: &SlotKeys,
        bundle: &Bundle,
        escrow: Option<(&TotpSecret, u32, &Key)>,
        chance: &mut dyn Chance,
    ) -> Slot {
        let (mut nonce, mut escrow_nonce) = ([0; NONCE], [0; NONCE]);
        chance.fill(&mut nonce);
        let sealed = encrypt(&keys.wrap, &nonce, &bundle.bytes(), &head.bytes());
        let escrow = escrow.map_or([0; ESCROW], |(secret, target, admin)| {
            chance.fill(&mut escrow_nonce);
            let mut plain = zeroize::Zeroizing::new([0; 24]);
            plain[..20].copy_from_slice(secret.expose());
            plain[20..].copy_from_slice(&target.to_be_bytes());
            let sealed = encrypt(admin.expose(), &escrow_nonce, &*plain, &head.bytes());
            sealed.try_into().expect("24 bytes and a tag are 40")
        });
        Slot { head, commit: *keys.commit, nonce, sealed, escrow_nonce, escrow }
    }

    /// Opens the bundle. The commitment is compared first, in constant time: Poly1305 alone would let a crafted
    /// text open under many keys.
    ///
    /// # Errors
    /// [`VaultError::Refused`] when the keys are not this slot's; [`VaultError::Newer`] when the bundle holds
    /// things this program does not know.
    pub fn open(&self, keys: &SlotKeys) -> Result<Bundle, VaultError> {
        if !same(&self.commit, &keys.commit) {
            return Err(VaultError::Refused);
        }
        let plain = decrypt(&keys.wrap, &self.nonce, &self.sealed, &self.head.bytes()).ok_or(VaultError::Refused)?;
        Bundle::read(&plain)
    }

    /// Opens the escrow: the authenticator's secret and target, for an owner who lengthens the person's table.
    pub fn open_escrow(&self, admin: &Key) -> Option<(TotpSecret, u32)> {
        let plain = decrypt(admin.expose(), &self.escrow_nonce, &self.escrow, &self.head.bytes())?;
        let (secret, target) = plain.split_at_checked(20)?;
        Some((TotpSecret::read(secret)?, u32::from_be_bytes(target.try_into().ok()?)))
    }

    /// `head | u16 flags | commit[32] | nonce[24] | u16 ct_len | ct | escrow_nonce[24] | escrow_ct[40]`
    pub fn bytes(&self) -> Vec<u8> {
        let length = u16::try_from(self.sealed.len()).expect("a bundle is a few hundred bytes");
        [
            &self.head.bytes()[..],
            &0_u16.to_le_bytes(),
            &self.commit,
            &self.nonce,
            &length.to_le_bytes(),
            &self.sealed,
            &self.escrow_nonce,
            &self.escrow,
        ]
        .concat()
    }

    pub fn read(from: &mut Bytes) -> Option<Slot> {
        let head = SlotHead::read(from)?;
        (from.u16()? == 0).then_some(())?;
        let (commit, nonce) = (from.array()?, from.array()?);
        let length = usize::from(from.u16()?);
        (TAG..=SEALED_MAX).contains(&length).then_some(())?;
        let sealed = from.take(length)?.to_vec();
        let slot = Slot { head, commit, nonce, sealed, escrow_nonce: from.array()?, escrow: from.array()? };
        let empty = slot.escrow == [0; ESCROW] && slot.escrow_nonce == [0; NONCE];
        (empty != head.kind.is_person()).then_some(slot)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vault::hazmat::Secret;
    use crate::vault::sample::{Counting, array};

    fn keys(first: u8) -> SlotKeys {
        SlotKeys { wrap: Secret::new(array(first)), commit: Secret::new(array(first ^ 0x80)) }
    }

    fn slot(chance: &mut Counting) -> (Slot, Key) {
        let admin = Key::make(chance);
        let secret = TotpSecret::make(chance);
        let root = Some(Key::new(&array(0x10)));
        let bundle = Bundle { root, totp: Some(secret.copy()), target: Some(7), ..Bundle::default() };
        let head = SlotHead::make(OWNER, Kind::Bound, Cost::FLOOR, chance);
        (Slot::seal(head, &keys(1), &bundle, Some((&secret, 7, &admin)), chance), admin)
    }

    #[test]
    fn a_slot_opens_with_its_own_keys_alone() {
        let (slot, _) = slot(&mut Counting(1));
        let bundle = slot.open(&keys(1)).expect("its keys");
        assert_eq!(bundle.root.expect("a root key").expose(), &array(0x10));
        let mixed = [
            keys(2),
            SlotKeys { wrap: keys(1).wrap, commit: keys(2).commit },
            SlotKeys { wrap: keys(2).wrap, commit: keys(1).commit },
        ];
        for other in mixed {
            assert_eq!(slot.open(&other).expect_err("other keys"), VaultError::Refused);
        }
    }

    #[test]
    fn the_escrow_holds_secret_and_target_under_the_admin_key() {
        let (slot, admin) = slot(&mut Counting(1));
        let bundle = slot.open(&keys(1)).expect("its keys");
        let (secret, target) = slot.open_escrow(&admin).expect("admin");
        assert_eq!((secret.expose(), target), (bundle.totp.expect("a secret").expose(), 7));
        assert!(slot.open_escrow(&Key::new(&array(9))).is_none());
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(start: u64) {
            let (slot, _) = slot(&mut Counting(start));
            let bytes = slot.bytes();
            let mut from = Bytes(&bytes);
            prop_assert_eq!(Slot::read(&mut from), Some(slot));
            prop_assert!(from.end().is_some());
        }
    }

    #[test]
    fn a_changed_bit_no_longer_opens() {
        let (slot, _) = slot(&mut Counting(1));
        let bytes = slot.bytes();
        let opening = bytes.len() - NONCE - ESCROW;
        for bit in 0..opening * 8 {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let opened = Slot::read(&mut Bytes(&bytes)).is_some_and(|slot| slot.open(&keys(1)).is_ok());
            assert!(!opened, "bit {bit} does not matter");
        }
    }

    #[test]
    fn a_cost_below_the_floor_or_above_the_ceiling_is_refused() {
        for (m_kib, t, p, fine) in [
            (65_536, 3, 1, true),
            (1_048_576, 10, 1, true),
            (65_535, 3, 1, false),
            (65_536, 2, 1, false),
            (65_536, 3, 2, false),
            (65_536, 3, 0, false),
            (1_048_577, 3, 1, false),
            (65_536, 11, 1, false),
        ] {
            let (mut slot, _) = slot(&mut Counting(1));
            slot.head.cost = Cost { m_kib, t, p };
            assert_eq!(Slot::read(&mut Bytes(&slot.bytes())).is_some(), fine, "{m_kib} {t} {p}");
        }
    }

    #[test]
    fn a_slot_id_survives_its_text() {
        let id = SlotId::new(array(0xf8));
        assert_eq!(SlotId::read(&id.to_string()), Some(id));
        for text in ["", "f8", "+123456789abcdef0123456789abcdef", "zz"] {
            assert_eq!(SlotId::read(text), None, "{text}");
        }
    }
}
