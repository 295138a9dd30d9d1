//! Local time: where a wall time falls on the clock, when it is quiet. Knows zones, not people.

use chrono::{NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;

use crate::base::clock::Timestamp;
use crate::config::Quiet;

/// The zone of this IANA name. Imports let only known ones in.
#[must_use]
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}

/// The wall time of an instant in a zone.
#[must_use]
pub fn time_in(zone_name: &str, at: Timestamp) -> NaiveTime {
    at.utc().with_timezone(&zone(zone_name)).time()
}

/// The date of an instant in a zone.
#[must_use]
pub fn date_in(zone: Tz, at: Timestamp) -> NaiveDate {
    at.utc().with_timezone(&zone).date_naive()
}

/// The instant of a local wall time on a date. A time that a clock change skips is the first instant
/// after the gap; one that it repeats is the first of the two (guarantees: "Time").
#[must_use]
pub fn instant_of(zone: Tz, date: NaiveDate, time: NaiveTime) -> Timestamp {
    let local = date.and_time(time);
    for minutes in 0..=24 * 60 {
        let candidate = local + chrono::Duration::minutes(minutes);
        if let Some(found) = zone.from_local_datetime(&candidate).earliest() {
            return found.with_timezone(&chrono::Utc).into();
        }
    }
    local.and_utc().into()
}

/// The end of the quiet hours in which an instant lies, in local time; `None` outside them.
#[must_use]
pub fn quiet_until(quiet: &Quiet, zone: Tz, at: Timestamp) -> Option<Timestamp> {
    if quiet.from == quiet.to {
        return None;
    }
    let local = at.utc().with_timezone(&zone);
    let (date, time) = (local.date_naive(), local.time());
    let over_midnight = quiet.from > quiet.to;
    let ends_on = if over_midnight && time >= quiet.from {
        date.succ_opt()?
    } else if time < quiet.to && (over_midnight || time >= quiet.from) {
        date
    } else {
        return None;
    };
    Some(instant_of(zone, ends_on, quiet.to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()
    }

    fn time(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn a_time_skipped_by_a_clock_change_is_the_first_instant_after_it() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap();
        let instant = instant_of(Tz::Europe__Paris, date, time(2, 30));
        assert_eq!(instant, at("2026-03-29T01:00:00Z"));
    }

    #[test]
    fn a_time_repeated_by_a_clock_change_is_the_first_of_the_two() {
        let date = NaiveDate::from_ymd_opt(2026, 10, 25).unwrap();
        let instant = instant_of(Tz::Europe__Paris, date, time(2, 30));
        assert_eq!(instant, at("2026-10-25T00:30:00Z"));
    }

    #[test]
    fn quiet_hours_run_over_midnight() {
        let quiet = Quiet { from: time(21, 30), to: time(7, 30) };
        let until = |text| quiet_until(&quiet, Tz::UTC, at(text));
        assert_eq!(until("2026-04-05T22:00:00Z"), Some(at("2026-04-06T07:30:00Z")));
        assert_eq!(until("2026-04-06T07:29:00Z"), Some(at("2026-04-06T07:30:00Z")));
        assert_eq!(until("2026-04-06T07:30:00Z"), None);
    }
}
