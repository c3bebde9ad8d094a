//! A new certificate for a new key, asked for with the old one.

use std::path::Path;

use inspector_model::agent::RenewRequest;
use rcgen::KeyPair;

use crate::client::{Client, Refusal};
use crate::enroll::certificate_request;
use crate::failure::Failure;
use crate::identity::Identity;
use crate::proxy::Proxy;

/// Why there is no new certificate.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotRenewed {
    /// The service said so.
    #[error("cannot renew the certificate: {0}")]
    Refused(#[from] Refusal),
    /// This host could not make or keep it.
    #[error("{0}")]
    Here(Failure),
}

/// Renews `identity` and keeps it in `state_dir`. The service accepts the old certificate until the new one is used, so
/// that a crash anywhere in here leaves an agent that can speak.
pub(crate) fn renew(
    client: &Client,
    identity: &Identity,
    proxy: Option<&Proxy>,
    state_dir: &Path,
) -> Result<(Client, Identity), NotRenewed> {
    let here = |error: rcgen::Error| NotRenewed::Here(Failure::because("cannot make a key", error));
    let key = KeyPair::generate().map_err(here)?;
    let certificate_request = certificate_request(&identity.agent_id, &key).map_err(NotRenewed::Here)?;
    let answer = client.renew(&RenewRequest { certificate_request })?;
    let renewed = Identity {
        certificate: answer.certificate,
        private_key: key.serialize_pem(),
        expires_at: answer.expires_at,
        ..identity.clone()
    };
    let client = Client::enrolled(&renewed, proxy).map_err(NotRenewed::Here)?;
    renewed.save(state_dir).map_err(NotRenewed::Here)?;
    Ok((client, renewed))
}
