//! What staff see of alerts: one message for each danger, one list for everything that is late. Both
//! change where they stand when the alert changes; the list has a room of its own.

use std::time::Duration;

use super::alert::{Alert, AlertState};
use super::attempt::Rung;
use super::list::{tell_late, write_list};
use super::{Way, attempted, call, contacted, found, no_answer, pass, resolve, store, take, undo};
use crate::base::chat::{AccountId, ChatId, LetterId};
use crate::base::language::{Arg, LanguageTag, Phrase, say};
use crate::base::outbox::{Button, Lane, Letter};
use crate::base::turn::{Done, Turn};
use crate::desk::local_time::time_in;
use crate::desk::press::Press;
use crate::desk::prompt::{self, Wanted};
use crate::desk::reference::StaffId;
use crate::desk::staff;
use crate::desk::staff::person::{Role, Staff};
use crate::desk::who::Who;

/// More dangers than this to one chat become one card.
const STORM: usize = 5;
/// Dangers of this last while count as one storm.
const STORM_WINDOW: Duration = Duration::from_mins(10);

/// Tells people of an alert.
///
/// # Errors
/// When the database is away.
pub async fn tell(turn: &mut Turn<'_>, alert: &Alert, to: &[Staff]) -> Done {
    for person in to {
        let Some(chat) = person.chat_id else { continue };
        let language = staff::language(turn.ground, &mut turn.tx, person).await?;
        let reader = Reader { staff: person, chat, language };
        let letter = if alert.is_danger() {
            tell_danger(turn, alert, &reader).await?
        } else {
            tell_late(turn, alert, &reader).await?
        };
        put_told(turn, alert, person.id, letter).await?;
        if !alert.is_danger() {
            write_list(turn, &reader, letter).await?;
        }
    }
    Ok(())
}

/// Renews every message in which an alert stands.
///
/// # Errors
/// When the database is away.
pub async fn show(turn: &mut Turn<'_>, alert: &Alert) -> Done {
    for told in store::told(&mut turn.tx, alert.id).await? {
        let person = staff::store::get(&mut turn.tx, told.staff_id).await?;
        let Some(chat) = person.chat_id else { continue };
        let language = staff::language(turn.ground, &mut turn.tx, &person).await?;
        let reader = Reader { staff: &person, chat, language };
        if alert.is_danger() {
            show_danger(turn, alert, &reader, told.letter_id).await?;
        } else {
            write_list(turn, &reader, told.letter_id).await?;
        }
    }
    Ok(())
}

/// Renews a message in which an alert stood for somebody who has handed it over: a list lacks it, a
/// danger has no buttons any more.
///
/// # Errors
/// When the database is away.
pub async fn show_without(
    turn: &mut Turn<'_>,
    alert: &Alert,
    from: StaffId,
    letter: LetterId,
) -> Done {
    let person = staff::store::get(&mut turn.tx, from).await?;
    let Some(chat) = person.chat_id else { return Ok(()) };
    let language = staff::language(turn.ground, &mut turn.tx, &person).await?;
    if !alert.is_danger() {
        return write_list(turn, &Reader { staff: &person, chat, language }, letter).await;
    }
    let text = danger(turn, alert).await?;
    let edit = Letter::edit(chat, &language, letter, text).lane(Lane::Danger);
    turn.post(edit.about(alert.household_id)).await?;
    Ok(())
}

/// Who reads, where, in which language.
pub(super) struct Reader<'r> {
    pub staff: &'r Staff,
    pub chat: ChatId,
    pub language: LanguageTag,
}

pub(super) async fn put_told(
    turn: &mut Turn<'_>,
    alert: &Alert,
    staff_id: StaffId,
    letter: LetterId,
) -> Done {
    let told = store::Told { staff_id, rung: alert.rung, at: turn.now(), letter_id: letter };
    Ok(store::put_told(&mut turn.tx, alert.id, &told).await?)
}

// ---- Dangers ----

async fn tell_danger(turn: &mut Turn<'_>, alert: &Alert, reader: &Reader<'_>) -> Done<LetterId> {
    let since = turn.now().minus(STORM_WINDOW);
    let open = store::open_told_to(&mut turn.tx, reader.staff.id).await?;
    let storm: Vec<&Alert> = open
        .iter()
        .filter(|other| other.is_danger() && other.raised_at >= since && other.id != alert.id)
        .collect();
    if storm.len() < STORM {
        let letter = Letter::say(reader.chat, &reader.language, danger(turn, alert).await?)
            .lane(Lane::Danger)
            .about(alert.household_id)
            .keys(danger_keys(alert, reader.staff));
        return turn.post(letter).await;
    }
    let current =
        store::current_letter(&mut turn.tx, reader.staff.id, alert.rung, "danger-storm", since)
            .await?;
    let all: Vec<&Alert> = storm.into_iter().chain([alert]).collect();
    let letter = match current {
        Some(card) => Letter::edit(reader.chat, &reader.language, card, storm_text(&all)),
        None => Letter::say(reader.chat, &reader.language, storm_text(&all)),
    };
    let written = turn.post(letter.lane(Lane::Danger).keys(storm_keys(&all))).await?;
    Ok(current.unwrap_or(written))
}

async fn show_danger(
    turn: &mut Turn<'_>,
    alert: &Alert,
    reader: &Reader<'_>,
    letter: LetterId,
) -> Done {
    let inside = store::in_letter(&mut turn.tx, letter).await?;
    let (text, keys) = if inside.len() > 1 {
        let open: Vec<&Alert> = inside.iter().filter(|alert| alert.is_open()).collect();
        (storm_text(&open), storm_keys(&open))
    } else {
        (danger(turn, alert).await?, danger_keys(alert, reader.staff))
    };
    let edit = Letter::edit(reader.chat, &reader.language, letter, text)
        .lane(Lane::Danger)
        .about(alert.household_id)
        .keys(keys);
    turn.post(edit).await?;
    Ok(())
}

async fn danger(turn: &mut Turn<'_>, alert: &Alert) -> Done<Phrase> {
    let subject = &alert.subject;
    let mut lines = vec![named(say("danger-head"), alert)];
    if let Some(tenths) = subject.tenths {
        lines.push(match subject.before_tenths {
            Some(before) => say("danger-value-before")
                .with("celsius", Arg::Tenths(tenths))
                .with("before", Arg::Tenths(before)),
            None => say("danger-value").with("celsius", Arg::Tenths(tenths)),
        });
    }
    let symptoms: Vec<Arg> =
        subject.symptoms.iter().filter_map(|s| symptom(s)).map(Arg::from).collect();
    if !symptoms.is_empty() {
        lines.push(say("danger-symptoms").with("symptoms", Arg::List(symptoms)));
    }
    lines.extend(subject.marks.iter().filter_map(|mark| danger_mark(mark)));
    lines.push(standing(turn, alert).await?);
    let head = named(say("danger-alert"), alert);
    Ok(head.with("lines", lines))
}

pub(super) fn named(phrase: Phrase, alert: &Alert) -> Phrase {
    let subject = &alert.subject;
    let member = match &subject.member {
        Some(name) => Arg::from(name),
        None => Arg::from(say("alert-whole-household")),
    };
    phrase
        .with("ref", alert.id.to_string())
        .with("place", subject.place())
        .with("door", &subject.door)
        .with("member", member)
        .with("day", subject.day)
}

/// Where a danger stands, in words.
async fn standing(turn: &mut Turn<'_>, alert: &Alert) -> Done<Phrase> {
    if !alert.is_open() {
        return Ok(say("danger-closed"));
    }
    let Some(holder) = alert.taken_by else { return Ok(say("danger-call-now")) };
    let holder = staff::store::get(&mut turn.tx, holder).await?;
    Ok(match alert.contacted_at {
        Some(at) => say("danger-contacted")
            .with("staff", &holder.name)
            .with("time", time_in(&alert.subject.timezone, at)),
        None => say("danger-taken").with("staff", &holder.name),
    })
}

fn symptom(code: &str) -> Option<Phrase> {
    Some(match code {
        "cough" => say("symptom-cough"),
        "sore_throat" => say("symptom-sore-throat"),
        "fever" => say("symptom-fever"),
        "headache" => say("symptom-headache"),
        "fatigue" => say("symptom-fatigue"),
        "diarrhea" => say("symptom-diarrhea"),
        "dyspnea" => say("symptom-dyspnea"),
        "runny_nose" => say("symptom-runny-nose"),
        "myalgia" => say("symptom-myalgia"),
        "chills" => say("symptom-chills"),
        "nausea" => say("symptom-nausea"),
        "loss_smell" => say("symptom-loss-smell"),
        "loss_taste" => say("symptom-loss-taste"),
        "other" => say("symptom-other"),
        _ => return None,
    })
}

fn danger_mark(mark: &str) -> Option<Phrase> {
    Some(match mark {
        "unknown_sender" => say("danger-unknown-sender"),
        "unconfirmed" => say("danger-unconfirmed"),
        "corrected" => say("danger-corrected"),
        "emergency" => say("danger-emergency"),
        "red_flag" => say("danger-red-flag"),
        "call_me" => say("danger-call-me"),
        "mistake" => say("danger-mistake"),
        _ => return None,
    })
}

fn danger_keys(alert: &Alert, reader: &Staff) -> Vec<Vec<Button>> {
    if !alert.is_open() {
        return Vec::new();
    }
    let r#ref = alert.id;
    let mut keys = Vec::new();
    if alert.state == AlertState::Raised {
        keys.push(vec![
            Button::press(say("alert-button-take"), Press::AlertTake { r#ref }),
            Button::press(say("alert-button-pass"), Press::AlertPass { r#ref }),
        ]);
    }
    keys.push(vec![
        Button::press(say("alert-button-contacted"), Press::AlertContacted { r#ref }),
        Button::press(say("alert-button-no-answer"), Press::AlertNoAnswer { r#ref }),
        Button::press(say("alert-button-visited"), Press::AlertVisited { r#ref }),
    ]);
    let mut last = Vec::new();
    if alert.state == AlertState::Taken {
        last.push(Button::press(say("alert-button-undo"), Press::AlertUndo { r#ref }));
    }
    if matches!(reader.role, Role::Lead | Role::Officer | Role::Doctor) {
        last.push(Button::press(say("alert-button-close"), Press::AlertClose { r#ref }));
    }
    if !last.is_empty() {
        keys.push(last);
    }
    keys
}

fn storm_text(alerts: &[&Alert]) -> Phrase {
    let lines: Vec<Phrase> = alerts
        .iter()
        .rev()
        .take(11)
        .map(|alert| {
            let value = match alert.subject.tenths {
                Some(tenths) => Arg::from(say("danger-value").with("celsius", Arg::Tenths(tenths))),
                None => Arg::from(say("danger-emergency")),
            };
            named(say("danger-storm-row"), alert).with("value", value)
        })
        .collect();
    say("danger-storm").with("count", alerts.len()).with("lines", lines)
}

fn storm_keys(alerts: &[&Alert]) -> Vec<Vec<Button>> {
    let open = alerts.iter().rev().filter(|alert| alert.state == AlertState::Raised).take(24);
    let buttons: Vec<Button> = open
        .map(|alert| {
            let label = say("alert-button-take-one").with("ref", alert.id.to_string());
            Button::press(label, Press::AlertTake { r#ref: alert.id })
        })
        .collect();
    buttons.chunks(3).map(<[Button]>::to_vec).collect()
}

// ---- Presses and words ----

/// Carries out a press on an alert that needs no feature's help. Returns what is shown for a moment.
///
/// # Errors
/// Refused when the alert is over.
pub async fn pressed(
    turn: &mut Turn<'_>,
    press: &Press,
    by: &Staff,
    chat: ChatId,
    account: AccountId,
) -> Done<Option<Phrase>> {
    Ok(Some(match press {
        Press::AlertTake { r#ref } => {
            let alert = found(turn, *r#ref).await?;
            take(turn, alert, by).await?;
            say("alert-toast-taken")
        }
        Press::AlertContacted { r#ref } => {
            let alert = found(turn, *r#ref).await?;
            contacted(turn, alert, by, Way::Call).await?;
            say("alert-toast-noted")
        }
        Press::AlertVisited { r#ref } => {
            let alert = found(turn, *r#ref).await?;
            contacted(turn, alert, by, Way::Visit).await?;
            say("alert-toast-noted")
        }
        Press::AlertNoAnswer { r#ref } => {
            let alert = found(turn, *r#ref).await?;
            no_answer(turn, alert, by, Way::Call).await?;
            say("alert-toast-noted")
        }
        Press::AlertCall { r#ref } => {
            let alert = found(turn, *r#ref).await?;
            let until = call(turn, &alert, by).await?;
            say("call-toast").with("time", time_in(&alert.subject.timezone, until))
        }
        Press::AlertAttempt { r#ref, way, outcome } => {
            let alert = found(turn, *r#ref).await?;
            attempted(turn, alert, by, *way, *outcome).await?;
            say("alert-toast-noted")
        }
        Press::AlertLookUp { r#ref, outcome } => {
            let alert = found(turn, *r#ref).await?;
            attempted(turn, alert, by, Rung::LookUp, *outcome).await?;
            say("alert-toast-noted")
        }
        Press::AlertPass { r#ref } => {
            let alert = found(turn, *r#ref).await?;
            pass(turn, alert, by).await?;
            say("alert-toast-passed")
        }
        Press::AlertUndo { r#ref } => {
            let alert = found(turn, *r#ref).await?;
            undo(turn, alert, by).await?;
            say("alert-toast-undone")
        }
        Press::AlertClose { r#ref } => {
            let alert = found(turn, *r#ref).await?;
            if !alert.is_open() {
                return Err(say("already-closed").into());
            }
            let about = alert.id.to_string();
            prompt::ask(turn, chat, account, Wanted::CloseReason, &about).await?;
            let language = staff::language(turn.ground, &mut turn.tx, by).await?;
            let ask = say("alert-ask-reason").with("ref", about);
            turn.post(Letter::say(chat, &language, ask)).await?;
            say("alert-toast-reason")
        }
        _ => return Ok(None),
    }))
}

/// Closes an alert with the reason that somebody wrote; `false` if it is over already.
///
/// # Errors
/// When the database is away.
pub async fn closed_because(
    turn: &mut Turn<'_>,
    about: &str,
    by: &Staff,
    reason: &str,
) -> Done<bool> {
    let Ok(r#ref) = about.parse() else { return Ok(false) };
    let found = store::find(&mut turn.tx, r#ref).await?;
    let Some(alert) = found.filter(Alert::is_open) else { return Ok(false) };
    resolve(turn, alert, Who::Staff(by.id), reason).await?;
    Ok(true)
}
