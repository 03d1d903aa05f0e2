//! All SQL of the takings.

use rusqlite::params;

use super::{Taking, TenderKind};
use crate::day::Day;
use crate::journal::Fact;
use crate::money::Paise;
use crate::store::{Apply, Look, StoreError};

pub(super) fn add(apply: &mut Apply<'_>, fact: &Fact, place: usize, taking: &Taking) -> rusqlite::Result<()> {
    let (day, kind, paise) = (taking.day.to_string(), taking.kind.code(), taking.amount.get());
    apply.run(
        "INSERT INTO taking (stream, seq, place, day, kind, amount_paise) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![fact.stream.bytes(), fact.seq as i64, place as i64, day, kind, paise],
    )?;
    apply.run(
        "INSERT INTO taking_day (day, kind, amount_paise, count) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (day, kind) DO UPDATE SET amount_paise = amount_paise + excluded.amount_paise, \
         count = count + excluded.count",
        params![day, kind, paise, if paise < 0 { -1 } else { 1 }],
    )?;
    Ok(())
}

pub(super) fn taken_on(look: Look<'_>, day: Day) -> Result<Vec<(TenderKind, Paise, i64)>, StoreError> {
    let mut statement =
        look.sql().prepare_cached("SELECT amount_paise, count FROM taking_day WHERE day = ?1 AND kind = ?2")?;
    let mut taken = Vec::new();
    for kind in TenderKind::ALL {
        let mut rows = statement.query(params![day.to_string(), kind.code()])?;
        if let Some(row) = rows.next()? {
            taken.push((kind, Paise::new(row.get(0)?), row.get(1)?));
        }
    }
    Ok(taken)
}
