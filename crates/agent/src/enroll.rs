//! `enroll`: a token for a certificate.

use std::io::Read;
use std::path::Path;

use inspector_model::agent::EnrollRequest;
use rcgen::{CertificateParams, DnType, KeyPair};
use ureq::tls::Certificate;

use crate::arguments::{Enroll, Trust};
use crate::client::Client;
use crate::failure::Failure;
use crate::identity::Identity;
use crate::{Result, log, name, pin, proxy};

/// Makes a key, has its certificate signed, and keeps both.
pub(crate) fn enroll(arguments: &Enroll) -> Result<()> {
    if let Some(identity) = Identity::load(&arguments.state_dir)? {
        let what = format!("this host is enrolled with `{}` as `{}` already", identity.server, identity.agent_id);
        return Err(Failure::new(what).help(reset_command(&arguments.state_dir)));
    }
    let token = token(arguments)?;
    let agent_id = match &arguments.agent_id {
        Some(id) => id.clone(),
        None => name::of_this_host()?,
    };
    let proxy = proxy::leading_to(&arguments.server, &arguments.proxy_file)?;
    let ca = match &arguments.ca {
        Trust::Fingerprint(fingerprint) => pin::ca_certificate(&arguments.server, *fingerprint, proxy.as_ref())?,
        Trust::File(file) => certificate(file)?,
    };
    let key = KeyPair::generate().map_err(|error| Failure::because("cannot make a key", error))?;
    let request = EnrollRequest {
        token,
        agent_id: agent_id.clone(),
        certificate_request: certificate_request(&agent_id, &key)?,
        agent_version: env!("CARGO_PKG_VERSION").to_owned(),
        tags: arguments.tags.clone(),
    };
    let response = Client::anonymous(&arguments.server, &ca, proxy.as_ref())?
        .enroll(&request)
        .map_err(|refusal| Failure::because(format!("cannot enroll with `{}`", arguments.server), refusal))?;
    let identity = Identity {
        server: arguments.server.clone(),
        agent_id,
        ca_certificate: hex::encode(ca),
        certificate: response.certificate,
        private_key: key.serialize_pem(),
        expires_at: response.expires_at,
    };
    Client::enrolled(&identity, proxy.as_ref())?;
    identity.save(&arguments.state_dir)?;
    log(&format!(
        "enrolled with {} as {}; the certificate is valid until {}",
        identity.server, identity.agent_id, identity.expires_at
    ));
    Ok(())
}

/// The command that lets a host enrol again.
fn reset_command(state_dir: &Path) -> String {
    format!("inspector-agent reset --state-dir {}", state_dir.display())
}

/// Longer than any token.
const TOKEN_LIMIT: u64 = 4096;

/// The token comes from a file or standard input, never from the command line, where every user could read it.
fn token(arguments: &Enroll) -> Result<String> {
    let path = &arguments.token_file;
    let failed = |error| Failure::because(format!("cannot read the token `{}`", path.display()), error);
    let mut token = String::new();
    if path.as_os_str() == "-" {
        std::io::stdin().lock().take(TOKEN_LIMIT).read_to_string(&mut token).map_err(failed)?;
    } else {
        let file = std::fs::File::open(path).map_err(failed)?;
        file.take(TOKEN_LIMIT).read_to_string(&mut token).map_err(failed)?;
    }
    match token.trim() {
        "" => Err(Failure::new(format!("the token `{}` is empty", path.display()))),
        token => Ok(token.to_owned()),
    }
}

/// The one certificate of a PEM file, DER.
fn certificate(file: &Path) -> Result<Vec<u8>> {
    let failed = |why: String| Failure::because(format!("cannot read the CA certificate `{}`", file.display()), why);
    let pem = std::fs::read(file).map_err(|error| failed(error.to_string()))?;
    let certificate = Certificate::from_pem(&pem).map_err(|error| failed(error.to_string()))?;
    Ok(certificate.der().to_vec())
}

/// A PKCS#10 request, PEM, whose common name is the agent's id. The service decides what goes into the certificate.
pub(crate) fn certificate_request(agent_id: &str, key: &KeyPair) -> Result<String> {
    let failed = |error| Failure::because("cannot make a certificate request", error);
    let mut parameters = CertificateParams::new(Vec::new()).map_err(failed)?;
    parameters.distinguished_name.push(DnType::CommonName, agent_id);
    parameters.serialize_request(key).and_then(|request| request.pem()).map_err(failed)
}
