//! How large a deed at the counter is, and whose right it needs.
//!
//! Whoever gives a discount or lowers a price answers for it, or whoever said yes: each with the share his role
//! reaches to and with what is left of his day, whoever closes the bill.

use super::actions::{OpenBill, sealed_lines};
use super::cuts::{Cut, Place, charges, cuts};
use super::facts::another;
use super::{Allowed, Bill, BillLine, SaleError};
use crate::id::StaffId;
use crate::money::{Paise, UnitPrice};
use crate::price::Discount;
use crate::staff::{self, Deed, StaffError};
use crate::store::Act;

/// Hundredths of a percent in a whole.
const WHOLE: i128 = 10_000;

/// The discounts of a bill as it now stands: each line's share, the bill's, then all of the day with them.
///
/// Asked at every change and when the bill is sealed, since a quantity, a price or a line that goes changes a share.
/// A yes that was needed is noted where it was.
pub(super) fn discounts(act: &Act<'_>, opened: &mut OpenBill) -> Result<(), SaleError> {
    let Some(priced) = &opened.priced else { return on_an_empty_bill(act, &opened.bill) };
    let here = act.stamp().staff;
    let bill = &mut opened.bill;
    let cuts_of = |bill: &Bill| {
        let by = another(bill.discount_by, here, true);
        cuts(&sealed_lines(bill, priced, here), by, bill.allowed, here)
    };
    let mut found = cuts_of(bill);
    for cut in &mut found {
        let deed = match cut.place {
            Place::Line(_) => Deed::DiscountLine,
            Place::Bill => Deed::DiscountBill,
            // Its share was asked about when it was typed, and no quantity changes it.
            Place::Price(_) => continue,
        };
        cut.allowed = ask(act, deed, cut)?;
    }
    of_the_day(act, &mut found)?;
    note(bill, &found);
    Ok(())
}

/// Whose yes a discount has: none where the giver's role reaches so far, else the one it had or a new one.
fn ask(act: &Act<'_>, deed: Deed, cut: &Cut) -> Result<Option<Allowed>, SaleError> {
    let share = share(cut.off, cut.whole);
    if cut.allowed.is_some_and(|given| given.share >= share) || staff::actions::may(act, cut.by, deed, share)? {
        return Ok(cut.allowed);
    }
    let yes = staff::actions::check(act, deed, share)?;
    Ok(Some(cut.allowed_by(yes.unwrap_or(act.stamp().staff))))
}

impl Cut {
    fn allowed_by(&self, by: StaffId) -> Allowed {
        Allowed { by, share: share(self.off, self.whole), amount: self.off }
    }
}

/// Holds what each person answers for against his day; what is too much goes over to whoever stands here or said yes.
fn of_the_day(act: &Act<'_>, found: &mut Vec<Cut>) -> Result<(), SaleError> {
    let fits = |who, sum: Paise| staff::actions::may_today(act, who, Deed::DiscountDay, size(sum));
    let (here, approver) = (act.stamp().staff, act.stamp().approver);
    loop {
        let mut over = None;
        for (who, sum) in charges(found) {
            if !fits(who, sum)? {
                over = Some((who, sum));
            }
        }
        let Some((who, sum)) = over else { return Ok(()) };
        let mut taken = None;
        for other in [Some(here), approver].into_iter().flatten().filter(|other| *other != who) {
            let mut next = found.clone();
            let theirs = next.iter_mut().filter(|cut| cut.is_charged_to(who));
            theirs.for_each(|cut| cut.allowed = Some(cut.allowed_by(other)));
            let sum = charges(&next).get(&other).copied().unwrap_or_default();
            let may_say_yes = other == here || staff::actions::may(act, other, Deed::Approve, 0)?;
            if taken.is_none() && may_say_yes && fits(other, sum)? {
                taken = Some(next);
            }
        }
        match taken {
            Some(next) => *found = next,
            None => {
                let role = staff::actions::find(act.look(), approver.unwrap_or(here))?.role;
                return Err(StaffError::NeedsYes { role, deed: Deed::DiscountDay, size: size(sum) }.into());
            }
        }
    }
}

/// Writes every yes where it belongs; one to something that is gone goes too.
fn note(bill: &mut Bill, found: &[Cut]) {
    let yes = |place| found.iter().find(|cut| cut.place == place).and_then(|cut| cut.allowed);
    for (at, line) in bill.lines.iter_mut().filter(|line| !line.removed).enumerate() {
        line.allowed = yes(Place::Line(at));
        line.price_allowed = yes(Place::Price(at));
    }
    bill.allowed = yes(Place::Bill);
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

/// Another price on a line; tells whose yes it needed.
pub(super) fn price(act: &Act<'_>, line: &BillLine, price: UnitPrice) -> Result<Option<Allowed>, SaleError> {
    if line.inclusive && line.mrp.is_some_and(|mrp| price > UnitPrice::from_paise(mrp)) {
        staff::actions::check(act, Deed::AboveMrp, 0)?;
    }
    if price >= line.listed {
        return Ok(None);
    }
    let (off, whole) = (line.listed.get() - price.get(), line.listed.get());
    let share = ceiling(i128::from(off) * WHOLE, i128::from(whole));
    let yes = staff::actions::check(act, Deed::LowerPrice, share)?;
    let at = |price| line.quantity.at(price).unwrap_or_default();
    Ok(yes.map(|by| Allowed { by, share, amount: at(line.listed) - at(price) }))
}

/// Something that is no item of the shop.
pub(super) fn nameless(act: &Act<'_>) -> Result<(), SaleError> {
    staff::actions::check(act, Deed::Nameless, 0)?;
    Ok(())
}

/// One more line off, quantity lowered or bill thrown away.
pub(super) fn take_off(act: &Act<'_>) -> Result<(), SaleError> {
    staff::actions::check_today(act, Deed::TakeOff, 1)?;
    Ok(())
}

/// One more bill cancelled.
pub(super) fn cancel(act: &Act<'_>, total: Paise) -> Result<(), SaleError> {
    staff::actions::check_today(act, Deed::Cancel, size(total))?;
    Ok(())
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
