//! Seals a text so that only the holder of a key can read it, and nobody can change it unseen.

use zeroize::Zeroizing;

use super::error::VaultError;
use super::hazmat::{NONCE, TAG, decrypt, encrypt};
use super::key::Key;
use crate::stamp::Chance;

/// Seals a text under a key: 24 bytes of nonce, the text, 16 bytes of tag (XChaCha20-Poly1305).
///
/// The namespace says what the text is for (`customer/v1`); a text sealed in one namespace does not open in
/// another, so nothing can be carried from where it was put to where it means something else. `aad` is what the
/// text belongs to, such as the id of its row: not hidden, but sealed along.
#[must_use]
pub fn seal(key: &Key, namespace: &str, chance: &mut dyn Chance, plain: &[u8], aad: &[u8]) -> Vec<u8> {
    let mut nonce = [0; NONCE];
    chance.fill(&mut nonce);
    let mut sealed = nonce.to_vec();
    sealed.extend_from_slice(&encrypt(key.expose(), &nonce, plain, &bind(namespace, aad)));
    sealed
}

/// Opens what [`seal`] made; the text is wiped when let go.
///
/// # Errors
/// [`VaultError::Altered`] when the key, the namespace, the aad or a single bit of the sealed text is another.
pub fn unseal(key: &Key, namespace: &str, sealed: &[u8], aad: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let (nonce, text) = sealed.split_first_chunk::<NONCE>().ok_or(VaultError::Altered)?;
    if text.len() < TAG {
        return Err(VaultError::Altered);
    }
    decrypt(key.expose(), nonce, text, &bind(namespace, aad)).ok_or(VaultError::Altered)
}

/// The namespace goes in with its length, so that its end cannot be mistaken for the start of the aad.
fn bind(namespace: &str, aad: &[u8]) -> Vec<u8> {
    let length = u8::try_from(namespace.len()).expect("a namespace is a short literal");
    [b"pos/v1/seal|", &[length][..], namespace.as_bytes(), aad].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vault::sample::Counting;

    proptest! {
        #[test]
        fn what_is_sealed_comes_back(key: [u8; 32], plain: Vec<u8>, aad: Vec<u8>, name in "[a-z/0-9]{0,20}", start: u64) {
            let key = Key::new(&key);
            let sealed = seal(&key, &name, &mut Counting(start), &plain, &aad);
            prop_assert_eq!(sealed.len(), plain.len() + NONCE + TAG);
            let back = unseal(&key, &name, &sealed, &aad).expect("the same key");
            prop_assert_eq!(back.as_slice(), plain.as_slice());
        }

        #[test]
        fn one_changed_bit_is_refused(plain: Vec<u8>, aad: Vec<u8>, place: prop::sample::Index, bit in 0..8_u32) {
            let key = Key::new(&[7; 32]);
            let mut sealed = seal(&key, "test", &mut Counting(1), &plain, &aad);
            let place = place.index(sealed.len());
            sealed[place] ^= 1 << bit;
            prop_assert_eq!(unseal(&key, "test", &sealed, &aad).expect_err("changed"), VaultError::Altered);
        }

        #[test]
        fn any_bytes_are_refused_without_a_panic(bytes: Vec<u8>) {
            prop_assert_eq!(unseal(&Key::new(&[7; 32]), "test", &bytes, b"").expect_err("noise"), VaultError::Altered);
        }
    }

    #[test]
    fn a_text_opens_only_where_it_was_put() {
        let key = Key::new(&[7; 32]);
        let sealed = seal(&key, "customer", &mut Counting(1), b"Asha", b"row 1");
        for (other, namespace, aad) in [
            (&Key::new(&[8; 32]), "customer", &b"row 1"[..]),
            (&key, "supplier", b"row 1"),
            (&key, "custome", b"rrow 1"),
            (&key, "customer", b"row 2"),
        ] {
            assert_eq!(unseal(other, namespace, &sealed, aad).expect_err("another place"), VaultError::Altered);
        }
    }

    #[test]
    fn the_same_text_never_looks_the_same_twice() {
        let (key, mut chance) = (Key::new(&[7; 32]), Counting(1));
        assert_ne!(seal(&key, "test", &mut chance, b"Asha", b""), seal(&key, "test", &mut chance, b"Asha", b""));
    }
}
