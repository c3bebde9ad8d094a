//! XML out: elements that are closed in order, text that is made inert.

/// A document under way.
#[derive(Debug)]
pub(super) struct Writer {
    text: String,
    open: Vec<String>,
    /// Whether the last thing written was an element, so that the end goes on a line of its own.
    nested: bool,
}

/// Names and values of attributes.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Writer {
    /// A document without content yet.
    pub(super) fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned(), open: Vec::new(), nested: true }
    }

    fn line(&mut self) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n("  ", self.open.len()));
    }

    fn tag(&mut self, name: &str, attributes: Attributes<'_>) {
        self.line();
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            self.text.extend([" ", name, "=\""]);
            escape(value, &mut self.text);
            self.text.push('"');
        }
    }

    /// Begins an element; what is written next is in it.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes);
        self.text.push('>');
        self.open.push(name.to_owned());
        self.nested = false;
    }

    /// Ends the element that was begun last.
    pub(super) fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        if self.nested {
            self.line();
        }
        self.text.extend(["</", &name, ">"]);
        self.nested = true;
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes);
        self.text.push_str("/>");
        self.nested = true;
    }

    /// An element with text.
    pub(super) fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.tag(name, attributes);
        self.text.push('>');
        escape(text, &mut self.text);
        self.text.extend(["</", name, ">"]);
        self.nested = true;
    }

    /// The whole document.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }
}

/// Text as XML may hold it: markup escaped, characters that it does not know replaced.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // As they are they would be read back as blanks, or not at all.
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_inert_and_elements_are_closed_in_order() {
        let mut writer = Writer::new();
        writer.open("a", &[("b", "\"<\u{1b}>\n")]);
        writer.text("c", &[], "]]>&\u{0}");
        writer.open("d", &[]);
        assert_eq!(
            writer.finish(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&quot;&lt;\u{fffd}&gt;&#10;\">\n  <c>]]&gt;&amp;\u{fffd}</c>\n  <d></d>\n</a>"
        );
    }
}
