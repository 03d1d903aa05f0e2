//! Views of the sale, made from what the shop knows; the only sums here are those a screen shows.

use super::actions::{OpenBill, Sealed};
use super::wire::{
    BillView, DoneView, HitView, LastView, LineView, PlaceView, PrintedView, QrView, SumsView, TenderPartView,
    TenderRequest, TenderView,
};
use super::{Bill, BillLine, Document, Settlement, Tender, upi};
use crate::cash::TenderKind;
use crate::catalog::{self, Item};
use crate::customer::wire::CustomerView;
use crate::fault::{Fault, Unreadable, Words};
use crate::find::Index;
use crate::gst::nature::Nature;
use crate::money::{Paise, UnitPrice};
use crate::price::{Discount, Flow, Priced, PricedLine, Scheme, Title};
use crate::print::qr::Qr;
use crate::quantity::{Quantity, Unit};
use crate::store::{Look, StoreError};

/// Reads tenders as they were typed.
///
/// # Errors
/// [`Unreadable`] for an amount that is none.
pub fn read_tenders(typed: &[TenderRequest]) -> Result<Vec<Tender>, Unreadable> {
    typed.iter().map(|one| Ok(Tender { kind: one.kind, amount: Paise::read(&one.amount)? })).collect()
}

impl BillView {
    /// The view of an open bill, with the document made before it.
    #[must_use]
    pub fn new(open: OpenBill, last: Option<&Document>) -> BillView {
        let OpenBill { bill, priced, buyer, profile, .. } = open;
        let home = profile.state;
        let place = match &priced {
            Some(priced) => (priced.place.state, priced.place.flow),
            None => (home, Flow::Intra),
        };
        let mut priced_lines = priced.iter().flat_map(|priced| &priced.lines);
        let lines: Vec<LineView> = bill
            .lines
            .iter()
            .map(|line| LineView::new(line, if line.removed { None } else { priced_lines.next() }))
            .collect();
        let sums = priced.as_ref().map(|priced| sums(priced, &bill, profile.scheme)).unwrap_or_default();
        BillView {
            id: bill.id,
            customer: buyer.map(CustomerView::from),
            place: PlaceView { code: place.0.code(), name: place.0.name(), interstate: place.1.is_inter() },
            title: priced.as_ref().map_or_else(|| empty_title(profile.scheme), |priced| priced.title).words(),
            sums,
            discount: discount_text(bill.discount),
            pieces: pieces(bill.live()),
            line_count: bill.live().count() as u32,
            last_line: bill.current,
            warnings: priced.as_ref().map(|priced| warnings(priced, &bill)).unwrap_or_default(),
            last: last.map(LastView::new),
            lines,
        }
    }
}

/// What the engine found odd, and lines that go above the price printed on the pack.
fn warnings(priced: &Priced, bill: &Bill) -> Vec<Fault> {
    let above = bill.live().zip(&priced.lines).filter_map(|(line, priced)| {
        let printed = line.quantity.at(UnitPrice::from_paise(line.mrp?))?;
        (priced.amount > printed).then(|| above_mrp(line))
    });
    priced.warnings.iter().map(Fault::from).chain(above).collect()
}

/// Packed goods are never sold above the MRP, all taxes in it (Legal Metrology (Packaged Commodities) Rules, r. 18(2)).
fn above_mrp(line: &BillLine) -> Fault {
    let (no, name) = (line.no, &line.name);
    Fault::new(
        "sale.above_mrp",
        (format!("Line {no}, {name}, costs more than its MRP."), format!("लाइन {no}, {name}, MRP से महँगा है।")),
        ("Sell at MRP or less: change the price with F7.", "MRP या कम में बेचिए: F7 से दाम बदलिए।"),
    )
}

fn empty_title(scheme: Scheme) -> Title {
    match scheme {
        Scheme::Regular => Title::TaxInvoice,
        Scheme::Composition => Title::BillOfSupply,
        Scheme::Unregistered => Title::Invoice,
    }
}

fn sums(priced: &Priced, bill: &Bill, scheme: Scheme) -> SumsView {
    let totals = &priced.totals;
    let untaxed = totals.nil_rated + totals.exempt + totals.non_gst;
    SumsView {
        taxable: totals.taxable,
        nil_exempt: untaxed,
        cgst: totals.cgst,
        sgst: totals.sgst,
        igst: totals.igst,
        cess: totals.cess,
        discount: totals.line_discount + totals.bill_discount,
        round_off: totals.round_off,
        to_pay: totals.total,
        you_save: bill.live().zip(&priced.lines).map(|(line, priced)| saved(line, priced)).sum(),
        state_tax_is_ut: priced.place.flow == Flow::IntraTerritory,
        shows_tax: scheme == Scheme::Regular && (!totals.tax().is_zero() || !totals.taxable.is_zero()),
    }
}

/// How far a line is below its MRP or, without one, its listed price.
fn saved(line: &BillLine, priced: &PricedLine) -> Paise {
    let full = line.mrp.map(UnitPrice::from_paise).unwrap_or(line.listed);
    let compared = if line.mrp.is_some() { priced.amount } else { priced.net };
    let full = line.quantity.at(full).unwrap_or_default();
    if full > compared { full - compared } else { Paise::ZERO }
}

fn pieces<'a>(lines: impl Iterator<Item = &'a BillLine>) -> Words {
    let (mut pieces, mut measured): (Quantity, Vec<(Unit, Quantity)>) = (Quantity::ZERO, Vec::new());
    for line in lines {
        if !line.unit.is_measured() {
            pieces = pieces + line.quantity;
        } else if let Some((_, sum)) = measured.iter_mut().find(|(unit, _)| *unit == line.unit) {
            *sum = *sum + line.quantity;
        } else {
            measured.push((line.unit, line.quantity));
        }
    }
    let mut parts: Vec<Words> = Vec::new();
    if pieces != Quantity::ZERO {
        let word = if pieces == Quantity::ONE { "piece" } else { "pieces" };
        parts.push(Words::new(format!("{pieces} {word}"), format!("{pieces} नग")));
    }
    parts.extend(measured.into_iter().map(|(unit, sum)| {
        let told = format!("{sum} {}", unit_word(unit));
        Words::new(told.clone(), told)
    }));
    let join = |of: fn(&Words) -> &str| parts.iter().map(of).collect::<Vec<_>>().join(" · ");
    Words::new(join(|words| &words.en), join(|words| &words.hi))
}

impl LineView {
    fn new(line: &BillLine, priced: Option<&PricedLine>) -> LineView {
        LineView {
            no: line.no,
            item: line.item,
            name: line.name.clone(),
            name_second: line.name_second.clone(),
            short_code: line.short_code.clone(),
            quantity: line.quantity.to_string(),
            unit: line.unit.code(),
            unit_word: unit_word(line.unit).to_owned(),
            mrp: line.mrp,
            price: line.price.decimal(),
            discount: discount_text(line.discount),
            amount: priced
                .map(|priced| priced.gross - priced.line_discount)
                .or_else(|| line.quantity.at(line.price))
                .unwrap_or_default(),
            rate: priced.map(rate_words).unwrap_or_else(|| Words::new("", "")),
            hsn: line.hsn.clone(),
            removed: line.removed,
            price_changed: line.price != line.listed,
        }
    }
}

/// The rate of a line as people read it: `5%`, or why there is none.
#[must_use]
pub fn rate_words(priced: &PricedLine) -> Words {
    match priced.nature {
        Nature::Taxable => Words::new(priced.rate.to_string(), priced.rate.to_string()),
        other => other.words(),
    }
}

/// What people call a unit they weigh or measure by; nothing for pieces.
#[must_use]
pub fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Kgs => "kg",
        Unit::Gms => "g",
        Unit::Ltr => "l",
        Unit::Mlt => "ml",
        Unit::Mtr => "m",
        Unit::Cms => "cm",
        Unit::Doz => "doz",
        Unit::Qtl => "qtl",
        Unit::Sqf => "sq ft",
        Unit::Sqm => "sq m",
        _ => "",
    }
}

/// A discount as it was typed: `5%`, `20.00`; nothing where there is none.
#[must_use]
pub fn discount_text(discount: Discount) -> String {
    match discount {
        Discount::None => String::new(),
        Discount::Percent(rate) => rate.to_string(),
        Discount::Amount(amount) => amount.to_string(),
    }
}

impl LastView {
    fn new(document: &Document) -> LastView {
        let kinds: Vec<Words> = document.body.tenders.iter().map(|tender| tender.kind.word()).collect();
        let join = |of: fn(&Words) -> &str| {
            let mut names: Vec<&str> = kinds.iter().map(of).collect();
            names.dedup();
            names.join(" + ")
        };
        LastView {
            number: document.body.number.clone(),
            total: document.body.total,
            given: document.body.total + document.body.change,
            change: document.body.change,
            tender_word: Words::new(join(|words| &words.en), join(|words| &words.hi)),
        }
    }
}

impl TenderView {
    /// How far a bill is paid by what was handed over so far.
    #[must_use]
    pub fn new(open: &OpenBill, tenders: &[Tender]) -> TenderView {
        let total = open.priced.as_ref().map(|priced| priced.totals.total).unwrap_or_default();
        let by_upi = tenders.iter().rfind(|tender| tender.kind == TenderKind::Upi).map(|tender| tender.amount);
        let link = by_upi.and_then(|amount| upi::link(&open.profile, open.bill.id, amount));
        let given: Paise = tenders.iter().map(|tender| tender.amount).sum();
        let left = if given < total { total - given } else { Paise::ZERO };
        let settlement: Option<Settlement> = super::settle(total, tenders).ok().filter(|_| !tenders.is_empty());
        TenderView {
            left,
            change: settlement.map(|paid| paid.change).unwrap_or_default(),
            parts: tenders
                .iter()
                .map(|tender| TenderPartView { kind: tender.kind, word: tender.kind.word(), amount: tender.amount })
                .collect(),
            qr: link.and_then(|link| Qr::of(&link)).as_ref().map(QrView::from),
            quick: quick_amounts(left),
        }
    }
}

/// The next round sums above an amount that notes make up: to 10, 50, 100, 200, 500.
fn quick_amounts(left: Paise) -> Vec<Paise> {
    let mut quick: Vec<Paise> = [10, 50, 100, 200, 500]
        .map(|note: i64| Paise::new((left.get() + note * 100 - 1) / (note * 100) * note * 100))
        .into_iter()
        .filter(|amount| *amount > left)
        .collect();
    quick.sort_unstable();
    quick.dedup();
    quick.truncate(4);
    quick
}

impl DoneView {
    #[must_use]
    pub fn new(sealed: &Sealed, bill: BillView, printed: PrintedView, path: Option<String>) -> DoneView {
        DoneView {
            number: sealed.document.body.number.clone(),
            total: sealed.document.body.total,
            given: sealed.settlement.given,
            change: sealed.settlement.change,
            bill,
            printed,
            path,
            again: sealed.again,
        }
    }
}

/// Items that a search found, as the counter lists them.
#[must_use]
pub fn hit(item: Item) -> HitView {
    HitView {
        item: item.id,
        barcode: item.barcodes.first().cloned(),
        price: item.price.decimal(),
        unit: item.unit.code(),
        unit_word: unit_word(item.unit).to_owned(),
        name: item.name,
        name_second: item.name_second,
        short_code: item.short_code,
        mrp: item.mrp,
    }
}

/// The most hits of a search as one types.
pub const HITS_MAX: usize = 12;

/// The items that a text finds, best first.
///
/// # Errors
/// [`StoreError`] when an item cannot be read.
pub fn search(look: Look<'_>, index: &Index, text: &str) -> Result<Vec<HitView>, StoreError> {
    let mut hits = Vec::new();
    for id in index.search(text, HITS_MAX) {
        hits.extend(catalog::by_id(look, id)?.map(hit));
    }
    Ok(hits)
}
