//! The first contact: the service's CA certificate, known by its fingerprint alone.

use std::sync::{Arc, OnceLock};

use ring::digest::{SHA256, digest};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use crate::Result;
use crate::connect::connect;
use crate::failure::Failure;
use crate::proxy::Proxy;

/// Shakes hands with `server` (`https://HOST:PORT`), through `proxy` if there is one, and returns its CA certificate, DER: the one in its chain that has the
/// fingerprint. Nothing is sent over the connection, and the server's own certificate is verified against that CA.
///
/// # Errors
///
/// When the server cannot be reached, shows no certificate with the fingerprint, or its own is not of that CA.
pub(crate) fn ca_certificate(server: &str, fingerprint: [u8; 32], proxy: Option<&Proxy>) -> Result<Vec<u8>> {
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| {
        Failure::because(format!("cannot make sure of `{server}`"), error)
    };
    let (host, port) = address(server).map_err(|error| failed(error.into()))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = Arc::new(Pinned { fingerprint, provider: provider.clone(), found: OnceLock::new() });
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(error.into()))?
        .dangerous()
        .with_custom_certificate_verifier(verifier.clone())
        .with_no_client_auth();
    let name = ServerName::try_from(host.to_owned()).map_err(|error| failed(error.into()))?;
    let mut connection = ClientConnection::new(Arc::new(config), name).map_err(|error| failed(error.into()))?;
    let mut stream = connect(host, port, proxy).map_err(failed)?;
    while connection.is_handshaking() {
        connection.complete_io(&mut stream).map_err(|error| failed(error.into()))?;
    }
    match verifier.found.get() {
        Some(certificate) => Ok(certificate.to_vec()),
        None => Err(Failure::new(format!("`{server}` shook hands without a certificate"))),
    }
}

/// The host and port of `https://HOST:PORT`.
pub(crate) fn address(server: &str) -> std::result::Result<(&str, u16), String> {
    host_and_port(server.strip_prefix("https://").unwrap_or(server), 443)
}

/// `HOST`, `HOST:PORT` or `[IPV6]:PORT`, where the port may be left to `usual`.
pub(crate) fn host_and_port(authority: &str, usual: u16) -> std::result::Result<(&str, u16), String> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => rest.split_once(']').ok_or("a bracket that does not close")?,
        None => authority.find(':').map_or((authority, ""), |at| authority.split_at(at)),
    };
    let port = match port.strip_prefix(':') {
        Some(port) => port.parse().map_err(|_| format!("`{port}` is no port"))?,
        None => usual,
    };
    Ok((host, port))
}

/// Trusts the one CA that has the fingerprint.
#[derive(Debug)]
struct Pinned {
    fingerprint: [u8; 32],
    provider: Arc<CryptoProvider>,
    found: OnceLock<CertificateDer<'static>>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, Error> {
        let pinned = |certificate: &&CertificateDer<'_>| digest(&SHA256, certificate).as_ref() == self.fingerprint;
        let ca = intermediates
            .iter()
            .find(pinned)
            .ok_or_else(|| Error::General("no CA certificate in the server's chain has the fingerprint".to_owned()))?;
        let ca = ca.clone().into_owned();
        let mut roots = RootCertStore::empty();
        roots.add(ca.clone())?;
        let verified = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), self.provider.clone())
            .build()
            .map_err(|error| Error::General(error.to_string()))?
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)?;
        self.found.get_or_init(|| ca);
        Ok(verified)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_may_be_a_name_or_an_address() {
        let table = [
            ("inspector.example:8443", ("inspector.example", 8443)),
            ("inspector.example", ("inspector.example", 443)),
            ("[::1]:8443", ("::1", 8443)),
            ("[::1]", ("::1", 443)),
        ];
        for (authority, expected) in table {
            assert_eq!(host_and_port(authority, 443), Ok(expected), "{authority}");
        }
        assert!(host_and_port("host:port", 443).is_err());
        assert!(host_and_port("[::1", 443).is_err());
    }
}
