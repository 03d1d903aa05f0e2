//! How far a stream of the journal had come, as state and witness both note it.

use super::bytes::Bytes;
use crate::id::StreamId;

/// How far a stream of the journal had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub stream: StreamId,
    pub seq: u64,
    pub hash: [u8; 32],
}

/// Notes a mark among others; a stream only ever goes forward.
pub(super) fn note(marks: &mut Vec<Mark>, mark: Mark) {
    match marks.iter_mut().find(|known| known.stream == mark.stream) {
        Some(known) if known.seq < mark.seq => *known = mark,
        Some(_) => {}
        None => marks.push(mark),
    }
}

/// `u16 marks | (stream[16] u64 seq hash[32])…`
pub(super) fn bytes(marks: &[Mark]) -> Vec<u8> {
    let mut out = u16::try_from(marks.len()).expect("a few streams").to_le_bytes().to_vec();
    for Mark { stream, seq, hash } in marks {
        out.extend_from_slice(stream.bytes());
        out.extend_from_slice(&seq.to_le_bytes());
        out.extend_from_slice(hash);
    }
    out
}

/// Reads what [`bytes`] wrote.
pub(super) fn read(from: &mut Bytes<'_>) -> Option<Vec<Mark>> {
    let count = from.u16()?;
    (0..count)
        .map(|_| Some(Mark { stream: StreamId::new(from.array()?), seq: from.u64()?, hash: from.array()? }))
        .collect()
}
