//! Bytes to typed values and back.
//!
//! Order of the checks, from outside in: size, depth, JSON without a member named twice, then required members, types and bounds in the model's order.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Failure, OperationError};
use crate::shape::Shape;
use crate::strict;

/// The largest body of a request, unless the operation says otherwise.
pub const MAX_BODY: usize = 6 << 20;

/// How many objects and arrays may stand inside one another.
pub const MAX_DEPTH: usize = 64;

/// The content type of every body.
pub const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// The input of an operation.
pub trait Request: Serialize + DeserializeOwned {
    /// What the operation answers with; `()` is an empty body.
    type Response: Serialize + DeserializeOwned;
    /// What it may raise.
    type Error: OperationError;
    /// `X-Amz-Target`.
    const TARGET: &'static str;
    /// The largest body, in bytes.
    const MAX_BODY: usize = MAX_BODY;
    /// What the body must look like.
    const SHAPE: &'static Shape;
    /// What the answer looks like; `None` is an empty body.
    const RESPONSE_SHAPE: Option<&'static Shape>;
}

/// Something that is done once for each operation's types; see `visit_requests` of a service.
pub trait Visitor {
    /// Does it.
    fn visit<R: Request>(&mut self);
}

/// Reads and checks an input. An empty body counts as `{}`.
pub fn decode<R: Request>(body: &[u8]) -> Result<R, Failure> {
    if body.len() > R::MAX_BODY {
        return Err(Failure::too_large(R::MAX_BODY));
    }
    let value = parse(body)?;
    R::SHAPE.check(&value).map_err(|violation| match violation.code {
        Some(code) => Failure::invalid_input(code, violation.to_string()),
        None => Failure::serialization(violation.to_string()),
    })?;
    serde_json::from_value(value).map_err(|error| Failure::serialization(error.to_string()))
}

fn parse(body: &[u8]) -> Result<Value, Failure> {
    if body.is_empty() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    if too_deep(body) {
        return Err(Failure::serialization(format!("the body nests more than {MAX_DEPTH} levels")));
    }
    strict::from_slice(body).map_err(|error| Failure::serialization(format!("the body is not JSON: {error}")))
}

/// Whether brackets outside strings ever stand more than [`MAX_DEPTH`] inside one another.
fn too_deep(body: &[u8]) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}

/// The body of an input, as a client sends it.
pub fn encode<R: Request>(input: &R) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(input)
}

/// The body of an operation's answer, or its error ready to be sent.
pub fn reply<T: Serialize, E: OperationError>(result: Result<T, E>) -> Result<Vec<u8>, Failure> {
    match result {
        Ok(output) => encode_output(&output).map_err(|_| Failure::internal()),
        Err(error) => Err(error.failure()),
    }
}

/// What an operation without output would be in JSON; on the wire it is nothing at all.
const NOTHING: &[u8] = b"null";

fn encode_output<T: Serialize>(output: &T) -> Result<Vec<u8>, serde_json::Error> {
    let bytes = serde_json::to_vec(output)?;
    Ok(if bytes == NOTHING { Vec::new() } else { bytes })
}

/// Reads an operation's answer, as a client gets it.
pub fn decode_output<R: Request>(body: &[u8]) -> Result<R::Response, serde_json::Error> {
    serde_json::from_slice(if body.is_empty() { NOTHING } else { body })
}
