//! How large a deed at the counter is, for the question of right.

use super::actions::{OpenBill, sealed_lines};
use super::facts::own_discount;
use super::{Allowed, Bill, BillLine, SaleError};
use crate::id::StaffId;
use crate::money::{Paise, UnitPrice};
use crate::price::Discount;
use crate::staff::{self, Deed, Tally};
use crate::store::Act;

/// Hundredths of a percent in a whole.
const WHOLE: i128 = 10_000;

/// The discounts of a bill as it now stands: each line's share, the bill's, then all of the day with them.
///
/// Asked at every change and when the bill is sealed, since a quantity, a price or a line that goes changes a share.
/// A yes that was needed is noted where it was.
pub(super) fn discounts(act: &Act<'_>, opened: &mut OpenBill) -> Result<(), SaleError> {
    let Some(priced) = &opened.priced else { return on_an_empty_bill(act, &opened.bill) };
    let lines = sealed_lines(&opened.bill, priced, act.stamp().staff);
    if lines.iter().all(|line| (line.line_discount + line.bill_discount).is_zero()) {
        return Ok(());
    }
    let bill = &mut opened.bill;
    for (line, sealed) in bill.lines.iter_mut().filter(|line| !line.removed).zip(&lines) {
        ask(act, Deed::DiscountLine, &mut line.allowed, sealed.line_discount, sealed.gross)?;
    }
    let off: Paise = lines.iter().map(|line| line.bill_discount).sum();
    let whole = lines.iter().map(|line| line.gross - line.line_discount).sum();
    ask(act, Deed::DiscountBill, &mut bill.allowed, off, whole)?;

    let lines = sealed_lines(bill, priced, act.stamp().staff);
    let of_day = tally(act)?.discount + own_discount(&lines, bill.allowed);
    if let Some(by) = staff::actions::check(act, Deed::DiscountDay, size(of_day))? {
        for (line, sealed) in bill.lines.iter_mut().filter(|line| !line.removed).zip(&lines) {
            line.allowed = allowed(by, sealed.line_discount, sealed.gross);
        }
        bill.allowed = allowed(by, off, whole);
    }
    Ok(())
}

/// Asks about one discount, unless the yes that is there covers its share.
fn ask(act: &Act<'_>, deed: Deed, given: &mut Option<Allowed>, off: Paise, whole: Paise) -> Result<(), SaleError> {
    let share = share(off, whole);
    if share == 0 {
        *given = None;
    } else if given.is_none_or(|given| given.share < share) {
        *given = staff::actions::check(act, deed, share)?.and_then(|by| allowed(by, off, whole));
    }
    Ok(())
}

fn allowed(by: StaffId, off: Paise, whole: Paise) -> Option<Allowed> {
    (!off.is_zero()).then(|| Allowed { by, share: share(off, whole), amount: off })
}

/// Before the first line nobody knows what an amount is a share of, so it counts as the whole.
fn on_an_empty_bill(act: &Act<'_>, bill: &Bill) -> Result<(), SaleError> {
    let share = match bill.discount {
        Discount::None => return Ok(()),
        Discount::Percent(rate) => ceiling(i128::from(rate.get()), 10),
        Discount::Amount(_) => ceiling(WHOLE, 1),
    };
    staff::actions::check(act, Deed::DiscountBill, share)?;
    Ok(())
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
