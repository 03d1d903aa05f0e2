//! Paper: PDF bytes to the system's default printer through CUPS, without waiting for it.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use pakka::desk::Printed;

/// How often it is looked whether a printer is there.
const LOOK_EVERY: Duration = Duration::from_secs(30);

struct Job {
    name: String,
    pdf: Vec<u8>,
}

/// The default printer of this machine, if there is one, and a thread that feeds it.
pub struct Printer {
    there: Arc<AtomicBool>,
    jobs: Sender<Job>,
}

impl Printer {
    /// Starts the thread; whether a printer is there is known a moment later.
    pub fn find() -> Printer {
        let (jobs, inbox) = mpsc::channel::<Job>();
        let there = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&there);
        thread::spawn(move || {
            loop {
                seen.store(has_default(), Ordering::Relaxed);
                match inbox.recv_timeout(LOOK_EVERY) {
                    Ok(job) => feed(&job),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        Printer { there, jobs }
    }

    /// Hands the paper over at once; CUPS keeps it until the printer takes it.
    pub fn print(&self, pdf: &[u8], name: &str) -> Printed {
        if !self.there.load(Ordering::Relaxed) {
            return Printed::NoPrinter;
        }
        match self.jobs.send(Job { name: name.to_owned(), pdf: pdf.to_owned() }) {
            Ok(()) => Printed::Queued,
            Err(_) => Printed::NoPrinter,
        }
    }
}

/// Whether CUPS knows a default printer: `lpstat -d` then ends in its name.
fn has_default() -> bool {
    let told = Command::new("lpstat").arg("-d").env("LC_ALL", "C").stdin(Stdio::null()).output();
    told.is_ok_and(|told| told.status.success() && names_printer(&String::from_utf8_lossy(&told.stdout)))
}

fn names_printer(told: &str) -> bool {
    told.split_once("destination:").is_some_and(|(_, name)| !name.trim().is_empty())
}

/// Pipes one paper into `lp`, so that it never lies on the disk under our name.
fn feed(job: &Job) {
    let lp = Command::new("lp").args(["-t", &job.name, "--", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
    if let Err(error) = lp.and_then(|mut lp: Child| {
        lp.stdin.take().expect("stdin is piped").write_all(&job.pdf)?;
        lp.wait()
    }) {
        eprintln!("pakka: the printer did not take the paper: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cups_names_the_default_printer_or_none() {
        assert!(names_printer("system default destination: Counter_Laser\n"));
        assert!(!names_printer("no system default destination\n"));
        assert!(!names_printer("lpstat: No destinations added.\n"));
    }
}
