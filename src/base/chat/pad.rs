//! What takes the place of the letters on a person's screen: a single button that the platform's app
//! answers by itself, or nothing any more.

use serde::{Deserialize, Serialize};

/// What is to stand below the field in which a person writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pad {
    /// A button that lets the person choose or make a group, and brings the bot into it.
    ChooseChat {
        /// What stands on it.
        label: String,
        /// The number that comes back with the choice.
        request: i64,
    },
    /// What stood there goes.
    Away,
}
