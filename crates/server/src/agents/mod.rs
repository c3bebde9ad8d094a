//! The agents' own listener: mutual TLS, `/agent/v1/*`. Everything that arrives here is hostile until decoded.

mod benchmark;
pub(crate) mod ca;
mod checkin;
mod enroll;
mod facts;
mod identity;
mod installer;
mod listener;
mod renew;
mod verifier;

use std::io::Read;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_ENCODING;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use inspector_model::agent::AgentError;
use serde::de::DeserializeOwned;

pub(crate) use installer::command as install_command;
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
        .route("/agent/v1/install.sh", get(installer::script))
        .route("/agent/v1/packages/{name}", get(installer::package))
        .route("/agent/v1/renew", post(renew::renew).layer(DefaultBodyLimit::max(64 << 10)))
        .route("/agent/v1/checkin", post(checkin::checkin).layer(DefaultBodyLimit::max(64 << 10)))
        .route("/agent/v1/facts", post(facts::facts).layer(DefaultBodyLimit::max(MAX_BODY)))
        .fallback(|| async { Refusal::new(StatusCode::NOT_FOUND, "no-such-path", "agents have no such path") })
        .method_not_allowed_fallback(|| async {
            Refusal::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "other-method",
                "messages are sent with POST, files fetched with GET",
            )
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

/// A message, decoded strictly: bounded in size and time, packed and unpacked, JSON, no unknown members, nothing after it.
struct Message<T>(T);

impl<T: DeserializeOwned> FromRequest<Service> for Message<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, service: &Service) -> Result<Self, Refusal> {
        let packing = request.headers().get(CONTENT_ENCODING).map(|packing| packing.as_bytes().to_owned());
        let body = tokio::time::timeout(BODY_TIME, Bytes::from_request(request, service)).await;
        let slow = |_| Refusal::new(StatusCode::REQUEST_TIMEOUT, "slow", "the message took too long to arrive");
        let body = body.map_err(slow)?.map_err(|rejection| {
            Refusal::new(rejection.status(), "unreadable", format!("the message cannot be read: {rejection}"))
        })?;
        let body = match packing.as_deref() {
            None | Some(b"identity") => body,
            Some(b"zstd") => unpacked(&body)?.into(),
            Some(_) => {
                let message = "messages are packed with zstd or not at all";
                return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "packing", message));
            }
        };
        serde_json::from_slice(&body).map(Self).map_err(|error| {
            Refusal::new(StatusCode::BAD_REQUEST, "malformed", format!("the message does not decode: {error}"))
        })
    }
}

/// Unpacks a message that is no larger than [`MAX_BODY`] unpacked, with no more memory than a window of 8 MB.
fn unpacked(body: &[u8]) -> Result<Vec<u8>, Refusal> {
    let unreadable = |error: std::io::Error| {
        Refusal::new(StatusCode::BAD_REQUEST, "unreadable", format!("the message does not unpack: {error}"))
    };
    let mut decoder = zstd::Decoder::new(body).map_err(unreadable)?;
    decoder.window_log_max(23).map_err(unreadable)?;
    let (mut message, limit) = (Vec::new(), MAX_BODY as u64);
    decoder.take(limit + 1).read_to_end(&mut message).map_err(unreadable)?;
    if message.len() > MAX_BODY {
        let told = format!("the message unpacks to more than {MAX_BODY} bytes");
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", told));
    }
    Ok(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_unpacked_and_a_bomb_is_not() {
        let pack = |message: &[u8]| zstd::encode_all(message, 3).unwrap();
        assert_eq!(unpacked(&pack(b"{}")).unwrap(), b"{}");
        let bomb = pack(&vec![b' '; 2 * MAX_BODY]);
        assert!(bomb.len() < 10_000, "{}", bomb.len());
        assert_eq!(unpacked(&bomb).unwrap_err().code, "too-large");
        let mut wide = zstd::Encoder::new(Vec::new(), 3).unwrap();
        wide.window_log(27).unwrap();
        std::io::Write::write_all(&mut wide, &vec![b' '; MAX_BODY]).unwrap();
        assert_eq!(unpacked(&wide.finish().unwrap()).unwrap_err().code, "unreadable", "it wants 128 MB of memory");
        assert_eq!(unpacked(b"{}").unwrap_err().code, "unreadable");
    }
}
