//! The audit log: one event a line, each line bound to the one before by its hash, one file a day.
//!
//! A line is `{"sequence":N,"previous":"H","event":{…},"hash":"H"}`; its hash is SHA-256 over everything before
//! `,"hash"`. Whoever changes, drops or inserts a line breaks the chain from there on. What was cut off at the end shows
//! against a head that was written down elsewhere: [`verify`] says where the chain ends.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use sha2::{Digest, Sha256};
use tokio::sync::oneshot;

use crate::StoreError;
use crate::db::make_private_dir;

/// The folder in a data directory.
pub const FOLDER: &str = "audit";

/// What stands before the first line.
const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Where a chain ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// How many events there are.
    pub sequence: u64,
    /// The hash of the last.
    pub hash: String,
}

impl Default for Head {
    fn default() -> Self {
        Self { sequence: 0, hash: NOTHING.to_owned() }
    }
}

/// A log that is being written. Clones share it.
#[derive(Debug, Clone)]
pub struct AuditLog {
    entries: mpsc::SyncSender<Entry>,
}

#[derive(Debug)]
struct Entry {
    day: String,
    event: String,
    written: Option<oneshot::Sender<bool>>,
}

/// So many events wait for the disk; who brings one more waits too.
const WAITING: usize = 4096;

impl AuditLog {
    /// Goes on with the log of the data directory `dir`.
    ///
    /// # Errors
    /// When its files cannot be read, or its last line is not whole.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let folder = dir.join(FOLDER);
        make_private_dir(&folder)?;
        let mut writer = Writer { head: resume(&folder)?, folder, file: None };
        let (entries, received) = mpsc::sync_channel(WAITING);
        std::thread::spawn(move || writer.work(&received));
        Ok(Self { entries })
    }

    /// Adds an event, which is JSON on one line, of the day `YYYY-MM-DD`. Comes back once it is on the disk if `durable`,
    /// at once otherwise. False where it could not be written.
    pub async fn append(&self, day: String, event: String, durable: bool) -> bool {
        let (written, told) = oneshot::channel();
        let mut entry = Entry { day, event, written: durable.then_some(written) };
        loop {
            match self.entries.try_send(entry) {
                Ok(()) => break,
                Err(mpsc::TrySendError::Full(back)) => {
                    entry = back;
                    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
                }
                Err(mpsc::TrySendError::Disconnected(_)) => return false,
            }
        }
        !durable || told.await.unwrap_or(false)
    }
}

struct Writer {
    folder: PathBuf,
    head: Head,
    file: Option<(String, File)>,
}

impl Writer {
    /// Writes what waits in one go, then tells all who wait for it.
    fn work(&mut self, entries: &mpsc::Receiver<Entry>) {
        while let Ok(first) = entries.recv() {
            let batch: Vec<Entry> = std::iter::once(first).chain(entries.try_iter().take(WAITING)).collect();
            let durable = batch.iter().any(|entry| entry.written.is_some());
            let done = self.write(&batch, durable);
            if let Err(error) = &done {
                tracing::error!(%error, "cannot write the audit log");
                // What reached the file is not known: the next batch looks.
                self.file = None;
                match resume(&self.folder) {
                    Ok(head) => self.head = head,
                    Err(error) => tracing::error!(%error, "cannot read the audit log"),
                }
            }
            for written in batch.into_iter().filter_map(|entry| entry.written) {
                // Who asked may be gone.
                let _heard = written.send(done.is_ok());
            }
        }
    }

    fn write(&mut self, batch: &[Entry], durable: bool) -> std::io::Result<()> {
        let mut head = self.head.clone();
        for part in batch.chunk_by(|a, b| a.day == b.day) {
            let Some(first) = part.first() else { continue };
            let mut lines = String::new();
            for entry in part {
                lines.push_str(&line(&mut head, &entry.event));
            }
            let file = self.file(&first.day)?;
            file.write_all(lines.as_bytes())?;
            if durable {
                file.sync_data()?;
            }
        }
        self.head = head;
        Ok(())
    }

    fn file(&mut self, day: &str) -> std::io::Result<&mut File> {
        let open = || {
            let path = self.folder.join(format!("{day}.jsonl"));
            OpenOptions::new().create(true).append(true).mode(0o600).open(path)
        };
        let current = self.file.take().filter(|(open, _)| open == day);
        let file = match current {
            Some((_, file)) => file,
            None => open()?,
        };
        Ok(&mut self.file.insert((day.to_owned(), file)).1)
    }
}

fn line(head: &mut Head, event: &str) -> String {
    head.sequence += 1;
    let bound = format!("{{\"sequence\":{},\"previous\":\"{}\",\"event\":{event}", head.sequence, head.hash);
    head.hash = hex::encode(Sha256::digest(bound.as_bytes()));
    format!("{bound},\"hash\":\"{}\"}}\n", head.hash)
}

/// The files of a log, oldest first.
fn files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let refused = |source| StoreError::File { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(refused)? {
        let path = entry.map_err(refused)?.path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Where the log ends. A last line without its end was never acknowledged, and is taken away.
fn resume(folder: &Path) -> Result<Head, StoreError> {
    for path in files(folder)?.into_iter().rev() {
        let refused = |source| StoreError::File { path: path.clone(), source };
        let mut file = OpenOptions::new().read(true).write(true).open(&path).map_err(refused)?;
        let length = file.metadata().map_err(refused)?.len();
        // A line is bounded: events are.
        let from = length.saturating_sub(4 << 20);
        file.seek(SeekFrom::Start(from)).map_err(refused)?;
        let mut tail = Vec::new();
        file.read_to_end(&mut tail).map_err(refused)?;
        let whole = tail.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        if whole < tail.len() {
            tracing::warn!("the last line of `{}` is not whole and is taken away", path.display());
            file.set_len(from + whole as u64).map_err(refused)?;
        }
        let text = String::from_utf8_lossy(tail.get(..whole).unwrap_or_default());
        if let Some(last) = text.lines().next_back() {
            let told = read(last).ok_or_else(|| {
                StoreError::malformed(
                    format!("audit log `{}`", path.display()),
                    "its last line is not one of its lines",
                )
            })?;
            return Ok(Head { sequence: told.sequence, hash: told.hash.to_owned() });
        }
    }
    Ok(Head::default())
}

struct Line<'a> {
    sequence: u64,
    previous: &'a str,
    hash: &'a str,
    bound: &'a str,
}

fn read(line: &str) -> Option<Line<'_>> {
    let (bound, end) = line.rsplit_once(",\"hash\":\"")?;
    let hash = end.strip_suffix("\"}")?;
    let (sequence, rest) = bound.strip_prefix("{\"sequence\":")?.split_once(",\"previous\":\"")?;
    let (previous, _) = rest.split_once("\",\"event\":")?;
    Some(Line { sequence: sequence.parse().ok()?, previous, hash, bound })
}

/// Where a chain is broken.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// A file cannot be read.
    #[error(transparent)]
    Unreadable(#[from] StoreError),
    /// A line is not what was written.
    #[error("`{path}` line {line}: {why}")]
    Line {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        why: &'static str,
    },
    /// A head that was written down elsewhere is not in the log.
    #[error("the log has {sequence} events and does not hold the given head: its end was cut off or written anew")]
    Head {
        /// How many events there are.
        sequence: u64,
    },
}

/// Follows the chain of the log in the data directory `dir` from its first line to its last.
///
/// # Errors
/// At the first line that was changed, dropped or inserted, and where the log does not hold `anchor`.
pub fn verify(dir: &Path, anchor: Option<&Head>) -> Result<Head, Broken> {
    let mut head = Head::default();
    let mut anchored = anchor.is_none_or(|anchor| *anchor == head);
    for path in files(&dir.join(FOLDER))? {
        let refused = |source| StoreError::File { path: path.clone(), source };
        let mut file = BufReader::new(File::open(&path).map_err(refused)?);
        let (mut text, mut number) = (String::new(), 0);
        loop {
            text.clear();
            file.read_line(&mut text).map_err(refused)?;
            // What has no end yet is being written, or was never acknowledged.
            let Some(whole) = text.strip_suffix('\n') else { break };
            number += 1;
            let broken = |why| Broken::Line { path: path.clone(), line: number, why };
            let told = read(whole).ok_or_else(|| broken("it is not a line of the log"))?;
            if told.sequence != head.sequence + 1 {
                return Err(broken("a line before it is missing or was added"));
            }
            if told.previous != head.hash {
                return Err(broken("it does not follow the line before"));
            }
            if hex::encode(Sha256::digest(told.bound.as_bytes())) != told.hash {
                return Err(broken("it was changed"));
            }
            head = Head { sequence: told.sequence, hash: told.hash.to_owned() };
            anchored |= anchor == Some(&head);
        }
    }
    if anchored { Ok(head) } else { Err(Broken::Head { sequence: head.sequence }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn written() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        for (day, n) in [("2026-01-01", 1), ("2026-01-01", 2), ("2026-01-02", 3)] {
            // Opened anew each time: the chain goes on over restarts and days.
            let log = AuditLog::open(dir.path()).unwrap();
            assert!(log.append(day.to_owned(), format!("{{\"n\":{n}}}"), true).await);
        }
        let first = dir.path().join(FOLDER).join("2026-01-01.jsonl");
        (dir, first)
    }

    #[tokio::test]
    async fn a_chain_holds_over_restarts_and_days() {
        let (dir, _) = written().await;
        let head = verify(dir.path(), None).unwrap();
        assert_eq!(head.sequence, 3);
        assert_eq!(verify(dir.path(), Some(&head)).unwrap(), head);
        std::fs::remove_file(dir.path().join(FOLDER).join("2026-01-02.jsonl")).unwrap();
        assert!(matches!(verify(dir.path(), Some(&head)), Err(Broken::Head { sequence: 2 })));
    }

    #[tokio::test]
    async fn what_is_changed_dropped_or_inserted_is_found() {
        type Edit = fn(&str) -> String;
        let edits: [Edit; 5] = [
            |text| text.replace("\"n\":2", "\"n\":7"),
            |text| text.lines().skip(1).map(|line| format!("{line}\n")).collect(),
            |text| text.lines().take(1).map(|line| format!("{line}\n")).collect(),
            |text| text.to_owned() + text,
            |text| format!("{text}nonsense\n"),
        ];
        for edit in edits {
            let (dir, first) = written().await;
            std::fs::write(&first, edit(&std::fs::read_to_string(&first).unwrap())).unwrap();
            assert!(verify(dir.path(), None).is_err());
        }
    }

    #[tokio::test]
    async fn a_line_that_a_crash_cut_is_taken_away_and_the_chain_goes_on() {
        let (dir, _) = written().await;
        let last = dir.path().join(FOLDER).join("2026-01-02.jsonl");
        let mut file = OpenOptions::new().append(true).open(&last).unwrap();
        file.write_all(b"{\"sequence\":4,\"prev").unwrap();
        let log = AuditLog::open(dir.path()).unwrap();
        assert!(log.append("2026-01-02".to_owned(), "{}".to_owned(), true).await);
        assert_eq!(verify(dir.path(), None).unwrap().sequence, 4);
    }
}
