//! Shows Pakka to somebody without a display: a shop is set up, takes in its items and sells; each screen is kept as
//! a picture and each invoice as a PDF.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use pakka_window_tests::Till;
use pakka_window_tests::story::{self, Look, Shelf};

/// Slow enough to follow in the pictures' times, quick enough to wait for.
const PACE: Duration = Duration::from_millis(150);
/// The items of a kirana shop, as a person would bring them: from a file.
const ITEMS: &str = "assets/samples/kirana.csv";
/// Atta, maida, sooji, besan and basmati: as a scanner reads them.
const SCANNED: [&str; 5] = ["8900010004819", "8900010005557", "8900010005922", "8900010006295", "8900010004079"];
/// A buyer registered in Karnataka.
const BUYER: [&str; 4] = ["Hubballi Traders", "9845012345", "29AAPFU0939F1ZR", "7 Station Road, Hubballi 580020"];

fn main() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = repository.join("demo-output");
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the last demo can be cleared away");
    }
    fs::create_dir_all(&folder).expect("demo-output can be made");
    let folder = folder.canonicalize().expect("it was just made");
    println!("pakka: the demo's shop is in {}", folder.join("shop").display());
    let mut till = Till::start(&folder);
    till.slowly(PACE, &folder);

    println!("pakka: setting up a kirana shop");
    story::set_up(&mut till, Shelf::OwnFile, Look::PLAIN);
    let items = fs::read(repository.join(ITEMS)).expect("the sample list is in the repository");
    let (_, [brought, ..]) = story::bring_in(&mut till, &items, &[]);
    till.key("F10");
    till.on_screen("counter");
    println!("pakka: {brought} items are in the shop, ready to sell after {} keys", till.counted());

    story::scan_all(&mut till, &SCANNED[..3]);
    till.shot("10-by-scanner");
    let by_scanner = story::cash(&mut till);
    sold(&mut till, &by_scanner, "three scans, exact cash");

    for typed in [".750*101", "2*115", "119"] {
        till.keys(typed);
        till.key("Enter");
    }
    till.wait_for("[data-line-count='3']");
    till.key("Alt+6");
    till.wait_for("[data-line-count='4']");
    till.shot("11-by-code");
    till.key("Enter");
    till.on_screen("pay");
    till.keys("500");
    till.shot("11-change");
    till.key("Enter");
    let by_code = story::sold(&till);
    sold(&mut till, &by_code, "codes, a weighed item and a favourite, change of a note");

    story::scan_all(&mut till, &SCANNED);
    for typed in ["12*114", "25*108", "10*119"] {
        till.keys(typed);
        till.key("Enter");
    }
    till.wait_for("[data-line-count='8']");
    let [name, phone, gstin, address] = BUYER;
    story::business(&mut till, name, phone, gstin, address);
    till.wait_for("[data-sum='igst']");
    till.shot("counter");
    let to_business = story::upi(&mut till);
    sold(&mut till, &to_business, "a business of another State, by UPI");

    let papers = folder.join("papers");
    fs::create_dir_all(&papers).expect("a folder for papers can be made");
    for number in [&by_scanner, &by_code, &to_business] {
        story::find_bill(&mut till, number);
        let saved = story::save_pdf(&mut till);
        let paper: PathBuf = papers.join(saved.file_name().expect("a paper has a name"));
        fs::copy(&saved, &paper).expect("the paper can be copied");
        println!("pakka: {}", paper.display());
    }
    till.shot("20-bills");
    till.key("F8");
    till.on_screen("day");
    till.shot("21-day");
    println!("pakka: pictures of every step are in {}", folder.display());
}

fn sold(till: &mut Till, number: &str, how: &str) {
    println!("pakka: bill {number}: {how}, {} keys", till.counted());
}
