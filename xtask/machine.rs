//! What the machine must have, what it has, and how it gets the rest.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::step::{self, Stop, Tool};

/// What something is needed for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// To build and run the window.
    Build,
    /// To drive it on a screen nobody sees.
    Watch,
    /// To press keys in the window as it is shipped.
    Measure,
}

enum Sign {
    /// A program on the path.
    Program(&'static str),
    /// A library that pkg-config knows.
    Library(&'static str),
}

/// One thing the machine must have: how one sees that it is there, and its package by distribution.
struct Part {
    need: Need,
    sign: Sign,
    debian: &'static str,
    fedora: &'static str,
    arch: &'static str,
    suse: &'static str,
}

const PARTS: [Part; 10] = [
    Part {
        need: Need::Build,
        sign: Sign::Program("cc"),
        debian: "build-essential",
        fedora: "gcc gcc-c++ make",
        arch: "base-devel",
        suse: "gcc gcc-c++ make",
    },
    Part {
        need: Need::Build,
        sign: Sign::Program("pkg-config"),
        debian: "pkg-config",
        fedora: "pkgconf-pkg-config",
        arch: "pkgconf",
        suse: "pkgconf-pkg-config",
    },
    Part { need: Need::Build, sign: Sign::Program("perl"), debian: "perl", fedora: "perl", arch: "perl", suse: "perl" },
    Part {
        need: Need::Build,
        sign: Sign::Library("webkit2gtk-4.1"),
        debian: "libwebkit2gtk-4.1-dev",
        fedora: "webkit2gtk4.1-devel",
        arch: "webkit2gtk-4.1",
        suse: "webkit2gtk3-devel",
    },
    Part {
        need: Need::Build,
        sign: Sign::Library("libcrypto"),
        debian: "libssl-dev",
        fedora: "openssl-devel",
        arch: "openssl",
        suse: "libopenssl-devel",
    },
    Part {
        need: Need::Watch,
        sign: Sign::Program("Xvfb"),
        debian: "xvfb",
        fedora: "xorg-x11-server-Xvfb",
        arch: "xorg-server-xvfb",
        suse: "xorg-x11-server-Xvfb",
    },
    Part {
        need: Need::Watch,
        sign: Sign::Program("WebKitWebDriver"),
        debian: "webkit2gtk-driver",
        fedora: "(whatever `dnf provides '*/WebKitWebDriver'` names)",
        arch: "(whatever `pacman -F WebKitWebDriver` names)",
        suse: "(whatever `zypper search --provides WebKitWebDriver` names)",
    },
    Part {
        need: Need::Watch,
        sign: Sign::Program("pdftotext"),
        debian: "poppler-utils",
        fedora: "poppler-utils",
        arch: "poppler",
        suse: "poppler-tools",
    },
    Part {
        need: Need::Measure,
        sign: Sign::Program("xdotool"),
        debian: "xdotool",
        fedora: "xdotool",
        arch: "xdotool",
        suse: "xdotool",
    },
    Part { need: Need::Watch, sign: Sign::Program("qpdf"), debian: "qpdf", fedora: "qpdf", arch: "qpdf", suse: "qpdf" },
];

/// Installs what is missing on Debian and its children; elsewhere names it and stops.
pub fn provide(needs: &[Need]) -> Result<(), Stop> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let missing: Vec<&Part> = PARTS.iter().filter(|part| needs.contains(&part.need) && !part.is_there()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let debian = packages(&missing, |part| part.debian);
    if !(Path::new("/etc/debian_version").exists() && has("apt-get")) {
        return Err(Stop(format!(
            "pakka: this machine lacks some packages. Install them and start again:\n  \
             Debian, Ubuntu:  apt-get install {}\n  Fedora:          dnf install {}\n  \
             Arch:            pacman -S {}\n  openSUSE:        zypper install {}",
            debian.join(" "),
            packages(&missing, |part| part.fedora).join(" "),
            packages(&missing, |part| part.arch).join(" "),
            packages(&missing, |part| part.suse).join(" "),
        )));
    }
    let by_hand = format!("as administrator: apt-get install {}", debian.join(" "));
    step::say(&format!("missing on this machine: {}", debian.join(" ")));
    as_root("fetch the list of packages", &["apt-get", "update", "-q"], &by_hand)?;
    let install = ["apt-get", "install", "-q", "-y", "--no-install-recommends"];
    as_root("install them", &[&install[..], &debian[..]].concat(), &by_hand)
}

fn packages<'a>(parts: &[&'a Part], of: impl Fn(&'a Part) -> &'a str) -> Vec<&'a str> {
    parts.iter().map(|part| of(part)).collect()
}

fn as_root(what: &str, words: &[&str], by_hand: &str) -> Result<(), Stop> {
    let root = Command::new("id").arg("-u").output().is_ok_and(|told| told.stdout.trim_ascii() == b"0");
    if !root && !has("sudo") {
        return Err(Stop(format!("pakka: this needs the administrator; {by_hand}")));
    }
    let words = if root { words.to_vec() } else { [&["sudo"], words].concat() };
    let tool = Tool::new(what, words[0]).args(&words[1..]).env("DEBIAN_FRONTEND", "noninteractive");
    tool.hint(by_hand).run()
}

impl Part {
    fn is_there(&self) -> bool {
        match self.sign {
            Sign::Program(name) => has(name),
            Sign::Library(name) => quiet(Command::new("pkg-config").args(["--exists", name])),
        }
    }
}

/// Whether a program lies on the path.
pub fn has(program: &str) -> bool {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(&name).is_file()))
}

/// Whether a window can be shown to somebody.
pub fn has_display() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Sees that cargo has a part of its own, such as clippy.
pub fn component(command: &str, component: &str) -> Result<(), Stop> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    if quiet(Command::new(cargo).args([command, "--version"])) {
        return Ok(());
    }
    Tool::new(&format!("add {component} to the Rust tools"), "rustup")
        .args(["component", "add", component])
        .hint(&format!("install {component} for this version of Rust"))
        .run()
}

fn quiet(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|ended| ended.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_on_the_path_only() {
        assert!(has("cargo"));
        assert!(!has("no-such-program"));
    }
}
