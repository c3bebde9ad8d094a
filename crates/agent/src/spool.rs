//! What is owed to the service, kept on disk until it is accepted, so that a restart or a crash loses nothing that was
//! seen. There is one collection at a time: the next begins when the last is delivered.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use inspector_model::agent::{FactsRequest, Trouble};

use crate::file;

/// A collection that takes more room is kept in memory alone, in bytes.
const CAP: usize = 16 << 20;
/// Room that must be left on the file system, in bytes.
const LEAVE_FREE: u64 = 100 << 20;
/// Compression level: the knee of the curve for package lists.
const LEVEL: i32 = 3;

/// The spool of one state directory.
pub(crate) struct Spool {
    path: PathBuf,
    leave_free: u64,
    trouble: Option<Trouble>,
}

impl Spool {
    /// The spool in `state_dir`, whatever is in it.
    pub(crate) fn at(state_dir: &Path) -> Self {
        Self { path: state_dir.join("owed.json.zst"), leave_free: LEAVE_FREE, trouble: None }
    }

    /// The spool in `state_dir`, with what an earlier process left in it. What cannot be read is dropped and told.
    pub(crate) fn open(state_dir: &Path) -> (Self, Option<FactsRequest>) {
        let mut spool = Self::at(state_dir);
        let owed = match read(&spool.path) {
            Ok(owed) => owed,
            Err(why) => {
                spool.told("spool-lost", format!("1 collection that an earlier process kept cannot be read: {why}"));
                let _gone = fs::remove_file(&spool.path);
                None
            }
        };
        (spool, owed)
    }

    /// Keeps `request`. When there is no room it stays in memory alone, and that is told.
    pub(crate) fn keep(&mut self, request: &FactsRequest) {
        let kept = self.room().and_then(|()| {
            let bytes = serde_json::to_vec(request).map_err(|error| error.to_string())?;
            let bytes = zstd::encode_all(bytes.as_slice(), LEVEL).map_err(|error| error.to_string())?;
            if bytes.len() > CAP {
                return Err(format!("it takes {} bytes and the spool holds {CAP}", bytes.len()));
            }
            file::replace(&self.path, &bytes).map_err(|error| error.to_string())
        });
        match kept {
            Ok(()) => self.trouble = None,
            Err(why) => {
                self.clear();
                self.told("spool-full", format!("the collection is kept in memory alone: {why}"));
            }
        }
    }

    /// Nothing is owed any more.
    pub(crate) fn clear(&mut self) {
        let _absent = fs::remove_file(&self.path);
        self.trouble = None;
    }

    /// What is wrong with the spool.
    pub(crate) fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    fn told(&mut self, code: &str, detail: String) {
        self.trouble = Some(Trouble { code: code.to_owned(), detail });
    }

    fn room(&self) -> Result<(), String> {
        let folder = self.path.parent().unwrap_or(&self.path);
        let room = rustix::fs::statvfs(folder).map_err(|error| error.to_string())?;
        let free = room.f_bavail.saturating_mul(room.f_frsize);
        if free < self.leave_free {
            return Err(format!("{free} bytes are free and {} are to be left", self.leave_free));
        }
        Ok(())
    }
}

fn read(path: &Path) -> Result<Option<FactsRequest>, String> {
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.to_string()),
    };
    let decoder = zstd::Decoder::new(file).map_err(|error| error.to_string())?;
    // It was written by us, and may have been written over since.
    let mut bytes = Vec::new();
    decoder.take(32 * CAP as u64).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    serde_json::from_slice(&bytes).map(Some).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use inspector_model::Timestamp;
    use inspector_model::host::HostFacts;

    use super::*;

    fn request() -> FactsRequest {
        FactsRequest {
            runs: vec!["arn:a".to_owned()],
            facts: HostFacts::of_document("a", Timestamp::from_millis(7)),
            benchmark: None,
        }
    }

    fn open(folder: &Path) -> (Spool, Option<FactsRequest>) {
        let (spool, owed) = Spool::open(folder);
        (Spool { leave_free: 0, ..spool }, owed)
    }

    #[test]
    fn what_is_owed_survives_the_process_until_it_is_accepted() {
        let folder = tempfile::tempdir().unwrap();
        let (mut spool, owed) = open(folder.path());
        assert_eq!(owed, None);
        spool.keep(&request());
        let (mut spool, owed) = open(folder.path());
        assert_eq!((owed, spool.trouble()), (Some(request()), None));
        spool.clear();
        assert_eq!(open(folder.path()).1, None);
    }

    #[test]
    fn what_cannot_be_read_is_counted_and_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let (mut spool, _) = open(folder.path());
        spool.keep(&request());
        let bytes = fs::read(&spool.path).unwrap();
        for broken in [&bytes[..bytes.len() / 2], b"", b"no zstd"] {
            fs::write(&spool.path, broken).unwrap();
            let (spool, owed) = open(folder.path());
            assert_eq!((owed, spool.trouble().unwrap().code.as_str()), (None, "spool-lost"));
            assert!(!spool.path.exists());
        }
    }

    #[test]
    fn a_disk_without_room_is_told_and_the_trouble_ends_with_the_delivery() {
        let folder = tempfile::tempdir().unwrap();
        let (mut spool, _) = open(folder.path());
        spool.leave_free = u64::MAX;
        spool.keep(&request());
        let trouble = spool.trouble().unwrap();
        assert!(trouble.code == "spool-full" && trouble.detail.contains("bytes are free"), "{}", trouble.detail);
        assert!(!spool.path.exists());
        spool.clear();
        assert_eq!(spool.trouble(), None);
    }
}
