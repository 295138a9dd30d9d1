//! What time it is. The only room that asks the machine; tests, drills and the demo move the
//! answer forward, never back.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An instant: milliseconds since 1970-01-01 UTC, on both databases.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type, sqlx::FromRow,
)]
#[sqlx(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant `milliseconds` after 1970-01-01 UTC.
    #[must_use]
    pub const fn from_millis(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// The instant `seconds` after 1970-01-01 UTC, as Telegram writes dates.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Milliseconds since 1970-01-01 UTC.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The same instant as chrono knows it.
    #[must_use]
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }

    /// This instant moved by `by` into the future.
    #[must_use]
    pub fn plus(self, by: Duration) -> Self {
        Self(self.0.saturating_add(millis(by)))
    }

    /// This instant moved by `by` into the past.
    #[must_use]
    pub fn minus(self, by: Duration) -> Self {
        Self(self.0.saturating_sub(millis(by)))
    }

    /// How long ago `earlier` was; zero if it lies ahead.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

/// Whole milliseconds of a duration, as instants count them.
#[must_use]
pub fn millis(of: Duration) -> i64 {
    i64::try_from(of.as_millis()).unwrap_or(i64::MAX)
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_millis())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let at = DateTime::parse_from_rfc3339(&text).map_err(de::Error::custom)?;
        Ok(at.with_timezone(&Utc).into())
    }
}

/// The real clock plus an offset that only grows. Clones share the offset.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that runs `offset_millis` ahead of the real one.
    #[must_use]
    pub fn ahead_by(offset_millis: i64) -> Self {
        Self { offset: Arc::new(AtomicI64::new(offset_millis)) }
    }

    /// The instant it is now for every rule.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        Timestamp(real_now().0 + self.offset_millis())
    }

    /// How far ahead of the real clock this one runs, in milliseconds.
    #[must_use]
    pub fn offset_millis(&self) -> i64 {
        self.offset.load(Ordering::SeqCst)
    }

    /// Moves the clock forward so that it shows `to`. An instant already past is left alone: time
    /// never goes back.
    pub fn advance_to(&self, to: Timestamp) {
        let ahead = to.0 - real_now().0;
        self.offset.fetch_max(ahead, Ordering::SeqCst);
    }

    /// What an instant of the real world (a date in an update) is on this clock.
    #[must_use]
    pub fn of_real(&self, at: Timestamp) -> Timestamp {
        Timestamp(at.0 + self.offset_millis())
    }
}

/// The real instant, for pacing against the outer world and for stand-ins.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
pub fn real_now() -> Timestamp {
    Utc::now().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_in_utc_with_milliseconds() {
        assert_eq!(Timestamp::from_millis(1_500).to_string(), "1970-01-01T00:00:01.500Z");
    }

    #[test]
    fn time_never_goes_back() {
        let clock = Clock::default();
        let later = clock.now().plus(Duration::from_hours(1));
        clock.advance_to(later);
        clock.advance_to(later.minus(Duration::from_mins(30)));
        assert!(clock.now() >= later);
    }
}
