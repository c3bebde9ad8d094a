//! One page of findings.
//!
//! A member of a filter drives: its values are looked up in an index that is in page order, one after the other, and the
//! pages are merged. The other members are checked on what that finds. Without this a database sorts all that match, or
//! reads the whole table in page order.

use inspector_model::arn::{RunArn, Scope};
use inspector_model::{PackageKey, Severity};

use crate::run::{TimeRange, within};
use crate::sql::{ArnPage, Page, Select, SqlValue};
use crate::{Connection, StoreError};

/// Which findings to list. Members that are empty do not filter.
#[derive(Debug, Clone, Default)]
pub struct FindingFilter {
    /// Findings of any of these runs.
    pub runs: Vec<RunArn>,
    /// About any of these instances.
    pub agents: Vec<String>,
    /// About instances of any of these Auto Scaling groups.
    pub auto_scaling_groups: Vec<String>,
    /// Of any of these rules.
    pub rules: Vec<String>,
    /// Of any of these severities.
    pub severities: Vec<Severity>,
    /// Of any of these rules packages.
    pub packages: Vec<PackageKey>,
    /// System attributes that must all be there; a key without a value is there with any value.
    pub attributes: Vec<(String, Option<String>)>,
    /// The same for the user's own attributes.
    pub user_attributes: Vec<(String, Option<String>)>,
    /// When they were made.
    pub created: TimeRange,
}

/// One page of findings that the API shows, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(
    conn: &mut Connection,
    scope: &Scope,
    filter: &FindingFilter,
    page: &Page,
) -> Result<ArnPage, StoreError> {
    let mut keys = Vec::new();
    for drive in drives(filter) {
        let select = checked(started(&drive, scope), filter);
        let (after, order) = match drive {
            Drive::Attribute(..) => ("(a.created_at, a.finding) > (?, ?)", "a.created_at, a.finding"),
            Drive::All | Drive::Scoped(..) | Drive::Apart(..) => {
                ("(finding.created_at, finding.arn) > (?, ?)", "finding.created_at, finding.arn")
            }
        };
        keys.extend(select.keys(conn, page, after, order).await?);
    }
    keys.sort_unstable();
    keys.dedup();
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let more = keys.len() > limit;
    keys.truncate(limit);
    let next = if more { keys.last().cloned() } else { None };
    Ok((keys.into_iter().map(|(_, arn)| arn).collect(), next))
}

/// What one look-up goes by.
enum Drive<'a> {
    /// The account and Region alone.
    All,
    /// Columns of an index that begins with account and Region.
    Scoped(Vec<(&'static str, &'a str)>),
    /// Columns of an index of their own.
    Apart(Vec<(&'static str, String)>),
    /// An attribute: origin, key, value.
    Attribute(&'static str, &'a str, &'a str),
}

/// The look-ups that find everything a filter asks for, by the member that leaves least.
fn drives(filter: &FindingFilter) -> Vec<Drive<'_>> {
    let run = |run: &RunArn| ("finding.run = ?", run.to_string());
    let severities = || filter.severities.iter().map(|severity| severity.as_str());
    if !filter.runs.is_empty() && !filter.severities.is_empty() {
        let of = |arn| severities().map(move |word| vec![run(arn), ("finding.severity = ?", word.to_owned())]);
        return filter.runs.iter().flat_map(of).map(Drive::Apart).collect();
    }
    if !filter.runs.is_empty() {
        return filter.runs.iter().map(|arn| Drive::Apart(vec![run(arn)])).collect();
    }
    if !filter.agents.is_empty() {
        return filter.agents.iter().map(|id| Drive::Apart(vec![("finding.agent = ?", id.clone())])).collect();
    }
    if !filter.rules.is_empty() {
        return filter.rules.iter().map(|rule| Drive::Scoped(vec![("finding.rule = ?", rule)])).collect();
    }
    let system = filter.attributes.iter().map(|pair| ("system", pair));
    let mut attributes = system.chain(filter.user_attributes.iter().map(|pair| ("user", pair)));
    if let Some(attribute) =
        attributes.find_map(|(origin, (key, value))| Some(Drive::Attribute(origin, key, value.as_deref()?)))
    {
        return vec![attribute];
    }
    if !filter.auto_scaling_groups.is_empty() {
        let of = |name: &String| Drive::Apart(vec![("finding.auto_scaling_group = ?", name.clone())]);
        return filter.auto_scaling_groups.iter().map(of).collect();
    }
    if !filter.severities.is_empty() {
        return severities().map(|word| Drive::Scoped(vec![("finding.severity = ?", word)])).collect();
    }
    vec![Drive::All]
}

/// The statement of one look-up. Account and Region are kept from the planner where another index is meant: concatenated
/// with nothing they are the same and no column of an index.
fn started(drive: &Drive<'_>, scope: &Scope) -> Select {
    let by_attribute = "SELECT finding.arn AS arn, finding.created_at AS created_at FROM finding_attribute a \
                        CROSS JOIN finding";
    let mut select = Select::new(match drive {
        Drive::Attribute(..) => by_attribute,
        Drive::All | Drive::Scoped(_) | Drive::Apart(_) => {
            "SELECT finding.arn AS arn, finding.created_at AS created_at FROM finding"
        }
    });
    let own = [scope.account.to_string(), scope.region.to_string()];
    match drive {
        Drive::All => select.and("finding.account = ? AND finding.region = ?", own),
        Drive::Scoped(columns) => {
            select.and("finding.account = ? AND finding.region = ?", own);
            for (condition, value) in columns {
                select.and(condition, [*value]);
            }
        }
        Drive::Apart(columns) => {
            for (condition, value) in columns {
                select.and(condition, [value.as_str()]);
            }
            select.and("finding.account || '' = ? AND finding.region || '' = ?", own);
        }
        Drive::Attribute(origin, key, value) => {
            select.and("a.origin = ? AND a.key = ? AND a.value = ?", [*origin, *key, *value]);
            select.and("finding.arn = a.finding AND finding.account || '' = ? AND finding.region || '' = ?", own);
        }
    }
    select
}

/// Every member of the filter, also the one that drives.
fn checked(mut select: Select, filter: &FindingFilter) -> Select {
    select.and("finding.hidden = ?", [0_i64]);
    select.and_in("finding.run || ''", filter.runs.iter().map(ToString::to_string));
    select.and_in("finding.agent || ''", filter.agents.iter().map(String::as_str));
    select.and_in("finding.auto_scaling_group || ''", filter.auto_scaling_groups.iter().map(String::as_str));
    select.and_in("finding.rule || ''", filter.rules.iter().map(String::as_str));
    select.and_in("finding.severity || ''", filter.severities.iter().map(|severity| severity.as_str()));
    select.and_in("finding.package", filter.packages.iter().map(|key| key.as_str()));
    for (origin, wanted) in [("system", &filter.attributes), ("user", &filter.user_attributes)] {
        for (key, value) in wanted {
            has_attribute(&mut select, origin, key, value.as_deref());
        }
    }
    within(&mut select, "finding.created_at >= ?", "finding.created_at <= ?", filter.created);
    select
}

fn has_attribute(select: &mut Select, origin: &str, key: &str, value: Option<&str>) {
    match value {
        Some(value) => select.and(
            "EXISTS (SELECT 1 FROM finding_attribute b WHERE b.finding = finding.arn AND b.origin = ? AND b.key = ? \
             AND b.value = ?)",
            [origin, key, value].map(SqlValue::from),
        ),
        None => select.and(
            "EXISTS (SELECT 1 FROM finding_attribute b WHERE b.finding = finding.arn AND b.origin = ? AND b.key = ?)",
            [origin, key].map(SqlValue::from),
        ),
    }
}
