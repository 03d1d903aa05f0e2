//! PIN and code from the terminal or from an open file, and the moment; never from words or surroundings.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read};

use pakka::vault::Now;
use zeroize::Zeroizing;

use crate::Stop;

/// The most bytes that PIN and code may come to.
const SECRETS_MAX: u64 = 1024;

/// What opens the shop; wiped when let go.
pub struct Secrets {
    pin: Zeroizing<String>,
    code: Zeroizing<String>,
}

impl Secrets {
    #[cfg(test)]
    pub fn new(pin: &str, code: &str) -> Secrets {
        Secrets { pin: Zeroizing::new(pin.to_owned()), code: Zeroizing::new(code.to_owned()) }
    }

    pub fn pin(&self) -> &str {
        &self.pin
    }

    pub fn code(&self) -> &str {
        &self.code
    }

    /// Reads them from a file that whoever started us has left open: a line each.
    pub fn read(number: u32) -> Result<Secrets, Stop> {
        let cannot = |why: std::io::Error| Stop::machine(format!("cannot read PIN and code: {why}"));
        if number == 0 {
            return Secrets::lines(std::io::stdin().lock());
        }
        if !cfg!(unix) {
            return Err(Stop::unreadable("--secrets-fd can only be 0 on this system"));
        }
        Secrets::lines(File::open(format!("/dev/fd/{number}")).map_err(cannot)?)
    }

    fn lines(from: impl Read) -> Result<Secrets, Stop> {
        let mut from = BufReader::new(from.take(SECRETS_MAX));
        let mut line = || -> Result<Zeroizing<String>, Stop> {
            let mut line = Zeroizing::new(String::with_capacity(SECRETS_MAX as usize));
            from.read_line(&mut line).map_err(|why| Stop::machine(format!("cannot read PIN and code: {why}")))?;
            let bare = line.trim_end_matches(['\r', '\n']).len();
            line.truncate(bare);
            if line.is_empty() { Err(Stop::unreadable("PIN and code are wanted, a line each")) } else { Ok(line) }
        };
        Ok(Secrets { pin: line()?, code: line()? })
    }

    /// Asks whoever sits at the terminal; what is typed is not shown.
    pub fn ask(name: &str) -> Result<Secrets, Stop> {
        if !std::io::stdin().is_terminal() {
            return Err(Stop::unreadable("without a terminal, PIN and code come by --secrets-fd"));
        }
        let _quiet = quiet::Quiet::begin();
        let ask = |what: &str| -> Result<Zeroizing<String>, Stop> {
            eprint!("{what}: ");
            let mut line = Zeroizing::new(String::with_capacity(SECRETS_MAX as usize));
            let read = std::io::stdin().lock().take(SECRETS_MAX).read_line(&mut line);
            eprintln!();
            read.map_err(|why| Stop::machine(format!("cannot read the terminal: {why}")))?;
            let bare = line.trim_end_matches(['\r', '\n']).len();
            line.truncate(bare);
            Ok(line)
        };
        Ok(Secrets { pin: ask(&format!("PIN of {name}"))?, code: ask("Code on the phone")? })
    }
}

/// The terminal without its echo.
#[cfg(unix)]
mod quiet {
    use rustix::stdio::stdin;
    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

    /// Puts the echo back when let go.
    pub struct Quiet(Option<Termios>);

    impl Quiet {
        pub fn begin() -> Quiet {
            let before = tcgetattr(stdin()).ok();
            if let Some(mut quiet) = before.clone() {
                quiet.local_modes.remove(LocalModes::ECHO);
                let _ = tcsetattr(stdin(), OptionalActions::Flush, &quiet);
            }
            Quiet(before)
        }
    }

    impl Drop for Quiet {
        fn drop(&mut self) {
            if let Some(before) = &self.0 {
                let _ = tcsetattr(stdin(), OptionalActions::Flush, before);
            }
        }
    }
}

/// A console that cannot be kept from showing what is typed.
#[cfg(not(unix))]
mod quiet {
    pub struct Quiet;

    impl Quiet {
        pub fn begin() -> Quiet {
            Quiet
        }
    }
}

/// The moment by the machine's clocks.
#[expect(clippy::disallowed_methods, reason = "a terminal has the machine's clock only")]
pub fn now() -> Now {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Now { wall_ms: since.as_millis() as i64, uptime_ms: uptime_ms() }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn uptime_ms() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    time.tv_sec as u64 * 1000 + time.tv_nsec as u64 / 1_000_000
}

/// A clock that stands still lets waiting after wrong tries go by the wall alone.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn uptime_ms() -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_two_lines() {
        let secrets = |text: &str| Secrets::lines(text.as_bytes()).map(|read| (read.pin.clone(), read.code.clone()));
        let (pin, code) = secrets("59274816\r\n123456\n").expect("two lines");
        assert_eq!((pin.as_str(), code.as_str()), ("59274816", "123456"));
        let (_, code) = secrets("a phrase of mine\n123 456").expect("two lines");
        assert_eq!(code.as_str(), "123 456");
        for short in ["", "59274816", "59274816\n", "\n123456\n"] {
            assert_eq!(secrets(short).err().map(|stop| stop.code), Some(2), "{short:?}");
        }
    }
}
