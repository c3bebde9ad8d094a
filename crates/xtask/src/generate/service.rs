//! The trait that the server implements, and the way from an operation's name to its method.

use std::fmt::Write;

use anyhow::Result;

use super::names::snake;
use super::{BANNER, Gaps, operations};
use crate::model::Model;

/// The trait with one method for each operation that is no known gap, and `dispatch`.
pub(crate) fn service(model: &Model, gaps: &Gaps) -> Result<String> {
    let id = &model.service.id;
    let mut out = format!(
        "//! The operations as the server implements them.\n{BANNER}use super::*;\nuse crate::caller::Caller;\n\
        use crate::codec;\nuse crate::error::Failure;\n\n\
        /// The operations of `{id}`, without those that `conformance/known-gaps.toml` lists.\n\
        pub trait {id}: Send + Sync {{\n"
    );
    let (missing, built): (Vec<_>, Vec<_>) = model.operations.iter().partition(|(name, _)| gaps.contains(name));
    for (name, operation) in &built {
        let output = operation.output.as_deref().unwrap_or("()");
        let doc = operation.doc.clone().unwrap_or_else(|| format!("`{name}`."));
        write!(
            out,
            "    /// {doc}\n    fn {}(&self, caller: &Caller, input: {}) -> impl Future<Output = Result<{output}, {name}Error>> + Send;\n\n",
            snake(name),
            operations::input(model, name)?
        )?;
    }
    write!(
        out,
        "}}\n\n/// Decodes the input of `operation`, runs it, encodes what it answers.\n\
        pub async fn dispatch<S: {id}>(service: &S, caller: &Caller, operation: Operation, body: &[u8]) -> Result<Vec<u8>, Failure> {{\n\
        match operation {{\n"
    )?;
    for (name, _) in &built {
        writeln!(
            out,
            "Operation::{name} => codec::reply(service.{}(caller, codec::decode(body)?).await),",
            snake(name)
        )?;
    }
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|(name, _)| format!("Operation::{name}")).collect();
        writeln!(out, "{} => Err(Failure::not_built(operation.name())),", names.join(" | "))?;
    }
    Ok(out + "}\n}\n")
}
