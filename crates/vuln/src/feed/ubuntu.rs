//! The Ubuntu CVE tracker, <https://git.launchpad.net/ubuntu-cve-tracker>, as a tar of its tree: one file per CVE in
//! `active` and `retired`, with a line `release_package: status (note)` per source package.
//!
//! A channel of Expanded Security Maintenance, such as `esm-infra/focal`, speaks only for those who subscribe: its fix is
//! named as one that needs Ubuntu Pro, and its `not-affected` clears nobody, for the channel may hold another version.

use std::collections::BTreeMap;

use super::{Feed, FeedError, Parsed, archive};
use crate::advisory::{Advisory, NEEDS_UBUNTU_PRO, State, Version, Vulnerability, is_cve_id};
use crate::release::Release;

/// Ubuntu's CVE tracker.
pub(super) const FEED: Feed = Feed { id: "ubuntu-cve-tracker", title: "Ubuntu CVE tracker", document, parse };

/// What every form of it is called.
pub(super) const DOCUMENT: &str = "ubuntu-cve-tracker.tar";

/// By the name of its tree, or by a file of it.
fn document(name: &str, head: &[u8]) -> Option<String> {
    let named = name.contains("ubuntu-cve-tracker") && archive::is_archive(head);
    (named || archive::has_member(head, "active/CVE-")).then(|| DOCUMENT.to_owned())
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let mut parsed = Parsed::default();
    archive::each_file(bytes, &mut |name, content| {
        if !name.starts_with("CVE-") {
            return;
        }
        parsed.records += 1;
        match std::str::from_utf8(content) {
            Ok(text) if is_cve_id(name) => read(name, text, &mut parsed),
            Ok(_) => parsed.skip(name, "this is no CVE id"),
            Err(error) => parsed.skip(name, error.to_string()),
        }
    })?;
    parsed.unless_empty()
}

/// What stands about one package of one release: of the release itself, and of its channels.
#[derive(Default)]
struct Said<'a> {
    release: Option<Status<'a>>,
    channels: Vec<(&'a str, Status<'a>)>,
}

/// A state, or why the fixed version makes no sense, and the tracker's words.
type Word = (Result<State, String>, String);

/// `status (note)`.
#[derive(Clone, Copy)]
struct Status<'a> {
    word: &'a str,
    note: &'a str,
}

fn read(cve: &str, text: &str, parsed: &mut Parsed) {
    let priority = text.lines().find_map(|line| line.strip_prefix("Priority:")?.split_whitespace().next());
    let mut said: BTreeMap<(&str, &str), Said<'_>> = BTreeMap::new();
    for (place, package, status) in text.lines().filter_map(status_line) {
        let Some((release, channel)) = release(place) else { continue };
        let entry = said.entry((release.key, package)).or_default();
        match channel {
            None => entry.release = Some(status),
            Some(channel) => entry.channels.push((channel, status)),
        }
    }
    for ((key, package), said) in said {
        let Some(release) = Release::by_key(key) else { continue };
        let Some((state, mut word)) = said.state(release) else { continue };
        let state = state.unwrap_or_else(|why| {
            parsed.skip(format!("{package} {cve} {key}"), why);
            word.push_str(", but the fixed version makes no sense");
            State::Undetermined
        });
        if let Some(priority) = priority {
            word = format!("{word}, {priority}");
        }
        let (package, cve) = (package.to_owned(), cve.to_owned());
        parsed.advisories.push(Advisory {
            release,
            package,
            cve,
            introduced: None,
            state,
            word,
            advisory: String::new(),
        });
    }
    let description = description(text);
    if !description.is_empty() {
        parsed.vulnerabilities.push(Vulnerability { cve: cve.to_owned(), description, ..Vulnerability::default() });
    }
}

/// `focal_openssl: released (1.1.1f-1)`; other lines have no underscore before their colon, or an indent.
fn status_line(line: &str) -> Option<(&str, &str, Status<'_>)> {
    let (key, value) = line.split_once(": ")?;
    let (place, package) = key.split_once('_')?;
    let value = value.trim();
    let (word, note) = value.split_once(' ').unwrap_or((value, ""));
    let note = note.trim().strip_prefix('(').and_then(|note| note.strip_suffix(')')).unwrap_or_default();
    (!place.starts_with(' ')).then_some((place, package, Status { word, note }))
}

/// The release that a line is about, and the channel of Expanded Security Maintenance where it is about one.
fn release(place: &str) -> Option<(&'static Release, Option<&str>)> {
    let (codename, channel) = match place.split_once('/') {
        None => (place, None),
        Some((codename, "esm")) => (codename, Some("esm")),
        Some((channel, codename)) if channel.starts_with("esm-") => (codename, Some(channel)),
        Some(_) => return None,
    };
    Some((Release::by_codename("ubuntu", codename)?, channel))
}

impl Said<'_> {
    /// The state and the tracker's words; `None` where the release does not have the package. The release's own word
    /// stands when it settles the matter; else a channel's fix; else the worst word, the release's own before others.
    fn state(&self, release: &Release) -> Option<Word> {
        let own = self.release.and_then(|status| Some((status.state(release)?, status.words())));
        if let Some((Ok(State::Fixed(_) | State::NotAffected) | Err(_), _)) = own {
            return own;
        }
        let channels = || self.channels.iter().filter_map(|(channel, status)| status.in_channel(release, channel));
        let fix = channels().filter(|(state, _)| matches!(state, Ok(State::Fixed(_)))).max();
        fix.or_else(|| channels().chain(own).max_by_key(|(state, _)| state.clone().unwrap_or(State::Undetermined)))
    }
}

impl Status<'_> {
    /// What a channel's word means for a host of which nobody knows whether it subscribes.
    fn in_channel(&self, release: &Release, channel: &str) -> Option<Word> {
        Some(match self.state(release)? {
            Ok(State::NotAffected) => (Ok(State::Undetermined), format!("{} in {channel} only", self.words())),
            state @ Ok(State::Fixed(_)) => (state, format!("released in {channel} only ({NEEDS_UBUNTU_PRO})")),
            state => (state, format!("{} in {channel}", self.words())),
        })
    }

    fn state(&self, release: &Release) -> Option<Result<State, String>> {
        Some(match self.word {
            "DNE" => return None,
            "not-affected" => Ok(State::NotAffected),
            "released" => Version::parse(release, self.note).map(State::Fixed).map_err(|error| error.to_string()),
            "needed" | "pending" | "deferred" | "active" => Ok(State::Open),
            // Nobody will mend it. What was known before support ended stays known.
            "ignored" => match self.before() {
                Some("DNE") => return None,
                Some("not-affected") => Ok(State::NotAffected),
                Some("needs-triage") => Ok(State::Undetermined),
                Some(_) | None => Ok(State::Open),
            },
            // `needs-triage`, and whatever word comes tomorrow.
            _ => Ok(State::Undetermined),
        })
    }

    /// The word that an ignored one had before: `end of standard support, was needed`.
    fn before(&self) -> Option<&str> {
        let (_, before) = self.note.split_once("was ")?;
        before.split([' ', ',', '[']).next()
    }

    /// The status; of a note only that support has ended, because notes hold versions, dates and prose.
    fn words(&self) -> String {
        let known = ["needs-triage", "needed", "deferred", "pending", "not-affected"];
        match (self.word, self.note.contains("end of"), known.iter().find(|word| self.before() == Some(word))) {
            ("ignored", true, Some(known)) => format!("ignored, end of support, was {known}"),
            ("ignored", true, None) => "ignored, end of support".to_owned(),
            (word, _, _) => word.chars().take(40).collect(),
        }
    }
}

/// The indented lines after `Description:`.
fn description(text: &str) -> String {
    let lines = text.lines().skip_while(|line| *line != "Description:").skip(1);
    let lines: Vec<_> = lines.take_while(|line| line.starts_with(' ')).map(str::trim).collect();
    lines.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::archive::tar;

    /// In the tracker's form, written by hand; the packages are made up.
    const FILE: &str = include_str!("ubuntu.txt");

    fn parsed() -> Parsed {
        parse(&tar(&[
            ("active/CVE-2020-0001", FILE),
            ("retired/CVE-2020-0002", ""),
            ("active/CVE-2020-NNN1", ""),
            ("active/00boilerplate", "x_y: z"),
            ("README", ""),
        ]))
        .unwrap()
    }

    #[test]
    fn every_status_keeps_its_meaning_and_a_fix_for_subscribers_is_told_as_such() {
        let parsed = parsed();
        let rows: Vec<_> = parsed
            .advisories
            .iter()
            .map(|it| {
                let state = match &it.state {
                    State::Fixed(version) => version.as_str().to_owned(),
                    state @ (State::NotAffected | State::Undetermined | State::LastAffected(_) | State::Open) => {
                        format!("{state:?}")
                    }
                };
                format!("{} {} | {state} | {}", it.release.key, it.package, it.word)
            })
            .collect();
        assert_eq!(
            rows,
            [
                "ubuntu:14.04 alone | Undetermined | not-affected in esm only, low",
                "ubuntu:14.04 fixed | Open | ignored, end of support, low",
                "ubuntu:14.04 known | Open | ignored, end of support, was needed, low",
                "ubuntu:16.04 fixed | 1.0-1ubuntu0.1+esm1 | released in esm-infra only (Ubuntu Pro), low",
                "ubuntu:18.04 fixed | Open | ignored, end of support, was needed, low",
                "ubuntu:18.04 later | Undetermined | needs-triage in esm-apps, low",
                "ubuntu:20.04 broken | Undetermined | released, but the fixed version makes no sense, low",
                "ubuntu:20.04 fixed | 1.0-1ubuntu1 | released, low",
                "ubuntu:20.04 later | Open | deferred, low",
                "ubuntu:22.04 fixed | NotAffected | not-affected, low",
                "ubuntu:22.04 later | Open | ignored, low",
            ]
        );
        assert_eq!(parsed.vulnerabilities[0].description, "Made up, in two lines.");
    }

    #[test]
    fn files_that_are_no_cve_are_no_records_and_what_makes_no_sense_is_counted() {
        let parsed = parsed();
        assert_eq!(parsed.records, 3);
        let skipped: Vec<_> = parsed.skipped.iter().map(|problem| problem.record.as_str()).collect();
        assert_eq!(skipped, ["broken CVE-2020-0001 ubuntu:20.04", "CVE-2020-NNN1"]);
    }
}
