//! The real desk, spoken to as the door speaks to it: an Incoming, a Turn that is kept or undone, and
//! a refusal that is told. Buttons are sealed by writing a letter that bears them.

use std::sync::atomic::{AtomicI64, Ordering};

use doorstep::base::chat::{
    ChatKind, Echo, Happening, Incoming, LetterId, Message, Outcome, Outgoing, Person, Place,
};
use doorstep::base::language::say;
use doorstep::base::outbox::{Button, Letter};
use doorstep::base::store::Tx;
use doorstep::base::turn::{Ground, Halt, Turn};
use doorstep::base::{chat, directory};
use doorstep::desk;
use doorstep::desk::press::Press;
use sqlx::AssertSqlSafe;

use crate::inside::{BOT, ask};

/// A chat by the platform's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chat {
    pub id: i64,
    pub kind: ChatKind,
}

/// Who does something, by the platform's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    Person(i64),
    Nobody,
}

/// What came of an event: heard, or refused with this text.
pub type Heard = Result<(), String>;

/// The desk in one transaction.
pub struct Desk<'d, 't> {
    pub tx: &'d mut Tx<'t>,
    pub ground: &'d Ground,
}

impl Desk<'_, '_> {
    /// Lets the desk hear an event: kept if it was heard, else undone and the refusal told.
    pub async fn hears(&mut self, incoming: &Incoming) -> Heard {
        let mut turn = self.turn().await;
        match desk::hear(&mut turn, incoming).await {
            Ok(()) => {
                turn.keep().await.expect("kept");
                Ok(())
            }
            Err(Halt::Refused(why)) => {
                turn.undo().await.expect("undone");
                let id = why.id().to_owned();
                let mut turn = self.turn().await;
                desk::refuse(&mut turn, incoming, why).await.expect("told");
                turn.keep().await.expect("kept");
                Err(id)
            }
            Err(Halt::Fault(fault)) => panic!("{incoming:?}: {fault}"),
        }
    }

    pub async fn turn(&mut self) -> Turn<'_> {
        Turn::begin(self.tx, self.ground, BOT, "update 1".into()).await.expect("a turn")
    }

    /// A message of somebody.
    pub fn message(&self, from: Sender, chat: Chat, text: &str) -> Incoming {
        let message = Message { id: unused(), text: text.to_owned(), ..Message::default() };
        self.incoming(from, chat, Happening::Message(message))
    }

    /// An answer of somebody to a message.
    pub fn reply(&self, from: Sender, chat: Chat, text: &str, to: i64) -> Incoming {
        let id = unused();
        let message =
            Message { id, text: text.to_owned(), reply_to: Some(to), ..Message::default() };
        self.incoming(from, chat, Happening::Message(message))
    }

    /// A press of somebody on a button of a message.
    pub fn press(&self, from: Sender, chat: Chat, data: &str, message: i64) -> Incoming {
        let press = format!("press-{}", unused());
        let what = Happening::Press { press, message: Some(message), data: data.to_owned() };
        self.incoming(from, chat, what)
    }

    fn incoming(&self, from: Sender, chat: Chat, what: Happening) -> Incoming {
        let from = match from {
            Sender::Person(id) => chat::Sender::Person(person(id)),
            Sender::Nobody => chat::Sender::Nobody,
        };
        let at = self.ground.clock.now();
        Incoming { bot: BOT, chat: chat.id, kind: chat.kind, from, at, what }
    }

    pub async fn says(&mut self, from: Sender, chat: Chat, text: &str) -> Heard {
        let incoming = self.message(from, chat, text);
        let heard = self.hears(&incoming).await;
        self.deliver_all().await;
        heard
    }

    /// Somebody presses a truly sealed button of this chat.
    pub async fn presses(&mut self, from: Sender, chat: Chat, press: Press) -> Heard {
        let (data, message) = self.sealed(chat, press).await;
        let incoming = self.press(from, chat, &data, message);
        let heard = self.hears(&incoming).await;
        self.deliver_all().await;
        heard
    }

    /// Somebody presses a truly sealed button as if it stood below this message.
    pub async fn presses_on(
        &mut self,
        from: Sender,
        chat: Chat,
        press: Press,
        message: i64,
    ) -> Heard {
        let (data, _) = self.sealed(chat, press).await;
        let incoming = self.press(from, chat, &data, message);
        let heard = self.hears(&incoming).await;
        self.deliver_all().await;
        heard
    }

    /// The data of a button as the outbox has it, and the message that bears it.
    pub async fn sealed(&mut self, chat: Chat, press: Press) -> (String, i64) {
        let letter = self.letter_with(chat, Some(press), None).await;
        let query = AssertSqlSafe(format!("SELECT outgoing FROM outbox WHERE id = {}", letter.0));
        let stored: String =
            ask!(&mut *self.tx, c => sqlx::query_scalar(query).fetch_one(c).await).expect("it");
        let Ok(Outgoing::Say { keys, .. }) = serde_json::from_str(&stored) else {
            panic!("no message: {stored}")
        };
        self.deliver_all().await;
        (keys[0][0].data.clone(), message_of(letter))
    }

    /// A letter about a household in some chat; the message it made.
    pub async fn letter_about(&mut self, chat: Chat, household: i64) -> i64 {
        let letter = self.letter_with(chat, None, Some(household)).await;
        self.deliver_all().await;
        message_of(letter)
    }

    async fn letter_with(
        &mut self,
        chat: Chat,
        press: Option<Press>,
        household: Option<i64>,
    ) -> LetterId {
        let mut turn = self.turn().await;
        let id = directory::chat_for(&mut turn.tx, BOT, chat.id, chat.kind).await.expect("it").id;
        let keys = press.map(|press| vec![Button::press(say("report-button"), press)]);
        let language = turn.ground.default_language();
        let mut letter =
            Letter::say(id, &language, say("help-staff")).keys(keys.into_iter().collect());
        if let Some(household) = household {
            letter = letter.about(household);
        }
        let letter = turn.post(letter).await.expect("a letter");
        turn.keep().await.expect("kept");
        letter
    }

    /// What the relay does with every letter.
    pub async fn deliver_all(&mut self) {
        let query =
            "UPDATE outbox SET state = 'sent', message_id = coalesce(message_id, id + 5000000)
             WHERE state = 'queued'";
        ask!(&mut *self.tx, c => sqlx::query(query).execute(c).await.map(|_| ())).expect("sent");
    }

    /// What the clock does: everything that is due.
    pub async fn everything_due(&mut self) {
        loop {
            let now = self.ground.clock.now();
            let due = desk::due(self.tx, now).await.expect("what is due");
            if due.is_empty() {
                return self.deliver_all().await;
            }
            for row in due {
                let mut turn = self.turn().await;
                desk::fall_due(&mut turn, row).await.expect("done");
                turn.keep().await.expect("kept");
            }
        }
    }

    pub async fn meet_bot(&mut self) {
        let now = self.ground.clock.now();
        directory::meet_bot(self.tx, BOT, "doorstep_bot", now).await.expect("met");
    }

    /// So many are in a chat, as the platform answers.
    pub async fn counts(&mut self, chat: Chat, count: i64) {
        let echo = Echo { letter: LetterId(0), outcome: Outcome::Count(count) };
        let incoming = self.incoming(Sender::Nobody, chat, Happening::Echo(echo));
        self.hears(&incoming).await.expect("heard");
        self.deliver_all().await;
    }

    /// Changes rows as no verb does.
    pub async fn change(&mut self, query: &str) {
        let query = AssertSqlSafe(query.to_owned());
        ask!(&mut *self.tx, c => sqlx::query(query).execute(c).await.map(|_| ())).expect("changed");
    }

    pub async fn becomes_administrator(&mut self, by: Sender, chat: Chat) {
        let place = Place::Administrator.into();
        let incoming = self.incoming(by, chat, Happening::OurPlace(place));
        self.hears(&incoming).await.expect("heard");
        self.deliver_all().await;
    }

    /// Has rows for a chat and an account.
    pub async fn know(&mut self, sender: Sender, chat: Chat) {
        directory::chat_for(self.tx, BOT, chat.id, chat.kind).await.expect("a chat");
        if let Sender::Person(id) = sender {
            let now = self.ground.clock.now();
            directory::account_for(self.tx, BOT, &person(id), now).await.expect("an account");
        }
    }

    /// The message that asked an account who it is.
    pub async fn who_message(&mut self, sender: Sender, chat: Chat) -> i64 {
        let Sender::Person(account) = sender else { panic!("nobody is asked") };
        let query = AssertSqlSafe(format!(
            "SELECT presence.asked_letter FROM presence
             JOIN account ON account.id = presence.account_id
             JOIN chat ON chat.id = presence.chat_id
             WHERE account.telegram_id = {account} AND chat.telegram_id = {}",
            chat.id
        ));
        let letter: Option<i64> =
            ask!(&mut *self.tx, c => sqlx::query_scalar(query).fetch_one(c).await).expect("seen");
        message_of(LetterId(letter.expect("asked")))
    }

    /// The newest message with this text in a chat.
    pub async fn last_message(&mut self, chat: Chat, text_id: &str) -> i64 {
        let query = AssertSqlSafe(format!(
            "SELECT max(outbox.id) FROM outbox JOIN chat ON chat.id = outbox.chat_id
             WHERE chat.telegram_id = {} AND text_id = '{text_id}'",
            chat.id
        ));
        let letter: Option<i64> =
            ask!(&mut *self.tx, c => sqlx::query_scalar(query).fetch_one(c).await).expect("it");
        message_of(LetterId(letter.unwrap_or_else(|| panic!("no {text_id} in {chat:?}"))))
    }

    /// The rows of a table that belong to a household.
    pub async fn ids(&mut self, table: &str, household: i64, and: &str) -> Vec<i64> {
        let query = AssertSqlSafe(format!(
            "SELECT id FROM {table} WHERE household_id = {household} {and} ORDER BY id"
        ));
        ask!(&mut *self.tx, c => sqlx::query_scalar(query).fetch_all(c).await).expect("rows")
    }

    /// A number that a query gives.
    pub async fn count(&mut self, query: &str) -> i64 {
        let query = AssertSqlSafe(query.to_owned());
        ask!(&mut *self.tx, c => sqlx::query_scalar(query).fetch_one(c).await).expect("a number")
    }
}

fn message_of(letter: LetterId) -> i64 {
    letter.0 + 5_000_000
}

fn person(id: i64) -> Person {
    Person { id, name: format!("account {id}"), language: Some("en".into()) }
}

/// A number that no message or press has yet.
fn unused() -> i64 {
    static LAST: AtomicI64 = AtomicI64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}
