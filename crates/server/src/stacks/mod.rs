//! CloudFormation stacks: the pure engine of `inspector_api::cloudformation` run against our own operations. Every call
//! of a deployment passes the decision point with the rights of whoever deploys.

mod change;
mod change_set;
mod describe;
mod input;

use inspector_api::caller::Caller;
use inspector_api::cloudformation::{Operation, Stack};
use inspector_api::error::Failure;
use inspector_model::arn::{ResourceGroupArn, TargetArn, TemplateArn};
use inspector_store::{StoreError, resource_group, stack, target, template, transact};

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

/// Says of every stack at which the last process was at work that its change was interrupted, and gives it what a call made
/// whose answer the process did not live to see.
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
        let made = match found.making() {
            Some(new) => there(service, &new.arn).await?,
            None => false,
        };
        found.interrupted(made, now());
        tracing::warn!(stack = found.id, "a change of this stack was interrupted");
        transact!(service.store(), |conn| change::put(conn, &scope, &found).await)?;
    }
    Ok(())
}

/// Whether the store holds what this ARN names.
async fn there(service: &Service, arn: &str) -> Result<bool, StoreError> {
    let mut conn = service.store().reader().await?;
    if let Ok(arn) = arn.parse::<ResourceGroupArn>() {
        return Ok(resource_group::find(&mut conn, &arn).await?.is_some());
    }
    if let Ok(arn) = arn.parse::<TargetArn>() {
        return Ok(target::find(&mut conn, &arn).await?.is_some());
    }
    match arn.parse::<TemplateArn>() {
        Ok(arn) => Ok(template::find(&mut conn, &arn).await?.is_some()),
        Err(_) => Ok(false),
    }
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use inspector_api::cloudformation::{Deployment, Request, Status};
    use inspector_api::inspector as classic;
    use inspector_model::arn::Scope;

    use super::*;

    const TEMPLATE: &str = "Resources: {Target: {Type: AWS::Inspector::AssessmentTarget}}";

    #[tokio::test]
    async fn what_a_call_made_whose_answer_was_not_lived_to_see_is_the_stacks() {
        let dir = tempfile::tempdir().unwrap();
        let service = Service::unreachable(dir.path(), Arc::new(|| panic!("no advisories"))).await;
        let scope = Scope { account: "123456789012".parse().unwrap(), region: "us-east-1".parse().unwrap() };
        for (name, made) in [("made", true), ("not-made", false)] {
            let [principal, access_key_id, request_id] = ["root", "AKIDEXAMPLE", name].map(str::to_owned);
            let caller = Caller { scope: scope.clone(), principal, access_key_id, request_id };
            let request = Request { template: TEMPLATE.into(), parameters: Default::default(), suffix: name.into() };
            let stack = Stack::new(format!("arn:{name}"), name.into(), now());
            let mut deployment = Deployment::deploy(stack, request, scope.clone(), now()).unwrap();
            let call = deployment.next(&caller.new_id(), now()).unwrap();
            transact!(service.store(), |conn| change::put(conn, &scope, deployment.stack()).await).unwrap();
            if made {
                let create = classic::Operation::CreateAssessmentTarget;
                classic::dispatch(&service, &caller, create, &call.body).await.unwrap();
            }
        }
        tell_interrupted(&service).await.unwrap();
        let mut conn = service.store().reader().await.unwrap();
        for (name, made) in [("made", true), ("not-made", false)] {
            let document = stack::find(&mut conn, &scope, name).await.unwrap().unwrap();
            let found: Stack = parse(&document).unwrap();
            assert_eq!((found.status, found.intent), (Status::CreateFailed, None), "{name}");
            let target = found.resources.get("Target").map(|one| one.arn.parse::<TargetArn>().unwrap());
            assert_eq!(target.is_some(), made, "{name}");
            if let Some(arn) = target {
                assert!(target::find(&mut conn, &arn).await.unwrap().is_some());
            }
        }
    }
}
