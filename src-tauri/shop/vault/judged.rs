//! What a login may tell and what it must not: opens exactly when everything is right, and says nothing of which
//! part was wrong by words, files, derivations or time.

use proptest::prelude::*;

use super::file::trial::files_read;
use super::hazmat::trial::argon_calls;
use super::people::{self, Enrolment, Newcomer};
use super::sample::{CHEAP, Counting, NOON, PIN, Phone, Shop, after, forgive, set_up};
use super::*;

/// What one try shows to somebody who watches: the answer, the slow calls, the files.
type Shown = (VaultError, u32, Vec<String>);

fn shown(shop: &Shop, slot: SlotId, typed: &str, code: &str, seconds: i64) -> Shown {
    forgive(shop);
    argon_calls();
    files_read();
    let refused = unlock(&shop.places, slot, &Pin::typed(typed).expect("short"), code, after(seconds));
    let name = |path: std::path::PathBuf| {
        path.file_name().expect("a file").to_string_lossy().replace(&slot.to_string(), "slot")
    };
    (refused.expect_err("something is wrong"), argon_calls(), files_read().into_iter().map(name).collect())
}

#[test]
fn every_failure_looks_the_same_whatever_was_wrong() {
    for is_kind_two in [false, true] {
        let shop = set_up();
        if is_kind_two {
            shop.make_kind_two();
        }
        let used = shop.phone.code(30);
        drop(shop.log_in(PIN, &used, 30).expect("the code is used now"));
        let right = |seconds| shop.phone.code(seconds);
        let usual = shown(&shop, shop.slot, "40718294", &right(90), 90);
        assert_eq!((usual.0, usual.1), (VaultError::Refused, 3));
        for (what, slot, typed, code) in [
            ("a wrong code", shop.slot, PIN, "000000".to_owned()),
            ("both wrong", shop.slot, "40718294", "000000".to_owned()),
            ("a used code", shop.slot, PIN, used.clone()),
            ("two steps ahead", shop.slot, PIN, right(150)),
            ("two steps behind", shop.slot, PIN, right(30)),
            ("no code at all", shop.slot, PIN, String::new()),
            ("letters", shop.slot, PIN, "abcdef".to_owned()),
            ("no PIN", shop.slot, "", right(90)),
            ("nobody's slot", SlotId::new([9; 16]), PIN, right(90)),
            ("the paper's slot", shop.header().0.recovery().expect("a paper").head.id, PIN, right(90)),
        ] {
            let other = shown(&shop, slot, typed, &code, 90);
            assert_eq!((other.0, other.1), (usual.0, usual.1), "{what}");
            if slot == shop.slot {
                assert_eq!(other.2, usual.2, "{what} reads other files");
            }
        }
        let codes = [right(120), right(180)];
        argon_calls();
        let typed = Pin::typed(PIN).expect("short");
        forgive(&shop);
        let refused = unlock_clock_lost(&shop.places, shop.slot, &typed, [&codes[0], &codes[1]], after(90));
        assert_eq!((refused.expect_err("not after each other"), argon_calls()), (VaultError::Refused, 3));
    }
}

#[test]
fn a_right_try_stops_at_its_step() {
    let shop = set_up();
    for (ahead, calls, seconds) in [(0, 1, 300), (-30, 2, 600), (0, 3, 900)] {
        argon_calls();
        shop.log_in(PIN, &shop.phone.code(seconds + ahead), seconds).expect("PIN and code");
        // The drift of the second login makes its own step the likeliest of the third.
        assert_eq!(argon_calls(), calls, "{ahead}");
    }
}

#[test]
fn an_approval_costs_and_shows_what_a_login_does() {
    let shop = set_up();
    let verify = |typed: &str, code: &str| {
        forgive(&shop);
        argon_calls();
        files_read();
        let refused = verify_person(&shop.places, shop.slot, &Pin::typed(typed).expect("short"), code, after(90));
        (refused.expect_err("something is wrong"), argon_calls(), files_read())
    };
    let wrong_pin = verify("40718294", &shop.phone.code(90));
    assert_eq!((wrong_pin.0, wrong_pin.1), (VaultError::Refused, 3));
    assert_eq!(verify(PIN, "000000"), wrong_pin);
}

/// A staff member at a shop whose clock and codes are chosen by a property.
struct Case {
    shop: Shop,
    slot: SlotId,
    phone: Phone,
}

fn case() -> Case {
    let shop = set_up();
    let mut owner = shop.log_in(PIN, &shop.phone.code(60), 60).expect("the owner");
    let mut chance = Counting(70);
    let mut enrolment = Enrolment::make(&mut chance);
    let phone = Phone::of_uri(&enrolment.uri("S", "R"));
    for at in [60, 90] {
        enrolment.check_code(&phone.code(at), after(at).wall_ms).expect("the phone's");
    }
    let ravi = Newcomer { name: "Ravi".to_owned(), role: 3, may_export: false };
    let pin = Pin::choose_staff("482913").expect("a PIN");
    let slot = people::add(&mut owner, &ravi, &enrolment, &pin, CHEAP, &mut chance).expect("added");
    Case { shop, slot, phone }
}

/// One try of a sequence: how far time goes on, where the code is from, and what is wrong with it.
#[derive(Clone, Debug)]
struct Step {
    passes: i64,
    ahead: i64,
    has_right_pin: bool,
    has_right_device: bool,
    again: bool,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step =
        (0..400_i64, -3..=3_i64, prop::bool::weighted(0.8), prop::bool::weighted(0.95), prop::bool::weighted(0.1))
            .prop_map(|(passes, ahead, has_right_pin, has_right_device, again)| Step {
                passes,
                ahead,
                has_right_pin,
                has_right_device,
                again,
            });
    prop::collection::vec(step, 10)
}

/// Runs one sequence against the rule: opens iff PIN, code, window, floor and device are right.
fn follows_the_rule(case: &Case, steps: &[Step], start: &mut i64) {
    let mut floor = i64::MIN;
    let mut drift = None;
    let mut used = String::new();
    *start += 600;
    let mut seconds = *start;
    for step in steps {
        seconds += step.passes;
        let here = (NOON / 1000 + seconds) / 30 + drift.unwrap_or_else(|| kept_drift(case));
        let target = here + step.ahead;
        let code = if step.again && !used.is_empty() { used.clone() } else { case.phone.0.code_at(target * 30_000) };
        let window = [here, here - 1, here + 1];
        let means = window.iter().find(|step| case.phone.0.code_at(**step * 30_000) == code && **step > floor);
        let typed = if step.has_right_pin { "482913" } else { "482914" };
        let places = if step.has_right_device { case.shop.places.clone() } else { case.shop.other_device() };
        let opened = unlock(&places, case.slot, &Pin::typed(typed).expect("short"), &code, after(seconds));
        let may = step.has_right_pin && step.has_right_device && means.is_some();
        assert_eq!(opened.is_ok(), may, "{step:?} at {seconds}: {:?}", opened.err());
        if let (true, Some(step)) = (may, means) {
            floor = *step;
            used = code;
            drift = Some(*step - (NOON / 1000 + seconds) / 30);
        }
        forgive(&case.shop);
    }
    *start = seconds;
}

fn kept_drift(case: &Case) -> i64 {
    let door = approach::Door::approach(&case.shop.places, approach::Clock::Lost, after(0)).expect("whole");
    let mut state = door.state;
    state.state().drift_steps
}

fn run_property(cases: u32) {
    let case = case();
    let mut start = 3_600;
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let start = std::cell::RefCell::new(&mut start);
    runner
        .run(&steps(), |steps| {
            let mut start = start.borrow_mut();
            // The table of a test has six days: the owner comes by and lengthens it.
            if **start % 86_400 < 7_000 {
                let owner = case.shop.log_in(PIN, &case.shop.phone.code(**start), **start);
                drop(owner);
                forgive(&case.shop);
            }
            follows_the_rule(&case, &steps, &mut start);
            Ok(())
        })
        .expect("the rule holds");
}

#[test]
fn a_login_opens_exactly_when_pin_code_window_floor_and_device_are_right() {
    run_property(12);
}

#[test]
#[ignore = "a hundred thousand tries take a quarter of an hour"]
fn a_login_opens_exactly_when_everything_is_right_a_hundred_thousand_times() {
    run_property(10_000);
}

/// Welch's t of two samples of nanoseconds, in thousandths, after the slowest tenth of both is cut off.
fn t_milli(one: &mut Vec<u64>, two: &mut Vec<u64>) -> i128 {
    let mut all: Vec<u64> = one.iter().chain(two.iter()).copied().collect();
    all.sort_unstable();
    let slow = all[all.len() * 9 / 10];
    let of = |sample: &mut Vec<u64>| {
        sample.retain(|ns| *ns <= slow);
        let count = sample.len() as i128;
        let mean = sample.iter().map(|ns| i128::from(*ns)).sum::<i128>() / count;
        let squares: i128 = sample.iter().map(|ns| (i128::from(*ns) - mean).pow(2)).sum();
        (mean, squares / (count - 1) / count)
    };
    let ((mean, error), (other_mean, other_error)) = (of(one), of(two));
    let deviation = (error + other_error).unsigned_abs().isqrt().max(1);
    (mean - other_mean) * 1000 / i128::try_from(deviation).expect("nanoseconds")
}

#[test]
#[ignore = "measures time: run it alone, in release"]
#[expect(clippy::disallowed_methods, reason = "a measurement has the machine's clock")]
fn the_time_of_a_refusal_does_not_tell_whether_the_pin_was_right() {
    const PAIRS: usize = 20_000;
    let shop = set_up();
    let (right, wrong) = (Pin::typed(PIN).expect("short"), Pin::typed("40718294").expect("short"));
    let mut door = approach::Door::approach(&shop.places, approach::Clock::Believed, after(90)).expect("whole");
    let mut samples = [Vec::with_capacity(PAIRS), Vec::with_capacity(PAIRS)];
    let mut chance = Counting(7);
    for _ in 0..PAIRS * 2 {
        let mut coin = [0; 1];
        crate::stamp::Chance::fill(&mut chance, &mut coin);
        let side = usize::from(coin[0] & 1);
        let pin = if side == 0 { &right } else { &wrong };
        let begin = std::time::Instant::now();
        let refused = attempt::attempt(&mut door, shop.slot, pin, attempt::Typed::Code("000000"), after(90));
        samples[side].push(u64::try_from(begin.elapsed().as_nanos()).expect("short"));
        assert!(refused.is_err());
    }
    let [mut one, mut two] = samples;
    let t = t_milli(&mut one, &mut two);
    println!("right PIN {} tries, wrong PIN {} tries, t = {t} thousandths", one.len(), two.len());
    assert!(t.abs() < 4_500, "t = {t} thousandths");
}
