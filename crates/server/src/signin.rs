//! Signing in to the console with an identity provider: the authorisation code flow with PKCE (RFC 7636).
//!
//! Nothing is kept between the two requests but a random cookie, from which state, nonce and verifier follow.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use inspector_api::policy::Context;
use ring::hmac;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::Service;
use crate::oidc::{Provider, encoded, exchange};
use crate::sts::assume_role::Wanted;
use crate::sts::web_identity::assume;
use crate::world::random;
use inspector_api::query::escaped;

const COOKIE: &str = "inspector-signin";

/// How long people may take at the provider, in seconds.
const PATIENCE: i64 = 600;

/// Puts the keys where the console looks for them, and goes there. A file of its own: pages here run no inline script.
const KEEP: &str = "sessionStorage.setItem('openinspector.session', document.getElementById('session').textContent);\
                    location.replace('/console/');\n";

/// The pages need no signature: they are how one gets keys to sign with.
pub(crate) fn routes(service: Service) -> Router {
    Router::new()
        .route("/signin/oidc", get(start))
        .route("/signin/options", get(options))
        .route("/signin/oidc/callback", get(callback))
        .route("/signin/keep.js", get(|| async { ([(header::CONTENT_TYPE, "text/javascript")], KEEP) }))
        .with_state(service)
}

/// Which ways to sign in there are beside an access key: what the console's page asks before anybody has signed in.
async fn options(State(service): State<Service>) -> Response {
    let provider = service.oidc().is_some_and(|provider| provider.settings.role.is_some());
    ([(header::CACHE_CONTROL, "no-store")], Json(json!({ "identityProvider": provider }))).into_response()
}

fn derived(service: &Service, cookie: &str, purpose: &str) -> String {
    let text = format!("signin\n{purpose}\n{cookie}");
    URL_SAFE_NO_PAD.encode(hmac::sign(service.token_key(), text.as_bytes()))
}

fn redirect(service: &Service) -> String {
    format!("{}/signin/oidc/callback", service.addresses().api_url.trim_end_matches('/'))
}

async fn start(State(service): State<Service>) -> Response {
    let Some(provider) = service.oidc().filter(|provider| provider.settings.role.is_some()) else {
        return refused(StatusCode::NOT_FOUND, "no identity provider is set up; see `inspector serve --oidc-issuer`");
    };
    let (document, cookie) = match (provider.document().await, random::<32>()) {
        (Ok(document), Ok(bytes)) => (document, URL_SAFE_NO_PAD.encode(bytes)),
        (Err(error), _) => return refused(StatusCode::BAD_GATEWAY, &error.to_string()),
        (_, Err(error)) => return refused(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    };
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(derived(&service, &cookie, "verifier")));
    let pairs = [
        ("response_type", "code".to_owned()),
        ("client_id", provider.settings.client_id.clone()),
        ("redirect_uri", redirect(&service)),
        ("scope", "openid email profile".to_owned()),
        ("state", derived(&service, &cookie, "state")),
        ("nonce", derived(&service, &cookie, "nonce")),
        ("code_challenge", challenge),
        ("code_challenge_method", "S256".to_owned()),
    ];
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let joint = if document.authorization_endpoint.contains('?') { '&' } else { '?' };
    let secure = if service.addresses().api_url.starts_with("https:") { "; Secure" } else { "" };
    let kept = format!("{COOKIE}={cookie}; HttpOnly; SameSite=Lax; Path=/signin; Max-Age={PATIENCE}{secure}");
    let url = format!("{}{joint}{}", document.authorization_endpoint, pairs.join("&"));
    ([(header::SET_COOKIE, kept)], Redirect::to(&url)).into_response()
}

async fn callback(
    State(service): State<Service>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    match signed_in(&service, &query, &headers).await {
        Ok(session) => page(&session),
        Err((status, why)) => refused(status, &why),
    }
}

async fn signed_in(
    service: &Service,
    query: &BTreeMap<String, String>,
    headers: &HeaderMap,
) -> Result<String, (StatusCode, String)> {
    let wrong = |why: &str| (StatusCode::BAD_REQUEST, why.to_owned());
    let provider = service.oidc().ok_or_else(|| wrong("no identity provider is set up"))?;
    let cookie = cookie(headers).ok_or_else(|| wrong("this sign-in was not begun in this browser, or too long ago"))?;
    let state = query.get("state").map(String::as_str).unwrap_or_default();
    if state != derived(service, &cookie, "state") {
        return Err(wrong("this sign-in was not begun in this browser"));
    }
    if let Some(error) = query.get("error") {
        return Err((StatusCode::FORBIDDEN, format!("the identity provider refused: {error}")));
    }
    let code = query.get("code").cloned().ok_or_else(|| wrong("the identity provider gave no code"))?;
    let token = token(service, provider, &cookie, code).await?;
    let nonce = derived(service, &cookie, "nonce");
    let claims =
        provider.verify(&token, Some(&nonce)).await.map_err(|error| (StatusCode::FORBIDDEN, error.to_string()))?;
    let person = claims.text("email").or_else(|| claims.text("sub")).unwrap_or_default().to_owned();
    let role = provider.settings.role.as_deref().unwrap_or_default();
    let wanted = Wanted::of(role, &session_name(&person)).map_err(|failure| wrong(failure.message()))?;
    let made = assume(service, provider, &wanted, &claims, (&Context::new(), Vec::new()), |most| Ok(most.min(3600)))
        .await
        .map_err(|failure| (StatusCode::FORBIDDEN, failure.message().to_owned()))?;
    tracing::info!(target: "inspector::audit", person, role, "signed in with the identity provider");
    Ok(json!({
        "accessKeyId": made.id,
        "secretAccessKey": made.secret.reveal(),
        "sessionToken": made.token.reveal(),
        "expiresAt": made.expires_at.millis(),
        "region": "us-east-1",
        "user": person,
    })
    .to_string())
}

async fn token(
    service: &Service,
    provider: &Provider,
    cookie: &str,
    code: String,
) -> Result<String, (StatusCode, String)> {
    let failed = |why: String| (StatusCode::BAD_GATEWAY, why);
    let document = provider.document().await.map_err(|error| failed(error.to_string()))?;
    let (settings, verifier, redirect) =
        (provider.settings.clone(), derived(service, cookie, "verifier"), redirect(service));
    let asked = tokio::task::spawn_blocking(move || exchange(&settings, &document, &code, &verifier, &redirect)).await;
    asked.map_err(|error| failed(error.to_string()))?.map_err(|error| failed(error.to_string()))
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value.to_owned())
}

/// What STS takes as a session's name.
fn session_name(person: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "+=,.@_-".contains(c);
    let name: String = person.chars().map(|c| if fits(c) { c } else { '-' }).take(64).collect();
    if name.len() < 2 { format!("person-{name}") } else { name }
}

const POLICY: &str = "default-src 'none'; script-src 'self'; frame-ancestors 'none'; base-uri 'none'";

fn page(session: &str) -> Response {
    // In a script element nothing but `<` could end it.
    let inert = session.replace('<', "\\u003c");
    let text = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Signing in</title>\
         <script type=\"application/json\" id=\"session\">{inert}</script><script src=\"/signin/keep.js\"></script>"
    );
    respond(StatusCode::OK, text)
}

fn refused(status: StatusCode, why: &str) -> Response {
    let why = escaped(why);
    respond(
        status,
        format!("<!doctype html><meta charset=\"utf-8\"><title>Cannot sign in</title><p>Cannot sign in: {why}"),
    )
}

fn respond(status: StatusCode, text: String) -> Response {
    let gone = format!("{COOKIE}=; HttpOnly; SameSite=Lax; Path=/signin; Max-Age=0");
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::SET_COOKIE, gone),
    ];
    (status, headers, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_persons_name_becomes_a_sessions_name() {
        assert_eq!(session_name("alice@example.org"), "alice@example.org");
        assert_eq!(session_name("Ä b/c"), "--b-c");
        assert_eq!(session_name(""), "person-");
        assert_eq!(session_name(&"x".repeat(100)).len(), 64);
    }
}
