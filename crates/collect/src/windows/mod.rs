//! A Windows host by what it printed of itself: `systeminfo`, or an export of its registry, or both.

pub mod registry;
pub mod systeminfo;

use std::borrow::Cow;
use std::collections::BTreeSet;

use inspector_model::host::{HostFacts, Inventory, OsRelease, Windows};
use inspector_model::{Fact, Place, Timestamp};

use crate::source::Malformed;

/// A text and its name.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// The name for places.
    pub path: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
}

/// What one document says. A part is missing where the document has no place for it.
#[derive(Debug, Default)]
pub struct Told {
    /// Host name.
    pub hostname: Option<String>,
    /// Product, as `Microsoft Windows Server 2022 Standard`.
    pub product: Option<String>,
    /// Build and updates.
    pub windows: Option<Windows>,
    /// Installed programs.
    pub programs: Option<Inventory>,
}

/// The facts of the host that printed the documents, of which there is at least one.
pub fn facts(systeminfo: Option<Document<'_>>, registry: Option<Document<'_>>, now: Timestamp) -> HostFacts {
    let read = [systeminfo.map(|it| (it, systeminfo::parse(it))), registry.map(|it| (it, registry::parse(it)))];
    let read: Vec<_> = read.into_iter().flatten().collect();
    let place = read.first().map_or("", |(document, _)| document.path);
    let nothing = HostFacts::of_document(place, now);
    let mut told = Vec::new();
    for (document, parsed) in read {
        match parsed {
            Ok(said) => told.push((document.path, said)),
            Err(malformed) => return unreadable(nothing, document.path, &malformed),
        }
    }
    let first = |pick: fn(&Told) -> Option<String>| {
        told.iter().find_map(|(path, said)| Some(Fact::Seen { value: pick(said)?, at: Place::whole(*path) }))
    };
    let hostname = first(|said| said.hostname.clone());
    let architecture = first(|said| said.windows.as_ref().map(|it| architecture(&it.machine).to_owned()));
    let product = first(|said| said.product.clone());
    let programs = told
        .iter()
        .find_map(|(path, said)| Some(Fact::Seen { value: said.programs.clone()?, at: Place::whole(*path) }));
    let builds: Vec<(&str, Windows)> =
        told.into_iter().filter_map(|(path, said)| Some((path, said.windows?))).collect();
    let windows = match merged(builds) {
        Ok(windows) => windows,
        Err(malformed) => return unreadable(nothing, place, &malformed),
    };
    let at = Place::whole(place);
    let os = OsRelease {
        id: "windows".to_owned(),
        version_id: Some(format!("{}.{}", windows.version, windows.build)),
        codename: None,
        pretty_name: product.as_ref().and_then(Fact::seen).cloned().unwrap_or_else(|| "Microsoft Windows".to_owned()),
        id_like: Vec::new(),
    };
    // Programs that nobody listed were not looked for, which is not the same as none.
    let unlisted =
        Fact::Unreadable { at: at.clone(), why: "lists no programs; an export of the registry does".to_owned() };
    HostFacts {
        hostname: hostname.unwrap_or(nothing.hostname),
        architecture: architecture.unwrap_or(nothing.architecture),
        os: Fact::Seen { value: os, at: at.clone() },
        packages: programs.unwrap_or(unlisted),
        windows: Some(Fact::Seen { value: windows, at }),
        ..HostFacts::of_document(place, now)
    }
}

fn unreadable(nothing: HostFacts, path: &str, malformed: &Malformed) -> HostFacts {
    let again = || Malformed { line: malformed.line, why: malformed.why.clone() };
    HostFacts { os: again().fact(path), packages: again().fact(path), windows: Some(again().fact(path)), ..nothing }
}

/// What the documents say together: they must speak of one system.
fn merged(builds: Vec<(&str, Windows)>) -> Result<Windows, Malformed> {
    let mut builds = builds.into_iter();
    let Some((path, mut windows)) = builds.next() else { return Err(Malformed::whole("tells no build of Windows")) };
    for (other, more) in builds {
        if (more.build, &more.machine) != (windows.build, &windows.machine) {
            let (own, theirs) = (windows.build, more.build);
            return Err(Malformed::whole(format!("build {own} in `{path}` is not build {theirs} in `{other}`")));
        }
        windows.revision = windows.revision.or(more.revision);
        windows.service_pack = windows.service_pack.or(more.service_pack);
        let known: BTreeSet<String> = windows.updates.iter().map(|update| update.kb.clone()).collect();
        windows.updates.extend(more.updates.into_iter().filter(|update| !known.contains(&update.kb)));
    }
    windows.updates.sort();
    Ok(windows)
}

/// In the words of `uname -m`.
fn architecture(machine: &str) -> &'static str {
    match machine {
        "x86" => "i686",
        "ARM64" => "aarch64",
        _ => "x86_64",
    }
}

/// Text in UTF-16 with its mark, or in UTF-8. A code page of old leaves its letters as replacement characters; no word that
/// is compared has any.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    let wide = |from: fn([u8; 2]) -> u16, rest: &[u8]| {
        let units: Vec<u16> = rest.chunks_exact(2).filter_map(|pair| Some(from(pair.try_into().ok()?))).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(u16::from_le_bytes, rest),
        [0xfe, 0xff, rest @ ..] => wide(u16::from_be_bytes, rest),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        bytes => String::from_utf8_lossy(bytes),
    }
}

/// `KB` and six or seven digits, wherever it stands in a word.
fn knowledge_base(word: &str) -> Option<String> {
    let (_, rest) = word.split_once("KB")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (6..=7).contains(&digits.len()).then(|| format!("KB{digits}"))
}
