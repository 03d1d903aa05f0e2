//! The vault from the first screen to the paper in the drawer, on real files.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::header::{self, Header};
use super::slot::Kind;
use super::totp::TotpSecret;
use super::*;
use crate::id::StreamId;
use crate::vault::file::{self, trial::cut_after};
use crate::vault::sample::Counting;

const NOON: i64 = 1_795_291_200_000;
const PIN: &str = "40718293";

/// A moment so many seconds after noon; the machine was started an hour before.
fn after(seconds: i64) -> Now {
    Now { wall_ms: NOON + seconds * 1000, uptime_ms: (3_600 + seconds) as u64 * 1000 }
}

fn pin(text: &str) -> Pin {
    Pin::choose_owner(text).expect("a PIN an owner may choose")
}

fn names(shop: &str) -> RosterNames {
    RosterNames { shop: shop.to_owned(), person: "Asha".to_owned() }
}

/// The phone: reads the secret that the set-up screen shows.
struct Phone(TotpSecret);

impl Phone {
    fn paired(draft: &Draft) -> Phone {
        let uri = draft.uri("Sharma Stores", "Asha");
        let text = uri.split_once("secret=").and_then(|(_, rest)| rest.split_once('&')).expect("a secret").0;
        assert_eq!(draft.secret_text().replace(' ', ""), text);
        let secret = totp_rs::Secret::try_from_base32(text).expect("base32");
        Phone(TotpSecret::read(secret.as_ref()).expect("twenty bytes"))
    }

    fn code(&self, seconds: i64) -> String {
        self.0.code_at(after(seconds).wall_ms)
    }
}

/// A shop's PC with what lies beside it: the phone and the paper.
struct Shop {
    _folder: TempDir,
    places: Places,
    phone: Phone,
    paper: String,
    slot: SlotId,
    db: Key,
    vault: crate::id::VaultId,
}

fn places() -> (TempDir, Places) {
    let folder = tempfile::tempdir().expect("a folder");
    let places = Places { vault: folder.path().join("vault"), device: folder.path().join("device") };
    (folder, places)
}

/// Types back what the set-up asks for, half a minute before the given moment.
fn prove(draft: &mut Draft, seconds: i64) -> (Phone, String) {
    let phone = Phone::paired(draft);
    draft.check_code(&phone.code(seconds - 30), after(seconds - 30).wall_ms).expect("the phone's code");
    let groups = draft.recovery_groups();
    for number in draft.asked_groups() {
        draft.check_group(number, &groups[number - 1]).expect("as on the paper");
    }
    (phone, groups.join("-"))
}

fn set_up() -> Shop {
    let (folder, places) = places();
    let mut chance = Counting(1);
    assert_eq!(find(&places), Ok(Found::New));
    let mut draft = Draft::make(&mut chance);
    let (phone, paper) = prove(&mut draft, 0);
    assert!(!places.vault.exists() && !places.device.exists(), "a draft lies in memory alone");
    let open = draft
        .write(&places, &pin(PIN), &names("Sharma Stores"), Cost::FLOOR, after(0), &mut chance)
        .expect("a new shop");
    let (slot, db, vault) = (open.slot, open.keys.db(), open.vault);
    Shop { _folder: folder, places, phone, paper, slot, db, vault }
}

impl Shop {
    fn log_in(&self, typed: &str, code: &str, seconds: i64) -> Result<Unlocked, VaultError> {
        unlock(&self.places, self.slot, &Pin::typed(typed).expect("short"), code, after(seconds))
    }

    fn paper(&self) -> RecoveryCode {
        RecoveryCode::read(&self.paper).expect("as printed")
    }

    fn roster(&self) -> Roster {
        match find(&self.places).expect("whole") {
            Found::Locked(roster) => roster,
            Found::New => panic!("the shop is gone"),
        }
    }

    fn header(&self) -> (Header, Vec<u8>) {
        header::load(&self.places.vault).expect("whole").expect("there")
    }
}

fn remove(folder: &Path, start: &str) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start)) {
            fs::remove_file(path).expect("removed");
        }
    }
}

#[test]
fn the_owner_gets_in_with_pin_and_code_and_each_code_once() {
    let shop = set_up();
    let roster = shop.roster();
    assert_eq!((roster.shop.as_str(), roster.people.len()), ("Sharma Stores", 1));
    assert_eq!((roster.people[0].slot, roster.people[0].name.as_str(), roster.people[0].role), (shop.slot, "Asha", 1));

    let spent = shop.log_in(PIN, &shop.phone.code(-30), 0);
    assert_eq!(spent.expect_err("the code typed at set-up"), VaultError::Refused);
    let wrong_pin = shop.log_in("40718294", &shop.phone.code(30), 30);
    assert_eq!(wrong_pin.expect_err("a wrong PIN"), VaultError::Refused);

    let open = shop.log_in(PIN, &shop.phone.code(60), 60).expect("PIN and code");
    assert_eq!((open.keys.db().expose(), open.vault, open.role), (shop.db.expose(), shop.vault, OWNER));
    let failed = open.failed.expect("two wrong tries before");
    assert_eq!((failed.tries, failed.first_wall_ms, failed.last_wall_ms), (2, NOON, NOON + 30_000));
    assert_eq!((open.last_login_ms, open.records_were_lost, open.generation), (Some(NOON), false, 1));

    for seconds in [60, 30] {
        let again = shop.log_in(PIN, &shop.phone.code(seconds), 61);
        assert_eq!(again.expect_err("a code works once, and none before it"), VaultError::Refused);
    }
}

#[test]
fn wrong_tries_make_even_the_right_pin_wait() {
    let shop = set_up();
    for second in 1..=3 {
        assert_eq!(shop.log_in("00000000", "000000", second).expect_err("wrong"), VaultError::Refused);
    }
    let right = shop.log_in(PIN, &shop.phone.code(4), 4);
    assert_eq!(right.expect_err("too soon"), VaultError::Wait { seconds: 4 });
    let open = shop.log_in(PIN, &shop.phone.code(8), 8).expect("five seconds later");
    assert_eq!(open.failed.expect("told").tries, 3);
}

#[test]
fn nobody_gets_in_by_a_way_that_is_not_theirs() {
    let shop = set_up();
    let paper = shop.header().0.recovery().expect("a paper").head.id;
    for slot in [SlotId::new([0; 16]), paper] {
        let refused = unlock(&shop.places, slot, &pin(PIN), &shop.phone.code(0), after(0));
        assert_eq!(refused.expect_err("no person's slot"), VaultError::Refused);
    }
    assert_eq!(find(&Places { vault: shop.places.device.clone(), ..shop.places.clone() }), Ok(Found::New));
    let empty = Places { vault: shop.places.vault.join("elsewhere"), ..shop.places.clone() };
    let nothing = unlock(&empty, shop.slot, &pin(PIN), "000000", after(0));
    assert_eq!(nothing.expect_err("no shop there"), VaultError::NoVault);
    assert_eq!(recover(&empty, &shop.paper(), &mut Counting(2)).expect_err("nor there"), VaultError::NoVault);
}

#[test]
fn a_draft_is_not_written_before_phone_and_paper_are_proven() {
    let (_folder, places) = places();
    for (code, first, second) in [(false, true, true), (true, false, true), (true, true, false), (false, false, false)]
    {
        let mut chance = Counting(3);
        let mut draft = Draft::make(&mut chance);
        let (phone, groups) = (Phone::paired(&draft), draft.recovery_groups());
        let wrong = draft.check_code(&phone.code(300), after(0).wall_ms);
        assert_eq!(wrong.expect_err("not the code of now"), VaultError::CodeWrong);
        if code {
            draft.check_code(&phone.code(0), after(0).wall_ms).expect("the code of now");
        }
        for (number, typed) in draft.asked_groups().into_iter().zip([first, second]) {
            let other = draft.check_group(number, &groups[number % 6]);
            assert_eq!(other.expect_err("another group"), VaultError::RecoveryMistyped);
            if typed {
                draft.check_group(number, &groups[number - 1]).expect("this group");
            }
        }
        let early = draft.write(&places, &pin(PIN), &names("S"), Cost::FLOOR, after(0), &mut chance);
        assert_eq!(early.expect_err("not proven"), VaultError::Unproven);
        assert_eq!(find(&places), Ok(Found::New));
    }
}

#[test]
fn a_second_set_up_never_overwrites_a_shop() {
    let shop = set_up();
    let mut chance = Counting(4);
    let mut draft = Draft::make(&mut chance);
    prove(&mut draft, 0);
    let taken = draft.write(&shop.places, &pin(PIN), &names("S"), Cost::FLOOR, after(0), &mut chance);
    assert_eq!(taken.expect_err("a shop is there"), VaultError::Taken);
    assert_eq!(shop.roster().shop, "Sharma Stores");
}

#[test]
fn the_paper_opens_the_shop_without_pin_phone_or_this_pc() {
    let shop = set_up();
    let mark = Mark { stream: StreamId::new([5; 16]), seq: 41, hash: [6; 32] };
    let mut open = shop.log_in(PIN, &shop.phone.code(30), 30).expect("PIN and code");
    open.state.record(mark, after(31));
    open.state.save(Flush::Now).expect("saved");
    drop(open);
    fs::remove_dir_all(&shop.places.device).expect("the PC's own secret is gone");
    assert_eq!(find(&shop.places), Err(VaultError::DeviceMissing));
    let locked_out = shop.log_in(PIN, &shop.phone.code(60), 60);
    assert_eq!(locked_out.expect_err("no device secret"), VaultError::DeviceMissing);

    let mut chance = Counting(7);
    let other_paper = Draft::make(&mut chance).recovery_groups().concat();
    let other = recover(&shop.places, &RecoveryCode::read(&other_paper).expect("well-formed"), &mut chance);
    assert_eq!(other.expect_err("another shop's paper"), VaultError::RecoveryRefused);

    let mut draft = recover(&shop.places, &shop.paper(), &mut chance).expect("the paper");
    assert_eq!(draft.roster().expect("names came along").shop, "Sharma Stores");
    let (phone, paper) = prove(&mut draft, 90);
    let open = draft
        .write(&shop.places, &pin("58203917"), &names("Sharma Stores"), Cost::FLOOR, after(90), &mut chance)
        .expect("a new way in");
    assert_eq!((open.keys.db().expose(), open.vault, open.generation), (shop.db.expose(), shop.vault, 2));
    assert_eq!(open.state.mark(&mark.stream), Some(mark));
    let slot = open.slot;

    let old = shop.log_in(PIN, &shop.phone.code(120), 120);
    assert_eq!(old.expect_err("the old slot is gone"), VaultError::Refused);
    let spent = recover(&shop.places, &shop.paper(), &mut chance);
    assert_eq!(spent.expect_err("the old paper is void"), VaultError::RecoveryRefused);
    let open = unlock(&shop.places, slot, &pin("58203917"), &phone.code(120), after(120)).expect("the new PIN");
    assert_eq!(open.keys.db().expose(), shop.db.expose());
    let paper = RecoveryCode::read(&paper).expect("as printed");
    recover(&shop.places, &paper, &mut chance).expect("the new paper");
    let left = |folder: &Path| fs::read_dir(folder).expect("a folder").count();
    assert_eq!((left(&shop.places.device), left(&shop.places.vault)), (1, 6), "nothing of the old is left");
}

#[test]
fn a_power_cut_during_set_up_leaves_no_shop() {
    let (_folder, places) = places();
    let mut writes = 0;
    loop {
        let mut chance = Counting(u64::from(writes));
        let mut draft = Draft::make(&mut chance);
        prove(&mut draft, 0);
        cut_after(Some(writes));
        let written = draft.write(&places, &pin(PIN), &names("S"), Cost::FLOOR, after(0), &mut chance);
        cut_after(None);
        match written {
            Ok(_) => break,
            // The seventh write is the header's second copy: the shop is there from the sixth on.
            Err(_) if writes == 6 => {
                assert!(matches!(find(&places), Ok(Found::Locked(_))));
                for name in ["vault.hdr.a", "vault.hdr.b"] {
                    file::remove(&places.vault.join(name)).expect("removed");
                }
            }
            Err(error) => {
                assert_eq!(error, VaultError::Disk(std::io::ErrorKind::BrokenPipe));
                assert_eq!(find(&places), Ok(Found::New), "after {writes} writes");
            }
        }
        writes += 1;
    }
    assert_eq!(writes, 7);
    assert!(matches!(find(&places), Ok(Found::Locked(_))));
}

#[test]
fn a_power_cut_during_recovery_leaves_the_old_way_in_or_the_new() {
    let shop = set_up();
    let mut writes = 0;
    loop {
        let mut chance = Counting(100 + u64::from(writes));
        let before = shop.header().0;
        let mut draft = recover(&shop.places, &shop.paper(), &mut chance).expect("the paper");
        let (phone, paper) = prove(&mut draft, 0);
        cut_after(Some(writes));
        let written = draft.write(&shop.places, &pin("58203917"), &names("New"), Cost::FLOOR, after(0), &mut chance);
        cut_after(None);
        let (header, _) = shop.header();
        if header == before {
            assert!(written.is_err());
            assert_eq!(shop.roster().people[0].slot, shop.slot, "after {writes} writes the old names stand");
            writes += 1;
            continue;
        }
        // The first copy of the new header is down and the second is not: the new way in holds, and is tidied.
        assert_eq!((written.is_err(), writes, header.generation), (true, 6, 2));
        let roster = shop.roster();
        assert_eq!(
            (roster.shop.as_str(), &roster.people[0].slot),
            ("New", &header.people().next().expect("one").head.id)
        );
        assert!(recover(&shop.places, &shop.paper(), &mut chance).is_err());
        unlock(&shop.places, roster.people[0].slot, &pin("58203917"), &phone.code(30), after(30)).expect("the new PIN");
        let copies =
            ["a", "b"].map(|copy| fs::read(shop.places.vault.join(format!("vault.hdr.{copy}"))).expect("there"));
        assert_eq!(copies[0], copies[1]);
        assert_eq!(fs::read_dir(&shop.places.device).expect("a folder").count(), 1);
        recover(&shop.places, &RecoveryCode::read(&paper).expect("as printed"), &mut chance).expect("the new paper");
        break;
    }
    // Until then the old way in has stood untouched; it is checked once, before the switch, by the other story.
}

#[test]
fn the_old_pin_still_opens_after_a_recovery_that_was_cut_off() {
    let shop = set_up();
    let mut chance = Counting(8);
    let mut draft = recover(&shop.places, &shop.paper(), &mut chance).expect("the paper");
    prove(&mut draft, 0);
    cut_after(Some(5));
    draft
        .write(&shop.places, &pin("58203917"), &names("New"), Cost::FLOOR, after(0), &mut chance)
        .expect_err("the power is cut before the header");
    cut_after(None);
    let open = shop.log_in(PIN, &shop.phone.code(30), 30).expect("as before");
    assert_eq!((open.keys.db().expose(), open.generation), (shop.db.expose(), 1));
}

#[test]
fn a_header_changed_by_somebody_is_told_and_the_paper_still_works() {
    let shop = set_up();
    let (header, bytes) = shop.header();
    let escrow_start = bytes.len() - 4 - 64 - header.slots[1].bytes().len() - 1;
    let mut changed = bytes.clone();
    changed[escrow_start] ^= 1;
    let body = changed.len() - 4;
    let crc = crc32c::crc32c(&changed[..body]).to_le_bytes();
    changed[body..].copy_from_slice(&crc);
    for copy in ["a", "b"] {
        fs::write(shop.places.vault.join(format!("vault.hdr.{copy}")), &changed).expect("written");
    }
    let wrong = shop.log_in("40718294", &shop.phone.code(30), 30);
    assert_eq!(wrong.expect_err("a wrong PIN learns nothing"), VaultError::Refused);
    assert_eq!(shop.log_in(PIN, &shop.phone.code(30), 31).expect_err("told"), VaultError::Altered);
    recover(&shop.places, &shop.paper(), &mut Counting(9)).expect("the paper");
}

#[test]
fn one_damaged_copy_does_no_harm_and_is_mended() {
    let shop = set_up();
    let copy = shop.places.vault.join("vault.hdr.a");
    let whole = fs::read(&copy).expect("there");
    fs::write(&copy, &whole[..50]).expect("torn");
    shop.log_in(PIN, &shop.phone.code(30), 30).expect("by the other copy");
    assert_eq!(fs::read(&copy).expect("there"), whole);
    for copy in ["a", "b"] {
        fs::write(shop.places.vault.join(format!("vault.hdr.{copy}")), b"nothing").expect("torn");
    }
    assert_eq!(find(&shop.places), Err(VaultError::Damaged));
    assert_eq!(shop.log_in(PIN, "000000", 60).expect_err("both torn"), VaultError::Damaged);
}

#[test]
fn a_slot_that_binds_the_code_is_for_a_newer_program() {
    let shop = set_up();
    let open = shop.log_in(PIN, &shop.phone.code(30), 30).expect("PIN and code");
    let (mut header, _) = shop.header();
    header.slots[0].head.kind = Kind::Bound;
    header::save(&shop.places.vault, &header.bytes(&open.keys)).expect("written");
    assert_eq!(shop.log_in(PIN, &shop.phone.code(60), 60).expect_err("kind 1"), VaultError::Newer);
}

#[test]
fn a_lost_state_costs_two_minutes_and_is_told() {
    let shop = set_up();
    remove(&shop.places.vault, "state.");
    let first = shop.log_in(PIN, &shop.phone.code(0), 0);
    assert_eq!(first.expect_err("the state is begun anew"), VaultError::StateLost);
    let seen = shop.log_in(PIN, &shop.phone.code(30), 1);
    assert_eq!(seen.expect_err("codes of that moment count as used"), VaultError::Refused);
    let open = shop.log_in(PIN, &shop.phone.code(60), 60).expect("a new code");
    assert!(open.records_were_lost);
    let open = shop.log_in(PIN, &shop.phone.code(90), 90).expect("and the next");
    assert!(!open.records_were_lost, "told once");
}

#[test]
fn a_lost_throttle_costs_an_hour_and_is_told() {
    let shop = set_up();
    remove(&shop.places.vault, "throttle.");
    let first = shop.log_in(PIN, &shop.phone.code(30), 30);
    assert_eq!(first.expect_err("nine wrong tries"), VaultError::Wait { seconds: 3600 });
    let open = shop.log_in(PIN, &shop.phone.code(3630), 3630).expect("an hour later");
    assert!(open.records_were_lost);
}

#[test]
fn a_clock_turned_back_does_not_bring_an_old_code_back() {
    let shop = set_up();
    let glimpsed = shop.phone.code(600);
    let mut open = shop.log_in(PIN, &shop.phone.code(30), 30).expect("PIN and code");
    open.state.pass(after(1200));
    open.state.save(Flush::Now).expect("saved");
    let back = Now { wall_ms: after(600).wall_ms, uptime_ms: after(1300).uptime_ms };
    let replay = unlock(&shop.places, shop.slot, &pin(PIN), &glimpsed, back);
    assert_eq!(replay.expect_err("the clock is behind"), VaultError::ClockBehind);
    shop.log_in(PIN, &shop.phone.code(1230), 1230).expect("with the clock right");
}

#[test]
fn names_on_the_lock_screen_follow_the_profile_and_can_be_lost() {
    let shop = set_up();
    let open = shop.log_in(PIN, &shop.phone.code(30), 30).expect("PIN and code");
    let names = RosterNames { shop: "Sharma & Sons".to_owned(), person: "Asha Devi".to_owned() };
    open.rename(&names, &mut Counting(10)).expect("written");
    assert_eq!((shop.roster().shop.as_str(), shop.roster().people[0].name.as_str()), ("Sharma & Sons", "Asha Devi"));
    remove(&shop.places.vault, "roster.");
    let roster = shop.roster();
    assert_eq!((roster.shop.as_str(), roster.people[0].slot, roster.people[0].role), ("", shop.slot, OWNER));
    open.rename(&names, &mut Counting(11)).expect("written anew");
    assert_eq!(shop.roster().people[0].name, "Asha Devi");
}

#[test]
fn nothing_that_opens_or_names_the_shop_lies_in_clear() {
    let shop = set_up();
    let open = shop.log_in(PIN, &shop.phone.code(30), 30).expect("PIN and code");
    let paper = shop.paper.replace('-', "");
    let secrets: [&[u8]; 7] = [
        open.keys.root().expose(),
        shop.db.expose(),
        shop.phone.0.expose(),
        PIN.as_bytes(),
        &paper.as_bytes()[..10],
        b"Sharma",
        b"Asha",
    ];
    let mut files = 0;
    for folder in [&shop.places.vault, &shop.places.device] {
        for entry in fs::read_dir(folder).expect("a folder") {
            let bytes = fs::read(entry.expect("an entry").path()).expect("a file");
            files += 1;
            for (number, secret) in secrets.iter().enumerate() {
                assert!(!bytes.windows(secret.len()).any(|part| part == *secret), "secret {number} lies open");
            }
        }
    }
    assert_eq!(files, 7);
}
