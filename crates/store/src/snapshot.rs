//! Imported network snapshots, by name, and the instances that they describe.

use inspector_model::Timestamp;
use inspector_model::arn::Scope;
use inspector_model::asset::Asset;
use sqlx::any::AnyRow;

use crate::row::{count, json, parsed, text, time, to_json};
use crate::{Connection, StoreError};

/// One snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Account and Region that its instances belong to.
    pub scope: Scope,
    /// What its importer called it.
    pub name: String,
    /// The blob that holds the normalised network.
    pub digest: String,
    /// How many instances it describes.
    pub instances: u64,
    /// When it was imported.
    pub imported_at: Timestamp,
}

/// Stores a snapshot and its instances in place of the one of the same name. An instance that another snapshot describes
/// too goes over to this one.
///
/// # Errors
/// When the database refuses.
pub async fn put(conn: &mut Connection, snapshot: &Snapshot, instances: &[Asset]) -> Result<(), StoreError> {
    let (account, region) = (snapshot.scope.account.to_string(), snapshot.scope.region.to_string());
    sqlx::query(
        "INSERT INTO snapshot (account, region, name, digest, instances, imported_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (account, region, name) DO UPDATE SET digest = excluded.digest, \
         instances = excluded.instances, imported_at = excluded.imported_at",
    )
    .bind(&account)
    .bind(&region)
    .bind(&snapshot.name)
    .bind(&snapshot.digest)
    .bind(i64::try_from(snapshot.instances).unwrap_or(i64::MAX))
    .bind(snapshot.imported_at.millis())
    .execute(&mut *conn)
    .await?;
    sqlx::query("DELETE FROM instance WHERE account = $1 AND region = $2 AND snapshot = $3")
        .bind(&account)
        .bind(&region)
        .bind(&snapshot.name)
        .execute(&mut *conn)
        .await?;
    for asset in instances {
        sqlx::query(
            "INSERT INTO instance (account, region, id, snapshot, asset) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (account, region, id) DO UPDATE SET snapshot = excluded.snapshot, asset = excluded.asset",
        )
        .bind(&account)
        .bind(&region)
        .bind(&asset.id)
        .bind(&snapshot.name)
        .bind(to_json("asset", asset)?)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// The snapshots of an account and Region, by name.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn of_scope(conn: &mut Connection, scope: &Scope) -> Result<Vec<Snapshot>, StoreError> {
    let rows = sqlx::query("SELECT * FROM snapshot WHERE account = $1 AND region = $2 ORDER BY name")
        .bind(scope.account.to_string())
        .bind(scope.region.as_str())
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Snapshot, StoreError> {
    Ok(Snapshot {
        scope: Scope { account: parsed(row, "account")?, region: parsed(row, "region")? },
        name: text(row, "name")?,
        digest: text(row, "digest")?,
        instances: count(row, "instances")?,
        imported_at: time(row, "imported_at")?,
    })
}

/// The instances that the snapshots of an account and Region describe, by id.
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
