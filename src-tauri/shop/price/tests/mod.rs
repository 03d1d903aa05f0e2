//! The engine against worked bills and against the invariants of gst.md §5.3.

mod bills;
mod invariants;

use super::*;
use crate::day::Day;
use crate::gst::nature::Nature;
use crate::gst::state::State;
use crate::money::{Paise, UnitPrice};
use crate::quantity::{Quantity, Unit};
use crate::rate::Rate;
use crate::rules::Rules;

/// The rules of a day in November 2026.
fn rules() -> Rules<'static> {
    Rules::of(Day::read("2026-11-22").expect("a day"))
}

fn state(code: &str) -> State {
    State::read(code).expect("a code")
}

/// A walk-in customer in Maharashtra buys these lines, written as [`line`] reads them, one between two bars.
fn basket(lines: &str) -> Basket {
    Basket {
        seller: Seller { state: State::MAHARASHTRA, scheme: Scheme::Regular },
        buyer: Buyer::default(),
        place: None,
        reverse_charge: false,
        round_to_rupee: false,
        discount: Discount::None,
        lines: lines.split('|').map(line).collect(),
    }
}

/// Reads `2 x 118 incl 18%`, `1 x 90 nil`, `1 x 100 28%+12%+5/u -10%`, `3 x 999 incl apparel -50 hsn=6109`.
fn line(text: &str) -> BasketLine {
    let mut words = text.split_whitespace();
    let quantity = words.next().and_then(|word| Quantity::read(word).ok()).expect("a quantity");
    assert_eq!(words.next(), Some("x"), "{text}");
    let price = words.next().and_then(|word| UnitPrice::read(word).ok()).expect("a price");
    let treatment = Treatment::rate(Rate::ZERO);
    let mut line = BasketLine {
        hsn: String::new(),
        is_service: false,
        quantity,
        unit: Unit::Pcs,
        price,
        inclusive: false,
        discount: Discount::None,
        treatment,
    };
    for word in words {
        if word == "incl" {
            line.inclusive = true;
        } else if let Some(hsn) = word.strip_prefix("hsn=") {
            line.hsn = hsn.to_owned();
        } else if let Some(off) = word.strip_prefix('-') {
            line.discount = discount(off);
        } else if let Some(nature) = Nature::read(word) {
            line.treatment = Treatment::untaxed(nature);
        } else if word.ends_with('%') || word.ends_with("/u") {
            line.treatment = stated(word);
        } else {
            line.treatment = Treatment::Class(word.to_owned());
        }
    }
    line
}

/// `5%` or `20.50`.
fn discount(text: &str) -> Discount {
    match text.strip_suffix('%') {
        Some(percent) => Discount::Percent(Rate::read(percent).expect("a rate")),
        None => Discount::Amount(Paise::read(text).expect("an amount")),
    }
}

/// Rate, cess rate and cess per unit, joined by `+`.
fn stated(text: &str) -> Treatment {
    let (mut rates, mut cess_per_unit) = (Vec::new(), UnitPrice::ZERO);
    for part in text.split('+') {
        match part.strip_suffix("/u") {
            Some(each) => cess_per_unit = UnitPrice::read(each).expect("a price"),
            None => rates.push(Rate::read(part).expect("a rate")),
        }
    }
    let cess_rate = rates.get(1).copied().unwrap_or_default();
    Treatment::Stated { nature: Nature::Taxable, rate: rates[0], cess_rate, cess_per_unit }
}
