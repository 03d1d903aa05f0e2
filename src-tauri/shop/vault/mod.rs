//! The vault: who may open the shop, and the keys that come out when they may.
//!
//! Owns the header with its slots, the tables of codes, the device secret, used codes, wrong tries, and the names on
//! the lock screen. Imports the ground alone. Never opens the shop's database and never tells which factor was wrong.
//! `docs/vault-states.md` says what holds in each state and what a thief of each file gets.
//!
//! One random root key opens everything. A slot wraps it for an owner (PIN, code and device secret in one derivation)
//! or for the printed code; a slot of the staff wraps a fixed list of subkeys. Every key comes out of the root key by
//! [`KeyRing::sub`]. [`people`] are added and removed by an owner; [`Rotation`] makes everything new.

mod approach;
mod attempt;
mod bundle;
mod bytes;
mod calibrate;
mod check;
mod codes;
mod derive;
mod device;
mod error;
#[cfg(test)]
mod figures;
mod file;
mod hazmat;
mod header;
#[cfg(test)]
mod judged;
mod key;
mod keyring;
mod keystore;
mod login;
mod mark;
#[cfg(test)]
mod meddling;
#[cfg(test)]
mod mishap;
mod open;
mod paper;
pub mod people;
mod pin;
mod rebind;
mod recovery;
mod roster;
mod rotation;
#[cfg(test)]
pub(crate) mod sample;
mod seal;
mod setup;
mod slot;
#[cfg(test)]
mod staffing;
mod state;
#[cfg(test)]
mod story;
mod table;
mod throttle;
mod totp;
mod witness;

pub use check::PinCheck;
pub use device::{KeepIn, Place, find_stick, kept_in};
pub use error::VaultError;
pub use file::Flush;
pub use key::{Key, KeyRing};
pub use keyring::MachineKeystore;
pub use keystore::{Keystore, NoKeystore, works};
pub use login::{Found, Places, Verified, find, unlock, unlock_clock_lost, verify_person};
pub use mark::Mark;
pub use open::Unlocked;
pub use paper::{KeptGroup, paper_in_force};
pub use pin::Pin;
pub use recovery::{GROUPS, RecoveryCode};
pub use roster::{Roster, RosterNames, RosterPerson};
pub use rotation::Rotation;
pub use seal::{seal, unseal};
pub use setup::{Draft, recover};
pub use slot::{Cost, OWNER, SlotId};
pub use state::{Now, StateBook};
pub use throttle::Failed;
