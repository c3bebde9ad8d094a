//! ARNs of other services: topics that subscribers name, roles that accounts name.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    AccessDeniedErrorCode, AccessDeniedException, InvalidInputErrorCode, InvalidInputException,
};
use inspector_model::arn::{AccountId, Region};

/// The ARN `text` of an SNS topic, if it is one. Topics may belong to any account and Region.
pub(super) fn topic(text: String) -> Result<String, InvalidInputException> {
    let refused = |why: &str| {
        let message = format!("`{text}` {why}");
        InvalidInputException::new(InvalidInputErrorCode::InvalidSnsTopicArn, message)
    };
    let form = || refused("is not of the form `arn:aws:sns:us-east-1:123456789012:name`");
    let [partition, "sns", region, account, name] = parts(&text).ok_or_else(form)? else { return Err(form()) };
    let region: Region = region.parse().map_err(|_| form())?;
    let fits = partition == region.partition() && account.parse::<AccountId>().is_ok();
    if name.ends_with(".fifo") {
        return Err(refused("is a FIFO topic; the service publishes to standard topics alone"));
    }
    let named =
        (1..=256).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if fits && named { Ok(text) } else { Err(form()) }
}

/// The ARN `text` of an IAM role of the caller's account, if it is one.
pub(super) fn role<E>(text: String, caller: &Caller) -> Result<String, E>
where
    E: From<InvalidInputException> + From<AccessDeniedException>,
{
    let form = || {
        let message = format!("`{text}` is not of the form `arn:aws:iam::123456789012:role/name`");
        E::from(InvalidInputException::new(InvalidInputErrorCode::InvalidIamRoleArn, message))
    };
    let [partition, "iam", "", account, resource] = parts(&text).ok_or_else(form)? else { return Err(form()) };
    let account: AccountId = account.parse().map_err(|_| form())?;
    let name = resource.strip_prefix("role/").and_then(|path| path.split('/').next_back()).unwrap_or_default();
    let named =
        (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"+=,.@_-".contains(&b));
    if !named || partition != caller.scope.region.partition() {
        return Err(form());
    }
    if account != caller.scope.account {
        let message = format!("`{text}` belongs to account {account}");
        return Err(AccessDeniedException::new(AccessDeniedErrorCode::AccessDeniedToIamRole, message).into());
    }
    Ok(text)
}

/// Partition, service, Region, account and resource.
fn parts(text: &str) -> Option<[&str; 5]> {
    let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
    Some([parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?])
}

#[cfg(test)]
mod tests {
    use inspector_api::inspector::RegisterCrossAccountAccessRoleError as Refused;
    use inspector_model::arn::Scope;

    use super::*;

    #[test]
    fn a_topic_is_read_strictly() {
        for good in ["arn:aws:sns:us-east-1:123456789012:alarms", "arn:aws-us-gov:sns:us-gov-west-1:123456789012:a_-Z9"]
        {
            assert_eq!(topic(good.to_owned()).as_deref(), Ok(good));
        }
        for bad in [
            "",
            "alarms",
            "arn:aws:sqs:us-east-1:123456789012:alarms",
            "arn:aws:sns:us-east-1:12345678901:alarms",
            "arn:aws:sns:us-gov-west-1:123456789012:alarms",
            "arn:aws:sns:us-east-1:123456789012:",
            "arn:aws:sns:us-east-1:123456789012:a:b",
            "arn:aws:sns:us-east-1:123456789012:alarms.fifo",
        ] {
            assert_eq!(
                topic(bad.to_owned()).unwrap_err().error_code,
                InvalidInputErrorCode::InvalidSnsTopicArn,
                "{bad}"
            );
        }
    }

    #[test]
    fn a_role_is_one_of_the_callers_account() {
        let scope = Scope { account: "123456789012".parse().unwrap(), region: "us-east-1".parse().unwrap() };
        let [principal, access_key_id, request_id] = ["root", "AKIA", "1"].map(str::to_owned);
        let caller = Caller { scope, principal, access_key_id, request_id };
        let role = |text: &str| role::<Refused>(text.to_owned(), &caller);
        assert!(role("arn:aws:iam::123456789012:role/inspector").is_ok());
        assert!(role("arn:aws:iam::123456789012:role/path/to/inspector").is_ok());
        assert!(matches!(role("arn:aws:iam::210987654321:role/inspector"), Err(Refused::AccessDenied(_))));
        for bad in ["", "inspector", "arn:aws:iam::123456789012:user/inspector", "arn:aws:iam::123456789012:role/"] {
            assert!(matches!(role(bad), Err(Refused::InvalidInput(_))), "{bad}");
        }
    }
}
