//! Which topics hear of which events of which template: one subscription for each template and topic, with its events.

use inspector_model::Timestamp;
use inspector_model::arn::{Scope, ShortId, TemplateArn};
use inspector_model::event::Event;

use crate::row::{number, parsed, text, time};
use crate::sql::{Select, SqlValue};
use crate::{Connection, Page, StoreError, greeting};

/// The events of one template that one topic hears of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its id, which no API shows.
    pub id: ShortId,
    /// The template.
    pub template: TemplateArn,
    /// The topic's ARN.
    pub topic: String,
    /// When the first event was subscribed to.
    pub created_at: Timestamp,
    /// The events, by name, each with the time of its subscription; at least one.
    pub events: Vec<(Event, Timestamp)>,
}

/// Makes `topic` hear of `event`; `id` is for the subscription if it is the first of this template and topic, which the topic
/// is told then. What is subscribed to already stays as it is.
///
/// # Errors
/// When the database refuses.
pub async fn add(
    conn: &mut Connection,
    id: &ShortId,
    template: &TemplateArn,
    topic: &str,
    event: Event,
    now: Timestamp,
) -> Result<(), StoreError> {
    let statement = "INSERT INTO subscription (id, account, region, template, topic, created_at) \
                     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (template, topic) DO NOTHING";
    let made = sqlx::query(statement)
        .bind(id.to_string())
        .bind(template.scope.account.to_string())
        .bind(template.scope.region.as_str())
        .bind(template.to_string())
        .bind(topic)
        .bind(now.millis())
        .execute(&mut *conn)
        .await?;
    if made.rows_affected() > 0 {
        greeting::add(conn, template, topic, now).await?;
    }
    let statement = "INSERT INTO subscription_event (subscription, event, subscribed_at) \
                     SELECT id, $1, $2 FROM subscription WHERE template = $3 AND topic = $4 \
                     ON CONFLICT (subscription, event) DO NOTHING";
    sqlx::query(statement)
        .bind(event.as_str())
        .bind(now.millis())
        .bind(template.to_string())
        .bind(topic)
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends what `topic` hears of `event`; without any event left the subscription is gone.
///
/// # Errors
/// When the database refuses.
pub async fn remove(
    conn: &mut Connection,
    template: &TemplateArn,
    topic: &str,
    event: Event,
) -> Result<(), StoreError> {
    let template = template.to_string();
    let statement = "DELETE FROM subscription_event WHERE event = $1 AND subscription IN \
                     (SELECT id FROM subscription WHERE template = $2 AND topic = $3)";
    sqlx::query(statement).bind(event.as_str()).bind(&template).bind(topic).execute(&mut *conn).await?;
    let statement = "DELETE FROM subscription WHERE template = $1 AND topic = $2 AND NOT EXISTS \
                     (SELECT 1 FROM subscription_event e WHERE e.subscription = subscription.id)";
    sqlx::query(statement).bind(&template).bind(topic).execute(conn).await?;
    Ok(())
}

/// How many topics hear of `template`, `topic` itself left out.
///
/// # Errors
/// When the database refuses.
pub async fn other_topics(conn: &mut Connection, template: &TemplateArn, topic: &str) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) AS n FROM subscription WHERE template = $1 AND topic <> $2")
        .bind(template.to_string())
        .bind(topic)
        .fetch_one(conn)
        .await?;
    number(&row, "n")
}

/// Up to `page.limit` subscriptions, oldest first, and the place to go on from when there are more; those of one
/// `template` or of all.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn list(
    conn: &mut Connection,
    scope: &Scope,
    template: Option<&TemplateArn>,
    page: &Page,
) -> Result<(Vec<Subscription>, Option<(i64, String)>), StoreError> {
    let mut select = Select::new("SELECT * FROM subscription");
    select.and("account = ? AND region = ?", [scope.account.to_string(), scope.region.to_string()]);
    select.and_in("template", template.map(ToString::to_string));
    if let Some((created_at, id)) = &page.after {
        select.and("(created_at, id) > (?, ?)", [SqlValue::from(*created_at), SqlValue::from(id.as_str())]);
    }
    let rows = select.first(conn, "created_at, id", page.limit.saturating_add(1)).await?;
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    for row in rows.iter().take(limit) {
        let id = text(row, "id")?;
        found.push(Subscription {
            events: events(conn, &id).await?,
            id: parsed(row, "id")?,
            template: parsed(row, "template")?,
            topic: text(row, "topic")?,
            created_at: time(row, "created_at")?,
        });
    }
    let next = found.last().filter(|_| rows.len() > limit).map(|last| (last.created_at.millis(), last.id.to_string()));
    Ok((found, next))
}

async fn events(conn: &mut Connection, id: &str) -> Result<Vec<(Event, Timestamp)>, StoreError> {
    let statement = "SELECT event, subscribed_at FROM subscription_event WHERE subscription = $1 ORDER BY event";
    let rows = sqlx::query(statement).bind(id).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((parsed(row, "event")?, time(row, "subscribed_at")?))).collect()
}

/// Forgets the subscriptions of templates that no longer exist, for whoever deletes templates.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn forget_orphans(conn: &mut Connection) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM subscription WHERE template NOT IN (SELECT arn FROM template)",
        "DELETE FROM subscription_event WHERE subscription NOT IN (SELECT id FROM subscription)",
    ] {
        sqlx::query(statement).execute(&mut *conn).await?;
    }
    Ok(())
}
