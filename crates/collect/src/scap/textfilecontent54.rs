//! `ind:textfilecontent54`: the places in files where a pattern matches.

use std::collections::BTreeMap;

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::Item;
use inspector_scap::oval::regex::{Options, Pattern, PatternError};
use inspector_scap::oval::truth::Truth;
use inspector_scap::oval::value::Value;
use rustix::fs::FileType;

use super::files::{Found, find};
use super::{Host, Source};
use crate::root::{Kind, ReadError};

pub(super) const SOURCE: Source = Source { kind: "textfilecontent54", collect };

/// How many matches in one file are looked at.
const MATCHES: i64 = 100_000;

/// Compiled patterns by behaviours and text: most objects share theirs with another.
type Patterns = BTreeMap<(bool, bool, bool, String), Result<Pattern, PatternError>>;

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    let mut patterns = Patterns::new();
    find(host, tasks, &mut |host, task, found| search(host, task, found, &mut patterns));
}

fn search(host: &mut Host<'_>, task: &mut Task<'_>, found: &Found<'_>, patterns: &mut Patterns) {
    if !matches!(found.kind, FileType::RegularFile | FileType::Symlink) || found.name.is_none() {
        return;
    }
    let whole = found.whole();
    let text = match host.text(&whole) {
        Ok(text) => text,
        Err(ReadError::Absent) => return,
        // A link that leads nowhere or to a directory holds no text.
        Err(_) if found.kind == FileType::Symlink && !is_file(host, &whole) => return,
        Err(ReadError::Unreadable(why)) => return task.lower(Flag::Error, format!("`{whole}`: {why}")),
    };
    let flag =
        |name: &str, default: bool| task.query.behavior(name).map_or(default, |word| word == "true" || word == "1");
    let options = Options {
        ignore_case: flag("ignore_case", false),
        multiline: flag("multiline", true),
        singleline: flag("singleline", false),
    };
    let written: Vec<String> =
        task.query.entity("pattern").map(|matcher| matcher.texts().map(str::to_owned).collect()).unwrap_or_default();
    for pattern in written {
        let key = (options.ignore_case, options.multiline, options.singleline, pattern.clone());
        let compiled = patterns.entry(key).or_insert_with(|| Pattern::new(&pattern, options));
        let result = match compiled {
            Ok(compiled) => matches(compiled, &pattern, &text, found, task),
            Err(error) => Err(error.to_string()),
        };
        if let Err(why) = result {
            task.lower(Flag::Error, format!("`{whole}`: {why}"));
        }
    }
}

fn is_file(host: &Host<'_>, path: &str) -> bool {
    host.root.stat(path).is_ok_and(|of| of.kind == Kind::File)
}

fn matches(
    compiled: &Pattern,
    pattern: &str,
    text: &str,
    found: &Found<'_>,
    task: &mut Task<'_>,
) -> Result<(), String> {
    let wanted = task.query.entity("instance");
    let negative = wanted.is_some_and(|matcher| matcher.texts().any(|text| text.trim_start().starts_with('-')));
    let only_first = wanted.and_then(|matcher| matcher.literals()).is_some_and(|literals| literals == ["1"]);
    let (mut line, mut counted) = (1, 0);
    let mut kept = Vec::new();
    for (number, one) in (1..).zip(compiled.matches(text)) {
        let one = one.map_err(|error| error.to_string())?;
        if number > MATCHES {
            task.lower(Flag::Incomplete, format!("more than {MATCHES} matches in one file"));
            break;
        }
        let lines = text.as_bytes().get(counted..one.start).unwrap_or_default();
        line += lines.iter().filter(|byte| **byte == b'\n').count();
        counted = one.start;
        let takes = |instance: i64| {
            let entity = task.query.entity("instance");
            entity.is_none_or(|matcher| matcher.value(&Value::Int(instance)) == Truth::True)
        };
        if negative || takes(number) {
            let mut item = Item::new("textfilecontent54")
                .with("filepath", found.whole())
                .with("path", found.path)
                .with("filename", found.name.unwrap_or_default())
                .with("pattern", pattern)
                .with("instance", number)
                .with("text", one.whole);
            for group in one.groups.into_iter().flatten() {
                item.push("subexpression", group);
            }
            item.line = u32::try_from(line).ok();
            kept.push(item);
        }
        if only_first {
            break;
        }
    }
    let count = i64::try_from(kept.len()).unwrap_or(i64::MAX);
    for (place, item) in (0..).zip(kept) {
        // A negative instance counts from the end.
        let from_end = Value::Int(place - count);
        let takes =
            !negative || task.query.entity("instance").is_none_or(|matcher| matcher.value(&from_end) == Truth::True);
        if takes {
            task.push(item);
        }
    }
    Ok(())
}
