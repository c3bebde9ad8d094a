//! The HTTP face: one `POST /` for all APIs, the console's files, a health check. No domain logic lives here.
//!
//! A request passes, in this order: limits, key lookup, body, signature, decision point, operation. Every answer outside
//! the console is in the request's protocol, refusals too: an SDK that gets anything else may stop retrying.

mod answer;
mod api;
mod audit;
mod authenticate;
mod authorize;
mod console;
mod context;
mod dispatch;
mod protocol;
mod rate;
mod replay;
mod serve;
mod through;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use inspector_model::Timestamp;
use tokio::sync::Semaphore;

pub use authenticate::{Journal, Keys, StoredKey};
pub use authorize::{Operation, Question, authorize};
pub use context::Peer;
pub use dispatch::{Dispatch, Rights};
pub use rate::Rate;
pub use replay::{Answers, Known};
pub use serve::serve;
pub use through::Through;

/// What a request may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Requests at work at once; more are told to come back.
    pub requests: usize,
    /// Bodies beyond the usual size that are held in memory at once; more wait.
    pub large_bodies: usize,
    /// How long a body may take to arrive.
    pub body: Duration,
    /// How long an operation may take.
    pub operation: Duration,
    /// How often one key may call.
    pub rate: Rate,
    /// Whether a proxy stands in front that says whom it speaks for (`X-Forwarded-For`, `X-Forwarded-Proto`).
    pub forwarded: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests: 256,
            large_bodies: 2,
            body: Duration::from_secs(120),
            operation: Duration::from_secs(60),
            rate: Rate::default(),
            forwarded: false,
        }
    }
}

/// What the routes share.
#[derive(Debug)]
pub struct Face<S, K> {
    service: Arc<S>,
    keys: K,
    clock: fn() -> Timestamp,
    limits: Limits,
    requests: Arc<Semaphore>,
    large_bodies: Semaphore,
    buckets: rate::Buckets,
}

impl<S, K> Face<S, K> {
    /// The face of `service`, whose callers sign with `keys`.
    pub fn new(service: Arc<S>, keys: K, clock: fn() -> Timestamp, limits: Limits) -> Self {
        let (requests, large_bodies) = (Arc::new(Semaphore::new(limits.requests)), Semaphore::new(limits.large_bodies));
        Self { service, keys, clock, limits, requests, large_bodies, buckets: rate::Buckets::default() }
    }
}

/// All routes; `more` are routes that need no signature of their own, such as links that carry a token.
pub fn router<S, K>(face: Face<S, K>, more: Router) -> Router
where
    S: Dispatch,
    K: Keys + Answers + Journal,
{
    let api = Router::new().route("/", post(api::handle::<S, K>)).with_state(Arc::new(face));
    api.route("/healthz", get(answer::healthy))
        .merge(console::routes())
        .merge(more)
        .fallback(answer::not_found)
        .method_not_allowed_fallback(answer::method_not_allowed)
}
