//! Items of small trees: what objects find, what they do not, and what hostile trees and content come to.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests and their helpers")]

use std::collections::BTreeMap;
use std::path::Path;

use inspector_collect::{Root, ScapCollector};
use inspector_scap::content::bundle::Bundle;
use inspector_scap::oval::evaluate::Evaluator;
use inspector_scap::oval::gather::{Collection, gather};
use inspector_scap::oval::model::Document;
use inspector_scap::oval::plan::Plan;
use tempfile::TempDir;

/// A tree: a name that ends in a slash is a directory, ` -> ` makes a link.
fn tree(names: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in names {
        let (name, target) = name.split_once(" -> ").map_or((*name, None), |(name, target)| (name, Some(target)));
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        match target {
            Some(target) => std::os::unix::fs::symlink(target, &path).unwrap(),
            None if name.ends_with('/') => std::fs::create_dir_all(&path).unwrap(),
            None => std::fs::write(&path, format!("first\n{name}\n")).unwrap(),
        }
    }
    folder
}

/// A document with one definition over one test; `object` and `more` are put in as they stand.
fn document(kind: &str, test: &str, object: &str, more: &str) -> Document {
    let schema = match kind {
        "file" | "symlink" => "unix",
        "partition" => "linux",
        _ => "independent",
    };
    let namespace = "http://oval.mitre.org/XMLSchema/oval-definitions-5";
    let text = format!(
        "<oval_definitions xmlns='{namespace}' xmlns:t='{namespace}#{schema}'>
        <definitions><definition id='d' version='1' class='compliance'><criteria><criterion test_ref='t'/></criteria>
        </definition></definitions>
        <tests><t:{kind}_test id='t' version='1' {test}><t:object object_ref='o'/></t:{kind}_test></tests>
        <objects><t:{kind}_object id='o' version='1'>{object}</t:{kind}_object></objects>{more}</oval_definitions>"
    );
    let mut bundle = Bundle::read("oval.xml", text.as_bytes(), &mut |_| None).unwrap();
    assert!(bundle.problems.is_empty(), "{:?}", bundle.problems);
    bundle.documents.remove("oval.xml").unwrap()
}

fn collect(root: &Path, document: &Document) -> Collection {
    let root = Root::directory(root).unwrap();
    let plan = Plan::new(document, ["d"], BTreeMap::new());
    gather(&[plan], &mut ScapCollector::new(&root), 0).remove(0)
}

/// The paths of the items of object `o`, the text of a text item behind its path.
fn found(collection: &Collection) -> Vec<String> {
    let mut paths: Vec<String> = collection
        .items_of(&collection.objects["o"])
        .map(|item| {
            let path = item.get("filepath").or(item.get("path")).unwrap();
            item.get("text").map_or(path.to_string(), |text| format!("{path} {text}"))
        })
        .collect();
    paths.sort();
    paths
}

const TREE: [&str; 9] = [
    "etc/a.conf",
    "etc/b.txt",
    "etc/d/c.conf",
    "etc/d/e/f.conf",
    "etc/link.conf -> a.conf",
    "etc/dangling.conf -> nowhere",
    "etc/away -> ../var",
    "var/g.conf",
    "home/u/",
];

#[test]
fn objects_find_the_files_that_they_name() {
    let root = tree(&TREE);
    let down = |depth: &str| {
        format!(
            "<t:behaviors recurse='directories' recurse_direction='down' max_depth='{depth}'/><t:path>/etc</t:path>"
        )
    };
    let pattern = "<t:filename operation='pattern match'>\\.conf$</t:filename>";
    let nil = "<t:filename xsi:nil='true' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'/>";
    let cases: Vec<(String, Vec<&str>)> = vec![
        ("<t:filepath>/etc/a.conf</t:filepath>".into(), vec!["/etc/a.conf"]),
        ("<t:filepath>/etc/d</t:filepath>".into(), vec![]),
        ("<t:filepath>/etc/away/g.conf</t:filepath>".into(), vec!["/etc/away/g.conf"]),
        ("<t:filepath>/../etc/absent</t:filepath>".into(), vec![]),
        (
            "<t:filepath operation='pattern match'>^/etc/.*\\.conf$</t:filepath>".into(),
            vec!["/etc/a.conf", "/etc/d/c.conf", "/etc/d/e/f.conf", "/etc/dangling.conf", "/etc/link.conf"],
        ),
        (format!("<t:path>/etc</t:path>{pattern}"), vec!["/etc/a.conf", "/etc/dangling.conf", "/etc/link.conf"]),
        ("<t:path>/etc</t:path><t:filename>b.txt</t:filename>".into(), vec!["/etc/b.txt"]),
        (
            format!("{}{pattern}", down("1")),
            vec!["/etc/a.conf", "/etc/d/c.conf", "/etc/dangling.conf", "/etc/link.conf"],
        ),
        (format!("{}{nil}", down("-1")), vec!["/etc", "/etc/d", "/etc/d/e"]),
        (format!("{}{nil}", down("1")), vec!["/etc", "/etc/d"]),
        (format!("<t:path>/etc/away</t:path>{nil}"), vec!["/etc/away"]),
        (
            format!("<t:path operation='pattern match'>^/(etc/d|var)$</t:path>{pattern}"),
            vec!["/etc/d/c.conf", "/var/g.conf"],
        ),
        (format!("<t:path operation='pattern match'>^/home/[^/]+$</t:path>{nil}"), vec!["/home/u"]),
    ];
    for (object, expected) in cases {
        let collection = collect(root.path(), &document("file", "check='all'", &object, ""));
        assert_eq!(found(&collection), expected, "{object}");
    }
}

#[test]
fn text_is_found_with_its_instance_and_through_links() {
    let root = tree(&TREE);
    let pattern = "<t:pattern operation='pattern match'>^\\S+$</t:pattern>";
    for (path, instance, expected) in [
        (
            "<t:filepath>/etc/link.conf</t:filepath>",
            "<t:instance datatype='int'>2</t:instance>",
            vec!["/etc/link.conf etc/a.conf"],
        ),
        (
            "<t:filepath>/etc/a.conf</t:filepath>",
            "<t:instance datatype='int'>-2</t:instance>",
            vec!["/etc/a.conf first"],
        ),
        (
            "<t:filepath>/etc/a.conf</t:filepath>",
            "<t:instance datatype='int' operation='greater than or equal'>1</t:instance>",
            vec!["/etc/a.conf etc/a.conf", "/etc/a.conf first"],
        ),
        ("<t:filepath>/etc/dangling.conf</t:filepath>", "<t:instance datatype='int'>1</t:instance>", vec![]),
        ("<t:filepath>/etc/away</t:filepath>", "<t:instance datatype='int'>1</t:instance>", vec![]),
    ] {
        let object = format!("{path}{pattern}{instance}");
        let collection = collect(root.path(), &document("textfilecontent54", "check='all'", &object, ""));
        assert_eq!(found(&collection), expected, "{object}");
    }
}

fn verdict(root: &Path, document: &Document) -> (&'static str, Vec<String>) {
    let collection = collect(root, document);
    let external = BTreeMap::new();
    let mut evaluator = Evaluator::new(document, &external, &collection);
    (evaluator.definition("d").as_str(), evaluator.reasons("d"))
}

#[test]
fn what_cannot_be_told_is_neither_true_nor_false() {
    let root = tree(&["etc/a"]);
    std::fs::write(root.path().join("etc/binary"), [0xff, 0xfe, b'a']).unwrap();
    let none = "check='all' check_existence='none_exist'";
    let text = |path: &str, pattern: &str| {
        format!(
            "<t:filepath>{path}</t:filepath><t:pattern operation='pattern match'>{pattern}</t:pattern>\
             <t:instance datatype='int' operation='greater than or equal'>1</t:instance>"
        )
    };
    let endless = root.path().join("etc/endless");
    std::fs::write(endless, format!("{}b", "a".repeat(64))).unwrap();
    for (kind, object, expected) in [
        ("textfilecontent54", text("/etc/binary", "x"), "not UTF-8"),
        ("textfilecontent54", text("/etc/a", "("), "is not a regular expression"),
        ("textfilecontent54", text("/etc/endless", "^(a+)+$"), "was given up"),
        ("textfilecontent54", text("/proc/cmdline", "x"), "only a running kernel"),
        ("registry", "<t:key>x</t:key>".into(), "are not known"),
        ("file", "<t:filepath var_ref='absent'/>".into(), "is not in the document"),
    ] {
        let (got, reasons) = verdict(root.path(), &document(kind, none, &object, ""));
        assert!(matches!(got, "error" | "unknown"), "{object}: {got}");
        assert!(reasons.iter().any(|reason| reason.contains(expected)), "{reasons:?}");
    }
}

#[test]
fn an_object_that_needs_itself_ends_as_an_error() {
    let root = tree(&["etc/a"]);
    let variable = "<variables><local_variable id='v' version='1' datatype='string' comment='c'>\
                    <object_component object_ref='o' item_field='filepath'/></local_variable></variables>";
    let object = "<t:filepath var_ref='v'/>";
    let (got, reasons) =
        verdict(root.path(), &document("file", "check='all' check_existence='none_exist'", object, variable));
    assert_eq!((got, reasons), ("error", vec!["depends on itself".to_owned()]));
}

#[test]
fn more_items_than_are_kept_prove_nothing_that_the_rest_could_change() {
    let root = tree(&["etc/a"]);
    std::fs::write(root.path().join("etc/many"), "x\n".repeat(6000)).unwrap();
    let object = "<t:filepath>/etc/many</t:filepath><t:pattern operation='pattern match'>^x$</t:pattern>\
                  <t:instance datatype='int' operation='greater than or equal'>1</t:instance>";
    for (existence, expected) in [
        ("none_exist", "false"),
        ("only_one_exists", "false"),
        ("at_least_one_exists", "true"),
        ("all_exist", "unknown"),
    ] {
        let test = format!("check='all' check_existence='{existence}'");
        let (got, _) = verdict(root.path(), &document("textfilecontent54", &test, object, ""));
        assert_eq!(got, expected, "{existence}");
    }
}

#[test]
fn a_file_whose_name_is_no_text_is_looked_at_and_never_read() {
    use std::os::unix::ffi::OsStrExt;
    let root = tree(&["etc/a"]);
    let name = |bytes| root.path().join(std::ffi::OsStr::from_bytes(bytes));
    std::fs::create_dir(name(b"etc/d\xff")).unwrap();
    std::fs::write(name(b"etc/d\xff/b\xfe"), "x").unwrap();
    let files = "<t:behaviors recurse='directories' recurse_direction='down' max_depth='-1'/><t:path>/etc</t:path>\
                 <t:filename operation='pattern match'>^b</t:filename>";
    let none = "check='all' check_existence='none_exist'";
    assert_eq!(verdict(root.path(), &document("file", none, files, "")).0, "false");
    let other = files.replace("^b", "^z");
    assert_eq!(verdict(root.path(), &document("file", none, &other, "")).0, "true");
    let text =
        format!("{files}<t:pattern operation='pattern match'>y</t:pattern><t:instance datatype='int'>1</t:instance>");
    let (got, reasons) = verdict(root.path(), &document("textfilecontent54", none, &text, ""));
    assert_eq!(got, "unknown", "{reasons:?}");
    assert!(reasons.iter().any(|reason| reason.contains("not UTF-8")), "{reasons:?}");
}

#[test]
fn what_was_not_looked_for_in_time_is_unknown_and_a_walk_that_broke_off_is_incomplete() {
    let root = tree(&["etc/a"]);
    let looks = std::cell::Cell::new(0);
    let gathered = |object: &str, after: u32| {
        let document = document("file", "check='all' check_existence='none_exist'", object, "");
        let plan = Plan::new(&document, ["d"], BTreeMap::new());
        looks.set(0);
        let spent = || looks.replace(looks.get() + 1) >= after;
        let opened = Root::directory(root.path()).unwrap();
        let collection = gather(&[plan], &mut ScapCollector::within(&opened, &spent), 0).remove(0);
        Evaluator::new(&document, &BTreeMap::new(), &collection).definition("d").as_str()
    };
    let single = "<t:filepath>/etc/z</t:filepath>";
    assert_eq!([gathered(single, 0), gathered(single, 1)], ["unknown", "true"]);
    (0..300).for_each(|number| std::fs::write(root.path().join(format!("etc/{number}")), "").unwrap());
    let walk = "<t:behaviors recurse='directories' recurse_direction='down' max_depth='-1'/><t:path>/etc</t:path>\
                <t:filename>z</t:filename>";
    assert_eq!([gathered(walk, 1), gathered(walk, 2)], ["unknown", "true"]);
}
