//! What a slot keeps: keys and secrets, each with its tag and length.

use zeroize::Zeroizing;

use super::bytes::Bytes;
use super::error::VaultError;
use super::key::{Given, Key};
use super::totp::TotpSecret;

const VERSION: u8 = 1;
const ROOT: u8 = 1;
const TOTP: u8 = 2;
const DEVICE: u8 = 3;
const TARGET: u8 = 4;
const SUBKEY: u8 = 5;
/// Room for the longest bundle at once, so that the text never moves and leaves a copy behind.
const ROOM: usize = 1024;

/// The content of a slot: an owner's holds root key and authenticator, a person's of the staff subkeys and
/// authenticator, the paper's root key and device secret.
#[derive(Debug, Default)]
pub(super) struct Bundle {
    pub root: Option<Key>,
    pub totp: Option<TotpSecret>,
    pub device: Option<Key>,
    /// What every code of the phone and its offset add up to; none in a slot of kind 2.
    pub target: Option<u32>,
    /// Subkeys by label and epoch: all that staff have, and an owner's of earlier root keys.
    pub subkeys: Vec<Given>,
}

impl Bundle {
    /// `u8 version=1 | (u8 tag | u16 length | bytes)…`, wiped when let go.
    pub fn bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Zeroizing::new(Vec::with_capacity(ROOM));
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
        if let Some(target) = self.target {
            part(TARGET, &*Zeroizing::new(target.to_le_bytes()));
        }
        for Given { label, epoch, key } in &self.subkeys {
            let mut subkey = Zeroizing::new(Vec::with_capacity(ROOM));
            subkey.extend_from_slice(key.expose());
            subkey.extend_from_slice(&epoch.to_le_bytes());
            subkey.extend_from_slice(label.as_bytes());
            part(SUBKEY, &subkey);
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
                TARGET => {
                    let target = part.try_into().map(u32::from_le_bytes).map_err(|_| VaultError::Damaged)?;
                    bundle.target.replace(target).is_none()
                }
                SUBKEY => {
                    let given = read_subkey(part).ok_or(VaultError::Damaged)?;
                    let is_new = |known: &Given| known.label != given.label || known.epoch != given.epoch;
                    let is_new = bundle.subkeys.iter().all(is_new);
                    bundle.subkeys.push(given);
                    is_new
                }
                _ => return Err(VaultError::Newer),
            };
            if !is_new {
                return Err(VaultError::Damaged);
            }
        }
        Ok(bundle)
    }
}

/// `key[32] u32 epoch label`
fn read_subkey(part: &[u8]) -> Option<Given> {
    let mut from = Bytes(part);
    let key = from.take(32).and_then(Key::read)?;
    let epoch = from.u32()?;
    let label = std::str::from_utf8(from.0).ok()?.to_owned();
    Some(Given { label, epoch, key })
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
        let given = |label: &str, epoch| Given { label: label.to_owned(), epoch, key: Key::new(&array(4)) };
        for bundle in [
            Bundle { root: root(), totp: totp(), target: Some(123_456), ..Bundle::default() },
            Bundle { root: root(), device: device(), ..Bundle::default() },
            Bundle { root: root(), totp: totp(), device: device(), ..Bundle::default() },
            Bundle {
                totp: totp(),
                subkeys: vec![given("db", 1), given("db", 2), given("hdr", 1)],
                ..Bundle::default()
            },
            Bundle::default(),
        ] {
            let back = Bundle::read(&bundle.bytes()).expect("its own bytes");
            assert_eq!(back.bytes(), bundle.bytes());
            assert_eq!(back.device.is_some(), bundle.device.is_some());
            assert_eq!((back.target, back.subkeys.len()), (bundle.target, bundle.subkeys.len()));
            assert!(bundle.bytes().len() <= ROOM);
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
            (&[1, TARGET, 1, 0, 5], VaultError::Damaged),
            (&[1, SUBKEY, 1, 0, 5], VaultError::Damaged),
        ] {
            assert_eq!(Bundle::read(bytes).map(|_| ()).expect_err("not ours"), error);
        }
    }
}
