//! How often one key may call: a bucket of tokens that fills with time.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use inspector_api::error::Failure;
use inspector_model::Timestamp;

/// Requests per key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// In the long run; 0 is no limit.
    pub per_second: u32,
    /// At once, after a rest.
    pub burst: u32,
}

impl Default for Rate {
    /// The original published none; these bound a client that runs wild and hinder no other.
    fn default() -> Self {
        Self { per_second: 500, burst: 2000 }
    }
}

/// Buckets are forgotten when this many keys have one and theirs is full again.
const MANY: usize = 10_000;

/// A thousandth of a request, so that a slow rate fills evenly.
const WHOLE: i64 = 1000;

/// The buckets of all keys.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    by_key: Mutex<HashMap<String, Bucket>>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// In thousandths.
    left: i64,
    at: Timestamp,
}

impl Buckets {
    /// Takes one request from the bucket of `key`, or refuses as AWS does: SDKs wait and try again.
    pub(super) fn take(&self, key: &str, rate: Rate, now: Timestamp) -> Result<(), Failure> {
        if rate.per_second == 0 {
            return Ok(());
        }
        let full = i64::from(rate.burst.max(1)) * WHOLE;
        let filled = |bucket: &Bucket| {
            let millis = (now.millis() - bucket.at.millis()).max(0);
            bucket.left.saturating_add(millis.saturating_mul(i64::from(rate.per_second))).min(full)
        };
        let mut buckets = self.by_key.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MANY {
            buckets.retain(|_, bucket| filled(bucket) < full);
        }
        let left = buckets.get(key).map_or(full, filled);
        if left < WHOLE {
            return Err(Failure::protocol("ThrottlingException", 400, "Rate exceeded"));
        }
        buckets.insert(key.to_owned(), Bucket { left: left - WHOLE, at: now });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_with_requests_and_fills_with_time() {
        let (buckets, rate) = (Buckets::default(), Rate { per_second: 2, burst: 3 });
        let at = Timestamp::from_millis;
        let take = |key: &str, millis| buckets.take(key, rate, at(millis)).is_ok();
        assert!([0, 0, 0].into_iter().all(|millis| take("a", millis)));
        assert!(!take("a", 0) && !take("a", 499), "half a second for one request");
        assert!(take("a", 500) && !take("a", 500));
        assert!(take("b", 500), "another key has its own");
        assert!([60_000, 60_000, 60_000].into_iter().all(|millis| take("a", millis)) && !take("a", 60_000));
        assert!(!take("a", 0), "a clock that goes back gives nothing");
        assert_eq!(buckets.take("a", rate, at(0)).unwrap_err().name, "ThrottlingException");
    }

    #[test]
    fn no_rate_is_no_limit() {
        let buckets = Buckets::default();
        let free = Rate { per_second: 0, burst: 0 };
        assert!((0..10_000).all(|_| buckets.take("a", free, Timestamp::from_millis(0)).is_ok()));
    }
}
