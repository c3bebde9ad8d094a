//! Exclusions that were foreseen for a template, under the token that their asker holds.

use inspector_model::Timestamp;
use inspector_model::arn::TemplateArn;
use inspector_model::exclusion::Exclusion;

use crate::row::{json, to_json};
use crate::{Connection, StoreError};

/// Stores a preview and forgets those made before `forget_before`.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    conn: &mut Connection,
    token: &str,
    template: &TemplateArn,
    exclusions: &[Exclusion],
    now: Timestamp,
    forget_before: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM exclusions_preview WHERE created_at < $1")
        .bind(forget_before.millis())
        .execute(&mut *conn)
        .await?;
    sqlx::query("INSERT INTO exclusions_preview (token, template, body, created_at) VALUES ($1, $2, $3, $4)")
        .bind(token)
        .bind(template.to_string())
        .bind(to_json("exclusions", &exclusions)?)
        .bind(now.millis())
        .execute(conn)
        .await?;
    Ok(())
}

/// The preview of `template` behind `token`.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn find(
    conn: &mut Connection,
    token: &str,
    template: &TemplateArn,
) -> Result<Option<Vec<Exclusion>>, StoreError> {
    let row = sqlx::query("SELECT body FROM exclusions_preview WHERE token = $1 AND template = $2")
        .bind(token)
        .bind(template.to_string())
        .fetch_optional(conn)
        .await?;
    row.map(|row| json(&row, "body")).transpose()
}
