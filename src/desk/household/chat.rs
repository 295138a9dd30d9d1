//! What the whole household sees: the pinned card and what is said at the end of its period.

use super::file::{Household, State};
use crate::base::language::{Phrase, say};
use crate::base::outbox::Button;
use crate::base::turn::Turn;
use crate::desk::local_time::time_in;
use crate::desk::press::Press;

/// How many days before the end the card says what happens next (rules: last day).
const FORETOLD: i64 = 2;

/// The text of the pinned card, around the lines that the features have for it.
#[must_use]
pub fn card(turn: &Turn<'_>, household: &Household, lines: Vec<Phrase>) -> Phrase {
    let now = turn.now();
    let day = household.day_of(now).clamp(0, household.days);
    let left = (household.ends_on() - household.date_of(now)).num_days();
    let head = match household.state {
        State::Released | State::Closed | State::Purged => say("card-head-ended"),
        _ if left == 1 => say("card-head-tomorrow"),
        _ => say("card-head"),
    };
    let head = head
        .with("door", household.door())
        .with("day", day)
        .with("days", household.days)
        .with("date", household.ends_on());
    let mut all = vec![head];
    all.extend(lines);
    if household.state == State::Muted {
        all.push(say("card-muted"));
    } else if !household.state.is_over() && (0..=FORETOLD).contains(&left) {
        all.push(say("card-next").with("date", household.ends_on()));
    }
    say("card").with("lines", all).with("time", time_in(&household.timezone, now))
}

/// What can be done from the card, below the members' own buttons.
#[must_use]
pub fn card_keys(members: Vec<Vec<Button>>) -> Vec<Vec<Button>> {
    let mut keys = members;
    keys.push(vec![
        Button::press(say("card-button-need"), Press::NeedOpen {}),
        Button::press(say("card-button-talk"), Press::TalkOpen {}),
    ]);
    keys.push(vec![Button::press(say("card-button-emergency"), Press::EmergencyPress {})]);
    keys
}
