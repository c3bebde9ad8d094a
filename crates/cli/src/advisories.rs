//! Where the advisory database lies and how it is found: what was imported, or the bundled set.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result};
use clap::Args;
use inspector_model::host::HostFacts;
use inspector_vuln::database::{Database, Rest};
use inspector_vuln::feed::bundled;
use inspector_vuln::language::registry;
use inspector_vuln::release::Release;
use inspector_vuln::support::feeds_of;

use crate::failure::Helpful;
use crate::output;

/// Where everything is kept.
#[derive(Args)]
pub(crate) struct DataDirectory {
    /// Where the program keeps its data
    #[arg(long, env = "INSPECTOR_DATA_DIR", value_name = "DIR", default_value = "inspector-data")]
    pub(crate) data_dir: PathBuf,
}

/// `<data-dir>/feeds`: `current` and `previous` each hold a database and the documents that it was made from.
pub(crate) struct FeedsFolder(PathBuf);

/// The database's name within a generation.
pub(crate) const DATABASE: &str = "advisories.db";

impl FeedsFolder {
    /// The folder of this data directory; it need not exist.
    pub(crate) fn of(data_dir: &Path) -> Self {
        Self(data_dir.join("feeds"))
    }

    /// The folder itself.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The generation in use.
    pub(crate) fn current(&self) -> PathBuf {
        self.0.join("current")
    }

    /// The one before.
    pub(crate) fn previous(&self) -> PathBuf {
        self.0.join("previous")
    }

    /// The generation to read: after a crash in the middle of a switch only the previous one is in its place.
    pub(crate) fn readable(&self) -> Option<PathBuf> {
        [self.current(), self.previous()].into_iter().find(|generation| generation.join(DATABASE).is_file())
    }
}

/// Opens `db`; without one the imported database of `data_dir`; without that the bundled set.
pub(crate) fn load(db: Option<&Path>, data_dir: &Path) -> Result<Database> {
    let imported = || FeedsFolder::of(data_dir).readable().map(|generation| generation.join(DATABASE));
    match db.map(Path::to_owned).or_else(imported) {
        Some(path) => open(&path),
        None => Ok(bundled::database()?),
    }
}

/// Opens one database file. Only what matching needs is read now.
pub(crate) fn open(path: &Path) -> Result<Database> {
    open_head(path).with_context(|| {
        Helpful::new(format!("cannot read the advisory database `{}`", path.display()), "inspector feeds import <PATH>")
    })
}

fn open_head(path: &Path) -> Result<Database> {
    let mut file = File::open(path)?;
    let length = usize::try_from(file.metadata()?.len())?;
    let mut head = Vec::new();
    file.by_ref().take(Database::BEGINNING as u64).read_to_end(&mut head)?;
    let needed = Database::head_length(&head, length)?;
    head.reserve_exact(needed);
    file.by_ref().take((needed - head.len()) as u64).read_to_end(&mut head)?;
    Ok(Database::open_head(head, length, Box::new(DatabaseFile(Mutex::new(file))))?)
}

/// The file, from which descriptions are read. An import puts another file in its place and leaves this one as it is.
#[derive(Debug)]
struct DatabaseFile(Mutex<File>);

impl Rest for DatabaseFile {
    fn read(&self, range: Range<usize>) -> Option<Vec<u8>> {
        let mut file = self.0.lock().ok()?;
        file.seek(SeekFrom::Start(range.start as u64)).ok()?;
        let mut bytes = vec![0; range.len()];
        file.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }
}

/// What a person must hear beside the result: what of this host no imported feed speaks of, and how to get it.
pub(crate) fn warn_of_missing_feeds(database: &Database, facts: &HostFacts) -> Result<()> {
    let mut missing = Vec::new();
    for release in concerned(facts) {
        if !database.release(release.key)?.is_some_and(|it| it.complete()) {
            missing.push(release);
        }
    }
    if missing.is_empty() && database.has_feed("nvd") {
        return Ok(());
    }
    let keys: Vec<_> = missing.iter().map(|release| format!("`{}`", release.key)).collect();
    let mut feeds: BTreeSet<&str> = missing.iter().flat_map(|release| feeds_of(release)).copied().collect();
    let mut lacks = Vec::new();
    if !keys.is_empty() {
        lacks.push(format!("of {} at most a few well-known vulnerabilities are looked for", keys.join(", ")));
    }
    if !database.has_feed("nvd") {
        feeds.insert("nvd");
        lacks.push("severities are unknown without the scores of NVD".to_owned());
    }
    let feeds: Vec<_> = feeds.into_iter().collect();
    output::complain(&format!(
        "warning: advisory feeds have not been synced: {}\nhelp: inspector feeds sync {}",
        lacks.join("; "),
        feeds.join(" ")
    ));
    Ok(())
}

/// The releases and registries that a host's packages are of.
fn concerned(facts: &HostFacts) -> Vec<&'static Release> {
    let system = facts.os.seen().filter(|_| facts.packages.seen().is_some()).and_then(Release::of);
    let windows = facts.windows.as_ref().and_then(|_| Release::by_key("windows"));
    let packages = facts.languages.iter().flat_map(|languages| &languages.packages).filter(|it| !it.owned);
    let registries: BTreeSet<&str> = packages.map(|package| package.ecosystem.purl_type()).collect();
    system.into_iter().chain(windows).chain(registries.into_iter().filter_map(registry)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_import_the_bundled_set_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        assert!(load(None, folder.path()).unwrap().has_feed(bundled::ID));
    }

    #[test]
    fn a_named_file_that_is_missing_is_an_error_and_not_the_bundled_set() {
        let folder = tempfile::tempdir().unwrap();
        let error = load(Some(&folder.path().join("no.db")), folder.path()).unwrap_err();
        assert!(error.to_string().contains("no.db"), "{error}");
    }

    #[test]
    fn a_broken_import_is_an_error_and_not_the_bundled_set() {
        let folder = tempfile::tempdir().unwrap();
        let current = FeedsFolder::of(folder.path()).current();
        std::fs::create_dir_all(&current).unwrap();
        std::fs::write(current.join(DATABASE), "nonsense").unwrap();
        assert!(load(None, folder.path()).is_err());
    }
}
