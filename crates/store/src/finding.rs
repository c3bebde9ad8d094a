//! Findings: what they say is JSON, what they are filtered by is a column.

mod list;

use std::collections::BTreeMap;

use inspector_model::arn::{FindingArn, RunArn};
use inspector_model::asset::Asset;
use inspector_model::{Attribute, Finding, Severity, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;

use crate::row::{flag, json, parsed, text, time, to_json};
use crate::{Connection, StoreError};

pub use list::{FindingFilter, list};

/// One finding of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFinding {
    /// Its ARN.
    pub arn: FindingArn,
    /// The partition, 0 to 31, that the first character of its id encodes.
    pub shard: u8,
    /// Its identity across runs.
    pub fingerprint: String,
    /// Whether the API hides it: a CVE that nobody has scored.
    pub hidden: bool,
    /// What it says, and about which instance.
    pub body: Body,
    /// The user's own attributes.
    pub user_attributes: Vec<Attribute>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its attributes were changed last.
    pub updated_at: Timestamp,
}

/// What a finding says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Texts, attributes and proof.
    pub finding: Finding,
    /// The instance; `None` where the finding is about the run.
    pub asset: Option<Asset>,
}

/// So many ARNs are bound in one statement.
const ARNS: usize = 500;

/// Writes findings of one attempt at evaluating their run. Writing one twice is writing it once: what it says is replaced,
/// because a later attempt may know other advisories; when it was made and the user's own attributes stay. `fence` marks
/// the attempt, so that [`settle`] can take away what an earlier attempt left.
///
/// # Errors
/// When the database refuses.
pub async fn put(conn: &mut Connection, findings: &[StoredFinding], fence: i64) -> Result<(), StoreError> {
    for findings in findings.chunks(ARNS) {
        forget_system_attributes(conn, findings).await?;
        for finding in findings {
            put_one(conn, finding, fence).await?;
        }
    }
    Ok(())
}

async fn forget_system_attributes(conn: &mut Connection, findings: &[StoredFinding]) -> Result<(), StoreError> {
    let places: Vec<_> = (1..=findings.len()).map(|n| format!("${n}")).collect();
    let statement =
        format!("DELETE FROM finding_attribute WHERE origin = 'system' AND finding IN ({})", places.join(", "));
    let mut query = sqlx::query(AssertSqlSafe(statement));
    for finding in findings {
        query = query.bind(finding.arn.to_string());
    }
    query.execute(conn).await?;
    Ok(())
}

async fn put_one(conn: &mut Connection, stored: &StoredFinding, fence: i64) -> Result<(), StoreError> {
    let Body { finding, asset } = &stored.body;
    let arn = stored.arn.to_string();
    let run = run_of(&stored.arn).to_string();
    let statement = "INSERT INTO finding (arn, run, account, region, shard, agent, auto_scaling_group, package, rule, \
                     severity, fingerprint, hidden, fence, body, user_attributes, created_at, updated_at) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) \
                     ON CONFLICT (arn) DO UPDATE SET auto_scaling_group = excluded.auto_scaling_group, \
                     severity = excluded.severity, hidden = excluded.hidden, fence = excluded.fence, \
                     body = excluded.body RETURNING user_attributes, created_at";
    let row = sqlx::query(statement)
        .bind(&arn)
        .bind(&run)
        .bind(stored.arn.scope.account.to_string())
        .bind(stored.arn.scope.region.as_str())
        .bind(i64::from(stored.shard))
        .bind(asset.as_ref().map(|asset| asset.id.as_str()).unwrap_or_default())
        .bind(asset.as_ref().and_then(|asset| asset.auto_scaling_group.as_deref()))
        .bind(finding.package.as_str())
        .bind(&finding.rule)
        .bind(finding.severity.as_str())
        .bind(&stored.fingerprint)
        .bind(i64::from(stored.hidden))
        .bind(fence)
        .bind(to_json("finding", &stored.body)?)
        .bind(to_json("user attributes", &stored.user_attributes)?)
        .bind(stored.created_at.millis())
        .bind(stored.updated_at.millis())
        .fetch_one(&mut *conn)
        .await?;
    let users: Vec<Attribute> = json(&row, "user_attributes")?;
    let origins: [(_, &[Attribute]); 2] = [("system", &finding.attributes), ("user", &users)];
    put_attributes(conn, (&arn, &run, time(&row, "created_at")?), &origins).await
}

/// In one statement: a finding has ten attributes as a rule, and every statement has its price.
async fn put_attributes(
    conn: &mut Connection,
    (arn, run, created_at): (&str, &str, Timestamp),
    origins: &[(&str, &[Attribute])],
) -> Result<(), StoreError> {
    let attributes: Vec<_> =
        origins.iter().flat_map(|(origin, list)| list.iter().map(move |attribute| (*origin, attribute))).collect();
    if attributes.is_empty() {
        return Ok(());
    }
    // $1 to $3 are the finding, its run and its time; each attribute adds three.
    let rows: Vec<_> = (0..attributes.len())
        .map(|n| format!("($1, $2, $3, ${}, ${}, ${})", 3 * n + 4, 3 * n + 5, 3 * n + 6))
        .collect();
    let statement = format!(
        "INSERT INTO finding_attribute (finding, run, created_at, origin, key, value) VALUES {} \
         ON CONFLICT (finding, origin, key, value) DO NOTHING",
        rows.join(", ")
    );
    let mut query = sqlx::query(AssertSqlSafe(statement)).bind(arn).bind(run).bind(created_at.millis());
    for (origin, attribute) in attributes {
        query = query.bind(origin).bind(&attribute.key).bind(&attribute.value);
    }
    query.execute(conn).await?;
    Ok(())
}

/// Replaces the user's own attributes of a finding.
///
/// # Errors
/// When the database refuses.
pub async fn set_user_attributes(conn: &mut Connection, stored: &StoredFinding) -> Result<(), StoreError> {
    let arn = stored.arn.to_string();
    sqlx::query("UPDATE finding SET user_attributes = $1, updated_at = $2 WHERE arn = $3")
        .bind(to_json("user attributes", &stored.user_attributes)?)
        .bind(stored.updated_at.millis())
        .bind(&arn)
        .execute(&mut *conn)
        .await?;
    sqlx::query("DELETE FROM finding_attribute WHERE finding = $1 AND origin = 'user'")
        .bind(&arn)
        .execute(&mut *conn)
        .await?;
    let run = run_of(&stored.arn).to_string();
    put_attributes(conn, (&arn, &run, stored.created_at), &[("user", &stored.user_attributes)]).await
}

fn run_of(arn: &FindingArn) -> RunArn {
    let FindingArn { scope, target, template, run, .. } = arn.clone();
    RunArn { scope, target, template, run }
}

/// Takes away what attempts other than `fence` left of a run's findings.
///
/// # Errors
/// When the database refuses.
pub async fn settle(conn: &mut Connection, run: &RunArn, fence: i64) -> Result<(), StoreError> {
    let run = run.to_string();
    let attributes = "DELETE FROM finding_attribute WHERE run = $1 AND finding IN \
                      (SELECT arn FROM finding WHERE run = $1 AND fence <> $2)";
    sqlx::query(attributes).bind(&run).bind(fence).execute(&mut *conn).await?;
    sqlx::query("DELETE FROM finding WHERE run = $1 AND fence <> $2").bind(&run).bind(fence).execute(conn).await?;
    Ok(())
}

/// The finding `arn`, hidden or not.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn find(conn: &mut Connection, arn: &FindingArn) -> Result<Option<StoredFinding>, StoreError> {
    let row = sqlx::query("SELECT * FROM finding WHERE arn = $1").bind(arn.to_string()).fetch_optional(conn).await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &sqlx::any::AnyRow) -> Result<StoredFinding, StoreError> {
    let shard = crate::row::number(row, "shard")?;
    Ok(StoredFinding {
        arn: parsed(row, "arn")?,
        shard: u8::try_from(shard).map_err(|error| StoreError::malformed("shard", error))?,
        fingerprint: text(row, "fingerprint")?,
        hidden: flag(row, "hidden")?,
        body: json(row, "body")?,
        user_attributes: json(row, "user_attributes")?,
        created_at: time(row, "created_at")?,
        updated_at: time(row, "updated_at")?,
    })
}

/// All findings of a run that the API shows, in no particular order.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn of_run(conn: &mut Connection, run: &RunArn) -> Result<Vec<StoredFinding>, StoreError> {
    let rows = sqlx::query("SELECT * FROM finding WHERE run = $1 AND hidden = 0 ORDER BY arn").bind(run.to_string());
    rows.fetch_all(conn).await?.iter().map(read).collect()
}

/// How many findings of a run the API shows, by severity.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn severities(conn: &mut Connection, run: &RunArn) -> Result<BTreeMap<Severity, u64>, StoreError> {
    let rows = sqlx::query(
        "SELECT severity, COUNT(*) AS n FROM finding WHERE run = $1 AND hidden = 0 GROUP BY severity ORDER BY severity",
    )
    .bind(run.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((parsed(row, "severity")?, crate::row::count(row, "n")?))).collect()
}
