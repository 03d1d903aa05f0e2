//! One step: a program that is run, with a line before it and a clear word when it fails.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

/// Why the whole thing stopped, in words for whoever started it.
#[derive(Debug)]
pub struct Stop(pub String);

/// Says in one line what is being done.
pub fn say(what: &str) {
    println!("pakka: {what}");
}

/// A program with its arguments and what it is for.
pub struct Tool {
    what: String,
    hint: String,
    command: Command,
}

impl Tool {
    pub fn new(what: &str, program: impl AsRef<OsStr>) -> Tool {
        Tool { what: what.to_owned(), hint: String::new(), command: Command::new(program) }
    }

    /// The cargo that runs us.
    pub fn cargo(what: &str) -> Tool {
        Tool::new(what, env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
    }

    pub fn args<Word: AsRef<OsStr>>(mut self, words: impl IntoIterator<Item = Word>) -> Tool {
        self.command.args(words);
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Tool {
        self.command.env(name, value);
        self
    }

    pub fn within(mut self, folder: &str) -> Tool {
        self.command.current_dir(folder);
        self
    }

    /// What to do when it fails.
    pub fn hint(mut self, hint: &str) -> Tool {
        hint.clone_into(&mut self.hint);
        self
    }

    pub fn run(mut self) -> Result<(), Stop> {
        say(&self.what);
        let ended = self.command.status();
        self.judge(ended)
    }

    /// Runs it with its standard output into a file.
    pub fn run_into(mut self, file: &Path) -> Result<(), Stop> {
        say(&format!("{} (into {})", self.what, file.display()));
        let ended = File::create(file).and_then(|file| self.command.stdout(Stdio::from(file)).status());
        self.judge(ended)
    }

    fn judge(&self, ended: std::io::Result<std::process::ExitStatus>) -> Result<(), Stop> {
        let why = match ended {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        };
        let program =
            Path::new(self.command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let words: Vec<_> = self.command.get_args().map(OsStr::to_string_lossy).collect();
        let hint = if self.hint.is_empty() { String::new() } else { format!("\npakka: {}", self.hint) };
        Err(Stop(format!("pakka: stopped at: {} ({why})\n       {program} {}{hint}", self.what, words.join(" "))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_step_names_itself_and_what_to_do() {
        let Stop(why) = Tool::new("a try", "false").args(["--x"]).hint("do this").run().expect_err("false fails");
        assert!(why.contains("a try") && why.contains("false --x") && why.contains("do this"), "{why}");
        let Stop(why) = Tool::new("a try", "no-such-program").run().expect_err("there is none");
        assert!(why.contains("no-such-program"), "{why}");
    }
}
