//! The list of everything that waits and is no danger: one message for each reader and rung, which
//! changes where it stands.

use std::cmp::Reverse;
use std::time::Duration;

use super::alert::{Alert, Kind};
use super::attempt::{self, Attempt};
use super::chat::{Reader, named, put_told};
use super::row::{row, row_keys, tried_line};
use super::store;
use crate::base::chat::{ChatId, LetterId};
use crate::base::clock::Timestamp;
use crate::base::language::{LanguageTag, Phrase, say};
use crate::base::outbox::{Button, Letter};
use crate::base::turn::{Done, Turn};
use crate::desk::local_time::{quiet_until, zone};
use crate::desk::staff::person::Staff;

/// For how long a list takes up what becomes late; after that a new one is written.
const LIST_LIFE: Duration = Duration::from_mins(239);
/// How many alerts of a list have their buttons at once.
const SHOWN: usize = 5;
/// Alerts of the same minute have waited equally long, in milliseconds.
const MINUTE: i64 = 60_000;
/// For how long a list still shows what is over, so that it can be taken back.
const AFTERGLOW: Duration = Duration::from_mins(10);

/// The list in which a late alert is to stand: the current one, else a new one with sound.
pub(super) async fn tell_late(
    turn: &mut Turn<'_>,
    alert: &Alert,
    reader: &Reader<'_>,
) -> Done<LetterId> {
    let since = turn.now().minus(LIST_LIFE);
    let current =
        store::current_letter(&mut turn.tx, reader.staff.id, alert.rung, "overdue-list", since)
            .await?;
    if let Some(current) = current {
        return Ok(current);
    }
    let zone = zone(&alert.subject.timezone);
    let quiet = quiet_until(&turn.settings().quiet, zone, turn.now()).is_some();
    let new = Letter::say(
        reader.chat,
        &reader.language,
        say("overdue-list").with("count", 1).with("lines", vec![row(1, alert, turn.now())]),
    )
    .silent(quiet)
    .keys(row_keys(1, alert, reader.staff, &[]));
    turn.post(new).await
}

/// Writes a list as it stands now into its message.
pub(super) async fn write_list(turn: &mut Turn<'_>, reader: &Reader<'_>, letter: LetterId) -> Done {
    let mut alerts = store::in_letter(&mut turn.tx, letter).await?;
    let now = turn.now();
    alerts.retain(|alert| {
        alert.is_open() || alert.resolved_at.is_some_and(|at| at.plus(AFTERGLOW) > now)
    });
    alerts.sort_by_key(urgency);
    let (text, keys) = list(turn, &alerts.iter().collect::<Vec<_>>(), reader.staff).await?;
    turn.post(Letter::edit(reader.chat, &reader.language, letter, text).keys(keys)).await?;
    Ok(())
}

/// The text and buttons of a list: the most urgent with their buttons, the others counted.
async fn list(
    turn: &mut Turn<'_>,
    alerts: &[&Alert],
    reader: &Staff,
) -> Done<(Phrase, Vec<Vec<Button>>)> {
    let now = turn.now();
    let open = alerts.iter().filter(|alert| alert.is_open()).count();
    let (mut lines, mut keys) = (Vec::new(), Vec::new());
    for (alert, no) in alerts.iter().take(SHOWN).zip(1..) {
        let tried = tried(turn, alert).await?;
        lines.push(row(no, alert, now));
        lines.extend(tried_line(alert, &tried));
        keys.extend(row_keys(no, alert, reader, &tried));
    }
    if alerts.len() > SHOWN {
        lines.push(say("overdue-more").with("count", alerts.len() - SHOWN));
    }
    if lines.is_empty() {
        return Ok((say("overdue-list-done"), keys));
    }
    Ok((say("overdue-list").with("count", open).with("lines", lines), keys))
}

/// The order of a list (messages: "order of the list"): open before over, alone and old, silent for
/// several slots, longest wait; ties by door, so that a walk is one route.
#[must_use]
pub fn urgency(alert: &Alert) -> (bool, bool, Reverse<i64>, i64, String) {
    let subject = &alert.subject;
    let frail = subject.alone && subject.age.is_some_and(|age| age >= 65);
    (
        !alert.is_open(),
        !frail,
        Reverse(subject.slots),
        alert.raised_at.millis() / MINUTE,
        subject.door.clone(),
    )
}

/// What was tried to reach a household that never answered.
async fn tried(turn: &mut Turn<'_>, alert: &Alert) -> Done<Vec<Attempt>> {
    if alert.kind != Kind::NeverReached {
        return Ok(Vec::new());
    }
    Ok(attempt::store::of_alert(&mut turn.tx, alert.id).await?)
}

/// Writes the list of what is late anew, because somebody asked for it; it is the one that changes
/// from now on.
///
/// # Errors
/// When the database is away.
pub async fn list_now(
    turn: &mut Turn<'_>,
    staff: &Staff,
    chat: ChatId,
    language: &LanguageTag,
    alerts: &[Alert],
) -> Done {
    let mut alerts: Vec<&Alert> = alerts.iter().collect();
    alerts.sort_by_key(|alert| urgency(alert));
    let (text, keys) = list(turn, &alerts, staff).await?;
    let letter = turn.post(Letter::say(chat, language, text).keys(keys)).await?;
    for alert in alerts {
        put_told(turn, alert, staff.id, letter).await?;
    }
    Ok(())
}

/// A line of an alert in the list of everything that is open.
#[must_use]
pub fn open_row(alert: &Alert, now: Timestamp) -> Phrase {
    if alert.is_danger() { named(say("open-row-danger"), alert) } else { row(0, alert, now) }
}
