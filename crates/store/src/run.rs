//! Assessment runs, the states that they went through, and the instances that they hold.

mod agent;
mod list;
mod quota;

use inspector_model::arn::{RunArn, TemplateArn};
use inspector_model::run::RunState;
use inspector_model::{Attribute, PackageKey, Timestamp};
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

pub use agent::{
    Delivered, RunAgent, Wanted, agents, agents_page, deliver, delivered, facts_of, insert_agents, instance_count,
    last_facts, outstanding, wanted_from,
};
pub(crate) use list::within;
pub use list::{RunFilter, TimeRange, list};
pub use quota::{count, holders, instances_in_progress};

use crate::row::{
    count as number_of, flag, json, number, packages, packages_text, parsed, text, time, time_or_null, to_json,
};
use crate::{Connection, StoreError};

/// One run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its ARN.
    pub arn: RunArn,
    /// Unique in the template.
    pub name: String,
    /// Where it is.
    pub state: RunState,
    /// Longest time of collection, in seconds.
    pub duration: i64,
    /// What to assess, in the template's order.
    pub packages: Vec<PackageKey>,
    /// Attributes that every finding starts with.
    pub user_attributes: Vec<Attribute>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When collection began.
    pub started_at: Option<Timestamp>,
    /// When collection ends at the latest.
    pub collect_until: Option<Timestamp>,
    /// When it ended.
    pub completed_at: Option<Timestamp>,
    /// When it entered its state.
    pub state_changed_at: Timestamp,
    /// Whether everything that will arrive has arrived.
    pub data_collected: bool,
    /// How many findings it has.
    pub counts: FindingCounts,
}

/// Findings by severity, those that the API shows; `unscored` counts the CVEs that it hides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FindingCounts {
    /// High.
    pub high: u64,
    /// Medium.
    pub medium: u64,
    /// Low.
    pub low: u64,
    /// Informational.
    pub informational: u64,
    /// Undefined.
    pub undefined: u64,
    /// CVEs that nobody has scored yet.
    pub unscored: u64,
}

/// A state that a run entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateChange {
    /// The state.
    pub state: RunState,
    /// When.
    pub at: Timestamp,
}

/// Stores a new run with its first state.
///
/// # Errors
/// [`StoreError::Taken`] when the template has a run of that name.
pub async fn insert(conn: &mut Connection, run: &Run) -> Result<(), StoreError> {
    insert_with_history(conn, run, &[StateChange { state: run.state, at: run.created_at }]).await
}

/// Stores a new run that has gone through `changes` elsewhere; [`advance`] then writes how far it has come.
///
/// # Errors
/// [`StoreError::Taken`] when the template has a run of that name.
pub async fn insert_with_history(conn: &mut Connection, run: &Run, changes: &[StateChange]) -> Result<(), StoreError> {
    let statement = "INSERT INTO run (arn, account, region, target, template, name, state, duration, packages, \
                     user_attributes, created_at, started_at, collect_until, completed_at, \
                     state_changed_at, data_collected, high, medium, low, informational, undefined, unscored) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, NULL, NULL, $11, 0, \
                     0, 0, 0, 0, 0, 0)";
    let template = run.arn.parent();
    sqlx::query(statement)
        .bind(run.arn.to_string())
        .bind(run.arn.scope.account.to_string())
        .bind(run.arn.scope.region.as_str())
        .bind(template.parent().to_string())
        .bind(template.to_string())
        .bind(&run.name)
        .bind(run.state.as_str())
        .bind(run.duration)
        .bind(packages_text(&run.packages))
        .bind(to_json("user attributes", &run.user_attributes)?)
        .bind(run.created_at.millis())
        .execute(&mut *conn)
        .await?;
    for package in &run.packages {
        sqlx::query("INSERT INTO run_package (run, package) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(run.arn.to_string())
            .bind(package.as_str())
            .execute(&mut *conn)
            .await?;
    }
    append_changes(conn, &run.arn, changes).await
}

/// The run `arn`.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn find(conn: &mut Connection, arn: &RunArn) -> Result<Option<Run>, StoreError> {
    let row = sqlx::query("SELECT * FROM run WHERE arn = $1").bind(arn.to_string()).fetch_optional(conn).await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<Run, StoreError> {
    Ok(Run {
        arn: parsed(row, "arn")?,
        name: text(row, "name")?,
        state: parsed(row, "state")?,
        duration: number(row, "duration")?,
        packages: packages(row, "packages")?,
        user_attributes: json(row, "user_attributes")?,
        created_at: time(row, "created_at")?,
        started_at: time_or_null(row, "started_at")?,
        collect_until: time_or_null(row, "collect_until")?,
        completed_at: time_or_null(row, "completed_at")?,
        state_changed_at: time(row, "state_changed_at")?,
        data_collected: flag(row, "data_collected")?,
        counts: FindingCounts {
            high: number_of(row, "high")?,
            medium: number_of(row, "medium")?,
            low: number_of(row, "low")?,
            informational: number_of(row, "informational")?,
            undefined: number_of(row, "undefined")?,
            unscored: number_of(row, "unscored")?,
        },
    })
}

/// Writes where the run is now, and adds `changes` to the states that it went through.
///
/// # Errors
/// When the database refuses.
pub async fn advance(conn: &mut Connection, run: &Run, changes: &[StateChange]) -> Result<(), StoreError> {
    let statement = "UPDATE run SET state = $1, started_at = $2, collect_until = $3, completed_at = $4, \
                     state_changed_at = $5, data_collected = $6, high = $7, medium = $8, low = $9, \
                     informational = $10, undefined = $11, unscored = $12 WHERE arn = $13";
    let mut query = sqlx::query(statement)
        .bind(run.state.as_str())
        .bind(run.started_at.map(Timestamp::millis))
        .bind(run.collect_until.map(Timestamp::millis))
        .bind(run.completed_at.map(Timestamp::millis))
        .bind(run.state_changed_at.millis())
        .bind(i64::from(run.data_collected));
    let FindingCounts { high, medium, low, informational, undefined, unscored } = run.counts;
    for count in [high, medium, low, informational, undefined, unscored] {
        query = query.bind(i64::try_from(count).unwrap_or(i64::MAX));
    }
    query.bind(run.arn.to_string()).execute(&mut *conn).await?;
    append_changes(conn, &run.arn, changes).await
}

async fn append_changes(conn: &mut Connection, arn: &RunArn, changes: &[StateChange]) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT COUNT(*) AS n FROM run_state_change WHERE run = $1").bind(arn.to_string());
    let first = number(&row.fetch_one(&mut *conn).await?, "n")?;
    for (position, change) in (first..).zip(changes) {
        sqlx::query("INSERT INTO run_state_change (run, position, state, changed_at) VALUES ($1, $2, $3, $4)")
            .bind(arn.to_string())
            .bind(position)
            .bind(change.state.as_str())
            .bind(change.at.millis())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// The states that a run went through, oldest first.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn changes(conn: &mut Connection, arn: &RunArn) -> Result<Vec<StateChange>, StoreError> {
    let rows = sqlx::query("SELECT state, changed_at FROM run_state_change WHERE run = $1 ORDER BY position")
        .bind(arn.to_string())
        .fetch_all(conn)
        .await?;
    let read = |row| Ok(StateChange { state: parsed(row, "state")?, at: time(row, "changed_at")? });
    rows.iter().map(read).collect()
}

/// How many runs a template has, and its youngest one.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn of_template(conn: &mut Connection, template: &TemplateArn) -> Result<(i64, Option<RunArn>), StoreError> {
    let template = template.to_string();
    let row = sqlx::query("SELECT COUNT(*) AS n FROM run WHERE template = $1").bind(&template);
    let count = number(&row.fetch_one(&mut *conn).await?, "n")?;
    let row = sqlx::query("SELECT arn FROM run WHERE template = $1 ORDER BY created_at DESC, arn DESC LIMIT 1");
    let last = row.bind(&template).fetch_optional(conn).await?;
    Ok((count, last.map(|row| parsed(&row, "arn")).transpose()?))
}

/// Whether `template` has a run `name`.
///
/// # Errors
/// When the database refuses.
pub async fn name_taken(conn: &mut Connection, template: &TemplateArn, name: &str) -> Result<bool, StoreError> {
    let found = sqlx::query("SELECT arn FROM run WHERE template = $1 AND name = $2")
        .bind(template.to_string())
        .bind(name)
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

/// What the runs belong to.
#[derive(Debug, Clone, Copy)]
pub enum Parent<'a> {
    /// The runs of one target, by its ARN.
    Target(&'a str),
    /// The runs of one template, by its ARN.
    Template(&'a str),
    /// One run, by its ARN.
    Run(&'a str),
}

impl<'a> Parent<'a> {
    fn column_and_arn(self) -> (&'static str, &'a str) {
        match self {
            Self::Target(arn) => ("target", arn),
            Self::Template(arn) => ("template", arn),
            Self::Run(arn) => ("arn", arn),
        }
    }
}

/// The first eleven runs of `parent` that have not come to their end.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn in_progress(conn: &mut Connection, parent: Parent<'_>) -> Result<Vec<RunArn>, StoreError> {
    let (column, arn) = parent.column_and_arn();
    let ends = "'COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED', 'ERROR', 'CANCELED'";
    let statement =
        format!("SELECT arn FROM run WHERE {column} = $1 AND state NOT IN ({ends}) ORDER BY created_at, arn LIMIT 11");
    let rows = sqlx::query(AssertSqlSafe(statement)).bind(arn).fetch_all(conn).await?;
    rows.iter().map(|row| parsed(row, "arn")).collect()
}

/// Deletes the runs of `parent` with all that hangs on them.
///
/// # Errors
/// When the database refuses.
pub async fn delete_where(conn: &mut Connection, parent: Parent<'_>) -> Result<(), StoreError> {
    let (column, arn) = parent.column_and_arn();
    for table in [
        "delivery",
        "finding_attribute",
        "finding",
        "exclusion",
        "coverage",
        "run_agent",
        "run_state_change",
        "run_package",
    ] {
        let statement = format!("DELETE FROM {table} WHERE run IN (SELECT arn FROM run WHERE {column} = $1)");
        sqlx::query(AssertSqlSafe(statement)).bind(arn).execute(&mut *conn).await?;
    }
    let tasks = format!("DELETE FROM task WHERE subject IN (SELECT arn FROM run WHERE {column} = $1)");
    sqlx::query(AssertSqlSafe(tasks)).bind(arn).execute(&mut *conn).await?;
    let runs = format!("DELETE FROM run WHERE {column} = $1");
    sqlx::query(AssertSqlSafe(runs)).bind(arn).execute(conn).await?;
    Ok(())
}
