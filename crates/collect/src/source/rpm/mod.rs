//! The rpm database in its three forms, read without rpm: SQLite, ndb and Berkeley DB hash.
//!
//! Each form has a module that hands over header blobs one by one; [`header`] makes packages of them. A form is read
//! whole or refused: damage that could hide a record makes the database unreadable, a damaged record is a problem.

mod bdb;
mod bytes;
mod header;
mod ndb;
mod sqlite;
mod wal;

use inspector_model::host::{Inventory, InventoryProblem};
use inspector_model::{Fact, Place};

use super::{Malformed, missing};
use crate::root::{ReadError, Root};

/// Limit for one database. A full workstation's takes about 200 MB, most of it file lists.
const LIMIT: u64 = 512 << 20;

/// Where databases are: the classic place, that of openSUSE and newer Fedora, that of image-based systems.
const FOLDERS: [&str; 3] = ["/usr/lib/sysimage/rpm", "/var/lib/rpm", "/usr/share/rpm"];

/// How often a database is read again that changed meanwhile.
const TRIES: u32 = 3;

/// One form of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `rpmdb.sqlite`, since rpm 4.16.
    Sqlite,
    /// `Packages.db`, on openSUSE.
    Ndb,
    /// `Packages`, a Berkeley DB hash, up to rpm 4.15.
    Bdb,
}

impl Form {
    const ALL: [Self; 3] = [Self::Sqlite, Self::Ndb, Self::Bdb];

    fn file_name(self) -> &'static str {
        match self {
            Self::Sqlite => "rpmdb.sqlite",
            Self::Ndb => "Packages.db",
            Self::Bdb => "Packages",
        }
    }
}

/// What rpm calls the keys that it keeps among the packages.
const KEY: &str = "gpg-pubkey";

/// Installed packages, without the keys that rpm keeps among them.
pub(super) fn collect(root: &Root) -> Fact<Inventory> {
    let mut fact = collect_with_keys(root);
    if let Fact::Seen { value, .. } = &mut fact {
        value.packages.retain(|package| package.name != KEY);
    }
    fact
}

/// Everything that rpm lists as a package.
pub(crate) fn collect_with_keys(root: &Root) -> Fact<Inventory> {
    let databases = match find(root) {
        Ok(databases) => databases,
        Err(unreadable) => return unreadable,
    };
    let [(form, path, _), others @ ..] = databases.as_slice() else {
        return Fact::Absent { at: Place::whole(format!("{}/{}", FOLDERS[1], Form::Sqlite.file_name())) };
    };
    let mut fact = match read_settled(root, *form, path) {
        Ok(bytes) => match parse_all(&bytes, path, *form) {
            Ok(value) => Fact::Seen { value, at: Place::whole(path) },
            Err(malformed) => return malformed.fact(path),
        },
        Err(error) => return missing(path, error),
    };
    if let Fact::Seen { value, .. } = &mut fact {
        value.problems.extend(others.iter().map(|(_, other, _)| InventoryProblem {
            at: Place::whole(other),
            why: format!("a second rpm database, which was not read: `{path}` was"),
        }));
    }
    fact
}

/// Hands over each package with the path of every file that it brought; of a database that cannot be read, none.
pub(crate) fn files(root: &Root, each: &mut dyn FnMut(&str, &str)) {
    let Some((form, path, _)) = find(root).ok().and_then(|databases| databases.into_iter().next()) else { return };
    let Ok(bytes) = read_settled(root, form, &path) else { return };
    let mut header = |blob: &[u8]| header::files(blob, each);
    // What is wrong with the database is said where its packages are read.
    let _said_there = match form {
        Form::Sqlite => sqlite::records(&bytes, &mut header),
        Form::Ndb => ndb::records(&bytes, &mut header),
        Form::Bdb => bdb::records(&bytes, &mut header),
    };
}

/// A file, whatever name led to it.
type Identity = (u64, u64);

/// The databases of a host, each once: a folder can be a link to another one.
fn find(root: &Root) -> Result<Vec<(Form, String, Identity)>, Fact<Inventory>> {
    let mut databases: Vec<(Form, String, Identity)> = Vec::new();
    for folder in FOLDERS {
        for form in Form::ALL {
            let path = format!("{folder}/{}", form.file_name());
            match root.stat(&path) {
                Ok(stat) => {
                    let identity = stat.identity;
                    if databases.iter().all(|(_, _, known)| *known != identity) {
                        databases.push((form, path, identity));
                    }
                }
                Err(ReadError::Absent) => {}
                Err(error) => return Err(missing(&path, error)),
            }
        }
    }
    Ok(databases)
}

/// The content of a database that did not change while it was read.
fn read_settled(root: &Root, form: Form, path: &str) -> Result<Vec<u8>, ReadError> {
    for _ in 0..TRIES {
        let before = state(root, path)?;
        let bytes = root.read(path, LIMIT)?;
        let log = if form == Form::Sqlite { write_ahead_log(root, path)? } else { Vec::new() };
        if state(root, path)? == before {
            return if log.is_empty() { Ok(bytes) } else { merge_log(bytes, &log) };
        }
    }
    Err(ReadError::Unreadable("was being written: it changed while it was read".to_owned()))
}

fn state(root: &Root, path: &str) -> Result<impl PartialEq + use<>, ReadError> {
    root.stat(path).map(|it| (it.identity, it.size, it.modified))
}

/// What SQLite committed and did not write into the database yet. A journal holds what must be taken back out of it: then
/// there is no reading.
fn write_ahead_log(root: &Root, path: &str) -> Result<Vec<u8>, ReadError> {
    match root.stat(&format!("{path}-journal")) {
        Ok(stat) if stat.size > 0 => {
            let why = format!("has changes in `{path}-journal` that must be undone first");
            return Err(ReadError::Unreadable(why));
        }
        Ok(_) | Err(ReadError::Absent) => {}
        Err(error) => return Err(error),
    }
    match root.read(&format!("{path}-wal"), LIMIT) {
        Err(ReadError::Absent) => Ok(Vec::new()),
        read => read,
    }
}

fn merge_log(database: Vec<u8>, log: &[u8]) -> Result<Vec<u8>, ReadError> {
    wal::merge(database, log).map_err(|malformed| ReadError::Unreadable(malformed.why))
}

/// Reads a database of form `form`; `path` names it in problems.
///
/// # Errors
///
/// When it is cut off or damaged so that records could be missing, or holds none.
pub fn parse(bytes: &[u8], path: &str, form: Form) -> Result<Inventory, Malformed> {
    let mut inventory = parse_all(bytes, path, form)?;
    inventory.packages.retain(|package| package.name != KEY);
    Ok(inventory)
}

fn parse_all(bytes: &[u8], path: &str, form: Form) -> Result<Inventory, Malformed> {
    let mut inventory = Inventory::default();
    let mut records = 0_u32;
    let mut each = |blob: &[u8]| {
        records += 1;
        match header::parse(blob) {
            Ok(package) => inventory.packages.push(package),
            Err(why) => inventory
                .problems
                .push(InventoryProblem { at: Place::whole(path), why: format!("record {records}: {why}") }),
        }
    };
    match form {
        Form::Sqlite => sqlite::records(bytes, &mut each)?,
        Form::Ndb => ndb::records(bytes, &mut each)?,
        Form::Bdb => bdb::records(bytes, &mut each)?,
    }
    if inventory.packages.iter().all(|package| package.name == KEY) && inventory.problems.is_empty() {
        return Err(Malformed::whole("holds no package, not even rpm itself"));
    }
    inventory.packages.sort();
    Ok(inventory)
}
