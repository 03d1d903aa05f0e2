//! A PIN's check value while the shop is open. It lives in memory alone: on a disk it would tell a thief which PIN
//! is right.

use std::fmt;

use super::error::VaultError;
use super::hazmat::{Secret, argon2id, same};
use super::pin::Pin;
use super::slot::Cost;
use crate::stamp::Chance;

/// Tells the same PIN again from another.
pub struct PinCheck {
    salt: [u8; 16],
    value: Secret,
}

impl PinCheck {
    /// A check of this PIN under a salt of its own.
    ///
    /// # Errors
    /// [`VaultError::NoMemory`].
    pub fn make(pin: &Pin, chance: &mut dyn Chance) -> Result<PinCheck, VaultError> {
        let mut salt = [0; 16];
        chance.fill(&mut salt);
        Ok(PinCheck { value: stretch(pin, &salt)?, salt })
    }

    /// Whether it is the same PIN.
    ///
    /// # Errors
    /// [`VaultError::NoMemory`].
    pub fn is(&self, pin: &Pin) -> Result<bool, VaultError> {
        Ok(same(&self.value, &*stretch(pin, &self.salt)?))
    }
}

impl fmt::Debug for PinCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PinCheck(..)")
    }
}

fn stretch(pin: &Pin, salt: &[u8; 16]) -> Result<Secret, VaultError> {
    argon2id(pin.expose(), salt, &[], b"pos/v1/pin-check", Cost::FLOOR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::sample::Counting;

    #[test]
    fn it_knows_its_own_pin_alone_and_prints_nothing() {
        let check = PinCheck::make(&Pin::typed("40718293").expect("a PIN"), &mut Counting(1)).expect("memory");
        assert!(check.is(&Pin::typed("40718293").expect("a PIN")).expect("memory"));
        assert!(!check.is(&Pin::typed("40718294").expect("a PIN")).expect("memory"));
        assert_eq!(format!("{check:?}"), "PinCheck(..)");
    }
}
