//! A shop's file gets another key: whole, and whole at any moment the power may go.

mod support;

use std::path::Path;

use pakka::exchange::ROOMS;
use pakka::store::{Shop, StoreError};
use pakka::vault::Key;
use support::killed::{Task, kill_after, seed, tell};
use support::{Counter, Seeded, sharma_stores};

/// The key of a counter of these tests, and the one it gets.
const OLD: [u8; 32] = [7; 32];
const NEW: [u8; 32] = [8; 32];

/// A shop with so many megabytes in it, of which no two pages are alike.
fn filled(place: &Path, megabytes: u64) -> Seen {
    let mut counter = Counter::at(place.to_owned(), &sharma_stores(), "A", 5);
    counter.add_item("Soap 100 g", "201", "8901030865278", "118.00", "gst18", "PCS");
    let rows = megabytes * 1024 / 32;
    let filler = format!(
        "CREATE TABLE kept_filler AS WITH RECURSIVE row (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM row WHERE n < {rows}) \
         SELECT n, randomblob(32000) AS filler FROM row"
    );
    counter.act(|act| act.sql().execute_batch(&filler).map_err(StoreError::from)).expect("filled");
    counter.shop.settle().expect("one file");
    seen(&counter.shop)
}

/// What is in a file, short enough to compare.
type Seen = ((u64, [u8; 32]), String);

fn seen(shop: &Shop) -> Seen {
    let sum = "SELECT count(*) || ' ' || coalesce(sum(length(filler)), 0) || ' ' || coalesce(hex(max(filler)), '') FROM kept_filler";
    let filler = shop.look().sql().query_row(sum, [], |row| row.get(0)).expect("the filler");
    (shop.head().expect("a head"), filler)
}

fn open(place: &Path, key: [u8; 32]) -> Result<Shop, StoreError> {
    Shop::open(place, &Key::new(&key), ROOMS)
}

#[test]
fn the_new_key_opens_the_file_and_the_old_one_does_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("shop.db");
    let before = filled(&place, 2);
    let clear = std::fs::read(&place).expect("the file");
    let shop = open(&place, OLD).expect("the old key").rekey(&Key::new(&NEW)).expect("another key");
    assert_eq!(seen(&shop), before, "and it goes on in the same shop");
    drop(shop);
    assert!(matches!(open(&place, OLD), Err(StoreError::Unreadable)));
    assert_eq!(seen(&open(&place, NEW).expect("the new key")), before);
    let after = std::fs::read(&place).expect("the file");
    assert_eq!(after.len(), clear.len());
    let same = after.chunks(4096).zip(clear.chunks(4096)).filter(|(one, other)| one == other).count();
    assert_eq!(same, 0, "no page is as it was");
    let names: Vec<_> =
        std::fs::read_dir(folder.path()).expect("it").map(|file| file.expect("it").file_name()).collect();
    assert!(names.iter().all(|name| name.to_string_lossy().starts_with("shop.db")), "no copy lies about: {names:?}");
}

#[test]
fn a_file_with_a_damaged_page_is_refused_and_keeps_its_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("shop.db");
    filled(&place, 2);
    let mut bytes = std::fs::read(&place).expect("the file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&place, &bytes).expect("written");
    let shop = open(&place, OLD).expect("the page is not needed to open");
    assert!(matches!(shop.check_whole(), Err(StoreError::Unreadable)));
    assert!(shop.rekey(&Key::new(&NEW)).is_err());
    assert!(matches!(open(&place, NEW), Err(StoreError::Unreadable)));
    open(&place, OLD).expect("the old key");
    assert_eq!(std::fs::read(&place).expect("the file"), bytes, "nothing was written");
}

#[test]
fn a_file_that_somebody_else_reads_is_refused_and_keeps_its_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("shop.db");
    let before = filled(&place, 1);
    let other = open(&place, OLD).expect("another program");
    let read = "BEGIN; SELECT count(*) FROM kept_filler";
    let mut counter = Counter::reopen(place.clone(), 6);
    other.look().sql().execute_batch(read).expect("reads");
    counter.add_item("Toor dal", "202", "", "164.00", "nil", "KGS");
    assert!(matches!(counter.shop.rekey(&Key::new(&NEW)), Err(StoreError::InUse)));
    drop(other);
    let shop = open(&place, OLD).expect("the old key");
    assert_ne!(seen(&shop).0, before.0, "with what was added");
    shop.rekey(&Key::new(&NEW)).expect("nobody reads now");
}

/// Not a test of its own: what the others start and kill. Without a task it does nothing.
#[test]
#[ignore = "started by the other tests"]
fn the_child() {
    let Some(Task { work, place, mut chance }) = Task::given() else { return };
    let (from, to) = if work == "there" { (OLD, NEW) } else { (NEW, OLD) };
    let shop = open(&place, from).expect("the shop");
    if chance.below(2) == 0 {
        // So little room that pages go to the log long before the end, as those of a large shop do.
        shop.look().sql().pragma_update(None, "cache_size", -512).expect("a small cache");
    }
    tell("begins");
    shop.rekey(&Key::new(&to)).expect("another key");
    tell("done");
}

fn rekeys_and_is_killed(rounds: u32, megabytes: u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("shop.db");
    let before = filled(&place, megabytes);
    let mut chance = Seeded(seed("giving another key"));
    let (mut is_new, mut within_ms) = (false, 2000);
    let mut tally = [0, 0, 0];
    for round in 0..rounds {
        let work = if is_new { "back" } else { "there" };
        let after_ms = chance.below(within_ms);
        let told = kill_after(work, &place, chance.next(), after_ms);
        let is_done = told.len() == 2;
        let keys = if is_new { [NEW, OLD] } else { [OLD, NEW] };
        let opened = keys.map(|key| open(&place, key).ok());
        let opened_by: Vec<bool> = opened.iter().map(Option::is_some).collect();
        assert!(opened_by[0] != opened_by[1], "round {round}: one key opens it and one alone: {opened_by:?}");
        assert!(!is_done || opened_by[1], "round {round}: what was told is true");
        let shop = opened.into_iter().flatten().next().expect("one of them");
        shop.check_whole().expect("every page");
        assert_eq!(seen(&shop), before, "round {round}");
        is_new ^= opened_by[1];
        tally[if is_done { 2 } else { usize::from(opened_by[1]) }] += 1;
        // What takes how long depends on the machine: the next kill comes about where this one's end was.
        within_ms = if is_done { (after_ms + 20).min(within_ms) } else { within_ms + within_ms / 8 };
    }
    println!("of {rounds} kills {} left the old key, {} the new one, {} came too late", tally[0], tally[1], tally[2]);
    assert!(tally[0] > 0, "no kill came before the end: {tally:?}");
}

#[test]
fn a_rekey_that_is_killed_leaves_one_key_or_the_other() {
    rekeys_and_is_killed(12, 12);
}

#[test]
#[ignore = "a hundred kills take minutes"]
fn a_rekey_that_is_killed_leaves_one_key_or_the_other_a_hundred_times() {
    rekeys_and_is_killed(100, 24);
}
