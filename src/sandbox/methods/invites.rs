//! Links into groups, and the people who ask to be let in.

use serde_json::json;

use super::Call;
use crate::sandbox::ids::{ChatId, UserId};
use crate::sandbox::invites::InviteLink;
use crate::sandbox::members::{Right, Status};
use crate::sandbox::refusal::{Answer, Refusal};
use crate::sandbox::text::utf16_len;

const LONGEST_NAME: usize = 32;

pub(super) fn create_chat_invite_link(call: &mut Call<'_>) -> Answer {
    let chat = call.group_to_invite_to("manage chat invite link")?;
    let name = call.arguments.text("name").map(str::to_owned);
    if name.as_deref().is_some_and(|name| utf16_len(name) > LONGEST_NAME) {
        return Err(Refusal::bad_request("invite link name is too long"));
    }
    let expire_date = call.arguments.integer("expire_date").filter(|date| *date > 0);
    if expire_date.is_some_and(|date| date <= call.world.now()) {
        return Err(Refusal::bad_request("EXPIRE_DATE_INVALID"));
    }
    let member_limit = call.arguments.integer("member_limit").filter(|limit| *limit > 0);
    let creates_join_request = call.arguments.flag("creates_join_request");
    if creates_join_request && member_limit.is_some() {
        return Err(Refusal::bad_request(
            "member limit can't be specified for links requiring administrator approval",
        ));
    }
    let url = format!("https://t.me/+Way{:08}", call.world.next_number());
    let creator = call.bot;
    let link = InviteLink {
        chat,
        creator,
        name,
        expire_date,
        member_limit,
        creates_join_request,
        is_revoked: false,
    };
    let shown = call.world.link_json(&url, &link);
    call.world.links.insert(url, link);
    Ok(shown)
}

pub(super) fn revoke_chat_invite_link(call: &mut Call<'_>) -> Answer {
    let chat = call.group_to_invite_to("manage chat invite link")?;
    let url = call.arguments.text("invite_link").unwrap_or_default().to_owned();
    let bot = call.bot;
    let own = call.world.links.get_mut(&url).filter(|l| l.chat == chat && l.creator == bot);
    let link = own.ok_or_else(|| Refusal::bad_request("INVITE_HASH_INVALID"))?;
    link.is_revoked = true;
    let link = link.clone();
    Ok(call.world.link_json(&url, &link))
}

pub(super) fn approve_chat_join_request(call: &mut Call<'_>) -> Answer {
    let (chat, user, url) = call.request()?;
    let link = call.world.links.get(&url).cloned();
    let link = link.map(|link| call.world.link_json(&url, &link));
    call.world.set_status_by(chat, user, call.bot, Status::Member, link.as_ref());
    Ok(json!(true))
}

pub(super) fn decline_chat_join_request(call: &mut Call<'_>) -> Answer {
    call.request()?;
    Ok(json!(true))
}

impl Call<'_> {
    fn group_to_invite_to(&self, what: &str) -> Result<ChatId, Refusal> {
        let chat = self.chat()?;
        if chat.is_private() {
            return Err(Refusal::bad_request("chat invite links can't be used in private chats"));
        }
        if self.found(chat)?.may(self.bot, Right::InviteUsers) {
            Ok(chat)
        } else {
            Err(Refusal::bad_request(format!("not enough rights to {what}")))
        }
    }

    /// Takes up the request of somebody who asks to be let in, and the link by which they do.
    fn request(&mut self) -> Result<(ChatId, UserId, String), Refusal> {
        let chat = self.group_to_invite_to("manage chat join requests")?;
        let user = UserId(self.arguments.integer("user_id").unwrap_or_default());
        if self.found(chat)?.status(user).is_present() {
            return Err(Refusal::bad_request("USER_ALREADY_PARTICIPANT"));
        }
        let asked = self.world.chats.get_mut(&chat).and_then(|chat| chat.requests.remove(&user));
        let url = asked.ok_or_else(|| Refusal::bad_request("HIDE_REQUESTER_MISSING"))?;
        Ok((chat, user, url))
    }
}
