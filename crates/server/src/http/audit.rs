//! What the audit log says about a request, in the shape of CloudTrail ("CloudTrail record contents").

use inspector_api::caller::Caller;
use inspector_api::error::Failure;
use inspector_model::Timestamp;
use serde_json::{Map, Value, json};

use super::authorize::Operation;
use super::context::Origin;
use super::query::Form;

/// The largest body that an event repeats, in bytes.
const MOST: usize = 64 << 10;

/// Parameters that are secrets.
const SECRETS: [&str; 3] = ["Action", "Version", "WebIdentityToken"];

/// What was called.
pub(super) enum Called<'a> {
    /// An operation with its input in JSON.
    Json(Operation, &'a [u8]),
    /// A form of a service.
    Form(&'static str, &'a Form),
}

/// An event as one line of JSON. Reads tell what was asked, writes also what was answered; secrets are told by neither.
pub(super) fn event(
    called: &Called<'_>,
    caller: Option<&Caller>,
    origin: &Origin,
    (request_id, now): (&str, Timestamp),
    outcome: Result<&[u8], &Failure>,
) -> String {
    let (source, name, version, writes) = match called {
        Called::Json(Operation::Classic(one), _) => {
            ("inspector.amazonaws.com", one.name(), Some("v20160216"), Operation::Classic(*one).writes())
        }
        Called::Json(Operation::Stack(one), _) => {
            ("cloudformation.amazonaws.com", one.name(), Some("2010-05-15"), Operation::Stack(*one).writes())
        }
        Called::Json(Operation::Own(one), _) => ("openinspector", one.name(), None, Operation::Own(*one).writes()),
        Called::Form(service, form) => (*service, form.action(), None, false),
    };
    let parameters = match called {
        Called::Json(_, body) => bounded(body),
        Called::Form(_, form) => {
            let pairs = form.pairs().iter().filter(|(name, _)| !SECRETS.contains(&name.as_str()));
            let pairs: Map<_, _> = pairs.map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect();
            if pairs.is_empty() { Value::Null } else { Value::Object(pairs) }
        }
    };
    let mut event = json!({
        "eventVersion": "1.03",
        "userIdentity": caller.map_or_else(|| json!({ "type": "Unknown" }), identity),
        "eventTime": now.to_string(),
        "eventSource": source,
        "eventName": name.chars().take(128).collect::<String>(),
        "awsRegion": caller.map(|caller| caller.scope.region.as_str()),
        "sourceIPAddress": origin.address.map(|address| address.to_string()),
        "userAgent": origin.agent,
        "requestParameters": parameters,
        "responseElements": null,
        "requestID": request_id,
        "eventID": uuid::Uuid::new_v4().to_string(),
        "eventType": "AwsApiCall",
        "recipientAccountId": caller.map(|caller| caller.scope.account.to_string()),
    });
    let mut put = |name: &str, value: Value| {
        if let Some(members) = event.as_object_mut() {
            members.insert(name.to_owned(), value);
        }
    };
    if let Some(version) = version {
        put("apiVersion", Value::from(version));
    }
    match outcome {
        Ok(body) => {
            let secret = matches!(called, Called::Json(operation, _) if operation.answers_a_secret());
            if writes && !secret {
                put("responseElements", bounded(body));
            }
        }
        Err(failure) => {
            put("errorCode", Value::from(failure.name));
            put("errorMessage", Value::from(failure.message()));
        }
    }
    event.to_string()
}

/// A body as it is repeated; one that is no JSON or too large is told by its size.
fn bounded(body: &[u8]) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    let value = (body.len() <= MOST).then(|| serde_json::from_slice(body).ok()).flatten();
    match value {
        Some(Value::Object(members)) if members.is_empty() => Value::Null,
        Some(value) => value,
        None => json!({ "omittedBytes": body.len() }),
    }
}

fn identity(caller: &Caller) -> Value {
    let (kind, name) = match caller.principal.split_once('/') {
        Some(("user", name)) => ("IAMUser", Some(name)),
        Some(_) => ("AssumedRole", None),
        None => ("Root", None),
    };
    let mut identity = json!({
        "type": kind,
        "principalId": caller.principal,
        "arn": caller.arn(),
        "accountId": caller.scope.account.to_string(),
        "accessKeyId": caller.access_key_id,
    });
    if let (Some(name), Some(members)) = (name, identity.as_object_mut()) {
        members.insert("userName".to_owned(), Value::from(name));
    }
    identity
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use inspector_api::{inspector as classic, openinspector as own};
    use inspector_model::arn::Scope;

    use super::*;

    fn told(operation: Operation, body: &[u8], outcome: Result<&[u8], &Failure>) -> Value {
        let scope = Scope { account: "123456789012".parse().unwrap(), region: "us-west-2".parse().unwrap() };
        let [principal, access_key_id, request_id] = ["user/alice", "AKIDEXAMPLE", "r"].map(str::to_owned);
        let caller = Caller { scope, principal, access_key_id, request_id };
        let (head, ()) = Request::builder().header("user-agent", "aws-cli").body(()).unwrap().into_parts();
        let at = ("r", Timestamp::from_millis(0));
        let called = Called::Json(operation, body);
        serde_json::from_str(&event(&called, Some(&caller), &Origin::of(&head, false), at, outcome)).unwrap()
    }

    #[test]
    fn a_write_tells_its_answer_and_a_read_does_not() {
        let create = Operation::Classic(classic::Operation::CreateResourceGroup);
        let event = told(create, br#"{"resourceGroupTags":[]}"#, Ok(br#"{"resourceGroupArn":"a"}"#));
        assert_eq!(event["eventName"], "CreateResourceGroup");
        assert_eq!(event["eventSource"], "inspector.amazonaws.com");
        assert_eq!(event["userIdentity"]["arn"], "arn:aws:iam::123456789012:user/alice");
        assert_eq!(event["responseElements"]["resourceGroupArn"], "a");
        let list = Operation::Classic(classic::Operation::ListFindings);
        let event = told(list, b"{}", Ok(br#"{"findingArns":[]}"#));
        assert_eq!((&event["requestParameters"], &event["responseElements"]), (&Value::Null, &Value::Null));
    }

    #[test]
    fn a_secret_is_never_told_and_a_large_body_by_its_size() {
        let key = Operation::Own(own::Operation::CreateAccessKey);
        let event = told(key, b"{}", Ok(br#"{"secretAccessKey":"hunter2"}"#));
        assert!(!event.to_string().contains("hunter2"));
        let import = Operation::Own(own::Operation::ImportSnapshot);
        let event = told(import, &vec![b'x'; MOST + 1], Ok(b"{}"));
        assert_eq!(event["requestParameters"]["omittedBytes"], MOST + 1);
    }

    #[test]
    fn a_refusal_tells_why() {
        let list = Operation::Classic(classic::Operation::ListFindings);
        let event = told(list, b"{}", Err(&Failure::protocol("AccessDeniedException", 400, "no")));
        assert_eq!((&event["errorCode"], &event["errorMessage"]), (&json!("AccessDeniedException"), &json!("no")));
    }
}
