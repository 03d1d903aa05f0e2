//! The PIN: what an owner may choose, and how it is carried.

use std::fmt;

use zeroize::Zeroizing;

use super::error::VaultError;

/// The fewest characters an owner's PIN or phrase may have.
const LENGTH_MIN: usize = 8;
/// The fewest characters of a PIN of the staff.
const LENGTH_MIN_STAFF: usize = 6;
/// The most characters a new PIN or phrase may have.
const LENGTH_MAX: usize = 64;
/// The most bytes anybody may type: the derivation counts them in one byte.
const BYTES_MAX: usize = 255;

/// What people choose first, in small letters.
const COMMON: [&str; 24] = [
    "password",
    "password1",
    "password123",
    "passw0rd",
    "pass@123",
    "pass1234",
    "p@ssw0rd",
    "admin123",
    "admin@123",
    "welcome1",
    "welcome123",
    "qwertyui",
    "qwertyuiop",
    "qwerty123",
    "asdfghjk",
    "iloveyou",
    "abcd1234",
    "abc12345",
    "1234abcd",
    "1q2w3e4r",
    "india123",
    "india@123",
    "sairam123",
    "pakka123",
];

/// Keys next to each other on a number pad or a phone, and numbers known to all.
const COMMON_DIGITS: [&str; 16] = [
    "14725836", "25836914", "36925814", "74185296", "96385274", "31415926", "27182818", "10203040", "147258", "258369",
    "369258", "741852", "963852", "159753", "314159", "102030",
];

/// A PIN or phrase as it was typed; wiped when let go, never printed.
pub struct Pin(Zeroizing<String>);

impl Pin {
    /// A PIN typed to open the vault: nothing is judged but that it can be carried.
    ///
    /// # Errors
    /// [`VaultError::PinLong`] above 255 bytes.
    pub fn typed(text: &str) -> Result<Pin, VaultError> {
        if text.len() > BYTES_MAX { Err(VaultError::PinLong) } else { Ok(Pin(Zeroizing::new(text.to_owned()))) }
    }

    /// A new PIN for an owner: at least eight digits, or a phrase of at least eight characters.
    ///
    /// # Errors
    /// [`VaultError::PinShort`], [`VaultError::PinLong`] above 64 characters, and [`VaultError::PinCommon`] for one
    /// sign repeated, runs, repeated parts, doubled digits, dates, and what people choose first.
    ///
    /// ```
    /// # use pakka::vault::{Pin, VaultError};
    /// assert!(Pin::choose_owner("40718293").is_ok());
    /// assert_eq!(Pin::choose_owner("15081947").expect_err("a date"), VaultError::PinCommon);
    /// ```
    pub fn choose_owner(text: &str) -> Result<Pin, VaultError> {
        let length = text.chars().count();
        if length < LENGTH_MIN || text.trim().chars().count() < LENGTH_MIN {
            return Err(VaultError::PinShort);
        }
        if length > LENGTH_MAX {
            return Err(VaultError::PinLong);
        }
        if is_common(text) { Err(VaultError::PinCommon) } else { Pin::typed(text) }
    }

    /// A new PIN for somebody of the staff: at least six digits, or a phrase of at least six characters.
    ///
    /// # Errors
    /// As [`Pin::choose_owner`], but [`VaultError::PinShortStaff`] below six.
    ///
    /// ```
    /// # use pakka::vault::{Pin, VaultError};
    /// assert!(Pin::choose_staff("482913").is_ok());
    /// assert_eq!(Pin::choose_staff("150847").expect_err("a birthday"), VaultError::PinCommon);
    /// ```
    pub fn choose_staff(text: &str) -> Result<Pin, VaultError> {
        if text.trim().chars().count() < LENGTH_MIN_STAFF {
            return Err(VaultError::PinShortStaff);
        }
        if text.chars().count() > LENGTH_MAX {
            return Err(VaultError::PinLong);
        }
        if is_common(text) { Err(VaultError::PinCommon) } else { Pin::typed(text) }
    }

    pub(super) fn expose(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(..)")
    }
}

fn is_common(text: &str) -> bool {
    let small = Zeroizing::new(text.to_lowercase());
    let signs: Zeroizing<Vec<char>> = Zeroizing::new(small.chars().collect());
    if COMMON.contains(&small.as_str()) || repeats(&signs) {
        return true;
    }
    let digits: Option<Vec<u32>> = signs.iter().map(|sign| sign.to_digit(10)).collect();
    digits.map(Zeroizing::new).is_some_and(|digits| {
        is_run(&digits) || is_doubled(&digits) || is_date(&digits) || COMMON_DIGITS.contains(&small.as_str())
    })
}

/// One to four signs said over and over: 11111111, 12121212, 12341234.
fn repeats(signs: &[char]) -> bool {
    (1..=4).any(|part| signs.iter().zip(&signs[part..]).all(|(before, sign)| before == sign))
}

/// Digits that go up or down by the same step: 12345678, 98765432, 90123456, 24680246.
fn is_run(digits: &[u32]) -> bool {
    (0..10).any(|step| digits.windows(2).all(|pair| (pair[0] + step) % 10 == pair[1]))
}

/// Every digit twice: 11223344.
fn is_doubled(digits: &[u32]) -> bool {
    digits.len().is_multiple_of(2) && digits.chunks(2).all(|pair| pair[0] == pair[1])
}

/// A day in one of the three orders people write: with a year from 1900 to 2099, or with its last two digits.
fn is_date(digits: &[u32]) -> bool {
    let number = |from: usize, to: usize| digits[from..to].iter().fold(0, |number, digit| number * 10 + digit);
    let fits = |year: u32, month: u32, day: u32| {
        (digits.len() == 6 || (1900..2100).contains(&year)) && (1..=12).contains(&month) && (1..=31).contains(&day)
    };
    match digits.len() {
        6 => {
            fits(number(4, 6), number(2, 4), number(0, 2))
                || fits(number(4, 6), number(0, 2), number(2, 4))
                || fits(number(0, 2), number(2, 4), number(4, 6))
        }
        8 => fits_eight(number, fits),
        _ => false,
    }
}

fn fits_eight(number: impl Fn(usize, usize) -> u32, fits: impl Fn(u32, u32, u32) -> bool) -> bool {
    fits(number(4, 8), number(2, 4), number(0, 2))
        || fits(number(4, 8), number(0, 2), number(2, 4))
        || fits(number(0, 4), number(4, 6), number(6, 8))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_owner_may_choose_what_is_long_and_not_guessed_first() {
        use VaultError::{PinCommon, PinLong, PinShort};
        for (text, refusal) in [
            ("40718293", None),
            ("4071829360", None),
            ("naya bazar 7", None),
            ("चाय की दुकान", None),
            ("4071829", Some(PinShort)),
            ("       7", Some(PinShort)),
            ("", Some(PinShort)),
            ("77777777", Some(PinCommon)),
            ("aaaaaaaa", Some(PinCommon)),
            ("12345678", Some(PinCommon)),
            ("87654321", Some(PinCommon)),
            ("90123456", Some(PinCommon)),
            ("0123456789", Some(PinCommon)),
            ("24680246", Some(PinCommon)),
            ("12121212", Some(PinCommon)),
            ("123123123", Some(PinCommon)),
            ("48294829", Some(PinCommon)),
            ("11223344", Some(PinCommon)),
            ("15081947", Some(PinCommon)),
            ("12251999", Some(PinCommon)),
            ("19990104", Some(PinCommon)),
            ("Password", Some(PinCommon)),
            ("QWERTYUI", Some(PinCommon)),
            ("14725836", Some(PinCommon)),
        ] {
            assert_eq!(Pin::choose_owner(text).err(), refusal, "{text}");
        }
        assert_eq!(Pin::choose_owner(&"ab1 ".repeat(17)).err(), Some(PinLong));
        assert_eq!(Pin::typed(&"9".repeat(256)).err(), Some(PinLong));
    }

    #[test]
    fn staff_may_choose_six_digits_that_are_not_guessed_first() {
        use VaultError::{PinCommon, PinLong, PinShortStaff};
        for (text, refusal) in [
            ("482913", None),
            ("40718293", None),
            ("chaiwala", None),
            ("48291", Some(PinShortStaff)),
            ("     7", Some(PinShortStaff)),
            ("4821", Some(PinShortStaff)),
            ("777777", Some(PinCommon)),
            ("123456", Some(PinCommon)),
            ("654321", Some(PinCommon)),
            ("482482", Some(PinCommon)),
            ("112233", Some(PinCommon)),
            ("147258", Some(PinCommon)),
            ("150847", Some(PinCommon)),
            ("083147", Some(PinCommon)),
            ("470831", Some(PinCommon)),
        ] {
            assert_eq!(Pin::choose_staff(text).err(), refusal, "{text}");
        }
        assert_eq!(Pin::choose_staff(&"ab1 ".repeat(17)).err(), Some(PinLong));
    }

    #[test]
    fn a_pin_does_not_print_itself() {
        assert_eq!(format!("{:?}", Pin::typed("40718293")), "Ok(Pin(..))");
    }

    proptest! {
        #[test]
        fn any_text_is_judged_without_a_panic(text: String) {
            let _ = Pin::choose_owner(&text);
        }
    }
}
