//! `DeleteAssessmentTarget`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{DeleteAssessmentTargetError, DeleteAssessmentTargetRequest};
use inspector_model::arn::TargetArn;
use inspector_store::run::{self, Parent};
use inspector_store::{target, transact};

use super::convert::internal;
use super::entity::{missing, own};
use super::in_progress;
use crate::Service;

/// Takes templates, runs, findings and exclusions along; refused while a run below is in progress.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: DeleteAssessmentTargetRequest,
) -> Result<(), DeleteAssessmentTargetError> {
    let arn: TargetArn = own::<_, DeleteAssessmentTargetError>(&input.assessment_target_arn, caller)?;
    let text = arn.to_string();
    transact!(service.store(), |conn| {
        if target::find(conn, &arn).await?.is_none() {
            return Ok(Err(missing(&arn).into()));
        }
        let running = run::in_progress(conn, Parent::Target(&text)).await?;
        if !running.is_empty() {
            return Ok(Err(in_progress(&running).into()));
        }
        target::delete(conn, &arn).await?;
        Ok(Ok(()))
    })
    .map_err(internal)?
}
