//! `pakka-measure <bench.json>`: adds the window's own figures to those of the shop.
//!
//! A shop is set up and sells in the window built for trial, beside this program. `PAKKA_RELEASE`, when set, names
//! the window as it is shipped: it is then started undriven on that shop, again and again, to its lock screen.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use pakka_window_tests::display::Display;
use pakka_window_tests::process::end;
use pakka_window_tests::story::{self, Look, Shelf};
use pakka_window_tests::till::{Till, surroundings};
use serde_json::{Value, json};

/// How often the shipped window is started; an odd number has a middle.
const STARTS: usize = 7;
/// From the start to the painted lock screen.
const START_MS_MAX: u64 = 1500;
/// All processes while selling.
const MEMORY_KB_MAX: u64 = 450_000;
/// Codes of the sample shelf's goods that are sold loose.
const SOLD: [&str; 3] = ["101", "102", "103"];

fn main() {
    let into = PathBuf::from(std::env::args_os().nth(1).expect("usage: pakka-measure <bench.json>"));
    let folder = tempfile::tempdir().expect("a folder");
    let mut till = Till::start(folder.path());
    story::set_up(&mut till, Shelf::Kirana, Look::PLAIN);
    for _ in 0..5 {
        story::scan_all(&mut till, &SOLD);
        story::cash(&mut till);
    }
    story::scan_all(&mut till, &SOLD);
    let selling = memory_kb(till.window_pid());
    drop(till);
    let built = if cfg!(debug_assertions) { "trial build" } else { "release" };
    let mut figures =
        vec![figure(&format!("memory while selling, all processes, PSS ({built})"), selling, "kB", MEMORY_KB_MAX)];
    if let Some(release) = std::env::var_os("PAKKA_RELEASE") {
        figures.extend(starts(Path::new(&release), folder.path()));
    }
    for figure in &figures {
        eprintln!("{} {} {} (budget {})", figure["name"], figure["value"], figure["unit"], figure["budget"]);
    }
    add(&into, figures);
}

/// Starts the shipped window on a shop that is set up: the middle time to its lock screen, and what it holds there.
fn starts(window: &Path, folder: &Path) -> Vec<Value> {
    let display = Display::start();
    let (mut times, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        #[expect(clippy::disallowed_methods, reason = "this measures")]
        let begun = std::time::Instant::now();
        let mut started = Command::new(window)
            .arg("--say-painted")
            .env_clear()
            .envs(surroundings(folder, &display.name()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the window starts");
        let said = BufReader::new(started.stdout.take().expect("stdout is piped")).lines().next();
        times.push(begun.elapsed().as_millis() as u64);
        assert_eq!(said.expect("a line").expect("a line"), "painted");
        std::thread::sleep(Duration::from_millis(500));
        memory.push(memory_kb(started.id()));
        end(started.id(), "TERM");
        let _ = started.wait();
    }
    vec![
        figure("start to painted lock screen, wall p50", middle(times), "ms", START_MS_MAX),
        figure("memory at the lock screen, all processes, PSS", middle(memory), "kB", MEMORY_KB_MAX),
    ]
}

fn figure(name: &str, value: u64, unit: &str, most: u64) -> Value {
    json!({ "name": name, "value": value, "unit": unit, "budget": format!("≤ {most} {unit}"), "within": value <= most })
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
