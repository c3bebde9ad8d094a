//! `inspector admin enrollment-token`: a token for one agent, or as many as it says.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::Args;
use inspector_api::openinspector::{CreateEnrollmentTokenRequest, Tag};

use crate::client::Connection;
use crate::exit::Exit;
use crate::output;

/// Make a token with which one agent may enrol; prints the fingerprint of the service's certificate authority, and on
/// stderr the command that installs an agent
#[derive(Args)]
pub(crate) struct EnrollmentToken {
    #[command(flatten)]
    connection: Connection,
    /// A tag of the host, by which a resource group selects it; may be repeated
    #[arg(long = "tag", value_name = "KEY=VALUE", value_parser = tag)]
    tags: Vec<Tag>,
    /// The only agent that may use the token; it may then replace an agent of this id that is alive
    #[arg(long, value_name = "ID")]
    agent_id: Option<String>,
    /// How many agents may use the token
    #[arg(long, value_name = "NUMBER")]
    uses: Option<i32>,
    /// Seconds until the token expires
    #[arg(long, value_name = "SECONDS")]
    valid_seconds: Option<i32>,
    /// The file for the token; only its owner may read it
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
}

impl EnrollmentToken {
    /// Asks, keeps the token to a file and prints the fingerprint alone, so that a script can take it.
    pub(crate) fn run(self) -> Result<Exit> {
        let tags = Some(self.tags).filter(|tags| !tags.is_empty());
        let request = CreateEnrollmentTokenRequest {
            tags,
            valid_seconds: self.valid_seconds,
            agent_id: self.agent_id,
            uses: self.uses,
        };
        let answer = self.connection.client()?.call(&request)?;
        output::replace_secret(&self.output, answer.token.reveal().as_bytes())?;
        output::complain(&format!("agents connect to {} until {}", answer.agent_listen, answer.expires_at));
        output::complain(&format!(
            "a host installs and enrols with the token beside it:\n  {}",
            answer.install_command
        ));
        output::deliver(&format!("{}\n", answer.ca_fingerprint), None)?;
        Ok(Exit::Clean)
    }
}

/// `KEY=VALUE`.
pub(super) fn tag(text: &str) -> Result<Tag> {
    let (key, value) = text.split_once('=').ok_or_else(|| anyhow!("`{text}` is not KEY=VALUE"))?;
    Ok(Tag { key: key.to_owned(), value: value.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_may_hold_equals_signs_in_its_value() {
        assert_eq!(tag("a=b=c").unwrap(), Tag { key: "a".to_owned(), value: "b=c".to_owned() });
        assert_eq!(tag("a").unwrap_err().to_string(), "`a` is not KEY=VALUE");
    }
}
