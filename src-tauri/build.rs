//! Grants the window the commands that the shop lists, and no others.
//!
//! `src-tauri/shop/wire.rs` holds the one list. This program reads the names out of its text, because
//! depending on the shop here would compile it twice. A test in the window compares the names read with
//! the list itself.

use std::path::{Path, PathBuf};
use std::{env, fs};

const LIST: [&str; 2] = ["src-tauri/shop/wire.rs", "src-tauri/shop/wire/mod.rs"];

fn main() {
    for watched in ["src-tauri/capabilities", "src-tauri/icons", "ui/dist"].iter().chain(&LIST) {
        println!("cargo:rerun-if-changed={watched}");
    }
    let list = LIST.iter().find_map(|path| fs::read_to_string(path).ok()).expect("the shop lists its commands");
    let names = names(&list);
    assert!(!names.is_empty(), "no command found between `COMMANDS` and `];` in {}", LIST[0]);
    println!("cargo:rustc-env=PAKKA_COMMANDS={}", names.join(","));

    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where")).join("commands");
    fs::create_dir_all(&folder).expect("cargo's folder can be written");
    fs::write(folder.join("counter.toml"), permissions(&names)).expect("cargo's folder can be written");
    tauri_build::try_build(
        tauri_build::Attributes::new()
            .capabilities_path_pattern("./src-tauri/capabilities/*.json")
            .app_manifest(tauri_build::AppManifest::new().permissions_path_pattern(pattern(&folder))),
    )
    .expect("tauri.conf.json, the capabilities and the commands agree");
}

/// The names in the list: every string literal of small letters and underscores between `COMMANDS` and `];`.
fn names(list: &str) -> Vec<&str> {
    let body = list.split_once("COMMANDS").and_then(|(_, rest)| rest.split_once("];")).map_or("", |(body, _)| body);
    let code = body.lines().map(|line| line.split("//").next().unwrap_or_default());
    code.flat_map(|line| line.split('"').skip(1).step_by(2)).filter(|text| is_name(text)).collect()
}

fn is_name(text: &str) -> bool {
    text.contains('_') && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// A permission `allow-…` for each command, and the set `counter` of all of them.
fn permissions(names: &[&str]) -> String {
    let mut text = String::new();
    let mut set = String::new();
    for name in names {
        let permission = format!("allow-{}", name.replace('_', "-"));
        text.push_str(&format!(
            "[[permission]]\nidentifier = \"{permission}\"\ndescription = \"Runs {name}.\"\ncommands.allow = [\"{name}\"]\n\n"
        ));
        set.push_str(&format!("  \"{permission}\",\n"));
    }
    format!(
        "{text}[[set]]\nidentifier = \"counter\"\ndescription = \"What the counter's own window may ask.\"\npermissions = [\n{set}]\n"
    )
}

/// The folder as a pattern that lives as long as the program, as the builder wants it.
fn pattern(folder: &Path) -> &'static str {
    folder.join("*.toml").to_str().expect("cargo's folder has a plain name").to_owned().leak()
}
