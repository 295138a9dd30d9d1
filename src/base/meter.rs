//! What this process has counted since its start, for `/metrics`. Counting costs nothing that grows, and no
//! label names a chat, a household or a person: lanes, states, codes and languages are all there is.
//!
//! The counts are of the process, as those of its memory or its threads are; they are read from outside only,
//! and nothing is decided by them.

use std::sync::LazyLock;
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::chat::Verdict;
use super::outbox::{Lane, LetterState};

/// Names and values, in a fixed order.
pub type Labels = Vec<(&'static str, String)>;

/// All lanes, the most urgent first.
pub const LANES: [Lane; 4] = [Lane::Danger, Lane::Reply, Lane::Relay, Lane::Reminder];
/// How late reminders may be told apart, in seconds.
const LAG: [f64; 10] = [1.0, 5.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0];
/// How a letter may end.
const ENDS: [LetterState; 3] = [LetterState::Sent, LetterState::Skipped, LetterState::Dead];
/// Why a try may fail: Telegram's code, or that it was not asked or did not answer.
const CODES: [&str; 6] = ["400", "401", "403", "429", "unsent", "unanswered"];

static METER: LazyLock<Meter> = LazyLock::new(Meter::new);

struct Meter {
    updates: Counter,
    settled: Family<Labels, Counter>,
    failures: Family<Labels, Counter>,
    lag: Histogram,
    readings: Family<Labels, Counter>,
}

impl Meter {
    /// What can be counted is there from the start, at zero.
    fn new() -> Self {
        let meter = Self {
            updates: Counter::default(),
            settled: Family::default(),
            failures: Family::default(),
            lag: Histogram::new(LAG),
            readings: Family::default(),
        };
        for lane in LANES {
            for end in ENDS {
                drop(meter.settled.get_or_create(&letter(lane.number(), end)));
            }
        }
        for code in CODES {
            drop(meter.failures.get_or_create(&failure(code)));
        }
        meter
    }
}

fn letter(lane: i64, state: LetterState) -> Labels {
    vec![("lane", Lane::word_of(lane).to_owned()), ("state", state.word().to_owned())]
}

fn failure(code: &str) -> Labels {
    vec![("code", code.to_owned())]
}

/// An update was stored that was not stored before.
pub fn update_came() {
    METER.updates.inc();
}

/// A letter has come to its end.
pub fn letter_settled(lane: i64, state: LetterState) {
    METER.settled.get_or_create(&letter(lane, state)).inc();
}

/// A reminder went out, so long after it might have.
pub fn reminder_went(lag: Duration) {
    METER.lag.observe(lag.as_secs_f64());
}

/// What came of a try to deliver.
pub fn tried(verdict: &Verdict) {
    let code = match verdict {
        Verdict::Delivered(_) | Verdict::Moved(_) => return,
        Verdict::Garbled | Verdict::Refused(_) => "400",
        Verdict::Unauthorised => "401",
        Verdict::Closed(_) => "403",
        Verdict::Later(_) => "429",
        Verdict::NotSent => "unsent",
        Verdict::Unknown => "unanswered",
    };
    METER.failures.get_or_create(&failure(code)).inc();
}

/// What a resident's message was taken for, in the language in which it was read.
pub fn message_read(outcome: &'static str, language: &str) {
    let labels = vec![("outcome", outcome.to_owned()), ("language", language.to_owned())];
    METER.readings.get_or_create(&labels).inc();
}

/// Adds the counts to what is shown.
pub fn show(registry: &mut Registry) {
    let meter = &*METER;
    registry.register(
        "updates_received",
        "Updates stored for the first time",
        meter.updates.clone(),
    );
    registry.register(
        "letters_settled",
        "Letters by lane and how they ended",
        meter.settled.clone(),
    );
    registry.register(
        "send_failures",
        "Tries to deliver that failed, by Telegram's code",
        meter.failures.clone(),
    );
    registry.register_with_unit(
        "reminder_lag",
        "From the moment at which a reminder might go until it went",
        Unit::Seconds,
        meter.lag.clone(),
    );
    registry.register(
        "messages_read",
        "Residents' messages by what they were taken for: accepted, asked or none",
        meter.readings.clone(),
    );
}
