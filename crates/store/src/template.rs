//! Assessment templates: a target, rules packages, a duration and attributes. They never change.

use inspector_model::arn::{Scope, TargetArn, TemplateArn};
use inspector_model::{Attribute, PackageKey, Timestamp};

use crate::row::{from_json, json, number, packages, packages_text, parsed, text, text_or_null, time, to_json};
use crate::sql::{ArnPage, Page, Select, like};
use crate::{Connection, StoreError, run, subscription};

/// One template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its ARN.
    pub arn: TemplateArn,
    /// Unique in the target.
    pub name: String,
    /// Longest time of collection, in seconds.
    pub duration: i64,
    /// What to assess, in the order given.
    pub packages: Vec<PackageKey>,
    /// Attributes that every finding starts with.
    pub user_attributes: Vec<Attribute>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Stores a new template.
///
/// # Errors
/// [`StoreError::Taken`] when the target has a template of that name.
pub async fn insert(conn: &mut Connection, template: &Template) -> Result<(), StoreError> {
    let statement = "INSERT INTO template (arn, account, region, target, name, duration, packages, user_attributes, \
                     created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    sqlx::query(statement)
        .bind(template.arn.to_string())
        .bind(template.arn.scope.account.to_string())
        .bind(template.arn.scope.region.as_str())
        .bind(template.arn.parent().to_string())
        .bind(&template.name)
        .bind(template.duration)
        .bind(packages_text(&template.packages))
        .bind(to_json("user attributes", &template.user_attributes)?)
        .bind(template.created_at.millis())
        .execute(&mut *conn)
        .await?;
    for package in &template.packages {
        sqlx::query("INSERT INTO template_package (template, package) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(template.arn.to_string())
            .bind(package.as_str())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// The template `arn`.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn find(conn: &mut Connection, arn: &TemplateArn) -> Result<Option<Template>, StoreError> {
    let row = sqlx::query("SELECT * FROM template WHERE arn = $1").bind(arn.to_string()).fetch_optional(conn).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Template {
        arn: parsed(&row, "arn")?,
        name: text(&row, "name")?,
        duration: number(&row, "duration")?,
        packages: packages(&row, "packages")?,
        user_attributes: json(&row, "user_attributes")?,
        created_at: time(&row, "created_at")?,
    }))
}

/// Whether `target` has a template `name`.
///
/// # Errors
/// When the database refuses.
pub async fn name_taken(conn: &mut Connection, target: &TargetArn, name: &str) -> Result<bool, StoreError> {
    let found = sqlx::query("SELECT arn FROM template WHERE target = $1 AND name = $2")
        .bind(target.to_string())
        .bind(name)
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

/// How many templates the account and Region have.
///
/// # Errors
/// When the database refuses.
pub async fn count(conn: &mut Connection, scope: &Scope) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) AS n FROM template WHERE account = $1 AND region = $2")
        .bind(scope.account.to_string())
        .bind(scope.region.as_str())
        .fetch_one(conn)
        .await?;
    number(&row, "n")
}

/// Which templates to list. Members that are empty do not filter.
#[derive(Debug, Clone, Default)]
pub struct TemplateFilter {
    /// Templates of any of these targets.
    pub targets: Vec<TargetArn>,
    /// A name, in which `*` and `?` stand for any text and any character.
    pub name_pattern: Option<String>,
    /// Shortest duration, in seconds.
    pub min_duration: Option<i64>,
    /// Longest duration, in seconds.
    pub max_duration: Option<i64>,
    /// Rules packages that must all be in the template.
    pub packages: Vec<PackageKey>,
}

/// One page of templates, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(
    conn: &mut Connection,
    scope: &Scope,
    filter: &TemplateFilter,
    page: &Page,
) -> Result<ArnPage, StoreError> {
    let mut select = Select::new("SELECT arn, created_at FROM template");
    select.and("account = ? AND region = ?", [scope.account.to_string(), scope.region.to_string()]);
    select.and_in("target", filter.targets.iter().map(ToString::to_string));
    if let Some(pattern) = &filter.name_pattern {
        select.and("name LIKE ? ESCAPE '!'", [like(pattern)]);
    }
    let has_package = "arn IN (SELECT template FROM template_package WHERE package = ?)";
    duration_and_packages(&mut select, (filter.min_duration, filter.max_duration), &filter.packages, has_package);
    select.arns(conn, page).await
}

/// The conditions that lists of templates and of runs share; `has_package` asks for one package, by its key.
pub(crate) fn duration_and_packages(
    select: &mut Select,
    (min, max): (Option<i64>, Option<i64>),
    packages: &[PackageKey],
    has_package: &'static str,
) {
    if let Some(min) = min {
        select.and("duration >= ?", [min]);
    }
    if let Some(max) = max {
        select.and("duration <= ?", [max]);
    }
    for key in packages {
        select.and(has_package, [key.as_str()]);
    }
}

/// The tags of a template; `None` where there is no template.
///
/// # Errors
/// When the database refuses or the row does not read.
pub async fn tags(conn: &mut Connection, arn: &TemplateArn) -> Result<Option<Vec<Attribute>>, StoreError> {
    let row = sqlx::query("SELECT tags FROM template WHERE arn = $1").bind(arn.to_string());
    let Some(row) = row.fetch_optional(conn).await? else { return Ok(None) };
    let tags = text_or_null(&row, "tags")?.map(|text| from_json("tags", &text));
    Ok(Some(tags.transpose()?.unwrap_or_default()))
}

/// Replaces the tags of a template. False where there is no template.
///
/// # Errors
/// When the database refuses.
pub async fn set_tags(conn: &mut Connection, arn: &TemplateArn, tags: &[Attribute]) -> Result<bool, StoreError> {
    let set = sqlx::query("UPDATE template SET tags = $1 WHERE arn = $2")
        .bind(to_json("tags", &tags)?)
        .bind(arn.to_string())
        .execute(conn)
        .await?;
    Ok(set.rows_affected() == 1)
}

/// Deletes the template with its runs, findings and exclusions. The caller has made sure that no run is in progress, in
/// the same transaction.
///
/// # Errors
/// When the database refuses.
pub async fn delete(conn: &mut Connection, arn: &TemplateArn) -> Result<(), StoreError> {
    let arn = arn.to_string();
    run::delete_where(conn, run::Parent::Template(&arn)).await?;
    sqlx::query("DELETE FROM template_package WHERE template = $1").bind(&arn).execute(&mut *conn).await?;
    sqlx::query("DELETE FROM template WHERE arn = $1").bind(&arn).execute(&mut *conn).await?;
    subscription::forget_orphans(conn).await
}
