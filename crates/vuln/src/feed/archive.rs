//! Feeds that are published as an archive with one file per record: tar (POSIX.1-2001 `pax`, "ustar Interchange Format")
//! and zip. An archive without its proper end is refused, because a part of a feed would make hosts look clean.

use std::io::{Cursor, Read};

use super::FeedError;

/// All members of a zip together unpack to no more; the caller bounds a tar, which is not compressed.
const MAX_UNPACKED: u64 = 2 << 30;
/// No record of a feed is larger.
const MAX_RECORD: u64 = 16 << 20;
const BLOCK: usize = 512;
const ZIP: &[u8] = b"PK\x03\x04";

/// Whether a file that begins so is an archive.
pub(super) fn is_archive(head: &[u8]) -> bool {
    head.starts_with(ZIP) || head.get(257..262) == Some(b"ustar")
}

/// Whether a file that begins so is an archive, and some member near its beginning is named like `marker`.
pub(super) fn has_member(head: &[u8], marker: &str) -> bool {
    is_archive(head) && head.windows(marker.len()).any(|window| window == marker.as_bytes())
}

/// The content of the first plain files of an archive that begins so, as far as they are whole in `head`.
pub(super) fn first_files(head: &[u8]) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    if head.starts_with(ZIP) {
        let mut head = Cursor::new(head);
        while let Ok(Some(mut file)) = zip::read::read_zipfile_from_stream(&mut head) {
            let mut content = Vec::new();
            // A member that unpacks to more than this is no record.
            let read = file.by_ref().take(MAX_RECORD).read_to_end(&mut content);
            // Dropping a member reads on to the next one, however far that is; the head bounds it.
            drop(file);
            match read {
                Ok(_) => files.push(content),
                Err(_) => break,
            }
        }
    } else {
        // The end is missing, and that is no error of a head.
        let _cut = each_in_tar(head, &mut |_, content| files.push(content.to_owned()));
    }
    files
}

/// Hands over every plain file of an archive, with its base name.
pub(super) fn each_file(bytes: &[u8], see: &mut dyn FnMut(&str, &[u8])) -> Result<(), FeedError> {
    if bytes.starts_with(ZIP) { each_in_zip(bytes, see) } else { each_in_tar(bytes, see) }
}

fn each_in_zip(bytes: &[u8], see: &mut dyn FnMut(&str, &[u8])) -> Result<(), FeedError> {
    let broken = |error: zip::result::ZipError| FeedError::Truncated { why: error.to_string() };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let (mut left, mut content) = (MAX_UNPACKED, Vec::new());
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(broken)?;
        if !file.is_file() {
            continue;
        }
        let name = base_name(&file.name().map_err(broken)?).to_owned();
        content.clear();
        let read = file.by_ref().take(left.saturating_add(1)).read_to_end(&mut content);
        read.map_err(|error| FeedError::Truncated { why: format!("{name}: {error}") })?;
        left = left.checked_sub(content.len() as u64).ok_or_else(|| shape("it unpacks to too much"))?;
        see(&name, &content);
    }
    Ok(())
}

fn each_in_tar(bytes: &[u8], see: &mut dyn FnMut(&str, &[u8])) -> Result<(), FeedError> {
    let mut rest = bytes;
    loop {
        let Some((header, tail)) = rest.split_at_checked(BLOCK) else { return Err(cut()) };
        if header.iter().all(|byte| *byte == 0) {
            return Ok(());
        }
        if header.get(257..262) != Some(b"ustar") {
            return Err(shape("this is no tar archive"));
        }
        let size = octal(header.get(124..136).unwrap_or_default())?;
        let Some((content, tail)) = tail.split_at_checked(size) else { return Err(cut()) };
        let padding = size.wrapping_neg() % BLOCK;
        let Some((_, tail)) = tail.split_at_checked(padding) else { return Err(cut()) };
        // Folders, links and extended headers say nothing.
        if matches!(header.get(156), Some(b'0' | 0)) {
            let name = header.get(..100).unwrap_or_default();
            let name = name.split(|byte| *byte == 0).next().unwrap_or_default();
            see(base_name(&String::from_utf8_lossy(name)), content);
        }
        rest = tail;
    }
}

fn octal(field: &[u8]) -> Result<usize, FeedError> {
    let text = std::str::from_utf8(field).unwrap_or("?").trim_matches(['\0', ' ']);
    usize::from_str_radix(text, 8).map_err(|_| shape("a member's size makes no sense"))
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn cut() -> FeedError {
    FeedError::Truncated { why: "the archive has no end".to_owned() }
}

fn shape(why: &str) -> FeedError {
    FeedError::Shape { why: why.to_owned() }
}

/// A tar archive of these files, for tests.
#[cfg(test)]
pub(super) fn tar(files: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, content) in files {
        let mut header = [0; BLOCK];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        header[156] = b'0';
        header[257..262].copy_from_slice(b"ustar");
        bytes.extend(header);
        bytes.extend(content.as_bytes());
        bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
    }
    bytes.resize(bytes.len() + 2 * BLOCK, 0);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(bytes: &[u8]) -> Result<Vec<String>, FeedError> {
        let mut names = Vec::new();
        each_file(bytes, &mut |name, content| names.push(format!("{name} {}", content.len())))?;
        Ok(names)
    }

    #[test]
    fn every_file_of_a_tar_is_handed_over_with_its_base_name() {
        let archive = tar(&[("a/b/one", "1"), ("two", &"2".repeat(512)), ("a/empty", "")]);
        assert_eq!(names(&archive).unwrap(), ["one 1", "two 512", "empty 0"]);
        assert!(has_member(&archive, "b/on") && !has_member(&archive, "three"));
    }

    #[test]
    fn a_tar_that_is_cut_anywhere_is_refused() {
        let archive = tar(&[("one", "1"), ("two", "2")]);
        for length in 0..archive.len() - 2 * BLOCK {
            assert!(names(&archive[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn every_file_of_a_zip_is_handed_over_and_a_cut_one_is_refused() {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["x/one", "two"] {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut writer, name.as_bytes()).unwrap();
        }
        let archive = writer.finish().unwrap().into_inner();
        assert_eq!(names(&archive).unwrap(), ["one 5", "two 3"]);
        for length in 0..archive.len() {
            assert!(names(&archive[..length]).is_err(), "{length}");
        }
    }
}
