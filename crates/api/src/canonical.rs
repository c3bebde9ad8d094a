//! What both sides of a signature compute: canonical request, string to sign, signing key, signature.
//!
//! AWS, "Signature Version 4 signing process". This API has one path, `/`, so paths and query strings are taken as they
//! are on the wire; only the order of the query's pairs is made canonical.

use hmac::{Hmac, KeyInit, Mac};
use inspector_model::Timestamp;
use sha2::{Digest, Sha256};

/// The only algorithm.
pub const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The last element of every credential scope.
pub const TERMINATOR: &str = "aws4_request";

/// A request as the signature sees it.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// In capitals.
    pub method: &'a str,
    /// Path, still percent-encoded.
    pub path: &'a str,
    /// Query string without the question mark; empty when there is none.
    pub query: &'a str,
    /// Names in lower case, with values, in the order of arrival.
    pub headers: &'a [(String, String)],
}

impl<'a> Parts<'a> {
    /// The first value of the header `name` (lower case).
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// Date, Region and service that a signing key is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialScope {
    /// `YYYYMMDD`.
    pub date: String,
    /// For example `us-east-1`.
    pub region: String,
    /// For example `inspector`.
    pub service: String,
}

impl CredentialScope {
    fn text(&self) -> String {
        format!("{}/{}/{}/{TERMINATOR}", self.date, self.region, self.service)
    }
}

/// The text whose HMAC is the signature. `signed` names headers in lower case, sorted; `moment` is `X-Amz-Date`.
pub fn string_to_sign(
    parts: &Parts<'_>,
    signed: &[String],
    body: &[u8],
    moment: &str,
    scope: &CredentialScope,
) -> String {
    let canonical = canonical_request(parts, signed, body);
    format!("{ALGORITHM}\n{moment}\n{}\n{}", scope.text(), hex::encode(Sha256::digest(canonical)))
}

fn canonical_request(parts: &Parts<'_>, signed: &[String], body: &[u8]) -> String {
    let mut out = format!("{}\n{}\n{}\n", parts.method, parts.path, canonical_query(parts.query));
    for name in signed {
        let values = parts.headers.iter().filter(|(other, _)| other == name).map(|(_, value)| squeezed(value));
        out += &format!("{name}:{}\n", values.collect::<Vec<_>>().join(","));
    }
    out + &format!("\n{}\n{}", signed.join(";"), hex::encode(Sha256::digest(body)))
}

/// Pairs sorted by name, then value; a name alone gets an equals sign.
fn canonical_query(query: &str) -> String {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<(&str, &str)> = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect();
    pairs.sort_unstable();
    let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

/// Without outer spaces, runs of inner ones as one.
fn squeezed(value: &str) -> String {
    value.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// A running HMAC with the signing key over the string to sign. `None` cannot happen: HMAC takes keys of any length.
pub fn signature(secret: &str, scope: &CredentialScope, string_to_sign: &str) -> Option<Hmac<Sha256>> {
    let mut key = format!("AWS4{secret}").into_bytes();
    for part in [scope.date.as_str(), &scope.region, &scope.service, TERMINATOR] {
        key = mac(&key, part)?.finalize().into_bytes().to_vec();
    }
    mac(&key, string_to_sign)
}

fn mac(key: &[u8], text: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(text.as_bytes());
    Some(mac)
}

/// A moment as `X-Amz-Date` writes it: `20150830T123600Z`. Fractions of a second are cut off.
pub fn amz_date(moment: Timestamp) -> String {
    let text = moment.to_string();
    let seconds = text.split(['.', 'Z']).next().unwrap_or_default();
    seconds.chars().filter(|c| !matches!(c, '-' | ':')).chain(['Z']).collect()
}

/// Reads an `X-Amz-Date`.
pub fn parse_amz_date(text: &str) -> Option<Timestamp> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let digits = |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(date, 8) || !digits(time, 6) {
        return None;
    }
    let (year, month, day) = (date.get(..4)?, date.get(4..6)?, date.get(6..)?);
    let (hour, minute, second) = (time.get(..2)?, time.get(2..4)?, time.get(4..)?);
    format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z").parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_basic_form_of_a_date_is_read() {
        for bad in [
            "",
            "20150830T123600",
            "2015-08-30T12:36:00Z",
            "20150830T123600.0Z",
            "20151330T123600Z",
            "2015083OT123600Z",
        ] {
            assert_eq!(parse_amz_date(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_date_survives_its_printed_form(seconds in 0_i64..253_402_300_799) {
            let moment = Timestamp::from_millis(seconds * 1000);
            prop_assert_eq!(parse_amz_date(&amz_date(moment)), Some(moment));
        }

        #[test]
        fn a_signature_date_has_no_fraction(millis in 0_i64..253_402_300_799_000) {
            prop_assert_eq!(amz_date(Timestamp::from_millis(millis)).len(), 16);
        }

        #[test]
        fn the_order_of_query_pairs_does_not_matter(mut pairs in prop::collection::vec("[a-z]{1,3}=[a-z]{0,3}", 0..6)) {
            let forward = canonical_query(&pairs.join("&"));
            pairs.reverse();
            prop_assert_eq!(canonical_query(&pairs.join("&")), forward);
        }
    }
}
