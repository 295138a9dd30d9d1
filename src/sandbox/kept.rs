//! The world kept as text, and taken up again by another process: everything but the clock, the faults
//! and the record, which belong to the process. Whoever adds a field to the world has it kept without
//! further work; a text that lacks the field is then no world any more.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Mutex;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::faults::Faults;
use super::ids::{ChatId, UserId};
use super::record::Record;
use super::world::{Chat, World};
use super::{Person, Sandbox, SandboxOptions, lock};

/// So many numbers of each kind are left out when the text may be older than the last of them.
const LEFT_OUT: i64 = 1000;

/// The text is no world of this version.
#[derive(Debug, thiserror::Error)]
#[error("it holds no pretend Telegram of this version")]
pub struct NotAWorld(#[from] serde_json::Error);

impl Sandbox {
    /// Everything that is in the world now.
    ///
    /// # Errors
    /// None is known: whatever the world holds can be written.
    pub fn keep(&self) -> serde_json::Result<Value> {
        serde_json::to_value(&*self.world())
    }

    /// Opens a sandbox with a world that was kept. With `is_stale` things may have happened after it
    /// was kept: their numbers are not handed out again.
    ///
    /// # Errors
    /// If it is no world, if the port is taken or the record cannot be opened.
    pub async fn take_up(
        options: SandboxOptions,
        kept: Value,
        is_stale: bool,
    ) -> io::Result<Result<Self, NotAWorld>> {
        let mut world: World = match serde_json::from_value(kept) {
            Ok(world) => world,
            Err(error) => return Ok(Err(error.into())),
        };
        world.now = options.now;
        world.faults = Faults::seeded(options.seed);
        world.record = Record::open(options.record_to.as_deref())?;
        if is_stale {
            world.skip_ahead(LEFT_OUT);
        }
        Self::serve(world, options.port).await.map(Ok)
    }

    /// The first person of this name.
    #[must_use]
    pub fn person_named(&self, first_name: &str) -> Option<Person> {
        let world = self.world();
        let mut people = world.users.values().filter(|user| !user.is_bot);
        let id = people.find(|user| user.first_name == first_name)?.id;
        Some(Person { sandbox: self.clone(), id })
    }

    /// The bot with this token.
    #[must_use]
    pub fn bot_with_token(&self, token: &str) -> Option<UserId> {
        self.world().bot_of(token)
    }
}

/// The name of a field of the Bot API.
pub(super) type FieldName = &'static str;

/// The names that were read so far: there are a few dozen, and each stays for the life of the process.
static NAMES: Mutex<BTreeSet<FieldName>> = Mutex::new(BTreeSet::new());

fn known(name: String) -> FieldName {
    let mut names = lock(&NAMES);
    if let Some(known) = names.get(name.as_str()) {
        return known;
    }
    let name: FieldName = Box::leak(name.into_boxed_str());
    names.insert(name);
    name
}

pub(super) fn field_name<'de, D: Deserializer<'de>>(from: D) -> Result<FieldName, D::Error> {
    String::deserialize(from).map(known)
}

pub(super) fn files<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<BTreeMap<String, (FieldName, Value)>, D::Error> {
    let files = BTreeMap::<String, (String, Value)>::deserialize(from)?;
    Ok(files.into_iter().map(|(id, (field, body))| (id, (known(field), body))).collect())
}

/// What a world without a process has for a clock.
pub(super) fn no_clock() -> fn() -> i64 {
    || 0
}

/// A chat by both its sides: the Bot API's number alone does not say whose private chat it is.
pub(super) mod chat {
    use serde::Serializer;

    use super::{ChatId, Deserialize, Deserializer, Serialize, UserId};

    pub fn serialize<S: Serializer>(chat: &ChatId, to: S) -> Result<S::Ok, S::Error> {
        let bot = match chat {
            ChatId::Private { bot, .. } => Some(bot),
            ChatId::Group(_) => None,
        };
        (bot, chat.number()).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<ChatId, D::Error> {
        let (bot, number) = <(Option<UserId>, i64)>::deserialize(from)?;
        Ok(match bot {
            Some(bot) => ChatId::Private { bot, user: UserId(number) },
            None => ChatId::Group(number),
        })
    }
}

/// Chats as a list: each knows its own id.
pub(super) mod chats {
    use serde::Serializer;

    use super::{BTreeMap, Chat, ChatId, Deserialize, Deserializer};

    pub fn serialize<S: Serializer>(
        chats: &BTreeMap<ChatId, Chat>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(chats.values())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<BTreeMap<ChatId, Chat>, D::Error> {
        let chats = Vec::<Chat>::deserialize(from)?;
        Ok(chats.into_iter().map(|chat| (chat.id, chat)).collect())
    }
}

/// A map whose keys are no texts, as a list of pairs.
pub(super) mod pairs {
    use serde::Serializer;

    use super::{BTreeMap, Deserialize, Deserializer, Serialize};

    pub fn serialize<K: Serialize, V: Serialize, S: Serializer>(
        map: &BTreeMap<K, V>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(map)
    }

    pub fn deserialize<'de, K, V, D>(from: D) -> Result<BTreeMap<K, V>, D::Error>
    where
        K: Deserialize<'de> + Ord,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Ok(Vec::<(K, V)>::deserialize(from)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, Rights};
    use super::*;

    /// A world with something of each kind in it.
    async fn lived_in() -> Sandbox {
        let sandbox = Sandbox::open(SandboxOptions::default()).await.unwrap();
        let bot = sandbox.bot("123:abc", "a_bot");
        let (chen, lin) = (sandbox.person("Chen", "zh"), sandbox.person("Lin", ""));
        let home = chen.create_group("Chen's home");
        chen.open_startgroup(home, bot, "TOKEN", Some(Rights::usual())).unwrap();
        chen.add(home, lin.id()).unwrap();
        chen.start(bot, "").unwrap();
        chen.block(bot).unwrap();
        lin.say(home, Draft::photo("36.5")).unwrap();
        let message = lin.say(home, "36.5").unwrap();
        chen.react(home, message, Some("👌")).unwrap();
        chen.restrict(home, lin.id()).unwrap();
        let upgraded = chen.upgrade(home).unwrap();
        chen.say(upgraded, "moved").unwrap();
        sandbox
    }

    #[tokio::test]
    async fn a_world_that_is_taken_up_is_the_same_and_goes_on_counting() {
        let sandbox = lived_in().await;
        let kept = sandbox.keep().unwrap();
        let again = Sandbox::take_up(SandboxOptions::default(), kept.clone(), false).await;
        let again = again.unwrap().unwrap();
        assert_eq!(again.keep().unwrap(), kept);
        let (bot, chats) = (again.bot_with_token("123:abc").unwrap(), again.chats());
        assert_eq!(again.pending_updates(bot), sandbox.pending_updates(bot));
        assert_eq!(chats, sandbox.chats());
        let chen = again.person_named("Chen").unwrap();
        let home = *chats.iter().min_by_key(|chat| chat.number()).unwrap();
        let last = again.messages(home).last().unwrap().id;
        assert!(chen.say(home, "again").unwrap() > last);
        assert_ne!(again.person("Wang", "zh").id(), again.person_named("Lin").unwrap().id());
    }

    #[tokio::test]
    async fn after_a_crash_no_number_is_handed_out_twice() {
        let sandbox = lived_in().await;
        let kept = sandbox.keep().unwrap();
        let say = |sandbox: &Sandbox| {
            let home = *sandbox.chats().iter().min_by_key(|chat| chat.number()).unwrap();
            sandbox.person_named("Chen").unwrap().say(home, "36.5").unwrap()
        };
        let never_kept: Vec<_> = (0..20).map(|_| say(&sandbox)).collect();
        let again = Sandbox::take_up(SandboxOptions::default(), kept, true).await.unwrap().unwrap();
        assert!(!never_kept.contains(&say(&again)));
        let bot = UserId(123);
        let last = |sandbox: &Sandbox| {
            let updates = &sandbox.keep().unwrap()["bots"]["123"]["feed"]["last_id"];
            updates.as_i64().unwrap()
        };
        assert!(last(&again) > last(&sandbox));
        assert!(again.origin(bot, last(&again)).is_some_and(|origin| origin.words == "36.5"));
    }

    #[tokio::test]
    async fn another_text_is_no_world() {
        let mut kept = lived_in().await.keep().unwrap();
        kept.as_object_mut().unwrap().remove("toasts");
        for text in [kept, serde_json::json!({}), Value::Null] {
            let opened = Sandbox::take_up(SandboxOptions::default(), text, false).await.unwrap();
            assert!(opened.is_err());
        }
    }
}
