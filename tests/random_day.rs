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
    for code in [
        "sale.empty",
        "sale.no_such_line",
        "sale.quantity",
        "sale.price",
        "sale.tender_short",
        "sale.tender_over",
        "sale.nameless_name",
        "sale.cancelled_already",
        "sale.cancel_too_late",
        "sale.reason_missing",
        "sale.no_such_document",
        "ground.quantity",
        "ground.amount",
        "gst.gstin_check",
        "customer.phone",
        "customer.empty",
    ] {
        assert!(till.refused.contains_key(code), "{code} never came up among {:?}", till.refused);
    }
}
