//! `CreateExclusionsPreview`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    CreateExclusionsPreviewError, CreateExclusionsPreviewRequest, CreateExclusionsPreviewResponse,
    PreviewGenerationInProgressException,
};
use inspector_assess::preview::{AgentState, Candidate, expected};
use inspector_model::arn::TemplateArn;
use inspector_model::exclusion::Exclusion;
use inspector_model::{PackageKey, Timestamp};
use inspector_store::{StoreError, preview, target, template, transact};
use uuid::Uuid;

use super::convert::internal;
use super::entity::{missing, own};
use super::instances::{Meant, meant};
use crate::Service;
use crate::engine::{known, unmatched_hosts};
use crate::health::{Health, health};
use crate::world::now;

/// How long a preview is kept, in seconds.
const LIFE_SECONDS: i64 = 86_400;

/// Made while its asker waits: what is known beforehand is in the store. One at a time for each template.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: CreateExclusionsPreviewRequest,
) -> Result<CreateExclusionsPreviewResponse, CreateExclusionsPreviewError> {
    let arn: TemplateArn = own::<_, CreateExclusionsPreviewError>(&input.assessment_template_arn, caller)?;
    let Some(_making) = service.make_preview(&arn) else {
        let message = "a preview of this template is being made; ask again when it is there";
        return Err(PreviewGenerationInProgressException { message: message.to_owned() }.into());
    };
    let (token, now) = (Uuid::new_v4().to_string(), now());
    let mut conn = service.store().reader().await.map_err(internal)?;
    let found = template::find(&mut conn, &arn).await.map_err(internal)?;
    let template = found.ok_or_else(|| missing(&arn))?;
    let found = target::find(&mut conn, &arn.parent()).await.map_err(internal)?;
    let meant = meant(&mut conn, &found.ok_or_else(|| missing(&arn))?).await.map_err(internal)?;
    drop(conn);
    let exclusions = foreseen(service, &template.packages, meant, now).await.map_err(internal)?;
    let forget_before = now.plus_seconds(-LIFE_SECONDS);
    transact!(service.store(), |conn| preview::insert(conn, &token, &arn, &exclusions, now, forget_before).await)
        .map_err(internal)?;
    Ok(CreateExclusionsPreviewResponse { preview_token: token })
}

async fn foreseen(
    service: &Service,
    packages: &[PackageKey],
    meant: Meant,
    now: Timestamp,
) -> Result<Vec<Exclusion>, StoreError> {
    let Meant { assets, agents } = meant;
    let asked = assets
        .iter()
        .map(|asset| &asset.id)
        .filter(|id| packages.contains(&PackageKey::Cve) && agents.contains_key(*id));
    let asked = asked.cloned().collect();
    let mut unmatched = unmatched_hosts(service, asked).await?;
    let candidates = assets.into_iter().map(|asset| Candidate {
        agent: match (agents.get(&asset.id), health(agents.get(&asset.id), now)) {
            (None, _) => AgentState::Absent,
            (Some(_), Health::Healthy) => AgentState::Well,
            (Some(_), Health::Unhealthy | Health::Unknown) => AgentState::Silent,
        },
        unmatched: unmatched.remove(&asset.id),
        asset,
    });
    Ok(expected(packages, &known().collect::<Vec<_>>(), &candidates.collect::<Vec<_>>()))
}
