//! NVD's yearly files and API pages, version 2.0, <https://nvd.nist.gov/vuln/data-feeds>:
//! `{format: "NVD_CVE", version: "2.0", timestamp, vulnerabilities: [{cve: {id, descriptions, metrics, …}}]}`.
//!
//! Only scores, texts and rejections are read. Which packages are affected is for the distribution to say.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Feed, FeedError, Parsed};
use crate::advisory::{Cvss, CvssVersion, Score, ScoreSource, Vulnerability, is_cve_id};

/// National Vulnerability Database.
pub(super) const FEED: Feed = Feed { id: "nvd", title: "National Vulnerability Database", document, parse };

fn document(name: &str, head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head).replace(char::is_whitespace, "");
    let looks_so = head.contains("\"format\":\"NVD_CVE\"") && head.contains("\"version\":\"2.0\"");
    looks_so.then(|| name.to_owned())
}

#[derive(Deserialize)]
struct Page<'a> {
    format: String,
    version: String,
    #[serde(default)]
    timestamp: String,
    #[serde(borrow)]
    vulnerabilities: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Item {
    cve: Record,
}

#[derive(Deserialize)]
struct Record {
    id: String,
    #[serde(default, rename = "vulnStatus")]
    status: String,
    #[serde(default)]
    descriptions: Vec<Description>,
    #[serde(default)]
    metrics: Metrics,
}

#[derive(Deserialize)]
struct Description {
    lang: String,
    value: String,
}

#[derive(Deserialize, Default)]
struct Metrics {
    #[serde(default, rename = "cvssMetricV31")]
    v31: Vec<Metric>,
    #[serde(default, rename = "cvssMetricV30")]
    v30: Vec<Metric>,
    #[serde(default, rename = "cvssMetricV2")]
    v2: Vec<Metric>,
    #[serde(default, rename = "cvssMetricV40")]
    v40: Vec<Metric>,
}

#[derive(Deserialize)]
struct Metric {
    source: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "cvssData")]
    data: Data,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    base_score: f64,
    vector_string: String,
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let page: Page<'_> = serde_json::from_slice(bytes)?;
    if page.format != "NVD_CVE" || page.version != "2.0" {
        let why = format!("format `{}` version `{}` instead of `NVD_CVE` version `2.0`", page.format, page.version);
        return Err(FeedError::Shape { why });
    }
    let mut parsed = Parsed { made_at: moment(&page.timestamp), ..Parsed::default() };
    for (at, raw) in page.vulnerabilities.iter().enumerate() {
        parsed.records += 1;
        match serde_json::from_str::<Item>(raw.get()) {
            Ok(item) if !is_cve_id(&item.cve.id) => {
                parsed.skip(format!("record {at}"), format!("`{}` is no CVE id", item.cve.id));
            }
            // A rejected CVE is withdrawn: it has neither a score nor a text worth showing.
            Ok(item) if item.cve.status == "Rejected" => {}
            Ok(item) => read(item.cve, &mut parsed),
            Err(error) => parsed.skip(format!("record {at}"), error.to_string()),
        }
    }
    parsed.unless_empty()
}

fn read(record: Record, parsed: &mut Parsed) {
    let metrics = &record.metrics;
    let versions = [
        (CvssVersion::V40, &metrics.v40),
        (CvssVersion::V31, &metrics.v31),
        (CvssVersion::V30, &metrics.v30),
        (CvssVersion::V2, &metrics.v2),
    ];
    let mut scores = Vec::new();
    for (version, metric) in versions.into_iter().flat_map(|(version, of)| of.iter().map(move |it| (version, it))) {
        match metric.score() {
            Some(cvss) => scores.push(Score { source: metric.source(), version, cvss }),
            None => {
                let why = format!("the score {} is outside 0 to 10", metric.data.base_score);
                parsed.skip_part(record.id.clone(), why);
            }
        }
    }
    let english = record.descriptions.into_iter().find(|description| description.lang == "en");
    let description = english.map(|description| description.value).unwrap_or_default();
    parsed.vulnerabilities.push(Vulnerability { cve: record.id, description, scores, ..Vulnerability::default() });
}

/// CISA, where it adds to the records of others (<https://github.com/cisagov/vulnrichment>).
const CISA: &str = "134c704f-9b21-4f2e-91b3-4a467353bcc0";

impl Metric {
    /// Who gave it. What NVD marks as secondary is its copy of somebody else's.
    fn source(&self) -> ScoreSource {
        match (self.source.as_str(), self.kind.as_str()) {
            ("nvd@nist.gov", "Primary") => ScoreSource::Nvd,
            (CISA, _) => ScoreSource::Adp,
            _ => ScoreSource::Cna,
        }
    }

    fn score(&self) -> Option<Cvss> {
        Cvss::new(self.data.base_score, self.data.vector_string.as_str())
    }
}

/// NVD writes its times in UTC and without a zone.
fn moment(text: &str) -> Option<inspector_model::Timestamp> {
    text.parse().or_else(|_| format!("{text}Z").parse()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In NVD's form, written by hand; ids and texts are made up.
    const PAGE: &str = include_str!("nvd.json");

    fn found<'a>(parsed: &'a Parsed, cve: &str) -> &'a Vulnerability {
        parsed.vulnerabilities.iter().find(|it| it.cve == cve).unwrap()
    }

    #[test]
    fn a_yearly_file_is_recognised_and_keeps_its_name() {
        assert_eq!(document("nvdcve-2.0-2020.json", PAGE.as_bytes()), Some("nvdcve-2.0-2020.json".to_owned()));
        assert_eq!(document("nvdcve-1.1-2020.json", br#"{"CVE_data_type":"CVE"}"#), None);
    }

    #[test]
    fn only_nvds_own_scores_count_and_the_newest_version_3_wins() {
        let parsed = parse(PAGE.as_bytes()).unwrap();
        for (cve, v2, v3, secondary_only) in [
            ("CVE-2020-0001", Some(500), Some(750), false),
            ("CVE-2020-0002", None, Some(610), false),
            ("CVE-2020-0003", None, None, true),
            ("CVE-2020-0004", None, None, false),
        ] {
            let it = found(&parsed, cve);
            let hundredths = |score: &Option<Cvss>| score.as_ref().map(|score| score.hundredths);
            assert_eq!((hundredths(&it.nvd().v2), hundredths(&it.nvd().v3)), (v2, v3), "{cve}");
            assert_eq!(it.secondary_only(), secondary_only, "{cve}");
        }
        assert_eq!(found(&parsed, "CVE-2020-0001").description, "An example.");
        assert_eq!(parsed.made_at, Some("2024-10-24T00:00:00Z".parse().unwrap()));
    }

    #[test]
    fn rejected_records_vanish_and_unreadable_ones_are_named() {
        let parsed = parse(PAGE.as_bytes()).unwrap();
        assert!(!parsed.vulnerabilities.iter().any(|it| it.cve == "CVE-2020-0005"));
        let skipped: Vec<_> = parsed.skipped.iter().map(|problem| problem.record.as_str()).collect();
        assert_eq!(skipped, ["CVE-2020-0004", "record 5", "record 6"]);
        assert_eq!(parsed.records, 7);
    }

    #[test]
    fn another_version_of_the_format_is_refused_by_name() {
        let error = parse(PAGE.replace("\"2.0\",", "\"3.0\",").as_bytes()).unwrap_err();
        assert!(error.to_string().contains("version `3.0`"), "{error}");
    }

    #[test]
    fn a_file_cut_anywhere_is_an_error() {
        for length in (0..PAGE.trim_end().len()).step_by(7) {
            assert!(parse(&PAGE.as_bytes()[..length]).is_err(), "{length}");
        }
    }
}
