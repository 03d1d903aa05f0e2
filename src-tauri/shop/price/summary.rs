//! Adds up what the lines hold: the foot of the bill, its rates, its HSN rows, and its name.

use std::collections::BTreeMap;

use super::basket::{Basket, BasketLine, Scheme};
use super::error::{PriceError, Warning};
use super::priced::{HsnRow, PricedLine, RateRow, Title, Totals};
use crate::gst::nature::Nature;
use crate::gst::place::{BuyerKind, Supplied};
use crate::money::Paise;
use crate::quantity::{Quantity, Unit};
use crate::rate::Rate;

/// Step 6: adds up what the lines hold, and rounds the total where asked.
pub(super) fn totals(lines: &[PricedLine], round_to_rupee: bool) -> Result<Totals, PriceError> {
    let sum = |part: fn(&PricedLine) -> Paise| -> Result<Paise, PriceError> {
        let sum: i128 = lines.iter().map(|line| i128::from(part(line).get())).sum();
        Paise::checked(sum).ok_or(PriceError::BillTooLarge)
    };
    let value = |nature: Nature| lines.iter().filter(|line| line.nature == nature).map(|line| line.taxable).sum();
    let exact = sum(|line| line.amount)?;
    let total = if round_to_rupee { exact.rounded_to_rupee() } else { exact };
    let mut totals = Totals {
        gross: sum(|line| line.gross)?,
        line_discount: sum(|line| line.line_discount)?,
        bill_discount: sum(|line| line.bill_discount)?,
        cgst: sum(|line| line.cgst)?,
        sgst: sum(|line| line.sgst)?,
        igst: sum(|line| line.igst)?,
        cess: sum(|line| line.cess)?,
        round_off: total - exact,
        total: Paise::checked(i128::from(total.get())).ok_or(PriceError::BillTooLarge)?,
        ..Totals::default()
    };
    sum(|line| line.taxable)?;
    totals.taxable = value(Nature::Taxable);
    totals.nil_rated = value(Nature::Nil);
    totals.exempt = value(Nature::Exempt);
    totals.non_gst = value(Nature::NonGst);
    Ok(totals)
}

/// Which document it is (gst.md §1.1).
pub(super) fn title(basket: &Basket, lines: &[PricedLine], warnings: &mut Vec<Warning>) -> Title {
    match basket.seller.scheme {
        Scheme::Unregistered => return Title::Invoice,
        Scheme::Composition => return Title::BillOfSupply,
        Scheme::Regular => {}
    }
    let taxed = lines.iter().filter(|line| line.nature.is_taxable()).count();
    match (taxed, basket.buyer.kind) {
        (0, _) if !lines.is_empty() => Title::BillOfSupply,
        (taxed, _) if taxed == lines.len() => Title::TaxInvoice,
        (_, BuyerKind::Unregistered) => Title::InvoiceCumBillOfSupply,
        _ => {
            warnings.push(Warning::MixedForRegistered);
            Title::TaxInvoice
        }
    }
}

/// The taxable lines by rate, lowest first.
pub(super) fn by_rate(lines: &[PricedLine]) -> Vec<RateRow> {
    let mut rows: BTreeMap<Rate, RateRow> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.nature.is_taxable()) {
        let zero = Paise::ZERO;
        let fresh = RateRow { rate: line.rate, taxable: zero, cgst: zero, sgst: zero, igst: zero, cess: zero };
        let row = rows.entry(line.rate).or_insert(fresh);
        row.taxable = row.taxable + line.taxable;
        row.cgst = row.cgst + line.cgst;
        row.sgst = row.sgst + line.sgst;
        row.igst = row.igst + line.igst;
        row.cess = row.cess + line.cess;
    }
    rows.into_values().collect()
}

/// All lines by HSN, unit and rate.
pub(super) fn by_hsn(lines: &[PricedLine], asked: &[BasketLine]) -> Vec<HsnRow> {
    let mut rows: BTreeMap<(&str, Option<String>, Rate), HsnRow> = BTreeMap::new();
    for (line, asked) in lines.iter().zip(asked) {
        // Table 12: services have unit NA and no quantity.
        let is_goods = asked.supplied() == Supplied::Goods;
        let unit: Option<Unit> = is_goods.then_some(asked.unit);
        let zero = Paise::ZERO;
        let row = rows.entry((&asked.hsn, unit.map(Unit::code), line.rate)).or_insert_with(|| HsnRow {
            hsn: asked.hsn.clone(),
            unit,
            quantity: Quantity::ZERO,
            rate: line.rate,
            taxable: zero,
            cgst: zero,
            sgst: zero,
            igst: zero,
            cess: zero,
        });
        if is_goods {
            row.quantity = row.quantity + asked.quantity;
        }
        row.taxable = row.taxable + line.taxable;
        row.cgst = row.cgst + line.cgst;
        row.sgst = row.sgst + line.sgst;
        row.igst = row.igst + line.igst;
        row.cess = row.cess + line.cess;
    }
    rows.into_values().collect()
}
