//! A PIN that can be asked for once more while the shop is open: behind the cover of the screen, at a change of
//! cashiers, for a second approval. In memory alone: on the disk it would tell a thief which PIN is right.

use std::fmt;

use super::error::VaultError;
use super::hazmat::{Secret, argon2id, same};
use super::pin::Pin;
use super::slot::Cost;
use crate::stamp::Chance;

/// What a PIN is compared with; made when the person has logged in with PIN and code, and let go at a full lock.
///
/// It counts no tries: whoever asks counts them and locks fully after five.
pub struct PinCheck {
    salt: [u8; 16],
    hash: Secret,
    cost: Cost,
}

impl PinCheck {
    /// # Errors
    /// [`VaultError::NoMemory`] when the machine cannot lend what the cost asks for.
    ///
    /// # Panics
    /// With a cost outside of the limits.
    pub fn make(pin: &Pin, cost: Cost, chance: &mut dyn Chance) -> Result<PinCheck, VaultError> {
        assert!(cost.in_limits(), "a check is as dear as a slot");
        let mut salt = [0; 16];
        chance.fill(&mut salt);
        Ok(PinCheck { salt, hash: hash(pin, &salt, cost)?, cost })
    }

    /// Whether this is the PIN; takes one derivation either way.
    ///
    /// # Errors
    /// [`VaultError::NoMemory`] when the machine cannot lend what the cost asks for.
    pub fn fits(&self, pin: &Pin) -> Result<bool, VaultError> {
        Ok(same(&*hash(pin, &self.salt, self.cost)?, &self.hash))
    }
}

fn hash(pin: &Pin, salt: &[u8; 16], cost: Cost) -> Result<Secret, VaultError> {
    argon2id(pin.expose(), salt, b"", b"pos/v1/pin-check", cost)
}

impl fmt::Debug for PinCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PinCheck(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::sample::{CHEAP, Counting, cheaply};

    #[test]
    fn the_same_pin_fits_and_no_other() {
        cheaply();
        let typed = |text: &str| Pin::typed(text).expect("short");
        let check = PinCheck::make(&typed("482913"), CHEAP, &mut Counting(1)).expect("cheap");
        for (text, fits) in [("482913", true), ("482914", false), ("48291", false), ("4829130", false), ("", false)] {
            assert_eq!(check.fits(&typed(text)), Ok(fits), "{text}");
        }
        let other = PinCheck::make(&typed("482913"), CHEAP, &mut Counting(2)).expect("cheap");
        assert_ne!(*check.hash, *other.hash, "every check has its own salt");
        assert_eq!(format!("{check:?}"), "PinCheck(..)");
    }
}
