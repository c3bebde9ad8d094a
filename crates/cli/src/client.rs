//! A client of the service: typed input, signed request, typed output.

use std::io::Read;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, anyhow, ensure};
use clap::Args;
use inspector_api::canonical::Parts;
use inspector_api::cloudformation;
use inspector_api::codec::{self, CONTENT_TYPE, Request};
use inspector_api::inspector::SIGNING_NAME;
use inspector_api::query;
use inspector_api::sign::{self, Credentials};
use inspector_model::Timestamp;
use inspector_model::arn::Region;
use serde_json::Value;
use ureq::http::{Response, Uri};
use ureq::{Agent, Body};

use crate::credentials;
use crate::failure::Helpful;

/// The longest that one call may take.
const PATIENCE: Duration = Duration::from_secs(180);
/// The largest answer that is read, in bytes.
const MAX_ANSWER: u64 = 256 << 20;

/// Where the service is and who asks.
#[derive(Debug, Clone, Args)]
pub(crate) struct Connection {
    /// Where the service listens
    #[arg(long, value_name = "URL", env = "AWS_ENDPOINT_URL_INSPECTOR", default_value = "http://127.0.0.1:8008")]
    endpoint_url: Uri,
    /// The Region to act in
    #[arg(long, env = "AWS_DEFAULT_REGION", default_value = "us-east-1")]
    region: Region,
    /// The section of the credentials file to sign with
    #[arg(long)]
    profile: Option<String>,
}

/// Calls operations of one service.
#[derive(Debug)]
pub(crate) struct Client {
    agent: Agent,
    endpoint: Uri,
    host: String,
    credentials: Credentials,
    region: Region,
}

/// The service said no.
#[derive(Debug, thiserror::Error)]
#[error("{operation} was refused: {message} ({name})")]
pub(crate) struct Refused {
    operation: String,
    /// The exception, for example `NoSuchEntityException`.
    name: String,
    message: String,
}

impl Connection {
    /// A client with the keys that the environment names.
    pub(crate) fn client(&self) -> Result<Client> {
        Client::new(self.endpoint_url.clone(), credentials::find(self.profile.as_deref())?, self.region.clone())
    }
}

impl Client {
    /// A client that signs with `credentials` for `region`.
    pub(crate) fn new(endpoint: Uri, credentials: Credentials, region: Region) -> Result<Self> {
        let host = endpoint.authority().map(|authority| authority.as_str().to_owned());
        let host = host.with_context(|| format!("`{endpoint}` is no URL such as http://127.0.0.1:8008"))?;
        ensure!(matches!(endpoint.path(), "" | "/"), "`{endpoint}` has a path; the API is at `/`");
        let config =
            Agent::config_builder().http_status_as_error(false).max_redirects(0).timeout_global(Some(PATIENCE));
        Ok(Self { agent: config.build().into(), endpoint, host, credentials, region })
    }

    /// Calls the operation that `input` belongs to.
    pub(crate) fn call<R: Request>(&self, input: &R) -> Result<R::Response> {
        let operation = R::TARGET.split_once('.').map_or(R::TARGET, |(_, name)| name);
        let body = codec::encode(input).with_context(|| format!("cannot write the input of {operation}"))?;
        let headers = self.headers(CONTENT_TYPE, Some(R::TARGET), SIGNING_NAME, &body)?;
        let (status, answer) = self.send(operation, headers, &body)?;
        if !(200..300).contains(&status) {
            return Err(refused(operation, status, &answer));
        }
        codec::decode_output::<R>(&answer).with_context(|| format!("cannot understand the answer to {operation}"))
    }

    /// Calls an operation of CloudFormation.
    pub(crate) fn query(&self, action: &str, input: &Value) -> Result<Value> {
        let body = query::encode(action, cloudformation::VERSION, input).into_bytes();
        let headers = self.headers(query::CONTENT_TYPE, None, cloudformation::SIGNING_NAME, &body)?;
        let (status, answer) = self.send(action, headers, &body)?;
        let read = || query::read_answer(std::str::from_utf8(&answer)?).map_err(anyhow::Error::new);
        let value = read().with_context(|| format!("cannot understand the answer to {action}"))?;
        if (200..300).contains(&status) {
            return Ok(value);
        }
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Err(Refused { operation: action.to_owned(), name: text("Code"), message: text("Message") }.into())
    }

    fn send(&self, operation: &str, headers: Vec<(String, String)>, body: &[u8]) -> Result<(u16, Vec<u8>)> {
        let mut request = self.agent.post(&self.endpoint);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let response = request.send(body).map_err(|error| self.unreachable(error))?;
        let status = response.status().as_u16();
        let answer = read(response).with_context(|| format!("cannot read the answer to {operation}"))?;
        Ok((status, answer))
    }

    /// Fetches a link that an operation answered with; the link carries its own right.
    pub(crate) fn download(&self, url: &str) -> Result<Vec<u8>> {
        let response = self.agent.get(url).call().with_context(|| format!("cannot fetch `{url}`"))?;
        ensure!(response.status().is_success(), "cannot fetch `{url}`: the service answers {}", response.status());
        read(response).with_context(|| format!("cannot fetch `{url}`"))
    }

    fn headers(
        &self,
        content_type: &str,
        target: Option<&str>,
        service: &str,
        body: &[u8],
    ) -> Result<Vec<(String, String)>> {
        let pairs = [("content-type", content_type), ("host", &self.host)].into_iter();
        let pairs = pairs.chain(target.map(|target| ("x-amz-target", target)));
        let mut headers: Vec<(String, String)> =
            pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        // Two calls that mean the same within one second are still two.
        headers.push(("amz-sdk-invocation-id".to_owned(), uuid::Uuid::new_v4().to_string()));
        let parts = Parts { method: "POST", path: "/", query: "", headers: &headers };
        let added = sign::sign(&parts, body, &self.credentials, self.region.as_str(), service, now()?);
        headers.extend(added);
        Ok(headers)
    }

    fn unreachable(&self, error: ureq::Error) -> anyhow::Error {
        let what = format!("cannot reach the service at `{}`", self.endpoint);
        anyhow::Error::new(error).context(Helpful::new(what, "inspector serve"))
    }
}

fn read(response: Response<Body>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    response.into_body().into_with_config().limit(MAX_ANSWER).reader().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn refused(operation: &str, status: u16, answer: &[u8]) -> anyhow::Error {
    let Ok(body) = serde_json::from_slice::<Value>(answer) else {
        return anyhow!("{operation} failed: what answers with {status} is not the service");
    };
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    Refused { operation: operation.to_owned(), name: text("__type"), message: text("message") }.into()
}

/// The present moment.
pub(crate) fn now() -> Result<Timestamp> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).context("the clock stands before 1970")?;
    Ok(Timestamp::from_millis(i64::try_from(since.as_millis()).context("the clock stands in the far future")?))
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;
    use std::thread::JoinHandle;

    use inspector_api::Sensitive;
    use inspector_api::inspector::{DeleteAssessmentRunRequest, ListFindingsRequest};
    use inspector_api::signature::{Key, verify};

    use super::*;

    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    /// Answers one request with `answer` if its signature is right.
    fn serve_once(status: u16, answer: &'static str) -> (Client, JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let credentials = Credentials {
            access_key_id: "AKIDEXAMPLE".to_owned(),
            secret_access_key: Sensitive::new(SECRET),
            session_token: None,
        };
        let client = Client::new(endpoint, credentials, "eu-west-1".parse().unwrap()).unwrap();
        let thread = std::thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(&stream);
            let lines = reader.by_ref().lines().map(Result::unwrap).take_while(|line| !line.is_empty());
            let lines: Vec<String> = lines.collect();
            assert_eq!(lines[0], "POST / HTTP/1.1");
            let pairs = lines[1..].iter().map(|line| line.split_once(": ").unwrap());
            let headers: Vec<_> = pairs.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
            let parts = Parts { method: "POST", path: "/", query: "", headers: &headers };
            let mut body = vec![0; parts.header("content-length").unwrap().parse().unwrap()];
            reader.read_exact(&mut body).unwrap();
            let key = Key { secret: Sensitive::new(SECRET), token_hash: None, expires_at: None };
            let verified = verify(&parts, &body, "inspector", now().unwrap(), |_| Some(key)).unwrap();
            assert_eq!(verified.region.as_str(), "eu-west-1");
            let length = answer.len();
            write!(&stream, "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n\r\n{answer}").unwrap();
        });
        (client, thread)
    }

    #[test]
    fn an_answer_comes_back_typed() {
        let (client, server) = serve_once(200, r#"{"findingArns":["a"],"nextToken":"t"}"#);
        let answer = client.call(&ListFindingsRequest { max_results: Some(1), ..Default::default() }).unwrap();
        assert_eq!((answer.finding_arns, answer.next_token), (vec!["a".to_owned()], Some("t".to_owned())));
        server.join().unwrap();
    }

    #[test]
    fn an_empty_answer_is_nothing() {
        let (client, server) = serve_once(200, "");
        client.call(&DeleteAssessmentRunRequest { assessment_run_arn: "a".to_owned() }).unwrap();
        server.join().unwrap();
    }

    #[test]
    fn a_refusal_says_what_and_why() {
        let (client, server) = serve_once(400, r#"{"__type":"AccessDeniedException","message":"not yours"}"#);
        let error = client.call(&ListFindingsRequest::default()).unwrap_err();
        assert_eq!(error.to_string(), "ListFindings was refused: not yours (AccessDeniedException)");
        server.join().unwrap();
    }

    #[test]
    fn a_stranger_on_the_port_is_told_apart() {
        let (client, server) = serve_once(502, "<html>");
        let error = client.call(&ListFindingsRequest::default()).unwrap_err();
        assert_eq!(error.to_string(), "ListFindings failed: what answers with 502 is not the service");
        server.join().unwrap();
    }

    #[test]
    fn an_endpoint_with_a_path_is_refused() {
        let credentials =
            Credentials { access_key_id: String::new(), secret_access_key: Sensitive::new(""), session_token: None };
        for bad in ["http://127.0.0.1:8008/api", "/relative"] {
            let region = "us-east-1".parse().unwrap();
            assert!(Client::new(bad.parse().unwrap(), credentials.clone(), region).is_err(), "{bad}");
        }
    }
}
