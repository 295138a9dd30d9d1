//! A longer period: by a person, for days and a reason, told to the household in one plain sentence
//! (rules: last day). A refused release makes it longer too, by a day.

use super::file::Household;
use super::{Manner, Telling, passage, store, tell};
use crate::base::chat::{AccountId, ChatId};
use crate::base::journal;
use crate::base::language::{Arg, Phrase, say};
use crate::base::outbox::{Button, Lane, Letter};
use crate::base::turn::{Done, Turn};
use crate::desk::press::Press;
use crate::desk::prompt::{self, Wanted};
use crate::desk::staff;
use crate::desk::staff::person::Staff;
use crate::desk::who::Who;

/// How many days can be added at once.
const MOST_DAYS: i64 = 28;
/// How long a reason may be, in characters.
const LONGEST_REASON: usize = 200;

/// Days and a reason, as somebody types them: "2 the last test is missing".
#[must_use]
pub fn read(text: &str) -> Option<(i64, &str)> {
    let (days, reason) = text.trim().split_once(char::is_whitespace)?;
    let (days, reason) = (days.parse().ok()?, reason.trim());
    let short = !reason.is_empty() && reason.chars().count() <= LONGEST_REASON;
    ((1..=MOST_DAYS).contains(&days) && short).then_some((days, reason))
}

/// The button that asks for how long, and why.
#[must_use]
pub fn ask_button(household: &Household) -> Button {
    let label = say("extend-button").with("door", household.door());
    Button::press(label, Press::ExtendAsk { household: household.code.clone() })
}

/// Asks for how long, and why; the next message is the answer.
///
/// # Errors
/// Refused when the period is over.
pub async fn ask(
    turn: &mut Turn<'_>,
    household: &Household,
    by: &Staff,
    chat: ChatId,
    account: AccountId,
) -> Done {
    if household.state.is_over() {
        return Err(say("already-closed").into());
    }
    prompt::ask(turn, chat, account, Wanted::Extension, &household.code).await?;
    let language = staff::language(turn.ground, &mut turn.tx, by).await?;
    let ask = say("extend-ask").with("door", household.door()).with("date", household.ends_on());
    turn.post(Letter::say(chat, &language, ask).about(household.id)).await?;
    Ok(())
}

/// Somebody makes the period longer.
///
/// # Errors
/// Refused, with an example, when days or reason are missing, or when the period is over.
pub async fn by_person(
    turn: &mut Turn<'_>,
    household: &mut Household,
    by: &Staff,
    chat: ChatId,
    words: &str,
) -> Done {
    if household.state.is_over() {
        return Err(say("already-closed").into());
    }
    let Some((days, reason)) = read(words) else {
        return Err(say("extend-how").with("door", household.door()).into());
    };
    // A period that ended some days ago goes on from today.
    let late = (household.date_of(turn.now()) - household.ends_on()).num_days().max(0);
    store::set_release_asked(&mut turn.tx, household.id, None).await?;
    extend(turn, household, by, late + days, reason, Arg::from(reason)).await?;
    let language = staff::language(turn.ground, &mut turn.tx, by).await?;
    let done = say("extend-done").with("door", household.door()).with("date", household.ends_on());
    turn.post(Letter::say(chat, &language, done).about(household.id)).await?;
    Ok(())
}

/// Makes the period longer and tells the household why, until when, and whom to ask. `told` is the
/// reason in its words, `reason` as the timeline has it.
///
/// # Errors
/// When the database is away.
pub(super) async fn extend(
    turn: &mut Turn<'_>,
    household: &mut Household,
    by: &Staff,
    days: i64,
    reason: &str,
    told: Arg,
) -> Done {
    store::extend(&mut turn.tx, household.id, days).await?;
    household.days += days;
    let who = Who::Staff(by.id);
    passage::note(turn, household, &format!("extended: {reason}"), who).await?;
    let object = format!("household {}", household.id);
    let detail = serde_json::json!({ "days": days });
    let id = Some(household.id);
    journal::note(turn, &who.actor(), "household.extend", &object, id, detail).await?;
    let phrase = sentence(household, by, told);
    tell(turn, household, Telling::new(phrase, Manner::Unasked, Lane::Reply)).await?;
    if household.state.is_running() {
        // The clock looks again: further slots open.
        let now = turn.now();
        store::set_due(&mut turn.tx, household.id, Some(now)).await?;
    }
    Ok(())
}

fn sentence(household: &Household, by: &Staff, told: Arg) -> Phrase {
    say("period-extended")
        .with("date", household.ends_on())
        .with("staff", &by.name)
        .with("lines", told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_has_days_and_a_reason() {
        assert_eq!(read(" 2  the test is missing "), Some((2, "the test is missing")));
        assert_eq!(read("2 还缺一次检测"), Some((2, "还缺一次检测")));
        for wrong in ["2", "", "two days", "0 why", "-1 why", "29 why", "2  "] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(read(&format!("2 {}", "x".repeat(201))), None);
    }
}
