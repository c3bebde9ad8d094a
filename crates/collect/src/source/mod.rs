//! One module per source, each a pure `parse` and a thin `collect` that reads for it.

pub mod accounts;
pub mod apk;
pub mod cpu;
pub mod directories;
pub mod dpkg;
mod glob;
mod hardening;
pub mod interfaces;
pub mod kernel;
pub mod kernel_modules;
pub mod listeners;
pub mod login_defs;
pub mod os_release;
pub mod packages;
pub mod pam;
pub mod pwhistory;
pub mod pwquality;
pub mod rpm;
pub(crate) mod running;
pub mod sshd;
pub mod sysctl;
pub mod users;

use std::borrow::Cow;

use inspector_model::host::{HostFacts, SCHEMA};
use inspector_model::{Fact, Place, Timestamp};

use crate::root::{CONFIGURATION, ReadError, Root};

/// Everything that this version looks at, in one pass. `now` is when the collection starts.
pub fn collect(root: &Root, now: Timestamp) -> HostFacts {
    let sockets = listeners::sockets(root);
    let running = running::collect(root, &listeners::inodes(&sockets));
    HostFacts {
        schema: SCHEMA.to_owned(),
        collected_at: now,
        scope: root.scope(),
        hostname: kernel::hostname(root),
        architecture: kernel::architecture(root),
        os: os_release::collect(root),
        kernel: kernel::collect(root),
        packages: packages::collect(root),
        languages: None,
        windows: None,
        interfaces: interfaces::collect(root),
        listeners: listeners::join(sockets, &running),
        sshd: sshd::collect(root),
        login_defs: login_defs::collect(root),
        accounts: accounts::collect(root),
        pam_password: pam::collect(root),
        pwquality: pwquality::collect(root),
        pwhistory: pwhistory::collect(root),
        randomize_va_space: sysctl::randomize_va_space(root),
        no_execute: cpu::no_execute(root),
        directories: directories::collect(root),
        processes: running.processes,
        code: running.code,
        users: users::users(root),
        groups: users::groups(root),
        kernel_modules: kernel_modules::collect(root),
        behavior: None,
    }
}

/// What a parser could not understand: the line, counted from one where one is to blame, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// The line at fault.
    pub line: Option<u32>,
    /// What is wrong, for a person.
    pub why: String,
}

impl Malformed {
    pub(crate) fn whole(why: impl Into<String>) -> Self {
        Self { line: None, why: why.into() }
    }

    pub(crate) fn at(line: u32, why: impl Into<String>) -> Self {
        Self { line: Some(line), why: why.into() }
    }

    pub(crate) fn fact<T>(self, path: &str) -> Fact<T> {
        Fact::Unreadable { at: Place { path: path.to_owned(), line: self.line }, why: self.why }
    }
}

/// The configuration file `path`, parsed.
fn file<T>(root: &Root, path: &str, parse: impl FnOnce(&[u8]) -> Result<T, Malformed>) -> Fact<T> {
    match root.read(path, CONFIGURATION) {
        Ok(bytes) => match parse(&bytes) {
            Ok(value) => Fact::Seen { value, at: Place::whole(path) },
            Err(malformed) => malformed.fact(path),
        },
        Err(error) => missing(path, error),
    }
}

/// The fact of a file that gave no content.
fn missing<T>(path: &str, error: ReadError) -> Fact<T> {
    let at = Place::whole(path);
    match error {
        ReadError::Absent => Fact::Absent { at },
        ReadError::Unreadable(why) => Fact::Unreadable { at, why },
    }
}

/// The lines of a text with their numbers. Bytes that are not UTF-8 become replacement characters: no keyword or value
/// that a rule compares has any.
fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    (1..).zip(text.lines())
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}
