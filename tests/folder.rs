//! A shop whose folder is not where it was: its owner names where it lies, and no number comes twice.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use support::front::{Copied, Front, Hands, MORNING, copy, locked_shop, text};
use tempfile::TempDir;

/// A shop whose folder was moved to `elsewhere` while the program was shut.
struct Moved {
    folder: TempDir,
    elsewhere: PathBuf,
    front: Front,
}

fn moved() -> Moved {
    let Copied { folder, front } = locked_shop();
    let elsewhere = folder.path().join("elsewhere");
    let front = again(folder.path(), front, || {
        fs::rename(folder.path().join("data"), &elsewhere).expect("moved");
    });
    Moved { folder, elsewhere, front }
}

/// The program shut, something done, and the program started again.
fn again(folder: &Path, front: Front, meanwhile: impl FnOnce()) -> Front {
    let (hands, secret) = (front.hands.clone(), front.secret.clone());
    drop(front);
    meanwhile();
    let mut front = Front::over(folder, &hands, 6);
    front.secret = secret;
    front
}

fn name(front: &mut Front, folder: &Path) -> Value {
    front.ok("desk_folder", json!({"path": folder}))
}

/// Sells one soap and gives the number of its bill.
fn sell(front: &mut Front) -> String {
    front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
    let bill = front.bill();
    text(&front.ok("sale_settle", json!({"bill": bill, "tenders": []}))["number"])
}

fn notices(open: &Value) -> Vec<String> {
    open["notices"].as_array().expect("notices").iter().map(|fault| text(&fault["code"])).collect()
}

/// Logs the owner in, who goes on with a copy that lacks what this PC saw. A copy whose list of used codes and wrong tries is behind what this PC has seen may give nobody a
/// free try, so it asks for an hour's patience.
fn come_in(front: &mut Front) {
    for (code, seconds) in [("vault.state_lost", 120), ("vault.wait", 3600)] {
        match front.unlock() {
            Ok(_) => {
                front.ok("desk_go_on", json!({}));
                return;
            }
            Err(fault) => assert_eq!(fault.code, code),
        }
        front.hands.pass(seconds);
    }
    front.unlock().expect("the owner logs in");
    front.ok("desk_go_on", json!({}));
}

#[test]
fn a_moved_shop_is_gone_on_with_where_its_owner_says() {
    let Moved { folder, elsewhere, mut front } = moved();
    assert_eq!(front.broken(), "store.missing");
    let state = name(&mut front, &elsewhere);
    assert_eq!((state["stage"].as_str(), state["shop_name"].as_str()), (Some("locked"), Some("Sharma Stores")));
    assert_eq!(state["data_dir"], elsewhere.canonicalize().expect("it is there").display().to_string());
    let open = front.unlock().expect("the owner logs in");
    assert_eq!(notices(&open), ["desk.named_by_hand"]);
    assert_eq!(sell(&mut front), "B/26-27/000001", "the copy may lack bills of A");

    // From then on the program starts there, and says nothing more about it.
    let mut front = again(folder.path(), front, || {});
    assert_eq!(front.stage(), "locked");
    assert!(notices(&front.unlock().expect("the owner logs in")).is_empty());
    assert_eq!(sell(&mut front), "B/26-27/000002");
    assert!(!folder.path().join("data/shop.db").exists(), "nothing was made where the shop was");
}

#[test]
fn no_two_copies_of_a_shop_give_the_same_number() {
    let Moved { folder, elsewhere, mut front } = moved();
    let copies = ["one", "two"].map(|name| folder.path().join(name));
    copies.iter().for_each(|place| copy(&elsewhere, place));
    let mut numbers = Vec::new();
    for place in [&copies[0], &copies[1], &elsewhere, &copies[0]] {
        name(&mut front, place);
        come_in(&mut front);
        numbers.push(sell(&mut front));
        front.ok("desk_lock", Value::Null);
    }
    assert_eq!(numbers, ["B/26-27/000001", "C/26-27/000001", "D/26-27/000001", "E/26-27/000001"]);
}

#[test]
fn a_folder_without_the_shop_is_refused_and_left_as_it_is() {
    let Moved { folder, elsewhere, mut front } = moved();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("empty")).expect("a folder");
    copy(&elsewhere.join("vault"), &at("no-file/vault"));
    fs::create_dir(at("no-vault")).expect("a folder");
    fs::copy(elsewhere.join("shop.db"), at("no-vault/shop.db")).expect("copied");
    copy(&elsewhere, &at("unfinished"));
    fs::write(at("unfinished/setup.unfinished"), b"").expect("the mark of a set-up");
    let mut other = Front::over(&at("other"), &Hands::at(MORNING), 11);
    other.set_up("Verma Stores", "Ravi");
    drop(other);
    copy(&elsewhere, &at("newer"));
    for header in ["vault.hdr.a", "vault.hdr.b"] {
        make_newer(&at("newer/vault").join(header));
    }
    for (place, code) in [
        ("nowhere", "desk.folder"),
        ("empty", "desk.no_shop"),
        ("no-file", "desk.no_shop"),
        ("no-vault", "desk.vault_missing"),
        ("unfinished", "desk.no_shop"),
        ("other/data", "desk.other_shop"),
        ("newer", "vault.newer"),
    ] {
        let before = files(&at(place));
        assert_eq!(front.refused("desk_folder", json!({"path": at(place)})), code, "{place}");
        assert_eq!(files(&at(place)), before, "{place} was written to");
        assert_eq!(front.broken(), "store.missing", "{place} is not remembered");
    }
    // Somebody may as well name the file itself.
    name(&mut front, &elsewhere.join("shop.db"));
    assert_eq!(front.stage(), "locked");
}

#[test]
fn a_shop_file_of_a_newer_program_is_told_at_login_and_another_folder_can_be_named() {
    let Moved { folder, elsewhere, mut front } = moved();
    let newer = folder.path().join("newer");
    copy(&elsewhere, &newer);
    name(&mut front, &newer);
    support::front::behind_the_desk(&mut front, |shop| {
        shop.look().sql().pragma_update(None, "user_version", 2).expect("a format of tomorrow");
    });
    let before = fs::read(newer.join("shop.db")).expect("the file");
    assert_eq!(front.unlock().expect_err("newer").code, "store.newer");
    assert_eq!(fs::read(newer.join("shop.db")).expect("the file"), before);
    name(&mut front, &elsewhere);
    come_in(&mut front);
}

#[test]
fn a_named_folder_whose_drive_is_gone_is_missing_and_not_made() {
    let Moved { folder, elsewhere, mut front } = moved();
    name(&mut front, &elsewhere);
    let unplugged = folder.path().join("unplugged");
    let mut front = again(folder.path(), front, || fs::rename(&elsewhere, &unplugged).expect("unplugged"));
    assert_eq!(front.broken(), "store.missing");
    assert!(!elsewhere.exists());
    fs::rename(&unplugged, &elsewhere).expect("plugged in again");
    assert_eq!(front.stage(), "locked", "looked at once more");
}

#[test]
fn a_folder_is_named_only_while_nobody_is_in_the_shop() {
    let Copied { folder, mut front } = locked_shop();
    let (data, copied) = (front.places.data.clone(), folder.path().join("copied"));
    copy(&data, &copied);
    // The shop's own folder named again is the same shop, and nothing new about it.
    name(&mut front, &data);
    assert!(notices(&front.unlock().expect("the owner logs in")).is_empty());
    assert_eq!(front.refused("desk_folder", json!({"path": copied})), "desk.not_in_set_up");
    front.ok("desk_lock", Value::Null);
    let held = fs::File::create(copied.join("pakka.lock")).expect("a file");
    held.lock().expect("another Pakka has it");
    assert_eq!(front.refused("desk_folder", json!({"path": copied})), "desk.in_use");
    assert_eq!(front.stage(), "locked", "the shop that was there is still held");

    let empty = tempfile::tempdir().expect("a folder");
    let mut new = Front::over(empty.path(), &Hands::at(MORNING), 12);
    assert_eq!(new.refused("desk_folder", json!({"path": copied})), "desk.not_in_set_up");
}

/// A header as a later version would write it: another number, and a checksum that fits.
fn make_newer(header: &Path) {
    let mut bytes = fs::read(header).expect("a header");
    bytes[4] = 2;
    let body = bytes.len() - 4;
    let crc = crc32c::crc32c(&bytes[..body]);
    bytes[body..].copy_from_slice(&crc.to_le_bytes());
    fs::write(header, bytes).expect("written");
}

/// Every file below a folder with its length; none when there is no folder.
fn files(folder: &Path) -> Vec<(PathBuf, u64)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<(PathBuf, u64)> = entries
        .flat_map(|entry| {
            let path = entry.path();
            if path.is_dir() { files(&path) } else { vec![(path, entry.metadata().expect("a size").len())] }
        })
        .collect();
    files.sort();
    files
}
