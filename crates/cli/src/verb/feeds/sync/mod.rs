//! `inspector feeds sync`: fetch what has changed at the publishers or a mirror, and compile it.
//!
//! A document that does not arrive, is no such document, or is older or much smaller than the one in use is refused by
//! name; the one in use stays, and the others are taken all the same.

mod fetch;
pub(super) mod state;

use std::io::{IsTerminal, Write, stderr};
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use clap::Args;
use inspector_vuln::database::Manifest;
use inspector_vuln::feed::address::{ADDRESSES, Find, Location, first_mirror, named_document, updateinfo};
use sha2::{Digest, Sha256};
use ureq::Agent;

use super::document::Document;
use super::import::{self, Documents, lock, stored};
use crate::advisories::{DataDirectory, FeedsFolder};
use crate::exit::Exit;
use crate::failure::Helpful;
use crate::output;
use crate::verb::scan::now;
use fetch::{Fetched, agent, digest, fetch, text};
use state::{Asked, Failure, State, download};

/// Fetch the feeds that have changed from their publishers, or from a mirror, and compile them
#[derive(Args)]
pub(crate) struct Sync {
    /// Only these feeds; all of them unless given
    #[arg(value_name = "FEED")]
    feeds: Vec<String>,
    /// Fetch from here instead: the address of a document without its scheme is put after this URL
    #[arg(long, value_name = "URL")]
    mirror: Option<String>,
    /// Accept a feed that is older or much smaller than the one in use
    #[arg(long)]
    accept: bool,
    #[command(flatten)]
    data: DataDirectory,
}

/// What came of a sync.
pub(crate) struct Synced {
    /// How many documents were taken.
    pub(crate) taken: usize,
    /// How many have not changed.
    pub(crate) unchanged: usize,
    /// The addresses of those that failed, and why.
    pub(crate) failures: Vec<(String, String)>,
}

impl Sync {
    /// A sync of every feed into this data directory.
    pub(crate) fn of_all(data: DataDirectory, mirror: Option<String>) -> Self {
        Self { feeds: Vec::new(), mirror, accept: false, data }
    }

    /// Fetches, compiles, reports.
    pub(crate) fn run(self) -> Result<Exit> {
        let Synced { taken, unchanged, failures } = self.sync()?;
        failures.iter().for_each(|(url, why)| output::complain(&format!("{url}: {why}")));
        let failed = failures.len();
        output::deliver(&format!("{taken} documents taken, {unchanged} unchanged, {failed} failed\n"), None)?;
        Ok(if failed == 0 { Exit::Clean } else { Exit::Incomplete })
    }

    /// Fetches and compiles; what came of it is remembered for `feeds status` and the service's own.
    pub(crate) fn sync(&self) -> Result<Synced> {
        let locations = self.locations()?;
        let folder = FeedsFolder::of(&self.data.data_dir);
        let _lock = lock(&folder)?;
        let mut state = State::load(&folder)?;
        let synced = self.take_all(&folder, locations, &mut state);
        let failure = synced.as_ref().err().map(|error| Failure { at: now(), why: format!("{error:#}") });
        state.ended(failure);
        state.save(&folder)?;
        synced
    }

    fn take_all(&self, folder: &FeedsFolder, locations: Vec<Location>, state: &mut State) -> Result<Synced> {
        let in_use = folder.readable();
        let before = import::manifest(in_use.as_deref())?;
        if !self.accept {
            import::refuse_foreign(in_use.as_deref(), &before)?;
        }
        let mut documents = stored(in_use.as_deref())?;
        let (agent, mut synced) = (agent(), Synced { taken: 0, unchanged: 0, failures: Vec::new() });
        let mut taken = Vec::new();
        for location in locations {
            let url = self.at_mirror(&location.url);
            let mut asked = state.documents.get(&url).cloned().unwrap_or_default();
            match self.take(&agent, &location, folder, &asked, &before) {
                Ok(None) => {
                    synced.unchanged += 1;
                    asked = Asked { synced_at: Some(now()), failure: None, ..asked };
                }
                Ok(Some((document, validator))) => {
                    documents.insert((document.feed.id, document.name.clone()), document);
                    // What is taken counts as synced once it is compiled.
                    taken.push((url, Asked { synced_at: Some(now()), failure: None, validator }));
                    continue;
                }
                Err(error) => {
                    let why = format!("{error:#}");
                    synced.failures.push((url.clone(), why.clone()));
                    asked.failure = Some(Failure { at: now(), why });
                }
            }
            state.documents.insert(url, asked);
            state.save(folder)?;
        }
        if !taken.is_empty() {
            compile(folder, &documents)?;
            synced.taken = taken.len();
            state.documents.extend(taken);
            state.save(folder)?;
        }
        Ok(synced)
    }

    fn locations(&self) -> Result<Vec<Location>> {
        let known: std::collections::BTreeSet<&str> = ADDRESSES.iter().map(|it| it.feed).collect();
        for feed in &self.feeds {
            ensure!(known.contains(feed.as_str()), unknown(feed, &known));
        }
        let wanted = |feed: &str| self.feeds.is_empty() || self.feeds.iter().any(|it| it == feed);
        let year = now().to_string().get(..4).and_then(|year| year.parse().ok()).context("the clock names no year")?;
        Ok(ADDRESSES.iter().filter(|it| wanted(it.feed)).flat_map(|it| it.locations(year)).collect())
    }

    fn at_mirror(&self, url: &str) -> String {
        match &self.mirror {
            Some(mirror) => {
                let plain = url.split_once("://").map_or(url, |(_, rest)| rest);
                format!("{}/{plain}", mirror.trim_end_matches('/'))
            }
            None => url.to_owned(),
        }
    }

    /// Fetches one document and looks whether it may take the place of the one in use; `None` where it has not changed.
    fn take(
        &self,
        agent: &Agent,
        location: &Location,
        folder: &FeedsFolder,
        asked: &Asked,
        before: &Manifest,
    ) -> Result<Option<(Document, state::Validator)>> {
        let found = self.find(agent, location)?;
        let path = download(folder, &found.url);
        std::fs::create_dir_all(path.parent().unwrap_or(&path))?;
        let known = asked.synced_at.map(|_| &asked.validator);
        let url = self.at_mirror(&found.url);
        let fetched = fetch(agent, &url, &path, known, &mut progress(&url))?;
        clear_progress();
        let Fetched::New(validator) = fetched else { return Ok(None) };
        if location.find != Find::There {
            remove_earlier(&path)?;
        }
        if let Some(wanted) = &found.packed_digest {
            same_digest(wanted, &std::fs::read(&path)?)?;
        }
        let document = Document::recognise(&path)?.filter(|it| it.feed.id == location.feed);
        let document = document.ok_or_else(|| anyhow!("it is no document of `{}`", location.feed))?;
        if let Some(digest_url) = &location.digest_url {
            same_digest(&digest(agent, &self.at_mirror(digest_url))?, &document.unpacked()?)?;
        }
        let input = document.read()?;
        if !self.accept {
            before.accept(&input)?;
        }
        Ok(Some((document, validator)))
    }

    /// Where the document is now.
    fn find(&self, agent: &Agent, location: &Location) -> Result<Found> {
        let url = &location.url;
        let read = |url: &str| text(agent, &self.at_mirror(url)).with_context(|| format!("cannot read `{url}`"));
        match location.find {
            Find::There => Ok(Found { url: url.clone(), packed_digest: None }),
            Find::NamedByText => {
                let told = read(url)?;
                let name = named_document(&told).with_context(|| format!("`{url}` names no document"))?;
                let (folder, _) = url.rsplit_once('/').unwrap_or((url, ""));
                Ok(Found { url: format!("{folder}/{name}"), packed_digest: None })
            }
            Find::InRepository => {
                let list = read(url)?;
                let mirror = first_mirror(&list).with_context(|| format!("`{url}` names no mirror"))?;
                let metadata = format!("{mirror}/repodata/repomd.xml");
                let found = updateinfo(&read(&metadata)?);
                let (path, digest) = found.with_context(|| format!("`{metadata}` names no advisories"))?;
                Ok(Found { url: format!("{mirror}/{path}"), packed_digest: Some(digest) })
            }
        }
    }
}

/// A document's own address, and the SHA-256 of what is there, where that is known before.
struct Found {
    url: String,
    packed_digest: Option<String>,
}

/// Removes what was fetched under another name before; where it is in use, the generation has it.
fn remove_earlier(path: &Path) -> Result<()> {
    let Some(folder) = path.parent() else { return Ok(()) };
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() && entry.path() != path {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn same_digest(wanted: &str, bytes: &[u8]) -> Result<()> {
    let found = hex::encode(Sha256::digest(bytes));
    ensure!(wanted.eq_ignore_ascii_case(&found), "its digest is {found}, and the publisher names {wanted}");
    Ok(())
}

fn unknown(feed: &str, known: &std::collections::BTreeSet<&str>) -> Helpful {
    let known: Vec<&str> = known.iter().copied().collect();
    Helpful::new(format!("`{feed}` is no feed with an address"), format!("inspector feeds sync {}", known.join(" ")))
}

/// Compiles the documents and switches to them.
fn compile(folder: &FeedsFolder, documents: &Documents) -> Result<()> {
    let (bytes, _) = import::compile(import::read_all(documents.values())?)?;
    import::write_generation(folder, bytes, documents)
}

/// Tells a terminal how far a document has arrived.
fn progress(url: &str) -> impl FnMut(u64, Option<u64>) {
    let (url, shown, mut last) = (url.to_owned(), stderr().is_terminal(), 0);
    move |written, length| {
        if shown && written >= last + (1 << 20) {
            last = written;
            let of = length.map(|length| format!(" of {}", length >> 20)).unwrap_or_default();
            // Nobody is left to tell when stderr is closed.
            let _closed = write!(stderr().lock(), "\r{url}: {}{of} MiB ", written >> 20);
        }
    }
}

fn clear_progress() {
    if stderr().is_terminal() {
        let _closed = write!(stderr().lock(), "\r\x1b[K");
    }
}
