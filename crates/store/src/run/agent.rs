//! The instances of a run and what their agents delivered.

use inspector_model::Timestamp;
use inspector_model::arn::RunArn;
use inspector_model::asset::Asset;
use sqlx::any::AnyRow;

use crate::row::{json, number, parsed, text, text_or_null, time_or_null, to_json};
use crate::{Connection, StoreError};

/// One instance of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunAgent {
    /// The instance as it was when the run started.
    pub asset: Asset,
    /// Digest of the facts that its agent delivered.
    pub facts: Option<String>,
    /// Their length in bytes.
    pub facts_size: Option<i64>,
    /// Digest of what it collected for a benchmark.
    pub benchmark: Option<String>,
    /// When they were delivered.
    pub delivered_at: Option<Timestamp>,
    /// When facts were delivered with what the agent had observed until the end; only for runs that observe.
    pub observed_at: Option<Timestamp>,
}

/// What an agent delivered, kept as blobs.
#[derive(Debug, Clone, Copy)]
pub struct Delivered<'a> {
    /// Digest of the facts.
    pub facts: &'a str,
    /// Digest of what was collected for a benchmark.
    pub benchmark: Option<&'a str>,
    /// Length of all of it in bytes.
    pub size: i64,
    /// Whether the facts hold what was observed until the end; they then take the place of earlier ones.
    pub observed: bool,
}

/// Puts the instances of a new run down.
///
/// # Errors
/// When the database refuses.
pub async fn insert_agents(conn: &mut Connection, run: &RunArn, assets: &[Asset]) -> Result<(), StoreError> {
    let run = run.to_string();
    for asset in assets {
        sqlx::query("INSERT INTO run_agent (run, agent, asset) VALUES ($1, $2, $3)")
            .bind(&run)
            .bind(&asset.id)
            .bind(to_json("asset", asset)?)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

fn read(row: &AnyRow) -> Result<RunAgent, StoreError> {
    Ok(RunAgent {
        asset: json(row, "asset")?,
        facts: text_or_null(row, "facts")?,
        facts_size: row_number(row)?,
        benchmark: text_or_null(row, "benchmark")?,
        delivered_at: time_or_null(row, "delivered_at")?,
        observed_at: time_or_null(row, "observed_at")?,
    })
}

fn row_number(row: &AnyRow) -> Result<Option<i64>, StoreError> {
    use sqlx::Row;
    Ok(row.try_get("facts_size")?)
}

/// All instances of a run, by id.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn agents(conn: &mut Connection, run: &RunArn) -> Result<Vec<RunAgent>, StoreError> {
    let rows = sqlx::query("SELECT * FROM run_agent WHERE run = $1 ORDER BY agent").bind(run.to_string());
    rows.fetch_all(conn).await?.iter().map(read).collect()
}

/// Up to `limit` instances of a run whose ids come after `after`, by id.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn agents_page(
    conn: &mut Connection,
    run: &RunArn,
    after: &str,
    limit: u32,
) -> Result<Vec<RunAgent>, StoreError> {
    let rows = sqlx::query("SELECT * FROM run_agent WHERE run = $1 AND agent > $2 ORDER BY agent LIMIT $3")
        .bind(run.to_string())
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// How many instances a run holds.
///
/// # Errors
/// When the database refuses.
pub async fn instance_count(conn: &mut Connection, run: &RunArn) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) AS n FROM run_agent WHERE run = $1").bind(run.to_string());
    number(&row.fetch_one(conn).await?, "n")
}

/// What a run wants from an agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The run.
    pub run: RunArn,
    /// It has no facts of the agent yet.
    pub facts: bool,
    /// It holds its hosts against a benchmark.
    pub benchmark: bool,
    /// It wants what the agent observes until then, delivered with facts.
    pub observe_until: Option<Timestamp>,
}

/// A run that observes is told of what was seen so many seconds before its collection ends: a part of its duration, so that
/// facts can be collected and arrive.
const DELIVERY_PART: i64 = 10;
const DELIVERY_SECONDS: (i64, i64) = (5, 60);

/// The runs that collect and want something of `agent`: facts, if they have none of it yet, and, where they hold Runtime
/// Behavior Analysis, what it observed until the end.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn wanted_from(conn: &mut Connection, agent: &str) -> Result<Vec<Wanted>, StoreError> {
    let rows = sqlx::query(
        "SELECT a.run, a.delivered_at, a.observed_at, r.state, r.duration, r.collect_until, p.package, \
         c.package AS benchmark \
         FROM run_agent a JOIN run r ON r.arn = a.run \
         LEFT JOIN run_package p ON p.run = a.run AND p.package = 'runtime-behavior' \
         LEFT JOIN run_package c ON c.run = a.run AND c.package = 'cis' \
         WHERE a.agent = $1 AND ((r.state = 'COLLECTING_DATA' AND (a.facts IS NULL OR p.package IS NOT NULL)) \
         OR (r.state = 'STOP_DATA_COLLECTION_PENDING' AND p.package IS NOT NULL)) \
         AND a.observed_at IS NULL ORDER BY a.run",
    )
    .bind(agent)
    .fetch_all(conn)
    .await?;
    rows.iter().map(wanted).collect()
}

fn wanted(row: &AnyRow) -> Result<Wanted, StoreError> {
    let observes = text_or_null(row, "package")?.is_some();
    let until = match time_or_null(row, "collect_until")? {
        Some(end) if text(row, "state")? == "COLLECTING_DATA" => {
            let (least, most) = DELIVERY_SECONDS;
            let early = (number(row, "duration")? / DELIVERY_PART).clamp(least, most);
            Some(end.plus_seconds(-early))
        }
        // Its collection is over, and it waits a moment for what was seen so far.
        Some(_) | None => Some(Timestamp::from_millis(0)),
    };
    Ok(Wanted {
        run: parsed(row, "run")?,
        facts: time_or_null(row, "delivered_at")?.is_none(),
        benchmark: text_or_null(row, "benchmark")?.is_some(),
        observe_until: until.filter(|_| observes),
    })
}

/// Notes the facts of `agent` for `run`. False when the run does not collect, does not hold the agent, or has them already:
/// the first delivery of a kind counts.
///
/// # Errors
/// When the database refuses.
pub async fn deliver(
    conn: &mut Connection,
    run: &RunArn,
    agent: &str,
    delivered: Delivered<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let statement = if delivered.observed {
        "UPDATE run_agent SET facts = $1, facts_size = $2, delivered_at = $3, observed_at = $3, \
         benchmark = COALESCE($6, benchmark) WHERE run = $4 AND agent = $5 AND observed_at IS NULL \
         AND EXISTS (SELECT 1 FROM run r WHERE r.arn = $4 \
         AND r.state IN ('COLLECTING_DATA', 'STOP_DATA_COLLECTION_PENDING'))"
    } else {
        "UPDATE run_agent SET facts = $1, facts_size = $2, delivered_at = $3, benchmark = $6 \
         WHERE run = $4 AND agent = $5 AND facts IS NULL \
         AND EXISTS (SELECT 1 FROM run r WHERE r.arn = $4 AND r.state = 'COLLECTING_DATA')"
    };
    let noted = sqlx::query(statement)
        .bind(delivered.facts)
        .bind(delivered.size)
        .bind(now.millis())
        .bind(run.to_string())
        .bind(agent)
        .bind(delivered.benchmark)
        .execute(conn)
        .await?;
    Ok(noted.rows_affected() == 1)
}

/// The agents of a run that have not delivered all that it wants but were seen at `seen_after` or later: how many, and when the one that
/// has been silent longest was seen.
///
/// # Errors
/// When the database refuses.
pub async fn outstanding(
    conn: &mut Connection,
    run: &RunArn,
    seen_after: Timestamp,
) -> Result<(u64, Option<Timestamp>), StoreError> {
    let rows = sqlx::query(
        "SELECT g.last_seen_at FROM run_agent a JOIN agent g ON g.id = a.agent \
         WHERE a.run = $1 AND g.last_seen_at >= $2 AND g.barred IS NULL AND (a.facts IS NULL OR (a.observed_at IS NULL AND EXISTS \
         (SELECT 1 FROM run_package p WHERE p.run = a.run AND p.package = 'runtime-behavior'))) \
         ORDER BY g.last_seen_at",
    )
    .bind(run.to_string())
    .bind(seen_after.millis())
    .fetch_all(conn)
    .await?;
    let oldest = rows.first().map(|row| time_or_null(row, "last_seen_at")).transpose()?.flatten();
    Ok((u64::try_from(rows.len()).unwrap_or(u64::MAX), oldest))
}

/// How many agents of a run have delivered, and how many bytes in all.
///
/// # Errors
/// When the database refuses.
pub async fn delivered(conn: &mut Connection, run: &RunArn) -> Result<(i64, i64), StoreError> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS n, COALESCE(SUM(facts_size), 0) AS bytes FROM run_agent \
         WHERE run = $1 AND facts IS NOT NULL",
    )
    .bind(run.to_string())
    .fetch_one(conn)
    .await?;
    Ok((number(&row, "n")?, number(&row, "bytes")?))
}

/// The facts that `agent` delivered for `run`, as a digest.
///
/// # Errors
/// When the database refuses.
pub async fn facts_of(conn: &mut Connection, run: &RunArn, agent: &str) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT facts FROM run_agent WHERE run = $1 AND agent = $2 AND facts IS NOT NULL")
        .bind(run.to_string())
        .bind(agent)
        .fetch_optional(conn)
        .await?;
    row.map(|row| text(&row, "facts")).transpose()
}

/// The facts that `agent` delivered last for any run, as a digest.
///
/// # Errors
/// When the database refuses.
pub async fn last_facts(conn: &mut Connection, agent: &str) -> Result<Option<String>, StoreError> {
    let statement =
        "SELECT facts FROM run_agent WHERE agent = $1 AND facts IS NOT NULL ORDER BY delivered_at DESC LIMIT 1";
    let row = sqlx::query(statement).bind(agent).fetch_optional(conn).await?;
    row.map(|row| text(&row, "facts")).transpose()
}
