//! What a topic is told: one JSON object, with the members that the original's consumers read.

use inspector_model::event::Event;
use inspector_model::{PackageKey, Timestamp};
use inspector_store::delivery::Due;
use inspector_store::greeting::Greeting;
use inspector_store::run::Run;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::macros::format_description;

/// The message.
pub(super) fn text(due: &Due) -> String {
    let run = &due.delivery.run;
    let template = run.parent();
    let mut members = Map::new();
    let mut put = |name: &str, value: String| members.insert(name.to_owned(), Value::from(value));
    put("event", due.delivery.event.to_string());
    put("target", template.parent().to_string());
    put("template", template.to_string());
    put("run", run.to_string());
    put("time", time(due.at));
    let about = due.delivery.about.clone();
    match due.delivery.event {
        Event::RunStateChanged => put("newstate", about),
        Event::FindingReported => put("finding", about),
        Event::RunCompleted => put("findingsCount", about),
        Event::RunStarted | Event::Other => None,
    };
    Value::Object(members).to_string()
}

/// What a topic is told when it subscribes.
pub(super) fn greeting(greeting: &Greeting) -> String {
    let template = &greeting.template;
    let (event, target) = ("ENABLE_ASSESSMENT_NOTIFICATIONS", template.parent().to_string());
    json!({ "event": event, "target": target, "template": template.to_string() }).to_string()
}

/// `{<ARN of a rules package>=<findings>, …}`: the text that the original sent, which is no JSON.
pub(super) fn counts(run: &Run, counts: &[(String, i64)]) -> String {
    let count = |key: &str| counts.iter().find(|(known, _)| known == key).map_or(0, |(_, count)| *count);
    let pair = |package: &PackageKey| {
        let arn = package.arn(&run.arn.scope.region).map(|arn| arn.to_string()).unwrap_or_default();
        format!("{arn}={}", count(package.as_str()))
    };
    format!("{{{}}}", run.packages.iter().map(pair).collect::<Vec<_>>().join(", "))
}

/// RFC 3339 in UTC, always with milliseconds.
fn time(at: Timestamp) -> String {
    let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
    let moment = OffsetDateTime::from_unix_timestamp_nanos(i128::from(at.millis()) * 1_000_000);
    moment.ok().and_then(|moment| moment.format(format).ok()).unwrap_or_else(|| at.to_string())
}

#[cfg(test)]
mod tests {
    use inspector_store::delivery::Delivery;

    use super::*;

    const TEMPLATE: &str = "arn:aws:inspector:us-east-1:000000000000:target/0-targettt/template/0-template";

    fn told(event: Event, about: &str) -> Value {
        let run = format!("{TEMPLATE}/run/0-runrunru").parse().unwrap();
        let delivery = Delivery { run, event, about: about.to_owned(), topic: String::new() };
        let due = Due { delivery, at: Timestamp::from_millis(1_554_768_001_400), attempts: 0 };
        serde_json::from_str(&text(&due)).unwrap()
    }

    #[test]
    fn a_message_has_the_members_that_consumers_read() {
        let mut expected = json!({
            "event": "ASSESSMENT_RUN_STARTED",
            "target": "arn:aws:inspector:us-east-1:000000000000:target/0-targettt",
            "template": TEMPLATE,
            "run": format!("{TEMPLATE}/run/0-runrunru"),
            "time": "2019-04-09T00:00:01.400Z",
        });
        assert_eq!(told(Event::RunStarted, ""), expected);
        for (event, member) in [
            (Event::RunStateChanged, "newstate"),
            (Event::FindingReported, "finding"),
            (Event::RunCompleted, "findingsCount"),
        ] {
            let message = told(event, "it");
            expected["event"] = json!(event.as_str());
            expected[member] = json!("it");
            assert_eq!(message, expected);
            expected.as_object_mut().unwrap().remove(member);
        }
    }
}
