//! A shop whose keys are all made anew, with the power going at every write.

use super::*;
use crate::vault::file::trial::cut_after;
use crate::vault::sample::{CHEAP, Counting, PIN, Shop, after};
use crate::vault::staffing::with_ravi;
use crate::vault::{RecoveryCode, SlotId, recover, unlock};

const NEW: &str = "58203917";

fn proven(owner: &mut Unlocked, chance: &mut Counting) -> Rotation {
    let mut rotation = owner.rotate(&[("audit", 1)], chance).expect("an owner");
    let groups = rotation.recovery_groups();
    for number in rotation.asked_groups() {
        rotation.check_group(number, &groups[number - 1]).expect("as on the paper");
    }
    rotation
}

fn prepare(rotation: &Rotation, owner: &Unlocked, chance: &mut Counting) -> Result<KeyRing, VaultError> {
    let pin = Pin::choose_owner(NEW).expect("a PIN");
    rotation.prepare(owner, &pin, CHEAP, after(200), chance)
}

fn log_in(shop: &Shop, slot: SlotId, typed: &str, seconds: i64) -> Result<Unlocked, VaultError> {
    unlock(&shop.places, slot, &Pin::typed(typed).expect("short"), &shop.phone.code(seconds), after(seconds))
}

#[test]
fn everything_is_new_but_the_owners_phone_and_what_is_carried() {
    let (shop, mut owner, ravi, phone) = with_ravi();
    let mut chance = Counting(90);
    let unproven = owner.rotate(&[], &mut chance).expect("an owner");
    assert_eq!(prepare(&unproven, &owner, &mut chance).expect_err("no paper yet"), VaultError::Unproven);
    let rotation = proven(&mut owner, &mut chance);
    let paper = rotation.recovery_groups().concat();
    let old_audit = *owner.keys.sub("audit", 1).expect("an owner").expose();
    let old_device = std::fs::read(shop.places.device.join("device.1")).expect("there");
    let keys = prepare(&rotation, &owner, &mut chance).expect("prepared");
    assert_ne!(keys.db().expose(), shop.db.expose());

    let open = owner.finish_rotation(after(201)).expect("switched");
    assert_eq!((open.keys.db().expose(), open.generation), (keys.db().expose(), 3));
    assert_eq!(open.keys.sub("audit", 1).expect("carried").expose(), &old_audit);
    assert_ne!(open.keys.sub("audit", 2).expect("new").expose(), &old_audit);
    let slot = open.slot;
    drop(open);
    let names: Vec<String> = shop.roster().people.into_iter().map(|person| person.name).collect();
    assert_eq!(names, ["Asha"]);
    assert_ne!(std::fs::read(shop.places.device.join("device.3")).expect("there"), old_device);
    assert!(!shop.places.device.join("device.1").exists() && !shop.places.vault.join(NAME).exists());

    assert_eq!(log_in(&shop, shop.slot, PIN, 230).expect_err("the old way in"), VaultError::Refused);
    let gone = unlock(&shop.places, ravi, &Pin::typed("482913").expect("short"), &phone.code(230), after(230));
    assert_eq!(gone.expect_err("taken out"), VaultError::Refused);
    let void = recover(&shop.places, &shop.paper(), &mut chance);
    assert_eq!(void.expect_err("the old paper"), VaultError::RecoveryRefused);
    let open = log_in(&shop, slot, NEW, 240).expect("the new PIN, the same phone");
    assert_eq!(open.keys.db().expose(), keys.db().expose());
    let draft = recover(&shop.places, &RecoveryCode::read(&paper).expect("as printed"), &mut chance).expect("the new");
    assert_eq!(draft.keys().sub("audit", 1).expect("carried on the paper too").expose(), &old_audit);
}

#[test]
fn staff_begin_none() {
    let (shop, owner, ravi, phone) = with_ravi();
    drop(owner);
    let pin = Pin::typed("482913").expect("short");
    let mut open = unlock(&shop.places, ravi, &pin, &phone.code(120), after(120)).expect("Ravi");
    assert_eq!(open.rotate(&[], &mut Counting(91)).expect_err("staff"), VaultError::OwnerNeeded);
    assert_eq!(open.abandon_rotation().expect_err("staff"), VaultError::OwnerNeeded);
}

#[test]
fn a_power_cut_at_any_write_leaves_a_file_that_somebodys_keys_open() {
    let mut writes = 0;
    let mut phases = [0; 3];
    loop {
        let (shop, mut owner, ..) = with_ravi();
        let mut chance = Counting(92);
        let rotation = proven(&mut owner, &mut chance);
        cut_after(Some(writes));
        // The shop's file: whose key it has.
        let mut file_key = *shop.db.expose();
        let prepared = prepare(&rotation, &owner, &mut chance);
        let is_prepared = prepared.is_ok();
        let new_db = *rotation.draft.keys().db().expose();
        if is_prepared {
            file_key = new_db;
        }
        let done = is_prepared && owner.finish_rotation(after(201)).is_ok();
        cut_after(None);

        let header = shop.header().0;
        let slot = header.people().next().expect("an owner").head.id;
        if slot == shop.slot {
            let open = log_in(&shop, slot, PIN, 240).expect("the old way in");
            let pending = open.pending_keys().expect("an owner");
            if open.keys.db().expose() == &file_key {
                phases[0] += 1;
                open.abandon_rotation().expect("let go");
                assert!(open.pending_keys().expect("an owner").is_none());
                log_in(&shop, slot, PIN, 270).expect("as before");
            } else {
                phases[1] += 1;
                assert_eq!(pending.expect("the next keys").db().expose(), &file_key);
                let draft = recover(&shop.places, &shop.paper(), &mut Counting(93)).expect("the old paper");
                assert_eq!(draft.pending_db().expect("knows them too").expose(), &file_key);
                let open = open.finish_rotation(after(241)).expect("finished");
                assert_eq!(open.keys.db().expose(), &file_key);
                log_in(&shop, open.slot, NEW, 270).expect("the new PIN");
            }
        } else {
            phases[2] += 1;
            let open = log_in(&shop, slot, NEW, 240).expect("the new way in");
            assert_eq!(open.keys.db().expose(), &file_key);
            assert!(open.pending_keys().expect("an owner").is_none());
        }
        if done {
            break;
        }
        writes += 1;
    }
    assert!(phases.iter().all(|count| *count > 0), "{phases:?}");
    assert!(writes > 12, "{writes}");
}

#[test]
fn a_recovery_amid_a_rotation_takes_the_key_that_the_file_has() {
    let (shop, mut owner, ..) = with_ravi();
    let mut chance = Counting(94);
    let rotation = proven(&mut owner, &mut chance);
    let keys = prepare(&rotation, &owner, &mut chance).expect("prepared");
    drop(owner);
    for is_rekeyed in [false, true] {
        let mut draft = recover(&shop.places, &shop.paper(), &mut chance).expect("the old paper");
        assert_eq!(draft.db().expose(), shop.db.expose());
        if is_rekeyed {
            assert_eq!(draft.pending_db().expect("the next").expose(), keys.db().expose());
            draft.use_pending();
            crate::vault::sample::prove(&mut draft, 210);
            let pin = Pin::choose_owner("naya bazar 7").expect("a phrase");
            let names = crate::vault::sample::names("Sharma Stores");
            let open = draft.write(&shop.places, &pin, &names, CHEAP, after(210), &mut chance).expect("a way in");
            assert_eq!((open.keys.db().expose(), open.generation), (keys.db().expose(), 4));
            assert!(open.pending_keys().expect("an owner").is_none());
        }
    }
}
