//! What things are, for whoever does not look at the page: the structure of a tagged PDF (ISO 32000-1, section 14.8).

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag as Of, TagGroup, TagKind, TagTree};

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// From 1.
    Heading(u8),
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Table,
    Caption,
    Row,
    /// A cell that names its column.
    ColumnHead,
    /// A cell that names its row.
    RowHead,
    Cell,
    Link,
}

/// One part of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag(usize);

impl Tag {
    /// The report.
    pub(super) const ROOT: Self = Self(0);
}

enum Child {
    Part(usize),
    Content(Identifier),
}

#[derive(Default)]
struct Part {
    kind: Option<Kind>,
    title: Option<String>,
    children: Vec<Child>,
}

/// All parts.
pub(super) struct Tags(Vec<Part>);

impl Default for Tags {
    fn default() -> Self {
        Self(vec![Part::default()])
    }
}

impl Tags {
    pub(super) fn open(&mut self, parent: Tag, kind: Kind) -> Tag {
        let tag = self.0.len();
        if let Some(parent) = self.0.get_mut(parent.0) {
            parent.children.push(Child::Part(tag));
        }
        self.0.push(Part { kind: Some(kind), ..Part::default() });
        Tag(tag)
    }

    /// What a heading says.
    pub(super) fn title(&mut self, tag: Tag, title: &str) {
        if let Some(part) = self.0.get_mut(tag.0) {
            part.title = Some(title.to_owned());
        }
    }

    pub(super) fn content(&mut self, tag: Tag, identifier: Identifier) {
        if let Some(part) = self.0.get_mut(tag.0) {
            part.children.push(Child::Content(identifier));
        }
    }

    pub(super) fn tree(mut self) -> TagTree {
        TagTree::from(self.nodes(0)).with_lang(Some("en".to_owned()))
    }

    fn nodes(&mut self, part: usize) -> Vec<Node> {
        let children = self.0.get_mut(part).map(|part| std::mem::take(&mut part.children)).unwrap_or_default();
        let node = |child| match child {
            Child::Content(identifier) => Node::Leaf(identifier),
            Child::Part(part) => {
                let title = self.0.get_mut(part).and_then(|part| part.title.take());
                let kind = self.0.get(part).and_then(|part| part.kind).unwrap_or(Kind::Paragraph);
                Node::Group(TagGroup::with_children(tag_kind(kind, title), self.nodes(part)))
            }
        };
        children.into_iter().map(node).collect()
    }
}

fn tag_kind(kind: Kind, title: Option<String>) -> TagKind {
    match kind {
        Kind::Heading(level) => Of::Hn(NonZeroU16::new(u16::from(level)).unwrap_or(NonZeroU16::MIN), title).into(),
        Kind::Paragraph => Of::P.into(),
        Kind::List => Of::L(ListNumbering::None).into(),
        Kind::Item => Of::LI.into(),
        Kind::Label => Of::Lbl.into(),
        Kind::Body => Of::LBody.into(),
        Kind::Table => Of::Table.into(),
        Kind::Caption => Of::Caption.into(),
        Kind::Row => Of::TR.into(),
        Kind::ColumnHead => Of::TH(TableHeaderScope::Column).into(),
        Kind::RowHead => Of::TH(TableHeaderScope::Row).into(),
        Kind::Cell => Of::TD.into(),
        Kind::Link => Of::Link.into(),
    }
}
