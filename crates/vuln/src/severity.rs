//! The Classic severity of a CVE (AWS, "Inspector Classic User Guide", severity levels for CVE rules).

use std::str::FromStr;

use inspector_model::Severity;

use crate::advisory::{CvssVersion, Score, ScoreSource};

/// Whose word decides, in this order. The first that has one is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference(Vec<Judge>);

/// Who says how bad a vulnerability is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Judge {
    /// A base score.
    Scores(ScoreSource),
    /// The word of an Amazon Linux advisory.
    Alas,
}

/// What somebody said, and who.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The band.
    pub severity: Severity,
    /// Whose word it is, for example `cna CVSS 3.1`; `None` where it is NVD's or nobody's.
    pub other_source: Option<String>,
}

/// Of one source the newest version that the table was made for, else version 4.
const VERSIONS: [(CvssVersion, &str); 4] =
    [(CvssVersion::V31, "3.1"), (CvssVersion::V30, "3.0"), (CvssVersion::V2, "2.0"), (CvssVersion::V40, "4.0")];

impl Preference {
    /// NVD's score, and where it has none the word of an Amazon Linux advisory: what Inspector Classic did.
    pub fn classic() -> Self {
        Self(vec![Judge::Scores(ScoreSource::Nvd), Judge::Alas])
    }

    /// The severity of a vulnerability with these scores and this word of an Amazon Linux advisory.
    pub fn choose(&self, scores: &[Score], alas_word: Option<&str>) -> Chosen {
        let said = self.0.iter().find_map(|judge| judge.says(scores, alas_word));
        said.unwrap_or(Chosen { severity: Severity::Undefined, other_source: None })
    }
}

/// Classic's order, and where nobody there says anything, the publisher of the advisory, the authority that assigned the
/// CVE, and CISA.
impl Default for Preference {
    fn default() -> Self {
        let more = [ScoreSource::Vendor, ScoreSource::Cna, ScoreSource::Adp];
        let classic = Self::classic().0.into_iter();
        Self(classic.chain(more.into_iter().map(Judge::Scores)).collect())
    }
}

/// `nvd,alas,vendor,cna,adp`, or some of them.
impl FromStr for Preference {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let judge = |name: &str| match name.trim() {
            "alas" => Ok(Judge::Alas),
            name => ScoreSource::ALL
                .into_iter()
                .find(|source| source.name() == name)
                .map(Judge::Scores)
                .ok_or_else(|| format!("`{name}` is none of nvd, alas, vendor, cna, adp")),
        };
        text.split(',').map(judge).collect::<Result<_, _>>().map(Self)
    }
}

impl Judge {
    fn says(self, scores: &[Score], alas_word: Option<&str>) -> Option<Chosen> {
        match self {
            Self::Alas => {
                let severity = alas_word.map(alas).filter(|severity| *severity != Severity::Undefined)?;
                Some(Chosen { severity, other_source: Some("alas".to_owned()) })
            }
            Self::Scores(source) => {
                let of = |version| scores.iter().find(move |it| it.source == source && it.version == version);
                let (score, version) = VERSIONS.iter().find_map(|(version, text)| Some((of(*version)?, text)))?;
                let other = (source != ScoreSource::Nvd).then(|| format!("{} CVSS {version}", source.name()));
                Some(Chosen { severity: band(score.cvss.hundredths), other_source: other })
            }
        }
    }
}

/// The band of a base score in hundredths.
const fn band(hundredths: u16) -> Severity {
    match hundredths {
        500.. => Severity::High,
        210..500 => Severity::Medium,
        80..210 => Severity::Low,
        0..80 => Severity::Informational,
    }
}

/// Amazon's words, in any case. A word of tomorrow is no score.
fn alas(word: &str) -> Severity {
    match word.to_ascii_lowercase().as_str() {
        "critical" | "important" => Severity::High,
        "medium" | "moderate" => Severity::Medium,
        "low" => Severity::Low,
        _ => Severity::Undefined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advisory::Cvss;

    fn score(source: ScoreSource, version: CvssVersion, score: f64) -> Score {
        Score { source, version, cvss: Cvss::new(score, "").unwrap() }
    }

    fn nvd(v2: Option<f64>, v3: Option<f64>) -> Vec<Score> {
        let of = |version, it: Option<f64>| it.map(|it| score(ScoreSource::Nvd, version, it));
        [of(CvssVersion::V2, v2), of(CvssVersion::V31, v3)].into_iter().flatten().collect()
    }

    fn classic(scores: &[Score], word: Option<&str>) -> Severity {
        Preference::classic().choose(scores, word).severity
    }

    #[test]
    fn the_bands_hold_at_their_edges() {
        for (score, wanted) in [
            (10.0, Severity::High),
            (5.0, Severity::High),
            (4.99, Severity::Medium),
            (2.1, Severity::Medium),
            (2.09, Severity::Low),
            (0.8, Severity::Low),
            (0.79, Severity::Informational),
            (0.0, Severity::Informational),
        ] {
            assert_eq!(classic(&nvd(None, Some(score)), None), wanted, "{score} as version 3");
            assert_eq!(classic(&nvd(Some(score), None), None), wanted, "{score} as version 2");
        }
    }

    #[test]
    fn version_3_wins_over_version_2_and_both_over_amazons_word() {
        assert_eq!(classic(&nvd(Some(9.0), Some(4.0)), Some("critical")), Severity::Medium);
        assert_eq!(classic(&nvd(Some(1.0), None), Some("critical")), Severity::Low);
    }

    #[test]
    fn amazons_word_stands_in_for_a_missing_score_in_any_case() {
        for (word, wanted) in [
            ("Critical", Severity::High),
            ("IMPORTANT", Severity::High),
            ("medium", Severity::Medium),
            ("Low", Severity::Low),
            ("unheard of", Severity::Undefined),
        ] {
            assert_eq!(classic(&[], Some(word)), wanted, "{word}");
        }
        assert_eq!(classic(&[], None), Severity::Undefined);
    }

    #[test]
    fn others_are_heard_in_order_where_nvd_is_silent_and_named() {
        let others = [
            score(ScoreSource::Cna, CvssVersion::V40, 9.9),
            score(ScoreSource::Cna, CvssVersion::V31, 4.0),
            score(ScoreSource::Vendor, CvssVersion::V40, 1.0),
        ];
        for (order, word, severity, source) in [
            ("nvd,alas", None, Severity::Undefined, None),
            ("nvd,alas,vendor,cna,adp", None, Severity::Low, Some("vendor CVSS 4.0")),
            ("nvd,cna", None, Severity::Medium, Some("cna CVSS 3.1")),
            ("cna,alas", Some("low"), Severity::Medium, Some("cna CVSS 3.1")),
            ("nvd,alas,cna", Some("low"), Severity::Low, Some("alas")),
        ] {
            let chosen = order.parse::<Preference>().unwrap().choose(&others, word);
            assert_eq!((chosen.severity, chosen.other_source.as_deref()), (severity, source), "{order}");
        }
        assert_eq!("nvd,alas,vendor,cna,adp".parse(), Ok(Preference::default()));
        assert!("nvd,them".parse::<Preference>().unwrap_err().contains("`them`"));
    }
}
