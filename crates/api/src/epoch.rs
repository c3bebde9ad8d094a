//! Timestamps on the wire: a JSON number, seconds since the epoch with a fraction of milliseconds.

use inspector_model::Timestamp;
use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// Writes seconds.
pub fn serialize<S: Serializer>(moment: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(to_seconds(*moment))
}

/// Reads seconds; a finer fraction is rounded to the millisecond.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    let seconds = f64::deserialize(deserializer)?;
    from_seconds(seconds).ok_or_else(|| D::Error::custom("not a moment between the years 0 and 9999"))
}

/// The same for a member that may be absent.
pub mod option {
    use super::*;

    /// Writes seconds.
    pub fn serialize<S: Serializer>(moment: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
        match moment {
            Some(moment) => super::serialize(moment, serializer),
            None => serializer.serialize_none(),
        }
    }

    /// Reads seconds, `null` or nothing.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        let seconds = Option::<f64>::deserialize(deserializer)?;
        let moment = |seconds| from_seconds(seconds).ok_or_else(|| D::Error::custom("not a moment"));
        seconds.map(moment).transpose()
    }
}

/// The years 0 and 9999 in seconds: what RFC 3339 can print.
const EARLIEST: f64 = -62_167_219_200.0;
const LATEST: f64 = 253_402_300_799.0;

fn to_seconds(moment: Timestamp) -> f64 {
    moment.millis() as f64 / 1000.0
}

/// The moment `seconds` after the epoch, unless it lies outside the years 0 to 9999.
pub(crate) fn from_seconds(seconds: f64) -> Option<Timestamp> {
    if !(EARLIEST..=LATEST).contains(&seconds) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range above lies far inside i64")]
    let millis = (seconds * 1000.0).round() as i64;
    Some(Timestamp::from_millis(millis))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Stamped {
        #[serde(with = "crate::epoch")]
        at: Timestamp,
        #[serde(with = "crate::epoch::option", default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    }

    #[test]
    fn a_moment_is_seconds_with_milliseconds() {
        let stamped = Stamped { at: Timestamp::from_millis(1_458_680_170_035), until: None };
        assert_eq!(serde_json::to_string(&stamped).unwrap(), r#"{"at":1458680170.035}"#);
        assert_eq!(serde_json::from_str::<Stamped>(r#"{"at":1458680170.035}"#).unwrap(), stamped);
        assert_eq!(serde_json::from_str::<Stamped>(r#"{"at":1458680170.0351,"until":null}"#).unwrap(), stamped);
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for bad in [r#"{"at":1e300}"#, r#"{"at":"2016"}"#, r#"{"at":null}"#, "{}"] {
            assert!(serde_json::from_str::<Stamped>(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_millisecond_survives_the_wire(millis in -62_167_219_200_000_i64..253_402_300_799_000) {
            let stamped = Stamped { at: Timestamp::from_millis(millis), until: Some(Timestamp::from_millis(millis)) };
            let text = serde_json::to_string(&stamped).unwrap();
            prop_assert_eq!(serde_json::from_str::<Stamped>(&text).unwrap(), stamped);
        }
    }
}
