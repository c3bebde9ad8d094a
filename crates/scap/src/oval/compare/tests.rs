//! One table for all datatypes: found, operation, wanted, and the answer.

use super::*;

fn answer(datatype: &str, found: &str, operation: &str, wanted: &str) -> Option<bool> {
    let (datatype, operation) = (Datatype::parse(datatype).unwrap(), Operation::parse(operation).unwrap());
    Wanted::new(wanted, datatype, operation).and_then(|wanted| wanted.compare(&Value::from(found), operation)).ok()
}

#[test]
fn every_datatype_compares_as_its_table_says() {
    for line in include_str!("cases.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [datatype, found, operation, wanted, expected] = parts[..] else { panic!("`{line}`") };
        let expected = match expected {
            "true" => Some(true),
            "false" => Some(false),
            "error" => None,
            other => panic!("`{other}`"),
        };
        assert_eq!(answer(datatype, found, operation, wanted), expected, "{line}");
    }
}
