//! Ranges of addresses that are in use.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Ranges that do not overlap, by their start.
#[derive(Default)]
pub(crate) struct Ranges(BTreeMap<u64, u64>);

/// The addresses of so many bytes; none for 0.
pub(crate) fn range(start: u64, length: u32) -> Option<RangeInclusive<u64>> {
    Some(start..=start.saturating_add(u64::from(length.checked_sub(1)?)))
}

impl Ranges {
    /// Takes all of these ranges; or none, if one is in use or two of them overlap, which one is then returned.
    pub(crate) fn take(&mut self, ranges: &[RangeInclusive<u64>]) -> Result<(), RangeInclusive<u64>> {
        for (at, range) in ranges.iter().enumerate() {
            let before = self.0.range(..=range.end()).next_back();
            if before.is_some_and(|(_, last)| last >= range.start()) {
                self.give_back(&ranges[..at]);
                return Err(range.clone());
            }
            self.0.insert(*range.start(), *range.end());
        }
        Ok(())
    }

    /// Gives back ranges that were taken.
    pub(crate) fn give_back(&mut self, ranges: &[RangeInclusive<u64>]) {
        for range in ranges {
            self.0.remove(range.start());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_or_none_is_taken() {
        let mut ranges = Ranges::default();
        assert_eq!(ranges.take(&[10..=19, 30..=39]), Ok(()));
        assert_eq!(ranges.take(&[20..=29, 0..=10]), Err(0..=10));
        assert_eq!(ranges.take(&[20..=29, 39..=39]), Err(39..=39));
        assert_eq!(ranges.take(&[50..=59, 55..=56]), Err(55..=56));
        assert_eq!(ranges.take(&[20..=29, 50..=59]), Ok(()));
        ranges.give_back(&[30..=39]);
        assert_eq!(ranges.take(&[30..=39]), Ok(()));
    }

    #[test]
    fn a_range_ends_before_its_length() {
        assert_eq!(range(16, 16), Some(16..=31));
        assert_eq!(range(16, 0), None);
    }
}
