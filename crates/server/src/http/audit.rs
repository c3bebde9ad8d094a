//! What the audit log says about a request, in the shape of CloudTrail ("CloudTrail record contents").

use inspector_api::caller::Caller;
use inspector_api::cloudformation::parameter::HIDDEN;
use inspector_api::error::Failure;
use inspector_api::{cloudformation, sts};
use inspector_model::Timestamp;
use serde_json::{Value, json};

use super::authorize::Operation;
use super::context::Origin;

/// The largest body that an event repeats, in bytes.
const MOST: usize = 64 << 10;

/// Whether the event of an operation is on the disk before the operation is acknowledged.
pub(super) fn durable(operation: Operation) -> bool {
    operation.writes() || operation.answers_a_secret()
}

/// An event as one line of JSON. Reads tell what was asked, writes also what was answered; secrets are told by neither.
pub(super) fn event(
    (operation, body): (Operation, &[u8]),
    caller: Option<&Caller>,
    origin: &Origin,
    (request_id, now): (&str, Timestamp),
    outcome: Result<&[u8], &Failure>,
) -> String {
    let (source, version) = match operation {
        Operation::Classic(_) => ("inspector.amazonaws.com", Some("v20160216")),
        Operation::Stack(_) => ("cloudformation.amazonaws.com", Some(cloudformation::VERSION)),
        Operation::Token(_) => ("sts.amazonaws.com", Some(sts::VERSION)),
        Operation::Own(_) => ("openinspector", None),
    };
    let mut event = json!({
        "eventVersion": "1.03",
        "userIdentity": caller.map_or_else(|| json!({ "type": "Unknown" }), |caller| identity(caller, origin.service)),
        "eventTime": now.to_string(),
        "eventSource": source,
        "eventName": operation.name(),
        "awsRegion": caller.map(|caller| caller.scope.region.as_str()),
        "sourceIPAddress": origin.name(),
        "userAgent": origin.agent,
        "requestParameters": parameters(operation, body),
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
            if operation.writes() && !operation.answers_a_secret() {
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

/// What was asked, without what must not be told. Which values of a stack a template declares secret cannot be known where
/// the template is an earlier one, so none is told; a template may hold such values as defaults.
fn parameters(operation: Operation, body: &[u8]) -> Value {
    let mut told = bounded(body);
    let Some(members) = told.as_object_mut() else { return told };
    match operation {
        Operation::Stack(_) => {
            if let Some(template) = members.get_mut("TemplateBody") {
                *template = json!({ "omittedBytes": template.as_str().map_or(0, str::len) });
            }
            let given = members.get_mut("Parameters").and_then(Value::as_array_mut).into_iter().flatten();
            given.filter_map(|one| one.get_mut("ParameterValue")).for_each(|value| *value = Value::from(HIDDEN));
        }
        Operation::Token(_) => {
            if let Some(token) = members.get_mut("WebIdentityToken") {
                *token = Value::from(HIDDEN);
            }
        }
        Operation::Classic(_) | Operation::Own(_) => {}
    }
    told
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

fn identity(caller: &Caller, service: Option<&str>) -> Value {
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
    if let Some(members) = identity.as_object_mut() {
        members.extend(name.map(|name| ("userName".to_owned(), Value::from(name))));
        members.extend(service.map(|service| ("invokedBy".to_owned(), Value::from(service))));
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
        let origin = Origin::of(&head, false);
        serde_json::from_str(&event((operation, body), Some(&caller), &origin, at, outcome)).unwrap()
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
    fn what_may_be_a_secret_of_a_stack_or_a_token_is_not_told() {
        let body = br#"{"StackName":"web","TemplateBody":"{\"Default\":\"hunter2\"}",
                        "Parameters":[{"ParameterKey":"P","ParameterValue":"hunter2"},{"ParameterKey":"Q"}]}"#;
        let create = Operation::Stack(cloudformation::Operation::CreateStack);
        let event = told(create, body, Ok(b"{}"));
        let expected = json!({
            "StackName": "web", "TemplateBody": { "omittedBytes": 21 },
            "Parameters": [{ "ParameterKey": "P", "ParameterValue": "****" }, { "ParameterKey": "Q" }],
        });
        assert_eq!(event["requestParameters"], expected);
        let assume = Operation::Token(sts::Operation::AssumeRoleWithWebIdentity);
        let event = told(assume, br#"{"WebIdentityToken":"hunter2"}"#, Ok(br#"{"SecretAccessKey":"hunter2"}"#));
        assert!(!event.to_string().contains("hunter2"));
    }

    #[test]
    fn a_refusal_tells_why() {
        let list = Operation::Classic(classic::Operation::ListFindings);
        let event = told(list, b"{}", Err(&Failure::protocol("AccessDeniedException", 400, "no")));
        assert_eq!((&event["errorCode"], &event["errorMessage"]), (&json!("AccessDeniedException"), &json!("no")));
    }
}
