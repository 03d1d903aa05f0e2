//! The tax on one value: added to it, or found inside a price that includes it.
//!
//! CGST and SGST are each a tax of half the rate and always equal (gst.md §5.1): when a rate does not
//! divide, both halves are rounded alike and no odd paisa is given to either.

use serde::{Deserialize, Serialize};

use super::place::Flow;
use crate::money::{Paise, div_half_up};
use crate::rate::Rate;

/// The highest rate of tax the arithmetic takes: 100 %. The law's own ceiling is 40 % (CGST Act s.9).
///
/// Up to it the parts of an inclusive price, each rounded by itself, never exceed the price.
pub const RATE_MAX: Rate = Rate::WHOLE;

/// A value of supply and the taxes on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    pub taxable: Paise,
    pub cgst: Paise,
    /// SGST, or UTGST in a Territory without legislature; always equal to `cgst`.
    pub sgst: Paise,
    pub igst: Paise,
    pub cess: Paise,
}

impl Tax {
    /// The taxes without the value.
    #[must_use]
    pub fn sum(&self) -> Paise {
        self.cgst + self.sgst + self.igst + self.cess
    }
}

/// Adds GST at `rate` and cess at `cess_rate` to a value: each half, or IGST, to the paisa.
///
/// Cess is not in the base of GST, nor GST in that of cess (CGST Act s.15(2)(a)).
#[must_use]
pub fn added(value: Paise, rate: Rate, cess_rate: Rate, flow: Flow) -> Tax {
    taxes(value, value, rate, cess_rate, Rate::WHOLE.get(), flow)
}

/// Takes GST and cess out of a price that includes both (CGST Rule 35); the parts add back to `price`.
#[must_use]
pub fn contained(price: Paise, rate: Rate, cess_rate: Rate, flow: Flow) -> Tax {
    let whole = Rate::WHOLE.get() + rate.get() + cess_rate.get();
    let tax = taxes(price, price, rate, cess_rate, whole, flow);
    Tax { taxable: price - tax.sum(), ..tax }
}

fn taxes(taxable: Paise, base: Paise, rate: Rate, cess_rate: Rate, whole: i64, flow: Flow) -> Tax {
    let part = |rate: Rate, whole: i64| {
        Paise::new(div_half_up(i128::from(base.get()) * i128::from(rate.get()), i128::from(whole)) as i64)
    };
    let cess = part(cess_rate, whole);
    match flow {
        Flow::Inter => Tax { taxable, cgst: Paise::ZERO, sgst: Paise::ZERO, igst: part(rate, whole), cess },
        Flow::Intra | Flow::IntraTerritory => {
            let half = part(rate, 2 * whole);
            Tax { taxable, cgst: half, sgst: half, igst: Paise::ZERO, cess }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rate(text: &str) -> Rate {
        Rate::read(text).expect("a rate")
    }

    #[test]
    fn tax_is_added_in_equal_halves() {
        // value, rate, cess, half, igst, cess: worked by hand in paise
        for (value, percent, cess, half, igst, ceded) in [
            (100_00, "18", "0", 9_00, 18_00, 0),
            (0, "18", "0", 0, 0, 0),
            (1, "18", "0", 0, 0, 0),
            (5, "18", "0", 0, 1, 0),
            (6, "18", "0", 1, 1, 0),
            (100_10, "5", "0", 2_50, 5_01, 0),
            (100_20, "5", "0", 2_51, 5_01, 0),
            (1000_00, "0.25", "0", 1_25, 2_50, 0),
            (1000_00, "1.5", "0", 7_50, 15_00, 0),
            (999_99, "3", "0", 15_00, 30_00, 0),
            (1000_00, "28", "12", 140_00, 280_00, 120_00),
            (200_00, "40", "0", 40_00, 80_00, 0),
        ] {
            let (value, percent, cess) = (Paise::new(value), rate(percent), rate(cess));
            let intra = added(value, percent, cess, Flow::Intra);
            assert_eq!((intra.cgst, intra.sgst, intra.igst), (Paise::new(half), Paise::new(half), Paise::ZERO));
            let inter = added(value, percent, cess, Flow::Inter);
            assert_eq!((inter.cgst, inter.igst, inter.cess), (Paise::ZERO, Paise::new(igst), Paise::new(ceded)));
        }
    }

    #[test]
    fn tax_is_found_inside_a_price() {
        // price, rate, cess, taxable intra, half, cess, igst
        for (price, percent, cess, taxable, half, ceded, igst) in [
            (118_00, "18", "0", 100_00, 9_00, 0, 18_00),
            (105_00, "5", "0", 100_00, 2_50, 0, 5_00),
            (10_00, "18", "0", 8_48, 76, 0, 1_53),
            (99_00, "5", "0", 94_28, 2_36, 0, 4_71),
            (140_00, "28", "12", 100_00, 14_00, 12_00, 28_00),
            (1, "40", "0", 1, 0, 0, 0),
            (0, "40", "0", 0, 0, 0, 0),
        ] {
            let (price, percent, cess) = (Paise::new(price), rate(percent), rate(cess));
            let intra = contained(price, percent, cess, Flow::IntraTerritory);
            assert_eq!(intra.taxable, Paise::new(taxable), "{price} at {percent}");
            assert_eq!((intra.cgst, intra.sgst, intra.cess), (Paise::new(half), Paise::new(half), Paise::new(ceded)));
            assert_eq!(contained(price, percent, cess, Flow::Inter).igst, Paise::new(igst));
        }
    }

    #[test]
    fn every_price_to_two_hundred_rupees_divides_and_adds_back() {
        // Prices whose half cannot be had back from any taxable value by the plain rate; never off by more than a paisa.
        for (percent, inexact) in [(3, 582), (5, 952), (18, 3050), (40, 5714)] {
            let percent = Rate::percent(percent);
            let mut off_by_one = 0;
            for price in 1..=199_99 {
                let price = Paise::new(price);
                let tax = contained(price, percent, Rate::ZERO, Flow::Intra);
                assert_eq!(tax.taxable + tax.cgst + tax.sgst, price);
                assert_eq!(tax.cgst, tax.sgst);
                assert!(!tax.taxable.is_negative());
                let recomputed = added(tax.taxable, percent, Rate::ZERO, Flow::Intra).cgst;
                assert!((recomputed - tax.cgst).abs() <= Paise::new(1), "{price} at {percent}");
                off_by_one += i32::from(recomputed != tax.cgst);
                let inter = contained(price, percent, Rate::ZERO, Flow::Inter);
                assert_eq!(inter.taxable + inter.igst, price);
                assert!((inter.igst - tax.cgst - tax.sgst).abs() <= Paise::new(1));
            }
            assert_eq!(off_by_one, inexact, "{percent}");
        }
    }

    proptest! {
        #[test]
        fn an_inclusive_price_is_its_parts(
            price in 0..=crate::money::PAISE_MAX,
            percent in 0..=RATE_MAX.get(),
            cess in 0..=Rate::MAX.get(),
            inter: bool,
        ) {
            let flow = if inter { Flow::Inter } else { Flow::Intra };
            // The small prices, where roundings weigh most, as often as the large ones.
            for price in [price, price % 1000] {
                let price = Paise::new(price);
                let tax = contained(price, Rate::new(percent), Rate::new(cess), flow);
                prop_assert_eq!(tax.taxable + tax.sum(), price);
                prop_assert_eq!(tax.cgst, tax.sgst);
                prop_assert!(!tax.taxable.is_negative());
                prop_assert!(tax.igst.is_zero() || tax.cgst.is_zero());
            }
        }
    }
}
