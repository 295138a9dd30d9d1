//! The bot's rehearsal port, used over HTTP like by anybody else: the movable clock, and the letters
//! as data.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::{Client, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::error::DemoError;
use crate::base::clock::Timestamp;
use crate::sandbox::{ChatId, MessageId, Person};

/// How long the bot may take to begin, and for a move of the clock.
const PATIENCE: Duration = Duration::from_mins(2);
const LONGEST: &str = "110s";
const STEP: Duration = Duration::from_millis(50);

/// A letter of the bot, as far as the demo looks at it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Letter {
    pub id: i64,
    pub at: Timestamp,
    pub chat_id: i64,
    pub lane: String,
    pub method: String,
    pub text_id: Option<String>,
    pub language: Option<String>,
    pub cause: String,
    pub silent: bool,
    pub state: String,
    pub message_id: Option<i64>,
    pub buttons: Vec<Vec<LetterButton>>,
}

/// A button of a letter, with its meaning.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct LetterButton {
    pub action: Option<String>,
    pub args: Value,
    pub data: String,
}

impl Letter {
    /// Whether its fate is known.
    pub fn is_settled(&self) -> bool {
        !matches!(self.state.as_str(), "queued" | "sending")
    }

    /// Whether it is this text.
    pub fn says(&self, text_id: &str) -> bool {
        self.text_id.as_deref() == Some(text_id)
    }

    /// Whether its buttons, or that it has none, is what its message shows from then on.
    fn bears_buttons(&self) -> bool {
        let edits = ["editMessageText", "editMessageReplyMarkup"].contains(&self.method.as_str());
        self.state == "sent" && (edits || self.is_new_message())
    }

    fn button(&self, action: &str, args: &Value) -> Option<String> {
        let mut buttons = self.buttons.iter().flatten();
        let fits = |button: &&LetterButton| {
            button.action.as_deref() == Some(action) && holds(&button.args, args)
        };
        buttons.find(fits).map(|button| button.data.clone())
    }

    /// Whether it makes a new message.
    pub fn is_new_message(&self) -> bool {
        ["sendMessage", "sendPhoto", "sendDocument", "copyMessage"].contains(&self.method.as_str())
    }
}

/// Whether an object has all the fields of another, with the same values.
fn holds(object: &Value, wanted: &Value) -> bool {
    let mut fields = wanted.as_object().into_iter().flatten();
    fields.all(|(name, value)| object.get(name) == Some(value))
}

#[derive(Deserialize)]
struct Now {
    now: Timestamp,
}

#[derive(Deserialize)]
struct Next {
    next: Option<Timestamp>,
}

/// The port.
#[derive(Clone, Debug)]
pub(super) struct Rehearsal {
    http: Client,
    base: String,
}

impl Rehearsal {
    /// The port at `base`, such as `http://127.0.0.1:8081`. No proxy is asked.
    pub fn new(base: String) -> Result<Self, DemoError> {
        let http = Client::builder().no_proxy().timeout(PATIENCE).build()?;
        Ok(Self { http, base })
    }

    /// Waits until the bot polls.
    pub async fn ready(&self) {
        loop {
            let asked = self.http.get(format!("{}/readyz", self.base)).send().await;
            if asked.is_ok_and(|answer| answer.status() == StatusCode::OK) {
                return;
            }
            tokio::time::sleep(STEP).await;
        }
    }

    /// What time it is on the movable clock.
    pub async fn now(&self) -> Result<Timestamp, DemoError> {
        Ok(self.get::<Now>("now").await?.now)
    }

    /// The next moment at which something is due.
    pub async fn next(&self) -> Result<Option<Timestamp>, DemoError> {
        Ok(self.get::<Next>("next").await?.next)
    }

    /// The letters after this one, in their order.
    pub async fn letters(&self, since: i64) -> Result<Vec<Letter>, DemoError> {
        self.get(&format!("letters?since={since}")).await
    }

    /// Moves the clock on; everything due in between is done.
    pub async fn advance_by(&self, by: Duration) -> Result<(), DemoError> {
        let by = humantime::format_duration(by).to_string();
        let asked = json!({ "by": by, "timeout": LONGEST });
        read::<Value>(self.post("advance", asked).await?).await.map(|_| ())
    }

    /// Moves the clock to an instant. One that has just passed is where the clock stands already.
    pub async fn advance_to(&self, to: Timestamp) -> Result<(), DemoError> {
        let answer = self.post("advance", json!({ "to": to, "timeout": LONGEST })).await?;
        if answer.status() == StatusCode::BAD_REQUEST && self.now().await? >= to {
            return self.settle().await;
        }
        read::<Value>(answer).await.map(|_| ())
    }

    /// Waits until the bot has heard and said everything.
    pub async fn settle(&self) -> Result<(), DemoError> {
        let answer = self.post("settle", json!({ "timeout": LONGEST })).await?;
        read::<Value>(answer).await.map(|_| ())
    }

    /// Where the newest button of an action hangs whose arguments hold these: message and data. A
    /// message that was changed has the buttons of its last letter.
    pub async fn find_button(
        &self,
        chat: i64,
        action: &str,
        args: &Value,
    ) -> Result<(i64, String), DemoError> {
        let mut letters = self.letters(0).await?;
        letters.retain(|letter| letter.chat_id == chat && letter.bears_buttons());
        let current: BTreeMap<_, _> =
            letters.iter().filter_map(|letter| Some((letter.message_id?, letter))).collect();
        let mut newest_first = current.into_iter().rev();
        let found = newest_first.find_map(|(id, letter)| Some((id, letter.button(action, args)?)));
        found.ok_or_else(|| DemoError::NoButton {
            chat,
            action: action.to_owned(),
            args: args.to_string(),
        })
    }

    /// Lets somebody press such a button, and waits for the bot.
    pub async fn press(
        &self,
        who: &Person,
        chat: ChatId,
        action: &str,
        args: &Value,
    ) -> Result<(), DemoError> {
        let (message, data) = self.find_button(chat.number(), action, args).await?;
        who.press(chat, MessageId(message), &data)?;
        self.settle().await
    }

    async fn get<T: DeserializeOwned>(&self, what: &str) -> Result<T, DemoError> {
        read(self.http.get(format!("{}/rehearsal/{what}", self.base)).send().await?).await
    }

    async fn post(&self, what: &str, body: Value) -> Result<Response, DemoError> {
        let address = format!("{}/rehearsal/{what}", self.base);
        Ok(self.http.post(address).json(&body).send().await?)
    }
}

async fn read<T: DeserializeOwned>(answer: Response) -> Result<T, DemoError> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer.json().await?);
    }
    let said = answer.text().await.unwrap_or_default();
    Err(DemoError::Rehearsal(format!("{status} {said}")))
}
