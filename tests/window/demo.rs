//! Shows Pakka to somebody without a display: a shop is set up and sells, and each screen is kept as a picture.

use std::fs;
use std::path::Path;
use std::time::Duration;

use pakka_window_tests::{Till, story};

/// Slow enough to follow in the pictures' times, quick enough to wait for.
const PACE: Duration = Duration::from_millis(400);

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo-output");
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the last demo can be cleared away");
    }
    fs::create_dir_all(&folder).expect("demo-output can be made");
    let folder = folder.canonicalize().expect("it was just made");
    println!("pakka: the demo's shop is in {}", folder.join("shop").display());
    let mut till = Till::start(&folder);
    till.slowly(PACE, &folder);
    println!("pakka: setting up a kirana shop");
    story::set_up(&mut till, story::Shelf::Kirana, story::Look::PLAIN);
    println!("pakka: ready to sell, after {} keys", till.counted());
    till.shot("07-counter");
    for sale in 1..=3 {
        for favourite in 1..=sale {
            till.key(&format!("Alt+{favourite}"));
            till.wait_for(&format!("[data-line-count='{favourite}']"));
        }
        till.shot(&format!("{:02}-sale-{sale}", 6 + 2 * sale));
        let number = story::cash(&mut till);
        till.shot(&format!("{:02}-sold-{sale}", 7 + 2 * sale));
        println!("pakka: {number} is sold, {} keys", till.counted());
    }
    println!("pakka: the bills are in {}", till.papers().display());
}
