//! Keyboards: the buttons under a message, and the one button that may take the place of a person's
//! letters: it lets them choose or make a group and brings the bot into it.

use teloxide::types::{
    ButtonRequest, ChatAdministratorRights, InlineKeyboardButton, InlineKeyboardMarkup,
    KeyboardButton, KeyboardButtonRequestChat, KeyboardMarkup, KeyboardRemove, ReplyMarkup,
    RequestId,
};

use crate::base::chat::{Key, Pad};

/// The buttons under a message, if there are any.
pub(super) fn below(keys: &[Vec<Key>]) -> Option<InlineKeyboardMarkup> {
    if keys.is_empty() {
        return None;
    }
    let button = |key: &Key| {
        if key.action.is_some() {
            return Some(InlineKeyboardButton::callback(key.label.clone(), key.data.clone()));
        }
        let url = key.data.parse().ok()?;
        Some(InlineKeyboardButton::url(key.label.clone(), url))
    };
    let rows = keys.iter().map(|row| row.iter().filter_map(button).collect::<Vec<_>>());
    Some(InlineKeyboardMarkup::new(rows))
}

/// What a message brings along: a pad, else its buttons. Telegram takes one of them.
pub(super) fn markup(keys: &[Vec<Key>], pad: Option<&Pad>) -> Option<ReplyMarkup> {
    match pad {
        Some(Pad::Away) => Some(ReplyMarkup::KeyboardRemove(KeyboardRemove::new())),
        Some(Pad::ChooseChat { label, request }) => {
            let request = RequestId(i32::try_from(*request).ok()?);
            Some(ReplyMarkup::Keyboard(choose_chat(label, request)))
        }
        None => below(keys).map(Into::into),
    }
}

/// Without both kinds of rights some apps say that all went well and leave the bot outside
/// (tdlib/td 2572); the person's must hold the bot's.
fn choose_chat(label: &str, request: RequestId) -> KeyboardMarkup {
    let chat = KeyboardButtonRequestChat {
        user_administrator_rights: Some(rights(true)),
        bot_administrator_rights: Some(rights(false)),
        bot_is_member: true,
        request_title: true,
        ..KeyboardButtonRequestChat::new(request, false)
    };
    let button = KeyboardButton::new(label).request(ButtonRequest::RequestChat(chat));
    KeyboardMarkup::new([[button]]).resize_keyboard().one_time_keyboard()
}

/// What the bot needs in a household's group; `promotes` is needed to give it that.
fn rights(promotes: bool) -> ChatAdministratorRights {
    ChatAdministratorRights {
        is_anonymous: false,
        can_manage_chat: true,
        can_delete_messages: true,
        can_manage_video_chats: false,
        can_restrict_members: true,
        can_promote_members: promotes,
        can_change_info: true,
        can_invite_users: true,
        can_post_messages: None,
        can_edit_messages: None,
        can_pin_messages: Some(true),
        can_post_stories: Some(false),
        can_edit_stories: Some(false),
        can_delete_stories: Some(false),
        can_manage_topics: None,
    }
}
