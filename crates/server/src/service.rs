//! What every part of the server shares.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use inspector_api::openinspector::FeedFailure;
use inspector_assess::benchmark::Benchmarks;
use inspector_model::arn::TemplateArn;
use inspector_store::audit::AuditLog;
use inspector_store::group::Group;
use inspector_store::{Store, StoreError};
use ring::hmac;
use tokio::sync::watch;

use crate::agents::ca::CertificateAuthority;
use crate::engine::content::{Content, Loaders};
use crate::health::Listening;
use crate::oidc::Provider;
use crate::settings::{AgentSettings, Quotas, Settings};

/// The running service. Clones share it.
#[derive(Clone)]
pub struct Service {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    messages: Group,
    authority: CertificateAuthority,
    loaders: Loaders,
    tokens: hmac::Key,
    audit: AuditLog,
    oidc: Option<Provider>,
    previews: Mutex<BTreeSet<TemplateArn>>,
    addresses: Addresses,
    listening: Listening,
    settings: Settings,
    due: watch::Sender<u64>,
    wanted: watch::Sender<u64>,
    stopping: watch::Sender<bool>,
}

/// Where the service listens, and how others reach it.
#[derive(Debug, Clone)]
pub struct Addresses {
    /// The API, console and reports.
    pub api: SocketAddr,
    /// The same as a URL.
    pub api_url: String,
    /// The agents.
    pub agents: SocketAddr,
    /// The same as a URL.
    pub agents_url: String,
}

/// A preview that is being made; over when this is dropped.
pub(crate) struct Making<'a> {
    all: &'a Mutex<BTreeSet<TemplateArn>>,
    template: TemplateArn,
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.template);
    }
}

impl Service {
    /// Puts the parts together.
    ///
    /// # Errors
    /// When the key that signs page tokens and report links cannot be read or made, or the audit log not gone on with.
    pub(crate) fn new(
        store: Store,
        authority: CertificateAuthority,
        loaders: Loaders,
        addresses: Addresses,
        listening: Listening,
        settings: Settings,
    ) -> Result<Self, StoreError> {
        let tokens = hmac::Key::new(hmac::HMAC_SHA256, &store.secret("token-key")?);
        let (due, wanted, stopping) = (watch::Sender::new(0), watch::Sender::new(0), watch::Sender::new(false));
        let audit = AuditLog::open(store.dir())?;
        let oidc = settings.oidc.clone().map(Provider::new);
        let inner = Inner {
            previews: Mutex::default(),
            oidc,
            audit,
            messages: Group::new(store.clone()),
            store,
            authority,
            loaders,
            tokens,
            addresses,
            listening,
            settings,
            due,
            wanted,
            stopping,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The data directory.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// Writes of agents' messages, which share commits.
    pub(crate) fn messages(&self) -> &Group {
        &self.inner.messages
    }

    /// The authority that signs agents' certificates.
    pub(crate) fn authority(&self) -> &CertificateAuthority {
        &self.inner.authority
    }

    /// Advisories and other content that is in force now. Reads files: not for a thread that serves others.
    pub(crate) fn content(&self) -> Content {
        Content::load(&self.inner.loaders)
    }

    /// The benchmarks that are in force now. Reads files: not for a thread that serves others.
    pub(crate) fn benchmarks(&self) -> Result<Benchmarks, String> {
        (self.inner.loaders.benchmarks)()
    }

    /// Which feeds could not be brought up to date when they were last tried. Reads files, as [`Service::content`] does.
    pub(crate) fn feed_failures(&self) -> Vec<FeedFailure> {
        (self.inner.loaders.feed_failures)()
    }

    /// How many of each thing an account may have.
    pub(crate) fn quotas(&self) -> &Quotas {
        &self.inner.settings.quotas
    }

    /// How agents are kept.
    pub(crate) fn agent_settings(&self) -> &AgentSettings {
        &self.inner.settings.agents
    }

    /// Whether a run is refused while another one holds one of its instances.
    pub(crate) fn strict_classic(&self) -> bool {
        self.inner.settings.strict_classic
    }

    /// Signs what clients hand back: page tokens and report links.
    pub(crate) fn token_key(&self) -> &hmac::Key {
        &self.inner.tokens
    }

    /// The identity provider, if there is one.
    pub(crate) fn oidc(&self) -> Option<&Provider> {
        self.inner.oidc.as_ref()
    }

    /// Begins a preview of `template`; `None` while another one is being made.
    pub(crate) fn make_preview(&self, template: &TemplateArn) -> Option<Making<'_>> {
        let mut making = self.inner.previews.lock().unwrap_or_else(PoisonError::into_inner);
        making.insert(template.clone()).then(|| Making { all: &self.inner.previews, template: template.clone() })
    }

    /// Who did what.
    pub(crate) fn audit(&self) -> &AuditLog {
        &self.inner.audit
    }

    /// Where the service listens.
    pub fn addresses(&self) -> &Addresses {
        &self.inner.addresses
    }

    /// Since when, for judging silence.
    pub(crate) fn listening(&self) -> Listening {
        self.inner.listening
    }

    /// Tells the workers that a task may be due.
    pub(crate) fn wake_workers(&self) {
        self.inner.due.send_modify(|generation| *generation = generation.wrapping_add(1));
    }

    /// Sees every [`Service::wake_workers`] from now on.
    pub(crate) fn due(&self) -> watch::Receiver<u64> {
        self.inner.due.subscribe()
    }

    /// Tells agents that wait that a run wants facts.
    pub(crate) fn ask_agents(&self) {
        self.inner.wanted.send_modify(|generation| *generation = generation.wrapping_add(1));
    }

    /// Sees every [`Service::ask_agents`] from now on.
    pub(crate) fn wanted(&self) -> watch::Receiver<u64> {
        self.inner.wanted.subscribe()
    }

    /// Makes everything that waits come to its end.
    pub(crate) fn stop(&self) {
        self.inner.stopping.send_replace(true);
    }

    /// Comes back once the service is to stop.
    pub(crate) async fn stopped(&self) {
        let mut stopping = self.inner.stopping.subscribe();
        // The sender lives as long as the service, so this ends with the stop and with nothing else.
        let _ended = stopping.wait_for(|stopping| *stopping).await;
    }
}

#[cfg(test)]
impl Service {
    /// A service over the directory `dir` that nobody reaches, with advisories out of `advisories`.
    pub(crate) async fn unreachable(dir: &std::path::Path, advisories: crate::AdvisoryLoader) -> Self {
        let nowhere = || SocketAddr::from(([127, 0, 0, 1], 0));
        let addresses =
            Addresses { api: nowhere(), api_url: String::new(), agents: nowhere(), agents_url: String::new() };
        let store = Store::open(dir).await.unwrap();
        let authority = CertificateAuthority::open(dir).unwrap();
        let listening = Listening::new(crate::world::now(), None);
        let benchmarks = Arc::new(|| Benchmarks::new(Vec::new()).map_err(|error| error.to_string()));
        let loaders = Loaders { advisories, benchmarks, feed_failures: Arc::new(Vec::new) };
        Self::new(store, authority, loaders, addresses, listening, Settings::default()).unwrap()
    }
}
