//! What a household is asked once, when staff want it: where somebody has been, vaccination, tests, a
//! room of one's own. One message in its chat, which goes from question to question; each may be passed
//! over, and nothing waits for it. Staff may also answer for the household.

use crate::base::journal;
use crate::base::language::say;
use crate::base::store::Tx;
use crate::base::turn::{Done, Turn};
use crate::desk::household::file::{Household, State};
use crate::desk::staff::person::Staff;
use crate::desk::who::Who;

pub mod chat;
pub mod question;
pub(crate) mod store;

use question::Question;
use store::AnswerRow;

/// The longest answer in words, in characters.
const LONGEST: usize = 500;

/// What somebody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// One of the answers that were offered.
    Choice(String),
    /// Their own words.
    Words(String),
    /// Nothing: the question is passed over.
    Nothing,
}

/// Has a household asked, once.
///
/// # Errors
/// Refused when it has no chat, is not in follow-up, was asked before, or nothing is left to ask.
pub async fn ask(turn: &mut Turn<'_>, household: &Household, staff: &Staff) -> Done {
    if !can_be_asked(household) {
        return Err(say("intake-not-now").into());
    }
    let now = turn.now();
    if !store::begin(&mut turn.tx, household.id, staff.id, now).await? {
        return Err(say("intake-asked-before").into());
    }
    if next_open(&mut turn.tx, household.id).await?.is_none() {
        return Err(say("intake-complete").into());
    }
    note(turn, Who::Staff(staff.id), "intake.ask", household, "").await?;
    chat::put_first(turn, household).await
}

/// Whether a household is in follow-up and has a chat. What is asked while that chat is held waits
/// until it is free.
fn can_be_asked(household: &Household) -> bool {
    matches!(household.state, State::Active | State::Held) && household.chat_id.is_some()
}

/// The first question that has no answer, not even a passing over.
async fn next_open(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Option<&'static Question>> {
    let answers = store::answers(tx, household).await?;
    let answered = |question: &&Question| answers.iter().any(|row| row.question == question.id);
    Ok(question::all().iter().find(|question| !answered(question)))
}

/// Keeps an answer.
///
/// # Errors
/// Refused when there is no such question or answer any more.
async fn record(
    turn: &mut Turn<'_>,
    household: &Household,
    question: &Question,
    given: Given,
    who: Who,
) -> Done {
    let (choice, words) = match given {
        Given::Choice(choice) if question.answer(&choice).is_none() => {
            return Err(say("already-closed").into());
        }
        Given::Choice(choice) => (Some(choice), None),
        Given::Words(words) => (None, Some(words.trim().chars().take(LONGEST).collect())),
        Given::Nothing => (None, None),
    };
    let row = AnswerRow {
        question: question.id.clone(),
        choice,
        words,
        at: turn.now(),
        who_kind: who.kind().to_owned(),
        who_ref: who.reference(),
    };
    store::put(&mut turn.tx, household.id, &row).await?;
    note(turn, who, "intake.answer", household, &question.id).await
}

async fn note(
    turn: &mut Turn<'_>,
    who: Who,
    action: &str,
    household: &Household,
    question: &str,
) -> Done {
    let detail = serde_json::json!({ "question": question });
    let object = format!("household {}", household.id);
    journal::note(turn, &who.actor(), action, &object, Some(household.id), detail).await
}
