//! A signed client of the API.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use inspector_api::Sensitive;
use inspector_api::canonical::Parts;
use inspector_api::codec::{self, CONTENT_TYPE, Request};
use inspector_api::inspector::{
    AssessmentRun, AssessmentRunState, CreateAssessmentTargetRequest, CreateAssessmentTemplateRequest,
    DescribeAssessmentRunsRequest, DescribeFindingsRequest, DescribeRulesPackagesRequest, Finding, ListFindingsRequest,
    ListRulesPackagesRequest, SIGNING_NAME, StartAssessmentRunRequest,
};
use inspector_api::sign::{Credentials, sign};
use inspector_model::Timestamp;

use crate::server::Server;

pub(crate) struct Client {
    url: String,
    credentials: Credentials,
}

pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap())
}

impl Client {
    /// Signs with the key that the server wrote into its data directory.
    pub(crate) fn of(server: &Server, dir: &Path) -> Self {
        let text = std::fs::read_to_string(dir.join("credentials")).unwrap();
        let value = |key: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
            line.unwrap().to_owned()
        };
        let credentials = Credentials {
            access_key_id: value("aws_access_key_id"),
            secret_access_key: Sensitive::new(value("aws_secret_access_key")),
            session_token: None,
        };
        Self { url: server.api.clone(), credentials }
    }

    /// The answer to an operation that succeeds.
    pub(crate) fn call<R: Request>(&self, input: &R) -> R::Response {
        let (success, answer) = self.send(input);
        assert!(success, "{}: {}", R::TARGET, String::from_utf8_lossy(&answer));
        codec::decode_output::<R>(&answer).unwrap()
    }

    /// The error of an operation that is refused.
    pub(crate) fn refused<R: Request>(&self, input: &R) -> serde_json::Value {
        let (success, answer) = self.send(input);
        assert!(!success, "{} succeeded", R::TARGET);
        serde_json::from_slice(&answer).unwrap()
    }

    fn send<R: Request>(&self, input: &R) -> (bool, Vec<u8>) {
        let body = codec::encode(input).unwrap();
        let host = self.url.strip_prefix("http://").unwrap();
        let mut headers: Vec<(String, String)> =
            [("content-type", CONTENT_TYPE), ("host", host), ("x-amz-target", R::TARGET)]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec();
        headers.push(("amz-sdk-invocation-id".to_owned(), uuid::Uuid::new_v4().to_string()));
        let parts = Parts { method: "POST", path: "/", query: "", headers: &headers };
        headers.extend(sign(&parts, &body, &self.credentials, "us-east-1", SIGNING_NAME, now()));
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let request = headers
            .iter()
            .fold(agent.post(format!("{}/", self.url)), |request, (name, value)| request.header(name, value));
        let mut response = request.send(&body[..]).unwrap();
        let answer = response.body_mut().read_to_vec().unwrap();
        (response.status().is_success(), answer)
    }

    /// A template over all instances, with all rules packages that are done as soon as facts have come: observing a host
    /// takes the whole duration.
    pub(crate) fn template(&self, duration_in_seconds: i32) -> String {
        let all = self.call(&ListRulesPackagesRequest::default()).rules_package_arns;
        let describe = DescribeRulesPackagesRequest { rules_package_arns: all, locale: None };
        let packages = self.call(&describe).rules_packages.into_iter();
        let packages = packages.filter(|package| !package.name.starts_with("Runtime Behavior"));
        let packages = packages.map(|package| package.arn).collect();
        let target = CreateAssessmentTargetRequest { assessment_target_name: "all".into(), resource_group_arn: None };
        let template = CreateAssessmentTemplateRequest {
            assessment_target_arn: self.call(&target).assessment_target_arn,
            assessment_template_name: "everything".into(),
            duration_in_seconds,
            rules_package_arns: packages,
            user_attributes_for_findings: None,
        };
        self.call(&template).assessment_template_arn
    }

    pub(crate) fn start(&self, template: &str) -> String {
        let start =
            StartAssessmentRunRequest { assessment_template_arn: template.to_owned(), assessment_run_name: None };
        self.call(&start).assessment_run_arn
    }

    pub(crate) fn describe(&self, run: &str) -> AssessmentRun {
        let described = self.call(&DescribeAssessmentRunsRequest { assessment_run_arns: vec![run.to_owned()] });
        described.assessment_runs.into_iter().next().unwrap()
    }

    /// Asks until the run is in a state that `wanted` accepts.
    pub(crate) fn wait(&self, run: &str, wanted: impl Fn(AssessmentRunState) -> bool) -> AssessmentRun {
        let patience = Instant::now() + Duration::from_secs(60);
        loop {
            let described = self.describe(run);
            if wanted(described.state) {
                return described;
            }
            assert!(Instant::now() < patience, "the run stays in {}", described.state);
        }
    }

    /// Every finding of a run, page by page.
    pub(crate) fn findings(&self, run: &str) -> Vec<Finding> {
        let (mut arns, mut next_token) = (Vec::new(), None);
        loop {
            let list = ListFindingsRequest {
                assessment_run_arns: Some(vec![run.to_owned()]),
                max_results: Some(100),
                next_token,
                ..ListFindingsRequest::default()
            };
            let page = self.call(&list);
            arns.extend(page.finding_arns);
            next_token = page.next_token;
            if next_token.is_none() {
                break;
            }
        }
        let describe = |chunk: &[String]| {
            let answer = self.call(&DescribeFindingsRequest { finding_arns: chunk.to_vec(), locale: None });
            assert!(answer.failed_items.is_empty(), "{:?}", answer.failed_items);
            answer.findings
        };
        arns.chunks(10).flat_map(describe).collect()
    }
}
