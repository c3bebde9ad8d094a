//! Enrolment tokens: used as often as they say, before their end, known to the store as digests only.

use inspector_model::arn::Scope;
use inspector_model::{Attribute, Timestamp};

use crate::access_key::token_hash;
use crate::row::{json, number, parsed, text_or_null, time, to_json};
use crate::{Connection, StoreError};

/// What a token is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The account and Region that the agent will belong to.
    pub scope: Scope,
    /// Tags of the host; they win over those that the agent names itself.
    pub tags: Vec<Attribute>,
    /// The only agent id that may use it; that one also when an agent of the id is alive.
    pub agent: Option<String>,
    /// How many agents may still use it.
    pub uses: u32,
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
        "INSERT INTO enrollment_token (hash, account, region, tags, created_at, expires_at, agent, uses_left) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(token_hash(token))
    .bind(grant.scope.account.to_string())
    .bind(grant.scope.region.as_str())
    .bind(to_json("tags", &grant.tags)?)
    .bind(now.millis())
    .bind(expires_at.millis())
    .bind(&grant.agent)
    .bind(i64::from(grant.uses))
    .execute(conn)
    .await?;
    Ok(())
}

/// What a token says of the attempt to use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redeemed {
    /// It is good, for this.
    For(Grant),
    /// There is no such token.
    Unknown,
    /// It has been used as often as it may.
    Used,
    /// Its time is over.
    Expired,
    /// It is good for another agent id.
    Other,
}

/// What `token` is good for in the hands of `agent`.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn grant(conn: &mut Connection, token: &str, agent: &str, now: Timestamp) -> Result<Redeemed, StoreError> {
    let row = sqlx::query("SELECT * FROM enrollment_token WHERE hash = $1").bind(token_hash(token));
    let Some(row) = row.fetch_optional(conn).await? else { return Ok(Redeemed::Unknown) };
    let uses = u32::try_from(number(&row, "uses_left")?).unwrap_or_default();
    if uses == 0 {
        return Ok(Redeemed::Used);
    }
    if time(&row, "expires_at")? <= now {
        return Ok(Redeemed::Expired);
    }
    let meant = text_or_null(&row, "agent")?;
    if meant.as_deref().is_some_and(|meant| meant != agent) {
        return Ok(Redeemed::Other);
    }
    let scope = Scope { account: parsed(&row, "account")?, region: parsed(&row, "region")? };
    Ok(Redeemed::For(Grant { scope, tags: json(&row, "tags")?, agent: meant, uses }))
}

/// Uses a token for `agent`, in one transaction with [`grant`] and with what the token pays for. False when somebody else
/// was first.
///
/// # Errors
/// When the database refuses.
pub async fn redeem(conn: &mut Connection, token: &str, agent: &str, now: Timestamp) -> Result<bool, StoreError> {
    let statement = "UPDATE enrollment_token SET used_at = $1, used_by = $2, uses_left = uses_left - 1 \
                     WHERE hash = $3 AND uses_left > 0";
    let used = sqlx::query(statement).bind(now.millis()).bind(agent).bind(token_hash(token)).execute(conn).await?;
    Ok(used.rows_affected() == 1)
}
