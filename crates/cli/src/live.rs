//! Reading AWS: the arguments that say what to read and as whom, and the reading itself.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use inspector_aws::{Gap, Patience, SessionError, Settings, Taken};
use inspector_model::arn::Region;

use crate::failure::Helpful;
use crate::output;
use crate::snapshot::Documents;

/// How many gaps are told one by one.
const MAX_TOLD: usize = 20;

/// What to read, and as whom.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading AWS")]
pub(crate) struct Live {
    /// The profile of the AWS configuration whose credentials are used
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// A Region to read (repeatable; default: that of the profile)
    #[arg(long = "region", value_name = "REGION")]
    regions: Vec<Region>,
    /// Read the account of this role instead of the caller's own (repeatable)
    #[arg(long = "account-role", value_name = "ARN")]
    account_roles: Vec<String>,
    /// The external id that the trust of the roles asks for
    #[arg(long, value_name = "ID", requires = "account_roles")]
    external_id: Option<String>,
    /// Send every request here instead of to AWS
    #[arg(long, value_name = "URL")]
    endpoint_url: Option<String>,
    /// Requests that may be under way at once
    #[arg(long, value_name = "NUMBER", default_value_t = Settings::default().parallel)]
    parallel: usize,
    /// How often one request is tried
    #[arg(long, value_name = "NUMBER", env = "AWS_MAX_ATTEMPTS", default_value_t = Patience::default().attempts)]
    attempts: u32,
}

/// What was read.
pub(crate) struct Reading {
    /// Each document's path inside the snapshot, and its content.
    pub(crate) documents: Documents,
    /// Accounts and Regions, for people.
    pub(crate) name: String,
    /// What could not be read.
    pub(crate) gaps: Vec<Gap>,
}

impl Live {
    /// Whether an argument says that AWS is to be read.
    pub(crate) fn is_asked_for(&self) -> bool {
        self.profile.is_some() || !self.regions.is_empty() || !self.account_roles.is_empty()
    }

    /// Reads, and tells on stderr what could not be read.
    pub(crate) fn read(&self) -> Result<Reading> {
        let settings = Settings {
            profile: self.profile.clone(),
            regions: self.regions.iter().map(ToString::to_string).collect(),
            roles: self.account_roles.clone(),
            external_id: self.external_id.clone(),
            endpoint_url: self.endpoint_url.clone(),
            certificates: certificates()?,
            parallel: self.parallel,
            patience: Patience { attempts: self.attempts.max(1), ..Patience::default() },
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.context("cannot start the workers that read AWS")?;
        let Taken { documents, gaps } = runtime.block_on(inspector_aws::take(&settings)).map_err(helpful)?;
        tell(&gaps);
        let documents: Documents = documents.into_iter().map(|document| (document.path, document.bytes)).collect();
        Ok(Reading { name: name(&documents), documents, gaps })
    }
}

/// The certificates that AWS's tools are told to trust, for proxies that look into TLS.
pub(crate) fn certificates() -> Result<Option<Vec<u8>>> {
    let path = std::env::var_os("AWS_CA_BUNDLE").filter(|path| !path.is_empty()).map(PathBuf::from);
    let read = |path: PathBuf| std::fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()));
    path.map(read).transpose()
}

fn helpful(error: SessionError) -> anyhow::Error {
    let help = match &error {
        SessionError::NoRegion => "inspector snapshot --region us-east-1 --output SNAPSHOT",
        SessionError::Certificates(_) => "unset AWS_CA_BUNDLE",
        SessionError::NoIdentity(_) => "aws sts get-caller-identity",
        SessionError::Roles(_) => "inspector admin aws-role --help",
        SessionError::SameAccount { .. } => "inspector snapshot --help",
    };
    anyhow::Error::new(error).context(Helpful::new("cannot read AWS", help))
}

fn tell(gaps: &[Gap]) {
    for Gap { account, region, answer, failure } in gaps.iter().take(MAX_TOLD) {
        output::complain(&format!("warning: no or not all `{answer}` of {account} in {region}: {failure}"));
    }
    if gaps.len() > MAX_TOLD {
        output::complain(&format!("warning: {} more answers are missing or incomplete", gaps.len() - MAX_TOLD));
    }
    let missing: BTreeSet<&str> = gaps.iter().filter_map(|gap| gap.failure.missing_permission()).collect();
    if !missing.is_empty() {
        let missing: Vec<&str> = missing.into_iter().collect();
        output::complain(&format!("help: allow {} (inspector admin aws-role)", missing.join(", ")));
    }
}

/// `123456789012 eu-west-1, us-east-1`: the accounts and their Regions, from the folders of the documents.
fn name(documents: &Documents) -> String {
    let parts = |path: &str| {
        let mut folders = path.split('/').skip(1);
        Some((folders.next()?.to_owned(), folders.next()?.to_owned()))
    };
    let places: BTreeSet<(String, String)> = documents.iter().filter_map(|(path, _)| parts(path)).collect();
    let accounts: BTreeSet<&str> = places.iter().map(|(account, _)| account.as_str()).collect();
    let regions: BTreeSet<&str> = places.iter().map(|(_, region)| region.as_str()).collect();
    let joined = |words: BTreeSet<&str>| words.into_iter().collect::<Vec<_>>().join(", ");
    format!("{} {}", joined(accounts), joined(regions))
}
