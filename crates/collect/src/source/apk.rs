//! The apk database: `/lib/apk/db/installed`, one record of `letter:value` lines a package
//! (<https://wiki.alpinelinux.org/wiki/Apk_spec>).

use inspector_model::host::{Inventory, InventoryProblem, Package};
use inspector_model::{Fact, Place};

use super::{Malformed, missing, text};
use crate::root::{DATABASE, ReadError, Root};

/// The classic place, and that of systems where `/lib` is part of `/usr`.
const PLACES: [&str; 2] = ["/lib/apk/db/installed", "/usr/lib/apk/db/installed"];

/// Installed packages.
pub(super) fn collect(root: &Root) -> Fact<Inventory> {
    for path in PLACES {
        return match root.read(path, DATABASE) {
            Ok(bytes) => match parse(&bytes, path) {
                Ok(value) => Fact::Seen { value, at: Place::whole(path) },
                Err(malformed) => malformed.fact(path),
            },
            Err(ReadError::Absent) => continue,
            Err(error) => missing(path, error),
        };
    }
    Fact::Absent { at: Place::whole(PLACES[0]) }
}

/// Reads the database; records that make no sense are returned as problems.
///
/// # Errors
///
/// When it is empty or cut off: apk ends every record with an empty line.
pub fn parse(bytes: &[u8], path: &str) -> Result<Inventory, Malformed> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Malformed::whole("is empty: no package, not even apk itself"));
    }
    if !bytes.ends_with(b"\n\n") {
        return Err(Malformed::whole("ends inside a record: the file is cut off"));
    }
    let text = text(bytes);
    let mut inventory = Inventory::default();
    let mut record = Record::default();
    for (number, line) in super::lines(&text) {
        if line.is_empty() {
            std::mem::take(&mut record).finish(path, &mut inventory);
        } else {
            record.line(number, line);
        }
    }
    inventory.settle();
    Ok(inventory)
}

/// Hands over each package with the path of every file that it brought: `P:` names the package, `F:` a directory, `R:` a
/// file in it.
pub(crate) fn files(root: &Root, each: &mut dyn FnMut(&str, &str)) {
    let Some(bytes) = PLACES.iter().find_map(|path| root.read(path, DATABASE).ok()) else { return };
    let (mut package, mut directory) = ("", "");
    let text = text(&bytes);
    for line in text.lines() {
        match line.split_once(':') {
            Some(("P", name)) => package = name,
            Some(("F", name)) => directory = name,
            Some(("R", name)) => each(package, &format!("{directory}/{name}")),
            _ => {}
        }
    }
}

/// The fields of one record that matter here.
#[derive(Default)]
struct Record<'a> {
    first_line: Option<u32>,
    name: &'a str,
    version: &'a str,
    architecture: &'a str,
    origin: &'a str,
    maintainer: &'a str,
    problem: Option<(u32, &'static str)>,
}

impl<'a> Record<'a> {
    fn line(&mut self, number: u32, line: &'a str) {
        self.first_line.get_or_insert(number);
        let Some((letter, value)) = line.split_once(':') else {
            self.problem.get_or_insert((number, "expected `letter:value`"));
            return;
        };
        let field = match letter {
            "P" => &mut self.name,
            "V" => &mut self.version,
            "A" => &mut self.architecture,
            "o" => &mut self.origin,
            "m" => &mut self.maintainer,
            // What else a package has, and its files.
            _ => return,
        };
        if !field.is_empty() {
            self.problem.get_or_insert((number, "names a field twice"));
        }
        *field = value;
    }

    fn finish(self, path: &str, inventory: &mut Inventory) {
        let Some(first) = self.first_line else { return };
        let (line, why) = match (self.problem, self.unreadable()) {
            (Some((line, why)), _) => (line, why.to_owned()),
            (None, Some(why)) => (first, why),
            (None, None) => {
                inventory.packages.push(self.package(Place::line(path, first)));
                return;
            }
        };
        inventory.problems.push(InventoryProblem { at: Place::line(path, line), why });
    }

    fn unreadable(&self) -> Option<String> {
        let fields = [("name", self.name), ("version", self.version), ("architecture", self.architecture)];
        let readable = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic());
        if let Some((field, value)) = fields.into_iter().find(|(_, value)| !readable(value)) {
            return Some(format!("package `{}` has the unreadable {field} `{value}`", self.name));
        }
        (!self.origin.is_empty() && !readable(self.origin))
            .then(|| format!("package `{}` has the unreadable origin `{}`", self.name, self.origin))
    }

    /// What was built alone, such as the package of a `--virtual` request, has no origin.
    fn package(&self, at: Place) -> Package {
        let origin = if self.origin.is_empty() { self.name } else { self.origin };
        Package {
            name: self.name.to_owned(),
            version: self.version.to_owned(),
            architecture: self.architecture.to_owned(),
            source: origin.to_owned(),
            source_version: self.version.to_owned(),
            maintainer: Some(self.maintainer).filter(|name| !name.is_empty()).map(str::to_owned),
            module: None,
            at: Some(at),
        }
    }
}
