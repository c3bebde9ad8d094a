//! CloudFormation stacks: the pure engine of `inspector_api::cloudformation` run against our own operations. Every call
//! of a deployment passes the decision point with the rights of whoever deploys.

mod change;
mod change_set;
mod describe;
mod input;

use inspector_api::caller::Caller;
use inspector_api::cloudformation::{Operation, Stack};
use inspector_api::error::Failure;
use inspector_store::{StoreError, stack, transact};

use crate::Service;
use crate::http::Rights;
use crate::world::now;

/// Runs one operation; its input and its answer are JSON.
pub(crate) async fn run(
    service: &Service,
    caller: &Caller,
    rights: &Rights,
    operation: Operation,
    body: &[u8],
) -> Result<Vec<u8>, Failure> {
    let mut input = input::Input::read(body)?;
    let work = Work { service, caller, rights };
    let answer = match operation {
        Operation::CreateStack => work.create_stack(&mut input).await,
        Operation::UpdateStack => work.update_stack(&mut input).await,
        Operation::DeleteStack => work.delete_stack(&mut input).await,
        Operation::CreateChangeSet => work.create_change_set(&mut input).await,
        Operation::DescribeChangeSet => work.describe_change_set(&mut input).await,
        Operation::ExecuteChangeSet => work.execute_change_set(&mut input).await,
        Operation::DeleteChangeSet => work.delete_change_set(&mut input).await,
        Operation::DescribeStacks => work.describe_stacks(&mut input).await,
        Operation::ListStacks => work.list_stacks(&mut input).await,
        Operation::DescribeStackEvents => work.describe_stack_events(&mut input).await,
        Operation::DescribeStackResources => work.describe_stack_resources(&mut input).await,
        Operation::ListStackResources => work.list_stack_resources(&mut input).await,
        Operation::GetTemplate => work.get_template(&mut input).await,
        Operation::GetTemplateSummary => work.get_template_summary(&mut input).await,
        Operation::ValidateTemplate => describe::validate_template(&mut input),
    };
    Ok(answer?.to_string().into_bytes())
}

/// What every operation works with.
struct Work<'a> {
    service: &'a Service,
    caller: &'a Caller,
    rights: &'a Rights,
}

impl Work<'_> {
    /// The stack with this name or ARN.
    async fn find(&self, name_or_id: &str) -> Result<Option<Stack>, Failure> {
        let mut conn = self.service.store().reader().await.map_err(fault)?;
        let found = stack::find(&mut conn, &self.caller.scope, name_or_id).await.map_err(fault)?;
        found.map(|document| parse(&document)).transpose()
    }

    async fn known(&self, name_or_id: &str) -> Result<Stack, Failure> {
        self.find(name_or_id).await?.ok_or_else(|| invalid(format!("Stack with id {name_or_id} does not exist")))
    }
}

/// Says of every stack at which the last process was at work that its change was interrupted.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn tell_interrupted(service: &Service) -> Result<(), StoreError> {
    let stacks = stack::all(&mut *service.store().reader().await?).await?;
    for (scope, document) in stacks {
        let mut found: Stack = match serde_json::from_str(&document) {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(%error, "a stack cannot be read");
                continue;
            }
        };
        if !found.is_busy() {
            continue;
        }
        found.interrupted(now());
        tracing::warn!(stack = found.id, "a change of this stack was interrupted");
        transact!(service.store(), |conn| change::put(conn, &scope, &found).await)?;
    }
    Ok(())
}

fn parse<T: serde::de::DeserializeOwned>(document: &str) -> Result<T, Failure> {
    serde_json::from_str(document).map_err(fault)
}

fn fault(error: impl std::fmt::Display) -> Failure {
    tracing::error!(%error, "a stack operation failed");
    Failure::internal()
}

/// CloudFormation's one word for whatever is wrong with a request.
fn invalid(message: impl Into<String>) -> Failure {
    Failure::protocol("ValidationError", 400, message)
}
