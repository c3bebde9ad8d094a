//! `inspector admin agents`: which hosts report, and how well.

use anyhow::Result;
use clap::Args;
use inspector_api::openinspector::{EnrolledAgent, ListAgentsRequest};

use crate::client::Connection;
use crate::exit::Exit;
use crate::output;

/// List the agents that have enrolled
#[derive(Args)]
pub(crate) struct Agents {
    #[command(flatten)]
    connection: Connection,
}

impl Agents {
    /// Asks page by page and prints a line for each.
    pub(crate) fn run(self) -> Result<Exit> {
        let client = self.connection.client()?;
        let mut text = String::new();
        let mut next_token = None;
        loop {
            let page = client.call(&ListAgentsRequest { next_token, max_results: None })?;
            text.extend(page.agents.iter().map(line));
            next_token = page.next_token;
            if next_token.is_none() {
                break;
            }
        }
        output::deliver(&text, None)?;
        Ok(Exit::Clean)
    }
}

fn line(agent: &EnrolledAgent) -> String {
    let seen = agent.last_seen_at.map_or("never".to_owned(), |at| at.to_string());
    let version = agent.agent_version.as_deref().unwrap_or("-");
    let hostname = agent.hostname.as_deref().unwrap_or("-");
    format!("{}  {}  agent {version}  last seen {seen}  {hostname}\n", agent.agent_id, agent.agent_health)
}

#[cfg(test)]
mod tests {
    use inspector_api::openinspector::AgentHealth;

    use super::*;

    #[test]
    fn an_agent_that_was_never_seen_says_so() {
        let agent = EnrolledAgent {
            agent_id: "i-0123456789abcdef0".to_owned(),
            hostname: None,
            agent_health: AgentHealth::Unknown,
            agent_version: None,
            operating_system: None,
            kernel_version: None,
            tags: vec![],
            enrolled_at: "2026-05-20T08:00:00Z".parse().unwrap(),
            last_seen_at: None,
        };
        assert_eq!(line(&agent), "i-0123456789abcdef0  UNKNOWN  agent -  last seen never  -\n");
    }
}
