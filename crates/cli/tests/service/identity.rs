//! Who is listened to: renewals, revocations, clones, and those who take another's id.

use inspector_api::openinspector::{
    AgentHealth, CreateEnrollmentTokenRequest, EnrolledAgent, ListAgentsRequest, RevokeAgentRequest,
};
use inspector_model::Timestamp;

use crate::agent::{Agent, heartbeat};
use crate::api::Client;
use crate::host;
use crate::server::{Server, command};

const ID: &str = "i-0000000000000000a";

fn listed(client: &Client) -> EnrolledAgent {
    client.call(&ListAgentsRequest::default()).agents.remove(0)
}

/// A delivery that no run waits for: whether the agent is listened to.
fn deliver_nothing(agent: &Agent, server: &Server, root: &std::path::Path) -> bool {
    agent.deliver(server, &[], &host::facts(root, Timestamp::from_millis(0)))
}

#[test]
fn a_renewed_certificate_replaces_the_old_one_when_it_is_used() {
    let (data, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start_with(command(data.path()).args(["--agent-poll-seconds", "1"]));
    let client = Client::of(&server, data.path());
    let agent = Agent::enroll(&server, &client, data.path(), ID);
    let (_, lost) = agent.renew(&server);
    let (_, renewed) = agent.renew(&server);
    let (lost, renewed) = (lost.unwrap(), renewed.unwrap());
    assert!(!deliver_nothing(&lost, &server, root.path()), "the renewal after it counts");
    assert!(deliver_nothing(&agent, &server, root.path()), "the old one is good while the new one is not used");
    renewed.check_in(&server);
    assert!(deliver_nothing(&renewed, &server, root.path()));
    assert!(!deliver_nothing(&agent, &server, root.path()), "and not any more");
    assert_eq!(agent.renew(&server).0, 401, "nor for a renewal");
}

#[test]
fn an_expired_certificate_is_good_for_a_renewal_alone() {
    let (data, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start_with(command(data.path()).args(["--agent-certificate-seconds", "3"]));
    let client = Client::of(&server, data.path());
    let agent = Agent::enroll(&server, &client, data.path(), ID);
    while deliver_nothing(&agent, &server, root.path()) {}
    let (status, renewed) = agent.renew(&server);
    assert_eq!(status, 200);
    assert!(deliver_nothing(&renewed.unwrap(), &server, root.path()));
}

#[test]
fn a_revoked_agent_is_refused_from_its_next_message_on_and_says_why() {
    let (data, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start_with(command(data.path()).args(["--agent-poll-seconds", "1"]));
    let client = Client::of(&server, data.path());
    let agent = Agent::enroll(&server, &client, data.path(), ID);
    assert!(deliver_nothing(&agent, &server, root.path()));
    client.call(&RevokeAgentRequest { agent_id: ID.into(), reason: Some("sold".into()) });
    assert!(!deliver_nothing(&agent, &server, root.path()));
    assert_eq!(agent.send(&server, "checkin", &heartbeat("one")), 401);
    assert_eq!(agent.renew(&server).0, 401);
    let told = listed(&client);
    assert_eq!((told.agent_health, told.health_code.as_deref()), (AgentHealth::Unhealthy, Some("revoked")));
    assert!(told.health_reason.unwrap().contains("sold") && told.next_step.is_some());
}

#[test]
fn two_machines_with_one_identity_are_both_refused_and_named() {
    let (data, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start_with(command(data.path()).args(["--agent-poll-seconds", "1"]));
    let client = Client::of(&server, data.path());
    let agent = Agent::enroll(&server, &client, data.path(), ID);
    let mut message = heartbeat("one");
    std::thread::scope(|scope| {
        for process in ["one", "two", "one", "two"] {
            message.process = process.into();
            message.hostname = format!("host-{process}");
            let (agent, server, message) = (&agent, &server, message.clone());
            let sent = scope.spawn(move || agent.send(server, "checkin", &message));
            while listed(&client).hostname.as_deref() != Some(&format!("host-{process}")) {}
            drop(sent);
        }
        message.process = "one".into();
        message.hostname = "host-one".into();
        assert_eq!(agent.send(&server, "checkin", &message), 401);
    });
    assert!(!deliver_nothing(&agent, &server, root.path()), "neither of them is listened to");
    let told = listed(&client);
    assert_eq!((told.agent_health, told.health_code.as_deref()), (AgentHealth::Unhealthy, Some("identity-cloned")));
    let reason = told.health_reason.unwrap();
    assert!(reason.contains("host-one") && reason.contains("host-two"), "{reason}");
    let anew = Agent::enroll(&server, &client, data.path(), ID);
    assert!(deliver_nothing(&anew, &server, root.path()), "a new enrolment lets it come back");
    assert_eq!(listed(&client).health_code, None);
}

#[test]
fn a_token_of_the_account_does_not_take_a_live_agents_id() {
    let (data, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start_with(command(data.path()).args(["--agent-poll-seconds", "1"]));
    let client = Client::of(&server, data.path());
    let agent = Agent::enroll(&server, &client, data.path(), ID);
    let token = client.call(&CreateEnrollmentTokenRequest::default()).token;
    assert_eq!(Agent::enroll_with(&server, data.path(), ID, token.reveal()).0, 409);
    assert!(deliver_nothing(&agent, &server, root.path()), "the live agent is not disturbed");
    assert_eq!(Agent::enroll_with(&server, data.path(), "i-0000000000000000b", token.reveal()).0, 200, "nor the token");
    let bound = CreateEnrollmentTokenRequest { agent_id: Some(ID.into()), ..Default::default() };
    let bound = client.call(&bound).token;
    assert_eq!(Agent::enroll_with(&server, data.path(), "i-0000000000000000c", bound.reveal()).0, 409);
}
