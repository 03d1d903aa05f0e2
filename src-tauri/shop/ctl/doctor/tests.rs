use std::path::{Path, PathBuf};

use super::*;
use crate::bench::door::{House, PIN};

/// A shop that sold something and was shut, with its places.
fn shut_shop() -> (tempfile::TempDir, House, PathBuf, vault::Places) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut house = House::set_up(folder.path());
    house.sell_something();
    house.shut();
    let shop = folder.path().join("shop/shop.db");
    let places = places(&Wish { shop: shop.clone(), ..Wish::default() }).expect("the vault lies beside the file");
    (folder, house, shop, places)
}

fn open(house: &House, places: &vault::Places) -> Unlocked {
    let person = person(places, None).expect("there is one owner");
    let (code, now) = house.next_code();
    unlock(places, &person, &Secrets::new(PIN, &code), now).map_err(|stop| stop.say).expect("it opens")
}

fn broken(path: &Path, unlocked: &Unlocked) -> Vec<&'static str> {
    let verdict = examine(path, unlocked).map_err(|stop| stop.say).expect("it is examined");
    assert_eq!(verdict.holds, verdict.checks.iter().all(|check| check.holds));
    verdict.checks.iter().filter(|check| !check.holds).map(|check| check.name).collect()
}

fn meddle(path: &Path, unlocked: &Unlocked, sql: &str) {
    let shop = Shop::open(path, &unlocked.keys.db(), ROOMS).expect("it opens");
    shop.look().sql().execute_batch(sql).expect("somebody with the key can do this");
}

#[test]
fn a_shop_that_nobody_touched_holds() {
    let (_folder, house, path, places) = shut_shop();
    let unlocked = open(&house, &places);
    let verdict = examine(&path, &unlocked).map_err(|stop| stop.say).expect("it is examined");
    assert!(verdict.holds, "{verdict:?}");
    assert!(verdict.facts > 3, "set-up, a login and a sale: {verdict:?}");
    assert!(told(&verdict).ends_with("everything holds\n"));
    let left: Vec<_> = std::fs::read_dir(path.parent().expect("a folder")).expect("it is there").flatten().collect();
    assert!(left.iter().all(|entry| !entry.file_name().to_string_lossy().contains("doctor")), "{left:?}");
}

#[test]
fn a_derived_figure_that_was_changed_is_found() {
    let (_folder, house, path, places) = shut_shop();
    let unlocked = open(&house, &places);
    meddle(&path, &unlocked, "UPDATE taking_day SET amount_paise = amount_paise - 100");
    let names = broken(&path, &unlocked);
    assert_eq!(names, ["every derived table is what the journal gives", "the shop's promises hold"]);
}

#[test]
fn a_fact_that_was_changed_breaks_the_chain() {
    let (_folder, house, path, places) = shut_shop();
    let unlocked = open(&house, &places);
    meddle(&path, &unlocked, "DROP TRIGGER journal_stays; UPDATE journal SET wall_at = wall_at - 1 WHERE seq = 2");
    assert!(broken(&path, &unlocked).contains(&"the chain of every stream holds from its first fact"));
}

#[test]
fn a_mac_from_another_key_and_a_day_that_never_was_are_found() {
    let (_folder, house, path, places) = shut_shop();
    let unlocked = open(&house, &places);
    let sql = "DROP TRIGGER journal_stays; UPDATE journal SET mac = zeroblob(32) WHERE seq = 2; \
               UPDATE journal SET day_key = 4000000000 WHERE seq = 3";
    meddle(&path, &unlocked, sql);
    let verdict = examine(&path, &unlocked).map_err(|stop| stop.say).expect("it is examined");
    let macs = verdict.checks.iter().find(|check| check.name.contains("MAC of its day")).expect("it is checked");
    assert_eq!(macs.broken.len(), 2, "{macs:?}");
}

#[test]
fn a_shop_in_use_a_wrong_code_and_a_missing_file_are_refused() {
    let (folder, house, path, places) = shut_shop();
    let held = hold(&places.vault).expect("nobody has it");
    assert_eq!(hold(&places.vault).err().map(|stop| stop.code), Some(3), "in use");
    drop(held);
    let person = person(&places, None).expect("there is one owner");
    let (_, now) = house.next_code();
    let Err(wrong) = unlock(&places, &person, &Secrets::new(PIN, "000000"), now) else { panic!("not the code") };
    assert_eq!(wrong.code, 3);
    assert!(!wrong.say.contains(PIN) && !wrong.say.contains("000000"), "{}", wrong.say);
    let missing = Wish { shop: folder.path().join("no/shop.db"), ..Wish::default() };
    assert_eq!(super::places(&missing).err().map(|stop| stop.code), Some(3), "missing");
    assert!(path.exists());
}
