//! Statements out of a definition: every test of an rpm version, under the releases and the module that its branch of
//! the tree names.

use std::collections::BTreeSet;

use super::document::{Definition, Document, Node};
use super::{Parsed, Publisher};
use crate::advisory::{Advisory, Score, ScoreSource, State, Version, Vulnerability, is_cve_id};
use crate::cvss;
use crate::release::Release;
use crate::stream;

/// Under what a branch of the tree holds.
#[derive(Clone, Default)]
struct Branch<'a> {
    releases: Vec<&'static Release>,
    module: Option<&'a str>,
}

/// What one test means.
enum Meaning<'a> {
    Releases(Vec<&'static Release>),
    Module(&'a str),
    /// A package, and the operation and version that it is compared by; `None` where any version is meant.
    Package(&'a str, Option<(&'a str, &'a str)>),
    NotAffected(&'a str),
    Nothing,
}

/// Adds what a definition says.
pub(super) fn write(definition: &Definition, document: &Document, publisher: &Publisher, parsed: &mut Parsed) {
    // Patches and vulnerabilities; the rest is inventory, compliance, or what is not affected because it is not there.
    if !matches!(definition.class.as_str(), "patch" | "vulnerability") || definition.id.contains("unaffected") {
        return;
    }
    let cves: BTreeSet<String> = definition.references.iter().filter_map(|it| cve(it)).collect();
    if cves.is_empty() {
        // An update for bugs alone says nothing about vulnerabilities.
        return;
    }
    let advisory =
        definition.references.iter().find(|it| publisher.advisory_prefixes.iter().any(|prefix| it.starts_with(prefix)));
    let mut writer =
        Writer { definition, document, publisher, cves: &cves, advisory, parsed, written: false, of_others: false };
    let branch = Branch::default();
    definition.criteria.iter().for_each(|node| writer.walk(node, &branch));
    let Writer { written, of_others, .. } = writer;
    // About another product alone it may be silent; else something is missing.
    if !written && !of_others {
        parsed.skip(&definition.id, "no test of it that can be read names a package");
    }
    let vulnerabilities = cves.iter().map(|cve| vulnerability(definition, cve, cves.len()));
    parsed.vulnerabilities.extend(vulnerabilities);
}

/// `CVE-2020-0001` of a reference that may say more, such as `Mitre CVE-2020-0001`.
fn cve(reference: &str) -> Option<String> {
    reference.split_whitespace().find(|word| is_cve_id(word)).map(str::to_owned)
}

/// A description is of one vulnerability only where the definition is about one.
fn vulnerability(definition: &Definition, cve: &str, count: usize) -> Vulnerability {
    let vector = definition.vectors.iter().find(|(id, _)| id == cve).map(|(_, vector)| vector.as_str());
    let vector = vector.and_then(|vector| vector.split_once('/')).map(|(_, vector)| vector);
    let score = vector.and_then(|vector| cvss::score(vector).ok());
    let score = score.map(|(version, cvss)| Score { source: ScoreSource::Vendor, version, cvss });
    let description = if count == 1 { definition.description.clone() } else { String::new() };
    Vulnerability { cve: cve.to_owned(), description, scores: score.into_iter().collect(), ..Vulnerability::default() }
}

struct Writer<'a, 'b> {
    definition: &'a Definition,
    document: &'a Document,
    publisher: &'a Publisher,
    cves: &'a BTreeSet<String>,
    advisory: Option<&'a String>,
    parsed: &'b mut Parsed,
    /// A statement was written.
    written: bool,
    /// A test asks for a product that is none of the known releases.
    of_others: bool,
}

impl<'a> Writer<'a, '_> {
    fn walk(&mut self, node: &'a Node, branch: &Branch<'a>) {
        match node {
            Node::Test { id, comment } => self.write_test(id, comment, branch),
            Node::Group { all: false, children } => children.iter().for_each(|child| self.walk(child, branch)),
            Node::Group { all: true, children } => {
                let mut branch = branch.clone();
                children.iter().for_each(|child| self.narrow(child, &mut branch));
                children.iter().for_each(|child| self.walk(child, &branch));
            }
        }
    }

    /// Takes up what a part of a conjunction says about where the other parts hold.
    fn narrow(&self, node: &'a Node, branch: &mut Branch<'a>) {
        match node {
            Node::Test { id, comment } => match self.meaning(id, comment) {
                Meaning::Releases(releases) if !releases.is_empty() => branch.releases = releases,
                Meaning::Module(module) => branch.module = Some(module),
                Meaning::Releases(_) | Meaning::Package(..) | Meaning::NotAffected(_) | Meaning::Nothing => {}
            },
            // Any of several releases.
            Node::Group { all: false, children } => {
                let mut releases = Vec::new();
                for child in children {
                    let Node::Test { id, comment } = child else { return };
                    let Meaning::Releases(of_test) = self.meaning(id, comment) else { return };
                    for release in of_test {
                        if !releases.contains(&release) {
                            releases.push(release);
                        }
                    }
                }
                if !releases.is_empty() {
                    branch.releases = releases;
                }
            }
            Node::Group { all: true, .. } => {}
        }
    }

    fn meaning(&self, id: &str, comment: &'a str) -> Meaning<'a> {
        if let Some(module) = comment.strip_prefix("Module ").and_then(|it| it.strip_suffix(" is enabled")) {
            return Meaning::Module(module);
        }
        let test = self.document.test(id);
        let (package, version) = match test {
            Some((package, wanted)) => (package, wanted.map_or("", |wanted| wanted.version.as_str())),
            None => ("", ""),
        };
        let releases = (self.publisher.releases)(comment, package, version);
        if !releases.is_empty() || comment.contains("must be installed") || package.ends_with("-release") {
            return Meaning::Releases(releases);
        }
        let Some((package, wanted)) = test else { return Meaning::Nothing };
        if comment.contains(" is signed with ") || comment.contains("-based") {
            Meaning::Nothing
        } else if comment.ends_with(" is not affected") {
            Meaning::NotAffected(package)
        } else if let Some((operation, evr)) = wanted.and_then(|wanted| wanted.evr.as_ref()) {
            Meaning::Package(package, Some((operation, evr)))
        } else if comment.ends_with(" is installed") || comment.ends_with(" is affected") {
            Meaning::Package(package, None)
        } else {
            Meaning::Nothing
        }
    }

    fn write_test(&mut self, id: &str, comment: &'a str, branch: &Branch<'a>) {
        let (package, bound) = match self.meaning(id, comment) {
            Meaning::Package(package, bound) => (package, bound),
            Meaning::NotAffected(package) => {
                return self.write(package, branch, &branch.releases, |_| Ok(State::NotAffected));
            }
            Meaning::Releases(releases) => {
                self.of_others |= releases.is_empty();
                return;
            }
            Meaning::Module(_) | Meaning::Nothing => return,
        };
        let Some((operation, evr)) = bound else {
            return self.write(package, branch, &branch.releases, |_| Ok(State::Open));
        };
        let of_version: Vec<_> = (self.publisher.release_of_version)(evr).into_iter().collect();
        let releases = if branch.releases.is_empty() { &of_version } else { &branch.releases };
        self.write(package, branch, releases, |release| {
            let version = Version::parse(release, evr).map_err(|error| error.to_string())?;
            match operation {
                // By number as some documents write it: 6 stands for `less than`.
                "less than" | "6" => Ok(State::Fixed(version)),
                "less than or equal" => Ok(State::LastAffected(version)),
                _ => Err(format!("`{operation}` is no end of a range")),
            }
        });
    }

    fn write(
        &mut self,
        package: &str,
        branch: &Branch<'a>,
        releases: &[&'static Release],
        state: impl Fn(&Release) -> Result<State, String>,
    ) {
        for release in releases {
            self.written = true;
            let mut word = self.definition.severity.to_lowercase();
            let state = state(release).unwrap_or_else(|why| {
                self.parsed.skip_part(format!("{} {package}", self.definition.id), why.clone());
                word = format!("{word}, but {why}");
                State::Undetermined
            });
            let package = stream::of_statement(release, package, branch.module, &state);
            self.parsed.advisories.extend(self.cves.iter().map(|cve| Advisory {
                release,
                package: package.clone(),
                cve: cve.clone(),
                introduced: None,
                state: state.clone(),
                word: word.clone(),
                advisory: self.advisory.cloned().unwrap_or_default(),
            }));
        }
    }
}
