//! The operations by name, and the types that belong to each.

use std::fmt::Write;

use anyhow::{Context, Result};

use super::BANNER;
use super::names::shout;
use crate::model::Model;

/// The name of the input type of `operation`; an operation without input has an empty one of ours.
pub(crate) fn input(model: &Model, operation: &str) -> Result<String> {
    let found = model.operations.get(operation).with_context(|| format!("no operation is called `{operation}`"))?;
    Ok(found.input.clone().unwrap_or_else(|| format!("{operation}Request")))
}

/// The operation enum and the link from each input to its operation and output.
pub(crate) fn operations(model: &Model) -> Result<String> {
    let names: Vec<&str> = model.operations.iter().map(|(name, _)| name).collect();
    let mut out = format!(
        "//! The operations by name.\n{BANNER}use super::*;\nuse crate::codec::{{Request, Visitor}};\nuse crate::operation::operations;\n\
        use crate::shape::Shape;\n\noperations! {{\n    {:?}, {:?};\n",
        model.service.target_prefix, model.service.signing_name
    );
    for name in &names {
        writeln!(out, "    {name},")?;
    }
    out += "}\n";
    for (name, operation) in model.operations.iter() {
        let input = input(model, name)?;
        let output = operation.output.clone().unwrap_or_else(|| "()".to_owned());
        let shape = operation
            .input
            .as_ref()
            .map_or("crate::shape::EMPTY".to_owned(), |input| format!("shapes::{}", shout(input)));
        let output_shape =
            operation.output.as_ref().map_or("None".to_owned(), |output| format!("Some(&shapes::{})", shout(output)));
        writeln!(out, "\nimpl Request for {input} {{\n    type Response = {output};\n    type Error = {name}Error;")?;
        writeln!(out, "    const TARGET: &'static str = \"{}.{name}\";", model.service.target_prefix)?;
        if let Some(mebibytes) = operation.max_body_mebibytes {
            writeln!(out, "    const MAX_BODY: usize = {mebibytes} << 20;")?;
        }
        writeln!(out, "    const SHAPE: &'static Shape = &{shape};")?;
        writeln!(out, "    const RESPONSE_SHAPE: Option<&'static Shape> = {output_shape};\n}}")?;
    }
    out += "\nimpl Operation {\n    /// The largest body of a request, in bytes.\n    pub const fn max_body(self) -> usize {\n        match self {\n";
    for name in &names {
        writeln!(out, "            Self::{name} => {}::MAX_BODY,", input(model, name)?)?;
    }
    out += "        }\n    }\n}\n\n/// Shows every operation's types to `visitor`, in the order of the model.\n";
    out += "pub fn visit_requests(visitor: &mut impl Visitor) {\n";
    for name in &names {
        writeln!(out, "    visitor.visit::<{}>();", input(model, name)?)?;
    }
    Ok(out + "}\n")
}
