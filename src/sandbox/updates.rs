//! Updates: who hears of what, and each bot's queue with the promises of getUpdates. An update
//! stays until a higher offset confirms it, or for a day.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::content::Content;
use super::ids::{ChatId, MessageId, UserId};
use super::members::Status;
use super::origin::Origin;
use super::privacy;
use super::world::World;

/// Kinds of update that a bot must ask for by name.
const ONLY_ON_REQUEST: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// How long Telegram keeps an update.
const KEPT_SECONDS: i64 = 24 * 60 * 60;

/// An offset further ahead than this is taken for one of another life of the queue, and ignored.
const FAR_AHEAD: i64 = 10;

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Update {
    id: i64,
    made_at: i64,
    body: Value,
}

/// One bot's queue.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Feed {
    queue: VecDeque<Update>,
    last_id: i64,
    /// What the bot asked for last; `None` is Telegram's default.
    allowed: Option<BTreeSet<String>>,
    /// Counts the getUpdates calls: the newest is the one that may wait.
    #[serde(skip)]
    poll: u64,
    /// The latest batch: for giving it again.
    #[serde(skip)]
    delivered: Vec<Update>,
    /// What each update was about, confirmed or not.
    origins: BTreeMap<i64, Origin>,
}

impl Feed {
    pub fn new(last_id: i64) -> Self {
        Self {
            queue: VecDeque::new(),
            last_id,
            allowed: None,
            poll: 0,
            delivered: Vec::new(),
            origins: BTreeMap::new(),
        }
    }

    fn push(&mut self, kind: &str, body: Value, made_at: i64) {
        if !self.wants(kind) {
            return;
        }
        self.last_id += 1;
        self.origins.insert(self.last_id, Origin::of(kind, &body));
        let mut update = json!({ "update_id": self.last_id });
        update[kind] = body;
        self.queue.push_back(Update { id: self.last_id, made_at, body: update });
    }

    fn wants(&self, kind: &str) -> bool {
        match &self.allowed {
            Some(kinds) => kinds.contains(kind),
            None => !ONLY_ON_REQUEST.contains(&kind),
        }
    }

    /// Remembers what the bot wants from now on; an empty list is the default.
    pub fn allow(&mut self, kinds: BTreeSet<String>) {
        self.allowed = (!kinds.is_empty()).then_some(kinds);
    }

    pub fn allowed(&self) -> Option<&BTreeSet<String>> {
        self.allowed.as_ref()
    }

    /// A new getUpdates: ends the one that waits, and gives this one's number.
    pub fn begin_poll(&mut self) -> u64 {
        self.poll += 1;
        self.poll
    }

    pub fn is_latest_poll(&self, poll: u64) -> bool {
        self.poll == poll
    }

    /// Forgets what the offset confirms. A negative one keeps only that many from the end.
    pub fn confirm(&mut self, offset: i64) {
        if offset < 0 {
            let kept = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
            let forgotten = self.queue.len().saturating_sub(kept);
            self.queue.drain(..forgotten);
        } else if offset <= self.last_id + FAR_AHEAD {
            self.queue.retain(|update| update.id >= offset);
        }
    }

    /// What getUpdates answers now.
    pub fn batch(&mut self, limit: usize, now: i64) -> Vec<Value> {
        self.queue.retain(|update| update.made_at > now - KEPT_SECONDS);
        let batch: Vec<_> = self.queue.iter().take(limit).cloned().collect();
        if !batch.is_empty() {
            self.delivered.clone_from(&batch);
        }
        batch.into_iter().map(|update| update.body).collect()
    }

    /// Puts the last delivered batch back, confirmed or not: the fault "duplicate updates".
    pub fn repeat(&mut self) {
        let confirmed =
            |update: &&Update| self.queue.front().is_none_or(|first| update.id < first.id);
        let again: Vec<_> = self.delivered.iter().filter(confirmed).cloned().collect();
        for update in again.into_iter().rev() {
            self.queue.push_front(update);
        }
    }

    /// What an update was about.
    pub fn origin(&self, update: i64) -> Option<&Origin> {
        self.origins.get(&update)
    }

    /// Leaves out numbers that may have been handed out already.
    pub fn skip_ahead(&mut self, by: i64) {
        self.last_id += by;
    }

    /// The number of the oldest update, and itself.
    pub fn oldest(&mut self, now: i64) -> Option<(i64, Value)> {
        self.queue.retain(|update| update.made_at > now - KEPT_SECONDS);
        self.queue.front().map(|update| (update.id, update.body.clone()))
    }

    /// Forgets an update that a webhook has taken.
    pub fn take(&mut self, id: i64) {
        self.queue.retain(|update| update.id != id);
    }

    pub fn pending(&self) -> usize {
        self.queue.len()
    }

    pub fn drop_pending(&mut self) {
        self.queue.clear();
    }
}

impl World {
    /// Queues one update for one bot.
    pub fn tell(&mut self, bot: UserId, kind: &str, body: Value) {
        let now = self.now();
        if let Some(bot) = self.bots.get_mut(&bot) {
            bot.feed.push(kind, body, now);
        }
    }

    /// Queues `message` or `edited_message` for every bot that may hear it.
    pub fn tell_of_message(&mut self, kind: &str, chat: ChatId, id: MessageId) {
        let Some(message) = self.message(chat, id) else { return };
        let body = self.message_json(message, true);
        let hearers: Vec<_> =
            self.bots.keys().copied().filter(|bot| privacy::hears(self, *bot, message)).collect();
        for bot in hearers {
            self.tell(bot, kind, body.clone());
        }
    }

    /// Queues `my_chat_member` for the bot whose standing changed, `chat_member` for the
    /// administrators among the rest.
    pub fn tell_of_status(
        &mut self,
        chat: ChatId,
        who: UserId,
        by: UserId,
        old: &Status,
        link: Option<&Value>,
    ) {
        let Some(found) = self.chats.get(&chat) else { return };
        let mut body = json!({
            "chat": self.chat_json(found),
            "from": self.user_json(by),
            "date": self.now(),
            "old_chat_member": old.render(&self.user_json(who)),
            "new_chat_member": self.member_json(found, who),
        });
        if let Some(link) = link {
            body["invite_link"] = link.clone();
            body["via_join_request"] = link["creates_join_request"].clone();
        }
        for bot in self.administrator_bots(chat) {
            if bot != who {
                self.tell(bot, "chat_member", body.clone());
            }
        }
        self.tell(who, "my_chat_member", body);
    }

    pub fn administrator_bots(&self, chat: ChatId) -> Vec<UserId> {
        let Some(found) = self.chats.get(&chat) else { return Vec::new() };
        self.bots.keys().copied().filter(|bot| found.status(*bot).is_in_charge()).collect()
    }
}

/// Whether a bot is told of what it did itself: only of some service messages.
pub(super) fn echoes(content: &Content) -> bool {
    matches!(content.field(), "new_chat_title" | "left_chat_member" | "pinned_message")
}
