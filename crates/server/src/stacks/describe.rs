//! Everything that only looks.

use std::collections::BTreeMap;

use inspector_api::cloudformation::stack::{Deployed, Event};
use inspector_api::cloudformation::{Kind, Stack, Template};
use inspector_api::error::Failure;
use inspector_store::stack;
use serde_json::{Value, json};

use super::input::Input;
use super::{Work, fault, invalid, parse};

impl Work<'_> {
    pub(super) async fn describe_stacks(&self, input: &mut Input) -> Result<Value, Failure> {
        let name = input.text("StackName")?;
        input.end()?;
        let stacks = match name {
            Some(name) => vec![self.known(&name).await?],
            None => self.stacks(false).await?,
        };
        Ok(json!({ "Stacks": stacks.iter().map(described).collect::<Vec<_>>() }))
    }

    pub(super) async fn list_stacks(&self, input: &mut Input) -> Result<Value, Failure> {
        let wanted = input.texts("StackStatusFilter")?;
        input.end()?;
        let stacks = self.stacks(true).await?;
        let kept = stacks.iter().filter(|stack| wanted.is_empty() || wanted.contains(&stack.status.name()));
        let summaries: Vec<Value> = kept
            .map(|stack| {
                json!({
                    "StackId": stack.id, "StackName": stack.name, "StackStatus": stack.status.name(),
                    "StackStatusReason": stack.reason, "CreationTime": stack.created_at.to_string(),
                    "LastUpdatedTime": stack.updated_at.map(|at| at.to_string()),
                    "DeletionTime": stack.deleted_at.map(|at| at.to_string()),
                })
            })
            .collect();
        Ok(json!({ "StackSummaries": summaries }))
    }

    async fn stacks(&self, deleted: bool) -> Result<Vec<Stack>, Failure> {
        let mut conn = self.service.store().reader().await.map_err(fault)?;
        let documents = stack::list(&mut conn, &self.caller.scope, deleted).await.map_err(fault)?;
        documents.iter().map(|document| parse(document)).collect()
    }

    pub(super) async fn describe_stack_events(&self, input: &mut Input) -> Result<Value, Failure> {
        let stack = self.known(&input.required("StackName")?).await?;
        input.end()?;
        let one = |event: &Event| {
            json!({
                "StackId": stack.id, "StackName": stack.name, "EventId": event.number.to_string(),
                "LogicalResourceId": event.logical_id, "PhysicalResourceId": event.arn, "ResourceType": event.kind,
                "ResourceStatus": event.status.name(), "ResourceStatusReason": event.reason,
                "Timestamp": event.at.to_string(),
            })
        };
        Ok(json!({ "StackEvents": stack.events.iter().rev().map(one).collect::<Vec<_>>() }))
    }

    pub(super) async fn describe_stack_resources(&self, input: &mut Input) -> Result<Value, Failure> {
        let stack = self.known(&input.required("StackName")?).await?;
        let wanted = input.text("LogicalResourceId")?;
        input.end()?;
        let kept = stack.resources.iter().filter(|(name, _)| wanted.as_ref().is_none_or(|wanted| wanted == *name));
        let one = |(name, deployed): (&String, &Deployed)| {
            let mut value = resource(name, deployed);
            if let Some(members) = value.as_object_mut() {
                members.insert("StackId".to_owned(), Value::from(stack.id.as_str()));
                members.insert("StackName".to_owned(), Value::from(stack.name.as_str()));
                members.insert("Timestamp".to_owned(), Value::from(deployed.since.to_string()));
            }
            value
        };
        Ok(json!({ "StackResources": kept.map(one).collect::<Vec<_>>() }))
    }

    pub(super) async fn list_stack_resources(&self, input: &mut Input) -> Result<Value, Failure> {
        let stack = self.known(&input.required("StackName")?).await?;
        input.end()?;
        let one = |(name, deployed): (&String, &Deployed)| {
            let mut value = resource(name, deployed);
            let since = Value::from(deployed.since.to_string());
            value.as_object_mut().map(|members| members.insert("LastUpdatedTimestamp".to_owned(), since));
            value
        };
        Ok(json!({ "StackResourceSummaries": stack.resources.iter().map(one).collect::<Vec<_>>() }))
    }

    pub(super) async fn get_template(&self, input: &mut Input) -> Result<Value, Failure> {
        let stack = self.known(&input.required("StackName")?).await?;
        input.text("TemplateStage")?;
        input.end()?;
        Ok(json!({ "TemplateBody": stack.template, "StagesAvailable": ["Original"] }))
    }

    pub(super) async fn get_template_summary(&self, input: &mut Input) -> Result<Value, Failure> {
        let text = match (input.text("StackName")?, input.text("TemplateBody")?) {
            (Some(name), None) => self.known(&name).await?.template.unwrap_or_default(),
            (None, Some(text)) => text,
            _ => return Err(invalid("exactly one of `StackName` and `TemplateBody` must be given")),
        };
        input.end()?;
        let template = read(&text)?;
        let mut kinds: Vec<&str> = template.resources.values().map(|resource| resource.kind.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let parameters = parameters(&template, "ParameterType");
        Ok(json!({ "Parameters": parameters, "ResourceTypes": kinds, "Description": template.description }))
    }
}

/// `ValidateTemplate` needs no stack.
pub(super) fn validate_template(input: &mut Input) -> Result<Value, Failure> {
    let text = input.required("TemplateBody")?;
    input.end()?;
    let template = read(&text)?;
    Ok(json!({ "Parameters": parameters(&template, ""), "Description": template.description }))
}

fn read(text: &str) -> Result<Template, Failure> {
    Template::read(text).map_err(|problem| invalid(problem.to_string()))
}

fn parameters(template: &Template, kind: &str) -> Vec<Value> {
    let one = |(name, parameter): (&String, &inspector_api::cloudformation::parameter::Parameter)| {
        let mut value = json!({
            "ParameterKey": name, "DefaultValue": parameter.default, "NoEcho": parameter.no_echo,
            "Description": parameter.description,
        });
        if let Some(members) = value.as_object_mut().filter(|_| !kind.is_empty()) {
            members.insert(kind.to_owned(), Value::from(parameter.kind.name()));
        }
        value
    };
    template.parameters.iter().map(one).collect()
}

fn described(stack: &Stack) -> Value {
    let parameters = stack.template.as_deref().map(|text| shown(text, &stack.parameters));
    let outputs: Vec<Value> = stack
        .outputs
        .iter()
        .map(|(name, (value, text))| json!({ "OutputKey": name, "OutputValue": value, "Description": text }))
        .collect();
    let tags: Vec<Value> = stack.tags.iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect();
    json!({
        "StackId": stack.id, "StackName": stack.name, "StackStatus": stack.status.name(),
        "StackStatusReason": stack.reason, "CreationTime": stack.created_at.to_string(),
        "LastUpdatedTime": stack.updated_at.map(|at| at.to_string()),
        "DeletionTime": stack.deleted_at.map(|at| at.to_string()), "Parameters": parameters, "Outputs": outputs,
        "Tags": tags, "DisableRollback": false,
    })
}

/// Parameters of a template. Without one that reads nobody knows which of them must not be shown, so none is.
pub(super) fn shown(template: &str, parameters: &BTreeMap<String, String>) -> Vec<Value> {
    let Ok(template) = Template::read(template) else { return Vec::new() };
    let one = |(name, value)| json!({ "ParameterKey": name, "ParameterValue": value });
    template.shown(parameters).map(one).collect()
}

fn resource(name: &str, deployed: &Deployed) -> Value {
    let kind: Kind = deployed.kind;
    json!({
        "LogicalResourceId": name, "PhysicalResourceId": deployed.arn, "ResourceType": kind.name(),
        "ResourceStatus": deployed.status.name(),
    })
}
