//! CISA's catalogue of known exploited vulnerabilities,
//! <https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json>.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Feed, FeedError, Parsed};
use crate::advisory::{Exploited, Vulnerability, is_cve_id, is_day};

/// Known exploited vulnerabilities.
pub(super) const FEED: Feed = Feed { id: "cisa-kev", title: "CISA known exploited vulnerabilities", document, parse };

fn document(_name: &str, head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    (head.contains("\"catalogVersion\"") && head.contains("\"vulnerabilities\"")).then(|| "kev.json".to_owned())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Catalogue<'a> {
    date_released: String,
    count: usize,
    #[serde(borrow)]
    vulnerabilities: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(rename = "cveID")]
    cve: String,
    date_added: String,
    due_date: String,
    #[serde(default)]
    known_ransomware_campaign_use: String,
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let catalogue: Catalogue<'_> = serde_json::from_slice(bytes)?;
    if catalogue.count != catalogue.vulnerabilities.len() {
        let why = format!("it counts {} entries and holds {}", catalogue.count, catalogue.vulnerabilities.len());
        return Err(FeedError::Truncated { why });
    }
    let mut parsed = Parsed { made_at: catalogue.date_released.parse().ok(), ..Parsed::default() };
    for (at, raw) in catalogue.vulnerabilities.iter().enumerate() {
        parsed.records += 1;
        match serde_json::from_str::<Entry>(raw.get()) {
            Ok(entry) if !is_cve_id(&entry.cve) => {
                parsed.skip(format!("entry {at}"), format!("`{}` is no CVE id", entry.cve));
            }
            Ok(entry) if ![&entry.date_added, &entry.due_date].into_iter().all(|date| is_day(date)) => {
                parsed.skip(entry.cve, "a date is not of the form YYYY-MM-DD");
            }
            Ok(entry) => {
                let ransomware = entry.known_ransomware_campaign_use.eq_ignore_ascii_case("known");
                let exploited = Exploited { added: entry.date_added, due: entry.due_date, ransomware };
                let exploited = Some(exploited);
                parsed.vulnerabilities.push(Vulnerability { cve: entry.cve, exploited, ..Vulnerability::default() });
            }
            Err(error) => parsed.skip(format!("entry {at}"), error.to_string()),
        }
    }
    parsed.unless_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CATALOGUE: &str = r#"{"title": "x", "catalogVersion": "2026.01.01", "dateReleased": "2026-01-01T10:00:00.1Z",
        "count": 3, "vulnerabilities": [
        {"cveID": "CVE-2020-0001", "dateAdded": "2021-11-03", "dueDate": "2021-11-17", "knownRansomwareCampaignUse": "Known"},
        {"cveID": "CVE-2020-0002", "dateAdded": "tomorrow", "dueDate": "2021-11-17"},
        {"cveID": "x", "dateAdded": "2021-11-03", "dueDate": "2021-11-17"}]}"#;

    #[test]
    fn entries_are_read_and_unreadable_ones_are_named() {
        let parsed = parse(CATALOGUE.as_bytes()).unwrap();
        let [one] = parsed.vulnerabilities.as_slice() else { panic!("{parsed:?}") };
        let wanted = Exploited { added: "2021-11-03".to_owned(), due: "2021-11-17".to_owned(), ransomware: true };
        assert_eq!((one.cve.as_str(), one.exploited.as_ref()), ("CVE-2020-0001", Some(&wanted)));
        let skipped: Vec<_> = parsed.skipped.iter().map(|it| it.record.as_str()).collect();
        assert_eq!(skipped, ["CVE-2020-0002", "entry 2"]);
        assert_eq!(document("x", CATALOGUE.as_bytes()).as_deref(), Some("kev.json"));
    }

    #[test]
    fn a_catalogue_with_fewer_entries_than_it_counts_is_refused() {
        let error = parse(CATALOGUE.replace("\"count\": 3", "\"count\": 4").as_bytes()).unwrap_err();
        assert!(matches!(error, FeedError::Truncated { .. }), "{error}");
    }
}
