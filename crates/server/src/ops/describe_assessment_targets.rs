//! `DescribeAssessmentTargets`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    AssessmentTarget, DescribeAssessmentTargetsError, DescribeAssessmentTargetsRequest,
    DescribeAssessmentTargetsResponse, FailedItemErrorCode,
};
use inspector_model::arn::TargetArn;
use inspector_store::target;

use super::convert::internal;
use super::entity::{batch, failed};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: DescribeAssessmentTargetsRequest,
) -> Result<DescribeAssessmentTargetsResponse, DescribeAssessmentTargetsError> {
    let (arns, mut failed_items) = batch::<TargetArn>(input.assessment_target_arns, caller);
    let mut assessment_targets = Vec::new();
    let mut conn = service.store().reader().await.map_err(internal)?;
    for arn in arns {
        match target::find(&mut conn, &arn).await.map_err(internal)? {
            Some(target) => assessment_targets.push(AssessmentTarget {
                arn: target.arn.to_string(),
                name: target.name,
                resource_group_arn: target.resource_group.map(|arn| arn.to_string()),
                created_at: target.created_at,
                updated_at: target.updated_at,
            }),
            None => {
                failed_items.insert(arn.to_string(), failed(FailedItemErrorCode::ItemDoesNotExist));
            }
        }
    }
    Ok(DescribeAssessmentTargetsResponse { assessment_targets, failed_items })
}
