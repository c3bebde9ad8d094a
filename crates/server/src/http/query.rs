//! STS in the query protocol of AWS: a form in, XML out. Unlike CloudFormation's, some of its forms are not signed: they
//! carry a proof of their own. Whoever implements [`Dispatch`](super::Dispatch) is given them.

use axum::body::Body;
use axum::http::{HeaderName, Request, header};
use axum::response::Response;
use inspector_api::error::Failure;
use inspector_api::{cloudformation, query};
use serde_json::Value;

use super::answer;

/// The largest form, in bytes.
pub(super) const MAX_FORM: usize = 1 << 20;

/// The services whose requests are forms, as signatures name them.
pub(super) const SERVICES: &[&str] = &["sts"];

/// The XML name space of STS.
const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// The parameters of a request, decoded, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads `application/x-www-form-urlencoded`; `None` where it is not.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        query::fields(bytes).map(Self)
    }

    /// The value of a parameter; the first if there are several.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The operation.
    pub fn action(&self) -> &str {
        self.get("Action").unwrap_or_default()
    }

    /// All parameters.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

/// Whether a request is a form for STS: signed for it, or not signed at all. CloudFormation's forms are read elsewhere.
pub(super) fn is_sts(request: &Request<Body>) -> bool {
    let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = text(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim().to_owned();
    let signed_for = |service: &str| {
        let (slash, encoded) = (format!("/{service}/"), format!("%2F{service}%2F"));
        text(header::AUTHORIZATION).contains(&slash)
            || request.uri().query().is_some_and(|query| query.contains(&encoded))
    };
    kind == query::CONTENT_TYPE && !signed_for(cloudformation::SIGNING_NAME)
}

/// The answer to `action`: `result` is what stands in `<ActionResult>`.
pub(super) fn answer(request_id: &str, action: &str, result: &Value) -> Response {
    answer::xml(request_id, 200, query::answer(action, NAMESPACE, result, request_id))
}

/// A refusal.
pub(super) fn failure(request_id: &str, failure: &Failure) -> Response {
    // A denial is 403 in this protocol, 400 in the JSON one.
    let status = if failure.name == "AccessDeniedException" { 403 } else { failure.status };
    let text = query::refusal(status, code(failure.name), failure.message(), NAMESPACE, request_id);
    answer::xml(request_id, status, text)
}

/// The names of this protocol's common errors (AWS STS API Reference, "Common Errors").
fn code(name: &str) -> &str {
    match name {
        "UnrecognizedClientException" => "InvalidClientTokenId",
        "InvalidSignatureException" => "SignatureDoesNotMatch",
        "InternalException" => "InternalFailure",
        "UnknownOperationException" => "InvalidAction",
        "SerializationException" => "MalformedQueryString",
        other => other.strip_suffix("Exception").unwrap_or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_decoded_strictly() {
        let form = Form::parse(b"Action=AssumeRole&Version=2011-06-15&RoleSessionName=a%2Bb+c").unwrap();
        assert_eq!((form.action(), form.get("RoleSessionName"), form.get("x")), ("AssumeRole", Some("a+b c"), None));
        for bad in [&b"Action=%f"[..], b"Action=%zz", b"Action=%ff", b"\xff"] {
            assert_eq!(Form::parse(bad), None);
        }
    }
}
