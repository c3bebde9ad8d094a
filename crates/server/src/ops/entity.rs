//! ARNs in requests: of the right kind, in the caller's account and Region, or the error that the API has for it.

use std::collections::BTreeMap;
use std::str::FromStr;

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    AccessDeniedErrorCode, AccessDeniedException, FailedItemDetails, FailedItemErrorCode, InvalidInputErrorCode,
    InvalidInputException, NoSuchEntityErrorCode, NoSuchEntityException,
};
use inspector_model::arn::{
    ExclusionArn, FindingArn, Malformed, ResourceGroupArn, RulesPackageArn, RunArn, Scope, TargetArn, TemplateArn,
};

/// A kind of ARN.
pub(super) trait Entity: FromStr<Err = Malformed> + ToString + Ord + Clone {
    /// Account and Region.
    fn scope(&self) -> &Scope;
}

/// A kind of ARN that has error codes of its own.
pub(super) trait Coded: Entity {
    /// The text is no such ARN.
    const INVALID: InvalidInputErrorCode;
    /// It belongs to somebody else.
    const DENIED: AccessDeniedErrorCode;
    /// There is none.
    const MISSING: NoSuchEntityErrorCode;
}

macro_rules! entity {
    ($arn:ident) => {
        impl Entity for $arn {
            fn scope(&self) -> &Scope {
                &self.scope
            }
        }
    };
    ($arn:ident, $invalid:ident, $denied:ident, $missing:ident) => {
        entity!($arn);

        impl Coded for $arn {
            const INVALID: InvalidInputErrorCode = InvalidInputErrorCode::$invalid;
            const DENIED: AccessDeniedErrorCode = AccessDeniedErrorCode::$denied;
            const MISSING: NoSuchEntityErrorCode = NoSuchEntityErrorCode::$missing;
        }
    };
}

entity!(ExclusionArn);
entity!(FindingArn, InvalidFindingArn, AccessDeniedToFinding, FindingDoesNotExist);
entity!(ResourceGroupArn, InvalidResourceGroupArn, AccessDeniedToResourceGroup, ResourceGroupDoesNotExist);
entity!(RulesPackageArn, InvalidRulesPackageArn, AccessDeniedToRulesPackage, RulesPackageDoesNotExist);
entity!(RunArn, InvalidAssessmentRunArn, AccessDeniedToAssessmentRun, AssessmentRunDoesNotExist);
entity!(TargetArn, InvalidAssessmentTargetArn, AccessDeniedToAssessmentTarget, AssessmentTargetDoesNotExist);
entity!(TemplateArn, InvalidAssessmentTemplateArn, AccessDeniedToAssessmentTemplate, AssessmentTemplateDoesNotExist);

/// The ARN `text`, if it is one of the caller's.
pub(super) fn own<T, E>(text: &str, caller: &Caller) -> Result<T, E>
where
    T: Coded,
    E: From<InvalidInputException> + From<AccessDeniedException>,
{
    let arn: T = text.parse().map_err(|error: Malformed| InvalidInputException::new(T::INVALID, error.to_string()))?;
    if arn.scope().account != caller.scope.account {
        let message = format!("`{text}` belongs to account {}", arn.scope().account);
        return Err(AccessDeniedException::new(T::DENIED, message).into());
    }
    if arn.scope().region != caller.scope.region {
        let message = format!("`{text}` is of Region {}, the request of {}", arn.scope().region, caller.scope.region);
        return Err(InvalidInputException::new(T::INVALID, message).into());
    }
    Ok(arn)
}

/// The template that a request about "a resource" names: only templates carry tags.
pub(super) fn own_resource<E>(text: &str, caller: &Caller) -> Result<TemplateArn, E>
where
    E: From<InvalidInputException> + From<AccessDeniedException>,
{
    if let Err(error) = text.parse::<TemplateArn>() {
        return Err(InvalidInputException::new(InvalidInputErrorCode::InvalidResourceArn, error.to_string()).into());
    }
    own(text, caller)
}

/// The same for a list of parents; none is an empty list.
pub(super) fn all_own<T, E>(texts: Option<Vec<String>>, caller: &Caller) -> Result<Vec<T>, E>
where
    T: Coded,
    E: From<InvalidInputException> + From<AccessDeniedException>,
{
    texts.unwrap_or_default().iter().map(|text| own(text, caller)).collect()
}

/// The error for an ARN that names nothing.
pub(super) fn missing<T: Coded>(arn: &T) -> NoSuchEntityException {
    NoSuchEntityException::new(T::MISSING, format!("`{}` does not exist", arn.to_string()))
}

/// What could not be described, by ARN.
pub(super) type FailedItems = BTreeMap<String, FailedItemDetails>;

/// Why one item of a batch fails; none of these can succeed when repeated.
pub(super) fn failed(failure_code: FailedItemErrorCode) -> FailedItemDetails {
    FailedItemDetails { failure_code, retryable: false }
}

/// The ARNs of a batch that are the caller's, each once, and why the others are not.
pub(super) fn batch<T: Entity>(texts: Vec<String>, caller: &Caller) -> (Vec<T>, FailedItems) {
    let (mut arns, mut failures) = (Vec::new(), FailedItems::new());
    for text in texts {
        let code = match text.parse::<T>() {
            Err(_) => FailedItemErrorCode::InvalidArn,
            Ok(arn) if arn.scope().account != caller.scope.account => FailedItemErrorCode::AccessDenied,
            Ok(arn) if arn.scope().region != caller.scope.region => FailedItemErrorCode::ItemDoesNotExist,
            Ok(arn) if arns.contains(&arn) => FailedItemErrorCode::DuplicateArn,
            Ok(arn) => {
                arns.push(arn);
                continue;
            }
        };
        failures.insert(text, failed(code));
    }
    (arns, failures)
}

#[cfg(test)]
mod tests {
    use inspector_api::inspector::DeleteAssessmentRunError;

    use super::*;

    fn caller() -> Caller {
        let scope = Scope { account: "000000000000".parse().unwrap(), region: "us-east-1".parse().unwrap() };
        let [principal, access_key_id, request_id] = ["root", "AKIA", "1"].map(str::to_owned);
        Caller { scope, principal, access_key_id, request_id }
    }

    fn target(region: &str, account: &str) -> String {
        format!("arn:aws:inspector:{region}:{account}:target/0-00000001")
    }

    #[test]
    fn the_border_of_account_and_region_is_not_crossed() {
        let own = |text: &str| own::<TargetArn, DeleteAssessmentRunError>(text, &caller());
        assert!(own(&target("us-east-1", "000000000000")).is_ok());
        assert!(matches!(own(&target("us-east-1", "111111111111")), Err(DeleteAssessmentRunError::AccessDenied(_))));
        assert!(matches!(own(&target("us-west-2", "000000000000")), Err(DeleteAssessmentRunError::InvalidInput(_))));
        assert!(matches!(own("target"), Err(DeleteAssessmentRunError::InvalidInput(_))));
    }

    #[test]
    fn a_batch_says_for_each_arn_why_it_fails() {
        let (mine, foreign, far) = (
            target("us-east-1", "000000000000"),
            target("us-east-1", "111111111111"),
            target("us-west-2", "000000000000"),
        );
        let (arns, failures) =
            batch::<TargetArn>(vec![mine.clone(), foreign.clone(), far.clone(), "x".into(), mine.clone()], &caller());
        assert_eq!(arns.len(), 1);
        let code = |arn: &str| failures.get(arn).map(|details| details.failure_code);
        assert_eq!(code(&foreign), Some(FailedItemErrorCode::AccessDenied));
        assert_eq!(code(&far), Some(FailedItemErrorCode::ItemDoesNotExist));
        assert_eq!(code("x"), Some(FailedItemErrorCode::InvalidArn));
        assert_eq!(code(&mine), Some(FailedItemErrorCode::DuplicateArn));
    }
}
