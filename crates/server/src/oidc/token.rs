//! A signed token (RFC 7515, RFC 7519), with the two signatures that providers use: RS256 and ES256.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use inspector_model::Timestamp;
use ring::signature::{ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey};
use serde_json::{Map, Value};

use super::OidcError;

/// How far clocks may differ, in seconds.
const SKEW: i64 = 60;

/// The largest token, in bytes.
const MOST: usize = 20_000;

/// What a token says, not believed yet.
pub(super) struct Unverified {
    algorithm: String,
    key: Option<String>,
    signed: String,
    signature: Vec<u8>,
    claims: Map<String, Value>,
}

/// What a token says.
#[derive(Debug, Clone)]
pub(crate) struct Claims(Map<String, Value>);

/// Reads a token; `None` where it is not one.
pub(super) fn read(token: &str) -> Option<Unverified> {
    if token.len() > MOST {
        return None;
    }
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let part = |text: &str| -> Option<Map<String, Value>> {
        match serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()? {
            Value::Object(members) => Some(members),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => None,
        }
    };
    let header = part(header)?;
    // An extension that must be understood is not.
    if header.contains_key("crit") {
        return None;
    }
    let text = |name: &str| header.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(Unverified {
        algorithm: text("alg")?,
        key: text("kid"),
        signed: signed.to_owned(),
        signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        claims: part(claims)?,
    })
}

impl Unverified {
    /// The keys of a set that may have signed it.
    fn candidates<'a>(&'a self, keys: &'a Value) -> impl Iterator<Item = &'a Value> {
        let all = keys.get("keys").and_then(Value::as_array).into_iter().flatten();
        all.filter(|key| match (&self.key, key.get("kid").and_then(Value::as_str)) {
            (Some(wanted), Some(id)) => wanted == id,
            (None, _) | (_, None) => true,
        })
    }

    /// Whether the set holds a key that may have signed it.
    pub(super) fn key_in(&self, keys: &Value) -> bool {
        self.candidates(keys).next().is_some()
    }

    /// The claims, if a key of the set has signed them. The key decides how: what the token says about itself must fit it.
    pub(super) fn verified(self, keys: &Value) -> Option<Claims> {
        let right = self.candidates(keys).any(|key| self.signed_by(key).is_some());
        right.then_some(Claims(self.claims))
    }

    fn signed_by(&self, key: &Value) -> Option<()> {
        let text = |name: &str| key.get(name).and_then(Value::as_str);
        let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(name)?).ok();
        if text("use").is_some_and(|purpose| purpose != "sig") {
            return None;
        }
        let message = self.signed.as_bytes();
        match (self.algorithm.as_str(), text("kty")?) {
            ("RS256", "RSA") => {
                let key = RsaPublicKeyComponents { n: bytes("n")?, e: bytes("e")? };
                key.verify(&RSA_PKCS1_2048_8192_SHA256, message, &self.signature).ok()
            }
            ("ES256", "EC") if text("crv") == Some("P-256") => {
                let point = [&[4], bytes("x")?.as_slice(), bytes("y")?.as_slice()].concat();
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, &self.signature).ok()
            }
            _ => None,
        }
    }
}

impl Claims {
    /// One claim as text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    fn seconds(&self, name: &str) -> Option<i64> {
        let value = self.0.get(name)?;
        value.as_i64().or_else(|| value.as_f64().and_then(|number| format!("{number:.0}").parse().ok()))
    }

    /// All texts and lists of texts, for conditions of policies.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, Vec<String>)> {
        self.0.iter().filter_map(|(name, value)| {
            let texts = match value {
                Value::String(text) => vec![text.clone()],
                Value::Bool(flag) => vec![flag.to_string()],
                Value::Array(items) => items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
                Value::Null | Value::Number(_) | Value::Object(_) => return None,
            };
            Some((name.as_str(), texts))
        })
    }

    /// When more than one factor was proved, if it was (RFC 8176, `mfa`).
    pub(crate) fn mfa_at(&self) -> Option<Timestamp> {
        let ways = self.0.get("amr").and_then(Value::as_array)?;
        let many = ways.iter().any(|way| way.as_str() == Some("mfa"));
        let at = self.seconds("auth_time").or_else(|| self.seconds("iat"))?;
        many.then(|| Timestamp::from_millis(at.saturating_mul(1000)))
    }

    /// OpenID Connect Core 1.0, section 3.1.3.7.
    pub(super) fn check(
        &self,
        issuer: &str,
        client: &str,
        nonce: Option<&str>,
        now: Timestamp,
    ) -> Result<(), OidcError> {
        let now = now.millis() / 1000;
        let meant = match self.0.get("aud") {
            Some(Value::String(one)) => one == client,
            Some(Value::Array(all)) => {
                let ours = all.iter().any(|one| one.as_str() == Some(client));
                ours && (all.len() == 1 || self.text("azp") == Some(client))
            }
            Some(_) | None => false,
        };
        let rules = [
            (self.text("iss") == Some(issuer), "it is of another issuer"),
            (meant, "it is not meant for this service"),
            (self.seconds("exp").is_some_and(|end| end.saturating_add(SKEW) > now), "its time is over"),
            (self.seconds("iat").is_some_and(|start| start.saturating_sub(SKEW) <= now), "its time has not come"),
            (self.seconds("nbf").is_none_or(|start| start.saturating_sub(SKEW) <= now), "its time has not come"),
            (self.text("sub").is_some_and(|sub| !sub.is_empty()), "it is about nobody"),
            (nonce.is_none() || self.text("nonce") == nonce, "it was made for another sign-in"),
        ];
        rules.into_iter().find(|(right, _)| !right).map_or(Ok(()), |(_, why)| Err(OidcError::Token(why)))
    }
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
    use serde_json::json;

    use super::*;

    struct Signer(EcdsaKeyPair);

    impl Signer {
        fn new() -> Self {
            let (kind, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
            let bytes = EcdsaKeyPair::generate_pkcs8(kind, &random).unwrap();
            Self(EcdsaKeyPair::from_pkcs8(kind, bytes.as_ref(), &random).unwrap())
        }

        fn keys(&self) -> Value {
            let point = self.0.public_key().as_ref();
            let [x, y] = [&point[1..33], &point[33..]].map(|part| URL_SAFE_NO_PAD.encode(part));
            json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "1", "x": x, "y": y }] })
        }

        fn sign(&self, header: &Value, claims: &Value) -> String {
            let [header, claims] = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
            let text = format!("{header}.{claims}");
            let signature = self.0.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
            format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
        }
    }

    fn claims() -> Value {
        json!({ "iss": "https://id", "aud": "us", "sub": "alice", "exp": 2000, "iat": 1000, "nonce": "n" })
    }

    fn checked(claims: &Value) -> Result<(), OidcError> {
        let signer = Signer::new();
        let token = signer.sign(&json!({ "alg": "ES256", "kid": "1" }), claims);
        let claims = read(&token).unwrap().verified(&signer.keys()).unwrap();
        claims.check("https://id", "us", Some("n"), Timestamp::from_millis(1_500_000))
    }

    #[test]
    fn each_rule_refuses_a_token_that_breaks_it() {
        assert_eq!(checked(&claims()), Ok(()));
        let broken = [
            ("iss", json!("https://other")),
            ("aud", json!("them")),
            ("aud", json!(["us", "them"])),
            ("aud", Value::Null),
            ("exp", json!(1000)),
            ("exp", Value::Null),
            ("iat", json!(1700)),
            ("nbf", json!(1700)),
            ("sub", json!("")),
            ("nonce", json!("m")),
        ];
        for (name, value) in broken {
            let mut claims = claims();
            claims[name] = value.clone();
            assert!(checked(&claims).is_err(), "{name} = {value}");
        }
    }

    #[test]
    fn only_what_a_key_of_the_provider_signed_is_believed() {
        let (signer, other) = (Signer::new(), Signer::new());
        let token = signer.sign(&json!({ "alg": "ES256", "kid": "1" }), &claims());
        assert!(read(&token).unwrap().verified(&signer.keys()).is_some());
        assert!(read(&token).unwrap().verified(&other.keys()).is_none());
        assert!(read(&token).unwrap().verified(&json!({})).is_none());
        for algorithm in ["none", "HS256", "RS256", "es256"] {
            let token = signer.sign(&json!({ "alg": algorithm, "kid": "1" }), &claims());
            assert!(read(&token).unwrap().verified(&signer.keys()).is_none(), "{algorithm}");
        }
        let unknown = signer.sign(&json!({ "alg": "ES256", "kid": "2" }), &claims());
        assert!(!read(&unknown).unwrap().key_in(&signer.keys()));
        for strange in ["", "a.b", "a.b.c", "e30.e30.e30"] {
            assert!(read(strange).is_none(), "{strange}");
        }
    }
}
