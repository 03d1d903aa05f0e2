//! All SQL of the sale.

use rusqlite::{OptionalExtension, Row, named_params, params};

use super::facts::{CancelledV1, SealedV1};
use super::{Bill, sealed_of};
use crate::day::{Day, FiscalYear};
use crate::id::{BillId, StaffId, StreamId};
use crate::journal::chain::check_code;
use crate::journal::{Entry, Fact, book};
use crate::money::Paise;
use crate::price::Title;
use crate::store::{Act, Apply, Look, StoreError};

/// The bill that is open on this counter.
pub(super) fn open_bill(look: Look<'_>) -> Result<Option<Bill>, StoreError> {
    let mut statement = look.sql().prepare_cached("SELECT body FROM kept_open_bill WHERE counter = 1")?;
    let body: Option<Vec<u8>> = statement.query_row([], |row| row.get(0)).optional()?;
    Ok(body.map(|body| ciborium::from_reader(&body[..]).expect("an open bill reads as it was written")))
}

/// The token of the open bill, where there is one.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn open_bill_token(look: Look<'_>) -> Result<Option<BillId>, StoreError> {
    Ok(open_bill(look)?.map(|bill| bill.id))
}

/// The open bill as it is kept, to tell whether it is still the same.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn open_bill_bytes(look: Look<'_>) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = look.sql().prepare_cached("SELECT body FROM kept_open_bill WHERE counter = 1")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?)
}

/// Keeps the open bill as it stands.
pub(super) fn keep_open_bill(act: &Act<'_>, bill: &Bill) -> Result<(), StoreError> {
    let mut body = Vec::with_capacity(1024);
    ciborium::into_writer(bill, &mut body).expect("a bill is plain data");
    act.sql()
        .prepare_cached(
            "INSERT INTO kept_open_bill (counter, body) VALUES (1, ?1) \
             ON CONFLICT (counter) DO UPDATE SET body = excluded.body",
        )?
        .execute([body])?;
    Ok(())
}

/// The last running number of a series in a fiscal year; 0 before the first.
pub(super) fn last_running(look: Look<'_>, prefix: &str, year: FiscalYear) -> Result<u64, StoreError> {
    let mut statement =
        look.sql().prepare_cached("SELECT max(running) FROM document WHERE prefix = ?1 AND fiscal_year = ?2")?;
    let last: Option<i64> = statement.query_row(params![prefix, year.begins()], |row| row.get(0))?;
    Ok(last.unwrap_or(0) as u64)
}

pub(super) fn insert_document(apply: &mut Apply<'_>, fact: &Fact, body: &SealedV1) -> rusqlite::Result<()> {
    let year = body.day.fiscal_year().begins();
    let number = body.number.to_uppercase();
    // Numbers are unique in a year across all documents (Rule 46(b)); two counters cannot be stopped, only seen.
    let same = apply.rows(
        "SELECT stream, seq FROM document WHERE number = ?1 AND fiscal_year = ?2",
        params![number, year],
        |row| Ok((StreamId::new(row.get(0)?), row.get::<_, i64>(1)?)),
    )?;
    let sum = |of: fn(&super::SealedLine) -> Paise| body.lines.iter().map(of).sum::<Paise>().get();
    apply.run(
        "INSERT INTO document (stream, seq, token, title, number, fiscal_year, prefix, running, day, wall_at, offset_min, \
         staff, person, gstin, taxable_paise, cgst_paise, sgst_paise, igst_paise, cess_paise, round_off_paise, total_paise) \
         VALUES (:stream, :seq, :token, :title, :number, :year, :prefix, :running, :day, :wall, :offset, :staff, :person, \
         :gstin, :taxable, :cgst, :sgst, :igst, :cess, :round_off, :total)",
        named_params! {
            ":stream": fact.stream.bytes(),
            ":seq": fact.seq as i64,
            ":token": body.token.bytes(),
            ":title": title_code(body.title),
            ":number": number,
            ":year": year,
            ":prefix": body.prefix,
            ":running": body.running as i64,
            ":day": body.day.to_string(),
            ":wall": fact.wall_ms,
            ":offset": fact.offset_min,
            ":staff": fact.staff.0,
            ":person": body.buyer.as_ref().map(|buyer| *buyer.person.bytes()),
            ":gstin": body.buyer.as_ref().and_then(|buyer| buyer.gstin.as_ref()).map(|gstin| gstin.as_str().to_owned()),
            ":taxable": sum(|line| line.taxable),
            ":cgst": sum(|line| line.cgst),
            ":sgst": sum(|line| line.sgst),
            ":igst": sum(|line| line.igst),
            ":cess": sum(|line| line.cess),
            ":round_off": body.round_off.get(),
            ":total": body.total.get(),
        },
    )?;
    for there in same {
        // Told of every pair, whichever of the two arrived first.
        let here = (fact.stream, fact.seq as i64);
        let (first, second) = if here < there { (here, there) } else { (there, here) };
        apply.run(
            "INSERT INTO conflict (stream, seq, what, detail) VALUES (?1, ?2, 'number_twice', ?3) ON CONFLICT DO NOTHING",
            params![second.0.bytes(), second.1, format!("{number} {} {}", first.0, first.1)],
        )?;
    }
    Ok(())
}

pub(super) fn insert_cancelled(apply: &mut Apply<'_>, fact: &Fact, body: &CancelledV1) -> rusqlite::Result<()> {
    apply.run(
        "INSERT INTO document_cancelled (token, stream, seq, reason, day, wall_at, offset_min, staff) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            body.token.bytes(),
            fact.stream.bytes(),
            fact.seq as i64,
            body.reason,
            body.day.to_string(),
            fact.wall_ms,
            fact.offset_min,
            fact.staff.0
        ],
    )?;
    Ok(())
}

/// The document that an earlier fact made.
pub(super) fn sealed_body(apply: &Apply<'_>, stream: StreamId, seq: u64) -> rusqlite::Result<Option<SealedV1>> {
    let bodies = apply.rows(
        "SELECT body FROM journal WHERE stream = ?1 AND seq = ?2 AND kind = 'sale.sealed'",
        params![stream.bytes(), seq as i64],
        |row| row.get::<_, Vec<u8>>(0),
    )?;
    Ok(bodies.first().map(|body| ciborium::from_reader(&body[..]).expect("a document reads as it was written")))
}

/// A document as found: who sealed it when, and what it says.
#[derive(Clone, Debug)]
pub struct Document {
    pub stream: StreamId,
    pub seq: u64,
    pub wall_ms: i64,
    pub offset_min: i16,
    pub staff: StaffId,
    /// What its papers say, to be compared with the journal.
    pub check: String,
    pub body: SealedV1,
}

impl Document {
    /// The document that a fact with this body made.
    pub(super) fn of(entry: &Entry, body: SealedV1) -> Document {
        let fact = &entry.fact;
        Document {
            stream: fact.stream,
            seq: fact.seq,
            wall_ms: fact.wall_ms,
            offset_min: fact.offset_min,
            staff: fact.staff,
            check: check_code(&entry.hash),
            body,
        }
    }
}

/// How a document was cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancelled {
    pub reason: String,
    pub wall_ms: i64,
    pub offset_min: i16,
    pub staff: StaffId,
}

/// The document of a number; the latest where the same number was used in several years.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn document(look: Look<'_>, number: &str) -> Result<Option<Document>, StoreError> {
    let mut statement = look.sql().prepare_cached(
        "SELECT stream, seq FROM document WHERE number = ?1 ORDER BY fiscal_year DESC, wall_at DESC LIMIT 1",
    )?;
    let found = statement.query_row([number.trim().to_uppercase()], place).optional()?;
    found.map(|place| document_at(look, place)).transpose()
}

/// The document that a bill became, if it did.
pub(super) fn document_of_token(look: Look<'_>, token: BillId) -> Result<Option<Document>, StoreError> {
    let mut statement = look.sql().prepare_cached("SELECT stream, seq FROM document WHERE token = ?1 LIMIT 1")?;
    let found = statement.query_row([token.bytes()], place).optional()?;
    found.map(|place| document_at(look, place)).transpose()
}

/// The document that this counter issued last.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn last_document(look: Look<'_>, stream: StreamId) -> Result<Option<Document>, StoreError> {
    let mut statement =
        look.sql().prepare_cached("SELECT stream, seq FROM document WHERE stream = ?1 ORDER BY seq DESC LIMIT 1")?;
    let found = statement.query_row([stream.bytes()], place).optional()?;
    found.map(|place| document_at(look, place)).transpose()
}

/// How many copies of a document were made after the original.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn copies(look: Look<'_>, token: BillId) -> Result<u32, StoreError> {
    Ok(papers(look, token)?.saturating_sub(1))
}

/// How many papers of a document were made, the original among them.
pub(super) fn papers(look: Look<'_>, token: BillId) -> Result<u32, StoreError> {
    let mut statement = look.sql().prepare_cached("SELECT papers FROM document_paper WHERE token = ?1")?;
    Ok(statement.query_row([token.bytes()], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// Whether and how a document was cancelled.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn cancelled(look: Look<'_>, token: BillId) -> Result<Option<Cancelled>, StoreError> {
    let mut statement = look.sql().prepare_cached(
        "SELECT reason, wall_at, offset_min, staff FROM document_cancelled WHERE token = ?1 ORDER BY wall_at LIMIT 1",
    )?;
    let read = |row: &Row<'_>| {
        Ok(Cancelled {
            reason: row.get(0)?,
            wall_ms: row.get(1)?,
            offset_min: row.get(2)?,
            staff: StaffId(row.get(3)?),
        })
    };
    Ok(statement.query_row([token.bytes()], read).optional()?)
}

/// Which documents are wanted.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Part of a number, of a name, the end of a phone number, or an amount.
    pub text: String,
    pub day_from: Option<Day>,
    pub day_to: Option<Day>,
    pub offset: u32,
    pub most: u32,
}

/// A document in a list.
#[derive(Clone, Debug)]
pub struct Found {
    pub token: BillId,
    pub number: String,
    pub title: String,
    pub day: String,
    pub wall_ms: i64,
    pub offset_min: i16,
    pub customer: String,
    pub total: Paise,
    pub cancelled: bool,
    pub copies: u32,
    pub place: (StreamId, u64),
}

const WANTED: &str = "FROM document d LEFT JOIN customer c ON c.person = d.person \
     LEFT JOIN document_cancelled x ON x.token = d.token LEFT JOIN document_paper p ON p.token = d.token \
     WHERE d.day BETWEEN :from AND :to AND (:text = '' \
     OR instr(d.number, upper(:text)) > 0 OR instr(lower(c.name), lower(:text)) > 0 OR d.total_paise = :amount \
     OR (:digits <> '' AND substr(c.phone, -length(:digits)) = :digits) OR d.gstin = upper(:text))";

/// The documents wanted, latest first, with their number and sum over all pages; cancelled ones are not summed.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn find(look: Look<'_>, query: &Query) -> Result<(Vec<Found>, u64, Paise), StoreError> {
    let text = query.text.trim();
    let digits = if text.len() >= 4 && text.bytes().all(|byte| byte.is_ascii_digit()) { text } else { "" };
    let amount = Paise::read(text).map(Paise::get).unwrap_or(-1);
    let from = query.day_from.map_or_else(|| "0".to_owned(), |day| day.to_string());
    let to = query.day_to.map_or_else(|| "9".to_owned(), |day| day.to_string());
    let wanted = named_params! { ":from": from, ":to": to, ":text": text, ":amount": amount, ":digits": digits };
    let (count, sum): (i64, i64) = look
        .sql()
        .prepare_cached(&format!(
            "SELECT count(*), coalesce(sum(CASE WHEN x.token IS NULL THEN d.total_paise ELSE 0 END), 0) {WANTED}"
        ))?
        .query_row(wanted, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut statement = look.sql().prepare_cached(&format!(
        "SELECT d.token, d.number, d.title, d.day, d.wall_at, d.offset_min, coalesce(c.name, ''), d.total_paise, \
         x.token IS NOT NULL, max(coalesce(p.papers, 0) - 1, 0), d.stream, d.seq {WANTED} \
         ORDER BY d.day DESC, d.wall_at DESC, d.seq DESC LIMIT :most OFFSET :offset"
    ))?;
    let rows = statement.query_map(
        named_params! { ":from": from, ":to": to, ":text": text, ":amount": amount, ":digits": digits, ":most": query.most,
        ":offset": query.offset },
        |row| {
            Ok(Found {
                token: BillId::new(row.get(0)?),
                number: row.get(1)?,
                title: row.get(2)?,
                day: row.get(3)?,
                wall_ms: row.get(4)?,
                offset_min: row.get(5)?,
                customer: row.get(6)?,
                total: Paise::new(row.get(7)?),
                cancelled: row.get(8)?,
                copies: row.get(9)?,
                place: (StreamId::new(row.get(10)?), row.get::<_, i64>(11)? as u64),
            })
        },
    )?;
    Ok((rows.collect::<rusqlite::Result<_>>()?, count as u64, Paise::new(sum)))
}

/// What the documents of a day come to; cancelled ones are only counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DaySum {
    pub bills: u64,
    pub cancelled: u64,
    pub total: Paise,
    pub taxable: Paise,
    pub cgst: Paise,
    pub sgst: Paise,
    pub igst: Paise,
}

/// The documents of a day added up.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn day_sum(look: Look<'_>, day: Day) -> Result<DaySum, StoreError> {
    let mut statement = look.sql().prepare_cached(
        "SELECT count(*), coalesce(sum(x.token IS NOT NULL), 0), \
         coalesce(sum(CASE WHEN x.token IS NULL THEN d.total_paise END), 0), \
         coalesce(sum(CASE WHEN x.token IS NULL THEN d.taxable_paise END), 0), \
         coalesce(sum(CASE WHEN x.token IS NULL THEN d.cgst_paise END), 0), \
         coalesce(sum(CASE WHEN x.token IS NULL THEN d.sgst_paise END), 0), \
         coalesce(sum(CASE WHEN x.token IS NULL THEN d.igst_paise END), 0) \
         FROM document d LEFT JOIN document_cancelled x ON x.token = d.token WHERE d.day = ?1",
    )?;
    let read = |row: &Row<'_>| {
        let (all, cancelled): (i64, i64) = (row.get(0)?, row.get(1)?);
        Ok(DaySum {
            bills: (all - cancelled) as u64,
            cancelled: cancelled as u64,
            total: Paise::new(row.get(2)?),
            taxable: Paise::new(row.get(3)?),
            cgst: Paise::new(row.get(4)?),
            sgst: Paise::new(row.get(5)?),
            igst: Paise::new(row.get(6)?),
        })
    };
    Ok(statement.query_row([day.to_string()], read)?)
}

/// The document in a place of the journal.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn document_at(look: Look<'_>, place: (StreamId, u64)) -> Result<Document, StoreError> {
    let entry = book::entry(look.sql(), place.0, place.1)?.expect("a document's fact is in the journal");
    let body = sealed_of(&entry.fact).expect("a document's row points to its fact");
    Ok(Document::of(&entry, body))
}

fn place(row: &Row<'_>) -> rusqlite::Result<(StreamId, u64)> {
    Ok((StreamId::new(row.get(0)?), row.get::<_, i64>(1)? as u64))
}

fn title_code(title: Title) -> &'static str {
    match title {
        Title::TaxInvoice => "tax_invoice",
        Title::BillOfSupply => "bill_of_supply",
        Title::InvoiceCumBillOfSupply => "invoice_cum_bill_of_supply",
        Title::Invoice => "invoice",
    }
}
