//! The window of Pakka: one web view, and around the shop its clock, entropy, files and printer.
//!
//! No arithmetic and no SQL here. What the window asks goes through [`router`] to the shop's desk.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

#[cfg(all(feature = "trial", not(debug_assertions)))]
compile_error!("`trial` lets a test set the clock; a release has the machine's clock only");

mod clock;
mod disk;
mod entropy;
mod files;
mod outlet;
mod pane;
mod printer;
mod router;
mod surroundings;

use pakka_guard::Wiping;
use tauri::{Manager, RunEvent};

/// What the program lets go of is wiped: a PIN passes through many hands on its way from the keys.
#[global_allocator]
static HEAP: Wiping<std::alloc::System> = Wiping(std::alloc::System);

fn main() {
    // A trial run is looked into by the test that drives it.
    #[cfg(not(feature = "trial"))]
    pakka_guard::harden();
    let say_painted = std::env::args().any(|arg| arg == "--say-painted");
    let (router, inbox) = router::Router::new(say_painted);
    let closing = router.clone();
    let app = tauri::Builder::default()
        .invoke_handler(move |invoke| router.take(invoke))
        .setup(move |app| {
            let places = surroundings::places(app.path())?;
            pane::open(app, &places)?;
            pane::close_when_told(app.handle());
            inbox.serve(app.handle().clone(), places)?;
            Ok(())
        })
        .build(tauri::generate_context!())
        .expect("a desktop with a screen and a web view");
    app.run(move |_, event| {
        if let RunEvent::Exit = event {
            closing.close();
        }
    });
}
