//! The shop behind its door, by the commands the window gives: set up, locked, unlocked.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use argon2::{Algorithm, Argon2, Params, Version};
use pakka::desk::{Desk, Outlet, Places, Printed, Surroundings};
use pakka::stamp::Clock;
use pakka::vault::{Cost, NoKeystore};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use super::clock::{Laps, lap};
use super::figure::{Figure, Milli, Sheet};
use super::trial::{MORNING_MS, Seeded, profile};
use super::{Plan, goods};

/// What the owner of every such shop knows.
pub const PIN: &str = "59274816";

/// A shop with its door, and somebody who may open it.
pub struct House {
    /// None once its owner has gone home.
    desk: Option<Desk>,
    clock: Arc<AtomicI64>,
    told: Arc<AtomicU64>,
    secret: String,
}

/// A clock that is set.
struct Wound(Arc<AtomicI64>);

impl Clock for Wound {
    fn now(&self) -> (i64, i16, u64) {
        let wall_ms = self.0.fetch_add(1, Ordering::Relaxed);
        (wall_ms, 330, (wall_ms - MORNING_MS) as u64)
    }
}

/// No printer; reads files, and counts what the window is told.
struct Plain(Arc<AtomicU64>);

impl Outlet for Plain {
    fn print(&mut self, _: &[u8], _: &str) -> Printed {
        Printed::NoPrinter
    }

    fn printer(&mut self) -> String {
        String::new()
    }

    fn save(&mut self, folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        let path = folder.join(name);
        std::fs::write(&path, bytes)?;
        Ok(path)
    }

    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn choose_file(&mut self, _: &str) -> Option<PathBuf> {
        None
    }

    fn is_on_other_disk(&mut self, _: &Path, _: &Path) -> io::Result<bool> {
        Ok(false)
    }

    fn announce(&mut self, _: &str, _: u64, _: u64) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl House {
    /// Sets a shop up in a folder, step by step as an owner does.
    pub fn set_up(folder: &Path) -> House {
        let places = Places {
            data: folder.join("shop"),
            device: folder.join("shop-device"),
            papers: folder.join("papers"),
            keystore: Arc::new(NoKeystore),
        };
        let (clock, told) = (Arc::new(AtomicI64::new(MORNING_MS)), Arc::new(AtomicU64::new(0)));
        let desk = Desk::open(Surroundings {
            places,
            clock: Box::new(Wound(clock.clone())),
            chance: Box::new(Seeded(11)),
            outlet: Box::new(Plain(told.clone())),
            memory_kib: 0,
        });
        let mut house = House { desk: Some(desk), clock, told, secret: String::new() };
        let owner = json!({ "shop_name": "Sharma Stores", "owner_name": "Meena Sharma", "pin": PIN, "pin_again": PIN });
        house.secret = text(&house.run("setup_begin", &owner)["secret"]);
        let code = house.code();
        house.run("setup_code", &json!({ "code": code }));
        let paper = house.run("setup_recovery", &json!({}));
        let group = |place: usize| {
            let number = paper["ask"][place].as_u64().expect("a group is asked for") as usize;
            paper["groups"][number - 1].clone()
        };
        house.run("setup_groups", &json!({ "answers": [group(0), group(1)] }));
        let sign = profile();
        let sign = json!({
            "name": sign.name, "legal_name": sign.legal_name, "street": sign.street, "city": sign.city,
            "pin_code": sign.pin_code, "state": sign.state, "gstin": sign.gstin, "scheme": sign.scheme,
            "turnover": sign.turnover, "phone": sign.phone, "fssai": sign.fssai, "upi_id": sign.upi_id,
            "footer": sign.footer,
        });
        house.run("setup_finish", &json!({ "profile": sign, "counter_name": "Counter A", "sample": null }));
        house
    }

    /// Gives a command and takes its view.
    ///
    /// # Panics
    /// When it is refused: what is measured is known to be allowed.
    pub fn run(&mut self, name: &str, request: &Value) -> Value {
        self.desk
            .as_mut()
            .expect("the owner is there")
            .run(name, request.clone())
            .unwrap_or_else(|fault| panic!("{name} is refused: {}", fault.code))
    }

    /// Locks the shop and opens it again with the next code, and tells what the opening took.
    pub fn come_in(&mut self) -> super::clock::Lap {
        self.run("desk_lock", &json!({}));
        // Each code serves once.
        self.clock.fetch_add(60_000, Ordering::Relaxed);
        let slot = self.run("desk_state", &json!({}))["people"][0]["slot"].clone();
        let request = json!({ "slot": slot, "pin": PIN, "code": self.code() });
        lap(|| self.run("desk_unlock", &request)).1
    }

    /// The code that the phone will show in a minute, and that moment.
    #[cfg(test)]
    pub fn next_code(&self) -> (String, pakka::vault::Now) {
        self.clock.fetch_add(60_000, Ordering::Relaxed);
        let wall_ms = self.clock.load(Ordering::Relaxed);
        (self.code(), pakka::vault::Now { wall_ms, uptime_ms: (wall_ms - MORNING_MS) as u64 })
    }

    /// Sells one thing for cash.
    #[cfg(test)]
    pub fn sell_something(&mut self) {
        let thing = json!({ "name": "Twine", "price": "30", "rate_class": "gst18", "quantity": "2" });
        let bill = self.run("sale_nameless", &thing)["id"].clone();
        self.run("sale_settle", &json!({ "bill": bill, "tenders": [] }));
    }

    /// Goes home; the folder is free for others then.
    #[cfg(test)]
    pub fn shut(&mut self) {
        self.run("desk_lock", &json!({}));
        self.desk = None;
    }

    /// How often the window was told of progress since the last time.
    pub fn told(&self) -> u64 {
        self.told.swap(0, Ordering::Relaxed)
    }

    /// What the owner's phone shows.
    fn code(&self) -> String {
        let secret: String = self.secret.chars().filter(char::is_ascii_alphanumeric).collect();
        let secret = Secret::try_from_base32(secret).expect("the secret is base 32");
        let app = Builder::new().with_secret(secret).build().expect("the secret is long enough");
        app.generate((self.clock.load(Ordering::Relaxed) / 1000) as u64).to_string()
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

pub fn measure(plan: &Plan, sheet: &mut Sheet) {
    let argon2 = stretch();
    let floor = "a PIN stretched once at the floor (64 MiB, t = 3), wall";
    sheet.add(
        Figure::new(floor, Milli::ms(argon2.wall(50)), "ms")
            .at_most(Milli::whole(500))
            .because("The floor is not lowered for a slow machine: a stolen file must stay dear to try PINs on."),
    );
    let folder = plan.folder.join("door");
    std::fs::create_dir_all(&folder).expect("the folder is there");
    let mut house = House::set_up(&folder);
    goods::import(&mut house, &folder, 100_000, sheet);
    let mut laps = Laps::default();
    for _ in 0..3 {
        laps.add(house.come_in());
    }
    sheet.add(Figure::new("unlock at 100,000 items, all of it, wall", Milli::ms(laps.wall(50)), "ms"));
    let ready = laps.wall(50).saturating_sub(argon2.wall(50));
    sheet.add(
        Figure::new("unlock at 100,000 items, beyond the stretching, wall", Milli::ms(ready), "ms")
            .at_most(Milli::whole(1000))
            .because("Reading 100,000 items out of the file and building the search index takes the rest."),
    );
    goods::scan(&mut house, sheet);
}

/// Argon2id at the least cost a slot may have.
fn stretch() -> Laps {
    let params = Params::new(Cost::FLOOR.m_kib, Cost::FLOOR.t, Cost::FLOOR.p, Some(32)).expect("the floor is allowed");
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut laps = Laps::default();
    for _ in 0..5 {
        let mut key = [0; 32];
        laps.time(|| argon2.hash_password_into(PIN.as_bytes(), &[1; 16], &mut key).expect("the floor can be paid"));
    }
    laps
}
