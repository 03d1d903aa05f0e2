//! An older copy of the shop's file is put in its place: the owner is told before anything is written.

use std::fs;

use pakka_window_tests::Till;
use pakka_window_tests::story::{self, Look, Shelf};

#[test]
fn an_older_copy_waits_for_the_owner() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut till = Till::start(folder.path());
    till.pictures_begin_with("records-");
    let owner = story::set_up(&mut till, Shelf::Kirana, Look::PLAIN);
    sell(&mut till);
    till.key("Alt+L");
    till.on_screen("lock");
    let (file, older) = (till.shop().join("shop.db"), folder.path().join("older.db"));
    fs::copy(&file, &older).expect("copied");
    story::unlock(&mut till, &owner, 60);
    assert_eq!(till.count("#doubt"), 0, "nothing was touched");
    assert_eq!(sell(&mut till), "A/26-27/000002");
    till.key("Alt+L");
    till.on_screen("lock");
    fs::copy(&older, &file).expect("put back");

    come_in(&mut till, &owner);
    till.wait_for("#doubt [data-code='records.older']");
    till.wait_for("#doubt [data-code='records.changed']");
    till.shot("doubt");
    // The bills can be looked at first; back at the counter it is asked again.
    till.key("Escape");
    till.on_screen("bills");
    till.see("A/26-27/000001");
    till.shot("bills");
    till.key("Escape");
    till.wait_for("#doubt");
    till.key("Enter");
    till.wait_for("[data-code='desk.older_data']");
    assert_eq!(till.count("#doubt"), 0);
    till.shot("gone-on");
    assert_eq!(sell(&mut till), "B/26-27/000001", "the second bill is on paper in somebody's hands");
}

/// Logs in; what is on the counter then is asked by the caller.
fn come_in(till: &mut Till, owner: &story::Owner) {
    till.ahead(120);
    till.fill("pin", &owner.pin);
    let code = till.code(&owner.secret);
    till.fill("code", &code);
    till.key("Enter");
}

/// Sells what lies on the first favourite for cash, and gives the bill's number.
fn sell(till: &mut Till) -> String {
    till.key("Alt+1");
    till.wait_for("[data-line-count='1']");
    let number = story::cash(till);
    till.key("Enter");
    till.on_screen("counter");
    number
}
