//! WebDriver (W3C) over plain HTTP to WebKit's own driver on this machine, and no more of it than a till needs.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::process::Started;
use crate::till::patiently;

/// No answer of the driver takes longer, starting the window included.
const ANSWER_MAX: Duration = Duration::from_secs(60);
/// What the driver says of a look at a page that was just being left.
const UNLOADED: &str = "before the unload event";
/// A page is left once; more looks than this into one change are something else.
const LOOKS_MAX: usize = 5;

/// One driver with one window.
pub struct Wire {
    port: u16,
    session: String,
    driver: Started,
}

impl Wire {
    /// Starts the driver in the surroundings given, and through it the window.
    ///
    /// WebKit's driver hands its environment on; with `TAURI_WEBVIEW_AUTOMATION` the window lets itself be driven.
    #[must_use]
    pub fn start(program: &Path, surroundings: &[(String, String)]) -> Wire {
        let port = free_port();
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env_clear()
            .envs(surroundings.iter().cloned())
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver is installed (`cargo xtask test` sees to it)");
        let mut wire = Wire { port, session: String::new(), driver: Started(driver) };
        let ready = patiently(Duration::from_secs(10), || TcpStream::connect(("127.0.0.1", port)).ok());
        assert!(ready.is_some(), "WebKitWebDriver did not listen on port {port}");
        let wished = json!({ "webkitgtk:browserOptions": { "binary": program, "args": [] } });
        let begun = wire.send("POST", "/session", &json!({ "capabilities": { "alwaysMatch": wished } }));
        let begun = begun.unwrap_or_else(|said| panic!("the window {} did not start: {said}", program.display()));
        begun["sessionId"].as_str().expect("a session has a name").clone_into(&mut wire.session);
        wire
    }

    /// The number of the driver's process; the window is its child.
    #[must_use]
    pub fn driver_pid(&self) -> u32 {
        self.driver.pid()
    }

    /// Key events, in order, as the page sees them from a keyboard.
    pub fn keys(&self, actions: &[Value]) {
        self.told("/actions", &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] }));
    }

    /// As [`Wire::keys`]; `None` when there is no window any more.
    pub fn keys_if_it_runs(&self, actions: &[Value]) -> Option<()> {
        let body = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] });
        self.send("POST", &format!("/session/{}/actions", self.session), &body).ok().map(|_| ())
    }

    /// As [`Wire::look`]; `None` when there is no window any more.
    #[must_use]
    pub fn look_if_it_runs(&self, script: &str) -> Option<Value> {
        let body = json!({ "script": script, "args": [] });
        self.send("POST", &format!("/session/{}/execute/sync", self.session), &body).ok()
    }

    /// What a script in the page returns; for looking, never for acting.
    #[must_use]
    pub fn look(&self, script: &str, arguments: &Value) -> Value {
        self.told("/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// What a script in the page says later through its last argument.
    #[must_use]
    pub fn look_later(&self, script: &str, arguments: &Value) -> Value {
        self.told("/execute/async", &json!({ "script": script, "args": arguments }))
    }

    /// The window as a PNG picture, in base 64.
    ///
    /// # Errors
    /// What the driver said, when there is no window any more.
    pub fn picture(&self) -> Result<String, String> {
        let shown = self.send("GET", &format!("/session/{}/screenshot", self.session), &Value::Null)?;
        Ok(shown.as_str().unwrap_or_default().to_owned())
    }

    /// On a full lock the window loads an empty page in place of the old one: a look that fell into the change is
    /// taken again on the new page.
    fn told(&self, path: &str, body: &Value) -> Value {
        let path = format!("/session/{}{path}", self.session);
        let mut answer = self.send("POST", &path, body);
        for _ in 0..LOOKS_MAX {
            if !answer.as_ref().is_err_and(|said| said.contains(UNLOADED)) {
                break;
            }
            answer = self.send("POST", &path, body);
        }
        answer.unwrap_or_else(|said| panic!("{path} was refused: {said}"))
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer = exchange(self.port, method, path, &body).map_err(|error| format!("no answer: {error}"))?;
        let mut answer: Value = serde_json::from_slice(&answer).map_err(|error| format!("no JSON: {error}"))?;
        let value = answer["value"].take();
        match value.get("error") {
            Some(error) => Err(format!("{error}: {}", value["message"])),
            None => Ok(value),
        }
    }
}

/// One question and its answer, one connection for both.
fn exchange(port: u16, method: &str, path: &str, body: &str) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(ANSWER_MAX))?;
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n");
    let head = format!("{head}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n");
    stream.write_all((head + body).as_bytes())?;
    let mut answer = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        if answer.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    answer.read_exact(&mut body)?;
    Ok(body)
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("a bound listener has an address").port()
}
