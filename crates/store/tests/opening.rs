//! A data directory that cannot be used as it is says so when it is opened, and is left as it was.
#![expect(clippy::unwrap_used, reason = "a failed expectation ends a test")]

use std::path::Path;

use inspector_model::Timestamp;
use inspector_store::access_key::{self, AccessKey};
use inspector_store::{Store, StoreError, transact};

const GIVEN: [u8; 32] = [7; 32];

async fn closed(store: Store) {
    store.close().await;
}

/// A directory that holds one sealed secret.
async fn with_a_secret(dir: &Path, key: Option<[u8; 32]>) {
    let store = Store::open_with(dir, key).await.unwrap();
    let account = "000000000000".parse().unwrap();
    let stored = AccessKey::lasting("AKIAEXAMPLE000000000".into(), account, "root".into(), Timestamp::from_millis(1));
    transact!(store, |conn| access_key::insert(conn, &store, &stored, "secret").await).unwrap();
    closed(store).await;
}

#[tokio::test]
async fn a_lost_sealing_key_is_named_and_no_new_one_takes_its_place() {
    let dir = tempfile::tempdir().unwrap();
    with_a_secret(dir.path(), None).await;
    let key = dir.path().join("sealing-key");
    let kept = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    let error = Store::open(dir.path()).await.unwrap_err();
    assert!(matches!(error, StoreError::SealingKey { .. }), "{error}");
    assert!(error.to_string().starts_with(&format!("the sealing key `{}` is missing", key.display())), "{error}");
    assert!(!key.exists());
    std::fs::write(&key, kept).unwrap();
    closed(Store::open(dir.path()).await.unwrap()).await;
}

#[tokio::test]
async fn a_changed_sealing_key_is_refused_wherever_it_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    with_a_secret(dir.path(), None).await;
    let key = dir.path().join("sealing-key");
    std::fs::write(&key, GIVEN).unwrap();
    let error = Store::open(dir.path()).await.unwrap_err().to_string();
    assert!(error.starts_with(&format!("the sealing key `{}` does not fit", key.display())), "{error}");

    let other = tempfile::tempdir().unwrap();
    with_a_secret(other.path(), Some(GIVEN)).await;
    let error = Store::open_with(other.path(), Some([8; 32])).await.unwrap_err().to_string();
    assert!(error.starts_with("the sealing key that was given does not fit"), "{error}");
    assert!(Store::open(other.path()).await.is_err(), "the key is kept elsewhere");
    closed(Store::open_with(other.path(), Some(GIVEN)).await.unwrap()).await;
}

#[tokio::test]
async fn a_directory_without_secrets_may_change_its_key() {
    let dir = tempfile::tempdir().unwrap();
    closed(Store::open(dir.path()).await.unwrap()).await;
    closed(Store::open_with(dir.path(), Some(GIVEN)).await.unwrap()).await;
}

#[tokio::test]
async fn a_directory_of_a_build_before_the_first_release_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    closed(Store::open(dir.path()).await.unwrap()).await;
    let url = format!("sqlite://{}", dir.path().join("store.sqlite").display());
    let pool = sqlx::AnyPool::connect(&url).await.unwrap();
    sqlx::query("UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 1").execute(&pool).await.unwrap();
    pool.close().await;
    let error = Store::open(dir.path()).await.unwrap_err();
    assert!(matches!(error, StoreError::Older { .. }), "{error}");
    assert!(error.to_string().contains(&dir.path().display().to_string()));
}
