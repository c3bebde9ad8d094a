//! `DescribeRulesPackages`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    DescribeRulesPackagesError, DescribeRulesPackagesRequest, DescribeRulesPackagesResponse, FailedItemErrorCode,
    RulesPackage,
};
use inspector_model::arn::RulesPackageArn;

use super::entity::{FailedItems, failed};
use crate::Service;
use crate::engine::of_arn;

/// Also packages that this service cannot evaluate yet: templates of the original name them.
pub(super) async fn run(
    _service: &Service,
    caller: &Caller,
    input: DescribeRulesPackagesRequest,
) -> Result<DescribeRulesPackagesResponse, DescribeRulesPackagesError> {
    let (mut rules_packages, mut failed_items, mut seen) = (Vec::new(), FailedItems::new(), Vec::new());
    for text in input.rules_package_arns {
        let code = match text.parse::<RulesPackageArn>() {
            Err(_) => FailedItemErrorCode::InvalidArn,
            Ok(arn) if seen.contains(&arn) => FailedItemErrorCode::DuplicateArn,
            Ok(arn) => match of_arn(&arn, &caller.scope.region) {
                None => FailedItemErrorCode::ItemDoesNotExist,
                Some(key) => {
                    seen.push(arn);
                    rules_packages.push(RulesPackage {
                        arn: text,
                        name: key.name().to_owned(),
                        version: key.version().to_owned(),
                        provider: "OpenInspector".to_owned(),
                        description: Some(key.description().to_owned()),
                    });
                    continue;
                }
            },
        };
        failed_items.insert(text, failed(code));
    }
    Ok(DescribeRulesPackagesResponse { rules_packages, failed_items })
}
