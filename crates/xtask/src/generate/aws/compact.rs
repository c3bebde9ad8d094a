//! Service models in the form that this repository keeps: names and types of what the calls need, nothing else.
//!
//! A type is the name of a shape or one of `boolean`, `number`, `string`, and in JSON services `list` and `any`: their
//! answers are JSON already. A member is written `wire type`, where `wire` is how the protocol spells its name.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ordered::Ordered;

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Model {
    pub(super) service: Service,
    pub(super) operations: BTreeMap<String, Operation>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) shapes: BTreeMap<String, Shape>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Service {
    pub(super) id: String,
    pub(super) api_version: String,
    pub(super) endpoint_prefix: String,
    pub(super) signing_name: String,
    pub(super) protocol: Protocol,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) target_prefix: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) json_version: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Protocol {
    Ec2,
    Json,
    Query,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Operation {
    /// Members that are ever set.
    #[serde(default, skip_serializing_if = "Ordered::is_empty")]
    pub(super) input: Ordered<String>,
    pub(super) output: Ordered<String>,
    /// The element around the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) wrapper: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) pages: Option<Pages>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pages {
    /// The member of the input that takes the token.
    pub(super) ask: String,
    /// The member of the output that gives the next one.
    pub(super) answer: String,
    /// The member of the input that bounds a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) limit: Option<String>,
    /// The most that it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) most: Option<i64>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged, deny_unknown_fields)]
pub(super) enum Shape {
    /// `wire` is the element of each item; none where the items stand without an element around them all.
    List {
        item: String,
        wire: Option<String>,
    },
    /// Text to values, an element `entry` each.
    Map {
        value: String,
    },
    Structure(Ordered<String>),
}

impl Model {
    pub(super) fn parse(text: &str) -> Result<Self> {
        Ok(serde_json::from_str(text)?)
    }

    pub(super) fn operation(&self, name: &str) -> Result<&Operation> {
        self.operations.get(name).with_context(|| format!("no model has `{name}`; run `cargo xtask aws-models FOLDER`"))
    }
}

/// The compact form of the newest version below a service's folder.
pub(super) fn from_botocore(folder: &Path, wanted: &BTreeMap<&str, BTreeSet<&str>>) -> Result<String> {
    let versions = std::fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    let newest = versions.filter_map(|entry| Some(entry.ok()?.path())).max().context("no version of it")?;
    let botocore: Botocore = serde_json::from_slice(&unpacked(&newest.join("service-2.json"))?)?;
    let model = Maker { botocore: &botocore, shapes: BTreeMap::new() }.make(wanted)?;
    Ok(serde_json::to_string_pretty(&model)? + "\n")
}

/// A file of botocore, which packs the larger ones.
fn unpacked(path: &Path) -> Result<Vec<u8>> {
    if path.is_file() {
        return Ok(std::fs::read(path)?);
    }
    let packed = path.with_extension("json.gz");
    let file = std::fs::File::open(&packed).with_context(|| format!("cannot read `{}`", packed.display()))?;
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[derive(Deserialize)]
struct Botocore {
    metadata: BTreeMap<String, Value>,
    operations: BTreeMap<String, BotocoreOperation>,
    shapes: BTreeMap<String, BotocoreShape>,
}

#[derive(Deserialize)]
struct BotocoreOperation {
    input: Option<Reference>,
    output: Option<Reference>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reference {
    shape: String,
    location_name: Option<String>,
    query_name: Option<String>,
    result_wrapper: Option<String>,
}

#[derive(Deserialize)]
struct BotocoreShape {
    #[serde(rename = "type")]
    kind: String,
    max: Option<Value>,
    member: Option<Reference>,
    value: Option<Reference>,
    #[serde(default)]
    members: Ordered<Reference>,
    #[serde(default)]
    flattened: bool,
}

impl Botocore {
    fn shape(&self, name: &str) -> Result<&BotocoreShape> {
        self.shapes.get(name).with_context(|| format!("no shape is called `{name}`"))
    }
}

struct Maker<'b> {
    botocore: &'b Botocore,
    shapes: BTreeMap<String, Shape>,
}

impl Maker<'_> {
    fn make(mut self, wanted: &BTreeMap<&str, BTreeSet<&str>>) -> Result<Model> {
        let service = self.service()?;
        let mut operations = BTreeMap::new();
        for (name, members) in wanted {
            let made = self.operation(name, members, service.protocol).with_context(|| format!("`{name}`"))?;
            operations.insert((*name).to_owned(), made);
        }
        Ok(Model { service, operations, shapes: self.shapes })
    }

    fn service(&self) -> Result<Service> {
        let text = |name: &str| self.botocore.metadata.get(name).and_then(Value::as_str).map(str::to_owned);
        let needed = |name: &str| text(name).with_context(|| format!("the model has no `{name}`"));
        let protocols = self.botocore.metadata.get("protocols").and_then(Value::as_array).cloned().unwrap_or_default();
        let speaks = |word: &str| protocols.iter().any(|protocol| protocol == word);
        let protocol = match () {
            () if speaks("ec2") => Protocol::Ec2,
            () if speaks("query") => Protocol::Query,
            () if speaks("json") => Protocol::Json,
            () => bail!("speaks neither the query protocol nor JSON"),
        };
        let json = protocol == Protocol::Json;
        Ok(Service {
            id: needed("serviceId")?,
            api_version: needed("apiVersion")?,
            endpoint_prefix: needed("endpointPrefix")?,
            signing_name: text("signingName").map_or_else(|| needed("endpointPrefix"), Ok)?,
            protocol,
            target_prefix: json.then(|| needed("targetPrefix")).transpose()?,
            json_version: json.then(|| needed("jsonVersion")).transpose()?,
        })
    }

    fn operation(&mut self, name: &str, members: &BTreeSet<&str>, protocol: Protocol) -> Result<Operation> {
        let botocore = self.botocore;
        let operation = botocore.operations.get(name).context("botocore does not know it")?;
        let empty = BotocoreShape::empty();
        let shape = |reference: &Option<Reference>| reference.as_ref().map(|r| botocore.shape(&r.shape)).transpose();
        let (input, output) = (shape(&operation.input)?, shape(&operation.output)?);
        let (input, output) = (input.unwrap_or(&empty), output.unwrap_or(&empty));
        for member in members {
            ensure!(input.members.get(member).is_some(), "its input has no `{member}`");
        }
        let pages = pages(botocore, input, output)?;
        let paging: Vec<&str> =
            pages.iter().flat_map(|pages| [Some(pages.ask.as_str()), pages.limit.as_deref()]).flatten().collect();
        let set = |name: &str| members.contains(name) || paging.contains(&name);
        let mut asked = Vec::new();
        for (member, reference) in input.members.iter().filter(|(member, _)| set(member)) {
            asked.push((member.to_owned(), self.member(member, reference, Way::In(protocol))?));
        }
        let mut answered = Vec::new();
        for (member, reference) in output.members.iter() {
            answered.push((member.to_owned(), self.member(member, reference, Way::Out(protocol))?));
        }
        let wrapper = operation.output.as_ref().and_then(|output| output.result_wrapper.clone());
        Ok(Operation { input: asked.into_iter().collect(), output: answered.into_iter().collect(), wrapper, pages })
    }

    fn member(&mut self, name: &str, reference: &Reference, way: Way) -> Result<String> {
        Ok(format!("{} {}", way.wire(name, reference), self.kind(&reference.shape, way)?))
    }

    /// The type that `name` stands for; structures and lists are kept under their names.
    fn kind(&mut self, name: &str, way: Way) -> Result<String> {
        let botocore = self.botocore;
        let shape = botocore.shape(name)?;
        let scalar = match (shape.kind.as_str(), way) {
            ("boolean", _) => "boolean",
            ("integer" | "long" | "double" | "float", _) => "number",
            ("string" | "timestamp" | "blob", _) => "string",
            ("list", Way::In(Protocol::Json) | Way::Out(Protocol::Json)) => "list",
            ("structure" | "map", Way::In(Protocol::Json) | Way::Out(Protocol::Json)) => "any",
            ("structure" | "list" | "map", _) => return self.keep(name, shape, way),
            (other, _) => bail!("`{name}` is a {other}, which the tables do not have"),
        };
        Ok(scalar.to_owned())
    }

    fn keep(&mut self, name: &str, shape: &BotocoreShape, way: Way) -> Result<String> {
        let key = if let Way::In(_) = way { format!("{name}Input") } else { name.to_owned() };
        if self.shapes.contains_key(&key) {
            return Ok(key);
        }
        // Held before its members are looked at: a shape may hold itself.
        self.shapes.insert(key.clone(), Shape::Structure(Ordered::default()));
        let kept = if let Some(item) = &shape.member {
            let wire = item.location_name.clone().unwrap_or_else(|| "member".to_owned());
            Shape::List { item: self.kind(&item.shape, way)?, wire: (!shape.flattened).then_some(wire) }
        } else if let Some(value) = &shape.value {
            ensure!(!shape.flattened, "`{name}` is a flattened map, which the tables do not have");
            Shape::Map { value: self.kind(&value.shape, way)? }
        } else {
            let mut members = Vec::new();
            for (member, reference) in shape.members.iter() {
                members.push((member.to_owned(), self.member(member, reference, way)?));
            }
            Shape::Structure(members.into_iter().collect())
        };
        self.shapes.insert(key.clone(), kept);
        Ok(key)
    }
}

impl BotocoreShape {
    fn empty() -> Self {
        let kind = "structure".to_owned();
        Self { kind, max: None, member: None, value: None, members: Ordered::default(), flattened: false }
    }
}

/// Which way a value goes, which decides how the protocol spells names.
#[derive(Clone, Copy)]
enum Way {
    In(Protocol),
    Out(Protocol),
}

impl Way {
    fn wire(self, name: &str, reference: &Reference) -> String {
        let location = reference.location_name.as_deref();
        match self {
            // EC2, "Query requests": a query name of its own, else the location's with a capital.
            Self::In(Protocol::Ec2) => match (&reference.query_name, location) {
                (Some(query), _) => query.clone(),
                (None, Some(location)) => capital(location),
                (None, None) => name.to_owned(),
            },
            Self::In(_) | Self::Out(_) => location.unwrap_or(name).to_owned(),
        }
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The tokens of AWS: what the answer calls the next one, and what the question calls it.
const TOKENS: [(&str, &str); 3] = [("NextToken", "NextToken"), ("nextToken", "nextToken"), ("Marker", "NextMarker")];
/// What bounds a page.
const LIMITS: [&str; 3] = ["MaxResults", "maxResults", "PageSize"];

fn pages(botocore: &Botocore, input: &BotocoreShape, output: &BotocoreShape) -> Result<Option<Pages>> {
    let has = |shape: &BotocoreShape, name: &str| shape.members.get(name).is_some();
    let Some((ask, answer)) = TOKENS.iter().find(|(ask, answer)| has(input, ask) && has(output, answer)) else {
        ensure!(TOKENS.iter().all(|(_, answer)| !has(output, answer)), "nothing takes the token of its next page");
        return Ok(None);
    };
    let limit = LIMITS.iter().find(|limit| has(input, limit));
    let reference = limit.and_then(|limit| input.members.get(limit));
    let most = reference.and_then(|reference| botocore.shapes.get(&reference.shape)?.max.as_ref()?.as_i64());
    let limit = limit.map(|limit| (*limit).to_owned());
    Ok(Some(Pages { ask: (*ask).to_owned(), answer: (*answer).to_owned(), limit, most }))
}
