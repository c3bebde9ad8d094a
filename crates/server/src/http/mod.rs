//! The HTTP face: one `POST /` for all APIs, the console's files, a health check. No domain logic lives here.
//!
//! A request passes, in this order: limits, key lookup, body, signature, decision point, operation. Every answer outside
//! the console is in the request's protocol, refusals too: an SDK that gets anything else may stop retrying.

mod answer;
mod api;
mod authenticate;
mod authorize;
mod console;
mod dispatch;
mod protocol;
mod replay;
mod serve;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use inspector_model::Timestamp;
use tokio::sync::Semaphore;

pub(crate) use api::denied;
pub use authenticate::{Keys, StoredKey};
pub use authorize::{Decision, Operation, Rights, authorize};
pub use dispatch::Dispatch;
pub use replay::{Answers, Known};
pub use serve::serve;

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
}

impl Default for Limits {
    fn default() -> Self {
        Self { requests: 256, large_bodies: 2, body: Duration::from_secs(120), operation: Duration::from_secs(60) }
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
}

impl<S, K> Face<S, K> {
    /// The face of `service`, whose callers sign with `keys`.
    pub fn new(service: Arc<S>, keys: K, clock: fn() -> Timestamp, limits: Limits) -> Self {
        let (requests, large_bodies) = (Arc::new(Semaphore::new(limits.requests)), Semaphore::new(limits.large_bodies));
        Self { service, keys, clock, limits, requests, large_bodies }
    }
}

/// All routes; `more` are routes that need no signature of their own, such as links that carry a token.
pub fn router<S, K>(face: Face<S, K>, more: Router) -> Router
where
    S: Dispatch,
    K: Keys + Answers,
{
    let api = Router::new().route("/", post(api::handle::<S, K>)).with_state(Arc::new(face));
    api.route("/healthz", get(answer::healthy))
        .merge(console::routes())
        .merge(more)
        .fallback(answer::not_found)
        .method_not_allowed_fallback(answer::method_not_allowed)
}
