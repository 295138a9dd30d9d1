//! How an account stands in a chat, as Telegram tells it: six statuses and an administrator's rights.

use serde::Deserialize;
use strum::VariantArray;

use crate::base::chat::{Place, Right, Standing};

/// A `ChatMember`, as far as we read it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Member {
    pub status: String,
    #[serde(rename = "is_member")]
    stays: Option<bool>,
    #[serde(rename = "can_invite_users")]
    invites: Option<bool>,
    #[serde(rename = "can_pin_messages")]
    pins: Option<bool>,
    #[serde(rename = "can_delete_messages")]
    deletes: Option<bool>,
    #[serde(rename = "can_restrict_members")]
    restricts: Option<bool>,
}

impl Member {
    /// Its place: whoever is restricted is there or not, as `is_member` says.
    pub fn place(&self) -> Place {
        match self.status.as_str() {
            "administrator" | "creator" => Place::Administrator,
            "member" => Place::Member,
            "restricted" if self.stays.unwrap_or(true) => Place::Member,
            _ => Place::Outside,
        }
    }

    /// Its place and the rights that it lacks there. A right of which nothing is said is there.
    pub fn standing(&self) -> Standing {
        let place = self.place();
        let administrator = self.status == "administrator";
        let lacks = |right: &Right| administrator && self.may(*right) == Some(false);
        Standing { place, lacks: Right::VARIANTS.iter().copied().filter(lacks).collect() }
    }

    fn may(&self, right: Right) -> Option<bool> {
        match right {
            Right::InviteUsers => self.invites,
            Right::PinMessages => self.pins,
            Right::DeleteMessages => self.deletes,
            Right::RestrictMembers => self.restricts,
        }
    }
}
