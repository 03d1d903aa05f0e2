//! The shop as its window meets it, with a clock that is set, chance that repeats, and a printer of paper in memory.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use pakka::desk::{Desk, Outlet, Places, Printed, Surroundings};
use pakka::exchange::ROOMS;
use pakka::fault::Fault;
use pakka::stamp::Clock;
use pakka::store::Shop;
use pakka::vault::{self, Keystore, Now, Pin, SlotId, VaultError};
use serde_json::{Value, json};
use tempfile::TempDir;
use totp_rs::{Algorithm, Builder, Secret};
use zeroize::Zeroizing;

use super::Seeded;

/// 22 November 2026, 08:02 in India.
pub const MORNING: i64 = 1_795_314_720_000;
pub const PIN: &str = "40718293";

/// The time on the wall and since the machine was started, in milliseconds; moved by the test.
#[derive(Clone)]
pub struct Hands(Arc<Mutex<(i64, u64)>>);

impl Hands {
    pub fn at(wall_ms: i64) -> Hands {
        Hands(Arc::new(Mutex::new((wall_ms, 3_600_000))))
    }

    pub fn pass(&self, seconds: i64) {
        let mut hands = self.0.lock().expect("one thread");
        *hands = (hands.0 + seconds * 1000, hands.1 + seconds.unsigned_abs() * 1000);
    }

    /// Puts the wall's clock elsewhere; the machine's own goes on.
    pub fn set(&self, wall_ms: i64) {
        self.0.lock().expect("one thread").0 = wall_ms;
    }

    pub fn wall_ms(&self) -> i64 {
        self.0.lock().expect("one thread").0
    }
}

impl Clock for Hands {
    fn now(&self) -> (i64, i16, u64) {
        let (wall_ms, uptime_ms) = *self.0.lock().expect("one thread");
        (wall_ms, 330, uptime_ms)
    }
}

/// Papers that came out, in memory alone.
#[derive(Clone, Default)]
pub struct Tray(pub Arc<Mutex<Vec<Vec<u8>>>>);

impl Tray {
    fn put(&self, pdf: &[u8]) {
        self.0.lock().expect("one thread").push(pdf.to_vec());
    }
}

impl Outlet for Tray {
    fn print(&mut self, pdf: &[u8], _: &str) -> Printed {
        self.put(pdf);
        Printed::Queued
    }

    fn printer(&mut self) -> String {
        "Tray".into()
    }

    fn save(&mut self, folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        self.put(bytes);
        Ok(folder.join(name))
    }

    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn choose_file(&mut self, _: &str) -> Option<PathBuf> {
        None
    }

    /// A stick is a folder that is called so.
    fn is_on_other_disk(&mut self, folder: &Path, _: &Path) -> io::Result<bool> {
        Ok(folder.iter().any(|name| name == "stick"))
    }

    fn announce(&mut self, _: &str, _: u64, _: u64) {}
}

/// A keystore in memory; at first there is none that answers.
#[derive(Clone, Debug, Default)]
pub struct Safe(Arc<Mutex<Option<Entries>>>);

type Entries = BTreeMap<String, Vec<u8>>;

impl Safe {
    /// From now on it answers.
    pub fn answers(&self) {
        self.0.lock().expect("one thread").get_or_insert_default();
    }

    /// Whether anything is kept in it.
    pub fn is_used(&self) -> bool {
        self.0.lock().expect("one thread").as_ref().is_some_and(|entries| !entries.is_empty())
    }

    fn ask<T>(&self, ask: impl FnOnce(&mut Entries) -> T) -> Result<T, VaultError> {
        self.0.lock().expect("one thread").as_mut().map(ask).ok_or(VaultError::KeystoreSilent)
    }
}

impl Keystore for Safe {
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        self.ask(|entries| _ = entries.insert(name.to_owned(), secret.to_vec()))
    }

    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        self.ask(|entries| entries.get(name).cloned().map(Zeroizing::new))
    }

    fn forget(&self, name: &str) -> Result<(), VaultError> {
        self.ask(|entries| _ = entries.remove(name))
    }
}

/// A window's view of one shop.
pub struct Front {
    pub desk: Desk,
    pub hands: Hands,
    pub tray: Tray,
    pub places: Places,
    /// What the phone was given.
    pub secret: String,
    /// The groups on the paper.
    pub groups: Vec<String>,
}

impl Front {
    /// The desk over a folder, whatever lies there.
    pub fn over(folder: &Path, hands: &Hands, seed: u64) -> Front {
        Front::with(folder, hands, seed, &Safe::default())
    }

    /// The desk of a PC with this keystore.
    pub fn with(folder: &Path, hands: &Hands, seed: u64, safe: &Safe) -> Front {
        let places = Places {
            data: folder.join("data"),
            device: folder.join("device"),
            papers: folder.join("papers"),
            keystore: Arc::new(safe.clone()),
        };
        let tray = Tray::default();
        let desk = Desk::open(Surroundings {
            places: places.clone(),
            clock: Box::new(hands.clone()),
            chance: Box::new(Seeded(seed)),
            outlet: Box::new(tray.clone()),
            memory_kib: 0,
        });
        Front { desk, hands: hands.clone(), tray, places, secret: String::new(), groups: Vec::new() }
    }

    pub fn run(&mut self, command: &str, body: Value) -> Result<Value, Fault> {
        self.desk.run(command, body)
    }

    /// Runs what must go well.
    pub fn ok(&mut self, command: &str, body: Value) -> Value {
        self.run(command, body).unwrap_or_else(|fault| panic!("{command}: {fault:?}"))
    }

    /// Runs what must be refused, in words, and gives the code.
    pub fn refused(&mut self, command: &str, body: Value) -> String {
        match self.run(command, body) {
            Ok(view) => panic!("{command} was not refused: {view}"),
            Err(fault) => {
                assert!(!fault.say.en.is_empty() && !fault.say.hi.is_empty(), "{} has words", fault.code);
                fault.code
            }
        }
    }

    pub fn stage(&mut self) -> String {
        text(&self.ok("desk_state", Value::Null)["stage"])
    }

    /// The code of the fault with which the shop does not open.
    pub fn broken(&mut self) -> String {
        let state = self.ok("desk_state", Value::Null);
        assert_eq!(state["stage"], "broken", "{state}");
        text(&state["fault"]["code"])
    }

    /// The code on the phone now, or so many seconds from now.
    pub fn code(&self, seconds: i64) -> String {
        code(&self.secret, self.hands.wall_ms() + seconds * 1000)
    }

    pub fn begin(&mut self, shop: &str, owner: &str) {
        let begun =
            self.ok("setup_begin", json!({"shop_name": shop, "owner_name": owner, "pin": PIN, "pin_again": PIN}));
        self.secret = text(&begun["secret"]).replace(' ', "");
    }

    /// Types the phone's code and the paper's two groups back.
    pub fn prove(&mut self) {
        let code = self.code(0);
        self.ok("setup_code", json!({"code": code}));
        let paper = self.ok("setup_recovery", Value::Null);
        self.groups = paper["groups"].as_array().expect("groups").iter().map(text).collect();
        let asked: Vec<usize> =
            paper["ask"].as_array().expect("two").iter().map(|n| n.as_u64().expect("a number") as usize - 1).collect();
        let answers = [&self.groups[asked[0]], &self.groups[asked[1]]];
        self.ok("setup_groups", json!({"answers": answers}));
    }

    pub fn set_up(&mut self, shop: &str, owner: &str) -> Value {
        self.begin(shop, owner);
        self.prove();
        self.ok("setup_finish", finish(shop))
    }

    pub fn slot(&mut self) -> String {
        text(&self.ok("desk_state", Value::Null)["people"][0]["slot"])
    }

    /// Logs the owner in with a fresh code.
    pub fn unlock(&mut self) -> Result<Value, Fault> {
        self.hands.pass(60);
        let request = json!({"slot": self.slot(), "pin": PIN, "code": self.code(0)});
        self.run("desk_unlock", request)
    }

    /// An item at a price, with the tax in it; gives its id.
    pub fn item(&mut self, name: &str, code: &str, price: &str) -> String {
        text(&self.ok("catalog_set", item(name, code, price))["item"])
    }

    pub fn bill(&mut self) -> String {
        text(&self.ok("sale_bill", Value::Null)["id"])
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is a text")).to_owned()
}

/// The six digits that an app shows for a secret at a moment (RFC 6238).
pub fn code(secret: &str, wall_ms: i64) -> String {
    let secret = Secret::try_from_base32(secret).expect("base32");
    let bytes: [u8; 20] = secret.as_ref().try_into().expect("twenty bytes");
    let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(30).with_skew(0);
    builder.with_secret(bytes).build().expect("RFC 6238").generate((wall_ms / 1000) as u64).to_string()
}

/// The last step of a set-up for a shop of this name.
pub fn finish(shop: &str) -> Value {
    json!({
        "profile": {
            "name": shop, "legal_name": "", "street": "Shop 4, Mayur Colony", "city": "Pune", "pin_code": "411038",
            "state": "27", "gstin": "27AAPFU0939F1ZV", "scheme": "regular", "turnover": "upto_5_crore",
            "phone": "", "fssai": "", "upi_id": "sharmastores@okbank", "footer": "",
        },
        "counter_name": "Counter A",
        "sample": null,
    })
}

pub fn item(name: &str, code: &str, price: &str) -> Value {
    json!({
        "item": null, "name": name, "name_second": "", "short_code": code, "barcodes": [], "hsn": "3401",
        "is_service": false, "unit": "PCS", "mrp": "", "price": price, "inclusive": true, "rate_class": "gst18",
        "category": "", "favourite": "", "active": true, "opening_stock": "0",
    })
}

/// A shop that was set up once, has two items and a bill, and is locked: every test gets a copy of its folder.
pub struct Copied {
    pub folder: TempDir,
    pub front: Front,
}

struct Model {
    folder: TempDir,
    secret: String,
    groups: Vec<String>,
    wall_ms: i64,
}

pub fn locked_shop() -> Copied {
    static MODEL: OnceLock<Model> = OnceLock::new();
    let model = MODEL.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let mut front = Front::over(folder.path(), &Hands::at(MORNING), 1);
        front.set_up("Sharma Stores", "Meena");
        front.item("Soap 100 g", "201", "118");
        front.item("Toor dal", "202", "164");
        front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
        let bill = front.bill();
        front.ok("sale_settle", json!({"bill": bill, "tenders": []}));
        front.ok("desk_lock", Value::Null);
        let (secret, groups, wall_ms) = (front.secret.clone(), front.groups.clone(), front.hands.wall_ms());
        drop(front);
        Model { folder, secret, groups, wall_ms }
    });
    let folder = tempfile::tempdir().expect("a folder");
    copy(model.folder.path(), folder.path());
    let mut front = Front::over(folder.path(), &Hands::at(model.wall_ms), 2);
    (front.secret, front.groups) = (model.secret.clone(), model.groups.clone());
    Copied { folder, front }
}

/// The same shop, with somebody logged in.
pub fn open_shop() -> Copied {
    let mut shop = locked_shop();
    shop.front.unlock().expect("the owner logs in");
    shop
}

/// The shop's file opened past the desk, as a curious hand with the keys would.
pub fn behind_the_desk(front: &mut Front, change: impl FnOnce(&Shop)) {
    front.hands.pass(60);
    let data = PathBuf::from(text(&front.ok("desk_state", Value::Null)["data_dir"]));
    let places = vault::Places {
        vault: data.join("vault"),
        device: front.places.device.clone(),
        keystore: Arc::new(Safe::default()),
    };
    let slot = SlotId::read(&front.slot()).expect("a slot");
    let now = Now { wall_ms: front.hands.wall_ms(), uptime_ms: 7_200_000 };
    let pin = Pin::typed(PIN).expect("a PIN");
    let unlocked = vault::unlock(&places, slot, &pin, &front.code(0), now).expect("the owner");
    let shop = Shop::open(&data.join("shop.db"), &unlocked.keys.db(), ROOMS).expect("the shop");
    change(&shop);
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}
