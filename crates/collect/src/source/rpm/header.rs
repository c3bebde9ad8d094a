//! One package: the header that all forms of the database hold as a blob.
//!
//! Two big-endian counts (index entries, data bytes), the index of 16-byte entries (tag, type, offset, count), the data
//! (rpm's "Package format" manual, "Header Structure").

use inspector_model::host::Package;

use super::bytes::{Endian, size, slice};
use crate::source::Malformed;

const NAME: u32 = 1000;
const VERSION: u32 = 1001;
const RELEASE: u32 = 1002;
const EPOCH: u32 = 1003;
const VENDOR: u32 = 1011;
const ARCHITECTURE: u32 = 1022;
const SOURCE: u32 = 1044;
const MODULARITY_LABEL: u32 = 5096;
const DIRECTORY_INDEXES: u32 = 1116;
const BASE_NAMES: u32 = 1117;
const DIRECTORY_NAMES: u32 = 1118;

const ENTRY: usize = 16;
const INT32: u32 = 4;
const STRING: u32 = 6;

/// Reads one header blob.
pub(super) fn parse(blob: &[u8]) -> Result<Package, String> {
    let header = Header::new(blob).map_err(|malformed| malformed.why)?;
    let name = header.word(NAME)?.ok_or("a package without name")?;
    let needed = |tag, what: &str| header.word(tag)?.ok_or_else(|| format!("package `{name}` has no {what}"));
    let (version, release) = (needed(VERSION, "version")?, needed(RELEASE, "release")?);
    let version = match header.number(EPOCH)? {
        Some(epoch) if epoch > 0 => format!("{epoch}:{version}-{release}"),
        Some(_) | None => format!("{version}-{release}"),
    };
    // Keys among the packages have no architecture.
    let architecture = match header.word(ARCHITECTURE)? {
        Some(architecture) => architecture.to_owned(),
        None if name == "gpg-pubkey" => String::new(),
        None => return Err(format!("package `{name}` has no architecture")),
    };
    let (source, source_version) = match header.word(SOURCE)? {
        Some(file) if file != "(none)" => {
            source(file).ok_or_else(|| format!("package `{name}` has the unreadable source `{file}`"))?
        }
        Some(_) | None => (name.to_owned(), version.clone()),
    };
    Ok(Package {
        name: name.to_owned(),
        version,
        architecture,
        source,
        source_version,
        maintainer: header.text(VENDOR)?.map(|vendor| String::from_utf8_lossy(vendor).into_owned()),
        module: header.word(MODULARITY_LABEL)?.filter(|label| *label != "(none)").map(str::to_owned),
        at: None,
    })
}

/// Hands over the package's name with the paths of the files in one header blob: a directory of the list, and a name in it.
pub(super) fn files(blob: &[u8], each: &mut dyn FnMut(&str, &str)) {
    let Ok(header) = Header::new(blob) else { return };
    let Ok(Some(package)) = header.word(NAME) else { return };
    let (directories, names) = (header.texts(DIRECTORY_NAMES), header.texts(BASE_NAMES));
    let Ok(Some((INT32, _, indexes))) = header.entry(DIRECTORY_INDEXES) else { return };
    for (name, index) in names.iter().zip(indexes.chunks_exact(4)) {
        let index = Endian::Big.u32(index, 0).map_or(usize::MAX, size);
        if let Some(directory) = directories.get(index) {
            each(package, &format!("{directory}{name}"));
        }
    }
}

/// `name-version-release.src.rpm`, taken apart.
fn source(file: &str) -> Option<(String, String)> {
    let stem = file.strip_suffix(".rpm")?;
    let stem = stem.strip_suffix(".src").or_else(|| stem.strip_suffix(".nosrc"))?;
    let (rest, release) = stem.rsplit_once('-')?;
    let (name, version) = rest.rsplit_once('-')?;
    let whole = [name, version, release].iter().all(|part| !part.is_empty());
    whole.then(|| (name.to_owned(), format!("{version}-{release}")))
}

/// A blob whose counts agree with its length.
struct Header<'a> {
    index: &'a [u8],
    data: &'a [u8],
}

/// One index entry's type and count, and the data from its offset on.
type Entry<'a> = (u32, u32, &'a [u8]);

impl<'a> Header<'a> {
    fn new(blob: &'a [u8]) -> Result<Self, Malformed> {
        let (entries, bytes) = (Endian::Big.u32(blob, 0)?, Endian::Big.u32(blob, 4)?);
        let index = slice(blob, 8, size(entries).saturating_mul(ENTRY))?;
        let data = slice(blob, 8 + index.len(), size(bytes))?;
        if 8 + index.len() + data.len() != blob.len() {
            return Err(Malformed::whole("a header whose counts do not agree with its length"));
        }
        Ok(Self { index, data })
    }

    /// The entry of `tag`; a header that has it twice is none.
    fn entry(&self, tag: u32) -> Result<Option<Entry<'a>>, String> {
        let wrong = || format!("tag {tag} leads outside its header");
        let mut found = None;
        for entry in self.index.chunks_exact(ENTRY) {
            let number = |at| Endian::Big.u32(entry, at).map_err(|malformed| malformed.why);
            if number(0)? != tag {
                continue;
            }
            let data = self.data.get(size(number(8)?)..).ok_or_else(wrong)?;
            if found.replace((number(4)?, number(12)?, data)).is_some() {
                return Err(format!("tag {tag} stands twice"));
            }
        }
        Ok(found)
    }

    fn text(&self, tag: u32) -> Result<Option<&'a [u8]>, String> {
        let Some((kind, count, data)) = self.entry(tag)? else { return Ok(None) };
        let text = data.split(|byte| *byte == 0).next().filter(|text| text.len() < data.len());
        match text {
            Some(text) if kind == STRING && count == 1 => Ok(Some(text)),
            _ => Err(format!("tag {tag} is no text")),
        }
    }

    /// A text that names something: printable and without spaces.
    fn word(&self, tag: u32) -> Result<Option<&'a str>, String> {
        let Some(text) = self.text(tag)? else { return Ok(None) };
        match std::str::from_utf8(text) {
            Ok(word) if !word.is_empty() && text.iter().all(u8::is_ascii_graphic) => Ok(Some(word)),
            _ => Err(format!("tag {tag} has the unreadable value `{}`", String::from_utf8_lossy(text))),
        }
    }

    /// The texts of a list, those that are not UTF-8 left empty.
    fn texts(&self, tag: u32) -> Vec<&'a str> {
        const STRINGS: u32 = 8;
        let Ok(Some((STRINGS, count, data))) = self.entry(tag) else { return Vec::new() };
        let texts = data.split(|byte| *byte == 0).take(size(count));
        texts.map(|text| std::str::from_utf8(text).unwrap_or_default()).collect()
    }

    fn number(&self, tag: u32) -> Result<Option<u32>, String> {
        let Some((kind, count, data)) = self.entry(tag)? else { return Ok(None) };
        match Endian::Big.u32(data, 0) {
            Ok(number) if kind == INT32 && count == 1 => Ok(Some(number)),
            _ => Err(format!("tag {tag} is no number")),
        }
    }
}
