//! The shop's folder is not where it was: its owner names where it lies, and sells on.

use std::fs;

use pakka_window_tests::Till;
use pakka_window_tests::story::{self, Look, Shelf};

#[test]
fn a_shop_that_was_moved_is_named_and_sells_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut till = Till::start(folder.path());
    let owner = story::set_up(&mut till, Shelf::Kirana, Look::PLAIN);
    till.kill9();
    let moved = folder.path().join("moved");
    fs::rename(till.shop(), &moved).expect("the shop is moved");

    till.restart();
    till.on_screen("broken");
    till.wait_for("[data-code='store.missing']");
    for turn in ["en-light", "hi-light", "hi-dark"] {
        match turn {
            "hi-light" => till.key("F4"),
            "hi-dark" => (0..2).for_each(|_| till.key("F6")),
            _ => {}
        }
        till.shot(&format!("50-lost-{turn}"));
    }
    till.key("Enter");
    till.on_screen("broken");

    fs::create_dir(till.chosen_folder()).expect("an empty folder");
    till.key("F2");
    till.wait_for("[data-code='desk.no_shop']");
    till.shot("51-no-shop");
    assert!(fs::read_dir(till.chosen_folder()).expect("a folder").next().is_none(), "nothing was made there");

    fs::remove_dir(till.chosen_folder()).expect("taken away");
    fs::rename(&moved, till.chosen_folder()).expect("here it is");
    till.key("F2");
    story::unlock(&mut till, &owner, 60);
    till.wait_for("[data-code='desk.named_by_hand']");
    till.shot("52-named");
    till.key("Alt+1");
    till.wait_for("[data-line-count='1']");
    assert!(story::cash(&mut till).starts_with("B/"), "no number of A comes twice");

    // Remembered: the next start finds it there.
    till.restart();
    story::unlock(&mut till, &owner, 120);
    assert!(!till.shop().join("shop.db").exists(), "no shop was made where it lay before");
}
