//! The life of a run through the API, and what stands in the way of deleting one.

use inspector_api::inspector::{
    AddAttributesToFindingsRequest, AgentFilter, AgentHealth, AgentHealthCode, AssessmentRunFilter, AssessmentRunState,
    Attribute, CreateExclusionsPreviewRequest, DeleteAssessmentRunRequest, DeleteAssessmentTargetRequest,
    DescribeAssessmentTemplatesRequest, DescribeExclusionsRequest, FindingFilter, GetAssessmentReportRequest,
    GetExclusionsPreviewRequest, GetTelemetryMetadataRequest, ListAssessmentRunAgentsRequest,
    ListAssessmentRunsRequest, ListExclusionsRequest, ListFindingsRequest, ListTagsForResourceRequest,
    RemoveAttributesFromFindingsRequest, ReportFileFormat, ReportStatus, ReportType, SetTagsForResourceRequest,
    StopAction, StopAssessmentRunRequest, Tag, TimestampRange,
};
use inspector_api::openinspector::{DescribeCoverageRequest, Document, ImportSnapshotRequest};
use inspector_model::{Fact, Timestamp};

use crate::agent::Agent;
use crate::api::{Client, now};
use crate::crash::start_run;
use crate::host;
use crate::server::Server;

const ID: &str = "i-0000000000000000a";

/// A server with one agent that is in a run and has not delivered.
struct Collecting {
    data: tempfile::TempDir,
    server: Server,
    client: Client,
    agent: Agent,
    run: String,
}

fn collecting() -> Collecting {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let client = Client::of(&server, data.path());
    let agent = Agent::enroll(&server, &client, data.path(), ID);
    let (run, _) = start_run(&server, &client, std::slice::from_ref(&agent), &client.template(3600));
    Collecting { data, server, client, agent, run }
}

fn stop(run: &str, action: StopAction) -> StopAssessmentRunRequest {
    StopAssessmentRunRequest { assessment_run_arn: run.to_owned(), stop_action: Some(action) }
}

fn coverage(client: &Client, run: &str, package: &str) -> Option<(i64, i64)> {
    let coverage = client.call(&DescribeCoverageRequest { assessment_run_arn: run.to_owned() }).coverage;
    coverage.into_iter().find(|part| part.rules_package == package).map(|part| (part.pass, part.not_assessed))
}

#[test]
fn a_run_that_is_stopped_early_says_what_it_could_not_assess() {
    let Collecting { client, run, .. } = &collecting();
    client.call(&stop(run, StopAction::StartEvaluation));
    let described = client.wait(run, |state| state == AssessmentRunState::Completed);
    assert!(described.data_collected && described.completed_at.is_some());
    assert_eq!(client.findings(run).len(), 0, "nothing was seen, so nothing reads as clean either");
    let (passed, unassessed) = coverage(client, run, "best-practices").unwrap();
    assert!(passed == 0 && unassessed > 0);
    let list = ListExclusionsRequest { assessment_run_arn: run.clone(), next_token: None, max_results: None };
    assert!(!client.call(&list).exclusion_arns.is_empty());
    client.call(&stop(run, StopAction::SkipEvaluation));
    assert_eq!(client.describe(run).state, AssessmentRunState::Completed, "an end stays an end");
}

#[test]
fn a_run_that_is_cancelled_has_no_findings_and_takes_no_facts() {
    let Collecting { data, server, client, agent, run } = &collecting();
    client.call(&stop(run, StopAction::SkipEvaluation));
    let described = client.describe(run);
    assert_eq!(described.state, AssessmentRunState::Canceled);
    let facts = host::facts(data.path().join("root").as_path(), now());
    assert!(agent.deliver(server, std::slice::from_ref(run), &facts), "a late delivery is no error");
    assert_eq!(client.findings(run).len(), 0);
    assert_eq!(coverage(client, run, "cve"), None);
}

#[test]
fn nothing_above_a_run_in_progress_can_be_deleted_and_afterwards_everything_goes_at_once() {
    let Collecting { client, run, .. } = &collecting();
    let template = client.describe(run).assessment_template_arn;
    let target = template.split("/template/").next().unwrap().to_owned();
    let delete_target = DeleteAssessmentTargetRequest { assessment_target_arn: target };
    for refused in [
        client.refused(&delete_target),
        client.refused(&DeleteAssessmentRunRequest { assessment_run_arn: run.clone() }),
    ] {
        assert_eq!(refused["__type"], "AssessmentRunInProgressException");
        assert_eq!(refused["assessmentRunArns"][0], run.as_str());
    }
    client.call(&stop(run, StopAction::SkipEvaluation));
    client.call(&delete_target);
    let templates = DescribeAssessmentTemplatesRequest { assessment_template_arns: vec![template.clone()] };
    assert!(client.call(&templates).failed_items.contains_key(&template));
    let all = ListAssessmentRunsRequest::default();
    assert_eq!(client.call(&all).assessment_run_arns, Vec::<String>::new());
}

#[test]
fn agents_of_a_run_show_their_health_and_what_they_delivered() {
    let Collecting { data, server, client, agent, run } = &collecting();
    let list = |filter: Option<AgentFilter>| {
        let input = ListAssessmentRunAgentsRequest {
            assessment_run_arn: run.clone(),
            filter,
            next_token: None,
            max_results: None,
        };
        client.call(&input).assessment_run_agents
    };
    let rows = list(None);
    assert_eq!((rows.len(), rows[0].agent_health_code), (1, AgentHealthCode::Running));
    let unhealthy = AgentFilter { agent_healths: vec![AgentHealth::Unhealthy], agent_health_codes: vec![] };
    assert_eq!(list(Some(unhealthy)).len(), 0);
    let facts = host::facts(data.path().join("root").as_path(), now());
    assert!(agent.deliver(server, std::slice::from_ref(run), &facts));
    client.wait(run, |state| state == AssessmentRunState::Completed);
    let rows = list(None);
    assert_eq!((rows[0].agent_health_code, rows[0].telemetry_metadata.len()), (AgentHealthCode::Idle, 2));
    let total = GetTelemetryMetadataRequest { assessment_run_arn: run.clone() };
    assert_eq!(client.call(&total).telemetry_metadata, rows[0].telemetry_metadata, "one agent delivered all there is");
}

#[test]
fn a_run_that_has_not_ended_is_in_no_range_of_ends() {
    let Collecting { client, run, .. } = &collecting();
    let always = TimestampRange { begin_date: Some(Timestamp::from_millis(0)), end_date: None };
    let started = AssessmentRunFilter { start_time_range: Some(always.clone()), ..AssessmentRunFilter::default() };
    let ended = AssessmentRunFilter { completion_time_range: Some(always), ..AssessmentRunFilter::default() };
    let list = |filter| {
        client.call(&ListAssessmentRunsRequest { filter: Some(filter), ..Default::default() }).assessment_run_arns
    };
    assert_eq!((list(started), list(ended)), (vec![run.clone()], vec![]));
}

#[test]
fn a_report_link_opens_without_a_signature_and_a_changed_one_does_not() {
    let Collecting { client, run, .. } = &collecting();
    let report = |report_file_format| GetAssessmentReportRequest {
        assessment_run_arn: run.clone(),
        report_file_format,
        report_type: ReportType::Full,
    };
    assert_eq!(client.refused(&report(ReportFileFormat::Html))["__type"], "AssessmentRunInProgressException");
    client.call(&stop(run, StopAction::StartEvaluation));
    client.wait(run, |state| state == AssessmentRunState::Completed);
    let answer = client.call(&report(ReportFileFormat::Html));
    assert_eq!(answer.status, ReportStatus::Completed);
    let url = answer.url.unwrap();
    let page = ureq::get(&url).call().unwrap().into_body().read_to_string().unwrap();
    assert!(page.contains(ID), "the unchecked instance stands in the report");
    let forged = url.replace("/reports/", "/reports/A");
    assert!(matches!(ureq::get(&forged).call(), Err(ureq::Error::StatusCode(403))));
    let url = client.call(&report(ReportFileFormat::Pdf)).url.unwrap();
    let document = ureq::get(&url).call().unwrap().into_body().read_to_vec().unwrap();
    assert!(document.starts_with(b"%PDF-"));
}

#[test]
fn a_page_token_serves_no_other_list_and_no_other_filter() {
    let Collecting { client, .. } = &collecting();
    let forged = ListFindingsRequest { next_token: Some("AAAA".into()), ..ListFindingsRequest::default() };
    let refused = client.refused(&forged);
    assert_eq!(refused["errorCode"], "INVALID_PAGINATION_TOKEN");
    let none = ListFindingsRequest { max_results: Some(0), ..ListFindingsRequest::default() };
    assert_eq!(client.refused(&none)["errorCode"], "INVALID_MAX_RESULTS");
}

#[test]
fn a_broken_snapshot_is_refused_whole_and_names_the_document() {
    let Collecting { client, .. } = &collecting();
    let import = |content: &str| ImportSnapshotRequest {
        name: "broken".into(),
        documents: vec![Document { path: "vpcs.json".into(), content: content.into() }],
    };
    let refused = client.refused(&import(r#"{"Vpcs": ["#));
    assert_eq!(refused["__type"], "InvalidInputException");
    assert!(refused["message"].as_str().unwrap().contains("vpcs.json"), "{refused}");
    assert_eq!(client.call(&import(r#"{"Vpcs": []}"#)).instance_count, 0);
}

#[test]
fn user_attributes_and_tags_are_replaced_as_the_original_does() {
    let Collecting { data, server, client, agent, run } = &collecting();
    let facts = host::facts(data.path().join("root").as_path(), now());
    assert!(agent.deliver(server, std::slice::from_ref(run), &facts));
    client.wait(run, |state| state == AssessmentRunState::Completed);
    let arn = client.findings(run).remove(0).arn;
    let pair = |key: &str, value: &str| Attribute { key: key.into(), value: Some(value.into()) };
    let add = |attributes| AddAttributesToFindingsRequest { finding_arns: vec![arn.clone()], attributes };
    client.call(&add(vec![pair("team", "a"), pair("ticket", "1")]));
    client.call(&add(vec![pair("team", "b")]));
    let remove =
        RemoveAttributesFromFindingsRequest { finding_arns: vec![arn.clone()], attribute_keys: vec!["ticket".into()] };
    client.call(&remove);
    let by_attribute = |value: &str| {
        let filter = FindingFilter { user_attributes: Some(vec![pair("team", value)]), ..FindingFilter::default() };
        client.call(&ListFindingsRequest { filter: Some(filter), ..ListFindingsRequest::default() }).finding_arns
    };
    assert_eq!((by_attribute("a").len(), by_attribute("b")), (0, vec![arn.clone()]));
    let changed = client.findings(run).into_iter().find(|finding| finding.arn == arn).unwrap();
    assert_eq!(changed.user_attributes, [pair("team", "b")]);
    assert!(changed.updated_at > changed.created_at);
    let many = add((0..10).map(|n| pair(&format!("k{n}"), "v")).collect());
    assert!(client.call(&many).failed_items.contains_key(&arn), "the eleventh does not fit");

    let template = client.describe(run).assessment_template_arn;
    let set = |tags| SetTagsForResourceRequest { resource_arn: template.clone(), tags };
    let list = ListTagsForResourceRequest { resource_arn: template.clone() };
    let tag = Tag { key: "env".into(), value: Some("prod".into()) };
    assert_eq!(client.call(&list).tags, []);
    client.call(&set(Some(vec![tag.clone()])));
    assert_eq!(client.call(&list).tags, [tag]);
    client.call(&set(None));
    assert_eq!(client.call(&list).tags, []);
    let wrong = ListTagsForResourceRequest { resource_arn: run.clone() };
    assert_eq!(client.refused(&wrong)["errorCode"], "INVALID_RESOURCE_ARN");
    let telemetry = client.call(&GetTelemetryMetadataRequest { assessment_run_arn: run.clone() }).telemetry_metadata;
    assert_eq!(telemetry.iter().map(|line| line.count).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn a_preview_knows_the_operating_system_from_what_was_delivered_last() {
    let Collecting { data, server, client, agent, run } = &collecting();
    let template = client.describe(run).assessment_template_arn;
    let foreseen = || {
        let create = CreateExclusionsPreviewRequest { assessment_template_arn: template.clone() };
        let get = GetExclusionsPreviewRequest {
            assessment_template_arn: template.clone(),
            preview_token: client.call(&create).preview_token,
            next_token: None,
            max_results: None,
            locale: None,
        };
        let all = client.call(&get).exclusion_previews.unwrap();
        all.into_iter().filter(|one| one.title == "Rules package not supported by OS").collect::<Vec<_>>()
    };
    assert_eq!(foreseen().len(), 0, "nothing was delivered yet");
    let mut facts = host::facts(data.path().join("root").as_path(), now());
    if let Fact::Seen { value, .. } = &mut facts.os {
        value.id = "plan9".to_owned();
    }
    assert!(agent.deliver(server, std::slice::from_ref(run), &facts));
    client.wait(run, |state| state == AssessmentRunState::Completed);
    let list = ListExclusionsRequest { assessment_run_arn: run.clone(), next_token: None, max_results: None };
    let arns = client.call(&list).exclusion_arns;
    let described = client.call(&DescribeExclusionsRequest { exclusion_arns: arns, locale: None }).exclusions;
    let [foreseen] = foreseen().try_into().unwrap();
    assert!(described.values().any(|one| (&one.description, &one.scopes) == (&foreseen.description, &foreseen.scopes)));
}

#[test]
fn a_preview_foresees_what_the_run_then_excludes() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let client = Client::of(&server, data.path());
    let template = client.template(180);
    let create = CreateExclusionsPreviewRequest { assessment_template_arn: template.clone() };
    let preview_token = client.call(&create).preview_token;
    let get = GetExclusionsPreviewRequest {
        assessment_template_arn: template.clone(),
        preview_token,
        next_token: None,
        max_results: None,
        locale: None,
    };
    let foreseen: Vec<_> =
        client.call(&get).exclusion_previews.unwrap().into_iter().map(|one| (one.title, one.scopes)).collect();
    let run = client.start(&template);
    client.wait(&run, |state| state == AssessmentRunState::Completed);
    let list = ListExclusionsRequest { assessment_run_arn: run, next_token: None, max_results: None };
    let arns = client.call(&list).exclusion_arns;
    let described = client.call(&DescribeExclusionsRequest { exclusion_arns: arns.clone(), locale: None });
    let excluded: Vec<_> =
        arns.iter().map(|arn| &described.exclusions[arn]).map(|one| (one.title.clone(), one.scopes.clone())).collect();
    assert_eq!(foreseen, excluded);
    let unknown = GetExclusionsPreviewRequest { preview_token: "00000000-0000-0000-0000-000000000000".into(), ..get };
    assert_eq!(client.refused(&unknown)["__type"], "InvalidInputException");
}
