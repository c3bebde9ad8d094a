//! The first access key of a data directory, in the file format that every AWS client reads.

use std::path::PathBuf;

use inspector_model::arn::AccountId;
use inspector_store::access_key::{self, AccessKey};
use inspector_store::account::{self, Account};
use inspector_store::{StoreError, transact, write_private};

use crate::ServeError;
use crate::world::{now, random_text};
use inspector_store::Store;

/// The file in the data directory.
const FILE: &str = "credentials";

const UPPER_AND_DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
pub(crate) const SECRET_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A key id: a prefix of four and sixteen characters.
pub(crate) fn key_id(prefix: &str) -> Result<String, crate::world::NoRandomness> {
    Ok(prefix.to_owned() + &random_text(UPPER_AND_DIGITS, 16)?)
}

/// Makes the first key when the directory has none. Returns the file's path if it was made now.
pub(crate) async fn ensure(store: &Store, account: &AccountId) -> Result<Option<PathBuf>, ServeError> {
    if access_key::any(&mut *store.reader().await?).await? {
        return Ok(None);
    }
    let key = AccessKey::lasting(key_id("AKIA")?, account.clone(), "root".to_owned(), now());
    let secret = random_text(SECRET_ALPHABET, 40)?;
    let path = store.dir().join(FILE);
    let text = format!("[default]\naws_access_key_id = {}\naws_secret_access_key = {secret}\n", key.id);
    // The file comes first: a key that nobody knows would be worse than a file whose key is not there yet.
    if path.exists() {
        std::fs::remove_file(&path).map_err(|source| StoreError::File { path: path.clone(), source })?;
    }
    write_private(&path, text.as_bytes()).map_err(|source| StoreError::File { path: path.clone(), source })?;
    transact!(store, |conn| {
        if account::find(conn, account).await?.is_none() {
            account::insert(conn, &Account { id: account.clone(), operator: true, created_at: key.created_at }).await?;
        }
        access_key::insert(conn, store, &key, &secret).await
    })?;
    Ok(Some(path))
}
