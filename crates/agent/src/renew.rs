//! A new certificate for a new key, asked for with the old one.

use std::path::Path;

use inspector_model::agent::RenewRequest;
use rcgen::KeyPair;

use crate::client::Client;
use crate::enroll::certificate_request;
use crate::failure::Failure;
use crate::identity::Identity;
use crate::proxy::Proxy;

/// Renews `identity` and keeps it in `state_dir`. The service accepts the old certificate until the new one is used, so
/// that a crash anywhere in here leaves an agent that can speak. An error is for people.
pub(crate) fn renew(
    client: &Client,
    identity: &Identity,
    proxy: Option<&Proxy>,
    state_dir: &Path,
) -> Result<(Client, Identity), String> {
    let here = |failure: Failure| failure.to_string();
    let key = KeyPair::generate().map_err(|error| here(Failure::because("cannot make a key", error)))?;
    let certificate_request = certificate_request(&identity.agent_id, &key).map_err(here)?;
    let answer = client.renew(&RenewRequest { certificate_request });
    let answer = answer.map_err(|refusal| format!("cannot renew the certificate: {refusal}"))?;
    let renewed = Identity {
        certificate: answer.certificate,
        private_key: key.serialize_pem(),
        expires_at: answer.expires_at,
        ..identity.clone()
    };
    let client = Client::enrolled(&renewed, proxy).map_err(here)?;
    renewed.save(state_dir).map_err(here)?;
    Ok((client, renewed))
}
