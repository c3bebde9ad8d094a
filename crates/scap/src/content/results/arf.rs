//! ARF 1.1 (NIST IR 7694): what was asked, of which asset, with which reports. The request names the content's file; it
//! does not repeat it.

use super::super::xccdf::NAMESPACE;
use super::write::Writer;
use super::{Record, oval, xccdf};

const COLLECTION: &[(&str, &str)] = &[
    ("xmlns", "http://scap.nist.gov/schema/asset-reporting-format/1.1"),
    ("xmlns:ai", "http://scap.nist.gov/schema/asset-identification/1.1"),
    ("xmlns:core", "http://scap.nist.gov/schema/reporting-core/1.1"),
    ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
    ("xmlns:vocabulary", "http://scap.nist.gov/specifications/arf/vocabulary/relationships/1.0#"),
];

pub(super) fn document(record: &Record<'_>) -> String {
    let mut writer = Writer::new();
    writer.open("asset-report-collection", COLLECTION);
    writer.open("core:relationships", &[]);
    for (kind, from, to) in [
        ("vocabulary:createdFor", "xccdf", "request"),
        ("vocabulary:isAbout", "xccdf", "asset"),
        ("vocabulary:hasSource", "xccdf", "oval"),
    ] {
        writer.open("core:relationship", &[("type", kind), ("subject", from)]);
        writer.text("core:ref", &[], to);
        writer.close();
    }
    writer.close();
    writer.open("report-requests", &[]);
    writer.open("report-request", &[("id", "request")]);
    writer.empty("remote-resource", &[("xlink:type", "simple"), ("xlink:href", record.content)]);
    writer.close();
    writer.close();
    assets(record, &mut writer);
    writer.open("reports", &[]);
    report("xccdf", &mut writer, |writer| xccdf::test_result(record, &[("xmlns", NAMESPACE)], writer));
    report("oval", &mut writer, |writer| oval::results(record, writer));
    writer.close();
    writer.finish() + "\n"
}

fn assets(record: &Record<'_>, writer: &mut Writer) {
    writer.open("assets", &[]);
    writer.open("asset", &[("id", "asset")]);
    writer.open("ai:computing-device", &[]);
    // The schema takes host names only, and what is scanned may be a folder or an image.
    if is_host_name(record.host.name) {
        writer.text("ai:hostname", &[], record.host.name);
    }
    writer.close();
    writer.close();
    writer.close();
}

fn is_host_name(name: &str) -> bool {
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    name.split('.').all(label)
}

fn report(id: &str, writer: &mut Writer, content: impl FnOnce(&mut Writer)) {
    writer.open("report", &[("id", id)]);
    writer.open("content", &[]);
    content(writer);
    writer.close();
    writer.close();
}
