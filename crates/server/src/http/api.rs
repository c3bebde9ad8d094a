//! `POST /`: one request from its headers to its answer.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts as Head;
use axum::http::{HeaderMap, HeaderValue, Request, header};
use axum::response::Response;
use http_body_util::BodyExt;
use inspector_api::caller::Caller;
use inspector_api::codec::MAX_BODY;
use inspector_api::error::Failure;
use inspector_api::inspector::Operation::GetAssessmentReport;
use inspector_api::inspector::ServiceTemporarilyUnavailableException;
use inspector_api::policy::Context;
use inspector_api::signature::{Claim, SignatureError};
use inspector_model::arn::Scope;
use tokio::sync::OwnedSemaphorePermit;

use super::audit;
use super::authenticate::{Journal, Keys, SignedHead};
use super::authorize::{Operation, Question, authorize};
use super::context::Origin;
use super::dispatch::{Dispatch, Rights};
use super::protocol::Protocol;
use super::replay::{Answered, Answers, Sent};
use super::{Face, answer};

/// Answers one request and leaves one event about it.
pub(super) async fn handle<S, K>(State(face): State<Arc<Face<S, K>>>, request: Request<Body>) -> Response
where
    S: Dispatch,
    K: Keys + Answers + Journal,
{
    let (id, started) = (answer::request_id(), Instant::now());
    let protocol = Protocol::of(&request);
    let mut operation = protocol.announced();
    let body_read = AtomicBool::new(false);
    let result = face.answer(&id, &protocol, &mut operation, request, &body_read).await;
    let (status, error) = match &result {
        Ok(answered) => (answered.status, ""),
        Err(failure) => (failure.status, failure.name),
    };
    let label = protocol.label(operation);
    let mut response = protocol.answer(&id, operation, result);
    let millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request = id, target = ?label, status, error, millis, "answered");
    if !body_read.into_inner() {
        // What is left of the body would be read as the next request, so the connection ends; the client is told.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Who signed a request, and what decides what they may do.
struct Signer {
    caller: Caller,
    rights: Rights,
    sent: Sent,
}

impl<S, K> Face<S, K>
where
    S: Dispatch,
    K: Keys + Answers + Journal,
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
        let (head, body) = request.into_parts();
        let origin = Origin::of(&head, self.limits.forwarded);
        let (signer, body) = self.received(id, protocol, &origin, &head, (body, body_read)).await?;
        let (named, input) = protocol.read(body)?;
        *operation = Some(named);
        let (operation, input) = (named, Arc::new(input));
        let caller = signer.as_ref().map(|signer| signer.caller.clone());
        let outcome = match signer {
            Some(signer) => self.clone().decided(signer, operation, input.clone(), permit).await,
            None => self.clone().unsigned(id, &origin, operation, input.clone(), permit).await,
        };
        let told = outcome.as_ref().map(|answered| answered.body.as_slice());
        self.record((operation, &input), caller.as_ref(), &origin, id, told).await?;
        outcome
    }

    /// Runs what a caller asks for, if policies allow it.
    async fn decided(
        self: Arc<Self>,
        Signer { caller, rights, sent }: Signer,
        operation: Operation,
        input: Arc<Vec<u8>>,
        permit: OwnedSemaphorePermit,
    ) -> Result<Answered, Failure> {
        if let Some(question) = Question::of(&caller, operation, &input) {
            authorize(&caller, &rights.authority, &rights.context, &question)?;
        }
        let (id, face) = (caller.request_id.clone(), self.clone());
        let work = async move { face.once(&caller, &rights, operation, &input, &sent).await };
        self.run(&id, operation, permit, work).await
    }

    /// Runs what carries a proof of its own.
    async fn unsigned(
        self: Arc<Self>,
        id: &str,
        origin: &Origin,
        operation: Operation,
        input: Arc<Vec<u8>>,
        permit: OwnedSemaphorePermit,
    ) -> Result<Answered, Failure> {
        let mut context = Context::new();
        origin.add_to(&mut context, (self.clock)());
        let face = self.clone();
        let work = async move {
            let body = face.service.unsigned(&context, operation, &input).await?;
            Ok(Answered { status: 200, body })
        };
        self.run(id, operation, permit, work).await
    }

    /// Writes an event; that of a write is on the disk before the write is acknowledged.
    async fn record(
        &self,
        (operation, input): (Operation, &[u8]),
        caller: Option<&Caller>,
        origin: &Origin,
        id: &str,
        outcome: Result<&[u8], &Failure>,
    ) -> Result<(), Failure> {
        let now = (self.clock)();
        let durable = outcome.is_ok() && audit::durable(operation);
        let event = audit::event((operation, input), caller, origin, (id, now), outcome);
        if self.keys.record(event, now, durable).await {
            return Ok(());
        }
        tracing::error!(request = id, "an event could not be written to the audit log");
        Err(Failure::internal())
    }

    /// The body and who signed it; nobody, where the protocol has operations that need no signature.
    async fn received(
        &self,
        id: &str,
        protocol: &Protocol,
        origin: &Origin,
        head: &Head,
        body: (Body, &AtomicBool),
    ) -> Result<(Option<Signer>, Vec<u8>), Failure> {
        let signed = SignedHead::of(head);
        match signed.claim(protocol.signing_name(), (self.clock)()) {
            Err(SignatureError::Missing) if protocol.may_be_unsigned() => {
                Ok((None, self.body(&head.headers, body, protocol.largest()).await?))
            }
            Err(error) => Err(error.failure()),
            Ok(claim) => {
                let (signer, body) =
                    self.authenticated(id, (&signed, claim), protocol.largest(), origin, &head.headers, body).await?;
                Ok((Some(signer), body))
            }
        }
    }

    /// Looks the key up before the body is read, so that a stranger cannot make us hold one.
    async fn authenticated(
        &self,
        id: &str,
        (signed, claim): (&SignedHead, Claim),
        largest: usize,
        origin: &Origin,
        headers: &HeaderMap,
        body: (Body, &AtomicBool),
    ) -> Result<(Signer, Vec<u8>), Failure> {
        let found = self.keys.find(&claim.access_key_id).await.map_err(|error| unreadable(id, &error))?;
        let stored = found.ok_or_else(|| SignatureError::UnknownKey.failure())?;
        let body = self.body(headers, body, largest).await?;
        let now = (self.clock)();
        let verified = claim.check(&signed.parts(), &body, Some(&stored.key), now).map_err(|error| error.failure())?;
        // Only who holds the secret can use the key's share up.
        self.buckets.take(&verified.access_key_id, self.limits.rate, now)?;
        let mut context = stored.context;
        origin.add_to(&mut context, now);
        context.insert("aws:requestedregion".to_owned(), vec![verified.region.as_str().to_owned()]);
        let used = self.keys.used(&verified.access_key_id, verified.region.as_str(), stored.last_used_at, now).await;
        used.map_err(|error| unreadable(id, &error))?;
        let sent = Sent::of(&verified, headers);
        let caller = Caller {
            scope: Scope { account: stored.account, region: verified.region },
            principal: stored.principal,
            access_key_id: verified.access_key_id,
            request_id: id.to_owned(),
        };
        Ok((Signer { caller, rights: Rights { authority: stored.authority, context }, sent }, body))
    }

    /// Reads the body, and notes when nothing of it is left.
    async fn body(
        &self,
        headers: &HeaderMap,
        (body, body_read): (Body, &AtomicBool),
        limit: usize,
    ) -> Result<Vec<u8>, Failure> {
        let announced =
            headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
        if announced.is_some_and(|length| length > limit) {
            return Err(Failure::too_large(limit));
        }
        let read = async {
            let _large = if limit > MAX_BODY { self.large_bodies.acquire().await.ok() } else { None };
            collect(body, limit).await
        };
        let bytes = tokio::time::timeout(self.limits.body, read).await.map_err(|_| slow(self.limits.body))??;
        body_read.store(true, Ordering::Relaxed);
        Ok(bytes)
    }

    /// Runs the operation as a task of its own: neither a caller who hangs up nor a panic leaves it half done unseen.
    async fn run(
        &self,
        id: &str,
        operation: Operation,
        permit: OwnedSemaphorePermit,
        work: impl Future<Output = Result<Answered, Failure>> + Send + 'static,
    ) -> Result<Answered, Failure> {
        let task = tokio::spawn(async move {
            let _permit = permit;
            work.await
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

/// Told to nobody but the log.
fn unreadable(id: &str, error: &dyn std::error::Error) -> Failure {
    tracing::error!(request = id, %error, "cannot look up an access key");
    Failure::internal()
}
