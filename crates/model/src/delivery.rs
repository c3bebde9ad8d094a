//! A delivery in parts, so that a host on which little changed sends little.
//!
//! A part is the JSON text of one member of [`FactsRequest`], or of one member of its `facts` (`facts.packages`). Both
//! sides keep the parts of the delivery that was accepted last. The next one names it by digest, holds the parts that
//! changed, and the digest of the whole that comes out; whoever does not find both as told asks for everything.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::agent::FactsRequest;

/// What stands before the members of the facts.
const FACTS: &str = "facts.";

/// `POST /agent/v1/facts`: one collection, delivered for every run that waits for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Delivery {
    /// The run ARNs that the service asked facts for.
    pub runs: Vec<String>,
    /// The digest of the accepted delivery that this one changes; `None` when it holds everything.
    pub base: Option<String>,
    /// The digest of the parts that come out.
    pub digest: String,
    /// Parts that are new or changed, each as its JSON text.
    pub set: BTreeMap<String, String>,
    /// Parts that are gone.
    pub unset: BTreeSet<String>,
}

/// Why a delivery cannot be put together.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The other side holds another base than this delivery changes.
    #[error("the delivery does not come out as it was told; send everything")]
    OtherBase,
    /// A part is no JSON, or the whole is no message.
    #[error("the delivery does not decode: {0}")]
    Malformed(String),
}

/// The parts of a delivery, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Parts(BTreeMap<String, String>);

/// The digests of a delivery and of its parts: what the sending side keeps of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digests {
    whole: String,
    parts: BTreeMap<String, [u8; 32]>,
}

impl Parts {
    /// Takes a message apart.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn of(request: &FactsRequest) -> Result<Self, serde_json::Error> {
        let Value::Object(mut members) = serde_json::to_value(request)? else { return Ok(Self::default()) };
        members.remove("runs");
        let facts = members.remove("facts");
        let mut parts: BTreeMap<_, _> = members.into_iter().map(|(name, value)| (name, value.to_string())).collect();
        if let Some(Value::Object(facts)) = facts {
            parts.extend(facts.into_iter().map(|(name, value)| (format!("{FACTS}{name}"), value.to_string())));
        }
        Ok(Self(parts))
    }

    /// The digests of these parts.
    pub fn digests(&self) -> Digests {
        let parts: BTreeMap<String, [u8; 32]> =
            self.0.iter().map(|(name, text)| (name.clone(), Sha256::digest(text).into())).collect();
        let mut whole = Sha256::new();
        for (name, digest) in &parts {
            whole.update(name);
            whole.update([0]);
            whole.update(digest);
        }
        Digests { whole: hex::encode(whole.finalize()), parts }
    }

    /// The delivery of these parts, which have these `digests`, for `runs`: what changed since `base`, or everything.
    pub fn since(&self, digests: &Digests, base: Option<&Digests>, runs: &[String]) -> Delivery {
        let known = base.map(|base| &base.parts);
        let unchanged = |name: &String| known.is_some_and(|known| known.get(name) == digests.parts.get(name));
        let set = self.0.iter().filter(|(name, _)| !unchanged(name));
        let gone = known.into_iter().flat_map(BTreeMap::keys).filter(|name| !self.0.contains_key(*name));
        Delivery {
            runs: runs.to_vec(),
            base: base.map(|base| base.whole.clone()),
            set: set.map(|(name, text)| (name.clone(), text.clone())).collect(),
            unset: gone.cloned().collect(),
            digest: digests.whole.clone(),
        }
    }

    /// These parts, changed as `delivery` says.
    ///
    /// # Errors
    /// When something else comes out than the delivery tells, or a part is no JSON.
    pub fn changed_by(mut self, delivery: &Delivery) -> Result<Self, Broken> {
        self.0.retain(|name, _| !delivery.unset.contains(name));
        for (name, text) in &delivery.set {
            let _well_formed: serde::de::IgnoredAny =
                serde_json::from_str(text).map_err(|error| Broken::Malformed(format!("`{name}`: {error}")))?;
            self.0.insert(name.clone(), text.clone());
        }
        if self.digests().whole == delivery.digest { Ok(self) } else { Err(Broken::OtherBase) }
    }

    /// Puts the message together, for `runs`.
    ///
    /// # Errors
    /// When it is no message.
    pub fn message(&self, runs: &[String]) -> Result<FactsRequest, Broken> {
        let malformed = |error: serde_json::Error| Broken::Malformed(error.to_string());
        let runs = serde_json::to_string(runs).map_err(malformed)?;
        let (mut facts, mut rest) = (Vec::new(), vec![format!("\"runs\":{runs}")]);
        for (name, text) in &self.0 {
            let member = |name: &str| Ok(format!("{}:{text}", serde_json::to_string(name).map_err(malformed)?));
            match name.strip_prefix(FACTS) {
                Some(name) => facts.push(member(name)?),
                None => rest.push(member(name)?),
            }
        }
        rest.push(format!("\"facts\":{{{}}}", facts.join(",")));
        // Each part is JSON by itself, so that none reaches out of its member; a member that stands twice is refused.
        serde_json::from_str(&format!("{{{}}}", rest.join(","))).map_err(malformed)
    }
}

impl Digests {
    /// The digest of the whole.
    pub fn whole(&self) -> &str {
        &self.whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;
    use crate::host::HostFacts;

    fn request(at: i64) -> FactsRequest {
        let facts = HostFacts::of_document("sbom.json", Timestamp::from_millis(at));
        FactsRequest { runs: vec!["arn:a".to_owned()], facts, benchmark: None }
    }

    fn runs() -> Vec<String> {
        vec!["arn:a".to_owned()]
    }

    #[test]
    fn a_message_comes_out_as_it_went_in() {
        let parts = Parts::of(&request(1)).unwrap();
        let delivery = parts.since(&parts.digests(), None, &runs());
        let arrived = Parts::default().changed_by(&delivery).unwrap();
        assert_eq!(arrived, parts);
        assert_eq!(arrived.message(&delivery.runs), Ok(request(1)));
    }

    #[test]
    fn only_what_changed_is_sent() {
        let (before, after) = (Parts::of(&request(1)).unwrap(), Parts::of(&request(2)).unwrap());
        let delivery = after.since(&after.digests(), Some(&before.digests()), &runs());
        assert_eq!(delivery.set.keys().collect::<Vec<_>>(), ["facts.collectedAt"]);
        assert_eq!(before.changed_by(&delivery).unwrap().message(&runs()), Ok(request(2)));
    }

    #[test]
    fn a_part_that_is_gone_is_taken_away() {
        let after = Parts::of(&request(1)).unwrap();
        let mut before = after.clone();
        before.0.insert("facts.languages".to_owned(), "null".to_owned());
        let delivery = after.since(&after.digests(), Some(&before.digests()), &runs());
        assert_eq!((delivery.set.len(), delivery.unset.len()), (0, 1));
        assert_eq!(before.changed_by(&delivery), Ok(after));
    }

    #[test]
    fn another_base_is_noticed() {
        let (before, after) = (Parts::of(&request(1)).unwrap(), Parts::of(&request(2)).unwrap());
        let delivery = after.since(&after.digests(), Some(&before.digests()), &runs());
        assert_eq!(Parts::default().changed_by(&delivery), Err(Broken::OtherBase));
    }

    #[test]
    fn no_part_reaches_out_of_its_member() {
        let parts = Parts::of(&request(1)).unwrap();
        for (name, text) in [("facts.os", "1},\"runs\":[\"arn:b\"],\"x\":{"), ("facts.os", ""), ("x", "1,2")] {
            let mut delivery = parts.since(&parts.digests(), None, &runs());
            delivery.set.insert(name.to_owned(), text.to_owned());
            assert!(matches!(Parts::default().changed_by(&delivery), Err(Broken::Malformed(_))), "{text}");
        }
        for name in ["runs", "facts", "facts\":{},\"x", "facts.\"", "other"] {
            let mut changed = parts.clone();
            changed.0.insert(name.to_owned(), "[]".to_owned());
            assert!(matches!(changed.message(&runs()), Err(Broken::Malformed(_))), "{name}");
        }
    }
}
