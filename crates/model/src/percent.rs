//! Percent-encoding (RFC 3986, section 2.1).

use std::fmt::Write;

/// `text` with all bytes but the unreserved ones (RFC 3986, section 2.3) and those of `kept` as a sign and two digits.
pub fn encoded(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _infallible = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
