//! The Exploit Prediction Scoring System of FIRST, <https://epss.empiricalsecurity.com/epss_scores-current.csv.gz>: a line
//! with model and date, a line of headings, then `cve,epss,percentile`.

use super::{Feed, FeedError, Parsed};
use crate::advisory::{Epss, Vulnerability, is_cve_id};

/// Exploit prediction.
pub(super) const FEED: Feed = Feed { id: "epss", title: "Exploit Prediction Scoring System", document, parse };

const HEADINGS: &str = "cve,epss,percentile";

fn document(_name: &str, head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let first = lines.next()?;
    (first.starts_with("#model_version:") && lines.next() == Some(HEADINGS)).then(|| "epss.csv".to_owned())
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let shape = |why: &str| FeedError::Shape { why: why.to_owned() };
    let text = std::str::from_utf8(bytes).map_err(|error| shape(&error.to_string()))?;
    let mut lines = text.lines();
    let first = lines.next().filter(|line| line.starts_with("#model_version:"));
    let first = first.ok_or_else(|| shape("its first line names no model"))?;
    if lines.next() != Some(HEADINGS) {
        return Err(shape("its headings are not `cve,epss,percentile`"));
    }
    if !text.ends_with('\n') {
        return Err(FeedError::Truncated { why: "its last line has no end".to_owned() });
    }
    let date = first.split_once("score_date:").and_then(|(_, rest)| rest.get(..19));
    let mut parsed = Parsed { made_at: date.and_then(|date| format!("{date}Z").parse().ok()), ..Parsed::default() };
    for line in lines.filter(|line| !line.is_empty()) {
        parsed.records += 1;
        match row(line) {
            Some((cve, epss)) => {
                let (cve, epss) = (cve.to_owned(), Some(epss));
                parsed.vulnerabilities.push(Vulnerability { cve, epss, ..Vulnerability::default() });
            }
            None => parsed.skip(line.chars().take(40).collect::<String>(), "it is no CVE with two numbers from 0 to 1"),
        }
    }
    parsed.unless_empty()
}

fn row(line: &str) -> Option<(&str, Epss)> {
    let mut cells = line.trim_end_matches('\r').split(',');
    let (cve, probability, percentile) = (cells.next()?, millionths(cells.next()?)?, millionths(cells.next()?)?);
    (is_cve_id(cve) && cells.next().is_none()).then_some((cve, Epss { probability, percentile }))
}

fn millionths(text: &str) -> Option<u32> {
    let number: f64 = text.parse().ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000000 fits")]
    (0.0..=1.0).contains(&number).then(|| (number * 1_000_000.0).round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCORES: &str = "#model_version:v2023.03.01,score_date:2025-02-20T00:00:00+0000\ncve,epss,percentile\n\
        CVE-2020-0001,0.00383,0.73075\nCVE-2020-0002,1.2,0.5\nCVE-2020-0003,0.1\n";

    #[test]
    fn every_row_is_read_in_millionths_and_a_wrong_one_is_named() {
        let parsed = parse(SCORES.as_bytes()).unwrap();
        let [one] = parsed.vulnerabilities.as_slice() else { panic!("{parsed:?}") };
        assert_eq!(one.epss, Some(Epss { probability: 3_830, percentile: 730_750 }));
        assert_eq!(parsed.skipped.len(), 2);
        assert_eq!(parsed.made_at, Some("2025-02-20T00:00:00Z".parse().unwrap()));
        assert_eq!(document("x", SCORES.as_bytes()).as_deref(), Some("epss.csv"));
    }

    #[test]
    fn a_file_without_its_beginning_or_its_end_is_refused() {
        for text in [SCORES.trim_start_matches('#'), SCORES.trim_end(), "#model_version:x\na,b\n"] {
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
    }
}
