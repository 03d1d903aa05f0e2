//! The checks themselves, from the pages of the file up to the shop's promises.

use std::collections::HashMap;
use std::path::Path;

use pakka::journal::chain::DayKeys;
use pakka::journal::{Entry, book};
use pakka::promises;
use pakka::records::{self, Doubt};
use pakka::store::{Shop, StoreError};
use pakka::vault::{Key, Unlocked};

use super::Check;

/// The most places of one check that are told.
const TOLD_MAX: usize = 20;

/// Every check, and how many facts the journal has.
pub fn all(shop: &Shop, unlocked: &Unlocked, path: &Path, key: &Key) -> Result<(u64, Vec<Check>), StoreError> {
    let look = shop.look();
    let (facts, chain) = match book::verify(look.sql())? {
        Ok(facts) => (facts, Vec::new()),
        Err((stream, broken)) => (0, vec![format!("stream {stream}: {broken}")]),
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
    let mut epochs: HashMap<u32, DayKeys> = HashMap::new();
    let mut wrong = Vec::new();
    book::each(shop.look().sql(), |entry: Entry| -> Result<(), StoreError> {
        let keys = epochs.entry(entry.epoch).or_insert_with(|| {
            DayKeys::new(unlocked.keys.sub("audit", entry.epoch).expect("the doctor asks for an owner").expose())
        });
        if let Err(broken) = keys.check(&entry)
            && wrong.len() < TOLD_MAX
        {
            wrong.push(format!("stream {}: {broken}", entry.fact.stream));
        }
        Ok(())
    })?;
    Ok(wrong)
}

/// Whether the file lacks what this computer saw, and no owner has gone on without it.
fn mark(shop: &Shop, unlocked: &Unlocked) -> Result<Vec<String>, StoreError> {
    let doubts = records::actions::examine(shop, unlocked)?;
    let missing = doubts.into_iter().filter_map(|doubt| match doubt {
        Doubt::Older { stream, seen, here } => {
            Some(format!("stream {stream}: this computer saw {seen} facts, the file has {here} or others"))
        }
        Doubt::Changed | Doubt::Broken { .. } => None,
    });
    Ok(missing.collect())
}
