//! The agents' own listener: mutual TLS, `/agent/v1/*`. Everything that arrives here is hostile until decoded.

mod benchmark;
pub(crate) mod ca;
mod checkin;
mod enroll;
mod facts;
mod identity;
mod listener;

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use inspector_model::agent::AgentError;
use serde::de::DeserializeOwned;

pub(crate) use listener::serve;

use crate::Service;

/// No message of an agent is larger: an inventory of a big host is a hundredth of this.
const MAX_BODY: usize = 32 << 20;

/// A message takes no longer to arrive.
const BODY_TIME: Duration = Duration::from_secs(120);

fn router(service: Service) -> Router {
    Router::new()
        .route("/agent/v1/enroll", post(enroll::enroll).layer(DefaultBodyLimit::max(64 << 10)))
        .route("/agent/v1/benchmark", post(benchmark::benchmark).layer(DefaultBodyLimit::max(1 << 20)))
        .route("/agent/v1/checkin", post(checkin::checkin).layer(DefaultBodyLimit::max(64 << 10)))
        .route("/agent/v1/facts", post(facts::facts).layer(DefaultBodyLimit::max(MAX_BODY)))
        .fallback(|| async { Refusal::new(StatusCode::NOT_FOUND, "no-such-path", "agents have no such path") })
        .method_not_allowed_fallback(|| async {
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "post-only", "agents send messages with POST")
        })
        .with_state(service)
}

/// A refusal, as agents read it.
#[derive(Debug)]
struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = AgentError { code: self.code.to_owned(), message: self.message };
        (self.status, Json(body)).into_response()
    }
}

impl From<inspector_store::StoreError> for Refusal {
    fn from(error: inspector_store::StoreError) -> Self {
        tracing::error!(%error, "an agent's request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "the service failed; its log holds the cause")
    }
}

/// A message, decoded strictly: bounded in size and time, JSON, no unknown members, nothing after it.
struct Message<T>(T);

impl<T: DeserializeOwned> FromRequest<Service> for Message<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, service: &Service) -> Result<Self, Refusal> {
        let body = tokio::time::timeout(BODY_TIME, Bytes::from_request(request, service)).await;
        let slow = |_| Refusal::new(StatusCode::REQUEST_TIMEOUT, "slow", "the message took too long to arrive");
        let body = body.map_err(slow)?.map_err(|rejection| {
            Refusal::new(rejection.status(), "unreadable", format!("the message cannot be read: {rejection}"))
        })?;
        serde_json::from_slice(&body).map(Self).map_err(|error| {
            Refusal::new(StatusCode::BAD_REQUEST, "malformed", format!("the message does not decode: {error}"))
        })
    }
}
