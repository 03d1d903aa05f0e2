//! The shop's door when something is not as it should be: the key stick is at home, the PC's clock shows another year.

use std::fs;
use std::path::Path;

use pakka_window_tests::Till;
use pakka_window_tests::story::{self, Look, Shelf};

/// A disk that is none of the machine's own: its memory.
const ANOTHER_DISK: &str = "/dev/shm";
const YEAR_S: i64 = 365 * 86_400;

#[test]
fn a_shop_with_a_key_stick_opens_only_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let away = tempfile::tempdir_in(ANOTHER_DISK).expect("a folder in memory");
    let stick = away.path().join("KEY");
    fs::create_dir(&stick).expect("a stick");
    let mut till = Till::start(folder.path());
    till.pictures_begin_with("door-");
    fs::create_dir(till.chosen_folder()).expect("a folder that is no stick");
    let hindi = Look { hindi: true, dark: true };
    let owner = story::set_up_with_key(&mut till, Shelf::Kirana, hindi, |till| name_stick(till, &stick));
    println!("set up with {} keys, {} of them the stick's path", till.counted(), stick.display().to_string().len());
    assert_eq!(fs::read_dir(&stick).expect("the stick").count(), 1, "the key lies on the stick");
    let device = folder.path().join("shop-device");
    let kept = fs::read_dir(device).expect("a folder").flatten().map(|file| file.file_name());
    assert!(kept.into_iter().all(|name| !name.to_string_lossy().starts_with("device.")), "and not on the PC");
    till.key("Alt+S");
    till.on_screen("settings");
    assert!(till.text("#key-place").contains("पेन ड्राइव"));

    let home = away.path().join("home");
    fs::rename(&stick, &home).expect("taken home");
    till.restart();
    till.on_screen("broken");
    till.wait_for("[data-code='vault.stick_missing']");
    for look in Look::ALL {
        story::turn_to(&mut till, look);
        till.shot(&format!("stick-missing-{}-{}", look.language(), look.theme()));
    }
    story::turn_to(&mut till, Look::PLAIN);
    till.key("F2");
    till.wait_for(".refused [data-code='desk.no_key']");
    till.shot("stick-not-there");

    fs::rename(&home, &stick).expect("plugged in");
    // Nobody presses anything: Pakka goes on by itself.
    story::unlock(&mut till, &owner, 60);
    till.key("Alt+1");
    till.wait_for("[data-line-count='1']");
    story::cash(&mut till);
}

/// Names a folder beside the shop, which is refused, and then the stick.
fn name_stick(till: &mut Till, stick: &Path) {
    till.wait_for("#key-here.chosen");
    till.see("डेटा की कॉपी सुरक्षित है, चोरी हुआ PC नहीं।");
    till.shot("key-here");
    till.key("F2");
    till.wait_for("#key-stick.chosen");
    till.wait_for("#stick");
    assert_eq!(till.text("#stick"), till.chosen_folder().display().to_string());
    till.key("Enter");
    till.wait_for("#stick[aria-invalid='true']");
    till.shot("key-no-stick");
    till.fill("stick", &stick.display().to_string());
}

#[test]
fn two_codes_open_a_shop_whose_clock_is_a_year_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut till = Till::start(folder.path());
    till.pictures_begin_with("door-");
    let owner = story::set_up(&mut till, Shelf::Kirana, Look::PLAIN);
    println!("set up with {} keys", till.counted());
    let year = till.look("return String(new Date().getFullYear())");
    let year = year.as_str().expect("a year").to_owned();
    till.key("Alt+L");
    till.on_screen("lock");

    till.wrong_by(60, -YEAR_S);
    till.fill("pin", &owner.pin);
    let code = till.code(&owner.secret);
    till.fill("code", &code);
    till.key("Enter");
    till.wait_for("[data-code='vault.clock_behind']");
    till.shot("clock-behind");
    till.key("F7");
    till.wait_for("[data-lost]");
    for look in Look::ALL {
        story::turn_to(&mut till, look);
        till.shot(&format!("clock-lost-{}-{}", look.language(), look.theme()));
    }
    story::turn_to(&mut till, Look::PLAIN);
    till.key("Escape");
    till.wait_for("#clock-lost");
    till.key("F7");
    till.wait_for("[data-lost]");

    two_codes(&mut till, &owner.pin, ["000000", "000001"]);
    till.wait_for("[data-code='vault.refused']");
    till.wrong_by(90, -YEAR_S);
    let code = till.code(&owner.secret);
    till.wrong_by(120, -YEAR_S);
    let next = till.code(&owner.secret);
    two_codes(&mut till, &owner.pin, [&code, &next]);
    till.on_screen("counter");
    till.wait_for("[data-code='desk.clock_wrong']");
    till.see(&year);
    till.shot("clock-told");

    // The bill has the day of the phone, not that of the PC.
    till.key("Alt+1");
    till.wait_for("[data-line-count='1']");
    let number = story::cash(&mut till);
    story::find_bill(&mut till, &number);
    till.see(&year);
    till.shot("clock-bill");
}

fn two_codes(till: &mut Till, pin: &str, codes: [&str; 2]) {
    till.fill("pin", pin);
    till.fill("code", codes[0]);
    till.fill("next-code", codes[1]);
    till.shot("clock-codes");
    till.key("Enter");
}
