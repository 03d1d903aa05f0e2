//! Looks through the memory of the window's processes, from outside.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

/// A text or key that is looked for, in the forms it could lie there.
pub struct Needle {
    pub what: &'static str,
    forms: Vec<Vec<u8>>,
}

impl Needle {
    /// A text as a program of Rust or of the page has it.
    #[must_use]
    pub fn text(what: &'static str, text: &str) -> Needle {
        let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        Needle { what, forms: vec![text.as_bytes().to_vec(), wide] }
    }

    /// A key, raw and in hexadecimal.
    #[must_use]
    pub fn key(what: &'static str, bytes: &[u8]) -> Needle {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let wide = hex.encode_utf16().flat_map(u16::to_le_bytes).collect();
        Needle { what, forms: vec![bytes.to_vec(), hex.to_uppercase().into_bytes(), hex.into_bytes(), wide] }
    }
}

/// How often each needle lies on the pages of a process that can be read.
///
/// # Panics
/// When the process cannot be looked into.
#[must_use]
pub fn count(process: u32, needles: &[Needle]) -> Vec<(&'static str, usize)> {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).expect("the process's memory map");
    let open = |file: &str| File::open(format!("/proc/{process}/{file}")).expect("the process's memory");
    let (memory, pages) = (open("mem"), open("pagemap"));
    let mut counts: Vec<(&str, usize)> = needles.iter().map(|needle| (needle.what, 0)).collect();
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let (Some(range), Some(rights)) = (words.next(), words.next()) else { continue };
        if !rights.starts_with('r') || line.ends_with("[vvar]") || line.ends_with("[vsyscall]") {
            continue;
        }
        let (from, to) = range.split_once('-').expect("a range");
        let [from, to] = [from, to].map(|end| u64::from_str_radix(end, 16).expect("an address"));
        for (from, to) in runs(&pages, from, to) {
            look_through(&memory, from, to, needles, &mut counts);
        }
    }
    counts
}

const PAGE: u64 = 4_096;
/// A page that lies in memory or in the swap (the kernel's `pagemap`).
const IS_THERE: u64 = 0b11 << 62;
/// So many pages are asked about at once.
const ASKED: u64 = 1 << 16;

/// The runs of pages of a mapping that hold anything: a web view reserves far more than it uses.
fn runs(pages: &File, from: u64, to: u64) -> Vec<(u64, u64)> {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    let mut at = from;
    while at < to {
        let asked = ASKED.min((to - at) / PAGE);
        let mut entries = vec![0; usize::try_from(asked * 8).expect("a few pages")];
        if pages.read_exact_at(&mut entries, at / PAGE * 8).is_err() {
            break;
        }
        for (number, entry) in entries.chunks_exact(8).enumerate() {
            let page = at + number as u64 * PAGE;
            if u64::from_le_bytes(entry.try_into().expect("eight bytes")) & IS_THERE == 0 {
                continue;
            }
            match runs.last_mut() {
                Some((_, end)) if *end == page => *end += PAGE,
                _ => runs.push((page, page + PAGE)),
            }
        }
        at += asked * PAGE;
    }
    runs
}

/// So much is read at once; what lies across two pieces is seen in the second, which begins a little before.
const PIECE: u64 = 16 << 20;
const OVERLAP: u64 = 256;

fn look_through(memory: &File, from: u64, to: u64, needles: &[Needle], counts: &mut [(&str, usize)]) {
    let mut at = from;
    while at < to {
        let begin = at.saturating_sub(OVERLAP).max(from);
        let end = (at + PIECE).min(to);
        let mut pages = vec![0; usize::try_from(end - begin).expect("a piece")];
        at = end;
        // What cannot be read was reserved and never used, or given back meanwhile.
        if memory.read_exact_at(&mut pages, begin).is_err() {
            continue;
        }
        let seen = if begin == from { 0 } else { OVERLAP as usize };
        for (needle, (_, count)) in needles.iter().zip(counts.iter_mut()) {
            for form in &needle.forms {
                // One that ends before the piece was counted in the piece before.
                *count += memchr::memmem::find_iter(&pages, form).filter(|found| found + form.len() > seen).count();
            }
        }
    }
}

/// A process and all that it started, the first one first.
#[must_use]
pub fn family(first: u32) -> Vec<(u32, String)> {
    let mut found = vec![(first, name_of(first))];
    let mut place = 0;
    while place < found.len() {
        let children = fs::read_to_string(format!("/proc/{0}/task/{0}/children", found[place].0)).unwrap_or_default();
        found.extend(children.split_whitespace().filter_map(|pid| pid.parse().ok()).map(|pid| (pid, name_of(pid))));
        place += 1;
    }
    found
}

fn name_of(process: u32) -> String {
    fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default().trim().to_owned()
}
