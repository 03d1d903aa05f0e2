//! A till as its cashier has it: keys go in, the screen is read.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use base64::Engine;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::display::Display;
use crate::keys;
use crate::process::{child_of, end, runs};
use crate::wire::Wire;

/// How long the screen may take to show what is expected.
const PATIENCE: Duration = Duration::from_secs(10);
/// More fields than any screen has.
const TABS_MAX: usize = 40;
/// A typist's pause after each key: well above the 35 ms by which the window knows a scanner.
const TYPIST_MS: u64 = 70;

/// The gap by which the window knows a typist from a scanner.
const SCANNER_MS: f64 = 35.0;
/// A machine that tears more scans than this in a row is of no use for testing.
const TORN_MAX: usize = 8;
/// Has the page write down when each key of a burst went down; says what is to pay.
const LISTEN: &str = "if (!window.__downs) addEventListener('keydown', event => window.__downs.push(event.timeStamp), true); \
                      window.__downs = []; \
                      return document.querySelector('#to-pay')?.dataset.toPay ?? null;";
/// The longest time between two keys of the burst.
const WIDEST_GAP: &str = "return Math.max(0, ...window.__downs.slice(1).map((at, key) => at - window.__downs[key]));";

/// The window on a screen of its own, with a shop folder, a clock and a count of the keys pressed.
pub struct Till {
    folder: PathBuf,
    display: Display,
    /// None between a kill and the next start.
    wire: Option<Wire>,
    window_pid: u32,
    keys: usize,
    pace: Duration,
    pictures: PathBuf,
    pictures_begin: &'static str,
    painted: Duration,
}

impl Till {
    /// Starts the window on the shop in `folder/shop` and waits for its first screen.
    #[must_use]
    pub fn start(folder: &Path) -> Till {
        let mut till = Till {
            folder: folder.to_owned(),
            display: Display::start(),
            wire: None,
            window_pid: 0,
            keys: 0,
            pace: Duration::ZERO,
            pictures: repository().join("test-output/window"),
            pictures_begin: "",
            painted: Duration::ZERO,
        };
        till.open();
        till
    }

    /// Waits this long after each key and chord, so that a person can follow, and puts pictures elsewhere.
    pub fn slowly(&mut self, pace: Duration, pictures: &Path) {
        self.pace = pace;
        pictures.clone_into(&mut self.pictures);
    }

    /// Puts a word before the name of every picture from now on.
    pub fn pictures_begin_with(&mut self, word: &'static str) {
        self.pictures_begin = word;
    }

    fn open(&mut self) {
        for folder in HOMES {
            fs::create_dir_all(self.folder.join(folder)).expect("the test's folder can be written");
        }
        let begun = wall_ms();
        let wire = Wire::start(&program(), &surroundings(&self.folder, &self.display.name()));
        self.window_pid = child_of(wire.driver_pid()).expect("the driver started the window");
        self.wire = Some(wire);
        self.wait_for("[data-screen]");
        // The page knows when it first painted; the clock is the same machine's.
        let painted = self.look(
            "const first = performance.getEntriesByName('first-contentful-paint')[0]; \
             return first ? performance.timeOrigin + first.startTime : null;",
        );
        self.painted =
            painted.as_f64().map_or(Duration::ZERO, |at| Duration::from_secs_f64((at - begun).max(0.0) / 1e3));
    }

    /// From starting the process to the first thing painted; includes what the driver itself needs.
    #[must_use]
    pub fn painted_after(&self) -> Duration {
        self.painted
    }

    /// Presses one key or chord by its name, such as `F12`, `Enter`, `Alt+1`.
    pub fn key(&mut self, name: &str) {
        self.keys += 1;
        self.wire().keys(&keys::chord(name));
        sleep(self.pace);
    }

    /// Types a text as a person does.
    pub fn keys(&mut self, text: &str) {
        self.keys += text.chars().count();
        self.wire().keys(&keys::strokes(text, TYPIST_MS.max(self.pace.as_millis() as u64 / 8)));
        sleep(self.pace);
    }

    /// A scanner's burst and its Enter, in one go. A scan counts as no key.
    ///
    /// The machine under the test may be too busy to play a scanner; a burst that it tore is made again.
    pub fn scan(&mut self, code: &str) {
        assert!(self.scan_if_it_runs(code).is_some(), "the window was gone before {code} was scanned");
        sleep(self.pace);
    }

    /// Presses a key and scans in the same breath, before the screen that the key leads to has been painted. Says
    /// whether the machine kept the scan in one piece.
    pub fn key_and_scan(&mut self, name: &str, code: &str) -> bool {
        self.keys += 1;
        let mut burst = keys::chord(name);
        burst.extend(keys::strokes(code, 0));
        burst.extend(keys::chord("Enter"));
        let _ = self.look(LISTEN);
        self.wire().keys(&burst);
        sleep(self.pace);
        // The time from the key to the scan is the hand's own.
        let _ = self.look("window.__downs.shift()");
        self.look(WIDEST_GAP).as_f64().expect("a gap in milliseconds") < SCANNER_MS
    }

    /// As [`Till::scan`], while somebody may pull the plug; `None` when the window is gone.
    pub fn scan_if_it_runs(&self, code: &str) -> Option<()> {
        let mut burst = keys::strokes(code, 0);
        burst.extend(keys::chord("Enter"));
        for _ in 0..TORN_MAX {
            let before = self.look_if_it_runs(LISTEN)?;
            self.wire().keys_if_it_runs(&burst)?;
            let gap = self.look_if_it_runs(WIDEST_GAP)?.as_f64().expect("a gap in milliseconds");
            if gap < SCANNER_MS {
                return Some(());
            }
            println!("the machine tore a scan apart: {gap:.0} ms between two keys");
            sleep(Duration::from_millis(150));
            for _ in 0..3 {
                self.key_if_it_runs("Escape")?;
            }
            // A part of it may have been taken for a code of its own.
            if self.look_if_it_runs(LISTEN)? != before {
                self.key_if_it_runs("-")?;
                sleep(Duration::from_millis(150));
            }
        }
        panic!("the machine is too busy to play a scanner");
    }

    /// Scans, and measures from the scanner's Enter to the frame in which what `css` names has changed.
    ///
    /// The page itself measures, so the driver's own slowness is not in it; `None` for a scan that the machine tore.
    pub fn scan_timed(&mut self, code: &str, css: &str) -> Option<Duration> {
        let armed = self.look_with(
            "const [css] = arguments, seen = document.querySelector(css); if (!seen) return false; \
             const mark = window.__scan = { enter: 0, shown: 0 }, port = new MessageChannel(); \
             const heard = event => { if (event.key === 'Enter') mark.enter = event.timeStamp; }; \
             addEventListener('keydown', heard, true); \
             port.port1.onmessage = () => { mark.shown = performance.now(); removeEventListener('keydown', heard, true); }; \
             const watch = new MutationObserver(() => { if (!mark.enter) return; watch.disconnect(); \
               requestAnimationFrame(() => port.port2.postMessage('painted')); }); \
             watch.observe(seen, { subtree: true, childList: true, characterData: true }); return true;",
            &json!([css]),
        );
        assert_eq!(armed, json!(true), "nothing on the screen is {css}");
        self.scan(code);
        let shown = patiently(Duration::from_secs(2), || {
            self.look("return window.__scan.shown ? window.__scan.shown - window.__scan.enter : null").as_f64()
        })?;
        Some(Duration::from_secs_f64(shown.max(0.0) / 1e3))
    }

    /// Waits until the words are on the screen.
    pub fn see(&self, words: &str) {
        let seen = patiently(PATIENCE, || self.shows(words).then_some(()));
        assert!(seen.is_some(), "{words:?} did not come on the screen, which shows:\n{}", self.words());
    }

    /// Waits until the words are off the screen.
    pub fn see_no_more(&self, words: &str) {
        let gone = patiently(PATIENCE, || (!self.shows(words)).then_some(()));
        assert!(gone.is_some(), "{words:?} stayed on the screen, which shows:\n{}", self.words());
    }

    /// Waits until the window is on a screen, such as `counter` or `lock`, and takes keys there.
    pub fn on_screen(&self, name: &str) {
        self.wait_for(&format!("[data-screen={name:?}]"));
        match name {
            // The bill and the amounts come from the shop a moment later than the screen.
            "counter" => self.wait_for("#scan"),
            "pay" => self.wait_for("#tendered"),
            _ => {}
        }
    }

    /// Waits until a screen is at one of its steps.
    pub fn on_step(&self, name: &str) {
        self.wait_for(&format!("[data-step={name:?}]"));
    }

    /// Goes with Tab to the field of that id.
    pub fn go_to(&mut self, id: &str) {
        self.wait_for(&format!("#{id}"));
        for _ in 0..TABS_MAX {
            if self.look("return document.activeElement.id") == id {
                return;
            }
            self.key("Tab");
        }
        panic!("Tab does not lead to #{id}; the screen shows:\n{}", self.words());
    }

    /// Goes to a field and types into it, over what is there.
    pub fn fill(&mut self, id: &str, text: &str) {
        self.go_to(id);
        if self.look("return document.activeElement.value") != "" {
            self.key("Ctrl+A");
        }
        self.keys(text);
    }

    /// Waits until something matches.
    pub fn wait_for(&self, css: &str) {
        let found = patiently(PATIENCE, || self.text_now(css));
        assert!(found.is_some(), "nothing on the screen became {css}; it shows:\n{}", self.words());
    }

    /// The words, or the value, of the first thing that matches; waits for it.
    #[must_use]
    pub fn text(&self, css: &str) -> String {
        patiently(PATIENCE, || self.text_now(css)).unwrap_or_else(|| panic!("nothing on the screen is {css}"))
    }

    /// How many things match now.
    #[must_use]
    pub fn count(&self, css: &str) -> usize {
        self.look_with("return document.querySelectorAll(arguments[0]).length", &json!([css])).as_u64().unwrap_or(0)
            as usize
    }

    fn text_now(&self, css: &str) -> Option<String> {
        let script = "const found = document.querySelector(arguments[0]); \
                      return found ? (typeof found.value === 'string' ? found.value : found.innerText ?? '').trim() : null;";
        self.look_with(script, &json!([css])).as_str().map(str::to_owned)
    }

    /// What a script in the page returns; for looking, never for acting.
    #[must_use]
    pub fn look(&self, script: &str) -> Value {
        self.look_with(script, &json!([]))
    }

    /// What a script in the page returns for these arguments; for looking, never for acting.
    #[must_use]
    pub fn look_with(&self, script: &str, arguments: &Value) -> Value {
        self.wire().look(script, arguments)
    }

    /// What a script says later through `arguments[0]`.
    #[must_use]
    pub fn look_later(&self, script: &str) -> Value {
        self.wire().look_later(script, &json!([]))
    }

    /// All words on the screen.
    #[must_use]
    pub fn words(&self) -> String {
        self.look("return document.body.innerText").as_str().unwrap_or_default().to_owned()
    }

    fn shows(&self, words: &str) -> bool {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        plain(&self.words()).contains(&plain(words))
    }

    /// Keeps a picture of the window as `<name>.png`.
    pub fn shot(&self, name: &str) -> PathBuf {
        // A picture shows the frame last painted, so that what just changed gets one.
        let _ = self.look_later("requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0])))");
        let picture = self.wire().picture().expect("the window is there");
        let path = self.pictures.join(format!("{}{name}.png", self.pictures_begin));
        fs::create_dir_all(&self.pictures).expect("the folder for pictures can be made");
        let bytes = base64::engine::general_purpose::STANDARD.decode(picture).expect("pictures come in base 64");
        fs::write(&path, bytes).expect("the picture can be written");
        path
    }

    /// Keys pressed since the last asking; a chord is one, a scan none.
    pub fn counted(&mut self) -> usize {
        std::mem::take(&mut self.keys)
    }

    /// Sets the till's clock ahead of the machine's by this many seconds.
    pub fn ahead(&self, seconds: i64) {
        fs::write(self.folder.join("clock"), seconds.to_string()).expect("the test's folder can be written");
    }

    /// Sets the clock on the till's wall wrong by this many seconds besides; the phone's is right.
    pub fn wrong_by(&self, ahead_s: i64, wrong_s: i64) {
        fs::write(self.folder.join("clock"), format!("{ahead_s} {wrong_s}")).expect("the test's folder can be written");
    }

    /// The six digits that an authenticator app shows for a secret in base 32 at the till's own time.
    #[must_use]
    pub fn code(&self, secret: &str) -> String {
        let moved = fs::read_to_string(self.folder.join("clock")).unwrap_or_default();
        let ahead = moved.split_whitespace().next().map_or(0, |text| text.parse::<i64>().unwrap_or(0));
        code_at(secret, wall_ms() + 1e3 * ahead as f64)
    }

    /// The folder in which the shop is.
    #[must_use]
    pub fn shop(&self) -> PathBuf {
        self.folder.join("shop")
    }

    /// Where papers are saved.
    #[must_use]
    pub fn papers(&self) -> PathBuf {
        self.shop().join("papers")
    }

    /// The file that the file dialog of a trial always chooses.
    #[must_use]
    pub fn chosen_file(&self) -> PathBuf {
        self.folder.join("chosen.csv")
    }

    /// The folder that the folder dialog of a trial always chooses.
    #[must_use]
    pub fn chosen_folder(&self) -> PathBuf {
        self.folder.join("chosen")
    }

    /// The folder that holds all a till keeps: the shop, its home, its temporary files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The number of the window's process.
    #[must_use]
    pub fn window_pid(&self) -> u32 {
        self.window_pid
    }

    /// As [`Till::key`], while somebody may pull the plug; `None` when the window is gone.
    pub fn key_if_it_runs(&self, name: &str) -> Option<()> {
        self.wire().keys_if_it_runs(&keys::chord(name))
    }

    /// As [`Till::look`], while somebody may pull the plug; `None` when the window is gone.
    #[must_use]
    pub fn look_if_it_runs(&self, script: &str) -> Option<Value> {
        self.wire().look_if_it_runs(script)
    }

    /// Pulls the plug: the window ends without being asked.
    pub fn kill9(&mut self) {
        end(self.window_pid, "KILL");
        self.wire = None;
    }

    /// Lets go of a window that somebody else ended.
    pub fn is_gone(&mut self) {
        let gone = patiently(Duration::from_secs(15), || (!runs(self.window_pid)).then_some(()));
        assert!(gone.is_some(), "the window (process {}) still runs", self.window_pid);
        self.wire = None;
    }

    /// Closes the window as the system does at log-out, if it runs, and starts it again.
    pub fn restart(&mut self) {
        self.close();
        self.open();
    }

    fn close(&mut self) {
        if self.wire.is_some() {
            end(self.window_pid, "TERM");
            self.wire = None;
        }
    }

    fn wire(&self) -> &Wire {
        self.wire.as_ref().expect("the window runs; after kill9 comes restart")
    }
}

impl Drop for Till {
    fn drop(&mut self) {
        if self.wire.is_none() {
            return;
        }
        if std::thread::panicking() {
            if let Ok(picture) = self.wire().picture()
                && let Ok(bytes) = base64::engine::general_purpose::STANDARD.decode(picture)
            {
                let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
                let path = self.pictures.join(format!("failed-{name}.png"));
                let _ = fs::create_dir_all(&self.pictures).and_then(|()| fs::write(&path, bytes));
                eprintln!("the screen as it was: {}", path.display());
            }
            // A second panic would hide the first.
            let _ = std::process::Command::new("kill").args(["-s", "KILL", &self.window_pid.to_string()]).status();
        } else {
            self.close();
        }
    }
}

/// Asks again every few milliseconds until there is an answer or the time is over.
pub fn patiently<Answer>(time: Duration, mut ask: impl FnMut() -> Option<Answer>) -> Option<Answer> {
    let begun = now();
    loop {
        let answer = ask();
        if answer.is_some() || begun.elapsed() > time {
            return answer;
        }
        sleep(Duration::from_millis(15));
    }
}

/// The folders that stand before the window starts, in the till's own folder.
pub const HOMES: [&str; 3] = ["home", "run", "tmp"];

/// The surroundings of a till: its own home and temporary folder, Indian time, no desktop services.
///
/// Everything that the window, its web view or a library writes lands under `folder`.
#[must_use]
pub fn surroundings(folder: &Path, display: &str) -> Vec<(String, String)> {
    let at = |name: &str| folder.join(name).display().to_string();
    #[expect(clippy::disallowed_methods, reason = "the driver must find its programs")]
    let path = std::env::var("PATH").unwrap_or_default();
    let set = [
        ("PATH", path),
        ("DISPLAY", display.to_owned()),
        ("HOME", at("home")),
        ("XDG_RUNTIME_DIR", at("run")),
        ("XDG_CONFIG_HOME", at("home/.config")),
        ("XDG_CACHE_HOME", at("home/.cache")),
        ("XDG_DATA_HOME", at("home/.local/share")),
        ("XDG_STATE_HOME", at("home/.local/state")),
        ("TMPDIR", at("tmp")),
        ("PAKKA_HOME", at("shop")),
        ("PAKKA_TRIAL_CLOCK", at("clock")),
        ("PAKKA_TRIAL_FILE", at("chosen.csv")),
        ("PAKKA_TRIAL_FOLDER", at("chosen")),
        ("TZ", "Asia/Kolkata".to_owned()),
        ("LC_ALL", "C.UTF-8".to_owned()),
        ("GSETTINGS_BACKEND", "memory".to_owned()),
        ("NO_AT_BRIDGE", "1".to_owned()),
    ];
    set.map(|(name, value)| (name.to_owned(), value)).to_vec()
}

/// The window as built beside this test, or the one that `PAKKA_WINDOW` names.
#[must_use]
pub fn program() -> PathBuf {
    let beside = || {
        let test = std::env::current_exe().expect("a test has a path");
        let folder = test.parent().expect("a program lies in a folder");
        let folder = if folder.ends_with("deps") { folder.parent().expect("deps lies in one") } else { folder };
        folder.join("pakka-counter")
    };
    let program = std::env::var_os("PAKKA_WINDOW").map_or_else(beside, PathBuf::from);
    assert!(program.exists(), "{} is not built; `cargo xtask test` builds it", program.display());
    program
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[expect(clippy::disallowed_methods, reason = "a test waits in the machine's time")]
fn now() -> Instant {
    Instant::now()
}

/// The machine's time in Unix milliseconds.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the code app and the page go by the machine's time")]
pub fn wall_ms() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs_f64() * 1e3
}

/// The six digits that an authenticator app shows for a secret in base 32 at a moment.
#[must_use]
pub fn code_at(secret: &str, wall_ms: f64) -> String {
    let secret: String = secret.chars().filter(char::is_ascii_alphanumeric).collect();
    let secret = Secret::try_from_base32(secret).expect("the secret on the screen is base 32");
    let app = Builder::new().with_secret(secret).build().expect("the secret is long enough");
    app.generate((wall_ms / 1e3) as u64).to_string()
}
