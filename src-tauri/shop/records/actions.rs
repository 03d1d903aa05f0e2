//! What is asked of the records when the shop is opened, and what its owner does about them.

use super::{Doubt, facts, store};
use crate::journal::chain::Hash;
use crate::store::{Act, Look, Shop, StoreError};
use crate::vault::Unlocked;

/// So many of the last entries are checked whenever the shop is opened (security.md §4.1).
const LAST: u64 = 1_000;

/// What is in doubt about the records of a shop that was just opened: against what this PC saw of the journal, and
/// in the last entries. MACs are checked where an owner opened it; nobody else can work them out.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn examine(shop: &Shop, unlocked: &Unlocked) -> Result<Vec<Doubt>, StoreError> {
    let mut doubts = Vec::new();
    for mark in unlocked.state.marks() {
        if mark.seq > 0 && shop.hash_of(mark.stream, mark.seq)? != Some(mark.hash) {
            let here = shop.head_of(mark.stream)?.0;
            doubts.push(Doubt::Older { stream: mark.stream, seen: mark.seq, here });
        }
    }
    let mut epoch_key = |epoch| unlocked.keys.sub("audit", epoch).ok().map(|key| -> Hash { *key.expose() });
    if let Err(broken) = shop.verify_last(LAST, &mut epoch_key)? {
        doubts.push(Doubt::Broken { stream: shop.stream(), seq: broken.seq() });
    }
    unknown(shop.look(), doubts)
}

/// Those of the doubts that no owner has been told of.
fn unknown(look: Look<'_>, doubts: Vec<Doubt>) -> Result<Vec<Doubt>, StoreError> {
    let mut left = Vec::new();
    for doubt in doubts {
        if !store::is_known(look, &doubt)? {
            left.push(doubt);
        }
    }
    Ok(left)
}

/// The owner goes on, having been told.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn go_on(act: &mut Act<'_>, doubts: &[Doubt]) -> Result<(), StoreError> {
    act.commit(vec![facts::gone_on(doubts)])?;
    Ok(())
}
