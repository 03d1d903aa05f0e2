//! A login at the cost that this machine bears, its refusals, and what a person's table takes on the disk.

use std::path::Path;
use std::sync::Arc;

use pakka::vault::people::{self, Enrolment, Newcomer};
use pakka::vault::{self, Cost, Draft, NoKeystore, Now, Pin, RosterNames, SlotId, Unlocked, VaultError};
use totp_rs::{Builder, Secret};

use super::Plan;
use super::clock::{Laps, lap};
use super::door::PIN;
use super::figure::{Figure, Milli, Sheet};
use super::trial::{MORNING_MS, Seeded};

/// The memory of a PC as shops buy them; an eighth of it may be lent to a login.
const MEMORY_KIB: u64 = 8 * 1024 * 1024;
const WRONG_PIN: &str = "59274817";
const LOGINS: i64 = 9;

/// A vault on this disk, its owner's phone, and a clock that goes a minute a try: each code serves once.
struct Gate {
    places: vault::Places,
    slot: SlotId,
    phone: Phone,
    minutes: i64,
}

struct Phone(String);

impl Phone {
    fn new(text: &str) -> Phone {
        Phone(text.chars().filter(char::is_ascii_alphanumeric).collect())
    }

    fn code(&self, now: Now) -> String {
        let secret = Secret::try_from_base32(&self.0).expect("the secret is base 32");
        let app = Builder::new().with_secret(secret).build().expect("the secret is long enough");
        app.generate((now.wall_ms / 1000) as u64).to_string()
    }
}

impl Gate {
    fn set_up(folder: &Path, cost: Cost) -> (Gate, Unlocked) {
        let places = vault::Places {
            vault: folder.join("vault"),
            device: folder.join("device"),
            keystore: Arc::new(NoKeystore),
        };
        let mut chance = Seeded(3);
        let mut draft = Draft::make(&mut chance);
        let phone = Phone::new(&draft.secret_text());
        draft.check_code(&phone.code(at(0)), at(0).wall_ms).expect("the phone's code");
        let groups = draft.recovery_groups();
        draft.asked_groups().into_iter().for_each(|number| draft.check_group(number, &groups[number - 1]).expect("it"));
        let names = RosterNames { shop: "Sharma Stores".to_owned(), person: "Meena Sharma".to_owned() };
        let pin = Pin::choose_owner(PIN).expect("a PIN an owner may choose");
        let unlocked = draft.write(&places, &pin, &names, cost, at(0), &mut chance).expect("a folder of its own");
        (Gate { places, slot: unlocked.slot, phone, minutes: 0 }, unlocked)
    }

    fn come_in(&mut self, pin: &str, code: Option<&str>) -> (Result<Unlocked, VaultError>, u64) {
        self.minutes += 1;
        let now = at(self.minutes);
        let code = code.map_or_else(|| self.phone.code(now), str::to_owned);
        let pin = Pin::typed(pin).expect("short");
        let (came, lap) = lap(|| vault::unlock(&self.places, self.slot, &pin, &code, now));
        (came, lap.wall)
    }
}

fn at(minutes: i64) -> Now {
    Now { wall_ms: MORNING_MS + minutes * 60_000, uptime_ms: (minutes as u64 + 60) * 60_000 }
}

pub fn measure(plan: &Plan, sheet: &mut Sheet) {
    let cost = Cost::calibrate(MEMORY_KIB, &mut |cost| {
        let (tried, lap) = lap(|| cost.try_out());
        tried.ok().map(|()| lap.wall / 1_000_000)
    });
    let lent = Milli::whole(u64::from(cost.m_kib / 1024));
    sheet.add(Figure::new("memory of one Argon2id call, calibrated for a PC of 8 GiB", lent, "MiB"));
    let mut calls = Laps::default();
    for _ in 0..5 {
        calls.time(|| cost.try_out().expect("it was tried before"));
    }
    sheet.add(
        Figure::new("one Argon2id call at that cost, wall", Milli::ms(calls.wall(50)), "ms")
            .at_most(Milli::whole(500))
            .because("The floor is not lowered for a slow machine: a stolen file must stay dear to try PINs on."),
    );

    let folder = plan.folder.join("login");
    let (mut gate, owner) = Gate::set_up(&folder, cost);
    let staff = add_cashier(owner, cost);
    let mut right: Vec<u64> = (0..LOGINS)
        .map(|_| {
            let (came, wall) = gate.come_in(PIN, None);
            came.expect("PIN and code");
            wall
        })
        .collect();
    right.sort_unstable();
    sheet.add(
        Figure::new("login at the right step, wall, median", Milli::ms(right[right.len() / 2]), "ms")
            .at_most(Milli::whole(1000))
            .because("One call and the day's codes; see the call above."),
    );
    for (what, pin, code) in [
        ("a wrong PIN", WRONG_PIN, None),
        ("a wrong code", PIN, Some("000000")),
        ("both wrong", WRONG_PIN, Some("000000")),
    ] {
        let (came, wall) = gate.come_in(pin, code);
        assert_eq!(came.err(), Some(VaultError::Refused), "one answer for all of them");
        sheet.add(Figure::new(format!("refusal of {what}: three calls, wall"), Milli::ms(wall), "ms"));
        gate.come_in(PIN, None).0.expect("a right try takes the wrong ones back");
    }
    for (whose, slot) in [("an owner's", gate.slot), ("a cashier's", staff)] {
        let table = gate.places.vault.join("totp").join(format!("{slot}.tab"));
        let bytes = std::fs::metadata(table).expect("it was written").len();
        sheet.add(Figure::new(format!("{whose} table of codes"), Milli(bytes), "kB"));
    }
}

fn add_cashier(mut owner: Unlocked, cost: Cost) -> SlotId {
    let mut chance = Seeded(4);
    let mut enrolment = Enrolment::make(&mut chance);
    let phone = Phone::new(&enrolment.secret_text());
    for minutes in [-2, -1] {
        enrolment.check_code(&phone.code(at(minutes)), at(minutes).wall_ms).expect("the phone's code");
    }
    let newcomer = Newcomer { name: "Ravi".to_owned(), role: 2, may_export: false };
    let pin = Pin::choose_staff("482913").expect("six digits");
    people::add(&mut owner, &newcomer, &enrolment, &pin, cost, &mut chance).expect("an owner may")
}
