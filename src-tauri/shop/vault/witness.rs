//! The witness: beside the device secret, how far header, state, time and journal had come. An older copy of the data
//! folder does not bring it back.
//!
//! ```text
//! "POSW" u16 version=2 | vault_id[16] | u64 header_generation | u64 state_number | i64 time_floor_ms
//! u16 marks | (stream[16] u64 seq hash[32])… (version 1 has none) | mac[32]
//! ```

use std::path::{Path, PathBuf};

use super::bytes::{Bytes, split_trailer};
use super::derive::derive_device_key;
use super::error::VaultError;
use super::file::{self, Flush};
use super::hazmat::{mac, same};
use super::key::Key;
use super::mark::{self, Mark};
use crate::id::VaultId;

const KIND: &str = "witness";
const MAGIC: &[u8; 4] = b"POSW";
const VERSION: u16 = 2;

/// What the witness has seen; it only ever goes forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub header_generation: u64,
    pub state_number: u64,
    pub time_floor_ms: i64,
    pub marks: Vec<Mark>,
}

impl Seen {
    /// Before anything was seen.
    pub const NOTHING: Seen =
        Seen { header_generation: 0, state_number: 0, time_floor_ms: i64::MIN, marks: Vec::new() };

    fn with(self, mut other: Seen) -> Seen {
        self.marks.into_iter().for_each(|mark| mark::note(&mut other.marks, mark));
        Seen {
            header_generation: self.header_generation.max(other.header_generation),
            state_number: self.state_number.max(other.state_number),
            time_floor_ms: self.time_floor_ms.max(other.time_floor_ms),
            marks: other.marks,
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
    pub fn note(&self, seen: Seen, flush: Flush) -> Result<(), VaultError> {
        let before = self.load()?;
        let seen = before.clone().map_or_else(|| seen.clone(), |before| before.with(seen.clone()));
        if before.as_ref() == Some(&seen) {
            return Ok(());
        }
        file::write(&self.path, &self.bytes(&seen), flush)
    }

    fn bytes(&self, seen: &Seen) -> Vec<u8> {
        let mut out = [
            MAGIC,
            &VERSION.to_le_bytes()[..],
            self.vault.bytes(),
            &seen.header_generation.to_le_bytes(),
            &seen.state_number.to_le_bytes(),
            &seen.time_floor_ms.to_le_bytes(),
            &mark::bytes(&seen.marks),
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
        let version = (from.array()? == *MAGIC).then_some(from.u16()?)?;
        ((1..=VERSION).contains(&version) && from.array()? == *self.vault.bytes()).then_some(())?;
        let (header_generation, state_number, time_floor_ms) = (from.u64()?, from.u64()?, from.i64()?);
        let marks = if version == 1 { Vec::new() } else { mark::read(&mut from)? };
        let seen = Seen { header_generation, state_number, time_floor_ms, marks };
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
    use crate::id::StreamId;
    use crate::vault::sample::array;

    fn seen(header_generation: u64, state_number: u64, time_floor_ms: i64) -> Seen {
        Seen { header_generation, state_number, time_floor_ms, marks: Vec::new() }
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
            witness.note(now, Flush::Now).expect("noted");
            assert_eq!(witness.load(), Ok(Some(kept)));
        }
    }

    #[test]
    fn another_device_another_vault_and_every_flipped_bit_are_refused() {
        let place = tempfile::tempdir().expect("a folder");
        let at = |device: u8, vault: u8| {
            Witness::new(place.path(), &Key::new(&array(device)), &VaultId::new(array(vault)), 1)
        };
        at(0, 1).note(seen(3, 4, 5), Flush::Now).expect("noted");
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
    #[test]
    fn the_marks_of_every_stream_go_forward_and_a_witness_of_the_first_version_has_none() {
        let place = tempfile::tempdir().expect("a folder");
        let witness = Witness::new(place.path(), &Key::new(&array(0)), &VaultId::new(array(1)), 1);
        let mark = |stream: u8, seq: u64| Mark { stream: StreamId::new(array(stream)), seq, hash: [seq as u8; 32] };
        let marked = |marks: &[Mark]| Seen { marks: marks.to_vec(), ..Seen::NOTHING };
        let old = Witness::bytes(&witness, &seen(3, 4, 5));
        let old = [&old[..4], &1_u16.to_le_bytes(), &old[6..old.len() - 34]].concat();
        let old = [&old[..], &mac(witness.key.expose(), &old)].concat();
        assert_eq!(witness.read(&old), Some(seen(3, 4, 5)));
        for (now, kept) in [
            (vec![mark(1, 5)], vec![mark(1, 5)]),
            (vec![mark(2, 9), mark(1, 4)], vec![mark(2, 9), mark(1, 5)]),
            (vec![mark(1, 6)], vec![mark(1, 6), mark(2, 9)]),
        ] {
            witness.note(marked(&now), Flush::Later).expect("noted");
            let mut back = witness.load().expect("read").expect("whole").marks;
            back.sort_by_key(|mark| mark.stream);
            assert_eq!(back, {
                let mut kept = kept;
                kept.sort_by_key(|mark| mark.stream);
                kept
            });
        }
    }
}
