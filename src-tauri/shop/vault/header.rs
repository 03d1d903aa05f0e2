//! The vault's header: which slots there are. `vault.hdr` in two copies, strict to the byte.
//!
//! ```text
//! "POSV" u16 version=1 | vault_id[16] | u64 generation | u8 ds_location
//! u16 slot_count | slots… | roster_mac[32] = HMAC(K_hdr, bytes so far) | owner_mac[32] = HMAC(K_admin, roster_mac)
//! | crc32c
//! ```
//!
//! Every version of the format ends with the crc32c of what stands before it, so that a torn file and a newer
//! one can be told apart.

use std::path::{Path, PathBuf};

use super::bytes::{Bytes, split_trailer};
use super::error::VaultError;
use super::file::{self, Flush};
use super::hazmat::{mac, same};
use super::key::{Key, KeyRing};
use super::slot::{Kind, Slot, SlotId};
use crate::id::VaultId;

const MAGIC: &[u8; 4] = b"POSV";
const VERSION: u16 = 1;
/// More people than any counter has.
const SLOTS_MAX: usize = 64;
const LENGTH_MAX: usize = 64 * 1024;
/// No shop changes its people so often; what is above was not written by us, and there is always a next one.
const GENERATION_MAX: u64 = 1 << 48;
const COPIES: [&str; 2] = ["vault.hdr.a", "vault.hdr.b"];

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub vault: VaultId,
    /// Goes up with every change, so that an old header put back can be told.
    pub generation: u64,
    /// Where the device secret is kept, as [`super::device`] numbers the places.
    pub device_location: u8,
    pub slots: Vec<Slot>,
}

impl Header {
    pub fn slot(&self, id: &SlotId) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.head.id == *id)
    }

    pub fn people(&self) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(|slot| slot.head.kind.is_person())
    }

    pub fn recovery(&self) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.head.kind == Kind::Recovery)
    }

    /// The header's bytes, authenticated under the keys of an owner.
    ///
    /// # Errors
    /// [`VaultError::KeyNotHeld`] with the keys of staff; [`VaultError::Full`] with more slots than a header has room for.
    pub fn sign(&self, keys: &KeyRing) -> Result<Vec<u8>, VaultError> {
        if self.slots.len() > SLOTS_MAX {
            return Err(VaultError::Full);
        }
        let count = u16::try_from(self.slots.len()).expect("at most 64 slots");
        let mut out = [
            MAGIC,
            &VERSION.to_le_bytes()[..],
            self.vault.bytes(),
            &self.generation.to_le_bytes(),
            &[self.device_location],
            &count.to_le_bytes(),
        ]
        .concat();
        self.slots.iter().for_each(|slot| out.extend_from_slice(&slot.bytes()));
        let roster_mac = mac(roster_key(keys)?.expose(), &out);
        out.extend_from_slice(&roster_mac);
        out.extend_from_slice(&mac(owner_key(keys)?.expose(), &roster_mac));
        let crc = crc32c::crc32c(&out);
        out.extend_from_slice(&crc.to_le_bytes());
        if out.len() > LENGTH_MAX { Err(VaultError::Full) } else { Ok(out) }
    }

    /// Reads a header without any key: exact lengths, at most 64 slots, costs within their limits.
    ///
    /// # Errors
    /// [`VaultError::Newer`] for a whole header of a later version, [`VaultError::Damaged`] for anything else that
    /// is not a header.
    pub fn read(bytes: &[u8]) -> Result<Header, VaultError> {
        let (body, crc) = split_trailer::<4>(bytes).ok_or(VaultError::Damaged)?;
        let mut from = Bytes(body);
        let is_whole = bytes.len() <= LENGTH_MAX && crc32c::crc32c(body) == u32::from_le_bytes(*crc);
        if !is_whole || from.array() != Some(*MAGIC) {
            return Err(VaultError::Damaged);
        }
        match from.u16() {
            Some(VERSION) => Header::read_body(&mut from).ok_or(VaultError::Damaged),
            Some(version) if version > VERSION => Err(VaultError::Newer),
            _ => Err(VaultError::Damaged),
        }
    }

    fn read_body(from: &mut Bytes) -> Option<Header> {
        let (vault, generation, device_location) = (VaultId::new(from.array()?), from.u64()?, from.u8()?);
        let count = usize::from(from.u16()?);
        (count <= SLOTS_MAX && generation <= GENERATION_MAX).then_some(())?;
        let slots: Vec<Slot> = (0..count).map(|_| Slot::read(from)).collect::<Option<_>>()?;
        from.take(64)?;
        from.end()?;
        let mut ids = slots.iter().map(|slot| slot.head.id);
        let is_named_once = ids.all(|id| slots.iter().filter(|slot| slot.head.id == id).count() == 1);
        is_named_once.then_some(Header { vault, generation, device_location, slots })
    }
}

/// Whether these bytes are what an owner wrote: checked as soon as the keys are there.
///
/// Everybody checks the first MAC. The second needs an owner's keys and shows what somebody of the staff forged.
///
/// # Errors
/// [`VaultError::Altered`] when a slot was added, a role changed or a cost lowered.
pub(super) fn verify(bytes: &[u8], keys: &KeyRing) -> Result<(), VaultError> {
    let (body, _) = split_trailer::<4>(bytes).ok_or(VaultError::Altered)?;
    let (body, owner_mac) = split_trailer::<32>(body).ok_or(VaultError::Altered)?;
    let (body, roster_mac) = split_trailer::<32>(body).ok_or(VaultError::Altered)?;
    let is_roster = same(roster_mac, &mac(roster_key(keys)?.expose(), body));
    let is_owner = !keys.is_owner() || same(owner_mac, &mac(owner_key(keys)?.expose(), roster_mac));
    if is_roster && is_owner { Ok(()) } else { Err(VaultError::Altered) }
}

/// The key that seals the authenticators for the owner and signs for the owner.
///
/// # Errors
/// [`VaultError::KeyNotHeld`] with the keys of staff.
pub(super) fn owner_key(keys: &KeyRing) -> Result<Key, VaultError> {
    keys.sub("admin", 1)
}

fn roster_key(keys: &KeyRing) -> Result<Key, VaultError> {
    keys.sub("hdr", 1)
}

/// Loads the valid copy with the higher generation; `None` when there is neither copy.
///
/// # Errors
/// [`VaultError::Newer`] when either copy is of a later version, [`VaultError::Damaged`] when none is whole.
pub(super) fn load(folder: &Path) -> Result<Option<(Header, Vec<u8>)>, VaultError> {
    let mut best: Option<(Header, Vec<u8>)> = None;
    let mut any = false;
    for path in copies(folder) {
        let Some(bytes) = file::read(&path)? else { continue };
        any = true;
        match Header::read(&bytes) {
            Ok(header) if best.as_ref().is_none_or(|(other, _)| header.generation > other.generation) => {
                best = Some((header, bytes));
            }
            Ok(_) | Err(VaultError::Damaged) => {}
            Err(error) => return Err(error),
        }
    }
    if any && best.is_none() { Err(VaultError::Damaged) } else { Ok(best) }
}

/// Makes both copies these bytes. The copy that is not in force goes first: at every moment one is whole.
pub(super) fn save(folder: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    let in_force = load(folder).ok().flatten().map(|(_, bytes)| bytes);
    let mut paths = copies(folder);
    if in_force.is_some() && file::read(&paths[0])? == in_force {
        paths.reverse();
    }
    for path in paths {
        if file::read(&path)?.as_deref() != Some(bytes) {
            file::write(&path, bytes, Flush::Now)?;
        }
    }
    Ok(())
}

fn copies(folder: &Path) -> [PathBuf; 2] {
    COPIES.map(|name| folder.join(name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vault::bundle::Bundle;
    use crate::vault::derive::SlotKeys;
    use crate::vault::hazmat::Secret;
    use crate::vault::sample::Counting;
    use crate::vault::slot::{Cost, OWNER, SlotHead};
    use crate::vault::totp::TotpSecret;

    fn sample(start: u64, people: usize, generation: u64) -> (Header, KeyRing) {
        let mut chance = Counting(start);
        let mut id = [0; 16];
        crate::stamp::Chance::fill(&mut chance, &mut id);
        let keys = KeyRing::new(Key::make(&mut chance), VaultId::new(id));
        let wrap = || SlotKeys { wrap: Secret::new([1; 32]), commit: Secret::new([2; 32]) };
        let mut slots: Vec<Slot> = (0..people)
            .map(|_| {
                let secret = TotpSecret::make(&mut chance);
                let head = SlotHead::make(OWNER, Kind::Bound, Cost::FLOOR, &mut chance);
                Slot::seal(
                    head,
                    &wrap(),
                    &Bundle::default(),
                    Some((&secret, 7, &owner_key(&keys).expect("an owner"))),
                    &mut chance,
                )
            })
            .collect();
        let head = SlotHead::make(OWNER, Kind::Recovery, Cost::FLOOR, &mut chance);
        slots.push(Slot::seal(head, &wrap(), &Bundle::default(), None, &mut chance));
        (Header { vault: VaultId::new(id), generation, device_location: 3, slots }, keys)
    }

    fn with_crc(mut bytes: Vec<u8>) -> Vec<u8> {
        let body = bytes.len() - 4;
        let crc = crc32c::crc32c(&bytes[..body]);
        bytes[body..].copy_from_slice(&crc.to_le_bytes());
        bytes
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(start: u64, people in 0..6_usize, generation in 0..=GENERATION_MAX) {
            let (header, keys) = sample(start, people, generation);
            let bytes = header.sign(&keys).expect("an owner");
            prop_assert_eq!(Header::read(&bytes), Ok(header));
            prop_assert_eq!(verify(&bytes, &keys), Ok(()));
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>) {
            prop_assert_eq!(Header::read(&bytes).expect_err("noise"), VaultError::Damaged);
            let framed = with_crc([&b"POSV\x01\x00"[..], &bytes, &[0; 4]].concat());
            prop_assert!(Header::read(&framed).is_err());
        }
    }

    #[test]
    fn every_flipped_bit_is_refused() {
        let (header, keys) = sample(1, 1, 7);
        let bytes = header.sign(&keys).expect("an owner");
        for bit in 0..bytes.len() * 8 {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Header::read(&bytes).expect_err("torn"), VaultError::Damaged, "bit {bit}");
        }
    }

    #[test]
    fn every_flipped_bit_with_a_mended_checksum_is_refused_at_unlock() {
        let (header, keys) = sample(1, 1, 7);
        let bytes = header.sign(&keys).expect("an owner");
        for bit in 0..(bytes.len() - 4) * 8 {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let bytes = with_crc(bytes);
            assert_eq!(verify(&bytes, &keys).expect_err("altered"), VaultError::Altered, "bit {bit}");
        }
    }

    #[test]
    fn every_cut_and_every_tail_is_refused() {
        let (header, keys) = sample(1, 2, 7);
        let bytes = header.sign(&keys).expect("an owner");
        for length in 0..bytes.len() {
            assert_eq!(Header::read(&bytes[..length]).expect_err("cut"), VaultError::Damaged);
        }
        let tailed = with_crc([&bytes[..], &[0; 9]].concat());
        assert_eq!(Header::read(&tailed).expect_err("a tail"), VaultError::Damaged);
    }

    #[test]
    fn a_newer_version_has_its_own_word() {
        let (header, keys) = sample(1, 1, 7);
        let mut bytes = header.sign(&keys).expect("an owner");
        bytes[4] = 2;
        assert_eq!(Header::read(&bytes).expect_err("torn, not newer"), VaultError::Damaged);
        assert_eq!(Header::read(&with_crc(bytes.clone())).expect_err("newer"), VaultError::Newer);
        bytes[4] = 0;
        assert_eq!(Header::read(&with_crc(bytes)).expect_err("no such version"), VaultError::Damaged);
    }

    #[test]
    fn too_many_slots_or_one_named_twice_are_refused() {
        let (mut header, keys) = sample(1, 63, 7);
        assert_eq!(header.slots.len(), 64);
        assert_eq!(Header::read(&header.sign(&keys).expect("an owner")).as_ref(), Ok(&header));
        header.slots[1].head.id = header.slots[0].head.id;
        assert_eq!(Header::read(&header.sign(&keys).expect("an owner")).expect_err("twice"), VaultError::Damaged);
        let mut bytes = sample(1, 1, 7).0.sign(&keys).expect("an owner");
        bytes[31] = 65;
        assert_eq!(Header::read(&with_crc(bytes)).expect_err("65 slots"), VaultError::Damaged);
    }

    #[test]
    fn the_higher_whole_copy_wins() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path();
        let [a, b] = copies(folder);
        let [old, new] = [1, 2].map(|generation| {
            let (header, keys) = sample(5, 1, generation);
            header.sign(&keys).expect("an owner")
        });
        let torn = new[..new.len() - 9].to_vec();
        let mut newer = new.clone();
        newer[4] = 2;
        let newer = with_crc(newer);
        type Copy<'a> = Option<&'a [u8]>;
        let cases: [(Copy, Copy, Result<Option<u64>, VaultError>); 9] = [
            (None, None, Ok(None)),
            (Some(&old), None, Ok(Some(1))),
            (None, Some(&old), Ok(Some(1))),
            (Some(&old), Some(&new), Ok(Some(2))),
            (Some(&new), Some(&old), Ok(Some(2))),
            (Some(&torn), Some(&old), Ok(Some(1))),
            (Some(&old), Some(&newer), Err(VaultError::Newer)),
            (Some(&torn), None, Err(VaultError::Damaged)),
            (Some(&torn), Some(b""), Err(VaultError::Damaged)),
        ];
        for (number, (in_a, in_b, found)) in cases.into_iter().enumerate() {
            for (path, bytes) in [(&a, in_a), (&b, in_b)] {
                file::remove(path).expect("removed");
                bytes.map(|bytes| file::write(path, bytes, Flush::Later)).transpose().expect("written");
            }
            let generation = load(folder).map(|found| found.map(|(header, _)| header.generation));
            assert_eq!(generation, found, "case {number}");
        }
    }

    #[test]
    fn a_power_cut_between_the_copies_leaves_the_old_or_the_new() {
        for newest_in_a in [true, false] {
            let place = tempfile::tempdir().expect("a folder");
            let [one, two, three] = [1, 2, 3].map(|generation| {
                let (header, keys) = sample(5, 1, generation);
                header.sign(&keys).expect("an owner")
            });
            let [a, b] = copies(place.path());
            let (in_a, in_b) = if newest_in_a { (&two, &one) } else { (&one, &two) };
            file::write(&a, in_a, Flush::Later).expect("written");
            file::write(&b, in_b, Flush::Later).expect("written");
            for (writes, generation) in [(0, 2), (1, 3)] {
                file::trial::cut_after(Some(writes));
                save(place.path(), &three).expect_err("the power is cut");
                let (header, _) = load(place.path()).expect("whole").expect("there");
                assert_eq!(header.generation, generation);
                let other = if newest_in_a { &a } else { &b };
                assert_eq!(file::read(other).expect("read").as_ref(), Some(&two), "the copy in force is last");
            }
            file::trial::cut_after(None);
            save(place.path(), &three).expect("saved");
            assert!([a, b].iter().all(|path| file::read(path).expect("read").as_ref() == Some(&three)));
        }
    }
}
