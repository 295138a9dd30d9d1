//! The scenes: a piece of the day played in the terminal as a transcript, with expectations that are
//! read from the screens and the bot's letters, never from inside the desk.

mod fever;
mod morning;
mod play;
mod silence;
mod transcript;

use super::ExitState;
use super::error::DemoError;
use super::stage::Stage;
use play::{Ending, Play};
use transcript::print;

/// The scenes, by the names under which they are asked for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(serialize_all = "snake_case")]
pub enum SceneName {
    /// Both families report: by typing, and by the keypad.
    Morning,
    /// Nobody in 3-502 answers, until the worker calls.
    Silence,
    /// Somebody has a fever, and it is followed until the lead closes it.
    Fever,
}

/// Plays a scene; the last line of the transcript says how it ended.
pub(super) async fn play(name: SceneName, stage: &Stage) -> Result<ExitState, DemoError> {
    let word: &str = name.into();
    print(&format!("Scene {word}, day 4 of 14 in Sunshine Garden\n"));
    let mut play = Play::begin(stage).await?;
    let played = match name {
        SceneName::Morning => morning::play(&mut play).await,
        SceneName::Silence => silence::play(&mut play).await,
        SceneName::Fever => fever::play(&mut play).await,
    };
    match played {
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
