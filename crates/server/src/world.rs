//! The clock and the random source: the only places where the server reads either.

use std::time::{SystemTime, UNIX_EPOCH};

use inspector_model::Timestamp;
use inspector_model::arn::ShortId;
use ring::rand::{SecureRandom, SystemRandom};

/// Now.
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The operating system gives no random bytes; nothing can be made safely then.
#[derive(Debug, thiserror::Error)]
#[error("the random source of the operating system gives nothing")]
pub struct NoRandomness;

/// `N` random bytes.
///
/// # Errors
/// When the operating system gives none.
pub fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// A new random id.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn short_id() -> Result<ShortId, NoRandomness> {
    Ok(ShortId::from_bytes(random()?))
}

/// `length` random characters of `alphabet`.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn random_text(alphabet: &[u8], length: usize) -> Result<String, NoRandomness> {
    let mut text = String::with_capacity(length);
    // Bytes at or above the last whole multiple would favour the first letters.
    let fair = 256 - 256 % alphabet.len().max(1);
    while text.len() < length {
        for byte in random::<32>()?.into_iter().map(usize::from).filter(|byte| *byte < fair) {
            text.extend(
                alphabet.get(byte % alphabet.len().max(1)).filter(|_| text.len() < length).map(|c| char::from(*c)),
            );
        }
    }
    Ok(text)
}
