//! What the customer hands over, and what goes back.

use serde::{Deserialize, Serialize};

use super::SaleError;
use crate::cash::TenderKind;
use crate::money::Paise;

/// One way of paying and how much of it was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tender {
    #[serde(rename = "k")]
    pub kind: TenderKind,
    #[serde(rename = "a")]
    pub amount: Paise,
}

/// The most parts in which a bill is paid.
const TENDERS_MAX: usize = 100;

/// A bill that is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// As handed over.
    pub tenders: Vec<Tender>,
    pub given: Paise,
    /// Given back in cash.
    pub change: Paise,
}

/// Settles a total with what was handed over; nothing handed over means the exact amount in cash.
///
/// Change is given from cash only. The total is the rounded one: rounding is done once, by the price engine.
///
/// # Errors
/// [`SaleError::TenderShort`] with the missing amount, [`SaleError::TenderOver`] when more than the total was
/// paid without cash, [`SaleError::Tender`] for an amount that is not above zero and for more than a hundred of them.
pub fn settle(total: Paise, tenders: &[Tender]) -> Result<Settlement, SaleError> {
    let tenders = match tenders {
        [] if total.is_zero() => Vec::new(),
        [] => vec![Tender { kind: TenderKind::Cash, amount: total }],
        some => some.to_vec(),
    };
    if tenders.len() > TENDERS_MAX || tenders.iter().any(|tender| tender.amount <= Paise::ZERO) {
        return Err(SaleError::Tender);
    }
    let of =
        |cash: bool| tenders.iter().filter(|t| (t.kind == TenderKind::Cash) == cash).map(|t| t.amount).sum::<Paise>();
    let (cash, other) = (of(true), of(false));
    if other > total {
        return Err(SaleError::TenderOver { over: other - total });
    }
    let given = cash + other;
    if given < total {
        return Err(SaleError::TenderShort { missing: total - given });
    }
    Ok(Settlement { tenders, given, change: given - total })
}

impl Settlement {
    /// What stays with the shop, per way of paying: cash less the change.
    #[must_use]
    pub fn kept(&self) -> Vec<Tender> {
        let mut kept: Vec<Tender> = Vec::new();
        for tender in &self.tenders {
            match kept.iter_mut().find(|other| other.kind == tender.kind) {
                Some(other) => other.amount = other.amount + tender.amount,
                None => kept.push(*tender),
            }
        }
        for tender in kept.iter_mut().filter(|tender| tender.kind == TenderKind::Cash) {
            tender.amount = tender.amount - self.change;
        }
        kept.retain(|tender| !tender.amount.is_zero());
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use TenderKind::{Card, Cash, Upi};
    use proptest::prelude::*;

    fn pay(total: i64, tenders: &[(TenderKind, i64)]) -> Result<Settlement, SaleError> {
        let tenders: Vec<Tender> =
            tenders.iter().map(|(kind, rupees)| Tender { kind: *kind, amount: Paise::rupees(*rupees) }).collect();
        settle(Paise::rupees(total), &tenders)
    }

    #[test]
    fn change_comes_from_cash_alone() {
        for (total, tenders, change) in [
            (236, vec![], 0),
            (236, vec![(Cash, 500)], 264),
            (654, vec![(Cash, 300), (Upi, 354)], 0),
            (654, vec![(Upi, 354), (Cash, 500)], 200),
            (0, vec![], 0),
        ] {
            assert_eq!(pay(total, &tenders).expect("paid").change, Paise::rupees(change));
        }
    }

    #[test]
    fn what_does_not_pay_the_bill_is_refused() {
        assert!(
            matches!(pay(236, &[(Cash, 200)]), Err(SaleError::TenderShort { missing }) if missing == Paise::rupees(36))
        );
        assert!(matches!(pay(236, &[(Card, 300)]), Err(SaleError::TenderOver { over }) if over == Paise::rupees(64)));
        assert!(matches!(pay(236, &[(Cash, 0)]), Err(SaleError::Tender)));
        assert!(matches!(pay(236, &[(Cash, 300), (Upi, -64)]), Err(SaleError::Tender)));
    }

    proptest! {
        #[test]
        fn what_is_kept_is_the_total(total in 1i64..1_000_000, cash in 1i64..2_000_000, upi in 1i64..1_000_000) {
            let tenders = [(Cash, cash), (Upi, upi)].map(|(kind, paise)| Tender { kind, amount: Paise::new(paise) });
            if let Ok(paid) = settle(Paise::new(total), &tenders) {
                prop_assert_eq!(paid.kept().iter().map(|t| t.amount).sum::<Paise>(), Paise::new(total));
                prop_assert_eq!(paid.given - paid.change, Paise::new(total));
            }
        }
    }
}
