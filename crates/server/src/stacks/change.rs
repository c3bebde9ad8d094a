//! Changes of a stack, from the request to the last call.

use std::collections::BTreeMap;

use inspector_api::caller::Caller;
use inspector_api::cloudformation::{Call, Deployment, Refusal, Request, Stack, Status, Template};
use inspector_api::error::Failure;
use inspector_api::inspector as classic;
use inspector_model::Timestamp;
use inspector_model::arn::Scope;
use inspector_store::{Connection, StoreError, stack, transact};
use serde_json::{Value, json};

use super::input::{Given, Input};
use super::{Work, fault, invalid, parse};
use crate::http::{Operation, Through};
use crate::world::{now, random_text};

/// Who calls in a caller's name, as the audit log and policies (`aws:CalledVia`) name it.
const SERVICE: &str = "cloudformation.amazonaws.com";

/// What a stack is to become, as a request says it.
pub(super) struct Wanted {
    pub(super) template: String,
    pub(super) parameters: BTreeMap<String, String>,
    pub(super) tags: Option<BTreeMap<String, String>>,
}

impl Work<'_> {
    pub(super) async fn create_stack(&self, input: &mut Input) -> Result<Value, Failure> {
        let name = input.required("StackName")?;
        if let Some(found) = self.find(&name).await? {
            let status = found.status.name();
            return Err(Failure::protocol(
                "AlreadyExistsException",
                400,
                format!("Stack [{name}] already exists and is in the state {status}"),
            ));
        }
        let stack = self.new_stack(&name)?;
        let wanted = wanted(input, &stack)?;
        input.end()?;
        self.deploy(stack, wanted).await
    }

    pub(super) async fn update_stack(&self, input: &mut Input) -> Result<Value, Failure> {
        let stack = self.known(&input.required("StackName")?).await?;
        let wanted = wanted(input, &stack)?;
        input.end()?;
        if self.plan(&stack, &wanted)?.changes.is_empty() && unchanged(&stack, &wanted) {
            return Err(invalid("No updates are to be performed."));
        }
        self.deploy(stack, wanted).await
    }

    pub(super) async fn delete_stack(&self, input: &mut Input) -> Result<Value, Failure> {
        let name = input.required("StackName")?;
        input.end()?;
        // As in CloudFormation, what is not there is deleted already.
        let Some(stack) = self.find(&name).await?.filter(|stack| stack.status != Status::DeleteComplete) else {
            return Ok(json!({}));
        };
        let scope = self.caller.scope.clone();
        self.drive(stack, |stack, now| Ok(Deployment::delete(stack, scope.clone(), now))).await?;
        Ok(Value::Null)
    }

    /// A stack that is only a name yet.
    pub(super) fn new_stack(&self, name: &str) -> Result<Stack, Failure> {
        let fits = name.len() <= 128
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !fits {
            return Err(invalid(format!(
                "`{name}` is no stack name; use a letter, then letters, digits and hyphens, 128 at most"
            )));
        }
        Ok(Stack::new(self.arn(&format!("stack/{name}")), name.to_owned(), now()))
    }

    /// A new ARN of CloudFormation's.
    pub(super) fn arn(&self, resource: &str) -> String {
        let Scope { account, region } = &self.caller.scope;
        let partition = region.partition();
        format!("arn:{partition}:cloudformation:{}:{account}:{resource}/{}", region.as_str(), uuid::Uuid::new_v4())
    }

    pub(super) async fn deploy(&self, stack: Stack, wanted: Wanted) -> Result<Value, Failure> {
        let scope = self.caller.scope.clone();
        let suffix = random_text(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 12).map_err(fault)?;
        let stack = self
            .drive(stack, |mut stack, now| {
                stack.tags = wanted.tags.clone().unwrap_or(stack.tags);
                let (template, parameters) = (wanted.template.clone(), wanted.parameters.clone());
                let request = Request { template, parameters, suffix: suffix.clone() };
                Deployment::deploy(stack, request, scope.clone(), now).map_err(|problem| invalid(problem.to_string()))
            })
            .await?;
        Ok(json!({ "StackId": stack.id }))
    }

    /// Begins a change, unless another one is under way, and makes its calls.
    async fn drive(
        &self,
        stack: Stack,
        begin: impl Fn(Stack, Timestamp) -> Result<Deployment, Failure>,
    ) -> Result<Stack, Failure> {
        let scope = &self.caller.scope;
        let begun = transact!(self.service.store(), |conn| {
            let fresh = match stack::find(conn, scope, &stack.id).await?.map(|document| parse(&document)).transpose() {
                Ok(fresh) => fresh.unwrap_or_else(|| stack.clone()),
                Err(failure) => return Ok(Err(failure)),
            };
            if fresh.is_busy() {
                let (id, status) = (&fresh.id, fresh.status.name());
                return Ok(Err(invalid(format!("Stack:{id} is in {status} state and can not be updated."))));
            }
            match begin(fresh, now()) {
                Ok(deployment) => put(conn, scope, deployment.stack()).await.map(|()| Ok(deployment)),
                Err(failure) => Ok(Err(failure)),
            }
        });
        let mut deployment = begun.map_err(fault)??;
        loop {
            let caller = Caller { request_id: uuid::Uuid::new_v4().to_string(), ..self.caller.clone() };
            let Some(call) = deployment.next(&caller.new_id(), now()) else { break };
            // What the call is meant to do is on the disk before it is made.
            self.keep(deployment.stack()).await?;
            let result = self.call(&caller, &call).await;
            deployment.answered(result, now());
        }
        self.keep(deployment.stack()).await?;
        Ok(deployment.stack().clone())
    }

    /// Makes a call as if the caller had sent it, and leaves an event about it.
    async fn call(&self, caller: &Caller, call: &Call) -> Result<Vec<u8>, Refusal> {
        let told = |failure: &Failure| Refusal { name: failure.name.to_owned(), message: failure.message().to_owned() };
        // Deployments call nothing but the Classic API.
        let Some(Operation::Classic(operation)) = Operation::parse(call.target) else {
            return Err(told(&Failure::unknown_operation(call.target)));
        };
        let through = Through { caller, rights: self.rights, service: SERVICE };
        let work = || classic::dispatch(self.service, caller, operation, &call.body);
        through
            .run(self.service, Operation::Classic(operation), &call.body, now(), work)
            .await
            .map_err(|failure| told(&failure))
    }

    pub(super) async fn keep(&self, stack: &Stack) -> Result<(), Failure> {
        transact!(self.service.store(), |conn| put(conn, &self.caller.scope, stack).await).map_err(fault)
    }
}

/// Puts `stack` in the place of its earlier self.
pub(super) async fn put(conn: &mut Connection, scope: &Scope, stack: &Stack) -> Result<(), StoreError> {
    let deleted = stack.status == Status::DeleteComplete;
    let names = (stack.id.as_str(), stack.name.as_str());
    stack::put(conn, scope, names, stack.created_at, deleted, stack).await
}

/// Reads what `stack` is to become; previous values come from it.
pub(super) fn wanted(input: &mut Input, stack: &Stack) -> Result<Wanted, Failure> {
    let given = input.parameters()?;
    let tags = input.tags()?;
    let template = match (input.text("TemplateBody")?, input.flag("UsePreviousTemplate")?) {
        (Some(text), false) => text,
        (None, true) => stack.template.clone().ok_or_else(|| invalid("the stack has no previous template"))?,
        _ => return Err(invalid("Either Template URL or Template Body must be specified; only the body is read here")),
    };
    let mut parameters = BTreeMap::new();
    for (name, value) in given {
        let value = match value {
            Given::Value(value) => Some(value),
            Given::Previous => stack.parameters.get(&name).cloned(),
        };
        // Without a previous value the default counts.
        if let Some(value) = value {
            parameters.insert(name, value);
        }
    }
    Ok(Wanted { template, parameters, tags: (!tags.is_empty()).then_some(tags) })
}

/// Whether nothing differs that a plan does not show: outputs, tags, the template's text.
pub(super) fn unchanged(stack: &Stack, wanted: &Wanted) -> bool {
    let tags = wanted.tags.as_ref().is_none_or(|tags| *tags == stack.tags);
    let outputs = |text: &str| Template::read(text).map(|template| template.outputs);
    let same = stack.template.as_deref().is_some_and(|text| outputs(text) == outputs(&wanted.template));
    tags && same && stack.parameters == wanted.parameters
}
