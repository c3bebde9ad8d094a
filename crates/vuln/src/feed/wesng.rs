//! Microsoft's bulletins as wesng collects them, <https://github.com/bitsadmin/wesng> (`definitions.zip`): a zip of
//! `CVEs_<date>.csv` and `Custom_<date>.csv` with the columns `DatePosted, CVE, BulletinKB, Title, AffectedProduct,
//! AffectedComponent, Severity, Impact, Supersedes, Exploits`.
//!
//! A statement is about a product, by Microsoft's name of it, and every version of it is affected until the update with
//! the bulletin's number, or one that supersedes it, is installed (see [`crate::windows`]).

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Feed, FeedError, Parsed, archive};
use crate::advisory::{Advisory, State, is_cve_id};
use crate::release::Release;

/// Microsoft.
pub(super) const FEED: Feed = Feed { id: "microsoft", title: "Microsoft bulletins (wesng)", document, parse };

fn document(_name: &str, head: &[u8]) -> Option<String> {
    (head.starts_with(b"PK") && archive::has_member(head, "CVEs_")).then(|| "wesng".to_owned())
}

#[derive(Deserialize)]
struct Row<'a> {
    #[serde(rename = "DatePosted")]
    date: &'a str,
    #[serde(rename = "CVE")]
    cve: &'a str,
    #[serde(rename = "BulletinKB")]
    bulletin: &'a str,
    #[serde(rename = "AffectedProduct")]
    product: &'a str,
    #[serde(rename = "Severity")]
    severity: &'a str,
    #[serde(rename = "Supersedes")]
    supersedes: &'a str,
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let mut parsed = Parsed::default();
    let release =
        Release::by_key("windows").ok_or_else(|| FeedError::Shape { why: "no release is known".to_owned() })?;
    let (mut newest, mut supersedes, mut broken) = (String::new(), BTreeSet::new(), None);
    let mut said: BTreeSet<(String, String, String)> = BTreeSet::new();
    archive::each_file(bytes, &mut |name, content| {
        if !name.ends_with(".csv") {
            return;
        }
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).flexible(true).from_reader(content);
        let headings = match reader.headers() {
            Ok(headings) => headings.clone(),
            Err(error) => return broken = Some(format!("{name}: {error}")),
        };
        for (at, record) in (2..).zip(reader.records()) {
            parsed.records += 1;
            let row = record.as_ref().map_err(ToString::to_string);
            match row.and_then(|it| it.deserialize::<Row<'_>>(Some(&headings)).map_err(|error| error.to_string())) {
                Ok(row) => read(&row, &mut supersedes, &mut said, &mut newest),
                Err(error) => parsed.skip(format!("{name} row {at}"), error),
            }
        }
    })?;
    if let Some(why) = broken {
        return Err(FeedError::Shape { why });
    }
    parsed.made_at = day(&newest);
    parsed.supersedes = supersedes.into_iter().collect();
    parsed.advisories = said
        .into_iter()
        .map(|(package, cve, rest)| {
            let (bulletin, word) = rest.split_once(' ').unwrap_or((&rest, ""));
            let advisory = if bulletin.is_empty() { String::new() } else { format!("KB{bulletin}") };
            Advisory { release, package, cve, introduced: None, state: State::Open, word: word.to_owned(), advisory }
        })
        .collect();
    parsed.unless_empty()
}

fn read(
    row: &Row<'_>,
    supersedes: &mut BTreeSet<(String, String)>,
    said: &mut BTreeSet<(String, String, String)>,
    newest: &mut String,
) {
    for older in row.supersedes.split(';').map(str::trim).filter(|it| !it.is_empty() && !row.bulletin.is_empty()) {
        supersedes.insert((format!("KB{}", row.bulletin), format!("KB{older}")));
    }
    if row.date > newest.as_str() && row.date.len() == 8 {
        row.date.clone_into(newest);
    }
    // Bulletins of before 2016 name no CVE; they say which update takes the place of which.
    if is_cve_id(row.cve) && !row.product.is_empty() {
        let rest = format!("{} {}", row.bulletin, row.severity.to_lowercase());
        said.insert((row.product.to_owned(), row.cve.to_owned(), rest));
    }
}

/// Midnight of `20260609`.
fn day(text: &str) -> Option<inspector_model::Timestamp> {
    let (year, month, day) = (text.get(..4)?, text.get(4..6)?, text.get(6..8)?);
    format!("{year}-{month}-{day}T00:00:00Z").parse().ok()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    const HEADINGS: &str = "\"DatePosted\",\"CVE\",\"BulletinKB\",\"Title\",\"AffectedProduct\",\"AffectedComponent\",\
                            \"Severity\",\"Impact\",\"Supersedes\",\"Exploits\"\n";

    fn zip(rows: &str) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("CVEs_20260628.csv", zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(format!("{HEADINGS}{rows}").as_bytes()).unwrap();
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_row_says_which_update_answers_a_cve_and_what_it_supersedes() {
        let rows = "# a remark\n\
            \"20260609\",\"CVE-2020-0001\",\"1000002\",\"x\",\"Windows Example\",\"\",\"Important\",\"\",\"1000001;999\",\"\"\n\
            \"20260609\",\"CVE-2020-0001\",\"1000002\",\"y\",\"Windows Example\",\"\",\"Important\",\"\",\"\",\"\"\n\
            \"20170314\",\"\",\"4014329\",\"x\",\"Windows Example\",\"\",\"Critical\",\"\",\"4010250\",\"\"\n\
            \"20200101\",\"CVE-2020-0002\",\"\",\"x\",\"Windows Example\",\"\",\"Low\",\"\",\"\",\"\"\n\
            \"short\"\n";
        let parsed = parse(&zip(rows)).unwrap();
        let row = |it: &Advisory| format!("{} {} {} {}", it.package, it.cve, it.advisory, it.word);
        let found: Vec<_> = parsed.advisories.iter().map(row).collect();
        assert_eq!(found, ["Windows Example CVE-2020-0001 KB1000002 important", "Windows Example CVE-2020-0002  low"]);
        let pairs: Vec<_> = parsed.supersedes.iter().map(|(newer, older)| format!("{newer} {older}")).collect();
        assert_eq!(pairs, ["KB1000002 KB1000001", "KB1000002 KB999", "KB4014329 KB4010250"]);
        assert_eq!((parsed.records, parsed.skipped.len()), (5, 1));
        assert_eq!(parsed.made_at, Some("2026-06-09T00:00:00Z".parse().unwrap()));
        assert_eq!(document("definitions.zip", &zip(rows)).as_deref(), Some("wesng"));
    }

    #[test]
    fn a_collection_that_is_cut_or_has_other_columns_is_refused() {
        let whole = zip("\"20260609\",\"CVE-2020-0001\",\"1\",\"x\",\"W\",\"\",\"Low\",\"\",\"\",\"\"\n");
        for length in (0..whole.len()).step_by(11) {
            assert!(parse(whole.get(..length).unwrap()).is_err(), "{length}");
        }
    }
}
