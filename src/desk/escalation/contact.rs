//! Contact that was made or tried: by phone, at the second number, at the door. What is no danger ends
//! when somebody was reached; attempts to find a household that never answered are logged apart.

use super::alert::{Alert, AlertState, Kind, Step};
use super::attempt::{self, Attempt, Outcome, Rung, rung_of, way_of};
use super::{calling, change, note, store, take};
use crate::base::store::stored_word;
use crate::base::turn::{Done, Turn};
use crate::desk::staff::person::Staff;
use crate::desk::who::Who;

/// How contact was made or tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the words are the contract's, and say it")]
pub enum Way {
    Chat,
    Call,
    Visit,
    SecondNumber,
}
stored_word!(Way);

/// Contact was made. That ends an overdue alert; a danger or a stranger stays until it is dealt with.
///
/// # Errors
/// Refused when it is over.
pub async fn contacted(turn: &mut Turn<'_>, alert: Alert, by: &Staff, way: Way) -> Done {
    let danger = alert.is_danger() || alert.kind == Kind::Stranger;
    log(turn, &alert, by, way, Outcome::Reached).await?;
    let changed = change(turn, alert, by, Step::Contacted, None, |alert, now| {
        alert.contacted_at = Some(now);
        alert.taken_by = Some(by.id);
        alert.state = if danger { AlertState::Taken } else { AlertState::Resolved };
        if !danger {
            alert.resolved_at = Some(now);
        }
    })
    .await?;
    if !danger {
        note(turn, &changed, Step::Resolved, Who::Staff(by.id), &[], Some(way.word()), None)
            .await?;
    }
    calling::found_out(turn, changed.household_id, by.id, Outcome::Reached).await
}

/// Nobody answered: it is in hand, and stays open.
///
/// # Errors
/// Refused when it is over.
pub async fn no_answer(turn: &mut Turn<'_>, alert: Alert, by: &Staff, way: Way) -> Done {
    log(turn, &alert, by, way, Outcome::NoAnswer).await?;
    in_hand(turn, alert, by).await
}

/// A step of the ladder of attempts was made. Being reached by phone or at the door is contact; what
/// others know of a household is not.
///
/// # Errors
/// Refused when it is over.
pub async fn attempted(
    turn: &mut Turn<'_>,
    alert: Alert,
    by: &Staff,
    rung: Rung,
    outcome: Outcome,
) -> Done {
    match (way_of(rung), outcome) {
        (Some(way), Outcome::Reached) => contacted(turn, alert, by, way).await,
        (Some(way), Outcome::NoAnswer) => no_answer(turn, alert, by, way).await,
        (None, outcome) => {
            log_attempt(turn, &alert, by, rung, outcome).await?;
            in_hand(turn, alert, by).await
        }
    }
}

/// Whoever has tried has it, if nobody had it.
async fn in_hand(turn: &mut Turn<'_>, alert: Alert, by: &Staff) -> Done {
    let household = alert.household_id;
    if alert.state == AlertState::Raised {
        take(turn, alert, by).await?;
    } else {
        super::chat::show(turn, &super::still_open(alert)?).await?;
    }
    calling::found_out(turn, household, by.id, Outcome::NoAnswer).await
}

async fn log(turn: &mut Turn<'_>, alert: &Alert, by: &Staff, way: Way, outcome: Outcome) -> Done {
    let contact = store::Contact { way, outcome, staff: by.id, at: turn.now() };
    store::note_contact(&mut turn.tx, alert, &contact).await?;
    match rung_of(way) {
        Some(rung) => log_attempt(turn, alert, by, rung, outcome).await,
        None => Ok(()),
    }
}

/// Attempts are of interest where nobody was ever reached.
async fn log_attempt(
    turn: &mut Turn<'_>,
    alert: &Alert,
    by: &Staff,
    rung: Rung,
    outcome: Outcome,
) -> Done {
    if alert.kind != Kind::NeverReached {
        return Ok(());
    }
    let attempt = Attempt { rung, outcome, at: turn.now() };
    Ok(attempt::store::note(&mut turn.tx, alert, &attempt, by.id).await?)
}
