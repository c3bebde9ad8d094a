//! An export of the registry (`reg export HKLM file.reg`): build, updates and installed programs.

use std::collections::BTreeMap;

use inspector_model::Place;
use inspector_model::host::{Inventory, InventoryProblem, Package, Update, Windows};

use super::{Document, Told, knowledge_base, text};
use crate::source::Malformed;

const CURRENT_VERSION: &str = r"software\microsoft\windows nt\currentversion";
const ENVIRONMENT: &str = r"control\session manager\environment";
const COMPUTER_NAME: &str = r"control\computername\computername";
const COMPONENTS: &str = r"\component based servicing\packages\";
const UNINSTALL: &str = r"\currentversion\uninstall\";
/// `CurrentState` of a component that is installed.
const INSTALLED: u32 = 112;

/// Lines of one text.
const VALUE_LINES: u32 = 1000;

/// One value of a key.
#[derive(Debug, PartialEq, Eq)]
enum Value {
    Text(String),
    Number(u32),
    /// Of a type that is not needed here.
    Other,
}

/// One key with its values; their names are in lower case.
struct Key {
    line: u32,
    path: String,
    values: BTreeMap<String, Value>,
}

impl Key {
    fn text(&self, name: &str) -> Option<&str> {
        match self.values.get(name)? {
            Value::Text(text) => Some(text.as_str()).filter(|text| !text.is_empty()),
            Value::Number(_) | Value::Other => None,
        }
    }

    fn number(&self, name: &str) -> Option<u32> {
        match self.values.get(name)? {
            Value::Number(number) => Some(*number),
            Value::Text(text) => text.parse().ok(),
            Value::Other => None,
        }
    }
}

/// Reads it.
///
/// # Errors
///
/// When it is no export, a line makes no sense, or the key of the system's version is not in it.
pub fn parse(document: Document<'_>) -> Result<Told, Malformed> {
    let mut found = Found::default();
    keys(&text(document.bytes), &mut |key| found.key(&key, document.path))?;
    found.told()
}

/// What was found so far.
#[derive(Default)]
struct Found {
    hostname: Option<String>,
    product: Option<String>,
    version: Option<(String, u32, Option<u32>)>,
    service_pack: Option<u32>,
    machine: Option<&'static str>,
    updates: BTreeMap<String, Place>,
    programs: Inventory,
    saw_programs: bool,
}

impl Found {
    fn key(&mut self, key: &Key, path: &str) {
        let at = || Place::line(path, key.line);
        let lower = key.path.to_ascii_lowercase();
        if lower.ends_with(CURRENT_VERSION) {
            self.current_version(key);
        } else if lower.ends_with(ENVIRONMENT) {
            self.machine = match key.text("processor_architecture") {
                Some("AMD64") => Some("x64"),
                Some("x86") => Some("x86"),
                Some("ARM64") => Some("ARM64"),
                Some(_) | None => self.machine,
            };
        } else if lower.ends_with(COMPUTER_NAME) {
            self.hostname = key.text("computername").map(str::to_owned);
        } else if let Some((_, component)) = lower.split_once(COMPONENTS) {
            let installed = !component.contains('\\') && key.number("currentstate") == Some(INSTALLED);
            if let Some(kb) = knowledge_base(&component.to_ascii_uppercase()).filter(|_| installed) {
                self.updates.entry(kb).or_insert_with(at);
            }
        } else if let Some((_, program)) = lower.split_once(UNINSTALL) {
            self.saw_programs = true;
            if !program.contains('\\') {
                self.program(key, at(), lower.contains("wow6432node"));
            }
        }
    }

    fn current_version(&mut self, key: &Key) {
        self.product = key.text("productname").map(|name| format!("Microsoft {name}"));
        let build = key.number("currentbuild").or_else(|| key.number("currentbuildnumber"));
        // Since Windows 10 the old value stays at 6.3.
        let version = match (key.number("currentmajorversionnumber"), key.number("currentminorversionnumber")) {
            (Some(major), Some(minor)) => Some(format!("{major}.{minor}")),
            _ => key.text("currentversion").map(str::to_owned),
        };
        if let (Some(version), Some(build)) = (version, build) {
            self.version = Some((version, build, key.number("ubr")));
        }
        self.service_pack = key.text("csdversion").and_then(|text| text.strip_prefix("Service Pack ")?.parse().ok());
    }

    /// One installed program. Parts of the system and of other programs are no programs.
    fn program(&mut self, key: &Key, at: Place, is_narrow: bool) {
        let part = key.number("systemcomponent") == Some(1) || key.text("parentkeyname").is_some();
        let Some(name) = key.text("displayname").filter(|_| !part) else { return };
        let Some(version) = key.text("displayversion") else {
            let why = format!("program `{}` has no version", name.escape_debug());
            self.programs.problems.push(InventoryProblem { at, why });
            return;
        };
        self.programs.packages.push(Package {
            name: name.to_owned(),
            version: version.to_owned(),
            architecture: if is_narrow { "x86" } else { "" }.to_owned(),
            source: name.to_owned(),
            source_version: version.to_owned(),
            maintainer: key.text("publisher").map(str::to_owned),
            module: None,
            at: Some(at),
        });
    }

    fn told(mut self) -> Result<Told, Malformed> {
        let Some((version, build, revision)) = self.version else {
            return Err(Malformed::whole(format!("tells no build of Windows: export `HKLM\\{CURRENT_VERSION}`")));
        };
        let machine = self.machine.ok_or_else(|| {
            Malformed::whole(format!("tells no machine: export `HKLM\\SYSTEM\\CurrentControlSet\\{ENVIRONMENT}`"))
        })?;
        self.programs.settle();
        let updates = self.updates.into_iter().map(|(kb, at)| Update { kb, at }).collect();
        let service_pack = self.service_pack;
        Ok(Told {
            hostname: self.hostname,
            product: self.product,
            windows: Some(Windows { version, build, revision, service_pack, machine: machine.to_owned(), updates }),
            programs: self.saw_programs.then_some(self.programs),
        })
    }
}

/// Hands over key by key.
fn keys(text: &str, each: &mut dyn FnMut(Key)) -> Result<(), Malformed> {
    const HEADS: [&str; 2] = ["Windows Registry Editor Version 5.00", "REGEDIT4"];
    let mut lines = (1..).zip(text.lines());
    if !lines.next().is_some_and(|(_, line)| HEADS.contains(&line.trim())) {
        return Err(Malformed::at(1, "is no export of a registry"));
    }
    let mut key: Option<Key> = None;
    while let Some((number, line)) = lines.next() {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with(';') {
            continue;
        }
        if let Some(path) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            key.take().into_iter().for_each(&mut *each);
            // `[-…]` takes a key away, which no export does.
            if path.starts_with('-') {
                return Err(Malformed::at(number, "takes a key away"));
            }
            key = Some(Key { line: number, path: path.to_owned(), values: BTreeMap::new() });
            continue;
        }
        let wrong = || Malformed::at(number, "expected `\"name\"=value`");
        let (name, value) = named(line).ok_or_else(wrong)?;
        let Some(key) = &mut key else { return Err(wrong()) };
        let mut value = value.to_owned();
        // Bytes in hexadecimal digits go on after a backslash; a text goes on until its quotation mark.
        let mut left = VALUE_LINES;
        while value.ends_with('\\') || (value.starts_with('"') && unquoted(&value).is_none()) {
            let (_, more) = lines.next().ok_or_else(|| Malformed::at(number, "ends inside a value"))?;
            if value.starts_with('"') {
                left = left.checked_sub(1).ok_or_else(|| Malformed::at(number, "a text of too many lines"))?;
                value.push('\n');
            } else {
                value.pop();
            }
            value.push_str(more.trim());
        }
        key.values.insert(name.to_ascii_lowercase(), parsed(&value));
    }
    key.into_iter().for_each(each);
    Ok(())
}

/// `"name"=value` or `@=value`.
fn named(line: &str) -> Option<(String, &str)> {
    if let Some(value) = line.strip_prefix("@=") {
        return Some((String::new(), value));
    }
    let mut name = String::new();
    let mut rest = line.strip_prefix('"')?.char_indices();
    while let Some((at, character)) = rest.next() {
        match character {
            '\\' => name.push(rest.next()?.1),
            '"' => return Some((name, line.get(at + 2..)?.strip_prefix('=')?)),
            character => name.push(character),
        }
    }
    None
}

fn parsed(value: &str) -> Value {
    if let Some(text) = unquoted(value) {
        return Value::Text(text);
    }
    match value.strip_prefix("dword:").and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
        Some(number) => Value::Number(number),
        None => Value::Other,
    }
}

/// The text between quotation marks; `None` while the second one is missing.
fn unquoted(value: &str) -> Option<String> {
    let mut text = String::new();
    let mut characters = value.strip_prefix('"')?.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.push(characters.next()?),
            '"' => return Some(text),
            character => text.push(character),
        }
    }
    None
}
