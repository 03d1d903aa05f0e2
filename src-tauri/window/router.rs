//! From the window to the desk: one queue, one thread, commands in the order in which they came.
//!
//! The desk belongs to that thread alone. The main thread only puts down what was asked, so the window
//! never waits for the disk.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use pakka::desk::{Desk, Places, Surroundings};
use pakka::fault::Fault;
use pakka::wire::COMMANDS;
use serde_json::Value;
use tauri::ipc::{Invoke, InvokeBody, InvokeResolver};
use tauri::{AppHandle, Wry};

use crate::clock::MachineClock;
use crate::entropy::MachineChance;
use crate::files;
use crate::outlet::{Chosen, MachineOutlet};

/// How long a command under way may take to end when the window closes; its transaction is whole either way.
const CLOSE_MAX: Duration = Duration::from_secs(10);

enum Job {
    Run { name: &'static str, body: Value, answer: InvokeResolver<Wry> },
    Choose { body: Value, answer: InvokeResolver<Wry> },
    Chosen { path: Option<PathBuf>, body: Value, answer: InvokeResolver<Wry> },
    Close { done: Sender<()> },
}

/// The window's end of the queue.
#[derive(Clone)]
pub struct Router {
    queue: Sender<Job>,
    say_painted: bool,
}

/// The desk's end of the queue.
pub struct Inbox {
    jobs: Receiver<Job>,
    queue: Sender<Job>,
}

impl Router {
    /// A queue; `say_painted` prints `painted` on standard output when the first screen stands, for measuring.
    pub fn new(say_painted: bool) -> (Router, Inbox) {
        let (queue, jobs) = mpsc::channel();
        (Router { queue: queue.clone(), say_painted }, Inbox { jobs, queue })
    }

    /// Puts down what the window asked; false when the shop has no such command.
    pub fn take(&self, invoke: Invoke<Wry>) -> bool {
        let Some(command) = COMMANDS.iter().find(|command| command.name == invoke.message.command()) else {
            return false;
        };
        let body = request(invoke.message.payload());
        if self.say_painted && command.name == "desk_painted" {
            println!("painted");
        }
        let answer = invoke.resolver;
        let job = match command.name {
            "file_choose" => Job::Choose { body, answer },
            name => Job::Run { name, body, answer },
        };
        if let Err(mpsc::SendError(Job::Run { answer, .. } | Job::Choose { answer, .. })) = self.queue.send(job) {
            answer.reject(broken());
        }
        true
    }

    /// Lets the command under way end and closes the shop.
    pub fn close(&self) {
        let (done, closed) = mpsc::channel();
        if self.queue.send(Job::Close { done }).is_ok() {
            let _ = closed.recv_timeout(CLOSE_MAX);
        }
    }
}

impl Inbox {
    /// Opens the desk on a thread of its own and serves it until the window closes.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn serve(self, app: AppHandle, places: Places) -> io::Result<()> {
        thread::Builder::new().name("desk".into()).spawn(move || {
            let chosen = Chosen::default();
            let outlet = MachineOutlet::new(app.clone(), chosen.clone());
            let mut desk = Desk::open(Surroundings {
                places,
                clock: Box::new(MachineClock),
                chance: Box::new(MachineChance),
                outlet: Box::new(outlet),
                memory_kib: crate::surroundings::memory_kib(),
            });
            for job in self.jobs {
                match job {
                    Job::Run { name, body, answer } => reply(answer, run(&mut desk, name, body)),
                    Job::Choose { body, answer } => ask(app.clone(), self.queue.clone(), body, answer),
                    Job::Chosen { path, body, answer } => {
                        chosen.put(path);
                        reply(answer, run(&mut desk, "file_choose", body));
                    }
                    Job::Close { done } => {
                        drop(desk);
                        let _ = done.send(());
                        return;
                    }
                }
            }
        })?;
        Ok(())
    }
}

/// The request in `invoke(name, { request })`; whether it is a right one the desk says.
fn request(payload: &InvokeBody) -> Value {
    match payload {
        InvokeBody::Json(Value::Object(arguments)) => arguments.get("request").cloned().unwrap_or_default(),
        _ => Value::Null,
    }
}

/// Asks for a file on a thread of its own, so that the desk can go on and even lock meanwhile.
fn ask(app: AppHandle, queue: Sender<Job>, body: Value, answer: InvokeResolver<Wry>) {
    thread::spawn(move || {
        let path = files::choose(&app, body["kind"].as_str().unwrap_or("csv"));
        if let Err(mpsc::SendError(Job::Chosen { answer, .. })) = queue.send(Job::Chosen { path, body, answer }) {
            answer.reject(broken());
        }
    });
}

/// Runs one command; a bug in it becomes a fault, and the desk lives on (its transaction was rolled back).
fn run(desk: &mut Desk, name: &str, body: Value) -> Result<Value, Fault> {
    catch_unwind(AssertUnwindSafe(|| desk.run(name, body))).unwrap_or_else(|_| Err(broken()))
}

fn reply(answer: InvokeResolver<Wry>, result: Result<Value, Fault>) {
    match result {
        Ok(view) => answer.resolve(view),
        Err(fault) => answer.reject(fault),
    }
}

fn broken() -> Fault {
    Fault::new(
        "desk.bug",
        ("Pakka made a mistake here. What was saved is safe.", "यहाँ Pakka से गलती हुई। जो सेव था वह सुरक्षित है।"),
        ("Try again, or close Pakka and start it again.", "फिर कोशिश कीजिए, या Pakka बंद करके दोबारा चलाइए।"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_permissions_are_those_of_the_shops_own_list() {
        let listed: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
        let granted: Vec<&str> = env!("PAKKA_COMMANDS").split(',').collect();
        assert_eq!(granted, listed, "build.rs reads the names out of shop/wire.rs");
    }
}
