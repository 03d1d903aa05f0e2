//! Items come in from a file, and one is made by hand.

use pakka_window_tests::goods::Goods;
use pakka_window_tests::{Till, story};

/// What the columns of a list are taken for without being told.
const HEADS: [(usize, &str); 10] = [
    (1, "barcode"),
    (2, "name"),
    (3, "category"),
    (4, "hsn"),
    (5, "gst_rate"),
    (6, "unit"),
    (7, "mrp"),
    (8, "price"),
    (9, "cost"),
    (10, "opening_stock"),
];

pub fn the_list_is_brought_in_twice(till: &mut Till, list: &Goods) {
    let rows = list.rows.len();
    let (checked, done) = story::bring_in(till, &list.bytes, &HEADS);
    assert_eq!(checked, [rows, 0, 0, 0], "the check of a new list");
    assert_eq!(done, [rows, 0, 0, 0], "a new list, brought in");
    till.wait_for(&format!("[data-total='{rows}']"));
    till.key("Alt+M");
    let checked = story::check_file(till, &list.bytes, &HEADS);
    assert_eq!(checked, [0, 0, rows, 0], "the check of the same list again");
    till.wait_for("[data-code='import.nothing']");
    till.shot("08-import-nothing");
    till.key("Enter");
    assert_eq!(till.count("[data-code='import.done']"), 0, "nothing was to be brought in");
    till.key("Escape");
    till.on_screen("items");
    till.wait_for(&format!("[data-total='{rows}']"));
    println!("{rows} items brought in, and once more");
}

/// An item that is weighed: code 204, ₹ 168 a kilogram, without tax.
pub fn a_loose_item_is_made(till: &mut Till, then: usize) {
    till.key("Alt+N");
    till.wait_for("#item-editor #item-name");
    till.fill("item-name", "Toor dal, loose");
    till.fill("item-name-second", "तूर दाल खुली");
    till.fill("item-short-code", "204");
    till.fill("item-hsn", "0713");
    till.choose("item-class", "nil");
    till.choose("item-unit", "KGS");
    till.fill("item-price", "168");
    till.key("Ctrl+S");
    till.wait_for(&format!("[data-total='{then}']"));
    till.key("F10");
    till.on_screen("counter");
}
