//! Looking at chats and their members, pinning, leaving.

use serde_json::json;

use super::Call;
use crate::sandbox::ids::UserId;
use crate::sandbox::members::{Right, Status};
use crate::sandbox::refusal::{Answer, Refusal};

pub(super) fn get_chat(call: &mut Call<'_>) -> Answer {
    let chat = call.chat_to_read("chat_id")?;
    Ok(call.world.full_chat_json(call.found(chat)?))
}

pub(super) fn get_chat_member(call: &mut Call<'_>) -> Answer {
    let chat = call.chat()?;
    let user = UserId(call.arguments.integer("user_id").unwrap_or_default());
    if !call.world.users.contains_key(&user) {
        return Err(Refusal::bad_request("PARTICIPANT_ID_INVALID"));
    }
    Ok(call.world.member_json(call.found(chat)?, user))
}

pub(super) fn get_chat_member_count(call: &mut Call<'_>) -> Answer {
    let chat = call.chat()?;
    let present = call.found(chat)?.members.values().filter(|status| status.is_present());
    Ok(json!(present.count()))
}

pub(super) fn pin_chat_message(call: &mut Call<'_>) -> Answer {
    let chat = call.chat()?;
    let id = call.message_in(chat, "message to pin")?;
    if !call.found(chat)?.may(call.bot, Right::PinMessages) {
        return Err(Refusal::bad_request(
            "not enough rights to manage pinned messages in the chat",
        ));
    }
    if call.found(chat)?.pins.last() == Some(&id) {
        return Ok(json!(true));
    }
    call.world.pin(chat, id, call.bot);
    Ok(json!(true))
}

pub(super) fn leave_chat(call: &mut Call<'_>) -> Answer {
    let chat = call.chat()?;
    if chat.is_private() {
        return Err(Refusal::bad_request("chat member status can't be changed in private chats"));
    }
    call.world.set_status(chat, call.bot, call.bot, Status::Left);
    let leaver = call.world.user_json(call.bot);
    call.world.announce(chat, call.bot, "left_chat_member", leaver);
    Ok(json!(true))
}
