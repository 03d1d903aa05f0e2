//! The checks themselves, from the pages of the file up to the shop's promises.

use std::collections::HashMap;
use std::path::Path;

use pakka::journal::chain::{self, Hash};
use pakka::journal::{Entry, book};
use pakka::promises;
use pakka::store::{Shop, StoreError};
use pakka::vault::{Key, Unlocked};

use super::Check;

/// The most places of one check that are told.
const TOLD_MAX: usize = 20;
/// A hundred years of days: a day key beyond it is none.
const DAYS_MAX: u32 = 36_525;

/// Every check, and how many facts the journal has.
pub fn all(shop: &Shop, unlocked: &Unlocked, path: &Path, key: &Key) -> Result<(u64, Vec<Check>), StoreError> {
    let look = shop.look();
    let (facts, chain) = match book::verify(look.sql())? {
        Ok(facts) => (facts, Vec::new()),
        Err(broken) => (0, vec![broken.to_string()]),
    };
    let scratch = path.with_extension("doctor");
    let differences = shop.compare_with_rebuild(&scratch, key);
    for end in ["", "-wal", "-shm"] {
        let mut name = scratch.clone().into_os_string();
        name.push(end);
        // Gone already unless the comparison stopped midway.
        let _ = std::fs::remove_file(name);
    }
    let differences = differences?.into_iter().map(|one| {
        format!("{}: {} rows here, {} from the journal, or other contents", one.table, one.rows_here, one.rows_rebuilt)
    });
    let promises = promises::check(look)?.into_iter().map(|broken| format!("{}: {}", broken.promise, broken.detail));
    let checks = vec![
        Check::new("every page of the file carries its MAC", said(shop, "PRAGMA cipher_integrity_check")?),
        Check::new("the file's trees and indices agree", said(shop, "PRAGMA integrity_check")?),
        Check::new("the chain of every stream holds from its first fact", chain),
        Check::new("every fact carries the MAC of its day", macs(shop, unlocked)?),
        Check::new("the journal is as long as this computer last saw it", mark(shop, unlocked)?),
        Check::new("every derived table is what the journal gives", differences.take(TOLD_MAX).collect()),
        Check::new("the shop's promises hold", promises.take(TOLD_MAX).collect()),
    ];
    Ok((facts, checks))
}

/// What the database itself says is wrong.
fn said(shop: &Shop, pragma: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = shop.look().sql().prepare(pragma)?;
    let said: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(said.into_iter().filter(|line| line != "ok").take(TOLD_MAX).collect())
}

/// Facts whose MAC is not that of their day under the root key.
fn macs(shop: &Shop, unlocked: &Unlocked) -> Result<Vec<String>, StoreError> {
    let mut days: HashMap<u32, Vec<Hash>> = HashMap::new();
    let mut wrong = Vec::new();
    book::each(shop.look().sql(), |entry: Entry| -> Result<(), StoreError> {
        if wrong.len() == TOLD_MAX {
            return Ok(());
        }
        let keys = days.entry(entry.epoch).or_insert_with(|| {
            let first = unlocked.keys.sub("audit", entry.epoch).expect("the doctor asks for an owner");
            vec![*first.expose()]
        });
        let (stream, seq) = (entry.fact.stream, entry.fact.seq);
        if entry.day_key > DAYS_MAX {
            // No key is worked out for it: the way there would take longer than anybody waits.
            wrong.push(format!("stream {stream}: entry {seq} names a day that never was"));
            return Ok(());
        }
        let day = entry.day_key as usize;
        while keys.len() <= day {
            keys.push(chain::next_day_key(&keys[keys.len() - 1]));
        }
        // Seen from its own day's key the entry lies on the first day.
        if let Err(broken) = chain::check_mac(&keys[day], &Entry { day_key: 0, ..entry }) {
            wrong.push(format!("stream {stream}: {broken}"));
        }
        Ok(())
    })?;
    Ok(wrong)
}

/// Whether an older file was put in the place of the one that this computer knows.
fn mark(shop: &Shop, unlocked: &Unlocked) -> Result<Vec<String>, StoreError> {
    let stream = shop.stream();
    let Some(mark) = unlocked.state.mark(&stream) else { return Ok(Vec::new()) };
    if mark.seq == 0 {
        return Ok(Vec::new());
    }
    Ok(match book::entry(shop.look().sql(), stream, mark.seq)? {
        Some(entry) if entry.hash == mark.hash => Vec::new(),
        Some(_) => vec![format!("fact {} is another than this computer saw", mark.seq)],
        None => vec![format!("this computer saw {} facts, the file has {}", mark.seq, shop.head()?.0)],
    })
}
