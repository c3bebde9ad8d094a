//! A change set: what a deployment would do, told before it is done.

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::{Wanted, text};
use crate::client::Client;

/// A plan that the service holds.
pub(super) struct ChangeSet {
    /// Its ARN.
    pub(super) id: String,
    /// The stack's ARN.
    pub(super) stack_id: String,
    /// Whether the stack has never been deployed.
    pub(super) is_new: bool,
    described: Value,
}

impl ChangeSet {
    /// Asks the service for one.
    pub(super) fn plan(client: &Client, wanted: &Wanted) -> Result<Self> {
        let stack = stack(client, &wanted.stack)?;
        let is_new = stack.as_ref().is_none_or(|stack| text(stack, "StackStatus") == "REVIEW_IN_PROGRESS");
        let input = json!({
            "StackName": wanted.stack,
            "ChangeSetName": format!("c{}", uuid::Uuid::new_v4()),
            "ChangeSetType": if is_new { "CREATE" } else { "UPDATE" },
            "TemplateBody": wanted.text()?,
            "Parameters": wanted.parameters(&stack.unwrap_or_default()),
        });
        let made = client.query("CreateChangeSet", &input)?;
        let (id, stack_id) = (text(&made, "Id").to_owned(), text(&made, "StackId").to_owned());
        let described = client.query("DescribeChangeSet", &json!({ "ChangeSetName": id }))?;
        Ok(Self { id, stack_id, is_new, described })
    }

    /// Whether there is nothing to do.
    pub(super) fn is_empty(&self) -> Result<bool> {
        match (text(&self.described, "Status"), text(&self.described, "StatusReason")) {
            ("FAILED", reason) if reason.contains("didn't contain changes") => Ok(true),
            ("FAILED", reason) => bail!("the service cannot plan the change: {reason}"),
            _ => Ok(false),
        }
    }

    /// A line for each change, and one for what is left alone.
    pub(super) fn lines(&self) -> String {
        let changes = self.described.get("Changes").and_then(Value::as_array).into_iter().flatten();
        let mut lines: String = changes.filter_map(|change| change.get("ResourceChange")).map(line).collect();
        let reason = text(&self.described, "StatusReason");
        if !reason.is_empty() {
            lines.push_str(&format!("note: {reason}\n"));
        }
        lines
    }
}

/// The stack called `name`, if there is one.
pub(super) fn stack(client: &Client, name: &str) -> Result<Option<Value>> {
    match client.query("DescribeStacks", &json!({ "StackName": name })) {
        Ok(answer) => Ok(answer.get("Stacks").and_then(|stacks| stacks.get(0)).cloned()),
        Err(error) if error.to_string().contains("does not exist") => Ok(None),
        Err(error) => Err(error),
    }
}

fn line(change: &Value) -> String {
    let sign = match (text(change, "Action"), text(change, "Replacement")) {
        ("Add", _) => "+",
        ("Remove", _) => "-",
        (_, "True") => "-/+",
        _ => "~",
    };
    let details = change.get("Details").and_then(Value::as_array).into_iter().flatten();
    let names: Vec<&str> = details.filter_map(|detail| detail.get("Target")?.get("Name")?.as_str()).collect();
    let why = if names.is_empty() { String::new() } else { format!("  ({})", names.join(", ")) };
    format!("{sign:3} {}  {}{why}\n", text(change, "ResourceType"), text(change, "LogicalResourceId"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_one_line() {
        let change = json!({
            "Action": "Modify", "Replacement": "True", "LogicalResourceId": "Nightly",
            "ResourceType": "AWS::Inspector::AssessmentTemplate",
            "Details": [{"Target": {"Attribute": "Properties", "Name": "DurationInSeconds"}}],
        });
        assert_eq!(line(&change), "-/+ AWS::Inspector::AssessmentTemplate  Nightly  (DurationInSeconds)\n");
    }
}
