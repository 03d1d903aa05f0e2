//! An open bill as the price engine wants it.

use super::Bill;
use crate::customer::Customer;
use crate::price::{Basket, BasketLine, Buyer, BuyerKind, Seller, Treatment};
use crate::profile::Profile;

/// The basket of a bill: its lines that count, the shop as it is registered, the buyer as known.
pub(super) fn basket(bill: &Bill, profile: &Profile, buyer: Option<&Customer>) -> Basket {
    Basket {
        seller: Seller { state: profile.state, scheme: profile.scheme },
        buyer: Buyer {
            kind: match buyer.and_then(|buyer| buyer.gstin.as_ref()) {
                Some(_) => BuyerKind::Registered,
                None => BuyerKind::Unregistered,
            },
            state: buyer.and_then(|buyer| buyer.state),
            under_lut: false,
        },
        place: None,
        reverse_charge: false,
        round_to_rupee: profile.round_to_rupee,
        discount: bill.discount,
        lines: bill
            .live()
            .map(|line| BasketLine {
                hsn: line.hsn.clone(),
                is_service: line.is_service,
                quantity: line.quantity,
                unit: line.unit,
                price: line.price,
                inclusive: line.inclusive,
                discount: line.discount,
                treatment: Treatment::Class(line.rate_class.clone()),
            })
            .collect(),
    }
}
