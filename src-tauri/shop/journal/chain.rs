//! The hash chain and its forward-secure MAC (security.md §4.1): append and verify, pure.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{Entry, Fact};
use crate::id::StreamId;
use crate::text::CROCKFORD;

pub type Hash = [u8; 32];

/// A hundred years of business days; a fact that claims more is forged, and walking there would take for ever.
const DAY_KEYS_MAX: u32 = 36_525;

/// What the first fact of a stream follows.
pub const GENESIS: Hash = [0; 32];

/// Hash of a fact's canonical bytes: fixed field order, little-endian, lengths before texts.
#[must_use]
pub fn leaf(fact: &Fact) -> Hash {
    let mut to = Sha256::new();
    to.update([0x00]);
    to.update(b"pos/v1/leaf");
    to.update(fact.group.first.to_le_bytes());
    to.update(fact.group.count.to_le_bytes());
    to.update(fact.hlc.to_le_bytes());
    to.update(fact.wall_ms.to_le_bytes());
    to.update(fact.offset_min.to_le_bytes());
    to.update(fact.uptime_ms.to_le_bytes());
    to.update(fact.staff.0.to_le_bytes());
    to.update([u8::from(fact.approver.is_some())]);
    to.update(fact.approver.unwrap_or_default().0.to_le_bytes());
    to.update((fact.kind.len() as u32).to_le_bytes());
    to.update(fact.kind.as_bytes());
    to.update(fact.version.to_le_bytes());
    to.update((fact.body.len() as u32).to_le_bytes());
    to.update(&fact.body);
    to.finalize().into()
}

/// The chain's next hash: binds stream, place, the hash before and the leaf.
#[must_use]
pub fn link(stream: StreamId, seq: u64, before: &Hash, leaf: &Hash) -> Hash {
    let mut to = Sha256::new();
    to.update([0x01]);
    to.update(b"pos/v1/link");
    to.update(stream.bytes());
    to.update(seq.to_le_bytes());
    to.update(before);
    to.update(leaf);
    to.finalize().into()
}

/// What a paper says of the fact it came from: the first 50 bits of its hash, ten characters in two groups
/// (security.md §4.2). Whoever holds the paper holds an anchor of the chain up to there.
#[must_use]
pub fn check_code(hash: &Hash) -> String {
    let bits = hash[..8].iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte)) >> 14;
    let mut code: String =
        (0..10).rev().map(|place| char::from(CROCKFORD[(bits >> (5 * place)) as usize & 31])).collect();
    code.insert(5, '-');
    code
}

/// The MAC of a hash under the key of its day.
#[must_use]
pub fn mac(day_key: &Hash, hash: &Hash) -> Hash {
    let mut to = <Hmac<Sha256> as KeyInit>::new_from_slice(day_key).expect("HMAC takes a key of any length");
    to.update(hash);
    to.finalize().into_bytes().into()
}

/// The day key after this one; the way back is closed, so yesterday's MACs cannot be remade.
#[must_use]
pub fn next_day_key(day_key: &Hash) -> Hash {
    let mut next = [0; 32];
    Hkdf::<Sha256>::new(None, day_key).expand(b"next", &mut next).expect("32 bytes are within HKDF's reach");
    next
}

/// Where a chain does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("entry {seq} is missing")]
    Gap { seq: u64 },
    #[error("entry {seq} was changed")]
    Changed { seq: u64 },
    #[error("entry {seq} does not carry its MAC")]
    Mac { seq: u64 },
}

impl Broken {
    /// The number of the entry where it breaks.
    #[must_use]
    pub fn seq(self) -> u64 {
        let (Broken::Gap { seq } | Broken::Changed { seq } | Broken::Mac { seq }) = self;
        seq
    }
}

/// Checks that `entry` follows a chain that stands at (`seq`, `before`), and gives the new head.
///
/// # Errors
/// [`Broken`] naming the entry.
pub fn follow(seq: u64, before: &Hash, entry: &Entry) -> Result<Hash, Broken> {
    if entry.fact.seq != seq + 1 {
        return Err(Broken::Gap { seq: seq + 1 });
    }
    let hash = link(entry.fact.stream, entry.fact.seq, before, &leaf(&entry.fact));
    if hash == entry.hash { Ok(hash) } else { Err(Broken::Changed { seq: seq + 1 }) }
}

/// The day keys of one epoch, worked out from its first as far as they were asked for.
pub struct DayKeys(Zeroizing<Vec<Hash>>);

impl DayKeys {
    #[must_use]
    pub fn new(epoch_key: &Hash) -> DayKeys {
        DayKeys(Zeroizing::new(vec![*epoch_key]))
    }

    /// Checks the MAC of an entry of this epoch.
    ///
    /// # Errors
    /// [`Broken::Mac`] naming the entry.
    pub fn check(&mut self, entry: &Entry) -> Result<(), Broken> {
        let broken = Broken::Mac { seq: entry.fact.seq };
        if entry.day_key > DAY_KEYS_MAX {
            return Err(broken);
        }
        let day = entry.day_key as usize;
        while self.0.len() <= day {
            let next = next_day_key(&self.0[self.0.len() - 1]);
            self.0.push(next);
        }
        if mac(&self.0[day], &entry.hash) == entry.mac { Ok(()) } else { Err(broken) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::StaffId;
    use crate::journal::Group;

    fn entry(seq: u64, before: &Hash, body: &[u8]) -> Entry {
        let fact = Fact {
            stream: StreamId::new([7; 16]),
            seq,
            group: Group { first: seq, count: 1 },
            hlc: seq << 16,
            wall_ms: 1_795_291_200_000,
            offset_min: 330,
            uptime_ms: 5,
            staff: StaffId(1),
            approver: None,
            kind: "test.done".into(),
            version: 1,
            body: body.to_vec(),
        };
        let hash = link(fact.stream, seq, before, &leaf(&fact));
        Entry { fact, hash, epoch: 1, day_key: 2, mac: mac(&next_day_key(&next_day_key(&[9; 32])), &hash) }
    }

    #[test]
    fn the_code_on_paper_is_the_first_fifty_bits() {
        let mut hash = GENESIS;
        assert_eq!(check_code(&hash), "00000-00000");
        // 11111 and then ones up to the fiftieth bit; what follows does not count.
        hash[..8].copy_from_slice(&[0xf8, 0, 0, 0, 0, 0, 0x7f, 0xff]);
        assert_eq!(check_code(&hash), "Z0000-00001");
        assert_eq!(check_code(&[0xff; 32]), "ZZZZZ-ZZZZZ");
    }

    #[test]
    fn a_chain_that_was_not_touched_holds() {
        let first = entry(1, &GENESIS, b"a");
        let second = entry(2, &first.hash, b"b");
        let head = follow(0, &GENESIS, &first).expect("the first follows nothing");
        assert_eq!(follow(1, &head, &second), Ok(second.hash));
        assert_eq!(DayKeys::new(&[9; 32]).check(&second), Ok(()));
    }

    #[test]
    fn every_field_is_bound_by_the_chain() {
        let good = entry(1, &GENESIS, b"body");
        let changes: Vec<fn(&mut Fact)> = vec![
            |f| f.stream = StreamId::new([8; 16]),
            |f| f.group.count = 2,
            |f| f.group.first = 9,
            |f| f.hlc += 1,
            |f| f.wall_ms += 1,
            |f| f.offset_min += 1,
            |f| f.uptime_ms += 1,
            |f| f.staff = StaffId(2),
            |f| f.approver = Some(StaffId(0)),
            |f| f.kind.push('x'),
            |f| f.version += 1,
            |f| f.body[0] ^= 1,
        ];
        for (which, change) in changes.into_iter().enumerate() {
            let mut bad = good.clone();
            change(&mut bad.fact);
            assert_eq!(follow(0, &GENESIS, &bad), Err(Broken::Changed { seq: 1 }), "change {which}");
        }
        assert_eq!(follow(1, &GENESIS, &good), Err(Broken::Gap { seq: 2 }));
        assert_eq!(DayKeys::new(&[1; 32]).check(&good), Err(Broken::Mac { seq: 1 }));
        let never = Entry { day_key: u32::MAX, ..good };
        assert_eq!(DayKeys::new(&[9; 32]).check(&never), Err(Broken::Mac { seq: 1 }));
    }
}
