//! The first days of a shop, from the wizard to the pulled plug, by keys alone.

mod first_days;

use std::fs;

use pakka_window_tests::canary::{files, seek};
use pakka_window_tests::story::{self, Look, Shelf};
use pakka_window_tests::{Till, goods};

use first_days::{BULBUL, MAN_PHONE, back_office, canaries, counter, doors, looks, papers};

#[test]
fn the_first_days_of_a_shop() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = goods::Goods::of_the_shop();
    let mut till = Till::start(folder.path());

    let owner = story::set_up(&mut till, Shelf::OwnFile, Look::PLAIN);
    println!("set up with {} keys", till.counted());
    back_office::the_list_is_brought_in_twice(&mut till, &list);
    back_office::a_loose_item_is_made(&mut till, list.rows.len() + 1);
    println!("items in the shop with {} keys more", till.counted());

    let mut day = counter::Day::default();
    counter::three_scans_and_one_key(&mut till, &list, &mut day);
    counter::a_scan_in_the_same_breath_as_f10(&mut till, &list);
    counter::a_weighed_item(&mut till, &mut day);
    counter::everything_that_can_be_done_to_a_line(&mut till, &list, &mut day);
    counter::an_unknown_barcode(&mut till, &mut day);
    counter::a_business_of_another_state(&mut till, &list, &mut day);
    counter::scans_are_painted_at_once(&mut till, &list);

    papers::each_paper_says_what_it_must(&mut till, &day);
    papers::a_bill_is_cancelled(&mut till, &mut day);
    papers::the_day_adds_up(&mut till, &day);

    doors::one_sentence_for_every_wrong_key(&mut till, &owner);
    looks::every_screen_in_every_look(&mut till, &owner, &list);
    doors::what_was_typed_is_sought(&mut till);

    till.kill9();
    let words = canaries();
    let allowed = [till.chosen_file(), till.papers()];
    let apart = |path: &std::path::Path| allowed.iter().any(|known| path.starts_with(known));
    let search = seek(folder.path(), &words, apart);
    println!("{} files of {} bytes looked through for {} words", search.files.len(), search.bytes, words.len());
    assert_eq!(search.found, [], "what was typed lies open on the disk");
    assert!(search.bytes > 1_000_000, "the shop itself was looked through");
    assert_eq!(files(&till.papers()).len(), 7, "the papers lie where they were saved");

    // The search would have found them: as text, and as the wide text of a web view's or Windows' own files.
    let plants = [
        ("webview/a", BULBUL.as_bytes().to_vec()),
        ("b-wal", wide(MAN_PHONE, u16::to_le_bytes)),
        ("c.db", wide(BULBUL, u16::to_be_bytes)),
    ];
    for (name, bytes) in &plants {
        let path = till.shop().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("planted");
    }
    let found = seek(folder.path(), &words, apart).found;
    assert_eq!(found.len(), plants.len(), "planted words are found: {found:?}");
    for (name, _) in &plants {
        fs::remove_file(till.shop().join(name)).expect("taken out again");
    }

    till.restart();
    story::unlock(&mut till, &owner, 1_200);
    story::find_bill(&mut till, &day.sales.last().expect("a sale").number);
}

fn wide(text: &str, turn: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(turn).collect()
}
