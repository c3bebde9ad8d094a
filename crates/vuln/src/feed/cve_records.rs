//! CVE records in the JSON format of version 5, an archive of the tree of <https://github.com/CVEProject/cvelistV5> or
//! <https://github.com/cisagov/vulnrichment>. Scores and texts are read; which packages are affected is for the
//! distribution to say.

use serde::Deserialize;

use super::{Feed, FeedError, Parsed, archive};
use crate::advisory::{Score, ScoreSource, Vulnerability, is_cve_id};
use crate::cvss;

/// CVE records.
pub(super) const FEED: Feed = Feed { id: "cve-records", title: "CVE records", document, parse };

fn document(_name: &str, head: &[u8]) -> Option<String> {
    let known = archive::has_member(head, "CVE-")
        && archive::first_files(head).iter().any(|file| serde_json::from_slice::<Record>(file).is_ok());
    known.then(|| "cve-records".to_owned())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    cve_metadata: Metadata,
    containers: Containers,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    cve_id: String,
    state: String,
}

#[derive(Deserialize)]
struct Containers {
    #[serde(default)]
    cna: Container,
    #[serde(default)]
    adp: Vec<Container>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Container {
    #[serde(default)]
    provider_metadata: Provider,
    #[serde(default)]
    descriptions: Vec<Description>,
    #[serde(default)]
    metrics: Vec<Metric>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Provider {
    #[serde(default)]
    short_name: String,
}

#[derive(Deserialize)]
struct Description {
    lang: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metric {
    #[serde(rename = "cvssV4_0")]
    v40: Option<Vector>,
    #[serde(rename = "cvssV3_1")]
    v31: Option<Vector>,
    #[serde(rename = "cvssV3_0")]
    v30: Option<Vector>,
    #[serde(rename = "cvssV2_0")]
    v2: Option<Vector>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vector {
    vector_string: String,
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let mut parsed = Parsed::default();
    archive::each_file(bytes, &mut |name, content| {
        if !(name.starts_with("CVE-") && name.ends_with(".json")) {
            return;
        }
        parsed.records += 1;
        match serde_json::from_slice::<Record>(content) {
            Ok(record) if !is_cve_id(&record.cve_metadata.cve_id) => parsed.skip(name, "its id is no CVE id"),
            Ok(record) if record.cve_metadata.state == "REJECTED" => {}
            Ok(record) => read(record, &mut parsed),
            Err(error) => parsed.skip(name, error.to_string()),
        }
    })?;
    parsed.unless_empty()
}

fn read(record: Record, parsed: &mut Parsed) {
    let Record { cve_metadata: Metadata { cve_id: cve, .. }, containers: Containers { cna, adp } } = record;
    let mut scores = Vec::new();
    let all = adp.iter().filter(|it| it.provider_metadata.short_name == "CISA-ADP").map(|it| (ScoreSource::Adp, it));
    for (source, container) in [(ScoreSource::Cna, &cna)].into_iter().chain(all) {
        let vectors = container.metrics.iter().flat_map(|it| [&it.v40, &it.v31, &it.v30, &it.v2]).flatten();
        for vector in vectors {
            match cvss::score(&vector.vector_string) {
                Ok((version, cvss)) => scores.push(Score { source, version, cvss }),
                Err(error) => parsed.skip_part(cve.clone(), error.to_string()),
            }
        }
    }
    let english = cna.descriptions.into_iter().find(|it| it.lang.starts_with("en"));
    let description = english.map(|it| it.value).unwrap_or_default();
    parsed.vulnerabilities.push(Vulnerability { cve, description, scores, ..Vulnerability::default() });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advisory::CvssVersion;
    use crate::feed::archive::tar;

    const RECORD: &str = r#"{"dataType": "CVE_RECORD", "dataVersion": "5.1",
        "cveMetadata": {"cveId": "CVE-2024-0001", "state": "PUBLISHED"},
        "containers": {
          "cna": {"providerMetadata": {"shortName": "example"},
            "descriptions": [{"lang": "de", "value": "Erfunden."}, {"lang": "en-US", "value": "Made up."}],
            "metrics": [{"format": "CVSS", "cvssV4_0": {"vectorString": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"}},
                        {"cvssV3_1": {"vectorString": "CVSS:3.1/nonsense"}}, {"other": {}}]},
          "adp": [{"providerMetadata": {"shortName": "CISA-ADP"},
            "metrics": [{"cvssV3_1": {"vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}}]},
            {"providerMetadata": {"shortName": "CVE"}, "descriptions": []}]}}"#;

    #[test]
    fn scores_of_the_authority_and_of_cisa_are_told_apart() {
        let rejected = RECORD.replace("PUBLISHED", "REJECTED");
        let archive =
            tar(&[("cves/CVE-2024-0001.json", RECORD), ("cves/CVE-2024-0002.json", &rejected), ("delta.json", "{}")]);
        let parsed = parse(&archive).unwrap();
        let [one] = parsed.vulnerabilities.as_slice() else { panic!("{parsed:?}") };
        let scores: Vec<_> = one.scores.iter().map(|it| (it.source, it.version, it.cvss.hundredths)).collect();
        assert_eq!(scores, [(ScoreSource::Cna, CvssVersion::V40, 930), (ScoreSource::Adp, CvssVersion::V31, 750)]);
        assert_eq!((one.description.as_str(), parsed.records, parsed.skipped.len()), ("Made up.", 2, 1));
        assert_eq!(document("x.zip", &archive).as_deref(), Some("cve-records"));
        assert_eq!(document("x.zip", &tar(&[("CVE-1", "{}")])), None);
    }
}
