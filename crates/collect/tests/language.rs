//! Packages of programming languages on small roots.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    dead_code,
    reason = "tests and their helpers"
)]

mod support;

use std::io::Write;

use inspector_collect::{Root, language};
use inspector_model::language::LanguageInventory;
use proptest::prelude::*;
use support::tree;
use tempfile::TempDir;

fn collect(root: &TempDir) -> LanguageInventory {
    language::collect(&Root::directory(root.path()).unwrap())
}

/// Packages as package URL and place, those of the system with a star; then problems.
fn told(inventory: &LanguageInventory) -> (Vec<String>, Vec<String>) {
    let packages = inventory.packages.iter();
    let packages = packages.map(|it| format!("{}{} {}", if it.owned { "*" } else { "" }, it.purl(), it.at));
    let problems = inventory.problems.iter().map(|it| format!("{} {}", it.at, it.why));
    (packages.collect(), problems.collect())
}

fn found(files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    told(&collect(&tree(files)))
}

#[test]
fn each_language_names_its_packages_where_its_tools_put_them() {
    let stub = "# -*- encoding: utf-8 -*-\n# stub: nokogiri 1.13.6 x86_64-linux lib\n\nGem::Specification.new do |s|\n";
    let plain = "Gem::Specification.new do |s|\n  s.name = \"rack\".freeze\n  s.version = \"2.2.3\"\nend\n";
    let table: [(&str, &str, &[&str]); 11] = [
        (
            "usr/lib/python3/site-packages/Jinja2-3.0.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: Jinja2\nVersion: 3.0\n\nName: x\n",
            &["pkg:pypi/Jinja2@3.0"],
        ),
        ("opt/v/six.egg-info/PKG-INFO", "name: six\nVERSION: 1.16\n", &["pkg:pypi/six@1.16"]),
        ("opt/v/old.egg-info", "Name: old\nVersion: 1\n", &["pkg:pypi/old@1"]),
        ("opt/v/z.egg/EGG-INFO/PKG-INFO", "Name: z\nVersion: 2\n", &["pkg:pypi/z@2"]),
        (
            "app/node_modules/lodash/package.json",
            "{\"name\": \"lodash\", \"version\": \"4.17.20\", \"x\": []}",
            &["pkg:npm/lodash@4.17.20"],
        ),
        (
            "app/node_modules/@a/b/node_modules/c/package.json",
            "{\"name\": \"c\", \"version\": \"1.0.0\"}",
            &["pkg:npm/c@1.0.0"],
        ),
        (
            "app/node_modules/@a/b/package.json",
            "{\"name\": \"@a/b\", \"version\": \"1.0.0\"}",
            &["pkg:npm/%40a/b@1.0.0"],
        ),
        ("var/gems/specifications/nokogiri-1.13.6-x86_64-linux.gemspec", stub, &["pkg:gem/nokogiri@1.13.6"]),
        ("var/gems/specifications/default/rack-2.2.3.gemspec", plain, &["pkg:gem/rack@2.2.3"]),
        (
            "srv/vendor/composer/installed.json",
            "{\"packages\": [{\"name\": \"a/b\", \"version\": \"v1.0\"}], \"dev\": true}",
            &["pkg:composer/a/b@v1.0"],
        ),
        (
            "srv/vendor/composer/installed.json",
            "[{\"name\": \"a/b\", \"version\": \"1.0\"}]",
            &["pkg:composer/a/b@1.0"],
        ),
    ];
    for (path, content, expected) in table {
        let expected: Vec<String> = expected.iter().map(|purl| format!("{purl} /{path}")).collect();
        assert_eq!(found(&[(path, content)]), (expected, Vec::new()), "{path}");
    }
}

#[test]
fn files_of_a_package_that_are_no_description_are_passed_over() {
    for path in [
        "app/package.json",
        "app/node_modules/a/test/package.json",
        "usr/share/doc/METADATA",
        "srv/installed.json",
        "srv/a.gemspec",
        "usr/bin/script",
    ] {
        assert_eq!(found(&[(path, &"nonsense\n".repeat(1000))]), (Vec::new(), Vec::new()), "{path}");
    }
}

#[test]
fn what_makes_no_sense_is_a_problem_that_names_the_file() {
    let table = [
        ("a.dist-info/METADATA", "Name: a\n\nVersion: 1\n", "names no package and version"),
        ("a.dist-info/METADATA", "Name: a\nVersion: 1 2\n", "unreadable version `1 2`"),
        ("node_modules/a/package.json", "{", "makes no sense"),
        ("node_modules/a/package.json", "{\"name\": \"a\"}", "names no package and version"),
        ("specifications/a.gemspec", "", "names no package and version"),
        ("composer/installed.json", "{}", "makes no sense"),
        ("opt/a.jar", "no archive", "an archive that cannot be read"),
        ("a.dist-info/METADATA/x", "", ""),
    ];
    for (path, content, why) in table {
        let (packages, problems) = found(&[(path, content)]);
        assert_eq!(packages, Vec::<String>::new());
        match problems.as_slice() {
            [] if why.is_empty() => {}
            [problem] => assert!(problem.contains(why) && problem.contains(path), "{path}: {problem}"),
            _ => panic!("{path}: {problems:?}"),
        }
    }
}

#[test]
fn what_the_system_brought_is_marked_by_the_lists_of_every_package_manager() {
    let metadata = ("usr/lib/python3/dist-packages/a.egg-info/PKG-INFO", "Name: a\nVersion: 1\n");
    let free = ("usr/local/lib/b.dist-info/METADATA", "Name: b\nVersion: 1\n");
    let status = "P:a\nV:1\nA:x\nF:usr/lib/python3/dist-packages/a.egg-info\nR:PKG-INFO\n\n";
    let list = "/.\n/lib\n/lib/python3/dist-packages/a.egg-info/PKG-INFO\n";
    let sums = "0a1b  usr/lib/python3/dist-packages/a.egg-info/PKG-INFO\n";
    for owner in [
        ("lib/apk/db/installed", status),
        ("var/lib/dpkg/info/a:amd64.list", list),
        ("var/lib/dpkg/status.d/a.md5sums", sums),
    ] {
        let (packages, _) = found(&[metadata, free, owner]);
        assert_eq!(
            packages,
            [format!("*pkg:pypi/a@1 /{}", metadata.0), format!("pkg:pypi/b@1 /{}", free.0)],
            "{}",
            owner.0
        );
    }
}

/// An archive of these files.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn with_file(path: &str, content: &[u8]) -> (Vec<String>, Vec<String>) {
    let root = tree(&[]);
    let path = root.path().join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
    told(&collect(&root))
}

const LOG4J: (&str, &[u8]) = (
    "META-INF/maven/org.apache.logging.log4j/log4j-core/pom.properties",
    b"#Generated\r\nversion=2.14.1\r\ngroupId=org.apache.logging.log4j\r\nartifactId=log4j-core\r\n",
);
const CLASS: (&str, &[u8]) = ("a/B.class", b"\xca\xfe\xba\xbe");

#[test]
fn archives_of_java_are_told_by_maven_or_their_manifest_however_deep() {
    let log4j = zip(&[LOG4J, CLASS]);
    let manifest = b"Manifest-Version: 1.0\r\nImplementation-Title: thing\r\nImplementation-Vendor-Id: org.exam\r\n ple\r\nImplementation-Version: 1.5\r\n\r\nName: x\r\n";
    let by_manifest = zip(&[("META-INF/MANIFEST.MF", manifest), CLASS]);
    let war = zip(&[("WEB-INF/lib/log4j.jar", &log4j), ("WEB-INF/lib/thing.jar", &by_manifest), CLASS]);
    let ear = zip(&[("web.war", &war), ("META-INF/MANIFEST.MF", b"Manifest-Version: 1.0\n")]);
    let (packages, problems) = with_file("opt/APP.EAR", &ear);
    assert_eq!(
        packages,
        [
            "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 /opt/APP.EAR!/web.war!/WEB-INF/lib/log4j.jar",
            "pkg:maven/org.example/thing@1.5 /opt/APP.EAR!/web.war!/WEB-INF/lib/thing.jar",
        ]
    );
    assert_eq!(problems, Vec::<String>::new());
    let (packages, problems) = with_file("opt/unknown.jar", &zip(&[CLASS]));
    assert_eq!((packages.len(), problems.len()), (0, 1));
    assert!(problems[0].contains("does not say which package it is"), "{}", problems[0]);
}

#[test]
fn hostile_archives_end_in_a_problem() {
    let mut nested = zip(&[LOG4J]);
    for _ in 0..8 {
        nested = zip(&[("x.jar", &nested)]);
    }
    let bomb = zip(&[("META-INF/maven/a/b/pom.properties", &vec![0; 3 << 20])]);
    let mut cut = zip(&[LOG4J]);
    cut.truncate(cut.len() - 30);
    let mut damaged = zip(&[LOG4J]);
    damaged[110] ^= 0xff;
    for (bytes, why) in [
        (nested, "more than 5 archives deep"),
        (bomb, "unpacks to more than"),
        (cut, "cannot be read"),
        (damaged, "cannot be"),
    ] {
        let (packages, problems) = with_file("a.jar", &bytes);
        assert_eq!(packages, Vec::<String>::new());
        assert!(problems.len() == 1 && problems[0].contains(why), "{why}: {problems:?}");
    }
}

/// A 64-bit program with these sections.
fn program(sections: &[(&str, &[u8])]) -> Vec<u8> {
    let mut names = vec![0];
    let (mut content, mut table) = (Vec::new(), vec![0; 64]);
    let all = sections.iter().copied().chain([(".shstrtab", &b""[..])]);
    for (name, bytes) in all {
        let at = names.len();
        names.extend(name.bytes().chain([0]));
        let bytes = if name == ".shstrtab" { names.clone() } else { bytes.to_vec() };
        let mut header = vec![0; 64];
        header[..4].copy_from_slice(&u32::try_from(at).unwrap().to_le_bytes());
        header[24..32].copy_from_slice(&u64::try_from(64 + content.len()).unwrap().to_le_bytes());
        header[32..40].copy_from_slice(&u64::try_from(bytes.len()).unwrap().to_le_bytes());
        content.extend(bytes);
        table.extend(header);
    }
    content.resize(content.len().max(5000), 0);
    let mut head = vec![0; 64];
    head[..6].copy_from_slice(b"\x7fELF\x02\x01");
    head[40..48].copy_from_slice(&u64::try_from(64 + content.len()).unwrap().to_le_bytes());
    head[58..60].copy_from_slice(&64_u16.to_le_bytes());
    let count = u16::try_from(sections.len() + 2).unwrap();
    head[60..62].copy_from_slice(&count.to_le_bytes());
    head[62..64].copy_from_slice(&(count - 1).to_le_bytes());
    [head, content, table].concat()
}

fn go(version: &str, modules: &str) -> Vec<u8> {
    let counted = |text: &str| {
        let mut left = text.len();
        let mut bytes = Vec::new();
        while left > 0x7f {
            bytes.push(u8::try_from(left & 0x7f).unwrap() | 0x80);
            left >>= 7;
        }
        bytes.push(u8::try_from(left).unwrap());
        bytes.extend(text.bytes());
        bytes
    };
    let frame = "0123456789abcdef";
    [b"\xff Go buildinf:\x08\x02".to_vec(), vec![0; 16], counted(version), counted(&format!("{frame}{modules}{frame}"))]
        .concat()
}

fn auditable(list: &str) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(list.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn programs_of_go_and_rust_name_what_they_were_built_from() {
    let modules = "path\texample.com/x\nmod\texample.com/x\t(devel)\t\ndep\tgolang.org/x/net\tv0.1.0\th1:x=\n\
                   dep\ta.org/b\tv1.0.0\n=>\ta.org/fork\tv1.0.1\th1:y=\nbuild\tCGO_ENABLED=0\n";
    let list = r#"{"packages": [{"name": "hyper", "version": "0.14.1", "source": "crates.io"},
        {"name": "cc", "version": "1.0.0", "source": "crates.io", "kind": "build"},
        {"name": "own", "version": "0.1.0", "source": "local", "root": true}]}"#;
    let bytes = program(&[(".go.buildinfo", &go("go1.20.3 X:boring", modules)), (".dep-v0", &auditable(list))]);
    let (packages, problems) = with_file("usr/local/bin/x", &bytes);
    let purls: Vec<&str> = packages.iter().map(|it| it.split(' ').next().unwrap()).collect();
    assert_eq!(
        purls,
        [
            "pkg:cargo/hyper@0.14.1",
            "pkg:golang/a.org/fork@v1.0.1",
            "pkg:golang/golang.org/x/net@v0.1.0",
            "pkg:golang/stdlib@1.20.3"
        ]
    );
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn broken_programs_end_in_a_problem() {
    let whole = program(&[(".go.buildinfo", &go("go1.20.3", "dep\ta\tv1\n")), (".dep-v0", &auditable("{}"))]);
    let mut far = whole.clone();
    far[45] = 1;
    let mut short = go("go1.20.3", "");
    short.truncate(34);
    let bomb = auditable(&" ".repeat(65 << 20));
    for (bytes, why) in [
        (whole, "makes no sense"),
        (program(&[(".go.buildinfo", &short)]), "makes no sense"),
        (program(&[(".dep-v0", &bomb)]), "unpacks to more than"),
        (program(&[(".dep-v0", b"nonsense")]), "makes no sense"),
    ] {
        let (_, problems) = with_file("bin/x", &bytes);
        assert!(problems.iter().any(|problem| problem.contains(why)), "{why}: {problems:?}");
    }
    // A table beyond the end is empty: such programs run.
    assert_eq!(with_file("bin/x", &far), (Vec::new(), Vec::new()));
}

#[test]
fn programs_of_this_machine_are_taken_apart() {
    let root = tree(&[]);
    std::fs::copy(std::env::current_exe().unwrap(), root.path().join("test")).unwrap();
    assert_eq!(told(&collect(&root)), (Vec::new(), Vec::new()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_a_file_reading_it_ends(flips in prop::collection::vec((any::<u16>(), any::<u8>()), 0..8), cut in any::<u16>()) {
        let modules = "dep\ta\tv1\n";
        let elf = program(&[(".go.buildinfo", &go("go1.20", modules)), (".dep-v0", &auditable("{\"packages\": []}"))]);
        let jar = zip(&[LOG4J, ("x.jar", &zip(&[LOG4J]))]);
        let root = tree(&[]);
        for (name, mut bytes) in [("program", elf), ("a.jar", jar)] {
            for (at, value) in &flips {
                let length = bytes.len();
                bytes[usize::from(*at) % length] = *value;
            }
            bytes.truncate(bytes.len().saturating_sub(usize::from(cut) % 300));
            std::fs::write(root.path().join(name), bytes).unwrap();
        }
        let _ = collect(&root);
    }
}
