//! Who stands how in a chat: the statuses of the Bot API and an administrator's rights.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use strum::IntoEnumIterator;

/// One thing an administrator may do; its name in the Bot API is `can_` and the variant in snake
/// case.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    strum::EnumIter,
    strum::IntoStaticStr,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Right {
    /// The floor under all others; every administrator has it.
    ManageChat,
    /// Delete messages of others.
    DeleteMessages,
    /// Manage video chats.
    ManageVideoChats,
    /// Restrict, ban and unban members.
    RestrictMembers,
    /// Make others administrators.
    PromoteMembers,
    /// Change title, photo and other settings.
    ChangeInfo,
    /// Invite new members.
    InviteUsers,
    /// Post stories.
    PostStories,
    /// Edit stories of others.
    EditStories,
    /// Delete stories of others.
    DeleteStories,
    /// Pin messages.
    PinMessages,
}

/// An administrator's rights.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights(BTreeSet<Right>);

impl Rights {
    /// Everything but making others administrators: what a bot is usually given.
    #[must_use]
    pub fn usual() -> Self {
        Self(Right::iter().collect()).without(Right::PromoteMembers)
    }

    /// An administrator who may do nothing in particular.
    #[must_use]
    pub fn bare() -> Self {
        Self(BTreeSet::from([Right::ManageChat]))
    }

    /// The same rights and one more.
    #[must_use]
    pub fn with(mut self, right: Right) -> Self {
        self.0.insert(right);
        self
    }

    /// The same rights but one.
    #[must_use]
    pub fn without(mut self, right: Right) -> Self {
        self.0.remove(&right);
        self
    }

    /// Whether this right is among them.
    #[must_use]
    pub fn include(&self, right: Right) -> bool {
        self.0.contains(&right)
    }
}

/// How an account stands in a chat.
#[derive(Debug, Clone, PartialEq, Eq, strum::IntoStaticStr, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Status {
    /// Made the chat.
    Creator,
    /// Administrator with these rights.
    Administrator(Rights),
    /// Ordinary member.
    Member,
    /// Still there, but may not write.
    Restricted,
    /// Not there, may come back.
    Left,
    /// Thrown out; in a private chat: the person blocked the bot.
    Kicked,
}

impl Status {
    /// Whether the account is in the chat at all.
    #[must_use]
    pub fn is_present(&self) -> bool {
        !matches!(self, Self::Left | Self::Kicked)
    }

    /// Whether the account is creator or administrator.
    #[must_use]
    pub fn is_in_charge(&self) -> bool {
        matches!(self, Self::Creator | Self::Administrator(_))
    }

    /// Whether the account may do what this right is for.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        match self {
            Self::Creator => true,
            Self::Administrator(rights) => rights.include(right),
            _ => false,
        }
    }

    /// The Bot API's word for the status.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.into()
    }

    /// A `ChatMember` of the Bot API; `user` is the rendered account.
    pub(super) fn render(&self, user: &Value) -> Value {
        let mut member = json!({ "user": user, "status": self.name() });
        match self {
            Self::Creator => member["is_anonymous"] = json!(false),
            Self::Administrator(rights) => add_rights(&mut member, rights),
            Self::Restricted => add_restrictions(&mut member),
            Self::Kicked => member["until_date"] = json!(0),
            Self::Member | Self::Left => {}
        }
        member
    }
}

fn add_rights(member: &mut Value, rights: &Rights) {
    member["can_be_edited"] = json!(false);
    member["is_anonymous"] = json!(false);
    for right in Right::iter() {
        member[format!("can_{}", <&str>::from(right))] = json!(rights.include(right));
    }
}

fn add_restrictions(member: &mut Value) {
    member["is_member"] = json!(true);
    member["until_date"] = json!(0);
    for permission in PERMISSIONS {
        member[permission] = json!(false);
    }
}

/// What an ordinary member may be allowed or denied.
pub(super) const PERMISSIONS: [&str; 16] = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
];
