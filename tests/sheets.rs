//! The two sheets an owner keeps off the premises: what stands on them, where they may go, and that they stay nowhere.
//!
//! The sheets stay in `<temp>/pakka-sheets` to be looked at, with codes of shops that never were.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use support::front::{Copied, Front, Hands, MORNING, finish, open_shop, text};

fn told(program: &str, arguments: &[&str], file: &Path, after: &[&str]) -> String {
    let done = Command::new(program).args(arguments).arg(file).args(after).output().expect(program);
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("UTF-8")
}

/// The paper that came out last, kept under a name to be looked at: its file, and its text as a reader copies it.
fn last(front: &Front, name: &str) -> (PathBuf, String) {
    let folder = std::env::temp_dir().join("pakka-sheets");
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join(format!("{name}.pdf"));
    fs::write(&file, front.tray.0.lock().expect("papers").last().expect("a paper")).expect("written");
    let words = told("pdftotext", &["-raw", "-enc", "UTF-8"], &file, &["-"]);
    (file, words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A shop in its set-up whose groups are on the screen.
fn at_the_paper(folder: &Path) -> Front {
    let mut front = Front::over(folder, &Hands::at(MORNING), 41);
    front.begin("Sharma Stores & Sons", "Meena Sharma");
    front.prove();
    front
}

#[test]
fn the_recovery_code_stands_on_one_page_in_the_language_of_the_screen() {
    let home = tempfile::tempdir().expect("a folder");
    let mut front = at_the_paper(home.path());
    for (language, sentences) in [
        ("en", ["Recovery code", "22 Nov 2026", "Never photograph it", "Once a year"]),
        ("hi", ["बचाव कोड", "22 नव 2026", "फ़ोटो कभी मत लीजिए", "साल में एक बार"]),
    ] {
        let done = front.ok("recovery_paper", json!({"language": language}));
        assert_eq!(
            (&done["printed"], &done["printer"], &done["path"]),
            (&json!("queued"), &json!("Tray"), &Value::Null)
        );
        let (file, words) = last(&front, &format!("recovery-{language}"));
        for expected in sentences.into_iter().chain(["Sharma Stores & Sons", "Meena Sharma"]) {
            assert!(words.contains(expected), "{expected:?} in {words}");
        }
        for (place, group) in front.groups.iter().enumerate() {
            assert!(words.contains(&format!("{} {group}", place + 1)), "group {} in {words}", place + 1);
        }
        assert!(told("pdfinfo", &[], &file, &[]).contains("Pages:           1"), "{language}");
        let name = told("pdfinfo", &[], &file, &[]);
        assert!(front.groups.iter().all(|group| !name.contains(group)), "the file's properties hold no group");
    }
}

#[test]
fn after_a_recovery_the_sheet_holds_the_new_code() {
    let Copied { folder: _folder, mut front } = open_shop();
    front.ok("desk_lock", json!({}));
    let old = front.groups.clone();
    let begun = front.ok("recover_begin", json!({"code": old.join(" ")}));
    front.secret = text(&begun["secret"]).replace(' ', "");
    front.prove();
    front.ok("recovery_paper", json!({"language": "en"}));
    let (_, words) = last(&front, "recovery-again");
    assert!(front.groups.iter().all(|group| words.contains(group)) && words.contains("Sharma Stores"), "{words}");
    assert!(old.iter().all(|group| !words.contains(group)), "{words}");
}

#[test]
fn the_code_is_saved_only_away_from_the_shop_and_only_while_it_is_shown() {
    let home = tempfile::tempdir().expect("a folder");
    let mut front = at_the_paper(home.path());
    let stick = tempfile::tempdir().expect("a stick");
    for own in ["data", "device", "papers", "data/vault"] {
        let folder = home.path().join(own);
        fs::create_dir_all(&folder).expect("a folder");
        let asked = json!({"language": "en", "folder": folder});
        assert_eq!(front.refused("recovery_paper", asked), "desk.sheet_folder", "{own}");
    }
    let nowhere = json!({"language": "en", "folder": stick.path().join("gone")});
    assert_eq!(front.refused("recovery_paper", nowhere), "desk.sheet_folder");
    let round = json!({"language": "en", "folder": stick.path().join("../").join(home.path().join("data/../papers"))});
    assert_eq!(front.refused("recovery_paper", round), "desk.sheet_folder");
    assert_eq!(front.tray.0.lock().expect("papers").len(), 0, "nothing came out");

    let saved = front.ok("recovery_paper", json!({"language": "en", "folder": stick.path()}));
    assert_eq!(text(&saved["path"]), stick.path().join("recovery-code.pdf").display().to_string());
    fs::remove_dir(home.path().join("data/vault")).expect("empty");
    front.ok("setup_finish", finish("Sharma Stores"));
    assert_eq!(front.refused("recovery_paper", json!({"language": "en"})), "desk.not_in_set_up");
}

#[test]
fn the_sheet_for_a_stolen_pc_says_what_this_pcs_key_protects() {
    let Copied { folder: _folder, mut front } = open_shop();
    for (language, sentences) in [
        ("en", ["If the PC is stolen", "this PC's key is a file on it", "FIR number", "recovery code"]),
        ("hi", ["अगर PC चोरी हो जाए", "इस PC की चाबी उसी की एक फ़ाइल है", "FIR नंबर", "बचाव कोड"]),
    ] {
        front.ok("stolen_paper", json!({"language": language}));
        let (file, words) = last(&front, &format!("stolen-{language}"));
        for expected in sentences.into_iter().chain(["Sharma Stores", "Meena"]) {
            assert!(words.contains(expected), "{expected:?} in {words}");
        }
        assert!(told("pdfinfo", &[], &file, &[]).contains("Pages:           1"), "{language}");
    }
    front.ok("desk_lock", json!({}));
    assert_eq!(front.refused("stolen_paper", json!({"language": "en"})), "desk.locked");
}

const DAY_S: i64 = 86_400;

#[test]
fn after_a_year_the_owner_types_one_group_from_the_paper() {
    let Copied { folder: _folder, mut front } = open_shop();
    let front = &mut front;
    assert_eq!(front.ok("desk_opened", json!({}))["paper"], Value::Null, "the paper is new");
    front.ok("desk_lock", json!({}));
    front.hands.pass(364 * DAY_S);
    assert_eq!(front.unlock().expect("the owner")["paper"], Value::Null, "a day early");
    front.ok("desk_lock", json!({}));
    front.hands.pass(DAY_S);
    let due = front.unlock().expect("the owner")["paper"].clone();
    assert_eq!(due["since"], "2026-11-22");
    let number = due["group"].as_u64().expect("a group") as usize;
    assert!((1..=5).contains(&number), "the group with the check characters is never asked for");

    let (right, other) = (front.groups[number - 1].clone(), front.groups[number % 6].clone());
    for (typed, code) in [(&other, "desk.paper_wrong"), (&String::new(), "desk.paper_wrong_again")] {
        assert_eq!(front.refused("recovery_check", json!({"group": typed})), code);
    }
    assert!(front.ok("desk_opened", json!({}))["paper"].is_object(), "nobody has found it");
    front.ok("recovery_check", json!({"group": format!(" {} ", right.to_lowercase())}));
    assert_eq!(front.ok("desk_opened", json!({}))["paper"], Value::Null);
    front.ok("desk_lock", json!({}));
    front.hands.pass(364 * DAY_S);
    assert_eq!(front.unlock().expect("the owner")["paper"], Value::Null);
    front.ok("desk_lock", json!({}));
    front.hands.pass(DAY_S);
    assert_eq!(front.unlock().expect("the owner")["paper"]["since"], "2027-11-22");
}

#[test]
fn a_new_paper_is_asked_for_by_its_own_group() {
    let Copied { folder: _folder, mut front } = open_shop();
    let front = &mut front;
    front.ok("desk_lock", json!({}));
    front.hands.pass(400 * DAY_S);
    let begun = front.ok("recover_begin", json!({"code": front.groups.join(" ")}));
    front.secret = text(&begun["secret"]).replace(' ', "");
    let old = front.groups.clone();
    front.prove();
    let finish = json!({"owner_name": "Meena", "pin": support::front::PIN, "pin_again": support::front::PIN});
    assert_eq!(front.ok("recover_finish", finish)["paper"], Value::Null, "the paper is of today");
    front.ok("desk_lock", json!({}));
    front.hands.pass(365 * DAY_S);
    let number = front.unlock().expect("the owner")["paper"]["group"].as_u64().expect("a group") as usize;
    assert_eq!(front.refused("recovery_check", json!({"group": old[number - 1]})), "desk.paper_wrong");
    let group = front.groups[number - 1].clone();
    front.ok("recovery_check", json!({"group": group}));
}

#[test]
fn a_paper_that_the_shop_does_not_know_is_only_looked_at() {
    // The power goes: a file that was never shut may be changed unseen.
    let Copied { folder, front } = open_shop();
    let cut = tempfile::tempdir().expect("a folder");
    support::front::copy(folder.path(), cut.path());
    let (hands, secret) = (front.hands.clone(), front.secret.clone());
    drop(front);
    let mut front = Front { secret, ..Front::over(cut.path(), &hands, 9) };
    let front = &mut front;
    // As a shop that is older than the question: its journal says nothing of the paper.
    support::front::behind_the_desk(front, |shop| {
        shop.look().sql().execute_batch("DELETE FROM recovery_paper").expect("the table is derived");
    });
    let due = front.unlock().expect("the owner")["paper"].clone();
    assert_eq!((&due["group"], &due["since"]), (&Value::Null, &Value::Null));
    front.ok("recovery_check", json!({"group": ""}));
    assert_eq!(front.ok("desk_opened", json!({}))["paper"], Value::Null);
}
