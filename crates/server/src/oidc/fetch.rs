//! The provider's documents and its token endpoint, over HTTPS; over plain HTTP on this host only.

use std::io::Read;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use ureq::Agent;
use ureq::http::Uri;

use super::{OidcError, OidcSettings};

/// The longest that one answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The largest answer, in bytes.
const MOST: u64 = 1 << 20;

/// What the provider's configuration says (OpenID Connect Discovery 1.0, section 3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) authorization_endpoint: String,
    pub(crate) token_endpoint: String,
    jwks_uri: String,
    /// Whether our secret goes into a header, as is usual unless the provider says otherwise, or into the form.
    secret_in_header: bool,
}

/// Whether a URL may be asked: nobody on the way may read or change what is said.
pub(super) fn is_allowed(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    match (uri.scheme_str(), uri.host()) {
        (Some("https"), Some(_)) => true,
        (Some("http"), Some(host)) => matches!(host, "127.0.0.1" | "localhost" | "[::1]"),
        _ => false,
    }
}

/// The configuration and the keys of `issuer`. Blocks.
pub(super) fn fetch(issuer: &str) -> Result<(Document, Value), OidcError> {
    let configuration = get(&format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/')))?;
    let text = |name: &str| configuration.get(name).and_then(Value::as_str).map(str::to_owned);
    if text("issuer").as_deref() != Some(issuer) {
        return Err(OidcError::Provider("its configuration is of another issuer".to_owned()));
    }
    let need = |name: &str| {
        let url = text(name).filter(|url| is_allowed(url));
        url.ok_or_else(|| OidcError::Provider(format!("its configuration has no usable `{name}`")))
    };
    let ways = configuration.get("token_endpoint_auth_methods_supported").and_then(Value::as_array);
    let document = Document {
        authorization_endpoint: need("authorization_endpoint")?,
        token_endpoint: need("token_endpoint")?,
        jwks_uri: need("jwks_uri")?,
        secret_in_header: ways.is_none_or(|ways| ways.iter().any(|way| way == "client_secret_basic")),
    };
    let keys = get(&document.jwks_uri)?;
    Ok((document, keys))
}

/// An identity token for an authorisation code (OpenID Connect Core 1.0, section 3.1.3). Blocks.
pub(crate) fn exchange(
    settings: &OidcSettings,
    document: &Document,
    code: &str,
    verifier: &str,
    redirect: &str,
) -> Result<String, OidcError> {
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("code_verifier", verifier),
        ("redirect_uri", redirect),
        ("client_id", settings.client_id.as_str()),
    ];
    let mut request = agent().post(&document.token_endpoint);
    match &settings.client_secret {
        Some(secret) if document.secret_in_header => {
            // RFC 6749, section 2.3.1: both are encoded before they are joined.
            let pair = format!("{}:{}", encoded(&settings.client_id), encoded(secret.reveal()));
            request = request.header("authorization", format!("Basic {}", STANDARD.encode(pair)));
        }
        Some(secret) => form.push(("client_secret", secret.reveal())),
        None => {}
    }
    let answer = json(request.send_form(form), "its token endpoint")?;
    let token = answer.get("id_token").and_then(Value::as_str).map(str::to_owned);
    token.ok_or_else(|| OidcError::Provider("it gave no identity token".to_owned()))
}

/// Text as a part of a URL or form.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |out, byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out + &char::from(byte).to_string(),
        other => out + &format!("%{other:02X}"),
    })
}

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(true).max_redirects(0).timeout_global(Some(PATIENCE)).build().into()
}

fn get(url: &str) -> Result<Value, OidcError> {
    json(agent().get(url).call(), url)
}

fn json(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>, what: &str) -> Result<Value, OidcError> {
    let wrong = |why: String| OidcError::Provider(format!("{what}: {why}"));
    let response = answer.map_err(|error| wrong(error.to_string()))?;
    let mut bytes = Vec::new();
    let mut reader = response.into_body().into_with_config().limit(MOST).reader();
    reader.read_to_end(&mut bytes).map_err(|error| wrong(error.to_string()))?;
    serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_host_is_asked_in_the_clear() {
        for good in ["https://id.example/x", "http://127.0.0.1:9/x", "http://localhost/x", "http://[::1]:9/"] {
            assert!(is_allowed(good), "{good}");
        }
        for bad in ["http://id.example/", "ftp://127.0.0.1/", "/x", "", "http://127.0.0.1.example/"] {
            assert!(!is_allowed(bad), "{bad}");
        }
    }
}
