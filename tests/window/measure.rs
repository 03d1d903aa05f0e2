//! `pakka-measure <bench.json>`: adds the window's own figures to those of the shop.
//!
//! A shop is set up in the window built for trial, beside this program. `PAKKA_RELEASE` names the window as it is
//! shipped: it is started on that shop, again and again, to its lock screen, and then sells there by plain keys of
//! the X server, with nobody looking in.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use pakka_window_tests::display::Display;
use pakka_window_tests::process::{Started, end};
use pakka_window_tests::story::{self, Look, Owner, Shelf};
use pakka_window_tests::till::{Till, code_at, surroundings, wall_ms};
use serde_json::{Value, json};

/// How often the shipped window is started; an odd number has a middle.
const STARTS: usize = 7;
/// From the start to the painted lock screen.
const START_MS_MAX: u64 = 1500;
/// All processes while selling.
const MEMORY_KB_MAX: u64 = 450_000;
const WEB_VIEW: &str = "An empty page takes 280,000 kB of it.";
/// Codes of the sample shelf's goods that are sold loose.
const SOLD: [&str; 3] = ["101", "102", "103"];
/// Bills sold before the memory is weighed.
const BILLS: usize = 6;
/// A half minute, in which one code of the phone is good.
const STEP_MS: f64 = 30_000.0;

fn main() {
    let into = PathBuf::from(std::env::args_os().nth(1).expect("usage: pakka-measure <bench.json>"));
    let release = PathBuf::from(std::env::var_os("PAKKA_RELEASE").expect("PAKKA_RELEASE names the shipped window"));
    let folder = tempfile::tempdir().expect("a folder");
    let mut till = Till::start(folder.path());
    let owner = story::set_up(&mut till, Shelf::Kirana, Look::PLAIN);
    let set_up = step();
    drop(till);
    let mut figures = starts(&release, folder.path());
    // Each code serves once.
    while step() <= set_up + 1 {
        std::thread::sleep(Duration::from_secs(1));
    }
    figures.push(selling(&release, folder.path(), &owner));
    for figure in &figures {
        eprintln!("{} {} {} (budget {})", figure["name"], figure["value"], figure["unit"], figure["budget"]);
    }
    add(&into, figures);
}

fn step() -> u64 {
    (wall_ms() / STEP_MS) as u64
}

/// Logs in and sells in the shipped window, and weighs it with an open bill on the counter.
fn selling(window: &Path, folder: &Path, owner: &Owner) -> Value {
    let display = Display::start();
    let (started, _) = start(window, folder, &display);
    let keys = |words: &[&str]| {
        let sent = Command::new("xdotool").args(words).env("DISPLAY", display.name()).status();
        assert!(sent.is_ok_and(|status| status.success()), "xdotool is installed (`cargo xtask bench` sees to it)");
        std::thread::sleep(Duration::from_millis(300));
    };
    keys(&["search", "--sync", "--onlyvisible", "--pid", &started.pid().to_string(), "windowfocus"]);
    keys(&["type", &owner.pin]);
    keys(&["key", "Tab"]);
    keys(&["type", &code_at(&owner.secret, wall_ms())]);
    keys(&["key", "Return"]);
    std::thread::sleep(Duration::from_secs(4));
    let log = folder.join("shop/shop.db-wal");
    for bill in 0..=BILLS {
        for code in SOLD {
            let before = fs::metadata(&log).expect("the shop is open").modified().expect("a time");
            keys(&["type", "--delay", "5", code]);
            keys(&["key", "Return"]);
            let after = fs::metadata(&log).expect("the shop is open").modified().expect("a time");
            assert!(after > before, "a line of the bill is on the disk");
        }
        if bill < BILLS {
            keys(&["key", "F12"]);
        }
    }
    figure("memory while selling, all processes, PSS", memory_kb(started.pid()), "kB", MEMORY_KB_MAX, WEB_VIEW)
}

/// Starts the shipped window and waits for its lock screen; says how long that took, in milliseconds.
fn start(window: &Path, folder: &Path, display: &Display) -> (Started, u64) {
    #[expect(clippy::disallowed_methods, reason = "this measures")]
    let begun = std::time::Instant::now();
    let started = Command::new(window)
        .arg("--say-painted")
        .env_clear()
        .envs(surroundings(folder, &display.name()))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the window starts");
    let mut started = Started(started);
    let said = BufReader::new(started.0.stdout.take().expect("stdout is piped")).lines().next();
    let took = begun.elapsed().as_millis() as u64;
    assert_eq!(said.expect("a line").expect("a line"), "painted");
    (started, took)
}

/// Starts the shipped window on a shop that is set up: the middle time to its lock screen, and what it holds there.
fn starts(window: &Path, folder: &Path) -> Vec<Value> {
    let display = Display::start();
    let (mut times, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let (started, took) = start(window, folder, &display);
        times.push(took);
        std::thread::sleep(Duration::from_millis(500));
        memory.push(memory_kb(started.pid()));
        end(started.pid(), "TERM");
    }
    vec![
        figure(
            "start to painted lock screen, wall p50",
            middle(times),
            "ms",
            START_MS_MAX,
            "An empty page takes 600 to 1,000 ms of it.",
        ),
        figure("memory at the lock screen, all processes, PSS", middle(memory), "kB", MEMORY_KB_MAX, WEB_VIEW),
    ]
}

fn figure(name: &str, value: u64, unit: &str, most: u64, why_over: &str) -> Value {
    let within = value <= most;
    let mut figure =
        json!({ "name": name, "value": value, "unit": unit, "budget": format!("≤ {most} {unit}"), "within": within });
    if !within {
        figure["why"] = json!(why_over);
    }
    figure
}

fn middle(mut values: Vec<u64>) -> u64 {
    values.sort_unstable();
    values[values.len() / 2]
}

/// Adds figures to the list in a file; a file that is not there begins one.
fn add(into: &Path, figures: Vec<Value>) {
    let mut all: Vec<Value> = fs::read(into)
        .map_or_else(|_| Vec::new(), |text| serde_json::from_slice(&text).expect("it is a list of figures"));
    all.extend(figures);
    let text = serde_json::to_string_pretty(&all).expect("figures are plain data");
    fs::write(into, text + "\n").expect("the figures are written");
}

/// The memory of a program and all it started, each shared page counted by its share (PSS), in kB.
fn memory_kb(root: u32) -> u64 {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids: Vec<u32> = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    let family: Vec<u32> = pids.iter().copied().filter(|pid| descends(*pid, root)).collect();
    family.into_iter().map(pss_kb).sum()
}

fn descends(mut pid: u32, root: u32) -> bool {
    while pid > 1 {
        if pid == root {
            return true;
        }
        let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else { return false };
        // State and parent follow the name in brackets.
        let parent = stat.rsplit_once(") ").and_then(|(_, rest)| rest.split(' ').nth(1)?.parse().ok());
        pid = parent.unwrap_or(0);
    }
    false
}

fn pss_kb(pid: u32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
