//! The commands of staff about the life of a household: `/extend DOOR DAYS reason`, `/transfer DOOR
//! NAME`, `/mute DOOR`. Each names its household first, and is authorised for that household.

use crate::base::chat::Message;
use crate::base::language::{Phrase, say};
use crate::base::turn::{Done, Turn};
use crate::desk::household::file::Household;
use crate::desk::household::{extension, mute, named, transfer};
use crate::desk::scene::Scene;
use crate::desk::staff::person::Staff;
use crate::desk::staff::policy::Act;

/// `/extend 3-502 2 the last test is missing`.
///
/// # Errors
/// Refused, with an example, when it is not clear, and when it may not be done.
pub async fn extend(turn: &mut Turn<'_>, scene: &Scene, staff: &Staff, words: &str) -> Done {
    let how = say("extend-how").with("door", "3-502");
    let (mut household, rest) = household(turn, scene, staff, words, Act::Extend, how).await?;
    extension::by_person(turn, &mut household, staff, scene.chat.id, rest).await
}

/// `/transfer 3-502 Chen`.
///
/// # Errors
/// Refused, with an example, when it is not clear, and when it may not be done.
pub async fn transfer(turn: &mut Turn<'_>, scene: &Scene, staff: &Staff, words: &str) -> Done {
    let how = say("transfer-how").with("door", "3-502");
    let (household, rest) = household(turn, scene, staff, words, Act::Transfer, how).await?;
    transfer::offer(turn, &household, staff, scene.chat.id, rest.trim()).await
}

/// `/mute 3-502`: who can be silenced, each by one tap.
///
/// # Errors
/// Refused, with an example, when it is not clear, and when it may not be done.
pub async fn mute(turn: &mut Turn<'_>, scene: &Scene, staff: &Staff, words: &str) -> Done {
    let how = say("mute-how").with("door", "3-502");
    let (household, _) = household(turn, scene, staff, words, Act::Mute, how).await?;
    mute::show(turn, &household, staff, scene.chat.id, None).await
}

/// The household that the words begin with, if it may be done to it.
async fn household<'w>(
    turn: &mut Turn<'_>,
    scene: &Scene,
    staff: &Staff,
    words: &'w str,
    act: Act,
    how: Phrase,
) -> Done<(Household, &'w str)> {
    let Some(found) = named::find(turn, staff, words).await? else { return Err(how.into()) };
    if scene.may(act, Some(found.0.object())) { Ok(found) } else { Err(say("not-yours").into()) }
}

/// How many days longer, and why: the answer to [Longer].
///
/// # Errors
/// Refused, with an example, when it is not clear, and when it may not be done any more.
pub async fn extension_answered(
    turn: &mut Turn<'_>,
    scene: &Scene,
    staff: &Staff,
    code: &str,
    message: &Message,
) -> Done {
    let found = crate::desk::household::store::by_code(&mut turn.tx, code).await?;
    let mut household = found.ok_or_else(|| say("already-closed"))?;
    if !scene.may(Act::Extend, Some(household.object())) {
        return Err(say("not-yours").into());
    }
    extension::by_person(turn, &mut household, staff, scene.chat.id, &message.text).await
}
