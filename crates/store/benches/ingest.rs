//! `ingest`: what agents send, acknowledged when it is on the disk. Goal: >= 5,000 messages a second on SQLite.
//!
//! Check-ins of as many agents as there are senders, each durable before its sender goes on: one transaction a message as
//! the service did, and grouped as it does.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints and may fail")]

use std::time::{Duration, Instant};

use inspector_model::Timestamp;
use inspector_model::arn::Scope;
use inspector_model::sighting::Sightings;
use inspector_store::agent::{self, Agent, Certificate};
use inspector_store::group::Group;
use inspector_store::{Store, transact};

const SENDERS: usize = 512;
const TIME: Duration = Duration::from_secs(5);

fn agent(number: usize) -> Agent {
    Agent {
        id: format!("i-{number:017x}"),
        scope: Scope { account: "000000000000".parse().unwrap(), region: "us-east-1".parse().unwrap() },
        version: "0.1.0".to_owned(),
        hostname: format!("host-{number}"),
        operating_system: "Debian GNU/Linux 12 (bookworm)".to_owned(),
        kernel_version: "6.1.0-28-amd64".to_owned(),
        tags: Vec::new(),
        certificate: Certificate { digest: format!("{number:064x}"), expires_at: Timestamp::from_millis(0) },
        renewed: None,
        enrolled_at: Timestamp::from_millis(0),
        last_seen_at: Some(Timestamp::from_millis(0)),
        barred: None,
        sightings: Sightings::default(),
        troubles: Vec::new(),
    }
}

/// Messages a second, and the longest that one took.
async fn measure<F, Fut>(name: &str, send: F)
where
    F: Fn(Agent) -> Fut + Clone + Send + 'static,
    Fut: Future<Output = ()> + Send,
{
    let until = Instant::now() + TIME;
    let senders = (0..SENDERS).map(|number| {
        let send = send.clone();
        tokio::spawn(async move {
            let (mut sent, mut longest) = (0_u64, Duration::ZERO);
            while Instant::now() < until {
                let (mut agent, started) = (agent(number), Instant::now());
                agent.last_seen_at = Some(Timestamp::from_millis(i64::try_from(sent).unwrap()));
                send(agent).await;
                longest = longest.max(started.elapsed());
                sent += 1;
            }
            (sent, longest)
        })
    });
    let (mut sent, mut longest) = (0, Duration::ZERO);
    for sender in senders.collect::<Vec<_>>() {
        let (count, slow) = sender.await.unwrap();
        (sent, longest) = (sent + count, longest.max(slow));
    }
    println!("{name:24} {:>8} messages/s   longest {:>5} ms", sent / TIME.as_secs(), longest.as_millis());
}

#[tokio::main]
async fn main() {
    let dir = tempfile::tempdir_in(".").unwrap();
    let store = Store::open(dir.path()).await.unwrap();
    for number in 0..SENDERS {
        transact!(store, |conn| agent::put(conn, &agent(number)).await).unwrap();
    }
    let alone = store.clone();
    measure("one transaction each", move |agent| {
        let store = alone.clone();
        async move { transact!(store, |conn| agent::seen(conn, &agent).await).unwrap() }
    })
    .await;
    let group = Group::new(store.clone());
    measure("grouped", move |agent| {
        let group = group.clone();
        async move { group.write(move |conn| Box::pin(async move { agent::seen(conn, &agent).await })).await.unwrap() }
    })
    .await;
}
