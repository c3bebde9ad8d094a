//! Messages to the service over HTTPS.

use std::sync::Arc;
use std::time::Duration;

use inspector_model::agent::{
    AgentError, BenchmarkPlan, BenchmarkRequest, CERTIFICATE_EXPIRED, CheckinRequest, CheckinResponse, EnrollRequest,
    EnrollResponse, OTHER_BASE, RenewRequest,
};
use inspector_model::delivery::Delivery;
use serde::Serialize;
use serde::de::DeserializeOwned;
use ureq::tls::{Certificate, ClientCert, PrivateKey, RootCerts, TlsConfig};

use crate::Result;
use crate::failure::Failure;
use crate::identity::Identity;
use crate::proxy::Proxy;

/// Longer than the service holds a check-in (25 s), shorter than a person waits.
const PATIENCE: Duration = Duration::from_secs(60);
/// Compression level: the knee of the curve for package lists.
const LEVEL: i32 = 3;
/// Answers are small; a service that sends more is not ours.
const ANSWER_LIMIT: u64 = 1 << 20;

/// One service.
pub(crate) struct Client {
    server: String,
    agent: ureq::Agent,
}

/// Why a message was not answered as it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// The same message may be accepted later.
    #[error("{0}")]
    Passing(String),
    /// The service does not hold the delivery that this one changes.
    #[error("{0}")]
    OtherBase(String),
    /// The message may be accepted after a renewal of the certificate.
    #[error("{0}")]
    Expired(String),
    /// Repeating the message is of no use.
    #[error("{0}")]
    Final(String),
}

impl Client {
    /// A client without a certificate of its own, for enrolment; `ca` is the service's CA certificate, DER.
    pub(crate) fn anonymous(server: &str, ca: &[u8], proxy: Option<&Proxy>) -> Result<Self> {
        Self::new(server, ca, None, proxy)
    }

    /// A client that shows who it is.
    ///
    /// # Errors
    ///
    /// When the identity's certificates or key cannot be read.
    pub(crate) fn enrolled(identity: &Identity, proxy: Option<&Proxy>) -> Result<Self> {
        let unusable = |why: String| Failure::because("the identity of this agent is unusable", why);
        let ca = hex::decode(&identity.ca_certificate).map_err(|error| unusable(error.to_string()))?;
        let certificate =
            Certificate::from_pem(identity.certificate.as_bytes()).map_err(|error| unusable(error.to_string()))?;
        let key = PrivateKey::from_pem(identity.private_key.as_bytes()).map_err(|error| unusable(error.to_string()))?;
        Self::new(&identity.server, &ca, Some(ClientCert::new_with_certs(&[certificate], key)), proxy)
    }

    fn new(server: &str, ca: &[u8], own: Option<ClientCert>, proxy: Option<&Proxy>) -> Result<Self> {
        let roots = RootCerts::new_with_certs(&[Certificate::from_der(ca).to_owned()]);
        let proxy = proxy.map(through).transpose()?;
        // Set in any case: the choice is made, and the environment is not asked again.
        let config = ureq::Agent::config_builder().proxy(proxy);
        // ureq's own choice would link the public root certificates too; this client trusts its service's CA alone.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder().root_certs(roots).client_cert(own).unversioned_rustls_crypto_provider(provider);
        let config = config
            .tls_config(tls.build())
            .timeout_global(Some(PATIENCE))
            .https_only(true)
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!("inspector-agent/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Self { server: server.to_owned(), agent: config.into() })
    }

    /// `POST /agent/v1/enroll`.
    pub(crate) fn enroll(&self, request: &EnrollRequest) -> std::result::Result<EnrollResponse, Refusal> {
        self.post("enroll", request)
    }

    /// `POST /agent/v1/checkin`.
    pub(crate) fn check_in(&self, request: &CheckinRequest) -> std::result::Result<CheckinResponse, Refusal> {
        self.post("checkin", request)
    }

    /// `POST /agent/v1/benchmark`.
    pub(crate) fn plan(&self, request: &BenchmarkRequest) -> std::result::Result<BenchmarkPlan, Refusal> {
        self.post("benchmark", request)
    }

    /// `POST /agent/v1/renew`.
    pub(crate) fn renew(&self, request: &RenewRequest) -> std::result::Result<EnrollResponse, Refusal> {
        self.post("renew", request)
    }

    /// `POST /agent/v1/facts`.
    pub(crate) fn deliver(&self, delivery: &Delivery) -> std::result::Result<(), Refusal> {
        self.send("facts", delivery).map(|_answer| ())
    }

    fn post<A: DeserializeOwned>(&self, path: &str, message: &impl Serialize) -> std::result::Result<A, Refusal> {
        let answer = self.send(path, message)?;
        serde_json::from_slice(&answer)
            .map_err(|error| Refusal::Passing(format!("the answer to `{path}` makes no sense: {error}")))
    }

    /// Sends a message and returns the body of a successful answer.
    fn send(&self, path: &str, message: &impl Serialize) -> std::result::Result<Vec<u8>, Refusal> {
        let failed = |error: ureq::Error| Refusal::Passing(format!("`{}` does not answer: {error}", self.server));
        let body = serde_json::to_vec(message).map_err(|error| Refusal::Final(error.to_string()))?;
        let body = zstd::encode_all(body.as_slice(), LEVEL).map_err(|error| Refusal::Final(error.to_string()))?;
        let request = self.agent.post(format!("{}/agent/v1/{path}", self.server)).content_type("application/json");
        let request = request.header("content-encoding", "zstd");
        let mut response = request.send(body.as_slice()).map_err(failed)?;
        let status = response.status();
        let answer = response.body_mut().with_config().limit(ANSWER_LIMIT).read_to_vec().map_err(failed)?;
        if status.is_success() { Ok(answer) } else { Err(refusal(status.as_u16(), &answer)) }
    }
}

fn through(proxy: &Proxy) -> Result<ureq::Proxy> {
    let mut builder = ureq::Proxy::builder(ureq::ProxyProtocol::Http).host(&proxy.host).port(proxy.port);
    if let Some((user, password)) = proxy.credentials.as_deref().map(|text| text.split_once(':').unwrap_or((text, "")))
    {
        builder = builder.username(user).password(password);
    }
    builder.build().map_err(|error| Failure::because(format!("the proxy `{}` cannot be used", proxy.host), error))
}

/// What an error answer means for a repetition; see [`inspector_model::agent`].
fn refusal(status: u16, answer: &[u8]) -> Refusal {
    let told = match serde_json::from_slice::<AgentError>(answer) {
        Ok(AgentError { code, message }) if code == CERTIFICATE_EXPIRED => return Refusal::Expired(message),
        Ok(AgentError { code, message }) if code == OTHER_BASE => return Refusal::OtherBase(message),
        Ok(AgentError { code, message }) => format!("the service refused with `{code}`: {message}"),
        Err(_) => format!("the service refused with status {status}"),
    };
    match status {
        401 | 403 | 408 | 429 | 500.. => Refusal::Passing(told),
        _ => Refusal::Final(told),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_refusal_that_cannot_pass_ends_the_repetition() {
        let error = br#"{"code": "run-ended", "message": "the run is over"}"#;
        assert_eq!(
            refusal(409, error),
            Refusal::Final("the service refused with `run-ended`: the run is over".to_owned())
        );
        assert_eq!(refusal(503, b"<html>"), Refusal::Passing("the service refused with status 503".to_owned()));
        let expired = br#"{"code": "certificate-expired", "message": "since yesterday"}"#;
        assert_eq!(refusal(401, expired), Refusal::Expired("since yesterday".to_owned()));
        for status in [401, 403, 408, 429, 500, 502] {
            assert!(matches!(refusal(status, error), Refusal::Passing(_)), "{status}");
        }
        for status in [400, 404, 409, 410, 413, 422] {
            assert!(matches!(refusal(status, error), Refusal::Final(_)), "{status}");
        }
    }
}
