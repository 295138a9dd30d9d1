//! What the messages about a request say in each of its states, and which buttons they bear.

use crate::base::language::{Phrase, say};
use crate::base::outbox::Button;
use crate::base::turn::Ground;
use crate::desk::household::file::Household;
use crate::desk::press::Press;
use crate::desk::supply::request::{Request, State};

/// The one message in the household's chat.
pub(super) fn for_household(request: &Request, household: &Household, owner: &str) -> Phrase {
    let said = match request.state {
        State::Requested => say("need-asked"),
        State::Accepted | State::Bought | State::OnTheWay => say("need-taken").with("staff", owner),
        State::Delivered => {
            let at = request.delivered_at.unwrap_or(request.asked_at);
            say("need-delivered").with("time", household.time_of(at))
        }
        State::Confirmed => say("need-confirmed"),
        State::Incomplete => say("need-incomplete").with("staff", owner),
        State::Declined => say("need-declined")
            .with("staff", owner)
            .with("reason", request.declined_reason.as_deref().unwrap_or_default()),
        State::Cancelled => say("need-cancelled"),
    };
    said.with("ref", request.id.to_string())
}

pub(super) fn household_keys(request: &Request) -> Vec<Vec<Button>> {
    let r#ref = request.id;
    match request.state {
        State::Delivered => vec![vec![
            Button::press(say("need-button-confirm"), Press::NeedConfirm { r#ref }),
            Button::press(say("need-button-incomplete"), Press::NeedIncomplete { r#ref }),
        ]],
        State::Declined => {
            vec![vec![Button::press(say("need-button-talk"), Press::TalkOpen {})]]
        }
        _ => Vec::new(),
    }
}

/// The message before each of the staff who was told.
pub(super) fn for_staff(
    ground: &Ground,
    request: &Request,
    household: &Household,
    owner: &str,
) -> Phrase {
    let mut lines = Vec::new();
    if request.urgent {
        lines.push(say("need-line-urgent"));
    }
    lines.push(match request.text.as_str() {
        "" => say("need-line-wordless"),
        words => say("need-line-words").with("text", words),
    });
    lines.push(
        say("need-line-asked")
            .with("time", household.time_of(request.asked_at))
            .with("language", language_name(ground, &request.language)),
    );
    lines.push(standing(request, household, owner));
    named(say("need-request"), request, household).with("lines", lines)
}

/// Where it stands, as the staff reads it.
fn standing(request: &Request, household: &Household, owner: &str) -> Phrase {
    match request.state {
        State::Requested => say("need-state-requested"),
        State::Accepted | State::Bought | State::OnTheWay => {
            say("need-state-accepted").with("staff", owner)
        }
        State::Delivered => {
            let at = request.delivered_at.unwrap_or(request.asked_at);
            say("need-state-delivered").with("time", household.time_of(at)).with("staff", owner)
        }
        State::Confirmed => say("need-state-confirmed"),
        State::Incomplete => say("need-state-incomplete"),
        State::Declined => say("need-state-declined")
            .with("reason", request.declined_reason.as_deref().unwrap_or_default()),
        State::Cancelled => say("need-state-cancelled"),
    }
}

pub(super) fn staff_keys(request: &Request) -> Vec<Vec<Button>> {
    let r#ref = request.id;
    if !request.state.is_open() {
        return Vec::new();
    }
    let mut keys = Vec::new();
    if request.state.is_unowned() {
        keys.push(Button::press(say("need-button-take"), Press::NeedTake { r#ref }));
    }
    keys.push(Button::press(say("need-button-deliver"), Press::NeedDeliver { r#ref }));
    keys.push(Button::press(say("need-button-decline"), Press::NeedDecline { r#ref }));
    vec![keys]
}

/// The words below a photo.
pub(super) fn caption(request: &Request, household: &Household) -> Phrase {
    named(say("need-photo"), request, household)
}

/// Something is missing.
pub(super) fn missing(request: &Request, household: &Household) -> Phrase {
    named(say("need-missing"), request, household)
}

fn named(phrase: Phrase, request: &Request, household: &Household) -> Phrase {
    phrase
        .with("ref", request.id.to_string())
        .with("place", household.place())
        .with("door", household.door())
}

/// A language as it calls itself, or its tag if we do not speak it.
fn language_name(ground: &Ground, tag: &str) -> String {
    match ground.languages.get(tag) {
        Some(known) => ground.languages.own_name(&known),
        None => tag.to_owned(),
    }
}
