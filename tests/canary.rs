//! Nothing a shop knows lies in clear on its disk: not while it sells, not after it was cut off, not after it was locked.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use support::front::{Front, Hands, MORNING, PIN, finish, text};

const SHOP: &str = "Kanarienvogel Bhandar";
const OWNER: &str = "Zuleikha Vindaloo";
const CUSTOMER: &str = "Quirinius Pfefferkorn";
const PHONE: &str = "9173046258";
const ADDRESS: &str = "77 Papageien Gali";
const ITEM: &str = "Xylophon Bonbon 40 g";
const REASON: &str = "Vertippt beim Zwieback";

/// A text as it could lie in a file: UTF-8, UTF-16 of both ends, small letters.
fn forms(secret: &str) -> Vec<Vec<u8>> {
    let wide = |bytes: fn(u16) -> [u8; 2]| secret.encode_utf16().flat_map(bytes).collect();
    vec![secret.as_bytes().to_vec(), wide(u16::to_le_bytes), wide(u16::to_be_bytes), secret.to_lowercase().into_bytes()]
}

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files(&path, all) } else { all.push(path) }
    }
}

/// Which secrets lie in which files, names of files and folders included.
fn hits(folder: &Path, secrets: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    files(folder, &mut all);
    assert!(all.len() > 8, "there are files to look through: {all:?}");
    let mut hits = Vec::new();
    for path in all {
        let mut bytes = fs::read(&path).expect("a file");
        bytes.extend_from_slice(path.strip_prefix(folder).expect("below").as_os_str().as_encoded_bytes());
        for secret in secrets {
            for form in forms(secret) {
                if memchr::memmem::find(&bytes, &form).is_some() {
                    hits.push(format!("{secret} in {}", path.display()));
                }
            }
        }
    }
    hits
}

#[test]
fn nothing_the_shop_knows_lies_in_clear_on_its_disk() {
    let home = tempfile::tempdir().expect("a folder");
    let mut front = Front::over(home.path(), &Hands::at(MORNING), 31);
    front.begin(SHOP, OWNER);
    front.prove();
    front.ok("recovery_paper", json!({"language": "en"}));
    front.ok("setup_finish", finish(SHOP));
    let mut secrets: Vec<String> =
        [SHOP, OWNER, CUSTOMER, PHONE, ADDRESS, ITEM, REASON, PIN].map(str::to_owned).to_vec();
    secrets.push(front.secret.clone());
    secrets.extend(front.secret.as_bytes().chunks(8).map(|part| String::from_utf8_lossy(part).into_owned()));
    secrets.push(front.groups.concat());
    secrets.push(front.groups.join("-"));
    secrets.extend(front.groups.iter().cloned());
    secrets.push("Xylophon".into());

    front.item(ITEM, "201", "118");
    let customer =
        json!({"person": null, "name": CUSTOMER, "phone": PHONE, "gstin": "", "state": "27", "address": ADDRESS});
    for _ in 0..5 {
        front.ok("sale_enter", json!({"text": "xylophon", "source": "typed"}));
        front.ok("sale_nameless", json!({"name": ITEM, "price": "10", "rate_class": "gst5", "quantity": ""}));
        front.ok("sale_customer", json!({"customer": customer}));
        front.ok("sale_search", json!({"text": "Xylophon"}));
        front.ok("customer_find", json!({"text": PHONE}));
        let bill = front.bill();
        let done = front.ok("sale_settle", json!({"bill": bill, "tenders": []}));
        let number = text(&done["number"]);
        front.ok("bills_open", json!({"number": number}));
        for paper in ["a4", "mm80"] {
            front.ok("bills_print", json!({"number": number, "paper": paper, "language": "hi"}));
        }
    }
    front.ok("bills_find", json!({"text": CUSTOMER, "day_from": null, "day_to": null, "offset": 0}));
    front.ok("bills_cancel", json!({"number": "A/26-27/000003", "reason": REASON}));
    front.ok("desk_screen", json!({"theme": "dark", "language": "hi"}));
    let wrong = json!({"slot": "", "pin": PIN, "code": "000000"});
    let _ = front.run("desk_unlock", wrong).expect_err("open already");
    assert_eq!(hits(home.path(), &secrets), Vec::<String>::new(), "while it sells");
    assert!(front.tray.0.lock().expect("papers").len() >= 15);

    // Cut off in the middle of a bill: nothing is closed, nothing is tidied up.
    front.ok("sale_enter", json!({"text": "xylophon", "source": "typed"}));
    front.ok("sale_customer", json!({"customer": customer}));
    let copy = tempfile::tempdir().expect("a folder");
    support::front::copy(home.path(), copy.path());
    let (hands, secret) = (front.hands.clone(), front.secret.clone());
    std::mem::forget(front);
    assert_eq!(hits(home.path(), &secrets), Vec::<String>::new(), "cut off");

    // The copy is what a start after the cut finds; it opens, goes on, is locked, and is clean again.
    let mut front = Front::over(copy.path(), &hands, 32);
    front.secret = secret;
    front.unlock().expect("the owner");
    assert_eq!(front.ok("sale_bill", Value::Null)["line_count"], 1, "the bill is open as it was");
    front.ok("desk_lock", Value::Null);
    assert_eq!(hits(copy.path(), &secrets), Vec::<String>::new(), "locked");

    // The search finds what does lie there.
    for (name, bytes) in [
        ("utf-8", CUSTOMER.as_bytes().to_vec()),
        ("utf-16le", CUSTOMER.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("utf-16be", CUSTOMER.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ] {
        let planted = copy.path().join("data/vault").join(name);
        fs::write(&planted, [vec![7; 5000], bytes, vec![9; 100]].concat()).expect("planted");
        assert_eq!(hits(copy.path(), &secrets).len(), 1, "{name}");
        fs::remove_file(planted).expect("removed");
    }
    fs::write(copy.path().join(format!("log-{PHONE}.txt")), b"").expect("planted");
    assert_eq!(hits(copy.path(), &secrets).len(), 2, "in the name of a file, in its two like forms");
}
