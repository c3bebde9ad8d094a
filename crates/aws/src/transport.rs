//! HTTPS to AWS: one connection pool for our calls and for those by which credentials are found.

use std::time::Duration;

use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::{HttpConnectorSettings, SharedHttpClient, SharedHttpConnector};

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::Settings;

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(10);

/// Why certificates cannot be trusted: the library below takes them for checked.
pub(crate) fn check(pem: &[u8]) -> Result<(), String> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|error| format!("not PEM: {error}"))?;
        roots.add(certificate).map_err(|error| format!("a certificate cannot be read: {error}"))?;
    }
    if roots.is_empty() { Err("no certificate is in it".to_owned()) } else { Ok(()) }
}

/// Sends requests; the proxy is the one that the environment names.
pub(crate) fn connector(settings: &Settings) -> SharedHttpConnector {
    let timeouts = HttpConnectorSettings::builder().connect_timeout(CONNECT).read_timeout(settings.patience.answer);
    SharedHttpConnector::new(connect(settings, timeouts.build()))
}

/// The same for the official libraries.
pub(crate) fn client(settings: &Settings) -> SharedHttpClient {
    let settings = settings.clone();
    Builder::new().build_with_connector_fn(move |timeouts, _| {
        connect(&settings, timeouts.cloned().unwrap_or_else(|| HttpConnectorSettings::builder().build()))
    })
}

fn connect(settings: &Settings, timeouts: HttpConnectorSettings) -> Connector {
    let roots = match &settings.certificates {
        Some(pem) => TrustStore::empty().with_pem_certificate(pem.as_slice()),
        None => TrustStore::default(),
    };
    let mut builder = Connector::builder()
        .proxy_config(ProxyConfig::from_env())
        .connector_settings(timeouts)
        .sleep_impl(TokioSleep::new())
        .tls_provider(Provider::Rustls(CryptoMode::Ring));
    if let Ok(context) = TlsContext::builder().with_trust_store(roots).build() {
        builder = builder.tls_context(context);
    }
    builder.build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_are_checked_before_they_are_trusted() {
        for bad in ["", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            assert!(check(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
