//! The stage: the pretend Telegram, the real bot at work in it, and the cast. It is opened with the
//! neighbourhood moved in.

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use chrono::{Days, NaiveTime, TimeZone};
use serde_json::Value;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::cast::{self, BOT_TOKEN, Cast, Homes};
use super::error::DemoError;
use super::moving_in;
use super::rehearsal::Rehearsal;
use super::shelf::Shelf;
use super::town::ZONE;
use crate::base::clock::{Timestamp, real_now};
use crate::config::Settings;
use crate::sandbox::{ChatId, Person, Sandbox, SandboxOptions, UserId};

/// The local time at which the demo begins: after the quiet hours, before the first reminder.
const CURTAIN: NaiveTime = NaiveTime::from_hms_opt(7, 45, 0).expect("a time of day");

/// Everything that is there when the play begins.
#[derive(Debug)]
pub(super) struct Stage {
    /// The pretend Telegram.
    pub sandbox: Sandbox,
    /// The bot's account there.
    pub bot: UserId,
    /// The people.
    pub cast: Cast,
    /// The families' groups.
    pub homes: Homes,
    /// The bot's rehearsal port.
    pub rehearsal: Rehearsal,
    stop: CancellationToken,
    serving: Mutex<JoinHandle<Result<(), DemoError>>>,
}

impl Stage {
    /// Opens a pretend Telegram, lets the bot serve it, and moves the neighbourhood in.
    pub async fn open(shelf: &Shelf) -> Result<Self, DemoError> {
        let options = SandboxOptions { now: || real_now().millis() / 1000, ..Default::default() };
        let sandbox = Sandbox::open(options).await?;
        let (bot, cast) = (cast::bot(&sandbox), Cast::gather(&sandbox));
        let opening = opening(real_now());
        let settings = settings(&sandbox, shelf, opening)?;
        let rehearsal = Rehearsal::new(format!("http://{}", settings.http.listen))?;
        let keys = moving_in::bring_in(&settings, opening).await?;
        let stop = CancellationToken::new();
        let mut serving = tokio::spawn(serve(settings, stop.clone()));
        tokio::select! {
            () = rehearsal.ready() => {}
            ended = &mut serving => return Err(why(ended)),
        }
        let door = moving_in::Door { bot, cast: &cast, rehearsal: &rehearsal };
        let homes = door.move_in(&keys).await?;
        let serving = Mutex::new(serving);
        Ok(Self { sandbox, bot, cast, homes, rehearsal, stop, serving })
    }

    /// Waits until the bot ends, which it should not do by itself.
    pub async fn ended(&self) -> Result<(), DemoError> {
        Err(why((&mut *self.serving.lock().await).await))
    }

    /// Stops the bot and the pretend Telegram.
    pub async fn close(&self) -> Result<(), DemoError> {
        self.stop.cancel();
        let ended = (&mut *self.serving.lock().await).await;
        self.sandbox.close().await;
        ended.map_err(|error| DemoError::Bot(error.to_string()))?
    }

    /// The chat of a person with the bot.
    pub fn private(&self, person: &Person) -> ChatId {
        person.chat_with(self.bot)
    }

    /// Presses the newest button of an action whose arguments hold these, and waits for the bot.
    pub async fn press(
        &self,
        who: &Person,
        chat: ChatId,
        action: &str,
        args: &Value,
    ) -> Result<(), DemoError> {
        self.rehearsal.press(who, chat, action, args).await
    }
}

async fn serve(settings: Settings, stop: CancellationToken) -> Result<(), DemoError> {
    crate::run(settings, stop).await.map_err(|error| DemoError::Bot(error.to_string()))
}

fn why(ended: Result<Result<(), DemoError>, tokio::task::JoinError>) -> DemoError {
    match ended {
        Ok(Err(error)) => error,
        Ok(Ok(())) => DemoError::Bot("it was not told to".to_owned()),
        Err(error) => DemoError::Bot(error.to_string()),
    }
}

/// The settings of a demo: everything at its default but the addresses, the pace and the clock.
fn settings(sandbox: &Sandbox, shelf: &Shelf, opening: Timestamp) -> Result<Settings, DemoError> {
    let ahead = Duration::from_secs(opening.since(real_now()).as_secs());
    let variables = [
        ("TELOXIDE_TOKEN", BOT_TOKEN.to_owned()),
        ("TELOXIDE_API_URL", sandbox.url()),
        ("DATABASE_URL", shelf.url()),
        ("DOORSTEP__HTTP__LISTEN", format!("127.0.0.1:{}", free_port()?)),
        ("DOORSTEP__REHEARSAL__ENABLED", "true".to_owned()),
        ("DOORSTEP__REHEARSAL__OFFSET", humantime::format_duration(ahead).to_string()),
        ("DOORSTEP__LIMITS__PER_SECOND", "0".to_owned()),
        ("DOORSTEP__LIMITS__PER_CHAT_PER_SECOND", "0".to_owned()),
        ("DOORSTEP__LIMITS__PER_GROUP_PER_MINUTE", "0".to_owned()),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value));
    Ok(Settings::from_parts(None, variables.into_iter())?)
}

/// The next instant at which it is time for the curtain in Sunshine Garden.
fn opening(now: Timestamp) -> Timestamp {
    let today = now.utc().with_timezone(&ZONE).date_naive();
    let at = |date: chrono::NaiveDate| {
        ZONE.from_local_datetime(&date.and_time(CURTAIN)).earliest().map(|at| at.to_utc().into())
    };
    let days = [today, today + Days::new(1)];
    days.into_iter().filter_map(at).find(|opening| *opening > now).unwrap_or(now)
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16, DemoError> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_begins_on_the_coming_morning() {
        let at =
            |text: &str| Timestamp::from(text.parse::<chrono::DateTime<chrono::Utc>>().unwrap());
        assert_eq!(opening(at("2026-04-05T23:44:00Z")), at("2026-04-05T23:45:00Z"));
        assert_eq!(opening(at("2026-04-05T23:46:00Z")), at("2026-04-06T23:45:00Z"));
    }
}
