//! Service models: the compact form that this repository keeps, and how it is made from a botocore `service-2.json`.
//!
//! The compact form holds names, types, bounds and errors, no prose. Our own model has the same form plus our own
//! sentences in `doc`, which go into the code and into the botocore form that clients load.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::ordered::Ordered;

/// One service.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Model {
    /// How it is called and signed.
    pub service: Service,
    /// By name.
    pub operations: Ordered<Operation>,
    /// By name.
    pub shapes: Ordered<Shape>,
}

/// What a client must know of the service as a whole.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Service {
    /// `serviceId` of the SDKs.
    pub id: String,
    /// The date that names this version of the API.
    pub api_version: String,
    /// What stands before the dot in `X-Amz-Target`.
    pub target_prefix: String,
    /// The service in the credential scope.
    pub signing_name: String,
    /// `1.1`.
    pub json_version: String,
}

/// One operation. No `input` means that it takes no members, no `output` that it answers with an empty body.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operation {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<String>,
    /// The largest request body in MiB, where it is not everybody's limit.
    #[serde(rename = "maxBodyMebibytes", default, skip_serializing_if = "Option::is_none")]
    pub max_body_mebibytes: Option<usize>,
}

/// The JSON protocol's kinds of value that our models use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Structure,
    List,
    Map,
    String,
    Integer,
    Long,
    Double,
    Boolean,
    Timestamp,
}

/// One shape; which members are set depends on its kind.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shape {
    #[serde(rename = "type")]
    pub kind: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Bound>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Bound>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    #[serde(rename = "enum", default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Never shown in a log.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sensitive: bool,
    /// An error, not data.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exception: bool,
    /// An error of the service, not of the caller.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fault: bool,
    /// Shape of the items of a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Shape of the keys of a map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Shape of the values of a map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<String>,
    #[serde(default, skip_serializing_if = "Ordered::is_empty")]
    pub members: Ordered<Member>,
}

/// A bound as the model writes it: lengths and integers are whole, the one double has a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
pub(crate) enum Bound {
    Whole(i64),
    Real(f64),
}

/// A member of a structure: its shape, alone or with a sentence.
#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub(crate) enum Member {
    Plain(String),
    Documented { shape: String, doc: String },
}

impl Member {
    pub(crate) fn shape(&self) -> &str {
        match self {
            Self::Plain(shape) | Self::Documented { shape, .. } => shape,
        }
    }

    pub(crate) fn doc(&self) -> Option<&str> {
        match self {
            Self::Plain(_) => None,
            Self::Documented { doc, .. } => Some(doc),
        }
    }
}

impl Model {
    /// Reads the compact form.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        Ok(serde_json::from_str(text)?)
    }

    /// The shape called `name`.
    pub(crate) fn shape(&self, name: &str) -> Result<&Shape> {
        self.shapes.get(name).with_context(|| format!("no shape is called `{name}`"))
    }
}

/// The compact form of a botocore `service-2.json`. Prose, HTTP bindings and endpoint data stay behind.
pub(crate) fn compact(text: &str) -> Result<String> {
    let botocore: Botocore = serde_json::from_str(text)?;
    let metadata = botocore.metadata;
    let signing_name = metadata.signing_name.unwrap_or(metadata.endpoint_prefix);
    let service = Service {
        id: metadata.service_id,
        api_version: metadata.api_version,
        target_prefix: metadata.target_prefix,
        signing_name,
        json_version: metadata.json_version,
    };
    let operations = botocore.operations.iter().map(|(name, operation)| {
        let shape = |reference: &Option<Reference>| reference.as_ref().map(|reference| reference.shape.clone());
        let errors = operation.errors.iter().map(|error| error.shape.clone()).collect();
        let (input, output) = (shape(&operation.input), shape(&operation.output));
        (name.to_owned(), Operation { doc: None, input, output, errors, max_body_mebibytes: None })
    });
    let shapes = botocore.shapes.iter().map(|(name, shape)| (name.to_owned(), shape.compact()));
    let model = Model { service, operations: operations.collect(), shapes: shapes.collect() };
    Ok(serde_json::to_string_pretty(&model)? + "\n")
}

#[derive(Deserialize)]
struct Botocore {
    metadata: Metadata,
    operations: Ordered<BotocoreOperation>,
    shapes: Ordered<BotocoreShape>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    service_id: String,
    api_version: String,
    target_prefix: String,
    endpoint_prefix: String,
    signing_name: Option<String>,
    json_version: String,
}

#[derive(Deserialize)]
struct BotocoreOperation {
    input: Option<Reference>,
    output: Option<Reference>,
    #[serde(default)]
    errors: Vec<Reference>,
}

#[derive(Deserialize)]
struct Reference {
    shape: String,
}

#[derive(Deserialize)]
struct BotocoreShape {
    #[serde(rename = "type")]
    kind: Kind,
    min: Option<Bound>,
    max: Option<Bound>,
    pattern: Option<String>,
    #[serde(rename = "enum", default)]
    values: Vec<String>,
    #[serde(default)]
    sensitive: bool,
    #[serde(default)]
    exception: bool,
    #[serde(default)]
    fault: bool,
    member: Option<Reference>,
    key: Option<Reference>,
    value: Option<Reference>,
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    members: Ordered<Reference>,
}

impl BotocoreShape {
    fn compact(&self) -> Shape {
        let shape = |reference: &Option<Reference>| reference.as_ref().map(|reference| reference.shape.clone());
        let members = self.members.iter().map(|(name, member)| (name.to_owned(), Member::Plain(member.shape.clone())));
        Shape {
            kind: self.kind,
            doc: None,
            min: self.min,
            max: self.max,
            pattern: self.pattern.clone(),
            values: self.values.clone(),
            sensitive: self.sensitive,
            exception: self.exception,
            fault: self.fault,
            item: shape(&self.member),
            key: shape(&self.key),
            value: shape(&self.value),
            required: self.required.clone(),
            members: members.collect(),
        }
    }
}
