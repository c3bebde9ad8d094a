//! A server on loopback that answers as AWS does, from AWS CLI JSON: in pages, and with the faults that it is told.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::generated::calls::CALLS;
use crate::table::{Member, Operation, Protocol, Shape};

/// What goes wrong with an operation.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fault {
    /// The first so many requests come too fast.
    Throttle(usize),
    /// Nobody may.
    Deny,
    /// Every page from this one on, counted from zero, is an error of the server.
    FailFrom(usize),
    /// The answer breaks off in its middle.
    BreakOff,
    /// No answer comes.
    Silence,
    /// The token of the next page is always the same.
    Circle,
}

/// One request as it came.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) operation: &'static str,
    /// Names in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

/// What is there, and what goes wrong.
#[derive(Debug, Default)]
pub(super) struct Replay {
    /// Answers as AWS CLI prints them, by operation and by a value of the input that they belong to, if any.
    pub(super) answers: BTreeMap<(&'static str, &'static str), Value>,
    pub(super) faults: BTreeMap<&'static str, Fault>,
    /// Records in a page.
    pub(super) page: usize,
    pub(super) asked: Mutex<Vec<Asked>>,
    pub(super) under_way: AtomicUsize,
    /// The most requests that were under way at once.
    pub(super) most: AtomicUsize,
}

impl Replay {
    /// Starts to serve; the address is for `--endpoint-url`.
    pub(super) async fn serve(self) -> (String, Arc<Self>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let replay = Arc::new(self);
        let serving = Arc::clone(&replay);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let replay = Arc::clone(&serving);
                tokio::spawn(async move { replay.converse(stream).await });
            }
        });
        (url, replay)
    }

    /// How often an operation was asked for.
    pub(super) fn count(&self, operation: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| asked.operation == operation).count()
    }

    async fn converse(&self, mut stream: TcpStream) -> Option<()> {
        loop {
            let asked = request(&mut stream).await?;
            let now = self.under_way.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            // Others that are allowed to come do so before this one is answered.
            tokio::task::yield_now().await;
            let (status, body) = self.answer(asked).await;
            self.under_way.fetch_sub(1, Ordering::SeqCst);
            let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n", body.len());
            stream.write_all((head + &body).as_bytes()).await.ok()?;
        }
    }

    async fn answer(&self, asked: Asked) -> (u16, String) {
        let operation = operation(&asked);
        let input = input(&asked);
        let before = self.count(operation.name);
        self.asked.lock().unwrap().push(asked);
        let page = input.get(operation.pages.map_or("", |pages| pages.ask)).map_or(0, |token| token.parse().unwrap());
        match self.faults.get(operation.name) {
            Some(Fault::Throttle(times)) if before < *times => error(operation, 503, "RequestLimitExceeded"),
            Some(Fault::Deny) => error(operation, 403, denied(operation)),
            Some(Fault::FailFrom(first)) if page >= *first => error(operation, 500, "InternalError"),
            Some(Fault::Silence) => std::future::pending().await,
            Some(Fault::BreakOff) => {
                let whole = self.page(operation, &input, page);
                (200, whole.chars().take(whole.len() / 2).collect())
            }
            Some(Fault::Circle) => (200, self.page(operation, &input, 0)),
            Some(Fault::Throttle(_) | Fault::FailFrom(_)) | None => (200, self.page(operation, &input, page)),
        }
    }

    /// One page: a part of each list of the answer, and the number of the next.
    fn page(&self, operation: &Operation, input: &BTreeMap<String, String>, page: usize) -> String {
        let is_about = |about: &str| about.is_empty() || input.values().any(|value| value == about);
        let names = |member: &String| operation.output.iter().any(|known| known.name == member);
        let fits = |answer: &Value| answer.as_object().is_some_and(|members| members.keys().all(names));
        let mut known = self.answers.iter().filter(|((name, _), answer)| *name == operation.name && fits(answer));
        let found = known.find(|((_, about), _)| is_about(about)).and_then(|(_, answer)| answer.as_object());
        let mut answer = found.cloned().unwrap_or_default();
        let mut more = false;
        if let Some(pages) = operation.pages.filter(|_| self.page > 0) {
            for list in answer.values_mut().filter_map(Value::as_array_mut) {
                more |= list.len() > (page + 1) * self.page;
                *list = list.iter().skip(page * self.page).take(self.page).cloned().collect();
            }
            if more {
                answer.insert(pages.answer.to_owned(), json!((page + 1).to_string()));
            }
        }
        whole(operation, &answer)
    }
}

async fn request(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let pairs = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let headers: Vec<_> = pairs.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    let header = |name: &str| headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let length: usize = header("content-length").map_or(0, |text| text.parse().unwrap());
    let mut body = bytes.split_off(end + 4);
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    let mut asked = Asked { operation: "", headers, body: String::from_utf8(body).unwrap() };
    asked.operation = operation(&asked).name;
    Some(asked)
}

/// The operation that is asked for, by its name and the version or target of its service.
fn operation(asked: &Asked) -> &'static Operation {
    let target = asked.headers.iter().find(|(name, _)| name == "x-amz-target");
    let is_meant = |operation: &&Operation| match (operation.service.protocol, target) {
        (Protocol::Json { target: service, .. }, Some((_, target))) => {
            *target == format!("{service}.{}", operation.name)
        }
        (Protocol::Ec2 | Protocol::Query, None) => {
            let (name, version) = (operation.name, operation.service.api_version);
            asked.body.starts_with(&format!("Action={name}&Version={version}"))
        }
        _ => false,
    };
    CALLS.iter().map(|call| call.operation).find(is_meant).unwrap_or_else(|| panic!("nobody knows {asked:?}"))
}

/// The members of the input that stand at its top.
fn input(asked: &Asked) -> BTreeMap<String, String> {
    if let Ok(Value::Object(members)) = serde_json::from_str(&asked.body) {
        let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        return members.into_iter().map(|(name, value)| (name, text(value))).collect();
    }
    let decoded = |text: &str| text.replace("%3A", ":").replace("%2F", "/");
    let pairs = asked.body.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect()
}

fn denied(operation: &Operation) -> &'static str {
    match operation.service.protocol {
        Protocol::Ec2 => "UnauthorizedOperation",
        Protocol::Query => "AccessDenied",
        Protocol::Json { .. } => "AccessDeniedException",
    }
}

fn error(operation: &Operation, status: u16, code: &str) -> (u16, String) {
    let error = format!("<Error><Code>{code}</Code><Message>not today</Message></Error>");
    let body = match operation.service.protocol {
        Protocol::Ec2 => format!("<Response><Errors>{error}</Errors><RequestID>r</RequestID></Response>"),
        Protocol::Query => format!("<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>"),
        Protocol::Json { .. } => json!({"__type": format!("com.amazon#{code}"), "message": "not today"}).to_string(),
    };
    (status, body)
}

/// The answer as the service's protocol writes it.
pub(super) fn whole(operation: &Operation, answer: &Map<String, Value>) -> String {
    if let Protocol::Json { .. } = operation.service.protocol {
        return Value::Object(answer.clone()).to_string();
    }
    let mut xml = String::new();
    structure(operation.output, answer, &mut xml);
    if let Some(wrapper) = operation.wrapper {
        xml = format!("<{wrapper}>{xml}</{wrapper}>");
    }
    let name = operation.name;
    format!("<?xml version=\"1.0\"?><{name}Response xmlns=\"http://x/\">{xml}<requestId>r</requestId></{name}Response>")
}

fn structure(members: &[Member], values: &Map<String, Value>, xml: &mut String) {
    for name in values.keys() {
        assert!(members.iter().any(|member| member.name == name), "no table has `{name}`");
    }
    for member in members {
        match (values.get(member.name), member.shape) {
            (Some(Value::Array(items)), Shape::List { item, wire: None }) => {
                items.iter().for_each(|value| element(member.wire, item, value, xml));
            }
            (Some(value), shape) => element(member.wire, shape, value, xml),
            (None, _) => {}
        }
    }
}

fn element(name: &str, shape: &Shape, value: &Value, xml: &mut String) {
    write!(xml, "<{name}>").unwrap();
    match (shape, value) {
        (Shape::Structure(members), Value::Object(values)) => structure(members, values, xml),
        (Shape::List { item, wire }, Value::Array(items)) => {
            items.iter().for_each(|value| element(wire.unwrap(), item, value, xml));
        }
        (Shape::Map { value: shape }, Value::Object(values)) => {
            for (key, value) in values {
                write!(xml, "<entry><key>{key}</key>").unwrap();
                element("value", shape, value, xml);
                xml.push_str("</entry>");
            }
        }
        (_, Value::String(text)) => xml.push_str(&quick_xml::escape::escape(text.as_str())),
        (_, other) => write!(xml, "{other}").unwrap(),
    }
    write!(xml, "</{name}>").unwrap();
}
