//! The Bot API's methods, one short function each. They get parameters that fit the schema and
//! change the world.

mod access;
mod banning;
mod callbacks;
mod chats;
mod editing;
mod hooks;
mod invites;
mod reactions;
mod sending;
mod setup;
mod words;

use super::arguments::Arguments;
use super::ids::UserId;
use super::refusal::Answer;
use super::schema::Method;
use super::world::World;

pub use reactions::ALLOWED_REACTIONS;

/// A call on its way: who calls, with what, on which world.
pub(super) struct Call<'a> {
    pub world: &'a mut World,
    pub bot: UserId,
    pub arguments: &'a Arguments,
}

/// Carries out any method but getUpdates, which waits and so stands in `server.rs`.
pub(super) fn carry_out(method: Method, call: &mut Call<'_>) -> Answer {
    match method {
        Method::GetMe => Ok(setup::get_me(call)),
        Method::GetUpdates => Ok(serde_json::json!([])),
        Method::SetWebhook => hooks::set_webhook(call),
        Method::DeleteWebhook => Ok(hooks::delete_webhook(call)),
        Method::GetWebhookInfo => Ok(hooks::get_webhook_info(call)),
        Method::SetMyCommands => setup::set_my_commands(call),
        Method::GetChat => chats::get_chat(call),
        Method::GetChatMember => chats::get_chat_member(call),
        Method::GetChatMemberCount => chats::get_chat_member_count(call),
        Method::PinChatMessage => chats::pin_chat_message(call),
        Method::LeaveChat => chats::leave_chat(call),
        Method::BanChatMember => banning::ban_chat_member(call),
        Method::UnbanChatMember => banning::unban_chat_member(call),
        Method::SendMessage => sending::send_message(call),
        Method::SendPhoto => sending::send_photo(call),
        Method::SendDocument => sending::send_document(call),
        Method::CopyMessage => sending::copy_message(call),
        Method::EditMessageText => editing::edit_message_text(call),
        Method::EditMessageReplyMarkup => editing::edit_message_reply_markup(call),
        Method::DeleteMessage => editing::delete_message(call),
        Method::SetMessageReaction => reactions::set_message_reaction(call),
        Method::AnswerCallbackQuery => callbacks::answer_callback_query(call),
        Method::CreateChatInviteLink => invites::create_chat_invite_link(call),
        Method::RevokeChatInviteLink => invites::revoke_chat_invite_link(call),
        Method::ApproveChatJoinRequest => invites::approve_chat_join_request(call),
        Method::DeclineChatJoinRequest => invites::decline_chat_join_request(call),
    }
}
