//! Access keys: who signs requests. Secrets are sealed; session tokens are kept as digests.

use inspector_model::Timestamp;
use inspector_model::arn::AccountId;
use sha2::{Digest, Sha256};

use crate::row::{flag, parsed, text, text_or_null, time, time_or_null};
use crate::{Connection, Store, StoreError};

/// One key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessKey {
    /// `AKIA…` for lasting keys, `ASIA…` for session keys.
    pub id: String,
    /// The account that it acts in.
    pub account: AccountId,
    /// Who acts, for the audit log.
    pub principal: String,
    /// SHA-256 of the session token that must come with it, hexadecimal; `None` for lasting keys.
    pub session_token_hash: Option<String>,
    /// When it stops to work; `None` for never.
    pub expires_at: Option<Timestamp>,
    /// Whether it works at all.
    pub enabled: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The digest under which a session token is kept.
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Stores a new key with its secret sealed.
///
/// # Errors
/// [`StoreError::Taken`] when the id exists.
pub async fn insert(conn: &mut Connection, store: &Store, key: &AccessKey, secret: &str) -> Result<(), StoreError> {
    let statement = "INSERT INTO access_key (id, account, principal, secret, session_token_hash, expires_at, enabled, \
                     created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    sqlx::query(statement)
        .bind(&key.id)
        .bind(key.account.to_string())
        .bind(&key.principal)
        .bind(store.sealing().seal(&key.id, secret)?)
        .bind(key.session_token_hash.as_deref())
        .bind(key.expires_at.map(Timestamp::millis))
        .bind(i64::from(key.enabled))
        .bind(key.created_at.millis())
        .execute(conn)
        .await?;
    Ok(())
}

/// A key and its secret.
///
/// # Errors
/// When the secret does not open with the directory's sealing key.
pub async fn find(conn: &mut Connection, store: &Store, id: &str) -> Result<Option<(AccessKey, String)>, StoreError> {
    let row = sqlx::query("SELECT * FROM access_key WHERE id = $1").bind(id).fetch_optional(conn).await?;
    let Some(row) = row else { return Ok(None) };
    let key = AccessKey {
        id: text(&row, "id")?,
        account: parsed(&row, "account")?,
        principal: text(&row, "principal")?,
        session_token_hash: text_or_null(&row, "session_token_hash")?,
        expires_at: time_or_null(&row, "expires_at")?,
        enabled: flag(&row, "enabled")?,
        created_at: time(&row, "created_at")?,
    };
    let secret = store.sealing().open_sealed(&key.id, &text(&row, "secret")?)?;
    Ok(Some((key, secret)))
}

/// Whether there is any lasting key.
///
/// # Errors
/// When the database refuses.
pub async fn any(conn: &mut Connection) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT id FROM access_key WHERE session_token_hash IS NULL LIMIT 1");
    Ok(row.fetch_optional(conn).await?.is_some())
}

/// Forgets session keys that have expired before `now`.
///
/// # Errors
/// When the database refuses.
pub async fn forget_expired(conn: &mut Connection, now: Timestamp) -> Result<u64, StoreError> {
    let gone = sqlx::query("DELETE FROM access_key WHERE session_token_hash IS NOT NULL AND expires_at < $1");
    Ok(gone.bind(now.millis()).execute(conn).await?.rows_affected())
}
