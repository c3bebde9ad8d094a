//! Secrets at rest: AES-256-GCM under a key in a file of its own.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};

use crate::StoreError;

/// The key under which secrets are sealed.
pub(crate) struct SealingKey {
    key: LessSafeKey,
    random: SystemRandom,
}

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealingKey")
    }
}

impl SealingKey {
    /// The key in the file `path`, which is made when there is none.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        Self::of(&key_file(path)?)
    }

    /// The key that somebody else keeps.
    pub(crate) fn of(bytes: &[u8; 32]) -> Result<Self, StoreError> {
        let key = UnboundKey::new(&AES_256_GCM, bytes);
        let key = key.map_err(|_| StoreError::malformed("sealing key", "it is not 32 bytes"))?;
        Ok(Self { key: LessSafeKey::new(key), random: SystemRandom::new() })
    }

    /// Seals `secret` for the row `row`: it opens in no other row.
    pub(crate) fn seal(&self, row: &str, secret: &str) -> Result<String, StoreError> {
        let refused = |_| StoreError::malformed("secret", "it cannot be sealed");
        let mut nonce = [0; NONCE_LEN];
        self.random.fill(&mut nonce).map_err(refused)?;
        let mut sealed = secret.as_bytes().to_vec();
        let aad = Aad::from(row.as_bytes());
        self.key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed).map_err(refused)?;
        Ok(hex::encode(nonce) + &hex::encode(sealed))
    }

    /// Opens what [`SealingKey::seal`] made for the same row.
    pub(crate) fn open_sealed(&self, row: &str, sealed: &str) -> Result<String, StoreError> {
        let refused = || StoreError::malformed("secret", "it does not open with this directory's sealing key");
        let bytes = hex::decode(sealed).map_err(|_| refused())?;
        let (nonce, rest) = bytes.split_first_chunk::<NONCE_LEN>().ok_or_else(refused)?;
        let mut rest = rest.to_vec();
        let aad = Aad::from(row.as_bytes());
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened = self.key.open_in_place(nonce, aad, &mut rest).map_err(|_| refused())?;
        String::from_utf8(opened.to_vec()).map_err(|_| refused())
    }
}

/// 32 random bytes in a file that only its owner can read; made when there is none.
pub(crate) fn key_file(path: &Path) -> Result<[u8; 32], StoreError> {
    let refused = |source| StoreError::File { path: path.to_owned(), source };
    let what = || format!("key `{}`", path.display());
    match std::fs::read(path) {
        Ok(bytes) => bytes.try_into().map_err(|_| StoreError::malformed(what(), "it is not 32 bytes")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let mut bytes = [0; 32];
            let filled = SystemRandom::new().fill(&mut bytes);
            filled.map_err(|_| StoreError::malformed(what(), "the random source gives nothing"))?;
            write_private(path, &bytes).map_err(refused)?;
            Ok(bytes)
        }
        Err(source) => Err(refused(source)),
    }
}

/// Writes a new file that only its owner can read, durably; an existing one is an error.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_secret_opens_in_its_own_row_and_after_a_restart_only() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("key");
        let sealed = SealingKey::open(&path).unwrap().seal("AKIA1", "secret").unwrap();
        assert!(!sealed.contains(&hex::encode("secret")));
        let again = SealingKey::open(&path).unwrap();
        assert_eq!(again.open_sealed("AKIA1", &sealed).unwrap(), "secret");
        assert!(again.open_sealed("AKIA2", &sealed).is_err());
        let other = SealingKey::open(&dir.path().join("other")).unwrap();
        assert!(other.open_sealed("AKIA1", &sealed).is_err());
        let bytes = std::fs::read(&path).unwrap().try_into().unwrap();
        assert_eq!(SealingKey::of(&bytes).unwrap().open_sealed("AKIA1", &sealed).unwrap(), "secret");
    }
}
