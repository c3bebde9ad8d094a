//! `AddAttributesToFindings`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    AddAttributesToFindingsError, AddAttributesToFindingsRequest, AddAttributesToFindingsResponse,
};
use inspector_model::Attribute;

use super::convert::{from_attributes, internal};
use super::user_attributes::change;
use crate::Service;

/// An attribute whose key is there already gets the new value.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: AddAttributesToFindingsRequest,
) -> Result<AddAttributesToFindingsResponse, AddAttributesToFindingsError> {
    let added = from_attributes(input.attributes);
    let changed = change(service, caller, input.finding_arns, |before| with(before, &added)).await;
    let failed_items = changed.map_err(internal)??;
    Ok(AddAttributesToFindingsResponse { failed_items })
}

fn with(before: &[Attribute], added: &[Attribute]) -> Vec<Attribute> {
    let mut after = before.to_vec();
    for attribute in added {
        match after.iter_mut().find(|present| present.key == attribute.key) {
            Some(present) => present.value.clone_from(&attribute.value),
            None => after.push(attribute.clone()),
        }
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_there_gets_the_new_value_in_its_place() {
        let before = [Attribute::new("a", "1"), Attribute::new("b", "2")];
        let after = with(&before, &[Attribute::new("a", "3"), Attribute::new("c", "4"), Attribute::new("c", "5")]);
        assert_eq!(after, [Attribute::new("a", "3"), Attribute::new("b", "2"), Attribute::new("c", "5")]);
    }
}
