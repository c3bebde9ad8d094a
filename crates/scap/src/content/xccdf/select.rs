//! What a profile makes of a benchmark: which rules count, with what weight, and what the values are.

use std::collections::{BTreeMap, BTreeSet};

use super::ALL;
use super::model::{Benchmark, Item, Profile, Statement, Tailoring};

/// How long a chain of profiles may be.
const CHAIN: usize = 32;

/// A benchmark seen through a profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Ids of selected items, groups included; a rule counts when all groups around it do.
    items: BTreeMap<String, bool>,
    /// What `refine-rule` changed, by item.
    refined: BTreeMap<String, Refined>,
    /// The values in force.
    pub values: BTreeMap<String, Vec<String>>,
    /// Platforms of the profile.
    pub platforms: Vec<String>,
    /// The profile, where one was chosen.
    pub profile: Option<String>,
    /// The title of the profile.
    pub title: String,
    /// What in the content makes no sense and was passed over.
    pub warnings: Vec<String>,
}

/// What `refine-rule` changed of one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refined {
    /// The role.
    pub role: Option<String>,
    /// The severity.
    pub severity: Option<String>,
    /// The weight.
    pub weight: Option<String>,
    /// Which check counts.
    pub selector: Option<String>,
}

/// A profile that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectError {
    /// There is none of that name.
    #[error("profile `{0}` is not in the benchmark")]
    NoSuchProfile(String),
    /// There are several whose name ends so.
    #[error("profile `{0}` is short for several: {1}")]
    Ambiguous(String, String),
    /// Its chain of extensions does not end.
    #[error("profile `{0}` extends itself, or more than 32 others")]
    Endless(String),
    /// There is no rule of that name.
    #[error("rule `{0}` is not in the benchmark")]
    NoSuchRule(String),
    /// There is no value of that name.
    #[error("value `{0}` is not in the benchmark")]
    NoSuchValue(String),
}

impl Selection {
    /// Looks at `benchmark` through the profile `wanted`: an id, the part of one after `profile_`, `(all)`, or none for the
    /// items' own settings. `set` overrides values after all else.
    ///
    /// # Errors
    ///
    /// When the profile or a value is not there.
    pub fn new(
        benchmark: &Benchmark,
        tailoring: Option<&Tailoring>,
        wanted: Option<&str>,
        set: &[(String, String)],
    ) -> Result<Self, SelectError> {
        let mut selection = Self::default();
        let all = wanted == Some(ALL);
        note_items(&benchmark.items, all, &mut selection.items);
        let mut choices: BTreeMap<&str, &str> = BTreeMap::new();
        let mut literal: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let chain = match wanted {
            None | Some(ALL) => Vec::new(),
            Some(name) => chain(benchmark, tailoring, name)?,
        };
        selection.profile = chain.last().map(|profile| profile.id.clone());
        selection.title = chain.last().map(|profile| profile.title.clone()).unwrap_or_default();
        let clusters = clusters(benchmark);
        for profile in &chain {
            selection.platforms.extend(profile.platforms.iter().cloned());
            for statement in &profile.statements {
                match statement {
                    Statement::RefineValue { id, selector } => {
                        choices.insert(id, selector.as_deref().unwrap_or_default());
                    }
                    Statement::SetValue { id, values } => {
                        literal.insert(id, values.clone());
                    }
                    Statement::Select { id, .. } | Statement::RefineRule { id, .. } => {
                        let targets = targets(&selection.items, &clusters, id);
                        if targets.is_empty() {
                            selection.warnings.push(format!("`{}` names the unknown item `{id}`", profile.id));
                        }
                        targets.into_iter().for_each(|target| selection.apply(target, statement));
                    }
                }
            }
        }
        for (id, text) in set {
            let known = benchmark.values.keys().find(|known| matches_short(known, id, "_value_"));
            let known = known.ok_or_else(|| SelectError::NoSuchValue(id.clone()))?;
            literal.insert(known, vec![text.clone()]);
        }
        for (id, value) in &benchmark.values {
            let choice = |selector: &str| value.choices.iter().find(|(other, _)| other == selector);
            let selected = choices.get(id.as_str()).copied().unwrap_or_default();
            let chosen = literal.get(id.as_str()).cloned().or_else(|| {
                // A value without a default has its first choice (NIST IR 7275r4, 6.4.5.3).
                let default = || choice("").or(value.choices.first());
                choice(selected).or_else(default).map(|(_, values)| values.clone())
            });
            selection.values.extend(chosen.map(|values| (id.clone(), values)));
        }
        if !all {
            selection.hold_together(benchmark);
        }
        Ok(selection)
    }

    fn apply(&mut self, target: String, statement: &Statement) {
        match statement {
            Statement::Select { selected, .. } => {
                self.items.insert(target, *selected);
            }
            Statement::RefineRule { role, severity, weight, selector, .. } => {
                let refined = self.refined.entry(target).or_default();
                let update = |old: &mut Option<String>, new: &Option<String>| *old = new.clone().or(old.take());
                update(&mut refined.role, role);
                update(&mut refined.severity, severity);
                update(&mut refined.weight, weight);
                update(&mut refined.selector, selector);
            }
            Statement::RefineValue { .. } | Statement::SetValue { .. } => {}
        }
    }

    /// `requires` and `conflicts`, in the order of the document. Ids that name nothing are passed over.
    fn hold_together(&mut self, benchmark: &Benchmark) {
        let mut waiting: Vec<&Item> = benchmark.items.iter().rev().collect();
        while let Some(item) = waiting.pop() {
            let node = item.node();
            let known = |id: &&String| self.items.contains_key(*id);
            let on = |id: &String| self.items.get(id).copied().unwrap_or(false);
            let required = node.requires.iter().all(|any| {
                let named: Vec<&String> = any.iter().filter(known).collect();
                named.is_empty() || named.into_iter().any(on)
            });
            let conflict = node.conflicts.iter().any(on);
            let dangling = node.conflicts.iter().chain(node.requires.iter().flatten()).filter(|id| !known(id));
            let warnings: Vec<String> =
                dangling.map(|id| format!("`{}` names the unknown item `{id}`", node.id)).collect();
            if on(&node.id) && (!required || conflict) {
                self.items.insert(node.id.clone(), false);
            }
            self.warnings.extend(warnings);
            if let Item::Group(group) = item {
                waiting.extend(group.items.iter().rev());
            }
        }
    }

    /// Whether the item itself is selected.
    pub fn has(&self, id: &str) -> bool {
        self.items.get(id).copied().unwrap_or(false)
    }

    /// What was changed of an item.
    pub fn refined(&self, id: &str) -> Refined {
        self.refined.get(id).cloned().unwrap_or_default()
    }
}

/// Whether `id` is `wanted`, or ends in it after `marker`.
pub fn matches_short(id: &str, wanted: &str, marker: &str) -> bool {
    id == wanted || id.split_once(marker).is_some_and(|(_, short)| short == wanted)
}

fn note_items(items: &[Item], all: bool, noted: &mut BTreeMap<String, bool>) {
    for item in items {
        noted.insert(item.node().id.clone(), all || item.node().selected);
        if let Item::Group(group) = item {
            note_items(&group.items, all, noted);
        }
    }
}

/// The profile and those that it extends, the furthest first.
fn chain<'a>(
    benchmark: &'a Benchmark,
    tailoring: Option<&'a Tailoring>,
    wanted: &str,
) -> Result<Vec<&'a Profile>, SelectError> {
    let tailored: &[Profile] = tailoring.map_or(&[], |tailoring| &tailoring.profiles);
    let mut profile = find(tailored.iter().chain(&benchmark.profiles), wanted)?;
    let mut chain = vec![profile];
    let mut seen = BTreeSet::from([std::ptr::from_ref(profile)]);
    while let Some(parent) = &profile.extends {
        // A tailored profile may extend the one of the benchmark that has its own name.
        let shadows = *parent == profile.id && tailored.iter().any(|one| std::ptr::eq(one, profile));
        let candidates = tailored.iter().filter(|_| !shadows).chain(&benchmark.profiles);
        profile = find(candidates, parent)?;
        if chain.len() >= CHAIN || !seen.insert(std::ptr::from_ref(profile)) {
            return Err(SelectError::Endless(wanted.to_owned()));
        }
        chain.push(profile);
    }
    chain.reverse();
    Ok(chain)
}

fn find<'a>(profiles: impl Iterator<Item = &'a Profile>, wanted: &str) -> Result<&'a Profile, SelectError> {
    let profiles: Vec<&Profile> = profiles.collect();
    if let Some(exact) = profiles.iter().find(|profile| profile.id == wanted) {
        return Ok(exact);
    }
    let short: Vec<&&Profile> =
        profiles.iter().filter(|profile| matches_short(&profile.id, wanted, "_profile_")).collect();
    match short.as_slice() {
        [one] => Ok(one),
        [] => Err(SelectError::NoSuchProfile(wanted.to_owned())),
        several => {
            let ids: Vec<&str> = several.iter().map(|profile| profile.id.as_str()).collect();
            Err(SelectError::Ambiguous(wanted.to_owned(), ids.join(", ")))
        }
    }
}

fn clusters(benchmark: &Benchmark) -> BTreeMap<&str, Vec<&str>> {
    let mut clusters: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut waiting: Vec<&Item> = benchmark.items.iter().collect();
    while let Some(item) = waiting.pop() {
        if let Some(cluster) = &item.node().cluster {
            clusters.entry(cluster).or_default().push(&item.node().id);
        }
        if let Item::Group(group) = item {
            waiting.extend(&group.items);
        }
    }
    clusters
}

fn targets(items: &BTreeMap<String, bool>, clusters: &BTreeMap<&str, Vec<&str>>, id: &str) -> Vec<String> {
    let members = clusters.get(id).into_iter().flatten().map(|member| (*member).to_owned());
    let own = items.contains_key(id).then(|| id.to_owned());
    own.into_iter().chain(members).collect()
}
