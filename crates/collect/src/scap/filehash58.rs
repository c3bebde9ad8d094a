//! `ind:filehash58`: digests of files.

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::Item;
use inspector_scap::oval::truth::Truth;
use md5::{Digest, Md5};
use rustix::fs::FileType;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};

use super::files::{Found, find};
use super::{Host, Source};
use crate::root::ReadError;

pub(super) const SOURCE: Source = Source { kind: "filehash58", collect };

/// How large a file may be that is hashed.
const LIMIT: u64 = 512 << 20;

/// A digest of bytes.
type HashOf = fn(&[u8]) -> Vec<u8>;

/// Word and digest (`EntityObjectHashTypeType`). Old digests are the content's choice, not ours.
const DIGESTS: [(&str, HashOf); 6] = [
    ("MD5", |bytes| Md5::digest(bytes).to_vec()),
    ("SHA-1", |bytes| Sha1::digest(bytes).to_vec()),
    ("SHA-224", |bytes| Sha224::digest(bytes).to_vec()),
    ("SHA-256", |bytes| Sha256::digest(bytes).to_vec()),
    ("SHA-384", |bytes| Sha384::digest(bytes).to_vec()),
    ("SHA-512", |bytes| Sha512::digest(bytes).to_vec()),
];

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    find(host, tasks, &mut |host, task, found| hash(host, task, found));
}

fn hash(host: &mut Host<'_>, task: &mut Task<'_>, found: &Found<'_>) {
    let regular = matches!(found.kind, FileType::RegularFile | FileType::Symlink);
    let Some(name) = found.name.filter(|_| regular) else { return };
    let whole = found.whole();
    let bytes = match host.root.read(&whole, LIMIT) {
        Ok(bytes) => bytes,
        Err(ReadError::Absent) => return,
        Err(ReadError::Unreadable(why)) => return task.lower(Flag::Error, format!("`{whole}`: {why}")),
    };
    for (word, digest) in DIGESTS {
        if task.query.takes("hash_type", word) == Truth::True {
            let hash: String = digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            let item = Item::new("filehash58")
                .with("filepath", whole.as_str())
                .with("path", found.path)
                .with("filename", name)
                .with("hash_type", word)
                .with("hash", hash);
            task.push(item);
        }
    }
}
