//! `PreviewAgents`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{AgentPreview, PreviewAgentsError, PreviewAgentsRequest, PreviewAgentsResponse};
use inspector_model::Timestamp;
use inspector_model::arn::TargetArn;
use inspector_model::asset::Asset;
use inspector_store::agent::Agent;
use inspector_store::target;

use super::convert::{self, internal};
use super::entity::{missing, own};
use super::instances::meant;
use super::paging::{Paging, limit};
use crate::Service;
use crate::health::health;
use crate::world::now;

/// One row for each instance that the target means now, with an agent or without.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: PreviewAgentsRequest,
) -> Result<PreviewAgentsResponse, PreviewAgentsError> {
    let arn: TargetArn = own::<_, PreviewAgentsError>(&input.preview_agents_arn, caller)?;
    let paging = Paging::of(service, caller, "PreviewAgents", &arn);
    let after = paging.after(input.next_token.as_deref())?.unwrap_or_default();
    let limit = usize::try_from(limit(input.max_results, 10, 100)?).unwrap_or_default();
    let mut conn = service.store().reader().await.map_err(internal)?;
    let target = target::find(&mut conn, &arn).await.map_err(internal)?.ok_or_else(|| missing(&arn))?;
    let meant = meant(&mut conn, &target).await.map_err(internal)?;
    let mut rest = meant.assets.iter().skip_while(|asset| asset.id <= after);
    let page: Vec<_> = rest.by_ref().take(limit).collect();
    let next_token = rest.next().and(page.last()).map(|last| paging.token(&last.id));
    let now = now();
    let agent_previews = page.iter().map(|asset| preview(asset, meant.agents.get(&asset.id), now)).collect();
    Ok(PreviewAgentsResponse { agent_previews, next_token })
}

fn preview(asset: &Asset, agent: Option<&Agent>, now: Timestamp) -> AgentPreview {
    let text = |read: fn(&Agent) -> &String| agent.map(read).filter(|text| !text.is_empty()).cloned();
    let address = asset.public_address().filter(std::net::IpAddr::is_ipv4);
    AgentPreview {
        hostname: asset.hostname.clone().or_else(|| text(|agent| &agent.hostname)),
        agent_id: asset.id.clone(),
        auto_scaling_group: asset.auto_scaling_group.clone(),
        agent_health: Some(convert::health(health(agent, now))),
        agent_version: text(|agent| &agent.version),
        operating_system: text(|agent| &agent.operating_system),
        kernel_version: text(|agent| &agent.kernel_version),
        ipv4_address: address.map(|address| address.to_string()),
    }
}
