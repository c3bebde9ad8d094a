//! Percent-encoding (RFC 3986, section 2.1).

/// Percent-encoded text, strictly: two digits after each sign, UTF-8 in the end.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        bytes.extend(hex::decode(digits).ok()?);
        bytes.extend(rest.bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encoding_is_read_strictly() {
        assert_eq!(decoded("a%2Fb%3b+").as_deref(), Some("a/b;+"));
        for bad in ["%", "%2", "%zz", "%ff", "%€"] {
            assert_eq!(decoded(bad), None, "{bad}");
        }
    }
}
