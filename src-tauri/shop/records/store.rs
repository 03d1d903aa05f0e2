//! All SQL of the records.

use rusqlite::params;

use super::Doubt;
use crate::store::{Look, StoreError};

/// Whether an owner was told of this before and went on.
pub(super) fn is_known(look: Look<'_>, doubt: &Doubt) -> Result<bool, StoreError> {
    let (sql, stream, seq) = match doubt {
        // Whoever went on without the entries up to one went on without those before it.
        Doubt::Older { stream, seen, .. } => (
            "SELECT EXISTS (SELECT 1 FROM doubt WHERE of_stream = ?1 AND what = 'older' AND of_seq >= ?2)",
            stream,
            seen,
        ),
        Doubt::Broken { stream, seq } => (
            "SELECT EXISTS (SELECT 1 FROM doubt WHERE of_stream = ?1 AND what = 'broken' AND of_seq = ?2)",
            stream,
            seq,
        ),
        Doubt::Changed => return Ok(false),
    };
    Ok(look.sql().prepare_cached(sql)?.query_row(params![stream.bytes(), *seq as i64], |row| row.get(0))?)
}
