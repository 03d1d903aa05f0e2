//! A hand in the folders: every file flipped, cut, removed, swapped between people and machines, or replaced by an
//! older copy. What comes of it is a login as before, a healed file, or a refusal in words; never a crash, never a
//! way in that was not there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::people;
use super::sample::{Counting, PIN, Shop, after, set_up};
use super::staffing::with_ravi;
use super::*;
use crate::fault::Fault;

/// All files of a shop's two folders.
type Files = BTreeMap<PathBuf, Vec<u8>>;

fn files(shop: &Shop) -> Files {
    let mut files = Files::new();
    let mut folders = vec![shop.places.vault.clone(), shop.places.device.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_none_or(|end| end != "lock") {
                files.insert(path.clone(), fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

fn put(shop: &Shop, files: &Files) {
    for folder in [&shop.places.vault, &shop.places.device] {
        fs::remove_dir_all(folder).expect("there");
    }
    for (path, bytes) in files {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("put back");
    }
}

fn name(path: &Path) -> String {
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    name.split('.').next().unwrap_or_default().to_owned() + path.extension().map_or("", |_| ".")
}

/// Logs in with everything right; a refusal must have words.
fn try_right(shop: &Shop, seconds: i64) -> Result<(), VaultError> {
    let opened = shop.log_in(PIN, &shop.phone.code(seconds), seconds);
    if let Ok(open) = &opened {
        assert_eq!(open.keys.db().expose(), shop.db.expose());
    }
    if let Err(error) = &opened {
        let fault = Fault::from(*error);
        assert!(!fault.say.en.is_empty() && !fault.hint.hi.is_empty());
    }
    opened.map(|_| ())
}

#[test]
fn a_flipped_bit_in_any_file_is_healed_or_told_and_opens_nothing_else() {
    let shop = set_up();
    drop(shop.log_in(PIN, &shop.phone.code(30), 30).expect("a first login"));
    let whole = files(&shop);
    let mut chance = Counting(80);
    let mut told = BTreeMap::new();
    for (path, bytes) in &whole {
        for _ in 0..25 {
            let mut at = [0; 8];
            crate::stamp::Chance::fill(&mut chance, &mut at);
            let bit = usize::try_from(u64::from_le_bytes(at) % (bytes.len() as u64 * 8)).expect("small");
            let mut meddled = whole.clone();
            meddled.get_mut(path).expect("this file")[bit / 8] ^= 1 << (bit % 8);
            put(&shop, &meddled);
            let wrong = shop.log_in("40718294", &shop.phone.code(90), 90);
            assert!(wrong.is_err(), "{} lets a wrong PIN in", path.display());
            put(&shop, &meddled);
            if let Err(error) = try_right(&shop, 90) {
                told.entry(name(path)).or_insert_with(Vec::new).push(error);
            }
        }
    }
    // Two copies or a regenerated chunk heal; only these can say no.
    for (file, errors) in told {
        for error in errors {
            let expected = match file.as_str() {
                "device." => vec![VaultError::DeviceMissing],
                "throttle." => vec![VaultError::Wait { seconds: 3600 }],
                // The day in use has a second copy, the rest of the table is not needed.
                other => panic!("{other} said {error:?}"),
            };
            assert!(expected.contains(&error), "{file} said {error:?}");
        }
    }
}

#[test]
fn a_file_removed_or_cut_is_healed_or_told() {
    let shop = set_up();
    drop(shop.log_in(PIN, &shop.phone.code(30), 30).expect("a first login"));
    let whole = files(&shop);
    for path in whole.keys() {
        for cut in [None, Some(0), Some(1), Some(40)] {
            let mut meddled = whole.clone();
            match cut {
                None => drop(meddled.remove(path)),
                Some(length) => meddled.get_mut(path).expect("this file").truncate(length),
            }
            put(&shop, &meddled);
            let answer = try_right(&shop, 90);
            let expected = match name(path).as_str() {
                "device." => Err(VaultError::DeviceMissing),
                "throttle." => Err(VaultError::Wait { seconds: 3600 }),
                name if !name.starts_with(['s', 'v', 'w', 'r']) => Err(VaultError::Refused),
                _ => Ok(()),
            };
            assert_eq!(answer, expected, "{} {cut:?}", path.display());
        }
    }
}

#[test]
fn files_of_another_shop_open_nothing() {
    let shop = set_up();
    let other = other_shop();
    let (mine, others) = (files(&shop), files(&other));
    let kinds = |files: &Files, start: &str| -> Vec<PathBuf> {
        files
            .keys()
            .filter(|path| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(start)))
            .cloned()
            .collect()
    };
    for start in ["vault.hdr", "state.", "throttle.", "witness.", "device.", "roster."] {
        let mut mixed = mine.clone();
        for (to, from) in kinds(&mine, start).iter().zip(kinds(&others, start)) {
            mixed.insert(to.clone(), others[&from].clone());
        }
        put(&shop, &mixed);
        let answer = try_right(&shop, 90);
        assert_eq!(answer.is_ok(), ["roster.", "witness."].contains(&start), "{start}: {answer:?}");
    }
}

fn other_shop() -> Shop {
    sample::set_up_with(1_000)
}

#[test]
fn tables_and_slots_swapped_between_people_open_nothing() {
    let (shop, owner, slot, phone) = with_ravi();
    drop(owner);
    let whole = files(&shop);
    let table = |slot: &SlotId| shop.places.vault.join("totp").join(format!("{slot}.tab"));
    let mut swapped = whole.clone();
    swapped.insert(table(&slot), whole[&table(&shop.slot)].clone());
    put(&shop, &swapped);
    let come_in = |typed: &str, code: &str, seconds| {
        unlock(&shop.places, slot, &Pin::typed(typed).expect("short"), code, after(seconds)).map(|_| ())
    };
    for code in [phone.code(150), shop.phone.code(150)] {
        assert_eq!(come_in("482913", &code, 150), Err(VaultError::Refused));
    }
    // The owner's login makes the table anew from the escrow.
    shop.log_in(PIN, &shop.phone.code(180), 180).expect("the owner");
    assert_eq!(come_in("482913", &phone.code(210), 210), Ok(()));

    // Roles raised by hand: the derivation itself depends on them.
    put(&shop, &whole);
    let (mut header, bytes) = shop.header();
    header.slots[1].head.role = OWNER;
    let forged = forged(&header, &bytes);
    for copy in ["vault.hdr.a", "vault.hdr.b"] {
        fs::write(shop.places.vault.join(copy), &forged).expect("written");
    }
    assert_eq!(come_in("482913", &phone.code(240), 240), Err(VaultError::Refused));
    assert_eq!(try_right(&shop, 240), Err(VaultError::Altered), "the owner is told");
}

/// A header with a good checksum and the MACs of the one before.
fn forged(header: &header::Header, bytes: &[u8]) -> Vec<u8> {
    let ring = KeyRing::new(Key::new(&[1; 32]), header.vault);
    let mut forged = header.sign(&ring).expect("any owner signs");
    let macs = forged.len() - 68;
    forged[macs..macs + 64].copy_from_slice(&bytes[bytes.len() - 68..bytes.len() - 4]);
    let crc = crc32c::crc32c(&forged[..macs + 64]);
    forged[macs + 64..].copy_from_slice(&crc.to_le_bytes());
    forged
}

#[test]
fn somebody_removed_does_not_come_back_with_an_older_data_folder() {
    let (shop, mut owner, slot, phone) = with_ravi();
    let before = files(&shop);
    people::remove(&mut owner, slot, &mut Counting(81)).expect("removed");
    drop(owner);
    let after_removal = files(&shop);
    let come_in = |seconds| {
        unlock(&shop.places, slot, &Pin::typed("482913").expect("short"), &phone.code(seconds), after(seconds))
    };
    // The data folder alone is put back: this PC's own folder knows better.
    let in_data = |path: &Path| path.starts_with(&shop.places.vault);
    let mut mixed: Files =
        after_removal.iter().filter(|(path, _)| !in_data(path)).map(|(p, b)| (p.clone(), b.clone())).collect();
    mixed.extend(before.iter().filter(|(path, _)| in_data(path)).map(|(p, b)| (p.clone(), b.clone())));
    for is_witness_there in [true, false] {
        put(&shop, &mixed);
        if !is_witness_there {
            fs::remove_file(shop.places.device.join("witness.1")).expect("removed");
        }
        assert_eq!(come_in(150).expect_err("an older list"), VaultError::HeaderOld);
    }
    put(&shop, &mixed);
    let open = shop.log_in(PIN, &shop.phone.code(180), 180).expect("the owner");
    assert!(open.header_was_old && open.generation == 4, "{}", open.generation);
    drop(open);
    assert_eq!(shop.roster().people.len(), 1);
    assert_eq!(come_in(210).expect_err("taken off"), VaultError::Refused);
    let open = shop.log_in(PIN, &shop.phone.code(240), 240).expect("the owner");
    assert!(!open.header_was_old, "told once");
    drop(open);
    // Without the witness nobody can say: told, and nobody is taken off.
    put(&shop, &before);
    fs::remove_file(shop.places.device.join("witness.1")).expect("removed");
    assert_eq!(come_in(150).expect_err("the owner first"), VaultError::HeaderOld);
    let open = shop.log_in(PIN, &shop.phone.code(180), 180).expect("the owner");
    assert_eq!((open.header_was_old, open.records_were_lost), (false, true));
    drop(open);
    come_in(210).expect("and then Ravi");
}

#[test]
fn an_older_state_brings_no_used_code_back() {
    let shop = set_up();
    let whole = files(&shop);
    let glimpsed = shop.phone.code(60);
    drop(shop.log_in(PIN, &glimpsed, 60).expect("the owner logs in"));
    let later = files(&shop);
    // State, table, or both of an hour ago; this PC's own folder as it is.
    for kinds in [vec!["state."], vec!["tab"], vec!["state.", "tab"], vec!["state.", "tab", "throttle.", "vault.hdr"]] {
        let is_old = |path: &Path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            path.starts_with(&shop.places.vault)
                && kinds.iter().any(|kind| name.starts_with(kind) || name.ends_with(kind))
        };
        let mut mixed = later.clone();
        mixed.extend(whole.iter().filter(|(path, _)| is_old(path)).map(|(p, b)| (p.clone(), b.clone())));
        put(&shop, &mixed);
        for _ in 0..2 {
            let replay = shop.log_in(PIN, &glimpsed, 61);
            assert!(replay.is_err(), "{kinds:?} brought a used code back");
        }
    }
    // Nothing of the kind keeps the owner out for good.
    put(&shop, &later);
    assert_eq!(try_right(&shop, 120), Ok(()));
}
