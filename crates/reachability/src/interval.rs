//! Sets of addresses or ports as sorted intervals.

use std::fmt::Debug;

/// A whole number that intervals are made of: a port, an IPv4 or an IPv6 address.
pub trait Word: Copy + Ord + Debug {
    /// The least value.
    const MIN: Self;
    /// The greatest value.
    const MAX: Self;
    /// The next value, if there is one.
    fn next(self) -> Option<Self>;
    /// The value before, if there is one.
    fn previous(self) -> Option<Self>;
}

macro_rules! word {
    ($($word:ty),+) => {$(
        impl Word for $word {
            const MIN: Self = <$word>::MIN;
            const MAX: Self = <$word>::MAX;

            fn next(self) -> Option<Self> {
                self.checked_add(1)
            }

            fn previous(self) -> Option<Self> {
                self.checked_sub(1)
            }
        }
    )+};
}

word!(u16, u32, u128);

/// A set of words.
///
/// INVARIANT: intervals are closed, not empty, in rising order, and neither overlap nor touch; so equal sets are equal
/// values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IntervalSet<T>(Vec<(T, T)>);

impl<T> Default for IntervalSet<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Word> IntervalSet<T> {
    /// The empty set.
    pub const fn empty() -> Self {
        Self(Vec::new())
    }

    /// Every word.
    pub fn full() -> Self {
        Self(vec![(T::MIN, T::MAX)])
    }

    /// The words from `low` to `high`, both included; empty where `low` is above `high`.
    pub fn between(low: T, high: T) -> Self {
        Self(if low <= high { vec![(low, high)] } else { Vec::new() })
    }

    /// The union of any intervals; those whose ends are the wrong way round are empty.
    pub fn of(mut intervals: Vec<(T, T)>) -> Self {
        intervals.retain(|(low, high)| low <= high);
        if intervals.len() < 2 {
            return Self(intervals);
        }
        intervals.sort_unstable();
        let mut joined: Vec<(T, T)> = Vec::with_capacity(intervals.len());
        for (low, high) in intervals {
            match joined.last_mut() {
                Some(last) if last.1.next().is_none_or(|after| low <= after) => last.1 = last.1.max(high),
                _ => joined.push((low, high)),
            }
        }
        Self(joined)
    }

    /// The intervals in rising order.
    pub fn intervals(&self) -> &[(T, T)] {
        &self.0
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The least member.
    pub fn first(&self) -> Option<T> {
        self.0.first().map(|(low, _)| *low)
    }

    /// Whether `word` is a member.
    pub fn contains(&self, word: T) -> bool {
        let after = self.0.partition_point(|(low, _)| *low <= word);
        after.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|(_, high)| word <= *high)
    }

    /// Whether the two sets share a member. Stops at the first.
    pub fn meets(&self, other: &Self) -> bool {
        self.overlaps(other).next().is_some()
    }

    /// The common members.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self(self.overlaps(other).collect())
    }

    /// The members of either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        match (self.is_empty(), other.is_empty()) {
            (true, _) => other.clone(),
            (_, true) => self.clone(),
            (false, false) => self.merged(other),
        }
    }

    /// The members of this set that are not in `other`.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        let mut left = Vec::with_capacity(self.0.len());
        for &(low, high) in &self.0 {
            let mut rest = Some(low);
            let from = other.0.partition_point(|(_, end)| *end < low);
            for &(start, end) in other.0.get(from..).unwrap_or_default() {
                let Some(at) = rest.filter(|_| start <= high) else { break };
                if let Some(before) = start.previous().filter(|before| at <= *before) {
                    left.push((at, before));
                }
                rest = end.next();
            }
            if let Some(at) = rest.filter(|at| *at <= high) {
                left.push((at, high));
            }
        }
        Self(left)
    }

    /// Removes the members between `low` and `high`, both included.
    pub fn remove(&mut self, (low, high): (T, T)) {
        let from = self.0.partition_point(|(_, end)| *end < low);
        let to = self.0.partition_point(|(start, _)| *start <= high);
        let Some(touched) = self.0.get(from..to) else { return };
        let (Some(first), Some(last)) = (touched.first(), touched.last()) else { return };
        let before = low.previous().filter(|before| first.0 <= *before).map(|before| (first.0, before));
        let after = high.next().filter(|after| *after <= last.1).map(|after| (after, last.1));
        self.0.splice(from..to, before.into_iter().chain(after));
    }

    /// Whether some member lies between `low` and `high`, both included.
    pub fn meets_interval(&self, (low, high): (T, T)) -> bool {
        let from = self.0.partition_point(|(_, end)| *end < low);
        low <= high && self.0.get(from).is_some_and(|(start, _)| *start <= high)
    }

    /// Both lists are in order already.
    fn merged(&self, other: &Self) -> Self {
        let (mut left, mut right) = (self.0.iter().copied().peekable(), other.0.iter().copied().peekable());
        let mut joined: Vec<(T, T)> = Vec::with_capacity(self.0.len() + other.0.len());
        loop {
            let next = match (left.peek(), right.peek()) {
                (Some(a), Some(b)) if b.0 < a.0 => right.next(),
                (Some(_), _) => left.next(),
                (None, _) => right.next(),
            };
            let Some((low, high)) = next else { return Self(joined) };
            match joined.last_mut() {
                Some(last) if last.1.next().is_none_or(|after| low <= after) => last.1 = last.1.max(high),
                _ => joined.push((low, high)),
            }
        }
    }

    fn overlaps<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (T, T)> + 'a {
        let (mut left, mut right) = (self.0.as_slice(), other.0.as_slice());
        std::iter::from_fn(move || {
            loop {
                let (&(a, b), &(c, d)) = (left.first()?, right.first()?);
                let common = (a.max(c), b.min(d));
                if b <= d {
                    left = left.get(1..).unwrap_or_default();
                } else {
                    right = right.get(1..).unwrap_or_default();
                }
                if common.0 <= common.1 {
                    return Some(common);
                }
            }
        })
    }
}

impl IntervalSet<u16> {
    /// How many ports are in it.
    pub fn len(&self) -> usize {
        self.0.iter().map(|(low, high)| usize::from(high - low) + 1).sum()
    }
}

/// Ports as `22,80-90`; `-` for none.
impl std::fmt::Display for IntervalSet<u16> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let part = |(low, high): &(u16, u16)| if low == high { low.to_string() } else { format!("{low}-{high}") };
        let parts: Vec<String> = self.0.iter().map(part).collect();
        f.pad(if parts.is_empty() { "-".to_owned() } else { parts.join(",") }.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Sets over a few ports near both ends, where carrying goes wrong.
    fn any_set() -> impl Strategy<Value = IntervalSet<u16>> {
        let word = prop_oneof![0_u16..12, 65524..=u16::MAX];
        prop::collection::vec((word.clone(), word), 0..6).prop_map(IntervalSet::of)
    }

    fn words() -> impl Iterator<Item = u16> {
        (0..14).chain(65520..=u16::MAX)
    }

    proptest! {
        #[test]
        fn set_algebra_agrees_with_membership(a in any_set(), b in any_set()) {
            for word in words() {
                let (in_a, in_b) = (a.contains(word), b.contains(word));
                prop_assert_eq!(a.union(&b).contains(word), in_a || in_b);
                prop_assert_eq!(a.intersection(&b).contains(word), in_a && in_b);
                prop_assert_eq!(a.difference(&b).contains(word), in_a && !in_b);
            }
            prop_assert_eq!(a.meets(&b), !a.intersection(&b).is_empty());
        }

        #[test]
        fn what_is_removed_is_gone(a in any_set(), low in 0_u16..14, more in 0_u16..9) {
            let range = IntervalSet::between(low, low + more);
            let mut left = a.clone();
            left.remove((low, low + more));
            prop_assert_eq!(&left, &a.difference(&range));
            prop_assert_eq!(a.meets_interval((low, low + more)), a.meets(&range));
        }

        #[test]
        fn equal_sets_are_equal_values(a in any_set(), b in any_set()) {
            prop_assert_eq!(a.difference(&b).union(&a.intersection(&b)), a);
        }
    }

    #[test]
    fn touching_intervals_become_one() {
        assert_eq!(IntervalSet::of(vec![(5_u16, 9), (1, 4), (11, 10)]).intervals(), [(1, 9)]);
    }

    #[test]
    fn ports_print_as_scripts_expect() {
        assert_eq!(IntervalSet::of(vec![(22_u16, 22), (80, 90)]).to_string(), "22,80-90");
        assert_eq!(IntervalSet::<u16>::empty().to_string(), "-");
        assert_eq!(IntervalSet::<u16>::full().len(), 65536);
    }
}
