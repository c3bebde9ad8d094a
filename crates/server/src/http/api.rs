//! `POST /`: one request from its headers to its answer.

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
use inspector_api::signature::SignatureError;
use inspector_model::arn::Scope;
use serde_json::Value;
use tokio::sync::OwnedSemaphorePermit;

use super::audit::{self, Called};
use super::authenticate::{Journal, Keys, SignedHead};
use super::authorize::{Operation, Question, authorize};
use super::context::Origin;
use super::dispatch::{Dispatch, Rights, Signer};
use super::protocol::Protocol;
use super::query::{self, Form};
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
    let (mut response, label, status, error) = if query::is_sts(&request) {
        let (response, status, error) = match face.clone().answer_form(&id, request, &body_read).await {
            Ok((action, answered)) => (query::answer(&id, &action, &answered), 200, ""),
            Err(failure) => (query::failure(&id, &failure), failure.status, failure.name),
        };
        (response, "sts".to_owned(), status, error)
    } else {
        let result = face.clone().answer(&id, &protocol, &mut operation, request, &body_read).await;
        let (status, error) = match &result {
            Ok(answered) => (answered.status, ""),
            Err(failure) => (failure.status, failure.name),
        };
        (protocol.answer(&id, operation, result), protocol.label(operation), status, error)
    };
    let millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request = id, target = ?label, status, error, millis, "answered");
    if !body_read.into_inner() {
        // What is left of the body would be read as the next request, so the connection ends; the client is told.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// A request whose signature was right.
struct Signed {
    signer: Signer,
    origin: Origin,
    sent: Sent,
    body: Vec<u8>,
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
        let largest = operation.map_or(MAX_BODY, Operation::max_body);
        let services = [protocol.signing_name()];
        let signed = self.authenticated(id, &services, largest, &head, body, body_read).await?;
        let Signed { signer: Signer { caller, rights }, origin, sent, body } = signed;
        let (named, body) = protocol.read(body)?;
        *operation = Some(named);
        let operation = named;
        let body = Arc::new(body);
        let decided = authorize(&caller, &rights.authority, &rights.context, &Question::of(&caller, operation, &body));
        let outcome = match decided {
            Ok(()) => self.clone().run((caller.clone(), rights), operation, body.clone(), sent, permit).await,
            Err(denied) => Err(denied),
        };
        let called = Called::Json(operation, &body);
        let told = outcome.as_ref().map(|answered| answered.body.as_slice());
        self.record(&called, Some(&caller), &origin, id, told).await?;
        outcome
    }

    /// Writes an event; that of a write is on the disk before the write is acknowledged.
    async fn record(
        &self,
        called: &Called<'_>,
        caller: Option<&Caller>,
        origin: &Origin,
        id: &str,
        outcome: Result<&[u8], &Failure>,
    ) -> Result<(), Failure> {
        let now = (self.clock)();
        let durable = match called {
            Called::Json(operation, _) => operation.writes() && outcome.is_ok(),
            Called::Form(..) => outcome.is_ok(),
        };
        let event = audit::event(called, caller, origin, (id, now), outcome);
        if self.keys.record(event, now, durable).await {
            return Ok(());
        }
        tracing::error!(request = id, "an event could not be written to the audit log");
        Err(Failure::internal())
    }

    /// A form: signed, or of the few operations that carry a proof of their own instead.
    async fn answer_form(
        self: Arc<Self>,
        id: &str,
        request: Request<Body>,
        body_read: &AtomicBool,
    ) -> Result<(String, Value), Failure> {
        let _permit = self.requests.clone().try_acquire_owned().map_err(|_| busy(None))?;
        let (head, body) = request.into_parts();
        let signed = SignedHead::of(&head).claim(query::SERVICES, (self.clock)());
        let (signer, body) = if matches!(signed, Err(SignatureError::Missing)) {
            let body = self.body(&head.headers, body, query::MAX_FORM).await?;
            body_read.store(true, Ordering::Relaxed);
            (None, body)
        } else {
            let signed = self.authenticated(id, query::SERVICES, query::MAX_FORM, &head, body, body_read).await?;
            (Some(signed.signer), signed.body)
        };
        let form = Form::parse(&body).ok_or_else(|| Failure::serialization("the body is no form"))?;
        let origin = Origin::of(&head, self.limits.forwarded);
        let action = form.action().to_owned();
        let work = self.service.query(signer.as_ref(), &form, origin.address, id);
        let answered = tokio::time::timeout(self.limits.operation, work).await.map_err(|_| Failure::internal())?;
        let caller = signer.as_ref().map(|signer| &signer.caller);
        let told = answered.as_ref().map(|_| &b""[..]);
        self.record(&Called::Form("sts.amazonaws.com", &form), caller, &origin, id, told).await?;
        Ok((action, answered?))
    }

    /// Looks the key up before the body is read, so that a stranger cannot make us hold one.
    async fn authenticated(
        &self,
        id: &str,
        services: &[&str],
        largest: usize,
        head: &Head,
        body: Body,
        body_read: &AtomicBool,
    ) -> Result<Signed, Failure> {
        let signed = SignedHead::of(head);
        let claim = signed.claim(services, (self.clock)()).map_err(|error| error.failure())?;
        let found = self.keys.find(&claim.access_key_id).await.map_err(|error| unreadable(id, &error))?;
        let stored = found.ok_or_else(|| SignatureError::UnknownKey.failure())?;
        let body = self.body(&head.headers, body, largest).await?;
        body_read.store(true, Ordering::Relaxed);
        let now = (self.clock)();
        let verified = claim.check(&signed.parts(), &body, Some(&stored.key), now).map_err(|error| error.failure())?;
        // Only who holds the secret can use the key's share up.
        self.buckets.take(&verified.access_key_id, self.limits.rate, now)?;
        let mut context = stored.context;
        let origin = Origin::of(head, self.limits.forwarded);
        origin.add_to(&mut context, verified.region.as_str(), now);
        let used = self.keys.used(&verified.access_key_id, verified.region.as_str(), stored.last_used_at, now).await;
        used.map_err(|error| unreadable(id, &error))?;
        let sent = Sent::of(&verified, &head.headers);
        let caller = Caller {
            scope: Scope { account: stored.account, region: verified.region },
            principal: stored.principal,
            access_key_id: verified.access_key_id,
            request_id: id.to_owned(),
        };
        Ok(Signed {
            signer: Signer { caller, rights: Rights { authority: stored.authority, context } },
            origin,
            sent,
            body,
        })
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
        (caller, rights): (Caller, Rights),
        operation: Operation,
        body: Arc<Vec<u8>>,
        sent: Sent,
        permit: OwnedSemaphorePermit,
    ) -> Result<Answered, Failure> {
        let (face, id) = (self.clone(), caller.request_id.clone());
        let task = tokio::spawn(async move {
            let _permit = permit;
            face.once(&caller, &rights, operation, &body, &sent).await
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
