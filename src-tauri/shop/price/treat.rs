//! Nature and rate of each line: stated, by class, or by the slab of one piece (gst.md §5.1 step 3).

use super::basket::{Basket, BasketLine, Scheme, Treatment};
use super::error::{PriceError, Warning};
use crate::gst::nature::Nature;
use crate::gst::place::BuyerKind;
use crate::gst::tax::RATE_MAX;
use crate::money::{Paise, UnitPrice, div_half_up};
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::rules::{Charge, ClassMissing, Rules, Slab};

/// How one line is taxed, decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Treated {
    pub nature: Nature,
    pub rate: Rate,
    pub cess_rate: Rate,
    pub cess_per_unit: UnitPrice,
}

/// Whether any tax is worked out on this basket.
///
/// A composition or unregistered shop computes none (Section 10(4), Section 32); nor does a zero-rated supply
/// under a letter of undertaking, which still shows its rate.
pub(super) fn is_levied(basket: &Basket) -> bool {
    let zero_rated = matches!(basket.buyer.kind, BuyerKind::Sez | BuyerKind::Overseas);
    basket.seller.scheme == Scheme::Regular && !(zero_rated && basket.buyer.under_lut)
}

/// Decides nature and rate of line `line` (from 1), whose net value is `net`.
pub(super) fn treat(
    scheme: Scheme,
    line: usize,
    asked: &BasketLine,
    net: Paise,
    rules: &Rules,
    warnings: &mut Vec<Warning>,
) -> Result<Treated, PriceError> {
    let plain = |nature, rate| Treated { nature, rate, cess_rate: Rate::ZERO, cess_per_unit: UnitPrice::ZERO };
    let treated = match &asked.treatment {
        Treatment::Stated { nature, rate, cess_rate, cess_per_unit } => {
            if *rate > RATE_MAX {
                return Err(PriceError::RateTooHigh { line, rate: *rate });
            }
            if cess_per_unit.get() < 0 {
                return Err(PriceError::CessNegative { line, cess: *cess_per_unit });
            }
            if nature.is_taxable() {
                Treated { nature: *nature, rate: *rate, cess_rate: *cess_rate, cess_per_unit: *cess_per_unit }
            } else {
                plain(*nature, Rate::ZERO)
            }
        }
        Treatment::Class(class) => match rules.charge(class) {
            Ok(Charge::Untaxed(nature)) => plain(nature, Rate::ZERO),
            Ok(Charge::At(rate)) => plain(Nature::Taxable, rate),
            Ok(Charge::BySlab(_)) if scheme != Scheme::Regular => plain(Nature::Taxable, Rate::ZERO),
            Ok(Charge::BySlab(slab)) => {
                let (rate, gap) = by_slab(slab, net, asked.quantity, asked.inclusive);
                warnings.extend(gap.then(|| slab_gap(slab, line, net, asked.quantity)));
                plain(Nature::Taxable, rate)
            }
            Err(ClassMissing::Unknown) => return Err(PriceError::ClassUnknown { line, class: class.clone() }),
            Err(ClassMissing::NotInForce) => {
                return Err(PriceError::ClassNotInForce { line, class: class.clone(), day: rules.day() });
            }
        },
    };
    if scheme == Scheme::Regular { Ok(treated) } else { Ok(plain(treated.nature, Rate::ZERO)) }
}

/// The rate for the value of one piece, and whether an inclusive price fits neither rate.
///
/// Compares exactly, by multiplying instead of dividing: net ÷ quantity against the limit without tax, or
/// against the limit with the lower and with the higher tax added.
fn by_slab(slab: Slab, net: Paise, quantity: Quantity, inclusive: bool) -> (Rate, bool) {
    let net = i128::from(net.get()) * 1000;
    let limit = i128::from(slab.limit.get()) * i128::from(quantity.milli());
    if !inclusive {
        return (if net <= limit { slab.upto } else { slab.above }, false);
    }
    let whole = i128::from(Rate::WHOLE.get());
    let with = |rate: Rate| limit * (whole + i128::from(rate.get()));
    if net * whole <= with(slab.upto) { (slab.upto, false) } else { (slab.above, net * whole <= with(slab.above)) }
}

fn slab_gap(slab: Slab, line: usize, net: Paise, quantity: Quantity) -> Warning {
    let apiece = div_half_up(i128::from(net.get()) * 1000, i128::from(quantity.milli()));
    Warning::SlabGap {
        line,
        price: Paise::new(apiece as i64),
        lower_to: slab.limit + slab.upto.of(slab.limit),
        higher_above: slab.limit + slab.above.of(slab.limit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW: Slab = Slab { limit: Paise::rupees(2500), upto: Rate::percent(5), above: Rate::percent(18) };
    const OLD: Slab = Slab { limit: Paise::rupees(1000), upto: Rate::percent(5), above: Rate::percent(12) };

    #[test]
    fn the_slab_goes_by_the_value_of_one_piece() {
        // slab, net of the line, thousandths of pieces, inclusive, percent, gap
        for (slab, net, milli, inclusive, percent, gap) in [
            (NEW, 2500_00, 1000, false, 5, false),
            (NEW, 2500_01, 1000, false, 18, false),
            (NEW, 5000_00, 2000, false, 5, false),
            (NEW, 5000_01, 2000, false, 18, false),
            (NEW, 7500_00, 3000, false, 5, false),
            (NEW, 1250_00, 500, false, 5, false),
            (NEW, 1250_01, 500, false, 18, false),
            (NEW, 2625_00, 1000, true, 5, false),
            (NEW, 2625_01, 1000, true, 18, true),
            (NEW, 2950_00, 1000, true, 18, true),
            (NEW, 2950_01, 1000, true, 18, false),
            (NEW, 0, 1000, true, 5, false),
            (OLD, 1050_00, 1000, true, 5, false),
            (OLD, 1050_01, 1000, true, 12, true),
            (OLD, 1120_00, 1000, true, 12, true),
            (OLD, 1120_01, 1000, true, 12, false),
        ] {
            let told = by_slab(slab, Paise::new(net), Quantity::new(milli), inclusive);
            assert_eq!(told, (Rate::percent(percent), gap), "{net} for {milli}");
        }
    }

    #[test]
    fn a_gap_says_the_prices_around_it() {
        let warning = slab_gap(NEW, 4, Paise::rupees(5400), Quantity::pieces(2));
        let told = Warning::SlabGap {
            line: 4,
            price: Paise::rupees(2700),
            lower_to: Paise::rupees(2625),
            higher_above: Paise::rupees(2950),
        };
        assert_eq!(warning, told);
    }
}
