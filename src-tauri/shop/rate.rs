//! Tax and discount rates in thousandths of a percent (0.125 % is 125).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::fault::Unreadable;
use crate::money::{Paise, div_half_up, read_decimal, trim_decimals, write_decimal};

/// A rate in thousandths of a percent, never negative: 18 % is 18 000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rate(i64);

impl Rate {
    pub const ZERO: Rate = Rate(0);
    /// The whole: 100 %.
    pub const WHOLE: Rate = Rate(100_000);
    /// Above any tax there is; keeps products within range.
    pub const MAX: Rate = Rate(1_000_000);

    /// A rate of `thousandths` of a percent; a value from outside goes through [`Rate::read`].
    #[must_use]
    pub const fn new(thousandths: i64) -> Rate {
        Rate(thousandths)
    }

    /// A rate of whole percents.
    #[must_use]
    pub const fn percent(percent: i64) -> Rate {
        Rate(percent * 1000)
    }

    /// The number of thousandths of a percent.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Reads `18`, `2.5` or `18%`, at most three decimals, from 0 to 1000 %.
    ///
    /// # Errors
    /// [`Unreadable`] when the text is no such rate.
    pub fn read(text: &str) -> Result<Rate, Unreadable> {
        let units = read_decimal(text.trim().trim_end_matches('%').trim(), 3).ok_or(Unreadable::Rate)?;
        (0..=i128::from(Rate::MAX.0)).contains(&units).then_some(Rate(units as i64)).ok_or(Unreadable::Rate)
    }

    /// This share of an amount, to the paisa, half away from zero.
    #[must_use]
    pub fn of(self, amount: Paise) -> Paise {
        Paise::new(div_half_up(i128::from(amount.get()) * i128::from(self.0), 100_000) as i64)
    }

    /// The percent without needless zeros: `18`, `2.5`.
    #[must_use]
    pub fn decimal(self) -> String {
        trim_decimals(&write_decimal(self.0, 3), 0)
    }

    /// Half the rate as percent text: of 5 % it is `2.5`, of 0.25 % `0.125`.
    #[must_use]
    pub fn half_decimal(self) -> String {
        trim_decimals(&write_decimal(self.0 * 5, 4), 0)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.decimal())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_told_and_applied() {
        for (text, thousandths, told, half) in [
            ("18", 18_000, "18%", "9"),
            ("2.5 %", 2500, "2.5%", "1.25"),
            ("0.25", 250, "0.25%", "0.125"),
            ("0", 0, "0%", "0"),
        ] {
            let rate = Rate::read(text).expect("a rate");
            assert_eq!(
                (rate.get(), rate.to_string().as_str(), rate.half_decimal().as_str()),
                (thousandths, told, half)
            );
        }
        assert!(Rate::read("-5").is_err());
        assert!(Rate::read("1001").is_err());
        assert_eq!(Rate::percent(5).of(Paise::new(1010)), Paise::new(51));
        assert_eq!(Rate::percent(5).of(Paise::new(-1010)), Paise::new(-51));
    }
}
