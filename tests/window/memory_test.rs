//! What lies in the memory of the real window: while somebody sells, and after a full lock (security.md §6, row 13).
//!
//! The database's key never goes near the web view, so none of it may be left in any of the processes. What is typed and shown
//! does: it passes through the web view's library, and here through the driver's too, which reads and types it once more.
//! How much of that is left is counted and told. Of what the shop itself holds nothing is left, the PIN included:
//! `src-tauri/shop/desk/memory/tests.rs`.

use pakka::stamp::Chance;
use pakka::vault::{NoKeystore, Places, RecoveryCode, recover};
use pakka_window_tests::memory::{Needle, count, family};
use pakka_window_tests::story::{self, Look, Shelf};
use pakka_window_tests::till::Till;
use std::sync::Arc;
use std::time::Duration;

/// Three people whom nobody else is called like.
const CUSTOMERS: [&str; 3] = ["Qvintrel Traders", "Qvintrel Agencies", "Qvintrel Sons"];
const CANARY: &str = "Qvintrel";

/// The draft of a recovery is let go unwritten: its chance is of no importance.
struct Zero;

impl Chance for Zero {
    fn fill(&mut self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

#[test]
fn after_a_full_lock_no_process_of_the_window_keeps_the_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut till = Till::start(folder.path());
    let owner = story::set_up(&mut till, Shelf::Kirana, Look::PLAIN);
    let needles = needles(&till, &owner);
    for (number, name) in CUSTOMERS.into_iter().enumerate() {
        story::scan_all(&mut till, &["101"]);
        story::business(&mut till, name, &format!("98201{number}4417"), "27AAPFU0939F1ZV", "Shop 4, Mayur Colony");
        story::cash(&mut till);
        till.key("Enter");
        till.on_screen("counter");
    }
    tell("after three bills", &till, &needles);
    let open = count(till.window_pid(), &needles);
    assert!(of(&open, "customers") > 0, "the search finds what is there: {open:?}");

    till.key("Alt+L");
    till.on_screen("lock");
    // The page is loaded anew; what it let go of is collected by and by.
    std::thread::sleep(Duration::from_secs(5));
    tell("after the full lock", &till, &needles);
    for (process, name) in family(till.window_pid()) {
        assert_eq!(of(&count(process, &needles), "database key"), 0, "the key is left in {name}");
    }
}

fn needles(till: &Till, owner: &story::Owner) -> Vec<Needle> {
    let shop = till.shop();
    let places = Places {
        vault: shop.join("vault"),
        device: shop.with_file_name("shop-device"),
        keystore: Arc::new(NoKeystore),
    };
    let code = RecoveryCode::read(&owner.paper.concat()).expect("the paper");
    let draft = recover(&places, &code, &mut Zero).expect("the vault opens with its paper");
    vec![
        Needle::key("database key", draft.db().expose()),
        Needle::text("phone's secret", &owner.secret.replace(' ', "")),
        Needle::text("PIN", &owner.pin),
        Needle::text("customers", CANARY),
    ]
}

fn of(counts: &[(&str, usize)], what: &str) -> usize {
    counts.iter().find(|(name, _)| *name == what).expect("it was looked for").1
}

fn tell(when: &str, till: &Till, needles: &[Needle]) {
    for (process, name) in family(till.window_pid()) {
        let counts: Vec<String> =
            count(process, needles).into_iter().map(|(what, count)| format!("{what} {count}")).collect();
        println!("in memory {when}, {name}: {}", counts.join(", "));
    }
}
