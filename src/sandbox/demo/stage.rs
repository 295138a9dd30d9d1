//! The stage: the pretend Telegram, the real bot at work in it, and the cast. It is opened with the
//! neighbourhood moved in, or as it was left.

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;

use chrono::{Days, NaiveTime, TimeZone};
use serde_json::Value;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::cast::{self, BOT_TOKEN, Cast, Homes};
use super::error::DemoError;
use super::keeper::{Keepsake, Notes};
use super::moving_in;
use super::pace::Pace;
use super::picture::{ChatPicture, Painter};
use super::rehearsal::Rehearsal;
use super::shelf::Shelf;
use super::town::{CHINESE_HOME, ZONE};
use crate::base::clock::{Timestamp, real_now};
use crate::config::Settings;
use crate::sandbox::{ChatId, MessageId, Person, Sandbox, SandboxOptions, UserId};

/// The local time at which the demo begins: after the quiet hours, before the first reminder.
const CURTAIN: NaiveTime = NaiveTime::from_hms_opt(7, 45, 0).expect("a time of day");

/// Everything that is there when the play begins.
#[derive(Debug)]
pub(super) struct Stage {
    /// The number of this world; no other has it.
    pub number: i64,
    /// The pretend Telegram.
    pub sandbox: Sandbox,
    /// The bot's account there.
    pub bot: UserId,
    /// The people.
    pub cast: Cast,
    /// The families' groups.
    pub homes: Homes,
    /// The used link of 3-502, which a stranger may have found.
    pub old_link: String,
    /// The bot's rehearsal port.
    pub rehearsal: Rehearsal,
    /// How time goes here.
    pub pace: Pace,
    painter: Mutex<Painter>,
    serving: Serving,
}

/// The bot at work.
#[derive(Debug)]
struct Serving {
    stop: CancellationToken,
    task: Mutex<JoinHandle<Result<(), DemoError>>>,
}

impl Stage {
    /// Opens a stage on this shelf: as it was left there, else a new one.
    pub async fn open(shelf: &Shelf) -> Result<Self, DemoError> {
        match (shelf.keepsake()?, shelf.world()) {
            (Some(kept), Some(file)) => Self::come_back(shelf, kept, file).await,
            _ => Self::begin(shelf).await,
        }
    }

    /// Opens a pretend Telegram, lets the bot serve it, and moves the neighbourhood in.
    async fn begin(shelf: &Shelf) -> Result<Self, DemoError> {
        let number = i64::from(rand::random::<u32>());
        let sandbox = Sandbox::open(options()).await?;
        let (bot, cast) = (cast::bot(&sandbox), Cast::gather(&sandbox));
        let opening = opening(real_now());
        let ahead = Duration::from_secs(opening.since(real_now()).as_secs() + 1);
        let settings = settings(&sandbox, shelf, ahead)?;
        let keys = moving_in::bring_in(&settings, opening, number).await?;
        let (rehearsal, serving) = Serving::begin(settings).await?;
        let door = moving_in::Door { bot, cast: &cast, rehearsal: &rehearsal };
        let homes = door.move_in(&keys).await?;
        let old_link = keys.get(CHINESE_HOME).cloned().unwrap_or_default();
        let (pace, painter) = (Pace::new(), Mutex::default());
        Ok(Self { number, sandbox, bot, cast, homes, old_link, rehearsal, pace, painter, serving })
    }

    /// Takes a kept world up, and lets the bot go on with its database. Its clock goes on from
    /// where it stood; the time in between has passed.
    async fn come_back(shelf: &Shelf, kept: Keepsake, file: PathBuf) -> Result<Self, DemoError> {
        let wrong = |why| DemoError::BadWorld { world: file.clone(), why };
        let Keepsake { number, is_complete, notes, world, .. } = kept;
        let sandbox = Sandbox::take_up(options(), world, !is_complete)
            .await?
            .map_err(|_| wrong("is damaged: its pretend Telegram is not whole"))?;
        let settings = settings(&sandbox, shelf, Duration::ZERO)?;
        if moving_in::world_of(&settings).await? != Some(number) {
            return Err(wrong("belongs to another database"));
        }
        let bot = sandbox.bot_with_token(BOT_TOKEN);
        let homes = Homes::find(&sandbox, notes.chinese, notes.french);
        let (Some(bot), Some(homes), Some(cast)) = (bot, homes, Cast::meet_again(&sandbox)) else {
            return Err(wrong("is damaged: somebody is missing in it"));
        };
        let (rehearsal, serving) = Serving::begin(settings).await?;
        let (pace, old_link) = (Pace::new(), notes.old_link);
        let painter = Mutex::new(Painter::who_knows(&notes.came));
        Ok(Self { number, sandbox, bot, cast, homes, old_link, rehearsal, pace, painter, serving })
    }

    /// What must be known beside the world to come back to this stage.
    pub async fn notes(&self) -> Notes {
        Notes {
            chinese: self.homes.chinese.number(),
            french: self.homes.french.number(),
            old_link: self.old_link.clone(),
            came: self.painter.lock().await.came(),
        }
    }

    /// All chats as they are now, the groups first.
    pub async fn paint(&self) -> Result<Vec<ChatPicture>, DemoError> {
        self.painter.lock().await.paint(self).await
    }

    /// Notes when somebody wrote.
    pub async fn note(&self, chat: ChatId, message: MessageId, at: Timestamp) {
        self.painter.lock().await.note(chat, message, at);
    }

    /// Waits until the bot ends, which it should not do by itself.
    pub async fn ended(&self) -> Result<(), DemoError> {
        Err(why((&mut *self.serving.task.lock().await).await))
    }

    /// Stops the bot and the pretend Telegram.
    pub async fn close(&self) -> Result<(), DemoError> {
        self.serving.stop.cancel();
        let ended = (&mut *self.serving.task.lock().await).await;
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

impl Serving {
    /// Lets the bot serve, and waits until it does.
    async fn begin(settings: Settings) -> Result<(Rehearsal, Self), DemoError> {
        let rehearsal = Rehearsal::new(format!("http://{}", settings.http.listen))?;
        let stop = CancellationToken::new();
        let mut task = tokio::spawn(serve(settings, stop.clone()));
        tokio::select! {
            () = rehearsal.ready() => {}
            ended = &mut task => return Err(why(ended)),
        }
        Ok((rehearsal, Self { stop, task: Mutex::new(task) }))
    }
}

fn options() -> SandboxOptions {
    SandboxOptions { now: || real_now().millis() / 1000, ..Default::default() }
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
fn settings(sandbox: &Sandbox, shelf: &Shelf, ahead: Duration) -> Result<Settings, DemoError> {
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
