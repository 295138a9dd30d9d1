//! The bot's place in a chat, and what an administrator may do there that a bot needs.

use serde::{Deserialize, Serialize};

use crate::base::store::stored_word;

/// The bot's place in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// It hears every message.
    Administrator,
    /// It is there, and hears commands only.
    Member,
    /// It is not there, or it is blocked.
    Outside,
}

/// Something that an administrator may be allowed to do, and that we need.
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
pub enum Right {
    /// Make links by which people come in.
    InviteUsers,
    /// Pin the card.
    PinMessages,
    /// Take messages away.
    DeleteMessages,
    /// Put people out.
    RestrictMembers,
}
stored_word!(Right);

/// The bot's place, and what it may not do there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Its place.
    pub place: Place,
    /// What it lacks as an administrator, in the order of the rights; empty in any other place.
    pub lacks: Vec<Right>,
}

impl From<Place> for Standing {
    fn from(place: Place) -> Self {
        Self { place, lacks: Vec::new() }
    }
}
