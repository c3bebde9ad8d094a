//! How much of an account's quotas its runs use.

use std::collections::BTreeMap;

use inspector_model::arn::{RunArn, Scope};
use inspector_model::run::RunState;

use crate::row::{number, parsed, text};
use crate::sql::Select;
use crate::{Connection, StoreError};

/// How many runs the account and Region have.
///
/// # Errors
/// When the database refuses.
pub async fn count(conn: &mut Connection, scope: &Scope) -> Result<i64, StoreError> {
    let mut select = Select::new("SELECT COUNT(*) AS n FROM run");
    select.and("account = ? AND region = ?", [scope.account.to_string(), scope.region.to_string()]);
    Ok(select.rows(conn).await?.first().map(|row| number(row, "n")).transpose()?.unwrap_or_default())
}

/// How many different instances the runs in progress hold.
///
/// # Errors
/// When the database refuses.
pub async fn instances_in_progress(conn: &mut Connection, scope: &Scope) -> Result<i64, StoreError> {
    let select = Select::new("SELECT COUNT(DISTINCT agent) AS n FROM run_agent JOIN run ON run.arn = run_agent.run");
    let rows = in_progress(select, scope).rows(conn).await?;
    Ok(rows.first().map(|row| number(row, "n")).transpose()?.unwrap_or_default())
}

/// The instances that runs in progress hold, each with one such run.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn holders(conn: &mut Connection, scope: &Scope) -> Result<BTreeMap<String, RunArn>, StoreError> {
    let select = Select::new("SELECT run_agent.agent, run.arn FROM run_agent JOIN run ON run.arn = run_agent.run");
    let rows = in_progress(select, scope).rows(conn).await?;
    rows.iter().map(|row| Ok((text(row, "agent")?, parsed(row, "arn")?))).collect()
}

fn in_progress(mut select: Select, scope: &Scope) -> Select {
    select.and("run.account = ? AND run.region = ?", [scope.account.to_string(), scope.region.to_string()]);
    let going = RunState::ALL.into_iter().filter(|state| !state.terminal());
    select.and_in("run.state", going.map(RunState::as_str));
    select
}
