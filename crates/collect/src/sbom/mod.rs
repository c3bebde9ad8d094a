//! A bill of materials read as the facts of a host of which nothing but system and packages is known.
//!
//! CycloneDX and SPDX 2 in JSON. A component is known by its package URL; packages of one distribution and of languages can
//! be judged, and everything else in the document is a problem by kind and number.

mod document;
pub mod purl;

use std::collections::{BTreeMap, BTreeSet};

use inspector_model::host::{HostFacts, Inventory, InventoryProblem, OsRelease, Package};
use inspector_model::language::{Ecosystem, LanguageInventory, LanguagePackage};
use inspector_model::{Fact, Place, Timestamp};

use document::{Component, Document};
use purl::Purl;

/// Kinds of reasons that are told apart.
const MAX_REASONS: usize = 64;
/// A component can hold others; no deeper than this.
const MAX_DEPTH: u32 = 16;

/// Why a document cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SbomError {
    /// It is no JSON, or breaks its format where packages are named.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// It is of another format.
    #[error("is neither CycloneDX nor SPDX 2")]
    Format,
    /// Components hold components without an end in sight.
    #[error("its components are nested too deeply")]
    Depth,
}

/// What a document says, as the facts of a host of which nothing but system and packages is known.
///
/// # Errors
/// When it is of neither format, or nested without an end in sight.
pub fn parse(bytes: &[u8], path: &str, now: Timestamp) -> Result<HostFacts, SbomError> {
    let mut bill = Bill::default();
    match document::read(bytes)? {
        Document::CycloneDx(components) => bill.cyclonedx(components, MAX_DEPTH)?,
        Document::Spdx(packages) => packages.into_iter().for_each(|package| bill.spdx(&package)),
    }
    Ok(bill.facts(path, now))
}

/// What a document holds.
#[derive(Default)]
struct Bill {
    /// Packages of distributions, by distribution as `id-version`.
    packages: BTreeMap<Option<String>, Vec<Package>>,
    /// Packages of languages: ecosystem, name and version.
    languages: BTreeSet<(Ecosystem, String, String)>,
    /// The system that the document describes, where it names one.
    system: Option<String>,
    /// Whether a package of Debian's kind names its source: then one that names none is its own.
    names_sources: bool,
    /// Why components are not judged, and how many.
    unjudged: BTreeMap<String, usize>,
}

impl Bill {
    fn cyclonedx(&mut self, components: Vec<Component>, depth: u32) -> Result<(), SbomError> {
        let depth = depth.checked_sub(1).ok_or(SbomError::Depth)?;
        for component in components {
            let of = |name: &str| component.property(name).map(str::to_owned);
            match (component.kind.as_deref(), component.name.as_deref(), component.purl.as_deref()) {
                (Some("operating-system"), Some(name), _) => {
                    let version = component.version.as_deref().unwrap_or_default();
                    self.system = Some(format!("{}-{version}", name.to_ascii_lowercase()));
                }
                (_, _, Some(purl)) => self.component(purl, &of),
                // Files and the like hold no package of their own.
                (Some("file"), _, None) => {}
                (_, _, None) => self.leave_out("without a package URL"),
            }
            self.cyclonedx(component.components.unwrap_or_default(), depth)?;
        }
        Ok(())
    }

    fn spdx(&mut self, package: &document::Package) {
        let version = package.version.as_deref().unwrap_or_default();
        if package.purpose.as_deref() == Some("OPERATING-SYSTEM") {
            let name = package.name.as_deref().unwrap_or_default().to_ascii_lowercase();
            self.system = Some(format!("{name}-{version}"));
            return;
        }
        match package.purl() {
            // Trivy tells the source of a package in a sentence.
            Some(purl) => self.component(purl, &|name| {
                let (source, version) = package.built_from()?;
                match name {
                    "aquasecurity:trivy:SrcName" => Some(source.to_owned()),
                    "aquasecurity:trivy:SrcVersion" => Some(version.to_owned()),
                    _ => None,
                }
            }),
            None => self.leave_out("without a package URL"),
        }
    }

    fn leave_out(&mut self, why: &str) {
        *self.unjudged.entry(why.to_owned()).or_default() += 1;
    }

    fn component(&mut self, text: &str, property: &dyn Fn(&str) -> Option<String>) {
        let Some(purl) = Purl::parse(text) else { return self.leave_out("with an unreadable package URL") };
        if purl.version.is_empty() {
            return self.leave_out("without a version");
        }
        if let Some(ecosystem) = Ecosystem::ALL.into_iter().find(|it| it.purl_type() == purl.kind) {
            self.languages.insert((ecosystem, purl.name_in(ecosystem), purl.version));
            return;
        }
        if !matches!(purl.kind.as_str(), "deb" | "rpm" | "apk") {
            // The type is anything that somebody wrote: as many reasons as a person would read.
            let known = self.unjudged.len() < MAX_REASONS;
            let kind = if known { purl.kind.escape_debug().to_string() } else { "one of many others".to_owned() };
            return self.leave_out(&format!("of type `{kind}`, for which there are no advisories"));
        }
        let source = source(&purl, property);
        self.names_sources |= source.is_some();
        let version = match purl.qualifier("epoch") {
            Some(epoch) if epoch != "0" && !purl.version.contains(':') => format!("{epoch}:{}", purl.version),
            _ => purl.version.clone(),
        };
        let (source, source_version) = source.unwrap_or_else(|| (purl.name.clone(), None));
        let module = purl.qualifier("rpmmod").map(str::to_owned);
        let module = module.or_else(|| property("syft:metadata:modularityLabel"));
        let module = module.or_else(|| property("aquasecurity:trivy:Modularitylabel"));
        let distribution = purl.qualifier("distro").map(|distro| distribution(&purl.namespace, distro));
        self.packages.entry(distribution).or_default().push(Package {
            architecture: purl.qualifier("arch").unwrap_or_default().to_owned(),
            source_version: source_version.unwrap_or_else(|| version.clone()),
            name: purl.name,
            version,
            source,
            maintainer: None,
            module: module.filter(|label| !label.is_empty()),
            at: None,
        });
    }

    /// The packages of the distribution that most of them come from; what else there is becomes problems.
    fn facts(mut self, path: &str, now: Timestamp) -> HostFacts {
        // A package that does not say from which system it is, is from the one that the document describes.
        if let Some(unsaid) = self.packages.remove(&None) {
            self.packages.entry(self.system.clone()).or_default().extend(unsaid);
        }
        let most = self
            .packages
            .iter()
            .max_by_key(|(_, packages)| packages.len())
            .map(|(distribution, _)| distribution.clone());
        let packages = most.as_ref().and_then(|most| self.packages.remove(most)).unwrap_or_default();
        let others: Vec<_> = self.packages.iter().map(|(other, packages)| (other.clone(), packages.len())).collect();
        for (other, count) in others {
            let other = other.unwrap_or_else(|| "an unnamed system".to_owned());
            self.unjudged.insert(format!("of another distribution, `{other}`"), count);
        }
        let at = || Place::whole(path);
        let mut inventory = Inventory { packages, problems: Vec::new() };
        inventory.settle();
        let os = most.flatten().or(self.system).and_then(|distribution| release(&distribution));
        let unsourced = !inventory.packages.is_empty() && !self.names_sources;
        if unsourced && os.as_ref().is_some_and(|os| matches!(os.id.as_str(), "debian" | "ubuntu" | "alpine")) {
            let count = std::mem::take(&mut inventory.packages).len();
            self.unjudged.insert("without their source packages, by which advisories name them".to_owned(), count);
        }
        let problems = self.unjudged.iter();
        let problems =
            problems.map(|(why, count)| InventoryProblem { at: at(), why: format!("{count} components {why}") });
        let languages = self.languages.into_iter();
        let languages = languages.map(|(ecosystem, name, version)| LanguagePackage {
            ecosystem,
            name,
            version,
            at: at(),
            owned: false,
        });
        let mut languages = LanguageInventory { packages: languages.collect(), problems: Vec::new() };
        let nothing = HostFacts::of_document(path, now);
        // An application is described, not a system.
        if os.is_none() && inventory.packages.is_empty() && !languages.packages.is_empty() {
            languages.problems = problems.collect();
            return HostFacts { languages: Some(languages), ..nothing };
        }
        inventory.problems = problems.collect();
        let os = match os {
            Some(value) => Fact::Seen { value, at: at() },
            None => Fact::Unreadable { at: at(), why: "names no distribution and release".to_owned() },
        };
        let packages = if inventory.packages.is_empty() && inventory.problems.is_empty() {
            Fact::Unreadable { at: at(), why: "holds no package".to_owned() }
        } else {
            Fact::Seen { value: inventory, at: at() }
        };
        HostFacts { os, packages, languages: Some(languages), ..nothing }
    }
}

/// The source package and its version, where it differs: `upstream=name@version`, for an rpm the name of its source file;
/// or the properties that Trivy writes.
fn source(purl: &Purl, property: &dyn Fn(&str) -> Option<String>) -> Option<(String, Option<String>)> {
    if let Some(upstream) = purl.qualifier("upstream") {
        let (name, version) = match upstream.strip_suffix(".src.rpm") {
            Some(stem) => {
                let (rest, release) = stem.rsplit_once('-')?;
                let (name, version) = rest.rsplit_once('-')?;
                (name, Some(format!("{version}-{release}")))
            }
            None => {
                upstream.split_once('@').map_or((upstream, None), |(name, version)| (name, Some(version.to_owned())))
            }
        };
        return Some((name.to_owned(), version));
    }
    let trivy = |name: &str| property(&format!("aquasecurity:trivy:{name}"));
    let (name, version) = (trivy("SrcName")?, trivy("SrcVersion")?);
    let epoch = trivy("SrcEpoch").filter(|epoch| epoch != "0").map(|epoch| format!("{epoch}:")).unwrap_or_default();
    let release = trivy("SrcRelease").map(|release| format!("-{release}")).unwrap_or_default();
    Some((name, Some(format!("{epoch}{version}{release}"))))
}

/// The distribution of a package as `id-version`, of which a package URL may tell only the second part.
fn distribution(namespace: &str, distro: &str) -> String {
    let distro = distro.to_ascii_lowercase();
    if distro.contains('-') { distro } else { format!("{}-{distro}", namespace.to_ascii_lowercase()) }
}

/// `debian-12` or `debian-bookworm`, taken apart.
fn release(distribution: &str) -> Option<OsRelease> {
    let (id, version) = distribution.rsplit_once('-').filter(|(id, version)| !id.is_empty() && !version.is_empty())?;
    let id = match id {
        "redhat" => "rhel",
        "amazon" => "amzn",
        "alma" => "almalinux",
        id => id,
    };
    let named = !version.contains(|character: char| character.is_ascii_digit());
    Some(OsRelease {
        id: id.to_owned(),
        version_id: (!named).then(|| version.to_owned()),
        codename: named.then(|| version.to_owned()),
        pretty_name: distribution.to_owned(),
        id_like: Vec::new(),
    })
}

#[cfg(test)]
mod tests;
