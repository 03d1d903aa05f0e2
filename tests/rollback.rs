//! Older copies put back: a page, the shop's file, the vault's header, its state, and what this PC keeps apart.
//!
//! Whatever one or two of them are put back, somebody is told at the next login (security.md §6, row 7).

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use pakka::desk::{Desk, Surroundings};
use pakka::stamp::Chance;
use serde_json::{Value, json};
use support::front::{Copied, Front, Hands, PIN, code, copy, open_shop, text};
use tempfile::TempDir;

/// A shop at two moments: between them its people, its bills and its codes changed.
struct Twice {
    before: TempDir,
    after: TempDir,
    secret: String,
    /// What Ravi's phone was given, who came between the two.
    ravis: String,
    wall_ms: i64,
}

fn twice() -> Twice {
    let Copied { folder, mut front } = open_shop();
    sell(&mut front);
    front.ok("desk_lock", Value::Null);
    let before = tempfile::tempdir().expect("a folder");
    copy(folder.path(), before.path());
    front.unlock().expect("the owner logs in");
    sell(&mut front);
    let ravis = add_cashier(&mut front);
    let (secret, wall_ms) = (front.secret.clone(), front.hands.wall_ms());
    drop(front);
    Twice { before, after: folder, secret, ravis, wall_ms }
}

fn sell(front: &mut Front) -> String {
    front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
    let bill = front.bill();
    text(&front.ok("sale_settle", json!({"bill": bill, "tenders": []}))["number"])
}

fn add_cashier(front: &mut Front) -> String {
    front.hands.pass(60);
    let begin = json!({"staff": null, "name": "Ravi", "role": "cashier", "pin": PIN, "code": front.code(0)});
    let secret = text(&front.ok("staff_enrol_begin", begin)["secret"]).replace(' ', "");
    for _ in 0..2 {
        front.hands.pass(30);
        front.ok("staff_enrol_code", json!({"code": code(&secret, front.hands.wall_ms())}));
    }
    front.ok("staff_enrol_finish", json!({"pin": "482913", "pin_again": "482913"}));
    secret
}

/// One thing that can be put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Page,
    File,
    Header,
    State,
    /// What lies beside the device secret.
    Apart,
}

const PIECES: [Piece; 5] = [Piece::Page, Piece::File, Piece::Header, Piece::State, Piece::Apart];

impl Twice {
    /// A copy of the later moment with pieces of the earlier one in it.
    fn with(&self, pieces: &[Piece], page: usize) -> Back {
        let folder = tempfile::tempdir().expect("a folder");
        copy(self.after.path(), folder.path());
        for piece in pieces {
            match piece {
                Piece::Page => self.put_page_back(folder.path(), page),
                Piece::File => {
                    self.put_back(folder.path(), |path| path.starts_with("data") && path.ends_with("shop.db"))
                }
                Piece::Header => self.put_back(folder.path(), |path| is_called(path, "vault.hdr")),
                Piece::State => self.put_back(folder.path(), |path| is_called(path, "state.")),
                Piece::Apart => self.put_back(folder.path(), |path| path.starts_with("device")),
            }
        }
        let mut front = Front::over(folder.path(), &Hands::at(self.wall_ms), 9);
        front.secret.clone_from(&self.secret);
        Back { _folder: folder, front }
    }

    fn put_back(&self, folder: &Path, is_meant: impl Fn(&Path) -> bool) {
        let mut put = 0;
        for path in files(self.before.path()) {
            let name = path.strip_prefix(self.before.path()).expect("below");
            if is_meant(name) {
                fs::copy(&path, folder.join(name)).expect("put back");
                put += 1;
            }
        }
        assert!(put > 0, "nothing was there to be put back");
    }

    fn put_page_back(&self, folder: &Path, page: usize) {
        let path = folder.join("data/shop.db");
        let (mut now, before) = (fs::read(&path).expect("read"), self.file_before());
        now[page * PAGE..(page + 1) * PAGE].copy_from_slice(&before[page * PAGE..(page + 1) * PAGE]);
        fs::write(&path, now).expect("put back");
    }

    fn file_before(&self) -> Vec<u8> {
        fs::read(self.before.path().join("data/shop.db")).expect("read")
    }

    /// The pages that both moments have, in different versions.
    fn changed_pages(&self) -> Vec<usize> {
        let (before, after) = (self.file_before(), fs::read(self.after.path().join("data/shop.db")).expect("read"));
        let both = before.chunks_exact(PAGE).zip(after.chunks_exact(PAGE)).enumerate();
        both.filter(|(_, (before, after))| before != after).map(|(page, _)| page).collect()
    }
}

const PAGE: usize = 4_096;

fn is_called(path: &Path, start: &str) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

struct Back {
    _folder: TempDir,
    front: Front,
}

impl Back {
    /// What the owner is told at the next login, after whatever waits are asked for.
    fn told(&mut self) -> Vec<String> {
        let mut told = Vec::new();
        for seconds in [120, 3_700, 3_700] {
            match self.front.unlock() {
                Ok(open) => {
                    for list in ["notices", "doubts"] {
                        let faults = open[list].as_array().expect("faults");
                        told.extend(faults.iter().map(|fault| text(&fault["code"])));
                    }
                    return told;
                }
                Err(fault) => {
                    assert!(!fault.hint.en.is_empty() && !fault.hint.hi.is_empty());
                    told.push(fault.code);
                }
            }
            self.front.hands.pass(seconds);
        }
        told
    }
}

#[test]
fn a_shop_that_nobody_touched_tells_nothing() {
    assert_eq!(twice().with(&[], 0).told(), Vec::<String>::new());
}

#[test]
fn whatever_one_or_two_pieces_are_put_back_somebody_is_told() {
    let shop = twice();
    let page = *shop.changed_pages().last().expect("a page that changed");
    let mut counted = 0;
    for (first, one) in PIECES.into_iter().enumerate() {
        for two in PIECES.into_iter().skip(first) {
            let told = shop.with(&[one, two], page).told();
            assert!(!told.is_empty(), "{one:?} and {two:?} were put back and nobody was told");
            counted += 1;
        }
    }
    println!("older copies put back, one or two at once: {counted} of {counted} told");
}

#[test]
fn whatever_three_pieces_are_put_back_somebody_is_told() {
    let shop = twice();
    let page = *shop.changed_pages().last().expect("a page that changed");
    for (first, one) in PIECES.into_iter().enumerate() {
        for (second, two) in PIECES.into_iter().enumerate().skip(first + 1) {
            for three in PIECES.into_iter().skip(second + 1) {
                let told = shop.with(&[one, two, three], page).told();
                assert!(!told.is_empty(), "{one:?}, {two:?} and {three:?} were put back and nobody was told");
            }
        }
    }
}

/// The limit: a PC put back whole to one moment agrees with itself. Papers in customers' hands tell.
#[test]
fn both_folders_put_back_whole_are_a_shop_of_that_moment() {
    let shop = twice();
    let folder = tempfile::tempdir().expect("a folder");
    copy(shop.before.path(), folder.path());
    let mut front = Front::over(folder.path(), &Hands::at(shop.wall_ms), 9);
    front.secret.clone_from(&shop.secret);
    assert_eq!(Back { _folder: folder, front }.told(), Vec::<String>::new());
}

#[test]
fn every_older_page_that_is_put_back_is_told() {
    let shop = twice();
    let pages = shop.changed_pages();
    assert!(pages.len() > 5, "{pages:?}");
    for page in &pages {
        let mut back = shop.with(&[Piece::Page], *page);
        let told = back.told();
        assert!(
            told.iter().any(|code| code.starts_with("records.") || code.starts_with("store.")),
            "page {page}: {told:?}"
        );
    }
    println!("older pages put back: {0} of {0} told", pages.len());
}

/// Copies what the vault has on the disk whenever chance is asked for.
struct Watching {
    from: PathBuf,
    to: PathBuf,
    chance: support::Seeded,
}

impl Chance for Watching {
    fn fill(&mut self, bytes: &mut [u8]) {
        for part in ["data/vault", "device"] {
            copy(&self.from.join(part), &self.to.join(part));
        }
        self.chance.fill(bytes);
    }
}

#[test]
fn a_power_cut_during_the_login_is_not_taken_for_somebodys_hand() {
    let Copied { folder, front } = support::front::locked_shop();
    let (hands, secret, places) = (front.hands.clone(), front.secret.clone(), front.places.clone());
    drop(front);
    let cut = tempfile::tempdir().expect("a folder");
    let chance = Watching { from: folder.path().into(), to: cut.path().into(), chance: support::Seeded(8) };
    let mut front = Front { secret, ..Front::over(cut.path(), &hands, 7) };
    front.desk = Desk::open(Surroundings {
        places,
        clock: Box::new(hands.clone()),
        chance: Box::new(chance),
        outlet: Box::new(front.tray.clone()),
        memory_kib: 0,
    });
    front.unlock().expect("the owner logs in");
    // The power goes after the first facts, before anything more is written about the vault.
    for name in ["shop.db", "shop.db-wal"] {
        fs::copy(folder.path().join("data").join(name), cut.path().join("data").join(name)).expect("copied");
    }
    let front = Front { secret: front.secret.clone(), ..Front::over(cut.path(), &hands, 9) };
    assert_eq!(Back { _folder: cut, front }.told(), Vec::<String>::new());
}

#[test]
fn nothing_is_sold_or_changed_until_the_owner_goes_on() {
    let shop = twice();
    let Back { mut front, _folder } = shop.with(&[Piece::File], 0);
    let open = front.unlock().expect("the owner logs in");
    let doubts: Vec<String> =
        open["doubts"].as_array().expect("faults").iter().map(|fault| text(&fault["code"])).collect();
    assert_eq!(doubts, ["records.changed", "records.older"]);
    for (command, body) in [
        ("sale_enter", json!({"text": "201", "source": "typed"})),
        ("catalog_set", support::front::item("Tea", "203", "50")),
        ("staff_list", json!({})),
    ] {
        assert_eq!(front.refused(command, body), "desk.in_doubt", "{command}");
    }
    front.ok("bills_find", json!({"text": "", "day_from": null, "day_to": null, "offset": 0}));
    // Locking and coming back asks again: nothing was forgotten.
    front.ok("desk_lock", Value::Null);
    let open = front.unlock().expect("the owner logs in");
    assert_eq!(open["doubts"].as_array().expect("faults").len(), 2);

    let open = front.ok("desk_go_on", json!({}));
    assert!(open["doubts"].as_array().expect("none").is_empty());
    assert_eq!(sell(&mut front), "B/26-27/000001", "the missing bills are on paper");
    front.ok("desk_lock", Value::Null);
    let open = front.unlock().expect("the owner logs in");
    assert!(open["doubts"].as_array().expect("none").is_empty(), "told once");
    assert_eq!(sell(&mut front), "B/26-27/000002");
}

#[test]
fn a_cashier_may_look_and_only_the_owner_goes_on() {
    let shop = twice();
    let page = *shop.changed_pages().last().expect("a page that changed");
    let Back { mut front, _folder } = shop.with(&[Piece::Page], page);
    let ravi = front.ok("desk_state", Value::Null)["people"][1].clone();
    assert_eq!(ravi["name"], "Ravi");
    front.hands.pass(60);
    let code = code(&shop.ravis, front.hands.wall_ms());
    let open = front.ok("desk_unlock", json!({"slot": ravi["slot"], "pin": "482913", "code": code}));
    assert_eq!((&open["person"]["name"], &open["doubts"][0]["code"]), (&json!("Ravi"), &json!("records.changed")));
    front.ok("bills_find", json!({"text": "", "day_from": null, "day_to": null, "offset": 0}));
    assert_eq!(front.refused("sale_enter", json!({"text": "201", "source": "typed"})), "desk.in_doubt");
    assert_eq!(front.refused("desk_go_on", json!({})), "staff.owner_only");
    // Leaving the counter locks the shop: coming back would be written down.
    assert_eq!(front.refused("desk_cover", json!({})), "desk.locked");
    let open = front.unlock().expect("the owner logs in");
    assert_eq!(open["doubts"][0]["code"], "records.changed");
    front.ok("desk_go_on", json!({}));
    assert_eq!(sell(&mut front), "A/26-27/000004", "no bill is missing, so the letter stays");
}
