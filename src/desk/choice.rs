//! The choices that a button can carry: which step of the ladder of attempts, what came of it, why
//! somebody is muted. Words only; what follows from them stands in the rooms that use them.

use serde::{Deserialize, Serialize};

use crate::base::store::stored_word;

/// A step of the ladder of attempts to reach a household that never answered (rules: never reached),
/// in the order in which they are proposed.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// The number in the file.
    Member,
    /// The household's second number.
    SecondNumber,
    /// Whoever knows the building.
    BuildingHead,
    /// At the door.
    Visit,
    /// The lead looks in other registers.
    LookUp,
}
stored_word!(Rung);

/// What came of trying to reach somebody.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words are the contract's, and say it")]
pub enum Outcome {
    Reached,
    NoAnswer,
}
stored_word!(Outcome);

/// Why somebody is not asked any more (rules: mute).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// In hospital, and expected back.
    Hospital,
    /// Has died.
    Death,
    /// Lives elsewhere now.
    Moved,
}
stored_word!(Why);
