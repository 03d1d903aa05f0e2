//! Drives the real window by keys.
