//! What lies in the memory of the program: while somebody sells, and after a full lock (security.md §6, row 13).
//!
//! The test starts itself as a child that opens a shop, sells and locks; from outside it looks through all of the
//! child's memory. What is looked for reaches the child as a window's request would, and lies in no text of the program.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use pakka_guard::Wiping;
use serde_json::{Value, json};

use crate::desk::{Desk, Outlet, Places, Printed, Surroundings};
use crate::stamp::{Chance, Clock};
use crate::vault::NoKeystore;
use crate::vault::sample::{Counting, NOON, Phone, secrets_of};

#[global_allocator]
static HEAP: Wiping<std::alloc::System> = Wiping(std::alloc::System);

const PLACE: &str = "PAKKA_MEMORY_PLACE";
const MINUTES: i64 = 60_000;

#[derive(Clone)]
struct Hands(Arc<AtomicI64>);

impl Clock for Hands {
    fn now(&self) -> (i64, i16, u64) {
        let wall_ms = self.0.load(Ordering::Relaxed);
        (wall_ms, 330, (wall_ms - NOON + 3_600_000) as u64)
    }
}

struct NoWay;

impl Outlet for NoWay {
    fn print(&mut self, _: &[u8], _: &str) -> Printed {
        Printed::NoPrinter
    }
    fn printer(&mut self) -> String {
        String::new()
    }
    fn save(&mut self, folder: &Path, name: &str, _: &[u8]) -> std::io::Result<PathBuf> {
        Ok(folder.join(name))
    }
    fn read(&mut self, path: &Path) -> std::io::Result<Vec<u8>> {
        fs::read(path)
    }
    fn choose_file(&mut self, _: &str) -> Option<PathBuf> {
        None
    }
    fn is_on_other_disk(&mut self, _: &Path, _: &Path) -> std::io::Result<bool> {
        Ok(false)
    }
    fn announce(&mut self, _: &str, _: u64, _: u64) {}
}

fn desk(folder: &Path, hands: &Hands, seed: u64) -> Desk {
    let [data, device, papers] = ["data", "device", "papers"].map(|name| folder.join(name));
    let places = Places { data, device, papers, keystore: Arc::new(NoKeystore) };
    let chance: Box<dyn Chance> = Box::new(Counting(seed));
    let (clock, outlet) = (Box::new(hands.clone()), Box::new(NoWay));
    Desk::open(Surroundings { places, clock, chance, outlet, memory_kib: 0 })
}

fn ok(desk: &mut Desk, command: &str, body: Value) -> Value {
    desk.run(command, body).unwrap_or_else(|fault| panic!("{command}: {}", fault.code))
}

/// The search that the window's test makes too.
#[path = "../../../../tests/window/memory.rs"]
#[allow(dead_code, reason = "the window has a family of processes, the shop alone has none")]
mod search;

use search::{Needle, count};

struct Till {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Till {
    fn start(place: &Path) -> Till {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["--ignored", "--exact", "desk::memory::the_till", "--nocapture", "--test-threads", "1"])
            .env(PLACE, place)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child");
        let (to, from) = (child.stdin.take().expect("its ear"), child.stdout.take().expect("its mouth"));
        Till { child, to, from: BufReader::new(from) }
    }

    /// Says a line and waits until the child says this word.
    fn tell(&mut self, line: &Value, word: &str) {
        writeln!(self.to, "{line}").expect("the child listens");
        let mut said = String::new();
        while !said.trim_end().ends_with(word) {
            said.clear();
            assert!(self.from.read_line(&mut said).expect("the child speaks") > 0, "the child ended before {word}");
        }
    }
}

impl Drop for Till {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A line of what the parent says, through nothing that keeps it.
fn hear(ear: &mut File) -> Value {
    let (mut line, mut byte) = (Vec::with_capacity(4_096), [0]);
    while ear.read(&mut byte).expect("the parent speaks") == 1 && byte[0] != b'\n' {
        line.push(byte[0]);
    }
    serde_json::from_slice(&line).unwrap_or_default()
}

/// Not a test of its own: the till that the others look into. Without a place it does nothing.
#[test]
#[ignore = "started by the other tests"]
fn the_till() {
    let Some(place) = std::env::var_os(PLACE) else { return };
    let hands = Hands(Arc::new(AtomicI64::new(NOON + 10 * MINUTES)));
    let mut ear = File::open("/dev/stdin").expect("an ear");
    let say = |word: &str| println!("\n{word}");
    let mut desk = desk(Path::new(&place), &hands, 77);
    loop {
        let asked = hear(&mut ear);
        match asked["do"].as_str() {
            Some("unlock") => {
                ok(&mut desk, "desk_unlock", asked["request"].clone());
                say("open");
            }
            Some("sell") => {
                for number in 0..asked["customers"].as_u64().expect("a count") {
                    let name = format!("{} {number:04}", asked["canary"].as_str().expect("a name"));
                    let customer = json!({"person": null, "name": name, "phone": "", "gstin": "27AAPFU0939F1ZV",
                        "state": "27", "address": "Shop 4, Mayur Colony"});
                    ok(&mut desk, "sale_enter", json!({"text": "201", "source": "typed"}));
                    ok(&mut desk, "sale_customer", json!({"customer": customer}));
                    let bill = ok(&mut desk, "sale_bill", Value::Null)["id"].clone();
                    let done = ok(&mut desk, "sale_settle", json!({"bill": bill, "tenders": []}));
                    if number % 50 == 0 {
                        ok(&mut desk, "bills_open", json!({"number": done["number"]}));
                        ok(&mut desk, "customer_find", json!({"text": name}));
                    }
                    hands.0.fetch_add(1_000, Ordering::Relaxed);
                }
                say("sold");
            }
            Some("lock") => {
                ok(&mut desk, "desk_lock", Value::Null);
                say("locked");
            }
            _ => return,
        }
    }
}

/// Sets a shop up, lets a child open it, sell to so many customers and lock, and counts at each step.
fn look_into(customers: u64) -> [Vec<(&'static str, usize)>; 3] {
    let folder = tempfile::tempdir().expect("a folder");
    let hands = Hands(Arc::new(AtomicI64::new(NOON)));
    // Letters that lie nowhere in the program.
    let pin: String = [5_u8, 8, 2, 0, 3, 9, 1, 7, 6, 4].into_iter().map(|digit| char::from(b'0' + digit)).collect();
    let canary: String = "Xljbsj".chars().map(|letter| char::from(letter as u8 - 1)).chain("vqz".chars()).collect();
    let (keys, phone) = {
        let mut desk = desk(folder.path(), &hands, 5);
        let begun = ok(
            &mut desk,
            "setup_begin",
            json!({"shop_name": "Sharma Stores", "owner_name": "Meena", "pin": pin, "pin_again": pin}),
        );
        let phone = Phone::of_uri(begun["uri"].as_str().expect("an address"));
        ok(&mut desk, "setup_code", json!({"code": phone.code(0)}));
        let paper = ok(&mut desk, "setup_recovery", Value::Null);
        let answers: Vec<Value> = paper["ask"]
            .as_array()
            .expect("two numbers")
            .iter()
            .map(|number| paper["groups"][number.as_u64().expect("a number") as usize - 1].clone())
            .collect();
        ok(&mut desk, "setup_groups", json!({"answers": answers}));
        ok(
            &mut desk,
            "setup_finish",
            json!({
                "profile": {
                    "name": "Sharma Stores", "legal_name": "", "street": "Shop 4, Mayur Colony", "city": "Pune",
                    "pin_code": "411038", "state": "27", "gstin": "27AAPFU0939F1ZV", "scheme": "regular",
                    "turnover": "upto_5_crore", "phone": "", "fssai": "", "upi_id": "", "footer": "",
                },
                "counter_name": "Counter A",
                "sample": null,
            }),
        );
        ok(
            &mut desk,
            "catalog_set",
            json!({
                "item": null, "name": "Soap 100 g", "name_second": "", "short_code": "201", "barcodes": [], "hsn": "3401",
                "is_service": false, "unit": "PCS", "mrp": "", "price": "118", "inclusive": true, "rate_class": "gst18",
                "category": "", "favourite": "", "active": true, "opening_stock": "0",
            }),
        );
        let keys = secrets_of(&desk.opened().expect("the owner is in").unlocked);
        (keys, phone)
    };
    let totp = phone.secret();
    let mut needles: Vec<Needle> = keys.iter().map(|(what, key)| Needle::key(what, key)).collect();
    needles.push(Needle::key("phone's secret", totp));
    needles.push(Needle::text("phone's secret for typing", &phone.typed()));
    needles.push(Needle::text("PIN", &pin));
    needles.push(Needle::text("customers", &canary));

    let mut till = Till::start(folder.path());
    let process = till.child.id();
    let slot = {
        let mut names = fs::read_dir(folder.path().join("data/vault/totp")).expect("a table");
        let name = names.next().expect("the owner's").expect("read").file_name();
        name.to_string_lossy().trim_end_matches(".tab").to_owned()
    };
    let request = json!({"slot": slot, "pin": pin, "code": phone.code(10 * 60)});
    till.tell(&json!({"do": "unlock", "request": request}), "open");
    let open = count(process, &needles);
    till.tell(&json!({"do": "sell", "customers": customers, "canary": canary}), "sold");
    let selling = count(process, &needles);
    till.tell(&json!({"do": "lock"}), "locked");
    [open, selling, count(process, &needles)]
}

fn print(when: &str, counts: &[(&str, usize)]) {
    let told: Vec<String> = counts.iter().map(|(what, count)| format!("{what} {count}")).collect();
    println!("in memory {when}: {}", told.join(", "));
}

fn nothing_is_left(customers: u64) {
    let [open, selling, locked] = look_into(customers);
    print("after the login", &open);
    print(&format!("after {customers} bills"), &selling);
    print("after the full lock", &locked);
    let of = |counts: &[(&str, usize)], wanted: &str| {
        counts.iter().find(|(what, _)| *what == wanted).expect("it was looked for").1
    };
    // The database keeps its own key under a mask; the root key lies on its page as it is.
    assert!(of(&selling, "root key") > 0 && of(&selling, "customers") > 0, "the search finds what is there");
    assert_eq!(of(&open, "PIN"), 0, "the PIN is forgotten as soon as it has done its work");
    let left: Vec<_> = locked.iter().filter(|(_, count)| *count > 0).collect();
    assert!(left.is_empty(), "left in memory after a full lock: {left:?}");
}

#[test]
fn nothing_secret_is_left_in_memory_after_a_full_lock() {
    nothing_is_left(40);
}

#[test]
#[ignore = "a thousand customers take a while: cargo xtask test --long"]
fn a_thousand_customers_leave_nothing_in_memory_after_a_full_lock() {
    nothing_is_left(1_000);
}
