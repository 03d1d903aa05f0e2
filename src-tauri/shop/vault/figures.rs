//! What a login costs on the machine that runs this: printed, to be read by somebody. `cargo test --release -p pakka
//! --lib vault::figures -- --ignored --nocapture`

#![expect(clippy::disallowed_methods, reason = "a measurement has the machine's clock")]

use std::time::Instant;

use super::codes::Codes;
use super::sample::{Counting, PIN, after, names, pin, places, prove};
use super::table::Table;
use super::*;

fn ms<T>(work: impl FnOnce() -> T) -> (T, u128) {
    let begin = Instant::now();
    let done = work();
    (done, begin.elapsed().as_millis())
}

#[test]
#[ignore = "measures time: run it alone, in release"]
fn figures_of_a_login() {
    let memory_kib = 8 * 1024 * 1024;
    let (cost, took) = ms(|| {
        Cost::calibrate(memory_kib, &mut |cost| {
            let (tried, took) = ms(|| cost.try_out());
            tried.ok().and(u64::try_from(took).ok())
        })
    });
    println!("calibrated for 8 GiB in {took} ms: {} MiB, t = {}", cost.m_kib / 1024, cost.t);

    let (_folder, places) = places();
    let mut chance = Counting(1);
    let mut draft = Draft::make(&mut chance);
    let (phone, _) = prove(&mut draft, 0);
    let codes = Codes::new(&phone.0);
    let table = |name: &str, role| {
        let folder = places.device.with_file_name(name);
        Table::new(&folder, &Key::new(&[1; 32]), &crate::id::VaultId::new([2; 16]), SlotId::new([3; 16]), role)
    };
    let (_, owner) = ms(|| table("owner", OWNER).write(&codes, 7, 59_843_041).expect("written"));
    let (_, staff) = ms(|| table("staff", 2).write(&codes, 7, 59_843_041).expect("written"));
    println!("an owner's table of 400 days: {owner} ms; 120 days of the staff: {staff} ms");
    let (_, renew) = ms(|| table("owner", OWNER).renew(&codes, 7, 59_843_941, 59_843_941).expect("renewed"));
    println!("an owner's table at a login: {renew} ms");

    for cost in [Cost::FLOOR, cost] {
        let (_folder, places) = super::sample::places();
        let write = |chance: &mut Counting| {
            draft.write(&places, &pin(PIN), &names("S"), cost, after(0), chance).expect("a shop")
        };
        let (open, took) = ms(|| write(&mut chance));
        println!("{} MiB: set-up writes its vault in {took} ms", cost.m_kib / 1024);
        let slot = open.slot;
        drop(open);
        let mut right = Vec::new();
        for login in 1..=10 {
            let at = login * 60;
            let typed = Pin::typed(PIN).expect("short");
            let (open, took) = ms(|| unlock(&places, slot, &typed, &phone.code(at), after(at)));
            open.expect("PIN and code");
            right.push(took);
        }
        right.sort_unstable();
        let typed = Pin::typed("40718294").expect("short");
        let (refused, wrong) = ms(|| unlock(&places, slot, &typed, &phone.code(700), after(700)));
        refused.expect_err("a wrong PIN");
        println!(
            "{} MiB: login median {} ms, slowest {} ms; refusal {wrong} ms",
            cost.m_kib / 1024,
            right[5],
            right[9]
        );
    }
    let bytes = std::fs::metadata(places.device.with_file_name("owner").join("totp")).map(|_| 401 * 11_560);
    println!("tables: {} bytes an owner, {} bytes staff", bytes.expect("there"), 121 * 11_560);
}
