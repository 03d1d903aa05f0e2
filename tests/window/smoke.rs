//! The window stands, keeps its rules, and leaves nothing behind.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use pakka_window_tests::display::Display;
use pakka_window_tests::process::end;
use pakka_window_tests::till::{HOMES, Till, program, surroundings};

/// An empty page takes 0.6 to 1.0 s; a debug build on a busy machine may take longer, but not this long.
const PAINTED_MAX: Duration = Duration::from_secs(6);

#[test]
fn the_window_stands_and_keeps_its_rules() {
    let folder = tempfile::tempdir().expect("a folder");
    let till = Till::start(folder.path());
    till.shot("first-screen");
    println!("driven, first paint after {} ms", till.painted_after().as_millis());
    assert!(till.painted_after() < PAINTED_MAX);

    let no_eval = till.look("try { return eval('1 + 1') } catch (refused) { return refused.name }");
    assert_eq!(no_eval, "EvalError", "the policy lets no text become code");
    let no_markup =
        "try { document.createElement('p').innerHTML = '<b>x</b>'; return 'taken' } catch (no) { return no.name }";
    assert_eq!(till.look(no_markup), "TypeError", "no text becomes part of the page unseen");
    let no_network = till.look_later(
        "const say = arguments[0]; fetch('https://example.org/').then(() => say('went out'), () => say('stayed in'))",
    );
    assert_eq!(no_network, "stayed in");
    let no_frame = till.look_later(
        "const say = arguments[0]; addEventListener('securitypolicyviolation', event => say(event.effectiveDirective)); \
         const frame = document.createElement('iframe'); frame.src = 'https://example.org/'; document.body.append(frame);",
    );
    assert_eq!(no_frame, "frame-src");
    for unknown in ["no_such_command", "plugin:event|emit", "plugin:window|set_title", "plugin:path|resolve_directory"]
    {
        let answer = till.look_later(&format!(
            "const say = arguments[0]; window.__TAURI_INTERNALS__.invoke('{unknown}', {{}}).then(() => say('done'), said => say(String(said)))"
        ));
        assert!(answer.as_str().is_some_and(|said| said.contains("not allowed")), "{unknown}: {answer}");
    }
    let known = till.look_later(
        "const say = arguments[0]; window.__TAURI_INTERNALS__.invoke('desk_state', { request: {} }).then(view => say(view.stage), said => say(said))",
    );
    assert_eq!(known, "new", "an empty folder is a new shop");
    let stays =
        till.look("location.href = 'https://example.org/'; return window.open('https://example.org/') === null");
    assert_eq!(stays, true, "no second window");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(till.look("return location.host"), "localhost", "the pane goes nowhere else");
}

#[test]
fn every_kind_of_key_arrives_as_from_a_keyboard() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut till = Till::start(folder.path());
    let _ = till.look(
        "window.__heard = []; addEventListener('keydown', event => { if (!['Alt', 'Control'].includes(event.key)) \
         window.__heard.push((event.isTrusted ? '' : '!') + (event.ctrlKey ? 'Ctrl+' : '') + (event.altKey ? 'Alt+' : '') + \
         event.key + '@' + event.code); event.preventDefault(); event.stopImmediatePropagation(); }, true)",
    );
    for key in
        ["F1", "F7", "F10", "F12", "Alt+1", "Alt+B", "Ctrl+S", "Ctrl+Delete", "Insert", "Escape", "ArrowUp", "?", "प"]
    {
        till.key(key);
    }
    till.scan("8901");
    let heard = till.look("return window.__heard.map(key => key.split('@')[0]).join(' ')");
    assert_eq!(heard, "F1 F7 F10 F12 Alt+1 Alt+b Ctrl+s Ctrl+Delete Insert Escape ArrowUp ? प 8 9 0 1 Enter");
    println!("{}", till.look("return window.__heard.join(' ')"));
    assert_eq!(till.counted(), 13, "a chord is one key, a scan none");
}

#[test]
fn the_plug_can_be_pulled_and_the_window_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut till = Till::start(folder.path());
    till.kill9();
    till.restart();
    till.wait_for("[data-screen]");
    till.restart();
    till.wait_for("[data-screen]");
}

#[test]
fn undriven_it_paints_closes_when_told_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in HOMES {
        fs::create_dir(folder.path().join(name)).expect("a folder");
    }
    let display = Display::start();
    let mut window = Command::new(program())
        .arg("--say-painted")
        .env_clear()
        .envs(surroundings(folder.path(), &display.name()))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the window starts");
    #[expect(clippy::disallowed_methods, reason = "a test waits in the machine's time")]
    let begun = std::time::Instant::now();
    let said = BufReader::new(window.stdout.take().expect("stdout is piped")).lines().next();
    println!("undriven, first screen painted after {} ms", begun.elapsed().as_millis());
    assert_eq!(said.expect("a line").expect("a line"), "painted");
    assert!(begun.elapsed() < PAINTED_MAX);
    std::thread::sleep(Duration::from_millis(500));
    end(window.id(), "TERM");
    assert_eq!(window.wait().expect("it ended").code(), Some(0), "told to close, it closes in order");

    // The system's graphics and sound keep what they learnt about this machine; nothing of it is the shop's.
    let home = folder.path().join("home");
    let of_the_machine = ["mesa_shader_cache", "gstreamer-1.0"].map(|name| home.join(".cache").join(name));
    let left = files(&home).into_iter().filter(|path| !of_the_machine.iter().any(|cache| path.starts_with(cache)));
    assert_eq!(left.collect::<Vec<_>>(), Vec::<PathBuf>::new(), "nothing in the home folder");
    for left in files(&folder.path().join("shop/webview")) {
        let name = left.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let size = fs::metadata(&left).expect("it is there").len();
        assert!(
            (name == "salt" && size == 8) || (name == "hsts-storage.sqlite" && size <= 12_288),
            "the web view wrote {} ({size} bytes)",
            left.display()
        );
    }
}

#[test]
fn a_release_refuses_to_be_built_with_the_trial_clock() {
    let folder = tempfile::tempdir().expect("a folder");
    let refuses = |debug: &str| {
        let told = Command::new("rustc")
            .args(["--edition", "2024", "--emit", "metadata", "--cfg", "feature=\"trial\"", "-C"])
            .arg(format!("debug-assertions={debug}"))
            .arg("--out-dir")
            .arg(folder.path())
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src-tauri/window/main.rs"))
            .output()
            .expect("rustc is there");
        String::from_utf8_lossy(&told.stderr).contains("a release has the machine's clock only")
    };
    assert!(refuses("off"));
    assert!(!refuses("on"));
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
