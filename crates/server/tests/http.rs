//! The HTTP face over real sockets, with a service behind it that only echoes.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may fail the test"
)]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use inspector_api::Sensitive;
use inspector_api::caller::Caller;
use inspector_api::canonical::Parts;
use inspector_api::error::Failure;
use inspector_api::policy::{Authority, Context};
use inspector_api::sign::{Credentials, sign};
use inspector_api::signature::Key;
use inspector_model::Timestamp;
use inspector_server::http::{
    Answers, Dispatch, Face, Journal, Keys, Known, Limits, Operation, Rights, StoredKey, router, serve,
};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap())
}

/// Answers with who called what; some operations stand for what can go wrong, one waits until it is told to go on.
#[derive(Default)]
struct Echo {
    calls: AtomicUsize,
    arrived: Notify,
    go: Notify,
}

impl Dispatch for Echo {
    async fn dispatch(
        &self,
        caller: &Caller,
        _: &Rights,
        operation: Operation,
        body: &[u8],
    ) -> Result<Vec<u8>, Failure> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        match operation.name() {
            "DeleteAssessmentRun" => panic!("a defect"),
            "StopAssessmentRun" => std::future::pending().await,
            "SubscribeToEvent" => Err(Failure::not_built(operation.name())),
            "GetAssessmentReport" => {
                self.arrived.notify_one();
                self.go.notified().await;
                Ok(b"{}".to_vec())
            }
            name => {
                let (account, region) = (&caller.scope.account, &caller.scope.region);
                let length = body.len();
                let answer = json!({ "operation": name, "account": account, "region": region, "length": length });
                Ok(answer.to_string().into_bytes())
            }
        }
    }

    async fn unsigned(&self, _: &Context, operation: Operation, _: &[u8]) -> Result<Vec<u8>, Failure> {
        Ok(json!({ "Nobody": operation.name() }).to_string().into_bytes())
    }
}

/// Keys by their ids, and writes in memory.
#[derive(Default)]
struct Ring {
    writes: Mutex<BTreeMap<String, Known>>,
    events: Mutex<Vec<String>>,
}

impl Answers for Ring {
    type Error = std::io::Error;

    async fn receive(&self, id: &str, valid_until: Timestamp, now: Timestamp) -> Result<Known, Self::Error> {
        assert!(valid_until > now);
        let mut writes = self.writes.lock().unwrap();
        Ok(writes.insert(id.to_owned(), Known::Open).map_or(Known::New, |known| {
            writes.insert(id.to_owned(), known.clone());
            known
        }))
    }

    async fn keep(&self, id: &str, status: u16, body: Option<&str>) -> Result<(), Self::Error> {
        let answered = Known::Answered { status, body: body.map(str::to_owned) };
        self.writes.lock().unwrap().insert(id.to_owned(), answered);
        Ok(())
    }

    async fn forget(&self, id: &str) -> Result<(), Self::Error> {
        self.writes.lock().unwrap().remove(id);
        Ok(())
    }
}

impl Journal for Ring {
    async fn record(&self, event: String, _: Timestamp, _: bool) -> bool {
        self.events.lock().unwrap().push(event);
        true
    }
}

impl Keys for Ring {
    type Error = std::io::Error;

    async fn find(&self, id: &str) -> Result<Option<StoredKey>, Self::Error> {
        let authority = match id {
            "AKIDALLOWED" => Authority::Root,
            "AKIDPOWERLESS" => Authority::None,
            "AKIDBROKEN" => return Err(std::io::Error::other("the disk is gone")),
            _ => return Ok(None),
        };
        let key = Key { secret: Sensitive::new(SECRET), token_hash: None, expires_at: None };
        Ok(Some(StoredKey {
            key,
            account: "123456789012".parse().unwrap(),
            principal: "root".to_owned(),
            authority,
            context: Context::new(),
            last_used_at: None,
        }))
    }

    async fn used(&self, _: &str, _: &str, _: Option<Timestamp>, _: Timestamp) -> Result<(), Self::Error> {
        Ok(())
    }
}

struct Server {
    echo: Arc<Echo>,
    address: String,
    stop: oneshot::Sender<()>,
    done: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Server {
    async fn start(limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let echo = Arc::new(Echo::default());
        let router = router(Face::new(echo.clone(), Ring::default(), now, limits), axum::Router::new());
        let (stop, stopped) = oneshot::channel();
        let done = tokio::spawn(serve(listener, router, async {
            stopped.await.unwrap_or_default();
        }));
        Self { echo, address, stop, done }
    }

    async fn usual() -> Self {
        Self::start(Limits::default()).await
    }

    /// Sends raw bytes and reads until the other side closes.
    async fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        stream.write_all(request).await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        Answer::parse(&bytes)
    }

    fn signed(&self, key: &str, target: &str, body: &[u8]) -> Vec<u8> {
        let mut headers =
            vec![("host".to_owned(), self.address.clone()), ("x-amz-target".to_owned(), target.to_owned())];
        let credentials = Credentials {
            access_key_id: key.to_owned(),
            secret_access_key: Sensitive::new(SECRET),
            session_token: None,
        };
        let parts = Parts { method: "POST", path: "/", query: "", headers: &headers };
        headers.extend(sign(&parts, body, &credentials, "eu-west-1", "inspector", now()));
        let mut request = b"POST / HTTP/1.1\r\nconnection: close\r\n".to_vec();
        for (name, value) in headers {
            request.extend(format!("{name}: {value}\r\n").bytes());
        }
        request.extend(format!("content-length: {}\r\n\r\n", body.len()).bytes());
        request.extend(body);
        request
    }

    async fn call(&self, key: &str, target: &str, body: &[u8]) -> Answer {
        self.raw(&self.signed(key, target, body)).await
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    fn refusal(&self) -> (u16, String) {
        let name = self.json()["__type"].as_str().unwrap().to_owned();
        assert!(self.head.contains(&format!("x-amzn-errortype: {}", name.to_ascii_lowercase())), "{}", self.head);
        (self.status, name)
    }
}

#[tokio::test]
async fn a_signed_request_reaches_its_operation_in_the_callers_scope() {
    let server = Server::usual().await;
    let answer = server.call("AKIDALLOWED", "InspectorService.ListFindings", b"{}").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let expected =
        json!({ "operation": "ListFindings", "account": "123456789012", "region": "eu-west-1", "length": 2 });
    assert_eq!(answer.json(), expected);
    for header in ["x-amzn-requestid: ", "date: ", "content-type: application/x-amz-json-1.1"] {
        assert!(answer.head.contains(header), "{header} is not in {}", answer.head);
    }
}

#[tokio::test]
async fn every_refusal_is_json_with_its_name() {
    let server = Server::usual().await;
    let list = "InspectorService.ListFindings";
    let cases = [
        (server.call("AKIDSTRANGER", list, b"{}").await, 403, "UnrecognizedClientException"),
        (server.call("AKIDBROKEN", list, b"{}").await, 500, "InternalException"),
        (server.call("AKIDPOWERLESS", list, b"{}").await, 400, "AccessDeniedException"),
        (server.call("AKIDALLOWED", "InspectorService.Nonsense", b"{}").await, 400, "UnknownOperationException"),
        (server.call("AKIDALLOWED", "OpenInspector.ListFindings", b"{}").await, 400, "UnknownOperationException"),
        (
            server.call("AKIDALLOWED", "InspectorService.SubscribeToEvent", b"{}").await,
            400,
            "UnknownOperationException",
        ),
        (server.call("AKIDALLOWED", "InspectorService.DeleteAssessmentRun", b"{}").await, 500, "InternalException"),
        (server.raw(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await, 405, "MethodNotAllowedException"),
        (server.raw(b"GET /nowhere HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await, 404, "NotFoundException"),
        (
            server.raw(b"POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n").await,
            403,
            "MissingAuthenticationTokenException",
        ),
    ];
    for (answer, status, name) in cases {
        assert_eq!(answer.refusal(), (status, name.to_owned()));
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_by_its_announced_length() {
    let server = Server::usual().await;
    let mut request = server.signed("AKIDALLOWED", "InspectorService.ListFindings", b"");
    let length = request.windows(17).position(|window| window == b"content-length: 0").unwrap();
    request.splice(length.., format!("content-length: {}\r\n\r\n", (6 << 20) + 1).into_bytes());
    let answer = server.raw(&request).await;
    assert_eq!(answer.refusal(), (413, "RequestEntityTooLargeException".to_owned()));
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_as_it_arrives() {
    let server = Server::usual().await;
    let mut request = server.signed("AKIDALLOWED", "InspectorService.ListFindings", b"");
    let length = request.windows(17).position(|window| window == b"content-length: 0").unwrap();
    request.splice(length.., b"transfer-encoding: chunked\r\n\r\n".to_vec());
    request.extend(format!("{:x}\r\n", (6 << 20) + 1).bytes());
    request.extend(vec![b' '; (6 << 20) + 1]);
    request.extend(b"\r\n0\r\n\r\n");
    assert_eq!(server.raw(&request).await.refusal(), (413, "RequestEntityTooLargeException".to_owned()));
}

#[tokio::test]
async fn a_snapshot_may_be_larger() {
    let server = Server::usual().await;
    let answer = server.call("AKIDALLOWED", "OpenInspector.ImportSnapshot", &vec![b' '; (6 << 20) + 1]).await;
    assert_eq!(answer.json()["length"], json!((6 << 20) + 1));
}

#[tokio::test]
async fn a_body_that_does_not_come_and_an_operation_that_does_not_end_run_into_their_limits() {
    let short = Duration::from_millis(50);
    let server = Server::start(Limits { body: short, operation: short, ..Limits::default() }).await;
    let mut request = server.signed("AKIDALLOWED", "InspectorService.ListFindings", b"{}");
    request.pop();
    assert_eq!(server.raw(&request).await.refusal(), (408, "RequestTimeoutException".to_owned()));
    let answer = server.call("AKIDALLOWED", "InspectorService.StopAssessmentRun", b"{}").await;
    assert_eq!(answer.refusal(), (503, "ServiceUnavailableException".to_owned()));
}

#[tokio::test]
async fn requests_beyond_the_limit_are_told_to_come_back() {
    let server = Server::start(Limits { requests: 1, operation: Duration::from_millis(50), ..Limits::default() }).await;
    // It never ends, so the only place stays taken even after its caller was answered.
    let answer = server.call("AKIDALLOWED", "InspectorService.StopAssessmentRun", b"{}").await;
    assert_eq!(answer.status, 503);
    let answer = server.call("AKIDALLOWED", "InspectorService.ListFindings", b"{}").await;
    assert_eq!(answer.refusal(), (503, "ServiceUnavailableException".to_owned()));
    assert!(answer.json()["message"].as_str().unwrap().contains("too many requests"));
}

#[tokio::test]
async fn the_health_check_and_the_console_need_no_signature() {
    let server = Server::usual().await;
    let answer = server.raw(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert_eq!((answer.status, answer.json()), (200, json!({ "status": "ok" })));
    let answer = server.raw(b"GET /console/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    let kind = if cfg!(feature = "console") { "text/html" } else { "text/plain" };
    for header in [&format!("content-type: {kind}"), "content-security-policy: default-src 'self'"] {
        assert!(answer.head.contains(header), "{header} is not in {}", answer.head);
    }
}

#[cfg(feature = "console")]
#[tokio::test]
async fn a_view_of_the_console_is_its_page_and_an_old_asset_is_missing() {
    let server = Server::usual().await;
    let view = server.raw(b"GET /console/runs HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(view.status == 200 && view.body.contains("<!doctype html>"), "{view:?}");
    let asset = server.raw(b"GET /console/assets/old.js HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert_eq!(asset.refusal(), (404, "NotFoundException".to_owned()));
}

#[tokio::test]
async fn a_stop_lets_the_request_at_work_finish() {
    let server = Server::usual().await;
    let request = server.signed("AKIDALLOWED", "InspectorService.GetAssessmentReport", b"{}");
    let mut stream = TcpStream::connect(&server.address).await.unwrap();
    stream.write_all(&request).await.unwrap();
    server.echo.arrived.notified().await;
    server.stop.send(()).unwrap();
    server.echo.go.notify_one();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    assert_eq!(Answer::parse(&bytes).status, 200);
    server.done.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_write_that_is_sent_again_acts_once_and_gets_the_first_answer() {
    let server = Server::usual().await;
    let calls = || server.echo.calls.load(Ordering::SeqCst);
    for (target, status) in [("CreateResourceGroup", 200), ("SubscribeToEvent", 400)] {
        let request = server.signed("AKIDALLOWED", &format!("InspectorService.{target}"), b"{}");
        let before = calls();
        let first = server.raw(&request).await;
        let second = server.raw(&request).await;
        assert_eq!((first.status, second.status, calls()), (status, status, before + 1), "{target}");
        assert_eq!(first.body, second.body);
        if status == 400 {
            assert_eq!(first.refusal(), second.refusal());
        }
    }
    let read = server.signed("AKIDALLOWED", "InspectorService.ListFindings", b"{}");
    let before = calls();
    assert_eq!((server.raw(&read).await.status, server.raw(&read).await.status, calls()), (200, 200, before + 2));
}

#[tokio::test]
async fn a_secret_answer_and_an_unknown_outcome_are_not_given_twice() {
    let server = Server::usual().await;
    let session = server.signed("AKIDALLOWED", "OpenInspector.CreateSession", b"{}");
    assert_eq!(server.raw(&session).await.status, 200);
    assert_eq!(server.raw(&session).await.refusal(), (403, "InvalidSignatureException".to_owned()));
    let broken = server.signed("AKIDALLOWED", "InspectorService.DeleteAssessmentRun", b"{}");
    assert_eq!(server.raw(&broken).await.status, 500);
    assert_eq!(server.raw(&broken).await.refusal(), (503, "ServiceUnavailableException".to_owned()));
}
