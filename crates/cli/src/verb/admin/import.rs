//! `inspector admin import`: gives the history of the original service to this one.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use inspector_api::openinspector::ImportAssessmentsRequest;

use super::import_snapshot::document;
use crate::client::Connection;
use crate::exit::Exit;
use crate::{output, snapshot};

/// Load runs and findings that were exported from Amazon Inspector Classic; their ARNs and times stay
#[derive(Args)]
pub(crate) struct Import {
    #[command(flatten)]
    connection: Connection,
    /// A folder of answers of `aws inspector describe-findings`, `describe-assessment-runs` and their kin, or one JSON
    /// file
    export: PathBuf,
}

impl Import {
    /// Sends it and prints what is new; what the service could not take over makes it incomplete.
    pub(crate) fn run(self) -> Result<Exit> {
        let documents = snapshot::documents(&self.export)?.into_iter().map(document).collect::<Result<_>>()?;
        let answer = self.connection.client()?.call(&ImportAssessmentsRequest { documents })?;
        for problem in &answer.problems {
            output::complain(&format!("warning: `{}`: {}", problem.path, problem.message));
        }
        let text = format!(
            "imported {} resource groups, {} targets, {} templates, {} runs, {} findings\n",
            answer.resource_group_count,
            answer.assessment_target_count,
            answer.assessment_template_count,
            answer.assessment_run_count,
            answer.finding_count
        );
        output::deliver(&text, None)?;
        Ok(if answer.problems.is_empty() { Exit::Clean } else { Exit::Incomplete })
    }
}
