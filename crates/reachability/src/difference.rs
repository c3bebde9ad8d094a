//! What differs between the answers about two networks.

use serde::Serialize;

use crate::fact::{Fact, printed};
use crate::interval::IntervalSet;

/// One question whose answer differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The answer before; `None` where the question could not be asked, for example because there was no such gateway.
    pub before: Option<Fact>,
    /// The answer after.
    pub after: Option<Fact>,
    /// Ports that can be reached after and could not before.
    #[serde(serialize_with = "printed")]
    pub opened: IntervalSet<u16>,
    /// Ports that could be reached before and cannot after.
    #[serde(serialize_with = "printed")]
    pub closed: IntervalSet<u16>,
}

impl Difference {
    /// Something can be reached that could not: a port, or the same port by more sources or in another way.
    pub fn opens(&self) -> bool {
        let reachable = |fact: &Option<Fact>| fact.as_ref().is_some_and(|fact| fact.reachable);
        !self.opened.is_empty() || (reachable(&self.after) && !reachable(&self.before))
    }

    /// Something can no longer be reached.
    pub fn closes(&self) -> bool {
        let reachable = |fact: &Option<Fact>| fact.as_ref().is_some_and(|fact| fact.reachable);
        !self.closed.is_empty() || (reachable(&self.before) && !reachable(&self.after))
    }
}

/// The questions whose answers differ, in the order of facts. Both lists must be in that order.
pub fn differences(before: Vec<Fact>, after: Vec<Fact>) -> Vec<Difference> {
    let mut differences = Vec::new();
    let (mut before, mut after) = (before.into_iter().peekable(), after.into_iter().peekable());
    loop {
        let order = match (before.peek(), after.peek()) {
            (Some(a), Some(b)) => a.question().cmp(&b.question()),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (None, None) => return differences,
        };
        let pair = match order {
            std::cmp::Ordering::Less => (before.next(), None),
            std::cmp::Ordering::Greater => (None, after.next()),
            std::cmp::Ordering::Equal => (before.next(), after.next()),
        };
        differences.extend(difference(pair));
    }
}

fn difference((before, after): (Option<Fact>, Option<Fact>)) -> Option<Difference> {
    let same = before.as_ref().zip(after.as_ref()).is_some_and(|(before, after)| answer(before) == answer(after));
    if same {
        return None;
    }
    let ports = |fact: &Option<Fact>| fact.as_ref().map(|fact| fact.ports.clone()).unwrap_or_default();
    let (was, is) = (ports(&before), ports(&after));
    Some(Difference { opened: is.difference(&was), closed: was.difference(&is), before, after })
}

/// What an answer says, its explanation apart.
fn answer(fact: &Fact) -> impl PartialEq {
    let sources: Vec<_> = fact.openings.iter().map(|opening| (opening.ports, &opening.sources)).collect();
    (fact.outcome, &fact.ports, &fact.one_way_ports, &fact.client_ports, &fact.source, sources, &fact.unknown)
}
