//! One document fetched: only when it has changed, going on where an earlier attempt broke off.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use ureq::Agent;
use ureq::http::Response;

use super::state::Validator;

/// No document is larger as it is sent.
const MAX_BYTES: u64 = 2 << 30;
/// How long an answer may take to begin, and a document to arrive.
const PATIENCE: Duration = Duration::from_secs(60);
const LONG_PATIENCE: Duration = Duration::from_secs(3600);

/// What came of asking.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fetched {
    /// The server says that what is there is the newest.
    Unchanged,
    /// It lies at the path now.
    New(Validator),
}

/// A client for publishers and mirrors.
pub(super) fn agent() -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(5)
        .timeout_connect(Some(PATIENCE))
        .timeout_recv_response(Some(PATIENCE))
        .timeout_recv_body(Some(LONG_PATIENCE))
        .user_agent(concat!("openinspector/", env!("CARGO_PKG_VERSION")));
    config.build().into()
}

/// Where a document that is not whole yet lies, and beside it what names it.
fn partial(path: &Path) -> (PathBuf, PathBuf) {
    let with = |suffix: &str| {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(suffix);
        path.with_file_name(name)
    };
    (with(".part"), with(".part.json"))
}

/// Fetches `url` to `path`, unless `known` says that it lies there already.
pub(super) fn fetch(
    agent: &Agent,
    url: &str,
    path: &Path,
    known: Option<&Validator>,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Fetched> {
    let (part, part_name) = partial(path);
    let begun = begun(&part, &part_name);
    let mut request = agent.get(url);
    match (&begun, known.filter(|_| path.is_file())) {
        (Some((length, validator)), _) => {
            request = request.header("range", format!("bytes={length}-"));
            request = request.header("if-range", validator.strong().unwrap_or_default());
        }
        (None, Some(known)) => {
            for (name, value) in known.conditions() {
                request = request.header(name, value);
            }
        }
        (None, None) => {}
    }
    let response = request.call().map_err(|error| anyhow!("{error}"))?;
    match response.status().as_u16() {
        304 => Ok(Fetched::Unchanged),
        200 => save(response, path, 0, progress),
        206 => save(response, path, begun.map_or(0, |(length, _)| length), progress),
        // What was begun is of no use any more.
        416 => {
            let _gone = fs::remove_file(&part);
            Err(anyhow!("the server cannot go on with it; fetch it again"))
        }
        status => Err(anyhow!("the server answers {status}")),
    }
}

/// How much of which version an earlier attempt has left.
fn begun(part: &Path, part_name: &Path) -> Option<(u64, Validator)> {
    let validator: Validator = serde_json::from_slice(&fs::read(part_name).ok()?).ok()?;
    let length = fs::metadata(part).ok()?.len();
    (length > 0 && validator.strong().is_some()).then_some((length, validator))
}

fn save(
    response: Response<ureq::Body>,
    path: &Path,
    from: u64,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Fetched> {
    let (part, part_name) = partial(path);
    let header = |name: &str| response.headers().get(name).and_then(|it| it.to_str().ok()).map(str::to_owned);
    let validator = Validator { etag: header("etag"), last_modified: header("last-modified") };
    let length = header("content-length").and_then(|it| it.parse::<u64>().ok()).map(|length| length + from);
    ensure!(length.is_none_or(|length| length <= MAX_BYTES), "it is larger than {MAX_BYTES} bytes");
    fs::write(&part_name, serde_json::to_vec(&validator)?)
        .with_context(|| format!("cannot write `{}`", part_name.display()))?;
    let mut file = OpenOptions::new().create(true).append(from > 0).write(true).truncate(from == 0).open(&part)?;
    let mut body = response.into_body().into_with_config().limit(MAX_BYTES).reader();
    let (mut written, mut buffer) = (from, vec![0; 64 << 10]);
    loop {
        let read = body.read(&mut buffer).context("the connection broke off")?;
        if read == 0 {
            break;
        }
        file.write_all(buffer.get(..read).unwrap_or_default())?;
        written += read as u64;
        progress(written, length);
    }
    ensure!(length.is_none_or(|length| written == length), "only {written} of {} bytes arrived", length.unwrap_or(0));
    file.sync_all()?;
    fs::rename(&part, path)?;
    let _gone = fs::remove_file(&part_name);
    File::open(path)?.sync_all()?;
    Ok(Fetched::New(validator))
}

/// The SHA-256, in hexadecimal, that a text at `url` names in a line `sha256:…`.
pub(super) fn digest(agent: &Agent, url: &str) -> Result<String> {
    let text = text(agent, url).context("cannot read its digest")?;
    let named = text.lines().find_map(|line| line.strip_prefix("sha256:"));
    named.map(|digest| digest.trim().to_ascii_lowercase()).ok_or_else(|| anyhow!("its digest names no SHA-256"))
}

/// A short text at `url`.
pub(super) fn text(agent: &Agent, url: &str) -> Result<String> {
    let response = agent.get(url).call().map_err(|error| anyhow!("{error}"))?;
    ensure!(response.status().is_success(), "the server answers {}", response.status().as_u16());
    let mut text = String::new();
    response.into_body().into_with_config().limit(64 << 10).reader().read_to_string(&mut text)?;
    Ok(text)
}
