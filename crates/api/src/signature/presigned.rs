//! A signature in the query string: the parameters `X-Amz-*` of a presigned URL.
//!
//! AWS, "Signature Version 4: add signing information to the query string". The signature covers every other parameter
//! and the body's hash, as in the header form.

use super::{Fields, SignatureError, shortened};
use crate::canonical::ALGORITHM;
use crate::percent::decoded;

/// A URL is good for a week at most, in seconds.
const LONGEST: i64 = 604_800;

/// Whether a query string carries a signature, or a part of one.
pub(super) fn carried(query: &str) -> bool {
    pairs(query).any(|(name, _)| name == "X-Amz-Algorithm" || name == "X-Amz-Signature")
}

/// Reads the signature out of a query string.
pub(super) fn read(query: &str) -> Result<Fields, SignatureError> {
    let algorithm = required(query, "X-Amz-Algorithm")?;
    if algorithm != ALGORITHM {
        let text = format!("Unsupported AWS 'algorithm': '{}'.", shortened(&algorithm));
        return Err(SignatureError::Incomplete(text));
    }
    Ok(Fields {
        credential: required(query, "X-Amz-Credential")?,
        signed_headers: required(query, "X-Amz-SignedHeaders")?,
        signature: required(query, "X-Amz-Signature")?,
        moment: required(query, "X-Amz-Date")?,
        life_seconds: life(&required(query, "X-Amz-Expires")?)?,
        token: parameter(query, "X-Amz-Security-Token")?,
        query: pairs_text(query),
    })
}

/// The query string as it was signed: without the signature itself.
fn pairs_text(query: &str) -> String {
    let kept = query.split('&').filter(|pair| pair.split('=').next() != Some("X-Amz-Signature"));
    kept.collect::<Vec<_>>().join("&")
}

fn life(text: &str) -> Result<i64, SignatureError> {
    let seconds = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    seconds.filter(|seconds| (1..=LONGEST).contains(seconds)).ok_or_else(|| {
        let text = shortened(text);
        SignatureError::Incomplete(format!("X-Amz-Expires must be between 1 and {LONGEST} seconds, not '{text}'."))
    })
}

fn required(query: &str, name: &str) -> Result<String, SignatureError> {
    let missing = || SignatureError::Incomplete(format!("AWS query-string parameters must include '{name}'."));
    parameter(query, name)?.filter(|value| !value.is_empty()).ok_or_else(missing)
}

/// The value of a parameter that stands there once or not at all.
fn parameter(query: &str, name: &str) -> Result<Option<String>, SignatureError> {
    let wrong = |what: &str| SignatureError::Incomplete(format!("The query-string parameter '{name}' {what}."));
    let mut values = pairs(query).filter(|(other, _)| *other == name).map(|(_, value)| value);
    let value = values.next().map(|value| decoded(value).ok_or_else(|| wrong("is not percent-encoded text")));
    if values.next().is_some() {
        return Err(wrong("stands there twice"));
    }
    value.transpose()
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_signature_is_left_out_of_what_was_signed() {
        assert_eq!(pairs_text("a=1&X-Amz-Signature=f00&X-Amz-Signatures=2&b"), "a=1&X-Amz-Signatures=2&b");
    }

    #[test]
    fn a_life_is_a_whole_number_of_seconds_up_to_a_week() {
        assert_eq!((life("1"), life("604800")), (Ok(1), Ok(604_800)));
        for bad in ["", "0", "604801", "-1", "+5", "1.5", "99999999999999999999"] {
            assert!(life(bad).is_err(), "{bad}");
        }
    }
}
