//! The merged files of archives, as a volume.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use crate::root::volume::{Volume, resolve};
use crate::root::{Contents, Entry, Kind, Metadata, ReadError, Reading, Section};

/// Files by their names, which are those of [`Volume`].
#[derive(Debug)]
pub(super) struct Tree {
    nodes: BTreeMap<String, Node>,
    /// Directories that hold a name that is not UTF-8.
    foreign: BTreeSet<String>,
}

/// One file.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) metadata: Metadata,
    pub(super) body: Body,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub(super) enum Body {
    /// Names.
    Directory,
    /// Bytes.
    File(Section),
    /// Bytes that are not to be had, and why.
    Lost(&'static str),
    /// The name of another file.
    Link(Box<str>),
    /// Nothing that may be read.
    Other,
}

const IMPLICIT: Node = Node {
    metadata: Metadata {
        kind: Kind::Directory,
        mode: 0o755,
        uid: 0,
        gid: 0,
        size: 0,
        modified: (0, 0),
        identity: (0, 0),
    },
    body: Body::Directory,
};

impl Tree {
    /// A root directory with nothing in it.
    pub(super) fn new() -> Self {
        Self { nodes: BTreeMap::from([(String::new(), IMPLICIT)]), foreign: BTreeSet::new() }
    }

    /// Puts a file under `path`, in the place of what was there. The directory that holds it is made where it is missing;
    /// links on the way to it are followed, as an extracting program inside the image would.
    ///
    /// # Errors
    ///
    /// When a directory on the way is something else.
    pub(super) fn put(&mut self, path: &str, node: Node) -> Reading<()> {
        let path = self.place(path)?;
        if node.metadata.kind != Kind::Directory || !self.is_directory(&path) {
            self.remove(&path);
        }
        self.nodes.insert(path, node);
        Ok(())
    }

    /// Makes `path` another name of the file `target`.
    pub(super) fn put_link(&mut self, path: &str, target: &str) -> Reading<()> {
        let node = self.place(target).ok().and_then(|target| self.nodes.get(&target)).cloned();
        let node = match node {
            Some(node) if node.metadata.kind != Kind::Directory => node,
            Some(_) => lost("a hard link to a directory"),
            None => lost("a hard link to nothing"),
        };
        self.put(path, node)
    }

    /// Takes `path` away, and all below it.
    pub(super) fn hide(&mut self, path: &str) {
        if let Ok(path) = self.place(path) {
            self.remove(&path);
        }
    }

    /// Takes away all below `path`.
    pub(super) fn empty(&mut self, path: &str) {
        if let Ok(path) = self.place(path) {
            self.remove_below(&path);
        }
    }

    /// Remembers that the directory of `path` holds a name that is not UTF-8.
    pub(super) fn put_foreign(&mut self, parent: &str) {
        if let Ok(parent) = self.place(parent) {
            self.foreign.insert(parent);
        }
    }

    /// `path` with its directory resolved and made.
    fn place(&mut self, path: &str) -> Reading<String> {
        let Some((parent, name)) = path.rsplit_once('/') else { return Ok(path.to_owned()) };
        let parent = self.directory(parent)?;
        Ok(crate::root::volume::join(&parent, name))
    }

    /// The directory `path`, made where it is missing.
    fn directory(&mut self, path: &str) -> Reading<String> {
        // Most entries follow their directory.
        if self.is_directory(path) {
            return Ok(path.to_owned());
        }
        let mut here = String::new();
        for name in path.split('/') {
            let next = crate::root::volume::join(&here, name);
            here = match self.nodes.get(&next).map(|node| node.metadata.kind) {
                Some(Kind::Directory) => next,
                Some(Kind::Link) => resolve(self, &next)?,
                Some(Kind::File | Kind::Other) => return Err(below_a_file(&next)),
                None => {
                    self.nodes.insert(next.clone(), IMPLICIT);
                    next
                }
            };
            if !self.is_directory(&here) {
                return Err(below_a_file(&here));
            }
        }
        Ok(here)
    }

    fn is_directory(&self, path: &str) -> bool {
        self.nodes.get(path).is_some_and(|node| node.metadata.kind == Kind::Directory)
    }

    fn remove(&mut self, path: &str) {
        if path.is_empty() {
            return;
        }
        self.remove_below(path);
        self.nodes.remove(path);
        self.foreign.remove(path);
    }

    fn remove_below(&mut self, path: &str) {
        let range = below(path);
        let doomed: Vec<String> = self.nodes.range::<String, _>(range.clone()).map(|(name, _)| name.clone()).collect();
        for name in doomed {
            self.nodes.remove(&name);
        }
        let doomed: Vec<String> = self.foreign.range::<String, _>(range).cloned().collect();
        for name in doomed {
            self.foreign.remove(&name);
        }
        self.foreign.remove(path);
    }

    fn node(&self, path: &str) -> Reading<&Node> {
        self.nodes.get(path).ok_or(ReadError::Absent)
    }
}

/// The names below a directory: `0` is what sorts behind `/`.
fn below(path: &str) -> (Bound<String>, Bound<String>) {
    if path.is_empty() {
        return (Bound::Excluded(String::new()), Bound::Unbounded);
    }
    (Bound::Included(format!("{path}/")), Bound::Excluded(format!("{path}0")))
}

fn below_a_file(path: &str) -> ReadError {
    ReadError::Unreadable(format!("`{path}` is no directory"))
}

/// A file of which no more is known than why.
pub(super) fn lost(why: &'static str) -> Node {
    let metadata = Metadata { kind: Kind::File, mode: 0, ..IMPLICIT.metadata };
    Node { metadata, body: Body::Lost(why) }
}

impl Volume for Tree {
    fn look(&self, path: &str) -> Reading<Metadata> {
        Ok(self.node(path)?.metadata)
    }

    fn entries(&self, path: &str) -> Reading<Vec<Entry>> {
        if self.node(path)?.metadata.kind != Kind::Directory {
            return Err(ReadError::Absent);
        }
        if self.foreign.contains(path) {
            return Err(ReadError::Unreadable("holds a name that is not UTF-8".to_owned()));
        }
        let prefix = if path.is_empty() { String::new() } else { format!("{path}/") };
        let mut entries = Vec::new();
        let mut from = Bound::Excluded(prefix.clone());
        while let Some((name, node)) = self.nodes.range::<String, _>((from, Bound::Unbounded)).next() {
            let Some(rest) = name.strip_prefix(&prefix) else { break };
            from = match rest.split_once('/') {
                None => {
                    entries.push(Entry { name: rest.to_owned(), kind: node.metadata.kind });
                    Bound::Excluded(name.clone())
                }
                // What is below a name was passed with it: on to what sorts behind.
                Some((child, _)) => Bound::Included(format!("{prefix}{child}0")),
            };
        }
        Ok(entries)
    }

    fn link(&self, path: &str) -> Reading<String> {
        match &self.node(path)?.body {
            Body::Link(target) => Ok(target.to_string()),
            Body::Directory | Body::File(_) | Body::Lost(_) | Body::Other => {
                Err(ReadError::Unreadable("not a symbolic link".to_owned()))
            }
        }
    }

    fn open(&self, path: &str) -> Reading<Contents> {
        match &self.node(path)?.body {
            Body::File(section) => Ok(Contents::Section(section.clone())),
            Body::Lost(why) => Err(ReadError::Unreadable((*why).to_owned())),
            Body::Directory | Body::Link(_) | Body::Other => {
                Err(ReadError::Unreadable("not a regular file".to_owned()))
            }
        }
    }
}
