//! The reader against a server of our own that pages, throttles, denies and fails half way.

mod replay;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use inspector_api::Sensitive;
use inspector_api::canonical::Parts;
use inspector_api::signature::{Key, verify};
use inspector_model::Timestamp;
use serde_json::{Map, Value, json};
use tokio::sync::Semaphore;

use crate::call::MAX_AHEAD;
use crate::client::{Client, Keys, Patience};
use crate::endpoint::Endpoints;
use crate::failure::Failure;
use crate::generated::calls::CALLS;
use crate::snapshot::{Gap, Taken, read};
use crate::table::{Call, Protocol, Shape};
use crate::{Settings, answer, transport};
use replay::{Fault, Replay};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// Requests that the tests allow at once.
const PLACES: usize = 4;

fn client(url: String) -> Client {
    let patience = Patience {
        attempts: 3,
        first_wait: Duration::ZERO,
        longest_wait: Duration::ZERO,
        answer: Duration::from_secs(30),
    };
    let keys = Credentials::new("AKIDEXAMPLE", SECRET, None, None, "test");
    Client {
        http: transport::connector(&Settings { patience, ..Settings::default() }),
        keys: Arc::new(Keys::new(SharedCredentialsProvider::new(keys))),
        region: "eu-west-1".to_owned(),
        endpoints: Endpoints { everywhere: Some(url), ..Endpoints::default() },
        patience,
        slots: Arc::new(Semaphore::new(PLACES)),
    }
}

/// An account with seven VPCs, two prefix lists and a load balancer with two listeners.
fn account() -> Replay {
    let vpcs: Vec<Value> = (1..=7).map(|n| json!({"VpcId": format!("vpc-{n}"), "IsDefault": n == 1})).collect();
    let lists = json!([{"PrefixListId": "pl-1"}, {"PrefixListId": "pl-2"}]);
    let entry = |cidr: &str, text: &str| json!({"Cidr": cidr, "Description": text});
    let balancer = "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a/1";
    let listener = |arn: &str, port: u16| json!({"ListenerArn": arn, "LoadBalancerArn": balancer, "Port": port});
    let answers = BTreeMap::from([
        (("DescribeVpcs", ""), json!({"Vpcs": vpcs})),
        (("DescribeManagedPrefixLists", ""), json!({"PrefixLists": lists})),
        (
            ("GetManagedPrefixListEntries", "pl-1"),
            json!({"Entries": [entry("10.0.0.0/8", "a<b & \"c\""), entry("10.1.0.0/16", ""), entry("::/0", "\u{e4}")]}),
        ),
        (("GetManagedPrefixListEntries", "pl-2"), json!({"Entries": []})),
        (("DescribeLoadBalancers", ""), json!({"LoadBalancers": [{"LoadBalancerArn": balancer}]})),
        (
            ("DescribeListeners", ""),
            json!({"Listeners": [listener("arn:aws:x:listener/app/1", 80), listener("arn:aws:x:listener/net/2", 443), listener("arn:aws:x:listener/app/3", 1)]}),
        ),
        (("DescribeRules", "arn:aws:x:listener/app/1"), json!({"Rules": [{"RuleArn": "r-1", "IsDefault": true}]})),
        (
            ("DescribeVpcBlockPublicAccessOptions", ""),
            json!({"VpcBlockPublicAccessOptions": {"InternetGatewayBlockMode": "off"}}),
        ),
        (("DescribeDirectConnectGateways", ""), json!({"directConnectGateways": [{"directConnectGatewayId": "d-1"}]})),
    ]);
    Replay { answers, page: 3, ..Replay::default() }
}

async fn take(replay: Replay) -> (Taken, Arc<Replay>) {
    let (url, replay) = replay.serve().await;
    (read("123456789012".parse().unwrap(), client(url)).await, replay)
}

fn document(taken: &Taken, name: &str) -> Option<Value> {
    let path = format!("accounts/123456789012/eu-west-1/{name}.json");
    let document = taken.documents.iter().find(|document| document.path == path)?;
    Some(serde_json::from_slice(&document.bytes).unwrap())
}

fn gaps<'t>(taken: &'t Taken, answer: &str) -> Vec<&'t Failure> {
    taken.gaps.iter().filter(|gap| gap.answer == answer).map(|gap| &gap.failure).collect()
}

#[tokio::test]
async fn pages_are_joined_and_what_is_empty_is_an_empty_list() {
    let (taken, replay) = take(account()).await;
    assert_eq!(taken.gaps, Vec::<Gap>::new());
    let vpcs = document(&taken, "Vpcs").unwrap();
    let ids: Vec<&Value> = vpcs["Vpcs"].as_array().unwrap().iter().map(|vpc| &vpc["VpcId"]).collect();
    assert_eq!(ids, ["vpc-1", "vpc-2", "vpc-3", "vpc-4", "vpc-5", "vpc-6", "vpc-7"]);
    assert_eq!((replay.count("DescribeVpcs"), &vpcs["Vpcs"][0]["IsDefault"]), (3, &json!(true)));
    assert_eq!(document(&taken, "Subnets"), Some(json!({"Subnets": []})));
    assert_eq!(document(&taken, "Firewalls"), Some(json!({"Firewalls": []})));
    assert_eq!(document(&taken, "errors"), None);
    let files = CALLS.iter().map(|call| call.file);
    assert!(files.clone().all(|file| document(&taken, file).is_some() || file == "VpcBlockPublicAccessOptions"));
    assert_eq!(taken.documents.len(), files.count());
}

#[tokio::test]
async fn one_thing_is_asked_about_every_record_of_another() {
    let (taken, replay) = take(account()).await;
    let entries = document(&taken, "ManagedPrefixListEntries").unwrap();
    let (first, second) = (&entries["ManagedPrefixListEntries"][0], &entries["ManagedPrefixListEntries"][1]);
    assert_eq!((&first["PrefixListId"], &second["PrefixListId"]), (&json!("pl-1"), &json!("pl-2")));
    assert_eq!(first["Entries"].as_array().unwrap().len(), 3);
    assert_eq!(first["Entries"][0], json!({"Cidr": "10.0.0.0/8", "Description": "a<b & \"c\""}));
    assert_eq!(second["Entries"], json!([]));
    // Rules hang on listeners, which hang on load balancers.
    let rules = document(&taken, "ListenerRules").unwrap();
    let rules = rules["ListenerRules"].as_array().unwrap();
    assert_eq!(
        rules[0],
        json!({"ListenerArn": "arn:aws:x:listener/app/1", "Rules": [{"RuleArn": "r-1", "IsDefault": true}]})
    );
    assert_eq!((rules.len(), replay.count("DescribeRules")), (2, 2));
    let options = document(&taken, "VpcBlockPublicAccessOptions").unwrap();
    assert_eq!(options["VpcBlockPublicAccessOptions"]["InternetGatewayBlockMode"], "off");
    // Two calls of one operation, each with its own filter.
    let asked = replay.asked.lock().unwrap();
    assert!(asked.iter().any(|asked| asked.body.contains("directConnectGatewayId")));
}

#[tokio::test]
async fn what_is_too_fast_is_asked_again() {
    let faults = BTreeMap::from([("DescribeVpcs", Fault::Throttle(2)), ("ListFirewalls", Fault::Throttle(1))]);
    let (taken, replay) = take(Replay { faults, ..account() }).await;
    assert_eq!(taken.gaps, Vec::<Gap>::new());
    assert_eq!(document(&taken, "Vpcs").unwrap()["Vpcs"].as_array().unwrap().len(), 7);
    assert_eq!(replay.count("DescribeVpcs"), 5);
}

#[tokio::test]
async fn what_stays_too_fast_is_a_gap_and_not_an_empty_answer() {
    let faults = BTreeMap::from([("DescribeVpcs", Fault::Throttle(1000))]);
    let (taken, replay) = take(Replay { faults, ..account() }).await;
    assert_eq!(document(&taken, "Vpcs"), None);
    let [failure] = gaps(&taken, "Vpcs")[..] else { panic!("{:?}", taken.gaps) };
    assert_eq!(failure.to_string(), "`ec2:DescribeVpcs` was refused: not today (RequestLimitExceeded)");
    assert_eq!((replay.count("DescribeVpcs"), taken.gaps.len()), (3, 1));
    assert!(document(&taken, "Subnets").is_some(), "the rest is read");
}

#[tokio::test]
async fn a_missing_permission_is_named_and_not_asked_for_again() {
    for (operation, answer, action) in [
        ("DescribeVpcs", "Vpcs", "ec2:DescribeVpcs"),
        ("DescribeTargetGroups", "TargetGroups", "elasticloadbalancing:DescribeTargetGroups"),
        ("ListFirewalls", "FirewallNames", "network-firewall:ListFirewalls"),
    ] {
        let faults = BTreeMap::from([(operation, Fault::Deny)]);
        let (taken, replay) = take(Replay { faults, ..account() }).await;
        assert_eq!(gaps(&taken, answer)[0].missing_permission(), Some(action));
        let errors = document(&taken, "errors").unwrap();
        let named = errors["Errors"].as_array().unwrap().iter().find(|error| error["Permission"] == action);
        assert_eq!(named.unwrap()["Answer"], answer);
        assert_eq!((document(&taken, answer), replay.count(operation)), (None, 1));
    }
}

#[tokio::test]
async fn what_asks_about_an_incomplete_answer_is_incomplete_too() {
    let faults = BTreeMap::from([("DescribeLoadBalancers", Fault::Deny)]);
    let (taken, _) = take(Replay { faults, ..account() }).await;
    for (answer, action) in [
        ("LoadBalancerListeners", "elasticloadbalancing:DescribeListeners"),
        ("ListenerRules", "elasticloadbalancing:DescribeRules"),
        ("LoadBalancerInstanceHealth", "elasticloadbalancing:DescribeInstanceHealth"),
    ] {
        let Failure::NotCalled { action: named, .. } = gaps(&taken, answer)[0] else { panic!("{answer}") };
        assert_eq!((named.as_str(), document(&taken, answer)), (action, None));
    }
}

#[tokio::test]
async fn what_is_denied_about_one_is_not_asked_about_thousands() {
    let lists: Vec<Value> = (0..1000).map(|n| json!({"PrefixListId": format!("pl-{n}")})).collect();
    let mut replay = account();
    replay.answers.insert(("DescribeManagedPrefixLists", ""), json!({"PrefixLists": lists}));
    replay.faults.insert("GetManagedPrefixListEntries", Fault::Deny);
    let (taken, replay) = take(Replay { page: 1000, ..replay }).await;
    let count = replay.count("GetManagedPrefixListEntries");
    assert!((1..=MAX_AHEAD).contains(&count), "{count}");
    assert!(!gaps(&taken, "ManagedPrefixListEntries").is_empty());
}

#[tokio::test]
async fn what_was_read_before_a_failure_is_kept_and_called_incomplete() {
    let faults = BTreeMap::from([("DescribeVpcs", Fault::FailFrom(2))]);
    let (taken, _) = take(Replay { faults, ..account() }).await;
    assert_eq!(document(&taken, "Vpcs").unwrap()["Vpcs"].as_array().unwrap().len(), 6);
    assert_eq!(gaps(&taken, "Vpcs").len(), 1);
}

#[tokio::test]
async fn half_an_answer_is_none() {
    let faults =
        BTreeMap::from([("DescribeVpcs", Fault::BreakOff), ("DescribeDirectConnectGateways", Fault::BreakOff)]);
    let (taken, _) = take(Replay { faults, ..account() }).await;
    for answer in ["Vpcs", "directConnectGateways"] {
        assert!(matches!(gaps(&taken, answer)[..], [Failure::Malformed { .. }]), "{:?}", taken.gaps);
        assert_eq!(document(&taken, answer), None);
    }
}

#[tokio::test]
async fn pages_that_go_in_a_circle_end() {
    let faults = BTreeMap::from([("DescribeVpcs", Fault::Circle)]);
    let (taken, replay) = take(Replay { faults, ..account() }).await;
    assert_eq!(
        gaps(&taken, "Vpcs")[0].to_string(),
        "`ec2:DescribeVpcs` has an answer that cannot be read: its pages go in a circle"
    );
    assert_eq!(replay.count("DescribeVpcs"), 2);
}

#[tokio::test]
async fn silence_ends() {
    let faults = BTreeMap::from([("DescribeVpcs", Fault::Silence)]);
    let (url, _) = Replay { faults, ..account() }.serve().await;
    let mut client = client(url);
    client.patience.answer = Duration::from_millis(200);
    let vpcs = CALLS.iter().find(|call| call.document == "Vpcs").unwrap();
    let failure = client.call(vpcs.operation, &Map::new()).await.unwrap_err();
    assert!(failure.to_string().ends_with("it takes too long"), "{failure}");
}

#[tokio::test]
async fn nobody_at_home_is_a_gap() {
    let taken = read("123456789012".parse().unwrap(), client("http://127.0.0.1:1".to_owned())).await;
    assert!(matches!(gaps(&taken, "Vpcs")[..], [Failure::Unreachable { .. }]), "{:?}", taken.gaps);
    assert_eq!(taken.documents.len(), 1, "errors.json and nothing else");
}

#[tokio::test]
async fn no_more_requests_are_under_way_than_there_are_places() {
    let (_, replay) = take(account()).await;
    let most = replay.most.load(Ordering::SeqCst);
    assert!((2..=PLACES).contains(&most), "{most}");
}

/// The verifier is the one that our own service trusts; it knows nothing of the signer.
#[tokio::test]
async fn every_request_is_signed_for_its_service_and_region() {
    let (_, replay) = take(account()).await;
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let now = Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap());
    let asked = replay.asked.lock().unwrap();
    for asked in asked.iter() {
        let operation = CALLS.iter().map(|call| call.operation).find(|known| known.name == asked.operation).unwrap();
        let parts = Parts { method: "POST", path: "/", query: "", headers: &asked.headers };
        let key = || Key { secret: Sensitive::new(SECRET), token_hash: None, expires_at: None };
        let verified = verify(&parts, asked.body.as_bytes(), operation.service.signing_name, now, |_| Some(key()));
        assert_eq!(verified.unwrap().region.as_str(), "eu-west-1");
    }
}

/// Everything that the tables know, filled: what the obvious writer writes, the reader reads back.
#[test]
fn every_shape_of_every_table_is_read_back() {
    let mut members = 0;
    for Call { operation, .. } in CALLS {
        let full: Map<String, Value> = operation
            .output
            .iter()
            .map(|member| (member.name.to_owned(), full(member.shape, &mut members, 0)))
            .collect();
        if let Protocol::Json { .. } = operation.service.protocol {
            continue;
        }
        let text = replay::whole(operation, &full);
        assert_eq!(answer::read(operation, text.as_bytes()).unwrap(), full, "{}", operation.name);
    }
    assert!(members > 1000, "{members}");
}

fn full(shape: &Shape, members: &mut usize, depth: usize) -> Value {
    *members += 1;
    match shape {
        _ if depth > 12 => json!(""),
        Shape::Any => json!([]),
        Shape::Boolean => json!(members.is_multiple_of(2)),
        Shape::Number => json!(*members),
        Shape::String => json!(format!("t<{members}>&")),
        Shape::List { item, .. } => json!([full(item, members, depth + 1), full(item, members, depth + 1)]),
        Shape::Map { value } => json!({"k": full(value, members, depth + 1)}),
        Shape::Structure(fields) => {
            fields.iter().map(|m| (m.name.to_owned(), full(m.shape, members, depth + 1))).collect::<Map<_, _>>().into()
        }
    }
}

#[test]
fn an_answer_that_is_not_what_the_table_says_is_refused() {
    let read = |text: &str| {
        let call = CALLS.iter().find(|call| call.document == "Vpcs").unwrap();
        answer::read(call.operation, text.as_bytes())
    };
    let vpc =
        |inner: &str| format!("<DescribeVpcsResponse><vpcSet><item>{inner}</item></vpcSet></DescribeVpcsResponse>");
    assert!(read(&vpc("<isDefault>true</isDefault>")).is_ok());
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let entity = "<!DOCTYPE x [<!ENTITY a \"b\">]><DescribeVpcsResponse/>";
    for bad in [&vpc("<isDefault>maybe</isDefault>"), &vpc("&unknown;"), "", "<a>", "{}", deep.as_str(), entity] {
        assert!(read(bad).is_err(), "{}", bad.len());
    }
}

/// The page for operators and the policy come from the same list; nobody can edit one alone.
#[test]
fn the_page_of_permissions_names_every_action_of_the_policy() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/aws-permissions.md")).unwrap();
    let rows =
        page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(action, _)| action.to_owned());
    let named: std::collections::BTreeSet<String> = rows.collect();
    assert_eq!(named, crate::permission::actions());
}
