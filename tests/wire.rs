//! The window's TypeScript is printed from the shop's own types and never drifts from them.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use pakka::wire::{COMMANDS, typescript};

#[test]
fn the_windows_types_are_the_shops() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/ipc/commands.gen.ts");
    let printed = typescript();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, printed).expect("the types are written");
        return;
    }
    let kept = fs::read_to_string(&path).expect("the types are kept");
    assert!(
        kept == printed,
        "ui/ipc/commands.gen.ts is stale: UPDATE_GOLDEN=1 cargo test -p pakka --test wire prints it"
    );
}

#[test]
fn every_command_has_its_own_name_of_room_and_verb() {
    let mut names = HashSet::new();
    for command in COMMANDS {
        assert!(names.insert(command.name), "{} stands twice", command.name);
        assert!(command.name.split_once('_').is_some_and(|(room, verb)| !room.is_empty() && !verb.is_empty()));
    }
}
