//! The objects inside parameters, field by field: keyboards, replies, reactions, commands.

use super::schema::Kind::{Chat, Flag, Integer, List, Object, Text};
use super::schema::{ENTITIES, Field, may, must};

/// An object of the Bot API.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Telegram's name for it.
    pub name: &'static str,
    /// The value of its field `type`, where that tells it from its siblings.
    pub tag: Option<&'static str>,
    /// All its fields.
    pub fields: &'static [Field],
}

const fn shape(name: &'static str, fields: &'static [Field]) -> Shape {
    Shape { name, tag: None, fields }
}

const fn tagged(name: &'static str, tag: &'static str, fields: &'static [Field]) -> Shape {
    Shape { name, tag: Some(tag), fields }
}

const TYPE: Field = must("type", Text);

pub(super) const BOT_COMMAND: Shape =
    shape("BotCommand", &[must("command", Text), must("description", Text)]);

pub(super) const COMMAND_SCOPES: &[Shape] = &[
    tagged("BotCommandScopeDefault", "default", &[TYPE]),
    tagged("BotCommandScopeAllPrivateChats", "all_private_chats", &[TYPE]),
    tagged("BotCommandScopeAllGroupChats", "all_group_chats", &[TYPE]),
    tagged("BotCommandScopeAllChatAdministrators", "all_chat_administrators", &[TYPE]),
    tagged("BotCommandScopeChat", "chat", &[TYPE, must("chat_id", Chat)]),
    tagged(
        "BotCommandScopeChatAdministrators",
        "chat_administrators",
        &[TYPE, must("chat_id", Chat)],
    ),
    tagged(
        "BotCommandScopeChatMember",
        "chat_member",
        &[TYPE, must("chat_id", Chat), must("user_id", Integer)],
    ),
];

pub(super) const REACTIONS: &[Shape] = &[
    tagged("ReactionTypeEmoji", "emoji", &[TYPE, must("emoji", Text)]),
    tagged("ReactionTypeCustomEmoji", "custom_emoji", &[TYPE, must("custom_emoji_id", Text)]),
    tagged("ReactionTypePaid", "paid", &[TYPE]),
];

pub(super) const MESSAGE_ENTITY: Shape = shape(
    "MessageEntity",
    &[
        TYPE,
        must("offset", Integer),
        must("length", Integer),
        may("url", Text),
        may("user", Object(&[USER])),
        may("language", Text),
        may("custom_emoji_id", Text),
        may("unix_time", Integer),
        may("date_time_format", Text),
    ],
);

const USER: Shape = shape(
    "User",
    &[
        must("id", Integer),
        must("is_bot", Flag),
        must("first_name", Text),
        may("last_name", Text),
        may("username", Text),
        may("language_code", Text),
        may("is_premium", Flag),
        may("added_to_attachment_menu", Flag),
        may("can_join_groups", Flag),
        may("can_read_all_group_messages", Flag),
        may("supports_guest_queries", Flag),
        may("supports_inline_queries", Flag),
        may("can_connect_to_business", Flag),
        may("has_main_web_app", Flag),
        may("has_topics_enabled", Flag),
        may("allows_users_to_create_topics", Flag),
        may("can_manage_bots", Flag),
        may("supports_join_request_queries", Flag),
    ],
);

pub(super) const LINK_PREVIEW: Shape = shape(
    "LinkPreviewOptions",
    &[
        may("is_disabled", Flag),
        may("url", Text),
        may("prefer_small_media", Flag),
        may("prefer_large_media", Flag),
        may("show_above_text", Flag),
    ],
);

pub(super) const SUGGESTED_POST: Shape = shape(
    "SuggestedPostParameters",
    &[
        may(
            "price",
            Object(&[shape(
                "SuggestedPostPrice",
                &[must("currency", Text), must("amount", Integer)],
            )]),
        ),
        may("send_date", Integer),
    ],
);

pub(super) const RICH_MESSAGE: Shape = shape(
    "InputRichMessage",
    &[
        may("html", Text),
        may("markdown", Text),
        may("is_rtl", Flag),
        may("skip_entity_detection", Flag),
    ],
);

pub(super) const REPLY: Shape = shape(
    "ReplyParameters",
    &[
        must("message_id", Integer),
        may("chat_id", Chat),
        may("allow_sending_without_reply", Flag),
        may("quote", Text),
        may("quote_parse_mode", Text),
        may("quote_entities", ENTITIES),
        may("quote_position", Integer),
        may("checklist_task_id", Integer),
        may("poll_option_id", Text),
    ],
);

pub(super) const MARKUPS: &[Shape] =
    &[INLINE_KEYBOARD, REPLY_KEYBOARD, KEYBOARD_REMOVE, FORCE_REPLY];

pub(super) const INLINE_KEYBOARD: Shape = shape(
    "InlineKeyboardMarkup",
    &[must("inline_keyboard", List(&List(&Object(&[INLINE_BUTTON]))))],
);

const WEB_APP: Shape = shape("WebAppInfo", &[must("url", Text)]);

const INLINE_BUTTON: Shape = shape(
    "InlineKeyboardButton",
    &[
        must("text", Text),
        may("icon_custom_emoji_id", Text),
        may("style", Text),
        may("url", Text),
        may("callback_data", Text),
        may("web_app", Object(&[WEB_APP])),
        may("login_url", Object(&[LOGIN_URL])),
        may("switch_inline_query", Text),
        may("switch_inline_query_current_chat", Text),
        may("switch_inline_query_chosen_chat", Object(&[CHOSEN_CHAT])),
        may("copy_text", Object(&[shape("CopyTextButton", &[must("text", Text)])])),
        may("callback_game", Object(&[shape("CallbackGame", &[])])),
        may("pay", Flag),
    ],
);

const LOGIN_URL: Shape = shape(
    "LoginUrl",
    &[
        must("url", Text),
        may("forward_text", Text),
        may("bot_username", Text),
        may("request_write_access", Flag),
    ],
);

const CHOSEN_CHAT: Shape = shape(
    "SwitchInlineQueryChosenChat",
    &[
        may("query", Text),
        may("allow_user_chats", Flag),
        may("allow_bot_chats", Flag),
        may("allow_group_chats", Flag),
        may("allow_channel_chats", Flag),
    ],
);

const REPLY_KEYBOARD: Shape = shape(
    "ReplyKeyboardMarkup",
    &[
        must("keyboard", List(&List(&Object(&[KEYBOARD_BUTTON])))),
        may("is_persistent", Flag),
        may("resize_keyboard", Flag),
        may("one_time_keyboard", Flag),
        may("input_field_placeholder", Text),
        may("selective", Flag),
    ],
);

const KEYBOARD_BUTTON: Shape = shape(
    "KeyboardButton",
    &[
        must("text", Text),
        may("icon_custom_emoji_id", Text),
        may("style", Text),
        may("request_users", Object(&[REQUEST_USERS])),
        may("request_chat", Object(&[REQUEST_CHAT])),
        may("request_managed_bot", Object(&[REQUEST_BOT])),
        may("request_contact", Flag),
        may("request_location", Flag),
        may("request_poll", Object(&[shape("KeyboardButtonPollType", &[may("type", Text)])])),
        may("web_app", Object(&[WEB_APP])),
    ],
);

const REQUEST_USERS: Shape = shape(
    "KeyboardButtonRequestUsers",
    &[
        must("request_id", Integer),
        may("user_is_bot", Flag),
        may("user_is_premium", Flag),
        may("max_quantity", Integer),
        may("request_name", Flag),
        may("request_username", Flag),
        may("request_photo", Flag),
    ],
);

const REQUEST_CHAT: Shape = shape(
    "KeyboardButtonRequestChat",
    &[
        must("request_id", Integer),
        must("chat_is_channel", Flag),
        may("chat_is_forum", Flag),
        may("chat_has_username", Flag),
        may("chat_is_created", Flag),
        may("user_administrator_rights", Object(&[ADMINISTRATOR_RIGHTS])),
        may("bot_administrator_rights", Object(&[ADMINISTRATOR_RIGHTS])),
        may("bot_is_member", Flag),
        may("request_title", Flag),
        may("request_username", Flag),
        may("request_photo", Flag),
    ],
);

const REQUEST_BOT: Shape = shape(
    "KeyboardButtonRequestManagedBot",
    &[must("request_id", Integer), may("suggested_name", Text), may("suggested_username", Text)],
);

const ADMINISTRATOR_RIGHTS: Shape = shape(
    "ChatAdministratorRights",
    &[
        must("is_anonymous", Flag),
        must("can_manage_chat", Flag),
        must("can_delete_messages", Flag),
        must("can_manage_video_chats", Flag),
        must("can_restrict_members", Flag),
        must("can_promote_members", Flag),
        must("can_change_info", Flag),
        must("can_invite_users", Flag),
        must("can_post_stories", Flag),
        must("can_edit_stories", Flag),
        must("can_delete_stories", Flag),
        may("can_post_messages", Flag),
        may("can_edit_messages", Flag),
        may("can_pin_messages", Flag),
        may("can_manage_topics", Flag),
        may("can_manage_direct_messages", Flag),
        may("can_manage_tags", Flag),
    ],
);

const KEYBOARD_REMOVE: Shape =
    shape("ReplyKeyboardRemove", &[must("remove_keyboard", Flag), may("selective", Flag)]);

const FORCE_REPLY: Shape = shape(
    "ForceReply",
    &[must("force_reply", Flag), may("input_field_placeholder", Text), may("selective", Flag)],
);
