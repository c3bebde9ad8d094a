//! Durable work: what is due when, and who has it.
//!
//! A task is a row. A worker claims it for the length of a lease and gets a fence, a number that rises with every claim;
//! whatever it writes later names the fence, so a worker that lost its lease writes nothing. A crash costs one lease.

use inspector_model::Timestamp;

use crate::row::{number, text};
use crate::{Connection, StoreError};

/// A task that this worker holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The task's id.
    pub id: String,
    /// What is to be done.
    pub kind: String,
    /// To what.
    pub subject: String,
    /// Names this claim among all claims of the task.
    pub fence: i64,
}

/// Makes the task `kind` of `subject`, or moves the one that exists to `run_at` if that is earlier.
///
/// # Errors
/// When the database refuses.
pub async fn schedule(conn: &mut Connection, kind: &str, subject: &str, run_at: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO task (id, kind, subject, run_at, owner, lease_until, fence) VALUES ($1, $2, $3, $4, NULL, 0, 0) \
         ON CONFLICT (id) DO UPDATE SET run_at = CASE WHEN excluded.run_at < task.run_at THEN excluded.run_at \
         ELSE task.run_at END",
    )
    .bind(format!("{kind} {subject}"))
    .bind(kind)
    .bind(subject)
    .bind(run_at.millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// Claims up to `limit` tasks that are due at `now` and that nobody holds, until `lease_until`.
///
/// # Errors
/// When the database refuses.
pub async fn claim(
    conn: &mut Connection,
    owner: &str,
    now: Timestamp,
    lease_until: Timestamp,
    limit: u32,
) -> Result<Vec<Claim>, StoreError> {
    // On PostgreSQL, `FOR UPDATE SKIP LOCKED` goes behind `LIMIT $4`; SQLite has one writer and does not know it.
    let statement = "UPDATE task SET owner = $1, lease_until = $2, fence = fence + 1 WHERE id IN (SELECT id FROM task \
                     WHERE run_at <= $3 AND lease_until < $3 ORDER BY run_at, id LIMIT $4) AND lease_until < $3 \
                     RETURNING id, kind, subject, fence";
    let rows = sqlx::query(statement)
        .bind(owner)
        .bind(lease_until.millis())
        .bind(now.millis())
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await?;
    let claim = |row| {
        Ok(Claim {
            id: text(row, "id")?,
            kind: text(row, "kind")?,
            subject: text(row, "subject")?,
            fence: number(row, "fence")?,
        })
    };
    rows.iter().map(claim).collect()
}

/// Keeps a claimed task until `lease_until`.
///
/// # Errors
/// [`StoreError::LeaseLost`] when another worker has claimed it since.
pub async fn renew(conn: &mut Connection, claim: &Claim, lease_until: Timestamp) -> Result<(), StoreError> {
    let renewed = sqlx::query("UPDATE task SET lease_until = $1 WHERE id = $2 AND fence = $3")
        .bind(lease_until.millis())
        .bind(&claim.id)
        .bind(claim.fence)
        .execute(conn)
        .await?;
    held(claim, renewed.rows_affected())
}

/// Ends the claim: the task is gone, or due again at `again`. In the transaction that writes the work's result, this is
/// what makes the result count once.
///
/// # Errors
/// [`StoreError::LeaseLost`] when another worker has claimed it since; the transaction must not commit then.
pub async fn finish(conn: &mut Connection, claim: &Claim, again: Option<Timestamp>) -> Result<(), StoreError> {
    let query = match again {
        None => sqlx::query("DELETE FROM task WHERE id = $1 AND fence = $2").bind(&claim.id).bind(claim.fence),
        Some(run_at) => {
            sqlx::query("UPDATE task SET owner = NULL, lease_until = 0, run_at = $3 WHERE id = $1 AND fence = $2")
                .bind(&claim.id)
                .bind(claim.fence)
                .bind(run_at.millis())
        }
    };
    held(claim, query.execute(conn).await?.rows_affected())
}

fn held(claim: &Claim, rows: u64) -> Result<(), StoreError> {
    if rows == 1 { Ok(()) } else { Err(StoreError::LeaseLost { task: claim.id.clone() }) }
}

/// Ends every lease. Only for a program that knows that all other workers are dead, as the holder of the directory lock
/// does when it starts.
///
/// # Errors
/// When the database refuses.
pub async fn release_all(conn: &mut Connection) -> Result<u64, StoreError> {
    let released = sqlx::query("UPDATE task SET owner = NULL, lease_until = 0 WHERE owner IS NOT NULL");
    Ok(released.execute(conn).await?.rows_affected())
}

/// When the next task that nobody holds is due, or the first lease ends.
///
/// # Errors
/// When the database refuses.
pub async fn next_due(conn: &mut Connection) -> Result<Option<Timestamp>, StoreError> {
    let row = sqlx::query(
        "SELECT CASE WHEN run_at > lease_until THEN run_at ELSE lease_until + 1 END AS due FROM task ORDER BY due LIMIT 1",
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| number(&row, "due").map(Timestamp::from_millis)).transpose()
}

/// Takes away the task of something that is deleted.
///
/// # Errors
/// When the database refuses.
pub async fn cancel(conn: &mut Connection, kind: &str, subject: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM task WHERE id = $1").bind(format!("{kind} {subject}")).execute(conn).await?;
    Ok(())
}
