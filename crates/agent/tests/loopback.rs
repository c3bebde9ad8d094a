//! The program against a service on loopback.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod service;

use std::path::Path;
use std::process::{Child, Command, Output};
use std::time::{Duration, Instant};

use inspector_model::agent::{CheckinRequest, CheckinResponse, EnrollRequest};
use inspector_model::delivery::{Delivery, Parts};
use inspector_model::{Attribute, Timestamp};

use crate::service::{Asked, Service};

const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn an_agent_enrols_collects_for_a_run_and_stops_when_told() {
    let service = service::start(vec![work(&["arn:a", "arn:b"]), (200, String::new())]);
    let state = tempfile::tempdir().unwrap();
    let enrolled = enroll(&service, state.path(), "good", &service.fingerprint);
    assert!(enrolled.status.success(), "{}", text(&enrolled));
    let asked = next(&service);
    let request: EnrollRequest = serde_json::from_slice(&asked.body).unwrap();
    assert!(!asked.authenticated, "a host that enrols has no certificate yet");
    assert_eq!(request.agent_id, "i-0123456789abcdef0");
    assert_eq!(request.tags, [Attribute::new("Name", "web")]);
    assert!(!request.certificate_request.contains("PRIVATE"), "the key stays on the host");

    let agent = run(state.path());
    let asked = next(&service);
    let heartbeat: CheckinRequest = serde_json::from_slice(&asked.body).unwrap();
    assert!(asked.authenticated && !heartbeat.kernel_version.is_empty());
    let asked = next(&service);
    assert_eq!(asked.path, "/agent/v1/facts");
    let delivered: Delivery = serde_json::from_slice(&asked.body).unwrap();
    let message = Parts::default().changed_by(&delivered).unwrap().message(&delivered.runs).unwrap();
    assert_eq!(message.runs, ["arn:a", "arn:b"]);
    assert_eq!(next(&service).path, "/agent/v1/checkin", "held by the service from here on");
    let started = Instant::now();
    assert!(stop(agent), "an agent that is told to stop ends well");
    assert!(started.elapsed() < Duration::from_secs(3), "and at once, in the middle of a long poll");
}

#[test]
fn facts_are_delivered_again_until_the_service_takes_them() {
    let busy = (503, r#"{"code": "busy", "message": "later"}"#.to_owned());
    let service = service::start(vec![work(&["arn:a"]), busy.clone(), busy, (200, String::new())]);
    let state = tempfile::tempdir().unwrap();
    assert!(enroll(&service, state.path(), "good", &service.fingerprint).status.success());
    let agent = run(state.path());
    let asked: Vec<Asked> = (0..5).map(|_| next(&service)).collect();
    let paths: Vec<&str> = asked.iter().filter_map(|asked| asked.path.rsplit('/').next()).collect();
    assert_eq!(paths, ["enroll", "checkin", "facts", "facts", "facts"]);
    assert_eq!(asked[2].body, asked[4].body, "the same collection");
    assert!(stop(agent));
}

#[test]
fn a_delivery_says_what_changed_and_everything_to_a_service_that_lost_the_rest() {
    let other = (409, r#"{"code": "other-base", "message": "send everything"}"#.to_owned());
    let ok = || (200, String::new());
    let service = service::start(vec![work(&["arn:a"]), ok(), work(&["arn:b"]), ok(), work(&["arn:c"]), other, ok()]);
    let state = tempfile::tempdir().unwrap();
    assert!(enroll(&service, state.path(), "good", &service.fingerprint).status.success());
    let agent = run(state.path());
    let asked: Vec<Asked> = (0..8).map(|_| next(&service)).collect();
    let facts = asked.iter().filter(|asked| asked.path.ends_with("/facts"));
    let sent: Vec<Delivery> = facts.map(|asked| serde_json::from_slice(&asked.body).unwrap()).collect();
    assert_eq!(sent.len(), 4);
    assert!(sent[0].base.is_none() && sent[0].set.contains_key("facts.packages"));
    assert!(sent[1].base.as_ref() == Some(&sent[0].digest) && !sent[1].set.contains_key("facts.packages"));
    assert_eq!(sent[2].base.as_ref(), Some(&sent[1].digest));
    assert!(sent[3].base.is_none() && sent[3].digest == sent[2].digest);
    assert!(stop(agent));
}

#[test]
fn what_was_seen_survives_a_kill_and_is_delivered_by_the_next_process() {
    let state = tempfile::tempdir().unwrap();
    let busy = || (503, r#"{"code": "busy", "message": "later"}"#.to_owned());
    let service = service::start(vec![work(&["arn:a"]), busy(), busy(), (200, String::new())]);
    assert!(enroll(&service, state.path(), "good", &service.fingerprint).status.success());
    let mut agent = run(state.path());
    let first = loop {
        let asked = next(&service);
        if asked.path.ends_with("/facts") {
            break asked;
        }
    };
    agent.kill().unwrap();
    agent.wait().unwrap();
    let agent = run(state.path());
    let again = loop {
        let asked = next(&service);
        assert_ne!(asked.path, "/agent/v1/checkin", "what is owed comes first");
        let delivery: Delivery = serde_json::from_slice(&asked.body).unwrap();
        if delivery.base.is_none() {
            break asked;
        }
    };
    assert_eq!(again.body, first.body);
    assert!(stop(agent));
}

#[test]
fn a_server_with_another_ca_gets_no_token() {
    let (service, other) = (service::start(Vec::new()), service::start(Vec::new()));
    let state = tempfile::tempdir().unwrap();
    let refused = enroll(&service, state.path(), "good", &other.fingerprint);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused).contains("fingerprint"), "{}", text(&refused));
    assert!(service.asked.recv_timeout(Duration::from_millis(100)).is_err(), "nothing was asked");
    assert!(!state.path().join("identity.json").exists(), "nothing is kept");
}

#[test]
fn a_service_that_is_not_there_is_named() {
    let mut service = service::start(Vec::new());
    // A port that was just free and that nobody listens on.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    service.url = format!("https://{free}");
    let state = tempfile::tempdir().unwrap();
    let refused = enroll(&service, state.path(), "good", &service.fingerprint);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        text(&refused).starts_with(&format!("error: cannot make sure of `{}`: ", service.url)),
        "{}",
        text(&refused)
    );
}

#[test]
fn a_token_that_was_used_is_told_and_nothing_is_kept() {
    let service = service::start(Vec::new());
    let state = tempfile::tempdir().unwrap();
    let refused = enroll(&service, state.path(), "stale", &service.fingerprint);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused).contains("`token-used`"), "{}", text(&refused));
    assert!(!state.path().join("identity.json").exists());
}

#[test]
fn a_host_that_is_enrolled_is_not_enrolled_again() {
    let service = service::start(Vec::new());
    let state = tempfile::tempdir().unwrap();
    assert!(enroll(&service, state.path(), "good", &service.fingerprint).status.success());
    let refused = enroll(&service, state.path(), "good", &service.fingerprint);
    assert!(text(&refused).contains("already"), "{}", text(&refused));
}

#[test]
fn a_host_that_never_enrolled_says_how_to() {
    let state = tempfile::tempdir().unwrap();
    let output = program().arg("run").arg("--state-dir").arg(state.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output).contains("help: inspector-agent enroll"), "{}", text(&output));
}

#[test]
fn show_prints_facts_that_the_service_can_read() {
    let output = program().arg("show").output().unwrap();
    assert!(output.status.success(), "{}", text(&output));
    let facts: inspector_model::host::HostFacts = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(facts.schema, "openinspector.facts/1");
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_inspector-agent"))
}

fn enroll(service: &Service, state: &Path, token: &str, fingerprint: &str) -> Output {
    let file = state.join("token");
    std::fs::write(&file, format!("{token}\n")).unwrap();
    program()
        .args(["enroll", "--server", &service.url, "--ca-fingerprint", fingerprint])
        .args(["--agent-id", "i-0123456789abcdef0", "--tag", "Name=web"])
        .arg("--token-file")
        .arg(&file)
        .arg("--state-dir")
        .arg(state)
        .output()
        .unwrap()
}

fn run(state: &Path) -> Child {
    program().arg("run").arg("--state-dir").arg(state).spawn().unwrap()
}

/// Sends SIGTERM; whether the program then ended with success.
fn stop(mut agent: Child) -> bool {
    let told = Command::new("kill").arg(agent.id().to_string()).status().unwrap();
    assert!(told.success());
    agent.wait().unwrap().success()
}

fn next(service: &Service) -> Asked {
    service.asked.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("the agent asked nothing"))
}

fn work(runs: &[&str]) -> (u16, String) {
    let answer = CheckinResponse {
        benchmark: false,
        server_time: Timestamp::from_millis(0),
        collect_for: runs.iter().map(|run| (*run).to_owned()).collect(),
        observe: false,
        next_checkin_millis: 0,
        renew: false,
    };
    (200, serde_json::to_string(&answer).unwrap())
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
