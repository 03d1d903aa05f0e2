//! What a cashier does with a bill.

use super::facts::{self, CancelledV1, SealedLine, SealedV1, another};
use super::receipt::Copy;
use super::rights;
use super::store::{self, Document};
use super::wire::NamelessRequest;
use super::{Bill, BillLine, Buyer, SaleError, Settlement, Tender, basket, number, settle};
use crate::catalog::draft::read_hsn;
use crate::catalog::{self, CatalogError, Item};
use crate::customer::wire::CustomerRequest;
use crate::customer::{self, Contact, Customer};
use crate::day::Day;
use crate::find;
use crate::id::{BillId, ItemId, StaffId};
use crate::money::{Paise, UnitPrice};
use crate::price::{self, Discount, Priced};
use crate::profile::{self, Profile, ProfileAt};
use crate::quantity::{Quantity, Unit};
use crate::rate::Rate;
use crate::rules::Rules;
use crate::staff;
use crate::store::{Act, Look, StoreError};
use crate::text;

/// An open bill with what the engine makes of it today.
#[derive(Clone, Debug)]
pub struct OpenBill {
    pub bill: Bill,
    pub priced: Option<Priced>,
    pub buyer: Option<Customer>,
    pub profile: Profile,
    /// Which signboard that is.
    pub profile_at: ProfileAt,
}

/// What came of a scan or of a code typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entered {
    Added(Bill),
    /// The shop has no such code; the code as it was read.
    Unknown(String),
}

/// Where a text came from: a scanner reads codes, a person may mean a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Scan,
    Typed,
}

/// The open bill of this counter; begun when there is none.
///
/// # Errors
/// [`SaleError::Store`].
pub fn current(act: &mut Act<'_>) -> Result<Bill, SaleError> {
    if let Some(bill) = store::open_bill(act.look())? {
        return Ok(bill);
    }
    let bill = Bill::new(BillId::make(act.chance()));
    store::keep_open_bill(act, &bill)?;
    Ok(bill)
}

/// A bill with its prices as of today.
///
/// # Errors
/// [`SaleError::Pricing`] for a bill that cannot be priced, such as one above all limits.
pub fn open(look: Look<'_>, bill: Bill, today: Day) -> Result<OpenBill, SaleError> {
    let (profile_at, profile) = profile::current(look)?.ok_or(SaleError::NoProfile)?;
    let buyer = buyer_of(look, &bill)?;
    let priced = if bill.is_empty() {
        None
    } else {
        Some(price::price(&basket::basket(&bill, &profile, buyer.as_ref()), &Rules::of(today))?)
    };
    Ok(OpenBill { bill, priced, buyer, profile, profile_at })
}

/// Rings up what was scanned or typed: a code, or a name whose best match is taken; `3*` in front is a quantity.
///
/// # Errors
/// [`SaleError`] when the quantity or the bill does not do; the bill is untouched then.
pub fn enter(act: &mut Act<'_>, index: &find::Index, text: &str, source: Source) -> Result<Entered, SaleError> {
    let (quantity, code) = split_quantity(text)?;
    let found = match catalog::by_code(act.look(), code)? {
        Some(item) => Some(item),
        // Digits are a code and never a name: half a barcode must not ring up what merely has it inside.
        None if source == Source::Scan || code.bytes().all(|byte| byte.is_ascii_digit()) => None,
        None => match index.search(code, 1).first() {
            Some(item) => catalog::by_id(act.look(), *item)?,
            None => None,
        },
    };
    match found.filter(|item| item.active) {
        Some(item) => Ok(Entered::Added(ring(act, &item, quantity)?)),
        None => Ok(Entered::Unknown(code.to_owned())),
    }
}

/// Rings up an item that was chosen.
///
/// # Errors
/// As [`enter`].
pub fn add(act: &mut Act<'_>, item: ItemId, quantity: Option<&str>) -> Result<Bill, SaleError> {
    let item = catalog::by_id(act.look(), item)?.ok_or(CatalogError::NoSuchItem)?;
    let quantity = quantity.map(Quantity::read).transpose()?.unwrap_or(Quantity::ONE);
    ring(act, &item, quantity)
}

/// Rings up something that is not in the catalogue, at a typed price with the tax in it.
///
/// # Errors
/// [`SaleError::NamelessName`], an HSN that is none, the right to it, and what [`enter`] refuses.
pub fn add_nameless(act: &mut Act<'_>, typed: &NamelessRequest) -> Result<Bill, SaleError> {
    let NamelessRequest { name, price, rate_class, quantity, hsn } = typed;
    let name = text::line(name);
    if name.is_empty() || name.chars().count() > 200 {
        return Err(SaleError::NamelessName);
    }
    let price = UnitPrice::read(price)?;
    let quantity = if quantity.trim().is_empty() { Quantity::ONE } else { Quantity::read(quantity)? };
    let hsn = read_hsn(hsn.as_deref().unwrap_or_default()).map_err(CatalogError::from)?;
    let line = BillLine {
        no: 0,
        item: None,
        name,
        name_second: None,
        short_code: None,
        is_service: hsn.starts_with("99"),
        hsn,
        unit: Unit::Pcs,
        mrp: None,
        quantity,
        listed: price,
        price: UnitPrice::ZERO,
        inclusive: true,
        rate_class: rate_class.clone(),
        discount: Discount::None,
        allowed: None,
        discount_by: act.stamp().staff,
        price_by: act.stamp().staff,
        price_allowed: None,
        by: act.stamp().staff,
        removed: false,
    };
    rights::nameless(act)?;
    let bill = current(act)?.with_line(line)?;
    let no = bill.current.expect("the line just added is current");
    keep(act, bill.with_price(no, price, act.stamp().staff)?)
}

/// Changes how many of a line there are; that there are fewer is a fact.
///
/// # Errors
/// [`SaleError::Quantity`], [`SaleError::NoSuchLine`].
pub fn set_quantity(act: &mut Act<'_>, no: u32, quantity: &str) -> Result<Bill, SaleError> {
    let quantity = Quantity::read(quantity.trim().trim_end_matches('*'))?;
    let bill = current(act)?;
    let next = bill.with_quantity(no, quantity)?;
    let line = bill.line(no)?;
    if quantity < line.quantity {
        rights::take_off(act)?;
        act.commit(vec![facts::quantity_lowered(bill.id, line, quantity)])?;
    }
    keep(act, next)
}

/// Takes something off a line or, without one, off the whole bill: `5%`, `20`, or `0` for nothing.
///
/// # Errors
/// [`SaleError::Unreadable`], [`SaleError::Pricing`] when the discount is above what it is taken from.
pub fn set_discount(act: &mut Act<'_>, no: Option<u32>, discount: &str) -> Result<Bill, SaleError> {
    let discount = read_discount(discount)?;
    let bill = current(act)?.with_discount(no, discount, act.stamp().staff)?;
    keep(act, bill)
}

/// Changes the price of a line; the change is a fact.
///
/// # Errors
/// [`SaleError::Price`], [`SaleError::NoSuchLine`].
pub fn set_price(act: &mut Act<'_>, no: u32, price: &str) -> Result<Bill, SaleError> {
    let price = UnitPrice::read(price)?;
    let bill = current(act)?;
    let mut next = bill.with_price(no, price, act.stamp().staff)?;
    let line = bill.line(no)?;
    if line.price != price {
        let allowed = rights::price(act, line, price)?;
        next.lines.iter_mut().filter(|each| each.no == no).for_each(|line| line.price_allowed = allowed);
        act.commit(vec![facts::price_changed(bill.id, line, price)])?;
    }
    keep(act, next)
}

/// Takes a line off the bill; the removal is a fact.
///
/// # Errors
/// [`SaleError::NoSuchLine`].
pub fn remove(act: &mut Act<'_>, no: u32) -> Result<Bill, SaleError> {
    let bill = current(act)?;
    let next = bill.without_line(no)?;
    rights::take_off(act)?;
    act.commit(vec![facts::line_removed(bill.id, bill.line(no)?)])?;
    keep(act, next)
}

/// Makes the bill out to a customer, or back to a walk-in.
///
/// # Errors
/// [`SaleError::Customer`], [`SaleError::Pricing`] (a composition dealer sells inside the State alone).
pub fn set_customer(act: &mut Act<'_>, customer: Option<&CustomerRequest>) -> Result<Bill, SaleError> {
    let bill = current(act)?;
    let buyer = customer.map(|customer| customer::actions::keep(act, customer)).transpose()?;
    keep(act, bill.with_buyer(buyer.map(|buyer| buyer.person)))
}

/// Throws the open bill away and begins the next; that it was there is a fact.
///
/// # Errors
/// [`SaleError::Store`].
pub fn abandon(act: &mut Act<'_>) -> Result<Bill, SaleError> {
    let bill = current(act)?;
    if !bill.lines.is_empty() {
        rights::take_off(act)?;
        let today = act.stamp().day();
        // A bill that has no price today, as on a clock set far back, can still be thrown away.
        let value = match open(act.look(), bill.clone(), today) {
            Ok(open) => open.priced.map(|priced| priced.totals.total).unwrap_or_default(),
            Err(SaleError::Pricing(_)) => Paise::ZERO,
            Err(error) => return Err(error),
        };
        act.commit(vec![facts::abandoned(bill.id, bill.live().count() as u32, value)])?;
    }
    begin_next(act)
}

/// What sealing a bill gave: the document, and whether it was there before.
#[derive(Debug)]
pub struct Sealed {
    pub document: Document,
    pub settlement: Settlement,
    pub again: bool,
    pub next: Bill,
}

/// Settles the open bill, draws its number and commits it as a document; then begins the next bill.
///
/// The bill's id is a token: asked a second time for a bill that is sealed, it gives the same document.
///
/// # Errors
/// [`SaleError::Empty`], [`SaleError::TenderShort`], [`SaleError::AddressMissing`] (Rule 46(e)),
/// [`SaleError::HsnShort`] (Rule 46(g)) and what the engine refuses; the bill stays open then.
pub fn seal(act: &mut Act<'_>, token: BillId, tenders: &[Tender]) -> Result<Sealed, SaleError> {
    if let Some(document) = store::document_of_token(act.look(), token)? {
        let settlement = settle(document.body.total, &document.body.tenders)?;
        return Ok(Sealed { document, settlement, again: true, next: current(act)? });
    }
    let bill = current(act)?;
    if bill.id != token {
        return Err(SaleError::OtherBill);
    }
    let today = act.stamp().day();
    let mut open = open(act.look(), bill, today)?;
    rights::discounts(act, &mut open)?;
    let priced = open.priced.as_ref().ok_or(SaleError::Empty)?;
    check_address(&open, priced, today)?;
    check_hsn(&open, today)?;
    let settlement = settle(priced.totals.total, tenders)?;
    let body = sealed_body(act, &open, priced, &settlement, today)?;
    let entry = act.commit(vec![facts::sealed(&body)])?.swap_remove(0);
    let next = begin_next(act)?;
    let document = Document::of(&entry, body);
    Ok(Sealed { document, settlement, again: false, next })
}

/// Cancels a document of this counter and day: its number stays, stock and money go back.
///
/// # Errors
/// [`SaleError::NoSuchDocument`], [`SaleError::CancelledAlready`], [`SaleError::CancelTooLate`],
/// [`SaleError::ReasonMissing`].
pub fn cancel(act: &mut Act<'_>, number: &str, reason: &str) -> Result<(), SaleError> {
    let document = find_document(act.look(), number)?;
    let reason = text::line(reason);
    if reason.is_empty() || reason.chars().count() > 200 {
        return Err(SaleError::ReasonMissing);
    }
    can_cancel(act.look(), &document, act.stream(), act.stamp().day())?;
    rights::cancel(act, document.body.total)?;
    act.commit(vec![facts::cancelled(&CancelledV1 {
        token: document.body.token,
        stream: document.stream,
        seq: document.seq,
        number: document.body.number,
        reason,
        day: act.stamp().day(),
    })])?;
    Ok(())
}

/// Whether a document can still be cancelled by this counter today.
///
/// # Errors
/// [`SaleError::CancelledAlready`], [`SaleError::CancelTooLate`].
pub fn can_cancel(
    look: Look<'_>,
    document: &Document,
    stream: crate::id::StreamId,
    today: Day,
) -> Result<(), SaleError> {
    if store::cancelled(look, document.body.token)?.is_some() {
        return Err(SaleError::CancelledAlready);
    }
    if document.stream != stream || document.body.day != today {
        return Err(SaleError::CancelTooLate);
    }
    Ok(())
}

/// Notes that a document goes on paper and tells what that paper is: the first one is the original.
///
/// # Errors
/// [`SaleError::NoSuchDocument`].
pub fn put_on_paper(act: &mut Act<'_>, number: &str) -> Result<Copy, SaleError> {
    let document = find_document(act.look(), number)?;
    act.commit(vec![facts::printed(document.body.token, &document.body.number)])?;
    Ok(Copy::of(store::papers(act.look(), document.body.token)?))
}

/// The document of a number.
///
/// # Errors
/// [`SaleError::NoSuchDocument`].
pub fn find_document(look: Look<'_>, number: &str) -> Result<Document, SaleError> {
    store::document(look, number)?.ok_or_else(|| SaleError::NoSuchDocument { number: text::line(number) })
}

/// What is known of the person a document is made out to; empty when the person was erased.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn contact_of(look: Look<'_>, document: &Document) -> Result<Option<Contact>, StoreError> {
    document.body.buyer.as_ref().map(|buyer| Ok(Contact::opened(look.unseal(buyer.person, &buyer.sealed)?))).transpose()
}

/// The number that the next document of a series will get today; empty when the series is full.
///
/// # Errors
/// [`SaleError::Store`].
pub fn next_number(look: Look<'_>, prefix: &str, today: Day) -> Result<String, SaleError> {
    let running = store::last_running(look, prefix, today.fiscal_year())? + 1;
    Ok(number::number(prefix, today.fiscal_year(), running).unwrap_or_default())
}

fn ring(act: &mut Act<'_>, item: &Item, quantity: Quantity) -> Result<Bill, SaleError> {
    let bill = current(act)?.with_item(item, quantity, act.stamp().staff)?;
    keep(act, bill)
}

/// Keeps a bill if it can be priced, so that what is on the screen can always be sold.
fn keep(act: &mut Act<'_>, bill: Bill) -> Result<Bill, SaleError> {
    let today = act.stamp().day();
    let mut opened = open(act.look(), bill, today)?;
    rights::discounts(act, &mut opened)?;
    let lines =
        opened.priced.as_ref().map(|priced| sealed_lines(&opened.bill, priced, act.stamp().staff)).unwrap_or_default();
    if !facts::fit_a_fact(&lines) {
        return Err(SaleError::TooManyLines { most: lines.len() - 1 });
    }
    store::keep_open_bill(act, &opened.bill)?;
    Ok(opened.bill)
}

fn begin_next(act: &mut Act<'_>) -> Result<Bill, SaleError> {
    let next = Bill::new(BillId::make(act.chance()));
    store::keep_open_bill(act, &next)?;
    Ok(next)
}

fn buyer_of(look: Look<'_>, bill: &Bill) -> Result<Option<Customer>, StoreError> {
    match bill.buyer {
        Some(person) => customer::by_person(look, person),
        None => Ok(None),
    }
}

/// From ₹ 50,000 of taxable value on, an unregistered buyer's name, address and State are on the invoice (Rule 46(e)).
fn check_address(open: &OpenBill, priced: &Priced, today: Day) -> Result<(), SaleError> {
    let from = Rules::of(today).buyer_address_from();
    let known = open.buyer.as_ref().is_some_and(|buyer| {
        buyer.gstin.is_some()
            || !buyer.contact.name.is_empty() && !buyer.contact.address.is_empty() && buyer.state.is_some()
    });
    if priced.totals.taxable >= from && !known && open.profile.scheme == price::Scheme::Regular {
        return Err(SaleError::AddressMissing { from });
    }
    Ok(())
}

/// A bill to a business shows the HSN of every line, with as many digits as the shop's turnover asks for (Rule 46(g),
/// N 78/2020-CT). A walk-in customer never waits for a code: `docs/decisions/0014` says why.
fn check_hsn(open: &OpenBill, today: Day) -> Result<(), SaleError> {
    let is_business = open.buyer.as_ref().is_some_and(|buyer| buyer.gstin.is_some());
    if !is_business || open.profile.scheme == price::Scheme::Unregistered {
        return Ok(());
    }
    let digits = Rules::of(today).hsn_digits(open.profile.turnover.limit()).registered;
    match open.bill.live().find(|line| line.hsn.len() < usize::from(digits)) {
        Some(line) => Err(SaleError::HsnShort { no: line.no, name: line.name.clone(), digits }),
        None => Ok(()),
    }
}

fn sealed_body(
    act: &mut Act<'_>,
    open: &OpenBill,
    priced: &Priced,
    settlement: &Settlement,
    today: Day,
) -> Result<SealedV1, SaleError> {
    let prefix = profile::series(act.look(), act.stream())?;
    if prefix.is_empty() {
        return Err(SaleError::NoSeries);
    }
    let running = store::last_running(act.look(), &prefix, today.fiscal_year())? + 1;
    let buyer = match &open.buyer {
        Some(customer) => Some(Buyer {
            person: customer.person,
            gstin: customer.gstin.clone(),
            state: customer.state,
            sealed: customer.contact.seal(act, customer.person)?,
        }),
        None => None,
    };
    let cashier = staff::member(act.look(), act.stamp().staff)?.map(|member| member.name).unwrap_or_default();
    assert_eq!(
        priced.lines.iter().map(|line| line.amount).sum::<Paise>() + priced.totals.round_off,
        priced.totals.total,
        "the lines and the round-off are the total"
    );
    Ok(SealedV1 {
        token: open.bill.id,
        number: number::number(&prefix, today.fiscal_year(), running)
            .ok_or_else(|| SaleError::SeriesFull { prefix: prefix.clone() })?,
        prefix,
        running,
        title: priced.title,
        day: today,
        counter: profile::counter_name(act.look(), act.stream())?,
        cashier,
        profile: open.profile_at,
        rules: Rules::of(today).version().to_string(),
        buyer,
        place: priced.place.state,
        flow: priced.place.flow,
        lines: sealed_lines(&open.bill, priced, act.stamp().staff),
        discount: open.bill.discount,
        allowed: open.bill.allowed,
        discount_by: another(open.bill.discount_by, act.stamp().staff, open.bill.discount != Discount::None),
        round_off: priced.totals.round_off,
        total: priced.totals.total,
        tenders: settlement.tenders.clone(),
        change: settlement.change,
    })
}

pub(super) fn sealed_lines(bill: &Bill, priced: &Priced, cashier: StaffId) -> Vec<SealedLine> {
    bill.live().zip(&priced.lines).map(|(line, priced)| SealedLine::new(line, priced, cashier)).collect()
}

/// Splits `3*8901030865278` into its quantity and its code.
fn split_quantity(text: &str) -> Result<(Quantity, &str), SaleError> {
    match text.split_once(['*', '×']) {
        Some((quantity, code)) if Quantity::read(quantity).is_ok() => Ok((Quantity::read(quantity)?, code.trim())),
        _ => Ok((Quantity::ONE, text.trim())),
    }
}

fn read_discount(text: &str) -> Result<Discount, SaleError> {
    let text = text.trim();
    if let Some(percent) = text.strip_suffix('%') {
        let rate = Rate::read(percent)?;
        return Ok(if rate.is_zero() { Discount::None } else { Discount::Percent(rate) });
    }
    let amount = if text.is_empty() { Paise::ZERO } else { Paise::read(text)? };
    Ok(if amount.is_zero() { Discount::None } else { Discount::Amount(amount) })
}
