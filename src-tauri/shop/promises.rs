//! The roof's promises: what holds in every shop at every moment, each with a name.

use rusqlite::params;

use crate::exchange::{KEPT, ROOMS};
use crate::id::StreamId;
use crate::journal::book;
use crate::money::Paise;
use crate::sale::{SealedV1, sealed_of};
use crate::store::{Look, StoreError, Table, tables};

/// A promise that does not hold: which one, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub promise: &'static str,
    pub detail: String,
}

type Promise = fn(Look<'_>, &mut Vec<String>) -> Result<(), StoreError>;

/// Every promise by its name.
const PROMISES: &[(&str, Promise)] = &[
    ("every table is the journal, kept with a reason, or derived", tables_have_a_kind),
    ("the chain of every stream holds from its first fact", chain_holds),
    ("numbers of a series have no gap in a year", numbers_have_no_gap),
    ("the parts of a document add up to its total", documents_add_up),
    ("what was taken is what the documents say", takings_agree),
    ("what was supplied is what the documents say", supplies_agree),
    ("stock is what it was, less what was sold", stock_agrees),
    ("roll-ups are the sum of their rows", roll_ups_agree),
];

/// Checks every promise and gives those that do not hold.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn check(look: Look<'_>) -> Result<Vec<Broken>, StoreError> {
    let mut broken = Vec::new();
    for (promise, holds) in PROMISES {
        let mut details = Vec::new();
        holds(look, &mut details)?;
        broken.extend(details.into_iter().map(|detail| Broken { promise, detail }));
    }
    Ok(broken)
}

fn tables_have_a_kind(look: Look<'_>, wrong: &mut Vec<String>) -> Result<(), StoreError> {
    for (name, kind) in tables(look.sql())? {
        if kind == Table::Kept && KEPT.iter().all(|(kept, _)| *kept != name) {
            wrong.push(format!("{name} is kept without a reason"));
        }
        let made = format!("CREATE TABLE {name} (");
        let derived = name == "conflict" || ROOMS.iter().any(|room| room.tables.contains(&made));
        if kind == Table::Derived && !derived {
            wrong.push(format!("{name} is a table of no room"));
        }
    }
    Ok(())
}

fn chain_holds(look: Look<'_>, wrong: &mut Vec<String>) -> Result<(), StoreError> {
    if let Err((stream, broken)) = book::verify(look.sql())? {
        wrong.push(format!("stream {stream}: {broken}"));
    }
    Ok(())
}

fn numbers_have_no_gap(look: Look<'_>, wrong: &mut Vec<String>) -> Result<(), StoreError> {
    let mut statement = look.sql().prepare(
        "SELECT prefix, fiscal_year, count(*), count(DISTINCT running), max(running) FROM document GROUP BY prefix, fiscal_year",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (prefix, year): (String, i64) = (row.get(0)?, row.get(1)?);
        let (count, distinct, last): (i64, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
        if count != last || distinct != last {
            wrong.push(format!("series {prefix} of {year}: {count} documents, last number {last}"));
        }
    }
    Ok(())
}

/// Every document, from the journal.
fn each_document(
    look: Look<'_>,
    mut take: impl FnMut(StreamId, u64, SealedV1) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    book::each(look.sql(), |entry| match sealed_of(&entry.fact) {
        Some(body) => take(entry.fact.stream, entry.fact.seq, body),
        None => Ok(()),
    })
}

fn documents_add_up(look: Look<'_>, wrong: &mut Vec<String>) -> Result<(), StoreError> {
    each_document(look, |_, _, body| {
        let number = &body.number;
        let lines: Paise = body.lines.iter().map(|line| line.amount).sum();
        if lines + body.round_off != body.total {
            wrong.push(format!("{number}: lines {lines}, round-off {}, total {}", body.round_off, body.total));
        }
        let given: Paise = body.tenders.iter().map(|tender| tender.amount).sum();
        if given - body.change != body.total {
            wrong.push(format!("{number}: given {given}, change {}, total {}", body.change, body.total));
        }
        for line in &body.lines {
            let tax = line.cgst + line.sgst + line.igst + line.cess;
            if line.taxable + tax != line.amount {
                wrong.push(format!("{number}: a line of {} is taxed {tax} on {}", line.amount, line.taxable));
            }
            if line.gross - line.line_discount - line.bill_discount
                != if line.inclusive { line.amount } else { line.taxable }
            {
                wrong.push(format!("{number}: a line of gross {} does not come to its net", line.gross));
            }
            let (home, away) = (line.cgst + line.sgst, line.igst);
            if body.flow.is_inter() && !home.is_zero() || !body.flow.is_inter() && !away.is_zero() {
                wrong.push(format!("{number}: a line bears the tax of the other kind of supply"));
            }
        }
        let sum = |of: fn(&crate::sale::SealedLine) -> Paise| body.lines.iter().map(of).sum::<Paise>();
        if sum(|line| line.cgst) != sum(|line| line.sgst) {
            wrong.push(format!("{number}: CGST and SGST differ"));
        }
        Ok(())
    })
}

fn takings_agree(look: Look<'_>, wrong: &mut Vec<String>) -> Result<(), StoreError> {
    let taken: i64 = look.sql().query_row("SELECT coalesce(sum(amount_paise), 0) FROM taking", [], |row| row.get(0))?;
    let due: i64 = look.sql().query_row(
        "SELECT coalesce(sum(total_paise), 0) FROM document WHERE token NOT IN (SELECT token FROM document_cancelled)",
        [],
        |row| row.get(0),
    )?;
    if taken != due {
        wrong.push(format!("taken {}, documents {}", Paise::new(taken), Paise::new(due)));
    }
    Ok(())
}

fn supplies_agree(look: Look<'_>, wrong: &mut Vec<String>) -> Result<(), StoreError> {
    for column in ["taxable_paise", "cgst_paise", "sgst_paise", "igst_paise", "cess_paise"] {
        let supplied: i64 =
            look.sql().query_row(&format!("SELECT coalesce(sum({column}), 0) FROM supply"), [], |row| row.get(0))?;
        let due: i64 = look.sql().query_row(
            &format!("SELECT coalesce(sum({column}), 0) FROM document WHERE token NOT IN (SELECT token FROM document_cancelled)"),
            [],
            |row| row.get(0),
        )?;
        if supplied != due {
            wrong.push(format!("{column}: supplied {supplied}, documents {due}"));
        }
    }
    Ok(())
}

fn stock_agrees(look: Look<'_>, wrong: &mut Vec<String>) -> Result<(), StoreError> {
    let mut sold = std::collections::BTreeMap::new();
    each_document(look, |_, _, body| {
        let is_cancelled: bool = look
            .sql()
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM document_cancelled WHERE token = ?1)")?
            .query_row([body.token.bytes()], |row| row.get(0))?;
        for line in body.lines.iter().filter(|line| !line.is_service && !is_cancelled) {
            if let Some(item) = line.item {
                *sold.entry(item).or_insert(0) += line.quantity.milli();
            }
        }
        Ok(())
    })?;
    for (item, milli) in sold {
        let moved: i64 = look
            .sql()
            .prepare_cached("SELECT moved_milli FROM stock_level WHERE item = ?1")?
            .query_row(params![item.bytes()], |row| row.get(0))?;
        if moved != -milli {
            wrong.push(format!("item {item}: sold {milli}, moved {moved}"));
        }
    }
    Ok(())
}

fn roll_ups_agree(look: Look<'_>, wrong: &mut Vec<String>) -> Result<(), StoreError> {
    for (roll_up, rows, column) in [
        ("taking_day", "taking", "amount_paise"),
        ("supply_day", "supply", "taxable_paise"),
        ("supply_day", "supply", "cgst_paise"),
        ("supply_day", "supply", "sgst_paise"),
        ("supply_day", "supply", "igst_paise"),
        ("supply_day", "supply", "quantity_milli"),
    ] {
        let sum = |table: &str| -> Result<i64, rusqlite::Error> {
            look.sql().query_row(&format!("SELECT coalesce(sum({column}), 0) FROM {table}"), [], |row| row.get(0))
        };
        let (above, below) = (sum(roll_up)?, sum(rows)?);
        if above != below {
            wrong.push(format!("{roll_up}.{column} is {above}, its rows are {below}"));
        }
    }
    Ok(())
}
