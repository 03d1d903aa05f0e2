//! The raw ciphers. Private to the vault: everybody else calls [`super::seal`] and [`super::unseal`].

use argon2::{Algorithm, Argon2, AssociatedData, Block, ParamsBuilder, Version};
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit as _, Payload};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize as _, Zeroizing};

use super::error::VaultError;
use super::slot::Cost;

/// Thirty-two secret bytes that are wiped when they are let go.
pub(super) type Secret = Zeroizing<[u8; 32]>;

/// Length of a random XChaCha20-Poly1305 nonce.
pub(super) const NONCE: usize = 24;
/// What the Poly1305 tag adds to a text.
pub(super) const TAG: usize = 16;

/// Argon2id version 0x13 (RFC 9106), 32 bytes out; the memory is wiped before it is given back.
///
/// # Errors
/// [`VaultError::NoMemory`] when the machine cannot lend `m_kib`.
pub(super) fn argon2id(
    password: &[u8],
    salt: &[u8],
    secret: &[u8],
    data: &[u8],
    cost: Cost,
) -> Result<Secret, VaultError> {
    let params = ParamsBuilder::new()
        .m_cost(cost.m_kib)
        .t_cost(cost.t)
        .p_cost(cost.p)
        .data(AssociatedData::new(data).expect("callers hand in at most 32 bytes of data"))
        .output_len(32)
        .build()
        .expect("costs are checked where a slot is made or read");
    #[cfg(test)]
    trial::CALLS.set(trial::CALLS.get() + 1);
    let count = params.block_count();
    let mut blocks = Vec::new();
    blocks.try_reserve_exact(count).map_err(|_| VaultError::NoMemory)?;
    blocks.resize(count, Block::default());
    let mut out = Secret::default();
    let hash = || {
        Argon2::new_with_secret(secret, Algorithm::Argon2id, Version::V0x13, params)
            .expect("a pepper is 32 bytes")
            .hash_password_into_with_memory(password, salt, &mut *out, &mut blocks[..])
            .expect("a PIN and a salt are within Argon2's lengths");
        blocks.iter_mut().for_each(|block| block.as_mut().zeroize());
    };
    on_a_wiped_stack(hash)?;
    Ok(out)
}

/// What a slow derivation needs of its stack, several times over.
const STACK: usize = 256 * 1024;

/// Runs secret work on a thread of its own and writes over that thread's stack afterwards: Argon2 leaves parts of what
/// it hashes there.
///
/// # Errors
/// [`VaultError::NoMemory`] when the machine has no room for a thread.
fn on_a_wiped_stack(work: impl FnOnce() + Send) -> Result<(), VaultError> {
    #[inline(never)]
    fn within(work: impl FnOnce()) {
        work();
    }
    // As deep as the work went, and deeper: the same frame, wiped.
    #[inline(never)]
    fn wipe() {
        let mut stack = [0_u8; STACK / 2];
        stack.zeroize();
        std::hint::black_box(&stack);
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || {
            within(work);
            wipe();
        });
        thread.map_err(|_| VaultError::NoMemory)?.join().expect("the derivation does not panic");
        Ok(())
    })
}

/// XChaCha20-Poly1305: the text and its tag behind it.
pub(super) fn encrypt(key: &[u8; 32], nonce: &[u8; NONCE], plain: &[u8], aad: &[u8]) -> Vec<u8> {
    XChaCha20Poly1305::new(key.into())
        .encrypt(nonce.into(), Payload { msg: plain, aad })
        .expect("nothing the shop seals comes near 256 GiB")
}

/// Undoes [`encrypt`]; `None` when a single bit of key, nonce, text, tag or aad is another.
pub(super) fn decrypt(key: &[u8; 32], nonce: &[u8; NONCE], sealed: &[u8], aad: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    XChaCha20Poly1305::new(key.into()).decrypt(nonce.into(), Payload { msg: sealed, aad }).ok().map(Zeroizing::new)
}

/// HKDF-SHA256 (RFC 5869); the info is the parts one after the other.
pub(super) fn hkdf<const N: usize>(secret: &[u8], salt: &[u8], info: &[&[u8]]) -> Zeroizing<[u8; N]> {
    let mut out = Zeroizing::new([0; N]);
    Hkdf::<Sha256>::new(Some(salt), secret)
        .expand_multi_info(info, &mut *out)
        .expect("no more than 64 bytes are ever asked for");
    out
}

/// HMAC-SHA256 (RFC 2104) of one message.
pub(super) fn mac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// SHA-256 of the parts one after the other.
pub(super) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

/// Whether two values are the same, in a time that does not tell where they differ.
pub(super) fn same(a: &[u8; 32], b: &[u8; 32]) -> bool {
    a.ct_eq(b).into()
}

/// Counts the slow derivations of a test.
#[cfg(test)]
pub mod trial {
    use std::cell::Cell;

    thread_local! {
        pub(super) static CALLS: Cell<u32> = const { Cell::new(0) };
    }

    /// How often Argon2id was called since this was last asked.
    pub fn argon_calls() -> u32 {
        CALLS.replace(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::sample::{array, hex};

    #[test]
    fn rfc_9106_section_5_3_argon2id() {
        let cost = Cost { m_kib: 32, t: 3, p: 4 };
        let tag = argon2id(&[1; 32], &[2; 16], &[3; 8], &[4; 12], cost).expect("32 KiB");
        assert_eq!(hex(&*tag), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    #[test]
    fn rfc_5869_test_case_1_hkdf_sha256() {
        let salt: [u8; 13] = array(0x00);
        let info: [u8; 10] = array(0xf0);
        assert_eq!(
            hex(&*hkdf::<42>(&[0x0b; 22], &salt, &[&info[..4], &info[4..]])),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        );
    }

    #[test]
    fn rfc_4231_test_case_2_hmac_sha256() {
        assert_eq!(
            hex(&mac(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn fips_180_4_sha256_of_abc() {
        assert_eq!(hex(&sha256(&[b"a", b"bc"])), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn draft_irtf_cfrg_xchacha_a_3_1() {
        let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
            sunscreen would be it.";
        let aad = [0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7];
        let sealed = encrypt(&array(0x80), &array(0x40), plain, &aad);
        assert_eq!(hex(&sealed[..16]), "bd6d179d3e83d43b9576579493c0e939");
        assert_eq!(hex(&sealed[sealed.len() - TAG..]), "c0875924c1c7987947deafd8780acf49");
        assert_eq!(decrypt(&array(0x80), &array(0x40), &sealed, &aad).expect("the same key").as_slice(), plain);
    }
}
