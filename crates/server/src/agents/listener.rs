//! Accepts agents' connections.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

use super::identity::Peer;
use super::router;
use super::verifier::Verifier;
use crate::{ServeError, Service};

/// A handshake takes no longer, and neither does the head of a request.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// So many connections at a time; more wait in the system's queue.
const MAX_CONNECTIONS: usize = 10_000;

/// After a stop, connections have so long to come to their end.
const DRAIN: Duration = Duration::from_secs(5);

/// Serves agents on `listener` until the service stops.
pub(crate) async fn serve(service: Service, listener: TcpListener, names: Vec<String>) -> Result<(), ServeError> {
    let acceptor = TlsAcceptor::from(Arc::new(tls(&service, &names)?));
    let connections = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    loop {
        let Ok(permit) = connections.clone().acquire_owned().await else { break };
        let (stream, address) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => (stream, peer.ip()),
                Err(error) => {
                    tracing::warn!(%error, "cannot accept an agent's connection");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = service.stopped() => break,
        };
        let (service, acceptor, watcher) = (service.clone(), acceptor.clone(), graceful.watcher());
        tokio::spawn(async move {
            let _permit = permit;
            if let Err(error) = connection(service, &acceptor, (stream, address), watcher).await {
                tracing::debug!(%error, "an agent's connection ended");
            }
        });
    }
    // Whoever is not done by then asks again after the restart; nothing was acknowledged.
    let _late = tokio::time::timeout(DRAIN, graceful.shutdown()).await;
    Ok(())
}

async fn connection(
    service: Service,
    acceptor: &TlsAcceptor,
    (stream, address): (TcpStream, IpAddr),
    watcher: Watcher,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    stream.set_nodelay(true)?;
    let stream = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await??;
    let certificate = stream.get_ref().1.peer_certificates().and_then(|chain| chain.first());
    let router = match certificate.and_then(|certificate| Peer::of(certificate, address)) {
        Some(peer) => router(service).layer(axum::Extension(peer)),
        None => router(service),
    };
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HANDSHAKE);
    let served = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)).into_owned();
    watcher.watch(served).await
}

/// Clients may come without a certificate, because enrolment has none yet; every other path asks for it.
fn tls(service: &Service, names: &[String]) -> Result<ServerConfig, ServeError> {
    let authority = service.authority();
    let bad = |error: &dyn std::fmt::Display| ServeError::Tls { why: error.to_string() };
    let (certificate, key) = authority.listener(service.addresses().agents.ip(), names).map_err(|error| bad(&error))?;
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(authority.certificate().to_vec())).map_err(|error| bad(&error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .allow_unauthenticated()
        .build()
        .map_err(|error| bad(&error))?;
    let verifier = Arc::new(Verifier::new(verifier));
    let chain = vec![CertificateDer::from(certificate), CertificateDer::from(authority.certificate().to_vec())];
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key));
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| bad(&error))?
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)
        .map_err(|error| bad(&error))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}
