//! Which packets an ordered rule list lets through, as port intervals with the addresses of each.
//!
//! Every filter of AWS is a product of ports and addresses, so a first-match list compiles exactly into this form.

use crate::address::Address;
use crate::interval::IntervalSet;

/// Packets with a port in an interval and the other side's address in a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slice<A> {
    /// First and last port.
    pub ports: (u16, u16),
    /// Addresses on the other side; never empty.
    pub addresses: IntervalSet<A>,
}

/// One rule of an ordered list, for one protocol and family.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule<A> {
    /// First and last port.
    pub ports: (u16, u16),
    /// First and last address.
    pub range: (A, A),
    /// Lets through or drops.
    pub allow: bool,
}

/// Compiles a list in which the first rule that matches decides and nothing matched means dropped. `ports` and
/// `universe` bound what is asked about. Slices are in rising order and do not overlap.
pub(crate) fn first_match<A: Address>(
    rules: &[Rule<A>],
    ports: (u16, u16),
    universe: &IntervalSet<A>,
) -> Vec<Slice<A>> {
    let mut slices: Vec<Slice<A>> = Vec::new();
    for (low, high) in elementary(rules, ports) {
        let addresses = allowed_at(rules, low, universe);
        match slices.last_mut() {
            Some(last) if last.ports.1.checked_add(1) == Some(low) && last.addresses == addresses => {
                last.ports.1 = high;
            }
            _ if addresses.is_empty() => {}
            _ => slices.push(Slice { ports: (low, high), addresses }),
        }
    }
    slices
}

/// Cuts `ports` wherever a rule begins or ends, so that every rule covers a piece whole or not at all.
fn elementary<A: Address>(rules: &[Rule<A>], ports: (u16, u16)) -> Vec<(u16, u16)> {
    let mut starts: Vec<u16> = rules
        .iter()
        .flat_map(|rule| [Some(rule.ports.0), rule.ports.1.checked_add(1)])
        .flatten()
        .filter(|start| ports.0 < *start && *start <= ports.1)
        .chain([ports.0])
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).map(|next| next.saturating_sub(1)).chain([ports.1]);
    starts.iter().copied().zip(ends).collect()
}

/// Later rules decide only what earlier ones leave: so from the first rule that decides everything, backwards.
fn allowed_at<A: Address>(rules: &[Rule<A>], port: u16, universe: &IntervalSet<A>) -> IntervalSet<A> {
    let decides = |rule: &&Rule<A>| rule.ports.0 <= port && port <= rule.ports.1;
    let all = |rule: &Rule<A>| rule.range == (A::MIN, A::MAX);
    let end = rules.iter().position(|rule| decides(&rule) && all(rule));
    let last = end.and_then(|at| rules.get(at)).is_some_and(|rule| rule.allow);
    let mut allowed = if last { universe.clone() } else { IntervalSet::empty() };
    let before = rules.get(..end.unwrap_or(rules.len())).unwrap_or_default();
    for rule in before.iter().rev().filter(decides) {
        if rule.allow {
            let (low, high) = rule.range;
            allowed = allowed.union(&universe.intersection(&IntervalSet::between(low, high)));
        } else {
            allowed.remove(rule.range);
        }
    }
    allowed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_rules() -> impl Strategy<Value = Vec<Rule<u32>>> {
        let range = prop_oneof![
            4 => (0_u32..8, 0_u32..8).prop_map(|(c, d)| (c.min(d), c.max(d))),
            1 => Just((u32::MIN, u32::MAX)),
        ];
        let rule = (0_u16..6, 0_u16..6, range, any::<bool>()).prop_map(|(a, b, range, allow)| Rule {
            ports: (a.min(b), a.max(b)),
            range,
            allow,
        });
        prop::collection::vec(rule, 0..6)
    }

    proptest! {
        #[test]
        fn slices_hold_exactly_what_the_first_matching_rule_allows(rules in any_rules(), port in 0_u16..8, address in 0_u32..10) {
            let slices = first_match(&rules, (1, 6), &IntervalSet::between(1, 8));
            let found = slices.iter().any(|s| s.ports.0 <= port && port <= s.ports.1 && s.addresses.contains(address));
            let asked = (1..=6).contains(&port) && (1..=8).contains(&address);
            let matching = rules.iter().find(|rule| {
                (rule.ports.0..=rule.ports.1).contains(&port) && (rule.range.0..=rule.range.1).contains(&address)
            });
            prop_assert_eq!(found, asked && matching.is_some_and(|rule| rule.allow));
            prop_assert!(slices.windows(2).all(|pair| pair[0].ports.1 < pair[1].ports.0));
        }
    }
}
