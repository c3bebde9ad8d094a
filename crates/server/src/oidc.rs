//! People of an identity provider (OpenID Connect Core 1.0): its tokens are verified here, a role says what they may do.

mod fetch;
mod token;

use std::sync::{Mutex, PoisonError};

use inspector_api::Sensitive;
use inspector_model::Timestamp;
use serde_json::Value;

use fetch::{Document, fetch};
pub(crate) use fetch::{encoded, exchange};
pub(crate) use token::Claims;

use crate::world::now;

/// What the operator says about the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OidcSettings {
    /// Its issuer identifier: a URL, exactly as its tokens have it.
    pub issuer: String,
    /// Our id with it, which tokens must be meant for.
    pub client_id: String,
    /// Our secret with it, if it wants one.
    pub client_secret: Option<Sensitive>,
    /// The role that people are given who sign in to the console.
    pub role: Option<String>,
}

impl OidcSettings {
    /// Whether the provider can be asked safely.
    ///
    /// # Errors
    /// With what is wrong, for the operator.
    pub fn check(&self) -> Result<(), String> {
        if fetch::is_allowed(&self.issuer) {
            return Ok(());
        }
        Err(format!("`{}` is no issuer: it must be an https URL, or http on this host", self.issuer))
    }
}

/// The provider and what is known about it.
#[derive(Debug)]
pub(crate) struct Provider {
    pub(crate) settings: OidcSettings,
    known: Mutex<Option<Known>>,
}

#[derive(Debug, Clone)]
struct Known {
    document: Document,
    keys: Value,
    at: Timestamp,
}

/// Keys are asked for again after this long, in seconds.
const KEYS_LIFE: i64 = 3600;

/// And for a key that is not known no more often than this, in seconds: whoever sends tokens is no reason to ask more.
const KEYS_REST: i64 = 10;

/// Why a token or a sign-in is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum OidcError {
    /// The provider cannot be reached or answers nonsense.
    #[error("the identity provider cannot be asked: {0}")]
    Provider(String),
    /// The token is not one of the provider's, not for us, or not of now.
    #[error("the token is refused: {0}")]
    Token(&'static str),
}

impl Provider {
    pub(crate) fn new(settings: OidcSettings) -> Self {
        Self { settings, known: Mutex::new(None) }
    }

    /// How policies name it: the issuer without its scheme.
    pub(crate) fn name(&self) -> &str {
        self.settings.issuer.split_once("://").map_or(self.settings.issuer.as_str(), |(_, rest)| rest)
    }

    /// Where it is.
    pub(crate) async fn document(&self) -> Result<Document, OidcError> {
        Ok(self.known(KEYS_LIFE).await?.document)
    }

    /// What a token says, once everything about it is right.
    pub(crate) async fn verify(&self, token: &str, nonce: Option<&str>) -> Result<Claims, OidcError> {
        let read = token::read(token).ok_or(OidcError::Token("it is not a signed token"))?;
        let mut known = self.known(KEYS_LIFE).await?;
        if !read.key_in(&known.keys) {
            known = self.known(KEYS_REST).await?;
        }
        let claims = read.verified(&known.keys).ok_or(OidcError::Token("its signature is not the provider's"))?;
        claims.check(&self.settings.issuer, &self.settings.client_id, nonce, now())?;
        Ok(claims)
    }

    /// The provider's documents, not older than `life` seconds.
    async fn known(&self, life: i64) -> Result<Known, OidcError> {
        let now = now();
        let fresh = |known: &Known| known.at.plus_seconds(life) > now;
        let kept = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = kept.filter(fresh) {
            return Ok(known);
        }
        let issuer = self.settings.issuer.clone();
        let asked = tokio::task::spawn_blocking(move || fetch(&issuer)).await;
        let (document, keys) = asked.map_err(|_| OidcError::Provider("asking broke off".to_owned()))??;
        let known = Known { document, keys, at: now };
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known.clone());
        Ok(known)
    }
}
