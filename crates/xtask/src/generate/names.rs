//! From the spelling of the model to the spelling of Rust.

/// `rulesPackageArns` or `CreateResourceGroup` to `rules_package_arns` or `create_resource_group`.
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// `rulesPackageArns` to `RULES_PACKAGE_ARNS`; `UUID` stays what it is.
pub(crate) fn shout(name: &str) -> String {
    if name.chars().all(|c| c.is_ascii_uppercase()) { name.to_owned() } else { snake(name).to_ascii_uppercase() }
}

/// An enum value to a variant: `ec2-instance` to `Ec2Instance`, `EN_US` to `EnUs`; `High` stays what it is.
pub(crate) fn variant(value: &str) -> String {
    let mixed = value.chars().any(|c| c.is_ascii_lowercase()) && !value.contains(['-', '_']);
    if mixed {
        return value.to_owned();
    }
    value.split(['-', '_']).map(capitalised).collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters.map(|c| c.to_ascii_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_take_the_case_of_their_place() {
        assert_eq!(snake("ipv4Address"), "ipv4_address");
        assert_eq!(snake("ListAssessmentRunAgents"), "list_assessment_run_agents");
        assert_eq!(shout("BatchDescribeArnList"), "BATCH_DESCRIBE_ARN_LIST");
        assert_eq!(shout("UUID"), "UUID");
        assert_eq!(variant("ec2-instance"), "Ec2Instance");
        assert_eq!(variant("START_DATA_COLLECTION_IN_PROGRESS"), "StartDataCollectionInProgress");
        assert_eq!(variant("Informational"), "Informational");
    }
}
