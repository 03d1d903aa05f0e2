//! Where this PC's own key is kept: a stick that its owner takes home, the system's keystore, or a file.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use support::front::{Front, Hands, MORNING, PIN, Safe, code, finish, text};
use tempfile::TempDir;

fn place(front: &mut Front, stick: Option<&Path>) -> String {
    text(&front.ok("setup_key_place", json!({"stick": stick}))["words"]["en"])
}

fn told(front: &mut Front) -> String {
    text(&front.ok("settings_get", Value::Null)["key_place"]["en"])
}

/// A shop that was set up with its key on a stick, and shut.
struct Sticked {
    folder: TempDir,
    stick: PathBuf,
    front: Front,
}

fn sticked() -> Sticked {
    let folder = tempfile::tempdir().expect("a folder");
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).expect("plugged in");
    let mut front = Front::over(folder.path(), &Hands::at(MORNING), 21);
    front.begin("Sharma Stores", "Meena");
    front.prove();
    assert!(place(&mut front, Some(&stick)).contains("Take it home"));
    front.ok("setup_finish", finish("Sharma Stores"));
    assert!(told(&mut front).contains("key stick"));
    Sticked { folder, stick, front }
}

impl Sticked {
    /// The program shut, something done, and the program started again.
    fn again(self, meanwhile: impl FnOnce(&Path, &Path)) -> Sticked {
        let Sticked { folder, stick, front } = self;
        let (hands, secret, groups) = (front.hands.clone(), front.secret.clone(), front.groups.clone());
        drop(front);
        meanwhile(folder.path(), &stick);
        let mut front = Front::over(folder.path(), &hands, 22);
        (front.secret, front.groups) = (secret, groups);
        Sticked { folder, stick, front }
    }
}

#[test]
fn a_shop_takes_the_best_place_that_asks_nothing_of_its_owner() {
    for (has_keystore, is_asked) in [(true, true), (true, false), (false, true), (false, false)] {
        let (folder, safe) = (tempfile::tempdir().expect("a folder"), Safe::default());
        if has_keystore {
            safe.answers();
        }
        let mut front = Front::with(folder.path(), &Hands::at(MORNING), 23, &safe);
        assert_eq!(front.refused("setup_key_place", json!({"stick": null})), "desk.not_in_set_up");
        front.begin("Sharma Stores", "Meena");
        front.prove();
        let where_it_is = if has_keystore { "keystore" } else { "a file" };
        if is_asked {
            let words = place(&mut front, None);
            assert!(words.contains(where_it_is), "{words}");
            assert!(!safe.is_used(), "the trial leaves nothing");
        }
        front.ok("setup_finish", finish("Sharma Stores"));
        assert!(told(&mut front).contains(where_it_is));
        let in_file = fs::read_dir(&front.places.device).expect("a folder").flatten();
        let in_file = in_file.into_iter().any(|file| file.file_name().to_string_lossy().starts_with("device."));
        assert_eq!((safe.is_used(), in_file), (has_keystore, !has_keystore));
        front.ok("desk_lock", Value::Null);
        front.unlock().expect("PIN and code");
    }
}

#[test]
fn what_is_no_stick_is_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut front = Front::over(folder.path(), &Hands::at(MORNING), 24);
    front.begin("Sharma Stores", "Meena");
    front.prove();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("beside")).expect("a folder");
    fs::create_dir(at("stick")).expect("a folder");
    fs::write(at("stick/a-file"), b"").expect("written");
    fs::create_dir(at("stick/pakka-trial")).expect("something in the way of writing");
    for (path, code) in [
        (at("nowhere"), "desk.stick_refuses"),
        (at("beside"), "desk.no_stick"),
        (at("stick/a-file"), "desk.stick_refuses"),
        (at("stick"), "desk.stick_refuses"),
    ] {
        assert_eq!(front.refused("setup_key_place", json!({"stick": path})), code, "{}", path.display());
    }
    // What was refused is not remembered: the shop begins with the place that it would have had.
    front.ok("setup_finish", finish("Sharma Stores"));
    assert!(told(&mut front).contains("a file"));
}

#[test]
fn without_its_stick_a_shop_stays_shut_and_goes_on_when_it_is_in() {
    let mut shop = sticked().again(|folder, stick| fs::rename(stick, folder.join("home")).expect("taken home"));
    assert_eq!(shop.front.broken(), "vault.stick_missing");
    assert_eq!(shop.front.broken(), "vault.stick_missing", "looked at once more");
    fs::create_dir(&shop.stick).expect("another stick");
    assert_eq!(shop.front.broken(), "vault.stick_missing", "the key is not on it");
    fs::remove_dir(&shop.stick).expect("pulled out");
    fs::rename(shop.folder.path().join("home"), &shop.stick).expect("plugged in");
    assert_eq!(shop.front.stage(), "locked");
    // Pulled out before the login, it is asked for again, and no try is counted.
    fs::rename(&shop.stick, shop.folder.path().join("home")).expect("pulled out");
    for _ in 0..5 {
        assert_eq!(shop.front.unlock().expect_err("no key").code, "vault.stick_missing");
    }
    fs::rename(shop.folder.path().join("home"), &shop.stick).expect("plugged in");
    shop.front.unlock().expect("PIN and code");
}

#[test]
fn a_stick_under_another_name_is_gone_on_with_where_its_owner_says() {
    let mut shop = sticked().again(|folder, stick| {
        fs::create_dir(folder.join("other")).expect("another drive letter");
        fs::rename(stick, folder.join("other/stick")).expect("plugged in there");
    });
    let (here, wrong) = (shop.folder.path().join("other/stick"), shop.folder.path().join("other"));
    assert_eq!(shop.front.broken(), "vault.stick_missing");
    assert_eq!(shop.front.refused("desk_stick", json!({"path": wrong})), "desk.no_key");
    assert_eq!(shop.front.ok("desk_stick", json!({"path": here}))["stage"], "locked");
    // Under a third name, and its owner names the key's own folder on it.
    let third = shop.folder.path().join("third/stick");
    let mut shop = shop.again(|folder, _| {
        fs::create_dir(folder.join("third")).expect("another drive letter");
        fs::rename(&here, &third).expect("plugged in there");
    });
    let own = fs::read_dir(&third).expect("the stick").flatten().next().expect("the key's own folder").path();
    assert_eq!(shop.front.ok("desk_stick", json!({"path": own}))["stage"], "locked");
    let mut shop = shop.again(|_, _| ());
    shop.front.unlock().expect("remembered");
    assert_eq!(shop.front.refused("desk_stick", json!({"path": third})), "desk.not_in_set_up");
}

#[test]
fn a_stick_that_is_away_is_told_apart_from_another_pc() {
    let shop = sticked().again(|folder, stick| {
        fs::rename(stick, folder.join("home")).expect("taken home");
        fs::rename(folder.join("device"), folder.join("old-device")).expect("another PC");
    });
    let Sticked { folder, stick, mut front } = shop;
    assert_eq!(front.broken(), "vault.device_missing", "the stick would not help here");
    fs::rename(folder.path().join("home"), &stick).expect("plugged in");
    assert_eq!(front.broken(), "vault.device_missing");
    assert_eq!(front.refused("desk_stick", json!({"path": stick})), "vault.device_missing");

    // The paper opens the copy, and no bill number comes twice.
    let open = recover(&mut front, None);
    assert_eq!(open["notices"][0]["code"], "desk.named_by_hand");
    assert!(told(&mut front).contains("a file"));
}

#[test]
fn a_lost_stick_is_replaced_with_the_paper() {
    let mut shop = sticked().again(|_, stick| fs::remove_dir_all(stick).expect("lost"));
    assert_eq!(shop.front.broken(), "vault.stick_missing");
    let next = shop.folder.path().join("new/stick");
    fs::create_dir_all(&next).expect("bought");
    let open = recover(&mut shop.front, Some(&next));
    assert_eq!(open["notices"].as_array().map(Vec::len), Some(0), "the same PC, so the numbers go on");
    assert!(told(&mut shop.front).contains("key stick"));
    let Sticked { front, .. } = &mut shop;
    front.ok("desk_lock", Value::Null);
    front.unlock().expect("the new stick is in");
}

#[test]
fn a_key_that_moves_to_the_keystore_leaves_its_file() {
    let (folder, safe, hands) = (tempfile::tempdir().expect("a folder"), Safe::default(), Hands::at(MORNING));
    let mut front = Front::with(folder.path(), &hands, 25, &safe);
    front.set_up("Sharma Stores", "Meena");
    assert!(told(&mut front).contains("a file"));
    front.ok("desk_lock", Value::Null);
    safe.answers();
    recover(&mut front, None);
    assert!(told(&mut front).contains("keystore") && safe.is_used());
    let left = fs::read_dir(&front.places.device).expect("a folder").flatten();
    let left = left.into_iter().filter(|file| file.file_name().to_string_lossy().starts_with("device."));
    assert_eq!(left.count(), 0);
}

/// Opens the shop with the paper, with a new phone and a new paper, and keeps the key where it is said.
fn recover(front: &mut Front, stick: Option<&Path>) -> Value {
    let paper = front.groups.join("-");
    front.secret = text(&front.ok("recover_begin", json!({"code": paper}))["secret"]).replace(' ', "");
    front.prove();
    place(front, stick);
    assert_eq!(front.code(0), code(&front.secret, front.hands.wall_ms()));
    front.ok("recover_finish", json!({"owner_name": "Meena", "pin": PIN, "pin_again": PIN}))
}
