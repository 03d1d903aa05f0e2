//! Money in whole paise and unit prices in hundredths of a paisa; no float goes in or comes out.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use serde::{Deserialize, Serialize};

use crate::fault::Unreadable;

/// The largest amount that any single value may hold: ₹ 9,999 crore, in paise.
///
/// Far above any shop's year, and far below where a sum of a million of them would leave `i64` or the
/// 2^53 that the window can hold exactly.
pub const PAISE_MAX: i64 = 99_990_000_000 * 100;

/// An amount of money in whole paise, signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Paise(i64);

impl Paise {
    pub const ZERO: Paise = Paise(0);

    /// An amount of `paise`; a value from outside goes through [`Paise::checked`] or [`Paise::read`].
    #[must_use]
    pub const fn new(paise: i64) -> Paise {
        Paise(paise)
    }

    /// An amount of whole rupees.
    #[must_use]
    pub const fn rupees(rupees: i64) -> Paise {
        Paise(rupees * 100)
    }

    /// The amount if it lies within ±[`PAISE_MAX`].
    #[must_use]
    pub fn checked(paise: i128) -> Option<Paise> {
        (paise.abs() <= i128::from(PAISE_MAX)).then_some(Paise(paise as i64))
    }

    /// The number of paise.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    #[must_use]
    pub const fn abs(self) -> Paise {
        Paise(self.0.abs())
    }

    /// Reads `1234.5`, `1,234.50` or `₹ 12`: at most two decimals, and commas only where they group.
    ///
    /// # Errors
    /// [`Unreadable`] when the text is no such amount or lies outside ±[`PAISE_MAX`].
    pub fn read(text: &str) -> Result<Paise, Unreadable> {
        let units = ungrouped(text).and_then(|plain| read_decimal(&plain, 2)).ok_or(Unreadable::Amount)?;
        Paise::checked(units).ok_or(Unreadable::Amount)
    }

    /// The decimal form with two places and no grouping, as files and returns want it: `-1234.50`.
    #[must_use]
    pub fn decimal(self) -> String {
        write_decimal(self.0, 2)
    }

    /// Nearest whole rupee, half away from zero, as an amount (gst.md §5.1 step 6).
    #[must_use]
    pub fn rounded_to_rupee(self) -> Paise {
        Paise(div_half_up(i128::from(self.0), 100) as i64 * 100)
    }
}

/// Indian grouping with two decimals: `12,34,567.00`. Paper and screen add the ₹ themselves.
impl fmt::Display for Paise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        write!(f, "{sign}{}.{part:02}", group_indian(whole))
    }
}

impl Add for Paise {
    type Output = Paise;
    fn add(self, other: Paise) -> Paise {
        Paise(self.0.checked_add(other.0).expect("sums of bounded amounts stay within i64"))
    }
}

impl Sub for Paise {
    type Output = Paise;
    fn sub(self, other: Paise) -> Paise {
        Paise(self.0.checked_sub(other.0).expect("differences of bounded amounts stay within i64"))
    }
}

impl Neg for Paise {
    type Output = Paise;
    fn neg(self) -> Paise {
        Paise(-self.0)
    }
}

impl Sum for Paise {
    fn sum<I: Iterator<Item = Paise>>(amounts: I) -> Paise {
        amounts.fold(Paise::ZERO, Add::add)
    }
}

/// The price of one unit in ten-thousandths of a rupee, so that ₹ 0.0125 a gram can be said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitPrice(i64);

impl UnitPrice {
    pub const ZERO: UnitPrice = UnitPrice(0);
    /// The number of unit-price steps in one paisa.
    pub const PER_PAISA: i64 = 100;

    /// A price of `tenthousandths` of a rupee.
    #[must_use]
    pub const fn new(tenthousandths: i64) -> UnitPrice {
        UnitPrice(tenthousandths)
    }

    /// A unit price in whole paise.
    #[must_use]
    pub const fn from_paise(paise: Paise) -> UnitPrice {
        UnitPrice(paise.0 * UnitPrice::PER_PAISA)
    }

    /// The number of ten-thousandths of a rupee.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The price in paise, half away from zero: for showing, never for working out an amount.
    #[must_use]
    pub fn to_paise(self) -> Paise {
        Paise(div_half_up(i128::from(self.0), i128::from(UnitPrice::PER_PAISA)) as i64)
    }

    /// Reads a price with at most four decimals, as [`Paise::read`] does.
    ///
    /// # Errors
    /// [`Unreadable`] when the text is no such price or lies outside the range of [`Paise`].
    pub fn read(text: &str) -> Result<UnitPrice, Unreadable> {
        let units = ungrouped(text).and_then(|plain| read_decimal(&plain, 4)).ok_or(Unreadable::Amount)?;
        let within = units.abs() <= i128::from(PAISE_MAX) * i128::from(UnitPrice::PER_PAISA);
        within.then_some(UnitPrice(units as i64)).ok_or(Unreadable::Amount)
    }

    /// The decimal form: two places, or up to four where they are needed.
    #[must_use]
    pub fn decimal(self) -> String {
        trim_decimals(&write_decimal(self.0, 4), 2)
    }
}

/// An amount without its ₹ and its grouping: `₹ 1,24,500.50` is `124500.50`.
///
/// `None` where a comma does not group: `12,50` could be twelve and a half or twelve hundred and fifty.
#[must_use]
pub fn ungrouped(text: &str) -> Option<String> {
    let bare = text.trim().trim_start_matches('₹').trim();
    let whole = bare.split_once('.').map_or(bare, |(whole, _)| whole);
    let groups: Vec<&str> = whole.trim_start_matches('-').split(',').collect();
    let grouped = match groups.as_slice() {
        [first, middle @ .., last] => {
            (1..=3).contains(&first.len()) && last.len() == 3 && middle.iter().all(|group| matches!(group.len(), 2 | 3))
        }
        _ => true,
    };
    let grouped = grouped || groups.len() == 1;
    (grouped && !bare[whole.len()..].contains(',')).then(|| bare.replace(',', ""))
}

/// Divides rounding half away from zero, the one rounding of the shop (gst.md §5).
#[must_use]
pub fn div_half_up(number: i128, by: i128) -> i128 {
    assert!(by > 0, "a divisor here is a fixed positive scale");
    let rounded = (number.abs() + by / 2) / by;
    // An odd divisor has no exact half, so adding floor(by / 2) rounds to the nearest there as well.
    if number < 0 { -rounded } else { rounded }
}

/// Reads a plain decimal of at most `places` places into whole units of the last place.
///
/// Digits, one optional point and one optional leading minus; nothing else, and no more than 18 digits.
#[must_use]
pub fn read_decimal(text: &str, places: u32) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && part.is_empty() || whole.len() > 18 || part.len() > 18 {
        return None;
    }
    if !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let places = places as usize;
    let (kept, beyond) = part.split_at(part.len().min(places));
    if beyond.bytes().any(|b| b != b'0') {
        return None;
    }
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let part: i128 = if kept.is_empty() { 0 } else { kept.parse().ok()? };
    let value = whole * 10i128.pow(places as u32) + part * 10i128.pow((places - kept.len()) as u32);
    Some(if negative { -value } else { value })
}

/// Writes whole units of the last place as a plain decimal with `places` places.
#[must_use]
pub fn write_decimal(units: i64, places: u32) -> String {
    let scale = 10u64.pow(places);
    let sign = if units < 0 { "-" } else { "" };
    let (whole, part) = (units.unsigned_abs() / scale, units.unsigned_abs() % scale);
    if places == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{part:0width$}", width = places as usize)
}

/// Drops closing zeros of a decimal but keeps at least `places_min` places.
#[must_use]
pub fn trim_decimals(decimal: &str, places_min: usize) -> String {
    let Some((whole, part)) = decimal.split_once('.') else { return decimal.to_owned() };
    let needed = part.trim_end_matches('0').len().max(places_min);
    if needed == 0 { whole.to_owned() } else { format!("{whole}.{}", &part[..needed]) }
}

/// Groups digits the Indian way: the last three, then pairs (12,34,567).
#[must_use]
pub fn group_indian(whole: u64) -> String {
    let digits = whole.to_string();
    let (head, tail) = digits.split_at(digits.len().saturating_sub(3));
    if head.is_empty() {
        return tail.to_owned();
    }
    let mut grouped = String::with_capacity(digits.len() * 3 / 2);
    for (place, digit) in head.chars().enumerate() {
        if place > 0 && (head.len() - place).is_multiple_of(2) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped},{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_grouped_as_india_does() {
        for (paise, told) in [
            (0, "0.00"),
            (5, "0.05"),
            (99_999, "999.99"),
            (1_00_000, "1,000.00"),
            (12_34_567_00, "12,34,567.00"),
            (1_00_00_00_000_00, "1,00,00,00,000.00"),
            (-1_00_000_50, "-1,00,000.50"),
        ] {
            assert_eq!(Paise::new(paise).to_string(), told);
        }
    }

    #[test]
    fn amounts_are_read_or_refused() {
        for (text, paise) in [
            ("12", Some(1200)),
            ("₹ 1,234.5", Some(123_450)),
            (".75", Some(75)),
            ("5.", Some(500)),
            ("-3.00", Some(-300)),
            ("1.500", Some(150)),
            ("1.005", None),
            ("", None),
            (".", None),
            ("12,50", None),
            ("1,2345", None),
            ("1,00,000", Some(1_00_000_00)),
            ("1,000.5", Some(100_050)),
            ("1e5", None),
            ("१२", None),
            ("99999999999999999999", None),
            ("999999999999", None),
        ] {
            assert_eq!(Paise::read(text).ok().map(Paise::get), paise, "{text:?}");
        }
    }

    #[test]
    fn halves_go_away_from_zero() {
        for (number, by, told) in [(5, 10, 1), (4, 10, 0), (-5, 10, -1), (-4, 10, 0), (15, 10, 2), (1, 3, 0), (2, 3, 1)]
        {
            assert_eq!(div_half_up(number, by), told, "{number}/{by}");
        }
    }

    #[test]
    fn unit_prices_show_the_places_they_need() {
        for (price, told) in [(1_0000, "1.00"), (125, "0.0125"), (1_2500, "1.25"), (1_2550, "1.255")] {
            assert_eq!(UnitPrice::new(price).decimal(), told);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(paise in -PAISE_MAX..=PAISE_MAX) {
            let amount = Paise::new(paise);
            prop_assert_eq!(Paise::read(&amount.decimal()).expect("own form"), amount);
            prop_assert_eq!(Paise::read(&amount.to_string()).expect("own form"), amount);
        }

        #[test]
        fn reading_never_panics(text in "\\PC{0,40}") {
            let _ = Paise::read(&text);
            let _ = UnitPrice::read(&text);
        }

        #[test]
        fn rounding_to_the_rupee_moves_at_most_fifty_paise(paise in -PAISE_MAX..=PAISE_MAX) {
            let moved = Paise::new(paise).rounded_to_rupee() - Paise::new(paise);
            prop_assert!(moved.abs() <= Paise::new(50));
        }
    }
}
