use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn context(pairs: &[(&str, &str)]) -> Context {
    pairs.iter().fold(Context::new(), |mut context, (key, value)| {
        context.entry((*key).to_owned()).or_default().push((*value).to_owned());
        context
    })
}

fn allowed(document: &Value, action: &str, resource: &str, context: &Context) -> Decision {
    let identity = vec![Document::parse(&document.to_string()).unwrap()];
    let policies = Policies { identity, session: Vec::new() };
    decide(&Authority::Policies(policies), &Request { action, resource, context })
}

fn statement(members: Value) -> Value {
    let mut all = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
    for (name, value) in members.as_object().unwrap() {
        all[name] = value.clone();
    }
    json!({ "Version": "2012-10-17", "Statement": all })
}

const EXPLICIT: Decision = Decision::Deny(Reason::Explicit(Source::Identity));
const SILENT: Decision = Decision::Deny(Reason::Implicit(Source::Identity));

#[test]
fn nothing_is_allowed_that_nobody_allows_and_root_may_everything() {
    let context = Context::new();
    let request = Request { action: "inspector:ListFindings", resource: "*", context: &context };
    assert_eq!(decide(&Authority::default(), &request), SILENT);
    assert_eq!(decide(&Authority::Policies(Policies::default()), &request), SILENT);
    assert_eq!(decide(&Authority::Root, &request), Decision::Allow);
}

#[test]
fn one_deny_outweighs_every_allow() {
    let both = json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": "inspector:*", "Resource": "*" },
        { "Effect": "Deny", "Action": "inspector:Delete*", "Resource": "*" },
    ]});
    let context = Context::new();
    assert_eq!(allowed(&both, "inspector:DeleteAssessmentRun", "*", &context), EXPLICIT);
    assert_eq!(allowed(&both, "inspector:ListFindings", "*", &context), Decision::Allow);
    assert_eq!(allowed(&both, "iam:CreateUser", "*", &context), SILENT);
}

#[test]
fn a_session_may_do_what_its_own_policy_allows_too_and_no_more() {
    let (all, list) = (statement(json!({})), statement(json!({ "Action": "inspector:List*" })));
    let parse = |document: &Value| Document::parse(&document.to_string()).unwrap();
    let authority = Authority::Policies(Policies { identity: vec![parse(&all)], session: vec![parse(&list)] });
    let context = Context::new();
    let ask = |action| decide(&authority, &Request { action, resource: "*", context: &context });
    assert_eq!(ask("inspector:ListFindings"), Decision::Allow);
    assert_eq!(ask("inspector:DeleteAssessmentRun"), Decision::Deny(Reason::Implicit(Source::Session)));
}

#[test]
fn conditions_as_the_guide_has_them() {
    let cases = [
        (
            json!({ "IpAddress": { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } }),
            "aws:sourceip",
            "203.0.113.7",
            true,
        ),
        (json!({ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } }), "aws:sourceip", "203.0.114.7", false),
        (json!({ "NotIpAddress": { "aws:SourceIp": "203.0.113.0/24" } }), "aws:sourceip", "203.0.114.7", true),
        (
            json!({ "DateGreaterThan": { "aws:CurrentTime": "2026-01-01" } }),
            "aws:currenttime",
            "2026-01-01T00:00:01Z",
            true,
        ),
        (
            json!({ "DateLessThan": { "aws:CurrentTime": "1767225600" } }),
            "aws:currenttime",
            "2026-01-01T00:00:01Z",
            false,
        ),
        (json!({ "Bool": { "aws:MultiFactorAuthPresent": "true" } }), "aws:multifactorauthpresent", "true", true),
        (json!({ "Bool": { "aws:MultiFactorAuthPresent": true } }), "aws:multifactorauthpresent", "false", false),
        (json!({ "BoolIfExists": { "aws:MultiFactorAuthPresent": "true" } }), "other", "x", true),
        (json!({ "Bool": { "aws:MultiFactorAuthPresent": "true" } }), "other", "x", false),
        (json!({ "StringEquals": { "aws:PrincipalTag/team": "red" } }), "aws:principaltag/team", "red", true),
        (json!({ "StringNotEquals": { "aws:PrincipalTag/team": "red" } }), "other", "x", true),
        (json!({ "StringEqualsIgnoreCase": { "aws:username": "ALICE" } }), "aws:username", "alice", true),
        (json!({ "StringLike": { "aws:username": "al*" } }), "aws:username", "alice", true),
        (json!({ "StringLike": { "aws:username": "${*}*" } }), "aws:username", "*x", true),
        (json!({ "StringLike": { "aws:username": "${*}*" } }), "aws:username", "ax", false),
        (json!({ "StringNotLike": { "aws:username": "al*" } }), "aws:username", "alice", false),
        (
            json!({ "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::*:user/*" } }),
            "aws:principalarn",
            "arn:aws:iam::1:user/a",
            true,
        ),
        (
            json!({ "ArnLike": { "aws:PrincipalArn": "arn:*:user/a" } }),
            "aws:principalarn",
            "arn:aws:iam::1:user/a",
            false,
        ),
        (json!({ "NumericLessThan": { "aws:MultiFactorAuthAge": "300" } }), "aws:multifactorauthage", "299", true),
        (json!({ "NumericLessThan": { "aws:MultiFactorAuthAge": "300" } }), "aws:multifactorauthage", "many", false),
        (json!({ "Null": { "aws:TokenIssueTime": "true" } }), "other", "x", true),
        (json!({ "Null": { "aws:TokenIssueTime": "false" } }), "other", "x", false),
        (json!({ "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } }), "aws:tagkeys", "a", true),
        (json!({ "ForAnyValue:StringEquals": { "aws:TagKeys": ["a", "b"] } }), "aws:tagkeys", "c", false),
    ];
    for (condition, key, value, wanted) in cases {
        let decision = allowed(&statement(json!({ "Condition": condition })), "a:B", "*", &context(&[(key, value)]));
        assert_eq!(decision == Decision::Allow, wanted, "{condition} with {key} = {value}");
    }
}

#[test]
fn variables_stand_for_what_is_known_and_a_statement_with_an_unknown_one_is_about_nothing() {
    let own = statement(json!({ "Resource": "arn:aws:iam::1:user/${aws:username}" }));
    let alice = context(&[("aws:username", "alice")]);
    assert_eq!(allowed(&own, "iam:CreateAccessKey", "arn:aws:iam::1:user/alice", &alice), Decision::Allow);
    assert_eq!(allowed(&own, "iam:CreateAccessKey", "arn:aws:iam::1:user/bob", &alice), SILENT);
    assert_eq!(allowed(&own, "iam:CreateAccessKey", "arn:aws:iam::1:user/", &Context::new()), SILENT);
    let star = context(&[("aws:username", "*")]);
    assert_eq!(allowed(&own, "iam:CreateAccessKey", "arn:aws:iam::1:user/bob", &star), SILENT);
    let default = statement(json!({ "Resource": "arn:${aws:username, 'nobody'}" }));
    assert_eq!(allowed(&default, "a:B", "arn:nobody", &Context::new()), Decision::Allow);
}

#[test]
fn what_is_not_known_makes_a_document_invalid_and_never_more_generous() {
    let broken = [
        json!([]),
        json!({ "Version": "2012-10-17" }),
        json!({ "Version": "2020-01-01", "Statement": [] }),
        json!({ "Version": "2012-10-17", "Statement": [], "Extra": 1 }),
        statement(json!({ "Effect": "allow" })),
        statement(json!({ "NotAction": "x" })),
        statement(json!({ "Action": [] })),
        statement(json!({ "Principal": "*" })),
        statement(json!({ "Conditions": {} })),
        statement(json!({ "Resource": "arn:${aws:username" })),
        statement(json!({ "Condition": { "StringSortOfEquals": { "a": "b" } } })),
        statement(json!({ "Condition": { "IpAddress": { "aws:SourceIp": "everywhere" } } })),
        statement(json!({ "Condition": { "NumericEquals": { "a": "b" } } })),
        statement(json!({ "Condition": { "ForSomeValues:StringEquals": { "a": "b" } } })),
    ];
    for document in broken {
        assert!(Document::parse(&document.to_string()).is_err(), "{document}");
    }
    let twice = statement(json!({})).to_string().replacen("\"Effect\"", "\"Effect\":\"Deny\",\"Effect\"", 1);
    let refused = Document::parse(&twice).unwrap_err().to_string();
    assert!(refused.contains("names `Effect` twice"), "{refused}");
    let long = statement(json!({ "Resource": "x".repeat(document::MOST) }));
    assert!(Document::parse(&long.to_string()).is_err());
}

#[test]
fn a_denial_is_told_in_the_words_of_aws() {
    let told = |reason| {
        let principal = "arn:aws:iam::123456789012:user/bob";
        Denial { principal, action: "inspector:ListFindings", resource: "*", reason }.to_string()
    };
    let start =
        "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: inspector:ListFindings on resource: * ";
    let ends = [
        (
            Reason::Implicit(Source::Identity),
            "because no identity-based policy allows the inspector:ListFindings action",
        ),
        (Reason::Explicit(Source::Identity), "with an explicit deny in an identity-based policy"),
        (Reason::Implicit(Source::Session), "because no session policy allows the inspector:ListFindings action"),
        (Reason::Explicit(Source::Session), "with an explicit deny in a session policy"),
    ];
    for (reason, end) in ends {
        assert_eq!(told(reason), format!("{start}{end}"));
    }
}

#[test]
fn a_role_lets_in_whom_its_document_names() {
    let trust = |principal: Value, extra: Value| {
        let mut statement = json!({ "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole" });
        statement["Condition"] = extra;
        Trust::parse(&json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()).unwrap()
    };
    let alice = Asker::Aws { arn: "arn:aws:iam::111111111111:user/alice", account: "111111111111", role: None };
    let ask = |trust: Trust| trust.lets_in(alice, "sts:AssumeRole", &context(&[("sts:externalid", "42")]));
    let none = json!({});
    assert_eq!(ask(trust(json!({ "AWS": "arn:aws:iam::111111111111:user/alice" }), none.clone())), Trusted::Directly);
    assert_eq!(ask(trust(json!({ "AWS": "arn:aws:iam::111111111111:root" }), none.clone())), Trusted::ByAccount);
    assert_eq!(ask(trust(json!({ "AWS": "111111111111" }), none.clone())), Trusted::ByAccount);
    assert_eq!(ask(trust(json!("*"), none.clone())), Trusted::ByAccount);
    assert_eq!(ask(trust(json!({ "AWS": "arn:aws:iam::211111111111:root" }), none.clone())), Trusted::No);
    assert_eq!(ask(trust(json!({ "Service": "inspector.amazonaws.com" }), none)), Trusted::No);
    let external = |id: &str| json!({ "StringEquals": { "sts:ExternalId": id } });
    assert_eq!(ask(trust(json!({ "AWS": "111111111111" }), external("42"))), Trusted::ByAccount);
    assert_eq!(ask(trust(json!({ "AWS": "111111111111" }), external("43"))), Trusted::No);
    let federated = trust(json!({ "Federated": "arn:aws:iam::1:oidc-provider/id.example" }), json!({}));
    let person = Asker::Federated("arn:aws:iam::1:oidc-provider/id.example");
    assert_eq!(federated.lets_in(person, "sts:AssumeRole", &Context::new()), Trusted::Directly);
    assert_eq!(federated.lets_in(alice, "sts:AssumeRole", &Context::new()), Trusted::No);
}

#[test]
fn every_managed_policy_reads_and_no_reader_may_write() {
    for policy in managed::ALL {
        let document = Document::parse(policy.document).unwrap();
        let policies = Policies { identity: vec![document], session: Vec::new() };
        let authority = Authority::Policies(policies);
        for operation in crate::inspector::Operation::ALL {
            let action = format!("inspector:{}", operation.name());
            let reads = ["Describe", "Get", "List", "Preview"].iter().any(|verb| operation.name().starts_with(verb));
            let wanted = match policy.arn.rsplit_once('/').unwrap().1 {
                "IAMFullAccess" => false,
                name if name.contains("ReadOnly") => reads,
                _ => true,
            };
            let context = Context::new();
            let decision = decide(&authority, &Request { action: &action, resource: "*", context: &context });
            assert_eq!(decision == Decision::Allow, wanted, "{} {action}", policy.arn);
        }
    }
}

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec!["a", "B", "*", "?", ":", "/", "${k1}", "${k9}", "${*}", "${k9, 'd'}"]),
        0..6,
    )
    .prop_map(|parts| parts.concat())
}

fn plain() -> impl Strategy<Value = String> {
    "[aAbB*:/d]{0,6}"
}

fn conditions() -> impl Strategy<Value = Value> {
    let operators = [
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
        "ArnLike",
        "ArnNotEquals",
    ];
    let ordered = [
        "NumericEquals",
        "NumericNotEquals",
        "NumericLessThan",
        "NumericGreaterThanEquals",
        "DateLessThanEquals",
        "DateNotEquals",
        "DateGreaterThan",
    ];
    let set = || prop::sample::select(vec!["", "ForAllValues:", "ForAnyValue:"]);
    let end = || prop::sample::select(vec!["", "IfExists"]);
    let key = || prop::sample::select(vec!["k1", "K2", "k3"]);
    let text = (set(), prop::sample::select(operators.to_vec()), end(), key(), prop::collection::vec(words(), 1..3));
    let text = text.prop_map(|(set, name, end, key, values)| json!({ format!("{set}{name}{end}"): { key: values } }));
    let number = (set(), prop::sample::select(ordered.to_vec()), end(), key(), prop::collection::vec(0..4_u8, 1..3));
    let number =
        number.prop_map(|(set, name, end, key, values)| json!({ format!("{set}{name}{end}"): { key: values } }));
    let network = (prop::sample::select(vec!["IpAddress", "NotIpAddress"]), key(), 0..=32_u8);
    let network = network.prop_map(|(name, key, length)| json!({ name: { key: format!("10.0.3.1/{length}") } }));
    let flag = (prop::sample::select(vec!["Bool", "BoolIfExists", "Null"]), key(), any::<bool>());
    let flag = flag.prop_map(|(name, key, value)| json!({ name: { key: value } }));
    prop_oneof![Just(json!({})), text, number, network, flag]
}

fn statements() -> impl Strategy<Value = Value> {
    let effect = prop::sample::select(vec!["Allow", "Allow", "Deny"]);
    let sets =
        (any::<bool>(), prop::collection::vec(words(), 1..3), any::<bool>(), prop::collection::vec(words(), 1..3));
    (effect, sets, conditions()).prop_map(|(effect, (not_a, actions, not_r, resources), condition)| {
        let (action, resource) =
            (if not_a { "NotAction" } else { "Action" }, if not_r { "NotResource" } else { "Resource" });
        json!({ "Effect": effect, action: actions, resource: resources, "Condition": condition })
    })
}

fn requests() -> impl Strategy<Value = (String, String, Context)> {
    let value = prop_oneof![
        plain(),
        (0..4_u8).prop_map(|n| n.to_string()),
        Just("10.0.3.7".to_owned()),
        Just("true".to_owned())
    ];
    let context = prop::collection::btree_map(
        prop::sample::select(vec!["k1", "k2", "k3"]),
        prop::collection::vec(value, 1..3),
        0..3,
    );
    let context = context.prop_map(|map| map.into_iter().map(|(key, values)| (key.to_owned(), values)).collect());
    (plain(), plain(), context)
}

proptest! {
    #[test]
    fn the_decision_is_that_of_the_slow_reading(
        statements in prop::collection::vec(statements(), 1..4),
        version in prop::sample::select(vec!["2012-10-17", "2008-10-17"]),
        (action, resource, context) in requests(),
    ) {
        let document = json!({ "Version": version, "Statement": statements });
        let request = Request { action: &action, resource: &resource, context: &context };
        let wanted = match reference::evaluate(std::slice::from_ref(&document), &request) {
            reference::Verdict::Denied => EXPLICIT,
            reference::Verdict::Allowed => Decision::Allow,
            reference::Verdict::Silent => SILENT,
        };
        prop_assert_eq!(allowed(&document, &action, &resource, &context), wanted);
    }

    #[test]
    fn one_more_deny_never_allows_more(
        first in statements(), mut second in statements(), (action, resource, context) in requests(),
    ) {
        second["Effect"] = json!("Deny");
        let one = json!({ "Version": "2012-10-17", "Statement": [first] });
        let two = json!({ "Version": "2012-10-17", "Statement": [first, second] });
        if allowed(&two, &action, &resource, &context) == Decision::Allow {
            prop_assert_eq!(allowed(&one, &action, &resource, &context), Decision::Allow);
        }
    }
}
