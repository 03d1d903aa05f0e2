//! Chapters of a shop's story: set up, unlock, lock. By keys only, as on the first morning.

use crate::Till;

/// A GSTIN with a right check digit, of Maharashtra.
const GSTIN: &str = "27AAPFU0939F1ZV";

/// What the owner knows and carries after setting up.
pub struct Owner {
    pub pin: String,
    /// The secret in the phone's authenticator app, base 32.
    pub secret: String,
    /// The six groups on the recovery paper.
    pub paper: Vec<String>,
}

/// Sets a new shop up with a sample shelf and comes out at the counter.
///
/// `shelf` is how often to press the arrow from the first shelf: 0 kirana, 1 apparel, 2 salon, 3 bakery, 4 own list.
pub fn set_up(till: &mut Till, shelf: usize) -> Owner {
    till.on_screen("setup");
    till.on_step("language");
    till.shot("01-language");
    till.key("Enter");

    till.on_step("shop");
    till.fill("shop-gstin", GSTIN);
    till.fill("shop-name", "Sharma Kirana Stores");
    till.fill("shop-street", "14 Laxmi Road");
    till.fill("shop-city", "Pune");
    till.fill("shop-pin-code", "411030");
    till.shot("02-shop");
    till.key("Enter");

    till.on_step("owner");
    let pin = "59274816".to_owned();
    till.fill("owner-name", "Meena Sharma");
    till.fill("pin", &pin);
    till.fill("pin-again", &pin);
    till.shot("03-owner");
    till.key("Enter");

    till.on_step("code");
    let secret = till.text("#secret");
    let code = till.code(&secret);
    till.fill("code", &code);
    till.shot("04-code");
    till.key("Enter");

    till.on_step("recovery");
    let paper: Vec<String> = (1..=6).map(|group| till.text(&format!("[data-group='{group}']"))).collect();
    till.shot("05-recovery");
    till.key("Enter");

    till.on_step("groups");
    for field in ["group-a", "group-b"] {
        let asked = till.text(&format!("label[for='{field}']"));
        let number: usize =
            asked.chars().filter(char::is_ascii_digit).collect::<String>().parse().expect("a group's number");
        till.fill(field, &paper[number - 1]);
    }
    till.key("Enter");

    till.on_step("items");
    for _ in 0..shelf {
        till.key("ArrowRight");
    }
    till.shot("06-items");
    till.key("Enter");
    till.on_screen(if shelf == 4 { "import" } else { "counter" });
    Owner { pin, secret, paper }
}

/// Opens a locked shop. Each code serves once, so the till's clock goes on by one step first.
pub fn unlock(till: &mut Till, owner: &Owner, ahead_s: i64) {
    till.on_screen("lock");
    till.ahead(ahead_s);
    till.fill("pin", &owner.pin);
    let code = till.code(&owner.secret);
    till.fill("code", &code);
    till.key("Enter");
    till.on_screen("counter");
}

/// Scans each code and waits for its line.
pub fn scan_all(till: &mut Till, codes: &[&str]) {
    for code in codes {
        let lines = till.count("[data-line]");
        till.scan(code);
        till.wait_for(&format!("[data-line-count='{}']", lines + 1));
    }
}

/// Takes exact cash for the bill and says its number.
pub fn cash(till: &mut Till) -> String {
    till.key("F12");
    till.wait_for("[data-line-count='0']");
    till.wait_for("[data-last]");
    till.look("return document.querySelector('[data-last]').dataset.last").as_str().expect("a number").to_owned()
}
