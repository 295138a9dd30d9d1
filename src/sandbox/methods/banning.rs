//! Putting people out of a group, and letting them come back. Only bans without end are modelled.

use serde_json::json;

use super::Call;
use crate::sandbox::ids::{ChatId, UserId};
use crate::sandbox::members::{Right, Status};
use crate::sandbox::refusal::{Answer, Refusal};

pub(super) fn ban_chat_member(call: &mut Call<'_>) -> Answer {
    let (chat, user) = call.member_to_restrict()?;
    let (status, is_supergroup) = {
        let found = call.found(chat)?;
        (found.status(user).clone(), found.is_supergroup())
    };
    if !is_supergroup && !status.is_present() {
        return Err(Refusal::bad_request("USER_NOT_PARTICIPANT"));
    }
    if !call.found(chat)?.may(call.bot, Right::RestrictMembers) {
        return Err(call.may_not_restrict(chat)?);
    }
    match status {
        Status::Creator => return Err(Refusal::bad_request("can't remove chat owner")),
        Status::Administrator(_) => {
            return Err(Refusal::bad_request("user is an administrator of the chat"));
        }
        _ => {}
    }
    let leaver = call.world.user_json(user);
    // A basic group keeps no list of who may not come back.
    let becomes = if is_supergroup { Status::Kicked } else { Status::Left };
    call.world.set_status(chat, user, call.bot, becomes);
    if status.is_present() {
        call.world.announce(chat, call.bot, "left_chat_member", leaver);
    }
    Ok(json!(true))
}

pub(super) fn unban_chat_member(call: &mut Call<'_>) -> Answer {
    let (chat, user) = call.member_to_restrict()?;
    if !call.found(chat)?.is_supergroup() {
        let only = "method is available for supergroup and channel chats only";
        return Err(Refusal::bad_request(only));
    }
    if !call.found(chat)?.may(call.bot, Right::RestrictMembers) {
        return Err(call.may_not_restrict(chat)?);
    }
    let banned = *call.found(chat)?.status(user) == Status::Kicked;
    // Without `only_if_banned` it puts out whoever is there.
    if banned || !call.arguments.flag("only_if_banned") {
        call.world.set_status(chat, user, call.bot, Status::Left);
    }
    Ok(json!(true))
}

impl Call<'_> {
    /// The group and the account that a ban names.
    fn member_to_restrict(&self) -> Result<(ChatId, UserId), Refusal> {
        let chat = self.chat()?;
        if chat.is_private() {
            return Err(Refusal::bad_request(
                "chat member status can't be changed in private chats",
            ));
        }
        let user = UserId(self.arguments.integer("user_id").unwrap_or_default());
        if !self.world.users.contains_key(&user) {
            return Err(Refusal::bad_request("PARTICIPANT_ID_INVALID"));
        }
        if user == self.bot {
            return Err(Refusal::bad_request("can't restrict self"));
        }
        Ok((chat, user))
    }

    fn may_not_restrict(&self, chat: ChatId) -> Result<Refusal, Refusal> {
        let why = if self.found(chat)?.is_supergroup() {
            "not enough rights to restrict/unrestrict chat member"
        } else {
            "need to be inviter of a user to kick it from a basic group"
        };
        Ok(Refusal::bad_request(why))
    }
}
