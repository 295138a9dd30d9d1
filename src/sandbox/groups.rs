//! What people do to groups: make them, change who is in them and what they may, upgrade and delete
//! them.

use serde_json::json;

use super::draft::Draft;
use super::ids::{ChatId, MessageId, UserId};
use super::members::{Right, Rights, Status};
use super::people::{Impossible, Person};
use super::world::{Fate, GROUP_ANONYMOUS_BOT, World};

impl Person {
    /// Makes a basic group.
    #[must_use]
    pub fn create_group(&self, title: &str) -> ChatId {
        self.sandbox.change(|world| {
            let id = world.new_group_id();
            world.found_group(id, title, self.id);
            world.announce(id, self.id, "group_chat_created", json!(true));
            id
        })
    }

    /// Makes a group that is a supergroup from the start.
    #[must_use]
    pub fn create_supergroup(&self, title: &str) -> ChatId {
        self.sandbox.change(|world| {
            let id = world.new_supergroup_id();
            world.found_group(id, title, self.id);
            world.announce(id, self.id, "supergroup_chat_created", json!(true));
            id
        })
    }

    /// Adds a person or a bot.
    ///
    /// # Errors
    /// If this person is not in the group, or the other is unknown.
    pub fn add(&self, chat: ChatId, who: UserId) -> Result<(), Impossible> {
        self.add_as(chat, who, Status::Member)
    }

    /// Opens a `?startgroup=` link and picks a group: the bot is added, as administrator if the
    /// link asked for rights, and gets its command with the payload.
    ///
    /// # Errors
    /// If this person may not add members there.
    pub fn open_startgroup(
        &self,
        chat: ChatId,
        bot: UserId,
        payload: &str,
        rights: Option<Rights>,
    ) -> Result<MessageId, Impossible> {
        let status = rights.map_or(Status::Member, Status::Administrator);
        self.add_as(chat, bot, status)?;
        self.try_change(|world| {
            let username = world
                .users
                .get(&bot)
                .and_then(|user| user.username.clone())
                .ok_or(Impossible::NoBot)?;
            let command = format!("/start@{username} {payload}");
            world.write(self.id, chat, &Draft::from(command.trim_end()))
        })
    }

    fn add_as(&self, chat: ChatId, who: UserId, status: Status) -> Result<(), Impossible> {
        self.try_change(|world| {
            let needs_charge = status.is_in_charge();
            world.allowed(self.id, chat, |own| !needs_charge || own.may(Right::PromoteMembers))?;
            let newcomer = world
                .users
                .contains_key(&who)
                .then(|| world.user_json(who))
                .ok_or(Impossible::NoBot)?;
            let was_present = world.open_to(who, chat).is_ok();
            world.set_status(chat, who, self.id, status);
            if !was_present {
                world.announce(chat, self.id, "new_chat_members", json!([newcomer]));
            }
            Ok(())
        })
    }

    /// Throws a person or a bot out.
    ///
    /// # Errors
    /// If this person may not, or the other is not there.
    pub fn remove(&self, chat: ChatId, who: UserId) -> Result<(), Impossible> {
        self.try_change(|world| {
            world.allowed(self.id, chat, |own| own.may(Right::RestrictMembers))?;
            world.see_off(chat, who, self.id, Status::Kicked)
        })
    }

    /// Leaves the group.
    ///
    /// # Errors
    /// If this person is not in it.
    pub fn leave(&self, chat: ChatId) -> Result<(), Impossible> {
        self.try_change(|world| world.see_off(chat, self.id, self.id, Status::Left))
    }

    /// Makes a member administrator with exactly these rights, or changes them.
    ///
    /// # Errors
    /// If this person may not, or the other is not there.
    pub fn promote(&self, chat: ChatId, who: UserId, rights: Rights) -> Result<(), Impossible> {
        self.restate(chat, who, Right::PromoteMembers, Status::Administrator(rights))
    }

    /// Makes an administrator an ordinary member again.
    ///
    /// # Errors
    /// If this person may not, or the other is not there.
    pub fn demote(&self, chat: ChatId, who: UserId) -> Result<(), Impossible> {
        self.restate(chat, who, Right::PromoteMembers, Status::Member)
    }

    /// Takes from a member the right to write.
    ///
    /// # Errors
    /// If this person may not, or the other is not there.
    pub fn restrict(&self, chat: ChatId, who: UserId) -> Result<(), Impossible> {
        self.restate(chat, who, Right::RestrictMembers, Status::Restricted)
    }

    fn restate(
        &self,
        chat: ChatId,
        who: UserId,
        needed: Right,
        status: Status,
    ) -> Result<(), Impossible> {
        self.try_change(|world| {
            world.allowed(self.id, chat, |own| own.may(needed))?;
            world.open_to(who, chat)?;
            world.set_status(chat, who, self.id, status);
            Ok(())
        })
    }

    /// Gives the group another title.
    ///
    /// # Errors
    /// If this person may not.
    pub fn retitle(&self, chat: ChatId, title: &str) -> Result<(), Impossible> {
        self.try_change(|world| {
            world.allowed(self.id, chat, |own| own.may(Right::ChangeInfo))?;
            title.clone_into(&mut world.open_chat(chat, title).title);
            world.announce(chat, self.id, "new_chat_title", json!(title));
            Ok(())
        })
    }

    /// Turns a basic group into a supergroup, whose id it gives. Members move along, messages do
    /// not.
    ///
    /// # Errors
    /// If it is no basic group or this person is not its creator.
    pub fn upgrade(&self, chat: ChatId) -> Result<ChatId, Impossible> {
        self.try_change(|world| {
            world.allowed(self.id, chat, |own| *own == Status::Creator)?;
            world.upgrade(chat, self.id)
        })
    }

    /// Deletes the group for everybody.
    ///
    /// # Errors
    /// If this person is not its creator.
    pub fn delete_group(&self, chat: ChatId) -> Result<(), Impossible> {
        self.try_change(|world| {
            world.allowed(self.id, chat, |own| *own == Status::Creator)?;
            for bot in world.present_bots(chat) {
                world.set_status(chat, bot, self.id, Status::Left);
            }
            world.open_chat(chat, "").fate = Fate::Deleted;
            Ok(())
        })
    }
}

impl World {
    fn found_group(&mut self, id: ChatId, title: &str, creator: UserId) {
        self.open_chat(id, title).members.insert(creator, Status::Creator);
    }

    /// Whether this person is in the group and stands there as the deed needs.
    fn allowed(
        &self,
        who: UserId,
        chat: ChatId,
        deed: impl FnOnce(&Status) -> bool,
    ) -> Result<(), Impossible> {
        let found = self.open_to(who, chat)?;
        if !chat.is_private() && deed(found.status(who)) {
            Ok(())
        } else {
            Err(Impossible::NotAllowed)
        }
    }

    fn see_off(
        &mut self,
        chat: ChatId,
        who: UserId,
        by: UserId,
        status: Status,
    ) -> Result<(), Impossible> {
        self.open_to(who, chat)?;
        let leaver = self.user_json(who);
        self.set_status(chat, who, by, status);
        self.announce(chat, by, "left_chat_member", leaver);
        Ok(())
    }

    fn present_bots(&self, chat: ChatId) -> Vec<UserId> {
        let Some(found) = self.chats.get(&chat) else { return Vec::new() };
        self.bots.keys().copied().filter(|bot| found.status(*bot).is_present()).collect()
    }

    /// Telegram tells a bot three things of an upgrade: that it is in the supergroup, where the
    /// group went, and where the supergroup came from.
    fn upgrade(&mut self, old: ChatId, by: UserId) -> Result<ChatId, Impossible> {
        let found = self
            .chats
            .get(&old)
            .filter(|chat| chat.kind() == "group")
            .ok_or(Impossible::NotAllowed)?;
        let (title, members) = (found.title.clone(), found.members.clone());
        let new = self.new_supergroup_id();
        self.open_chat(new, &title);
        for (who, status) in members {
            self.set_status(new, who, by, status);
        }
        self.announce(old, by, "migrate_to_chat_id", json!(new));
        self.announce(new, GROUP_ANONYMOUS_BOT, "migrate_from_chat_id", json!(old));
        self.open_chat(old, "").fate = Fate::Migrated(new);
        Ok(new)
    }
}
