//! Code that the distribution did not bring.

use std::collections::BTreeMap;

use inspector_model::host::{HostFacts, Package};
use inspector_model::proof::SettingProof;
use inspector_model::running::{Code, CodeFile, Elf, Hardening};
use inspector_model::{Fact, Outcome, Place};
use inspector_vuln::third_party::mark;

use super::{Observed, fail, unreadable};

/// What a rule says of one file.
pub(super) enum Verdict {
    /// As it should be, or nothing that the rule is about.
    Right,
    /// Wrong: what was found.
    Wrong(&'static str),
    /// It cannot be told, and why.
    Unclear(&'static str),
}

/// Judges the third-party code that runs on a host. Fails with what is wrong; passes where every file could be judged.
pub(super) fn check(
    host: &Observed<'_>,
    setting: &str,
    wanted: &str,
    judge: fn(&CodeFile, &Elf) -> Verdict,
) -> Outcome {
    let (code, at) = match &host.facts.code {
        Fact::Seen { value, at } => (value, at),
        Fact::Absent { at } => return unreadable(at, "not there: only a running host tells what it runs"),
        Fact::Unreadable { at, why } => return unreadable(at, why),
    };
    let origins = match Origins::of(host.facts) {
        Ok(origins) => origins,
        Err((at, why)) => return unreadable(at, why),
    };
    let (mut wrong, mut unclear) = (Vec::new(), None);
    for file in code.files.iter().filter(|file| !origins.distribution(file)) {
        let place = || Place::whole(file.path.clone());
        match &file.hardening {
            Hardening::NotElf => {}
            Hardening::Unreadable { why } => unclear = unclear.or_else(|| Some((place(), why.clone()))),
            Hardening::Elf(elf) => match judge(file, elf) {
                Verdict::Right => {}
                Verdict::Wrong(found) => wrong.push(proof(file, setting, found, wanted)),
                Verdict::Unclear(why) => unclear = unclear.or_else(|| Some((place(), why.to_owned()))),
            },
        }
    }
    match unclear.or_else(|| unread(code, at)) {
        _ if !wrong.is_empty() => fail(wrong),
        Some((at, why)) => unreadable(&at, &why),
        None => Outcome::Pass,
    }
}

/// A process whose code is not known.
fn unread(code: &Code, at: &Place) -> Option<(Place, String)> {
    let first = code.unread.first()?;
    Some((at.clone(), format!("what process {} ({}) executes could not be read: {}", first.pid, first.name, first.why)))
}

fn proof(file: &CodeFile, setting: &str, found: &str, wanted: &str) -> SettingProof {
    let origin = match (&file.package, &file.container) {
        (Some(package), _) => format!("of the package {package}"),
        (None, Some(container)) => format!("in container {container}"),
        (None, None) => "of no package".to_owned(),
    };
    SettingProof {
        setting: setting.to_owned(),
        at: Place::whole(file.path.clone()),
        found: Some(format!("{found}; {origin}, executed by {} (process {})", file.process, file.pid)),
        wanted: wanted.to_owned(),
    }
}

/// Who brought which file of the host.
struct Origins<'a> {
    /// The packages of a dpkg system by name; of others there are no marks, and what they brought is the distribution's.
    packages: BTreeMap<&'a str, Vec<&'a Package>>,
}

impl<'a> Origins<'a> {
    /// Without the package database nothing could be told apart.
    fn of(host: &'a HostFacts) -> Result<Self, (&'a Place, &'a str)> {
        let inventory = match &host.packages {
            Fact::Seen { value, .. } => value,
            Fact::Absent { at } => return Err((at, "not there, so nothing tells what the distribution brought")),
            Fact::Unreadable { at, why } => return Err((at, why)),
        };
        let mut packages: BTreeMap<&str, Vec<&Package>> = BTreeMap::new();
        for package in &inventory.packages {
            packages.entry(package.name.as_str()).or_default().push(package);
        }
        Ok(Self { packages })
    }

    /// Whether a package of the distribution brought the file.
    fn distribution(&self, file: &CodeFile) -> bool {
        // dpkg names the files of a package that may stand beside itself with its architecture.
        let name = file.package.as_deref().map(|name| name.split(':').next().unwrap_or(name));
        let known = name.and_then(|name| self.packages.get(name));
        name.is_some() && known.is_none_or(|known| known.iter().all(|package| mark(package).is_none()))
    }
}
