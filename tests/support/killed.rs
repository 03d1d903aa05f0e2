//! A test that starts itself as a child, which works without end until it is killed outright (SIGKILL).
//!
//! The test file has an ignored test named `the_child`, which does what its [`Task`] says.

use std::hash::{BuildHasher, Hasher};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::Seeded;

const WORK: &str = "PAKKA_KILL_WORK";
const PLACE: &str = "PAKKA_KILL_PLACE";
const SEED: &str = "PAKKA_KILL_SEED";

/// What a child is to do, and where.
pub struct Task {
    pub work: String,
    pub place: PathBuf,
    pub chance: Seeded,
}

impl Task {
    /// The task this process was started with; none where it is no child.
    pub fn given() -> Option<Task> {
        let text = |name| std::env::var_os(name).and_then(|value: std::ffi::OsString| value.into_string().ok());
        let (work, place, seed) = (text(WORK)?, text(PLACE)?, text(SEED)?);
        Some(Task { work, place: place.into(), chance: Seeded(seed.parse().expect("a seed")) })
    }
}

/// A seed that was never used, or the one of `PAKKA_SEED`; printed, so that a failure can be had again.
pub fn seed(what: &str) -> u64 {
    let told = std::env::var_os("PAKKA_SEED").and_then(|told| told.to_str()?.parse().ok());
    let seed = told.unwrap_or_else(|| std::collections::hash_map::RandomState::new().build_hasher().finish());
    println!("{what}: PAKKA_SEED={seed}");
    seed
}

fn start(work: &str, place: &Path, seed: u64) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["--ignored", "--exact", "the_child", "--nocapture", "--test-threads", "1"])
        .env(WORK, work)
        .env(PLACE, place)
        .env(SEED, seed.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child");
    let out = BufReader::new(child.stdout.take().expect("its output"));
    (child, out)
}

/// Lets the child work until it has told something, then a random while, kills it, and gives all that it told.
pub fn kill_after(work: &str, place: &Path, seed: u64, while_ms: u64) -> Vec<String> {
    kill_when(work, place, seed, || thread::sleep(Duration::from_millis(while_ms)))
}

/// Lets the child work until it has told something and `wait` is over, kills it, and gives all that it told.
pub fn kill_when(work: &str, place: &Path, seed: u64, wait: impl FnOnce()) -> Vec<String> {
    let (mut child, out) = start(work, place, seed);
    let mut told = out.lines().map_while(Result::ok).filter_map(|line| line.strip_prefix("told ").map(str::to_owned));
    let first = told.next().expect("the child works");
    let rest = thread::scope(|scope| {
        let rest = scope.spawn(|| told.collect::<Vec<String>>());
        wait();
        child.kill().expect("killed");
        child.wait().expect("dead");
        rest.join().expect("what it told")
    });
    [vec![first], rest].concat()
}

/// Tells the parent what is on the disk by now.
pub fn tell(what: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\ntold {what}").expect("the parent listens");
    out.flush().expect("the parent listens");
}
