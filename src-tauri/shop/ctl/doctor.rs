//! `pakkactl doctor`: opens a shop as its owner and proves that its records are whole.

mod ask;
mod checks;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pakka::exchange::ROOMS;
use pakka::fault::Fault;
use pakka::store::{Shop, shut::look_of};
use pakka::vault::{self, Flush, Found, Now, Pin, RosterPerson, Unlocked};
use serde::Serialize;

use crate::Stop;
use ask::Secrets;

const HELP: &str = "\
usage: pakkactl doctor <folder>/shop.db [--device PATH] [--person NAME] [--secrets-fd N] [--json]

Opens the shop with PIN and code and checks its pages, chain, MACs, tables and promises.
It is a login: the code is used up. Pakka must be closed. Nothing in the shop is changed,
but a shop last used with an older Pakka is brought up to date as by opening it.

  --device PATH   the folder of the device secret; <folder>-device when not given
  --person NAME   who opens, when there are several
  --secrets-fd N  reads PIN and code, a line each, from this open file; the terminal is asked otherwise
  --json          the verdict as JSON on standard output

exit code: 0 everything holds, 1 cannot read or write, 2 the words cannot be understood,
           3 not opened (refused, in use, missing), 4 opened and something does not hold";

/// What was checked, and what came of it.
#[derive(Debug, Serialize)]
struct Verdict {
    holds: bool,
    facts: u64,
    checks: Vec<Check>,
}

/// One thing that must hold; every place where it does not.
#[derive(Debug, Serialize)]
struct Check {
    name: &'static str,
    holds: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    broken: Vec<String>,
}

impl Check {
    fn new(name: &'static str, broken: Vec<String>) -> Check {
        Check { name, holds: broken.is_empty(), broken }
    }
}

/// The command as it was typed.
#[derive(Default)]
struct Wish {
    shop: PathBuf,
    device: Option<PathBuf>,
    person: Option<String>,
    secrets: Option<u32>,
    json: bool,
}

pub fn run(words: lexopt::Parser) -> Result<(), Stop> {
    let Some(wish) = read(words)? else { return Ok(()) };
    let places = places(&wish)?;
    let _hold = hold(&places.vault)?;
    let person = person(&places, wish.person.as_deref())?;
    let secrets = match wish.secrets {
        Some(number) => Secrets::read(number)?,
        None => Secrets::ask(&person.name)?,
    };
    let mut unlocked = unlock(&places, &person, &secrets, ask::now())?;
    let looks = || look_of(&wish.shop).ok().flatten();
    let was_untouched = unlocked.state.shut_as().is_some_and(|shut_as| looks() == Some(shut_as));
    let verdict = examine(&wish.shop, &unlocked)?;
    // Bringing an older file up to date is no meddling; a file that was changed before stays in doubt.
    if was_untouched {
        unlocked.state.note_shut(looks());
        unlocked.state.save(Flush::Now).map_err(refused)?;
    }
    if wish.json {
        println!("{}", serde_json::to_string_pretty(&verdict).expect("a verdict is plain data"));
    } else {
        print!("{}", told(&verdict));
    }
    if verdict.holds { Ok(()) } else { Err(Stop { code: 4, say: "the shop's records do not hold".to_owned() }) }
}

fn read(mut words: lexopt::Parser) -> Result<Option<Wish>, Stop> {
    let mut wish = Wish::default();
    while let Some(word) = words.next()? {
        match word {
            lexopt::Arg::Value(path) if wish.shop.as_os_str().is_empty() => wish.shop = path.into(),
            lexopt::Arg::Long("device") => wish.device = Some(words.value()?.into()),
            lexopt::Arg::Long("person") => wish.person = Some(words.value()?.to_string_lossy().into_owned()),
            lexopt::Arg::Long("secrets-fd") => {
                let number = words.value()?.to_string_lossy().parse();
                wish.secrets = Some(number.map_err(|_| Stop::unreadable("--secrets-fd wants a number"))?);
            }
            lexopt::Arg::Long("json") => wish.json = true,
            lexopt::Arg::Short('h') | lexopt::Arg::Long("help") => {
                println!("{HELP}");
                return Ok(None);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    if wish.shop.as_os_str().is_empty() { Err(Stop::unreadable(HELP)) } else { Ok(Some(wish)) }
}

/// Where the vault of a shop's file lies: beside it, its device secret in a folder of its own.
fn places(wish: &Wish) -> Result<vault::Places, Stop> {
    let shop = std::path::absolute(&wish.shop).map_err(|why| Stop::machine(why.to_string()))?;
    let (true, Some(data)) = (shop.is_file(), shop.parent()) else {
        return Err(Stop::refused(format!("there is no shop file {}", wish.shop.display())));
    };
    let beside = || {
        let mut name = data.file_name().unwrap_or_default().to_owned();
        name.push("-device");
        data.with_file_name(name)
    };
    Ok(vault::Places {
        vault: data.join("vault"),
        device: wish.device.clone().unwrap_or_else(beside),
        keystore: Arc::new(vault::MachineKeystore),
    })
}

/// Takes hold of the shop as Pakka does, so that nobody sells while it is examined.
fn hold(vault: &Path) -> Result<File, Stop> {
    let path = vault.with_file_name("pakka.lock");
    let file = File::create(path).map_err(|why| Stop::machine(format!("the shop's folder: {why}")))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Stop::refused("Pakka is open with this shop; close it first")),
        Err(TryLockError::Error(why)) => Err(Stop::machine(format!("the shop's folder: {why}"))),
    }
}

/// Who opens: the only person, or the one of the name.
fn person(places: &vault::Places, name: Option<&str>) -> Result<RosterPerson, Stop> {
    let Found::Locked(roster) = vault::find(places).map_err(refused)? else {
        return Err(Stop::refused("there is no vault beside this file"));
    };
    let mut people: Vec<RosterPerson> = roster.people;
    match name {
        Some(name) => people.retain(|person| person.name == name),
        None if people.len() > 1 => {
            let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
            return Err(Stop::refused(format!("say who opens with --person: {}", names.join(", "))));
        }
        None => {}
    }
    people.pop().ok_or_else(|| Stop::refused("nobody of this name opens this shop"))
}

fn unlock(places: &vault::Places, person: &RosterPerson, secrets: &Secrets, now: Now) -> Result<Unlocked, Stop> {
    if person.role != vault::OWNER {
        return Err(refused(vault::VaultError::OwnerNeeded));
    }
    let pin = Pin::typed(secrets.pin()).map_err(refused)?;
    vault::unlock(places, person.slot, &pin, secrets.code(), now).map_err(refused)
}

/// Opens the shop's file and checks all of it.
fn examine(path: &Path, unlocked: &Unlocked) -> Result<Verdict, Stop> {
    let key = unlocked.keys.db();
    let shop = Shop::open(path, &key, ROOMS).map_err(refused)?;
    let (facts, checks) = checks::all(&shop, unlocked, path, &key).map_err(|error| Stop::machine(error.to_string()))?;
    Ok(Verdict { holds: checks.iter().all(|check| check.holds), facts, checks })
}

fn told(verdict: &Verdict) -> String {
    let mut told = String::new();
    for check in &verdict.checks {
        told += &format!("{:<7}{}\n", if check.holds { "holds" } else { "BROKEN" }, check.name);
        told.extend(check.broken.iter().map(|place| format!("         {place}\n")));
    }
    let end = if verdict.holds { "everything holds" } else { "something does not hold" };
    told + &format!("{} facts: {end}\n", verdict.facts)
}

/// A refusal in the words the window would use.
fn refused(error: impl Into<Fault>) -> Stop {
    let fault = error.into();
    Stop::refused(format!("{} {} ({})", fault.say.en, fault.hint.en, fault.code))
}

#[cfg(test)]
mod tests;
