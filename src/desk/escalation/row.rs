//! A row of the list of what waits: its words and its buttons.

use super::Outcome;
use super::alert::{Alert, AlertState, Kind};
use super::attempt::{self, Attempt, Rung};
use super::chat::named;
use crate::base::clock::Timestamp;
use crate::base::language::{Arg, Phrase, say};
use crate::base::outbox::Button;
use crate::desk::local_time::time_in;
use crate::desk::press::Press;
use crate::desk::reference::RequestRef;
use crate::desk::staff::person::{Role, Staff};

pub(super) fn row(no: i64, alert: &Alert, now: Timestamp) -> Phrase {
    let time = time_in(&alert.subject.timezone, alert.raised_at);
    let row = match alert.kind {
        Kind::NeverReached => say("overdue-row-never-reached"),
        Kind::Unreachable if alert.has_mark("empty") => say("overdue-row-empty"),
        Kind::Unreachable => say("overdue-row-unreachable"),
        Kind::Unheard => say("overdue-row-unheard"),
        Kind::Stranger => match &alert.subject.account {
            Some(account) => say("overdue-row-stranger").with("account", account),
            None => say("overdue-row-counted"),
        },
        Kind::Request => say("overdue-row-request")
            .with("request", alert.subject.request.as_deref().unwrap_or_default()),
        Kind::Overdue | Kind::Danger => say("overdue-row"),
    };
    let mark = match (alert.state, calling(alert, now)) {
        (AlertState::Resolved, _) => say("overdue-mark-done"),
        (_, Some(calling)) => calling,
        (AlertState::Taken, None) => say("overdue-mark-taken"),
        (AlertState::Raised, None) => say("overdue-mark-waiting"),
    };
    named(row, alert).with("no", no).with("time", time).with("mark", mark)
}

/// Who is phoning the household, and until when nobody else does.
fn calling(alert: &Alert, now: Timestamp) -> Option<Phrase> {
    let (caller, until) = alert.caller.as_ref().zip(alert.called_until)?;
    let time = time_in(&alert.subject.timezone, until);
    (until > now).then(|| say("overdue-mark-calling").with("staff", caller).with("time", time))
}

pub(super) fn row_keys(
    no: i64,
    alert: &Alert,
    reader: &Staff,
    tried: &[Attempt],
) -> Vec<Vec<Button>> {
    let r#ref = alert.id;
    let key = |label: Phrase, press| Button::press(label.with("no", no), press);
    let undo = key(say("list-button-undo"), Press::AlertUndo { r#ref });
    if alert.kind == Kind::Stranger {
        return if alert.is_open() { stranger_keys(no, alert) } else { Vec::new() };
    }
    if !alert.is_open() {
        return vec![vec![undo]];
    }
    if let Some(request) = alert.subject.request.as_deref().and_then(|text| text.parse().ok()) {
        return vec![request_keys(request)];
    }
    let mut last = vec![
        key(say("list-button-excuse"), Press::AlertExcuse { r#ref }),
        key(say("list-button-pass"), Press::AlertPass { r#ref }),
    ];
    if alert.kind == Kind::Overdue {
        last.insert(0, key(say("list-button-enter"), Press::AlertEnter { r#ref }));
    }
    if alert.state == AlertState::Taken {
        last.push(undo);
    }
    vec![
        vec![
            key(say("list-button-contacted"), Press::AlertContacted { r#ref }),
            key(say("list-button-no-answer"), Press::AlertNoAnswer { r#ref }),
            key(say("list-button-visited"), Press::AlertVisited { r#ref }),
        ],
        call_keys(no, alert, reader, tried),
        last,
    ]
}

/// [I call], and what else can be tried.
fn call_keys(no: i64, alert: &Alert, reader: &Staff, tried: &[Attempt]) -> Vec<Button> {
    let r#ref = alert.id;
    let mut keys =
        vec![Button::press(say("list-button-call").with("no", no), Press::AlertCall { r#ref })];
    if alert.kind == Kind::NeverReached {
        keys.extend(attempt_keys(no, alert, reader, tried));
    } else {
        let (way, outcome) = (Rung::SecondNumber, Outcome::Reached);
        let press = Press::AlertAttempt { r#ref, way, outcome };
        keys.push(Button::press(say("list-button-second-reached").with("no", no), press));
    }
    let household = alert.subject.code.clone();
    keys.push(Button::press(say("list-button-mute").with("no", no), Press::MuteAsk { household }));
    keys
}

/// A request that nobody has taken is dealt with as a request.
fn request_keys(r#ref: RequestRef) -> Vec<Button> {
    vec![
        Button::press(say("need-button-take"), Press::NeedTake { r#ref }),
        Button::press(say("need-button-decline"), Press::NeedDecline { r#ref }),
    ]
}

/// Whoever is in a chat and not known there is one of the household, or is put out. Of those whose number
/// alone is known, somebody must look who they are.
fn stranger_keys(no: i64, alert: &Alert) -> Vec<Vec<Button>> {
    let r#ref = alert.id;
    let key = |label: Phrase, press| Button::press(label.with("no", no), press);
    let pass = key(say("list-button-pass"), Press::AlertPass { r#ref });
    if alert.subject.account.is_none() {
        let accept = key(say("list-button-accept"), Press::StrangerAccept { r#ref });
        return vec![vec![accept, pass]];
    }
    let ours: Vec<Button> = alert
        .subject
        .members
        .iter()
        .map(|(n, name)| {
            key(say("list-button-ours").with("name", name), Press::StrangerOurs { r#ref, n: *n })
        })
        .collect();
    let mut rows: Vec<Vec<Button>> = ours.chunks(2).map(<[Button]>::to_vec).collect();
    let remove = key(say("list-button-remove"), Press::StrangerRemove { r#ref });
    rows.push(if alert.has_mark("private") { vec![pass] } else { vec![remove, pass] });
    rows
}

// ---- The ladder of attempts ----

/// Below a household that was never reached: what was tried, what comes next.
pub(super) fn tried_line(alert: &Alert, tried: &[Attempt]) -> Option<Phrase> {
    if alert.kind != Kind::NeverReached || !alert.is_open() {
        return None;
    }
    let next = rung_name(attempt::next(tried));
    let made: Vec<Arg> =
        attempt::made(tried).iter().map(|made| Arg::from(made_phrase(made))).collect();
    Some(if made.is_empty() {
        say("attempt-first").with("next", next)
    } else {
        say("attempt-line").with("items", Arg::List(made)).with("next", next)
    })
}

fn made_phrase(made: &Attempt) -> Phrase {
    let phrase = match made.outcome {
        Outcome::Reached => say("attempt-reached"),
        Outcome::NoAnswer => say("attempt-no-answer"),
    };
    phrase.with("way", rung_name(made.rung))
}

fn rung_name(rung: Rung) -> Phrase {
    match rung {
        Rung::Member => say("attempt-way-member"),
        Rung::SecondNumber => say("attempt-way-second-number"),
        Rung::BuildingHead => say("attempt-way-building-head"),
        Rung::Visit => say("attempt-way-visit"),
        Rung::LookUp => say("attempt-way-look-up"),
    }
}

/// The buttons of the step that comes next; the first step's and a visit's stand among the others. The
/// look-up is the lead's.
fn attempt_keys(no: i64, alert: &Alert, reader: &Staff, tried: &[Attempt]) -> Vec<Button> {
    let (r#ref, way) = (alert.id, attempt::next(tried));
    let key = |label: Phrase, outcome| {
        let press = match way {
            Rung::LookUp => Press::AlertLookUp { r#ref, outcome },
            _ => Press::AlertAttempt { r#ref, way, outcome },
        };
        Button::press(label.with("no", no), press)
    };
    let leads = matches!(reader.role, Role::Lead | Role::Officer);
    match way {
        Rung::SecondNumber => vec![
            key(say("list-button-second-reached"), Outcome::Reached),
            key(say("list-button-second-no-answer"), Outcome::NoAnswer),
        ],
        Rung::BuildingHead => vec![
            key(say("list-button-head-knows"), Outcome::Reached),
            key(say("list-button-head-no-answer"), Outcome::NoAnswer),
        ],
        Rung::Visit => vec![key(say("list-button-nobody-there"), Outcome::NoAnswer)],
        Rung::LookUp if leads => vec![
            key(say("list-button-found"), Outcome::Reached),
            key(say("list-button-not-found"), Outcome::NoAnswer),
        ],
        Rung::Member | Rung::LookUp => Vec::new(),
    }
}
