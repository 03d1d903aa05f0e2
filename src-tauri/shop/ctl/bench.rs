//! `pakkactl bench`: measures the shop on this machine and holds the figures against their budgets.
//!
//! It judges and never fails on time: a figure over its budget carries a sentence saying why. The shop that is
//! measured is made through the same actions as any other, in a folder of its own that is removed at the end.

mod bare;
mod clock;
pub mod door;
mod figure;
mod goods;
mod login;
mod paper;
mod sale;
mod trial;

use std::path::PathBuf;

use crate::Stop;
use figure::Sheet;
use trial::Folder;

const HELP: &str = "\
usage: pakkactl bench [--json] [--long] [--only NAME] [--folder PATH]

  --json         the figures as JSON on standard output; the table goes to standard error either way
  --long         also the figures after 1,000,000 invoices (takes most of an hour)
  --only NAME    one group of figures: sale, goods, login, door, paper
  --folder PATH  where the shop that is measured is made; its disk is the one that is measured

exit code: 0 measured, 1 the disk refused, 2 the words cannot be understood. No figure makes it fail.";

/// One group of figures: its name and what measures it.
type Group = (&'static str, fn(&Plan, &mut Sheet));

const GROUPS: [Group; 5] = [
    ("sale", sale::measure),
    ("goods", goods::measure),
    ("login", login::measure),
    ("door", door::measure),
    ("paper", paper::measure),
];

/// What is to be measured, and where.
pub struct Plan {
    folder: PathBuf,
    long: bool,
}

/// Measures, writes the table to standard error and, when asked, JSON to standard output.
pub fn run(mut words: lexopt::Parser) -> Result<(), Stop> {
    let (mut json, mut only) = (false, None);
    let mut plan = Plan { folder: std::env::temp_dir(), long: false };
    while let Some(word) = words.next()? {
        match word {
            lexopt::Arg::Long("json") => json = true,
            lexopt::Arg::Long("long") => plan.long = true,
            lexopt::Arg::Long("only") => only = Some(words.value()?.to_string_lossy().into_owned()),
            lexopt::Arg::Long("folder") => plan.folder = words.value()?.into(),
            lexopt::Arg::Short('h') | lexopt::Arg::Long("help") => {
                println!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let wanted: Vec<&Group> = GROUPS.iter().filter(|(name, _)| only.as_ref().is_none_or(|only| only == name)).collect();
    if wanted.is_empty() {
        return Err(Stop::unreadable(HELP));
    }
    let folder = Folder::make(&plan.folder).map_err(|why| Stop::machine(format!("no folder to measure in: {why}")))?;
    folder.path().clone_into(&mut plan.folder);
    let mut sheet = Sheet::default();
    for (name, measure) in wanted {
        eprintln!("pakkactl: measuring {name} …");
        let before = sheet.len();
        measure(&plan, &mut sheet);
        eprint!("{}", sheet.table(before));
    }
    if json {
        println!("{}", sheet.json());
    }
    Ok(())
}
