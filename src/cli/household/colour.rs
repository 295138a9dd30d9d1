//! The colour of a household (rules: colour): red needs help, yellow waits, white has papers open,
//! green is done. A colour never stands alone: a shape and a word go with it.

use std::time::Duration;

use crate::base::clock::Timestamp;
use crate::desk::escalation::alert::Kind;
use crate::desk::household::file::State;

/// A household that nobody reached for this long needs help (reports: the "invisible person").
const UNREACHED: Duration = Duration::from_hours(24);

/// The colours, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(super) enum Colour {
    /// Help: danger, or unreached for a day.
    Red,
    /// Waiting: overdue, cannot be reached, or an urgent request.
    Yellow,
    /// Papers: never reached yet, or not opened.
    White,
    /// Done.
    Green,
}

impl Colour {
    /// The colour of a household with these open alerts.
    pub fn of(
        state: State,
        open: impl Iterator<Item = (Kind, Timestamp)>,
        urgent_request: bool,
        now: Timestamp,
    ) -> Self {
        let opened = matches!(state, State::Imported | State::Binding);
        let by_state = if opened { Self::White } else { Self::Green };
        let by_request = if urgent_request { Self::Yellow } else { Self::Green };
        let by_alerts = open.map(|(kind, raised_at)| Self::of_alert(kind, raised_at, now));
        by_alerts.chain([by_state, by_request]).min().unwrap_or(Self::Green)
    }

    fn of_alert(kind: Kind, raised_at: Timestamp, now: Timestamp) -> Self {
        match kind {
            Kind::Danger => Self::Red,
            Kind::NeverReached | Kind::Unreachable if now.since(raised_at) >= UNREACHED => {
                Self::Red
            }
            Kind::NeverReached => Self::White,
            Kind::Overdue | Kind::Unreachable | Kind::Unheard | Kind::Stranger | Kind::Request => {
                Self::Yellow
            }
        }
    }

    /// `red yellow white green`.
    pub fn word(self) -> &'static str {
        self.into()
    }

    /// The shape that goes with it.
    pub fn shape(self) -> char {
        match self {
            Self::Red => '▲',
            Self::Yellow => '◆',
            Self::White => '○',
            Self::Green => '●',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(state: State, open: &[(Kind, u64)], urgent: bool) -> &'static str {
        let now = Timestamp::from_seconds(1_000_000);
        let hours_ago = |hours: u64| now.minus(Duration::from_hours(hours));
        let open = open.iter().map(|(kind, hours)| (*kind, hours_ago(*hours)));
        Colour::of(state, open, urgent, now).word()
    }

    #[test]
    fn the_most_urgent_thing_gives_the_colour() {
        let open = [(Kind::Overdue, 1), (Kind::Danger, 0), (Kind::Stranger, 2)];
        assert_eq!(colour(State::Active, &open, false), "red");
        assert_eq!(colour(State::Active, &open[..1], false), "yellow");
        assert_eq!(colour(State::Active, &[], false), "green");
    }

    #[test]
    fn a_household_never_reached_turns_red_after_a_day() {
        assert_eq!(colour(State::Imported, &[(Kind::NeverReached, 23)], false), "white");
        assert_eq!(colour(State::Imported, &[(Kind::NeverReached, 24)], false), "red");
    }

    #[test]
    fn a_household_that_is_not_opened_yet_is_white() {
        assert_eq!(colour(State::Imported, &[], false), "white");
        assert_eq!(colour(State::Binding, &[(Kind::Unheard, 1)], false), "yellow");
        assert_eq!(colour(State::Released, &[], false), "green");
    }

    #[test]
    fn an_urgent_request_waits() {
        assert_eq!(colour(State::Active, &[], true), "yellow");
        assert_eq!(colour(State::Active, &[(Kind::Request, 1)], false), "yellow");
    }
}
