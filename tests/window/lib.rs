//! Drives the real window by real key events, as a cashier would: no mouse, no call behind the screen.
//!
//! [`Till`] is what a story speaks to; [`story`] has the chapters that several tests begin with. Below: [`keys`] (names of keys), [`wire`] (WebDriver over plain
//! HTTP to WebKit's own driver), [`display`] (a screen nobody sees), [`process`] (ending what was started).
//! Everything here panics when the window does not do what was expected; it is a test.

pub mod display;
pub mod keys;
pub mod process;
pub mod story;
pub mod till;
pub mod wire;

pub use till::Till;
