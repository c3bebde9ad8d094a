//! What can be said of hosts before a run, from the facts that they delivered last.

use std::collections::BTreeMap;
use std::sync::Arc;

use inspector_assess::rules_package::cve;
use inspector_model::{Reason, ReasonCode};
use inspector_store::{Store, StoreError, run};

use super::inputs::decoded;
use crate::Service;

/// Why the vulnerabilities of each of `agents` could not be looked for; an agent that is not in the answer is either in
/// order or has delivered nothing yet.
pub(crate) async fn unmatched_hosts(
    service: &Service,
    agents: Vec<String>,
) -> Result<BTreeMap<String, Reason>, StoreError> {
    let loading = service.clone();
    let content = Arc::new(blocking(move || Ok(loading.content())).await?);
    let mut reasons = BTreeMap::new();
    for agent in agents {
        let facts = last_facts(service.store(), &agent).await?;
        let content = content.clone();
        let reason = blocking(move || match (&content.advisories, facts) {
            (Err(why), _) => Ok(Some(Reason::new(ReasonCode::AdvisoriesMissing, why.as_str()))),
            (Ok(_), None) => Ok(None),
            (Ok(database), Some(facts)) => Ok(cve::unmatched_host(&decoded("facts", &facts)?, database)),
        });
        reasons.extend(reason.await?.map(|reason| (agent, reason)));
    }
    Ok(reasons)
}

/// Runs `work` where it holds nobody up.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| StoreError::Malformed { what: "foresight".to_owned(), why: error.to_string() })?
}

async fn last_facts(store: &Store, agent: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let digest = run::last_facts(&mut *store.reader().await?, agent).await?;
    match digest {
        Some(digest) => Ok(Some(store.blobs().get(&digest).await?)),
        None => Ok(None),
    }
}
