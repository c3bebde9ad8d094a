//! `GetExclusionsPreview`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    GetExclusionsPreviewError, GetExclusionsPreviewRequest, GetExclusionsPreviewResponse, InvalidInputErrorCode,
    InvalidInputException, PreviewStatus,
};
use inspector_model::arn::TemplateArn;
use inspector_store::{preview, template};

use super::convert::{self, internal};
use super::entity::{missing, own};
use super::paging::{Paging, limit};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: GetExclusionsPreviewRequest,
) -> Result<GetExclusionsPreviewResponse, GetExclusionsPreviewError> {
    let arn: TemplateArn = own::<_, GetExclusionsPreviewError>(&input.assessment_template_arn, caller)?;
    let paging = Paging::of(service, caller, "GetExclusionsPreview", &(&arn, &input.preview_token));
    let from = paging.after(input.next_token.as_deref())?.and_then(|place| place.parse().ok()).unwrap_or(0);
    let limit = usize::try_from(limit(input.max_results, 100, 100)?).unwrap_or_default();
    let mut conn = service.store().reader().await.map_err(internal)?;
    template::find(&mut conn, &arn).await.map_err(internal)?.ok_or_else(|| missing(&arn))?;
    let found = preview::find(&mut conn, &input.preview_token, &arn).await.map_err(internal)?;
    let exclusions = found.ok_or_else(unknown)?;
    let page: Vec<_> = exclusions.iter().skip(from).take(limit).cloned().collect();
    let end = from + page.len();
    Ok(GetExclusionsPreviewResponse {
        preview_status: PreviewStatus::Completed,
        exclusion_previews: Some(page.into_iter().map(|one| convert::exclusion_preview(one, &arn)).collect()),
        next_token: (end < exclusions.len()).then(|| paging.token(&end.to_string())),
    })
}

/// The API has no code for an unknown preview; a resource that is not there is the nearest.
fn unknown() -> InvalidInputException {
    let message = "`previewToken` is not one that this template was given in the last day";
    InvalidInputException::new(InvalidInputErrorCode::InvalidResourceArn, message)
}
