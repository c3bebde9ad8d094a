//! Tape archives and images of them, header by header, so that they can be wrong where a test wants it.

use std::io::Write;

use sha2::{Digest, Sha256};

/// One entry: type, name, target of a link, content.
pub(crate) type Entry<'a> = (u8, &'a str, &'a str, &'a [u8]);

pub(crate) fn file<'a>(name: &'a str, content: &'a str) -> Entry<'a> {
    (b'0', name, "", content.as_bytes())
}

pub(crate) fn directory(name: &str) -> Entry<'_> {
    (b'5', name, "", b"")
}

pub(crate) fn link<'a>(name: &'a str, target: &'a str) -> Entry<'a> {
    (b'2', name, target, b"")
}

pub(crate) fn hard_link<'a>(name: &'a str, target: &'a str) -> Entry<'a> {
    (b'1', name, target, b"")
}

/// A whole archive.
pub(crate) fn tar(entries: &[Entry<'_>]) -> Vec<u8> {
    let mut archive: Vec<u8> = entries.iter().flat_map(entry).collect();
    archive.resize(archive.len() + 1024, 0);
    archive
}

/// Header, content and padding.
pub(crate) fn entry((kind, name, target, content): &Entry<'_>) -> Vec<u8> {
    let mut bytes = header(*kind, name.as_bytes(), target.as_bytes(), content.len());
    bytes.extend_from_slice(content);
    bytes.resize(bytes.len().next_multiple_of(512), 0);
    bytes
}

/// A header that says the content is `size` bytes long.
pub(crate) fn header(kind: u8, name: &[u8], target: &[u8], size: usize) -> Vec<u8> {
    let mut header = vec![0; 512];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &name[..name.len().min(100)]);
    put(100, if kind == b'5' { b"0000755\0" } else { b"0000644\0" });
    put(108, b"0000000\0");
    put(116, b"0000000\0");
    put(124, format!("{size:011o}\0").as_bytes());
    put(136, b"00000000001\0");
    put(148, b"        ");
    put(156, &[kind]);
    put(157, &target[..target.len().min(100)]);
    put(257, b"ustar\x0000");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

/// What `docker save` writes: the layers, and the list of them.
pub(crate) fn docker(layers: &[Vec<u8>]) -> Vec<u8> {
    let names: Vec<String> = (0..layers.len()).map(|at| format!("{at}/layer.tar")).collect();
    let manifest = format!("[{{\"Config\":\"c.json\",\"RepoTags\":[\"web:1\"],\"Layers\":{names:?}}}]");
    let mut entries: Vec<Entry<'_>> = vec![file("manifest.json", &manifest)];
    entries.extend(names.iter().zip(layers).map(|(name, layer)| (b'0', name.as_str(), "", layer.as_slice())));
    tar(&entries)
}

/// The files of an OCI image layout.
pub(crate) fn oci(layers: &[Vec<u8>]) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut blob = |bytes: &[u8]| {
        let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        files.push((format!("blobs/sha256/{digest}"), bytes.to_vec()));
        format!("{{\"mediaType\":\"m\",\"digest\":\"sha256:{digest}\",\"size\":{}}}", bytes.len())
    };
    let layers: Vec<String> = layers.iter().map(|layer| blob(layer)).collect();
    let image = blob(format!("{{\"schemaVersion\":2,\"layers\":[{}]}}", layers.join(",")).as_bytes());
    files.push(("index.json".to_owned(), format!("{{\"manifests\":[{image}]}}").into_bytes()));
    files.push(("oci-layout".to_owned(), b"{\"imageLayoutVersion\":\"1.0.0\"}".to_vec()));
    files
}

/// The same files in an archive.
pub(crate) fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let entries: Vec<Entry<'_>> =
        files.iter().map(|(name, bytes)| (b'0', name.as_str(), "", bytes.as_slice())).collect();
    tar(&entries)
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}
