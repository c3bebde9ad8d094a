//! Items of a host, in OVAL's terms: one module per type of item.
//!
//! A plan's objects come in rounds (`inspector_scap::oval::gather`); whatever several of them ask for is read once:
//! files, the package database, and the tree itself, through which one walk answers every object that starts at the same
//! directory.

mod dpkginfo;
mod environmentvariable;
mod environmentvariable58;
mod family;
mod file;
mod filehash58;
mod files;
mod inetlisteningservers;
mod interface;
mod kernel_files;
mod partition;
mod password;
mod process58;
mod rpminfo;
mod selinuxboolean;
mod selinuxsecuritycontext;
mod shadow;
mod symlink;
mod sysctl;
mod systemd;
mod systemdunitdependency;
mod systemdunitproperty;
mod textfilecontent54;
mod uname;
mod walk;
mod xmlfilecontent;

use std::collections::BTreeMap;
use std::rc::Rc;

use inspector_model::host::HostScope;
use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::{Collector, Task};
use inspector_scap::oval::item::Item;
use inspector_scap::oval::truth::Truth;

use crate::root::{ReadError, Root};

/// How the items of one type are found.
struct Source {
    /// The type.
    kind: &'static str,
    /// Finds the items of all tasks of this type.
    collect: fn(&mut Host<'_>, &mut [&mut Task<'_>]),
}

const SOURCES: &[Source] = &[
    dpkginfo::SOURCE,
    environmentvariable::SOURCE,
    environmentvariable58::SOURCE,
    family::SOURCE,
    file::SOURCE,
    filehash58::SOURCE,
    inetlisteningservers::SOURCE,
    interface::SOURCE,
    partition::SOURCE,
    password::SOURCE,
    process58::SOURCE,
    rpminfo::SOURCE,
    selinuxboolean::SOURCE,
    selinuxsecuritycontext::SOURCE,
    shadow::SOURCE,
    symlink::SOURCE,
    sysctl::SOURCE,
    systemdunitdependency::SOURCE,
    systemdunitproperty::SOURCE,
    textfilecontent54::SOURCE,
    uname::SOURCE,
    xmlfilecontent::SOURCE,
];

/// How many bytes one text file may have.
const TEXT: u64 = 16 << 20;

/// How many bytes of texts are kept for the next object that asks.
const KEPT: usize = 4 << 20;

/// Collects items through a root.
pub struct ScapCollector<'r> {
    host: Host<'r>,
}

/// What is said of objects that were not looked for in time.
const LATE: &str = "the time was over before it was looked for";

impl<'r> ScapCollector<'r> {
    /// A collector that reads through `root`, however long it takes.
    pub fn new(root: &'r Root) -> Self {
        Self::within(root, &|| false)
    }

    /// A collector that reads through `root` until `spent` says that the time is over. What it has not found by then it
    /// has not collected.
    pub fn within(root: &'r Root, spent: &'r dyn Fn() -> bool) -> Self {
        Self { host: Host { root, spent, texts: BTreeMap::new(), kept: 0, packages: None } }
    }
}

impl Collector for ScapCollector<'_> {
    fn collect(&mut self, tasks: &mut [Task<'_>]) {
        let mut by_kind: BTreeMap<String, Vec<&mut Task<'_>>> = BTreeMap::new();
        for task in tasks {
            by_kind.entry(task.query.kind.to_owned()).or_default().push(task);
        }
        for (kind, mut tasks) in by_kind {
            if (self.host.spent)() {
                lower(&mut tasks, Flag::NotCollected, LATE);
                continue;
            }
            match SOURCES.iter().find(|source| source.kind == kind) {
                Some(source) => (source.collect)(&mut self.host, &mut tasks),
                None => lower(&mut tasks, Flag::NotCollected, &format!("items of type `{kind}` are not collected")),
            }
        }
    }
}

/// Says of all tasks why they are not answered as they should be.
fn lower(tasks: &mut [&mut Task<'_>], flag: Flag, why: &str) {
    tasks.iter_mut().for_each(|task| task.lower(flag, why.to_owned()));
}

/// A host and what has been read of it.
struct Host<'r> {
    root: &'r Root,
    spent: &'r dyn Fn() -> bool,
    texts: BTreeMap<String, Text>,
    kept: usize,
    packages: Option<Rc<dpkginfo::Packages>>,
}

/// A text file, or why there is none.
type Text = Result<Rc<str>, ReadError>;

impl Host<'_> {
    /// Whether this is the running host.
    fn live(&self) -> bool {
        self.root.scope() == HostScope::Live
    }

    /// The text of the regular file `path`, read once.
    fn text(&mut self, path: &str) -> Text {
        if let Some(text) = self.texts.get(path) {
            return text.clone();
        }
        let read = self.root.read(path, TEXT).and_then(|bytes| {
            let text = String::from_utf8(bytes).map_err(|_| ReadError::Unreadable("is not UTF-8".to_owned()))?;
            Ok(Rc::from(text))
        });
        let size = read.as_ref().map_or(0, |text: &Rc<str>| text.len());
        if self.kept + size > KEPT {
            self.texts.clear();
            self.kept = 0;
        }
        self.kept += size;
        self.texts.insert(path.to_owned(), read.clone());
        read
    }
}

/// Says of every task that a directory tree cannot answer it.
fn only_live(tasks: &mut [&mut Task<'_>]) {
    for task in tasks {
        task.lower(Flag::NotCollected, "only a running system tells".to_owned());
    }
}

/// Hands every item to each task whose entities `names` take the item's.
fn offer(tasks: &mut [&mut Task<'_>], names: &[&str], items: &[Item]) {
    for task in tasks {
        for item in items {
            let takes = |name: &&str| {
                let wanted = item.get(name).and_then(|value| Some((value, task.query.entity(name)?)));
                wanted.is_none_or(|(value, matcher)| matcher.value(value) == Truth::True)
            };
            if names.iter().all(takes) {
                task.push(item.clone());
            }
        }
    }
}

/// Says of every task why a file gave nothing: nothing is there, or it could not be read.
fn refuse(tasks: &mut [&mut Task<'_>], path: &str, error: &ReadError) {
    for task in tasks {
        match error {
            ReadError::Absent => task.lower(Flag::DoesNotExist, format!("`{path}` is not there")),
            ReadError::Unreadable(why) => task.lower(Flag::Error, format!("`{path}`: {why}")),
        }
    }
}
