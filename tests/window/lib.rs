//! Drives the real window by real key events, as a cashier would: no mouse, no call behind the screen.
//!
//! [`Till`] is what a story speaks to; [`story`] has the chapters that several tests begin with, [`reading`] what they
//! read off the screen. [`goods`] is the list a shop brings, [`paper`] reads a PDF back, [`canary`] looks for words
//! that must lie on no disk. Below: [`keys`] (names of keys), [`wire`] (WebDriver over plain HTTP to WebKit's own
//! driver), [`display`] (a screen nobody sees), [`process`] (ending what was started).
//! Everything here panics when the window does not do what was expected; it is a test.

pub mod canary;
pub mod display;
pub mod goods;
pub mod keys;
pub mod memory;
pub mod paper;
pub mod process;
pub mod reading;
pub mod story;
pub mod till;
pub mod wire;

pub use till::Till;
