//! When a released household's leads are warned and when it is purged. Knows no database.

use std::time::Duration;

use crate::base::clock::Timestamp;

/// How long before the purge the leads are warned (rule "retention").
pub const WARNED_BEFORE: Duration = Duration::from_hours(3 * 24);
/// What falls due within this time is warned of in one message, so that a lead reads one a day.
pub const GATHERED: Duration = Duration::from_hours(24);

/// What a closed household waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Its leads are warned now.
    Warn,
    /// Nothing happens before this instant.
    Wait(Timestamp),
    /// Its personal data go now.
    Purge,
}

/// The instants of one household.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// When its leads are to be warned.
    pub warn_at: Timestamp,
    /// When it is purged; a warning that comes late does not put it off.
    pub purge_at: Timestamp,
}

impl Schedule {
    /// Of a household that was released at an instant, by `release.retention_days`.
    #[must_use]
    pub fn of(released_at: Timestamp, retention_days: u32) -> Self {
        let purge_at = released_at.plus(Duration::from_hours(24) * retention_days);
        Self { warn_at: purge_at.minus(WARNED_BEFORE).max(released_at), purge_at }
    }

    /// What comes next.
    #[must_use]
    pub fn next(self, warned: bool, now: Timestamp) -> Next {
        match warned {
            false if now < self.warn_at => Next::Wait(self.warn_at),
            false => Next::Warn,
            true if now < self.purge_at => Next::Wait(self.purge_at),
            true => Next::Purge,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELEASED: Timestamp = Timestamp::from_seconds(1_775_000_000);

    fn days(days: u32) -> Timestamp {
        RELEASED.plus(Duration::from_hours(24) * days)
    }

    #[test]
    fn leads_are_warned_three_days_before_the_purge() {
        let schedule = Schedule::of(RELEASED, 14);
        assert_eq!(schedule.next(false, days(3)), Next::Wait(days(11)));
        assert_eq!(schedule.next(false, days(11)), Next::Warn);
        assert_eq!(schedule.next(true, days(11)), Next::Wait(days(14)));
        assert_eq!(schedule.next(true, days(14)), Next::Purge);
    }

    #[test]
    fn after_an_absence_the_warning_comes_first_and_puts_nothing_off() {
        let schedule = Schedule::of(RELEASED, 14);
        assert_eq!(schedule.next(false, days(20)), Next::Warn);
        assert_eq!(schedule.next(true, days(20)), Next::Purge);
    }

    #[test]
    fn a_short_retention_warns_at_once() {
        assert_eq!(Schedule::of(RELEASED, 1).next(false, days(0)), Next::Warn);
        assert_eq!(Schedule::of(RELEASED, 0).purge_at, RELEASED);
    }
}
