//! What a slot keeps: keys and secrets, each with its tag and length.

use zeroize::Zeroizing;

use super::bytes::Bytes;
use super::error::VaultError;
use super::key::Key;
use super::totp::TotpSecret;

const VERSION: u8 = 1;
const ROOT: u8 = 1;
const TOTP: u8 = 2;
const DEVICE: u8 = 3;

/// The content of a slot: an owner's holds root key and authenticator, the paper's root key and device secret.
#[derive(Debug, Default)]
pub(super) struct Bundle {
    pub root: Option<Key>,
    pub totp: Option<TotpSecret>,
    pub device: Option<Key>,
}

impl Bundle {
    /// `u8 version=1 | (u8 tag | u16 length | bytes)…`, wiped when let go.
    pub fn bytes(&self) -> Zeroizing<Vec<u8>> {
        // Room for all three at once, so that the text never moves and leaves a copy behind.
        let mut out = Zeroizing::new(Vec::with_capacity(128));
        out.push(VERSION);
        let mut part = |tag: u8, bytes: &[u8]| {
            out.push(tag);
            out.extend_from_slice(&u16::try_from(bytes.len()).expect("secrets are short").to_le_bytes());
            out.extend_from_slice(bytes);
        };
        if let Some(root) = &self.root {
            part(ROOT, root.expose());
        }
        if let Some(totp) = &self.totp {
            part(TOTP, totp.expose());
        }
        if let Some(device) = &self.device {
            part(DEVICE, device.expose());
        }
        out
    }

    /// Reads what [`Bundle::bytes`] wrote.
    ///
    /// # Errors
    /// [`VaultError::Newer`] for a version or tag this program does not know, [`VaultError::Damaged`] for
    /// anything else it did not write.
    pub fn read(bytes: &[u8]) -> Result<Bundle, VaultError> {
        let mut from = Bytes(bytes);
        if from.u8().ok_or(VaultError::Damaged)? != VERSION {
            return Err(VaultError::Newer);
        }
        let mut bundle = Bundle::default();
        while from.end().is_none() {
            let tag = from.u8().ok_or(VaultError::Damaged)?;
            let length = from.u16().ok_or(VaultError::Damaged)?;
            let part = from.take(usize::from(length)).ok_or(VaultError::Damaged)?;
            let is_new = match tag {
                ROOT => bundle.root.replace(Key::read(part).ok_or(VaultError::Damaged)?).is_none(),
                TOTP => bundle.totp.replace(TotpSecret::read(part).ok_or(VaultError::Damaged)?).is_none(),
                DEVICE => bundle.device.replace(Key::read(part).ok_or(VaultError::Damaged)?).is_none(),
                _ => return Err(VaultError::Newer),
            };
            if !is_new {
                return Err(VaultError::Damaged);
            }
        }
        Ok(bundle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::sample::array;

    #[test]
    fn what_is_put_in_comes_out() {
        let root = || Some(Key::new(&array(1)));
        let device = || Some(Key::new(&array(2)));
        let totp = || TotpSecret::read(&array::<20>(3));
        for bundle in [
            Bundle { root: root(), totp: totp(), device: None },
            Bundle { root: root(), totp: None, device: device() },
            Bundle { root: root(), totp: totp(), device: device() },
            Bundle::default(),
        ] {
            let back = Bundle::read(&bundle.bytes()).expect("its own bytes");
            assert_eq!(back.bytes(), bundle.bytes());
            assert_eq!(back.device.is_some(), bundle.device.is_some());
        }
    }

    #[test]
    fn what_it_did_not_write_is_told_apart() {
        let whole = Bundle { root: Some(Key::new(&array(1))), ..Bundle::default() }.bytes();
        let twice = [&whole[..], &whole[1..]].concat();
        for (bytes, error) in [
            (&[][..], VaultError::Damaged),
            (&[2], VaultError::Newer),
            (&[1, 9, 0, 0], VaultError::Newer),
            (&[1, ROOT, 1, 0, 5], VaultError::Damaged),
            (&whole[..whole.len() - 1], VaultError::Damaged),
            (&twice, VaultError::Damaged),
        ] {
            assert_eq!(Bundle::read(bytes).map(|_| ()).expect_err("not ours"), error);
        }
    }
}
