//! Verdicts on published content against those of another engine: single rules on changed roots, and whole profiles.
//!
//! The data (its README says where it comes from) is not part of the repository; without it, or without the right to lay
//! owners, nothing is checked and that is said.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "tests and their helpers"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use inspector_collect::{Root, ScapCollector};
use inspector_scap::content::bundle::Bundle;
use inspector_scap::content::xccdf::evaluate::{Choice, Job};
use inspector_scap::content::xccdf::select::Selection;
use inspector_scap::oval::gather::gather;
use serde_json::Value;
use tempfile::TempDir;

/// Where our verdict is another one than that of the other engine, and why ours stands.
const DIFFERENCES: &[(&str, &str)] = &[
    ("dev-debian12-01 prefer_64bit_os", NO_KERNEL),
    ("dev-debian13-02 prefer_64bit_os", NO_KERNEL),
    ("dev-ubuntu2204-00 bios_enable_execution_restrictions", NO_KERNEL),
    ("dev-ubuntu2404-01 bios_enable_execution_restrictions", NO_KERNEL),
];

/// The other engine ran on a machine whose `/proc/cpuinfo` and `/proc/cmdline` it read. A directory tree has neither, and
/// what could not be looked at is unknown (OVAL definitions schema, `FlagEnumeration`: not collected).
const NO_KERNEL: &str = "a directory tree runs no kernel";

fn data() -> Option<PathBuf> {
    let shared = std::env::var_os("OPENINSPECTOR_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let folder = shared.join("data/scap");
    let root = rustix::process::getuid().is_root();
    if folder.is_dir() && root {
        return Some(folder);
    }
    eprintln!("skipped: needs `{}` and the right to lay owners", folder.display());
    None
}

fn lines(path: &Path) -> Vec<Value> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    // Bytes that are no text stand as lone surrogates, which JSON does not have: they pass as private characters.
    text.lines().map(|line| serde_json::from_str(&line.replace("\\udc", "\\uf7")).unwrap()).collect()
}

/// The bytes behind a text of the data.
fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for c in text.chars() {
        match u32::from(c) {
            code @ 0xf780..=0xf7ff => bytes.push(u8::try_from(code - 0xf700).unwrap()),
            _ => bytes.extend(c.to_string().into_bytes()),
        }
    }
    bytes
}

fn run(program: &str, arguments: &[&str]) {
    assert!(Command::new(program).args(arguments).status().unwrap().success(), "{program} {arguments:?}");
}

/// Content and base roots by product.
struct Bench {
    data: PathBuf,
    work: TempDir,
    streams: BTreeMap<String, Bundle>,
}

impl Bench {
    fn new(data: PathBuf) -> Self {
        Self { data, work: TempDir::new().unwrap(), streams: BTreeMap::new() }
    }

    fn stream(&mut self, product: &str) -> &Bundle {
        let folder = self.data.join("content");
        self.streams.entry(product.to_owned()).or_insert_with(|| {
            let prefix = format!("ssg-{product}-");
            let mut names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            let path = names.find(|path| path.file_name().unwrap().to_str().unwrap().starts_with(&prefix)).unwrap();
            let output = Command::new("xz").arg("-dc").arg(path).output().unwrap();
            Bundle::read("stream.xml", &output.stdout, &mut |_| None).unwrap()
        })
    }

    /// The unchanged root of a product.
    fn base(&self, product: &str) -> PathBuf {
        let base = self.work.path().join(format!("base-{product}"));
        if !base.exists() {
            fs::create_dir(&base).unwrap();
            for name in ["base".to_owned(), format!("extra-{product}")] {
                let archive = self.data.join(format!("roots/{name}.tar.gz"));
                if archive.exists() {
                    let (base, archive) = (base.to_str().unwrap(), archive.to_str().unwrap());
                    run("tar", &["-C", base, "--numeric-owner", "--keep-directory-symlink", "-xzpf", archive]);
                }
            }
        }
        base
    }

    /// A copy of a product's root, changed by `steps`.
    fn root(&self, product: &str, steps: &[&Value]) -> PathBuf {
        let (base, root) = (self.base(product), self.work.path().join("root"));
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        run("cp", &["-a", base.to_str().unwrap(), root.to_str().unwrap()]);
        for step in steps {
            apply(&root, &base, step);
        }
        root
    }
}

fn apply(root: &Path, base: &Path, step: &Value) {
    for path in step["deleted"].as_array().unwrap() {
        remove(&root.join(path.as_str().unwrap()));
    }
    for file in step["files"].as_array().unwrap() {
        lay(root, base, file);
    }
}

/// What a step touches is taken out again, and the base's own put back.
fn restore(root: &Path, base: &Path, step: &Value) {
    let deleted = step["deleted"].as_array().unwrap().iter();
    let laid = step["files"].as_array().unwrap().iter().map(|file| &file["path"]);
    for path in deleted.chain(laid) {
        let path = Path::new(path.as_str().unwrap());
        // The first part of the path that the base does not have came with the step.
        let mut part = PathBuf::new();
        for component in path.components() {
            part.push(component);
            if base.join(&part).symlink_metadata().is_err() {
                break;
            }
        }
        remove(&root.join(&part));
        if base.join(&part).symlink_metadata().is_ok() {
            run("cp", &["-a", base.join(&part).to_str().unwrap(), root.join(&part).to_str().unwrap()]);
        }
    }
}

fn remove(path: &Path) {
    match path.symlink_metadata() {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(path).unwrap(),
        Ok(_) => fs::remove_file(path).unwrap(),
        Err(_) => {}
    }
}

fn lay(root: &Path, base: &Path, file: &Value) {
    let name = file["path"].as_str().unwrap();
    let path = root.join(name);
    let text = |key: &str| file[key].as_str().map(str::to_owned);
    if file["replace"].as_bool() == Some(true) {
        remove(&path);
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let id = |key: &str| Some(u32::try_from(file[key].as_u64().unwrap()).unwrap());
    match file["type"].as_str().unwrap() {
        "dir" => fs::create_dir_all(&path).unwrap(),
        "link" => {
            remove(&path);
            std::os::unix::fs::symlink(text("target").or(text("text")).unwrap(), &path).unwrap();
            std::os::unix::fs::lchown(&path, id("uid"), id("gid")).unwrap();
            return;
        }
        _ => match text("append") {
            Some(more) => fs::write(&path, [fs::read(base.join(name)).unwrap(), bytes(&more)].concat()).unwrap(),
            None => {
                if path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
                    fs::remove_file(&path).unwrap();
                }
                fs::write(&path, bytes(&text("text").unwrap())).unwrap();
            }
        },
    }
    std::os::unix::fs::chown(&path, id("uid"), id("gid")).unwrap();
    let mode = u32::from_str_radix(file["mode"].as_str().unwrap(), 8).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Rule and word of every result, with what was said about it.
fn results(
    bundle: &Bundle,
    root: &Path,
    profile: &str,
    only: &[String],
    set: &[(String, String)],
) -> BTreeMap<String, (String, String)> {
    let entry = &bundle.benchmarks[0];
    let selection = Selection::new(&entry.benchmark, None, Some(profile), set).unwrap();
    let choice = Choice { rules: only.to_vec(), ..Choice::default() };
    let job = Job::new(bundle, entry, selection, &choice).unwrap();
    let root = Root::directory(root).unwrap();
    let collections = gather(&job.plans(), &mut ScapCollector::new(&root), 1_790_000_000);
    let report = job.evaluate(&collections);
    let told = |result: &inspector_scap::content::xccdf::evaluate::RuleResult| {
        let evidence = result.evidence.iter().map(|one| format!("{} {:?}", one.at, one.found));
        result.reasons.iter().cloned().chain(evidence).collect::<Vec<_>>().join("; ")
    };
    let short = |rule: &str| rule.split_once("_rule_").map_or(rule, |(_, short)| short).to_owned();
    report
        .results
        .iter()
        .map(|result| (short(&result.rule), (result.verdict.as_str().to_owned(), told(result))))
        .collect()
}

/// Differences that are not listed, and listed ones that are none.
fn judge(differences: &BTreeMap<String, String>, judged: usize) {
    let listed: BTreeMap<&str, &str> = DIFFERENCES.iter().copied().collect();
    let fresh: Vec<String> = differences
        .iter()
        .filter(|(case, _)| !listed.contains_key(case.as_str()))
        .map(|(case, what)| format!("{case}: {what}"))
        .collect();
    eprintln!("{} of {judged} agree", judged - differences.len());
    assert!(fresh.is_empty(), "{} differences:\n{}", fresh.len(), fresh.join("\n"));
    let gone: Vec<&&str> = listed.keys().filter(|case| picked(case) && !differences.contains_key(**case)).collect();
    let whole = judged > 1000;
    assert!(!whole || gone.is_empty(), "listed differences that are none any more: {gone:?}");
}

fn picked(id: &str) -> bool {
    std::env::var("SCAP_MATCH").map_or(true, |wanted| id.contains(&wanted))
}

#[test]
fn single_rules_come_out_as_with_the_other_engine() {
    let Some(data) = data() else { return };
    let cases = lines(&data.join("cases.jsonl.gz"));
    let mut bench = Bench::new(data);
    let (root, base) = (bench.root("debian12", &[]), bench.base("debian12"));
    let (mut differences, mut judged) = (BTreeMap::new(), 0);
    for case in cases {
        let id = case["id"].as_str().unwrap();
        if !picked(id) {
            continue;
        }
        apply(&root, &base, &case);
        let rule = case["rule"].as_str().unwrap();
        let set: Vec<(String, String)> = case["values"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.trim().to_owned(), value.as_str().unwrap().trim().to_owned()))
            .collect();
        let got = results(bench.stream("debian12"), &root, "(all)", &[rule.to_owned()], &set);
        let (word, told) = &got[rule];
        judged += 1;
        if word != case["expected"].as_str().unwrap() {
            differences.insert(id.to_owned(), format!("{word}, expected {}: {told}", case["expected"]));
        }
        restore(&root, &base, &case);
    }
    judge(&differences, judged);
}

#[test]
fn whole_profiles_come_out_as_with_the_other_engine() {
    let Some(data) = data() else { return };
    let roots = lines(&data.join("roots.jsonl.gz"));
    let mut bench = Bench::new(data);
    let (mut differences, mut judged) = (BTreeMap::new(), 0);
    for case in roots {
        let id = case["id"].as_str().unwrap();
        if !picked(id) {
            continue;
        }
        let product = case["product"].as_str().unwrap();
        let steps: Vec<&Value> = case["steps"].as_array().unwrap().iter().collect();
        let root = bench.root(product, &steps);
        let got = results(bench.stream(product), &root, case["profile"].as_str().unwrap(), &[], &[]);
        // What depends on the running system differs from machine to machine.
        for class in ["static", "mount"] {
            for (rule, expected) in case["expected"][class].as_object().into_iter().flatten() {
                judged += 1;
                let (word, told) = got.get(rule).cloned().unwrap_or_default();
                if word != expected.as_str().unwrap() {
                    let what = format!("({class}) {word}, expected {expected}: {told}");
                    differences.insert(format!("{id} {rule}"), what);
                }
            }
        }
    }
    judge(&differences, judged);
}
