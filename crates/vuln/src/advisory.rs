//! What a feed says: which versions of which packages a CVE concerns, and how bad it is.

use std::borrow::Cow;
use std::cmp::Ordering;

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
    /// The first version that is affected; `None` where the earliest is.
    pub introduced: Option<Version>,
    /// What is said.
    pub state: State,
    /// The distribution's own word for the state, for example `open, unimportant`.
    pub word: String,
    /// The advisory's own id; empty where the feed's entry is named by its CVE.
    pub advisory: String,
}

/// What is known about a package and a CVE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// No version of the package is affected.
    NotAffected,
    /// Nobody has found out yet, or the record makes no sense: neither affected nor clean.
    Undetermined,
    /// Every version before this one is affected.
    Fixed(Version),
    /// This version is affected, and every one before; of a later one nobody has said so.
    LastAffected(Version),
    /// Every version is affected.
    Open,
}

/// From best to worst; a later end is worse than an earlier one.
impl Ord for State {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for State {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl State {
    /// A total order in which an end stands where the first version that is not affected would.
    fn rank(&self) -> (u8, &[u8], bool, &str) {
        match self {
            Self::NotAffected => (0, &[], false, ""),
            Self::Undetermined => (1, &[], false, ""),
            Self::Fixed(version) => (2, &version.key, false, &version.text),
            Self::LastAffected(version) => (2, &version.key, true, &version.text),
            Self::Open => (3, &[], false, ""),
        }
    }

    /// Where what is affected ends: every affected version's key is smaller than this one.
    pub fn end(&self) -> Option<Cow<'_, [u8]>> {
        match self {
            Self::Fixed(version) => Some(Cow::Borrowed(version.key())),
            Self::LastAffected(version) => Some(Cow::Owned(version.key_of_next())),
            Self::NotAffected | Self::Undetermined | Self::Open => None,
        }
    }
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

    /// The smallest key that is greater than this version's.
    pub fn key_of_next(&self) -> Vec<u8> {
        [self.key.as_slice(), &[0]].concat()
    }

    /// The version as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Until when a release, or a source package of it, gets security updates.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lifetime {
    /// The release's key, or the `ID` of `os-release(5)` and the main version where a distribution shares another's key:
    /// `centos:8`. `debian` alone is every release of it.
    pub system: String,
    /// The source package; with `.*` at its end every one that begins so. Empty for the release as a whole.
    pub package: String,
    /// The last day, `YYYY-MM-DD`; empty where support is limited from the start.
    pub until: String,
    /// What the publisher says about it.
    pub note: String,
}

/// Whether a text is a day of the form `YYYY-MM-DD`.
pub fn is_day(text: &str) -> bool {
    let shape: String = text.chars().map(|it| if it.is_ascii_digit() { '0' } else { it }).collect();
    shape == "0000-00-00"
}

/// A vulnerability: its text and its scores.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vulnerability {
    /// The CVE id.
    pub cve: String,
    /// What it is, in English.
    pub description: String,
    /// Base scores that anybody gave, in the order of the feed.
    pub scores: Vec<Score>,
    /// How likely it is that somebody exploits it.
    pub epss: Option<Epss>,
    /// Since when it is known that somebody does.
    pub exploited: Option<Exploited>,
}

/// One base score and who gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Who gave it.
    pub source: ScoreSource,
    /// The version of CVSS.
    pub version: CvssVersion,
    /// The score.
    pub cvss: Cvss,
}

/// Who gives scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScoreSource {
    /// NVD's own analysts.
    Nvd,
    /// The authority that assigned the CVE.
    Cna,
    /// CISA, as an authorised data publisher.
    Adp,
    /// The publisher of the advisory: a distribution, or the database of a language.
    Vendor,
}

impl ScoreSource {
    /// All of them, in the order of their codes in a database.
    pub const ALL: [Self; 4] = [Self::Nvd, Self::Cna, Self::Adp, Self::Vendor];

    /// Its name in configuration and attributes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nvd => "nvd",
            Self::Cna => "cna",
            Self::Adp => "adp",
            Self::Vendor => "vendor",
        }
    }
}

/// Versions of the Common Vulnerability Scoring System, from old to new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CvssVersion {
    /// CVSS 2.0.
    V2,
    /// CVSS 3.0.
    V30,
    /// CVSS 3.1.
    V31,
    /// CVSS 4.0, which the Classic table of severities was not made for.
    V40,
}

impl CvssVersion {
    /// All of them, in the order of their codes in a database.
    pub const ALL: [Self; 4] = [Self::V2, Self::V30, Self::V31, Self::V40];
}

/// The Exploit Prediction Scoring System of FIRST: both in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Epss {
    /// The probability of exploitation within 30 days.
    pub probability: u32,
    /// How many of all CVEs are at most as likely.
    pub percentile: u32,
}

/// An entry of CISA's catalogue of known exploited vulnerabilities. Dates are `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exploited {
    /// When it was entered.
    pub added: String,
    /// By when agencies of the United States must have remedied it.
    pub due: String,
    /// It is known to be used in ransomware campaigns.
    pub ransomware: bool,
}

impl Vulnerability {
    /// The scores that NVD itself gave, in the versions that the Classic table was made for.
    pub fn nvd(&self) -> Scores {
        Scores::of_nvd(self.scores.iter())
    }

    /// It has a score, but none of NVD's own in a version that the table of severities was made for.
    pub fn secondary_only(&self) -> bool {
        !self.scores.is_empty() && self.nvd() == Scores::default()
    }
}

/// NVD's own base scores of one CVE.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scores {
    /// CVSS 2.
    pub v2: Option<Cvss>,
    /// CVSS 3.1, or 3.0 where there is no 3.1.
    pub v3: Option<Cvss>,
}

impl Scores {
    /// NVD's own among these; the first of a version counts.
    pub fn of_nvd<'a>(scores: impl Iterator<Item = &'a Score> + Clone) -> Self {
        let first = |version| {
            let mut own = scores.clone().filter(|it| it.source == ScoreSource::Nvd && it.version == version);
            own.next().map(|it| it.cvss.clone())
        };
        Self { v2: first(CvssVersion::V2), v3: first(CvssVersion::V31).or_else(|| first(CvssVersion::V30)) }
    }
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
