//! The instances that a target means at present.

use std::collections::BTreeMap;

use inspector_assess::target::{select, with_agents};
use inspector_model::arn::Scope;
use inspector_model::asset::Asset;
use inspector_store::agent::{self, Agent};
use inspector_store::target::Target;
use inspector_store::{Connection, StoreError, resource_group, snapshot};

/// Instances by id, and the agents of the account and Region by id.
pub(super) struct Meant {
    pub(super) assets: Vec<Asset>,
    pub(super) agents: BTreeMap<String, Agent>,
}

/// Resolves `target`: instances of imported snapshots and enrolled agents, those that its resource group selects.
pub(super) async fn meant(conn: &mut Connection, target: &Target) -> Result<Meant, StoreError> {
    let scope: &Scope = &target.arn.scope;
    let agents = agent::of_scope(conn, scope).await?;
    let hosts = agents.iter().map(asset).collect();
    let all = with_agents(snapshot::instances(conn, scope).await?, hosts);
    let own = agents.iter().map(|agent| (agent.id.clone(), agent.tags.clone())).collect();
    let assets = match &target.resource_group {
        None => all,
        Some(arn) => {
            let group = resource_group::find(conn, arn).await?;
            let tags = group.map(|group| group.tags).unwrap_or_default();
            select(Some(&tags), all, &own)
        }
    };
    Ok(Meant { assets, agents: agents.into_iter().map(|agent| (agent.id.clone(), agent)).collect() })
}

fn asset(agent: &Agent) -> Asset {
    Asset {
        id: agent.id.clone(),
        hostname: (!agent.hostname.is_empty()).then(|| agent.hostname.clone()),
        tags: agent.tags.clone(),
        ..Asset::default()
    }
}
