//! `OpenInspector.ImportAssessments`: the history of the original service, under its ARNs and times.

mod export;
mod rows;

use std::collections::BTreeMap;

use inspector_api::caller::Caller;
use inspector_api::inspector as api;
use inspector_api::openinspector::{
    ImportAssessmentsError, ImportAssessmentsRequest, ImportAssessmentsResponse, Problem,
};
use inspector_model::arn::{FindingArn, RunArn, Scope};
use inspector_store::coverage::{self, PackedCoverage};
use inspector_store::finding::{self, StoredFinding};
use inspector_store::resource_group::{self, ResourceGroup};
use inspector_store::run::{self, Run, StateChange};
use inspector_store::target::{self, Target};
use inspector_store::template::{self, Template};
use inspector_store::{Connection, StoreError, transact};

use super::entity::Entity;
use super::{own_fault, own_internal};
use crate::Service;
use export::Export;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: ImportAssessmentsRequest,
) -> Result<ImportAssessmentsResponse, ImportAssessmentsError> {
    let documents = input.documents;
    let read = tokio::task::spawn_blocking(move || {
        let mut export = Export::default();
        documents.iter().for_each(|document| export.add(&document.path, &document.content));
        export
    });
    let mut export = read.await.map_err(|error| own_fault(&error))?;
    let findings = std::mem::take(&mut export.findings);
    let mut history = History::of(export, caller);
    history.add_findings(service, caller, findings).await?;
    let packed = history.pack(service).await.map_err(own_internal)?;
    let done = transact!(service.store(), |conn| history.store(conn, &packed).await).map_err(own_internal)?;
    let Stored { new: [groups, targets, templates, runs, findings], problems } = done;
    let told = history.problems.iter().chain(&problems).map(|(path, message)| Problem {
        path: path.chars().take(512).collect(),
        message: message.chars().take(1000).collect(),
    });
    Ok(ImportAssessmentsResponse {
        resource_group_count: groups,
        assessment_target_count: targets,
        assessment_template_count: templates,
        assessment_run_count: runs,
        finding_count: findings,
        problems: told.collect(),
    })
}

/// Everything that can be stored, of one account and Region.
#[derive(Default)]
struct History {
    groups: Vec<ResourceGroup>,
    targets: Vec<Target>,
    templates: Vec<Template>,
    runs: Vec<(Run, Vec<StateChange>)>,
    findings: BTreeMap<RunArn, Vec<StoredFinding>>,
    problems: Vec<(String, String)>,
}

/// How many of each kind are new, and what was in the way of the others.
struct Stored {
    new: [i64; 5],
    problems: Vec<(String, String)>,
}

impl History {
    fn of(export: Export, caller: &Caller) -> Self {
        let Export { groups, targets, templates, runs, mut problems, .. } = export;
        let mut admit = Admission { caller, problems: &mut problems };
        Self {
            groups: admit.all(groups, |one| one.arn.clone(), rows::group, |row| row.arn.scope()),
            targets: admit.all(targets, |one| one.arn.clone(), rows::target, |row| row.arn.scope()),
            templates: admit.all(templates, |one| one.arn.clone(), rows::template, |row| row.arn.scope()),
            runs: admit.all(runs, |one| one.arn.clone(), rows::run, |(row, _)| row.arn.scope()),
            findings: BTreeMap::new(),
            problems,
        }
    }

    /// Keeps each finding's record as it was told, and groups them by their runs.
    async fn add_findings(
        &mut self,
        service: &Service,
        caller: &Caller,
        findings: Vec<api::Finding>,
    ) -> Result<(), ImportAssessmentsError> {
        for finding in findings {
            let record = serde_json::to_vec(&finding).map_err(|error| own_fault(&error))?;
            let record = service.store().blobs().put(record).await.map_err(own_internal)?;
            let mut admit = Admission { caller, problems: &mut self.problems };
            let convert = |finding| rows::finding(finding, record.clone());
            for row in admit.all(vec![finding], |one| one.arn.clone(), convert, |row| row.arn.scope()) {
                self.findings.entry(run_of(&row.arn)).or_default().push(row);
            }
        }
        Ok(())
    }

    async fn pack(&self, service: &Service) -> Result<BTreeMap<RunArn, PackedCoverage>, StoreError> {
        let mut packed = BTreeMap::new();
        for (run, _) in &self.runs {
            let findings = self.findings.get(&run.arn).map(Vec::as_slice).unwrap_or_default();
            packed.insert(run.arn.clone(), coverage::pack(service.store(), &rows::coverage(run, findings)).await?);
        }
        Ok(packed)
    }

    async fn store(
        &self,
        conn: &mut Connection,
        packed: &BTreeMap<RunArn, PackedCoverage>,
    ) -> Result<Stored, StoreError> {
        let mut stored = Stored { new: [0; 5], problems: Vec::new() };
        let [groups, targets, templates, runs, findings] = &mut stored.new;
        for group in &self.groups {
            if resource_group::find(conn, &group.arn).await?.is_none() {
                resource_group::insert(conn, group).await?;
                *groups += 1;
            }
        }
        for target in &self.targets {
            if target::find(conn, &target.arn).await?.is_some() {
                continue;
            }
            if target::name_taken(conn, target.arn.scope(), &target.name, None).await? {
                stored.problems.push(taken(&target.arn, &target.name));
                continue;
            }
            target::insert(conn, target).await?;
            *targets += 1;
        }
        for template in &self.templates {
            if template::find(conn, &template.arn).await?.is_some() {
                continue;
            }
            if template::name_taken(conn, &template.arn.parent(), &template.name).await? {
                stored.problems.push(taken(&template.arn, &template.name));
                continue;
            }
            template::insert(conn, template).await?;
            *templates += 1;
        }
        for (run, changes) in &self.runs {
            if run::find(conn, &run.arn).await?.is_some() {
                continue;
            }
            if run::name_taken(conn, &run.arn.parent(), &run.name).await? {
                stored.problems.push(taken(&run.arn, &run.name));
                continue;
            }
            run::insert_with_history(conn, run, changes).await?;
            run::advance(conn, run, &[]).await?;
            if let Some(packed) = packed.get(&run.arn) {
                coverage::replace(conn, &run.arn, packed).await?;
            }
            *runs += 1;
        }
        for (run, rows) in &self.findings {
            if run::find(conn, run).await?.is_none() {
                let why = format!("{} findings belong to this run, which is not in the import", rows.len());
                stored.problems.push((run.to_string(), why));
                continue;
            }
            for row in rows {
                if finding::find(conn, &row.arn).await?.is_none() {
                    finding::put(conn, std::slice::from_ref(row), 0).await?;
                    *findings += 1;
                }
            }
        }
        Ok(stored)
    }
}

/// Lets in what is the caller's, and notes why the rest stays out.
struct Admission<'a> {
    caller: &'a Caller,
    problems: &'a mut Vec<(String, String)>,
}

impl Admission<'_> {
    fn all<T, U>(
        &mut self,
        items: Vec<T>,
        name: impl Fn(&T) -> String,
        convert: impl Fn(T) -> Result<U, String>,
        scope: impl Fn(&U) -> &Scope,
    ) -> Vec<U> {
        let mut admitted = Vec::new();
        for item in items {
            let name = name(&item);
            match convert(item) {
                Ok(row) if *scope(&row) == self.caller.scope => admitted.push(row),
                Ok(row) => {
                    let Scope { account, region } = scope(&row);
                    let why = format!(
                        "it belongs to account {account} and Region {}; import it with a key of that account and \
                         `--region {}`",
                        region.as_str(),
                        region.as_str()
                    );
                    self.problems.push((name, why));
                }
                Err(why) => self.problems.push((name, why)),
            }
        }
        admitted
    }
}

fn taken(arn: &impl ToString, name: &str) -> (String, String) {
    (arn.to_string(), format!("another one is called `{name}` already"))
}

fn run_of(arn: &FindingArn) -> RunArn {
    let FindingArn { scope, target, template, run, .. } = arn.clone();
    RunArn { scope, target, template, run }
}
