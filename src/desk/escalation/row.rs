//! A row of the list of what waits: its words and its buttons.

use super::alert::{Alert, AlertState, Kind};
use super::chat::named;
use crate::base::language::{Phrase, say};
use crate::base::outbox::Button;
use crate::desk::local_time::time_in;
use crate::desk::press::Press;
use crate::desk::reference::RequestRef;

pub(super) fn row(no: i64, alert: &Alert) -> Phrase {
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
    let mark = match alert.state {
        AlertState::Resolved => say("overdue-mark-done"),
        AlertState::Taken => say("overdue-mark-taken"),
        AlertState::Raised => say("overdue-mark-waiting"),
    };
    named(row, alert).with("no", no).with("time", time).with("mark", mark)
}

pub(super) fn row_keys(no: i64, alert: &Alert) -> Vec<Vec<Button>> {
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
    let mut rows = vec![
        vec![
            key(say("list-button-contacted"), Press::AlertContacted { r#ref }),
            key(say("list-button-no-answer"), Press::AlertNoAnswer { r#ref }),
            key(say("list-button-visited"), Press::AlertVisited { r#ref }),
        ],
        vec![
            key(say("list-button-enter"), Press::AlertEnter { r#ref }),
            key(say("list-button-excuse"), Press::AlertExcuse { r#ref }),
            key(say("list-button-pass"), Press::AlertPass { r#ref }),
        ],
    ];
    if alert.kind != Kind::Overdue {
        rows[1].remove(0);
    }
    if alert.state == AlertState::Taken {
        rows[1].push(undo);
    }
    rows
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
