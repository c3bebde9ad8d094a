//! Deliveries in parts: what the service accepted last is known by its digests, and only what changed is sent.

use inspector_model::agent::FactsRequest;
use inspector_model::delivery::{Digests, Parts};

use crate::client::{Client, Refusal};

/// What the service accepted last from this process.
#[derive(Default)]
pub(crate) struct Deliverer {
    accepted: Option<Digests>,
}

impl Deliverer {
    /// Delivers `request`: the changes, and everything when the service holds another base.
    pub(crate) fn deliver(&mut self, client: &Client, request: &FactsRequest) -> Result<(), Refusal> {
        let parts = Parts::of(request).map_err(|error| Refusal::Final(error.to_string()))?;
        let (digests, base) = (parts.digests(), self.accepted.take());
        let mut sent = client.deliver(&parts.since(&digests, base.as_ref(), &request.runs));
        if let (Err(Refusal::OtherBase(_)), Some(_)) = (&sent, base) {
            sent = client.deliver(&parts.since(&digests, None, &request.runs));
        }
        sent?;
        self.accepted = Some(digests);
        Ok(())
    }
}
