//! `inspector cfn`: CloudFormation templates without CloudFormation, one file each.

mod change_set;
mod delete;
mod deploy;
mod diff;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::client::Connection;
use crate::exit::Exit;

/// What is done with a stack.
#[derive(Subcommand)]
pub(crate) enum Cfn {
    Deploy(deploy::Deploy),
    Diff(diff::Diff),
    Delete(delete::Delete),
}

impl Cfn {
    /// Does it.
    pub(crate) fn run(self) -> Result<Exit> {
        match self {
            Self::Deploy(deploy) => deploy.run(),
            Self::Diff(diff) => diff.run(),
            Self::Delete(delete) => delete.run(),
        }
    }
}

/// A stack and what it is to become.
#[derive(Args)]
struct Wanted {
    #[command(flatten)]
    connection: Connection,
    /// The stack's name
    stack: String,
    /// The template, in JSON or YAML
    template: PathBuf,
    /// A parameter's value; repeatable. What is not named keeps its value, else has its default
    #[arg(long = "parameter", value_name = "NAME=VALUE", value_parser = pair)]
    parameters: Vec<(String, String)>,
}

impl Wanted {
    fn text(&self) -> Result<String> {
        let shown = self.template.display();
        let bytes = std::fs::read(&self.template).with_context(|| format!("cannot read the template `{shown}`"))?;
        String::from_utf8(bytes).with_context(|| format!("the template `{shown}` is not UTF-8"))
    }

    /// As the API takes them: what was not given and was set before stays.
    fn parameters(&self, before: &Value) -> Value {
        let given = self.parameters.iter().map(|(name, value)| json!({"ParameterKey": name, "ParameterValue": value}));
        let known = before.get("Parameters").and_then(Value::as_array).into_iter().flatten();
        let kept = known
            .filter_map(|parameter| parameter.get("ParameterKey").and_then(Value::as_str))
            .filter(|name| !self.parameters.iter().any(|(given, _)| given == name))
            .map(|name| json!({"ParameterKey": name, "UsePreviousValue": true}));
        given.chain(kept).collect()
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').ok_or_else(|| format!("`{text}` is not NAME=VALUE"))?;
    Ok((pair.0.to_owned(), pair.1.to_owned()))
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
