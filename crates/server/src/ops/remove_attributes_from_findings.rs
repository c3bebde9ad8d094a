//! `RemoveAttributesFromFindings`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    RemoveAttributesFromFindingsError, RemoveAttributesFromFindingsRequest, RemoveAttributesFromFindingsResponse,
};
use inspector_model::Attribute;

use super::convert::internal;
use super::user_attributes::change;
use crate::Service;

/// A key that is not there is no error.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: RemoveAttributesFromFindingsRequest,
) -> Result<RemoveAttributesFromFindingsResponse, RemoveAttributesFromFindingsError> {
    let keys = input.attribute_keys;
    let without = |before: &[Attribute]| -> Vec<Attribute> {
        before.iter().filter(|attribute| !keys.contains(&attribute.key)).cloned().collect()
    };
    let failed_items = change(service, caller, input.finding_arns, without).await.map_err(internal)??;
    Ok(RemoveAttributesFromFindingsResponse { failed_items })
}
