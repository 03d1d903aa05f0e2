//! Where a supply is made, and so which taxes it bears: CGST with SGST or UTGST, or IGST.

use serde::{Deserialize, Serialize};

use super::state::State;
use crate::day::Day;

/// Who buys, as far as tax asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuyerKind {
    /// Anybody without a GSTIN: nearly everyone at a counter.
    #[default]
    Unregistered,
    /// A buyer with a GSTIN or UIN.
    Registered,
    /// A unit or developer of a Special Economic Zone.
    Sez,
    /// A buyer to whom goods or services go abroad. A foreigner at the counter is `Unregistered`.
    Overseas,
}

/// What is supplied, as far as its place depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supplied {
    Goods,
    Service,
    /// A service that happens where it is performed: salon, fitness, restaurant (IGST Act s.12(4)).
    InShop,
}

impl Supplied {
    /// Tells by HSN or SAC: 9997 (salon, fitness) and 9963 (restaurant, lodging) are performed in the shop.
    #[must_use]
    pub fn of(hsn: &str, is_service: bool) -> Supplied {
        if hsn.starts_with("9997") || hsn.starts_with("9963") {
            Supplied::InShop
        } else if is_service || hsn.starts_with("99") {
            Supplied::Service
        } else {
            Supplied::Goods
        }
    }
}

/// Whether a supply stays in the seller's State.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// CGST and SGST.
    Intra,
    /// CGST and UTGST: the seller's State is a Territory without legislature.
    IntraTerritory,
    /// IGST.
    Inter,
}

impl Flow {
    #[must_use]
    pub const fn is_inter(self) -> bool {
        matches!(self, Flow::Inter)
    }

    /// What the local half of the tax is called on paper.
    #[must_use]
    pub const fn local_tax(self) -> &'static str {
        if matches!(self, Flow::IntraTerritory) { "UTGST" } else { "SGST" }
    }
}

/// The place of supply and what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub state: State,
    pub flow: Flow,
}

/// The State where a supply over the counter is made, before anybody overrules it (gst.md §2.2).
///
/// `buyer_state` is the State recorded for the buyer: of the GSTIN, or of the address on the bill.
#[must_use]
pub fn place_of_supply(seller: State, buyer: BuyerKind, buyer_state: Option<State>, what: Supplied) -> State {
    match (what, buyer) {
        // IGST Act s.12(4): where it is performed, whoever the customer is.
        (Supplied::InShop, _) => seller,
        // s.11(b), s.13(2): outside India.
        (_, BuyerKind::Overseas) => State::OTHER_COUNTRY,
        // s.10(1)(a), (b) and (ca), s.12(2): the buyer's recorded State, and the shop's where none is recorded.
        _ => buyer_state.unwrap_or(seller),
    }
}

/// Whether a supply from `seller` to `place` is intra- or inter-State on `day` (IGST Act s.7 and s.8).
///
/// Supplies abroad and to a Special Economic Zone are inter-State even within one State (s.7(5)).
#[must_use]
pub fn flow(seller: State, place: State, buyer: BuyerKind, day: Day) -> Flow {
    if matches!(buyer, BuyerKind::Sez | BuyerKind::Overseas) || seller.on(day) != place.on(day) {
        Flow::Inter
    } else if seller.on(day).is_union_territory_without_legislature() {
        Flow::IntraTerritory
    } else {
        Flow::Intra
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(code: &str) -> State {
        State::read(code).expect("a code")
    }

    #[test]
    fn the_place_follows_the_buyer_but_services_stay_in_the_shop() {
        use BuyerKind::*;
        use Supplied::*;
        for (seller, buyer, recorded, what, place) in [
            ("27", Unregistered, None, Goods, "27"),
            ("27", Unregistered, Some("29"), Goods, "29"),
            ("27", Registered, Some("24"), Goods, "24"),
            ("27", Registered, Some("24"), Service, "24"),
            ("27", Unregistered, None, Service, "27"),
            ("27", Unregistered, Some("29"), InShop, "27"),
            ("27", Registered, Some("29"), InShop, "27"),
            ("27", Overseas, None, Goods, "96"),
            ("27", Overseas, Some("96"), InShop, "27"),
            ("27", Sez, Some("27"), Goods, "27"),
        ] {
            let found = place_of_supply(state(seller), buyer, recorded.map(state), what);
            assert_eq!(found, state(place), "{seller} {buyer:?} {recorded:?} {what:?}");
        }
    }

    #[test]
    fn taxes_follow_the_place() {
        use BuyerKind::*;
        for (seller, place, buyer, day, told) in [
            ("27", "27", Unregistered, "2026-11-22", Flow::Intra),
            ("27", "29", Unregistered, "2026-11-22", Flow::Inter),
            ("27", "27", Sez, "2026-11-22", Flow::Inter),
            ("27", "27", Overseas, "2026-11-22", Flow::Inter),
            ("27", "96", Overseas, "2026-11-22", Flow::Inter),
            ("04", "04", Unregistered, "2026-11-22", Flow::IntraTerritory),
            ("07", "07", Unregistered, "2026-11-22", Flow::Intra),
            ("34", "34", Unregistered, "2026-11-22", Flow::Intra),
            ("01", "01", Unregistered, "2026-11-22", Flow::Intra),
            ("38", "38", Registered, "2026-11-22", Flow::IntraTerritory),
            ("97", "97", Registered, "2026-11-22", Flow::IntraTerritory),
            ("26", "25", Registered, "2026-11-22", Flow::IntraTerritory),
            ("26", "25", Registered, "2019-11-22", Flow::Inter),
        ] {
            let day = Day::read(day).expect("a day");
            assert_eq!(flow(state(seller), state(place), buyer, day), told, "{seller} to {place} {buyer:?}");
        }
    }

    #[test]
    fn codes_tell_services_from_goods() {
        for (hsn, is_service, told) in [
            ("999721", true, Supplied::InShop),
            ("996331", false, Supplied::InShop),
            ("998314", false, Supplied::Service),
            ("", true, Supplied::Service),
            ("19059010", false, Supplied::Goods),
            ("", false, Supplied::Goods),
        ] {
            assert_eq!(Supplied::of(hsn, is_service), told, "{hsn}");
        }
    }
}
