//! From options to a running service and back.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use inspector_api::openinspector::FeedFailure;
use inspector_aws::Publisher;
use inspector_model::arn::AccountId;
use inspector_store::{Store, StoreError, agent};
use tokio::net::TcpListener;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::agents::ca::{CaError, CertificateAuthority};
use crate::engine::content::Loaders;
use crate::health::Listening;
use crate::http::{Face, Limits};
use crate::service::{Addresses, Service};
use crate::settings::Settings;
use crate::world::{NoRandomness, now};
use crate::{agents, engine, feeds, first_key, http, notify, reports, signin, stacks};

/// How to serve.
pub struct ServeOptions {
    /// The data directory; made when it is missing.
    pub data_dir: PathBuf,
    /// Where the API, the console and reports are served.
    pub listen: SocketAddr,
    /// Where agents connect.
    pub agent_listen: SocketAddr,
    /// Names, beside the address, by which agents reach [`ServeOptions::agent_listen`].
    pub agent_names: Vec<String>,
    /// How others reach the API, if not under its address: what links to reports begin with.
    pub public_url: Option<String>,
    /// How agents reach their listener, if not under its address.
    pub agent_url: Option<String>,
    /// The account of the first access key.
    pub account: AccountId,
    /// The key that seals secrets; in a file of the data directory unless it is given.
    pub sealing_key: Option<[u8; 32]>,
    /// Quotas, limits and how closely the original is followed.
    pub settings: Settings,
    /// Publishes assessment events to the topics that subscribed to them; nothing is published without it.
    pub publish: Option<inspector_aws::Settings>,
    /// Where advisories, benchmarks and the state of feeds come from.
    pub loaders: Loaders,
    /// Every failed fetch of a feed when it happens, for the audit log.
    pub failed_fetches: UnboundedReceiver<FeedFailure>,
}

/// Why the service cannot start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The data directory.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The built-in certificate authority.
    #[error(transparent)]
    Authority(#[from] CaError),
    /// A listener.
    #[error("cannot listen on `{address}`: {source}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// The flag that names another address.
        flag: &'static str,
        /// Why.
        source: io::Error,
    },
    /// The agent listener's TLS.
    #[error("cannot set up the agent listener: {why}")]
    Tls {
        /// Why.
        why: String,
    },
    /// The advisory database.
    #[error("{why}")]
    Advisories {
        /// Why it cannot be opened.
        why: String,
    },
    /// The credentials for publishing.
    #[error("cannot publish events: {0}")]
    Publish(#[from] inspector_aws::SessionError),
    /// No random bytes.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// A listener broke off.
    #[error("the service broke off: {0}")]
    Io(io::Error),
}

impl ServeError {
    /// One command or sentence that helps, if there is one.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Listen { flag, source, .. } if source.kind() == io::ErrorKind::AddrInUse => {
                Some(format!("stop the program that uses it, or name another address with `{flag} 127.0.0.1:PORT`"))
            }
            Self::Listen { flag, .. } => Some(format!("name an address of this host with `{flag} ADDRESS:PORT`")),
            Self::Store(StoreError::InUse { .. }) => {
                Some("stop the other server, or name another directory with `--data-dir DIR`".to_owned())
            }
            Self::Store(StoreError::Newer { .. }) => {
                Some("use the version that wrote it, or name another directory with `--data-dir DIR`".to_owned())
            }
            Self::Store(StoreError::Older { .. }) => Some("name an empty directory with `--data-dir DIR`".to_owned()),
            Self::Store(StoreError::SealingKey { path, .. }) => Some(format!(
                "bring the key back from a backup to `{}`, or name it with `--sealing-key-file FILE`",
                path.join("sealing-key").display()
            )),
            Self::Advisories { .. } => Some("inspector feeds import <PATH>".to_owned()),
            Self::Publish(_) => Some("aws sts get-caller-identity".to_owned()),
            Self::Store(_) | Self::Authority(_) | Self::Tls { .. } | Self::Random(_) | Self::Io(_) => None,
        }
    }
}

/// Serves until SIGINT or SIGTERM; `ready` hears where, once both listeners accept.
///
/// # Errors
/// When the service cannot start, or a part of it breaks off.
pub async fn serve(options: ServeOptions, ready: impl FnOnce(&Ready)) -> Result<(), ServeError> {
    // Before anything is written: a port in use leaves no data directory behind.
    let (api, addresses_api) = bind(options.listen, "--listen").await?;
    let (agents, addresses_agents) = bind(options.agent_listen, "--agent-listen").await?;
    let store = Store::open_with(&options.data_dir, options.sealing_key).await?;
    (options.loaders.advisories)().map_err(|why| ServeError::Advisories { why })?;
    let publisher = match &options.publish {
        Some(settings) => Some(Publisher::new(settings).await?),
        None => None,
    };
    let authority = CertificateAuthority::open(&options.data_dir)?;
    let new_key = first_key::ensure(&store, &options.account).await?;
    let addresses = Addresses {
        api: addresses_api,
        api_url: options.public_url.unwrap_or_else(|| format!("http://{addresses_api}")),
        agents: addresses_agents,
        agents_url: options.agent_url.unwrap_or_else(|| format!("https://{addresses_agents}")),
    };
    let listening = Listening::new(now(), agent::last_heard(&mut *store.reader().await?).await?);
    let service = Service::new(store, authority, options.loaders, addresses, listening, options.settings.clone())?;
    stacks::tell_interrupted(&service).await?;
    // Before anybody hears that the service is there: from then on a signal stops it cleanly.
    let stop_signal = stop_signal()?;
    ready(&Ready { addresses: service.addresses().clone(), new_key });
    let done = tokio::try_join!(
        serve_api(&service, api, options.settings.limits),
        agents::serve(service.clone(), agents, options.agent_names),
        async { Ok(engine::run(service.clone()).await?) },
        async {
            notify::run(&service, publisher).await;
            Ok(())
        },
        async {
            feeds::record(&service, options.failed_fetches).await;
            Ok(())
        },
        async {
            stop_signal.await;
            tracing::info!("stopping");
            service.stop();
            Ok(())
        },
    );
    service.stop();
    service.store().close().await;
    done.map(|_| ())
}

/// What there is to tell once the service accepts.
#[derive(Debug, Clone)]
pub struct Ready {
    /// Where it listens.
    pub addresses: Addresses,
    /// The file with the first access key, if it was made now.
    pub new_key: Option<PathBuf>,
}

async fn bind(address: SocketAddr, flag: &'static str) -> Result<(TcpListener, SocketAddr), ServeError> {
    let refused = |source| ServeError::Listen { address, flag, source };
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let bound = listener.local_addr().map_err(refused)?;
    Ok((listener, bound))
}

async fn serve_api(service: &Service, listener: TcpListener, limits: Limits) -> Result<(), ServeError> {
    let stopped = {
        let service = service.clone();
        async move { service.stopped().await }
    };
    let face = Face::new(Arc::new(service.clone()), service.clone(), now, limits);
    let router = http::router(face, reports::routes(service.clone()).merge(signin::routes(service.clone())));
    http::serve(listener, router, stopped).await.map_err(ServeError::Io)
}

/// Takes the signals over at once; the future ends with the first of them.
fn stop_signal() -> Result<impl Future<Output = ()>, ServeError> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Io)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Io)?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
