//! The part of AWS STS that clients need: who am I, and keys for a while (AWS STS API Reference, version 2011-06-15).

pub(crate) mod assume_role;
pub(crate) mod credentials;
pub(crate) mod web_identity;

use std::net::IpAddr;

use inspector_api::error::Failure;
use inspector_api::signature::SignatureError;

use crate::Service;
use crate::http::{Form, Signer, Xml, escaped};

/// The XML name space of the service.
const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// Runs one operation.
pub(crate) async fn answer(
    service: &Service,
    signer: Option<&Signer>,
    form: &Form,
    address: Option<IpAddr>,
    request_id: &str,
) -> Result<Xml, Failure> {
    let signed = || signer.ok_or_else(|| SignatureError::Missing.failure());
    let result = match form.action() {
        "GetCallerIdentity" => identity(signed()?),
        "AssumeRole" => assume_role::run(service, signed()?, form, request_id).await?,
        "AssumeRoleWithWebIdentity" => {
            let address = address.map(|address| ("aws:sourceip".to_owned(), vec![address.to_string()]));
            web_identity::run(service, form, &address.into_iter().collect()).await?
        }
        "GetSessionToken" => credentials::session_token(service, signed()?, form).await?,
        other => {
            signed()?;
            let message = format!("Could not find operation {} for version 2011-06-15", shortened(other));
            return Err(Failure::protocol("InvalidActionException", 400, message));
        }
    };
    Ok(Xml { namespace: NAMESPACE, result })
}

/// Needs no permission, as in AWS.
fn identity(signer: &Signer) -> String {
    let caller = &signer.caller;
    let (arn, user, account) = (caller.arn(), escaped(&caller.principal), &caller.scope.account);
    format!("<Arn>{}</Arn><UserId>{user}</UserId><Account>{account}</Account>", escaped(&arn))
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
