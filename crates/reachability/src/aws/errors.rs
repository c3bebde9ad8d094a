//! `errors.json` of a snapshot: answers that AWS refused or that broke off.

use inspector_model::network::FailedAnswer;
use serde::Deserialize;

use super::document::canonical;
use super::part::Part;
use super::raw::Text;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow, alias = "answer")]
    answer: Text<'a>,
    #[serde(alias = "why", alias = "Message", alias = "message")]
    why: Option<Text<'a>>,
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let why = raw.why.map_or_else(|| "no reason given".to_owned(), Text::owned);
    let answer = canonical(&raw.answer);
    // A document may hold an answer under a name of its own; what fails then is the answer.
    let answer = match &*answer {
        "Instances" => "Reservations",
        "ListenerRules" => "Rules",
        "LoadBalancerListeners" => "Listeners",
        "LoadBalancerTargetHealth" => "TargetHealthDescriptions",
        "ManagedPrefixListEntries" => "PrefixLists",
        other => other,
    };
    part.network.failed.push(FailedAnswer { answer: answer.to_owned(), why });
}
