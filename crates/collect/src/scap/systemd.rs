//! Units of systemd and their properties, as `systemctl show` tells them: what systemd itself answers over D-Bus.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::Host;
use crate::program;
use crate::root::Kind;

/// Where systemd shows that it runs the system (`sd_booted(3)`).
const BOOTED: &str = "/run/systemd/system";
const SYSTEMCTL: &str = "/usr/bin/systemctl";
const PATIENCE: Duration = Duration::from_secs(20);
const OUTPUT: u64 = 32 << 20;

/// So many units are named in one question.
const BATCH: usize = 200;

/// Properties that are lists of names; all others have one value.
const LISTS: [&str; 24] = [
    "After",
    "Before",
    "BindsTo",
    "BoundBy",
    "ConflictedBy",
    "Conflicts",
    "ConsistsOf",
    "Documentation",
    "DropInPaths",
    "JoinsNamespaceOf",
    "Names",
    "OnFailure",
    "PartOf",
    "PropagatesReloadTo",
    "ReloadPropagatedFrom",
    "RequiredBy",
    "Requires",
    "RequiresMountsFor",
    "Requisite",
    "RequisiteOf",
    "TriggeredBy",
    "Triggers",
    "WantedBy",
    "Wants",
];

/// Why nothing can be said of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Silent;

impl Silent {
    pub(super) const WHY: &'static str = "systemd does not run this system, or does not answer";
}

/// The properties of one unit, by name.
pub(super) type Properties = BTreeMap<String, Vec<String>>;

fn systemctl(host: &Host<'_>, arguments: &[&str]) -> Result<String, Silent> {
    let booted = host.root.stat(BOOTED).is_ok_and(|of| of.kind == Kind::Directory);
    let answer = booted.then(|| program::ask(SYSTEMCTL, arguments, PATIENCE, OUTPUT)).flatten();
    answer.ok_or(Silent)
}

/// The names of all units: those that are loaded and those that have a file. Templates are no units.
pub(super) fn names(host: &Host<'_>) -> Result<BTreeSet<String>, Silent> {
    let flags = ["--all", "--full", "--plain", "--no-legend", "--no-pager"];
    let loaded = systemctl(host, &[&["list-units"], &flags[..]].concat())?;
    let files = systemctl(host, &[&["list-unit-files"], &flags[1..]].concat())?;
    Ok(first_words(&loaded).chain(first_words(&files)).filter(|name| !name.contains("@.")).map(str::to_owned).collect())
}

fn first_words(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter_map(|line| line.split_whitespace().next()).filter(|name| name.contains('.'))
}

/// What each of `names` says of `property`, or of everything, in their order.
pub(super) fn show(host: &Host<'_>, names: &[&str], property: Option<&str>) -> Result<Vec<Properties>, Silent> {
    let property = property.map(|name| format!("--property={name}"));
    let mut shown = Vec::new();
    for batch in names.chunks(BATCH) {
        let mut arguments = vec!["show", "--all", "--no-pager"];
        arguments.extend(property.as_deref());
        arguments.push("--");
        arguments.extend(batch);
        let answers = blocks(&systemctl(host, &arguments)?);
        // An answer that leaves a unit out would be taken for another unit's.
        if answers.len() != batch.len() {
            return Err(Silent);
        }
        shown.extend(answers);
    }
    Ok(shown)
}

/// What every loaded unit requires or wants.
pub(super) fn needs(host: &Host<'_>) -> Result<BTreeMap<String, Vec<String>>, Silent> {
    let text = systemctl(host, &["show", "--all", "--no-pager", "--property=Id,Requires,Wants", "--", "*"])?;
    let needs = blocks(&text).into_iter().filter_map(|mut properties| {
        let id = properties.remove("Id")?.pop()?;
        Some((id, properties.into_values().flatten().collect()))
    });
    Ok(needs.collect())
}

/// `Name=value` lines, with an empty line between units. A unit without the property that was asked for has an empty
/// block of its own.
fn blocks(text: &str) -> Vec<Properties> {
    let mut blocks = vec![Properties::new()];
    for line in text.lines() {
        if line.is_empty() {
            blocks.push(Properties::new());
        } else if let (Some((name, value)), Some(block)) = (line.split_once('='), blocks.last_mut()) {
            block.insert(name.to_owned(), values(name, value));
        }
    }
    blocks
}

fn values(name: &str, value: &str) -> Vec<String> {
    match value {
        _ if LISTS.contains(&name) => value.split_whitespace().map(str::to_owned).collect(),
        // Truth is a type of D-Bus, and its words are those of OVAL.
        "yes" => vec!["true".to_owned()],
        "no" => vec!["false".to_owned()],
        text => vec![text.to_owned()],
    }
}

/// Everything that `unit` requires or wants, and what that does in turn.
pub(super) fn closure<'a>(needs: &'a BTreeMap<String, Vec<String>>, unit: &'a str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![unit];
    while let Some(unit) = waiting.pop() {
        let fresh = needs.get(unit).into_iter().flatten().map(String::as_str).filter(|name| found.insert(*name));
        waiting.extend(fresh.collect::<Vec<_>>());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_files_are_told_by_their_first_word() {
        let table = "cron.service loaded active running Regular background program processing daemon\n\
                     -.mount loaded active mounted Root Mount\ngetty@.service enabled enabled\n\n";
        assert_eq!(first_words(table).collect::<Vec<_>>(), ["cron.service", "-.mount", "getty@.service"]);
    }

    #[test]
    fn each_unit_has_a_block_and_lists_have_several_values() {
        let text =
            "ActiveState=active\nWants=a.service b.socket\nCanStart=yes\nDescription=a=b\n\nActiveState=inactive\n";
        let shown = blocks(text);
        let of = |number: usize, name: &str| shown[number][name].clone();
        assert_eq!(shown.len(), 2);
        assert_eq!(of(0, "Wants"), ["a.service", "b.socket"]);
        assert_eq!((of(0, "CanStart"), of(0, "Description")), (vec!["true".to_owned()], vec!["a=b".to_owned()]));
        assert_eq!(of(1, "ActiveState"), ["inactive"]);
    }

    #[test]
    fn what_is_needed_is_followed_to_its_end_and_circles_do_not_matter() {
        let needs: BTreeMap<String, Vec<String>> =
            [("a.target", vec!["b.target", "c.service"]), ("b.target", vec!["a.target", "d.socket"])]
                .into_iter()
                .map(|(unit, names)| (unit.to_owned(), names.into_iter().map(str::to_owned).collect()))
                .collect();
        let found: Vec<&str> = closure(&needs, "a.target").into_iter().collect();
        assert_eq!(found, ["a.target", "b.target", "c.service", "d.socket"]);
        assert!(closure(&needs, "z.target").is_empty());
    }

    #[test]
    fn a_tree_without_a_running_systemd_is_silent() {
        let folder = tempfile::tempdir().unwrap();
        let root = crate::Root::directory(folder.path()).unwrap();
        assert_eq!(names(&crate::ScapCollector::new(&root).host), Err(Silent));
    }
}
