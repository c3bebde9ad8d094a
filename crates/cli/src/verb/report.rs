//! `inspector report`: the report of an assessment run, from the service.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use inspector_api::inspector::{GetAssessmentReportRequest, ReportFileFormat, ReportStatus, ReportType};
use inspector_model::arn::RunArn;

use crate::client::{Client, Connection};
use crate::exit::Exit;
use crate::output;

/// How often to ask whether the report is done.
const INTERVAL: Duration = Duration::from_millis(500);

/// Fetch the report of an assessment run from the service
#[derive(Args)]
pub(crate) struct Report {
    #[command(flatten)]
    connection: Connection,
    /// ARN of the run
    run: RunArn,
    /// The file's format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Findings only, or also what was checked and passed
    #[arg(long, value_enum, default_value_t)]
    r#type: Type,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
    /// Seconds to wait for the service to write it
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    wait: u64,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Html,
    Pdf,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Type {
    #[default]
    Finding,
    Full,
}

impl Report {
    /// Asks until the report is there, and keeps it.
    pub(crate) fn run(self) -> Result<Exit> {
        let request = GetAssessmentReportRequest {
            assessment_run_arn: self.run.to_string(),
            report_file_format: match self.format {
                Format::Html => ReportFileFormat::Html,
                Format::Pdf => ReportFileFormat::Pdf,
            },
            report_type: match self.r#type {
                Type::Finding => ReportType::Finding,
                Type::Full => ReportType::Full,
            },
        };
        let client = self.connection.client()?;
        let url = finished(&client, &request, Duration::from_secs(self.wait))?;
        output::replace(&self.output, &client.download(&url)?)?;
        Ok(Exit::Clean)
    }
}

fn finished(client: &Client, request: &GetAssessmentReportRequest, patience: Duration) -> Result<String> {
    let started = Instant::now();
    loop {
        let answer = client.call(request)?;
        match answer.status {
            ReportStatus::Completed => return answer.url.context("the service finished the report but tells no link"),
            ReportStatus::Failed => bail!("the service could not write the report; its log says why"),
            ReportStatus::WorkInProgress if started.elapsed() < patience => thread::sleep(INTERVAL),
            ReportStatus::WorkInProgress => bail!("the report was not done after {} seconds", patience.as_secs()),
        }
    }
}
