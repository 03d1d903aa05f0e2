//! A fact: one thing that happened, as data, and the envelope around it.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::id::{StaffId, StreamId};

/// The largest body of one fact; what is larger is several facts of one group.
pub const BODY_BYTES_MAX: usize = 256 * 1024;

/// A fact that is about to be committed: its kind, the version of its body and the encoded body.
#[derive(Clone, Debug)]
pub struct Draft {
    pub kind: &'static str,
    pub version: u16,
    pub body: Vec<u8>,
}

impl Draft {
    /// Encodes `body` as CBOR (RFC 8949); these bytes are what is hashed and kept.
    ///
    /// # Panics
    /// When the body is above [`BODY_BYTES_MAX`]: the room that makes the fact bounds it.
    #[must_use]
    pub fn new(kind: &'static str, version: u16, body: &impl Serialize) -> Draft {
        let mut bytes = Vec::with_capacity(512);
        ciborium::into_writer(body, &mut bytes).expect("a body is plain data and memory does not fail");
        assert!(bytes.len() <= BODY_BYTES_MAX, "a room bounds its bodies: {kind}");
        Draft { kind, version, body: bytes }
    }
}

/// The facts of one act: the first one's number in the stream and how many they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    pub first: u64,
    pub count: u32,
}

/// One thing that happened, with everything needed to understand it years later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub stream: StreamId,
    /// Gapless within its stream, from 1.
    pub seq: u64,
    pub group: Group,
    /// Orders facts of all streams.
    pub hlc: u64,
    /// Tells people when: Unix milliseconds, and the offset of local time in minutes.
    pub wall_ms: i64,
    pub offset_min: i16,
    pub uptime_ms: u64,
    pub staff: StaffId,
    pub approver: Option<StaffId>,
    pub kind: String,
    pub version: u16,
    pub body: Vec<u8>,
}

impl Fact {
    /// The body as the type that its kind and version say.
    ///
    /// # Panics
    /// When the bytes are not of that type: they were written by this program and the chain holds them.
    #[must_use]
    pub fn body<T: DeserializeOwned>(&self) -> T {
        ciborium::from_reader(&self.body[..])
            .unwrap_or_else(|why| panic!("a {} body reads as written: {why}", self.kind))
    }
}

/// A fact in its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub fact: Fact,
    pub hash: [u8; 32],
    /// Which root key the MAC belongs to.
    pub epoch: u32,
    /// Which day key of that epoch.
    pub day_key: u32,
    pub mac: [u8; 32],
}
