//! Writes that were received and what they were answered, for as long as their signatures are valid.

use inspector_model::Timestamp;
use sqlx::Row;

use crate::row::text_or_null;
use crate::{Connection, StoreError};

/// What is known about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// It arrives for the first time, and is noted now.
    New,
    /// It arrived before; its outcome is not known.
    Open,
    /// It arrived before and was answered.
    Answered {
        /// The HTTP status.
        status: u16,
        /// The answer; `None` where it was not to be kept.
        body: Option<String>,
    },
}

/// Notes the request `id` if it is new, and forgets those whose signatures are no longer valid.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn receive(
    conn: &mut Connection,
    id: &str,
    valid_until: Timestamp,
    now: Timestamp,
) -> Result<Known, StoreError> {
    sqlx::query("DELETE FROM answered_request WHERE valid_until < $1").bind(now.millis()).execute(&mut *conn).await?;
    let noted =
        sqlx::query("INSERT INTO answered_request (id, valid_until) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING")
            .bind(id)
            .bind(valid_until.millis())
            .execute(&mut *conn)
            .await?;
    if noted.rows_affected() == 1 {
        return Ok(Known::New);
    }
    let row = sqlx::query("SELECT status, body FROM answered_request WHERE id = $1").bind(id).fetch_one(conn).await?;
    let status: Option<i64> = row.try_get("status")?;
    let Some(status) = status else { return Ok(Known::Open) };
    let status = u16::try_from(status).map_err(|error| StoreError::malformed("status", error))?;
    Ok(Known::Answered { status, body: text_or_null(&row, "body")? })
}

/// Keeps the answer to the request `id`.
///
/// # Errors
/// When the database refuses.
pub async fn keep(conn: &mut Connection, id: &str, status: u16, body: Option<&str>) -> Result<(), StoreError> {
    sqlx::query("UPDATE answered_request SET status = $1, body = $2 WHERE id = $3")
        .bind(i64::from(status))
        .bind(body)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets the request `id`, which has changed nothing.
///
/// # Errors
/// When the database refuses.
pub async fn forget(conn: &mut Connection, id: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM answered_request WHERE id = $1").bind(id).execute(conn).await?;
    Ok(())
}
