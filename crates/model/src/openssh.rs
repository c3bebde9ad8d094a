//! Releases of OpenSSH.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A release of OpenSSH, compared by its two numbers: 9.2 is older than 10.0. The portable edition's `p1` is no part of it.
///
/// ```
/// use inspector_model::openssh::Release;
///
/// assert_eq!("9.2".parse(), Ok(Release { major: 9, minor: 2 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Release {
    /// The number before the dot.
    pub major: u32,
    /// The number behind it.
    pub minor: u32,
}

/// A text that is no release.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a release of OpenSSH, such as `9.2`")]
pub struct NotARelease(String);

impl FromStr for Release {
    type Err = NotARelease;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten();
        let numbers = text.split_once('.').and_then(|(major, minor)| Some((digits(major)?, digits(minor)?)));
        let (major, minor) = numbers.ok_or_else(|| NotARelease(text.to_owned()))?;
        Ok(Self { major, minor })
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl TryFrom<String> for Release {
    type Error = NotARelease;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Release> for String {
    fn from(release: Release) -> Self {
        release.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_written_as_it_is_read() {
        for text in ["5.4", "7.0", "9.2", "10.0"] {
            let json = format!("\"{text}\"");
            let release: Release = serde_json::from_str(&json).unwrap();
            assert_eq!((release.to_string(), serde_json::to_string(&release).unwrap()), (text.to_owned(), json));
        }
    }

    #[test]
    fn releases_are_ordered_by_number() {
        let mut releases: Vec<Release> = ["10.0", "7.4", "9.2", "7.10"].map(|text| text.parse().unwrap()).into();
        releases.sort_unstable();
        assert_eq!(releases.iter().map(Release::to_string).collect::<Vec<_>>(), ["7.4", "7.10", "9.2", "10.0"]);
    }

    #[test]
    fn what_is_not_two_numbers_is_refused() {
        for text in ["", "9", "9.", ".2", "9.2.1", "9.2p1", "+9.2", "9.-2", "9.4294967296"] {
            assert_eq!(text.parse::<Release>(), Err(NotARelease(text.to_owned())));
        }
    }
}
