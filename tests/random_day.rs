//! Whatever is done at a counter on whatever days: its books agree, and what was refused left no trace.

mod support;

use proptest::prelude::*;
use support::deeds::{Till, cases, deed};
use support::{Counter, sharma_stores};

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn the_books_agree_after_any_day(deeds in prop::collection::vec(deed(), 40..80), seed in any::<u64>()) {
        let mut till = Till::new(Counter::new(&sharma_stores(), "A", seed), "A");
        for deed in &deeds {
            till.does(deed);
        }
        till.counter.check_promises();
        till.counter.check_rebuild();
    }
}

#[test]
fn the_deeds_reach_what_a_counter_does_and_what_it_refuses() {
    let mut till = Till::new(Counter::new(&sharma_stores(), "A", 1), "A");
    for deed in support::deeds::deeds_of(1, 600) {
        till.does(&deed);
    }
    till.counter.check_promises();
    till.counter.check_rebuild();
    assert!(till.documents.len() > 30, "only {} documents", till.documents.len());
    assert!(till.numbered.len() > 1, "no new fiscal year");
    // What comes up in six hundred deeds whatever the order is; the stories name the rest one by one.
    for code in [
        "sale.empty",
        "sale.no_such_line",
        "sale.quantity",
        "sale.tender_short",
        "sale.tender_over",
        "sale.cancel_too_late",
        "sale.address_missing",
        "ground.quantity",
        "ground.amount",
        "price.discount_too_large",
        "catalog.no_such_import",
    ] {
        assert!(till.refused.contains_key(code), "{code} never came up among {:?}", till.refused);
    }
}
