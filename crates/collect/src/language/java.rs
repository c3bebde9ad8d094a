//! Java: archives and the archives in them, told by `pom.properties` of Maven or else by their manifest.

use std::io::{Cursor, Read, Seek};

use inspector_model::language::Ecosystem;
use zip::ZipArchive;

use super::{Found, Source};
use crate::root::Root;

pub(super) const SOURCE: Source = Source { wants, read };

/// What is an archive of Java by its name; by its content it must be one too.
const SUFFIXES: [&str; 9] = [".aar", ".ear", ".hpi", ".jar", ".jpi", ".lpkg", ".par", ".sar", ".war"];

/// How deep archives may lie in each other.
const DEPTH: u32 = 5;
/// How many archives and files may lie in one outermost archive.
const ARCHIVES: u32 = 10_000;
const FILES: usize = 500_000;
/// How many bytes the archives in one outermost archive may unpack to.
const UNPACKED: u64 = 1 << 30;
/// Bytes of one description.
const DESCRIPTION: u64 = 1 << 20;

fn wants(path: &str) -> bool {
    let lower = path.get(path.len().saturating_sub(5)..).unwrap_or(path).to_ascii_lowercase();
    SUFFIXES.iter().any(|suffix| lower.ends_with(suffix))
}

fn read(root: &Root, path: &str, found: &mut Found) {
    let mut file = match root.open(path) {
        Ok(file) => file,
        Err(error) => return found.problem(path, error.to_string()),
    };
    let mut search = Search { found, archives: ARCHIVES, unpacked: UNPACKED };
    // Buffered: the directory of an archive is read in small pieces.
    if let Err(why) = search.archive(std::io::BufReader::new(&mut file), path, DEPTH) {
        search.found.problem(path, why);
    }
}

/// What is left of what one outermost archive may cost.
struct Search<'a> {
    found: &'a mut Found,
    archives: u32,
    unpacked: u64,
}

impl Search<'_> {
    fn archive(&mut self, file: impl Read + Seek, path: &str, depth: u32) -> Result<(), String> {
        self.archives = self.archives.checked_sub(1).ok_or_else(|| format!("holds more than {ARCHIVES} archives"))?;
        let mut archive = ZipArchive::new(file).map_err(|error| format!("an archive that cannot be read: {error}"))?;
        if archive.len() > FILES {
            return Err(format!("an archive of more than {FILES} files"));
        }
        let names = archive.file_names().map(|name| name.map(std::borrow::Cow::into_owned));
        let names: Vec<String> = names.collect::<Result<_, _>>().map_err(|error| format!("a name in it: {error}"))?;
        let mut named = false;
        for name in names.iter().filter(|name| is_properties(name)) {
            let bytes = content(&mut archive, name, DESCRIPTION)?;
            match properties(&bytes) {
                Some((name, version)) => self.found.package(Ecosystem::Maven, &name, &version, path),
                None => self.found.problem(path, format!("`{}` names no package and version", name.escape_debug())),
            }
            named = true;
        }
        let nested: Vec<&String> = names.iter().filter(|name| wants(name)).collect();
        if !named {
            self.by_manifest(&mut archive, &names, path, !nested.is_empty())?;
        }
        for name in nested {
            let place = format!("{path}!/{}", name.escape_debug());
            let Some(depth) = depth.checked_sub(1).filter(|depth| *depth > 0) else {
                self.found.problem(&place, format!("not looked into: more than {DEPTH} archives deep"));
                continue;
            };
            let bytes = content(&mut archive, name, self.unpacked)?;
            self.unpacked = self.unpacked.saturating_sub(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
            if let Err(why) = self.archive(Cursor::new(bytes), &place, depth) {
                self.found.problem(&place, why);
            }
        }
        Ok(())
    }

    /// An archive that Maven has not made. One that holds others and no classes is a wrapping.
    fn by_manifest<F: Read + Seek>(
        &mut self,
        archive: &mut ZipArchive<F>,
        names: &[String],
        path: &str,
        holds_archives: bool,
    ) -> Result<(), String> {
        const MANIFEST: &str = "META-INF/MANIFEST.MF";
        if !names.iter().any(|name| name.ends_with(".class")) {
            return Ok(());
        }
        let bytes = if names.iter().any(|name| name == MANIFEST) {
            content(archive, MANIFEST, DESCRIPTION)?
        } else {
            Vec::new()
        };
        match manifest(&bytes) {
            Some((name, version)) => self.found.package(Ecosystem::Maven, &name, &version, path),
            // The program itself; what it consists of has been or will be named.
            None if holds_archives => {}
            None => self.found.problem(path, "an archive of classes that does not say which package it is"),
        }
        Ok(())
    }
}

fn is_properties(name: &str) -> bool {
    name.starts_with("META-INF/maven/") && name.ends_with("/pom.properties")
}

/// The content of one file, which may be up to `limit` bytes long, whatever its header says.
fn content<F: Read + Seek>(archive: &mut ZipArchive<F>, name: &str, limit: u64) -> Result<Vec<u8>, String> {
    let shown = name.escape_debug();
    let file = archive.by_name(name).map_err(|error| format!("`{shown}` cannot be read: {error}"))?;
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| format!("`{shown}` cannot be unpacked: {error}"))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= limit) {
        Ok(bytes)
    } else {
        Err(format!("`{shown}` unpacks to more than the {limit} bytes that are left"))
    }
}

/// Name and version in `pom.properties`: lines of `key=value`.
fn properties(bytes: &[u8]) -> Option<(String, String)> {
    let text = String::from_utf8_lossy(bytes);
    let value = |wanted: &str| {
        let mut lines = text.lines().filter_map(|line| line.split_once('='));
        let value = lines.find(|(key, _)| key.trim() == wanted)?.1.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    Some((format!("{}:{}", value("groupId")?, value("artifactId")?), value("version")?))
}

/// Name and version in a manifest (JAR file specification, "JAR Manifest"): only where the name of the group is said too.
fn manifest(bytes: &[u8]) -> Option<(String, String)> {
    // A line that starts with a blank goes on with the one before.
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace("\n ", "");
    let main = text.split("\n\n").next()?;
    let value = |wanted: &str| {
        let mut lines = main.lines().filter_map(|line| line.split_once(':'));
        let value = lines.find(|(key, _)| key.eq_ignore_ascii_case(wanted))?.1.trim();
        (!value.is_empty() && !value.contains(char::is_whitespace)).then(|| value.to_owned())
    };
    let group = value("Implementation-Vendor-Id").filter(|group| group.contains('.'))?;
    Some((format!("{group}:{}", value("Implementation-Title")?), value("Implementation-Version")?))
}
