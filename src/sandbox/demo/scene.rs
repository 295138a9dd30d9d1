//! The scenes: a piece of the day, played in the terminal as a transcript or on the page step by step,
//! with expectations that are read from the screens and the bot's letters, never from inside the desk.
//! Each is written once, for both.

mod audience;
mod fever;
mod morning;
mod play;
mod programme;
mod silence;
mod transcript;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ExitState;
use super::error::DemoError;
use super::stage::Stage;
use audience::Audience;
pub(super) use audience::Look;
use play::{Ending, Play, Step};
pub(super) use programme::{Programme, ScenePicture, Stand};
use transcript::{Transcript, print};

/// The scenes, by the names under which they are asked for.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantNames,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SceneName {
    /// Both families report: by typing, and by the keypad.
    Morning,
    /// Nobody in 3-502 answers, until the worker calls.
    Silence,
    /// Somebody has a fever, and it is followed until the lead closes it.
    Fever,
}

impl SceneName {
    /// What the page calls it.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Morning => "Morning report",
            Self::Silence => "Silence",
            Self::Fever => "Fever",
        }
    }

    /// What it shows, in a sentence.
    pub(super) fn about(self) -> &'static str {
        match self {
            Self::Morning => {
                "Both families report, by writing and by buttons, and nobody is disturbed."
            }
            Self::Silence => "Nobody in 3-502 answers, until the worker calls.",
            Self::Fever => "37.8 °C: who is told what, and who may close it.",
        }
    }

    /// Its steps.
    pub(super) fn looks(self) -> &'static [Look] {
        match self {
            Self::Morning => &morning::LOOKS,
            Self::Silence => &silence::LOOKS,
            Self::Fever => &fever::LOOKS,
        }
    }

    async fn act(self, play: &mut Play<'_>) -> Step {
        match self {
            Self::Morning => morning::play(play).await,
            Self::Silence => silence::play(play).await,
            Self::Fever => fever::play(play).await,
        }
    }
}

/// Plays a scene in the terminal; the last line of the transcript says how it ended.
pub(super) async fn play(name: SceneName, stage: &Stage) -> Result<ExitState, DemoError> {
    let word: &str = name.into();
    print(&format!("Scene {word}, day 4 of 14 in Sunshine Garden"));
    let transcript = Transcript::begin(stage, &stage.paint().await?);
    let mut play = Play::begin(stage, Audience::Terminal(transcript)).await?;
    match name.act(&mut play).await {
        Ok(()) => {
            let met = play.met();
            print(&format!("\nThe scene {word} ended as it should: {met} expectations met."));
            Ok(ExitState::Well)
        }
        Err(Ending::Otherwise(expectation)) => {
            print(&format!("\nThe scene {word} did not end as it should: {expectation}."));
            Ok(ExitState::SceneFailed)
        }
        Err(Ending::Fault(error)) => Err(error),
    }
}

/// Plays a scene for the page; the programme says how it ended.
pub(super) async fn show(name: SceneName, stage: &Stage, programme: &Arc<Programme>) {
    let audience = Audience::Page(Arc::clone(programme));
    let played = match Play::begin(stage, audience).await {
        Ok(mut play) => name.act(&mut play).await.map(|()| play.met()),
        Err(error) => Err(error.into()),
    };
    match played {
        Ok(met) => programme.end(Stand::Done, format!("{met} of {met} checks were met.")),
        Err(Ending::Otherwise(expectation)) => programme.end(
            Stand::Failed,
            format!(
                "This was expected and was not so: {expectation}. If somebody wrote or pressed \
                 something meanwhile, that may be why."
            ),
        ),
        Err(Ending::Fault(error)) => {
            programme.end(Stand::Failed, format!("It could not be played: {error}."));
        }
    }
}
