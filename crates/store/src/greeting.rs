//! Topics that are still to be told that they subscribed. A row is written in the transaction that makes the subscription.

use inspector_model::Timestamp;
use inspector_model::arn::TemplateArn;

use crate::row::{number, parsed, text};
use crate::{Connection, StoreError};

/// A topic to be greeted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Greeting {
    /// What it subscribed to.
    pub template: TemplateArn,
    /// The topic's ARN.
    pub topic: String,
    /// How often it was tried.
    pub attempts: i64,
}

/// Has `topic` told of its subscription to `template`.
pub(crate) async fn add(
    conn: &mut Connection,
    template: &TemplateArn,
    topic: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let statement = "INSERT INTO greeting (template, topic, attempts, next_at) VALUES ($1, $2, 0, $3) \
                     ON CONFLICT (template, topic) DO NOTHING";
    sqlx::query(statement).bind(template.to_string()).bind(topic).bind(now.millis()).execute(conn).await?;
    Ok(())
}

/// Up to `limit` topics that are to be told now, longest waiting first.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn due(conn: &mut Connection, now: Timestamp, limit: u32) -> Result<Vec<Greeting>, StoreError> {
    let statement = "SELECT * FROM greeting WHERE next_at <= $1 ORDER BY next_at, template, topic LIMIT $2";
    let rows = sqlx::query(statement).bind(now.millis()).bind(i64::from(limit)).fetch_all(conn).await?;
    let read = |row| {
        Ok(Greeting {
            template: parsed(row, "template")?,
            topic: text(row, "topic")?,
            attempts: number(row, "attempts")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Notes that an attempt was made; with `next_at` there is another one then, without it there is none.
///
/// # Errors
/// When the database refuses.
pub async fn settle(conn: &mut Connection, greeting: &Greeting, next_at: Option<Timestamp>) -> Result<(), StoreError> {
    let Greeting { template, topic, .. } = greeting;
    match next_at {
        Some(at) => {
            let statement =
                "UPDATE greeting SET attempts = attempts + 1, next_at = $1 WHERE template = $2 AND topic = $3";
            sqlx::query(statement).bind(at.millis()).bind(template.to_string()).bind(topic).execute(conn).await?
        }
        None => {
            let statement = "DELETE FROM greeting WHERE template = $1 AND topic = $2";
            sqlx::query(statement).bind(template.to_string()).bind(topic).execute(conn).await?
        }
    };
    Ok(())
}
