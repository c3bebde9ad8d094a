//! An agent that does each step when the test says so. It speaks the real protocol over mutual TLS.

use inspector_api::openinspector::CreateEnrollmentTokenRequest;
use inspector_model::Timestamp;
use inspector_model::agent::{
    CheckinRequest, CheckinResponse, EnrollRequest, EnrollResponse, FactsRequest, RenewRequest,
};
use inspector_model::delivery::Parts;
use inspector_model::host::HostFacts;
use rcgen::{CertificateParams, KeyPair};
use serde::Serialize;
use ureq::tls::{Certificate, ClientCert, PrivateKey, RootCerts, TlsConfig};

use crate::api::Client;
use crate::server::Server;

pub(crate) struct Agent {
    ca: String,
    certificate: String,
    key: String,
}

fn connection(ca: &str, own: Option<ClientCert>) -> ureq::Agent {
    let roots = RootCerts::new_with_certs(&[Certificate::from_pem(ca.as_bytes()).unwrap()]);
    let tls = TlsConfig::builder().root_certs(roots).client_cert(own).build();
    ureq::Agent::config_builder().tls_config(tls).http_status_as_error(false).build().into()
}

fn post(agent: &ureq::Agent, server: &Server, path: &str, message: &impl Serialize) -> (u16, Vec<u8>) {
    let body = serde_json::to_vec(message).unwrap();
    let mut response = agent.post(format!("{}/agent/v1/{path}", server.agents)).send(&body[..]).unwrap();
    (response.status().as_u16(), response.body_mut().read_to_vec().unwrap())
}

/// A check-in of the process `process`.
pub(crate) fn heartbeat(process: &str) -> CheckinRequest {
    CheckinRequest {
        agent_version: "0.0.0".into(),
        hostname: "made-for-a-test".into(),
        operating_system: "Debian 12".into(),
        kernel_version: "6.1".into(),
        observing: false,
        process: process.into(),
        clock: Timestamp::from_millis(0),
        troubles: vec![],
    }
}

impl Agent {
    /// Enrols under `id` with a new token made for it.
    pub(crate) fn enroll(server: &Server, client: &Client, dir: &std::path::Path, id: &str) -> Self {
        let request = CreateEnrollmentTokenRequest { agent_id: Some(id.to_owned()), ..Default::default() };
        let token = client.call(&request).token;
        let (status, answer) = Self::enroll_with(server, dir, id, token.reveal());
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&answer.1));
        let (key, answer) = answer;
        let answer: EnrollResponse = serde_json::from_slice(&answer).unwrap();
        let ca = std::fs::read_to_string(dir.join("ca.pem")).unwrap();
        Self { ca, certificate: answer.certificate, key }
    }

    /// Tries to enrol; the status, and the key with the answer.
    pub(crate) fn enroll_with(
        server: &Server,
        dir: &std::path::Path,
        id: &str,
        token: &str,
    ) -> (u16, (String, Vec<u8>)) {
        let ca = std::fs::read_to_string(dir.join("ca.pem")).unwrap();
        let key = KeyPair::generate().unwrap();
        let request = CertificateParams::default().serialize_request(&key).unwrap().pem().unwrap();
        let message = EnrollRequest {
            token: token.to_owned(),
            agent_id: id.to_owned(),
            certificate_request: request,
            agent_version: "0.0.0".into(),
            tags: vec![],
        };
        let (status, answer) = post(&connection(&ca, None), server, "enroll", &message);
        (status, (key.serialize_pem(), answer))
    }

    fn connection(&self) -> ureq::Agent {
        let certificate = Certificate::from_pem(self.certificate.as_bytes()).unwrap();
        let key = PrivateKey::from_pem(self.key.as_bytes()).unwrap();
        connection(&self.ca, Some(ClientCert::new_with_certs(&[certificate], key)))
    }

    /// Checks in and comes back with what the service wants.
    pub(crate) fn check_in(&self, server: &Server) -> Vec<String> {
        let (status, answer) = post(&self.connection(), server, "checkin", &heartbeat("one"));
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&answer));
        serde_json::from_slice::<CheckinResponse>(&answer).unwrap().collect_for
    }

    /// Asks for a new certificate; the status, and the same agent with the new one.
    pub(crate) fn renew(&self, server: &Server) -> (u16, Option<Self>) {
        let key = KeyPair::generate().unwrap();
        let certificate_request = CertificateParams::default().serialize_request(&key).unwrap().pem().unwrap();
        let (status, answer) = post(&self.connection(), server, "renew", &RenewRequest { certificate_request });
        let renewed = serde_json::from_slice::<EnrollResponse>(&answer).ok();
        let ca = self.ca.clone();
        (status, renewed.map(|answer| Self { ca, certificate: answer.certificate, key: key.serialize_pem() }))
    }

    /// Delivers facts; true when the service acknowledged them.
    pub(crate) fn deliver(&self, server: &Server, runs: &[String], facts: &HostFacts) -> bool {
        let message = FactsRequest { runs: runs.to_vec(), facts: facts.clone(), benchmark: None };
        let parts = Parts::of(&message).unwrap();
        let message = parts.since(&parts.digests(), None, runs);
        post(&self.connection(), server, "facts", &message).0 == 204
    }

    /// Sends something to a path as this agent; the status.
    pub(crate) fn send(&self, server: &Server, path: &str, message: &impl Serialize) -> u16 {
        post(&self.connection(), server, path, message).0
    }

    /// Sends something without a certificate; the status.
    pub(crate) fn send_as_stranger(&self, server: &Server, path: &str, message: &impl Serialize) -> u16 {
        post(&connection(&self.ca, None), server, path, message).0
    }
}
