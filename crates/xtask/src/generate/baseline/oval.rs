//! The OVAL part. The tests, objects and states of rule N have the numbers 10 N, 10 N + 1 and so on.

use std::fmt::Write as _;

use super::rule::{Benchmark, Check, Missing, Rule, Section};
use super::{OURS, escape};

const IND: &str = "xmlns=\"http://oval.mitre.org/XMLSchema/oval-definitions-5#independent\"";
const UNIX: &str = "xmlns=\"http://oval.mitre.org/XMLSchema/oval-definitions-5#unix\"";
const LINUX: &str = "xmlns=\"http://oval.mitre.org/XMLSchema/oval-definitions-5#linux\"";

/// The bits of a mode, as OVAL calls them.
const BITS: [(u32, &str); 12] = [
    (0o4000, "suid"),
    (0o2000, "sgid"),
    (0o1000, "sticky"),
    (0o400, "uread"),
    (0o200, "uwrite"),
    (0o100, "uexec"),
    (0o040, "gread"),
    (0o020, "gwrite"),
    (0o010, "gexec"),
    (0o004, "oread"),
    (0o002, "owrite"),
    (0o001, "oexec"),
];
/// A sticky bit takes rights away and gives none.
const HARMLESS: u32 = 0o1000;

pub(super) fn definitions(benchmark: &Benchmark, sections: &[Section]) -> String {
    let (mut definitions, mut parts) = (String::new(), Parts::default());
    for rule in sections.iter().flat_map(|section| &section.rules) {
        parts.next = rule.number * 10;
        let criteria = parts.rule(rule);
        let (title, why) = (escape(&rule.title), escape(&rule.why));
        let _infallible = write!(
            definitions,
            "<definition id=\"oval:{OURS}:def:{}\" version=\"1\" class=\"compliance\">\n\
             <metadata><title>{title}</title><description>{why}</description></metadata>\n{criteria}</definition>\n",
            rule.number
        );
    }
    format!(
        "<oval_definitions xmlns=\"http://oval.mitre.org/XMLSchema/oval-definitions-5\" \
         xmlns:oval=\"http://oval.mitre.org/XMLSchema/oval-common-5\">\n\
         <generator><oval:product_name>OpenInspector</oval:product_name>\
         <oval:product_version>{}</oval:product_version><oval:schema_version>5.11</oval:schema_version>\
         <oval:timestamp>{}</oval:timestamp></generator>\n\
         <definitions>\n{definitions}</definitions>\n<tests>\n{}</tests>\n<objects>\n{}</objects>\n\
         <states>\n{}</states>\n</oval_definitions>\n",
        benchmark.version, benchmark.timestamp, parts.tests, parts.objects, parts.states
    )
}

#[derive(Default)]
struct Parts {
    next: u32,
    tests: String,
    objects: String,
    states: String,
}

impl Parts {
    /// The criteria of one rule.
    fn rule(&mut self, rule: &Rule) -> String {
        let criteria = match &rule.check {
            Check::Mode { path, name, max, missing } => {
                let state = mode_state(max);
                self.test("file", UNIX, existence(*missing), &rule.title, &place(path, name.as_deref()), &state)
            }
            Check::Forbidden { path, name, pattern } => {
                let object = lines(path, name, pattern);
                self.test("textfilecontent54", IND, "none_exist", &rule.title, &object, "")
            }
            Check::Setting { path, name, key, wanted, missing } => {
                let object = lines(path, name, &format!("^\\s*(?i:{key})[ \\t=]+\\\"?([^\\s\\\"#]+)"));
                let state = matching("subexpression", wanted);
                self.test("textfilecontent54", IND, existence(*missing), &rule.title, &object, &state)
            }
            Check::Sysctl { name, value } => self.sysctl(rule, name, value),
            Check::Absent { path, name } => {
                self.test("file", UNIX, "none_exist", &rule.title, &place(path, Some(name)), "")
            }
            Check::Mount { point, option } => {
                let live = format!("<mount_point>{}</mount_point>\n", escape(point));
                let state = format!("<mount_options entity_check=\"at least one\">{option}</mount_options>\n");
                let live = self.test("partition", LINUX, "any_exist", &rule.title, &live, &state);
                let without = format!("^\\s*[^#\\s]\\S*\\s+{point}\\s+\\S+\\s+(?!\\S*\\b{option}\\b)\\S+");
                let object = lines("/etc", "^fstab$", &without);
                let table = self.test("textfilecontent54", IND, "none_exist", &rule.title, &object, "");
                return format!("<criteria operator=\"AND\">\n{live}{table}</criteria>\n");
            }
        };
        format!("<criteria>\n{criteria}</criteria>\n")
    }

    /// No file may configure another value, and either the kernel has a wanted one or a file configures it: a directory
    /// tree has no kernel, and what no file configures there cannot be told.
    fn sysctl(&mut self, rule: &Rule, name: &str, value: &str) -> String {
        let pattern = format!("^\\s*-?{}\\s*=\\s*(\\S+)", name.replace('.', "[./]"));
        let wanted = matching("subexpression", &format!("^{value}$"));
        let (mut none_other, mut configured) = (String::new(), String::new());
        for (path, file) in [("/etc/sysctl.d", "\\.conf$"), ("/etc", "^sysctl\\.conf$")] {
            let object = lines(path, file, &pattern);
            none_other += &self.test("textfilecontent54", IND, "any_exist", &rule.title, &object, &wanted);
            configured += &self.test("textfilecontent54", IND, "at_least_one_exists", &rule.title, &object, &wanted);
        }
        let state = matching("value", &format!("^{value}$"));
        let name = format!("<name>{name}</name>\n");
        let kernel = self.test("sysctl", UNIX, "at_least_one_exists", &rule.title, &name, &state);
        format!("{none_other}<criteria operator=\"OR\">\n{kernel}{configured}</criteria>\n")
    }

    /// Writes a test with its object and, unless it is empty, its state. Gives the criterion.
    fn test(&mut self, kind: &str, schema: &str, existence: &str, title: &str, object: &str, state: &str) -> String {
        let (number, title) = (self.next, escape(title));
        self.next += 1;
        let _infallible = write!(
            self.objects,
            "<{kind}_object {schema} id=\"oval:{OURS}:obj:{number}\" version=\"1\">\n{object}</{kind}_object>\n"
        );
        let mut refers = String::new();
        if !state.is_empty() {
            let _infallible = write!(
                self.states,
                "<{kind}_state {schema} id=\"oval:{OURS}:ste:{number}\" version=\"1\">\n{state}</{kind}_state>\n"
            );
            refers = format!("<state state_ref=\"oval:{OURS}:ste:{number}\"/>");
        }
        let _infallible = write!(
            self.tests,
            "<{kind}_test {schema} id=\"oval:{OURS}:tst:{number}\" version=\"1\" check=\"all\" \
             check_existence=\"{existence}\" comment=\"{title}\">\n\
             <object object_ref=\"oval:{OURS}:obj:{number}\"/>{refers}\n</{kind}_test>\n"
        );
        format!("<criterion test_ref=\"oval:{OURS}:tst:{number}\" comment=\"{title}\"/>\n")
    }
}

fn existence(missing: Missing) -> &'static str {
    match missing {
        Missing::Pass => "any_exist",
        Missing::Fail => "at_least_one_exists",
    }
}

fn place(path: &str, name: Option<&str>) -> String {
    let name = match name {
        Some(name) => format!("<filename operation=\"pattern match\">{}</filename>\n", escape(name)),
        None => "<filename xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>\n".to_owned(),
    };
    format!("<path>{}</path>\n{name}", escape(path))
}

/// Every match of `pattern` in the files.
fn lines(path: &str, name: &str, pattern: &str) -> String {
    format!(
        "{}<pattern operation=\"pattern match\">{}</pattern>\n\
         <instance datatype=\"int\" operation=\"greater than or equal\">1</instance>\n",
        place(path, Some(name)),
        escape(pattern)
    )
}

fn matching(entity: &str, pattern: &str) -> String {
    format!("<{entity} operation=\"pattern match\">{}</{entity}>\n", escape(pattern))
}

/// Root owns it, and no bit beyond `max` is set.
fn mode_state(max: &str) -> String {
    let max = u32::from_str_radix(max, 8).unwrap_or(0) | HARMLESS;
    let beyond = BITS.iter().filter(|(bit, _)| max & bit == 0);
    let bits: String = beyond.map(|(_, name)| format!("<{name} datatype=\"boolean\">false</{name}>\n")).collect();
    format!("<user_id datatype=\"int\">0</user_id>\n{bits}")
}
