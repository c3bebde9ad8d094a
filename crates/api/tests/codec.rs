//! Every operation's types against its constraints, with values made from the constraint table.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use inspector_api::codec::{Request, Visitor, decode, decode_output, encode, reply};
use inspector_api::error::Failure;
use inspector_api::inspector as classic;
use inspector_api::openinspector as own;
use inspector_api::shape::{Member, Shape};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// The smallest and the fullest value that a shape allows; lists without a limit get two items.
#[derive(Clone, Copy, PartialEq)]
enum Size {
    Least,
    Most,
}

fn example(shape: &Shape, size: Size) -> Value {
    let amount = |min: usize, max: usize| match size {
        Size::Least => min,
        Size::Most => max.min(min.max(2)),
    };
    match shape {
        Shape::Structure(members) => {
            let wanted = members.iter().filter(|member| member.required || size == Size::Most);
            Value::Object(wanted.map(|member| (member.name.to_owned(), example(member.shape, size))).collect())
        }
        Shape::List { min, max, item } => (0..amount(*min, *max)).map(|_| example(item, size)).collect(),
        Shape::Map { min, key, value, .. } => {
            let entries = 0..(*min).max(usize::from(size == Size::Most));
            Value::Object(entries.map(|_| (text(&example(key, size)), example(value, size))).collect())
        }
        Shape::Text { min, max } => {
            Value::from("ä".repeat(if size == Size::Least { *min } else { (*max).min(300).max(*min) }))
        }
        Shape::Form(pieces) => pieces
            .iter()
            .flat_map(|piece| std::iter::repeat_n(piece.ranges.first().unwrap().0, piece.times))
            .collect::<String>()
            .into(),
        Shape::Choice(words) => Value::from(*words.first().unwrap()),
        Shape::Whole { min, max } => Value::from(if size == Size::Least { *min } else { *max }),
        Shape::Real { min, max } => Value::from(if size == Size::Least { *min } else { *max }),
        Shape::Flag => Value::from(size == Size::Most),
        Shape::Moment => Value::from(1_458_680_170.035),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn for_each_operation(mut task: impl Visitor) {
    classic::visit_requests(&mut task);
    own::visit_requests(&mut task);
}

#[test]
fn the_least_and_the_fullest_input_are_read_and_written_unchanged() {
    struct RoundTrip;
    impl Visitor for RoundTrip {
        fn visit<R: Request>(&mut self) {
            for size in [Size::Least, Size::Most] {
                let value = example(R::SHAPE, size);
                let input: R =
                    decode(value.to_string().as_bytes()).unwrap_or_else(|error| panic!("{}: {error:?}", R::TARGET));
                let bytes = encode(&input).unwrap();
                assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), value, "{}", R::TARGET);
            }
        }
    }
    for_each_operation(RoundTrip);
}

#[test]
fn the_least_and_the_fullest_output_are_read_and_written_unchanged() {
    struct RoundTrip;
    impl Visitor for RoundTrip {
        fn visit<R: Request>(&mut self) {
            let Some(shape) = R::RESPONSE_SHAPE else {
                let output = decode_output::<R>(b"").unwrap();
                return assert_eq!(reply::<_, R::Error>(Ok(output)).unwrap(), b"", "{}", R::TARGET);
            };
            for size in [Size::Least, Size::Most] {
                let value = example(shape, size);
                let output = decode_output::<R>(value.to_string().as_bytes()).unwrap();
                let bytes = reply::<_, R::Error>(Ok(output)).unwrap();
                assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), value, "{}", R::TARGET);
            }
        }
    }
    for_each_operation(RoundTrip);
}

#[test]
fn nine_operations_answer_with_an_empty_body() {
    struct Silent(Vec<&'static str>);
    impl Visitor for Silent {
        fn visit<R: Request>(&mut self) {
            self.0.extend(R::RESPONSE_SHAPE.is_none().then_some(R::TARGET));
        }
    }
    let mut silent = Silent(Vec::new());
    classic::visit_requests(&mut silent);
    assert_eq!(silent.0.len(), 9, "{:?}", silent.0);
}

/// Values that break `shape` at its edge.
fn beyond(shape: &Shape) -> Vec<Value> {
    let repeat = |item: &Shape, times| Value::Array(vec![example(item, Size::Least); times]);
    let mut values = vec![json!({ "not": "it" }), json!(["neither"])];
    match shape {
        Shape::Structure(_) | Shape::Map { .. } => drop(values.remove(0)),
        Shape::List { min, max, item } => {
            values.remove(1);
            values.extend(min.checked_sub(1).map(|fewer| repeat(item, fewer)));
            values.extend((*max < 5000).then(|| repeat(item, max + 1)));
            values.push(json!([null]));
        }
        Shape::Text { min, max } => {
            values.extend(min.checked_sub(1).map(|fewer| Value::from("x".repeat(fewer))));
            values.extend((*max < 100_000).then(|| Value::from("ä".repeat(max + 1))));
        }
        Shape::Form(_) => values.push(json!("g0000000-0000-0000-0000-000000000000")),
        Shape::Choice(_) => values.push(json!("NOT_A_WORD")),
        Shape::Whole { min, max } => {
            values.extend([json!(1.5), json!("1")]);
            values.extend(min.checked_sub(1).map(Value::from));
            values.extend(max.checked_add(1).map(Value::from));
        }
        Shape::Real { max, .. } => values.push(json!(max + 1.0)),
        Shape::Flag => values.push(json!(0)),
        Shape::Moment => values.extend([json!(1e300), json!("2016-03-22T20:56:10Z")]),
    }
    values
}

/// Every value that `full` becomes when one place of it is broken.
fn broken(shape: &Shape, full: &Value) -> Vec<Value> {
    let mut out = beyond(shape);
    match (shape, full) {
        (Shape::Structure(members), Value::Object(object)) => {
            for member in *members {
                out.extend(broken_member(member, object));
            }
        }
        (Shape::List { item, .. }, Value::Array(items)) => {
            let first = items.first().unwrap();
            out.extend(broken(item, first).into_iter().map(|bad| json!([bad])));
        }
        _ => {}
    }
    out
}

fn broken_member(member: &Member, object: &Map<String, Value>) -> Vec<Value> {
    let with = |value: Option<Value>| {
        let mut object = object.clone();
        object.remove(member.name);
        object.extend(value.map(|value| (member.name.to_owned(), value)));
        Value::Object(object)
    };
    let inner = object.get(member.name).unwrap();
    let mut out: Vec<Value> = broken(member.shape, inner).into_iter().map(|bad| with(Some(bad))).collect();
    if member.required {
        out.extend([with(None), with(Some(Value::Null))]);
    }
    out
}

#[test]
fn a_value_beyond_a_bound_is_refused_with_a_code_of_the_model() {
    struct Refused;
    impl Visitor for Refused {
        fn visit<R: Request>(&mut self) {
            for value in broken(R::SHAPE, &example(R::SHAPE, Size::Most)).into_iter().filter(Value::is_object) {
                let Err(failure) = decode::<R>(value.to_string().as_bytes()) else {
                    panic!("{} takes {value}", R::TARGET);
                };
                assert_eq!(failure.name, "InvalidInputException", "{} {value}", R::TARGET);
                let code = text(failure.body.get("errorCode").unwrap());
                let known =
                    R::TARGET.starts_with("OpenInspector") || code.parse::<classic::InvalidInputErrorCode>().is_ok();
                assert!(known && code.starts_with("INVALID_"), "{code}");
                assert_eq!(failure.body.get("canRetry"), Some(&json!(false)));
            }
        }
    }
    for_each_operation(Refused);
}

fn refusal<R: Request>(body: Value) -> (String, String) {
    let failure = decode::<R>(body.to_string().as_bytes()).err().unwrap();
    (text(failure.body.get("errorCode").unwrap_or(&json!(failure.name))), failure.message().to_owned())
}

#[test]
fn a_bad_value_is_answered_with_the_code_that_names_it() {
    let long = "x".repeat(301);
    let attributes = |count: usize| vec![json!({ "key": "k", "value": "v" }); count];
    let cases = [
        (refusal::<classic::CreateAssessmentTargetRequest>(json!({})), "INVALID_ASSESSMENT_TARGET_NAME"),
        (
            refusal::<classic::CreateAssessmentTargetRequest>(json!({ "assessmentTargetName": "" })),
            "INVALID_ASSESSMENT_TARGET_NAME",
        ),
        (
            refusal::<classic::CreateAssessmentTargetRequest>(
                json!({ "assessmentTargetName": "a", "resourceGroupArn": long }),
            ),
            "INVALID_RESOURCE_GROUP_ARN",
        ),
        (
            refusal::<classic::CreateResourceGroupRequest>(json!({ "resourceGroupTags": [] })),
            "INVALID_NUMBER_OF_RESOURCE_GROUP_TAGS",
        ),
        (
            refusal::<classic::CreateResourceGroupRequest>(json!({ "resourceGroupTags": [{ "value": "v" }] })),
            "INVALID_RESOURCE_GROUP_TAG_KEY",
        ),
        (
            refusal::<classic::CreateResourceGroupRequest>(
                json!({ "resourceGroupTags": [{ "key": "k", "value": "" }] }),
            ),
            "INVALID_RESOURCE_GROUP_TAG_VALUE",
        ),
        (
            refusal::<classic::SetTagsForResourceRequest>(json!({ "resourceArn": "a", "tags": [{ "key": "" }] })),
            "INVALID_TAG_KEY",
        ),
        (refusal::<classic::DescribeFindingsRequest>(json!({ "findingArns": [] })), "INVALID_NUMBER_OF_FINDING_ARNS"),
        (refusal::<classic::DescribeFindingsRequest>(json!({ "findingArns": [long] })), "INVALID_FINDING_ARN"),
        (
            refusal::<classic::DescribeFindingsRequest>(json!({ "findingArns": ["a"], "locale": "DE_DE" })),
            "INVALID_LOCALE",
        ),
        (refusal::<classic::ListFindingsRequest>(json!({ "maxResults": "ten" })), "INVALID_MAX_RESULTS"),
        (refusal::<classic::ListFindingsRequest>(json!({ "nextToken": long })), "INVALID_PAGINATION_TOKEN"),
        (
            refusal::<classic::ListFindingsRequest>(json!({ "filter": { "severities": ["Terrible"] } })),
            "INVALID_SEVERITY",
        ),
        (
            refusal::<classic::ListFindingsRequest>(json!({ "filter": { "severities": vec!["Low"; 51] } })),
            "INVALID_NUMBER_OF_SEVERITIES",
        ),
        (refusal::<classic::ListFindingsRequest>(json!({ "filter": { "attributes": [{}] } })), "INVALID_ATTRIBUTE"),
        (
            refusal::<classic::ListFindingsRequest>(json!({ "filter": { "attributes": attributes(51) } })),
            "INVALID_NUMBER_OF_ATTRIBUTES",
        ),
        (
            refusal::<classic::ListFindingsRequest>(json!({ "filter": { "userAttributes": attributes(51) } })),
            "INVALID_NUMBER_OF_USER_ATTRIBUTES",
        ),
        (
            refusal::<classic::ListFindingsRequest>(json!({ "filter": { "userAttributes": [{}] } })),
            "INVALID_USER_ATTRIBUTE_KEY",
        ),
        (
            refusal::<classic::ListAssessmentRunsRequest>(
                json!({ "filter": { "durationRange": { "minSeconds": 1 } } }),
            ),
            "INVALID_ASSESSMENT_RUN_DURATION_RANGE",
        ),
        (
            refusal::<classic::ListAssessmentTemplatesRequest>(
                json!({ "filter": { "durationRange": { "minSeconds": 1 } } }),
            ),
            "INVALID_ASSESSMENT_TEMPLATE_DURATION_RANGE",
        ),
        (
            refusal::<classic::ListAssessmentRunsRequest>(
                json!({ "filter": { "startTimeRange": { "beginDate": "x" } } }),
            ),
            "INVALID_ASSESSMENT_RUN_START_TIME_RANGE",
        ),
        (
            refusal::<classic::ListAssessmentRunsRequest>(json!({ "filter": { "states": ["LOST"] } })),
            "INVALID_ASSESSMENT_RUN_STATE",
        ),
        (refusal::<classic::PreviewAgentsRequest>(json!({})), "INVALID_ASSESSMENT_TARGET_ARN"),
        (refusal::<own::ImportSnapshotRequest>(json!({ "name": "a", "documents": [] })), "INVALID_DOCUMENTS"),
        (refusal::<classic::ListFindingsRequest>(json!([])), "SerializationException"),
    ];
    for ((code, message), expected) in cases {
        assert_eq!(code, expected, "{message}");
    }
}

#[test]
fn a_refusal_names_the_place_and_the_bound() {
    let (_, message) = refusal::<classic::ListFindingsRequest>(json!({ "filter": { "agentIds": ["i-1", ""] } }));
    assert_eq!(message, "`filter.agentIds[1]` must have 1 to 128 characters, not 0");
    let (_, message) = refusal::<classic::CreateAssessmentTargetRequest>(json!({ "assessmentTargetName": null }));
    assert_eq!(message, "`assessmentTargetName` is required");
}

#[test]
fn unknown_members_and_nulls_are_as_if_absent() {
    let body = json!({ "filter": null, "maxResults": 5, "someday": [[[]]] });
    let input: classic::ListFindingsRequest = decode(body.to_string().as_bytes()).unwrap();
    assert_eq!(input, classic::ListFindingsRequest { max_results: Some(5), ..Default::default() });
    assert_eq!(decode::<classic::ListFindingsRequest>(b"").unwrap(), classic::ListFindingsRequest::default());
}

#[test]
fn what_is_no_json_is_a_serialization_exception() {
    for body in ["{", "{}x", "\u{feff}{}", "nul", "[", "{\"a\":01}", "\"text\""] {
        let failure = decode::<classic::ListFindingsRequest>(body.as_bytes()).unwrap_err();
        assert_eq!((failure.name, failure.status), ("SerializationException", 400), "{body}");
    }
}

#[test]
fn depth_is_limited_and_brackets_in_strings_do_not_count() {
    let nested = |depth: usize| format!("{{\"x\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
    assert!(decode::<classic::ListFindingsRequest>(nested(64).as_bytes()).is_ok());
    assert_eq!(
        decode::<classic::ListFindingsRequest>(nested(65).as_bytes()).unwrap_err().name,
        "SerializationException"
    );
    let quoted = format!(r#"{{"x":"\"{}"}}"#, "[".repeat(200));
    assert!(decode::<classic::ListFindingsRequest>(quoted.as_bytes()).is_ok());
}

#[test]
fn only_a_snapshot_may_be_larger_than_six_mebibytes() {
    let body = format!("{{\"x\":\"{}\"}}", "x".repeat(6 << 20));
    let failure = decode::<classic::ListFindingsRequest>(body.as_bytes()).unwrap_err();
    assert_eq!((failure.name, failure.status), ("RequestEntityTooLargeException", 413));
    assert_eq!(own::Operation::ImportSnapshot.max_body(), 64 << 20);
    assert_eq!(own::Operation::ListAgents.max_body(), 6 << 20);
}

#[test]
fn an_error_carries_its_type_and_all_its_members() {
    let error: classic::DeleteAssessmentTargetError =
        classic::AssessmentRunInProgressException::new("a run is in progress", vec!["arn".to_owned(); 11]).into();
    let failure = reply::<(), _>(Err(error)).unwrap_err();
    assert_eq!(
        failure,
        Failure {
            name: "AssessmentRunInProgressException",
            status: 400,
            body: json!({
                "__type": "AssessmentRunInProgressException", "message": "a run is in progress", "canRetry": true,
                "assessmentRunArns": vec!["arn"; 10], "assessmentRunArnsTruncated": true,
            }),
        }
    );
    let error: classic::ListFindingsError = classic::InternalException::new("x".repeat(2000)).into();
    let failure = reply::<(), _>(Err(error)).unwrap_err();
    assert_eq!((failure.status, failure.message().len()), (500, 1000));
}

proptest! {
    #[test]
    fn no_body_makes_the_decoder_panic(body in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(decode::<classic::CreateAssessmentTargetRequest>(&body).is_err());
    }
}
