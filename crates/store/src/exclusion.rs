//! Exclusions: what a run could not check.

use inspector_model::arn::{ExclusionArn, RunArn};
use inspector_model::exclusion::Exclusion;

use crate::row::{json, number, parsed, to_json};
use crate::{Connection, StoreError};

/// One exclusion of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredExclusion {
    /// Its ARN.
    pub arn: ExclusionArn,
    /// What it says.
    pub exclusion: Exclusion,
}

/// Replaces the exclusions of a run by `exclusions`, in their order. `fence` marks the attempt that made them.
///
/// # Errors
/// When the database refuses.
pub async fn replace(
    conn: &mut Connection,
    run: &RunArn,
    exclusions: &[StoredExclusion],
    fence: i64,
) -> Result<(), StoreError> {
    let run = run.to_string();
    sqlx::query("DELETE FROM exclusion WHERE run = $1").bind(&run).execute(&mut *conn).await?;
    for (position, stored) in (0_i64..).zip(exclusions) {
        sqlx::query("INSERT INTO exclusion (arn, run, position, fence, body) VALUES ($1, $2, $3, $4, $5)")
            .bind(stored.arn.to_string())
            .bind(&run)
            .bind(position)
            .bind(fence)
            .bind(to_json("exclusion", &stored.exclusion)?)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Up to `limit` exclusions of a run after position `after`, with their positions.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn page(
    conn: &mut Connection,
    run: &RunArn,
    after: i64,
    limit: u32,
) -> Result<Vec<(i64, StoredExclusion)>, StoreError> {
    let rows = sqlx::query(
        "SELECT arn, position, body FROM exclusion WHERE run = $1 AND position > $2 ORDER BY position LIMIT $3",
    )
    .bind(run.to_string())
    .bind(after)
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?;
    let read = |row| {
        let stored = StoredExclusion { arn: parsed(row, "arn")?, exclusion: json(row, "body")? };
        Ok((number(row, "position")?, stored))
    };
    rows.iter().map(read).collect()
}

/// All exclusions of a run.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn of_run(conn: &mut Connection, run: &RunArn) -> Result<Vec<StoredExclusion>, StoreError> {
    Ok(page(conn, run, -1, u32::MAX).await?.into_iter().map(|(_, stored)| stored).collect())
}

/// The exclusion `arn`.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn find(conn: &mut Connection, arn: &ExclusionArn) -> Result<Option<StoredExclusion>, StoreError> {
    let row = sqlx::query("SELECT arn, body FROM exclusion WHERE arn = $1").bind(arn.to_string());
    let Some(row) = row.fetch_optional(conn).await? else { return Ok(None) };
    Ok(Some(StoredExclusion { arn: parsed(&row, "arn")?, exclusion: json(&row, "body")? }))
}
