//! Signing of our own clients' requests.

use hmac::Mac;
use inspector_model::Timestamp;

use crate::Sensitive;
use crate::canonical::{self, ALGORITHM, CredentialScope, Parts, TERMINATOR};

/// Keys as a client holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The key's id.
    pub access_key_id: String,
    /// The key's secret.
    pub secret_access_key: Sensitive,
    /// Present for temporary keys.
    pub session_token: Option<Sensitive>,
}

/// The headers to add to a request so that it is signed at `now` for `service` in `region`.
///
/// `parts.headers` must hold `host` and every other header to be signed; all of them are signed.
pub fn sign(
    parts: &Parts<'_>,
    body: &[u8],
    credentials: &Credentials,
    region: &str,
    service: &str,
    now: Timestamp,
) -> Vec<(String, String)> {
    let moment = canonical::amz_date(now);
    let mut added = vec![("x-amz-date".to_owned(), moment.clone())];
    let token = credentials.session_token.as_ref();
    added.extend(token.map(|token| ("x-amz-security-token".to_owned(), token.reveal().to_owned())));

    let headers: Vec<(String, String)> = parts.headers.iter().cloned().chain(added.clone()).collect();
    let mut signed: Vec<String> = headers.iter().map(|(name, _)| name.clone()).collect();
    signed.sort_unstable();
    signed.dedup();

    let date = moment.split('T').next().unwrap_or_default().to_owned();
    let scope = CredentialScope { date, region: region.to_owned(), service: service.to_owned() };
    let text = canonical::string_to_sign(&Parts { headers: &headers, ..*parts }, &signed, body, &moment, &scope);
    let mac = canonical::signature(credentials.secret_access_key.reveal(), &scope, &text);
    let signature = mac.map(|mac| hex::encode(mac.finalize().into_bytes())).unwrap_or_default();
    let authorization = format!(
        "{ALGORITHM} Credential={}/{}/{region}/{service}/{TERMINATOR}, SignedHeaders={}, Signature={signature}",
        credentials.access_key_id,
        scope.date,
        signed.join(";")
    );
    added.push(("authorization".to_owned(), authorization));
    added
}
