//! Our own model in the form of botocore, so that boto3 and AWS CLI load it from `AWS_DATA_PATH`.

use std::path::PathBuf;

use anyhow::{Result, bail};
use serde_json::{Map, Value, json};

use crate::model::{Kind, Model, Shape};

/// Path below the data folder, and text, of each file.
pub(crate) fn files(model: &Model) -> Result<Vec<(PathBuf, String)>> {
    let folder = PathBuf::from(model.service.id.to_ascii_lowercase()).join(&model.service.api_version);
    let documents = [("service-2.json", service_2(model)?), ("paginators-1.json", paginators_1(model)?)];
    let file = |(name, document)| Ok((folder.join(name), serde_json::to_string_pretty(&document)? + "\n"));
    documents.into_iter().map(file).collect()
}

/// Operations that page: `nextToken` in and out, and one list in the answer.
fn paginators_1(model: &Model) -> Result<Value> {
    let mut paginators = Map::new();
    for (name, operation) in model.operations.iter() {
        let (Some(input), Some(output)) = (&operation.input, &operation.output) else { continue };
        let (input, output) = (model.shape(input)?, model.shape(output)?);
        if input.members.get("nextToken").is_none() || output.members.get("nextToken").is_none() {
            continue;
        }
        let mut lists = Vec::new();
        for (member, reference) in output.members.iter() {
            lists.extend((model.shape(reference.shape())?.kind == Kind::List).then_some(member));
        }
        let [list] = lists.as_slice() else { bail!("the answer of `{name}` pages but has not one list") };
        let paginator = json!({
            "input_token": "nextToken", "limit_key": "maxResults", "output_token": "nextToken", "result_key": list,
        });
        paginators.insert(name.to_owned(), paginator);
    }
    Ok(json!({ "pagination": paginators }))
}

fn service_2(model: &Model) -> Result<Value> {
    let service = &model.service;
    let folder = service.id.to_ascii_lowercase();
    let metadata = json!({
        "apiVersion": service.api_version,
        "endpointPrefix": folder,
        "jsonVersion": service.json_version,
        "protocol": "json",
        "protocols": ["json"],
        "serviceFullName": service.id,
        "serviceId": service.id,
        "signatureVersion": "v4",
        "signingName": service.signing_name,
        "targetPrefix": service.target_prefix,
        "uid": format!("{folder}-{}", service.api_version),
        "auth": ["aws.auth#sigv4"],
    });
    let operations: Map<String, Value> = model
        .operations
        .iter()
        .map(|(name, operation)| {
            let mut out = json!({ "name": name, "http": { "method": "POST", "requestUri": "/" } });
            set(&mut out, "input", operation.input.as_ref().map(|shape| json!({ "shape": shape })));
            set(&mut out, "output", operation.output.as_ref().map(|shape| json!({ "shape": shape })));
            let errors: Vec<Value> = operation.errors.iter().map(|shape| json!({ "shape": shape })).collect();
            set(&mut out, "errors", Some(Value::from(errors)));
            set(&mut out, "documentation", operation.doc.as_deref().map(Value::from));
            (name.to_owned(), out)
        })
        .collect();
    let shapes = model.shapes.iter().map(|(name, shape)| Ok((name.to_owned(), shape_2(shape)?)));
    let shapes: Map<String, Value> = shapes.collect::<Result<_>>()?;
    Ok(json!({ "version": "2.0", "metadata": metadata, "operations": operations, "shapes": shapes }))
}

fn shape_2(shape: &Shape) -> Result<Value> {
    let reference = |name: &Option<String>| name.as_ref().map(|name| json!({ "shape": name }));
    let mut out = json!({ "type": shape.kind });
    set(&mut out, "documentation", shape.doc.as_deref().map(Value::from));
    set(&mut out, "min", shape.min.map(serde_json::to_value).transpose()?);
    set(&mut out, "max", shape.max.map(serde_json::to_value).transpose()?);
    set(&mut out, "pattern", shape.pattern.as_deref().map(Value::from));
    set(&mut out, "enum", (!shape.values.is_empty()).then(|| Value::from(shape.values.clone())));
    for (name, on) in [("sensitive", shape.sensitive), ("exception", shape.exception), ("fault", shape.fault)] {
        set(&mut out, name, on.then_some(Value::Bool(true)));
    }
    set(&mut out, "member", reference(&shape.item));
    set(&mut out, "key", reference(&shape.key));
    set(&mut out, "value", reference(&shape.value));
    set(&mut out, "required", (!shape.required.is_empty()).then(|| Value::from(shape.required.clone())));
    if shape.kind == Kind::Structure {
        let members = shape.members.iter().map(|(name, member)| {
            let mut out = json!({ "shape": member.shape() });
            set(&mut out, "documentation", member.doc().map(Value::from));
            (name.to_owned(), out)
        });
        set(&mut out, "members", Some(Value::Object(members.collect())));
    }
    Ok(out)
}

fn set(object: &mut Value, name: &str, value: Option<Value>) {
    if let (Some(members), Some(value)) = (object.as_object_mut(), value) {
        members.insert(name.to_owned(), value);
    }
}
