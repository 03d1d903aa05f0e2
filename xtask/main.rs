//! `cargo xtask run | test | bench | lint | demo`: finds what is missing, installs it, then does it.
//!
//! Uses the standard library alone, so that it is built in a second on a bare machine.

mod machine;
mod screen;
mod step;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use machine::Need;
use step::{Stop, Tool};

const USAGE: &str = "\
cargo xtask run            builds Pakka and starts it (without a display: the demo)
cargo xtask test [--long]  checks and tests everything; --long adds the slow tests
cargo xtask lint           format, clippy and the screens' types
cargo xtask bench          measures, in a release build, into target/bench.json
cargo xtask demo           shows a shop being set up and selling, into demo-output/";

/// The window as tests drive it: with the screens inside, and with a clock that can be moved.
const TRIAL: [&str; 2] = ["--features", "pakka-counter/custom-protocol,pakka-counter/trial"];

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    env::set_current_dir(root()).expect("the repository is where it was built");
    let done = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["run"] => run(),
        ["test"] => test(false),
        ["test", "--long"] => test(true),
        ["lint"] => lint(),
        ["bench"] => bench(),
        ["demo"] => demo(),
        _ => Err(Stop(USAGE.to_owned())),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop(why)) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Stop> {
    if !machine::has_display() {
        step::say("no display here: the demo instead, on a screen nobody sees");
        return demo();
    }
    machine::provide(&[Need::Build])?;
    screen::build()?;
    let features = ["--features", "custom-protocol"];
    Tool::cargo("build the window").args(["build", "--release", "-p", "pakka-counter"]).args(features).run()?;
    Tool::new("start Pakka", built("release", "pakka-counter")).run()
}

fn test(long: bool) -> Result<(), Stop> {
    machine::provide(&[Need::Build, Need::Watch])?;
    lint_rust_format()?;
    screen::check()?;
    screen::build()?;
    clippy()?;
    // Apart, because the shop's test libraries would have the whole window built once more with their features.
    tests("the shop's tests").args(["-p", "pakka", "-p", "pakka-guard", "-p", "xtask"]).run()?;
    Tool::cargo("a build without encryption opens nothing")
        .args(["test", "--quiet", "-p", "pakka", "--no-default-features", "--features", "plain-sqlite"])
        .args(["--test", "wrong_build"])
        .run()?;
    tests("the window's own tests").args(["-p", "pakka-counter"]).args(TRIAL).run()?;
    Tool::cargo("the examples in the documentation").args(["test", "--quiet", "--doc", "-p", "pakka"]).run()?;
    window_tests(&[])?;
    if long {
        let slow = if machine::has("cargo-nextest") { ["--run-ignored", "only"] } else { ["--", "--ignored"] };
        tests("the slow tests").args(["--release", "-p", "pakka"]).args(slow).run()?;
    }
    step::say("all is well");
    Ok(())
}

fn lint() -> Result<(), Stop> {
    machine::provide(&[Need::Build])?;
    lint_rust_format()?;
    screen::check()?;
    screen::build()?;
    clippy()
}

/// Figures over their budget do not fail it; each stands in the file with the reason.
fn bench() -> Result<(), Stop> {
    machine::provide(&[Need::Build, Need::Watch, Need::Measure])?;
    screen::build()?;
    Tool::cargo("build the shop").args(["build", "--release", "-p", "pakka", "--bin", "pakkactl"]).run()?;
    // On the disk the program was built on: a folder for passing things may lie in memory.
    let (into, folder) = (target().join("bench.json"), absolute(&target().join("bench")));
    Tool::new("measure the shop (some minutes)", built("release", "pakkactl"))
        .args(["bench", "--json", "--folder"])
        .args([&folder])
        .run_into(&into)?;
    let features = ["--features", "custom-protocol"];
    Tool::cargo("build the window").args(["build", "--release", "-p", "pakka-counter"]).args(features).run()?;
    build_trial()?;
    Tool::cargo("measure the window")
        .args(["run", "--quiet", "-p", "pakka-window-tests", "--bin", "pakka-measure", "--"])
        .args([absolute(&into)])
        .env("PAKKA_RELEASE", absolute(&built("release", "pakka-counter")))
        .run()?;
    step::say(&format!("the figures are in {}", into.display()));
    Ok(())
}

fn demo() -> Result<(), Stop> {
    machine::provide(&[Need::Build, Need::Watch])?;
    screen::build()?;
    build_trial()?;
    Tool::cargo("show Pakka").args(["run", "--quiet", "-p", "pakka-window-tests", "--bin", "pakka-demo"]).run()?;
    step::say("pictures and papers are in demo-output/");
    Ok(())
}

fn lint_rust_format() -> Result<(), Stop> {
    machine::component("fmt", "rustfmt")?;
    Tool::cargo("the code's format").args(["fmt", "--all", "--check"]).hint("`cargo fmt` puts it right").run()
}

fn clippy() -> Result<(), Stop> {
    machine::component("clippy", "clippy")?;
    let all = ["clippy", "--quiet", "--workspace", "--all-targets"];
    Tool::cargo("the code's habits (some minutes the first time)")
        .args(all)
        .args(TRIAL)
        .args(["--", "-D", "warnings"])
        .run()
}

/// nextest where it is installed, cargo's own runner where not.
fn tests(what: &str) -> Tool {
    if machine::has("cargo-nextest") {
        let quiet = ["--status-level", "fail", "--no-tests", "pass"];
        Tool::cargo(what).args(["nextest", "run"]).args(quiet)
    } else {
        Tool::cargo(what).args(["test", "--quiet", "--all-targets"])
    }
}

fn build_trial() -> Result<(), Stop> {
    Tool::cargo("build the window for trial (some minutes the first time)")
        .args(["build", "--quiet", "-p", "pakka-counter"])
        .args(TRIAL)
        .run()
}

/// One after the other, because they measure.
fn window_tests(more: &[&str]) -> Result<(), Stop> {
    build_trial()?;
    Tool::cargo("the window, driven by keys")
        .args(["test", "--quiet", "-p", "pakka-window-tests", "--", "--test-threads=1", "--nocapture"])
        .args(more.iter().copied())
        .hint("the screen at the moment of failure is in test-output/window/")
        .run()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository").to_owned()
}

/// Where cargo builds, as the caller set it.
fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

fn built(profile: &str, program: &str) -> PathBuf {
    target().join(profile).join(format!("{program}{}", env::consts::EXE_SUFFIX))
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).expect("a path")
}
