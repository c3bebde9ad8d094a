//! The access role that an account has named for a Region: a record, and nothing that is used.

use inspector_model::Timestamp;
use inspector_model::arn::Scope;

use crate::row::{text, time};
use crate::{Connection, StoreError};

/// Notes `role` in the place of an earlier one.
///
/// # Errors
/// When the database refuses.
pub async fn put(conn: &mut Connection, scope: &Scope, role: &str, now: Timestamp) -> Result<(), StoreError> {
    let statement = "INSERT INTO access_role (account, region, role, registered_at) VALUES ($1, $2, $3, $4) \
                     ON CONFLICT (account, region) DO UPDATE SET role = excluded.role, \
                     registered_at = excluded.registered_at";
    sqlx::query(statement)
        .bind(scope.account.to_string())
        .bind(scope.region.as_str())
        .bind(role)
        .bind(now.millis())
        .execute(conn)
        .await?;
    Ok(())
}

/// The role's ARN and when it was named.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn find(conn: &mut Connection, scope: &Scope) -> Result<Option<(String, Timestamp)>, StoreError> {
    let row = sqlx::query("SELECT role, registered_at FROM access_role WHERE account = $1 AND region = $2")
        .bind(scope.account.to_string())
        .bind(scope.region.as_str())
        .fetch_optional(conn)
        .await?;
    row.map(|row| Ok((text(&row, "role")?, time(&row, "registered_at")?))).transpose()
}
