//! Enrolled agents and when they were seen.

use inspector_model::agent::Trouble;
use inspector_model::arn::Scope;
use inspector_model::delivery::Parts;
use inspector_model::sighting::Sightings;
use inspector_model::{Attribute, Timestamp};
use sqlx::any::AnyRow;

use crate::row::{json, parsed, text, text_or_null, time, time_or_null, to_json};
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
    /// The certificate that it uses.
    pub certificate: Certificate,
    /// A renewed one that it has not used yet; both are accepted until then.
    pub renewed: Option<Certificate>,
    /// When it enrolled.
    pub enrolled_at: Timestamp,
    /// When it was heard of last.
    pub last_seen_at: Option<Timestamp>,
    /// Why it is not listened to.
    pub barred: Option<Barred>,
    /// The processes that checked in as it.
    pub sightings: Sightings,
    /// What it says is wrong with itself.
    pub troubles: Vec<Trouble>,
}

impl Agent {
    /// Notes that it showed the certificate with this digest: a renewed one takes the place of the old one.
    pub fn uses(&mut self, digest: &str) {
        if let Some(renewed) = self.renewed.take_if(|renewed| renewed.digest == digest) {
            self.certificate = renewed;
        }
    }
}

/// A client certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// SHA-256 of it, hexadecimal.
    pub digest: String,
    /// When it stops being valid.
    pub expires_at: Timestamp,
}

/// Why an agent is not listened to, until it enrols again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Barred {
    /// An operator said so, for this reason.
    Revoked(String),
    /// Two machines use its identity; this names them.
    Cloned(String),
}

/// Stores an agent that enrols, or enrols again; to enrol is to be heard of, and to begin anew.
///
/// # Errors
/// When the database refuses.
pub async fn put(conn: &mut Connection, agent: &Agent) -> Result<(), StoreError> {
    let statement = "INSERT INTO agent (id, account, region, version, hostname, operating_system, kernel_version, tags, \
                     certificate, certificate_expires_at, enrolled_at, last_seen_at, sightings, troubles) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, '[]') \
                     ON CONFLICT (id) DO UPDATE SET account = excluded.account, region = excluded.region, \
                     version = excluded.version, tags = excluded.tags, certificate = excluded.certificate, \
                     certificate_expires_at = excluded.certificate_expires_at, enrolled_at = excluded.enrolled_at, \
                     last_seen_at = excluded.last_seen_at, next_certificate = NULL, next_expires_at = NULL, \
                     barred = NULL, barred_why = NULL, sightings = excluded.sightings, troubles = excluded.troubles";
    sqlx::query(statement)
        .bind(&agent.id)
        .bind(agent.scope.account.to_string())
        .bind(agent.scope.region.as_str())
        .bind(&agent.version)
        .bind(&agent.hostname)
        .bind(&agent.operating_system)
        .bind(&agent.kernel_version)
        .bind(to_json("tags", &agent.tags)?)
        .bind(&agent.certificate.digest)
        .bind(agent.certificate.expires_at.millis())
        .bind(agent.enrolled_at.millis())
        .bind(to_json("sightings", &Sightings::default())?)
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes a check-in: everything but who the agent is.
///
/// # Errors
/// When the database refuses.
pub async fn seen(conn: &mut Connection, agent: &Agent) -> Result<(), StoreError> {
    let (barred, why) = match &agent.barred {
        None => (None, None),
        Some(Barred::Revoked(why)) => (Some("revoked"), Some(why)),
        Some(Barred::Cloned(why)) => (Some("cloned"), Some(why)),
    };
    sqlx::query(
        "UPDATE agent SET version = $1, hostname = $2, operating_system = $3, kernel_version = $4, last_seen_at = $5, \
         certificate = $6, certificate_expires_at = $7, next_certificate = $8, next_expires_at = $9, barred = $10, \
         barred_why = $11, sightings = $12, troubles = $13 WHERE id = $14",
    )
    .bind(&agent.version)
    .bind(&agent.hostname)
    .bind(&agent.operating_system)
    .bind(&agent.kernel_version)
    .bind(agent.last_seen_at.map(Timestamp::millis))
    .bind(&agent.certificate.digest)
    .bind(agent.certificate.expires_at.millis())
    .bind(agent.renewed.as_ref().map(|renewed| renewed.digest.clone()))
    .bind(agent.renewed.as_ref().map(|renewed| renewed.expires_at.millis()))
    .bind(barred)
    .bind(why)
    .bind(to_json("sightings", &agent.sightings)?)
    .bind(to_json("troubles", &agent.troubles)?)
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

/// The parts of the delivery of the agent `id` that was accepted last.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn accepted(conn: &mut Connection, id: &str) -> Result<Parts, StoreError> {
    let row = sqlx::query("SELECT parts FROM agent_delivery WHERE agent = $1").bind(id).fetch_optional(conn).await?;
    row.as_ref().map_or_else(|| Ok(Parts::default()), |row| json(row, "parts"))
}

/// Keeps the parts of a delivery of the agent `id`, in the transaction that accepts it.
///
/// # Errors
/// When the database refuses.
pub async fn accept(conn: &mut Connection, id: &str, parts: &Parts) -> Result<(), StoreError> {
    let statement = "INSERT INTO agent_delivery (agent, parts) VALUES ($1, $2) \
                     ON CONFLICT (agent) DO UPDATE SET parts = excluded.parts";
    sqlx::query(statement).bind(id).bind(to_json("parts", parts)?).execute(conn).await?;
    Ok(())
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
        certificate: Certificate {
            digest: text(row, "certificate")?,
            expires_at: time(row, "certificate_expires_at")?,
        },
        renewed: match (text_or_null(row, "next_certificate")?, time_or_null(row, "next_expires_at")?) {
            (Some(digest), Some(expires_at)) => Some(Certificate { digest, expires_at }),
            _ => None,
        },
        enrolled_at: time(row, "enrolled_at")?,
        last_seen_at: time_or_null(row, "last_seen_at")?,
        barred: barred(text_or_null(row, "barred")?.as_deref(), text_or_null(row, "barred_why")?)?,
        sightings: json(row, "sightings")?,
        troubles: json(row, "troubles")?,
    })
}

fn barred(word: Option<&str>, why: Option<String>) -> Result<Option<Barred>, StoreError> {
    let why = why.unwrap_or_default();
    match word {
        None => Ok(None),
        Some("revoked") => Ok(Some(Barred::Revoked(why))),
        Some("cloned") => Ok(Some(Barred::Cloned(why))),
        Some(other) => Err(StoreError::malformed("barred", format!("`{other}` bars nobody"))),
    }
}
