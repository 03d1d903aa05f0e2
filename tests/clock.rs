//! A PC whose clock is wrong: it loses a little every day, or its battery is empty and it shows another year.

mod support;

use serde_json::{Value, json};
use support::front::{Copied, Front, PIN, code, locked_shop, open_shop, text};

const YEAR_S: i64 = 365 * 86_400;

/// Logs in with the code of a phone whose clock is so many seconds ahead of this PC's.
fn unlock(front: &mut Front, ahead_s: i64) -> Result<Value, pakka::fault::Fault> {
    front.hands.pass(300);
    let request = json!({"slot": front.slot(), "pin": PIN, "code": front.code(ahead_s)});
    front.run("desk_unlock", request)
}

/// What is typed when the clock is lost: two codes after each other of a phone that is so many seconds ahead.
fn lost(front: &mut Front, pin: &str, ahead_s: i64) -> Value {
    let codes = [front.code(ahead_s - 30), front.code(ahead_s)];
    json!({"slot": front.slot(), "pin": pin, "code": codes[0], "next_code": codes[1]})
}

fn notices(open: &Value) -> Vec<String> {
    open["notices"].as_array().expect("notices").iter().map(|fault| text(&fault["code"])).collect()
}

/// Sells one soap and gives the day that stands on its bill.
fn sell(front: &mut Front) -> String {
    front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
    let bill = front.bill();
    let sold = front.ok("sale_settle", json!({"bill": bill, "tenders": []}));
    assert!(text(&sold["number"]).starts_with("A/26-27/"), "{sold}");
    text(&front.ok("bills_open", json!({"number": sold["number"]}))["day"])
}

/// The program shut and started again.
fn again(shop: Copied) -> Copied {
    let Copied { folder, front } = shop;
    let (hands, secret) = (front.hands.clone(), front.secret.clone());
    drop(front);
    let mut front = Front::over(folder.path(), &hands, 8);
    front.secret = secret;
    Copied { folder, front }
}

#[test]
fn a_new_phone_is_taken_by_a_clock_that_has_lost_two_minutes() {
    let mut shop = open_shop();
    let front = &mut shop.front;
    // Each login teaches the shop half a minute more.
    for behind_s in [30, 60, 90, 120] {
        front.ok("desk_lock", Value::Null);
        unlock(front, behind_s).expect("the clock is followed");
    }
    front.hands.pass(60);
    let begin = json!({"staff": null, "name": "Ravi", "role": "cashier", "pin": PIN, "code": front.code(120)});
    let secret = text(&front.ok("staff_enrol_begin", begin)["secret"]).replace(' ', "");
    for left in [1, 0] {
        front.hands.pass(30);
        let typed = json!({"code": code(&secret, front.hands.wall_ms() + 120_000)});
        assert_eq!(front.ok("staff_enrol_code", typed)["left"], left);
    }
}

#[test]
fn two_codes_open_a_shop_whose_clock_is_a_year_wrong_and_date_its_bills() {
    for wrong_s in [-YEAR_S, YEAR_S] {
        let mut shop = locked_shop();
        let front = &mut shop.front;
        let right_ms = front.hands.wall_ms();
        front.hands.set(right_ms + wrong_s * 1000);
        let usual = unlock(front, -wrong_s).expect_err("the clock is wrong");
        assert_eq!(usual.code, if wrong_s < 0 { "vault.clock_behind" } else { "vault.refused" });

        front.hands.pass(60);
        let request = lost(front, PIN, -wrong_s);
        let open = front.ok("desk_unlock_lost", request.clone());
        assert_eq!(notices(&open), ["desk.clock_wrong"]);
        let told = text(&open["notices"][0]["say"]["en"]);
        assert!(told.contains("22 Nov 2026, 08:"), "{told}");
        assert_eq!((open["day"].as_str(), &*sell(front)), (Some("2026-11-22"), "2026-11-22"));

        // As long as the program runs, one code is enough again.
        front.ok("desk_lock", Value::Null);
        assert_eq!(front.refused("desk_unlock_lost", request), "vault.refused", "the codes are used");
        let open = unlock(front, -wrong_s).expect("PIN and code");
        assert_eq!(notices(&open), ["desk.clock_wrong"]);
        assert_eq!(sell(front), "2026-11-22");

        // Set right, it is believed, and nothing more is said.
        front.hands.set(front.hands.wall_ms() - wrong_s * 1000);
        assert_eq!(sell(front), "2026-11-22");
        front.ok("desk_lock", Value::Null);
        assert!(notices(&unlock(front, 0).expect("PIN and code")).is_empty());
    }
}

#[test]
fn the_time_that_was_proven_does_not_outlive_the_program() {
    let mut shop = locked_shop();
    let right_ms = shop.front.hands.wall_ms();
    shop.front.hands.set(right_ms - YEAR_S * 1000);
    shop.front.hands.pass(60);
    let request = lost(&mut shop.front, PIN, YEAR_S);
    shop.front.ok("desk_unlock_lost", request);
    let mut shop = again(shop);
    assert_eq!(unlock(&mut shop.front, YEAR_S).expect_err("still wrong").code, "vault.clock_behind");
}

#[test]
fn a_clock_a_few_minutes_off_is_believed_and_followed() {
    let mut shop = locked_shop();
    let front = &mut shop.front;
    assert_eq!(unlock(front, 300).expect_err("ten codes away").code, "vault.refused");
    front.hands.pass(60);
    let request = lost(front, PIN, 300);
    assert!(notices(&front.ok("desk_unlock_lost", request)).is_empty());
    front.ok("desk_lock", Value::Null);
    unlock(front, 300).expect("one code from now on");
}

#[test]
fn tries_with_two_codes_are_told_and_counted_as_all_others() {
    let mut shop = locked_shop();
    let front = &mut shop.front;
    let right_ms = front.hands.wall_ms();
    front.hands.set(right_ms - YEAR_S * 1000);
    front.hands.pass(60);
    let mut wrong_pin = lost(front, "40718294", YEAR_S);
    let mut turned = lost(front, PIN, YEAR_S);
    turned["code"] = turned["next_code"].clone();
    wrong_pin["slot"] = front.slot().into();
    let told = [turned, wrong_pin, json!({"slot": "nobody", "pin": PIN, "code": "1", "next_code": ""})]
        .map(|request| front.run("desk_unlock_lost", request).expect_err("wrong"));
    assert!(told.iter().all(|fault| *fault == told[0] && fault.code == "vault.refused"), "{told:?}");
    let request = lost(front, "40718294", YEAR_S);
    assert_eq!(front.refused("desk_unlock_lost", request), "vault.refused", "the third of this person");
    let request = lost(front, PIN, YEAR_S);
    assert_eq!(front.refused("desk_unlock_lost", request), "vault.wait");
    front.hands.pass(10);
    let request = lost(front, PIN, YEAR_S);
    front.ok("desk_unlock_lost", request.clone());
    assert_eq!(front.refused("desk_unlock_lost", request), "desk.not_in_set_up", "nobody is shut out");
}
