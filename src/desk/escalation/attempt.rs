//! The ladder of attempts to reach a household that never answered (rules: never reached): the
//! member's number, the second number, the building head, a visit, the lead's look-up. An attempt is
//! no contact, and is logged apart from it. Pure.

use strum::VariantArray;

use super::Way;
use crate::base::clock::Timestamp;
pub use crate::desk::choice::{Outcome, Rung};

pub(crate) mod store;

/// How a step stands in the log of contact; asking others is no contact with the household.
#[must_use]
pub fn way_of(rung: Rung) -> Option<Way> {
    match rung {
        Rung::Member => Some(Way::Call),
        Rung::SecondNumber => Some(Way::SecondNumber),
        Rung::Visit => Some(Way::Visit),
        Rung::BuildingHead | Rung::LookUp => None,
    }
}

/// The step that a way of contact is.
#[must_use]
pub fn rung_of(way: Way) -> Option<Rung> {
    match way {
        Way::Call => Some(Rung::Member),
        Way::SecondNumber => Some(Rung::SecondNumber),
        Way::Visit => Some(Rung::Visit),
        Way::Chat => None,
    }
}

/// An attempt that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Attempt {
    /// Which step.
    #[sqlx(rename = "way")]
    pub rung: Rung,
    /// What came of it.
    pub outcome: Outcome,
    /// When.
    pub at: Timestamp,
}

/// What came last of each step that was made, in the order of the ladder.
#[must_use]
pub fn made(attempts: &[Attempt]) -> Vec<Attempt> {
    let latest = |rung: &Rung| attempts.iter().filter(|a| a.rung == *rung).max_by_key(|a| a.at);
    Rung::VARIANTS.iter().filter_map(latest).copied().collect()
}

/// The step to be made next: the first that was not made; when all were, the one that is longest ago.
#[must_use]
pub fn next(attempts: &[Attempt]) -> Rung {
    let made = made(attempts);
    let untried = |rung: &&Rung| made.iter().all(|attempt| attempt.rung != **rung);
    let first = Rung::VARIANTS.iter().find(untried).copied();
    let oldest = made.iter().min_by_key(|attempt| attempt.at).map(|attempt| attempt.rung);
    first.or(oldest).unwrap_or(Rung::Member)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(rung: Rung, outcome: Outcome, minute: i64) -> Attempt {
        Attempt { rung, outcome, at: Timestamp::from_seconds(60 * minute) }
    }

    #[test]
    fn the_ladder_goes_from_the_member_to_the_leads_look_up_and_begins_again() {
        let mut made = Vec::new();
        let mut proposed = Vec::new();
        for minute in 0..6 {
            let step = next(&made);
            proposed.push(step.word());
            made.push(attempt(step, Outcome::NoAnswer, minute));
        }
        let ladder = ["member", "second_number", "building_head", "visit", "look_up", "member"];
        assert_eq!(proposed, ladder);
    }

    #[test]
    fn a_step_out_of_turn_is_not_proposed_again_before_the_others() {
        let early = [attempt(Rung::SecondNumber, Outcome::NoAnswer, 1)];
        assert_eq!(next(&early), Rung::Member);
        let both = [early[0], attempt(Rung::Member, Outcome::NoAnswer, 2)];
        assert_eq!(next(&both), Rung::BuildingHead);
    }

    #[test]
    fn of_each_step_the_last_outcome_is_shown() {
        let twice = [
            attempt(Rung::Visit, Outcome::NoAnswer, 5),
            attempt(Rung::Member, Outcome::NoAnswer, 1),
            attempt(Rung::Visit, Outcome::Reached, 9),
        ];
        let shown: Vec<_> = made(&twice).iter().map(|a| (a.rung, a.outcome)).collect();
        assert_eq!(shown, [(Rung::Member, Outcome::NoAnswer), (Rung::Visit, Outcome::Reached)]);
    }
}
