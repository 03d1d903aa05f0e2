//! A PC whose clock is wrong: it loses a little every day.

mod support;

use serde_json::{Value, json};
use support::front::{Front, PIN, code, open_shop, text};

/// Logs in with the code of a phone whose clock is so many seconds ahead of this PC's.
fn unlock(front: &mut Front, ahead_s: i64) -> Result<Value, pakka::fault::Fault> {
    front.hands.pass(300);
    let request = json!({"slot": front.slot(), "pin": PIN, "code": front.code(ahead_s)});
    front.run("desk_unlock", request)
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
