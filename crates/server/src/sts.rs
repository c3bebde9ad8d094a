//! STS: who am I, and keys for a while. Operations read their input as JSON, whose leaves are all texts.

pub(crate) mod assume_role;
pub(crate) mod credentials;
pub(crate) mod web_identity;

use inspector_api::caller::Caller;
use inspector_api::error::Failure;
use inspector_api::policy::Context;
use inspector_api::sts::Operation;
use serde_json::{Value, json};

use crate::Service;
use crate::http::Rights;

/// Runs one operation for who signed it.
pub(crate) async fn run(
    service: &Service,
    caller: &Caller,
    rights: &Rights,
    operation: Operation,
    body: &[u8],
) -> Result<Vec<u8>, Failure> {
    let form = Form::read(body)?;
    let answer = match operation {
        Operation::AssumeRole => assume_role::run(service, caller, rights, &form).await?,
        Operation::AssumeRoleWithWebIdentity => {
            return web_identity::run(service, &address(&rights.context), body).await;
        }
        Operation::GetCallerIdentity => identity(caller),
        Operation::GetSessionToken => credentials::session_token(service, caller, &form).await?,
    };
    Ok(answer.to_string().into_bytes())
}

/// Of what is known about a request, that which does not depend on who signed it: a token says who asks.
fn address(context: &Context) -> Context {
    let known = |(key, values): (&String, &Vec<String>)| (key == "aws:sourceip").then(|| (key.clone(), values.clone()));
    context.iter().filter_map(known).collect()
}

/// Needs no permission, as in AWS.
fn identity(caller: &Caller) -> Value {
    json!({ "Arn": caller.arn(), "UserId": caller.principal, "Account": caller.scope.account })
}

/// The parameters of a request.
struct Form(Value);

impl Form {
    fn read(body: &[u8]) -> Result<Self, Failure> {
        serde_json::from_slice(body).map(Self).map_err(|_| Failure::serialization("the body is no form"))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    fn list(&self, name: &str) -> &[Value] {
        self.0.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }
}

fn invalid(message: impl Into<String>) -> Failure {
    Failure::protocol("ValidationError", 400, message)
}

/// A parameter that must be there.
fn required<'a>(form: &'a Form, name: &str) -> Result<&'a str, Failure> {
    form.get(name).filter(|value| !value.is_empty()).ok_or_else(|| invalid(format!("`{name}` is missing")))
}

/// How long the keys are to last, in seconds.
fn duration(form: &Form, default: i64, least: i64, most: i64) -> Result<i64, Failure> {
    let Some(text) = form.get("DurationSeconds") else { return Ok(default.min(most)) };
    let seconds = text.parse().ok().filter(|seconds| (least..=most).contains(seconds));
    seconds.ok_or_else(|| invalid(format!("`DurationSeconds` may be {least} to {most}")))
}
