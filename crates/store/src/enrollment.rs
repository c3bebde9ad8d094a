//! Enrolment tokens: used once, before their end, known to the store as digests only.

use inspector_model::arn::Scope;
use inspector_model::{Attribute, Timestamp};

use crate::access_key::token_hash;
use crate::row::{json, parsed, text_or_null, time, to_json};
use crate::{Connection, StoreError};

/// What a token is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The account and Region that the agent will belong to.
    pub scope: Scope,
    /// Tags of the host; they win over those that the agent names itself.
    pub tags: Vec<Attribute>,
}

/// Stores a new token.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    conn: &mut Connection,
    token: &str,
    grant: &Grant,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO enrollment_token (hash, account, region, tags, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(token_hash(token))
    .bind(grant.scope.account.to_string())
    .bind(grant.scope.region.as_str())
    .bind(to_json("tags", &grant.tags)?)
    .bind(now.millis())
    .bind(expires_at.millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// What became of the attempt to use a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redeemed {
    /// It is used now, for this.
    For(Grant),
    /// There is no such token.
    Unknown,
    /// It has been used before.
    Used,
    /// Its time is over.
    Expired,
}

/// Uses a token for `agent`. In one transaction with what the token pays for.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn redeem(conn: &mut Connection, token: &str, agent: &str, now: Timestamp) -> Result<Redeemed, StoreError> {
    let hash = token_hash(token);
    let row =
        sqlx::query("SELECT * FROM enrollment_token WHERE hash = $1").bind(&hash).fetch_optional(&mut *conn).await?;
    let Some(row) = row else { return Ok(Redeemed::Unknown) };
    if text_or_null(&row, "used_by")?.is_some() {
        return Ok(Redeemed::Used);
    }
    if time(&row, "expires_at")? <= now {
        return Ok(Redeemed::Expired);
    }
    let used =
        sqlx::query("UPDATE enrollment_token SET used_at = $1, used_by = $2 WHERE hash = $3 AND used_by IS NULL")
            .bind(now.millis())
            .bind(agent)
            .bind(&hash)
            .execute(conn)
            .await?;
    let scope = Scope { account: parsed(&row, "account")?, region: parsed(&row, "region")? };
    Ok(if used.rows_affected() == 1 {
        Redeemed::For(Grant { scope, tags: json(&row, "tags")? })
    } else {
        Redeemed::Used
    })
}
