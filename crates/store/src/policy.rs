//! Policy documents of an account, by name.

use inspector_model::Timestamp;
use inspector_model::arn::AccountId;

use crate::row::{text, time};
use crate::{Connection, StoreError};

/// One policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its name, unique in the account.
    pub name: String,
    /// What it says, as it was written.
    pub document: String,
    /// When it was written.
    pub updated_at: Timestamp,
}

/// Writes a policy, over one of the same name if there is one.
///
/// # Errors
/// When the database refuses.
pub async fn put(conn: &mut Connection, account: &AccountId, policy: &Policy) -> Result<(), StoreError> {
    let statement = "INSERT INTO policy (account, name, document, updated_at) VALUES ($1, $2, $3, $4) \
                     ON CONFLICT (account, name) DO UPDATE SET document = excluded.document, \
                     updated_at = excluded.updated_at";
    sqlx::query(statement)
        .bind(account.to_string())
        .bind(&policy.name)
        .bind(&policy.document)
        .bind(policy.updated_at.millis())
        .execute(conn)
        .await?;
    Ok(())
}

/// The policies of an account, by name.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn all(conn: &mut Connection, account: &AccountId) -> Result<Vec<Policy>, StoreError> {
    let rows = sqlx::query("SELECT * FROM policy WHERE account = $1 ORDER BY name").bind(account.to_string());
    let read = |row| {
        Ok(Policy { name: text(row, "name")?, document: text(row, "document")?, updated_at: time(row, "updated_at")? })
    };
    rows.fetch_all(conn).await?.iter().map(read).collect()
}

/// What the policy `name` says.
///
/// # Errors
/// When the database refuses.
pub async fn find(conn: &mut Connection, account: &AccountId, name: &str) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT document FROM policy WHERE account = $1 AND name = $2")
        .bind(account.to_string())
        .bind(name)
        .fetch_optional(conn)
        .await?;
    row.map(|row| text(&row, "document")).transpose()
}

/// Takes a policy away from the account; `arn` is how it is attached. False where there is none.
///
/// # Errors
/// When the database refuses.
pub async fn delete(conn: &mut Connection, account: &AccountId, name: &str, arn: &str) -> Result<bool, StoreError> {
    let account = account.to_string();
    sqlx::query("DELETE FROM attachment WHERE account = $1 AND policy = $2")
        .bind(&account)
        .bind(arn)
        .execute(&mut *conn)
        .await?;
    let gone = sqlx::query("DELETE FROM policy WHERE account = $1 AND name = $2").bind(&account).bind(name);
    Ok(gone.execute(conn).await?.rows_affected() == 1)
}
