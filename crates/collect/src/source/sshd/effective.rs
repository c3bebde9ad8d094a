//! `sshd -T`: the server's own account of the configuration in force outside every `Match` block.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use inspector_model::Place;
use inspector_model::host::{Setting, Settings};

use crate::root::Root;

const WHERE: &str = "sshd -T";
/// Ample: it needs 15 ms of processor time.
const PATIENCE: Duration = Duration::from_secs(5);
const OUTPUT_LIMIT: u64 = 1 << 20;

/// What the server says, or `None` where it cannot be asked: it needs to read its host keys. It is run only when root
/// alone could have written it, because we may be root ourselves.
pub(super) fn ask(root: &Root, program: &str) -> Option<Settings> {
    let stat = root.stat(program).ok()?;
    if stat.st_uid != 0 || stat.st_mode & 0o022 != 0 {
        return None;
    }
    let mut child = Command::new(program)
        .arg("-T")
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let output = child.stdout.take();
    let deadline = Instant::now() + PATIENCE;
    // The output fits the pipe; a program that writes more never ends by itself and meets the deadline.
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(2)),
            _ => {
                let _ended = child.kill().and_then(|()| child.wait());
                return None;
            }
        }
    };
    let mut text = String::new();
    output?.take(OUTPUT_LIMIT).read_to_string(&mut text).ok()?;
    status.success().then(|| parse(&text))
}

/// Reads `keyword value` lines; of a keyword with several lines the first.
pub(super) fn parse(text: &str) -> Settings {
    let mut settings = Settings::new();
    for (keyword, value) in text.lines().filter_map(|line| line.split_once(' ')) {
        settings
            .entry(keyword.to_ascii_lowercase())
            .or_insert_with(|| Setting { value: value.trim().to_owned(), at: Place::whole(WHERE) });
    }
    settings
}
