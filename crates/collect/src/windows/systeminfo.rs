//! What `systeminfo` prints, in any language of Windows: its labels are translated, its values hardly.

use std::collections::BTreeSet;

use inspector_model::Place;
use inspector_model::host::{Update, Windows};

use super::{Document, Told, knowledge_base, text};
use crate::source::Malformed;

/// Reads it.
///
/// # Errors
///
/// When it tells no build, machine or updates, or fewer updates than it counts.
pub fn parse(document: Document<'_>) -> Result<Told, Malformed> {
    let text = text(document.bytes);
    let lines: Vec<(u32, &str)> = (1..).zip(text.lines()).collect();
    let values = || lines.iter().filter_map(|(_, line)| labelled(line));
    let (version, build, service_pack) =
        values().find_map(|(_, value)| version(value)).ok_or_else(|| Malformed::whole("tells no build of Windows"))?;
    let machine = values()
        .find_map(|(_, value)| ["x64", "x86", "ARM64"].into_iter().find(|it| value.starts_with(&format!("{it}-based"))))
        .ok_or_else(|| Malformed::whole("tells no machine: expected `x64-based PC` or the like"))?;
    let updates = updates(&lines, document.path)?;
    Ok(Told {
        hostname: values().next().map(|(_, value)| value.to_owned()),
        product: values().map(|(_, value)| value).find(|value| value.contains("Windows")).map(str::to_owned),
        windows: Some(Windows { version, build, revision: None, service_pack, machine: machine.to_owned(), updates }),
        programs: None,
    })
}

/// `Label:   value`, not indented.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(':')?;
    let value = value.trim();
    (!label.starts_with(' ') && !value.is_empty()).then_some((label, value))
}

/// `10.0.20348 N/A Build 20348`, `6.1.7601 Service Pack 1 Build 7601`: version, build, service pack.
fn version(value: &str) -> Option<(String, u32, Option<u32>)> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let (version, build) = words.first()?.rsplit_once('.')?;
    let build: u32 = build.parse().ok()?;
    let is_version = version.split_once('.').is_some_and(|(major, minor)| {
        let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        number(major) && number(minor)
    });
    let repeated = words.len() > 1 && words.last()?.parse() == Ok(build);
    let pack = words.iter().position(|word| *word == "Pack").and_then(|at| words.get(at + 1)?.parse().ok());
    (is_version && repeated).then(|| (version.to_owned(), build, pack))
}

/// The list that is headed by a count, and of which an entry or the head names updates.
fn updates(lines: &[(u32, &str)], path: &str) -> Result<Vec<Update>, Malformed> {
    let head = lines.iter().position(|(_, line)| line.split(':').next().is_some_and(|it| it.starts_with("Hotfix")));
    let names_update = |line: &str| is_entry(line) && line.contains("]: KB");
    let first = lines.iter().position(|(_, line)| names_update(line));
    let translated = || first.and_then(|at| at.checked_sub(1));
    let at = head.or_else(translated).ok_or_else(|| Malformed::whole("lists no updates"))?;
    let (number, line) = lines.get(at).copied().unwrap_or_default();
    let value = line.split_once(':').map_or("", |(_, value)| value.trim());
    let counted = value.split(|character: char| !character.is_ascii_digit()).find_map(|word| word.parse().ok());
    // `N/A`: none, in every language.
    let counted: usize = match counted {
        Some(count) => count,
        None if value == "N/A" => 0,
        None => return Err(Malformed::at(number, "expected a count of updates")),
    };
    let entries: Vec<_> = lines.iter().skip(at + 1).take_while(|(_, line)| is_entry(line)).collect();
    if entries.len() != counted {
        return Err(Malformed::at(number, format!("{counted} updates are counted and {} listed", entries.len())));
    }
    let updates = entries
        .into_iter()
        .filter_map(|(number, line)| Some(Update { kb: knowledge_base(line)?, at: Place::line(path, *number) }));
    let mut known = BTreeSet::new();
    let mut updates: Vec<Update> = updates.filter(|update| known.insert(update.kb.clone())).collect();
    updates.sort();
    Ok(updates)
}

/// `     [01]: …`
fn is_entry(line: &str) -> bool {
    line.starts_with(' ') && line.trim_start().starts_with('[')
}
