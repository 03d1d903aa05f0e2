//! `pakkactl`: the shop's actions from a terminal, for accountants and tests.

mod bench;
mod doctor;
mod exact;
mod quote;

use std::process::ExitCode;

use pakka_guard::Wiping;

/// What the program lets go of is wiped, PIN and code above all.
#[global_allocator]
static HEAP: Wiping<std::alloc::System> = Wiping(std::alloc::System);

/// One command: its name, what it does in a line, and the function that runs it.
struct Command {
    name: &'static str,
    about: &'static str,
    run: fn(lexopt::Parser) -> Result<(), Stop>,
}

/// The commands in the order in which help lists them.
const COMMANDS: [Command; 3] = [
    Command { name: "quote", about: "price a document given as JSON; no shop needed", run: quote::run },
    Command { name: "bench", about: "measure the shop on this machine against its budgets", run: bench::run },
    Command { name: "doctor", about: "open a shop and prove that its records are whole", run: doctor::run },
];

/// Why a command ends early: the exit code and what is said on standard error.
#[derive(Debug)]
struct Stop {
    code: u8,
    say: String,
}

impl Stop {
    /// Reading or writing failed (1).
    fn machine(say: impl Into<String>) -> Stop {
        Stop { code: 1, say: say.into() }
    }

    /// The command line or the input cannot be understood (2).
    fn unreadable(say: impl Into<String>) -> Stop {
        Stop { code: 2, say: say.into() }
    }

    /// What was understood is refused (3).
    fn refused(say: impl Into<String>) -> Stop {
        Stop { code: 3, say: say.into() }
    }
}

impl From<lexopt::Error> for Stop {
    fn from(error: lexopt::Error) -> Stop {
        Stop::unreadable(error.to_string())
    }
}

fn main() -> ExitCode {
    pakka_guard::harden();
    match run(lexopt::Parser::from_env()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            eprintln!("pakkactl: {}", stop.say);
            ExitCode::from(stop.code)
        }
    }
}

fn run(mut words: lexopt::Parser) -> Result<(), Stop> {
    match words.next()? {
        Some(lexopt::Arg::Value(name)) => {
            let command = COMMANDS.iter().find(|command| name == command.name);
            let command = command.ok_or_else(|| Stop::unreadable(format!("no command {name:?}\n{}", help())))?;
            (command.run)(words)
        }
        Some(lexopt::Arg::Short('h') | lexopt::Arg::Long("help")) => {
            println!("{}", help());
            Ok(())
        }
        Some(lexopt::Arg::Short('V') | lexopt::Arg::Long("version")) => {
            println!("pakkactl {}", env!("CARGO_PKG_VERSION"));
            Ok(())
        }
        Some(other) => Err(other.unexpected().into()),
        None => Err(Stop::unreadable(help())),
    }
}

fn help() -> String {
    let commands = COMMANDS.iter().map(|command| format!("\n  {:<10}{}", command.name, command.about));
    format!("usage: pakkactl <command> [options]\n{}", commands.collect::<String>())
}
