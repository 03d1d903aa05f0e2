//! A screen nobody sees: Xvfb on a display number that it finds itself.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::process::Started;

/// An X server of the till's usual size.
pub struct Display {
    number: u32,
    _server: Started,
}

impl Display {
    /// Starts Xvfb and waits until it takes windows.
    #[must_use]
    pub fn start() -> Display {
        let mut child = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed (`cargo xtask test` sees to it)");
        let told = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let server = Started(child);
        let line = told.lines().next().expect("Xvfb tells its display").expect("Xvfb tells its display");
        Display { number: line.trim().parse().expect("a display number"), _server: server }
    }

    /// `:99`, as `DISPLAY` wants it.
    #[must_use]
    pub fn name(&self) -> String {
        format!(":{}", self.number)
    }
}
