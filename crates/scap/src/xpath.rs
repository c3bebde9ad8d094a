//! The part of XPath 1.0 that content uses: steps down from the root, and conditions on attributes, children and text.
//!
//! ```text
//! path      := ("/" | "//") step (("/" | "//") step)*
//! step      := name predicate* | "*" predicate* | "@" name | "text()"
//! predicate := "[" condition ("and" condition)* "]"
//! condition := relative path, with "=" and a literal where a value is wanted
//! ```
//!
//! Anything else is an error, never an empty answer.

use crate::xml::Element;

/// How long an expression may be, and how deep its conditions may nest.
const LENGTH: usize = 4096;
const DEPTH: usize = 16;

/// An expression that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XPath(Vec<Step>);

/// An expression that is outside the part that is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{expression}` is not an XPath expression that is supported: {why}")]
pub struct XPathError {
    expression: String,
    why: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    /// Any number of levels down, not one.
    deep: bool,
    test: Test,
    conditions: Vec<Condition>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    Element(String),
    AnyElement,
    Attribute(String),
    Text,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Condition {
    path: Vec<Step>,
    equals: Option<String>,
}

impl XPath {
    /// Reads an expression.
    ///
    /// # Errors
    ///
    /// When it is none, or outside the part that is known.
    pub fn parse(expression: &str) -> Result<Self, XPathError> {
        let error = |why: String| XPathError { expression: expression.chars().take(LENGTH).collect(), why };
        if expression.len() > LENGTH {
            return Err(error(format!("longer than {LENGTH} bytes")));
        }
        let mut parser = Parser { rest: expression.trim() };
        if !parser.rest.starts_with('/') {
            return Err(error("does not start at the root".to_owned()));
        }
        let steps = parser.path(0).map_err(error)?;
        if parser.rest.is_empty() { Ok(Self(steps)) } else { Err(error(format!("`{}` is left over", parser.rest))) }
    }

    /// The string value of every node that it names, in the order of the document.
    pub fn values(&self, root: &Element) -> Vec<String> {
        // The root of the document has one child.
        let document = Element { children: vec![root.clone()], ..Element::default() };
        values(&document, &self.0)
    }
}

fn values(context: &Element, path: &[Step]) -> Vec<String> {
    let Some((step, rest)) = path.split_first() else { return vec![string_value(context)] };
    let mut found = Vec::new();
    let mut here: Vec<&Element> = vec![context];
    if step.deep {
        here = descendants(context);
    }
    for element in here {
        match &step.test {
            Test::Attribute(name) => found.extend(element.get(name).map(str::to_owned)),
            Test::Text => found.extend(Some(element.text.clone()).filter(|text| !text.is_empty())),
            Test::Element(_) | Test::AnyElement => {
                let fits = |child: &&Element| match &step.test {
                    Test::Element(name) => child.name() == name,
                    Test::AnyElement | Test::Attribute(_) | Test::Text => true,
                };
                let holds = |child: &&Element| step.conditions.iter().all(|condition| condition.holds(child));
                let children = element.children.iter().filter(fits).filter(holds);
                found.extend(children.flat_map(|child| values(child, rest)));
            }
        }
    }
    found
}

fn descendants(element: &Element) -> Vec<&Element> {
    let mut all = vec![element];
    for child in &element.children {
        all.extend(descendants(child));
    }
    all
}

fn string_value(element: &Element) -> String {
    let inner: String = element.children.iter().map(string_value).collect();
    format!("{}{inner}", element.text)
}

impl Condition {
    fn holds(&self, element: &Element) -> bool {
        let found = values(element, &self.path);
        match &self.equals {
            Some(wanted) => found.contains(wanted),
            None => !found.is_empty(),
        }
    }
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn eat(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn path(&mut self, depth: usize) -> Result<Vec<Step>, String> {
        if depth > DEPTH {
            return Err(format!("nests deeper than {DEPTH}"));
        }
        let mut steps = Vec::new();
        let mut deep = self.eat("//");
        if !deep {
            self.eat("/");
        }
        loop {
            let step = self.step(deep, depth)?;
            let last = matches!(step.test, Test::Attribute(_) | Test::Text);
            steps.push(step);
            deep = self.eat("//");
            if !deep && !self.eat("/") {
                return Ok(steps);
            }
            if last {
                return Err("goes on below an attribute or text".to_owned());
            }
        }
    }

    fn step(&mut self, deep: bool, depth: usize) -> Result<Step, String> {
        let test = if self.eat("text()") {
            Test::Text
        } else if self.eat("@") {
            Test::Attribute(self.name()?)
        } else if self.eat("*") {
            Test::AnyElement
        } else {
            Test::Element(self.name()?)
        };
        let mut conditions = Vec::new();
        while self.eat("[") {
            loop {
                conditions.push(self.condition(depth)?);
                if self.eat("]") {
                    break;
                }
                if !self.eat("and ") {
                    return Err(format!("`{}` is no condition", self.rest));
                }
            }
        }
        Ok(Step { deep, test, conditions })
    }

    fn condition(&mut self, depth: usize) -> Result<Condition, String> {
        if self.rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            return Err("a position is no condition".to_owned());
        }
        let path = self.path(depth + 1)?;
        let equals = if self.eat("=") { Some(self.literal()?) } else { None };
        Ok(Condition { path, equals })
    }

    fn literal(&mut self) -> Result<String, String> {
        for quote in ["'", "\""] {
            if self.eat(quote) {
                let (literal, rest) = self.rest.split_once(quote).ok_or("a literal without an end")?;
                self.rest = rest;
                return Ok(literal.to_owned());
            }
        }
        Err(format!("`{}` is no literal", self.rest))
    }

    /// A name without its prefix: namespaces are not told apart.
    fn name(&mut self) -> Result<String, String> {
        self.rest = self.rest.trim_start();
        let ends = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        let (name, rest) =
            self.rest.split_at_checked(self.rest.find(ends).unwrap_or(self.rest.len())).unwrap_or(("", ""));
        if name.is_empty() || rest.starts_with(['(', ':']) {
            return Err(format!("`{}` is no name", self.rest));
        }
        self.rest = rest;
        Ok(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::Reader;

    fn values(expression: &str) -> Result<Vec<String>, XPathError> {
        let document = b"<zone><service name='ssh'/><rule family='ipv4'><source address='1'/><drop/></rule>\
                         <rule family='ipv6'><source address='2'/>x</rule><a><b>t</b></a></zone>";
        let mut reader = Reader::new(document).unwrap();
        let tag = reader.root().unwrap();
        let root = reader.element(tag).unwrap();
        XPath::parse(expression).map(|path| path.values(&root))
    }

    #[test]
    fn nodes_are_found_by_name_attribute_child_and_text() {
        for (expression, expected) in [
            ("/zone/service[@name='ssh']", vec![""]),
            ("/zone/service/@name", vec!["ssh"]),
            ("/zone/rule[@family='ipv4'][source[@address='1']][drop]", vec![""]),
            ("/zone/rule[source[@address='1' and @invert='True']]", vec![]),
            ("/zone/rule[@family = 'ipv6']", vec!["x"]),
            ("//b/text()", vec!["t"]),
            ("/zone/*/b", vec!["t"]),
            ("/other", vec![]),
        ] {
            assert_eq!(values(expression).unwrap(), expected, "{expression}");
        }
    }

    #[test]
    fn what_is_not_known_is_an_error() {
        for expression in
            ["", "zone", "/zone[1]", "/zone/a|/zone/b", "count(/zone)", "/a[not(b)]", "/a[@b=1]", "/a/@b/c"]
        {
            assert!(values(expression).is_err(), "{expression}");
        }
    }
}
