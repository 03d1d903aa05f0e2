//! Keeps the map of the building true: who knows whom, where SQL lives, where floats may be.

use std::fs;
use std::path::{Path, PathBuf};

/// The ladder from the ground up. A room knows the rungs below its own, and rooms of its own rung that stand
/// before it in the line.
const LADDER: &[(&str, &[&str])] = &[
    ("ground", &["fault", "money", "quantity", "rate", "day", "stamp", "id", "text"]),
    ("floor", &["vault", "journal", "store"]),
    ("pure helpers", &["gst", "rules", "price", "find", "print"]),
    ("letterboxes", &["supply", "stock", "cash"]),
    ("shelves", &["settings", "records", "profile", "staff", "customer", "catalog"]),
    ("trade", &["sale", "bills"]),
    ("roof", &["desk", "wire", "exchange", "promises"]),
];

/// What pure helpers may know of the floor: nothing.
const KNOW_NO_DATABASE: &[&str] = &["gst", "rules", "price", "find", "print"];

/// On the ground, values and the faults they are refused with know each other.
const MAY_ALSO_KNOW: &[(&str, &str)] = &[
    ("fault", "money"),
    // The router is one list with the desk whose methods it names; the desk looks commands up in it.
    ("desk", "wire"),
    ("desk", "exchange"),
    // A moment has a person, and an id is made by chance.
    ("stamp", "id"),
];

/// Files that may hold SQL.
fn may_hold_sql(path: &str) -> bool {
    path.starts_with("store/")
        || path.ends_with("/store.rs")
        || path.ends_with("/facts.rs")
        || ["journal/book.rs", "gst/supply.rs", "promises.rs"].contains(&path)
        // The floor of the bench is bare SQL, and the doctor looks beneath the rooms.
        || ["ctl/bench/bare.rs", "ctl/bench/sale.rs", "ctl/doctor/checks.rs", "ctl/doctor/tests.rs"].contains(&path)
}

#[test]
fn nobody_knows_who_stands_above() {
    let rungs: Vec<&str> = LADDER.iter().flat_map(|(_, rooms)| rooms.iter().copied()).collect();
    let height = |room: &str| rungs.iter().position(|known| *known == room);
    let mut wrong = Vec::new();
    for (path, text) in shop_files() {
        if path.starts_with("ctl/") || path == "lib.rs" || is_of_tests(&path) {
            continue;
        }
        let room = room_of(&path);
        let own = height(room).unwrap_or_else(|| panic!("{path}: the room {room} stands on no rung of the ladder"));
        for known in knows(&code_of(&text)) {
            let Some(other) = height(known) else { panic!("{path}: {known} stands on no rung of the ladder") };
            let allowed = other <= own || MAY_ALSO_KNOW.contains(&(room, known));
            let database = ["store", "journal", "vault"].contains(&known) && KNOW_NO_DATABASE.contains(&room);
            if !allowed || database {
                wrong.push(format!("{path} knows {known}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sql_lives_in_the_stores() {
    let mut wrong = Vec::new();
    for (path, text) in shop_files() {
        let code = code_of(&text);
        let speaks_sql =
            [".sql()", "\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE "].iter().any(|sql| code.contains(sql));
        if speaks_sql && !may_hold_sql(&path) {
            wrong.push(path);
        }
    }
    assert!(wrong.is_empty(), "SQL outside a store: {wrong:#?}");
}

#[test]
fn no_float_stands_outside_of_drawing() {
    let mut wrong = Vec::new();
    for (path, text) in shop_files() {
        if path.starts_with("print/") || path.starts_with("ctl/bench") {
            continue;
        }
        let is_float = |word: &&str| *word == "f32" || *word == "f64";
        if code_of(&text).split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| is_float(&word)) {
            wrong.push(path);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_hold_one_noun() {
    /// Past this a second noun hides in a file.
    const LINES_MAX: usize = 500;
    let long: Vec<String> = shop_files()
        .into_iter()
        .map(|(path, text)| (path, code_of(&text).lines().count()))
        .filter(|(_, lines)| *lines > LINES_MAX)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn every_file_says_what_it_is() {
    let silent = shop_files().into_iter().filter(|(path, text)| !is_of_tests(path) && !text.starts_with("//! "));
    let silent: Vec<String> = silent.map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

/// A file of tests alone, which the room names behind `#[cfg(test)]`.
fn is_of_tests(path: &str) -> bool {
    path.ends_with("/tests.rs")
}

/// The room a file of the shop belongs to; the letterbox of the returns is a room of its own.
fn room_of(path: &str) -> &str {
    if path == "gst/supply.rs" {
        return "supply";
    }
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

/// The rooms named after `crate::` in a file, one by one or in braces.
fn knows(code: &str) -> Vec<&str> {
    let mut known = Vec::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(list) => {
                let list = list.split('}').next().unwrap_or_default();
                known.extend(list.split(',').map(|part| first_name(part.trim())).filter(|room| !room.is_empty()));
            }
            None if after.starts_with("gst::supply") => known.push("supply"),
            None => known.push(first_name(after)),
        }
    }
    known.retain(|room| room.starts_with(|c: char| c.is_ascii_lowercase()) && *room != "self");
    known
}

fn first_name(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// A file without its tests and without what is only said.
fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn shop_files() -> Vec<(String, String)> {
    let shop = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders = vec![shop.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the shop's folders") {
            let path: PathBuf = entry.expect("the shop's files").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name =
                    path.strip_prefix(shop).expect("it lies in the shop").display().to_string().replace('\\', "/");
                files.push((name, fs::read_to_string(&path).expect("a source file")));
            }
        }
    }
    files.sort();
    assert!(files.len() > 50, "the shop was found");
    files
}
