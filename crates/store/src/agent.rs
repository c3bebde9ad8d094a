//! Enrolled agents and when they were seen.

use inspector_model::arn::Scope;
use inspector_model::{Attribute, Timestamp};
use sqlx::any::AnyRow;

use crate::row::{json, parsed, text, time, time_or_null, to_json};
use crate::{Connection, StoreError};

/// One agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// The instance id, or a stable one of the same form.
    pub id: String,
    /// The account and Region that its enrolment token was made for.
    pub scope: Scope,
    /// Its version.
    pub version: String,
    /// Host name; empty until it has checked in.
    pub hostname: String,
    /// Operating system; empty until it has checked in.
    pub operating_system: String,
    /// Running kernel; empty until it has checked in.
    pub kernel_version: String,
    /// Tags of its own.
    pub tags: Vec<Attribute>,
    /// SHA-256 of its certificate, hexadecimal: only the newest one is accepted.
    pub certificate: String,
    /// When that certificate stops being valid.
    pub certificate_expires_at: Timestamp,
    /// When it enrolled.
    pub enrolled_at: Timestamp,
    /// When it was heard of last.
    pub last_seen_at: Option<Timestamp>,
}

/// Stores an agent that enrols, or enrols again; to enrol is to be heard of.
///
/// # Errors
/// When the database refuses.
pub async fn put(conn: &mut Connection, agent: &Agent) -> Result<(), StoreError> {
    let statement = "INSERT INTO agent (id, account, region, version, hostname, operating_system, kernel_version, tags, \
                     certificate, certificate_expires_at, enrolled_at, last_seen_at) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) \
                     ON CONFLICT (id) DO UPDATE SET account = excluded.account, region = excluded.region, \
                     version = excluded.version, tags = excluded.tags, certificate = excluded.certificate, \
                     certificate_expires_at = excluded.certificate_expires_at, enrolled_at = excluded.enrolled_at, \
                     last_seen_at = excluded.last_seen_at";
    sqlx::query(statement)
        .bind(&agent.id)
        .bind(agent.scope.account.to_string())
        .bind(agent.scope.region.as_str())
        .bind(&agent.version)
        .bind(&agent.hostname)
        .bind(&agent.operating_system)
        .bind(&agent.kernel_version)
        .bind(to_json("tags", &agent.tags)?)
        .bind(&agent.certificate)
        .bind(agent.certificate_expires_at.millis())
        .bind(agent.enrolled_at.millis())
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes a check-in.
///
/// # Errors
/// When the database refuses.
pub async fn seen(conn: &mut Connection, agent: &Agent) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE agent SET version = $1, hostname = $2, operating_system = $3, kernel_version = $4, last_seen_at = $5 \
         WHERE id = $6",
    )
    .bind(&agent.version)
    .bind(&agent.hostname)
    .bind(&agent.operating_system)
    .bind(&agent.kernel_version)
    .bind(agent.last_seen_at.map(Timestamp::millis))
    .bind(&agent.id)
    .execute(conn)
    .await?;
    Ok(())
}

/// The agent `id`.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn find(conn: &mut Connection, id: &str) -> Result<Option<Agent>, StoreError> {
    let row = sqlx::query("SELECT * FROM agent WHERE id = $1").bind(id).fetch_optional(conn).await?;
    row.as_ref().map(read).transpose()
}

/// When any agent was heard of last.
///
/// # Errors
/// When the database refuses.
pub async fn last_heard(conn: &mut Connection) -> Result<Option<Timestamp>, StoreError> {
    let row =
        sqlx::query("SELECT last_seen_at FROM agent WHERE last_seen_at IS NOT NULL ORDER BY last_seen_at DESC LIMIT 1");
    row.fetch_optional(conn).await?.map_or(Ok(None), |row| time_or_null(&row, "last_seen_at"))
}

/// The agents of an account and Region, by id.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn of_scope(conn: &mut Connection, scope: &Scope) -> Result<Vec<Agent>, StoreError> {
    let rows = sqlx::query("SELECT * FROM agent WHERE account = $1 AND region = $2 ORDER BY id")
        .bind(scope.account.to_string())
        .bind(scope.region.as_str())
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Agent, StoreError> {
    Ok(Agent {
        id: text(row, "id")?,
        scope: Scope { account: parsed(row, "account")?, region: parsed(row, "region")? },
        version: text(row, "version")?,
        hostname: text(row, "hostname")?,
        operating_system: text(row, "operating_system")?,
        kernel_version: text(row, "kernel_version")?,
        tags: json(row, "tags")?,
        certificate: text(row, "certificate")?,
        certificate_expires_at: time(row, "certificate_expires_at")?,
        enrolled_at: time(row, "enrolled_at")?,
        last_seen_at: time_or_null(row, "last_seen_at")?,
    })
}
