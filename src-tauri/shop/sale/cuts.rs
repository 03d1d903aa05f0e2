//! What was taken off a bill, piece by piece: who gave it, who said yes, and how much each answers for. Pure.

use std::collections::BTreeMap;

use super::{Allowed, SealedLine};
use crate::id::StaffId;
use crate::money::Paise;

/// Where something was taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A discount on the line of this place.
    Line(usize),
    /// A price below the item's own, on the line of this place.
    Price(usize),
    /// A discount on the whole bill.
    Bill,
}

/// One thing that was taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub place: Place,
    pub by: StaffId,
    pub allowed: Option<Allowed>,
    pub off: Paise,
    /// What it was taken off from.
    pub whole: Paise,
}

/// Everything taken off these lines; `by` and `allowed` are those of the bill's discount.
///
/// What does not say who gave it was given by the cashier who closes the bill.
pub(super) fn cuts(lines: &[SealedLine], by: Option<StaffId>, allowed: Option<Allowed>, cashier: StaffId) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let by = line.discount_by.unwrap_or(cashier);
        cuts.push(Cut {
            place: Place::Line(at),
            by,
            allowed: line.allowed,
            off: line.line_discount,
            whole: line.gross,
        });
        if let Some(whole) = line.listed.and_then(|listed| line.quantity.at(listed)) {
            let by = line.price_by.unwrap_or(cashier);
            let off = (whole - line.gross).max(Paise::ZERO);
            cuts.push(Cut { place: Place::Price(at), by, allowed: line.price_allowed, off, whole });
        }
    }
    let off = lines.iter().map(|line| line.bill_discount).sum();
    let whole = lines.iter().map(|line| line.gross - line.line_discount).sum();
    cuts.push(Cut { place: Place::Bill, by: by.unwrap_or(cashier), allowed, off, whole });
    cuts.retain(|cut| !cut.off.is_zero());
    cuts
}

impl Cut {
    /// Who answers for how much of it: whoever said yes for what the yes covered, the giver for what grew beyond.
    fn charges(&self) -> impl Iterator<Item = (StaffId, Paise)> {
        let covered = self.allowed.map_or(Paise::ZERO, |allowed| allowed.amount.min(self.off));
        let yes = self.allowed.map(|allowed| (allowed.by, covered));
        yes.into_iter().chain([(self.by, self.off - covered)]).filter(|(_, amount)| !amount.is_zero())
    }

    pub fn is_charged_to(&self, who: StaffId) -> bool {
        self.charges().any(|(charged, _)| charged == who)
    }
}

/// How much each person answers for.
pub(super) fn charges(cuts: &[Cut]) -> BTreeMap<StaffId, Paise> {
    let mut sums = BTreeMap::new();
    for (who, amount) in cuts.iter().flat_map(Cut::charges) {
        let sum = sums.entry(who).or_insert(Paise::ZERO);
        *sum = *sum + amount;
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_is_answered_for_as_far_as_it_went() {
        let (ravi, asha) = (StaffId(1), StaffId(2));
        let cut = |off: i64, yes: Option<i64>| Cut {
            place: Place::Bill,
            by: ravi,
            allowed: yes.map(|amount| Allowed { by: asha, share: 0, amount: Paise::new(amount) }),
            off: Paise::new(off),
            whole: Paise::new(1000),
        };
        for (off, yes, of_ravi, of_asha) in
            [(100, None, 100, 0), (100, Some(100), 0, 100), (100, Some(60), 40, 60), (50, Some(60), 0, 50)]
        {
            let sums = charges(&[cut(off, yes)]);
            let sum = |who| sums.get(&who).copied().unwrap_or_default().get();
            assert_eq!((sum(ravi), sum(asha)), (of_ravi, of_asha), "{off} of {yes:?}");
        }
    }
}
