//! An alert: a piece of work that waits for a person. Knows no database and no chat.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::base::clock::Timestamp;
use crate::base::store::stored_word;
use crate::config::Ladder;
pub use crate::desk::reference::AlertRef;
use crate::desk::reference::{StaffId, place};
use crate::desk::staff::policy::Object;

/// What an alert is about, by the contract's words.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// Somebody may be in danger.
    Danger,
    /// A member has not reported in time.
    Overdue,
    /// A household has never answered.
    NeverReached,
    /// The bot cannot reach a household any more.
    Unreachable,
    /// The bot does not hear every message of a chat.
    Unheard,
    /// Somebody is in a chat who does not belong there.
    Stranger,
    /// Nobody has taken a supply request.
    Request,
}
stored_word!(Kind);

/// Where an alert stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum AlertState {
    /// Nobody has it yet.
    Raised,
    /// Somebody has it.
    Taken,
    /// It is over.
    Resolved,
}
stored_word!(AlertState);

/// What happened to an alert, by the contract's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the words are the contract's, and say it")]
pub enum Step {
    Raised,
    Rung,
    Taken,
    Contacted,
    Passed,
    Excused,
    Undone,
    Corrected,
    Resolved,
}
stored_word!(Step);

/// What a reader of an alert must know, as it was when it was raised or last added to. The ladder
/// asks nobody else.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Subject {
    /// The household's code.
    pub code: String,
    /// The household's door.
    pub door: String,
    /// The member's word; none if it is about the household.
    pub member: Option<String>,
    /// Day N of the period.
    pub day: i64,
    /// The household's language.
    pub language: String,
    /// Whether the household has one member.
    pub alone: bool,
    /// The member's age in years.
    pub age: Option<i64>,
    /// The temperature in tenths of a degree Celsius.
    pub tenths: Option<i64>,
    /// The one before.
    pub before_tenths: Option<i64>,
    /// Symptoms by code.
    pub symptoms: Vec<String>,
    /// Of a danger `unknown_sender unconfirmed corrected emergency red_flag call_me mistake`, of a chat
    /// that is shut `blocked kicked gone empty`, of a stranger `refused counted private`.
    pub marks: Vec<String>,
    /// How many slots are overdue.
    pub slots: i64,
    /// The request it is about, `R-5`.
    pub request: Option<String>,
    /// What a stranger's account is called; none if only their number is known.
    pub account: Option<String>,
    /// Whom of the household a stranger may be: rows in the file, and words.
    pub members: Vec<(i64, String)>,
    /// The IANA zone of the household, for quiet hours and times.
    pub timezone: String,
}

impl Subject {
    /// How staff tell the household from others: the door, and the code where that is another word.
    #[must_use]
    pub fn place(&self) -> String {
        place(&self.door, &self.code)
    }
}

impl TryFrom<String> for Subject {
    type Error = serde_json::Error;

    fn try_from(stored: String) -> Result<Self, serde_json::Error> {
        serde_json::from_str(&stored)
    }
}

/// An alert.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Alert {
    /// `A-12`.
    pub id: AlertRef,
    /// What it is about.
    pub kind: Kind,
    /// The household.
    pub household_id: i64,
    /// The member, if it stands for one.
    pub member_id: Option<i64>,
    /// The household's area.
    pub area: String,
    /// The household's worker.
    pub worker_id: StaffId,
    /// The household's backup.
    pub backup_id: Option<StaffId>,
    /// What a reader must know.
    #[sqlx(try_from = "String")]
    pub subject: Subject,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// The rung that was told last, from 1.
    pub rung: i64,
    /// Where it stands.
    pub state: AlertState,
    /// Who has it.
    pub taken_by: Option<StaffId>,
    /// When contact was made.
    pub contacted_at: Option<Timestamp>,
    /// Until when it is excused.
    pub excused_until: Option<Timestamp>,
    /// When it was resolved.
    pub resolved_at: Option<Timestamp>,
    /// When the ladder moves next.
    pub due_at: Option<Timestamp>,
    /// Whoever is phoning the household, by name.
    pub caller: Option<String>,
    /// Until when nobody else phones it.
    pub called_until: Option<Timestamp>,
}

impl Alert {
    /// Whether a person may be in danger.
    #[must_use]
    pub fn is_danger(&self) -> bool {
        self.kind == Kind::Danger
    }

    /// Whether it bears this mark.
    #[must_use]
    pub fn has_mark(&self, mark: &str) -> bool {
        self.subject.marks.iter().any(|found| found == mark)
    }

    /// Whether it still waits for a person.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state != AlertState::Resolved
    }

    /// What the policy table looks at.
    #[must_use]
    pub fn object(&self) -> Object<'_> {
        Object {
            household: self.household_id,
            area: &self.area,
            worker: self.worker_id,
            backup: self.backup_id,
            danger: self.is_danger(),
            receiver: None,
        }
    }
}

/// The highest rung.
pub const TOP_RUNG: i64 = 3;
/// A danger that was contacted and is not closed comes back after a day (reports: 24 h).
const UNCLOSED: Duration = Duration::from_hours(24);

/// When the ladder moves next, for an alert that has just reached `rung` at `now` (rules: overdue
/// ladder, danger ladder). An overdue alert that somebody has taken rests; a danger that somebody
/// has taken still goes to command if no contact is logged in time, and comes back if it is never
/// closed.
#[must_use]
pub fn next_due(
    alert: &Alert,
    rung: i64,
    state: AlertState,
    contacted: bool,
    ladder: &Ladder,
    now: Timestamp,
) -> Option<Timestamp> {
    let (times, repeat) = if alert.is_danger() {
        (ladder.danger, ladder.danger_repeat)
    } else {
        (ladder.overdue, ladder.overdue_repeat)
    };
    let scheduled = match (state, alert.is_danger()) {
        (AlertState::Resolved, _) | (AlertState::Taken, false) => return None,
        (_, true) if contacted => alert.raised_at.plus(UNCLOSED),
        (AlertState::Taken, true) if rung < TOP_RUNG => alert.raised_at.plus(times[1]),
        _ if rung >= TOP_RUNG => now.plus(repeat),
        _ => alert.raised_at.plus(times[usize::try_from(rung - 1).unwrap_or(0).min(1)]),
    };
    Some(if scheduled <= now { now.plus(repeat) } else { scheduled })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(kind: Kind) -> Alert {
        Alert {
            id: AlertRef(1),
            kind,
            household_id: 1,
            member_id: None,
            area: "A/".into(),
            worker_id: StaffId(1),
            backup_id: None,
            subject: Subject::default(),
            raised_at: Timestamp::from_seconds(0),
            rung: 1,
            state: AlertState::Raised,
            taken_by: None,
            contacted_at: None,
            excused_until: None,
            resolved_at: None,
            due_at: None,
            caller: None,
            called_until: None,
        }
    }

    fn due(kind: Kind, rung: i64, state: AlertState, contacted: bool, now: i64) -> Option<i64> {
        let now = Timestamp::from_seconds(now);
        next_due(&alert(kind), rung, state, contacted, &Ladder::default(), now)
            .map(|at| at.millis() / 1000)
    }

    #[test]
    fn an_overdue_alert_goes_to_backup_after_an_hour_and_to_command_after_four() {
        assert_eq!(due(Kind::Overdue, 1, AlertState::Raised, false, 0), Some(3600));
        assert_eq!(due(Kind::Overdue, 2, AlertState::Raised, false, 3600), Some(4 * 3600));
        assert_eq!(due(Kind::Overdue, 3, AlertState::Raised, false, 4 * 3600), Some(8 * 3600));
    }

    #[test]
    fn a_danger_goes_to_the_lead_after_ten_minutes_and_never_rests_at_the_top() {
        assert_eq!(due(Kind::Danger, 1, AlertState::Raised, false, 0), Some(600));
        assert_eq!(due(Kind::Danger, 2, AlertState::Raised, false, 600), Some(3600));
        assert_eq!(due(Kind::Danger, 3, AlertState::Raised, false, 3600), Some(3600 + 900));
    }

    #[test]
    fn a_danger_that_was_taken_still_goes_to_command_without_contact() {
        assert_eq!(due(Kind::Danger, 1, AlertState::Taken, false, 60), Some(3600));
        assert_eq!(due(Kind::Danger, 1, AlertState::Taken, true, 60), Some(24 * 3600));
        assert_eq!(due(Kind::Overdue, 1, AlertState::Taken, false, 60), None);
    }
}
