//! `DeleteAssessmentTemplate`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{DeleteAssessmentTemplateError, DeleteAssessmentTemplateRequest};
use inspector_model::arn::TemplateArn;
use inspector_store::run::{self, Parent};
use inspector_store::{template, transact};

use super::convert::internal;
use super::entity::{missing, own};
use super::in_progress;
use crate::Service;

/// Takes runs, findings and exclusions along; refused while a run below is in progress.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: DeleteAssessmentTemplateRequest,
) -> Result<(), DeleteAssessmentTemplateError> {
    let arn: TemplateArn = own::<_, DeleteAssessmentTemplateError>(&input.assessment_template_arn, caller)?;
    let text = arn.to_string();
    transact!(service.store(), |conn| {
        if template::find(conn, &arn).await?.is_none() {
            return Ok(Err(missing(&arn).into()));
        }
        let running = run::in_progress(conn, Parent::Template(&text)).await?;
        if !running.is_empty() {
            return Ok(Err(in_progress(&running).into()));
        }
        template::delete(conn, &arn).await?;
        Ok(Ok(()))
    })
    .map_err(internal)?
}
