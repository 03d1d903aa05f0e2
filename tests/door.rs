//! The shop's door: set-up, login, and everything that can stand in the way of either.

mod support;

use std::fs;

use pakka::desk::Needs;
use pakka::exchange::ROOMS;
use pakka::promises;
use pakka::store::Shop;
use pakka::vault::SlotId;
use pakka::wire::COMMANDS;
use serde_json::{Value, json};
use support::Seeded;
use support::front::{Copied, Front, Hands, MORNING, PIN, behind_the_desk, copy, finish, locked_shop, open_shop};

#[test]
fn a_shop_is_set_up_past_every_refusal_of_the_wizard() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut front = Front::over(folder.path(), &Hands::at(MORNING), 7);
    assert_eq!(front.stage(), "new");
    let begin = |shop: &str, owner: &str, pin: &str, again: &str| json!({"shop_name": shop, "owner_name": owner, "pin": pin, "pin_again": again});
    let long = "क".repeat(10_000);
    for (request, code) in [
        (begin("Sharma Stores", "  ", PIN, PIN), "desk.owner_missing"),
        (begin("Sharma Stores", "\u{202e}", PIN, PIN), "desk.owner_missing"),
        (begin("Sharma Stores", "Meena", PIN, "40718294"), "desk.pins_differ"),
        (begin("Sharma Stores", "Meena", "4071829", "4071829"), "vault.pin_short"),
        (begin("Sharma Stores", "Meena", "12345678", "12345678"), "vault.pin_common"),
        (begin("Sharma Stores", "Meena", &PIN.repeat(9), &PIN.repeat(9)), "vault.pin_long"),
        (begin(&long, "Meena", PIN, PIN), "profile.too_long"),
        (begin("Sharma Stores", &long, PIN, PIN), "profile.too_long"),
    ] {
        assert_eq!(front.refused("setup_begin", request), code);
    }
    for early in ["setup_code", "setup_groups", "setup_finish", "setup_recovery"] {
        let body = match early {
            "setup_code" => json!({"code": "000000"}),
            "setup_groups" => json!({"answers": ["AAAAA", "BBBBB"]}),
            "setup_finish" => finish("Sharma Stores"),
            _ => Value::Null,
        };
        assert_eq!(front.refused(early, body), "desk.not_in_set_up", "{early}");
    }
    // The longest names that are taken still fit the picture for the phone.
    front.begin(&"क".repeat(80), &"👨".repeat(60));
    let before = front.secret.clone();
    front.begin("Sharma Stores", "Meena");
    assert_eq!(front.secret, before, "going back a step keeps what is in the phone");

    let wrong = front.code(3600);
    assert_eq!(front.refused("setup_code", json!({"code": wrong})), "vault.code_wrong");
    assert_eq!(front.refused("setup_finish", finish("Sharma Stores")), "vault.unproven");
    assert_eq!(front.refused("setup_groups", json!({"answers": ["AAAAA", "BBBBB"]})), "vault.recovery_mistyped");
    front.prove();
    assert_eq!(front.secret, before, "an early end keeps what is in the phone");

    let with = |field: &str, value: &str| {
        let mut request = finish("Sharma Stores");
        request["profile"][field] = value.into();
        request
    };
    let at_counter = |name: &str| {
        let mut request = finish("Sharma Stores");
        request["counter_name"] = name.into();
        request
    };
    for (request, code) in [
        (with("name", "  "), "profile.name_missing"),
        (with("name", &long), "profile.too_long"),
        (with("gstin", "27AAPFU0939F1ZW"), "gst.gstin_check"),
        (with("gstin", "29AABCF8078M1C8"), "profile.state_differs"),
        (with("gstin", ""), "profile.gstin_missing"),
        (with("state", "99x"), "profile.state"),
        (with("pin_code", "011038"), "profile.pin_code"),
        (with("fssai", "12"), "profile.fssai"),
        (with("upi_id", "nobody"), "profile.upi"),
        (at_counter(" "), "profile.counter_missing"),
        (at_counter(&long), "profile.too_long"),
    ] {
        assert_eq!(front.refused("setup_finish", request), code);
    }
    assert_eq!(front.stage(), "new");
    let open = front.ok("setup_finish", finish("Sharma Stores"));
    assert_eq!(
        (open["profile"]["name"].as_str(), open["person"]["name"].as_str()),
        (Some("Sharma Stores"), Some("Meena"))
    );
    assert_eq!(front.stage(), "open");
    assert!(!front.places.data.join("setup.unfinished").exists());
    assert_eq!(front.refused("setup_begin", begin("Another", "Meena", PIN, PIN)), "desk.not_in_set_up");
}

#[test]
fn a_set_up_that_was_cut_off_anywhere_is_none() {
    let Copied { folder, front } = locked_shop();
    drop(front);
    // The order in which a set-up writes: the mark, the device secret, the vault's files, the shop's file.
    let vault: Vec<_> = names(&folder.path().join("data/vault"));
    for stage in 0..5 {
        let place = tempfile::tempdir().expect("a folder");
        let data = place.path().join("data");
        fs::create_dir_all(&data).expect("a folder");
        fs::write(data.join("setup.unfinished"), b"").expect("the mark");
        if stage >= 1 {
            copy(&folder.path().join("device"), &place.path().join("device"));
        }
        if stage >= 2 {
            fs::create_dir_all(data.join("vault")).expect("a folder");
            let some = if stage == 2 { vault.len() / 2 } else { vault.len() };
            for name in &vault[..some] {
                let (from, to) = (folder.path().join("data/vault").join(name), data.join("vault").join(name));
                if from.is_dir() {
                    copy(&from, &to);
                } else {
                    fs::copy(from, to).expect("copied");
                }
            }
        }
        if stage >= 4 {
            fs::copy(folder.path().join("data/shop.db"), data.join("shop.db")).expect("copied");
        }
        let mut front = Front::over(place.path(), &Hands::at(MORNING), stage);
        assert_eq!(front.stage(), "new", "cut off at stage {stage}");
        assert!(!data.join("setup.unfinished").exists() && !data.join("shop.db").exists());
        if stage == 4 {
            front.set_up("Sharma Stores", "Meena");
            front.ok("desk_lock", Value::Null);
            front.unlock().expect("the new shop opens");
        }
    }
}

#[test]
fn a_set_up_that_the_disk_refuses_is_done_again_with_the_same_phone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut front = Front::over(folder.path(), &Hands::at(MORNING), 9);
    front.begin("Sharma Stores", "Meena");
    front.prove();
    // Something lies where the shop's file shall be.
    fs::create_dir(front.places.data.join("shop.db")).expect("a folder in the way");
    let refused = front.refused("setup_finish", finish("Sharma Stores"));
    assert_eq!(refused, "store.exists", "what lies there is never taken for half of this shop");
    fs::remove_dir(front.places.data.join("shop.db")).expect("it is taken out of the way");
    front.hands.pass(5);
    front.ok("setup_finish", finish("Sharma Stores"));
    front.ok("desk_lock", Value::Null);
    front.unlock().expect("the phone that was paired before the refusal");
}

#[test]
fn every_wrong_login_is_told_alike_and_the_third_costs_a_wait() {
    let mut shop = locked_shop();
    let front = &mut shop.front;
    let slot = front.slot();
    front.unlock().expect("the right one");
    front.ok("desk_lock", Value::Null);
    let try_with = |front: &mut Front, slot: &str, pin: &str, code: &str| {
        front.run("desk_unlock", json!({"slot": slot, "pin": pin, "code": code})).expect_err("wrong")
    };
    let used = front.code(0);
    let used = try_with(front, &slot, PIN, &used);
    front.hands.pass(60);
    let (right, wrong) = (front.code(0), front.code(3600));
    let by_pin = try_with(front, &slot, "40718294", &right);
    let unknown = try_with(front, &SlotId::new([9; 16]).to_string(), PIN, &right);
    let unreadable = try_with(front, "nobody", PIN, &right);
    let by_code = try_with(front, &slot, PIN, &wrong);
    assert_eq!(used.code, "vault.refused");
    for other in [&by_pin, &unknown, &unreadable, &by_code] {
        assert_eq!(*other, used, "which of them was wrong is never told");
    }
    assert_eq!(try_with(front, &slot, PIN, &right).code, "vault.wait");
    // Closing the program does not end the wait.
    let (hands, secret) = (front.hands.clone(), front.secret.clone());
    drop(shop.front);
    let mut front = Front::over(shop.folder.path(), &hands, 3);
    front.secret = secret;
    assert_eq!(try_with(&mut front, &slot, PIN, &right).code, "vault.wait");
    let open = front.unlock().expect("a minute later");
    assert_eq!(open["last_login"]["day"], "2026-11-22");
}

#[test]
fn what_is_missing_is_told_and_never_made_anew() {
    for (gone, code) in
        [("data/shop.db", "store.missing"), ("data/vault", "desk.vault_missing"), ("device", "vault.device_missing")]
    {
        let Copied { folder, mut front } = locked_shop();
        let path = folder.path().join(gone);
        let kept = folder.path().join("kept");
        fs::rename(&path, &kept).expect("put away");
        let hands = front.hands.clone();
        drop(front);
        front = Front::over(folder.path(), &hands, 4);
        assert_eq!(front.broken(), code);
        let _ = front.run("desk_unlock", json!({"slot": "", "pin": PIN, "code": "000000"})).expect_err("broken");
        let begin = json!({"shop_name": "S", "owner_name": "M", "pin": PIN, "pin_again": PIN});
        assert_eq!(front.refused("setup_begin", begin), "desk.not_in_set_up");
        assert!(!path.exists(), "nothing was made in the place of {gone}");
        // Put back, it opens without a new start of the program.
        fs::rename(&kept, &path).expect("put back");
        assert_eq!(front.stage(), "locked");
    }
}

#[test]
fn a_file_that_goes_missing_between_lock_and_login_is_not_made_anew() {
    let mut shop = locked_shop();
    let path = shop.front.places.data.join("shop.db");
    fs::remove_file(&path).expect("removed");
    assert_eq!(shop.front.unlock().expect_err("no file").code, "store.missing");
    assert!(!path.exists());
}

#[test]
fn a_file_of_a_newer_program_is_left_alone() {
    let mut shop = locked_shop();
    behind_the_desk(&mut shop.front, |shop| {
        shop.look().sql().pragma_update(None, "user_version", 2).expect("a format of tomorrow");
    });
    let before = fs::read(shop.front.places.data.join("shop.db")).expect("the file");
    assert_eq!(shop.front.unlock().expect_err("newer").code, "store.newer");
    assert_eq!(fs::read(shop.front.places.data.join("shop.db")).expect("the file"), before);
    assert_eq!(shop.front.stage(), "locked");
}

#[test]
fn a_cut_or_damaged_file_is_told_in_words() {
    let whole = {
        let shop = locked_shop();
        fs::read(shop.front.places.data.join("shop.db")).expect("the file")
    };
    let mut chance = Seeded(77);
    let mut flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << chance.below(8);
        bytes
    };
    let page = 4096;
    for (what, bytes) in [
        ("nothing", Vec::new()),
        ("a few bytes", whole[..100].to_vec()),
        ("half", whole[..whole.len() / 2 / page * page].to_vec()),
        ("the salt", flipped(3)),
        ("the first page", flipped(2000)),
        ("the last byte", flipped(whole.len() - 1)),
    ] {
        let mut shop = locked_shop();
        fs::write(shop.front.places.data.join("shop.db"), &bytes).expect("written");
        match shop.front.unlock() {
            Err(fault) => {
                assert!(fault.code.starts_with("store."), "{what}: {fault:?}");
                assert!(!fault.hint.en.is_empty() && !fault.hint.hi.is_empty());
                assert_eq!(shop.front.stage(), "locked");
            }
            // The damaged page was not needed to open: whoever needs it is told.
            Ok(_) => assert_ne!(what, "nothing"),
        }
    }
}

#[test]
fn a_flipped_bit_anywhere_is_never_read_as_something_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("shop.db");
    let mut counter = support::Counter::at(place.clone(), &support::sharma_stores(), "A", 5);
    for number in 0..20 {
        counter.add_item(&format!("Item {number}"), &format!("3{number:02}"), "", "12.50", "gst5", "PCS");
    }
    counter.shop.settle().expect("one file");
    let key = counter.key();
    let healthy = tables_of(&counter.shop);
    drop(counter);
    let whole = fs::read(&place).expect("the file");
    let mut chance = Seeded(5);
    let mut told = 0;
    for _ in 0..60 {
        let mut bytes = whole.clone();
        let at = chance.below(bytes.len() as u64) as usize;
        bytes[at] ^= 1 << chance.below(8);
        fs::write(&place, &bytes).expect("written");
        for log in ["shop.db-wal", "shop.db-shm"] {
            let _ = fs::remove_file(folder.path().join(log));
        }
        let Ok(shop) = Shop::open(&place, &key, ROOMS) else {
            told += 1;
            continue;
        };
        match promises::check(shop.look()) {
            Err(_) => told += 1,
            Ok(broken) => {
                assert!(broken.is_empty(), "byte {at} was read as something else: {broken:#?}");
                let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| tables_of(&shop)));
                match read {
                    Ok(read) => assert_eq!(read, healthy, "byte {at} changed what is read"),
                    Err(_) => told += 1,
                }
            }
        }
    }
    // The other pages hold tables that neither the promises nor this test read.
    assert!(told > 10, "only {told} of 60 were told");
}

fn tables_of(shop: &Shop) -> Vec<String> {
    let mut statement = shop.look().sql().prepare("SELECT name FROM item ORDER BY name").expect("items");
    statement.query_map([], |row| row.get(0)).expect("rows").collect::<Result<_, _>>().expect("a page that is whole")
}

#[test]
fn one_program_at_a_time_has_a_shop() {
    let Copied { folder, front: first } = locked_shop();
    let hands = first.hands.clone();
    let mut second = Front::over(folder.path(), &hands, 5);
    assert_eq!(second.broken(), "desk.in_use");
    for command in ["sale_bill", "setup_begin", "desk_unlock"] {
        let _ = second.run(command, Value::Null).expect_err("not ours");
    }
    drop(first);
    assert_eq!(second.stage(), "locked", "free as soon as the first is gone");
}

#[test]
fn a_locked_shop_answers_nothing_and_opens_again_as_it_was() {
    let mut shop = open_shop();
    let front = &mut shop.front;
    front.ok("sale_enter", json!({"text": "3*201", "source": "typed"}));
    let before = front.ok("sale_bill", Value::Null);
    front.ok("desk_lock", Value::Null);
    for command in COMMANDS.iter().filter(|command| command.needs != Needs::Nothing) {
        assert_eq!(front.refused(command.name, Value::Null), "desk.locked", "{}", command.name);
    }
    for (command, body) in [
        ("sale_bill", Value::Null),
        ("bills_find", json!({"text": "", "offset": 0})),
        ("catalog_list", json!({"text": "", "offset": 0, "category": null, "inactive": false})),
        ("customer_find", json!({"text": ""})),
        ("settings_get", Value::Null),
        ("desk_opened", Value::Null),
    ] {
        assert_eq!(front.refused(command, body), "desk.locked", "{command}");
    }
    front.unlock().expect("the owner");
    assert_eq!(front.ok("sale_bill", Value::Null), before, "the bill is open as it was");
    assert_eq!(before["sums"]["to_pay"], 35_400);
}

#[test]
fn a_bill_settled_twice_is_one_document_and_one_paper() {
    let mut shop = open_shop();
    let front = &mut shop.front;
    front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
    let bill = front.bill();
    let settle = json!({"bill": bill, "tenders": [{"kind": "cash", "amount": "200"}]});
    let first = front.ok("sale_settle", settle.clone());
    let again = front.ok("sale_settle", settle.clone());
    assert_eq!((&first["number"], &first["change"]), (&again["number"], &again["change"]));
    assert_eq!((first["again"].as_bool(), again["again"].as_bool()), (Some(false), Some(true)));
    // Also after the program was closed in between.
    front.ok("desk_lock", Value::Null);
    front.unlock().expect("the owner");
    assert_eq!(front.ok("sale_settle", settle)["number"], first["number"]);
    let day = front.ok("day_totals", json!({"day": null}));
    assert_eq!(day["bills"], 2, "{day}");
    let other = json!({"bill": "00000000000000000000000000000000", "tenders": []});
    assert_eq!(front.refused("sale_settle", other), "sale.other_bill");
    assert_eq!(front.tray.0.lock().expect("papers").len(), 1, "printed once");
}

#[test]
fn a_clock_far_back_lets_a_bill_be_thrown_away() {
    let mut shop = open_shop();
    let front = &mut shop.front;
    front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
    // An empty battery: 1 January 2010, before there was any GST.
    front.hands.set(1_262_304_000_000);
    assert_eq!(front.refused("sale_bill", Value::Null), "price.class_not_in_force");
    assert_eq!(front.refused("sale_enter", json!({"text": "201", "source": "typed"})), "price.class_not_in_force");
    let next = front.ok("sale_abandon", Value::Null);
    assert_eq!(next["line_count"], 0);
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
