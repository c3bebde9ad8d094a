//! Answers of the original's Describe operations, as AWS CLI wrote them to files.

use inspector_api::inspector as api;
use inspector_model::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Everything that the documents hold, and what in them could not be read.
#[derive(Default)]
pub(super) struct Export {
    pub(super) groups: Vec<api::ResourceGroup>,
    pub(super) targets: Vec<api::AssessmentTarget>,
    pub(super) templates: Vec<api::AssessmentTemplate>,
    pub(super) runs: Vec<api::AssessmentRun>,
    pub(super) findings: Vec<api::Finding>,
    pub(super) problems: Vec<(String, String)>,
}

impl Export {
    /// Reads one document more.
    pub(super) fn add(&mut self, path: &str, content: &str) {
        let document: Value = match serde_json::from_str(content) {
            Ok(document) => document,
            Err(error) => return self.problems.push((path.to_owned(), format!("is not JSON: {error}"))),
        };
        let before = self.len();
        for (member, value) in document.as_object().into_iter().flatten() {
            let Some(items) = value.as_array() else { continue };
            let problems = &mut self.problems;
            match member.as_str() {
                "resourceGroups" => read(path, member, items, &mut self.groups, problems),
                "assessmentTargets" => read(path, member, items, &mut self.targets, problems),
                "assessmentTemplates" => read(path, member, items, &mut self.templates, problems),
                "assessmentRuns" => read(path, member, items, &mut self.runs, problems),
                "findings" => read(path, member, items, &mut self.findings, problems),
                _ => {}
            }
        }
        if self.len() == before {
            let expected = "resourceGroups, assessmentTargets, assessmentTemplates, assessmentRuns or findings";
            self.problems.push((path.to_owned(), format!("holds none of {expected} of a Describe answer")));
        }
    }

    fn len(&self) -> usize {
        let kinds = [self.groups.len(), self.targets.len(), self.templates.len(), self.runs.len(), self.findings.len()];
        kinds.iter().sum::<usize>() + self.problems.len()
    }
}

fn read<T: DeserializeOwned>(
    path: &str,
    member: &str,
    items: &[Value],
    into: &mut Vec<T>,
    problems: &mut Vec<(String, String)>,
) {
    for (index, item) in items.iter().enumerate() {
        match serde_json::from_value(with_epochs(item.clone())) {
            Ok(one) => into.push(one),
            Err(error) => problems.push((path.to_owned(), format!("`{member}[{index}]`: {error}"))),
        }
    }
}

/// AWS CLI writes times as text or as numbers, depending on its version and settings; on the wire they are numbers.
fn with_epochs(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(with_epochs).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, member)| match (&member, name.ends_with("At") || name == "date") {
                (Value::String(text), true) => {
                    let moment = text.parse::<Timestamp>().ok();
                    let seconds = moment.map(|moment| Value::from(moment.millis() as f64 / 1000.0));
                    (name, seconds.unwrap_or(member))
                }
                _ => (name, with_epochs(member)),
            })
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_text_and_as_numbers() {
        let group = |at: &str| {
            format!(
                r#"{{"resourceGroups":[{{"arn":"a","tags":[{{"key":"k"}}],"createdAt":{at}}}],"failedItems":{{}}}}"#
            )
        };
        let mut export = Export::default();
        for at in ["\"2019-03-11T10:00:00.500000+00:00\"", "1552298400.5", "\"2019-03-11T11:00:00.5+01:00\""] {
            export.add("groups.json", &group(at));
        }
        assert_eq!(export.problems, []);
        let times: Vec<_> = export.groups.iter().map(|group| group.created_at.millis()).collect();
        assert_eq!(times, [1_552_298_400_500; 3]);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let mut export = Export::default();
        export.add("broken.json", "{");
        export.add("other.json", r#"{"Vpcs":[]}"#);
        export.add("partly.json", r#"{"resourceGroups":[{"arn":"a"}]}"#);
        let paths: Vec<_> = export.problems.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["broken.json", "other.json", "partly.json"]);
        assert!(export.problems[2].1.starts_with("`resourceGroups[0]`: missing field"));
    }
}
