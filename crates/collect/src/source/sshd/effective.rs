//! `sshd -T`: the server's own account of the configuration in force outside every `Match` block.

use std::time::Duration;

use inspector_model::Place;
use inspector_model::host::{Setting, Settings};

use crate::program;

const WHERE: &str = "sshd -T";
/// Ample: it needs 15 ms of processor time.
const PATIENCE: Duration = Duration::from_secs(5);
const OUTPUT_LIMIT: u64 = 1 << 20;

/// What the server of the running host says, or `None` where it cannot be asked: it needs to read its host keys.
pub(super) fn ask(program: &str) -> Option<Settings> {
    program::ask(program, &["-T"], PATIENCE, OUTPUT_LIMIT).map(|text| parse(&text))
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
