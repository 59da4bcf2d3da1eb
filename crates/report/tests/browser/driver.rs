//! A browser, driven by `WebDriver` over HTTP.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// The keys that `WebDriver` names by a character of its own.
pub const TAB: &str = "\u{E004}";
pub const RIGHT: &str = "\u{E014}";
pub const ENTER: &str = "\u{E007}";

/// An answer that takes longer never comes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Headless Chromium, with the driver that it was started by; both end with it.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    process: u64,
}

/// What a page is looked at with.
#[derive(Clone, Copy)]
pub struct Look {
    pub width: u32,
    pub height: u32,
    /// Features of media queries: `prefers-color-scheme`, `dark`.
    pub features: &'static [(&'static str, &'static str)],
}

pub const WIDE: Look = Look { width: 1280, height: 800, features: &[] };
pub const DARK: Look = Look { features: &[("prefers-color-scheme", "dark")], ..WIDE };
pub const PHONE: Look = Look { width: 390, height: 844, features: &[] };
pub const PHONE_DARK: Look = Look { features: &[("prefers-color-scheme", "dark")], ..PHONE };
pub const FORCED: Look = Look { features: &[("forced-colors", "active"), ("prefers-color-scheme", "dark")], ..WIDE };
pub const STILL: Look = Look { features: &[("prefers-reduced-motion", "reduce")], ..WIDE };

impl Browser {
    /// Starts a browser. Without a driver on the machine it says so and returns `None`, unless
    /// `KNEEWISE_REQUIRE_BROWSER` is set.
    pub fn start() -> Option<Self> {
        let name = std::env::var("KNEEWISE_CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let driver = Command::new(name)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut driver = match driver {
            Ok(driver) => driver,
            Err(error) => {
                assert!(std::env::var_os("KNEEWISE_REQUIRE_BROWSER").is_none(), "chromedriver: {error}");
                let _ = writeln!(std::io::stderr(), "SKIPPED: no chromedriver");
                return None;
            }
        };
        let lines = BufReader::new(driver.stdout.take().expect("its output")).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            let rest = line.split("successfully on port ").nth(1)?;
            rest.trim_end_matches('.').parse().ok()
        });
        let mut browser =
            Self { driver, port: port.expect("the driver names its port"), session: String::new(), process: 0 };
        let options =
            json!({ "args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"] });
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        }}});
        let made = browser.call("POST", "/session", &wanted);
        made["sessionId"].as_str().expect("a session").clone_into(&mut browser.session);
        browser.process = made["capabilities"]["goog:processID"].as_u64().unwrap_or_default();
        Some(browser)
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the driver listens");
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n",
            self.port,
            body.len()
        );
        stream.write_all(head.as_bytes()).expect("a request");
        stream.write_all(body.as_bytes()).expect("a request");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit of time");
        // The driver leaves the connection open.
        let mut answer = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            answer.read_line(&mut line).expect("a head");
            let line = line.trim_end().to_lowercase();
            if let Some(bytes) = line.strip_prefix("content-length:") {
                length = bytes.trim().parse().expect("a length");
            }
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        answer.read_exact(&mut body).expect("an answer");
        let mut answer: Value = serde_json::from_slice(&body).expect("an answer in JSON");
        let value = answer["value"].take();
        assert!(value["error"].is_null(), "{method} {path}: {} {}", value["error"], value["message"]);
        value
    }

    fn command(&self, path: &str, body: &Value) -> Value {
        self.call("POST", &format!("/session/{}{path}", self.session), body)
    }

    /// Sends a command of the browser's own protocol.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.command("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// Opens a file as a page.
    pub fn open(&self, page: &Path) {
        self.command("/url", &json!({ "url": format!("file://{}", page.display()) }));
    }

    /// The value of a script that ends in `return`.
    pub fn run(&self, script: &str) -> Value {
        self.command("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// The value that a script hands to `done`.
    pub fn wait(&self, script: &str) -> Value {
        let script = format!("const done = arguments[arguments.length - 1];\n{script}");
        self.command("/execute/async", &json!({ "script": script, "args": [] }))
    }

    pub fn number(&self, script: &str) -> f64 {
        self.run(script).as_f64().unwrap_or_else(|| panic!("a number of {script}"))
    }

    pub fn text(&self, script: &str) -> String {
        self.run(script).as_str().unwrap_or_default().to_owned()
    }

    /// Presses keys, one after the other.
    pub fn press(&self, keys: &[&str]) {
        let stroke =
            |key: &&str| [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })];
        let actions: Vec<Value> = keys.iter().flat_map(stroke).collect();
        self.command("/actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] }));
    }

    /// Clicks what a selector names, as a person would: it must be where it can be seen.
    pub fn click(&self, selector: &str) {
        let found = self.command("/element", &json!({ "using": "css selector", "value": selector }));
        let id = found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str).expect("an element");
        self.command(&format!("/element/{id}/click"), &json!({}));
    }

    pub fn look(&self, look: Look) {
        let Look { width, height, features } = look;
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.devtools("Emulation.setDeviceMetricsOverride", &size);
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.devtools("Emulation.setEmulatedMedia", &json!({ "media": "", "features": features }));
    }

    /// Lets pages run no script, from the next one on. [`Browser::run`] still does.
    pub fn without_scripts(&self) {
        self.devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    }

    /// The addresses that were asked for since the last question.
    pub fn requests(&self) -> Vec<String> {
        let log = self.command("/se/log", &json!({ "type": "performance" }));
        let messages = log.as_array().into_iter().flatten().filter_map(|entry| entry["message"].as_str());
        let messages = messages.filter_map(|message| serde_json::from_str::<Value>(message).ok());
        let sent = messages.filter(|message| message["message"]["method"] == "Network.requestWillBeSent");
        sent.map(|message| message["message"]["params"]["request"]["url"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// What the console says since the last question.
    pub fn console(&self) -> Vec<String> {
        let log = self.command("/se/log", &json!({ "type": "browser" }));
        log.as_array().into_iter().flatten().map(ToString::to_string).collect()
    }

    /// Writes what is seen as PNG, the whole page or one screen.
    pub fn screenshot(&self, file: &Path) {
        let shot = self.call("GET", &format!("/session/{}/screenshot", self.session), &Value::Null);
        fs::write(file, decoded(shot.as_str().expect("a picture"))).expect("a picture is written");
    }

    /// Prints the page as a PDF.
    pub fn print(&self) -> Vec<u8> {
        let printed = self.devtools("Page.printToPDF", &json!({ "preferCSSPageSize": true, "printBackground": true }));
        decoded(printed["data"].as_str().expect("a document"))
    }

    /// The memory of its own (bytes) that the tab takes: the largest of the browser's processes
    /// that draw pages.
    pub fn tab_memory(&self) -> Option<u64> {
        let mut family = vec![self.process];
        let mut known = 0;
        while known < family.len() {
            let parent = family[known];
            known += 1;
            let tasks = fs::read_dir(format!("/proc/{parent}/task")).ok()?;
            for task in tasks.filter_map(Result::ok) {
                let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
                family.extend(children.split_whitespace().filter_map(|id| id.parse::<u64>().ok()));
            }
        }
        let draws = |id: &&u64| {
            let command = fs::read_to_string(PathBuf::from(format!("/proc/{id}/cmdline"))).unwrap_or_default();
            command.contains("--type=renderer")
        };
        family.iter().filter(draws).filter_map(|id| own_bytes(*id)).max()
    }
}

/// The memory (bytes) of a process that it shares with no other.
fn own_bytes(id: u64) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    Some(1024 * line.split_whitespace().next()?.parse::<u64>().ok()?)
}

fn decoded(base64: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let letters: Vec<u8> = base64.bytes().filter(|letter| *letter != b'=').map(value).collect();
    let mut bytes = Vec::with_capacity(letters.len() * 3 / 4);
    for four in letters.chunks(4) {
        let bits = four.iter().enumerate().fold(0u32, |bits, (i, six)| bits | u32::from(*six) << (18 - 6 * i));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..four.len()]);
    }
    bytes
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A panic in a drop would hide the first one.
        if !std::thread::panicking() && !self.session.is_empty() {
            self.call("DELETE", &format!("/session/{}", self.session), &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
