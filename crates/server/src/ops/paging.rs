//! Page tokens: opaque, signed, bound to caller, operation and filter, good for a day.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use inspector_api::caller::Caller;
use inspector_api::inspector::{InvalidInputErrorCode, InvalidInputException};
use inspector_store::Page;
use ring::hmac;

use crate::Service;
use crate::world::now;

/// How long a token is good, in seconds.
const LIFE_SECONDS: i64 = 86_400;

/// Bytes of the signature in a token: the model leaves 300 characters for all of it.
const TAG: usize = 16;

/// What a token is good for.
pub(super) struct Paging<'a> {
    key: &'a hmac::Key,
    context: String,
}

impl<'a> Paging<'a> {
    /// Tokens of `operation` for `caller` and `filter`; a token of another filter is not taken.
    pub(super) fn of(service: &'a Service, caller: &Caller, operation: &str, filter: &impl std::fmt::Debug) -> Self {
        let context = format!("{operation}\n{}\n{}\n{filter:?}", caller.scope.account, caller.scope.region);
        Self { key: service.token_key(), context }
    }

    /// The place where the page before ended.
    pub(super) fn after(&self, token: Option<&str>) -> Result<Option<String>, InvalidInputException> {
        let refused = || {
            let message = "`nextToken` is not one that this operation gave for these parameters in the last day";
            InvalidInputException::new(InvalidInputErrorCode::InvalidPaginationToken, message)
        };
        token.map(|token| self.read(token).ok_or_else(refused)).transpose()
    }

    /// A token for the place where this page ends.
    pub(super) fn token(&self, place: &str) -> String {
        let content = format!("{}\n{place}", now().plus_seconds(LIFE_SECONDS).millis());
        let tag = self.sign(&content);
        URL_SAFE_NO_PAD.encode([tag.as_ref().get(..TAG).unwrap_or_default(), content.as_bytes()].concat())
    }

    fn read(&self, token: &str) -> Option<String> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (tag, content) = bytes.split_at_checked(TAG)?;
        let content = std::str::from_utf8(content).ok()?;
        let wanted = self.sign(content);
        let equal = wanted.as_ref().get(..TAG)?.iter().zip(tag).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0;
        let (expires_at, place) = content.split_once('\n')?;
        (equal && expires_at.parse::<i64>().ok()? > now().millis()).then(|| place.to_owned())
    }

    fn sign(&self, content: &str) -> hmac::Tag {
        hmac::sign(self.key, format!("page\n{}\n{content}", self.context).as_bytes())
    }

    /// The page that a request asks for, in a list by creation time and ARN.
    pub(super) fn page(&self, token: Option<&str>, max_results: Option<i32>) -> Result<Page, InvalidInputException> {
        let after = self.after(token)?.as_deref().and_then(|place| {
            let (created_at, arn) = place.split_once(' ')?;
            Some((created_at.parse().ok()?, arn.to_owned()))
        });
        Ok(Page { after, limit: limit(max_results, 10, 100)? })
    }

    /// The token for the page after one of [`Paging::page`].
    pub(super) fn next(&self, place: Option<(i64, String)>) -> Option<String> {
        place.map(|(created_at, arn)| self.token(&format!("{created_at} {arn}")))
    }
}

/// How many items a page holds: the documented maximum is 500, the list itself may hold fewer.
pub(super) fn limit(max_results: Option<i32>, default: u32, most: u32) -> Result<u32, InvalidInputException> {
    match max_results {
        None => Ok(default),
        Some(asked @ 1..=500) => Ok(u32::try_from(asked).unwrap_or(most).min(most)),
        Some(asked) => {
            let message = format!("`maxResults` is {asked}; it may be 1 to 500");
            Err(InvalidInputException::new(InvalidInputErrorCode::InvalidMaxResults, message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paging(context: &str) -> (hmac::Key, String) {
        (hmac::Key::new(hmac::HMAC_SHA256, b"key"), context.to_owned())
    }

    #[test]
    fn a_token_comes_back_as_it_was_given_and_for_nothing_else() {
        let (key, context) = paging("ListFindings");
        let mine = Paging { key: &key, context };
        let arn = "arn:aws-us-gov:inspector:us-gov-west-1:123456789012:target/0-00000000/template/0-00000000/run/0-00000000/finding/0-00000000";
        let token = mine.token(&format!("1700000000000 {arn}"));
        assert!(token.len() <= 300, "{}", token.len());
        let page = mine.page(Some(&token), Some(500)).unwrap();
        assert_eq!(page, Page { after: Some((1_700_000_000_000, arn.to_owned())), limit: 100 });
        let other = Paging { key: &key, context: "ListAssessmentRuns".into() };
        assert!(other.after(Some(&token)).is_err());
        let mut forged = token.into_bytes();
        forged[30] ^= 1;
        assert!(mine.after(Some(&String::from_utf8(forged).unwrap())).is_err());
        assert!(mine.after(Some("")).is_err());
    }

    #[test]
    fn a_page_has_its_bounds() {
        assert_eq!(limit(None, 10, 100).unwrap(), 10);
        assert_eq!(limit(Some(500), 10, 100).unwrap(), 100);
        assert_eq!(limit(Some(1), 10, 100).unwrap(), 1);
        for bad in [0, -1, 501] {
            assert!(limit(Some(bad), 10, 100).is_err(), "{bad}");
        }
    }
}
