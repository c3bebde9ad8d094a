//! `OpenInspector.ListAgents`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{
    AgentHealth, EnrolledAgent, InvalidInputException, ListAgentsError, ListAgentsRequest, ListAgentsResponse, Tag,
};
use inspector_model::Timestamp;
use inspector_store::agent::{self, Agent};

use super::own_internal;
use super::paging::Paging;
use crate::Service;
use crate::health::{Health, diagnosis, health};
use crate::world::now;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: ListAgentsRequest,
) -> Result<ListAgentsResponse, ListAgentsError> {
    let paging = Paging::of(service, caller, "ListAgents", &());
    let after = paging
        .after(input.next_token.as_deref())
        .map_err(|error| InvalidInputException::new("INVALID_PAGINATION_TOKEN".to_owned(), error.message))?;
    let after = after.unwrap_or_default();
    let limit = usize::try_from(input.max_results.unwrap_or(100)).unwrap_or_default();
    let mut conn = service.store().reader().await.map_err(own_internal)?;
    let agents = agent::of_scope(&mut conn, &caller.scope).await.map_err(own_internal)?;
    let mut rest = agents.into_iter().skip_while(|agent| agent.id <= after);
    let page: Vec<_> = rest.by_ref().take(limit).collect();
    let next_token = rest.next().and(page.last()).map(|last| paging.token(&last.id));
    let now = now();
    Ok(ListAgentsResponse { agents: page.into_iter().map(|agent| described(agent, now)).collect(), next_token })
}

fn described(agent: Agent, now: Timestamp) -> EnrolledAgent {
    let agent_health = match health(Some(&agent), now) {
        Health::Healthy => AgentHealth::Healthy,
        Health::Unhealthy => AgentHealth::Unhealthy,
        Health::Unknown => AgentHealth::Unknown,
    };
    let diagnosis = diagnosis(Some(&agent), now);
    let (health_code, health_reason, next_step) = match diagnosis {
        Some(told) => (Some(told.code), Some(told.reason), Some(told.next_step)),
        None => (None, None, None),
    };
    let text = |text: String| (!text.is_empty()).then_some(text);
    EnrolledAgent {
        agent_id: agent.id,
        hostname: text(agent.hostname),
        agent_health,
        agent_version: text(agent.version),
        operating_system: text(agent.operating_system),
        kernel_version: text(agent.kernel_version),
        tags: agent.tags.into_iter().map(|tag| Tag { key: tag.key, value: tag.value }).collect(),
        enrolled_at: agent.enrolled_at,
        last_seen_at: agent.last_seen_at,
        certificate_expires_at: agent.certificate.expires_at,
        health_code,
        health_reason,
        next_step,
    }
}
