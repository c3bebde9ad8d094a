//! The part of AWS STS that clients need: who am I, and keys for a while (AWS STS API Reference, version 2011-06-15).

pub(crate) mod assume_role;
pub(crate) mod credentials;
pub(crate) mod web_identity;

use std::net::IpAddr;

use inspector_api::error::Failure;
use inspector_api::signature::SignatureError;
use serde_json::{Value, json};

use crate::Service;
use crate::http::{Form, Signer};

/// Runs one operation.
pub(crate) async fn answer(
    service: &Service,
    signer: Option<&Signer>,
    form: &Form,
    address: Option<IpAddr>,
    request_id: &str,
) -> Result<Value, Failure> {
    let signed = || signer.ok_or_else(|| SignatureError::Missing.failure());
    match form.action() {
        "GetCallerIdentity" => Ok(identity(signed()?)),
        "AssumeRole" => assume_role::run(service, signed()?, form, request_id).await,
        "AssumeRoleWithWebIdentity" => {
            let address = address.map(|address| ("aws:sourceip".to_owned(), vec![address.to_string()]));
            web_identity::run(service, form, &address.into_iter().collect()).await
        }
        "GetSessionToken" => credentials::session_token(service, signed()?, form).await,
        other => {
            signed()?;
            let message = format!("Could not find operation {} for version 2011-06-15", shortened(other));
            Err(Failure::protocol("InvalidActionException", 400, message))
        }
    }
}

/// Needs no permission, as in AWS.
fn identity(signer: &Signer) -> Value {
    let caller = &signer.caller;
    json!({ "Arn": caller.arn(), "UserId": caller.principal, "Account": caller.scope.account })
}

fn invalid(message: impl Into<String>) -> Failure {
    Failure::protocol("ValidationErrorException", 400, message)
}

fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
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
