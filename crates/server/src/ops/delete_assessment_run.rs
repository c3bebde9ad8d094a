//! `DeleteAssessmentRun`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{DeleteAssessmentRunError, DeleteAssessmentRunRequest};
use inspector_model::arn::RunArn;
use inspector_store::run::{self, Parent};
use inspector_store::transact;

use super::convert::internal;
use super::entity::{missing, own};
use super::in_progress;
use crate::Service;

/// Takes findings and exclusions along; refused while the run is in progress.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: DeleteAssessmentRunRequest,
) -> Result<(), DeleteAssessmentRunError> {
    let arn: RunArn = own::<_, DeleteAssessmentRunError>(&input.assessment_run_arn, caller)?;
    let text = arn.to_string();
    transact!(service.store(), |conn| {
        match run::find(conn, &arn).await? {
            None => Ok(Err(missing(&arn).into())),
            Some(run) if !run.state.terminal() => Ok(Err(in_progress(&[run.arn]).into())),
            Some(_) => {
                run::delete_where(conn, Parent::Run(&text)).await?;
                Ok(Ok(()))
            }
        }
    })
    .map_err(internal)?
}
