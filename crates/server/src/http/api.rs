//! `POST /`: one request from its headers to its answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Request, header};
use axum::response::Response;
use http_body_util::BodyExt;
use inspector_api::caller::Caller;
use inspector_api::codec::MAX_BODY;
use inspector_api::error::Failure;
use inspector_api::inspector::Operation::GetAssessmentReport;
use inspector_api::inspector::ServiceTemporarilyUnavailableException;
use inspector_api::signature::SignatureError;
use inspector_model::arn::Scope;
use tokio::sync::OwnedSemaphorePermit;

use super::authenticate::{Keys, SignedHead, StoredKey};
use super::authorize::{Decision, Operation, Rights, authorize};
use super::dispatch::Dispatch;
use super::protocol::Protocol;
use super::replay::{Answered, Answers, Sent};
use super::{Face, answer};

/// Answers one request and leaves one event about it.
pub(super) async fn handle<S, K>(State(face): State<Arc<Face<S, K>>>, request: Request<Body>) -> Response
where
    S: Dispatch,
    K: Keys + Answers,
{
    let (id, started) = (answer::request_id(), Instant::now());
    let protocol = Protocol::of(&request);
    let mut operation = protocol.announced();
    let body_read = AtomicBool::new(false);
    let result = face.clone().answer(&id, &protocol, &mut operation, request, &body_read).await;
    let (status, error) = match &result {
        Ok(answered) => (answered.status, ""),
        Err(failure) => (failure.status, failure.name),
    };
    let millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let target = protocol.label(operation);
    tracing::info!(request = id, ?target, status, error, millis, "answered");
    let mut response = protocol.answer(&id, operation, result);
    if !body_read.into_inner() {
        // What is left of the body would be read as the next request, so the connection ends; the client is told.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

impl<S, K> Face<S, K>
where
    S: Dispatch,
    K: Keys + Answers,
{
    /// Notes the `operation` when only the body names it.
    async fn answer(
        self: Arc<Self>,
        id: &str,
        protocol: &Protocol,
        operation: &mut Option<Operation>,
        request: Request<Body>,
        body_read: &AtomicBool,
    ) -> Result<Answered, Failure> {
        let permit = self.requests.clone().try_acquire_owned().map_err(|_| busy(*operation))?;
        let (caller, stored, sent, body) = self.authenticated(id, protocol, request, body_read).await?;
        let (named, body) = protocol.read(body)?;
        *operation = Some(named);
        match authorize(&caller, stored.rights, named) {
            Decision::Allow => self.run(caller, stored.rights, named, body, sent, permit).await,
            Decision::Deny => Err(denied(&caller, named)),
        }
    }

    /// Looks the key up before the body is read, so that a stranger cannot make us hold one.
    async fn authenticated(
        &self,
        id: &str,
        protocol: &Protocol,
        request: Request<Body>,
        body_read: &AtomicBool,
    ) -> Result<(Caller, StoredKey, Sent, Vec<u8>), Failure> {
        let (head, body) = request.into_parts();
        let signed = SignedHead::of(&head);
        let claim = signed.claim(protocol.signing_name(), (self.clock)()).map_err(|error| error.failure())?;
        let found = self.keys.find(&claim.access_key_id).await.map_err(|error| {
            tracing::error!(request = id, %error, "cannot look up an access key");
            Failure::internal()
        })?;
        let stored = found.ok_or_else(|| SignatureError::UnknownKey.failure())?;

        let body = self.body(&head.headers, body, protocol.announced().map_or(MAX_BODY, Operation::max_body)).await?;
        body_read.store(true, Ordering::Relaxed);
        let verified =
            claim.check(&signed.parts(), &body, Some(&stored.key), (self.clock)()).map_err(|error| error.failure())?;
        let sent = Sent::of(&verified, &head.headers);
        let caller = Caller {
            scope: Scope { account: stored.account.clone(), region: verified.region },
            principal: stored.principal.clone(),
            access_key_id: verified.access_key_id,
            request_id: id.to_owned(),
        };
        Ok((caller, stored, sent, body))
    }

    async fn body(&self, headers: &HeaderMap, body: Body, limit: usize) -> Result<Vec<u8>, Failure> {
        let announced =
            headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
        if announced.is_some_and(|length| length > limit) {
            return Err(Failure::too_large(limit));
        }
        let read = async {
            let _large = if limit > MAX_BODY { self.large_bodies.acquire().await.ok() } else { None };
            collect(body, limit).await
        };
        tokio::time::timeout(self.limits.body, read).await.map_err(|_| slow(self.limits.body))?
    }

    /// Runs the operation as a task of its own: neither a caller who hangs up nor a panic leaves it half done unseen.
    async fn run(
        self: Arc<Self>,
        caller: Caller,
        rights: Rights,
        operation: Operation,
        body: Vec<u8>,
        sent: Sent,
        permit: OwnedSemaphorePermit,
    ) -> Result<Answered, Failure> {
        let (face, id) = (self.clone(), caller.request_id.clone());
        let task = tokio::spawn(async move {
            let _permit = permit;
            face.once(&caller, rights, operation, &body, &sent).await
        });
        match tokio::time::timeout(self.limits.operation, task).await {
            Ok(Ok(result)) => result,
            Ok(Err(error)) => {
                tracing::error!(request = id, operation = operation.name(), %error, "an operation broke");
                Err(Failure::internal())
            }
            Err(_) => {
                tracing::error!(request = id, operation = operation.name(), "an operation took too long");
                Err(Failure::protocol("ServiceUnavailableException", 503, "the operation took too long; it goes on"))
            }
        }
    }
}

async fn collect(mut body: Body, limit: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Failure::serialization("the body ended early"))?;
        if let Ok(data) = frame.into_data() {
            if bytes.len() + data.len() > limit {
                return Err(Failure::too_large(limit));
            }
            bytes.extend_from_slice(&data);
        }
    }
    Ok(bytes)
}

/// In the word that the operation's model has for it, where it has one, and always with a status that SDKs try again on.
fn busy(operation: Option<Operation>) -> Failure {
    let message = "too many requests at once; try again";
    match operation {
        Some(Operation::Classic(one)) if operation.is_some_and(Operation::writes) || one == GetAssessmentReport => {
            Failure { status: 503, ..Failure::of(&ServiceTemporarilyUnavailableException::new(message)) }
        }
        Some(_) | None => Failure::protocol("ServiceUnavailableException", 503, message),
    }
}

fn slow(limit: Duration) -> Failure {
    Failure::protocol("RequestTimeoutException", 408, format!("the body took longer than {} seconds", limit.as_secs()))
}

/// As AWS tells a denial by policy: the name of the model's exception, without its members.
pub(crate) fn denied(caller: &Caller, operation: Operation) -> Failure {
    let message = format!("`{}` is not allowed to perform `{}`", caller.principal, operation.action());
    Failure::protocol("AccessDeniedException", 400, message)
}
