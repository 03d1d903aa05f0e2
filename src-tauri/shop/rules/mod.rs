//! The dated rules of tax: rate classes, slabs, limits, looked up by the day of supply.
//!
//! A rule is data with a first day, a last day and its source, never a constant in code. [`Rules::of`] is
//! what is in force on one day; the pack comes with the program and is parsed once.

mod class;
mod pack;

pub use class::{Charge, Class, Dated, Slab};
pub use pack::{HsnDigits, Pack, PackError};

use crate::day::Day;
use crate::gst::nature::Nature;
use crate::money::Paise;
use crate::rate::Rate;

/// What is in force on one day.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    day: Day,
    pack: &'a Pack,
}

/// A rate class that cannot be used on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassMissing {
    /// The pack has no such class.
    Unknown,
    /// The class has no row on the day.
    NotInForce,
}

impl Rules<'static> {
    /// The built-in rules as of `day`.
    #[must_use]
    pub fn of(day: Day) -> Rules<'static> {
        Rules { day, pack: Pack::built_in() }
    }
}

impl<'a> Rules<'a> {
    /// The rules of another pack as of `day`.
    #[must_use]
    pub fn of_pack(pack: &'a Pack, day: Day) -> Rules<'a> {
        Rules { day, pack }
    }

    #[must_use]
    pub fn day(&self) -> Day {
        self.day
    }

    /// The version of the pack; every sealed document carries it.
    #[must_use]
    pub fn version(&self) -> Day {
        self.pack.version
    }

    /// The rate classes in force, in the order of the pack.
    pub fn classes(&self) -> impl Iterator<Item = &'a Class> {
        let day = self.day;
        self.pack.classes.iter().filter(move |class| class.on(day).is_some())
    }

    /// What a class means on this day.
    ///
    /// # Errors
    /// [`ClassMissing`] when there is no such class, or none on this day.
    pub fn charge(&self, code: &str) -> Result<Charge, ClassMissing> {
        let class = self.pack.classes.iter().find(|class| class.code == code).ok_or(ClassMissing::Unknown)?;
        class.on(self.day).ok_or(ClassMissing::NotInForce)
    }

    /// The class of a plain percentage as price lists give it; 0 is `nil`. `None` when no class has it today.
    #[must_use]
    pub fn class_for_percent(&self, rate: Rate) -> Option<&'a Class> {
        let wanted = if rate.is_zero() { Charge::Untaxed(Nature::Nil) } else { Charge::At(rate) };
        self.classes().find(|class| class.on(self.day) == Some(wanted))
    }

    /// From this taxable value on, a bill names the unregistered buyer and the address (Rule 46(e)).
    #[must_use]
    pub fn buyer_address_from(&self) -> Paise {
        self.pack.limit(pack::BUYER_ADDRESS, self.day)
    }

    /// Below this value a bill may be left out if nobody asks (Section 31(3)(b)).
    #[must_use]
    pub fn consolidated_below(&self) -> Paise {
        self.pack.limit(pack::CONSOLIDATED_BILL, self.day)
    }

    /// How many HSN digits a bill needs after a year of `turnover` (Rule 46(g)).
    #[must_use]
    pub fn hsn_digits(&self, turnover: Paise) -> HsnDigits {
        self.pack.hsn_digits(turnover, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(day: &str) -> Rules<'static> {
        Rules::of(Day::read(day).expect("a day"))
    }

    #[test]
    fn rates_come_and_go_on_their_days() {
        for (code, day, percent) in [
            ("gst12", "2025-09-21", Some(12)),
            ("gst12", "2025-09-22", None),
            ("gst28", "2026-01-31", Some(28)),
            ("gst28", "2026-02-01", None),
            ("gst40", "2025-09-21", None),
            ("gst40", "2025-09-22", Some(40)),
            ("gst5", "2017-07-01", Some(5)),
            ("gst5", "2026-11-22", Some(5)),
            ("gst18", "2025-09-21", Some(18)),
            ("gst18", "2025-09-22", Some(18)),
            ("gst18", "2017-06-30", None),
        ] {
            let charge = rules(day).charge(code).ok();
            assert_eq!(charge, percent.map(|percent| Charge::At(Rate::percent(percent))), "{code} on {day}");
        }
        assert_eq!(rules("2026-11-22").charge("gst12"), Err(ClassMissing::NotInForce));
        assert_eq!(rules("2026-11-22").charge("gst13"), Err(ClassMissing::Unknown));
        assert_eq!(rules("2026-11-22").charge("exempt"), Ok(Charge::Untaxed(Nature::Exempt)));
    }

    #[test]
    fn slabs_change_on_their_days() {
        for (code, day, limit, upto, above) in [
            ("apparel", "2025-09-21", 1000, 5, 12),
            ("apparel", "2025-09-22", 2500, 5, 18),
            ("footwear", "2025-09-21", 1000, 12, 18),
            ("footwear", "2025-09-22", 2500, 5, 18),
        ] {
            let slab = Slab { limit: Paise::rupees(limit), upto: Rate::percent(upto), above: Rate::percent(above) };
            assert_eq!(rules(day).charge(code), Ok(Charge::BySlab(slab)), "{code} on {day}");
        }
    }

    #[test]
    fn a_percentage_finds_its_class_of_the_day() {
        for (percent, day, code) in [
            ("0", "2026-11-22", Some("nil")),
            ("0.25", "2026-11-22", Some("gst0_25")),
            ("1.5", "2026-11-22", Some("gst1_5")),
            ("3", "2026-11-22", Some("gst3")),
            ("5", "2026-11-22", Some("gst5")),
            ("12", "2026-11-22", None),
            ("12", "2025-09-01", Some("gst12")),
            ("18", "2026-11-22", Some("gst18")),
            ("28", "2025-12-01", Some("gst28")),
            ("28", "2026-11-22", None),
            ("40", "2026-11-22", Some("gst40")),
            ("7", "2026-11-22", None),
        ] {
            let rate = Rate::read(percent).expect("a rate");
            assert_eq!(rules(day).class_for_percent(rate).map(|class| class.code.as_str()), code, "{percent} {day}");
        }
    }

    #[test]
    fn limits_are_those_of_the_day() {
        let now = rules("2026-11-22");
        assert_eq!(now.buyer_address_from(), Paise::rupees(50_000));
        assert_eq!(now.consolidated_below(), Paise::rupees(200));
        for (day, turnover_crore, registered, unregistered) in [
            ("2021-03-31", 1, 0, 0),
            ("2021-03-31", 2, 2, 2),
            ("2021-04-01", 1, 4, 0),
            ("2026-11-22", 5, 4, 0),
            ("2026-11-22", 6, 6, 6),
        ] {
            let digits = rules(day).hsn_digits(Paise::rupees(turnover_crore * 1_00_00_000));
            assert_eq!((digits.registered, digits.unregistered), (registered, unregistered), "{day} {turnover_crore}");
        }
    }
}
