//! Users and roles, and the policies attached to them. A name is `user/NAME` or `role/NAME`.

use inspector_model::arn::AccountId;
use inspector_model::{Attribute, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::row::{json, parsed, text, text_or_null, time, to_json};
use crate::{Connection, StoreError};

/// A user or a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Its account.
    pub account: AccountId,
    /// `user/NAME` or `role/NAME`.
    pub name: String,
    /// Tags, which conditions of policies see.
    pub tags: Vec<Attribute>,
    /// The document that says who may take the role on; `None` for users.
    pub trust: Option<String>,
    /// The longest session of the role, in seconds; `None` for users.
    pub max_session: Option<i64>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Stores a new user or role.
///
/// # Errors
/// [`StoreError::Taken`] when the account has one of this name.
pub async fn insert(conn: &mut Connection, principal: &Principal) -> Result<(), StoreError> {
    let statement = "INSERT INTO principal (account, name, tags, trust, max_session, created_at) \
                     VALUES ($1, $2, $3, $4, $5, $6)";
    sqlx::query(statement)
        .bind(principal.account.to_string())
        .bind(&principal.name)
        .bind(to_json("tags", &principal.tags)?)
        .bind(principal.trust.as_deref())
        .bind(principal.max_session)
        .bind(principal.created_at.millis())
        .execute(conn)
        .await?;
    Ok(())
}

/// The user or role called `name`.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn find(conn: &mut Connection, account: &AccountId, name: &str) -> Result<Option<Principal>, StoreError> {
    let row = sqlx::query("SELECT * FROM principal WHERE account = $1 AND name = $2")
        .bind(account.to_string())
        .bind(name)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Those of an account whose names begin with `kind`, which is `user/` or `role/`, by name.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn of_kind(conn: &mut Connection, account: &AccountId, kind: &str) -> Result<Vec<Principal>, StoreError> {
    let rows = sqlx::query("SELECT * FROM principal WHERE account = $1 AND name LIKE $2 ORDER BY name")
        .bind(account.to_string())
        .bind(format!("{kind}%"))
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Principal, StoreError> {
    Ok(Principal {
        account: parsed(row, "account")?,
        name: text(row, "name")?,
        tags: json(row, "tags")?,
        trust: text_or_null(row, "trust")?,
        max_session: row.try_get("max_session")?,
        created_at: time(row, "created_at")?,
    })
}

/// Takes a user or role away with its attachments and keys. False where there is none.
///
/// # Errors
/// When the database refuses.
pub async fn delete(conn: &mut Connection, account: &AccountId, name: &str) -> Result<bool, StoreError> {
    let account = account.to_string();
    for statement in [
        "DELETE FROM attachment WHERE account = $1 AND principal = $2",
        "DELETE FROM access_key WHERE account = $1 AND principal = $2",
    ] {
        sqlx::query(statement).bind(&account).bind(name).execute(&mut *conn).await?;
    }
    let gone = sqlx::query("DELETE FROM principal WHERE account = $1 AND name = $2").bind(&account).bind(name);
    Ok(gone.execute(conn).await?.rows_affected() == 1)
}

/// Attaches a policy, by its ARN, to a user or role; doing it twice is doing it once.
///
/// # Errors
/// When the database refuses.
pub async fn attach(conn: &mut Connection, account: &AccountId, name: &str, policy: &str) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO attachment (account, principal, policy) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(account.to_string())
        .bind(name)
        .bind(policy)
        .execute(conn)
        .await?;
    Ok(())
}

/// Detaches a policy. False where it was not attached.
///
/// # Errors
/// When the database refuses.
pub async fn detach(conn: &mut Connection, account: &AccountId, name: &str, policy: &str) -> Result<bool, StoreError> {
    let gone = sqlx::query("DELETE FROM attachment WHERE account = $1 AND principal = $2 AND policy = $3")
        .bind(account.to_string())
        .bind(name)
        .bind(policy)
        .execute(conn)
        .await?;
    Ok(gone.rows_affected() == 1)
}

/// ARNs of the policies attached to a user or role, in order.
///
/// # Errors
/// When the database refuses.
pub async fn attached(conn: &mut Connection, account: &AccountId, name: &str) -> Result<Vec<String>, StoreError> {
    let rows = sqlx::query("SELECT policy FROM attachment WHERE account = $1 AND principal = $2 ORDER BY policy")
        .bind(account.to_string())
        .bind(name)
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| text(row, "policy")).collect()
}
