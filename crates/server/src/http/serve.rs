//! The accept loop: a bound on connections, a bound on how long a head may take, a clean end.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::Peer;

const MAX_CONNECTIONS: usize = 1024;
const HEAD_TIME: Duration = Duration::from_secs(15);
/// How long requests at work may go on after the end was asked for.
const DRAIN_TIME: Duration = Duration::from_secs(20);
/// How long to wait when no connection can be accepted, for example because no file descriptor is left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves `router` on `listener` until `end` is ready, then lets requests at work finish.
///
/// # Errors
/// When requests were still at work after the drain time.
pub async fn serve(listener: TcpListener, router: Router, end: impl Future<Output = ()>) -> io::Result<()> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIME);
    let (connections, graceful) = (Arc::new(Semaphore::new(MAX_CONNECTIONS)), GracefulShutdown::new());
    let mut end = std::pin::pin!(end);
    loop {
        let next = async {
            let permit = connections.clone().acquire_owned().await;
            (permit, listener.accept().await)
        };
        let (permit, accepted) = tokio::select! {
            next = next => next,
            () = &mut end => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let service = TowerToHyperService::new(router.clone().layer(Extension(Peer(peer))));
        let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            let _permit = permit;
            // A broken connection is its client's business; a request that was answered has its own event.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke");
            }
        });
    }
    drop(listener);
    let drained = tokio::time::timeout(DRAIN_TIME, graceful.shutdown()).await;
    drained.map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "requests were still at work"))
}
