//! Names of things that are not numbers of the trade: random, typed, and never a row's position.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::stamp::Chance;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The id with these bytes.
            #[must_use]
            pub const fn new(bytes: [u8; 16]) -> $name {
                $name(bytes)
            }

            /// A fresh id from the given chance.
            #[must_use]
            pub fn make(chance: &mut dyn Chance) -> $name {
                let mut bytes = [0; 16];
                chance.fill(&mut bytes);
                $name(bytes)
            }

            #[must_use]
            pub const fn bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// Reads 32 hexadecimal digits.
            #[must_use]
            pub fn read(text: &str) -> Option<$name> {
                read_hex(text).map($name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        /// Hexadecimal for people and JSON, sixteen plain bytes in the journal.
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                if to.is_human_readable() { to.collect_str(self) } else { to.serialize_bytes(&self.0) }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<$name, D::Error> {
                if from.is_human_readable() {
                    let text = String::deserialize(from)?;
                    return $name::read(&text).ok_or_else(|| de::Error::custom("an id is 32 hexadecimal digits"));
                }
                from.deserialize_bytes(SixteenBytes).map($name)
            }
        }
    };
}

id!(/// The vault: one shop's data on one machine.
    VaultId);
id!(/// A journal's origin: made at set-up and anew at every restore or clone.
    StreamId);
id!(/// A bill from its first line on; the token that makes sealing it twice harmless.
    BillId);
id!(/// An item of the catalogue.
    ItemId);
id!(/// A person whose data can be erased.
    PersonId);
id!(/// One run of an import.
    ImportId);

/// A member of staff; 0 is set-up, before the first person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StaffId(pub u32);

impl StaffId {
    pub const SETUP: StaffId = StaffId(0);
}

struct SixteenBytes;

impl de::Visitor<'_> for SixteenBytes {
    type Value = [u8; 16];
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sixteen bytes")
    }
    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<[u8; 16], E> {
        bytes.try_into().map_err(|_| E::invalid_length(bytes.len(), &self))
    }
}

fn read_hex(text: &str) -> Option<[u8; 16]> {
    let digits = text.as_bytes();
    if digits.len() != 32 {
        return None;
    }
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let high = char::from(pair[0]).to_digit(16)?;
        let low = char::from(pair[1]).to_digit(16)?;
        *byte = (high * 16 + low) as u8;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_both_forms() {
        let id = BillId::new(*b"0123456789abcdef");
        assert_eq!(BillId::read(&id.to_string()), Some(id));
        let json = serde_json::to_string(&id).expect("json");
        assert_eq!(serde_json::from_str::<BillId>(&json).expect("json"), id);
        let mut cbor = Vec::new();
        ciborium::into_writer(&id, &mut cbor).expect("cbor");
        assert_eq!(cbor.len(), 17);
        assert_eq!(ciborium::from_reader::<BillId, _>(&cbor[..]).expect("cbor"), id);
        assert!(BillId::read("xyz").is_none());
    }
}
