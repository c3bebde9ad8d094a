//! What the service tells about the feeds' own troubles: every failed fetch is an event of the audit log.

use inspector_api::openinspector::FeedFailure;
use serde_json::json;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::Service;
use crate::http::Journal;

/// Writes down every failed fetch until the service stops.
pub(crate) async fn record(service: &Service, mut failed: UnboundedReceiver<FeedFailure>) {
    loop {
        let failure = tokio::select! {
            failure = failed.recv() => failure,
            () = service.stopped() => return,
        };
        // Nobody fetches any more; the service goes on.
        let Some(failure) = failure else { return service.stopped().await };
        // What cannot be written is an error of the log's own.
        let _written = service.record(event(&failure), failure.failed_at, true).await;
    }
}

/// An event that nobody called for, in the shape of CloudTrail ("CloudTrail record contents", `AwsServiceEvent`).
fn event(failure: &FeedFailure) -> String {
    let event = json!({
        "eventVersion": "1.03",
        "userIdentity": { "type": "AWSService", "invokedBy": "openinspector" },
        "eventTime": failure.failed_at.to_string(),
        "eventSource": "openinspector",
        "eventName": "SyncFeed",
        "requestParameters": { "address": failure.address },
        "responseElements": null,
        "errorCode": "FeedSyncFailed",
        "errorMessage": failure.reason,
        "eventID": uuid::Uuid::new_v4().to_string(),
        "eventType": "AwsServiceEvent",
    });
    event.to_string()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use inspector_store::audit;
    use tokio::sync::mpsc::unbounded_channel;

    use super::*;

    #[tokio::test]
    async fn a_failed_fetch_is_an_event_of_the_audit_log() {
        let dir = tempfile::tempdir().unwrap();
        let service = Service::unreachable(dir.path(), Arc::new(|| Err("none".to_owned()))).await;
        let (tell, failed) = unbounded_channel();
        let failed_at = "2026-05-20T08:00:00Z".parse().unwrap();
        let failure = FeedFailure {
            address: "https://a.example/list".to_owned(),
            failed_at,
            reason: "the server answers 503".to_owned(),
        };
        tell.send(failure).unwrap();
        let recording = tokio::spawn({
            let service = service.clone();
            async move { record(&service, failed).await }
        });
        let file = dir.path().join(audit::FOLDER).join("2026-05-20.jsonl");
        while !std::fs::read_to_string(&file).is_ok_and(|text| text.ends_with('\n')) {
            tokio::task::yield_now().await;
        }
        service.stop();
        recording.await.unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        for wanted in ["AwsServiceEvent", "FeedSyncFailed", "https://a.example/list", "the server answers 503"] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        assert_eq!(audit::verify(dir.path(), None).unwrap().sequence, 1);
    }
}
