//! One table for all functions.

use super::*;

/// A function's name and attributes, its arguments, and the values or the reason.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a [&'a str]], Result<&'a [&'a str], &'a str>);

const CASES: &[Case<'static>] = &[
    ("concat", &[], &[&["a", "b"], &["1", "2"]], Ok(&["a1", "a2", "b1", "b2"])),
    ("concat", &[], &[&["a"], &[]], Ok(&[])),
    ("arithmetic", &[("arithmetic_operation", "add")], &[&["1", "2"], &["10"]], Ok(&["11", "12"])),
    ("arithmetic", &[("arithmetic_operation", "multiply")], &[&["2"], &["1.5"]], Ok(&["3"])),
    ("arithmetic", &[("arithmetic_operation", "add")], &[&["x"]], Err("`x` is no number")),
    ("arithmetic", &[("arithmetic_operation", "add")], &[&["9223372036854775807"], &["1"]], Err("too large")),
    ("begin", &[("character", "^")], &[&["a", "^b"]], Ok(&["^a", "^b"])),
    ("end", &[("character", "$")], &[&["a", "b$"]], Ok(&["a$", "b$"])),
    ("escape_regex", &[], &[&["a.b*c"]], Ok(&[r"a\.b\*c"])),
    ("split", &[("delimiter", ",")], &[&["a,,b", "c"]], Ok(&["a", "", "b", "c"])),
    ("split", &[("delimiter", "")], &[&["ab"]], Ok(&["ab"])),
    ("substring", &[("substring_start", "2"), ("substring_length", "2")], &[&["abcd"]], Ok(&["bc"])),
    ("substring", &[("substring_start", "0"), ("substring_length", "2")], &[&["abcd"]], Ok(&["ab"])),
    ("substring", &[("substring_start", "2"), ("substring_length", "-1")], &[&["abcd"]], Ok(&["bcd"])),
    ("substring", &[("substring_start", "9"), ("substring_length", "1")], &[&["abcd"]], Err("starts after the end")),
    ("regex_capture", &[("pattern", "(b.)d")], &[&["abcd", "x"]], Ok(&["bc", ""])),
    ("regex_capture", &[("pattern", "(")], &[&["x"]], Err("is not a regular expression")),
    ("count", &[], &[&["a", "a"], &["b"]], Ok(&["3"])),
    ("count", &[], &[&[]], Ok(&["0"])),
    ("unique", &[], &[&["b", "a", "b"]], Ok(&["b", "a"])),
    ("merge", &[], &[&["a"], &["b", "a"]], Ok(&["a", "b", "a"])),
    ("glob_to_regex", &[], &[&["/etc/*.d/[a-c]?"]], Ok(&[r"^/etc/(?=[^.])[^/]*\.d/[a-c][^/]$"])),
    (
        "time_difference",
        &[("format_1", "year_month_day"), ("format_2", "seconds_since_epoch")],
        &[&["20240102"], &["1704067200"]],
        Ok(&["86400"]),
    ),
    ("time_difference", &[("format_2", "seconds_since_epoch")], &[&["900"]], Ok(&["100"])),
    (
        "time_difference",
        &[("format_1", "win_filetime"), ("format_2", "win_filetime")],
        &[&["0x1D5A0C3A6D7C000"], &["0x1D5A0C3A6D7C000"]],
        Ok(&["0"]),
    ),
    ("time_difference", &[], &[&["20241301"]], Err("is no time")),
];

#[test]
fn every_function_gives_the_values_of_its_table() {
    for (name, attributes, arguments, expected) in CASES {
        let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let arguments =
            arguments.iter().map(|values| values.iter().map(|value| (*value).to_owned()).collect()).collect();
        let call = Call { attributes: &attributes, arguments, now: 1000 };
        let got = Function::find(name).unwrap().call(&call);
        match (got, expected) {
            (Ok(got), Ok(expected)) => assert_eq!(got, *expected, "{name}"),
            (Err(why), Err(expected)) => assert!(why.contains(expected), "{name}: {why}"),
            (got, expected) => panic!("{name}: {got:?}, expected {expected:?}"),
        }
    }
}

#[test]
fn a_product_that_explodes_is_refused() {
    let attributes = BTreeMap::new();
    let values: Vec<String> = (0..1000).map(|number| number.to_string()).collect();
    let call = Call { attributes: &attributes, arguments: vec![values; 6], now: 0 };
    assert!(Function::find("concat").unwrap().call(&call).unwrap_err().contains("more than"));
}
