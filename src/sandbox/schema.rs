//! The methods the sandbox speaks, and the parameters of each as of Bot API 9.1 to 10.1: name,
//! type, and whether it must be given. Written by hand; `tests/it/official.rs` holds it against the
//! official tables.

use super::shapes::{
    BOT_COMMAND, COMMAND_SCOPES, LINK_PREVIEW, MARKUPS, MESSAGE_ENTITY, REACTIONS, REPLY,
    RICH_MESSAGE, SUGGESTED_POST, Shape,
};

/// A method of the Bot API that the sandbox knows.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[strum(serialize_all = "camelCase", ascii_case_insensitive)]
#[expect(missing_docs, reason = "the Bot API's own names, explained there")]
pub enum Method {
    GetMe,
    GetUpdates,
    SetWebhook,
    DeleteWebhook,
    GetWebhookInfo,
    SetMyCommands,
    GetChat,
    GetChatMember,
    GetChatMemberCount,
    SendMessage,
    SendPhoto,
    SendDocument,
    CopyMessage,
    EditMessageText,
    EditMessageReplyMarkup,
    DeleteMessage,
    PinChatMessage,
    SetMessageReaction,
    AnswerCallbackQuery,
    LeaveChat,
    BanChatMember,
    UnbanChatMember,
    CreateChatInviteLink,
    RevokeChatInviteLink,
    ApproveChatJoinRequest,
    DeclineChatJoinRequest,
}

/// The type of a parameter or of a field.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// `Integer`.
    Integer,
    /// `String`.
    Text,
    /// `Boolean`.
    Flag,
    /// `Integer` or `String`: a chat's id or its @name.
    Chat,
    /// `InputFile` or `String`; only file ids are modelled.
    File,
    /// `InputFile`: a file that comes with the call, which is not modelled.
    Upload,
    /// An object of one of these shapes.
    Object(&'static [Shape]),
    /// `Array of` something.
    List(&'static Kind),
}

/// A parameter of a method or a field of an object.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// As Telegram spells it.
    pub name: &'static str,
    /// What its value must be.
    pub kind: Kind,
    /// Whether it must be given.
    pub is_required: bool,
}

/// A field that must be there.
pub(super) const fn must(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, is_required: true }
}

/// A field that may be there.
pub(super) const fn may(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, is_required: false }
}

impl Method {
    /// The name in Telegram's spelling.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Its parameters.
    pub fn parameters(self) -> impl Iterator<Item = &'static Field> {
        self.table().iter().copied().flatten()
    }

    fn table(self) -> &'static [&'static [Field]] {
        match self {
            Self::GetMe | Self::GetWebhookInfo => &[],
            Self::GetUpdates => &[GET_UPDATES],
            Self::SetWebhook => &[SET_WEBHOOK],
            Self::DeleteWebhook => &[DELETE_WEBHOOK],
            Self::SetMyCommands => &[SET_MY_COMMANDS],
            Self::GetChat | Self::GetChatMemberCount | Self::LeaveChat => &[CHAT],
            Self::GetChatMember | Self::ApproveChatJoinRequest | Self::DeclineChatJoinRequest => {
                &[CHAT, USER]
            }
            Self::BanChatMember => &[CHAT, USER, BAN],
            Self::UnbanChatMember => &[CHAT, USER, UNBAN],
            Self::SendMessage => &[BUSINESS, CHAT, THREAD, TEXT, DELIVERY],
            Self::SendPhoto => &[BUSINESS, CHAT, THREAD, PHOTO, CAPTION, ABOVE, DELIVERY],
            Self::SendDocument => &[BUSINESS, CHAT, THREAD, DOCUMENT, CAPTION, DELIVERY],
            Self::CopyMessage => &[CHAT, THREAD, COPIED, CAPTION, ABOVE, DELIVERY],
            Self::EditMessageText => &[BUSINESS, EDITED, NEW_TEXT, NEW_MARKUP],
            Self::EditMessageReplyMarkup => &[BUSINESS, EDITED, NEW_MARKUP],
            Self::DeleteMessage => &[CHAT, MESSAGE],
            Self::PinChatMessage => &[BUSINESS, CHAT, MESSAGE, QUIET],
            Self::SetMessageReaction => &[CHAT, MESSAGE, REACTION],
            Self::AnswerCallbackQuery => &[CALLBACK_ANSWER],
            Self::CreateChatInviteLink => &[CHAT, NEW_LINK],
            Self::RevokeChatInviteLink => &[CHAT, LINK],
        }
    }
}

use Kind::{Chat, File, Flag, Integer, List, Object, Text, Upload};

pub(super) const ENTITIES: Kind = List(&Object(&[MESSAGE_ENTITY]));
const ONE_MARKUP: Kind = Object(&[super::shapes::INLINE_KEYBOARD]);

const GET_UPDATES: &[Field] = &[
    may("offset", Integer),
    may("limit", Integer),
    may("timeout", Integer),
    may("allowed_updates", List(&Text)),
];
const SET_WEBHOOK: &[Field] = &[
    must("url", Text),
    may("certificate", Upload),
    may("ip_address", Text),
    may("max_connections", Integer),
    may("allowed_updates", List(&Text)),
    may("drop_pending_updates", Flag),
    may("secret_token", Text),
];
const DELETE_WEBHOOK: &[Field] = &[may("drop_pending_updates", Flag)];
const SET_MY_COMMANDS: &[Field] = &[
    must("commands", List(&Object(&[BOT_COMMAND]))),
    may("scope", Object(COMMAND_SCOPES)),
    may("language_code", Text),
];

const BUSINESS: &[Field] = &[may("business_connection_id", Text)];
const CHAT: &[Field] = &[must("chat_id", Chat)];
const USER: &[Field] = &[must("user_id", Integer)];
const BAN: &[Field] = &[may("until_date", Integer), may("revoke_messages", Flag)];
const UNBAN: &[Field] = &[may("only_if_banned", Flag)];
const MESSAGE: &[Field] = &[must("message_id", Integer)];
const THREAD: &[Field] =
    &[may("message_thread_id", Integer), may("direct_messages_topic_id", Integer)];

const TEXT: &[Field] = &[
    must("text", Text),
    may("parse_mode", Text),
    may("entities", ENTITIES),
    may("link_preview_options", Object(&[LINK_PREVIEW])),
];
const PHOTO: &[Field] = &[must("photo", File), may("has_spoiler", Flag)];
const DOCUMENT: &[Field] =
    &[must("document", File), may("thumbnail", File), may("disable_content_type_detection", Flag)];
const COPIED: &[Field] = &[
    must("from_chat_id", Chat),
    must("message_id", Integer),
    may("video_start_timestamp", Integer),
];
const CAPTION: &[Field] =
    &[may("caption", Text), may("parse_mode", Text), may("caption_entities", ENTITIES)];
const ABOVE: &[Field] = &[may("show_caption_above_media", Flag)];
const DELIVERY: &[Field] = &[
    may("disable_notification", Flag),
    may("protect_content", Flag),
    may("allow_paid_broadcast", Flag),
    may("message_effect_id", Text),
    may("suggested_post_parameters", Object(&[SUGGESTED_POST])),
    may("reply_parameters", Object(&[REPLY])),
    may("reply_markup", Object(MARKUPS)),
];

const EDITED: &[Field] =
    &[may("chat_id", Chat), may("message_id", Integer), may("inline_message_id", Text)];
const NEW_TEXT: &[Field] = &[
    may("text", Text),
    may("parse_mode", Text),
    may("entities", ENTITIES),
    may("link_preview_options", Object(&[LINK_PREVIEW])),
    may("rich_message", Object(&[RICH_MESSAGE])),
];
const NEW_MARKUP: &[Field] = &[may("reply_markup", ONE_MARKUP)];

const NEW_LINK: &[Field] = &[
    may("name", Text),
    may("expire_date", Integer),
    may("member_limit", Integer),
    may("creates_join_request", Flag),
];
const LINK: &[Field] = &[must("invite_link", Text)];

const QUIET: &[Field] = &[may("disable_notification", Flag)];
const REACTION: &[Field] = &[may("reaction", List(&Object(REACTIONS))), may("is_big", Flag)];
const CALLBACK_ANSWER: &[Field] = &[
    must("callback_query_id", Text),
    may("text", Text),
    may("show_alert", Flag),
    may("url", Text),
    may("cache_time", Integer),
];

/// The kinds of update a bot may ask for.
pub const UPDATE_KINDS: [&str; 25] = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
];
