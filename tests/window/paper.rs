//! A paper read back as a person reads it: the words of a PDF, by poppler's `pdftotext`.

use std::path::Path;
use std::process::Command;

/// The words of a PDF, with runs of white space made one space.
pub struct Words(pub String);

/// Reads a PDF.
#[must_use]
pub fn read(path: &Path) -> Words {
    let told = Command::new("pdftotext").args(["-enc", "UTF-8", "-layout"]).arg(path).arg("-").output();
    let told = told.expect("pdftotext is installed (`cargo xtask test` sees to it)");
    assert!(told.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&told.stderr));
    let text = String::from_utf8(told.stdout).expect("pdftotext writes UTF-8");
    Words(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

impl Words {
    /// Fails when one of these is not on the paper.
    pub fn have(&self, all: &[&str]) {
        for wanted in all {
            assert!(self.0.contains(wanted), "{wanted:?} is not on the paper, which says:\n{}", self.0);
        }
    }

    /// Fails when one of these is on the paper.
    pub fn lack(&self, all: &[&str]) {
        for unwanted in all {
            assert!(!self.0.contains(unwanted), "{unwanted:?} is on the paper, which says:\n{}", self.0);
        }
    }
}
