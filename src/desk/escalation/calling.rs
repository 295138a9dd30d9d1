//! [I call]: for a quarter of an hour one person phones a household, and nobody else does. The others
//! see who, and until when. It ends with what came of the call, or by time.

use std::time::Duration;

use super::alert::Alert;
use super::{Outcome, chat, store as alerts};
use crate::base::clock::Timestamp;
use crate::base::language::say;
use crate::base::turn::{Done, Turn};
use crate::desk::local_time::time_in;
use crate::desk::reference::StaffId;
use crate::desk::staff;
use crate::desk::staff::person::Staff;

pub(crate) mod store;

/// For how long a household is one person's to phone.
const LOCK: Duration = Duration::from_mins(15);

/// Somebody is phoning a household.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calling {
    /// Who.
    pub by: StaffId,
    /// Until when nobody else does.
    pub until: Timestamp,
}

impl Calling {
    /// Whether this keeps somebody from phoning now.
    #[must_use]
    pub fn keeps_out(&self, other: StaffId, now: Timestamp) -> bool {
        self.by != other && self.until > now
    }

    /// Whether what somebody found out ends it: whatever the caller says, and anybody's word that the
    /// household was reached.
    #[must_use]
    pub fn ended_by(&self, somebody: StaffId, outcome: Outcome) -> bool {
        self.by == somebody || outcome == Outcome::Reached
    }
}

/// Somebody phones the household of an alert.
///
/// # Errors
/// Refused when it is over, or somebody else is phoning.
pub async fn call(turn: &mut Turn<'_>, alert: &Alert, by: &Staff) -> Done<Timestamp> {
    if !alert.is_open() {
        return Err(say("already-closed").into());
    }
    let now = turn.now();
    let household = alert.household_id;
    if let Some(calling) = store::find(&mut turn.tx, household).await?
        && calling.keeps_out(by.id, now)
    {
        let caller = staff::store::get(&mut turn.tx, calling.by).await?;
        let taken = say("call-taken")
            .with("staff", &caller.name)
            .with("time", time_in(&alert.subject.timezone, calling.until));
        return Err(taken.into());
    }
    let calling = Calling { by: by.id, until: now.plus(LOCK) };
    store::put(&mut turn.tx, household, calling).await?;
    show(turn, household).await?;
    Ok(calling.until)
}

/// Something was found out about a household: whoever was phoning it may be done.
///
/// # Errors
/// When the database is away.
pub async fn found_out(turn: &mut Turn<'_>, household: i64, by: StaffId, outcome: Outcome) -> Done {
    let calling = store::find(&mut turn.tx, household).await?;
    if calling.is_some_and(|calling| calling.ended_by(by, outcome)) {
        store::end(&mut turn.tx, household).await?;
        show(turn, household).await?;
    }
    Ok(())
}

/// The quarter of an hour is over: anybody may phone.
///
/// # Errors
/// When the database is away.
pub async fn fall_due(turn: &mut Turn<'_>, id: i64) -> Done {
    let Some(household) = store::household_of(&mut turn.tx, id).await? else { return Ok(()) };
    store::end(&mut turn.tx, household).await?;
    show(turn, household).await
}

/// Renews the lists in which the household stands.
async fn show(turn: &mut Turn<'_>, household: i64) -> Done {
    for alert in alerts::open_of_household(&mut turn.tx, household).await? {
        if !alert.is_danger() {
            chat::show(turn, &alert).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALLING: Calling = Calling { by: StaffId(1), until: Timestamp::from_seconds(900) };

    #[test]
    fn the_others_are_kept_out_until_the_quarter_of_an_hour_is_over() {
        let at = Timestamp::from_seconds;
        assert!(CALLING.keeps_out(StaffId(2), at(0)));
        assert!(CALLING.keeps_out(StaffId(2), at(899)));
        assert!(!CALLING.keeps_out(StaffId(2), at(900)));
        assert!(!CALLING.keeps_out(StaffId(1), at(0)), "whoever calls may call again");
    }

    #[test]
    fn it_ends_by_the_callers_word_or_when_anybody_has_reached_them() {
        assert!(CALLING.ended_by(StaffId(1), Outcome::NoAnswer));
        assert!(CALLING.ended_by(StaffId(2), Outcome::Reached));
        assert!(!CALLING.ended_by(StaffId(2), Outcome::NoAnswer));
    }
}
