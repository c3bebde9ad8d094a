//! `content/linux-baseline`: rules in TOML → one SCAP 1.3 source data stream of XCCDF 1.2 and OVAL 5.11.

mod oval;
mod rule;
mod xccdf;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use rule::{Benchmark, Rule, Section};

const FOLDER: &str = "content/linux-baseline";
const STREAM: &str = "stream/linux-baseline-ds.xml";
/// Namespace of our ids.
const OURS: &str = "org.openinspector.content";

/// The data stream and its path.
pub(super) fn output(root: &Path) -> Result<(PathBuf, String)> {
    let folder = root.join(FOLDER);
    let benchmark: Benchmark = read(&folder.join("benchmark.toml"))?;
    let mut sections = Vec::new();
    for name in &benchmark.sections {
        let mut section: Section = read(&folder.join(format!("rules/{name}.toml")))?;
        section.name.clone_from(name);
        sections.push(section);
    }
    check(&sections)?;
    Ok((Path::new(FOLDER).join(STREAM), stream(&benchmark, &sections)))
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    toml::from_str(&text).with_context(|| format!("cannot understand `{}`", path.display()))
}

/// Numbers and ids tell rules apart for ever.
fn check(sections: &[Section]) -> Result<()> {
    let rules: Vec<&Rule> = sections.iter().flat_map(|section| &section.rules).collect();
    for (position, rule) in rules.iter().enumerate() {
        let twin = rules.iter().take(position).find(|other| other.number == rule.number || other.id == rule.id);
        ensure!(twin.is_none(), "the rules `{}` and `{}` share a number or an id", rule.id, twin.map_or("", |r| &r.id));
    }
    Ok(())
}

fn stream(benchmark: &Benchmark, sections: &[Section]) -> String {
    let reference = |id: &str, part: &str| {
        format!("<ds:component-ref id=\"scap_{OURS}_cref_{id}\" xlink:href=\"#scap_{OURS}_comp_{part}\"")
    };
    let mut xml = String::new();
    let _infallible = write!(
        xml,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!-- Made by `cargo xtask generate` from benchmark.toml and rules/. -->\n\
         <ds:data-stream-collection xmlns:ds=\"http://scap.nist.gov/schema/scap/source/1.2\" \
         xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         xmlns:cat=\"urn:oasis:names:tc:entity:xmlns:xml:catalog\" \
         id=\"scap_{OURS}_collection_linux-baseline\" schematron-version=\"1.3\">\n\
         <ds:data-stream id=\"scap_{OURS}_datastream_linux-baseline\" scap-version=\"1.3\" \
         use-case=\"CONFIGURATION\">\n\
         <ds:checklists>\n{}>\n<cat:catalog><cat:uri name=\"{}\" uri=\"#scap_{OURS}_cref_{}\"/></cat:catalog>\n\
         </ds:component-ref>\n</ds:checklists>\n\
         <ds:checks>\n{}/>\n</ds:checks>\n</ds:data-stream>\n",
        reference("linux-baseline-xccdf.xml", "linux-baseline-xccdf.xml"),
        xccdf::OVAL_FILE,
        xccdf::OVAL_FILE,
        reference(xccdf::OVAL_FILE, xccdf::OVAL_FILE),
    );
    for (file, content) in [
        ("linux-baseline-xccdf.xml", xccdf::benchmark(benchmark, sections)),
        (xccdf::OVAL_FILE, oval::definitions(benchmark, sections)),
    ] {
        let _infallible = write!(
            xml,
            "<ds:component id=\"scap_{OURS}_comp_{file}\" timestamp=\"{}\">\n{content}</ds:component>\n",
            benchmark.timestamp
        );
    }
    xml.push_str("</ds:data-stream-collection>\n");
    xml
}

/// Text inside an element or an attribute.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
