//! Chapters of a shop's story: set up, unlock, lock. By keys only, as on the first morning.

use std::time::Duration;

use crate::Till;
use crate::till::patiently;

/// How long a paper may take to be saved.
const PATIENCE: Duration = Duration::from_secs(10);

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

/// How the window looks and speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub hindi: bool,
    pub dark: bool,
}

impl Look {
    pub const PLAIN: Look = Look { hindi: false, dark: false };
    pub const ALL: [Look; 4] = [
        Look::PLAIN,
        Look { hindi: true, dark: false },
        Look { hindi: true, dark: true },
        Look { hindi: false, dark: true },
    ];

    #[must_use]
    pub fn language(self) -> &'static str {
        if self.hindi { "hi" } else { "en" }
    }

    #[must_use]
    pub fn theme(self) -> &'static str {
        if self.dark { "dark" } else { "light" }
    }

    /// As the page itself says it.
    #[must_use]
    pub fn css(self) -> String {
        format!("html[lang='{}'][data-theme='{}']", self.language(), self.theme())
    }
}

/// Which shelf a new shop begins with: how often the arrow is pressed from the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    Kirana = 0,
    OwnFile = 4,
}

/// Sets a new shop up and comes out at the counter, or where its own file is brought in.
pub fn set_up(till: &mut Till, shelf: Shelf, look: Look) -> Owner {
    set_up_with_key(till, shelf, look, |_| ())
}

/// As [`set_up`], with something done where the owner says where this PC's own key shall be; Enter takes what is there.
pub fn set_up_with_key(till: &mut Till, shelf: Shelf, look: Look, place_key: impl FnOnce(&mut Till)) -> Owner {
    till.on_screen("setup");
    till.on_step("language");
    till.go_to_choice("language", look.language());
    till.go_to_choice("theme", look.theme());
    till.wait_for(&look.css());
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
    till.shot("05-groups");
    groups(till, &paper);

    till.on_step("key");
    place_key(till);
    till.shot("06-key");
    till.key("Enter");

    till.on_step("items");
    for _ in 0..shelf as usize {
        till.key("ArrowRight");
    }
    till.shot("06-items");
    till.key("Enter");
    till.on_screen(if shelf == Shelf::OwnFile { "import" } else { "counter" });
    Owner { pin, secret, paper }
}

/// Types the two groups of the paper that the window asks for.
pub fn groups(till: &mut Till, paper: &[String]) {
    for field in ["group-a", "group-b"] {
        let asked = till.text(&format!("label[for='{field}']"));
        let number: usize =
            asked.chars().filter(char::is_ascii_digit).collect::<String>().parse().expect("a group's number");
        till.fill(field, &paper[number - 1]);
    }
    till.key("Enter");
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
        let lines = till.count("[data-line]:not(.removed)");
        till.scan(code);
        till.wait_for(&format!("[data-line-count='{}']", lines + 1));
    }
}

/// Takes exact cash for the bill and says its number.
pub fn cash(till: &mut Till) -> String {
    till.key("F12");
    sold(till)
}

/// Waits until the bill is off the counter, and says its number.
pub fn sold(till: &Till) -> String {
    till.wait_for("[data-line-count='0']");
    till.data("[data-last]", "last")
}

/// What the import said: new, changed, as before, left out.
pub type Counts = [usize; 4];

/// Brings a file in, from the import screen to the list of items; says what the check and the import counted.
pub fn bring_in(till: &mut Till, file: &[u8], heads: &[(usize, &str)]) -> (Counts, Counts) {
    let checked = check_file(till, file, heads);
    till.key("Enter");
    till.wait_for("[data-code='import.done']");
    let done = counts(till);
    till.shot("08-import-done");
    till.key("Enter");
    till.on_screen("items");
    (checked, done)
}

/// Chooses a file on the import screen and has it checked; says what the check counted.
pub fn check_file(till: &mut Till, file: &[u8], heads: &[(usize, &str)]) -> Counts {
    till.on_screen("import");
    std::fs::write(till.chosen_file(), file).expect("the test's folder can be written");
    till.key("Enter");
    for (column, meaning) in heads {
        let chosen = till.text(&format!("#meaning-{column}"));
        assert_eq!(&chosen, meaning, "column {column} of the file");
    }
    till.shot("08-import-columns");
    till.key("Enter");
    let checked = counts(till);
    till.shot("08-import-checked");
    checked
}

fn counts(till: &Till) -> Counts {
    ["added", "updated", "same", "bad"].map(|what| till.number(&format!("[data-result='{what}']")))
}

/// Puts a business on the bill: name, phone, GSTIN, address.
pub fn business(till: &mut Till, name: &str, phone: &str, gstin: &str, address: &str) {
    till.key("F3");
    till.wait_for("#customer-sheet");
    till.fill("customer-find", name);
    till.key("Enter");
    till.fill("customer-phone", phone);
    till.fill("customer-gstin", gstin);
    till.wait_for("#customer-sheet .right");
    till.fill("customer-address", address);
    till.shot("09-business");
    till.key("Enter");
    till.wait_for("#customer b");
}

/// Takes everything by UPI, from the counter, and says the bill's number.
pub fn upi(till: &mut Till) -> String {
    till.key("Enter");
    till.on_screen("pay");
    till.keys("u");
    till.wait_for("[data-part='upi']");
    till.shot("10-upi");
    till.key("Enter");
    sold(till)
}

/// Saves the bill that is open in the list as PDF; says where.
pub fn save_pdf(till: &mut Till) -> std::path::PathBuf {
    let before = if till.count("[data-code='bills.saved']") > 0 {
        till.text("[data-code='bills.saved']")
    } else {
        String::new()
    };
    till.key("Alt+F");
    let said = patiently(PATIENCE, || {
        till.wait_for("[data-code='bills.saved']");
        Some(till.text("[data-code='bills.saved']")).filter(|said| *said != before)
    });
    let said = said.unwrap_or_else(|| panic!("no second paper was saved; the screen says {before}"));
    let from = said.find('/').unwrap_or_else(|| panic!("no path in {said}"));
    std::path::PathBuf::from(said[from..].trim())
}

/// Opens a bill in the list of bills by its number.
pub fn find_bill(till: &mut Till, number: &str) {
    till.key("Alt+B");
    till.on_screen("bills");
    till.fill("bills-find", number);
    till.wait_for(&format!("[data-document={number:?}]"));
    till.wait_for("[data-pages]:not([data-pages='0'])");
}

/// More presses than there are themes and languages.
const TURNS_MAX: usize = 4;

/// Turns the lock screen to a language and a theme.
pub fn turn_to(till: &mut Till, look: Look) {
    for (css, key) in
        [(format!("html[lang='{}']", look.language()), "F4"), (format!("html[data-theme='{}']", look.theme()), "F6")]
    {
        for _ in 0..TURNS_MAX {
            if till.count(&css) == 1 {
                break;
            }
            till.key(key);
        }
    }
    till.wait_for(&look.css());
}
