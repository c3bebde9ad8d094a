//! Everything that is made from `crates/aws/model`: the tables of the client that reads AWS, and the page of permissions.

mod calls;
mod compact;
mod permissions;
mod tables;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{BANNER, rustfmt};
use calls::Calls;
use compact::Model;

const MODELS: &str = "crates/aws/model";
const GENERATED: &str = "crates/aws/src/generated";

/// Every generated file with its text, by path relative to `root`.
pub(super) fn outputs(root: &Path) -> Result<BTreeMap<PathBuf, String>> {
    let calls = read_calls(root)?;
    let mut models = BTreeMap::new();
    for service in calls.services() {
        let path = root.join(MODELS).join(format!("{service}.json"));
        let model = Model::parse(&read(&path)?).with_context(|| format!("cannot use `{}`", path.display()))?;
        models.insert(service.to_owned(), model);
    }
    let mut outputs = BTreeMap::new();
    let generated = Path::new(GENERATED);
    let modules: String = models.keys().map(|service| format!("pub(crate) mod {};\n", module(service))).collect();
    let index = format!("//! Made from the calls and the service models.\n{BANNER}pub(crate) mod calls;\n{modules}");
    outputs.insert(generated.join("mod.rs"), rustfmt(&index)?);
    for (service, model) in &models {
        let text = format!("//! The `{}` service, version {}.\n{BANNER}", model.service.id, model.service.api_version);
        let text = text + &tables::service(service, model)?;
        outputs.insert(generated.join(format!("{}.rs", module(service))), rustfmt(&text)?);
    }
    let text = format!("//! What a snapshot asks AWS for.\n{BANNER}{}", tables::calls(&calls, &models)?);
    outputs.insert(generated.join("calls.rs"), rustfmt(&text)?);
    outputs.insert(PathBuf::from("docs/aws-permissions.md"), permissions::page(&calls, &models)?);
    Ok(outputs)
}

/// Makes the compact models anew from the `data` folder of botocore, for the operations that the calls name.
pub(crate) fn write_models(root: &Path, botocore: &Path) -> Result<Vec<PathBuf>> {
    let calls = read_calls(root)?;
    let mut written = Vec::new();
    for service in calls.services() {
        let model = compact::from_botocore(&botocore.join(service), &calls.operations(service))
            .with_context(|| format!("cannot use botocore's model of `{service}`"))?;
        let path = Path::new(MODELS).join(format!("{service}.json"));
        std::fs::write(root.join(&path), model).with_context(|| format!("cannot write `{}`", path.display()))?;
        written.push(path);
    }
    Ok(written)
}

fn read_calls(root: &Path) -> Result<Calls> {
    let path = root.join(MODELS).join("calls.toml");
    Calls::parse(&read(&path)?).with_context(|| format!("cannot use `{}`", path.display()))
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))
}

/// The module of a service: `network-firewall` to `network_firewall`.
fn module(service: &str) -> String {
    service.replace('-', "_")
}
