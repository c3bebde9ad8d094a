//! `inspector admin agents`: which hosts report, how well, and which are listened to no more.

use anyhow::Result;
use clap::{Args, Subcommand};
use inspector_api::openinspector::{EnrolledAgent, ListAgentsRequest, RevokeAgentRequest};

use crate::client::{Client, Connection};
use crate::exit::Exit;
use crate::output;

/// List the agents that have enrolled, or revoke one
#[derive(Args)]
pub(crate) struct Agents {
    #[command(flatten)]
    connection: Connection,
    #[command(subcommand)]
    errand: Option<Errand>,
}

#[derive(Subcommand)]
enum Errand {
    /// List the agents; what is wrong with one stands below it
    List,
    /// Listen to an agent no more, from its next message on; a new token lets it come back
    Revoke {
        /// The agent's id
        id: String,
        /// Why, for those who read the agent's health later
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
}

impl Agents {
    /// Asks and prints.
    pub(crate) fn run(self) -> Result<Exit> {
        let client = self.connection.client()?;
        match self.errand {
            None | Some(Errand::List) => list(&client)?,
            Some(Errand::Revoke { id, reason }) => {
                client.call(&RevokeAgentRequest { agent_id: id, reason })?;
            }
        }
        Ok(Exit::Clean)
    }
}

/// Page by page.
fn list(client: &Client) -> Result<()> {
    let (mut text, mut next_token) = (String::new(), None);
    loop {
        let page = client.call(&ListAgentsRequest { next_token, max_results: None })?;
        text.extend(page.agents.iter().map(lines));
        next_token = page.next_token;
        if next_token.is_none() {
            return output::deliver(&text, None);
        }
    }
}

/// A line for the agent, and two for what is wrong with it.
fn lines(agent: &EnrolledAgent) -> String {
    let seen = agent.last_seen_at.map_or("never".to_owned(), |at| at.to_string());
    let version = agent.agent_version.as_deref().unwrap_or("-");
    let hostname = agent.hostname.as_deref().unwrap_or("-");
    let mut text =
        format!("{}  {}  agent {version}  last seen {seen}  {hostname}\n", agent.agent_id, agent.agent_health);
    if let (Some(code), Some(reason)) = (&agent.health_code, &agent.health_reason) {
        text += &format!("    {code}: {reason}\n");
    }
    if let Some(next) = &agent.next_step {
        text += &format!("    next: {next}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use inspector_api::openinspector::AgentHealth;

    use super::*;

    #[test]
    fn an_agent_that_was_never_seen_says_so_and_what_to_do() {
        let at = "2026-05-20T08:00:00Z".parse().unwrap();
        let mut agent = EnrolledAgent {
            agent_id: "i-0123456789abcdef0".to_owned(),
            hostname: None,
            agent_health: AgentHealth::Unknown,
            agent_version: None,
            operating_system: None,
            kernel_version: None,
            tags: vec![],
            enrolled_at: at,
            last_seen_at: None,
            certificate_expires_at: at,
            health_code: None,
            health_reason: None,
            next_step: None,
        };
        let first = "i-0123456789abcdef0  UNKNOWN  agent -  last seen never  -\n";
        assert_eq!(lines(&agent), first);
        agent.health_code = Some("never-seen".to_owned());
        agent.health_reason = Some("it never checked in".to_owned());
        agent.next_step = Some("start it".to_owned());
        assert_eq!(lines(&agent), format!("{first}    never-seen: it never checked in\n    next: start it\n"));
    }
}
