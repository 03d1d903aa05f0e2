//! The recipe of gst.md §5.1, step by step, over whole paise.

use std::collections::BTreeMap;

use super::basket::{Basket, BasketLine, Discount, LINES_MAX, Scheme};
use super::error::{PriceError, Warning};
use super::priced::{Group, Priced, PricedLine};
use super::share::shares;
use super::summary::{by_hsn, by_rate, title, totals};
use super::treat::{Treated, is_levied, treat};
use crate::day::Day;
use crate::gst::nature::Nature;
use crate::gst::place::{BuyerKind, Flow, Place, Supplied, flow, place_of_supply};
use crate::gst::state::State;
use crate::gst::tax::{Tax, added, contained};
use crate::money::Paise;
use crate::rate::Rate;
use crate::rules::Rules;

/// Prices a basket under the rules of a day.
///
/// Discounts first, then natures and rates, then tax by group, then the shares of the lines, then round-off.
/// An empty basket has an empty bill. A line given away for nothing is no supply and bears no cess either.
///
/// # Errors
/// [`PriceError`] with the line and the numbers when a bound is broken or the shop may not sell so.
///
/// ```
/// # use pakka::{day::Day, gst::state::State, money::{Paise, UnitPrice}, price::*, quantity::*, rate::Rate, rules::Rules};
/// let soap = BasketLine {
///     hsn: "3401".into(), is_service: false, quantity: Quantity::pieces(2), unit: Unit::Pcs,
///     price: UnitPrice::from_paise(Paise::rupees(118)), inclusive: true, discount: Discount::None,
///     treatment: Treatment::Class("gst18".into()),
/// };
/// let basket = Basket {
///     seller: Seller { state: State::MAHARASHTRA, scheme: Scheme::Regular }, buyer: Buyer::default(), place: None,
///     reverse_charge: false, round_to_rupee: true, discount: Discount::None, lines: vec![soap],
/// };
/// let bill = price(&basket, &Rules::of(Day::read("2026-11-22")?))?;
/// assert_eq!((bill.totals.total, bill.totals.cgst), (Paise::rupees(236), Paise::rupees(18)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn price(basket: &Basket, rules: &Rules) -> Result<Priced, PriceError> {
    if basket.lines.len() > LINES_MAX {
        return Err(PriceError::TooManyLines { lines: basket.lines.len() });
    }
    let mut warnings = Vec::new();
    let place = place_of(basket, rules.day(), &mut warnings)?;
    let mut lines = net_lines(basket)?;
    let levied = is_levied(basket);
    let mut treated = Vec::with_capacity(lines.len());
    for (at, (line, asked)) in lines.iter_mut().zip(&basket.lines).enumerate() {
        let decided = treat(basket.seller.scheme, at + 1, asked, line.net, rules, &mut warnings)?;
        (line.nature, line.rate, line.cess_rate) = (decided.nature, decided.rate, decided.cess_rate);
        line.cess_by_unit = if levied { cess_by_unit(at + 1, asked, decided, line.net)? } else { Paise::ZERO };
        treated.push(decided);
    }
    let groups = settle_groups(&mut lines, place.flow, levied);
    for line in &mut lines {
        let tax = line.cgst + line.sgst + line.igst + line.cess;
        line.amount = if basket.reverse_charge { line.taxable } else { line.taxable + tax };
    }
    let totals = totals(&lines, basket.round_to_rupee)?;
    let title = title(basket, &lines, &mut warnings);
    if basket.reverse_charge && basket.buyer.kind == BuyerKind::Unregistered {
        warnings.push(Warning::ReverseChargeUnregistered);
    }
    Ok(Priced {
        title,
        composition_declaration: basket.seller.scheme == Scheme::Composition,
        place,
        reverse_charge: basket.reverse_charge,
        by_rate: by_rate(&lines),
        hsn: by_hsn(&lines, &basket.lines),
        lines,
        groups,
        totals,
        warnings,
    })
}

/// The place of supply: as stated, else by rule; one for the whole document.
fn place_of(basket: &Basket, day: Day, warnings: &mut Vec<Warning>) -> Result<Place, PriceError> {
    let (seller, buyer) = (basket.seller, basket.buyer);
    if !seller.state.is_in_india() {
        return Err(PriceError::SellerAbroad { state: seller.state });
    }
    let by_rule = |what| place_of_supply(seller.state, buyer.kind, buyer.state, what);
    let state = basket.place.unwrap_or_else(|| {
        let in_shop = basket.lines.iter().filter(|line| line.supplied() == Supplied::InShop).count();
        let elsewhere = by_rule(Supplied::Goods);
        if in_shop == 0 {
            return elsewhere;
        }
        if in_shop < basket.lines.len() && elsewhere != seller.state {
            warnings.push(Warning::MixedPlaces { place: seller.state });
        }
        by_rule(Supplied::InShop)
    });
    if state == State::CENTRE {
        return Err(PriceError::NotAPlace { state });
    }
    let flow = flow(seller.state, state, buyer.kind, day);
    // Section 10(2)(c): no inter-State outward supplies of goods.
    if seller.scheme == Scheme::Composition && flow.is_inter() {
        return Err(PriceError::CompositionInterState { seller: seller.state, place: state });
    }
    Ok(Place { state, flow })
}

/// Steps 1 and 2: gross, line discount, share of the bill's discount, net.
fn net_lines(basket: &Basket) -> Result<Vec<PricedLine>, PriceError> {
    let mut lines = Vec::with_capacity(basket.lines.len());
    for (at, asked) in basket.lines.iter().enumerate() {
        let line = at + 1;
        if asked.quantity.milli() <= 0 {
            return Err(PriceError::QuantityNotPositive { line, quantity: asked.quantity });
        }
        if asked.price.get() < 0 {
            return Err(PriceError::PriceNegative { line, price: asked.price });
        }
        let gross = asked.quantity.at(asked.price).ok_or(PriceError::LineTooLarge { line })?;
        let line_discount = discount(asked.discount, gross, Some(line))?;
        lines.push(PricedLine { gross, line_discount, net: gross - line_discount, ..blank(asked.inclusive) });
    }
    let nets: Vec<Paise> = lines.iter().map(|line| line.net).collect();
    let whole = discount(basket.discount, nets.iter().copied().sum(), None)?;
    for (line, share) in lines.iter_mut().zip(shares(whole, &nets)) {
        line.bill_discount = share;
        line.net = line.net - share;
    }
    Ok(lines)
}

fn blank(inclusive: bool) -> PricedLine {
    let zero = Paise::ZERO;
    PricedLine {
        gross: zero,
        line_discount: zero,
        bill_discount: zero,
        net: zero,
        nature: Nature::Taxable,
        rate: Rate::ZERO,
        cess_rate: Rate::ZERO,
        inclusive,
        taxable: zero,
        cgst: zero,
        sgst: zero,
        igst: zero,
        cess: zero,
        cess_by_unit: zero,
        amount: zero,
    }
}

/// A discount in paise: the amount, or the percentage to the paisa; never more than `value`.
fn discount(asked: Discount, value: Paise, line: Option<usize>) -> Result<Paise, PriceError> {
    let discount = match asked {
        Discount::None => Paise::ZERO,
        Discount::Percent(percent) if percent > Rate::WHOLE => {
            return Err(PriceError::DiscountAboveWhole { line, percent });
        }
        Discount::Percent(percent) => percent.of(value),
        Discount::Amount(amount) => amount,
    };
    if discount.is_negative() {
        return Err(PriceError::DiscountNegative { line, discount });
    }
    if discount > value {
        return Err(PriceError::DiscountTooLarge { line, discount, value });
    }
    Ok(discount)
}

/// The cess that goes by the unit; an inclusive price must have room for it.
fn cess_by_unit(line: usize, asked: &BasketLine, treated: Treated, net: Paise) -> Result<Paise, PriceError> {
    if net.is_zero() {
        return Ok(Paise::ZERO);
    }
    let cess = asked.quantity.at(treated.cess_per_unit).ok_or(PriceError::LineTooLarge { line })?;
    if asked.inclusive && cess > net {
        return Err(PriceError::CessAbovePrice { line, cess, price: net });
    }
    Ok(cess)
}

/// Steps 4 and 5: tax by group, and each line's share of it.
fn settle_groups(lines: &mut [PricedLine], flow: Flow, levied: bool) -> Vec<Group> {
    let mut members: BTreeMap<(Nature, Rate, Rate, bool), Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        members.entry((line.nature, line.rate, line.cess_rate, line.inclusive)).or_default().push(at);
    }
    let mut groups = Vec::with_capacity(members.len());
    for ((nature, rate, cess_rate, inclusive), members) in members {
        // The base of tax: an inclusive price without the cess that goes by the unit.
        let bases: Vec<Paise> = members
            .iter()
            .map(|&at| if inclusive { lines[at].net - lines[at].cess_by_unit } else { lines[at].net })
            .collect();
        let base = bases.iter().copied().sum();
        let tax = match (levied && nature.is_taxable(), inclusive) {
            (false, _) => Tax { taxable: base, ..Tax::default() },
            (true, false) => added(base, rate, cess_rate, flow),
            (true, true) => contained(base, rate, cess_rate, flow),
        };
        share_out(lines, &members, &bases, tax);
        let sum = |part: fn(&PricedLine) -> Paise| members.iter().map(|&at| part(&lines[at])).sum::<Paise>();
        groups.push(Group {
            nature,
            rate,
            cess_rate,
            inclusive,
            net: sum(|line| line.net),
            taxable: tax.taxable,
            cgst: tax.cgst,
            sgst: tax.sgst,
            igst: tax.igst,
            cess: sum(|line| line.cess),
        });
    }
    groups
}

/// Gives each line of a group its share of the taxes; the value is what is left of its own base.
///
/// So the parts of an inclusive line add back to its own price. Only where a line is too small to hold its
/// paise of tax (prices of a few paise) does a larger line lend it the missing paisa of value.
fn share_out(lines: &mut [PricedLine], members: &[usize], bases: &[Paise], tax: Tax) {
    let halves = shares(tax.cgst, bases);
    let whole = shares(tax.igst, bases);
    let cess = shares(tax.cess, bases);
    let inclusive = members.first().is_some_and(|&at| lines[at].inclusive);
    for (nth, &at) in members.iter().enumerate() {
        let line = &mut lines[at];
        (line.cgst, line.sgst, line.igst) = (halves[nth], halves[nth], whole[nth]);
        line.cess = cess[nth] + line.cess_by_unit;
        let within = if inclusive { halves[nth] + halves[nth] + whole[nth] + cess[nth] } else { Paise::ZERO };
        line.taxable = bases[nth] - within;
    }
    while let Some(&short) = members.iter().find(|&&at| lines[at].taxable.is_negative()) {
        let lender = members.iter().copied().max_by_key(|&at| (lines[at].taxable, std::cmp::Reverse(at)));
        let lender = lender.expect("a group that has a short line has lines");
        let lent = lines[lender].taxable.min(-lines[short].taxable);
        assert!(lent > Paise::ZERO, "the value of the group is not negative, so one line has some to lend");
        lines[lender].taxable = lines[lender].taxable - lent;
        lines[short].taxable = lines[short].taxable + lent;
    }
}
