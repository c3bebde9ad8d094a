//! `OpenInspector.ImportSnapshot`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{
    ImportSnapshotError, ImportSnapshotRequest, ImportSnapshotResponse, InvalidInputException, Problem,
};
use inspector_assess::target::assets;
use inspector_reachability::aws::{Document, Snapshot as Read, read};
use inspector_store::snapshot::{self, Snapshot};
use inspector_store::transact;

use super::{own_fault, own_internal};
use crate::Service;
use crate::world::now;

/// The account that AWS never assigned: whoever acts in it takes snapshots of any account as its own.
const NOBODYS: &str = "000000000000";

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: ImportSnapshotRequest,
) -> Result<ImportSnapshotResponse, ImportSnapshotError> {
    let ImportSnapshotRequest { name, documents } = input;
    let parsed = tokio::task::spawn_blocking(move || -> Result<(Read, Vec<u8>), String> {
        let documents =
            documents.iter().map(|document| Document { path: &document.path, bytes: document.content.as_bytes() });
        let read = read(documents).map_err(|error| error.to_string())?;
        let bytes = serde_json::to_vec(&read.network).map_err(|error| error.to_string())?;
        Ok((read, bytes))
    });
    let parsed = parsed.await.map_err(|error| own_fault(&error))?;
    let (read, bytes) = parsed.map_err(|why| InvalidInputException::new("INVALID_SNAPSHOT".to_owned(), why))?;
    let mut problems: Vec<_> = read.skipped.iter().map(|line| problem("", line)).collect();
    let digest = service.store().blobs().put(bytes).await.map_err(own_internal)?;
    let account = &caller.scope.account;
    let foreign = |id: &str| {
        let instance = read.network.instances.iter().find(|instance| instance.id == id)?;
        instance.account.as_ref().filter(|owner| account.to_string() != NOBODYS && *owner != account)
    };
    let mut instances = assets(&read.network, &digest);
    instances.retain(|asset| match foreign(&asset.id) {
        None => true,
        Some(owner) => {
            let line = format!("`{}` belongs to account {owner}; import it with a key of that account", asset.id);
            problems.push(problem("", &line));
            false
        }
    });
    let snapshot = Snapshot {
        scope: caller.scope.clone(),
        name,
        digest,
        instances: u64::try_from(instances.len()).unwrap_or(u64::MAX),
        imported_at: now(),
    };
    transact!(service.store(), |conn| snapshot::put(conn, &snapshot, &instances).await).map_err(own_internal)?;
    let instance_count = i64::try_from(instances.len()).unwrap_or(i64::MAX);
    Ok(ImportSnapshotResponse { instance_count, problems })
}

fn problem(path: &str, message: &str) -> Problem {
    let path = if path.is_empty() { "snapshot" } else { path };
    Problem { path: path.to_owned(), message: message.chars().take(1000).collect() }
}
