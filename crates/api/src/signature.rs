//! Verification of signed requests: AWS Signature Version 4 in the `Authorization` header or in the query string.
//!
//! In two steps, because the key lies in a store: [`read`] checks everything that needs no key, [`Claim::check`] the
//! rest. [`verify`] is both. Names and wording of the errors are AWS's, because clients match on them: the SDKs correct
//! their clock on "Signature expired" and "Signature not yet current".

mod presigned;

use hmac::Mac;
use inspector_model::Timestamp;
use inspector_model::arn::Region;
use sha2::{Digest, Sha256};

use crate::Sensitive;
use crate::canonical::{self, ALGORITHM, CredentialScope, Parts, TERMINATOR};
use crate::error::Failure;

/// How far a request's time may lie from ours, in minutes.
const TOLERANCE_MINUTES: i64 = 15;

/// A key that may sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The secret access key.
    pub secret: Sensitive,
    /// SHA-256, in hexadecimal, of what `X-Amz-Security-Token` must hold; `None` for lasting keys, which have no token.
    pub token_hash: Option<String>,
    /// When the key stops being valid; `None` for never.
    pub expires_at: Option<Timestamp>,
}

/// Why a request is refused. The texts go to the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// Nothing says who calls.
    #[error("Request is missing Authentication Token")]
    Missing,
    /// The header is not complete, or not of its form.
    #[error("{0}")]
    Incomplete(String),
    /// Complete, but not valid: wrong scope, wrong time, wrong signature.
    #[error("{0}")]
    Invalid(String),
    /// No such key, or not with this token.
    #[error("The security token included in the request is invalid.")]
    UnknownKey,
    /// A temporary key whose time is over.
    #[error("The security token included in the request is expired")]
    ExpiredToken,
}

impl SignatureError {
    /// As it is sent.
    pub fn failure(&self) -> Failure {
        let (name, status) = match self {
            Self::Missing => ("MissingAuthenticationTokenException", 403),
            Self::Incomplete(_) => ("IncompleteSignatureException", 400),
            Self::Invalid(_) => ("InvalidSignatureException", 403),
            Self::UnknownKey => ("UnrecognizedClientException", 403),
            Self::ExpiredToken => ("ExpiredTokenException", 403),
        };
        Failure::protocol(name, status, self.to_string())
    }
}

/// What a request says about its signer, checked as far as no key is needed.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The key that the request says it was signed with.
    pub access_key_id: String,
    /// The Region that it was signed for.
    pub region: Region,
    scope: CredentialScope,
    moment: String,
    signed: Vec<String>,
    signature: Vec<u8>,
    token: Option<String>,
    query: String,
    valid_until: Timestamp,
}

/// Whose signature was right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The key.
    pub access_key_id: String,
    /// The Region that was signed for.
    pub region: Region,
    /// The signature in hexadecimal: equal for a request that is sent again unchanged, and for no other.
    pub signature: String,
    /// Until when the same request would be let in again.
    pub valid_until: Timestamp,
}

/// Verifies a request that was signed for `service`; `lookup` finds a key by its id.
pub fn verify(
    parts: &Parts<'_>,
    body: &[u8],
    service: &str,
    now: Timestamp,
    lookup: impl FnOnce(&str) -> Option<Key>,
) -> Result<Verified, SignatureError> {
    let claim = read(parts, service, now)?;
    let key = lookup(&claim.access_key_id);
    claim.check(parts, body, key.as_ref(), now)
}

/// Reads who says to have signed, and checks form, time and scope.
pub fn read(parts: &Parts<'_>, service: &str, now: Timestamp) -> Result<Claim, SignatureError> {
    let fields = match parts.header("authorization") {
        Some(header) => Fields::of_header(header, parts)?,
        None if presigned::carried(parts.query) => presigned::read(parts.query)?,
        None => return Err(SignatureError::Missing),
    };
    let signed = signed_headers(&fields, parts)?;
    let (access_key_id, scope) = credential(&fields.credential, service, &fields.moment)?;
    let valid_until = check_time(&fields.moment, fields.life_seconds, now)?;
    let region = scope.region.parse().map_err(|_| {
        SignatureError::Invalid(format!("Credential should be scoped to a valid region, not '{}'.", scope.region))
    })?;
    Ok(Claim {
        access_key_id,
        region,
        scope,
        moment: fields.moment,
        signed,
        signature: hex::decode(fields.signature).map_err(|_| wrong_signature())?,
        token: fields.token,
        query: fields.query,
        valid_until,
    })
}

impl Claim {
    /// Checks the signature with the key that was found for [`Claim::access_key_id`].
    pub fn check(
        &self,
        parts: &Parts<'_>,
        body: &[u8],
        key: Option<&Key>,
        now: Timestamp,
    ) -> Result<Verified, SignatureError> {
        let key = key.ok_or(SignatureError::UnknownKey)?;
        self.check_token(key)?;
        let parts = Parts { query: &self.query, ..*parts };
        let text = canonical::string_to_sign(&parts, &self.signed, body, &self.moment, &self.scope);
        let mac = canonical::signature(key.secret.reveal(), &self.scope, &text).ok_or_else(wrong_signature)?;
        // Compares in constant time.
        mac.verify_slice(&self.signature).map_err(|_| wrong_signature())?;
        if key.expires_at.is_some_and(|end| end <= now) {
            return Err(SignatureError::ExpiredToken);
        }
        Ok(Verified {
            access_key_id: self.access_key_id.clone(),
            region: self.region.clone(),
            signature: hex::encode(&self.signature),
            valid_until: self.valid_until,
        })
    }

    fn check_token(&self, key: &Key) -> Result<(), SignatureError> {
        match (&key.token_hash, &self.token) {
            (None, None) => Ok(()),
            (Some(expected), Some(token)) if same(expected, &hex::encode(Sha256::digest(token))) => Ok(()),
            (Some(_), _) | (None, Some(_)) => Err(SignatureError::UnknownKey),
        }
    }
}

/// Whether two secrets are equal, in a time that depends on their lengths alone.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |different, (a, b)| different | (a ^ b)) == 0
}

fn wrong_signature() -> SignatureError {
    SignatureError::Invalid(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access \
         Key and signing method. Consult the service documentation for details."
            .to_owned(),
    )
}

/// What a request says about its signature, wherever it stands.
struct Fields {
    credential: String,
    signed_headers: String,
    signature: String,
    moment: String,
    life_seconds: i64,
    token: Option<String>,
    /// The query string as it was signed.
    query: String,
}

impl Fields {
    fn of_header(header: &str, parts: &Parts<'_>) -> Result<Self, SignatureError> {
        let moment = parts.header("x-amz-date");
        let (algorithm, rest) = header.trim().split_once(' ').unwrap_or((header, ""));
        if algorithm != ALGORITHM && algorithm.starts_with("AWS4") {
            return Err(SignatureError::Incomplete(format!(
                "Unsupported AWS 'algorithm': '{}'.",
                shortened(algorithm)
            )));
        }
        let rest = if algorithm == ALGORITHM { rest } else { "" };
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for pair in rest.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').ok_or_else(|| {
                let text = "not a valid key=value pair (missing equal-sign) in Authorization header.";
                SignatureError::Incomplete(format!("'{}' {text}", shortened(pair)))
            })?;
            match name {
                "Credential" => credential = Some(value),
                "SignedHeaders" => signed_headers = Some(value),
                "Signature" => signature = Some(value),
                _ => {}
            }
        }
        match (credential, signed_headers, signature, moment) {
            (Some(credential), Some(signed_headers), Some(signature), Some(moment)) => Ok(Self {
                credential: credential.to_owned(),
                signed_headers: signed_headers.to_owned(),
                signature: signature.to_owned(),
                moment: moment.to_owned(),
                life_seconds: TOLERANCE_MINUTES * 60,
                token: parts.header("x-amz-security-token").map(str::to_owned),
                query: parts.query.to_owned(),
            }),
            _ => Err(incomplete(credential, signed_headers, signature, moment.is_some())),
        }
    }
}

fn incomplete(
    credential: Option<&str>,
    signed_headers: Option<&str>,
    signature: Option<&str>,
    dated: bool,
) -> SignatureError {
    let parameters = [("Credential", credential), ("Signature", signature), ("SignedHeaders", signed_headers)];
    let absent = parameters.into_iter().filter(|(_, value)| value.is_none());
    let mut text: Vec<String> =
        absent.map(|(name, _)| format!("Authorization header requires '{name}' parameter.")).collect();
    if !dated {
        text.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.".to_owned());
    }
    SignatureError::Incomplete(text.join(" "))
}

/// The signed headers, sorted. What decides over the request must be among them: the host, and all of `X-Amz-*`.
fn signed_headers(fields: &Fields, parts: &Parts<'_>) -> Result<Vec<String>, SignatureError> {
    let mut signed: Vec<String> = fields.signed_headers.split(';').map(str::to_ascii_lowercase).collect();
    signed.sort_unstable();
    if !signed.iter().any(|name| name == "host") {
        let text = "'Host' must be a 'SignedHeader' in the AWS Authorization.";
        return Err(SignatureError::Invalid(text.to_owned()));
    }
    let decides = |name: &str| name.starts_with("x-amz-");
    match parts.headers.iter().find(|(name, _)| decides(name) && !signed.contains(name)) {
        Some((name, _)) => {
            let text = format!("'{name}' must be a 'SignedHeader' in the AWS Authorization.");
            Err(SignatureError::Invalid(text))
        }
        None => Ok(signed),
    }
}

fn credential(text: &str, service: &str, moment: &str) -> Result<(String, CredentialScope), SignatureError> {
    let elements: Vec<&str> = text.split('/').collect();
    let [id, date, region, signed_for, terminator] = elements.as_slice() else {
        let form = "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term";
        return Err(SignatureError::Incomplete(format!("{form}, got '{}'", shortened(text))));
    };
    let today = moment.split('T').next().unwrap_or_default();
    let require = |ok: bool, wrong: String| if ok { Ok(()) } else { Err(SignatureError::Invalid(wrong)) };
    require(
        *terminator == TERMINATOR,
        format!(
            "Credential should be scoped with a valid terminator: '{TERMINATOR}', not '{}'.",
            shortened(terminator)
        ),
    )?;
    require(*signed_for == service, format!("Credential should be scoped to correct service: '{service}'."))?;
    require(
        *date == today,
        format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != '{}', \
             from '{}'.",
            shortened(date),
            shortened(today),
            shortened(moment)
        ),
    )?;
    let scope = CredentialScope { date: (*date).to_owned(), region: (*region).to_owned(), service: service.to_owned() };
    Ok(((*id).to_owned(), scope))
}

/// When the signature stops being valid, if it is valid now.
fn check_time(moment: &str, life_seconds: i64, now: Timestamp) -> Result<Timestamp, SignatureError> {
    let signed_at = canonical::parse_amz_date(moment).ok_or_else(|| {
        let text = "Date must be in ISO-8601 'basic format'. Got";
        SignatureError::Incomplete(format!("{text} '{}'.", shortened(moment)))
    })?;
    let (earliest, latest) = (now.plus_seconds(-life_seconds), now.plus_seconds(TOLERANCE_MINUTES * 60));
    let show = canonical::amz_date;
    let wrong = if signed_at < earliest {
        format!(
            "Signature expired: {moment} is now earlier than {} ({} - {} min.)",
            show(earliest),
            show(now),
            life_seconds / 60
        )
    } else if signed_at > latest {
        let (latest, now) = (show(latest), show(now));
        format!("Signature not yet current: {moment} is still later than {latest} ({now} + {TOLERANCE_MINUTES} min.)")
    } else {
        return Ok(signed_at.plus_seconds(life_seconds));
    };
    Err(SignatureError::Invalid(wrong))
}

/// Text of the caller's, short enough to be sent back.
fn shortened(text: &str) -> String {
    text.chars().take(128).collect()
}
