//! `DescribeAssessmentRuns`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    AssessmentRun, AssessmentRunNotification, AssessmentRunNotificationSnsStatusCode, AssessmentRunStateChange,
    DescribeAssessmentRunsError, DescribeAssessmentRunsRequest, DescribeAssessmentRunsResponse, FailedItemErrorCode,
};
use inspector_model::arn::RunArn;
use inspector_store::delivery::{self, Told};
use inspector_store::run::{self, Run, StateChange};

use super::convert::{attributes, counts, event, int, internal, package_arns, state};
use super::entity::{batch, failed};
use crate::Service;

/// How many notifications the API's list holds.
const MAX_NOTIFICATIONS: u32 = 50;
/// How long the API's messages may be, in characters.
const MAX_MESSAGE: usize = 1000;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: DescribeAssessmentRunsRequest,
) -> Result<DescribeAssessmentRunsResponse, DescribeAssessmentRunsError> {
    let (arns, mut failed_items) = batch::<RunArn>(input.assessment_run_arns, caller);
    let mut assessment_runs = Vec::new();
    let mut conn = service.store().reader().await.map_err(internal)?;
    for arn in arns {
        let Some(run) = run::find(&mut conn, &arn).await.map_err(internal)? else {
            failed_items.insert(arn.to_string(), failed(FailedItemErrorCode::ItemDoesNotExist));
            continue;
        };
        let changes = run::changes(&mut conn, &arn).await.map_err(internal)?;
        let told = delivery::of_run(&mut conn, &arn, MAX_NOTIFICATIONS).await.map_err(internal)?;
        assessment_runs.push(described(run, &changes, told));
    }
    Ok(DescribeAssessmentRunsResponse { assessment_runs, failed_items })
}

fn described(run: Run, changes: &[StateChange], told: Vec<Told>) -> AssessmentRun {
    let change =
        |change: &StateChange| AssessmentRunStateChange { state_changed_at: change.at, state: state(change.state) };
    AssessmentRun {
        arn: run.arn.to_string(),
        name: run.name,
        assessment_template_arn: run.arn.parent().to_string(),
        state: state(run.state),
        duration_in_seconds: int(run.duration),
        rules_package_arns: package_arns(&run.packages, &run.arn.scope.region),
        user_attributes_for_findings: attributes(&run.user_attributes),
        created_at: run.created_at,
        started_at: run.started_at,
        completed_at: run.completed_at,
        state_changed_at: run.state_changed_at,
        data_collected: run.data_collected,
        state_changes: changes.iter().map(change).collect(),
        notifications: told.into_iter().map(notification).collect(),
        finding_counts: counts(run.counts),
    }
}

fn notification(told: Told) -> AssessmentRunNotification {
    let code = told.outcome.parse().unwrap_or(AssessmentRunNotificationSnsStatusCode::InternalError);
    AssessmentRunNotification {
        date: told.at,
        event: event(told.delivery.event),
        message: told.why.map(|why| why.chars().take(MAX_MESSAGE).collect()),
        error: code != AssessmentRunNotificationSnsStatusCode::Success,
        sns_topic_arn: Some(told.delivery.topic),
        sns_publish_status_code: Some(code),
    }
}
