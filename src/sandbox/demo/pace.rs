//! How fast pretend time goes: the hand that moves the bot's clock, at a speed or by jumps.

use std::time::Duration;

use chrono::{Days, NaiveTime, TimeZone};
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, watch};
use tokio::time::{MissedTickBehavior, interval};

use super::control::Demo;
use super::error::DemoError;
use super::rehearsal::Rehearsal;
use super::town::ZONE;
use crate::base::clock::Timestamp;

/// The clock is moved this often.
const TICK: Duration = Duration::from_millis(500);
/// A jump to the next reminder passes at most so many due moments, and so much time.
const MOST_STEPS: usize = 200;
const FARTHEST: Duration = Duration::from_hours(36);
const MORNING: NaiveTime = NaiveTime::from_hms_opt(8, 0, 0).expect("a time of day");

/// How time goes just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Going {
    /// Pretend seconds in a real one. 1 is as slow as it gets: the clock never stands still.
    pub speed: u32,
    /// Whether a jump is under way.
    pub moving: bool,
}

/// Where time may jump.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Jump {
    /// The next reminder or nudge.
    Reminder,
    /// Eight o'clock tomorrow.
    Morning,
}

/// The hand on the clock. One moves it at a time.
#[derive(Debug)]
pub(super) struct Pace {
    going: watch::Sender<Going>,
    hand: Mutex<()>,
}

impl Pace {
    /// Time as it really goes.
    pub fn new() -> Self {
        let going = watch::Sender::new(Going { speed: 1, moving: false });
        Self { going, hand: Mutex::new(()) }
    }

    /// How time goes, and whoever waits for a change of it.
    pub fn going(&self) -> watch::Receiver<Going> {
        self.going.subscribe()
    }

    /// From now on so many pretend seconds go by in a real one.
    pub fn set_speed(&self, speed: u32) {
        self.going.send_modify(|going| going.speed = speed.max(1));
    }

    /// Jumps, once whatever moves the clock just now is done.
    pub async fn jump(&self, port: &Rehearsal, to: Jump) -> Result<(), DemoError> {
        let _hand = self.hand.lock().await;
        self.going.send_modify(|going| going.moving = true);
        let done = match to {
            Jump::Reminder => to_next_reminder(port).await,
            Jump::Morning => port.advance_to(next_morning(port.now().await?)).await,
        };
        self.going.send_modify(|going| going.moving = false);
        done
    }

    /// Moves the clock by what one tick is worth, less the tick that goes by itself.
    async fn tick(&self, port: &Rehearsal) -> Result<(), DemoError> {
        let speed = self.going.borrow().speed;
        if speed <= 1 {
            return Ok(());
        }
        let _hand = self.hand.lock().await;
        port.advance_by(TICK * (speed - 1)).await
    }
}

/// Keeps time going at its speed on the stage that is shown; falls back to real time when the clock cannot be moved.
pub(super) async fn keep(demo: Demo) {
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let stage = demo.theatre.stage();
        if let Err(error) = stage.pace.tick(&stage.rehearsal).await {
            tracing::warn!(%error, "the pretend clock cannot be moved");
            stage.pace.set_speed(1);
        }
    }
}

/// Goes from one due moment to the next until a reminder or nudge is written.
async fn to_next_reminder(port: &Rehearsal) -> Result<(), DemoError> {
    let last = port.letters(0).await?.last().map_or(0, |letter| letter.id);
    let end = port.now().await?.plus(FARTHEST);
    for _ in 0..MOST_STEPS {
        let Some(next) = port.next().await?.filter(|next| *next <= end) else { break };
        port.advance_to(next).await?;
        if port.letters(last).await?.iter().any(|letter| letter.lane == "reminder") {
            break;
        }
    }
    Ok(())
}

/// Eight o'clock in Sunshine Garden on the day after this instant.
fn next_morning(now: Timestamp) -> Timestamp {
    let tomorrow = now.utc().with_timezone(&ZONE).date_naive() + Days::new(1);
    let morning = ZONE.from_local_datetime(&tomorrow.and_time(MORNING)).earliest();
    morning.map_or(now, |at| at.to_utc().into())
}
