//! Container images: every form of the archive, what layers do to each other, and what is refused.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    dead_code,
    reason = "tests and their helpers"
)]

#[path = "support/archive.rs"]
mod archive;

use std::collections::BTreeMap;
use std::path::Path;

use archive::{Entry, directory, docker, entry, file, gzip, hard_link, header, link, oci, packed, tar, zstd};
use inspector_collect::Root;
use inspector_collect::image::{Choice, open};
use inspector_collect::root::Kind;
use proptest::prelude::*;

fn read(image: &[u8]) -> Result<Root, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("image.tar");
    std::fs::write(&path, image).unwrap();
    open(&path, &Choice::default()).map_err(|error| error.to_string())
}

fn refusal(image: &[u8]) -> String {
    read(image).err().unwrap_or_else(|| panic!("this was read"))
}

/// Every name of a root, with what it is and holds; links are not followed.
fn told(root: &Root) -> BTreeMap<String, String> {
    let mut told = BTreeMap::new();
    let mut waiting = vec![String::new()];
    while let Some(parent) = waiting.pop() {
        for entry in root.entries(&parent).unwrap() {
            let path = format!("{parent}/{}", entry.name);
            let content = match entry.kind {
                Kind::File => root.read(&path, 1 << 20).map_or_else(|why| why.to_string(), |it| text(&it)),
                Kind::Link => format!("-> {}", root.link(&path).unwrap()),
                Kind::Directory => "/".to_owned(),
                Kind::Other => "other".to_owned(),
            };
            if entry.kind == Kind::Directory {
                waiting.push(path.clone());
            }
            told.insert(path, content);
        }
    }
    told
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The names of an image of these layers, files with their content.
fn merged(layers: &[&[Entry<'_>]]) -> String {
    let layers: Vec<_> = layers.iter().map(|layer| tar(layer)).collect();
    let told = told(&read(&docker(&layers)).unwrap());
    told.iter().map(|(name, content)| format!("{name} {content}")).collect::<Vec<_>>().join(", ")
}

#[test]
fn every_form_of_an_archive_holds_the_same_files() {
    let layers = [
        tar(&[directory("etc/"), file("etc/os-release", "ID=debian\n"), file("etc/gone", "x"), link("lib", "usr/lib")]),
        tar(&[file("etc/.wh.gone", ""), file("./etc/hostname", "web\n"), hard_link("etc/name", "/etc/hostname")]),
    ];
    let expected = told(&read(&docker(&layers)).unwrap());
    assert_eq!(
        expected.iter().map(|(name, content)| format!("{name} {content}")).collect::<Vec<_>>(),
        ["/etc /", "/etc/hostname web\n", "/etc/name web\n", "/etc/os-release ID=debian\n", "/lib -> usr/lib"]
    );
    let zipped: Vec<_> = layers.iter().map(|layer| gzip(layer)).collect();
    let frozen: Vec<_> = layers.iter().map(|layer| zstd(layer)).collect();
    let forms = [
        ("docker, gzip layers", docker(&zipped)),
        ("docker, all in gzip", gzip(&docker(&layers))),
        ("docker, all in zstd, gzip layers", zstd(&docker(&zipped))),
        ("OCI", packed(&oci(&layers))),
        ("OCI, gzip layers", packed(&oci(&zipped))),
        ("OCI, zstd layers, all in gzip", gzip(&packed(&oci(&frozen)))),
    ];
    for (form, image) in forms {
        assert_eq!(told(&read(&image).unwrap()), expected, "{form}");
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in oci(&frozen) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    assert_eq!(told(&open(folder.path(), &Choice::default()).unwrap()), expected, "OCI, a directory");
}

#[test]
fn layers_lie_over_each_other() {
    let table: [(&[&[Entry<'_>]], &str); 10] = [
        (&[&[file("a", "1")], &[file("a", "2")]], "/a 2"),
        (&[&[file("a", "1")], &[file(".wh.a", "")]], ""),
        (&[&[file("a/b/c", "1")], &[file(".wh.a", ""), file("a/d", "2")]], "/a /, /a/d 2"),
        // A whiteout speaks of lower layers, also where its own layer has said the name already.
        (&[&[file("a/b", "1")], &[file("a/b", "2"), file("a/.wh.b", "")]], "/a /, /a/b 2"),
        (&[&[file("a/b", "1"), file("a/c/d", "1")], &[file("a/e", "2"), file("a/.wh..wh..opq", "")]], "/a /, /a/e 2"),
        (&[&[file("a/b", "1")], &[file(".wh..wh..opq", ""), file("c", "2")]], "/c 2"),
        (&[&[file("a/b", "1")], &[file("a", "2")]], "/a 2"),
        (&[&[file("a", "1")], &[directory("a"), file("a/b", "2")]], "/a /, /a/b 2"),
        // A directory over a directory leaves what it holds; sibling names sort around the slash.
        (&[&[file("a/b", "1"), file("a-c", "1")], &[directory("a/"), file(".wh.a-c", "")]], "/a /, /a/b 1"),
        // Into a link as a program in the image would, never out of it.
        (
            &[&[directory("usr/lib"), link("lib", "../../usr/lib")], &[file("lib/x", "2")]],
            "/lib -> ../../usr/lib, /usr /, /usr/lib /, /usr/lib/x 2",
        ),
    ];
    for (layers, expected) in table {
        assert_eq!(merged(layers), expected, "{layers:?}");
    }
}

#[test]
fn long_names_and_large_numbers_are_read_in_both_dialects() {
    let long = format!("{}/{}", "d".repeat(90), "f".repeat(90));
    let gnu =
        [entry(&(b'L', "././@LongLink", "", format!("{long}\0").as_bytes())), entry(&file("short", "1"))].concat();
    let record = |key: &str, value: &str| {
        let tail = format!(" {key}={value}\n");
        let length = (1..).find(|digits| tail.len() + digits == format!("{}", tail.len() + digits).len() + tail.len());
        format!("{}{tail}", tail.len() + length.unwrap())
    };
    let attributes = [record("mtime", "1.5"), record("path", &long), record("uid", "3000000")].concat();
    let pax = [entry(&(b'x', "x", "", attributes.as_bytes())), entry(&file("short", "1"))].concat();
    for dialect in [gnu, pax] {
        let root = read(&docker(&[[dialect, vec![0; 1024]].concat()])).unwrap();
        assert_eq!(told(&root)[&format!("/{long}")], "1");
    }
}

#[test]
fn what_cannot_be_read_of_an_image_is_unreadable_and_not_absent() {
    let sparse = [header(b'S', b"sparse", b"", 0), vec![0; 1024]].concat();
    let root = read(&docker(&[sparse])).unwrap();
    assert!(root.read("/sparse", 9).unwrap_err().to_string().contains("holes"));
    let root = read(&docker(&[tar(&[hard_link("a", "b"), directory("d"), hard_link("e", "d")])])).unwrap();
    assert!(root.read("/a", 9).unwrap_err().to_string().contains("hard link to nothing"));
    assert!(root.read("/e", 9).unwrap_err().to_string().contains("hard link to a directory"));
    let foreign = [entry(&file("d/x", "1")), header(b'0', b"d/\xff", b"", 0), vec![0; 1024]].concat();
    let root = read(&docker(&[foreign])).unwrap();
    assert!(root.list("/d").unwrap_err().to_string().contains("not UTF-8"));
    assert_eq!(root.read("/d/x", 9).unwrap(), b"1");
    let root = read(&docker(&[tar(&[link("a", "b"), link("b", "a"), (b'6', "pipe", "", b"")])])).unwrap();
    assert!(root.read("/a", 9).unwrap_err().to_string().contains("too many symbolic links"));
    assert!(root.read("/pipe", 9).unwrap_err().to_string().contains("not a regular file"));
}

#[test]
fn a_hostile_or_broken_image_is_refused_with_the_part_at_fault() {
    let good = tar(&[file("a", "1")]);
    let layer = |entries: &[Entry<'_>]| docker(&[good.clone(), tar(entries)]);
    let raw = |bytes: Vec<u8>| docker(&[[bytes, vec![0; 1024]].concat()]);
    let manifest = |text: &str| tar(&[file("manifest.json", text)]);
    let long = "n/".repeat(3000);
    let mut flipped = good.clone();
    flipped[0] = b'b';
    let mut damaged = gzip(&good);
    let crc = damaged.len() - 6;
    damaged[crc] ^= 1;
    let mut exchanged = oci(std::slice::from_ref(&good));
    exchanged[0].1 = tar(&[file("evil", "1")]);
    let table: [(&str, Vec<u8>, &str); 22] = [
        ("nothing", Vec::new(), "is cut off"),
        ("text", b"x".repeat(2000), "checksum"),
        ("an archive of something else", good.clone(), "`manifest.json` is not there"),
        ("no JSON", manifest("nonsense"), "makes no sense"),
        ("deep JSON", manifest(&"[".repeat(100_000)), "makes no sense"),
        ("no image", manifest("[]"), "holds no such image"),
        ("no layers", manifest("[{\"Layers\": []}]"), "without layers"),
        ("two images", manifest("[{\"RepoTags\": [\"a:1\"]}, {}]"), "several images, choose one: a:1"),
        ("a missing layer", manifest("[{\"Layers\": [\"x\"]}]"), "`x` is not in the archive"),
        ("a layer outside", manifest("[{\"Layers\": [\"../../../etc/passwd\"]}]"), "is not in the archive"),
        ("a name with dots", layer(&[file("../x", "1")]), "`1/layer.tar` entry `../x` leads out"),
        ("dots inside", layer(&[file("a/../../x", "1")]), "leads out"),
        ("a hard link outside", layer(&[hard_link("x", "../../etc/passwd")]), "leads out"),
        ("a file as a directory", layer(&[file("a/b", "1")]), "`a` is no directory"),
        ("a file as the root", layer(&[(b'6', ".", "", b"")]), "is no directory"),
        ("a long name", raw(entry(&(b'L', "x", "", long.as_bytes()))), "is no tape archive"),
        ("a longer name", raw([entry(&(b'L', "x", "", long.as_bytes())), entry(&file("x", ""))].concat()), "too long"),
        ("attributes without end", raw(header(b'x', b"x", b"", 1 << 30)), "longer than 1 MiB"),
        ("a header changed", docker(&[flipped]), "checksum"),
        ("a checksum changed", docker(&[damaged]), "corrupt"),
        ("a layer exchanged", packed(&exchanged), "is not what its digest says"),
        ("xz", docker(&[b"\xfd7zXZ\0 and so on".to_vec()]), "compressed with xz"),
    ];
    for (what, image, why) in table {
        let told = read(&image).err().unwrap_or_else(|| panic!("{what} was read"));
        assert!(told.contains(why), "{what}: {told}");
    }
}

#[test]
fn an_image_cut_off_anywhere_is_refused() {
    let whole = docker(&[tar(&[file("a", "1")]), gzip(&tar(&[file("b", "2")]))]);
    assert!(read(&whole).is_ok());
    // The second half of the end marker may go: it is empty already.
    for length in (0..whole.len() - 512).step_by(100) {
        assert!(read(&whole[..length]).is_err(), "cut after {length} of {} bytes", whole.len());
    }
    let layer = gzip(&tar(&[file("b", &"2".repeat(3000))]));
    for length in 0..layer.len() {
        assert!(read(&docker(&[layer[..length].to_vec()])).is_err(), "cut after {length} of {} bytes", layer.len());
    }
}

#[test]
fn an_archive_that_claims_more_than_there_is_costs_nothing() {
    // Four exabytes, in a header and in attributes.
    let mut huge = header(b'0', b"a", b"", 0);
    huge[124..136].copy_from_slice(b"\x80\0\0\0\x40\0\0\0\0\0\0\0");
    huge[148..156].fill(b' ');
    let sum: u32 = huge.iter().map(|byte| u32::from(*byte)).sum();
    huge[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    for layer in [huge.clone(), gzip(&huge)] {
        assert!(refusal(&docker(&[layer])).contains("cut off"));
    }
    let attributes = entry(&(b'x', "x", "", b"29 size=18446744073709551615\n"));
    let layer = [attributes, entry(&file("a", "1"))].concat();
    let told = refusal(&docker(&[layer]));
    assert!(told.contains("cut off") || told.contains("never ends"), "{told}");
}

#[test]
fn of_several_images_the_chosen_one_is_read() {
    let (one, two) = (tar(&[file("a", "1")]), tar(&[file("a", "2")]));
    let manifest = "[{\"RepoTags\":[\"a:1\"],\"Layers\":[\"1\"]},{\"RepoTags\":[\"a:2\"],\"Layers\":[\"2\"]}]";
    let image = tar(&[file("manifest.json", manifest), (b'0', "1", "", &one), (b'0', "2", "", &two)]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("image.tar");
    std::fs::write(&path, image).unwrap();
    let chosen = |name: &str| open(&path, &Choice { name: Some(name.to_owned()), platform: None });
    assert_eq!(chosen("a:2").unwrap().read("/a", 9).unwrap(), b"2");
    assert!(chosen("a:3").unwrap_err().to_string().contains("a:1, a:2"));
}

#[test]
fn of_an_image_for_several_machines_the_usual_or_the_chosen_one_is_read() {
    let mut files = Vec::new();
    let mut entries = Vec::new();
    for (machine, content) in [("amd64", "1"), ("arm64", "2"), ("unknown", "3")] {
        let mut image = oci(&[tar(&[file("a", content)])]);
        let index: serde_json::Value =
            serde_json::from_slice(&image.iter().find(|(name, _)| name == "index.json").unwrap().1).unwrap();
        let mut descriptor = index["manifests"][0].clone();
        let os = if machine == "unknown" { "unknown" } else { "linux" };
        descriptor["platform"] = serde_json::json!({"os": os, "architecture": machine});
        entries.push(descriptor);
        image.retain(|(name, _)| name.starts_with("blobs/"));
        files.extend(image);
    }
    let index = |entries: &[serde_json::Value]| serde_json::json!({"manifests": entries}).to_string();
    let pack = |entries: &[serde_json::Value]| {
        let index = ("index.json".to_owned(), index(entries).into_bytes());
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("i"), packed(&[files.as_slice(), &[index]].concat())).unwrap();
        folder
    };
    let read = |folder: &Path, platform: Option<&str>| {
        let choice = Choice { name: None, platform: platform.map(|it| it.parse().unwrap()) };
        open(&folder.join("i"), &choice)
            .map(|root| text(&root.read("/a", 9).unwrap()))
            .map_err(|error| error.to_string())
    };
    let all = pack(&entries);
    assert_eq!(read(all.path(), None).unwrap(), "1");
    assert_eq!(read(all.path(), Some("linux/arm64")).unwrap(), "2");
    let told = read(all.path(), Some("linux/s390x")).unwrap_err();
    assert!(told.contains("no image for `linux/s390x`") && told.contains("linux/arm64"), "{told}");
    // The only one there is is read, whatever it is for, unless another one was asked for.
    let one = pack(&entries[1..]);
    assert_eq!(read(one.path(), None).unwrap(), "2");
    assert!(read(one.path(), Some("linux/amd64")).is_err());
}

/// A layer of short names in few directories, so that they meet.
fn any_layer() -> impl Strategy<Value = Vec<(u8, String, String)>> {
    let name = "[abc](/[abc]){0,2}";
    let hidden = prop_oneof![
        8 => name.prop_map(|it| it),
        1 => name.prop_map(|it| match it.rsplit_once('/') {
            Some((parent, name)) => format!("{parent}/.wh.{name}"),
            None => format!(".wh.{it}"),
        }),
        1 => name.prop_map(|it| format!("{it}/.wh..wh..opq")),
    ];
    prop::collection::vec((prop::sample::select(b"00025".as_slice()), hidden, "/?(\\.\\./){0,2}[abc](/[abc])?"), 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// The merged root says of every name what a directory says into which the layers were extracted one after the other.
    #[test]
    fn layers_are_merged_as_if_they_were_extracted(layers in prop::collection::vec(any_layer(), 1..4)) {
        let folder = tempfile::tempdir().unwrap();
        let archives: Vec<_> = layers.iter().map(|layer| {
            let entries: Vec<Entry<'_>> = layer.iter().map(|(kind, name, target)| {
                let whiteout = name.contains(".wh.");
                let content: &[u8] = if *kind == b'0' && !whiteout { target.as_bytes() } else { b"" };
                let target = if *kind == b'2' && !whiteout { target.as_str() } else { "" };
                (if whiteout { b'0' } else { *kind }, name.as_str(), target, content)
            }).collect();
            tar(&entries)
        }).collect();
        let ours = read(&docker(&archives));
        match extract::layers(folder.path(), &layers) {
            Err(()) => prop_assert!(ours.is_err()),
            Ok(()) => {
                let theirs = Root::directory(folder.path()).unwrap();
                let ours = ours.unwrap();
                prop_assert_eq!(told(&ours), told(&theirs));
                // Names are walked alike, links and all.
                for path in ["a/b", "b/a/c", "c/../a", "/a/a/a", "b/..", "c/c"] {
                    prop_assert_eq!(ours.read(path, 99), theirs.read(path, 99), "{}", path);
                    prop_assert_eq!(ours.list(path), theirs.list(path), "{}", path);
                }
            }
        }
    }

    #[test]
    fn whatever_stands_in_an_archive_reading_it_ends(bytes in prop::collection::vec(any::<u8>(), 0..2000), flips in prop::collection::vec(any::<(u16, u8)>(), 0..6)) {
        let _ = read(&bytes);
        let mut image = docker(&[tar(&[file("a", "1"), link("b", "a")]), gzip(&tar(&[file(".wh.a", "")]))]);
        for (at, value) in flips {
            let length = image.len();
            image[usize::from(at) % length] = value;
        }
        let _ = read(&image);
    }
}

/// The obvious way: into a directory of this machine.
mod extract {
    use std::fs;
    use std::path::{Path, PathBuf};

    pub(super) fn layers(root: &Path, layers: &[Vec<(u8, String, String)>]) -> Result<(), ()> {
        for layer in layers {
            for (_, name, _) in layer {
                hide(root, name);
            }
            for (kind, name, target) in layer.iter().filter(|(_, name, _)| !name.contains(".wh.")) {
                let path = place(root, name)?;
                let is_directory = fs::symlink_metadata(&path).is_ok_and(|it| it.is_dir());
                if !(*kind == b'5' && is_directory) {
                    remove(&path);
                }
                match kind {
                    b'5' if is_directory => {}
                    b'5' => fs::create_dir(&path).unwrap(),
                    b'2' => std::os::unix::fs::symlink(target, &path).unwrap(),
                    _ => fs::write(&path, target).unwrap(),
                }
            }
        }
        Ok(())
    }

    fn hide(root: &Path, name: &str) {
        let (parent, base) = name.rsplit_once('/').unwrap_or(("", name));
        if base == ".wh..wh..opq" {
            let Ok(directory) = place(root, parent) else { return };
            if fs::symlink_metadata(&directory).is_ok_and(|it| it.is_dir()) {
                fs::remove_dir_all(&directory).unwrap();
                fs::create_dir(&directory).unwrap();
            }
        } else if let Some(hidden) = base.strip_prefix(".wh.") {
            let path = if parent.is_empty() { hidden.to_owned() } else { format!("{parent}/{hidden}") };
            if let Ok(path) = place(root, &path) {
                remove(&path);
            }
        }
    }

    fn remove(path: &Path) {
        match fs::symlink_metadata(path) {
            Ok(it) if it.is_dir() => fs::remove_dir_all(path).unwrap(),
            Ok(_) => fs::remove_file(path).unwrap(),
            Err(_) => {}
        }
    }

    /// The path in a directory that is made where it is missing, links followed inside the root.
    fn place(root: &Path, name: &str) -> Result<PathBuf, ()> {
        let (parent, base) = name.rsplit_once('/').unwrap_or(("", name));
        let mut here = root.to_owned();
        for part in parent.split('/').filter(|part| !part.is_empty()) {
            let next = here.join(part);
            here = match fs::symlink_metadata(&next) {
                Ok(it) if it.is_symlink() => walk(root, &next, 0)?,
                Ok(it) if it.is_dir() => next,
                Ok(_) => return Err(()),
                Err(_) => {
                    fs::create_dir(&next).unwrap();
                    next
                }
            };
            if !here.is_dir() {
                return Err(());
            }
        }
        Ok(here.join(base))
    }

    /// Where a link leads; it must lead somewhere.
    fn walk(root: &Path, link: &Path, passed: u32) -> Result<PathBuf, ()> {
        if passed > 40 {
            return Err(());
        }
        let target = fs::read_link(link).unwrap();
        let target = target.to_str().unwrap();
        let mut here = if target.starts_with('/') { root.to_owned() } else { link.parent().unwrap().to_owned() };
        for part in target.split('/').filter(|part| !part.is_empty()) {
            if part == ".." {
                if here != root {
                    here.pop();
                }
                continue;
            }
            let next = here.join(part);
            here = match fs::symlink_metadata(&next) {
                Ok(it) if it.is_symlink() => walk(root, &next, passed + 1)?,
                Ok(_) => next,
                Err(_) => return Err(()),
            };
        }
        Ok(here)
    }
}
