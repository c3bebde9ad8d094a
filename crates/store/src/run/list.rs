//! Lists of runs.

use inspector_model::arn::{Scope, TemplateArn};
use inspector_model::run::RunState;
use inspector_model::{PackageKey, Timestamp};

use crate::sql::{ArnPage, Page, Select, like};
use crate::template::duration_and_packages;
use crate::{Connection, StoreError};

/// A stretch of time, both ends included; an end that is missing is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TimeRange {
    /// Not before.
    pub from: Option<Timestamp>,
    /// Not after.
    pub to: Option<Timestamp>,
}

/// Which runs to list. Members that are empty do not filter.
#[derive(Debug, Clone, Default)]
pub struct RunFilter {
    /// Runs of any of these templates.
    pub templates: Vec<TemplateArn>,
    /// A name, in which `*` and `?` stand for any text and any character.
    pub name_pattern: Option<String>,
    /// Any of these states.
    pub states: Vec<RunState>,
    /// Shortest duration, in seconds.
    pub min_duration: Option<i64>,
    /// Longest duration, in seconds.
    pub max_duration: Option<i64>,
    /// Rules packages that must all be in the run.
    pub packages: Vec<PackageKey>,
    /// When collection began; a run that has not begun never matches.
    pub started: TimeRange,
    /// When it ended; a run that has not ended never matches.
    pub completed: TimeRange,
    /// When it entered its state.
    pub changed: TimeRange,
}

/// One page of runs, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(
    conn: &mut Connection,
    scope: &Scope,
    filter: &RunFilter,
    page: &Page,
) -> Result<ArnPage, StoreError> {
    let mut select = Select::new("SELECT arn, created_at FROM run");
    select.and("account = ? AND region = ?", [scope.account.to_string(), scope.region.to_string()]);
    select.and_in("template", filter.templates.iter().map(ToString::to_string));
    select.and_in("state", filter.states.iter().map(|state| state.as_str()));
    if let Some(pattern) = &filter.name_pattern {
        select.and("name LIKE ? ESCAPE '!'", [like(pattern)]);
    }
    let has_package = "arn IN (SELECT run FROM run_package WHERE package = ?)";
    duration_and_packages(&mut select, (filter.min_duration, filter.max_duration), &filter.packages, has_package);
    within(&mut select, "started_at >= ?", "started_at <= ?", filter.started);
    within(&mut select, "completed_at >= ?", "completed_at <= ?", filter.completed);
    within(&mut select, "state_changed_at >= ?", "state_changed_at <= ?", filter.changed);
    select.arns(conn, page).await
}

pub(crate) fn within(select: &mut Select, from: &'static str, to: &'static str, range: TimeRange) {
    if let Some(moment) = range.from {
        select.and(from, [moment.millis()]);
    }
    if let Some(moment) = range.to {
        select.and(to, [moment.millis()]);
    }
}
