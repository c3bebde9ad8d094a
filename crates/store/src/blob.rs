//! Content-addressed files: a blob's name is the SHA-256 of its content, so it is stored once and never changes.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use sha2::{Digest as _, Sha256};

use crate::StoreError;
use crate::db::make_private_dir;

/// No blob unpacks to more than this many bytes.
pub const MAX_BYTES: u64 = 1 << 30;

/// A folder of blobs, each compressed (DEFLATE, RFC 1951).
#[derive(Debug, Clone)]
pub struct Blobs {
    dir: PathBuf,
}

impl Blobs {
    pub(crate) fn open(dir: &Path) -> Result<Self, StoreError> {
        make_private_dir(dir)?;
        Ok(Self { dir: dir.to_owned() })
    }

    /// Stores `content` and returns its digest, 64 hexadecimal digits. When this returns, the content is on the disk.
    ///
    /// # Errors
    /// When the file cannot be written; no half-written blob is ever visible.
    pub async fn put(&self, content: Vec<u8>) -> Result<String, StoreError> {
        let this = self.clone();
        blocking(move || this.put_now(&content)).await
    }

    /// Reads a blob and checks that it still is what its digest says.
    ///
    /// # Errors
    /// When it is missing or damaged.
    pub async fn get(&self, digest: &str) -> Result<Vec<u8>, StoreError> {
        let (this, digest) = (self.clone(), digest.to_owned());
        blocking(move || this.get_now(&digest)).await
    }

    fn path(&self, digest: &str) -> Result<PathBuf, StoreError> {
        let hexadecimal = digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit());
        let (folder, rest) = digest
            .split_at_checked(2)
            .filter(|_| hexadecimal)
            .ok_or_else(|| StoreError::malformed(format!("blob `{digest}`"), "its name is no SHA-256 digest"))?;
        Ok(self.dir.join(folder).join(rest))
    }

    fn put_now(&self, content: &[u8]) -> Result<String, StoreError> {
        let digest = hex::encode(Sha256::digest(content));
        let path = self.path(&digest)?;
        // What is there already must still be whole, or the acknowledgement would be for something that is lost.
        if self.get_now(&digest).is_err() {
            let folder = path.parent().unwrap_or(&self.dir);
            make_private_dir(folder)?;
            write_whole(folder, &path, content).map_err(|source| StoreError::File { path: path.clone(), source })?;
        }
        Ok(digest)
    }

    fn get_now(&self, digest: &str) -> Result<Vec<u8>, StoreError> {
        let path = self.path(digest)?;
        let refused = |source| StoreError::File { path: path.clone(), source };
        let mut content = Vec::new();
        let packed = File::open(&path).map_err(refused)?;
        DeflateDecoder::new(packed).take(MAX_BYTES).read_to_end(&mut content).map_err(refused)?;
        if hex::encode(Sha256::digest(&content)) != digest {
            return Err(StoreError::malformed(format!("blob `{}`", path.display()), "its content has changed"));
        }
        Ok(content)
    }
}

/// Writes beside, syncs, renames, syncs the folders: a reader sees the whole file or none, also after a power cut.
fn write_whole(folder: &Path, path: &Path, content: &[u8]) -> std::io::Result<()> {
    let beside = folder.join(format!("new-{}", hex::encode(random_bytes()?)));
    let mut packer = DeflateEncoder::new(File::create_new(&beside)?, Compression::fast());
    packer.write_all(content)?;
    packer.finish()?.sync_all()?;
    std::fs::rename(&beside, path)?;
    File::open(folder)?.sync_all()?;
    match folder.parent() {
        Some(parent) => File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}

fn random_bytes() -> std::io::Result<[u8; 8]> {
    use ring::rand::SecureRandom;
    let mut bytes = [0; 8];
    let filled = ring::rand::SystemRandom::new().fill(&mut bytes);
    filled.map(|()| bytes).map_err(|_| std::io::Error::other("the random source gives nothing"))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(StoreError::malformed("blob", error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_blob_reads_back_and_equal_content_is_one_file() {
        let dir = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(dir.path()).unwrap();
        let digest = blobs.put(b"facts".to_vec()).await.unwrap();
        assert_eq!(blobs.put(b"facts".to_vec()).await.unwrap(), digest);
        assert_eq!(blobs.get(&digest).await.unwrap(), b"facts");
        assert_eq!(std::fs::read_dir(blobs.path(&digest).unwrap().parent().unwrap()).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn storing_again_mends_a_damaged_blob() {
        let dir = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(dir.path()).unwrap();
        let digest = blobs.put(b"facts".to_vec()).await.unwrap();
        std::fs::write(blobs.path(&digest).unwrap(), b"rubbish").unwrap();
        assert!(blobs.get(&digest).await.is_err());
        blobs.put(b"facts".to_vec()).await.unwrap();
        assert_eq!(blobs.get(&digest).await.unwrap(), b"facts");
    }

    #[tokio::test]
    async fn a_damaged_blob_and_a_name_that_is_no_digest_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(dir.path()).unwrap();
        let (one, other) = (blobs.put(b"one".to_vec()).await.unwrap(), blobs.put(b"other".to_vec()).await.unwrap());
        std::fs::copy(blobs.path(&other).unwrap(), blobs.path(&one).unwrap()).unwrap();
        assert!(matches!(blobs.get(&one).await, Err(StoreError::Malformed { .. })));
        assert!(blobs.get("../../etc/passwd").await.is_err());
    }
}
