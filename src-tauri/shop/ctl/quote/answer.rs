//! The priced document as JSON: every amount, quantity and rate a decimal in quotes.

use pakka::money::Paise;
use pakka::price::{Priced, PricedLine, RateRow};
use serde::Serialize;

use super::document::Document;

#[derive(Serialize)]
pub struct Answer {
    taxable: String,
    cgst: String,
    sgst: String,
    igst: String,
    cess: String,
    nil_rated: String,
    exempt: String,
    non_gst: String,
    other_charges: String,
    round_off: String,
    total: String,
    by_rate: Vec<RateAnswer>,
    lines: Vec<LineAnswer>,
}

#[derive(Serialize)]
struct RateAnswer {
    rate: String,
    taxable: String,
    cgst: String,
    sgst: String,
    igst: String,
    cess: String,
}

#[derive(Serialize)]
struct LineAnswer {
    desc: String,
    hsn: String,
    qty: String,
    gross: String,
    discount: String,
    invoice_discount: String,
    taxable: String,
    nature: &'static str,
    rate: String,
    cgst: String,
    sgst: String,
    igst: String,
    cess: String,
    total: String,
}

impl Answer {
    pub fn of(document: &Document, priced: &Priced) -> Answer {
        let totals = &priced.totals;
        let lines = priced.lines.iter().enumerate().map(|(at, line)| line_answer(document, at, line));
        Answer {
            taxable: totals.taxable.decimal(),
            cgst: totals.cgst.decimal(),
            sgst: totals.sgst.decimal(),
            igst: totals.igst.decimal(),
            cess: totals.cess.decimal(),
            nil_rated: totals.nil_rated.decimal(),
            exempt: totals.exempt.decimal(),
            non_gst: totals.non_gst.decimal(),
            // A charge such as delivery is a line of the document, with the rate of what it goes with.
            other_charges: Paise::ZERO.decimal(),
            round_off: totals.round_off.decimal(),
            total: totals.total.decimal(),
            by_rate: priced.by_rate.iter().map(rate_answer).collect(),
            lines: lines.collect(),
        }
    }
}

fn rate_answer(row: &RateRow) -> RateAnswer {
    RateAnswer {
        rate: row.rate.decimal(),
        taxable: row.taxable.decimal(),
        cgst: row.cgst.decimal(),
        sgst: row.sgst.decimal(),
        igst: row.igst.decimal(),
        cess: row.cess.decimal(),
    }
}

fn line_answer(document: &Document, at: usize, line: &PricedLine) -> LineAnswer {
    let asked = &document.basket.lines[at];
    LineAnswer {
        desc: document.descriptions[at].clone(),
        hsn: asked.hsn.clone(),
        qty: asked.quantity.decimal(),
        gross: line.gross.decimal(),
        discount: line.line_discount.decimal(),
        invoice_discount: line.bill_discount.decimal(),
        taxable: line.taxable.decimal(),
        nature: line.nature.code(),
        rate: line.rate.decimal(),
        cgst: line.cgst.decimal(),
        sgst: line.sgst.decimal(),
        igst: line.igst.decimal(),
        cess: line.cess.decimal(),
        total: line.amount.decimal(),
    }
}
