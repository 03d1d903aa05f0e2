//! A document as `quote` is given it, turned into a basket.

use pakka::day::Day;
use pakka::gst::gstin::Gstin;
use pakka::gst::nature::Nature;
use pakka::gst::state::State;
use pakka::money::{Paise, UnitPrice};
use pakka::price::{Basket, BasketLine, Buyer, BuyerKind, Discount, Scheme, Seller, Treatment};
use pakka::quantity::{Quantity, Unit};
use pakka::rate::Rate;
use pakka::rules::{Pack, Rules};

use crate::exact::Object;

/// A document read, with everything it left open filled in.
pub struct Document {
    pub basket: Basket,
    pub day: Day,
    /// One for each line.
    pub descriptions: Vec<String>,
    /// What was ignored or taken for granted.
    pub notes: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Invoice,
    CreditNote,
    DebitNote,
    BillOfSupply,
    ReceiptVoucher,
}

impl Kind {
    fn read(text: &str) -> Option<Kind> {
        Some(match text.to_uppercase().as_str() {
            "INV" => Kind::Invoice,
            "CRN" => Kind::CreditNote,
            "DBN" => Kind::DebitNote,
            "BOS" => Kind::BillOfSupply,
            "RV" => Kind::ReceiptVoucher,
            _ => return None,
        })
    }
}

impl Document {
    /// Reads a document.
    ///
    /// # Errors
    /// A sentence that names the line and the key that cannot be read.
    pub fn read(json: &str) -> Result<Document, String> {
        let mut keys = Object::read(json, "")?;
        let mut notes = Vec::new();
        let kind = keys.value("doc_type", Kind::read, "is INV, CRN, DBN, BOS or RV")?.unwrap_or(Kind::Invoice);
        let day = keys.value("date", |text| Day::read(text).ok(), "is a day such as 2026-11-22")?;
        let day = day.unwrap_or(Pack::built_in().version);
        let state = |text: &str| State::read(text).ok();
        let seller = keys.value("seller_state", state, "is a State code such as 27")?;
        let seller = seller.ok_or_else(|| keys.says("seller_state", "is missing"))?;
        let place = keys.value("place_of_supply", state, "is a State code such as 27")?;
        let buyer = buyer(&mut keys, place, &mut notes)?;
        let reverse_charge = keys.truth("reverse_charge")?.unwrap_or(false);
        let round_to_rupee = keys.truth("round_to_rupee")?.unwrap_or(false);
        let discount = discount(&mut keys, "invoice_discount", &mut notes)?;
        let members = keys.list("lines")?.ok_or_else(|| keys.says("lines", "is missing"))?;
        notes.extend(keys.unknown());
        let (mut lines, mut descriptions) = (Vec::new(), Vec::new());
        for (at, member) in members.iter().enumerate() {
            let mut keys = Object::read(member.get(), format!("line {}: ", at + 1))?;
            descriptions.push(keys.text("desc")?.unwrap_or_default());
            lines.push(line(&mut keys, kind, day, &mut notes)?);
            notes.extend(keys.unknown());
        }
        let scheme = if kind == Kind::BillOfSupply { Scheme::Unregistered } else { Scheme::Regular };
        let seller = Seller { state: seller, scheme };
        let basket = Basket { seller, buyer, place, reverse_charge, round_to_rupee, discount, lines };
        notes.extend(sold_outside(&basket).then(|| SOLD_OUTSIDE.to_owned()));
        Ok(Document { basket, day, descriptions, notes })
    }
}

const SOLD_OUTSIDE: &str =
    "a bill of supply with taxable lines is a composition dealer's, who may not sell to another State";

/// Whether a bill of supply carries taxable goods over the border of the State.
fn sold_outside(basket: &Basket) -> bool {
    let taxable = |line: &BasketLine| matches!(line.treatment, Treatment::Stated { nature: Nature::Taxable, .. });
    let elsewhere = basket.place.or(basket.buyer.state).is_some_and(|place| place != basket.seller.state);
    basket.seller.scheme == Scheme::Unregistered && elsewhere && basket.lines.iter().any(taxable)
}

/// Who buys, and the State of the GSTIN: of a mistyped one too, unless it does not even tell that.
fn buyer(keys: &mut Object, place: Option<State>, notes: &mut Vec<String>) -> Result<Buyer, String> {
    let kind = |text: &str| match text.to_lowercase().as_str() {
        "unregistered" => Some(BuyerKind::Unregistered),
        "registered" => Some(BuyerKind::Registered),
        "sez" => Some(BuyerKind::Sez),
        "overseas" => Some(BuyerKind::Overseas),
        _ => None,
    };
    let stated = keys.value("buyer_type", kind, "is unregistered, registered, sez or overseas")?;
    // URP, unregistered person, is what e-invoices and e-way bills write where there is none.
    let Some(text) = keys.text("buyer_gstin")?.filter(|text| !text.eq_ignore_ascii_case("URP")) else {
        return Ok(Buyer { kind: stated.unwrap_or_default(), ..Buyer::default() });
    };
    let state = match Gstin::read(&text) {
        Ok(gstin) => Some(gstin.state()),
        Err(error) => {
            let head = text.get(..2).filter(|_| text.chars().count() == 15).and_then(|head| State::read(head).ok());
            match (head, place) {
                (Some(_), _) => notes.push(format!("buyer_gstin: {error}; its State code is taken")),
                (None, Some(_)) => notes.push(format!("buyer_gstin: {error}; the stated place of supply holds")),
                (None, None) => return Err(format!("buyer_gstin: {error}")),
            }
            head
        }
    };
    let state = state.filter(|state| state.is_in_india());
    Ok(Buyer { kind: stated.unwrap_or(BuyerKind::Registered), state, under_lut: false })
}

fn line(keys: &mut Object, kind: Kind, day: Day, notes: &mut Vec<String>) -> Result<BasketLine, String> {
    let hsn = keys.text("hsn")?.unwrap_or_default();
    let is_service = keys.truth("is_service")?.unwrap_or(hsn.starts_with("99"));
    let quantity = |text: &str| Quantity::read(text).ok();
    let quantity = keys.value("qty", quantity, "has at most three decimals, up to ten lakh")?.unwrap_or(Quantity::ONE);
    let unit = unit(keys, is_service, notes)?;
    let price = keys.value("price", |text| UnitPrice::read(text).ok(), PRICE_WANTED)?;
    let price = price.ok_or_else(|| keys.says("price", "is missing"))?;
    let inclusive = keys.truth("inclusive")?.unwrap_or(false);
    let discount = discount(keys, "discount", notes)?;
    let treatment = treatment(keys, kind, day, notes)?;
    Ok(BasketLine { hsn, is_service, quantity, unit, price, inclusive, discount, treatment })
}

/// The unit; the answer does not carry it, so an unknown one is noted and not refused.
fn unit(keys: &mut Object, is_service: bool, notes: &mut Vec<String>) -> Result<Unit, String> {
    let Some(text) = keys.text("unit")? else { return Ok(Unit::default()) };
    Ok(Unit::read(&text).unwrap_or_else(|_| {
        if !(is_service && text.eq_ignore_ascii_case("NA")) {
            notes.push(keys.says("unit", &format!("{text:?} is not on the GST list; OTH is taken")));
        }
        Unit::Oth
    }))
}

/// `{type, value}`: type amount and value 0 where absent.
fn discount(keys: &mut Object, key: &str, notes: &mut Vec<String>) -> Result<Discount, String> {
    let Some(mut keys) = keys.object(key)? else { return Ok(Discount::None) };
    let percent = |text: &str| match text.to_lowercase().as_str() {
        "percent" => Some(true),
        "amount" => Some(false),
        _ => None,
    };
    let discount = if keys.value("type", percent, "is percent or amount")?.unwrap_or(false) {
        let value = keys.value("value", |text| Rate::read(text).ok(), RATE_WANTED)?;
        value.map_or(Discount::None, Discount::Percent)
    } else {
        let value =
            keys.value("value", |text| Paise::read(text).ok(), "has at most two decimals, up to 9,999 crore")?;
        value.map_or(Discount::None, Discount::Amount)
    };
    notes.extend(keys.unknown());
    Ok(discount)
}

const PRICE_WANTED: &str = "has at most four decimals, up to 9,999 crore";
const RATE_WANTED: &str = "is a percent with at most three decimals";

fn treatment(keys: &mut Object, kind: Kind, day: Day, notes: &mut Vec<String>) -> Result<Treatment, String> {
    let nature = keys.value("nature", Nature::read, "is taxable, nil, exempt or non_gst")?.unwrap_or_default();
    let percent = |text: &str| Rate::read(text).ok();
    let stated = keys.value("rate", percent, RATE_WANTED)?;
    let cess_rate = keys.value("cess_rate", percent, RATE_WANTED)?.unwrap_or_default();
    let cess_per_unit = keys.value("cess_per_unit", |text| UnitPrice::read(text).ok(), PRICE_WANTED)?;
    let cess_per_unit = cess_per_unit.unwrap_or_default();
    if !nature.is_taxable() {
        if stated.is_some_and(|rate| !rate.is_zero()) || !cess_rate.is_zero() || cess_per_unit != UnitPrice::ZERO {
            notes.push(keys.says("rate", &format!("and cess are left out: the line is {}", nature.code())));
        }
        return Ok(Treatment::untaxed(nature));
    }
    let rate = stated.unwrap_or_else(|| {
        // CGST Rule 50: an advance whose rate is not known bears 18 %.
        let taken = if kind == Kind::ReceiptVoucher { Rate::percent(18) } else { Rate::ZERO };
        notes.push(keys.says("no rate", &format!("is given; {taken} is taken")));
        taken
    });
    let repeats = matches!(kind, Kind::CreditNote | Kind::DebitNote | Kind::BillOfSupply);
    if !repeats && !rate.is_zero() && Rules::of(day).class_for_percent(rate).is_none() {
        notes.push(
            keys.says(&rate.to_string(), &format!("is not a rate of the tariff on {day}; it is taken as stated")),
        );
    }
    Ok(Treatment::Stated { nature, rate, cess_rate, cess_per_unit })
}
