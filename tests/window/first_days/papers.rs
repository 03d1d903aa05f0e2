//! Bills on paper, cancelled, and added up at the end of the day.

use std::path::Path;

use pakka::money::Paise;
use pakka::print::words::{in_english, in_hindi};
use pakka_window_tests::{Till, paper, story};

use super::counter::{Day, Sale};
use super::{BULBUL, ITEM, MAN, MAN_ADDRESS, MAN_GSTIN, MAN_PHONE};

const SHOP_GSTIN: &str = "27AAPFU0939F1ZV";
/// Why a bill is taken back.
const REASON: &str = "Billed twice";

pub fn each_paper_says_what_it_must(till: &mut Till, day: &Day) {
    let between_states = day.sales.iter().find(|sale| sale.igst > 0).expect("a bill between States");
    story::find_bill(till, &between_states.number);
    for (a4, hindi) in [(true, false), (true, true), (false, true), (false, false)] {
        take(till, a4, hindi);
        till.shot(&format!("30-paper-{}-{}", if a4 { "a4" } else { "80mm" }, if hindi { "hi" } else { "en" }));
        let path = story::save_pdf(till);
        assert!(path.starts_with(till.papers()), "{}", path.display());
        of_another_state(&path, between_states, a4, hindi);
        println!("read back: {}", path.file_name().expect("a name").display());
    }

    take(till, true, false);
    let weighed = &day.sales[1];
    story::find_bill(till, &weighed.number);
    let untaxed = paper::read(&story::save_pdf(till));
    untaxed.have(&["Bill of Supply", &weighed.number, "0713", "126.00", "0.75"]);
    untaxed.lack(&["CGST", "SGST", "IGST", "Taxable", "Tax Invoice"]);

    let inside = &day.sales[0];
    story::find_bill(till, &inside.number);
    let inside_state = paper::read(&story::save_pdf(till));
    inside_state.have(&["Tax Invoice", &inside.number, "CGST", "SGST", "Maharashtra", &inside.hsn[0]]);
    inside_state.lack(&["IGST", "Karnataka"]);
}

fn of_another_state(path: &Path, sale: &Sale, a4: bool, hindi: bool) {
    let words = paper::read(path);
    let igst = Paise::new(sale.igst).to_string();
    let total = Paise::new(sale.total);
    words.have(&[&sale.number, SHOP_GSTIN, MAN_GSTIN, MAN, MAN_PHONE, MAN_ADDRESS, "IGST", &igst, "₹"]);
    words.have(&[&total.to_string()]);
    words.lack(&["CGST", "SGST", "UTGST"]);
    for hsn in &sale.hsn {
        words.have(&[hsn]);
    }
    if hindi {
        words.have(&["कुल", "सप्लाई की जगह", BULBUL, &in_hindi(total)]);
    } else {
        words.have(&["Total", "Place of supply", "Karnataka (29)", ITEM, &in_english(total)]);
    }
    // A narrow roll has the words without their label.
    if a4 {
        words.have(&[if hindi { "शब्दों में" } else { "Amount in words" }]);
    }
}

/// Turns the open bill to this paper and language.
fn take(till: &mut Till, a4: bool, hindi: bool) {
    let wanted = [
        ("bill-paper", if a4 { "a4" } else { "mm80" }, "Alt+P"),
        ("bill-language", if hindi { "hi" } else { "en" }, "Alt+G"),
    ];
    for (list, value, key) in wanted {
        if till.text(&format!("#{list}")) != value {
            till.key(key);
        }
        assert_eq!(till.text(&format!("#{list}")), value);
    }
    till.wait_for(if a4 { ".paper:not(.narrow)[data-pages]" } else { ".paper.narrow[data-pages]" });
}

pub fn a_bill_is_cancelled(till: &mut Till, day: &mut Day) {
    let first = &mut day.sales[0];
    story::find_bill(till, &first.number);
    till.key("Alt+X");
    till.wait_for("#cancel-dialog");
    till.fill("cancel-reason", REASON);
    till.shot("31-cancel");
    till.key("Alt+X");
    till.see(REASON);
    first.cancelled = true;
    till.shot("31-cancelled");
    let cancelled = paper::read(&story::save_pdf(till));
    // The word across the page stands slanted, and comes out letter by letter.
    cancelled.have(&[&format!("{} was cancelled on", first.number), REASON]);
}

pub fn the_day_adds_up(till: &mut Till, day: &Day) {
    let standing = || day.sales.iter().filter(|sale| !sale.cancelled);
    till.key("F8");
    till.on_screen("day");
    assert_eq!(till.paise("[data-total]", "total"), standing().map(|sale| sale.total).sum::<i64>(), "the day's sales");
    assert_eq!(till.number("[data-bills]"), standing().count());
    assert_eq!(till.number("[data-cancelled]"), day.sales.len() - standing().count());
    for (kind, upi) in [("cash", false), ("upi", true)] {
        let amount = standing().filter(|sale| sale.upi == upi).map(|sale| sale.total).sum::<i64>();
        assert_eq!(till.figure(&format!("tr[data-tender='{kind}'] .strong")), amount, "taken by {kind}");
    }
    assert_eq!(till.figure("dl.tax div:nth-child(3) dd"), standing().map(|sale| sale.igst).sum::<i64>(), "IGST");
    till.shot("32-day");

    till.key("Alt+B");
    till.on_screen("bills");
    till.wait_for(&format!("[data-count='{}']", day.sales.len()));
    assert_eq!(till.count("[data-bill]"), day.sales.len());
    for sale in &day.sales {
        till.wait_for(&format!("[data-bill={:?}]", sale.number));
    }
    till.shot("32-bills");
    till.key("F10");
    till.on_screen("counter");
}
