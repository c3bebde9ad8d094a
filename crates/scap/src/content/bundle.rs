//! What one content file holds: a data stream collection, a plain benchmark with documents beside it, or plain OVAL.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cpe::DictionaryItem;
use super::xccdf::model::{Benchmark, Tailoring};
use super::{ContentError, Problem, cpe, oval, shape, xccdf};
use crate::oval::model::Document;
use crate::xml::{Reader, Tag};

/// Everything that was read.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Bundle {
    /// The benchmarks with the names by which they call other documents.
    pub benchmarks: Vec<Entry>,
    /// OVAL documents by key: the id of a component, or a file's name.
    pub documents: BTreeMap<String, Document>,
    /// Platforms with the documents that check them.
    pub dictionary: Vec<(DictionaryItem, Option<String>)>,
    /// Tailorings in the collection.
    pub tailorings: Vec<Tailoring>,
    /// What was left out.
    pub problems: Vec<Problem>,
}

/// A benchmark and where the documents are that it names.
#[derive(Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The benchmark.
    pub benchmark: Benchmark,
    /// Data stream and component reference that lead to it; empty for a plain file.
    pub stream: String,
    /// The reference's id.
    pub reference: String,
    /// Key of the document behind each name.
    pub catalog: BTreeMap<String, String>,
}

/// A `component-ref`.
#[derive(Debug, Clone, Default)]
struct Reference {
    stream: String,
    section: String,
    component: String,
    catalog: BTreeMap<String, String>,
}

const COLLECTION: &str = "http://scap.nist.gov/schema/scap/source/1.2";

/// What a component turned out to be.
enum Part {
    Benchmark(Box<Benchmark>),
    Dictionary(Vec<DictionaryItem>),
}

impl Bundle {
    /// Reads `bytes`, a file called `name`. A plain benchmark names documents beside it; `beside` reads one of them.
    ///
    /// # Errors
    ///
    /// When the XML is broken, outside its bounds, or of no kind that is known.
    pub fn read(
        name: &str,
        bytes: &[u8],
        beside: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
    ) -> Result<Self, ContentError> {
        let mut reader = Reader::new(bytes)?;
        let root = reader.root()?;
        let mut bundle = Self::default();
        match (root.namespace.as_str(), root.name.as_str()) {
            (COLLECTION, "data-stream-collection") => bundle.collection(&mut reader)?,
            (xccdf::NAMESPACE | xccdf::NAMESPACE_1_1, "Benchmark") => {
                let (benchmark, problems) = xccdf::read::benchmark(&mut reader, &root)?;
                bundle.problems.extend(problems);
                bundle.plain(name, benchmark, beside)?;
            }
            (oval::NAMESPACE, "oval_definitions") => {
                let (document, problems) = oval::read(&mut reader)?;
                bundle.problems.extend(problems);
                bundle.documents.insert(name.to_owned(), document);
            }
            (namespace, name) => {
                let why =
                    format!("of namespace `{namespace}` is neither a data stream, a benchmark of XCCDF 1.2 nor OVAL 5");
                return Err(shape(name, why));
            }
        }
        Ok(bundle)
    }

    /// The documents beside a plain benchmark: those that its checks and its applicability name.
    fn plain(
        &mut self,
        name: &str,
        benchmark: Benchmark,
        beside: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
    ) -> Result<(), ContentError> {
        let mut catalog = BTreeMap::new();
        for href in xccdf::evaluate::documents_of(&benchmark) {
            let Some(bytes) = beside(&href) else {
                self.problems.push(Problem { subject: href, why: "is not beside the benchmark".to_owned() });
                continue;
            };
            let mut reader = Reader::new(&bytes)?;
            let root = reader.root()?;
            if root.namespace == oval::NAMESPACE {
                let (document, problems) = oval::read(&mut reader)?;
                self.problems.extend(problems);
                self.documents.insert(href.clone(), document);
                catalog.insert(href.clone(), href);
            }
        }
        // The usual name of a dictionary: that of the benchmark with another ending.
        let dictionary = name.strip_suffix("-xccdf.xml").map(|stem| format!("{stem}-cpe-dictionary.xml"));
        if let Some((href, bytes)) = dictionary.and_then(|href| beside(&href).map(|bytes| (href, bytes))) {
            let mut reader = Reader::new(&bytes)?;
            let root = reader.root()?;
            let items = dictionary_items(&mut reader, &root, &mut self.problems)?;
            for item in items {
                let document = item.check.as_ref().map(|(document, _)| document.clone());
                if let Some(document) = document.as_ref().filter(|one| !self.documents.contains_key(*one)) {
                    match beside(document) {
                        Some(bytes) => {
                            let mut reader = Reader::new(&bytes)?;
                            reader.root()?;
                            let (read, problems) = oval::read(&mut reader)?;
                            self.problems.extend(problems);
                            self.documents.insert(document.clone(), read);
                        }
                        None => self
                            .problems
                            .push(Problem { subject: href.clone(), why: format!("`{document}` is not beside it") }),
                    }
                }
                self.dictionary.push((item, document));
            }
        }
        self.benchmarks.push(Entry { benchmark, stream: String::new(), reference: String::new(), catalog });
        Ok(())
    }

    fn collection(&mut self, reader: &mut Reader<'_>) -> Result<(), ContentError> {
        let mut references: BTreeMap<String, Reference> = BTreeMap::new();
        let mut order = Vec::new();
        let mut parts: BTreeMap<String, Part> = BTreeMap::new();
        while let Some(tag) = reader.child()? {
            match tag.name.as_str() {
                "data-stream" => {
                    let stream = tag.need("id")?.to_owned();
                    for (id, reference) in data_stream(reader, &stream)? {
                        order.push(id.clone());
                        references.insert(id, reference);
                    }
                }
                "component" => {
                    let id = tag.need("id")?.to_owned();
                    let Some(inner) = reader.child()? else { continue };
                    self.component(reader, id, inner, &mut parts)?;
                    while reader.child()?.is_some() {
                        reader.skip()?;
                    }
                }
                _ => reader.skip()?,
            }
        }
        let component = |reference: &str| references.get(reference).map(|one| one.component.clone());
        for id in &order {
            let Some(reference) = references.get(id) else { continue };
            let resolve = |reference: &str| component(reference);
            match (reference.section.as_str(), parts.remove(&reference.component)) {
                ("checklists", Some(Part::Benchmark(benchmark))) => {
                    let catalog = reference
                        .catalog
                        .iter()
                        .filter_map(|(name, target)| Some((name.clone(), resolve(target)?)))
                        .collect();
                    self.benchmarks.push(Entry {
                        benchmark: *benchmark,
                        stream: reference.stream.clone(),
                        reference: id.clone(),
                        catalog,
                    });
                }
                ("dictionaries", Some(Part::Dictionary(items))) => {
                    for item in items {
                        let href = item.check.as_ref().map(|(href, _)| href);
                        let target = href.and_then(|href| reference.catalog.get(href)).and_then(|id| component(id));
                        self.dictionary.push((item, target));
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn component(
        &mut self,
        reader: &mut Reader<'_>,
        id: String,
        root: Tag,
        parts: &mut BTreeMap<String, Part>,
    ) -> Result<(), ContentError> {
        match (root.namespace.as_str(), root.name.as_str()) {
            (xccdf::NAMESPACE | xccdf::NAMESPACE_1_1, "Benchmark") => {
                let (benchmark, problems) = xccdf::read::benchmark(reader, &root)?;
                self.problems.extend(problems);
                parts.insert(id, Part::Benchmark(Box::new(benchmark)));
            }
            (xccdf::NAMESPACE, "Tailoring") => self.tailorings.push(xccdf::read::tailoring(reader, root)?),
            (oval::NAMESPACE, "oval_definitions") => {
                let (document, problems) = oval::read(reader)?;
                self.problems.extend(problems);
                self.documents.insert(id, document);
            }
            (_, "cpe-list") => {
                let items = dictionary_items(reader, &root, &mut self.problems)?;
                parts.insert(id, Part::Dictionary(items));
            }
            // Questionnaires, scripts and what else there may be: nothing here asks people or runs scripts.
            _ => reader.skip()?,
        }
        Ok(())
    }
}

/// Reads a tailoring file.
///
/// # Errors
///
/// When it is broken or something else.
pub fn tailoring(bytes: &[u8]) -> Result<Tailoring, ContentError> {
    let mut reader = Reader::new(bytes)?;
    let root = reader.root()?;
    if root.name != "Tailoring" {
        return Err(shape(root.name, "is no `Tailoring`"));
    }
    xccdf::read::tailoring(&mut reader, root)
}

fn dictionary_items(
    reader: &mut Reader<'_>,
    root: &Tag,
    problems: &mut Vec<Problem>,
) -> Result<Vec<DictionaryItem>, ContentError> {
    let list = reader.element(root.clone())?;
    let mut items = Vec::new();
    for element in list.all("cpe-item") {
        match cpe::dictionary_item(element) {
            Ok(item) => items.push(item),
            Err(error) => problems.push(Problem { subject: "cpe-item".to_owned(), why: error.to_string() }),
        }
    }
    Ok(items)
}

/// The references of one data stream, in order.
fn data_stream(reader: &mut Reader<'_>, stream: &str) -> Result<Vec<(String, Reference)>, ContentError> {
    let mut references = Vec::new();
    while let Some(section) = reader.child()? {
        let name = section.name.clone();
        for element in reader.element(section)?.all("component-ref") {
            let uris = element.child("catalog").into_iter().flat_map(|catalog| catalog.all("uri"));
            let catalog = uris.filter_map(|uri| {
                Some((uri.get("name")?.to_owned(), uri.get("uri")?.trim_start_matches('#').to_owned()))
            });
            let reference = Reference {
                stream: stream.to_owned(),
                section: name.clone(),
                // A reference that is no fragment is remote; nothing is fetched, so it leads nowhere.
                component: element.get("href").and_then(|href| href.strip_prefix('#')).unwrap_or_default().to_owned(),
                catalog: catalog.collect(),
            };
            references.push((element.tag.need("id")?.to_owned(), reference));
        }
    }
    Ok(references)
}
