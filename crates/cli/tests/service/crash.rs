//! `kill -9` during a run: the run completes once, and no finding is lost or doubled.

use std::path::Path;

use inspector_api::inspector::{AssessmentRun, AssessmentRunState};
use inspector_api::openinspector::{AgentHealth, ListAgentsRequest};

use crate::agent::Agent;
use crate::api::{Client, now};
use crate::host;
use crate::server::Server;

const PATH: [AssessmentRunState; 9] = [
    AssessmentRunState::Created,
    AssessmentRunState::StartDataCollectionPending,
    AssessmentRunState::StartDataCollectionInProgress,
    AssessmentRunState::CollectingData,
    AssessmentRunState::StopDataCollectionPending,
    AssessmentRunState::DataCollected,
    AssessmentRunState::StartEvaluatingRulesPending,
    AssessmentRunState::EvaluatingRules,
    AssessmentRunState::Completed,
];

/// Starts a run while every agent waits for work; what each of them was asked for.
pub(crate) fn start_run(
    server: &Server,
    client: &Client,
    agents: &[Agent],
    template: &str,
) -> (String, Vec<Vec<String>>) {
    std::thread::scope(|scope| {
        let waiting: Vec<_> = agents.iter().map(|agent| scope.spawn(|| agent.check_in(server))).collect();
        loop {
            let listed = client.call(&ListAgentsRequest::default()).agents;
            if listed.iter().filter(|agent| agent.agent_health == AgentHealth::Healthy).count() == agents.len() {
                break;
            }
        }
        let run = client.start(template);
        (run, waiting.into_iter().map(|agent| agent.join().unwrap()).collect())
    })
}

fn assert_complete(client: &Client, run: &str, wanted: &[(String, String, String)]) -> AssessmentRun {
    let described = client.wait(run, |state| {
        matches!(
            state,
            AssessmentRunState::Completed | AssessmentRunState::CompletedWithErrors | AssessmentRunState::Error
        )
    });
    let states: Vec<_> = described.state_changes.iter().map(|change| change.state).collect();
    assert_eq!(states, PATH);
    let mut found: Vec<_> = client
        .findings(run)
        .into_iter()
        .map(|finding| {
            let agent = finding.asset_attributes.and_then(|asset| asset.agent_id).unwrap();
            (finding.id.unwrap(), agent, finding.title.unwrap())
        })
        .collect();
    found.sort();
    assert_eq!(found, wanted);
    let counted: i32 = described.finding_counts.values().sum();
    assert_eq!(usize::try_from(counted).unwrap(), wanted.len());
    described
}

#[test]
fn a_kill_during_collection_loses_no_acknowledged_delivery() {
    let (data, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let facts = host::facts(root.path(), now());
    let server = Server::start(data.path());
    let client = Client::of(&server, data.path());
    let ids = ["i-0000000000000000a", "i-0000000000000000b"];
    let agents = ids.map(|id| Agent::enroll(&server, &client, data.path(), id));
    let (run, asked) = start_run(&server, &client, &agents, &client.template(3600));
    assert_eq!(asked, [vec![run.clone()], vec![run.clone()]]);
    let [first, second] = &agents;
    assert!(first.deliver(&server, std::slice::from_ref(&run), &facts));
    server.kill();

    let server = Server::start(data.path());
    let client = Client::of(&server, data.path());
    assert_eq!(client.describe(&run).state, AssessmentRunState::CollectingData);
    assert_eq!(second.check_in(&server), std::slice::from_ref(&run));
    assert!(second.deliver(&server, std::slice::from_ref(&run), &facts));
    assert_complete(&client, &run, &host::expected(&facts, &ids));
    assert!(server.terminate());
}

#[test]
fn a_kill_during_evaluation_neither_loses_nor_doubles_a_finding() {
    let (data, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let facts = host::facts(root.path(), now());
    let server = Server::start(data.path());
    let client = Client::of(&server, data.path());
    let ids: Vec<String> = (0..8).map(|n| format!("i-0000000000000000{n}")).collect();
    let agents: Vec<_> = ids.iter().map(|id| Agent::enroll(&server, &client, data.path(), id)).collect();
    let wanted = host::expected(&facts, &ids.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(wanted.len() > 100, "the evaluation must be long enough to be hit: {}", wanted.len());
    let template = client.template(3600);
    let mut hits = 0;
    let (mut server, mut client) = (server, client);
    for _ in 0..5 {
        let (run, _) = start_run(&server, &client, &agents, &template);
        for agent in &agents {
            assert!(agent.deliver(&server, std::slice::from_ref(&run), &facts));
        }
        client.wait(&run, |state| state >= AssessmentRunState::EvaluatingRules);
        server.kill();
        let killed_at = now();
        (server, client) = restart(data.path());
        let described = assert_complete(&client, &run, &wanted);
        hits += i32::from(described.completed_at > Some(killed_at));
    }
    assert!(hits > 0, "no kill fell into an evaluation");
}

#[test]
fn evidence_that_was_damaged_makes_a_run_fail_and_not_look_clean() {
    let (data, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(data.path());
    let client = Client::of(&server, data.path());
    let ids = ["i-0000000000000000a", "i-0000000000000000b"];
    let agents = ids.map(|id| Agent::enroll(&server, &client, data.path(), id));
    let (run, _) = start_run(&server, &client, &agents, &client.template(3600));
    let [first, second] = &agents;
    let runs = std::slice::from_ref(&run);
    assert!(first.deliver(&server, runs, &host::facts(root.path(), now().plus_seconds(-60))));
    for folder in std::fs::read_dir(data.path().join("blobs")).unwrap() {
        for blob in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            std::fs::write(blob.unwrap().path(), "rubbish").unwrap();
        }
    }
    assert!(second.deliver(&server, runs, &host::facts(root.path(), now())));
    let described = client.wait(&run, |state| state > AssessmentRunState::EvaluatingRules);
    assert_eq!(described.state, AssessmentRunState::Error);
    assert_eq!(client.findings(&run).len(), 0);
}

fn restart(data: &Path) -> (Server, Client) {
    let server = Server::start(data);
    let client = Client::of(&server, data);
    (server, client)
}
