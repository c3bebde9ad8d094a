//! Assessment targets: a name and the resource group that selects instances.

use inspector_model::Timestamp;
use inspector_model::arn::{ResourceGroupArn, Scope, TargetArn};

use crate::row::{number, parsed, parsed_or_null, text, time};
use crate::sql::{ArnPage, Page, Select, like};
use crate::{Connection, StoreError, run, subscription};

/// One target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its ARN.
    pub arn: TargetArn,
    /// Unique in the account and Region.
    pub name: String,
    /// The group that selects instances; `None` for all of them.
    pub resource_group: Option<ResourceGroupArn>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// Stores a new target.
///
/// # Errors
/// [`StoreError::Taken`] when the account and Region have a target of that name.
pub async fn insert(conn: &mut Connection, target: &Target) -> Result<(), StoreError> {
    let statement = "INSERT INTO target (arn, account, region, name, resource_group, created_at, updated_at) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7)";
    sqlx::query(statement)
        .bind(target.arn.to_string())
        .bind(target.arn.scope.account.to_string())
        .bind(target.arn.scope.region.as_str())
        .bind(&target.name)
        .bind(target.resource_group.as_ref().map(ToString::to_string))
        .bind(target.created_at.millis())
        .bind(target.updated_at.millis())
        .execute(conn)
        .await?;
    Ok(())
}

/// The target `arn`.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn find(conn: &mut Connection, arn: &TargetArn) -> Result<Option<Target>, StoreError> {
    let row = sqlx::query("SELECT * FROM target WHERE arn = $1").bind(arn.to_string()).fetch_optional(conn).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Target {
        arn: parsed(&row, "arn")?,
        name: text(&row, "name")?,
        resource_group: parsed_or_null(&row, "resource_group")?,
        created_at: time(&row, "created_at")?,
        updated_at: time(&row, "updated_at")?,
    }))
}

/// Whether the account and Region have a target `name` other than `except`.
///
/// # Errors
/// When the database refuses.
pub async fn name_taken(
    conn: &mut Connection,
    scope: &Scope,
    name: &str,
    except: Option<&TargetArn>,
) -> Result<bool, StoreError> {
    let found = sqlx::query("SELECT arn FROM target WHERE account = $1 AND region = $2 AND name = $3 AND arn <> $4")
        .bind(scope.account.to_string())
        .bind(scope.region.as_str())
        .bind(name)
        .bind(except.map(ToString::to_string).unwrap_or_default())
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

/// How many targets the account and Region have.
///
/// # Errors
/// When the database refuses.
pub async fn count(conn: &mut Connection, scope: &Scope) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) AS n FROM target WHERE account = $1 AND region = $2")
        .bind(scope.account.to_string())
        .bind(scope.region.as_str())
        .fetch_one(conn)
        .await?;
    number(&row, "n")
}

/// Changes name, group and time of the last change.
///
/// # Errors
/// [`StoreError::Taken`] when another target has that name.
pub async fn update(conn: &mut Connection, target: &Target) -> Result<(), StoreError> {
    sqlx::query("UPDATE target SET name = $1, resource_group = $2, updated_at = $3 WHERE arn = $4")
        .bind(&target.name)
        .bind(target.resource_group.as_ref().map(ToString::to_string))
        .bind(target.updated_at.millis())
        .bind(target.arn.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// One page of targets, oldest first; `name_pattern` may hold `*` and `?`.
///
/// # Errors
/// When the database refuses.
pub async fn list(
    conn: &mut Connection,
    scope: &Scope,
    name_pattern: Option<&str>,
    page: &Page,
) -> Result<ArnPage, StoreError> {
    let mut select = Select::new("SELECT arn, created_at FROM target");
    select.and("account = ? AND region = ?", [scope.account.to_string(), scope.region.to_string()]);
    if let Some(pattern) = name_pattern {
        select.and("name LIKE ? ESCAPE '!'", [like(pattern)]);
    }
    select.arns(conn, page).await
}

/// Deletes the target with its templates, runs, findings and exclusions. The caller has made sure that no run is in
/// progress, in the same transaction.
///
/// # Errors
/// When the database refuses.
pub async fn delete(conn: &mut Connection, arn: &TargetArn) -> Result<(), StoreError> {
    let arn = arn.to_string();
    run::delete_where(conn, run::Parent::Target(&arn)).await?;
    sqlx::query("DELETE FROM template_package WHERE template IN (SELECT arn FROM template WHERE target = $1)")
        .bind(&arn)
        .execute(&mut *conn)
        .await?;
    sqlx::query("DELETE FROM template WHERE target = $1").bind(&arn).execute(&mut *conn).await?;
    subscription::forget_orphans(conn).await?;
    sqlx::query("DELETE FROM target WHERE arn = $1").bind(&arn).execute(conn).await?;
    Ok(())
}
