//! What topics are told, and what became of it. A row is written in the transaction that makes its event true; whoever
//! publishes takes it from here, so that nothing is told that did not happen and nothing that happened is forgotten.

use inspector_model::Timestamp;
use inspector_model::arn::RunArn;
use inspector_model::event::Event;

use crate::row::{number, parsed, text, text_or_null, time};
use crate::{Connection, StoreError};

/// One event for one topic. Together the members are its identity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delivery {
    /// The run that it tells of.
    pub run: RunArn,
    /// What happened.
    pub event: Event,
    /// The state that was entered, the ARN of the finding, or how many findings there are, by event.
    pub about: String,
    /// The topic's ARN.
    pub topic: String,
}

/// A delivery that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What to tell whom.
    pub delivery: Delivery,
    /// When it happened.
    pub at: Timestamp,
    /// How often it was tried.
    pub attempts: i64,
}

/// What became of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What was told whom.
    pub delivery: Delivery,
    /// When it happened.
    pub at: Timestamp,
    /// The word of the API for how it went.
    pub outcome: String,
    /// Why it failed.
    pub why: Option<String>,
}

const TOPICS: &str = "FROM subscription s JOIN subscription_event e ON e.subscription = s.id \
                      WHERE s.template = $3 AND e.event = $2";

/// Lets every topic that subscribed to `event` hear of it. Saying it again changes nothing.
///
/// # Errors
/// When the database refuses.
pub async fn announce(
    conn: &mut Connection,
    run: &RunArn,
    event: Event,
    about: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let statement = format!(
        "INSERT INTO delivery (run, event, about, topic, created_at, attempts, next_at) \
         SELECT $1, $2, $4, s.topic, $5, 0, $5 {TOPICS} ON CONFLICT (run, event, about, topic) DO NOTHING"
    );
    sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(run.to_string())
        .bind(event.as_str())
        .bind(run.parent().to_string())
        .bind(about)
        .bind(at.millis())
        .execute(conn)
        .await?;
    Ok(())
}

/// Lets the topics hear of every finding of `run` that the API shows.
///
/// # Errors
/// When the database refuses.
pub async fn announce_findings(conn: &mut Connection, run: &RunArn, at: Timestamp) -> Result<(), StoreError> {
    let statement = "INSERT INTO delivery (run, event, about, topic, created_at, attempts, next_at) \
                     SELECT f.run, $2, f.arn, s.topic, $4, 0, $4 FROM finding f, subscription s \
                     JOIN subscription_event e ON e.subscription = s.id \
                     WHERE f.run = $1 AND f.hidden = 0 AND s.template = $3 AND e.event = $2 \
                     ON CONFLICT (run, event, about, topic) DO NOTHING";
    sqlx::query(statement)
        .bind(run.to_string())
        .bind(Event::FindingReported.as_str())
        .bind(run.parent().to_string())
        .bind(at.millis())
        .execute(conn)
        .await?;
    Ok(())
}

/// How many findings `run` has that the API shows, by rules package, in the order of the packages' keys.
///
/// # Errors
/// When the database refuses.
pub async fn finding_counts(conn: &mut Connection, run: &RunArn) -> Result<Vec<(String, i64)>, StoreError> {
    let statement = "SELECT package, COUNT(*) AS n FROM finding WHERE run = $1 AND hidden = 0 \
                     GROUP BY package ORDER BY package";
    let rows = sqlx::query(statement).bind(run.to_string()).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((text(row, "package")?, number(row, "n")?))).collect()
}

/// Up to `limit` deliveries that are due, oldest first.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn due(conn: &mut Connection, now: Timestamp, limit: u32) -> Result<Vec<Due>, StoreError> {
    let statement = "SELECT * FROM delivery WHERE next_at <= $1 ORDER BY next_at, run, event, about, topic LIMIT $2";
    let rows = sqlx::query(statement).bind(now.millis()).bind(i64::from(limit)).fetch_all(conn).await?;
    let read =
        |row| Ok(Due { delivery: delivery(row)?, at: time(row, "created_at")?, attempts: number(row, "attempts")? });
    rows.iter().map(read).collect()
}

/// Notes how an attempt went; with `next_at` it is tried again then.
///
/// # Errors
/// When the database refuses.
pub async fn settle(
    conn: &mut Connection,
    delivery: &Delivery,
    outcome: &str,
    why: Option<&str>,
    next_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let statement = "UPDATE delivery SET attempts = attempts + 1, next_at = $1, outcome = $2, why = $3 \
                     WHERE run = $4 AND event = $5 AND about = $6 AND topic = $7";
    sqlx::query(statement)
        .bind(next_at.map(Timestamp::millis))
        .bind(outcome)
        .bind(why)
        .bind(delivery.run.to_string())
        .bind(delivery.event.as_str())
        .bind(&delivery.about)
        .bind(&delivery.topic)
        .execute(conn)
        .await?;
    Ok(())
}

/// The deliveries of `run` that were tried, newest first, up to `limit`.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn of_run(conn: &mut Connection, run: &RunArn, limit: u32) -> Result<Vec<Told>, StoreError> {
    let statement = "SELECT * FROM delivery WHERE run = $1 AND outcome IS NOT NULL \
                     ORDER BY created_at DESC, event, about, topic LIMIT $2";
    let rows = sqlx::query(statement).bind(run.to_string()).bind(i64::from(limit)).fetch_all(conn).await?;
    let read = |row| {
        Ok(Told {
            delivery: delivery(row)?,
            at: time(row, "created_at")?,
            outcome: text(row, "outcome")?,
            why: text_or_null(row, "why")?,
        })
    };
    rows.iter().map(read).collect()
}

fn delivery(row: &sqlx::any::AnyRow) -> Result<Delivery, StoreError> {
    Ok(Delivery {
        run: parsed(row, "run")?,
        event: parsed(row, "event")?,
        about: text(row, "about")?,
        topic: text(row, "topic")?,
    })
}
