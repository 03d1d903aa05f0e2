//! What the shop hands out: paper, files and notices of progress.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use pakka::desk::{Outlet, Printed};
use serde::Serialize;
use tauri::{AppHandle, Emitter};

use crate::printer::Printer;
use crate::{disk, files};

/// A file that a person has chosen and the shop has not yet asked for.
#[derive(Clone, Default)]
pub struct Chosen(Arc<Mutex<Option<PathBuf>>>);

impl Chosen {
    pub fn put(&self, path: Option<PathBuf>) {
        *self.0.lock().expect("no holder panics") = path;
    }

    fn take(&self) -> Option<PathBuf> {
        self.0.lock().expect("no holder panics").take()
    }
}

/// The outlets of this machine.
pub struct MachineOutlet {
    app: AppHandle,
    printer: Printer,
    chosen: Chosen,
}

impl MachineOutlet {
    pub fn new(app: AppHandle, chosen: Chosen) -> MachineOutlet {
        MachineOutlet { app, printer: Printer::find(), chosen }
    }
}

#[derive(Clone, Serialize)]
struct Progress {
    done: u64,
    total: u64,
}

impl Outlet for MachineOutlet {
    fn print(&mut self, pdf: &[u8], name: &str) -> Printed {
        self.printer.print(pdf, name)
    }

    fn printer(&mut self) -> String {
        self.printer.name()
    }

    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        files::read(path)
    }

    fn save(&mut self, folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        files::save(folder, name, bytes)
    }

    /// The router has asked the person already, before it took the desk.
    fn choose_file(&mut self, _kind: &str) -> Option<PathBuf> {
        self.chosen.take()
    }

    fn is_on_other_disk(&mut self, folder: &Path, than: &Path) -> io::Result<bool> {
        Ok(disk::of(folder)? != disk::of(than)?)
    }

    fn announce(&mut self, event: &str, done: u64, total: u64) {
        if let Err(error) = self.app.emit(event, Progress { done, total }) {
            eprintln!("pakka: the window did not hear of {event}: {error}");
        }
    }
}
