//! The shop's door when something is not as it should be: the PC's clock shows another year.

use pakka_window_tests::Till;
use pakka_window_tests::story::{self, Look, Shelf};

const YEAR_S: i64 = 365 * 86_400;
/// More presses than there are themes and languages.
const TURNS_MAX: usize = 4;

#[test]
fn two_codes_open_a_shop_whose_clock_is_a_year_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut till = Till::start(folder.path());
    till.pictures_begin_with("door-");
    let owner = story::set_up(&mut till, Shelf::Kirana, Look::PLAIN);
    println!("set up with {} keys", till.counted());
    let year = till.look("return String(new Date().getFullYear())");
    let year = year.as_str().expect("a year").to_owned();
    till.key("Alt+L");
    till.on_screen("lock");

    till.wrong_by(60, -YEAR_S);
    till.fill("pin", &owner.pin);
    let code = till.code(&owner.secret);
    till.fill("code", &code);
    till.key("Enter");
    till.wait_for("[data-code='vault.clock_behind']");
    till.shot("clock-behind");
    till.key("F7");
    till.wait_for("[data-lost]");
    for look in Look::ALL {
        turn_to(&mut till, look);
        till.shot(&format!("clock-lost-{}-{}", look.language(), look.theme()));
    }
    turn_to(&mut till, Look::PLAIN);
    till.key("Escape");
    till.wait_for("#clock-lost");
    till.key("F7");
    till.wait_for("[data-lost]");

    two_codes(&mut till, &owner.pin, ["000000", "000001"]);
    till.wait_for("[data-code='vault.refused']");
    till.wrong_by(90, -YEAR_S);
    let code = till.code(&owner.secret);
    till.wrong_by(120, -YEAR_S);
    let next = till.code(&owner.secret);
    two_codes(&mut till, &owner.pin, [&code, &next]);
    till.on_screen("counter");
    till.wait_for("[data-code='desk.clock_wrong']");
    till.see(&year);
    till.shot("clock-told");

    // The bill has the day of the phone, not that of the PC.
    till.key("Alt+1");
    till.wait_for("[data-line-count='1']");
    let number = story::cash(&mut till);
    story::find_bill(&mut till, &number);
    till.see(&year);
    till.shot("clock-bill");
}

fn two_codes(till: &mut Till, pin: &str, codes: [&str; 2]) {
    till.fill("pin", pin);
    till.fill("code", codes[0]);
    till.fill("next-code", codes[1]);
    till.shot("clock-codes");
    till.key("Enter");
}

fn turn_to(till: &mut Till, look: Look) {
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
