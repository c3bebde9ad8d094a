//! Resource groups: stored sets of tags. No operation deletes one.

use inspector_model::Timestamp;
use inspector_model::arn::{ResourceGroupArn, Scope};
use inspector_model::asset::GroupTag;

use crate::row::{json, number, parsed, time, to_json};
use crate::{Connection, StoreError};

/// One group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceGroup {
    /// Its ARN.
    pub arn: ResourceGroupArn,
    /// One to ten tags, any of which selects an instance.
    pub tags: Vec<GroupTag>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Stores a new group.
///
/// # Errors
/// When the database refuses.
pub async fn insert(conn: &mut Connection, group: &ResourceGroup) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO resource_group (arn, account, region, tags, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(group.arn.to_string())
        .bind(group.arn.scope.account.to_string())
        .bind(group.arn.scope.region.as_str())
        .bind(to_json("tags", &group.tags)?)
        .bind(group.created_at.millis())
        .execute(conn)
        .await?;
    Ok(())
}

/// How many groups the account and Region have.
///
/// # Errors
/// When the database refuses.
pub async fn count(conn: &mut Connection, scope: &Scope) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) AS n FROM resource_group WHERE account = $1 AND region = $2")
        .bind(scope.account.to_string())
        .bind(scope.region.as_str())
        .fetch_one(conn)
        .await?;
    number(&row, "n")
}

/// The group `arn`.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn find(conn: &mut Connection, arn: &ResourceGroupArn) -> Result<Option<ResourceGroup>, StoreError> {
    let row = sqlx::query("SELECT arn, tags, created_at FROM resource_group WHERE arn = $1").bind(arn.to_string());
    let Some(row) = row.fetch_optional(conn).await? else { return Ok(None) };
    let group =
        ResourceGroup { arn: parsed(&row, "arn")?, tags: json(&row, "tags")?, created_at: time(&row, "created_at")? };
    Ok(Some(group))
}
