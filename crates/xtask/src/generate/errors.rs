//! The exceptions of a service, and per operation the enum of those that it may raise.

use std::fmt::Write;

use anyhow::{Result, ensure};

use super::BANNER;
use super::names::shout;
use super::types::structure;
use crate::model::Model;

/// Exceptions and the errors of each operation.
pub(crate) fn errors(model: &Model) -> Result<String> {
    let mut out = format!(
        "//! The exceptions, and which operation may raise which.\n{BANNER}\
        use serde::{{Deserialize, Serialize}};\n\nuse super::*;\nuse crate::error::{{exception, operation_error}};\n"
    );
    for (name, shape) in model.shapes.iter().filter(|(_, shape)| shape.exception) {
        out += &structure(model, name, shape)?;
        writeln!(out, "\nexception!({name}, {}, &shapes::{});", if shape.fault { 500 } else { 400 }, shout(name))?;
    }
    for (name, operation) in model.operations.iter() {
        write!(out, "\noperation_error! {{\n    /// What `{name}` may raise.\n    {name}Error {{\n")?;
        for error in &operation.errors {
            ensure!(model.shape(error)?.exception, "`{error}` of `{name}` is not an exception");
            writeln!(out, "        {}({error}),", error.trim_end_matches("Exception"))?;
        }
        out += "    }\n}\n";
    }
    Ok(out)
}
