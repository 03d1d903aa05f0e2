//! The lock, and looking people and items up.

use pakka_window_tests::Till;
use pakka_window_tests::story::{self, Owner};

use super::{BULBUL, ITEM, MAN, MAN_PHONE, WOMAN};

pub fn one_sentence_for_every_wrong_key(till: &mut Till, owner: &Owner) {
    till.key("Alt+L");
    till.on_screen("lock");
    let mut said = Vec::new();
    for (ahead, pin, right_code) in [(60, "59274817", true), (120, owner.pin.as_str(), false)] {
        till.ahead(ahead);
        till.fill("pin", pin);
        let code = if right_code { till.code(&owner.secret) } else { wrong(&till.code(&owner.secret)) };
        till.fill("code", &code);
        till.key("Enter");
        till.wait_for("[data-message='bad']");
        said.push((till.data("[data-message='bad']", "code"), till.text("[data-message='bad']")));
        till.shot(&format!("40-wrong-{}", said.len()));
        till.on_screen("lock");
    }
    assert_eq!(said[0], said[1], "a wrong PIN and a wrong code are told alike");
    println!("told for both: {}", said[0].1);
    story::unlock(till, owner, 180);
}

/// Six digits that are right at no time near.
fn wrong(code: &str) -> String {
    code.chars().map(|digit| if digit == '9' { '0' } else { char::from(digit as u8 + 1) }).collect()
}

pub fn what_was_typed_is_sought(till: &mut Till) {
    till.keys("zyxcanary");
    till.see(ITEM);
    till.shot("41-search");
    till.key("Escape");
    till.keys("बुलबुल");
    till.see(BULBUL);
    till.key("Escape");
    for (sought, name) in [("Zyxcan", MAN), ("मैनाक", WOMAN), (&MAN_PHONE[6..], MAN)] {
        till.key("F3");
        till.wait_for("#customer-sheet");
        till.fill("customer-find", sought);
        till.wait_for(&format!("[data-customer='1'] .name[title='{name}']"));
        till.key("Escape");
    }
    // A last bill stays open, with the canary's name on it.
    till.keys("zyxcanaryitem");
    till.see(ITEM);
    till.key("Enter");
    till.wait_for("[data-line-count='1']");
}
