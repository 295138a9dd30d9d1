//! What breaks in a household's chat while the chat itself goes on: rights that the bot loses, a worker
//! who is not there any more, nobody of the household left.

use strum::VariantArray;

use super::{chat, note, store, strangers};
use crate::base::chat::{AccountId, Right};
use crate::base::journal;
use crate::base::language::{Arg, Phrase, say};
use crate::base::turn::{Done, Turn};
use crate::desk::escalation;
use crate::desk::escalation::alert::Kind;
use crate::desk::household;
use crate::desk::household::file::{Channel, Household};
use crate::desk::scene::Scene;
use crate::desk::staff;
use crate::desk::who::Who;

/// The mark of an alert about a chat in which nobody of the household is left.
const EMPTY: &str = "empty";

/// The bot is an administrator, and may not do some of what it needs: the worker is told of each right
/// once, and once when it has them all again.
///
/// # Errors
/// When the database is away.
pub async fn rights_changed(turn: &mut Turn<'_>, household: &Household, lacks: &[Right]) -> Done {
    let told: Vec<Right> =
        household.lacks.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    if told == lacks {
        return Ok(());
    }
    let words: Vec<&str> = lacks.iter().map(|right| right.word()).collect();
    store::set_lacks(&mut turn.tx, household.id, &words.join(" ")).await?;
    let (id, object) = (Some(household.id), format!("household {}", household.id));
    let detail = serde_json::json!({ "lacks": words });
    journal::note(turn, "system", "chat.rights", &object, id, detail).await?;
    let lost: Vec<Arg> = Right::VARIANTS
        .iter()
        .filter(|right| lacks.contains(right) && !told.contains(right))
        .map(|right| Arg::from(name_of(*right)))
        .collect();
    let phrase = match (lost.is_empty(), lacks.is_empty()) {
        (false, _) => say("rights-lost").with("rights_list", Arg::List(lost)),
        (true, true) => say("rights-back"),
        (true, false) => return Ok(()),
    };
    chat::tell_keeper(turn, household, phrase.with("door", household.door())).await
}

fn name_of(right: Right) -> Phrase {
    match right {
        Right::InviteUsers => say("right-invite-users"),
        Right::PinMessages => say("right-pin-messages"),
        Right::DeleteMessages => say("right-delete-messages"),
        Right::RestrictMembers => say("right-restrict-members"),
    }
}

/// Somebody has left a household's group, or was put out.
///
/// # Errors
/// When the database is away.
pub async fn left(turn: &mut Turn<'_>, scene: &Scene, account: AccountId) -> Done {
    let now = turn.now();
    if !household::store::leave(&mut turn.tx, scene.chat.id, account, now).await? {
        return Ok(());
    }
    let Some(home) = &scene.home else { return Ok(()) };
    let household = &home.household;
    if let Some(person) = staff::store::of_account(&mut turn.tx, account).await? {
        strangers::recount(turn, household, -1).await?;
        let theirs = person.id == household.worker_id && household.state.is_followed();
        if theirs {
            note(turn, Who::Staff(person.id), "worker.left", household).await?;
            let phrase = say("worker-left").with("door", household.door());
            chat::tell_staff(turn, household, person.id, phrase).await?;
        }
        return Ok(());
    }
    if !strangers::left(turn, household, account).await? {
        strangers::recount(turn, household, -1).await?;
        empty(turn, household).await?;
    }
    Ok(())
}

/// If nobody of the household is left in its group, the worker has it to reach them otherwise.
async fn empty(turn: &mut Turn<'_>, household: &Household) -> Done {
    let group = household.channel == Channel::Group && household.state.is_followed();
    let Some(chat) = household.chat_id.filter(|_| group) else { return Ok(()) };
    if store::residents_in(&mut turn.tx, household.id, chat).await? > 0 {
        return Ok(());
    }
    let open = escalation::open_of(&mut turn.tx, household.id).await?;
    if !open.iter().any(|alert| alert.kind == Kind::Unreachable) {
        household::raise_whole(turn, household, Kind::Unreachable, &[EMPTY], Who::System).await?;
    }
    Ok(())
}

/// Somebody of the household is in its group again.
///
/// # Errors
/// When the database is away.
pub async fn back(turn: &mut Turn<'_>, household: &Household) -> Done {
    let open = escalation::open_of(&mut turn.tx, household.id).await?;
    let gone = |kind: Kind| kind == Kind::Unreachable;
    for alert in open.into_iter().filter(|alert| gone(alert.kind) && alert.has_mark(EMPTY)) {
        escalation::resolve(turn, alert, Who::System, "back").await?;
    }
    Ok(())
}

/// The group has another title: noted, and never used to know it by.
///
/// # Errors
/// When the database is away.
pub async fn titled(turn: &mut Turn<'_>, scene: &Scene) -> Done {
    match &scene.home {
        Some(home) => note(turn, scene.who(), "chat.title", &home.household).await,
        None => Ok(()),
    }
}
