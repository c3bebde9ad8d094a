//! CloudFormation stacks and their change sets: documents by id and by name.

use inspector_model::Timestamp;
use inspector_model::arn::Scope;
use serde::Serialize;

use crate::row::{text, to_json};
use crate::{Connection, StoreError};

/// Puts a stack in the place of its earlier self.
///
/// # Errors
/// When the database refuses.
pub async fn put(
    conn: &mut Connection,
    scope: &Scope,
    (id, name): (&str, &str),
    created_at: Timestamp,
    deleted: bool,
    document: &impl Serialize,
) -> Result<(), StoreError> {
    let statement = "INSERT INTO stack (id, account, region, name, created_at, deleted, document) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7) \
                     ON CONFLICT (id) DO UPDATE SET deleted = excluded.deleted, document = excluded.document";
    sqlx::query(statement)
        .bind(id)
        .bind(scope.account.to_string())
        .bind(scope.region.as_str())
        .bind(name)
        .bind(created_at.millis())
        .bind(i64::from(deleted))
        .bind(to_json("stack", document)?)
        .execute(conn)
        .await?;
    Ok(())
}

/// The stack with this ARN, deleted or not, else the one of this name that is not deleted.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn find(conn: &mut Connection, scope: &Scope, name_or_id: &str) -> Result<Option<String>, StoreError> {
    let statement = "SELECT document FROM stack \
                     WHERE account = $1 AND region = $2 AND (id = $3 OR (name = $4 AND deleted = 0))";
    let row = sqlx::query(statement)
        .bind(scope.account.to_string())
        .bind(scope.region.as_str())
        .bind(name_or_id)
        .bind(name_or_id)
        .fetch_optional(conn)
        .await?;
    row.map(|row| text(&row, "document")).transpose()
}

/// Every stack, newest first; deleted ones too if wanted.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn list(conn: &mut Connection, scope: &Scope, deleted: bool) -> Result<Vec<String>, StoreError> {
    let statement = "SELECT document FROM stack WHERE account = $1 AND region = $2 AND deleted <= $3 \
                     ORDER BY created_at DESC, id";
    let rows = sqlx::query(statement)
        .bind(scope.account.to_string())
        .bind(scope.region.as_str())
        .bind(i64::from(deleted))
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| text(row, "document")).collect()
}

/// Every stack of every account, with its account and Region.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn all(conn: &mut Connection) -> Result<Vec<(Scope, String)>, StoreError> {
    let statement = "SELECT account, region, document FROM stack WHERE deleted = 0";
    let rows = sqlx::query(statement).fetch_all(conn).await?;
    let one = |row| {
        let scope = Scope { account: crate::row::parsed(row, "account")?, region: crate::row::parsed(row, "region")? };
        Ok((scope, text(row, "document")?))
    };
    rows.iter().map(one).collect()
}

/// Puts a change set in the place of an earlier one of its name.
///
/// # Errors
/// When the database refuses.
pub async fn put_change_set(
    conn: &mut Connection,
    (id, stack, name): (&str, &str, &str),
    document: &impl Serialize,
) -> Result<(), StoreError> {
    delete_change_sets(conn, stack, Some(name)).await?;
    sqlx::query("INSERT INTO change_set (id, stack, name, document) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(stack)
        .bind(name)
        .bind(to_json("change set", document)?)
        .execute(conn)
        .await?;
    Ok(())
}

/// The change set with this ARN, or of this name in `stack`.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn find_change_set(
    conn: &mut Connection,
    stack: Option<&str>,
    name_or_id: &str,
) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT document FROM change_set WHERE id = $1 OR (name = $2 AND stack = $3)")
        .bind(name_or_id)
        .bind(name_or_id)
        .bind(stack)
        .fetch_optional(conn)
        .await?;
    row.map(|row| text(&row, "document")).transpose()
}

/// Forgets the change set called `name`, or all of `stack`.
///
/// # Errors
/// When the database refuses.
pub async fn delete_change_sets(conn: &mut Connection, stack: &str, name: Option<&str>) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM change_set WHERE stack = $1 AND (name = $2 OR $3 IS NULL)")
        .bind(stack)
        .bind(name)
        .bind(name)
        .execute(conn)
        .await?;
    Ok(())
}
