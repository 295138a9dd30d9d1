//! A person of the staff: role, area, languages, on or off duty. Knows no database and no chat.

use std::fmt;
use std::str::FromStr;

use crate::base::chat::{AccountId, ChatId};
use crate::base::clock::Timestamp;
use crate::base::store::stored_word;
pub use crate::desk::reference::StaffId;

/// What a person may be, by the contract's words.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Runs the machine; sees no health data.
    Admin,
    /// Subdistrict or district: command.
    Officer,
    /// Leads a community's workers.
    Lead,
    /// A grid worker with households of their own.
    Worker,
    /// Translates.
    Translator,
    /// Is asked about dangers.
    Doctor,
    /// Listens.
    Counsellor,
    /// Delivers.
    Volunteer,
    /// Looks at the journal.
    Auditor,
}
stored_word!(Role);

/// How far an invitation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum StaffState {
    /// Has a link, has not used it.
    Invited,
    /// Has joined.
    Active,
    /// Has left.
    Ended,
}
stored_word!(StaffState);

/// A person of the staff.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Staff {
    /// `S-7`.
    pub id: StaffId,
    /// The name that households and colleagues see.
    pub name: String,
    /// What the person may be.
    pub role: Role,
    /// The area's path with a closing slash.
    pub area: String,
    /// `fr:native,en:fluent`.
    pub languages: String,
    /// How far the invitation has come.
    pub state: StaffState,
    /// Whether the person is on duty.
    pub on_duty: bool,
    /// The person's account, once joined.
    pub account_id: Option<AccountId>,
    /// The person's private chat with the bot, once joined.
    pub chat_id: Option<ChatId>,
    /// When the invitation ends.
    pub token_expires_at: Option<Timestamp>,
    /// Since when the person's chat is shut to us: the bot was blocked.
    pub shut_at: Option<Timestamp>,
}

impl Staff {
    /// Whether the person's area holds this one.
    #[must_use]
    pub fn covers(&self, area: &str) -> bool {
        area.starts_with(&self.area)
    }

    /// Whether the person can be told now: joined, on duty, and not behind a blocked chat.
    #[must_use]
    pub fn is_on_duty(&self) -> bool {
        self.has_joined() && self.on_duty && self.shut_at.is_none()
    }

    /// Whether letters reach the person: joined, with a chat.
    #[must_use]
    pub fn has_joined(&self) -> bool {
        self.state == StaffState::Active && self.chat_id.is_some()
    }
}

/// A place in the tree of areas, such as `Yantian/Haishan/Harbour/Grid 12`; stored with a closing
/// slash so that everything within it begins with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaPath(String);

/// The text is no path of areas.
#[derive(Debug, thiserror::Error)]
#[error("an area is a path such as `Yantian/Haishan/Harbour/Grid 12`")]
pub struct NotAnArea;

impl FromStr for AreaPath {
    type Err = NotAnArea;

    fn from_str(text: &str) -> Result<Self, NotAnArea> {
        let parts: Vec<&str> = text.trim().trim_matches('/').split('/').map(str::trim).collect();
        if parts.iter().any(|part| part.is_empty() || part.chars().any(char::is_control)) {
            return Err(NotAnArea);
        }
        Ok(Self(format!("{}/", parts.join("/"))))
    }
}

impl AreaPath {
    /// The stored form, with its closing slash.
    #[must_use]
    pub fn stored(&self) -> &str {
        &self.0
    }

    /// This area and all above it, the nearest first.
    #[must_use]
    pub fn with_parents(&self) -> Vec<String> {
        with_parents(&self.0)
    }
}

impl fmt::Display for AreaPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(shown(&self.0))
    }
}

/// A stored path as people write it, without its closing slash.
#[must_use]
pub fn shown(stored: &str) -> &str {
    stored.trim_end_matches('/')
}

/// A stored path and all above it, the nearest first.
#[must_use]
pub fn with_parents(stored: &str) -> Vec<String> {
    let ends: Vec<usize> = stored.match_indices('/').map(|(at, _)| at + 1).collect();
    ends.into_iter().rev().map(|end| stored[..end].to_owned()).collect()
}

/// Names are the same when they differ in case or spaces only.
#[must_use]
pub fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_held_by_all_above_it() {
        let grid: AreaPath = "Yantian/Haishan/Grid 12".parse().unwrap();
        assert_eq!(
            grid.with_parents(),
            ["Yantian/Haishan/Grid 12/", "Yantian/Haishan/", "Yantian/"]
        );
        assert_eq!(grid.to_string(), "Yantian/Haishan/Grid 12");
    }

    #[test]
    fn an_area_with_an_empty_part_is_refused() {
        assert!("Yantian//Grid 12".parse::<AreaPath>().is_err());
        assert!("".parse::<AreaPath>().is_err());
    }
}
