//! Vectors of the Common Vulnerability Scoring System, <https://www.first.org/cvss/>: their scores, by the crate `cvss`.

use crate::advisory::{Cvss, CvssVersion};

/// A text that is no vector of a version that is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{vector}` is no CVSS vector: {why}")]
pub struct NoVector {
    /// The text, cut to a bounded length.
    pub vector: String,
    /// What is wrong with it.
    pub why: String,
}

/// The longest vector that is read; CVSS 4.0 with every metric has under 200 characters.
const MAX_LENGTH: usize = 400;

/// The version of a vector and its score. Version 2 has no prefix and may stand in parentheses.
pub fn score(vector: &str) -> Result<(CvssVersion, Cvss), NoVector> {
    let refuse = |why: String| NoVector { vector: vector.chars().take(80).collect(), why };
    if vector.len() > MAX_LENGTH {
        return Err(refuse("it is too long".to_owned()));
    }
    let plain = vector.trim().trim_start_matches('(').trim_end_matches(')');
    let parsed: ::cvss::Cvss = plain.parse().map_err(|error: ::cvss::Error| refuse(error.to_string()))?;
    // What a vector of version 3 says of time and surroundings is not part of its base score.
    let (version, base) = match &parsed {
        ::cvss::Cvss::CvssV20(_) => (CvssVersion::V2, parsed.score()),
        ::cvss::Cvss::CvssV30(vector) => (CvssVersion::V30, vector.base_score().value()),
        ::cvss::Cvss::CvssV31(vector) => (CvssVersion::V31, vector.base_score().value()),
        ::cvss::Cvss::CvssV40(_) => (CvssVersion::V40, parsed.score()),
        _ => return Err(refuse("its version is not known".to_owned())),
    };
    // The crate scores a vector of version 3 that lacks some of its base metrics.
    let given = |metric: &str| plain.split('/').any(|it| it.split(':').next() == Some(metric));
    if let Some(missing) = base_metrics(version).iter().find(|metric| !given(metric)) {
        return Err(refuse(format!("it lacks the metric {missing}")));
    }
    let cvss = Cvss::new(base, plain).ok_or_else(|| refuse("its score is outside 0 to 10".to_owned()))?;
    Ok((version, cvss))
}

/// The metrics that every vector of a version has.
const fn base_metrics(version: CvssVersion) -> &'static [&'static str] {
    match version {
        CvssVersion::V2 => &["AV", "AC", "Au", "C", "I", "A"],
        CvssVersion::V30 | CvssVersion::V31 => &["AV", "AC", "PR", "UI", "S", "C", "I", "A"],
        CvssVersion::V40 => &["AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA"],
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn vectors_of_every_version_have_the_scores_of_their_specifications() {
        // Examples of the guides of FIRST for each version, and NVD's scores of well-known vulnerabilities.
        for (vector, version, hundredths) in [
            ("AV:N/AC:L/Au:N/C:N/I:N/A:C", CvssVersion::V2, 780),
            ("(AV:N/AC:L/Au:N/C:C/I:C/A:C)", CvssVersion::V2, 1000),
            ("AV:L/AC:H/Au:N/C:C/I:C/A:C", CvssVersion::V2, 620),
            ("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", CvssVersion::V30, 750),
            ("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", CvssVersion::V31, 640),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", CvssVersion::V31, 1000),
            ("CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:N", CvssVersion::V31, 0),
            ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", CvssVersion::V40, 1000),
            ("CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", CvssVersion::V40, 730),
        ] {
            let (found, cvss) = score(vector).unwrap();
            assert_eq!((found, cvss.hundredths), (version, hundredths), "{vector}");
        }
    }

    #[test]
    fn what_is_no_vector_is_refused_by_name() {
        for text in ["", "9.8", "CVSS:3.1/AV:N", "CVSS:5.0/AV:N/AC:L", "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"] {
            let error = score(text).unwrap_err();
            assert!(error.to_string().contains("is no CVSS vector"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_scored_or_refused(text in "(CVSS:[0-9.]{1,3}/)?([A-Z]{1,2}:[A-Z]/?){0,12}.{0,8}") {
            if let Ok((_, cvss)) = score(&text) {
                prop_assert!(cvss.hundredths <= 1000);
            }
        }
    }
}
