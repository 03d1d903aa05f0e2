//! The witness: beside the device secret, how far header, state and time had come. An older copy of the data folder
//! does not bring it back.
//!
//! ```text
//! "POSW" u16 version=1 | vault_id[16] | u64 header_generation | u64 state_number | i64 time_floor_ms | mac[32]
//! ```

use std::path::{Path, PathBuf};

use super::bytes::{Bytes, split_trailer};
use super::derive::derive_device_key;
use super::error::VaultError;
use super::file::{self, Flush};
use super::hazmat::{mac, same};
use super::key::Key;
use crate::id::VaultId;

const KIND: &str = "witness";
const MAGIC: &[u8; 4] = b"POSW";
const VERSION: u16 = 1;

/// What the witness has seen; it only ever goes forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub header_generation: u64,
    pub state_number: u64,
    pub time_floor_ms: i64,
}

impl Seen {
    /// Before anything was seen.
    pub const NOTHING: Seen = Seen { header_generation: 0, state_number: 0, time_floor_ms: i64::MIN };

    fn with(self, other: Seen) -> Seen {
        Seen {
            header_generation: self.header_generation.max(other.header_generation),
            state_number: self.state_number.max(other.state_number),
            time_floor_ms: self.time_floor_ms.max(other.time_floor_ms),
        }
    }
}

pub(super) struct Witness {
    vault: VaultId,
    key: Key,
    path: PathBuf,
}

impl Witness {
    /// The witness of one device secret, in the folder of device secrets.
    pub fn new(folder: &Path, device: &Key, vault: &VaultId, device_generation: u64) -> Witness {
        let key = derive_device_key(device, vault, "witness", None);
        Witness { vault: *vault, key, path: folder.join(format!("{KIND}.{device_generation}")) }
    }

    /// What was seen; `None` when the file is missing or not what was written.
    pub fn load(&self) -> Result<Option<Seen>, VaultError> {
        Ok(file::read(&self.path)?.and_then(|bytes| self.read(&bytes)))
    }

    /// Notes what is seen now; nothing goes back.
    pub fn note(&self, seen: Seen) -> Result<(), VaultError> {
        let before = self.load()?;
        let seen = before.map_or(seen, |before| before.with(seen));
        if before == Some(seen) {
            return Ok(());
        }
        file::write(&self.path, &self.bytes(seen), Flush::Now)
    }

    fn bytes(&self, seen: Seen) -> Vec<u8> {
        let mut out = [
            MAGIC,
            &VERSION.to_le_bytes()[..],
            self.vault.bytes(),
            &seen.header_generation.to_le_bytes(),
            &seen.state_number.to_le_bytes(),
            &seen.time_floor_ms.to_le_bytes(),
        ]
        .concat();
        let mac = mac(self.key.expose(), &out);
        out.extend_from_slice(&mac);
        out
    }

    fn read(&self, bytes: &[u8]) -> Option<Seen> {
        let (body, told) = split_trailer::<32>(bytes)?;
        same(told, &mac(self.key.expose(), body)).then_some(())?;
        let mut from = Bytes(body);
        (from.array()? == *MAGIC && from.u16()? == VERSION && from.array()? == *self.vault.bytes()).then_some(())?;
        let seen = Seen { header_generation: from.u64()?, state_number: from.u64()?, time_floor_ms: from.i64()? };
        from.end()?;
        Some(seen)
    }
}

/// Removes the witnesses of other device secrets.
pub(super) fn keep_only(folder: &Path, kept: &[u64]) -> Result<(), VaultError> {
    file::keep_only(folder, KIND, kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::sample::array;

    fn seen(header_generation: u64, state_number: u64, time_floor_ms: i64) -> Seen {
        Seen { header_generation, state_number, time_floor_ms }
    }

    #[test]
    fn what_was_seen_never_goes_back() {
        let place = tempfile::tempdir().expect("a folder");
        let witness = Witness::new(place.path(), &Key::new(&array(0)), &VaultId::new(array(1)), 1);
        assert_eq!(witness.load(), Ok(None));
        for (now, kept) in [
            (seen(1, 5, 100), seen(1, 5, 100)),
            (seen(2, 4, 90), seen(2, 5, 100)),
            (seen(1, 6, 101), seen(2, 6, 101)),
            (Seen::NOTHING, seen(2, 6, 101)),
        ] {
            witness.note(now).expect("noted");
            assert_eq!(witness.load(), Ok(Some(kept)));
        }
    }

    #[test]
    fn another_device_another_vault_and_every_flipped_bit_are_refused() {
        let place = tempfile::tempdir().expect("a folder");
        let at = |device: u8, vault: u8| {
            Witness::new(place.path(), &Key::new(&array(device)), &VaultId::new(array(vault)), 1)
        };
        at(0, 1).note(seen(3, 4, 5)).expect("noted");
        assert_eq!((at(2, 1).load(), at(0, 2).load()), (Ok(None), Ok(None)));
        let whole = file::read(&at(0, 1).path).expect("read").expect("there");
        for bit in 0..whole.len() * 8 {
            let mut torn = whole.clone();
            torn[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(at(0, 1).read(&torn), None, "bit {bit}");
        }
        for length in 0..whole.len() {
            assert_eq!(at(0, 1).read(&whole[..length]), None);
        }
    }
}
