//! A health check: one member, one slot. And the report that it waits for. Pure.

use chrono::NaiveDate;

use super::reading::{Celsius, Site};
use crate::base::clock::Timestamp;
use crate::base::store::stored_word;
use crate::config::Fever;

/// Where a check stands, by the contract's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum CheckState {
    /// Waited for.
    Open,
    /// Came in time.
    Reported,
    /// Came after it was overdue.
    ReportedLate,
    /// Did not come in time.
    Overdue,
    /// Need not come.
    Excused,
    /// Could not come: we were away.
    SystemDown,
}
stored_word!(CheckState);

impl CheckState {
    /// What a report makes of it.
    #[must_use]
    pub fn reported(self) -> Self {
        match self {
            Self::Open | Self::Reported | Self::Excused => Self::Reported,
            Self::Overdue | Self::ReportedLate | Self::SystemDown => Self::ReportedLate,
        }
    }

    /// Whether a report has come, in time or late.
    #[must_use]
    pub fn is_reported(self) -> bool {
        matches!(self, Self::Reported | Self::ReportedLate)
    }

    /// Whether a report is still missing.
    #[must_use]
    pub fn is_missing(self) -> bool {
        matches!(self, Self::Open | Self::Overdue)
    }
}

/// How a report came, by the contract's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Via {
    /// Typed in the household's chat.
    Text,
    /// By buttons.
    Keypad,
    /// Typed by staff in their own chat.
    Worker,
    /// Entered by staff after a call.
    Phone,
    /// Entered by staff after a visit.
    Visit,
}
stored_word!(Via);

/// A check with its slot, as the card and the timeline show it.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Check {
    /// Its row.
    pub id: i64,
    /// The slot's row.
    pub slot_id: i64,
    /// The member's row.
    pub member_id: i64,
    /// Where it stands.
    pub state: CheckState,
    /// The household's date.
    pub slot_on: NaiveDate,
    /// Which slot of the day.
    pub slot_no: i64,
    /// When the slot opened.
    pub opens_at: Timestamp,
}

/// Whether a value is a fever (rules: fever; no site named: armpit).
#[must_use]
pub fn is_fever(celsius: Celsius, site: Option<Site>, limits: &Fever) -> bool {
    let limit = match site {
        None | Some(Site::Armpit) => limits.armpit,
        Some(Site::Forehead) => limits.forehead,
        Some(Site::Ear) => limits.ear,
        Some(Site::Mouth) => limits.mouth,
    };
    celsius.tenths() >= limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_at_the_limit_of_its_site_is_a_fever() {
        let fever = |tenths, site| is_fever(Celsius::from_tenths(tenths), site, &Fever::default());
        assert!(fever(373, None));
        assert!(!fever(372, None));
        assert!(!fever(379, Some(Site::Ear)));
        assert!(fever(380, Some(Site::Ear)));
    }

    #[test]
    fn a_report_after_the_time_is_late_and_never_unmade() {
        assert_eq!(CheckState::Overdue.reported(), CheckState::ReportedLate);
        assert_eq!(CheckState::Reported.reported(), CheckState::Reported);
        assert_eq!(CheckState::SystemDown.reported(), CheckState::ReportedLate);
    }
}
