//! From a selection to results: which definitions are asked for, and what their answers mean for each rule.

use std::collections::{BTreeMap, BTreeSet};

use super::super::bundle::{Bundle, Entry};
use super::super::cpe::Expression;
use super::super::cpe::name::Name;
use super::super::oval;
use super::model::{Benchmark, Check, CheckNode, ComplexCheck, Group, Rule};
use super::score::{Score, scores, weight_of};
use super::select::{SelectError, Selection, matches_short};
use crate::oval::evaluate::Evaluator;
use crate::oval::evidence::Evidence;
use crate::oval::gather::Collection;
use crate::oval::model::{Class, Document};
use crate::oval::plan::Plan;
use crate::oval::truth::Truth;

/// The result of a rule (XCCDF 1.2, `resultEnumType`). `fixed` is missing: nothing is ever fixed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is as it should be.
    Pass,
    /// It is not.
    Fail,
    /// The check went wrong.
    Error,
    /// The check came to no answer.
    Unknown,
    /// The rule is not for this host.
    NotApplicable,
    /// There is no check that could be run.
    NotChecked,
    /// Nobody asked.
    NotSelected,
    /// Whatever it is, it does not count.
    Informational,
}

impl Verdict {
    /// The word in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Error => "error",
            Self::Unknown => "unknown",
            Self::NotApplicable => "notapplicable",
            Self::NotChecked => "notchecked",
            Self::NotSelected => "notselected",
            Self::Informational => "informational",
        }
    }

    fn negated(self, negate: bool) -> Self {
        match (self, negate) {
            (Self::Pass, true) => Self::Fail,
            (Self::Fail, true) => Self::Pass,
            (other, _) => other,
        }
    }

    /// Results of a complex check together: all must pass, or one. What says nothing counts for nothing.
    fn combine(all: bool, verdicts: &[Self]) -> Self {
        let decisive = if all { Self::Fail } else { Self::Pass };
        let other = if all { Self::Pass } else { Self::Fail };
        let order = [decisive, Self::Error, Self::Unknown, other];
        let strongest = order.into_iter().find(|verdict| verdicts.contains(verdict));
        let silent = if verdicts.contains(&Self::NotChecked) { Self::NotChecked } else { Self::NotApplicable };
        strongest.unwrap_or(silent)
    }

    /// What a definition's result means (NIST SP 800-126 revision 3, 4.5.2): a vulnerability that is there is a failure.
    fn of(truth: Truth, class: Class) -> Self {
        let bad = matches!(class, Class::Vulnerability | Class::Patch);
        match truth {
            Truth::True if bad => Self::Fail,
            Truth::True => Self::Pass,
            Truth::False if bad => Self::Pass,
            Truth::False => Self::Fail,
            Truth::Error => Self::Error,
            Truth::Unknown => Self::Unknown,
            Truth::NotEvaluated => Self::NotChecked,
            Truth::NotApplicable => Self::NotApplicable,
        }
    }
}

/// A definition in a session.
pub type Asked = (usize, String);

/// The result of one rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleResult {
    /// The rule.
    pub rule: String,
    /// Its result.
    pub verdict: Verdict,
    /// Its weight.
    pub weight: f64,
    /// Its severity.
    pub severity: String,
    /// Its role.
    pub role: String,
    /// The definitions that gave the result, by session.
    pub asked: Vec<Asked>,
    /// Why it is neither pass nor fail.
    pub reasons: Vec<String>,
    /// What was found and what was wanted, for a failure.
    pub evidence: Vec<Evidence>,
}

/// All results.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// One per rule, in the order of the benchmark; several where a rule asks for one per definition.
    pub results: Vec<RuleResult>,
    /// One per model.
    pub scores: Vec<Score>,
}

/// One document with one set of external variables.
#[derive(Debug)]
struct Session {
    document: String,
    external: BTreeMap<String, Vec<String>>,
    definitions: BTreeSet<String>,
}

/// A benchmark seen through a profile, ready to be asked of hosts.
#[derive(Debug)]
pub struct Job<'a> {
    bundle: &'a Bundle,
    entry: &'a Entry,
    selection: Selection,
    /// The only rules that are asked for; all where empty.
    only: BTreeSet<String>,
    /// Platforms that the host is taken for, whatever the checks say.
    assumed: BTreeSet<String>,
    sessions: Vec<Session>,
    checks: BTreeMap<String, Resolved>,
    applicability: BTreeMap<(String, String), usize>,
}

/// A rule's check with its documents found.
#[derive(Debug, Clone)]
enum Resolved {
    Nothing(String),
    Definition { session: usize, id: String, negate: bool },
    Document { session: usize, negate: bool, multi: bool },
    Complex { all: bool, negate: bool, inner: Vec<Resolved> },
}

/// What a caller may narrow down.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Only these rules, by id or its part after `rule_`.
    pub rules: Vec<String>,
    /// Platforms that the host is taken for.
    pub assumed: Vec<String>,
}

/// The documents that a benchmark names.
pub fn documents_of(benchmark: &Benchmark) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (rule, _) in benchmark.rules() {
        let mut waiting: Vec<&ComplexCheck> = rule.complex.iter().collect();
        let mut checks: Vec<&Check> = rule.checks.iter().collect();
        while let Some(complex) = waiting.pop() {
            for node in &complex.inner {
                match node {
                    CheckNode::Check(check) => checks.push(check),
                    CheckNode::Complex(inner) => waiting.push(inner),
                }
            }
        }
        let of_oval = checks.into_iter().filter(|check| check.system == oval::NAMESPACE);
        names.extend(of_oval.flat_map(|check| check.contents.iter().map(|(href, _)| href.clone())));
    }
    let mut waiting: Vec<&Expression> = benchmark.expressions.values().collect();
    while let Some(expression) = waiting.pop() {
        match expression {
            Expression::Test { inner, .. } => waiting.extend(inner),
            Expression::Fact(_) => {}
            Expression::Check { href, .. } => {
                names.insert(href.clone());
            }
        }
    }
    names
}

impl<'a> Job<'a> {
    /// Prepares the rules that `selection` selects.
    ///
    /// # Errors
    ///
    /// When a rule of `choice` is not in the benchmark.
    pub fn new(
        bundle: &'a Bundle,
        entry: &'a Entry,
        selection: Selection,
        choice: &Choice,
    ) -> Result<Self, SelectError> {
        let ids = entry.benchmark.rules();
        let mut only = BTreeSet::new();
        for wanted in &choice.rules {
            let found = ids.iter().find(|(rule, _)| matches_short(&rule.node.id, wanted, "_rule_"));
            let (rule, _) = found.ok_or_else(|| SelectError::NoSuchRule(wanted.clone()))?;
            only.insert(rule.node.id.clone());
        }
        let mut job = Self {
            bundle,
            entry,
            selection,
            only,
            assumed: choice.assumed.iter().cloned().collect(),
            sessions: Vec::new(),
            checks: BTreeMap::new(),
            applicability: BTreeMap::new(),
        };
        for (rule, groups) in ids {
            if job.counts(rule, &groups) {
                let resolved = job.resolve(rule);
                job.checks.insert(rule.node.id.clone(), resolved);
                job.ask_platforms(rule, &groups);
            }
        }
        Ok(job)
    }

    /// A job that asks for no rule: only whether the host is one that the benchmark is for.
    pub fn platform(bundle: &'a Bundle, entry: &'a Entry) -> Self {
        let mut job = Self {
            bundle,
            entry,
            selection: Selection::default(),
            only: BTreeSet::new(),
            assumed: BTreeSet::new(),
            sessions: Vec::new(),
            checks: BTreeMap::new(),
            applicability: BTreeMap::new(),
        };
        job.ask(&entry.benchmark.platforms);
        job
    }

    /// Whether the host is one that the benchmark is for, by what was collected for [`Job::plans`]. What cannot be told is
    /// no; a benchmark that names no platform is for every host.
    pub fn applies(&self, collections: &[Collection]) -> bool {
        let platforms = &self.entry.benchmark.platforms;
        let mut answering = self.answering(collections);
        platforms.is_empty() || platforms.iter().any(|name| answering.platform(name) == Truth::True)
    }

    /// The benchmark.
    pub fn benchmark(&self) -> &'a Benchmark {
        &self.entry.benchmark
    }

    /// What the profile made of it.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The document and the definitions behind a plan, by its place among [`Job::plans`].
    pub fn asked(&self, number: usize) -> Option<(&'a Document, Vec<&str>)> {
        let session = self.sessions.get(number)?;
        let document = self.bundle.documents.get(&session.document)?;
        Some((document, session.definitions.iter().map(String::as_str).collect()))
    }

    /// Of a rule's checks the one that counts: the first in a language that is spoken here, also where its document is
    /// missing; else the first.
    pub fn check_of<'r>(&self, rule: &'r Rule) -> Option<&'r Check> {
        let selector = self.selection.refined(&rule.node.id).selector.unwrap_or_default();
        let matching =
            |selector: &str| rule.checks.iter().filter(|check| check.selector == selector).collect::<Vec<_>>();
        let mut checks = matching(&selector);
        if checks.is_empty() {
            checks = matching("");
        }
        checks.iter().find(|check| check.system == oval::NAMESPACE).or(checks.first()).copied()
    }

    /// Whether the rule is asked for: selected with every group around it, and among the only ones.
    fn counts(&self, rule: &Rule, groups: &[&Group]) -> bool {
        let selected =
            self.selection.has(&rule.node.id) && groups.iter().all(|group| self.selection.has(&group.node.id));
        selected && self.named(rule)
    }

    fn named(&self, rule: &Rule) -> bool {
        self.only.is_empty() || self.only.contains(&rule.node.id)
    }

    /// What a host is to be asked: one plan per session.
    pub fn plans(&self) -> Vec<Plan> {
        let plan = |session: &Session| match self.bundle.documents.get(&session.document) {
            Some(document) => {
                Plan::new(document, session.definitions.iter().map(String::as_str), session.external.clone())
            }
            None => Plan::default(),
        };
        self.sessions.iter().map(plan).collect()
    }

    /// How many plans [`Job::plans`] gives.
    pub fn plan_count(&self) -> usize {
        self.sessions.len()
    }

    fn resolve(&mut self, rule: &Rule) -> Resolved {
        if let Some(complex) = &rule.complex {
            return self.complex(complex);
        }
        match self.check_of(rule) {
            Some(check) if check.system == oval::NAMESPACE => self.check(check),
            Some(check) => Resolved::Nothing(format!("no check in a language that is supported: `{}`", check.system)),
            None => Resolved::Nothing("the benchmark has no check for it".to_owned()),
        }
    }

    fn complex(&mut self, complex: &ComplexCheck) -> Resolved {
        let inner = complex
            .inner
            .iter()
            .map(|node| match node {
                CheckNode::Check(check) if check.system == oval::NAMESPACE => self.check(check),
                CheckNode::Check(check) => {
                    Resolved::Nothing(format!("no check in a language that is supported: `{}`", check.system))
                }
                CheckNode::Complex(inner) => self.complex(inner),
            })
            .collect();
        Resolved::Complex { all: complex.all, negate: complex.negate, inner }
    }

    fn check(&mut self, check: &Check) -> Resolved {
        let found = check.contents.iter().find_map(|(href, name)| {
            let document = self.entry.catalog.get(href)?;
            let content = self.bundle.documents.get(document)?;
            match name {
                Some(name) => content.definitions.contains_key(name).then(|| (document.clone(), Some(name.clone()))),
                None => Some((document.clone(), None)),
            }
        });
        let Some((document, name)) = found else {
            let names: Vec<&str> = check.contents.iter().map(|(href, _)| href.as_str()).collect();
            return Resolved::Nothing(format!("the content of the check is not here: `{}`", names.join("`, `")));
        };
        let external: BTreeMap<String, Vec<String>> = check
            .exports
            .iter()
            .filter_map(|(value, variable)| Some((variable.clone(), self.selection.values.get(value)?.clone())))
            .collect();
        let all: Vec<String> = match &name {
            Some(name) => vec![name.clone()],
            None => {
                let content = self.bundle.documents.get(&document);
                content.map(|content| content.definitions.keys().cloned().collect()).unwrap_or_default()
            }
        };
        let session = self.session(&document, &external, all);
        match name {
            Some(id) => Resolved::Definition { session, id, negate: check.negate },
            None => Resolved::Document { session, negate: check.negate, multi: check.multi },
        }
    }

    /// A session over `document` in which the variables have these values.
    fn session(&mut self, document: &str, external: &BTreeMap<String, Vec<String>>, definitions: Vec<String>) -> usize {
        let fits = |session: &Session| {
            session.document == document
                && external.iter().all(|(id, values)| session.external.get(id).is_none_or(|other| other == values))
        };
        let place = self.sessions.iter().position(fits).unwrap_or_else(|| {
            let document = document.to_owned();
            self.sessions.push(Session { document, external: BTreeMap::new(), definitions: BTreeSet::new() });
            self.sessions.len() - 1
        });
        if let Some(session) = self.sessions.get_mut(place) {
            session.external.extend(external.iter().map(|(id, values)| (id.clone(), values.clone())));
            session.definitions.extend(definitions);
        }
        place
    }

    /// The levels at which platforms stand: one of each must be the host's.
    ///
    /// A rule that is asked for by name stands alone, without its groups: their platforms and its own are one level, so
    /// that one of them is enough. That is how content is tested rule by rule.
    fn platform_levels(&self, rule: &Rule, groups: &[&Group]) -> Vec<Vec<String>> {
        let mut levels = vec![self.entry.benchmark.platforms.clone(), self.selection.platforms.clone()];
        let inner = groups.iter().map(|group| &group.node.platforms).chain([&rule.node.platforms]);
        if self.only.is_empty() {
            levels.extend(inner.cloned());
        } else {
            levels.push(inner.flatten().cloned().collect());
        }
        levels.retain(|level| !level.is_empty());
        levels
    }

    fn ask_platforms(&mut self, rule: &Rule, groups: &[&Group]) {
        let names: Vec<String> = self.platform_levels(rule, groups).concat();
        self.ask(&names);
    }

    /// Asks what tells whether the host is one of the platforms `names`.
    fn ask(&mut self, names: &[String]) {
        let mut checks = Vec::new();
        for name in names {
            self.platform_checks(name, &mut checks);
        }
        for (document, definition) in checks {
            if !self.applicability.contains_key(&(document.clone(), definition.clone())) {
                let session = self.session(&document, &BTreeMap::new(), vec![definition.clone()]);
                self.applicability.insert((document, definition), session);
            }
        }
    }

    /// Document and definition of every check behind a platform.
    fn platform_checks(&self, name: &str, checks: &mut Vec<(String, String)>) {
        let Some(expression) = name.strip_prefix('#').and_then(|id| self.entry.benchmark.expressions.get(id)) else {
            return checks.extend(self.dictionary(name));
        };
        let mut waiting = vec![expression];
        while let Some(expression) = waiting.pop() {
            match expression {
                Expression::Test { inner, .. } => waiting.extend(inner),
                Expression::Fact(name) => checks.extend(self.dictionary(name)),
                Expression::Check { href, definition, .. } => {
                    checks.extend(self.entry.catalog.get(href).map(|document| (document.clone(), definition.clone())));
                }
            }
        }
    }

    /// The checks of the dictionary's entries that `name` includes.
    fn dictionary(&self, name: &str) -> Vec<(String, String)> {
        let wanted = Name::parse(name);
        let fits = |entry: &str| {
            entry == name
                || wanted.as_ref().zip(Name::parse(entry)).is_some_and(|(wanted, entry)| wanted.includes(&entry))
        };
        self.bundle
            .dictionary
            .iter()
            .filter(|(item, _)| fits(&item.name))
            .filter_map(|(item, document)| Some((document.clone()?, item.check.as_ref()?.1.clone())))
            .collect()
    }

    /// Answers every rule from what was collected for [`Job::plans`].
    pub fn evaluate(&self, collections: &[Collection]) -> Report {
        let mut answering = self.answering(collections);
        let mut results = Vec::new();
        for (rule, groups) in self.entry.benchmark.rules() {
            if self.named(rule) {
                results.extend(answering.rule(rule, &groups));
            }
        }
        let scores = scores(&self.entry.benchmark, &self.selection, &results);
        Report { results, scores }
    }

    fn answering<'j>(&'j self, collections: &'j [Collection]) -> Answering<'j, 'a> {
        let evaluators = self
            .sessions
            .iter()
            .enumerate()
            .filter_map(|(number, session)| {
                let document = self.bundle.documents.get(&session.document)?;
                Some(Evaluator::new(document, &session.external, collections.get(number).unwrap_or(&NOTHING)))
            })
            .collect();
        Answering { job: self, evaluators, platforms: BTreeMap::new() }
    }
}

/// What stands for a plan that nobody has collected for.
static NOTHING: Collection = Collection { objects: BTreeMap::new(), items: Vec::new(), at: 0 };

/// The state of one evaluation.
struct Answering<'j, 'a> {
    job: &'j Job<'a>,
    evaluators: Vec<Evaluator<'j>>,
    platforms: BTreeMap<String, Truth>,
}

/// What a check came to.
#[derive(Default)]
struct Answer {
    asked: Vec<Asked>,
    reasons: Vec<String>,
    evidence: Vec<Evidence>,
}

impl Answering<'_, '_> {
    fn rule(&mut self, rule: &Rule, groups: &[&Group]) -> Vec<RuleResult> {
        let refined = self.job.selection.refined(&rule.node.id);
        let role = refined.role.or_else(|| rule.role.clone()).unwrap_or_else(|| "full".to_owned());
        let result = |verdict: Verdict, answer: Answer| RuleResult {
            rule: rule.node.id.clone(),
            verdict,
            weight: weight_of(refined.weight.as_deref().or(rule.node.weight.as_deref())),
            severity: refined
                .severity
                .clone()
                .or_else(|| rule.severity.clone())
                .unwrap_or_else(|| "unknown".to_owned()),
            role: role.clone(),
            asked: answer.asked,
            reasons: answer.reasons,
            evidence: answer.evidence,
        };
        let because = |why: String| Answer { reasons: vec![why], ..Answer::default() };
        let Some(resolved) = self.job.checks.get(&rule.node.id) else {
            return vec![result(Verdict::NotSelected, Answer::default())];
        };
        if role == "unchecked" {
            return vec![result(Verdict::NotChecked, because("the profile says that it is not checked".to_owned()))];
        }
        for level in self.job.platform_levels(rule, groups) {
            if !level.iter().any(|name| self.platform(name) == Truth::True) {
                let why = format!("the host is not `{}`", level.join("`, `"));
                return vec![result(Verdict::NotApplicable, because(why))];
            }
        }
        let results = self.each(resolved).into_iter().map(|(verdict, answer)| {
            let scored = !matches!(verdict, Verdict::NotChecked | Verdict::NotApplicable);
            result(if role == "unscored" && scored { Verdict::Informational } else { verdict }, answer)
        });
        results.collect()
    }

    /// One result, or one per definition where the check asks for that.
    fn each(&mut self, resolved: &Resolved) -> Vec<(Verdict, Answer)> {
        if let Resolved::Document { session, negate, multi: true } = resolved {
            let ids: Vec<String> = self.definitions(*session);
            return ids
                .into_iter()
                .map(|id| {
                    let mut answer = Answer::default();
                    let verdict = self.definition(*session, &id, &mut answer).negated(*negate);
                    self.explain(verdict, &mut answer);
                    (verdict, answer)
                })
                .collect();
        }
        let mut answer = Answer::default();
        let verdict = self.resolved(resolved, &mut answer);
        self.explain(verdict, &mut answer);
        vec![(verdict, answer)]
    }

    fn definitions(&self, session: usize) -> Vec<String> {
        let session = self.job.sessions.get(session);
        let document = session.and_then(|session| self.job.bundle.documents.get(&session.document));
        document.map(|document| document.definitions.keys().cloned().collect()).unwrap_or_default()
    }

    fn resolved(&mut self, resolved: &Resolved, answer: &mut Answer) -> Verdict {
        match resolved {
            Resolved::Nothing(why) => {
                answer.reasons.push(why.clone());
                Verdict::NotChecked
            }
            Resolved::Definition { session, id, negate } => self.definition(*session, id, answer).negated(*negate),
            Resolved::Document { session, negate, .. } => {
                let ids = self.definitions(*session);
                let verdicts: Vec<Verdict> = ids.iter().map(|id| self.definition(*session, id, answer)).collect();
                Verdict::combine(true, &verdicts).negated(*negate)
            }
            Resolved::Complex { all, negate, inner } => {
                let verdicts: Vec<Verdict> = inner.iter().map(|one| self.resolved(one, answer)).collect();
                Verdict::combine(*all, &verdicts).negated(*negate)
            }
        }
    }

    fn definition(&mut self, session: usize, id: &str, answer: &mut Answer) -> Verdict {
        answer.asked.push((session, id.to_owned()));
        let Some(evaluator) = self.evaluators.get_mut(session) else { return Verdict::Error };
        let class = evaluator.class(id).unwrap_or(Class::Miscellaneous);
        Verdict::of(evaluator.definition(id), class)
    }

    /// Evidence of a failure, reasons of what is neither pass nor fail.
    fn explain(&mut self, verdict: Verdict, answer: &mut Answer) {
        for (session, id) in answer.asked.clone() {
            let Some(evaluator) = self.evaluators.get_mut(session) else { continue };
            match verdict {
                Verdict::Fail => answer.evidence.extend(evaluator.evidence(&id)),
                Verdict::Error | Verdict::Unknown | Verdict::NotChecked | Verdict::NotApplicable => {
                    answer.reasons.extend(evaluator.reasons(&id));
                }
                Verdict::Pass | Verdict::NotSelected | Verdict::Informational => {}
            }
        }
    }

    /// Whether the host is the platform. What cannot be told counts as no.
    fn platform(&mut self, name: &str) -> Truth {
        if self.job.assumed.contains(name) {
            return Truth::True;
        }
        if let Some(known) = self.platforms.get(name) {
            return *known;
        }
        let expression = name.strip_prefix('#').map(|id| self.job.entry.benchmark.expressions.get(id));
        let truth = match expression {
            Some(Some(expression)) => self.expression(expression),
            Some(None) => Truth::Error,
            None => self.named(name),
        };
        self.platforms.insert(name.to_owned(), truth);
        truth
    }

    fn named(&mut self, name: &str) -> Truth {
        if self.job.assumed.contains(name) {
            return Truth::True;
        }
        let checks = self.job.dictionary(name);
        let results: Vec<Truth> = checks.into_iter().map(|check| self.applies(check)).collect();
        if results.contains(&Truth::True) { Truth::True } else { Truth::False }
    }

    fn expression(&mut self, expression: &Expression) -> Truth {
        match expression {
            Expression::Fact(name) => self.named(name),
            Expression::Check { href, definition, .. } => match self.job.entry.catalog.get(href) {
                Some(document) => self.applies((document.clone(), definition.clone())),
                None => Truth::Error,
            },
            Expression::Test { all, negate, inner } => {
                let results: Vec<Truth> = inner.iter().map(|one| self.expression(one)).collect();
                let operator = if *all { crate::oval::truth::Operator::And } else { crate::oval::truth::Operator::Or };
                operator.combine(results).negated(*negate)
            }
        }
    }

    fn applies(&mut self, check: (String, String)) -> Truth {
        let session = self.job.applicability.get(&check).copied();
        let evaluator = session.and_then(|session| self.evaluators.get_mut(session));
        evaluator.map_or(Truth::Error, |evaluator| evaluator.definition(&check.1))
    }
}
