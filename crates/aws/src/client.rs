//! The generic client: any operation of the tables, signed, with patience.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use http_body_util::{BodyExt, Limited};
use serde_json::{Map, Value};
use tokio::sync::{Mutex, Semaphore};

use crate::answer;
use crate::endpoint::Endpoints;
use crate::failure::{Failure, Remedy};
use crate::request;
use crate::table::Operation;

/// The largest answer that is read, in bytes. A page of a thousand instances has a few million.
const MAX_ANSWER: usize = 128 << 20;
/// The most pages of one answer.
const MAX_PAGES: usize = 100_000;
/// Attempts at somebody who does not answer.
const MOST_KNOCKS: u32 = 4;
/// Credentials that end sooner than this are fetched anew.
const FRESH: Duration = Duration::from_secs(300);

/// How long to wait and how often to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Attempts at one request, the first included.
    pub attempts: u32,
    /// The longest wait before the second attempt; it doubles with every further one.
    pub first_wait: Duration,
    /// The longest wait before any attempt.
    pub longest_wait: Duration,
    /// How long one attempt may take.
    pub answer: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            attempts: 10,
            first_wait: Duration::from_millis(300),
            longest_wait: Duration::from_secs(20),
            answer: Duration::from_secs(90),
        }
    }
}

/// Calls operations in one account and Region.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) http: SharedHttpConnector,
    pub(crate) keys: Arc<Keys>,
    pub(crate) region: String,
    pub(crate) endpoints: Endpoints,
    pub(crate) patience: Patience,
    /// Requests that may be under way at once, everywhere.
    pub(crate) slots: Arc<Semaphore>,
}

/// Credentials, kept until they end.
#[derive(Debug)]
pub(crate) struct Keys {
    provider: SharedCredentialsProvider,
    kept: Mutex<Option<Credentials>>,
}

impl Keys {
    pub(crate) fn new(provider: SharedCredentialsProvider) -> Self {
        Self { provider, kept: Mutex::new(None) }
    }

    /// Credentials that last for a while.
    pub(crate) async fn current(&self) -> Result<Credentials, Failure> {
        let mut kept = self.kept.lock().await;
        let until = SystemTime::now() + FRESH;
        if let Some(keys) = kept.as_ref().filter(|keys| keys.expiry().is_none_or(|expiry| expiry > until)) {
            return Ok(keys.clone());
        }
        let fresh = self.provider.provide_credentials().await;
        let fresh = fresh.map_err(|error| Failure::NoCredentials(chain(&error)))?;
        *kept = Some(fresh.clone());
        Ok(fresh)
    }
}

/// An error with its causes, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let mut texts: Vec<String> = causes.map(ToString::to_string).collect();
    texts.dedup();
    answer::cut(&texts.join(": "))
}

/// What one attempt came to.
enum Attempt {
    Done(Map<String, Value>),
    Again(Failure),
    Never(Failure),
}

impl Client {
    /// All pages of an answer, each handed to `page` without its token. What was handed over stays handed over when a
    /// later page fails.
    pub(crate) async fn pages(
        &self,
        operation: &'static Operation,
        mut input: Map<String, Value>,
        mut page: impl FnMut(Map<String, Value>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let broken = |why: &str| Failure::Malformed { action: operation.action(), why: why.to_owned() };
        let mut last = None;
        for _ in 0..MAX_PAGES {
            let mut answer = self.call(operation, &input).await?;
            let pages = operation.pages.as_ref();
            let token = pages.and_then(|pages| Some((pages.ask, answer.remove(pages.answer)?)));
            page(answer)?;
            let token = token.filter(|(_, token)| token.as_str().is_some_and(|token| !token.is_empty()));
            let Some((ask, token)) = token else { return Ok(()) };
            if last.as_ref() == Some(&token) {
                return Err(broken("its pages go in a circle"));
            }
            input.insert(ask.to_owned(), token.clone());
            last = Some(token);
        }
        Err(broken("it has too many pages"))
    }

    /// One answer, asked for until it comes or patience ends.
    pub(crate) async fn call(
        &self,
        operation: &'static Operation,
        input: &Map<String, Value>,
    ) -> Result<Map<String, Value>, Failure> {
        let request = request::write(operation, input);
        let mut attempt = 1;
        loop {
            let outcome = {
                // Waiting does not hold a place that others could use.
                let _place = self.slots.acquire().await.map_err(|_| self.unreachable(operation, "stopped"))?;
                self.attempt(operation, &request).await
            };
            match outcome {
                Attempt::Done(answer) => return Ok(answer),
                Attempt::Never(failure) => return Err(failure),
                Attempt::Again(failure) if attempt >= self.attempts(&failure) => return Err(failure),
                Attempt::Again(_) => tokio::time::sleep(self.wait(attempt)).await,
            }
            attempt += 1;
        }
    }

    /// Who does not answer at all may not exist in this Region; waiting long for it delays everything.
    fn attempts(&self, failure: &Failure) -> u32 {
        match failure {
            Failure::Unreachable { .. } => self.patience.attempts.min(MOST_KNOCKS),
            Failure::Denied { .. }
            | Failure::Refused { .. }
            | Failure::Malformed { .. }
            | Failure::NoCredentials(_)
            | Failure::NotCalled { .. } => self.patience.attempts,
        }
    }

    /// How long to wait after the given attempt: a random part of a doubling span, so that many do not come back at once
    /// (AWS Architecture Blog, "Exponential Backoff And Jitter").
    fn wait(&self, attempt: u32) -> Duration {
        let doubled = self.patience.first_wait.saturating_mul(1_u32.checked_shl(attempt - 1).unwrap_or(u32::MAX));
        doubled.min(self.patience.longest_wait).mul_f64(fastrand::f64())
    }

    async fn attempt(&self, operation: &'static Operation, request: &request::Request) -> Attempt {
        let signed = match self.signed(operation, request).await {
            Ok(signed) => signed,
            Err(failure) => return Attempt::Never(failure),
        };
        let exchange = async {
            let response = self.http.call(signed).await.map_err(|error| chain(&error))?;
            let status = response.status().as_u16();
            let body = Limited::new(response.into_body(), MAX_ANSWER).collect().await;
            let body = body.map_err(|error| chain(error.as_ref()))?;
            Ok::<_, String>((status, body.to_bytes()))
        };
        let (status, body) = match tokio::time::timeout(self.patience.answer, exchange).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(why)) => return Attempt::Again(self.unreachable(operation, &why)),
            Err(_) => return Attempt::Again(self.unreachable(operation, "it takes too long")),
        };
        if (200..300).contains(&status) {
            return match answer::read(operation, &body) {
                Ok(answer) => Attempt::Done(answer),
                // Half an answer may be whole the next time.
                Err(why) => Attempt::Again(Failure::malformed(operation.action(), &why)),
            };
        }
        let complaint = answer::complaint(&body);
        let remedy = Remedy::of(status, &complaint);
        let failure = Failure::refusal(operation.action(), status, complaint);
        match remedy {
            Remedy::Wait => Attempt::Again(failure),
            Remedy::Permit | Remedy::Accept => Attempt::Never(failure),
        }
    }

    fn unreachable(&self, operation: &Operation, why: &str) -> Failure {
        let host = self.endpoints.of(operation.service, &self.region).host;
        Failure::Unreachable { action: operation.action(), host, why: why.to_owned() }
    }

    async fn signed(&self, operation: &Operation, request: &request::Request) -> Result<HttpRequest, Failure> {
        let endpoint = self.endpoints.of(operation.service, &self.region);
        let unusable = |why: String| Failure::Unreachable {
            action: operation.action(),
            host: endpoint.host.clone(),
            why: format!("cannot write the request: {why}"),
        };
        let keys = self.keys.current().await?;
        let identity = keys.into();
        let parameters = SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(operation.service.signing_name)
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| unusable(error.to_string()))?
            .into();
        let mut headers = vec![("content-type", request.content_type.as_str()), ("host", endpoint.host.as_str())];
        headers.extend(request.target.as_deref().map(|target| ("x-amz-target", target)));
        let body = SignableBody::Bytes(&request.body);
        let signable = SignableRequest::new("POST", &endpoint.url, headers.iter().copied(), body);
        let signable = signable.map_err(|error| unusable(error.to_string()))?;
        let signed = sign(signable, &parameters).map_err(|error| unusable(error.to_string()))?;
        let (instructions, _) = signed.into_parts();
        let mut message = HttpRequest::new(SdkBody::from(request.body.as_slice()));
        message.set_method("POST").map_err(|error| unusable(error.to_string()))?;
        message.set_uri(endpoint.url.as_str()).map_err(|error| unusable(error.to_string()))?;
        for (name, value) in headers.into_iter().chain(instructions.headers()) {
            let added = message.headers_mut().try_insert(name.to_owned(), value.to_owned());
            added.map_err(|error| unusable(error.to_string()))?;
        }
        Ok(message)
    }
}
