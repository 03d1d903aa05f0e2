//! Paper: PDF bytes to the system's default printer through CUPS, without waiting for it.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use pakka::desk::Printed;
use zeroize::Zeroizing;

/// How often it is looked whether a printer is there.
const LOOK_EVERY: Duration = Duration::from_secs(30);

struct Job {
    name: String,
    /// Wiped when it was handed over: a paper may hold the recovery code.
    pdf: Zeroizing<Vec<u8>>,
}

/// The default printer of this machine, if there is one, and a thread that feeds it.
pub struct Printer {
    /// Its name; empty while there is none.
    name: Arc<Mutex<String>>,
    jobs: Sender<Job>,
}

impl Printer {
    /// Starts the thread; whether a printer is there is known a moment later.
    pub fn find() -> Printer {
        let (jobs, inbox) = mpsc::channel::<Job>();
        let name = Arc::new(Mutex::new(String::new()));
        let seen = Arc::clone(&name);
        thread::spawn(move || {
            loop {
                let found = default_printer();
                *seen.lock().expect("no holder panics") = found;
                match inbox.recv_timeout(LOOK_EVERY) {
                    Ok(job) => feed(&job),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        Printer { name, jobs }
    }

    /// The name of the default printer; empty where there is none.
    pub fn name(&self) -> String {
        self.name.lock().expect("no holder panics").clone()
    }

    /// Hands the paper over at once; CUPS keeps it until the printer takes it.
    pub fn print(&self, pdf: &[u8], name: &str) -> Printed {
        if self.name().is_empty() {
            return Printed::NoPrinter;
        }
        match self.jobs.send(Job { name: name.to_owned(), pdf: Zeroizing::new(pdf.to_owned()) }) {
            Ok(()) => Printed::Queued,
            Err(_) => Printed::NoPrinter,
        }
    }
}

/// The printer that CUPS sends to by default, as `lpstat -d` names it; empty without one.
fn default_printer() -> String {
    let told = Command::new("lpstat").arg("-d").env("LC_ALL", "C").stdin(Stdio::null()).output();
    match told {
        Ok(told) if told.status.success() => named_printer(&String::from_utf8_lossy(&told.stdout)),
        _ => String::new(),
    }
}

fn named_printer(told: &str) -> String {
    told.split_once("destination:").map(|(_, name)| name.trim().to_owned()).unwrap_or_default()
}

/// Pipes one paper into `lp`, so that it never lies on the disk under our name.
fn feed(job: &Job) {
    let lp = Command::new("lp").args(["-t", &job.name, "--", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
    let ended = lp.and_then(|mut lp: Child| {
        lp.stdin.take().expect("stdin is piped").write_all(&job.pdf)?;
        lp.wait()
    });
    match ended {
        Ok(status) if status.success() => {}
        Ok(status) => eprintln!("pakka: the printer did not take the paper: lp ended with {status}"),
        Err(error) => eprintln!("pakka: the printer did not take the paper: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cups_names_the_default_printer_or_none() {
        assert_eq!(named_printer("system default destination: Counter_Laser\n"), "Counter_Laser");
        assert_eq!(named_printer("no system default destination\n"), "");
        assert_eq!(named_printer("lpstat: No destinations added.\n"), "");
    }
}
