//! `sshd_config(5)`: the first value of a keyword wins, `Include` in place, `Match` blocks to the end of their file.

use inspector_model::Place;
use inspector_model::host::{MatchBlock, Setting, Settings, SshdConfig};

use super::words;
use crate::root::{CONFIGURATION, ReadError, Root};
use crate::source::{glob, lines, text};

/// As in the server.
const DEPTH_LIMIT: u8 = 16;
/// A pattern that names more files than this is not a configuration.
const FILE_LIMIT: usize = 1024;

/// Keywords of which every line counts, not only the first.
const ACCUMULATING: [&str; 9] = [
    "acceptenv",
    "allowgroups",
    "allowusers",
    "denygroups",
    "denyusers",
    "hostcertificate",
    "hostkey",
    "listenaddress",
    "port",
];

/// Whether every line of `keyword` counts.
pub(super) fn accumulates(keyword: &str) -> bool {
    ACCUMULATING.contains(&keyword)
}

/// Why a configuration could not be read.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) at: Place,
    pub(super) error: ReadError,
}

/// A file's content under its name.
#[derive(Debug, Clone)]
pub struct Text {
    /// The absolute name.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Reads the configuration `path` and everything that it includes.
pub(super) fn read(root: &Root, path: &str) -> Result<SshdConfig, Stop> {
    let bytes = root.read(path, CONFIGURATION).map_err(|error| Stop { at: Place::whole(path), error })?;
    parse(&Text { path: path.to_owned(), bytes }, &mut |pattern| included(root, pattern))
        .map_err(|(at, why)| Stop { at, error: ReadError::Unreadable(why) })
}

/// The files of one `Include` pattern; a name that nothing has is passed over, as the server does.
fn included(root: &Root, pattern: &str) -> Result<Vec<Text>, String> {
    let pattern = if pattern.starts_with('/') { pattern.to_owned() } else { format!("/etc/ssh/{pattern}") };
    let paths = glob::expand(root, &pattern).map_err(|(path, error)| format!("cannot list `{path}`: {error}"))?;
    let mut texts = Vec::new();
    for path in paths {
        match root.read(&path, CONFIGURATION) {
            Ok(bytes) => texts.push(Text { path, bytes }),
            Err(ReadError::Absent) => {}
            Err(error) => return Err(format!("cannot read the included `{path}`: {error}")),
        }
    }
    Ok(texts)
}

/// Reads a configuration; `include` gives the files of one pattern, in order.
///
/// # Errors
///
/// The place and the reason, where the server would refuse to start: a keyword without argument, an open quote, an include
/// that cannot be read, files that include each other.
pub fn parse(
    main: &Text,
    include: &mut dyn FnMut(&str) -> Result<Vec<Text>, String>,
) -> Result<SshdConfig, (Place, String)> {
    let config = SshdConfig { version: None, global: Settings::new(), matches: Vec::new() };
    let mut reader = Reader { config, include, files: 0 };
    reader.file(main, None, 0)?;
    Ok(reader.config)
}

struct Reader<'a> {
    config: SshdConfig,
    include: &'a mut dyn FnMut(&str) -> Result<Vec<Text>, String>,
    files: usize,
}

impl Reader<'_> {
    /// Reads one file inside the block `outer` (an index into `matches`; `None` outside of all).
    ///
    /// A `Match` ends with its file; one in a file that is included inside a block holds only where both match.
    fn file(&mut self, file: &Text, outer: Option<usize>, depth: u8) -> Result<(), (Place, String)> {
        self.files += 1;
        if depth > DEPTH_LIMIT || self.files > FILE_LIMIT {
            return Err((Place::whole(&file.path), "files that include each other too deeply".to_owned()));
        }
        let text = text(&file.bytes);
        let mut block = outer;
        for (number, line) in lines(&text) {
            let Some((keyword, rest)) = words::keyword(line) else { continue };
            let at = Place::line(&file.path, number);
            let Some(arguments) = words::arguments(rest) else {
                return Err((at, "a quotation mark that does not end".to_owned()));
            };
            if arguments.is_empty() {
                return Err((at, format!("`{keyword}` without a value")));
            }
            match keyword.as_str() {
                "match" => block = Some(self.open(rest, outer, at)),
                "include" => block = self.include(&arguments, block, depth, &at)?,
                _ => self.set(block, keyword, arguments.join(" "), at),
            }
        }
        Ok(())
    }

    /// Reads what an `Include` names and returns the block in which the next line stands.
    fn include(
        &mut self,
        patterns: &[String],
        mut block: Option<usize>,
        depth: u8,
        at: &Place,
    ) -> Result<Option<usize>, (Place, String)> {
        for pattern in patterns {
            if pattern.contains(char::REPLACEMENT_CHARACTER) {
                return Err((at.clone(), "includes a name that is not UTF-8".to_owned()));
            }
            let texts = (self.include)(pattern).map_err(|why| (at.clone(), why))?;
            for text in &texts {
                let before = self.config.matches.len();
                self.file(text, block, depth + 1)?;
                if self.config.matches.len() > before {
                    block = self.resume(block);
                }
            }
        }
        Ok(block)
    }

    /// Blocks of an included file come before what follows the `Include`, so the rest of its block is one of its own.
    fn resume(&mut self, block: Option<usize>) -> Option<usize> {
        let MatchBlock { criteria, at, .. } = self.config.matches.get(block?)?.clone();
        Some(self.push(MatchBlock { criteria, at, settings: Settings::new() }))
    }

    fn open(&mut self, criteria: &str, outer: Option<usize>, at: Place) -> usize {
        let outer = outer.and_then(|index| self.config.matches.get(index)).map(|block| block.criteria.as_str());
        let criteria = outer.into_iter().chain([criteria.trim_end()]).collect::<Vec<_>>().join(" ");
        self.push(MatchBlock { criteria, at, settings: Settings::new() })
    }

    fn push(&mut self, block: MatchBlock) -> usize {
        self.config.matches.push(block);
        self.config.matches.len() - 1
    }

    fn set(&mut self, block: Option<usize>, keyword: String, value: String, at: Place) {
        let settings = match block {
            None => Some(&mut self.config.global),
            Some(index) => self.config.matches.get_mut(index).map(|block| &mut block.settings),
        };
        let Some(settings) = settings else { return };
        let repeated = accumulates(&keyword);
        match settings.entry(keyword) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(Setting { value, at });
            }
            std::collections::btree_map::Entry::Occupied(mut entry) if repeated => {
                let setting = entry.get_mut();
                setting.value = format!("{} {value}", setting.value);
            }
            std::collections::btree_map::Entry::Occupied(_) => {}
        }
    }
}
