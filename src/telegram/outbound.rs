//! An Outgoing becomes a Bot API call; its answer becomes a Verdict. What Telegram's refusals mean
//! stands here, in one table.

use serde::Deserialize;
use serde_json::Value;
use teloxide::payloads;
use teloxide::payloads::{
    AnswerCallbackQuerySetters, CreateChatInviteLinkSetters, EditMessageTextSetters,
    PinChatMessageSetters, SendMessageSetters, SendPhotoSetters, SetMessageReactionSetters,
    UnbanChatMemberSetters,
};
use teloxide::types::{
    CallbackQueryId, ChatId, FileId, InputFile, LinkPreviewOptions, MessageId, ParseMode,
    ReactionType, Recipient, ReplyParameters, UserId,
};

use super::api::{Answer, Api, NoAnswer};
use super::keyboard;
use super::member::Member;
use crate::base::chat::{
    Channel, Closure, Delivery, Outgoing, Place, Receipt, ReceiptAnswer, Verdict,
};
use crate::base::language::plain;

/// What a callback answer may hold at most, in characters.
const TOAST_LIMIT: usize = 200;
/// What the name of a link may hold at most, in characters.
const LINK_NAME_LIMIT: usize = 32;

/// The way out to Telegram.
#[derive(Clone, Debug)]
pub struct Telegram {
    api: Api,
    bot: i64,
}

impl Telegram {
    /// The way out for a bot.
    #[must_use]
    pub fn new(api: Api, bot: i64) -> Self {
        Self { api, bot }
    }
}

impl Channel for Telegram {
    async fn deliver(&self, delivery: &Delivery) -> Verdict {
        match self.call(delivery).await {
            Ok(answer) => verdict(&delivery.outgoing, answer),
            Err(NoAnswer::NotSent) => Verdict::NotSent,
            Err(NoAnswer::Unknown) => Verdict::Unknown,
        }
    }
}

impl Telegram {
    async fn call(&self, delivery: &Delivery) -> Result<Answer, NoAnswer> {
        let api = &self.api;
        let chat = Recipient::Id(ChatId(delivery.chat));
        let target = message_id(delivery.target.unwrap_or_default());
        match &delivery.outgoing {
            Outgoing::Say { html, keys, reply_to, pad } => {
                let text = shown(html, delivery.plain);
                let mut call = payloads::SendMessage::new(chat, text)
                    .disable_notification(delivery.silent)
                    .link_preview_options(no_preview());
                call.parse_mode = markup(delivery.plain);
                call.reply_parameters = reply_to.map(reply);
                call.reply_markup = keyboard::markup(keys, pad.as_ref());
                api.call(&call).await
            }
            Outgoing::Photo { file, html, keys } => {
                let file = InputFile::file_id(FileId(file.clone()));
                let mut call = payloads::SendPhoto::new(chat, file)
                    .caption(shown(html, delivery.plain))
                    .disable_notification(delivery.silent);
                call.parse_mode = markup(delivery.plain);
                call.reply_markup = keyboard::below(keys).map(Into::into);
                self.send_photo(&call).await
            }
            Outgoing::Edit { html, keys } => {
                let text = shown(html, delivery.plain);
                let mut call = payloads::EditMessageText::new(chat, target, text)
                    .link_preview_options(no_preview());
                call.parse_mode = markup(delivery.plain);
                call.reply_markup = keyboard::below(keys);
                api.call(&call).await
            }
            Outgoing::Pin => {
                api.call(&payloads::PinChatMessage::new(chat, target).disable_notification(true))
                    .await
            }
            Outgoing::React { message, emoji } => {
                let reaction = ReactionType::Emoji { emoji: emoji.clone() };
                let call = payloads::SetMessageReaction::new(chat, message_id(*message));
                api.call(&call.reaction([reaction])).await
            }
            Outgoing::Answer { press, text } => {
                let call = payloads::AnswerCallbackQuery::new(CallbackQueryId(press.clone()));
                let text: String = text.chars().take(TOAST_LIMIT).collect();
                if text.is_empty() {
                    api.call(&call).await
                } else {
                    api.call(&call.text(text)).await
                }
            }
            Outgoing::Copy { from, message } => {
                let from = Recipient::Id(ChatId(*from));
                let mut call = payloads::CopyMessage::new(chat, from, message_id(*message));
                call.disable_notification = Some(delivery.silent);
                api.call(&call).await
            }
            Outgoing::Leave => api.call(&payloads::LeaveChat::new(chat)).await,
            Outgoing::AskPlace => {
                api.call(&payloads::GetChatMember::new(chat, user_id(self.bot))).await
            }
            Outgoing::AskCount => api.call(&payloads::GetChatMemberCount::new(chat)).await,
            Outgoing::Remove { person } => {
                api.call(&payloads::BanChatMember::new(chat, user_id(*person))).await
            }
            Outgoing::Readmit { person } => {
                let call = payloads::UnbanChatMember::new(chat, user_id(*person));
                api.call(&call.only_if_banned(true)).await
            }
            Outgoing::MakeLink { name, until } => {
                let name: String = name.chars().take(LINK_NAME_LIMIT).collect();
                let call = payloads::CreateChatInviteLink::new(chat)
                    .name(name)
                    .expire_date(until.utc())
                    .creates_join_request(true);
                api.call(&call).await
            }
            Outgoing::EndLink { link } => {
                api.call(&payloads::RevokeChatInviteLink::new(chat, link.clone())).await
            }
            Outgoing::LetIn { person } => {
                api.call(&payloads::ApproveChatJoinRequest::new(chat, user_id(*person))).await
            }
            Outgoing::TurnAway { person } => {
                api.call(&payloads::DeclineChatJoinRequest::new(chat, user_id(*person))).await
            }
        }
    }

    /// teloxide means to upload files and cannot write a photo as JSON; ours is always one that
    /// Telegram has, so its id takes the file's place.
    async fn send_photo(&self, call: &payloads::SendPhoto) -> Result<Answer, NoAnswer> {
        self.api.call(call).await
    }
}

fn user_id(id: i64) -> UserId {
    UserId(u64::try_from(id).unwrap_or_default())
}

fn message_id(id: i64) -> MessageId {
    MessageId(i32::try_from(id).unwrap_or_default())
}

fn shown(html: &str, as_plain: bool) -> String {
    if as_plain { plain(html) } else { html.to_owned() }
}

fn markup(as_plain: bool) -> Option<ParseMode> {
    (!as_plain).then_some(ParseMode::Html)
}

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

fn reply(message: i64) -> ReplyParameters {
    ReplyParameters::new(message_id(message)).allow_sending_without_reply()
}

/// What an answer means for the letter (guarantees: outcome table).
fn verdict(outgoing: &Outgoing, answer: Answer) -> Verdict {
    if answer.ok {
        return Verdict::Delivered(receipt(outgoing, &answer));
    }
    let said = answer.description.unwrap_or_default();
    let parameters = answer.parameters;
    if let Some(to) = parameters.and_then(|parameters| parameters.migrate_to_chat_id) {
        return Verdict::Moved(to);
    }
    if *outgoing == Outgoing::AskPlace && is_outside(answer.error_code, &said) {
        let answer = Some(ReceiptAnswer::Place(Place::Outside.into()));
        return Verdict::Delivered(Receipt { message: None, answer });
    }
    match answer.error_code {
        Some(429) => {
            let seconds = parameters.and_then(|parameters| parameters.retry_after).unwrap_or(1);
            Verdict::Later(std::time::Duration::from_secs(seconds))
        }
        Some(401 | 404) => Verdict::Unauthorised,
        Some(403) => Verdict::Closed(closure(&said)),
        Some(400) => refused(&said),
        Some(code) if code >= 500 => Verdict::Unknown,
        _ => Verdict::Refused(reason(&said)),
    }
}

/// Whether a chat is refused because the bot is not there: that answers where it is.
fn is_outside(code: Option<i64>, said: &str) -> bool {
    code == Some(403) || code == Some(400) && said.contains("chat not found")
}

fn refused(said: &str) -> Verdict {
    let has = |words: &str| said.contains(words);
    let done = ["message is not modified", "query is too old", "USER_ALREADY_PARTICIPANT"];
    if done.into_iter().any(has) {
        return Verdict::Delivered(Receipt::default());
    }
    if has("can't parse entities") {
        return Verdict::Garbled;
    }
    if has("chat not found") || has("group chat was deleted") || has("group chat was deactivated") {
        return Verdict::Closed(Closure::Gone);
    }
    Verdict::Refused(reason(said))
}

fn closure(said: &str) -> Closure {
    if said.contains("blocked") || said.contains("initiate") {
        Closure::Blocked
    } else if said.contains("kicked") || said.contains("not a member") {
        Closure::Kicked
    } else {
        Closure::Gone
    }
}

/// Telegram's reason without what it may quote of the message.
fn reason(said: &str) -> String {
    said.splitn(3, ':').take(2).collect::<Vec<_>>().join(":")
}

/// What is read of a result; everything else in it may change.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Result_ {
    invite_link: Option<String>,
    message_id: Option<i64>,
    #[serde(flatten)]
    member: Member,
}

fn receipt(outgoing: &Outgoing, answer: &Answer) -> Receipt {
    let raw = answer.result.as_ref().map_or("null", |raw| raw.get());
    let read: Result_ = serde_json::from_str(raw).unwrap_or_default();
    let told = match outgoing {
        Outgoing::AskCount => {
            let count = serde_json::from_str::<Value>(raw).ok().and_then(|value| value.as_i64());
            count.map(ReceiptAnswer::Count)
        }
        Outgoing::AskPlace => {
            let known = !read.member.status.is_empty();
            known.then(|| ReceiptAnswer::Place(read.member.standing()))
        }
        Outgoing::Remove { .. } => Some(ReceiptAnswer::Removed),
        Outgoing::MakeLink { .. } => read.invite_link.clone().map(ReceiptAnswer::Link),
        _ => None,
    };
    Receipt { message: read.message_id, answer: told }
}

/// The Bot API method by which something is done.
#[must_use]
pub fn method(outgoing: &Outgoing) -> &'static str {
    match outgoing {
        Outgoing::Say { .. } => "sendMessage",
        Outgoing::Photo { .. } => "sendPhoto",
        Outgoing::Edit { .. } => "editMessageText",
        Outgoing::Pin => "pinChatMessage",
        Outgoing::React { .. } => "setMessageReaction",
        Outgoing::Answer { .. } => "answerCallbackQuery",
        Outgoing::Copy { .. } => "copyMessage",
        Outgoing::Leave => "leaveChat",
        Outgoing::AskPlace => "getChatMember",
        Outgoing::AskCount => "getChatMemberCount",
        Outgoing::Remove { .. } => "banChatMember",
        Outgoing::Readmit { .. } => "unbanChatMember",
        Outgoing::MakeLink { .. } => "createChatInviteLink",
        Outgoing::EndLink { .. } => "revokeChatInviteLink",
        Outgoing::LetIn { .. } => "approveChatJoinRequest",
        Outgoing::TurnAway { .. } => "declineChatJoinRequest",
    }
}
