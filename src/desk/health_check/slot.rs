//! The slots of a day: when they open, when a household is reminded, nudged, overdue. Pure; local
//! wall time in, instants out.

use std::time::Duration;

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use crate::base::clock::{Timestamp, millis};
use crate::base::store::stored_word;
use crate::config::Checks;
use crate::desk::local_time::{date_in, instant_of};

/// The opening of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The household's date.
    pub on: NaiveDate,
    /// Which slot of the day, from 1.
    pub no: i64,
    /// The instant.
    pub at: Timestamp,
}

/// How far a slot has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Stage {
    /// Open; the reminder is next.
    Opened,
    /// Reminded; the nudge is next.
    Reminded,
    /// Nudged; overdue is next.
    Nudged,
    /// Overdue: it is the worker's now.
    Overdue,
    /// Everybody has reported, or nothing more is to be said.
    Done,
}
stored_word!(Stage);

/// A slot of a household.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Slot {
    /// Its row.
    pub id: i64,
    /// The household's row.
    pub household_id: i64,
    /// The household's date.
    pub slot_on: NaiveDate,
    /// Which slot of the day, from 1.
    pub slot_no: i64,
    /// When it opened.
    pub opens_at: Timestamp,
    /// How far it has come.
    pub stage: Stage,
    /// When it moves next.
    pub due_at: Option<Timestamp>,
}

/// The first opening at or after an instant, on or after a date and not after another.
#[must_use]
pub fn next_opening(
    zone: Tz,
    checks: &Checks,
    (first_on, last_on): (NaiveDate, NaiveDate),
    from: Timestamp,
) -> Option<Opening> {
    let mut on = date_in(zone, from).max(first_on);
    // A day may have no opening left; the next one has.
    for _ in 0..2 {
        let opening = checks.slots.iter().zip(1..).map(|(time, no)| Opening {
            on,
            no,
            at: instant_of(zone, on, *time),
        });
        if let Some(found) = opening.filter(|opening| opening.at >= from).min_by_key(|o| o.at) {
            return (found.on <= last_on).then_some(found);
        }
        on = on.checked_add_days(Days::new(1))?;
    }
    None
}

/// When a household that is never bound counts as never reached: overdue for its first slot, which
/// is the first on or after the start that follows the import.
#[must_use]
pub fn first_look(zone: Tz, start_on: NaiveDate, now: Timestamp, checks: &Checks) -> Timestamp {
    let first = next_opening(zone, checks, (start_on, NaiveDate::MAX), now);
    first.map_or(now, |opening| opening.at).plus(checks.overdue_after)
}

/// How long after the opening this household is reminded: a fixed part of the spread, so that not
/// everybody is reminded in one second.
#[must_use]
pub fn offset(household: i64, spread: Duration) -> Duration {
    let whole = u64::try_from(millis(spread)).unwrap_or(0);
    if whole == 0 {
        return Duration::ZERO;
    }
    // Fibonacci hashing spreads neighbouring numbers evenly.
    let hashed = household.unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    Duration::from_millis(hashed % whole)
}

impl Stage {
    /// The stage after this one and how long after the opening it is reached.
    #[must_use]
    pub fn next(self, household: i64, checks: &Checks) -> Option<(Self, Duration)> {
        match self {
            Self::Opened => {
                let spread = offset(household, checks.spread);
                Some((Self::Reminded, spread.min(checks.nudge_after / 2)))
            }
            Self::Reminded => Some((Self::Nudged, checks.nudge_after)),
            Self::Nudged => Some((Self::Overdue, checks.overdue_after)),
            Self::Overdue | Self::Done => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()
    }

    fn opening(zone: Tz, last_on: &str, from: &str) -> Option<(String, i64)> {
        let days = (date("2026-04-01"), date(last_on));
        next_opening(zone, &Checks::default(), days, at(from))
            .map(|opening| (opening.at.to_string(), opening.no))
    }

    #[test]
    fn slots_open_in_the_households_own_time() {
        let found = opening(Tz::Asia__Shanghai, "2026-04-14", "2026-04-05T00:00:01Z");
        assert_eq!(found, Some(("2026-04-05T10:00:00.000Z".into(), 2)));
    }

    #[test]
    fn the_evening_is_followed_by_the_next_morning_through_the_last_day() {
        let after = "2026-04-05T10:00:01Z";
        let next = opening(Tz::Asia__Shanghai, "2026-04-06", after);
        assert_eq!(next, Some(("2026-04-06T00:00:00.000Z".into(), 1)));
        assert_eq!(opening(Tz::Asia__Shanghai, "2026-04-05", after), None);
    }

    #[test]
    fn nothing_opens_before_the_start() {
        let found = opening(Tz::Asia__Shanghai, "2026-04-14", "2026-03-01T00:00:00Z");
        assert_eq!(found, Some(("2026-04-01T00:00:00.000Z".into(), 1)));
    }

    proptest! {
        #[test]
        fn each_local_day_has_each_slot_once(start in 0i64..5000, zone in 0usize..600) {
            let zone = chrono_tz::TZ_VARIANTS[zone % chrono_tz::TZ_VARIANTS.len()];
            let checks = Checks::default();
            let first = date("2020-01-01") + Days::new(u64::try_from(start).unwrap());
            let days = (first, first + Days::new(2));
            let mut from = instant_of(zone, first, chrono::NaiveTime::MIN);
            let mut seen = Vec::new();
            while let Some(opening) = next_opening(zone, &checks, days, from) {
                seen.push((opening.on, opening.no));
                from = opening.at.plus(Duration::from_millis(1));
            }
            let expected: Vec<_> =
                (0..3).flat_map(|day| [(first + Days::new(day), 1), (first + Days::new(day), 2)]).collect();
            prop_assert_eq!(seen, expected);
        }

        #[test]
        fn an_offset_lies_within_the_spread(household in 1i64..1_000_000) {
            let spread = Duration::from_mins(10);
            prop_assert!(offset(household, spread) < spread);
        }
    }
}
