//! The Classic severity of a CVE (AWS, "Inspector Classic User Guide", severity levels for CVE rules).

use inspector_model::Severity;

use crate::advisory::Scores;

/// NVD's score decides: version 3 where NVD gave one, else version 2. Where NVD has none, the word of an Amazon Linux
/// advisory decides; where there is neither, nobody has scored it.
pub fn classic(scores: &Scores, alas_word: Option<&str>) -> Severity {
    match scores.v3.as_ref().or(scores.v2.as_ref()) {
        Some(score) => band(score.hundredths),
        None => alas_word.map_or(Severity::Undefined, alas),
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

    fn scores(v2: Option<f64>, v3: Option<f64>) -> Scores {
        let cvss = |score: f64| Cvss::new(score, "").unwrap();
        Scores { v2: v2.map(cvss), v3: v3.map(cvss) }
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
            assert_eq!(classic(&scores(None, Some(score)), None), wanted, "{score} as version 3");
            assert_eq!(classic(&scores(Some(score), None), None), wanted, "{score} as version 2");
        }
    }

    #[test]
    fn version_3_wins_over_version_2_and_both_over_amazons_word() {
        assert_eq!(classic(&scores(Some(9.0), Some(4.0)), Some("critical")), Severity::Medium);
        assert_eq!(classic(&scores(Some(1.0), None), Some("critical")), Severity::Low);
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
            assert_eq!(classic(&Scores::default(), Some(word)), wanted, "{word}");
        }
        assert_eq!(classic(&Scores::default(), None), Severity::Undefined);
    }
}
