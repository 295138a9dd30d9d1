//! The Bot API over HTTP: one call, its answer, or what is known when there is none. The token stands in
//! every address, so no error shows one.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use teloxide::requests::Payload;

use crate::config::ApiUrl;

/// How long one call may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A client for one bot.
#[derive(Clone, Debug)]
pub struct Api {
    http: reqwest::Client,
    base: String,
    token: SecretString,
}

/// What Telegram answered.
#[derive(Debug, Deserialize)]
pub struct Answer {
    /// Whether it was done.
    pub ok: bool,
    /// What came of it, unread.
    pub result: Option<Box<RawValue>>,
    /// The code of a refusal.
    pub error_code: Option<i64>,
    /// The refusal in Telegram's words.
    pub description: Option<String>,
    /// What to do about it.
    pub parameters: Option<Parameters>,
}

/// What to do about a refusal.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Parameters {
    /// Seconds to wait.
    pub retry_after: Option<u64>,
    /// The chat's new id.
    pub migrate_to_chat_id: Option<i64>,
}

/// There is no answer that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// The call did not leave: no connection.
    #[error("no connection to the Bot API")]
    NotSent,
    /// It may have been carried out.
    #[error("the Bot API gave no readable answer")]
    Unknown,
}

/// The bot as getMe describes it.
#[derive(Clone, Debug, Deserialize)]
pub struct Me {
    /// Its id.
    pub id: i64,
    /// Its name without the @.
    pub username: String,
}

impl Api {
    /// A client for the bot with this token.
    ///
    /// # Errors
    /// When the machine offers no TLS.
    pub fn new(base: &ApiUrl, token: SecretString) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder().connect_timeout(TIMEOUT).build()?;
        Ok(Self { http, base: base.base().to_owned(), token })
    }

    /// Calls a method, by its typed payload.
    ///
    /// # Errors
    /// See [`NoAnswer`].
    pub async fn call<P: Payload + serde::Serialize>(
        &self,
        payload: &P,
    ) -> Result<Answer, NoAnswer> {
        self.call_within(payload, TIMEOUT).await
    }

    /// Calls a method that may take its time.
    ///
    /// # Errors
    /// See [`NoAnswer`].
    pub async fn call_within<P: Payload + serde::Serialize>(
        &self,
        payload: &P,
        timeout: Duration,
    ) -> Result<Answer, NoAnswer> {
        let body = serde_json::to_value(payload).map_err(|_| NoAnswer::NotSent)?;
        self.post(&method_name(P::NAME), &body, timeout).await
    }

    async fn post(
        &self,
        method: &str,
        body: &Value,
        timeout: Duration,
    ) -> Result<Answer, NoAnswer> {
        let url = format!("{}/bot{}/{method}", self.base, self.token.expose_secret());
        let sent = self.http.post(url).json(body).timeout(timeout).send().await;
        let response = sent.map_err(|error| {
            if error.is_connect() || error.is_builder() {
                NoAnswer::NotSent
            } else {
                NoAnswer::Unknown
            }
        })?;
        let text = response.text().await.map_err(|_| NoAnswer::Unknown)?;
        serde_json::from_str(&text).map_err(|_| NoAnswer::Unknown)
    }

    /// Asks who the bot is.
    ///
    /// # Errors
    /// [`NoAnswer`], or what Telegram says when it does not know the token.
    pub async fn me(&self) -> Result<Result<Me, String>, NoAnswer> {
        let answer = self.call(&teloxide::payloads::GetMe::new()).await?;
        let refusal = answer.description.unwrap_or_else(|| "no reason given".into());
        match answer.result {
            Some(result) if answer.ok => {
                serde_json::from_str(result.get()).map(Ok).map_err(|_| NoAnswer::Unknown)
            }
            _ => Ok(Err(refusal)),
        }
    }

    /// Clears a webhook that an earlier run may have left; a failure is a warning.
    pub async fn delete_webhook(&self) {
        let cleared = self.call(&teloxide::payloads::DeleteWebhook::new()).await;
        if !cleared.is_ok_and(|answer| answer.ok) {
            tracing::warn!("a webhook that an earlier run may have left could not be deleted");
        }
    }
}

/// The method's name as the Bot API writes it: `sendMessage`.
#[must_use]
pub fn method_name(payload: &str) -> String {
    let mut letters = payload.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

impl Api {
    /// The bot as getMe describes it, whole.
    ///
    /// # Errors
    /// [`NoAnswer`], or what Telegram says when it does not know the token.
    pub async fn portrait(&self) -> Result<Result<Value, String>, NoAnswer> {
        data(self.call(&teloxide::payloads::GetMe::new()).await?)
    }

    /// The webhook as getWebhookInfo describes it.
    ///
    /// # Errors
    /// [`NoAnswer`], or what Telegram says when it does not know the token.
    pub async fn webhook(&self) -> Result<Result<Value, String>, NoAnswer> {
        data(self.call(&teloxide::payloads::GetWebhookInfo::new()).await?)
    }
}

/// What came of a question, as data.
fn data(answer: Answer) -> Result<Result<Value, String>, NoAnswer> {
    match answer.result {
        Some(result) if answer.ok => {
            serde_json::from_str(result.get()).map(Ok).map_err(|_| NoAnswer::Unknown)
        }
        _ => Ok(Err(answer.description.unwrap_or_else(|| "no reason given".into()))),
    }
}
