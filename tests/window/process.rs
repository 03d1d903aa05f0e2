//! Programs that a test started: found by their parent, ended by their number.

use std::fs;
use std::process::{Child, Command};
use std::time::Duration;

use crate::till::patiently;

/// A program that is ended when the test lets go of it.
pub struct Started(pub Child);

impl Started {
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program that `parent` started, by its place in `/proc`.
#[must_use]
pub fn child_of(parent: u32) -> Option<u32> {
    let numbers = fs::read_dir("/proc").ok()?.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers.into_iter().find(|&pid: &u32| stat(pid).is_some_and(|(state, of)| of == parent && state != 'Z'))
}

/// Whether a program still runs; one that waits to be buried does not.
#[must_use]
pub fn runs(pid: u32) -> bool {
    stat(pid).is_some_and(|(state, _)| state != 'Z')
}

/// State and parent of a program: the two fields after the name in brackets.
fn stat(pid: u32) -> Option<(char, u32)> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let mut fields = text.rsplit_once(") ")?.1.split(' ');
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}

/// Sends a signal such as `TERM` or `KILL`, and waits until the program is gone.
pub fn end(pid: u32, signal: &str) {
    let sent = Command::new("kill").args(["-s", signal, &pid.to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()), "the window (process {pid}) was gone before SIG{signal}");
    assert!(
        patiently(Duration::from_secs(15), || (!runs(pid)).then_some(())).is_some(),
        "the window (process {pid}) did not end within 15 seconds after SIG{signal}"
    );
}
