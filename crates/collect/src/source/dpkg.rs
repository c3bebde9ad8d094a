//! The dpkg database: `/var/lib/dpkg/status`, and `status.d` where an image holds one file a package.

use inspector_model::host::{Inventory, InventoryProblem, Package};
use inspector_model::{Fact, Place};

use super::{Malformed, missing, text};
use crate::root::{DATABASE, ReadError, Root};

/// The database.
pub(super) const STATUS: &str = "/var/lib/dpkg/status";
const STATUS_D: &str = "/var/lib/dpkg/status.d";

/// Installed packages. The database is complete or it is unreadable: a part of it is never taken for the whole.
pub fn collect(root: &Root) -> Fact<Inventory> {
    let main = match root.read(STATUS, DATABASE) {
        Ok(bytes) => match parse_status(&bytes) {
            Ok(inventory) => Some(inventory),
            Err(malformed) => return malformed.fact(STATUS),
        },
        Err(ReadError::Absent) => None,
        Err(error) => return missing(STATUS, error),
    };
    let parts = match root.list(STATUS_D) {
        Ok(names) => names,
        Err(ReadError::Absent) => Vec::new(),
        Err(error) => return missing(STATUS_D, error),
    };
    if main.is_none() && parts.is_empty() {
        return Fact::Absent { at: Place::whole(STATUS) };
    }
    let at = Place::whole(if main.is_some() { STATUS } else { STATUS_D });
    let mut inventory = main.unwrap_or_default();
    for name in parts.iter().filter(|name| !name.ends_with(".md5sums")) {
        add_part(root, &format!("{STATUS_D}/{name}"), &mut inventory);
    }
    inventory.settle();
    Fact::Seen { value: inventory, at }
}

fn add_part(root: &Root, path: &str, inventory: &mut Inventory) {
    match root.read(path, DATABASE) {
        Ok(bytes) => {
            let mut part = parse(&bytes, path, Form::Part);
            if part.packages.is_empty() && part.problems.is_empty() {
                part.problems.push(InventoryProblem { at: Place::whole(path), why: "holds no package".to_owned() });
            }
            inventory.packages.append(&mut part.packages);
            inventory.problems.append(&mut part.problems);
        }
        Err(error) => {
            inventory.problems.push(InventoryProblem { at: Place::whole(path), why: error.to_string() });
        }
    }
}

/// Reads `/var/lib/dpkg/status`.
///
/// # Errors
///
/// When it is empty or cut off. dpkg ends every record with an empty line and replaces the file by renaming, so a file
/// that ends otherwise has lost an unknown number of packages.
pub fn parse_status(bytes: &[u8]) -> Result<Inventory, Malformed> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Malformed::whole("is empty: no package, not even dpkg itself"));
    }
    if !bytes.ends_with(b"\n\n") {
        let last = bytes.split(|byte| *byte == b'\n').count();
        return Err(Malformed::at(
            u32::try_from(last).unwrap_or(u32::MAX),
            "ends inside a record: the file is cut off",
        ));
    }
    Ok(parse(bytes, STATUS, Form::Status))
}

/// Which of the two forms a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `status`: each record says in `Status` whether it is installed.
    Status,
    /// `status.d`: a record is an installed package; `Status` may be missing.
    Part,
}

/// Reads every record of a deb822 file; those that make no sense are returned as problems.
pub fn parse(bytes: &[u8], path: &str, form: Form) -> Inventory {
    let text = text(bytes);
    let mut inventory = Inventory::default();
    let mut record = Record::default();
    for (number, line) in super::lines(&text) {
        if line.trim().is_empty() {
            std::mem::take(&mut record).finish(path, form, &mut inventory);
        } else {
            record.line(number, line);
        }
    }
    record.finish(path, form, &mut inventory);
    inventory.settle();
    inventory
}

/// The fields of one record that matter here.
#[derive(Debug, Default)]
struct Record<'a> {
    first_line: Option<u32>,
    package: &'a str,
    version: &'a str,
    architecture: &'a str,
    source: &'a str,
    status: &'a str,
    maintainer: &'a str,
    problem: Option<(u32, &'static str)>,
}

impl<'a> Record<'a> {
    fn line(&mut self, number: u32, line: &'a str) {
        let first = *self.first_line.get_or_insert(number);
        if line.starts_with([' ', '\t']) {
            if number == first {
                self.problem = Some((number, "starts with a continuation line"));
            }
            return;
        }
        let Some((key, value)) = line.split_once(':') else {
            self.problem.get_or_insert((number, "expected `Field: value`"));
            return;
        };
        let field = match key {
            "Package" => &mut self.package,
            "Version" => &mut self.version,
            "Architecture" => &mut self.architecture,
            "Source" => &mut self.source,
            "Status" => &mut self.status,
            "Maintainer" => &mut self.maintainer,
            _ => return,
        };
        if !field.is_empty() {
            self.problem.get_or_insert((number, "names a field twice"));
        }
        *field = value.trim();
    }

    fn finish(self, path: &str, form: Form, inventory: &mut Inventory) {
        let Some(first) = self.first_line else { return };
        match self.package(form, Place::line(path, first)) {
            Ok(Some(package)) => inventory.packages.push(package),
            Ok(None) => {}
            Err((line, why)) => {
                inventory.problems.push(InventoryProblem { at: Place::line(path, line.unwrap_or(first)), why })
            }
        }
    }

    /// The package, `None` when it is not installed.
    fn package(&self, form: Form, at: Place) -> Result<Option<Package>, (Option<u32>, String)> {
        if let Some((line, why)) = self.problem {
            return Err((Some(line), why.to_owned()));
        }
        let wrong = |why: String| Err((None, why));
        if self.package.is_empty() {
            return wrong("a record without `Package`".to_owned());
        }
        match (self.status.split_whitespace().nth(2), form) {
            (Some(state), _) if INSTALLED.contains(&state) => {}
            (Some(state), _) if NOT_INSTALLED.contains(&state) => return Ok(None),
            (None, Form::Part) if self.status.is_empty() => {}
            _ => return wrong(format!("package `{}` has the unknown status `{}`", self.package, self.status)),
        }
        for (field, value) in [("Version", self.version), ("Architecture", self.architecture)] {
            if value.is_empty() {
                return wrong(format!("package `{}` has no `{field}`", self.package));
            }
        }
        let (source, source_version) = self.source().map_err(|why| (None, why))?;
        for word in [self.package, self.version, self.architecture, source, source_version] {
            if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_graphic()) {
                return wrong(format!("package `{}` has the unreadable name or version `{word}`", self.package));
            }
        }
        Ok(Some(Package {
            name: self.package.to_owned(),
            version: self.version.to_owned(),
            architecture: self.architecture.to_owned(),
            source: source.to_owned(),
            source_version: source_version.to_owned(),
            maintainer: Some(self.maintainer).filter(|name| !name.is_empty()).map(str::to_owned),
            module: None,
            at: Some(at),
        }))
    }

    /// `Source: name (version)`; each part stands only where it differs from the binary package's.
    fn source(&self) -> Result<(&str, &str), String> {
        if self.source.is_empty() {
            return Ok((self.package, self.version));
        }
        match self.source.split_once('(') {
            None => Ok((self.source, self.version)),
            Some((name, version)) => match version.strip_suffix(')') {
                Some(version) => Ok((name.trim(), version.trim())),
                None => Err(format!("package `{}` has the unreadable source `{}`", self.package, self.source)),
            },
        }
    }
}

/// Third words of `Status` (`dpkg(1)`) under which files of the package are on the disk.
const INSTALLED: [&str; 6] =
    ["installed", "unpacked", "half-configured", "half-installed", "triggers-awaited", "triggers-pending"];
/// Those under which they are not.
const NOT_INSTALLED: [&str; 2] = ["not-installed", "config-files"];
