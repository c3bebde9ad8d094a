//! A write that arrives twice acts once: the second time it gets the answer of the first.
//!
//! What tells two requests apart is the signature and, because many clients sign to the second and may mean the same
//! call twice in one, the invocation id that SDKs send with it. Reads are not remembered.

use std::future::Future;

use axum::http::HeaderMap;
use inspector_api::caller::Caller;
use inspector_api::error::Failure;
use inspector_api::signature::{SignatureError, Verified};
use inspector_model::Timestamp;
use sha2::{Digest, Sha256};

use super::Face;
use super::authenticate::Keys;
use super::authorize::Operation;
use super::dispatch::{Dispatch, Rights};

pub use inspector_store::answered::Known;

/// Where received writes and their answers are kept.
pub trait Answers: Send + Sync + 'static {
    /// Why they cannot be read or written.
    type Error: std::error::Error + Send;

    /// Notes the request `id` if it is new; it is remembered until `valid_until`.
    fn receive(
        &self,
        id: &str,
        valid_until: Timestamp,
        now: Timestamp,
    ) -> impl Future<Output = Result<Known, Self::Error>> + Send;

    /// Keeps an answer; a secret one has no body.
    fn keep(&self, id: &str, status: u16, body: Option<&str>) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Forgets a request that has changed nothing.
    fn forget(&self, id: &str) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// What one sent request is told apart by.
pub(super) struct Sent {
    id: String,
    valid_until: Timestamp,
}

impl Sent {
    /// Of a request whose signature was right.
    pub(super) fn of(verified: &Verified, headers: &HeaderMap) -> Self {
        let invocation = headers.get("amz-sdk-invocation-id").map(|value| value.as_bytes()).unwrap_or_default();
        let digest = Sha256::new().chain_update(&verified.signature).chain_update("\n").chain_update(invocation);
        Self { id: hex::encode(digest.finalize()), valid_until: verified.valid_until }
    }
}

/// An answer to be sent: of the operation now, or of the first time.
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

impl<S, K> Face<S, K>
where
    S: Dispatch,
    K: Keys + Answers,
{
    /// Runs `operation`, unless this very request has run before.
    pub(super) async fn once(
        &self,
        caller: &Caller,
        rights: &Rights,
        operation: Operation,
        body: &[u8],
        sent: &Sent,
    ) -> Result<Answered, Failure> {
        if !operation.writes() {
            let body = self.service.dispatch(caller, rights, operation, body).await?;
            return Ok(Answered { status: 200, body });
        }
        let known = self.keys.receive(&sent.id, sent.valid_until, (self.clock)()).await;
        match known.map_err(|error| unkept(caller, &error))? {
            Known::New => {}
            Known::Open => return Err(open()),
            Known::Answered { status, body: Some(body) } => return Ok(Answered { status, body: body.into_bytes() }),
            Known::Answered { body: None, .. } => return Err(secret()),
        }
        let result = self.service.dispatch(caller, rights, operation, body).await;
        let kept = match &result {
            // A fault of ours rolled back what it had begun, so the same request may try again.
            Err(failure) if failure.status >= 500 => self.keys.forget(&sent.id).await,
            Err(failure) => self.keys.keep(&sent.id, failure.status, Some(&failure.body.to_string())).await,
            Ok(body) => {
                let text = (!operation.answers_a_secret()).then(|| String::from_utf8_lossy(body));
                self.keys.keep(&sent.id, 200, text.as_deref()).await
            }
        };
        if let Err(error) = kept {
            // It stays open: sent again it is refused, and does not act.
            unkept(caller, &error);
        }
        result.map(|body| Answered { status: 200, body })
    }
}

fn unkept(caller: &Caller, error: &dyn std::error::Error) -> Failure {
    tracing::error!(request = caller.request_id, %error, "cannot remember a write");
    Failure::internal()
}

fn open() -> Failure {
    let message = "this request was received before and its outcome is not known yet; look before you send a new one";
    Failure::protocol("ServiceUnavailableException", 503, message)
}

fn secret() -> Failure {
    let message = "this request was received before; its answer was a secret and is not given twice";
    SignatureError::Invalid(message.to_owned()).failure()
}
