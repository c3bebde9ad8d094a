//! `inspector admin status`: which version runs and what it holds.

use std::fmt::Write;

use anyhow::Result;
use clap::Args;
use inspector_api::openinspector::{FeedFailure, GetServiceStatusRequest, GetServiceStatusResponse};

use crate::client::Connection;
use crate::drawing::inert;
use crate::exit::Exit;
use crate::output;

/// Show the version of the service, its feeds, those that could not be synced, and its network snapshots
#[derive(Args)]
pub(crate) struct Status {
    #[command(flatten)]
    connection: Connection,
}

impl Status {
    /// Asks and prints.
    pub(crate) fn run(self) -> Result<Exit> {
        let status = self.connection.client()?.call(&GetServiceStatusRequest::default())?;
        output::deliver(&text(&status)?, None)?;
        Ok(Exit::Clean)
    }
}

fn text(status: &GetServiceStatusResponse) -> Result<String> {
    let mut text = format!("version   {}\n", status.version);
    for feed in &status.feeds {
        let dated = feed.date.map(|date| format!(" of {date}")).unwrap_or_default();
        writeln!(text, "feed      {}  {} records{dated}", feed.id, feed.records)?;
    }
    for FeedFailure { address, failed_at, reason } in &status.feed_failures {
        writeln!(text, "failed    {}  at {failed_at}: {}", inert(address), inert(reason))?;
    }
    for snapshot in &status.snapshots {
        let (name, count, at) = (&snapshot.name, snapshot.instance_count, snapshot.imported_at);
        writeln!(text, "snapshot  {name}  {count} instances, imported {at}")?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use inspector_api::openinspector::{Feed, Snapshot};

    use super::*;

    #[test]
    fn a_status_is_a_line_for_each_thing_held() {
        let at = "2026-05-20T08:00:00Z".parse().unwrap();
        let status = GetServiceStatusResponse {
            version: "0.1.0".to_owned(),
            feeds: vec![
                Feed { id: "debian".to_owned(), date: Some(at), records: 3 },
                Feed { id: "nvd".to_owned(), date: None, records: 7 },
            ],
            feed_failures: vec![FeedFailure {
                address: "https://a.example/list".to_owned(),
                failed_at: at,
                reason: "the server answers 503".to_owned(),
            }],
            snapshots: vec![Snapshot { name: "example".to_owned(), instance_count: 6, imported_at: at }],
        };
        assert_eq!(
            text(&status).unwrap(),
            "version   0.1.0\nfeed      debian  3 records of 2026-05-20T08:00:00Z\nfeed      nvd  7 records\n\
             failed    https://a.example/list  at 2026-05-20T08:00:00Z: the server answers 503\n\
             snapshot  example  6 instances, imported 2026-05-20T08:00:00Z\n"
        );
    }
}
