//! How large a deed at the counter is, for the question of right.

use super::actions::{open, sealed_lines};
use super::facts::own_discount;
use super::{Bill, BillLine, SaleError};
use crate::id::StaffId;
use crate::money::{Paise, UnitPrice};
use crate::staff::{self, Deed, Tally};
use crate::store::Act;

/// Hundredths of a percent in a whole.
const WHOLE: i128 = 10_000;

/// A discount that was just put on a line or on the bill: its share, then all of the day with it. Gives whose yes was
/// needed.
pub(super) fn discount(act: &Act<'_>, bill: &Bill, no: Option<u32>) -> Result<Option<StaffId>, SaleError> {
    let stamp = *act.stamp();
    let opened = open(act.look(), bill.clone(), stamp.day())?;
    let Some(priced) = &opened.priced else { return Ok(None) };
    let lines = sealed_lines(&opened.bill, priced, stamp.staff);
    let of = |line: Option<&super::facts::SealedLine>| line.map(|line| (line.line_discount, line.gross));
    let (deed, off, whole) = match no {
        Some(no) => {
            let place = opened.bill.live().position(|line| line.no == no);
            let (off, whole) = of(place.and_then(|place| lines.get(place))).unwrap_or_default();
            (Deed::DiscountLine, off, whole)
        }
        None => {
            let off = lines.iter().map(|line| line.bill_discount).sum();
            let whole = lines.iter().map(|line| line.gross - line.line_discount).sum();
            (Deed::DiscountBill, off, whole)
        }
    };
    if off.is_zero() {
        return Ok(None);
    }
    let allowed = staff::actions::check(act, deed, share(off, whole))?;
    if allowed.is_some() {
        return Ok(allowed);
    }
    let of_day = tally(act)?.discount + own_discount(&lines, opened.bill.allowed);
    Ok(staff::actions::check(act, Deed::DiscountDay, size(of_day))?)
}

/// Another price on a line.
pub(super) fn price(act: &Act<'_>, line: &BillLine, price: UnitPrice) -> Result<(), SaleError> {
    if line.inclusive && line.mrp.is_some_and(|mrp| price > UnitPrice::from_paise(mrp)) {
        staff::actions::check(act, Deed::AboveMrp, 0)?;
    }
    if price < line.listed {
        let (off, whole) = (line.listed.get() - price.get(), line.listed.get());
        staff::actions::check(act, Deed::LowerPrice, ceiling(i128::from(off) * WHOLE, i128::from(whole)))?;
    }
    Ok(())
}

/// One more line off, quantity lowered or bill thrown away.
pub(super) fn take_off(act: &Act<'_>) -> Result<(), SaleError> {
    staff::actions::check(act, Deed::TakeOff, tally(act)?.taken_off + 1)?;
    Ok(())
}

/// One more bill cancelled.
pub(super) fn cancel(act: &Act<'_>, total: Paise) -> Result<(), SaleError> {
    staff::actions::check(act, Deed::Cancel, size(tally(act)?.cancelled + total))?;
    Ok(())
}

fn tally(act: &Act<'_>) -> Result<Tally, SaleError> {
    Ok(staff::tally(act.look(), act.stamp().staff, act.stamp().day())?)
}

/// Hundredths of a percent, rounded up: a limit is not passed by a fraction.
fn share(off: Paise, whole: Paise) -> u64 {
    ceiling(i128::from(off.get()) * WHOLE, i128::from(whole.get()))
}

fn ceiling(part: i128, whole: i128) -> u64 {
    if whole <= 0 { 0 } else { u64::try_from((part + whole - 1) / whole).unwrap_or(u64::MAX) }
}

fn size(amount: Paise) -> u64 {
    u64::try_from(amount.get()).unwrap_or(0)
}
