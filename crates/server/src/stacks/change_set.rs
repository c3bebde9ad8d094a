//! Change sets: a plan that is looked at before it is executed.

use std::collections::BTreeMap;

use inspector_api::cloudformation::{Action, Plan, Stack, Status, Template, plan};
use inspector_api::error::Failure;
use inspector_model::Timestamp;
use inspector_store::{stack, transact};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::change::{Wanted, put, unchanged, wanted};
use super::describe::shown;
use super::input::Input;
use super::{Work, fault, invalid, parse};
use crate::world::now;

const NO_CHANGES: &str =
    "The submitted information didn't contain changes. Submit different information to create a change set.";

#[derive(Debug, Clone, Serialize, Deserialize)]
struct ChangeSet {
    id: String,
    name: String,
    stack_id: String,
    stack_name: String,
    template: String,
    parameters: BTreeMap<String, String>,
    tags: Option<BTreeMap<String, String>>,
    changes: Value,
    /// Resources of other services, by logical id and type.
    foreign: Vec<(String, String)>,
    failed: Option<String>,
    created_at: Timestamp,
}

impl Work<'_> {
    pub(super) async fn create_change_set(&self, input: &mut Input) -> Result<Value, Failure> {
        let (stack_name, name) = (input.required("StackName")?, input.required("ChangeSetName")?);
        let kind = input.text("ChangeSetType")?.unwrap_or_else(|| "UPDATE".to_owned());
        let found = self.find(&stack_name).await?;
        let stack = match (kind.as_str(), found) {
            ("CREATE", None) => self.new_stack(&stack_name)?,
            ("CREATE", Some(stack)) if stack.status == Status::ReviewInProgress => stack,
            ("CREATE", Some(stack)) => {
                let (name, status) = (&stack.name, stack.status.name());
                return Err(invalid(format!("Stack [{name}] already exists and cannot be created: it is {status}")));
            }
            ("UPDATE", Some(stack)) => stack,
            ("UPDATE", None) => return Err(invalid(format!("Stack [{stack_name}] does not exist"))),
            _ => return Err(invalid("`ChangeSetType` must be CREATE or UPDATE")),
        };
        let wanted = wanted(input, &stack)?;
        input.end()?;
        let plan = self.plan(&stack, &wanted)?;
        let empty = plan.changes.is_empty() && unchanged(&stack, &wanted);
        let set = ChangeSet {
            id: self.arn(&format!("changeSet/{name}")),
            name,
            stack_id: stack.id.clone(),
            stack_name: stack.name.clone(),
            changes: rendered(&plan),
            foreign: plan.foreign,
            template: wanted.template,
            parameters: wanted.parameters,
            tags: wanted.tags,
            failed: empty.then(|| NO_CHANGES.to_owned()),
            created_at: now(),
        };
        transact!(self.service.store(), |conn| {
            if stack.status == Status::ReviewInProgress {
                put(conn, &self.caller.scope, &stack).await?;
            }
            stack::put_change_set(conn, (&set.id, &set.stack_id, &set.name), &set).await
        })
        .map_err(fault)?;
        Ok(json!({ "Id": set.id, "StackId": set.stack_id }))
    }

    pub(super) async fn describe_change_set(&self, input: &mut Input) -> Result<Value, Failure> {
        let set = self.change_set(input).await?;
        input.flag("IncludePropertyValues")?;
        input.end()?;
        let parameters = shown(&set.template, &set.parameters);
        let (status, execution) = match &set.failed {
            Some(_) => ("FAILED", "UNAVAILABLE"),
            None => ("CREATE_COMPLETE", "AVAILABLE"),
        };
        let others: Vec<String> = set.foreign.iter().map(|(name, kind)| format!("{name} ({kind})")).collect();
        let left_alone = format!("left alone, because other services own them: {}", others.join(", "));
        let reason = set.failed.clone().or_else(|| (!others.is_empty()).then_some(left_alone));
        Ok(json!({
            "ChangeSetId": set.id, "ChangeSetName": set.name, "StackId": set.stack_id, "StackName": set.stack_name,
            "Status": status, "StatusReason": reason, "ExecutionStatus": execution, "Parameters": parameters,
            "Changes": set.changes, "CreationTime": set.created_at.to_string(),
        }))
    }

    pub(super) async fn execute_change_set(&self, input: &mut Input) -> Result<Value, Failure> {
        let set = self.change_set(input).await?;
        if input.flag("DisableRollback")? {
            return Err(invalid("`DisableRollback` is not supported by this service: a failed change is rolled back"));
        }
        input.end()?;
        if let Some(reason) = &set.failed {
            let message = format!("ChangeSet [{}] cannot be executed in its current state: {reason}", set.id);
            return Err(Failure::protocol("InvalidChangeSetStatus", 400, message));
        }
        let stack = self.known(&set.stack_id).await?;
        let wanted = Wanted { template: set.template, parameters: set.parameters, tags: set.tags };
        self.deploy(stack, wanted).await?;
        let stack = set.stack_id;
        transact!(self.service.store(), |conn| stack::delete_change_sets(conn, &stack, None).await).map_err(fault)?;
        Ok(json!({}))
    }

    pub(super) async fn delete_change_set(&self, input: &mut Input) -> Result<Value, Failure> {
        let set = self.change_set(input).await?;
        input.end()?;
        let (stack, name) = (set.stack_id, set.name);
        transact!(self.service.store(), |conn| stack::delete_change_sets(conn, &stack, Some(&name)).await)
            .map_err(fault)?;
        Ok(json!({}))
    }

    /// The change set that the input names, if its stack is the caller's.
    async fn change_set(&self, input: &mut Input) -> Result<ChangeSet, Failure> {
        let (name, stack) = (input.required("ChangeSetName")?, input.text("StackName")?);
        let missing = || {
            let message = format!("ChangeSet [{name}] does not exist");
            Failure::protocol("ChangeSetNotFound", 404, message)
        };
        let stack = match stack {
            Some(stack) => Some(self.known(&stack).await?.id),
            None => None,
        };
        let found = {
            let mut conn = self.service.store().reader().await.map_err(fault)?;
            stack::find_change_set(&mut conn, stack.as_deref(), &name).await.map_err(fault)?
        };
        let set: ChangeSet = parse(&found.ok_or_else(missing)?)?;
        self.find(&set.stack_id).await?.ok_or_else(missing)?;
        Ok(set)
    }

    pub(super) fn plan(&self, stack: &Stack, wanted: &Wanted) -> Result<Plan, Failure> {
        let plan = || {
            let template = Template::read(&wanted.template)?;
            let values = template.values(&wanted.parameters)?;
            plan::plan(&template, &values, &self.caller.scope, stack)
        };
        plan().map_err(|problem| invalid(problem.to_string()))
    }
}

fn rendered(plan: &Plan) -> Value {
    let one = |change: &plan::Change| {
        let (action, replacement) = match change.action {
            Action::Add => ("Add", None),
            Action::Modify => ("Modify", Some("False")),
            Action::Replace => ("Modify", Some("True")),
            Action::Remove => ("Remove", None),
        };
        let details = change.properties.iter().filter(|_| replacement.is_some());
        let details: Vec<Value> =
            details.map(|name| json!({ "Target": { "Attribute": "Properties", "Name": name } })).collect();
        let scope = if details.is_empty() { Vec::new() } else { vec!["Properties"] };
        let resource = json!({
            "Action": action, "LogicalResourceId": change.logical_id, "PhysicalResourceId": change.arn,
            "ResourceType": change.kind.name(), "Replacement": replacement, "Scope": scope, "Details": details,
        });
        json!({ "Type": "Resource", "ResourceChange": resource })
    };
    plan.changes.iter().map(one).collect()
}
