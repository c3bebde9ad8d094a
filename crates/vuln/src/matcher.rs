//! Which advisories concern a host: its release and its packages against the compiled database.
//!
//! One hash lookup and one binary search per package; the result holds references into the database. What nobody could
//! tell is said package by package. [`crate::reference`] does the same slowly.

use std::borrow::Cow;
use std::collections::BTreeSet;

use inspector_model::host::{Inventory, OsRelease, Package};

use crate::database::{Corrupt, Database, Entry, EntryState, ReleaseIndex, Runs};
use crate::kernel::{self, Kernels, Waiting};
use crate::release::{Naming, Release};
use crate::stream;
use crate::third_party::{self, ThirdParty};

/// What matching needs to know about a host.
#[derive(Debug, Clone, Copy)]
pub struct Host<'a> {
    /// Its release file.
    pub os: &'a OsRelease,
    /// Its packages.
    pub inventory: &'a Inventory,
    /// `uname -r`, where a kernel of its own runs.
    pub running_kernel: Option<&'a str>,
}

/// Why no package of a host could be judged.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum MatchError {
    /// The release is not one that the program knows.
    #[error("no advisories are known for `{0}`")]
    UnknownRelease(String),
    /// The release is known, and the database says nothing about it.
    #[error("the advisory database holds nothing about `{0}`")]
    NoAdvisories(&'static str),
    /// The database is damaged.
    #[error(transparent)]
    Corrupt(#[from] Corrupt),
}

/// What the database says about a host.
#[derive(Debug)]
pub struct Matched {
    /// The host's release.
    pub release: &'static Release,
    /// Whether a full feed speaks of the release; otherwise only the bundled set does.
    pub complete: bool,
    /// Packages that some advisory names; one that has a stream of its own may stand here twice.
    pub packages: Vec<PackageMatch>,
    /// What advisories say only about another version line of an installed package.
    pub other_lines: Vec<OtherLine>,
    /// Packages that could not be judged.
    pub unassessed: Vec<Unassessed>,
    /// Kernel packages that neither run nor would run after a reboot; not judged.
    pub set_aside: Vec<usize>,
    /// A newer kernel than the running one, where one is installed; both are judged.
    pub waiting_kernel: Option<Waiting>,
    /// Packages that the distribution has not made. Where its advisories name them, they are judged all the same.
    pub third_party: Vec<ThirdParty>,
}

/// What the database says about one package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageMatch {
    /// Its position in the inventory.
    pub package: usize,
    /// The entries.
    pub runs: Runs,
    /// The key of the installed version, where some entry begins with a later one than the earliest.
    pub installed: Option<Vec<u8>>,
}

impl PackageMatch {
    pub(crate) fn new(package: usize, runs: Runs, key: &[u8]) -> Self {
        let installed = runs.ranged.then(|| key.to_owned());
        Self { package, runs, installed }
    }

    /// Every statement about the package.
    pub(crate) fn statements<'a>(
        &'a self,
        database: &'a Database,
    ) -> impl Iterator<Item = Result<Statement<'a>, Corrupt>> {
        let runs = [(self.runs.before.clone(), false), (self.runs.affecting.clone(), true)];
        runs.into_iter().flat_map(move |(run, affecting)| {
            run.map(move |index| {
                let entry = database.entry(index)?;
                let verdict = self.verdict(&entry, affecting);
                Ok(Statement { package: self.package, entry, verdict, other_line: false })
            })
        })
    }

    fn verdict(&self, entry: &Entry<'_>, affecting: bool) -> Verdict {
        let begins_later = match (entry.introduced, &self.installed) {
            (Some(start), Some(installed)) => installed.as_slice() < start.key,
            (Some(_) | None, _) => false,
        };
        match entry.state {
            EntryState::Undetermined => Verdict::Undetermined,
            EntryState::NotAffected => Verdict::NotAffected,
            EntryState::Fixed(_) | EntryState::LastAffected(_) | EntryState::Open if begins_later => {
                Verdict::NotAffected
            }
            EntryState::Fixed(_) | EntryState::LastAffected(_) | EntryState::Open if affecting => Verdict::Affected,
            EntryState::Fixed(_) | EntryState::LastAffected(_) => Verdict::NotAffected,
            // Only a damaged file has one among those that do not affect.
            EntryState::Open => Verdict::Undetermined,
        }
    }
}

/// An entry about another version line of an installed package, while none about its own names the CVE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherLine {
    /// The package's position in the inventory.
    pub package: usize,
    /// The entry's index.
    pub entry: u32,
}

/// A package that could not be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unassessed {
    /// Its position in the inventory.
    pub package: usize,
    /// Why.
    pub why: String,
}

/// What one entry means for one installed package, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The installed version is not affected.
    NotAffected,
    /// Nobody knows.
    Undetermined,
    /// The installed version is affected.
    Affected,
}

/// One entry about one installed package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement<'a> {
    /// The package's position in the inventory.
    pub package: usize,
    /// The entry.
    pub entry: Entry<'a>,
    /// What it means for the installed version.
    pub verdict: Verdict,
    /// The entry speaks of another version line than the installed one.
    pub other_line: bool,
}

/// Matches a host. Every package of the inventory is judged, named as not judged, or named by no advisory.
pub fn match_host(database: &Database, host: Host<'_>) -> Result<Matched, MatchError> {
    let release = host.release()?;
    let index = database.release(release.key)?.ok_or(MatchError::NoAdvisories(release.key))?;
    let kernels = Kernels::of(release, host.inventory, host.running_kernel);
    let mut matched = Matched {
        set_aside: kernels.as_ref().map(Kernels::set_aside).unwrap_or_default(),
        waiting_kernel: kernels.as_ref().and_then(Kernels::waiting),
        third_party: third_party::of(release, host.inventory),
        ..Matched::of(release, index)
    };
    let mut key = Vec::new();
    for (position, package) in host.inventory.packages.iter().enumerate() {
        if matched.set_aside.binary_search(&position).is_err() {
            let of = Lookup { database, release, index };
            of.judge(package, position, &mut key, &mut matched)?;
        }
    }
    Ok(matched)
}

/// Where a package is looked up.
#[derive(Clone, Copy)]
pub(crate) struct Lookup<'a> {
    pub(crate) database: &'a Database,
    pub(crate) release: &'static Release,
    pub(crate) index: ReleaseIndex,
}

impl Lookup<'_> {
    /// Writes what is said about the package at `position` into `matched`. `key` is room for its version's key.
    pub(crate) fn judge(
        self,
        package: &Package,
        position: usize,
        key: &mut Vec<u8>,
        matched: &mut Matched,
    ) -> Result<(), Corrupt> {
        let Self { database, release, index } = self;
        let (name, version) = compared(release, package);
        key.clear();
        if let Err(error) = (release.order.append_key)(version, key) {
            matched.unassessed.push(Unassessed { package: position, why: error.to_string() });
            return Ok(());
        }
        let names = match stream::names(release, name, package) {
            Ok(names) => names,
            Err(why) => {
                matched.unassessed.push(Unassessed { package: position, why });
                return Ok(());
            }
        };
        for name in names.iter().flatten() {
            if let Some(runs) = database.lookup(index, name, key)? {
                matched.packages.push(PackageMatch::new(position, runs, key));
            }
        }
        if let Some(name) = any_extra(release, package)
            && let Some(runs) = database.lookup(index, &name, key)?
        {
            let own = matched.packages.iter().filter(|it| it.package == position).map(|it| &it.runs);
            let entries = of_other_lines(database, package, own, &runs)?;
            matched.other_lines.extend(entries.into_iter().map(|entry| OtherLine { package: position, entry }));
        }
        Ok(())
    }
}

/// The name under which all extras speak of a package, where its release has any.
pub(crate) fn any_extra(release: &Release, package: &Package) -> Option<String> {
    if release.has_extras() { stream::any_extra(&package.name) } else { None }
}

/// The entries of extras in `all` that speak of another line, about CVEs that no entry of the installed line names.
fn of_other_lines<'a>(
    database: &Database,
    package: &Package,
    own: impl Iterator<Item = &'a Runs>,
    all: &Runs,
) -> Result<Vec<u32>, Corrupt> {
    let same_line = |state| matches!(state, EntryState::Fixed(fixed) if stream::same_extra(package, fixed));
    let mut judged = BTreeSet::new();
    for index in own.flat_map(Runs::all) {
        let entry = database.entry(index)?;
        if same_line(entry.state) {
            judged.insert(entry.cve);
        }
    }
    let mut others = Vec::new();
    for index in all.all() {
        let entry = database.entry(index)?;
        if !same_line(entry.state) && !judged.contains(&entry.cve) {
            others.push(index);
        }
    }
    Ok(others)
}

/// The name and version of a package that the release's advisories speak of.
pub fn compared<'a>(release: &Release, package: &'a Package) -> (Cow<'a, str>, &'a str) {
    match release.naming {
        // A signed kernel is built from another source package, in which the version has another form.
        Naming::Source if package.source.starts_with("linux-signed") => {
            (kernel::unsigned(release, &package.source), &package.version)
        }
        Naming::Source => (Cow::Borrowed(&package.source), &package.source_version),
        Naming::Binary => (Cow::Borrowed(&package.name), &package.version),
    }
}

fn release_name(os: &OsRelease) -> String {
    let version = os.version_id.as_deref().or(os.codename.as_deref()).unwrap_or_default();
    format!("{} {version}", os.id).trim_end().to_owned()
}

impl Host<'_> {
    /// The host's release.
    pub(crate) fn release(&self) -> Result<&'static Release, MatchError> {
        Release::of(self.os).ok_or_else(|| MatchError::UnknownRelease(release_name(self.os)))
    }
}

impl Matched {
    /// Nothing yet.
    pub(crate) fn of(release: &'static Release, index: ReleaseIndex) -> Self {
        Self {
            release,
            complete: index.complete(),
            packages: Vec::new(),
            other_lines: Vec::new(),
            unassessed: Vec::new(),
            set_aside: Vec::new(),
            waiting_kernel: None,
            third_party: Vec::new(),
        }
    }

    /// Every statement about every judged package, package by package.
    pub fn statements<'a>(&'a self, database: &'a Database) -> impl Iterator<Item = Result<Statement<'a>, Corrupt>> {
        statements(database, &self.packages, &self.other_lines)
    }
}

/// Every statement about judged packages, and what is said only about their other version lines.
pub(crate) fn statements<'a>(
    database: &'a Database,
    packages: &'a [PackageMatch],
    other_lines: &'a [OtherLine],
) -> impl Iterator<Item = Result<Statement<'a>, Corrupt>> {
    let other_lines = other_lines.iter().map(|it| {
        let (entry, verdict) = (database.entry(it.entry)?, Verdict::Undetermined);
        Ok(Statement { package: it.package, entry, verdict, other_line: true })
    });
    packages.iter().flat_map(|found| found.statements(database)).chain(other_lines)
}

#[cfg(test)]
mod tests;
