//! Imported network snapshots: the newest one of each account and Region, and the instances that it describes.

use inspector_model::Timestamp;
use inspector_model::arn::Scope;
use inspector_model::asset::Asset;

use crate::row::{count, json, parsed, text, time, to_json};
use crate::{Connection, StoreError};

/// What an account and Region look like at present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Account and Region.
    pub scope: Scope,
    /// The blob that holds the normalised network.
    pub digest: String,
    /// What its importer called it.
    pub name: String,
    /// How many instances it describes here.
    pub instances: u64,
    /// When it was imported.
    pub imported_at: Timestamp,
}

/// Makes `snapshot` the present one of its account and Region, with its instances.
///
/// # Errors
/// When the database refuses.
pub async fn put(conn: &mut Connection, snapshot: &Snapshot, instances: &[Asset]) -> Result<(), StoreError> {
    let (account, region) = (snapshot.scope.account.to_string(), snapshot.scope.region.to_string());
    sqlx::query(
        "INSERT INTO snapshot (account, region, digest, name, instances, imported_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (account, region) DO UPDATE SET digest = excluded.digest, name = excluded.name, \
         instances = excluded.instances, imported_at = excluded.imported_at",
    )
    .bind(&account)
    .bind(&region)
    .bind(&snapshot.digest)
    .bind(&snapshot.name)
    .bind(i64::try_from(snapshot.instances).unwrap_or(i64::MAX))
    .bind(snapshot.imported_at.millis())
    .execute(&mut *conn)
    .await?;
    let old = sqlx::query("DELETE FROM instance WHERE account = $1 AND region = $2").bind(&account).bind(&region);
    old.execute(&mut *conn).await?;
    for asset in instances {
        sqlx::query("INSERT INTO instance (account, region, id, asset) VALUES ($1, $2, $3, $4)")
            .bind(&account)
            .bind(&region)
            .bind(&asset.id)
            .bind(to_json("asset", asset)?)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// The present snapshot of an account and Region.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn find(conn: &mut Connection, scope: &Scope) -> Result<Option<Snapshot>, StoreError> {
    let row = sqlx::query("SELECT * FROM snapshot WHERE account = $1 AND region = $2")
        .bind(scope.account.to_string())
        .bind(scope.region.as_str())
        .fetch_optional(conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Snapshot {
        scope: Scope { account: parsed(&row, "account")?, region: parsed(&row, "region")? },
        digest: text(&row, "digest")?,
        name: text(&row, "name")?,
        instances: count(&row, "instances")?,
        imported_at: time(&row, "imported_at")?,
    }))
}

/// The instances that the present snapshot of an account and Region describes, by id.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn instances(conn: &mut Connection, scope: &Scope) -> Result<Vec<Asset>, StoreError> {
    let rows = sqlx::query("SELECT asset FROM instance WHERE account = $1 AND region = $2 ORDER BY id")
        .bind(scope.account.to_string())
        .bind(scope.region.as_str())
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| json(row, "asset")).collect()
}
