//! What can happen in a sale: the bodies of its facts, and how they change the tables.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::cuts::{charges, cuts};
use super::{Allowed, BillLine, Tender, store};
use crate::cash::{self, Taking};
use crate::day::Day;
use crate::gst::gstin::Gstin;
use crate::gst::nature::Nature;
use crate::gst::state::State;
use crate::gst::supply::{self, Supply};
use crate::id::{BillId, ItemId, PersonId, StaffId, StreamId};
use crate::journal::{BODY_BYTES_MAX, Draft, Fact};
use crate::money::{Paise, UnitPrice};
use crate::price::{Discount, Flow, PricedLine, Title};
use crate::profile::ProfileAt;
use crate::quantity::{Quantity, Unit};
use crate::rate::Rate;
use crate::staff::{self, Tally};
use crate::stock;
use crate::store::{Apply, Room};

pub const ROOM: Room = Room {
    name: "sale",
    kinds: &[SEALED, CANCELLED, PRINTED, LINE_REMOVED, QUANTITY_LOWERED, PRICE_CHANGED, ABANDONED],
    later: &[],
    tables: include_str!("tables.sql"),
    migrations: &[("20261122_1_open_bill", include_str!("migrations/20261122_1_open_bill.sql"))],
    apply,
};

const SEALED: &str = "sale.sealed";
const CANCELLED: &str = "sale.cancelled";
const PRINTED: &str = "sale.printed";
const LINE_REMOVED: &str = "sale.line_removed";
const QUANTITY_LOWERED: &str = "sale.quantity_lowered";
const PRICE_CHANGED: &str = "sale.price_changed";
const ABANDONED: &str = "sale.abandoned";

/// A bill that became a document: everything on it, as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedV1 {
    pub token: BillId,
    pub number: String,
    pub prefix: String,
    pub running: u64,
    pub title: Title,
    pub day: Day,
    pub counter: String,
    pub cashier: String,
    /// The signboard that hung outside.
    pub profile: ProfileAt,
    pub rules: String,
    pub buyer: Option<Buyer>,
    pub place: State,
    pub flow: Flow,
    pub lines: Vec<SealedLine>,
    pub discount: Discount,
    /// Somebody's yes to that discount, where it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<Allowed>,
    /// Who gave it, where it was not who closed the bill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount_by: Option<StaffId>,
    pub round_off: Paise,
    pub total: Paise,
    pub tenders: Vec<Tender>,
    pub change: Paise,
}

/// Whom a document is made out to; what identifies a person is sealed under that person's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    pub person: PersonId,
    pub gstin: Option<Gstin>,
    pub state: Option<State>,
    #[serde(with = "serde_bytes")]
    pub sealed: Vec<u8>,
}

/// One line of a document. Names are short since a shop writes a million of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedLine {
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    #[serde(rename = "n")]
    pub name: String,
    #[serde(rename = "n2", default, skip_serializing_if = "Option::is_none")]
    pub name_second: Option<String>,
    #[serde(rename = "h", default, skip_serializing_if = "String::is_empty")]
    pub hsn: String,
    #[serde(rename = "s", default, skip_serializing_if = "is_false")]
    pub is_service: bool,
    #[serde(rename = "u")]
    pub unit: Unit,
    #[serde(rename = "q")]
    pub quantity: Quantity,
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub mrp: Option<Paise>,
    #[serde(rename = "p")]
    pub price: UnitPrice,
    #[serde(rename = "in", default, skip_serializing_if = "is_false")]
    pub inclusive: bool,
    #[serde(rename = "d", default, skip_serializing_if = "is_no_discount")]
    pub discount: Discount,
    #[serde(rename = "g")]
    pub gross: Paise,
    #[serde(rename = "ld", default, skip_serializing_if = "is_zero")]
    pub line_discount: Paise,
    #[serde(rename = "bd", default, skip_serializing_if = "is_zero")]
    pub bill_discount: Paise,
    #[serde(rename = "na", default, skip_serializing_if = "is_taxable")]
    pub nature: Nature,
    #[serde(rename = "r")]
    pub rate: Rate,
    #[serde(rename = "t")]
    pub taxable: Paise,
    #[serde(rename = "c", default, skip_serializing_if = "is_zero")]
    pub cgst: Paise,
    #[serde(rename = "sg", default, skip_serializing_if = "is_zero")]
    pub sgst: Paise,
    #[serde(rename = "ig", default, skip_serializing_if = "is_zero")]
    pub igst: Paise,
    #[serde(rename = "ce", default, skip_serializing_if = "is_zero")]
    pub cess: Paise,
    #[serde(rename = "a")]
    pub amount: Paise,
    /// Somebody's yes to the line's discount, where it was asked.
    #[serde(rename = "ok", default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<Allowed>,
    /// Who gave that discount, where it was not who closed the bill.
    #[serde(rename = "db", default, skip_serializing_if = "Option::is_none")]
    pub discount_by: Option<StaffId>,
    /// The item's own price, where the line's is below it.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<UnitPrice>,
    /// Who set that price, where it was not who closed the bill.
    #[serde(rename = "pb", default, skip_serializing_if = "Option::is_none")]
    pub price_by: Option<StaffId>,
    /// Somebody's yes to that price, where it was asked.
    #[serde(rename = "pok", default, skip_serializing_if = "Option::is_none")]
    pub price_allowed: Option<Allowed>,
    /// Who rang it up, where it was not who closed the bill.
    #[serde(rename = "by", default, skip_serializing_if = "Option::is_none")]
    pub by: Option<StaffId>,
}

impl SealedLine {
    /// A line of the bill with what the engine made of it.
    #[must_use]
    pub fn new(line: &BillLine, priced: &PricedLine, cashier: StaffId) -> SealedLine {
        SealedLine {
            item: line.item,
            name: line.name.clone(),
            name_second: line.name_second.clone(),
            hsn: line.hsn.clone(),
            is_service: line.is_service,
            unit: line.unit,
            quantity: line.quantity,
            mrp: line.mrp,
            price: line.price,
            inclusive: line.inclusive,
            discount: line.discount,
            gross: priced.gross,
            line_discount: priced.line_discount,
            bill_discount: priced.bill_discount,
            nature: priced.nature,
            rate: priced.rate,
            taxable: priced.taxable,
            cgst: priced.cgst,
            sgst: priced.sgst,
            igst: priced.igst,
            cess: priced.cess,
            amount: priced.amount,
            allowed: line.allowed,
            discount_by: another(line.discount_by, cashier, line.discount != Discount::None),
            listed: (line.price < line.listed).then_some(line.listed),
            price_by: another(line.price_by, cashier, line.price < line.listed),
            price_allowed: line.price_allowed,
            by: (line.by != cashier).then_some(line.by),
        }
    }
}

/// Who gave something, where there is something and it was not the cashier; an older open bill does not say.
pub(super) fn another(by: StaffId, cashier: StaffId, is_given: bool) -> Option<StaffId> {
    (is_given && by != cashier && by != StaffId::SETUP).then_some(by)
}

fn is_false(flag: &bool) -> bool {
    !flag
}

fn is_zero(amount: &Paise) -> bool {
    amount.is_zero()
}

fn is_taxable(nature: &Nature) -> bool {
    nature.is_taxable()
}

fn is_no_discount(discount: &Discount) -> bool {
    *discount == Discount::None
}

/// Whether lines fit the one fact that a document is, with room for the rest of it.
pub(super) fn fit_a_fact(lines: &[SealedLine]) -> bool {
    const MOST: usize = BODY_BYTES_MAX - 16 * 1024;
    let texts = |line: &SealedLine| line.name.len() + line.name_second.as_ref().map_or(0, String::len);
    if lines.iter().map(|line| texts(line) + 300).sum::<usize>() <= MOST {
        return true;
    }
    let mut bytes = Vec::with_capacity(MOST);
    ciborium::into_writer(lines, &mut bytes).expect("lines are plain data");
    bytes.len() <= MOST
}

/// A document was cancelled: its number stays, its stock and money go back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelledV1 {
    pub token: BillId,
    pub stream: StreamId,
    pub seq: u64,
    pub number: String,
    pub reason: String,
    pub day: Day,
}

#[derive(Serialize, Deserialize)]
struct PrintedV1 {
    token: BillId,
    number: String,
}

#[derive(Serialize, Deserialize)]
struct LineRemovedV1 {
    bill: BillId,
    no: u32,
    name: String,
    quantity: Quantity,
    price: UnitPrice,
}

#[derive(Serialize, Deserialize)]
struct QuantityLoweredV1 {
    bill: BillId,
    no: u32,
    name: String,
    from: Quantity,
    to: Quantity,
    price: UnitPrice,
}

#[derive(Serialize, Deserialize)]
struct PriceChangedV1 {
    bill: BillId,
    no: u32,
    name: String,
    from: UnitPrice,
    to: UnitPrice,
}

#[derive(Serialize, Deserialize)]
struct AbandonedV1 {
    bill: BillId,
    lines: u32,
    value: Paise,
}

pub(super) fn sealed(body: &SealedV1) -> Draft {
    Draft::new(SEALED, 1, body)
}

pub(super) fn cancelled(body: &CancelledV1) -> Draft {
    Draft::new(CANCELLED, 1, body)
}

pub(super) fn printed(token: BillId, number: &str) -> Draft {
    Draft::new(PRINTED, 1, &PrintedV1 { token, number: number.to_owned() })
}

pub(super) fn line_removed(bill: BillId, line: &BillLine) -> Draft {
    let body = LineRemovedV1 { bill, no: line.no, name: line.name.clone(), quantity: line.quantity, price: line.price };
    Draft::new(LINE_REMOVED, 1, &body)
}

pub(super) fn quantity_lowered(bill: BillId, line: &BillLine, to: Quantity) -> Draft {
    let (no, name, from, price) = (line.no, line.name.clone(), line.quantity, line.price);
    Draft::new(QUANTITY_LOWERED, 1, &QuantityLoweredV1 { bill, no, name, from, to, price })
}

pub(super) fn price_changed(bill: BillId, line: &BillLine, to: UnitPrice) -> Draft {
    Draft::new(PRICE_CHANGED, 1, &PriceChangedV1 { bill, no: line.no, name: line.name.clone(), from: line.price, to })
}

pub(super) fn abandoned(bill: BillId, lines: u32, value: Paise) -> Draft {
    Draft::new(ABANDONED, 1, &AbandonedV1 { bill, lines, value })
}

/// The document in a fact, if the fact is one.
#[must_use]
pub fn sealed_of(fact: &Fact) -> Option<SealedV1> {
    (fact.kind == SEALED).then(|| fact.body())
}

fn apply(apply: &mut Apply<'_>, fact: &Fact) -> rusqlite::Result<()> {
    match fact.kind.as_str() {
        SEALED => apply_sealed(apply, fact, &fact.body()),
        CANCELLED => apply_cancelled(apply, fact, &fact.body()),
        PRINTED => {
            let body: PrintedV1 = fact.body();
            apply.run(
                "INSERT INTO document_paper (token, papers) VALUES (?1, 1) \
                 ON CONFLICT (token) DO UPDATE SET papers = papers + 1",
                params![body.token.bytes()],
            )?;
            Ok(())
        }
        LINE_REMOVED | QUANTITY_LOWERED | ABANDONED => {
            add_to_tally(apply, fact, Tally { taken_off: 1, ..Tally::default() })
        }
        PRICE_CHANGED => Ok(()),
        other => unreachable!("sale does not own {other}"),
    }
}

fn apply_sealed(apply: &mut Apply<'_>, fact: &Fact, body: &SealedV1) -> rusqlite::Result<()> {
    store::insert_document(apply, fact, body)?;
    for line in body.lines.iter().filter(|line| !line.is_service) {
        if let Some(item) = line.item {
            stock::moved(apply, item, -line.quantity)?;
        }
    }
    cash::take(apply, fact, &takings(body, body.day, 1))?;
    for (who, discount) in charges(&cuts(&body.lines, body.discount_by, body.allowed, fact.staff)) {
        staff::actions::add_to_tally(apply, who, body.day, &Tally { discount, ..Tally::default() })?;
    }
    supply::record(apply, fact, &supplies(body, body.day, 1))
}

/// Counts what was done for the day of whoever said yes to it or, without a yes, of whoever did it.
fn add_to_tally(apply: &mut Apply<'_>, fact: &Fact, more: Tally) -> rusqlite::Result<()> {
    let who = fact.approver.unwrap_or(fact.staff);
    staff::actions::add_to_tally(apply, who, Day::of(fact.wall_ms, fact.offset_min), &more)
}

fn apply_cancelled(apply: &mut Apply<'_>, fact: &Fact, body: &CancelledV1) -> rusqlite::Result<()> {
    let Some(document) = store::sealed_body(apply, body.stream, body.seq)? else {
        return apply.conflict(fact, "cancelled_unknown", &body.number);
    };
    store::insert_cancelled(apply, fact, body)?;
    add_to_tally(apply, fact, Tally { cancelled: document.total, ..Tally::default() })?;
    for line in document.lines.iter().filter(|line| !line.is_service) {
        if let Some(item) = line.item {
            stock::moved(apply, item, line.quantity)?;
        }
    }
    cash::take(apply, fact, &takings(&document, body.day, -1))?;
    supply::record(apply, fact, &supplies(&document, document.day, -1))
}

/// What stays with the shop per way of paying, or goes back when `sign` is -1.
fn takings(body: &SealedV1, day: Day, sign: i64) -> Vec<Taking> {
    let settlement =
        super::Settlement { tenders: body.tenders.clone(), given: body.total + body.change, change: body.change };
    settlement
        .kept()
        .into_iter()
        .map(|tender| Taking { day, kind: tender.kind, amount: Paise::new(tender.amount.get() * sign) })
        .collect()
}

/// The document as GST sees it: lines of one HSN, unit, nature and rate together.
fn supplies(body: &SealedV1, day: Day, sign: i64) -> Vec<Supply> {
    let times = |amount: Paise| Paise::new(amount.get() * sign);
    let mut supplies: Vec<Supply> = Vec::new();
    for line in &body.lines {
        let one = Supply {
            day,
            gstin: body.buyer.as_ref().and_then(|buyer| buyer.gstin.clone()),
            place: body.place,
            flow: body.flow,
            hsn: line.hsn.clone(),
            unit: (!line.is_service).then_some(line.unit),
            nature: line.nature,
            rate: line.rate,
            quantity: if line.is_service { Quantity::ZERO } else { Quantity::new(line.quantity.milli() * sign) },
            taxable: times(line.taxable),
            cgst: times(line.cgst),
            sgst: times(line.sgst),
            igst: times(line.igst),
            cess: times(line.cess),
        };
        match supplies.iter_mut().find(|other| other.is_like(&one)) {
            Some(other) => other.add(&one),
            None => supplies.push(one),
        }
    }
    supplies
}
