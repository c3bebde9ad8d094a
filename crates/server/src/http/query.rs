//! STS in the query protocol of AWS: a form in, XML out. Unlike CloudFormation's, some of its forms are not signed: they
//! carry a proof of their own. Whoever implements [`Dispatch`](super::Dispatch) is given them.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use inspector_api::cloudformation;
use inspector_api::error::Failure;

/// The largest form, in bytes.
pub(super) const MAX_FORM: usize = 1 << 20;

/// The services whose requests are forms, as signatures name them.
pub(super) const SERVICES: &[&str] = &["sts"];

/// The parameters of a request, decoded, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads `application/x-www-form-urlencoded`; `None` where it is not.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decoded(name)?, decoded(value)?))
        };
        Some(Self(pairs.map(pair).collect::<Option<_>>()?))
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

fn decoded(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        bytes.extend(hex::decode(digits).ok()?);
        bytes.extend(rest.bytes());
    }
    String::from_utf8(bytes).ok()
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
    kind == "application/x-www-form-urlencoded" && !signed_for(cloudformation::SIGNING_NAME)
}

/// Text that stands for itself between tags.
pub fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => out.push(' '),
            other => out.push(other),
        }
        out
    })
}

/// The answer: `result` is what stands in `<ActionResult>`.
pub(super) fn answer(request_id: &str, action: &str, result: &Xml) -> Response {
    let Xml { namespace, result } = result;
    let text = format!(
        "<{action}Response xmlns=\"{namespace}\"><{action}Result>{result}</{action}Result><ResponseMetadata>\
         <RequestId>{request_id}</RequestId></ResponseMetadata></{action}Response>"
    );
    respond(request_id, StatusCode::OK, text)
}

/// What an operation of this protocol answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Xml {
    /// The XML name space of the service.
    pub namespace: &'static str,
    /// Elements, escaped.
    pub result: String,
}

/// A refusal.
pub(super) fn failure(request_id: &str, failure: &Failure) -> Response {
    let kind = if failure.status >= 500 { "Receiver" } else { "Sender" };
    let (code, message) = (code(failure.name), escaped(failure.message()));
    let text = format!(
        "<ErrorResponse><Error><Type>{kind}</Type><Code>{code}</Code><Message>{message}</Message></Error>\
         <RequestId>{request_id}</RequestId></ErrorResponse>"
    );
    let status = StatusCode::from_u16(failure.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    // A denial is 403 in this protocol, 400 in the JSON one.
    respond(request_id, if failure.name == "AccessDeniedException" { StatusCode::FORBIDDEN } else { status }, text)
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

fn respond(request_id: &str, status: StatusCode, text: String) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let id = HeaderName::from_static("x-amzn-requestid");
    headers.extend(HeaderValue::from_str(request_id).map(|value| (id, value)));
    (status, headers, Body::from(text)).into_response()
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

    #[test]
    fn what_a_caller_sent_is_inert_in_an_answer() {
        assert_eq!(escaped("<a href=\"x\">&\u{0}"), "&lt;a href=&quot;x&quot;&gt;&amp; ");
    }
}
