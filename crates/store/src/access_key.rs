//! Access keys: who signs requests. Secrets are sealed; session tokens are kept as digests.

use inspector_model::Timestamp;
use inspector_model::arn::AccountId;
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;

use crate::row::{flag, parsed, text, text_or_null, time, time_or_null};
use crate::sql::Select;
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
    /// When it signed a request last, to within [`USE_NOTED_EVERY`]; `None` for never.
    pub last_used_at: Option<Timestamp>,
    /// The Region that it signed for then.
    pub last_used_region: Option<String>,
    /// What the session was made with, as JSON of whoever made it; `None` for lasting keys.
    pub session: Option<String>,
}

impl AccessKey {
    /// A key that works from `now` on, without end.
    pub fn lasting(id: String, account: AccountId, principal: String, now: Timestamp) -> Self {
        Self {
            id,
            account,
            principal,
            session_token_hash: None,
            expires_at: None,
            enabled: true,
            created_at: now,
            last_used_at: None,
            last_used_region: None,
            session: None,
        }
    }
}

/// How often the use of a key is written down, in seconds.
pub const USE_NOTED_EVERY: i64 = 300;

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
                     created_at, session) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    sqlx::query(statement)
        .bind(&key.id)
        .bind(key.account.to_string())
        .bind(&key.principal)
        .bind(store.sealing().seal(&key.id, secret)?)
        .bind(key.session_token_hash.as_deref())
        .bind(key.expires_at.map(Timestamp::millis))
        .bind(i64::from(key.enabled))
        .bind(key.created_at.millis())
        .bind(key.session.as_deref())
        .execute(conn)
        .await?;
    Ok(())
}

/// A secret as it lies in the database.
pub(crate) struct Sealed {
    /// The row that it was sealed for.
    pub(crate) row: String,
    /// The secret.
    pub(crate) secret: String,
}

/// One sealed secret, if there are any: what a sealing key can be tried on.
pub(crate) async fn any_sealed(conn: &mut Connection) -> Result<Option<Sealed>, StoreError> {
    let row = sqlx::query("SELECT id, secret FROM access_key ORDER BY id LIMIT 1").fetch_optional(conn).await?;
    row.map(|row| Ok(Sealed { row: text(&row, "id")?, secret: text(&row, "secret")? })).transpose()
}

/// A key and its secret.
///
/// # Errors
/// When the secret does not open with the directory's sealing key.
pub async fn find(conn: &mut Connection, store: &Store, id: &str) -> Result<Option<(AccessKey, String)>, StoreError> {
    let row = sqlx::query("SELECT * FROM access_key WHERE id = $1").bind(id).fetch_optional(conn).await?;
    let Some(row) = row else { return Ok(None) };
    let key = read(&row)?;
    let secret = store.sealing().open_sealed(&key.id, &text(&row, "secret")?)?;
    Ok(Some((key, secret)))
}

fn read(row: &AnyRow) -> Result<AccessKey, StoreError> {
    Ok(AccessKey {
        id: text(row, "id")?,
        account: parsed(row, "account")?,
        principal: text(row, "principal")?,
        session_token_hash: text_or_null(row, "session_token_hash")?,
        expires_at: time_or_null(row, "expires_at")?,
        enabled: flag(row, "enabled")?,
        created_at: time(row, "created_at")?,
        last_used_at: time_or_null(row, "last_used_at")?,
        last_used_region: text_or_null(row, "last_used_region")?,
        session: text_or_null(row, "session")?,
    })
}

/// The lasting keys of an account, by id; of `principal` alone if one is named.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn lasting(
    conn: &mut Connection,
    account: &AccountId,
    principal: Option<&str>,
) -> Result<Vec<AccessKey>, StoreError> {
    let mut select = Select::new("SELECT * FROM access_key");
    select.and("account = ?", [account.to_string()]);
    select.and_in("principal", principal);
    let rows = select.rows(conn).await?;
    let keys = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut keys: Vec<_> = keys.into_iter().filter(|key| key.session_token_hash.is_none()).collect();
    keys.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(keys)
}

/// Lets the key `id` of an account work, or no longer. False where there is no such lasting key.
///
/// # Errors
/// When the database refuses.
pub async fn enable(conn: &mut Connection, account: &AccountId, id: &str, enabled: bool) -> Result<bool, StoreError> {
    let statement = "UPDATE access_key SET enabled = $1 WHERE account = $2 AND id = $3 AND session_token_hash IS NULL";
    let done = sqlx::query(statement).bind(i64::from(enabled)).bind(account.to_string()).bind(id);
    Ok(done.execute(conn).await?.rows_affected() == 1)
}

/// Takes the lasting key `id` of an account away. False where there is none.
///
/// # Errors
/// When the database refuses.
pub async fn delete(conn: &mut Connection, account: &AccountId, id: &str) -> Result<bool, StoreError> {
    let statement = "DELETE FROM access_key WHERE account = $1 AND id = $2 AND session_token_hash IS NULL";
    let gone = sqlx::query(statement).bind(account.to_string()).bind(id);
    Ok(gone.execute(conn).await?.rows_affected() == 1)
}

/// Notes that the key `id` signed a request for `region`.
///
/// # Errors
/// When the database refuses.
pub async fn used(conn: &mut Connection, id: &str, region: &str, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("UPDATE access_key SET last_used_at = $1, last_used_region = $2 WHERE id = $3")
        .bind(now.millis())
        .bind(region)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
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
