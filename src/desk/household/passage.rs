//! Changes of state as a household's timeline tells them: from what to what, why, by whom. Where both
//! are the same, something else of the household changed: its end, its worker. A passage may be about
//! one member.

use super::file::{Household, State};
use crate::base::turn::{Done, Turn};
use crate::desk::who::Who;

pub(crate) mod store;

/// Something changed that is no change of the household's state.
///
/// # Errors
/// When the database is away.
pub async fn note(turn: &mut Turn<'_>, household: &Household, reason: &str, who: Who) -> Done {
    let (was, became) = (household.state, household.state);
    put(turn, household.id, (was, became), Some(reason), None, who).await
}

/// Writes a passage down; `member` is a row of the household's file.
///
/// # Errors
/// When the database is away.
pub async fn put(
    turn: &mut Turn<'_>,
    household: i64,
    (was, became): (State, State),
    reason: Option<&str>,
    member: Option<i64>,
    who: Who,
) -> Done {
    let passage = store::Passage {
        household,
        at: turn.now(),
        was,
        became,
        reason,
        member,
        who_kind: who.kind(),
        who_ref: who.reference(),
    };
    store::note(&mut turn.tx, &passage).await?;
    turn.touch(household);
    Ok(())
}
