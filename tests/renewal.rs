//! All keys made anew because somebody left on bad terms: who is in, who is out, and a power cut at any moment.

mod support;

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use pakka::exchange::ROOMS;
use pakka::journal::chain;
use pakka::store::{Shop, StoreError};
use pakka::vault::{self, Cost, Now, Pin, SlotId, Unlocked};
use serde_json::{Value, json};
use support::Seeded;
use support::front::{Copied, Front, Hands, PIN, code, open_shop, text};
use support::killed::{Task, kill_when, seed, tell};

const RAVI: &str = "482913";
const ASHA: &str = "73910582";

/// Somebody with a phone.
struct Person {
    staff: u64,
    slot: String,
    secret: String,
}

/// The owner gives somebody a phone, who types two codes and a PIN: a new person, or one who comes in anew.
fn enrol(front: &mut Front, staff: Option<u64>, name: &str, role: &str, pin: &str) -> Person {
    front.hands.pass(60);
    let begin = json!({"staff": staff, "name": name, "role": role, "pin": PIN, "code": front.code(0)});
    let secret = text(&front.ok("staff_enrol_begin", begin)["secret"]).replace(' ', "");
    for _ in 0..2 {
        front.hands.pass(30);
        let typed = json!({"code": code(&secret, front.hands.wall_ms())});
        front.ok("staff_enrol_code", typed);
    }
    let people = front.ok("staff_enrol_finish", json!({"pin": pin, "pin_again": pin}));
    let staff = member(&people, name)["staff"].as_u64().expect("a number");
    front.ok("desk_cover", json!({}));
    let (slot, owner) = (slot_of(front, name), slot_of(front, "Meena"));
    front.ok("desk_uncover", json!({"slot": owner, "pin": PIN, "code": ""}));
    Person { staff, slot, secret }
}

fn slot_of(front: &mut Front, name: &str) -> String {
    let state = front.ok("desk_state", json!({}));
    let tile = state["people"].as_array().expect("tiles").iter().find(|tile| tile["name"] == name).expect("a tile");
    text(&tile["slot"])
}

fn member(people: &Value, name: &str) -> Value {
    let list = people["people"].as_array().expect("people");
    list.iter().find(|member| member["name"] == name).unwrap_or_else(|| panic!("no {name} in {people}")).clone()
}

fn tiles(front: &mut Front) -> Vec<String> {
    let state = front.ok("desk_state", json!({}));
    state["people"].as_array().expect("tiles").iter().map(|tile| text(&tile["name"])).collect()
}

/// The owner's PIN and code, then the paper and two groups of it typed back.
fn begin(front: &mut Front, staff: Option<u64>) {
    front.hands.pass(60);
    let proof = json!({"staff": staff, "pin": PIN, "code": front.code(0)});
    let paper = front.ok("staff_renew_begin", proof);
    front.groups = paper["groups"].as_array().expect("groups").iter().map(text).collect();
    let asked = paper["ask"].as_array().expect("two").iter().map(|n| n.as_u64().expect("a number") as usize - 1);
    let answers: Vec<_> = asked.map(|place| front.groups[place].clone()).collect();
    front.ok("staff_renew_groups", json!({"answers": answers}));
}

fn log_in(front: &mut Front, person: &Person, pin: &str) -> Result<Value, String> {
    front.hands.pass(60);
    let typed = code(&person.secret, front.hands.wall_ms());
    front.run("desk_unlock", json!({"slot": person.slot, "pin": pin, "code": typed})).map_err(|fault| fault.code)
}

/// What the owner is told at a login, by code.
fn told(open: &Value) -> Vec<String> {
    open["notices"].as_array().expect("notices").iter().map(|fault| text(&fault["code"])).collect()
}

/// The vault opened past the desk, by the owner.
fn unlocked(front: &mut Front) -> Unlocked {
    front.hands.pass(60);
    let (vault, device) = (front.places.data.join("vault"), front.places.device.clone());
    let places = vault::Places { vault, device, keystore: front.places.keystore.clone() };
    let slot = SlotId::read(&slot_of(front, "Meena")).expect("a slot");
    let pin = Pin::typed(PIN).expect("a PIN");
    vault::unlock(&places, slot, &pin, &front.code(0), now(front)).expect("the owner")
}

fn now(front: &Front) -> Now {
    Now { wall_ms: front.hands.wall_ms(), uptime_ms: 7_200_000 }
}

/// Every fact's MAC holds under the keys of its epoch; gives the first kind of fact in each epoch.
fn epochs(front: &mut Front) -> Vec<(u32, String)> {
    let owner = unlocked(front);
    let shop = Shop::open(&front.places.data.join("shop.db"), &owner.keys.db(), ROOMS).expect("the shop");
    let mut firsts: Vec<(u32, String)> = Vec::new();
    for entry in shop.look().facts_since(shop.stream(), 0).expect("facts") {
        let key = owner.keys.sub("audit", entry.epoch).expect("an owner");
        chain::DayKeys::new(key.expose())
            .check(&entry)
            .unwrap_or_else(|broken| panic!("{broken} of epoch {}", entry.epoch));
        if firsts.last().is_none_or(|(epoch, _)| *epoch != entry.epoch) {
            firsts.push((entry.epoch, entry.fact.kind));
        }
    }
    let broken = pakka::promises::check(shop.look()).expect("read");
    assert!(broken.is_empty(), "{broken:#?}");
    let scratch = front.places.data.join("scratch.db");
    assert_eq!(shop.compare_with_rebuild(&scratch, &owner.keys.db()).expect("rebuilt"), []);
    firsts
}

#[test]
fn who_left_on_bad_terms_is_out_and_all_others_come_in_anew() {
    let Copied { folder, mut front } = open_shop();
    let front = &mut front;
    let (old_paper, old_slot) = (front.groups.clone(), covered_once(front));
    let ravi = enrol(front, None, "Ravi", "cashier", RAVI);
    let asha = enrol(front, None, "Asha", "manager", RAVI);
    let old_device = fs::read_dir(&front.places.device).expect("the folder").count();
    let copied = tempfile::tempdir().expect("a folder");
    front.ok("desk_lock", json!({}));
    let old_db = unlocked(front).keys.db();
    support::front::copy(folder.path(), copied.path());
    front.unlock().expect("the owner");

    begin(front, Some(ravi.staff));
    // Writing takes its time: the screen covers itself meanwhile.
    covered_once(front);
    let people = front.ok("staff_renew_finish", json!({}));
    assert_eq!(people["people"].as_array().expect("people").len(), 2, "Ravi is gone: {people}");
    assert_eq!(
        (member(&people, "Meena")["needs_way_in"].as_bool(), member(&people, "Meena")["me"].as_bool()),
        (Some(false), Some(true))
    );
    assert_eq!(member(&people, "Asha")["needs_way_in"], true);
    assert_eq!(front.ok("staff_approvers", json!({})), json!([]), "nobody else could prove who it is");
    // The shop goes on at once.
    front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
    let bill = front.bill();
    assert_eq!(front.ok("sale_settle", json!({"bill": bill, "tenders": []}))["number"], "A/26-27/000002");
    front.ok("desk_cover", json!({}));
    assert_eq!(tiles(front), ["Meena"]);
    front.ok("desk_lock", json!({}));

    // What was good before opens nothing.
    assert_eq!(tiles(front), ["Meena"]);
    for person in [&ravi, &asha] {
        assert_eq!(log_in(front, person, RAVI).expect_err("the old slot"), "vault.refused");
    }
    assert_eq!(front.refused("recover_begin", json!({"code": old_paper.concat()})), "vault.recovery_refused");
    assert!(matches!(Shop::open(&front.places.data.join("shop.db"), &old_db, ROOMS), Err(StoreError::Unreadable)));
    let old_way = Person { staff: 0, slot: old_slot, secret: front.secret.clone() };
    assert_eq!(log_in(front, &old_way, PIN).expect_err("the owner's old slot"), "vault.refused");
    assert_eq!(fs::read_dir(&front.places.device).expect("the folder").count(), old_device, "one device secret");
    // The folder of before, put back beside the new file.
    let vault = front.places.data.join("vault");
    fs::rename(&vault, folder.path().join("aside")).expect("aside");
    support::front::copy(&copied.path().join("data/vault"), &vault);
    assert_eq!(front.stage(), "locked");
    let mixed = front.run("desk_unlock", json!({"slot": old_way.slot, "pin": PIN, "code": front.code(0)}));
    let _ = mixed.expect_err("an old header beside the new file");
    fs::remove_dir_all(&vault).expect("removed");
    fs::rename(folder.path().join("aside"), &vault).expect("put back");

    front.hands.pass(600);
    front.ok("desk_lock", json!({}));
    let open = front.unlock().expect("the same PIN and the same phone");
    assert_eq!((&open["person"]["name"], told(&open)), (&json!("Meena"), vec![]));
    let back = enrol(front, Some(asha.staff), "Asha", "manager", RAVI);
    assert_eq!(back.staff, asha.staff, "the same person");
    assert_eq!(member(&front.ok("staff_list", json!({})), "Asha")["needs_way_in"], false);
    front.ok("desk_lock", json!({}));
    assert_eq!(log_in(front, &back, RAVI).expect("Asha")["person"]["name"], "Asha");
    front.ok("desk_lock", json!({}));
    let firsts = epochs(front);
    assert_eq!(firsts[1..], [(2, "staff.keys_renewed".to_owned())]);
    // The paper that was shown is the one that counts.
    let groups = front.groups.concat();
    front.ok("recover_begin", json!({"code": groups}));
}

/// Covers the screen and lets the owner back in; gives the owner's slot.
fn covered_once(front: &mut Front) -> String {
    front.ok("desk_cover", json!({}));
    let slot = slot_of(front, "Meena");
    front.ok("desk_uncover", json!({"slot": slot, "pin": PIN, "code": ""}));
    slot
}

#[test]
fn keys_are_made_anew_again_and_again_without_anybody_leaving() {
    let Copied { folder: _folder, mut front } = open_shop();
    let front = &mut front;
    let mut papers = vec![front.groups.clone()];
    for round in 2..=3 {
        begin(front, None);
        front.ok("staff_renew_finish", json!({}));
        assert!(!papers.contains(&front.groups));
        papers.push(front.groups.clone());
        front.ok("desk_lock", json!({}));
        let expected: Vec<_> = (2..=round).map(|epoch| (epoch, "staff.keys_renewed".to_owned())).collect();
        assert_eq!(epochs(front)[1..], expected);
        front.unlock().expect("the owner");
    }
}

#[test]
fn nothing_is_changed_before_the_paper_is_proven() {
    let Copied { folder: _folder, mut front } = open_shop();
    let front = &mut front;
    let ravi = enrol(front, None, "Ravi", "cashier", RAVI);
    let before = front.groups.clone();
    for command in ["staff_renew_groups", "staff_renew_finish"] {
        assert_eq!(front.refused(command, json!({"answers": ["", ""]})), "desk.not_in_set_up", "{command}");
    }
    front.hands.pass(60);
    let wrong = json!({"staff": ravi.staff, "pin": "11223344", "code": front.code(0)});
    assert_eq!(front.refused("staff_renew_begin", wrong), "vault.refused");
    let me = member(&front.ok("staff_list", json!({})), "Meena")["staff"].clone();
    let own = json!({"staff": me, "pin": PIN, "code": front.code(0)});
    assert_eq!(front.refused("staff_renew_begin", own), "staff.last_owner");
    let nobody = json!({"staff": 4, "pin": PIN, "code": front.code(0)});
    assert_eq!(front.refused("staff_renew_begin", nobody), "staff.no_such_person");

    front.hands.pass(60);
    let proof = json!({"staff": ravi.staff, "pin": PIN, "code": front.code(0)});
    front.ok("staff_renew_begin", proof);
    assert_eq!(front.refused("staff_renew_finish", json!({})), "vault.unproven");
    assert_eq!(front.refused("staff_renew_groups", json!({"answers": ["AAAAA", "BBBBB"]})), "vault.recovery_mistyped");
    front.ok("staff_renew_leave", json!({}));
    assert_eq!(front.refused("staff_renew_finish", json!({})), "desk.not_in_set_up");

    // Somebody else at the counter, or half an hour, and it is let go.
    begin(front, Some(ravi.staff));
    front.ok("desk_cover", json!({}));
    front.hands.pass(60);
    let typed = code(&ravi.secret, front.hands.wall_ms());
    front.ok("desk_uncover", json!({"slot": ravi.slot, "pin": RAVI, "code": typed}));
    front.ok("desk_cover", json!({}));
    let back = json!({"slot": slot_of(front, "Meena"), "pin": PIN, "code": front.code(0)});
    front.ok("desk_uncover", back);
    assert_eq!(front.refused("staff_renew_finish", json!({})), "desk.not_in_set_up");
    begin(front, Some(ravi.staff));
    front.hands.pass(31 * 60);
    assert_eq!(front.refused("staff_renew_finish", json!({})), "desk.not_in_set_up");

    front.ok("desk_lock", json!({}));
    assert_eq!(log_in(front, &ravi, RAVI).expect("as before")["person"]["name"], "Ravi");
    front.ok("desk_lock", json!({}));
    assert_eq!(epochs(front).len(), 1);
    front.ok("recover_begin", json!({"code": before.concat()}));
}

/// A shop of three whose owner begins to make all keys anew because Ravi left.
fn shop_of_three() -> (Copied, Person, Person) {
    let mut shop = open_shop();
    let ravi = enrol(&mut shop.front, None, "Ravi", "cashier", RAVI);
    let asha = enrol(&mut shop.front, None, "Asha", "owner", ASHA);
    (shop, ravi, asha)
}

#[test]
fn cut_off_before_the_file_has_its_new_key_it_is_let_go() {
    let (mut shop, ravi, asha) = shop_of_three();
    let front = &mut shop.front;
    let old_paper = front.groups.clone();
    // Somebody else reads the file, so that its log cannot be folded in.
    front.ok("desk_lock", json!({}));
    let key = unlocked(front).keys.db();
    front.unlock().expect("the owner");
    let other = Shop::open(&front.places.data.join("shop.db"), &key, ROOMS).expect("another program");
    begin(front, Some(ravi.staff));
    other.look().sql().execute_batch("BEGIN; SELECT count(*) FROM item").expect("reads");
    let fault = front.run("staff_renew_finish", json!({})).expect_err("cut off");
    assert!(fault.code == "desk.renewal_cut_off" && fault.say.en.contains("Another program"), "{fault:?}");
    assert_eq!(front.stage(), "locked");
    drop(other);
    // The fact was first: who left is out, and the others go on with the old keys.
    assert_eq!(log_in(front, &ravi, RAVI).expect_err("gone"), "vault.refused");
    assert_eq!(told(&log_in(front, &asha, ASHA).expect("another owner")), ["desk.renewal_let_go"]);
    front.ok("desk_lock", json!({}));
    let open = front.unlock().expect("the owner");
    assert!(told(&open).is_empty() && !front.places.data.join("vault/vault.hdr.next").exists());

    // Done again, and this time the other owner leaves as well. Nobody removes himself so.
    front.hands.pass(60);
    let me = member(&front.ok("staff_list", json!({})), "Meena")["staff"].clone();
    let own = json!({"staff": me, "pin": PIN, "code": front.code(0)});
    assert_eq!(front.refused("staff_renew_begin", own), "staff.own_keys");
    begin(front, Some(asha.staff));
    front.ok("staff_renew_finish", json!({}));
    front.ok("desk_lock", json!({}));
    assert_eq!(log_in(front, &asha, ASHA).expect_err("gone"), "vault.refused");
    assert_eq!(epochs(front)[1..], [(2, "staff.keys_renewed".to_owned())]);
    assert_eq!(front.refused("recover_begin", json!({"code": old_paper.concat()})), "vault.recovery_refused");
}

#[test]
fn cut_off_with_the_new_key_in_the_file_it_is_finished() {
    let (mut shop, ravi, asha) = shop_of_three();
    let old_paper = shop.front.groups.clone();
    let front = &mut shop.front;
    // Between the file's new key and the new header: the header's place is taken.
    begin(front, None);
    let vault = front.places.data.join("vault");
    let in_the_way = ["vault.hdr.a.next", "vault.hdr.b.next"].map(|name| vault.join(name));
    in_the_way.iter().for_each(|path| fs::create_dir(path).expect("a folder in the way"));
    assert_eq!(front.refused("staff_renew_finish", json!({})), "desk.renewal_cut_off");
    assert_eq!(front.stage(), "locked");
    in_the_way.iter().for_each(|path| fs::remove_dir(path).expect("out of the way"));
    let cut_off = || {
        let place = tempfile::tempdir().expect("a folder");
        support::front::copy(shop.folder.path(), place.path());
        place
    };
    let (by_paper, by_header) = (cut_off(), cut_off());
    let over = |place: &Path, hands: &Hands, secret: &str| {
        hands.pass(60);
        Front { secret: secret.to_owned(), ..Front::over(place, hands, 9) }
    };
    let renewed = [(2, "staff.keys_renewed".to_owned())];

    // Nobody else can end it, and is told so; nothing is lost by trying.
    assert_eq!(log_in(front, &ravi, RAVI).expect_err("staff"), "desk.renewal_open");
    assert_eq!(log_in(front, &asha, ASHA).expect_err("another owner"), "desk.renewal_open");
    let open = front.unlock().expect("who began it");
    assert_eq!((&open["person"]["name"], told(&open)), (&json!("Meena"), vec!["desk.renewal_finished".to_owned()]));
    let people = front.ok("staff_list", json!({}));
    assert!(["Asha", "Ravi"].iter().all(|name| member(&people, name)["needs_way_in"] == true), "{people}");
    front.ok("desk_lock", json!({}));
    assert!(told(&front.unlock().expect("again")).is_empty(), "told once");
    front.ok("desk_lock", json!({}));
    assert_eq!(epochs(front)[1..], renewed);

    // The old paper opens it as well, with the keys that the file has.
    let mut front = over(by_paper.path(), &shop.front.hands, &shop.front.secret);
    let begun = front.ok("recover_begin", json!({"code": old_paper.concat()}));
    front.secret = text(&begun["secret"]).replace(' ', "");
    front.prove();
    front.ok("recover_finish", json!({"owner_name": "Meena", "pin": PIN, "pin_again": PIN}));
    front.ok("desk_lock", json!({}));
    assert_eq!(epochs(&mut front)[1..], renewed);

    // Cut off once more, with the new header in force: the journal follows at the next login.
    let mut front = over(by_header.path(), &shop.front.hands, &shop.front.secret);
    unlocked(&mut front).finish_rotation(now(&front)).expect("the new header");
    front.ok("desk_lock", json!({}));
    assert!(told(&front.unlock().expect("the owner of the new header")).is_empty());
    assert_eq!(member(&front.ok("staff_list", json!({})), "Meena")["needs_way_in"], false);
    front.ok("desk_lock", json!({}));
    assert_eq!(epochs(&mut front)[1..], renewed);
}

#[test]
fn prepared_and_nothing_more_it_is_let_go() {
    let Copied { folder: _folder, mut front } = open_shop();
    let front = &mut front;
    let ravi = enrol(front, None, "Ravi", "cashier", RAVI);
    front.ok("desk_lock", json!({}));
    let mut owner = unlocked(front);
    let mut chance = Seeded(70);
    let mut rotation = owner.rotate(&[("audit", 1)], &mut chance).expect("an owner");
    let groups = rotation.recovery_groups();
    rotation.asked_groups().into_iter().for_each(|n| rotation.check_group(n, &groups[n - 1]).expect("as shown"));
    let pin = Pin::typed(PIN).expect("a PIN");
    rotation.prepare(&owner, &pin, Cost::FLOOR, now(front), &mut chance).expect("prepared");
    drop(owner);
    // The staff work on: the file has the key they know.
    assert!(told(&log_in(front, &ravi, RAVI).expect("the staff")).is_empty());
    front.ok("desk_lock", json!({}));
    assert_eq!(told(&front.unlock().expect("the owner")), ["desk.renewal_let_go"]);
    front.ok("desk_lock", json!({}));
    assert_eq!(epochs(front).len(), 1);
}

/// Not a test of its own: what the next starts and kills. Without a task it does nothing.
#[test]
#[ignore = "started by the other tests"]
fn the_child() {
    let Some(Task { place, mut chance, .. }) = Task::given() else { return };
    let (mut front, ravi) = at_work(&place, chance.next());
    front.unlock().expect("the owner");
    begin(&mut front, Some(ravi));
    fs::write(place.join("paper"), front.groups.concat()).expect("written down");
    tell("begins");
    front.ok("staff_renew_finish", json!({}));
    tell("done");
}

/// The desk over a folder of [`renews_and_is_killed`], and who is to leave.
fn at_work(place: &Path, seed: u64) -> (Front, u64) {
    let notes: Value = serde_json::from_slice(&fs::read(place.join("notes")).expect("notes")).expect("as written");
    let wall_ms = notes["wall_ms"].as_i64().expect("a time");
    let front = Front::over(place, &Hands::at(wall_ms), seed);
    (Front { secret: text(&notes["secret"]), ..front }, notes["ravi"].as_u64().expect("a number"))
}

fn renews_and_is_killed(rounds: u32, megabytes: u64) {
    let mut shop = open_shop();
    let front = &mut shop.front;
    let ravi = enrol(front, None, "Ravi", "cashier", RAVI);
    enrol(front, None, "Sunil", "cashier", "739105");
    let old_paper = front.groups.concat();
    front.ok("desk_lock", json!({}));
    support::front::behind_the_desk(front, |shop| {
        // In a kept table, so that it stays when all others are rebuilt.
        let filler = format!(
            "INSERT INTO kept_person_key WITH RECURSIVE row (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM row WHERE \
             n < {}) SELECT randomblob(16), randomblob(32000) FROM row",
            megabytes * 1024 / 32
        );
        shop.look().sql().execute_batch(&filler).expect("filled");
        shop.settle().expect("one file");
    });
    // The file was changed while it was shut: its owner goes on.
    front.unlock().expect("the owner");
    front.ok("desk_go_on", json!({}));
    front.ok("desk_lock", json!({}));
    let notes = json!({"wall_ms": front.hands.wall_ms(), "secret": front.secret, "ravi": ravi.staff});
    fs::write(shop.folder.path().join("notes"), notes.to_string()).expect("notes");
    drop(shop.front);

    let mut chance = Seeded(seed("renewing"));
    let (mut within_ms, mut tally) = (800, [0; 4]);
    for round in 0..rounds {
        let place = tempfile::tempdir().expect("a folder");
        support::front::copy(shop.folder.path(), place.path());
        let after_ms = chance.below(within_ms);
        let next = place.path().join("data/vault/vault.hdr.next");
        let wait = || {
            // From here on the file gets its key; what comes before takes longest and changes nothing.
            while !next.exists() {
                thread::sleep(Duration::from_millis(1));
            }
            thread::sleep(Duration::from_millis(after_ms));
        };
        let is_done = kill_when("renew", place.path(), chance.next(), wait).len() == 2;
        within_ms = if is_done { (after_ms + 100).min(within_ms) } else { within_ms + within_ms / 8 };
        let new_paper = fs::read_to_string(place.path().join("paper")).expect("it was written down first");

        let (mut front, ravi) = at_work(place.path(), chance.next());
        front.hands.pass(600);
        let open = front.unlock().unwrap_or_else(|fault| panic!("round {round}: {fault:?}"));
        let told = told(&open);
        let is_new = front.ok("staff_list", json!({}))["people"]
            .as_array()
            .expect("people")
            .iter()
            .any(|one| one["needs_way_in"] == true);
        let outcome = match told.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            [] if !is_new => 0,
            ["desk.renewal_let_go"] if !is_new => 1,
            ["desk.renewal_finished"] if is_new => 2,
            [] if is_new => 3,
            ref other => panic!("round {round}: told {other:?}, and the keys are new: {is_new}"),
        };
        assert!(!is_done || outcome == 3, "round {round}: what was told is true");
        tally[outcome] += 1;
        // The shop sells, and the next renewal finds nothing in its way.
        front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
        let bill = front.bill();
        front.ok("sale_settle", json!({"bill": bill, "tenders": []}));
        let is_there =
            |people: &Value| people["people"].as_array().is_some_and(|all| all.iter().any(|one| one["staff"] == ravi));
        assert!(!(is_new && is_there(&front.ok("staff_list", json!({})))), "round {round}: who left is out");
        front.ok("desk_lock", json!({}));
        let epochs = epochs(&mut front);
        assert_eq!(epochs.len(), if is_new { 2 } else { 1 }, "round {round}: {epochs:?}");
        let (good, void) = if is_new { (&new_paper, &old_paper) } else { (&old_paper, &new_paper) };
        assert_eq!(front.refused("recover_begin", json!({"code": void})), "vault.recovery_refused", "round {round}");
        front.ok("recover_begin", json!({"code": good}));
        let left: Vec<_> = fs::read_dir(front.places.data.join("vault"))
            .expect("it")
            .map(|file| file.expect("it").file_name())
            .collect();
        assert!(left.iter().all(|name| name != "vault.hdr.next"), "round {round}: {left:?}");
    }
    println!(
        "of {rounds} kills {} changed nothing, {} were let go, {} finished, {} were over",
        tally[0], tally[1], tally[2], tally[3]
    );
    assert!(tally[1..].iter().sum::<u32>() > 0, "every kill came too soon: {tally:?}");
}

#[test]
fn a_renewal_that_is_killed_is_finished_or_let_go() {
    renews_and_is_killed(2, 8);
}

#[test]
#[ignore = "forty kills take minutes"]
fn a_renewal_that_is_killed_is_finished_or_let_go_forty_times() {
    renews_and_is_killed(40, 24);
}
