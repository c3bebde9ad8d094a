//! What a feed says: which versions of which packages a CVE concerns, and how bad it is.

use crate::release::Release;
use crate::version::Unparseable;

/// Stands in [`Advisory::word`] where the fix is only for subscribers of Ubuntu Pro.
pub const NEEDS_UBUNTU_PRO: &str = "Ubuntu Pro";

/// One statement about one package of one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advisory {
    /// The release that the statement is about.
    pub release: &'static Release,
    /// The package, named as [`Release::naming`] says.
    pub package: String,
    /// The vulnerability: a CVE id, or the tracker's own id where there is none yet.
    pub cve: String,
    /// What is said.
    pub state: State,
    /// The distribution's own word for the state, for example `open, unimportant`.
    pub word: String,
    /// The advisory's own id; empty where the feed's entry is named by its CVE.
    pub advisory: String,
}

/// What is known about a package and a CVE.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// No version of the package is affected.
    NotAffected,
    /// Nobody has found out yet, or the record makes no sense: neither affected nor clean.
    Undetermined,
    /// Every version before this one is affected.
    Fixed(Version),
    /// Every version is affected.
    Open,
}

/// A version that its release's order can read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    // INVARIANT: the key of `text`. First, because the order of versions is the order of keys.
    key: Vec<u8>,
    text: String,
}

impl Version {
    /// Reads a version of `release`.
    pub fn parse(release: &Release, text: &str) -> Result<Self, Unparseable> {
        Ok(Self { key: release.order.key(text)?, text: text.to_owned() })
    }

    /// Its order-preserving key.
    pub fn key(&self) -> &[u8] {
        &self.key
    }

    /// The version as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// A vulnerability: its text and its scores.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vulnerability {
    /// The CVE id.
    pub cve: String,
    /// What it is, in English.
    pub description: String,
    /// Scores that NVD itself gave.
    pub scores: Scores,
    /// It has a score, but none of NVD's own in a version that the table of severities was made for.
    pub secondary_only: bool,
}

/// NVD's own base scores of one CVE.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scores {
    /// CVSS 2.
    pub v2: Option<Cvss>,
    /// CVSS 3.1, or 3.0 where there is no 3.1.
    pub v3: Option<Cvss>,
}

/// One base score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cvss {
    /// In hundredths, 0 to 1000.
    pub hundredths: u16,
    /// The vector as published.
    pub vector: String,
}

impl Cvss {
    /// A score from the number that feeds write; `None` outside 0.0 to 10.0.
    pub fn new(score: f64, vector: impl Into<String>) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000 fits")]
        let hundredths = (0.0..=10.0).contains(&score).then(|| (score * 100.0).round() as u16)?;
        Some(Self { hundredths, vector: vector.into() })
    }
}

/// Whether a text is a CVE id: `CVE-`, a year, and at least four digits.
pub fn is_cve_id(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    text.strip_prefix("CVE-").and_then(|rest| rest.split_once('-')).is_some_and(|(year, number)| {
        year.len() == 4 && digits(year) && (4..=12).contains(&number.len()) && digits(number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_cve_id_is_one() {
        for good in ["CVE-2014-0160", "CVE-2021-44228", "CVE-1999-0001"] {
            assert!(is_cve_id(good), "{good}");
        }
        for bad in ["", "CVE-2014-", "CVE-14-0160", "CVE-2014-016", "cve-2014-0160", "CVE-2014-01x0", "TEMP-0000000-1"]
        {
            assert!(!is_cve_id(bad), "{bad}");
        }
    }

    #[test]
    fn a_score_outside_the_scale_is_none() {
        for score in [-0.1, 10.01, f64::NAN, f64::INFINITY] {
            assert_eq!(Cvss::new(score, ""), None, "{score}");
        }
        assert_eq!(Cvss::new(4.99, "").map(|cvss| cvss.hundredths), Some(499));
        assert_eq!(Cvss::new(10.0, "").map(|cvss| cvss.hundredths), Some(1000));
    }
}
