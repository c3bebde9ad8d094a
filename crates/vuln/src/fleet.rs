//! Many hosts at once. A fleet has millions of installed packages and some thousands of distinct ones, and what advisories
//! say about a package of a release is the same on every host: each distinct one is judged once, and a host is a list of
//! references. After a day's new advisories only the hosts that have something of which something new is said are matched
//! again.
//!
//! [`crate::matcher::match_host`], host by host, is the slow twin.

use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

use foldhash::fast::FixedState;
use inspector_model::host::Package;

use crate::database::{Corrupt, Database, ReleaseIndex};
use crate::kernel::Kernels;
use crate::matcher::{
    Host, Lookup, MatchError, Matched, OtherLine, PackageMatch, Statement, Unassessed, any_extra, compared, statements,
};
use crate::release::Release;
use crate::stream;

/// The packages of many hosts, each distinct one kept once.
#[derive(Debug, Default)]
pub struct Fleet {
    distinct: Vec<Distinct>,
    hashes: Vec<u64>,
    /// An open-addressing hash table of positions in `distinct` plus one; zero is a free slot.
    slots: Vec<u32>,
    /// Positions in `distinct`, host after host.
    installed: Vec<u32>,
    /// Where in `installed` each host ends.
    ends: Vec<usize>,
}

/// One package in one version of one release.
#[derive(Debug)]
struct Distinct {
    release: &'static Release,
    package: Package,
}

/// Why a host cannot be added.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddError {
    /// Its release is not one that the program knows.
    #[error(transparent)]
    Unmatched(#[from] MatchError),
    /// More distinct packages than references can tell apart.
    #[error("the fleet has too many distinct packages")]
    TooMany,
}

/// What a database says about every distinct package of a fleet.
#[derive(Debug)]
pub struct Judged {
    /// Per distinct package; `None` where the database holds nothing about its release.
    packages: Vec<Option<PackageJudged>>,
    /// How many entries affect each.
    affecting: Vec<u32>,
}

/// What a database says about one distinct package, which stands at position 0.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct PackageJudged {
    /// See [`Matched::packages`].
    pub packages: Vec<PackageMatch>,
    /// See [`Matched::other_lines`].
    pub other_lines: Vec<OtherLine>,
    /// See [`Matched::unassessed`].
    pub unassessed: Vec<Unassessed>,
}

impl Fleet {
    /// Adds a host; kernels that neither run nor would run after a reboot are left out, as matching does.
    ///
    /// # Errors
    /// Where the host's release is unknown. The fleet is as it was then.
    pub fn add(&mut self, host: Host<'_>) -> Result<(), AddError> {
        let release = host.release()?;
        let kernels = Kernels::of(release, host.inventory, host.running_kernel);
        let aside = kernels.as_ref().map(Kernels::set_aside).unwrap_or_default();
        let before = self.installed.len();
        for (position, package) in host.inventory.packages.iter().enumerate() {
            if aside.binary_search(&position).is_ok() {
                continue;
            }
            let Some(reference) = self.intern(release, package) else {
                self.installed.truncate(before);
                return Err(AddError::TooMany);
            };
            self.installed.push(reference);
        }
        self.ends.push(self.installed.len());
        Ok(())
    }

    /// How many hosts there are.
    pub fn hosts(&self) -> usize {
        self.ends.len()
    }

    /// How many packages are installed on all hosts together, and how many of them are distinct.
    pub fn packages(&self) -> (usize, usize) {
        (self.installed.len(), self.distinct.len())
    }

    /// The distinct packages of a host, in the order of its inventory; empty for one that is not there.
    pub fn host(&self, host: usize) -> &[u32] {
        self.installed.get(self.range(host)).unwrap_or_default()
    }

    fn range(&self, host: usize) -> Range<usize> {
        let start = host.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        start..self.ends.get(host).copied().unwrap_or(start)
    }

    /// A distinct package.
    pub fn package(&self, reference: u32) -> Option<&Package> {
        self.distinct.get(reference as usize).map(|distinct| &distinct.package)
    }

    fn intern(&mut self, release: &'static Release, package: &Package) -> Option<u32> {
        if self.distinct.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let hash = hash(release, package);
        let mask = self.slots.len() - 1;
        let mut at = low(hash) & mask;
        loop {
            let slot = self.slots.get_mut(at)?;
            let Some(known) = slot.checked_sub(1) else {
                let reference = u32::try_from(self.distinct.len()).ok()?;
                *slot = reference.checked_add(1)?;
                self.distinct.push(Distinct { release, package: package.clone() });
                self.hashes.push(hash);
                return Some(reference);
            };
            let same_hash = self.hashes.get(known as usize) == Some(&hash);
            if same_hash && self.distinct.get(known as usize).is_some_and(|it| it.is(release, package)) {
                return Some(known);
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let length = (self.slots.len() * 2).max(1 << 10);
        self.slots = vec![0; length];
        for (nth, hash) in (1..).zip(&self.hashes) {
            let mut at = low(*hash) & (length - 1);
            while self.slots.get(at).is_some_and(|slot| *slot != 0) {
                at = (at + 1) & (length - 1);
            }
            self.slots.get_mut(at).into_iter().for_each(|slot| *slot = nth);
        }
    }

    /// Judges every distinct package.
    ///
    /// # Errors
    /// When the database is damaged.
    pub fn judge(&self, database: &Database) -> Result<Judged, Corrupt> {
        let mut judged = Judged { packages: Vec::new(), affecting: Vec::new() };
        let mut releases = Releases::default();
        let mut key = Vec::new();
        for Distinct { release, package } in &self.distinct {
            let found = match releases.index(database, release)? {
                Some(index) => Some(judge(Lookup { database, release, index }, package, &mut key)?),
                None => None,
            };
            judged.affecting.push(found.as_ref().map_or(0, PackageJudged::affecting));
            judged.packages.push(found);
        }
        Ok(judged)
    }

    /// The hosts of which `after` may say something else than `before`, rising. Of every other host both say the same.
    ///
    /// # Errors
    /// When a database is damaged.
    pub fn changed(&self, before: &Database, after: &Database) -> Result<Vec<usize>, Corrupt> {
        let changed = self.changed_packages(before, after)?;
        let is_changed = |reference: &u32| changed.get(*reference as usize).copied().unwrap_or(true);
        Ok((0..self.hosts()).filter(|host| self.host(*host).iter().any(is_changed)).collect())
    }

    /// For each distinct package whether anything else is said about it.
    fn changed_packages(&self, before: &Database, after: &Database) -> Result<Vec<bool>, Corrupt> {
        let (mut old, mut new) = (Releases::default(), Releases::default());
        let mut changed = Vec::new();
        for Distinct { release, package } in &self.distinct {
            changed.push(match (old.index(before, release)?, new.index(after, release)?) {
                (None, None) => false,
                (Some(_), None) | (None, Some(_)) => true,
                (Some(old), Some(new)) if old.complete() != new.complete() => true,
                (Some(old), Some(new)) => {
                    let mut differs = false;
                    for name in spoken_of(release, package) {
                        differs |= before.digest(old, &name)? != after.digest(new, &name)?;
                    }
                    differs
                }
            });
        }
        Ok(changed)
    }
}

impl Judged {
    /// What is said about a distinct package; `None` where the database holds nothing about its release.
    pub fn package(&self, reference: u32) -> Option<&PackageJudged> {
        self.packages.get(reference as usize)?.as_ref()
    }

    /// How many entries affect packages of a host, see [`Fleet::host`].
    pub fn affecting(&self, host: &[u32]) -> u64 {
        let of = |reference: &u32| self.affecting.get(*reference as usize).copied().map_or(0, u64::from);
        host.iter().map(of).sum()
    }
}

impl PackageJudged {
    /// Every statement about the package.
    pub fn statements<'a>(&'a self, database: &'a Database) -> impl Iterator<Item = Result<Statement<'a>, Corrupt>> {
        statements(database, &self.packages, &self.other_lines)
    }

    fn affecting(&self) -> u32 {
        let counts = self.packages.iter().map(|it| it.runs.affecting.end - it.runs.affecting.start);
        counts.sum()
    }
}

impl Distinct {
    /// The same as far as matching can tell.
    fn is(&self, release: &Release, package: &Package) -> bool {
        let own = &self.package;
        *self.release == *release
            && own.version == package.version
            && own.name == package.name
            && own.source == package.source
            && own.source_version == package.source_version
            && own.module == package.module
            && own.architecture == package.architecture
    }
}

fn hash(release: &Release, package: &Package) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    let Package { name, version, architecture, source, source_version, module, .. } = package;
    let module = module.as_deref().unwrap_or_default();
    for part in [release.key, name, version, architecture, source, source_version, module] {
        hasher.write(part.as_bytes());
        hasher.write_u8(0xff);
    }
    hasher.finish()
}

#[expect(clippy::cast_possible_truncation, reason = "a hash is as good by its low bits")]
const fn low(hash: u64) -> usize {
    hash as usize
}

fn judge(lookup: Lookup<'_>, package: &Package, key: &mut Vec<u8>) -> Result<PackageJudged, Corrupt> {
    let mut matched = Matched::of(lookup.release, lookup.index);
    lookup.judge(package, 0, key, &mut matched)?;
    let Matched { packages, other_lines, unassessed, .. } = matched;
    Ok(PackageJudged { packages, other_lines, unassessed })
}

/// Every name under which advisories may speak of a package.
fn spoken_of(release: &Release, package: &Package) -> Vec<String> {
    let (name, _) = compared(release, package);
    // A package of which nobody knows the stream is judged by no advisory.
    let names = stream::names(release, name, package).unwrap_or_default();
    names.into_iter().flatten().map(std::borrow::Cow::into_owned).chain(any_extra(release, package)).collect()
}

/// Releases that were looked up.
#[derive(Default)]
struct Releases(Vec<(&'static Release, Option<ReleaseIndex>)>);

impl Releases {
    fn index(&mut self, database: &Database, release: &'static Release) -> Result<Option<ReleaseIndex>, Corrupt> {
        if let Some((_, index)) = self.0.iter().find(|(known, _)| std::ptr::eq(*known, release)) {
            return Ok(*index);
        }
        let index = database.release(release.key)?;
        self.0.push((release, index));
        Ok(index)
    }
}

#[cfg(test)]
mod tests;
