//! Accounts: each a world of its own. The operator's is the one that the data directory began with.

use inspector_model::Timestamp;
use inspector_model::arn::AccountId;

use crate::row::{flag, parsed, time};
use crate::{Connection, StoreError};

/// One account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Whether its callers may make other accounts.
    pub operator: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Stores a new account.
///
/// # Errors
/// [`StoreError::Taken`] when there is one of this id.
pub async fn insert(conn: &mut Connection, account: &Account) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO account (id, operator, created_at) VALUES ($1, $2, $3)")
        .bind(account.id.to_string())
        .bind(i64::from(account.operator))
        .bind(account.created_at.millis())
        .execute(conn)
        .await?;
    Ok(())
}

/// All accounts, by id.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn all(conn: &mut Connection) -> Result<Vec<Account>, StoreError> {
    let rows = sqlx::query("SELECT * FROM account ORDER BY id").fetch_all(conn).await?;
    let read = |row| {
        Ok(Account { id: parsed(row, "id")?, operator: flag(row, "operator")?, created_at: time(row, "created_at")? })
    };
    rows.iter().map(read).collect()
}

/// The account `id`.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn find(conn: &mut Connection, id: &AccountId) -> Result<Option<Account>, StoreError> {
    Ok(all(conn).await?.into_iter().find(|account| account.id == *id))
}
