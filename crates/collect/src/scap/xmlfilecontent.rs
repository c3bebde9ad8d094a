//! `ind:xmlfilecontent`: what XPath expressions come to in XML files.

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::Item;
use inspector_scap::xml::{Element, Reader, XmlError};
use inspector_scap::xpath::XPath;
use rustix::fs::FileType;

use super::files::{Found, find};
use super::{Host, Source};
use crate::root::ReadError;

pub(super) const SOURCE: Source = Source { kind: "xmlfilecontent", collect };

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    find(host, tasks, &mut |host, task, found| {
        if let Err(why) = search(host, task, found) {
            task.lower(Flag::Error, format!("`{}`: {why}", found.whole()));
        }
    });
}

fn search(host: &mut Host<'_>, task: &mut Task<'_>, found: &Found<'_>) -> Result<(), String> {
    let regular = matches!(found.kind, FileType::RegularFile | FileType::Symlink);
    let Some(name) = found.name.filter(|_| regular) else { return Ok(()) };
    let whole = found.whole();
    let text = match host.text(&whole) {
        Ok(text) => text,
        Err(ReadError::Absent) => return Ok(()),
        Err(ReadError::Unreadable(why)) => return Err(why),
    };
    let root = read(&text).map_err(|error| error.to_string())?;
    let expressions = task.query.entity("xpath").into_iter().flat_map(|matcher| matcher.texts());
    let expressions: Vec<String> = expressions.map(str::to_owned).collect();
    for expression in expressions {
        let values = XPath::parse(&expression).map_err(|error| error.to_string())?.values(&root);
        if values.is_empty() {
            continue;
        }
        let mut item = Item::new("xmlfilecontent")
            .with("filepath", whole.as_str())
            .with("path", found.path)
            .with("filename", name)
            .with("xpath", expression);
        values.into_iter().for_each(|value| item.push("value_of", value));
        task.push(item);
    }
    Ok(())
}

fn read(text: &str) -> Result<Element, XmlError> {
    let mut reader = Reader::new(text.as_bytes())?;
    let tag = reader.root()?;
    reader.element(tag)
}
