//! The people of a shop: they are added, come and go at one counter, ask for a yes, and lock up. By keys alone.

use pakka_window_tests::story::{self, Look, Owner, Shelf};
use pakka_window_tests::{Till, paper};

const RAVI: &str = "482913";
const ASHA: &str = "739105";
/// Wrong PINs at the screen lock before the shop is locked fully.
const WRONG_MAX: usize = 5;

/// Somebody with a phone and a PIN of their own.
struct Person {
    name: String,
    pin: String,
    secret: String,
}

/// The till's clock, which goes on by one code whenever one is typed: each serves once.
struct Clock(i64);

impl Clock {
    fn next_code(&mut self, till: &Till, secret: &str) -> String {
        self.0 += 30;
        till.ahead(self.0);
        till.code(secret)
    }
}

#[test]
fn people_come_and_go_at_one_counter() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut till = Till::start(folder.path());
    let owner = story::set_up(&mut till, Shelf::Kirana, Look::PLAIN);
    till.pictures_begin_with("people-");
    let mut clock = Clock(60);

    let ravi = add(&mut till, &mut clock, &owner, "Ravi Kumar", "cashier", RAVI);
    let asha = add(&mut till, &mut clock, &owner, "Asha Patil", "manager", ASHA);
    let meena = Person { name: "Meena Sharma".to_owned(), pin: owner.pin.clone(), secret: owner.secret.clone() };
    the_cashier_opens_the_shop(&mut till, &mut clock, &ravi);
    a_discount_waits_for_a_yes(&mut till, &mut clock, &asha);
    the_bill_stays_when_the_cashier_changes(&mut till, &mut clock, &meena, &ravi);
    every_look(&mut till, &meena, &ravi);
    an_untouched_till_locks_itself(&mut till, &mut clock, &ravi, &meena);
    wrong_pins_lock_fully(&mut till, &mut clock, &meena);
    somebody_leaves(&mut till, &mut clock, &owner);
    let paper = somebody_leaves_on_bad_terms(&mut till, &mut clock, &owner, &meena);
    the_paper_opens_the_shop(&mut till, &mut clock, &paper);
}

fn add(till: &mut Till, clock: &mut Clock, owner: &Owner, name: &str, role: &str, pin: &str) -> Person {
    till.key("Alt+E");
    till.on_screen("people");
    let _ = till.counted();
    till.key("Alt+N");
    till.wait_for("[data-enrol='who']");
    till.fill("enrol-name", name);
    // The cashier is chosen first; the manager stands before the senior cashier and the accountant.
    till.key("Tab");
    while till.count(&format!("#role-{role}.chosen")) == 0 {
        till.key("ArrowLeft");
    }
    till.fill("enrol-pin", &owner.pin);
    let code = clock.next_code(till, &owner.secret);
    till.fill("enrol-code", &code);
    till.shot("01-who");
    till.key("Enter");

    till.wait_for("[data-enrol='phone']");
    let secret = till.text("#secret");
    till.shot("02-phone");
    for left in ["1", "0"] {
        let code = clock.next_code(till, &secret);
        till.fill("enrol-code", &code);
        till.key("Enter");
        till.wait_for(&format!("[data-left='{left}']"));
        if left == "1" {
            till.shot("02-second-code");
        }
    }
    till.wait_for("[data-enrol='pin']");
    assert_eq!(till.count("#secret"), 0, "the secret is shown to the phone alone");
    till.fill("enrol-new", pin);
    till.fill("enrol-again", pin);
    till.shot("03-pin");
    till.key("Enter");
    till.wait_for("[data-code='staff.came']");
    till.see(name);
    till.shot("04-came");
    println!("{name} added with {} keys", till.counted());
    Person { name: name.to_owned(), pin: pin.to_owned(), secret }
}

fn the_cashier_opens_the_shop(till: &mut Till, clock: &mut Clock, ravi: &Person) {
    till.key("Alt+L");
    till.on_screen("lock");
    come_in(till, clock, ravi);
    till.on_screen("counter");
    till.see("Ravi Kumar");
    till.key("F10");
    till.wait_for("#menu");
    for (door, there) in [("bills", 1), ("items", 1), ("cover", 1), ("people", 0), ("day", 0), ("settings", 0)] {
        assert_eq!(till.count(&format!("#menu [data-door='{door}']")), there, "{door} in a cashier's menu");
    }
    till.shot("05-menu");
    till.key("Escape");
    till.key("Alt+E");
    till.key("F8");
    till.on_screen("counter");
}

fn a_discount_waits_for_a_yes(till: &mut Till, clock: &mut Clock, asha: &Person) {
    till.keys("101");
    till.key("Enter");
    till.wait_for("[data-line-count='1']");
    let full = till.counter().to_pay;
    ask_for_discount(till);
    till.shot("06-yes-who");
    till.key("2");
    till.wait_for("[data-approver='2'].chosen");
    till.fill("yes-pin", RAVI);
    let code = clock.next_code(till, &asha.secret);
    till.fill("yes-code", &code);
    till.key("Enter");
    till.wait_for("#approval [data-message='bad']");
    assert_eq!(till.look("return document.getElementById('yes-pin').value"), "", "a PIN is gone after its try");
    till.shot("06-yes-wrong");
    till.fill("yes-pin", &asha.pin);
    let code = clock.next_code(till, &asha.secret);
    till.fill("yes-code", &code);
    till.shot("06-yes");
    till.key("Enter");
    till.wait_for("#scan");
    pays_less_than(till, full);
    till.shot("07-discounted");

    // Left alone, nothing is changed, and the reason stands where it always does.
    let paid = till.counter().to_pay;
    till.key("F4");
    till.wait_for("#ask-value");
    till.fill("ask-value", "25%");
    till.key("Enter");
    till.wait_for("#approval");
    till.key("Escape");
    till.wait_for("[data-code='staff.needs_yes']");
    till.shot("07-left");
    till.key("Escape");
    till.pays(paid);
}

fn pays_less_than(till: &Till, full: i64) {
    let less = pakka_window_tests::till::patiently(std::time::Duration::from_secs(10), || {
        (till.counter().to_pay < full).then_some(())
    });
    assert!(less.is_some(), "the discount came on the bill: {} of {full}", till.counter().to_pay);
}

fn ask_for_discount(till: &mut Till) {
    till.key("F4");
    till.wait_for("#ask-value");
    till.keys("20%");
    till.key("Enter");
    till.wait_for("#approval");
}

fn the_bill_stays_when_the_cashier_changes(till: &mut Till, clock: &mut Clock, meena: &Person, ravi: &Person) {
    let bill = till.counter();
    till.key("Ctrl+L");
    till.on_screen("cover");
    assert_eq!(till.count("#code"), 0, "whoever was here needs the PIN alone");
    till.shot("08-cover");
    let seen = till.look("return getComputedStyle(document.getElementById('scan')).visibility");
    assert_eq!(seen, "hidden", "the counter is under the cover");
    come_in(till, clock, meena);
    till.on_screen("counter");
    till.see("Meena Sharma");
    assert_eq!(till.counter(), bill, "the bill is as it was");

    let _ = till.counted();
    till.key("Ctrl+L");
    till.on_screen("cover");
    choose(till, ravi);
    till.wait_for("#pin-alone");
    till.fill("pin", &ravi.pin);
    till.key("Enter");
    till.on_screen("counter");
    till.see("Ravi Kumar");
    println!("from one cashier to the other: {} keys", till.counted());
    assert_eq!(till.counter(), bill, "the bill is as it was");

    // The same person finds the same place: a half-written customer under the cover.
    till.key("F3");
    till.wait_for("#customer-sheet");
    till.fill("customer-find", "Lata");
    till.key("Ctrl+L");
    till.on_screen("cover");
    till.scan("8901030865278");
    till.fill("pin", &ravi.pin);
    till.key("Enter");
    till.on_screen("counter");
    assert_eq!(till.text("#customer-find"), "Lata");
    till.key("Escape");
    assert_eq!(till.counter(), bill, "a scan on the cover goes nowhere");
}

fn every_look(till: &mut Till, meena: &Person, ravi: &Person) {
    for look in Look::ALL {
        let shot = |till: &Till, name: &str| {
            assert_eq!(till.count(&look.css()), 1, "{name} is in the look chosen");
            till.shot(&format!("look-{name}-{}-{}", look.language(), look.theme()));
        };
        till.key("Ctrl+L");
        till.on_screen("cover");
        story::turn_to(till, look);
        choose(till, ravi);
        till.fill("pin", &ravi.pin);
        shot(till, "cover");
        till.key("Enter");
        till.on_screen("counter");
        ask_for_discount(till);
        shot(till, "yes");
        till.key("1");
        till.wait_for("[data-approver='1'].chosen");
        till.keys("59");
        shot(till, "yes-chosen");
        till.key("Escape");
        till.wait_for("[data-code='staff.needs_yes']");
        shot(till, "refused");
        till.key("Escape");

        till.key("Ctrl+L");
        till.on_screen("cover");
        choose(till, meena);
        till.wait_for("#pin-alone");
        till.fill("pin", &meena.pin);
        till.key("Enter");
        till.on_screen("counter");
        till.key("Alt+E");
        till.on_screen("people");
        till.wait_for("[data-person]");
        till.key("ArrowDown");
        till.wait_for(".here .name[title='Asha Patil']");
        shot(till, "people");
        for (key, there, name) in [
            ("Alt+N", "[data-enrol='who']", "new"),
            ("Alt+F", "[data-enrol='who']", "phone"),
            ("Alt+K", "#pin-sheet", "pin"),
            ("Alt+C", "#keys-dialog", "keys-new"),
            ("Ctrl+Delete", "#remove-dialog", "remove"),
        ] {
            till.key(key);
            till.wait_for(there);
            shot(till, name);
            if name == "remove" {
                till.go_to("bad-terms");
                till.key("Space");
                till.wait_for("#costs");
                shot(till, "remove-bad-terms");
            }
            till.key("Escape");
            till.wait_for("#person-part");
        }
        till.key("Alt+S");
        till.on_screen("settings");
        till.go_to("full-lock");
        assert_eq!(till.look("return document.documentElement.scrollTop"), 0, "the window itself never scrolls");
        shot(till, "settings");
        till.key("F1");
        till.wait_for("#key-sheet");
        shot(till, "keys");
        till.key("Escape");
        till.key("F10");
        till.on_screen("counter");
        till.key("F10");
        till.wait_for("#menu");
        shot(till, "menu");
        till.key("Escape");
    }
    till.key("Ctrl+L");
    till.on_screen("cover");
    story::turn_to(till, Look::PLAIN);
    choose(till, ravi);
    till.fill("pin", &ravi.pin);
    till.key("Enter");
    till.on_screen("counter");
}

fn an_untouched_till_locks_itself(till: &mut Till, clock: &mut Clock, ravi: &Person, meena: &Person) {
    let bill = till.counter();
    let pass = |till: &Till, minutes: i64| {
        let _ = till.look(&format!(
            "const now = Date.now; Date.now = () => now.call(Date) + {minutes} * 60000; return Date.now()"
        ));
    };
    pass(till, 16);
    till.on_screen("cover");
    assert_eq!(till.look("return document.activeElement.id"), "pin", "the PIN is next");
    choose(till, ravi);
    till.fill("pin", &ravi.pin);
    till.key("Enter");
    till.on_screen("counter");
    assert_eq!(till.counter(), bill);

    let _ = till.look("window.__before = 'a customer'");
    pass(till, 121);
    till.on_screen("lock");
    assert_eq!(till.look("return typeof window.__before"), "undefined", "nothing stays in the page's memory");
    come_in(till, clock, meena);
    till.on_screen("counter");
    assert_eq!(till.counter(), bill, "the bill is kept");
}

fn wrong_pins_lock_fully(till: &mut Till, clock: &mut Clock, meena: &Person) {
    till.key("Ctrl+L");
    till.on_screen("cover");
    for _ in 1..WRONG_MAX {
        till.fill("pin", "11223344");
        till.key("Enter");
        till.wait_for("[data-code='desk.pin_wrong']");
        till.wait_for("#pin:not(:disabled)");
    }
    till.shot("09-wrong");
    till.fill("pin", "11223344");
    till.key("Enter");
    till.wait_for("[data-code='desk.locked_fully']");
    till.on_screen("lock");
    till.shot("09-locked-fully");
    come_in(till, clock, meena);
    till.on_screen("counter");
}

fn somebody_leaves(till: &mut Till, clock: &mut Clock, owner: &Owner) {
    till.key("Alt+E");
    till.on_screen("people");
    till.wait_for("[data-person]");
    for _ in 0..till.count("[data-person]") {
        if till.count(".here .name[title='Ravi Kumar']") == 1 {
            break;
        }
        till.key("ArrowDown");
    }
    till.key("Ctrl+Delete");
    till.see("Remove Ravi Kumar?");
    till.fill("remove-pin", &owner.pin);
    let code = clock.next_code(till, &owner.secret);
    till.fill("remove-code", &code);
    till.key("Enter");
    till.wait_for("[data-code='staff.gone']");
    till.shot("10-gone");
    assert_eq!(till.count("[data-person]"), 2);
    till.key("Alt+L");
    till.on_screen("lock");
    till.see_no_more("Ravi Kumar");
}

/// The manager leaves on bad terms while a cashier stays; all of it in the other language and theme. Gives the new paper.
fn somebody_leaves_on_bad_terms(till: &mut Till, clock: &mut Clock, owner: &Owner, meena: &Person) -> Vec<String> {
    story::turn_to(till, Look::ALL[2]);
    come_in(till, clock, meena);
    till.on_screen("counter");
    add(till, clock, owner, "Sunil More", "cashier", RAVI);
    till.key("Alt+L");
    till.on_screen("lock");
    come_in(till, clock, meena);
    till.on_screen("counter");
    till.key("Alt+E");
    till.on_screen("people");
    till.wait_for("[data-person]");
    while till.count(".here .name[title='Asha Patil']") == 0 {
        till.key("ArrowDown");
    }
    let _ = till.counted();
    till.key("Ctrl+Delete");
    till.wait_for("#remove-dialog");
    till.fill("remove-pin", &owner.pin);
    let code = clock.next_code(till, &owner.secret);
    till.fill("remove-code", &code);
    till.go_to("bad-terms");
    till.key("Space");
    till.wait_for("#costs");
    till.shot("12-bad-terms");
    till.key("Enter");
    till.wait_for("[data-renew='paper']");
    let paper: Vec<String> = (1..=6).map(|group| till.text(&format!("[data-group='{group}']"))).collect();
    assert_ne!(paper, owner.paper, "the paper is a new one");
    till.shot("12-paper");
    till.key("Enter");
    till.wait_for("[data-renew='groups']");
    till.shot("12-groups");
    story::groups(till, &paper);
    till.wait_for("[data-code='staff.renewed']");
    println!("who left on bad terms is out, and all keys are changed, with {} keys", till.counted());
    till.shot("12-renewed");
    assert_eq!(till.count("[data-person]"), 2);
    assert_eq!(till.count("[data-person] .warn"), 1, "the cashier comes in anew");
    till.key("Alt+L");
    till.on_screen("lock");
    assert_eq!(till.count("[data-slot]"), 1, "the owner alone");
    story::turn_to(till, Look::PLAIN);

    till.key("F3");
    till.on_screen("recover");
    till.on_step("paper");
    till.fill("paper", &owner.paper.concat().to_lowercase());
    till.key("Enter");
    till.wait_for("[data-code='vault.recovery_refused']");
    till.shot("12-old-paper");
    till.key("Escape");
    till.on_screen("lock");
    come_in(till, clock, meena);
    till.on_screen("counter");
    till.key("Alt+L");
    paper
}

fn the_paper_opens_the_shop(till: &mut Till, clock: &mut Clock, paper: &[String]) {
    till.on_screen("lock");
    till.key("F3");
    till.on_screen("recover");
    till.on_step("paper");
    // One slip of the hand, in the second group: the rest stays, and the cursor is where it is wrong.
    let mut typed = paper.concat().to_lowercase();
    let (slip, right) = (7, typed[7..8].to_owned());
    typed.replace_range(slip..slip + 1, if right == "7" { "8" } else { "7" });
    till.fill("paper", &typed);
    till.key("Enter");
    till.wait_for("[data-code='vault.recovery_group_2']");
    till.wait_for("li.wrong");
    assert_eq!(till.text("#paper"), typed);
    till.shot("11-paper-mistyped");
    till.keys(&paper[1].to_lowercase());
    assert_eq!(till.text("#paper"), paper.concat().to_lowercase());
    till.shot("11-paper");
    till.key("Enter");
    till.on_step("code");
    let secret = till.text("#secret");
    let code = clock.next_code(till, &secret);
    till.fill("code", &code);
    till.shot("11-code");
    till.key("Enter");
    till.on_step("recovery");
    let next: Vec<String> = (1..=6).map(|group| till.text(&format!("[data-group='{group}']"))).collect();
    assert_ne!(next, paper, "the paper is a new one");
    till.shot("11-recovery");
    sheet_of_the_code(till, &next);
    till.key("Enter");
    till.on_step("groups");
    story::groups(till, &next);
    till.on_step("key");
    till.shot("11-key");
    till.key("Enter");
    till.on_step("owner");
    till.fill("owner-name", "Meena Sharma");
    till.fill("pin", "80461357");
    till.fill("pin-again", "80461357");
    till.shot("11-owner");
    till.key("Enter");
    till.on_screen("counter");
    till.see("Meena Sharma");
    till.key("Alt+L");
    till.on_screen("lock");
    let recovered = Person { name: "Meena Sharma".to_owned(), pin: "80461357".to_owned(), secret };
    come_in(till, clock, &recovered);
    till.on_screen("counter");
    the_sheet_for_a_stolen_pc(till);
    a_year_later_one_group_is_typed(till, clock, &recovered, &next);
}

fn the_sheet_for_a_stolen_pc(till: &mut Till) {
    till.key("Alt+S");
    till.on_screen("settings");
    till.key("Alt+F");
    till.wait_for("[data-code='sheet.saved']");
    till.shot("12-stolen-saved");
    paper::read(&till.chosen_folder().join("if-the-pc-is-stolen.pdf")).have(&["If the PC is stolen", "FIR number"]);
    till.key("Escape");
    till.on_screen("counter");
}

fn a_year_later_one_group_is_typed(till: &mut Till, clock: &mut Clock, owner: &Person, paper: &[String]) {
    assert_eq!(till.count("#paper-due"), 0, "the paper is new");
    till.key("Alt+L");
    till.on_screen("lock");
    clock.0 += 366 * 86_400;
    come_in(till, clock, owner);
    till.wait_for("#paper-due");
    till.shot("13-paper-due");
    till.key("Alt+R");
    till.wait_for("#paper-check");
    till.fill("paper-group", "00000");
    till.key("Enter");
    till.wait_for("[data-code='desk.paper_wrong']");
    till.shot("13-paper-wrong");
    let asked = till.text("label[for='paper-group']");
    let number: usize = asked.chars().filter(char::is_ascii_digit).collect::<String>().parse().expect("a number");
    till.fill("paper-group", &paper[number - 1]);
    till.key("Enter");
    while till.count("#paper-due") > 0 {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    till.on_screen("counter");
}

/// Saves the sheet of the code where the owner says, after the warning; without a printer that is told.
fn sheet_of_the_code(till: &mut Till, groups: &[String]) {
    till.key("Alt+P");
    till.wait_for("[data-code='sheet.no_printer'], [data-code='sheet.printed']");
    till.shot("11-sheet-print");
    till.key("Alt+F");
    till.wait_for("#sheet-warning");
    till.shot("11-sheet-warning");
    till.key("Escape");
    till.key("Alt+F");
    till.wait_for("#sheet-warning");
    std::fs::create_dir_all(till.chosen_folder()).expect("a stick");
    till.key("Alt+F");
    till.wait_for("[data-code='sheet.saved']");
    till.shot("11-sheet-saved");
    let words = paper::read(&till.chosen_folder().join("recovery-code.pdf"));
    groups.iter().for_each(|group| words.have(&[group]));
}

/// Chooses the tile, types PIN and code, and goes on.
fn come_in(till: &mut Till, clock: &mut Clock, person: &Person) {
    choose(till, person);
    till.fill("pin", &person.pin);
    let code = clock.next_code(till, &person.secret);
    till.fill("code", &code);
    till.key("Enter");
}

/// Chooses a person's tile by its number.
fn choose(till: &mut Till, person: &Person) {
    let names = till.look("return [...document.querySelectorAll('[data-slot] .who')].map(who => who.title)");
    let names: Vec<&str> = names.as_array().expect("names").iter().filter_map(|name| name.as_str()).collect();
    let place = names.iter().position(|name| *name == person.name).unwrap_or_else(|| panic!("no tile in {names:?}"));
    till.key(&format!("Alt+{}", place + 1));
    till.wait_for(&format!(".people .chosen .who[title='{}']", person.name));
}
