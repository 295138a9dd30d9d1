//! Strangers in a household's chat: whoever is there and is neither staff nor known. While one is there
//! the chat is held, so that nothing personal is shown in it, and the worker says who it is or puts them
//! out. Besides accounts, those in the group are counted: a stranger may never have been seen.

use super::store::{self, Stranger};
use super::{activate, note};
use crate::base::chat::{AccountId, ChatId, LetterId, Outgoing};
use crate::base::directory;
use crate::base::language::{Phrase, say};
use crate::base::outbox::{self, Letter};
use crate::base::turn::{Done, Turn};
use crate::desk::escalation;
use crate::desk::escalation::alert::{Alert, Kind};
use crate::desk::household;
use crate::desk::household::Telling;
use crate::desk::household::file::{Channel, Household, Member, State};
use crate::desk::staff::person::Staff;
use crate::desk::who::Who;

/// What tells the alert about a number from those about accounts.
const COUNTED: &str = "counted";

/// Somebody is seen in a group in which everybody was in: known, or a stranger. `came` if they have just
/// come in.
///
/// # Errors
/// When the database is away.
pub async fn watch(
    turn: &mut Turn<'_>,
    household: &Household,
    members: &[Member],
    account: AccountId,
    came: bool,
    is_staff: bool,
) -> Done {
    let identity = household::identify(&mut turn.tx, household, members, account).await?;
    if is_staff || !identity.stranger {
        if came {
            recount(turn, household, 1).await?;
        }
        return Ok(());
    }
    find(turn, household, members, account, !came, &[]).await
}

/// Staff say of an account that it is not of the household: while it is in the chat it is a stranger.
///
/// # Errors
/// When the database is away.
pub async fn refused(turn: &mut Turn<'_>, household: &Household, account: AccountId) -> Done {
    let Some(chat) = household.chat_id else { return Ok(()) };
    let private = household.channel == Channel::Private;
    if !private && !household::store::is_in(&mut turn.tx, chat, account).await? {
        return Ok(());
    }
    let marks: &[&str] = if private { &["refused", "private"] } else { &["refused"] };
    let members = household::store::members(&mut turn.tx, household.id).await?;
    find(turn, household, &members, account, true, marks).await
}

/// A stranger is found: the chat is held, and the worker is told once.
async fn find(
    turn: &mut Turn<'_>,
    household: &Household,
    members: &[Member],
    account: AccountId,
    ours: bool,
    marks: &[&str],
) -> Done {
    if store::open_stranger(&mut turn.tx, household.id, account).await?.is_some() {
        return Ok(());
    }
    let now = turn.now();
    let row = store::put_stranger(&mut turn.tx, household.id, account, ours, now).await?;
    let account = directory::account(&mut turn.tx, account).await?;
    let mut subject = household::subject(household, members, None, now);
    subject.marks = marks.iter().map(|mark| (*mark).to_owned()).collect();
    subject.account = Some(account.name);
    subject.members = members.iter().map(|member| (member.n, member.name.clone())).collect();
    let about = account.telegram_id.to_string();
    let alert =
        household::raise(turn, household, None, Kind::Stranger, subject, &about, Who::Unknown)
            .await?;
    store::set_alert(&mut turn.tx, row, alert).await?;
    hold(turn, household).await?;
    count(turn, household).await
}

// ---- Holding ----

/// Holds a household's chat: from now on nothing personal is sent there. Those in the group are told
/// so, neutrally, once.
async fn hold(turn: &mut Turn<'_>, household: &Household) -> Done {
    let Some(chat) = household.chat_id else { return Ok(()) };
    let now = turn.now();
    if directory::hold_chat(&mut turn.tx, chat, now).await? {
        note(turn, Who::System, "chat.hold", household).await?;
        if household.channel == Channel::Group {
            let phrase = say("chat-held").with("number", &turn.settings().emergency.number);
            household::tell(turn, household, Telling::answer(phrase).neutral()).await?;
        }
    }
    if matches!(household.state, State::Binding | State::Active) {
        let mut household = household.clone();
        household::pass_to(turn, &mut household, State::Held, Some("stranger"), Who::System)
            .await?;
    }
    Ok(())
}

/// Frees a household's chat if nobody strange is left there: the household is what it was before, and
/// what waited goes, in order.
async fn free(turn: &mut Turn<'_>, household: i64, who: Who) -> Done {
    let mut household = household::store::get(&mut turn.tx, household).await?;
    let Some(chat) = household.chat_id else { return Ok(()) };
    let open = store::open_strangers(&mut turn.tx, household.id).await?;
    if !open.is_empty() || unexplained(&household, &open) > 0 {
        return Ok(());
    }
    if !directory::free_chat(&mut turn.tx, chat).await? {
        return Ok(());
    }
    note(turn, who, "chat.free", &household).await?;
    turn.touch(household.id);
    if household.state == State::Held {
        let was = store::state_before_hold(&mut turn.tx, household.id).await?;
        let was = was.unwrap_or(State::Active);
        household::pass_to(turn, &mut household, was, Some("no stranger"), who).await?;
        activate(turn, household.id).await?;
    }
    Ok(())
}

/// A household is asked again after it was muted: held if somebody strange is in its chat now, else what
/// it was before them.
///
/// # Errors
/// When the database is away.
pub async fn after_muting(turn: &mut Turn<'_>, household: i64) -> Done {
    let mut household = household::store::get(&mut turn.tx, household).await?;
    let open = store::open_strangers(&mut turn.tx, household.id).await?;
    let strange = !open.is_empty() || unexplained(&household, &open) > 0;
    match household.state {
        State::Binding | State::Active if strange => {
            let (held, why) = (State::Held, Some("stranger"));
            household::pass_to(turn, &mut household, held, why, Who::System).await?;
        }
        State::Held if !strange => {
            let was = store::state_before_hold(&mut turn.tx, household.id).await?;
            let (was, why) = (was.unwrap_or(State::Active), Some("no stranger"));
            household::pass_to(turn, &mut household, was, why, Who::System).await?;
        }
        _ => {}
    }
    activate(turn, household.id).await
}

/// How many more are in the group than belong there or are known as strangers.
fn unexplained(household: &Household, open: &[Stranger]) -> i64 {
    let Some((counted, ours)) = household.counted.zip(household.member_count) else { return 0 };
    let newcomers = open.iter().filter(|stranger| !stranger.ours).count();
    counted - ours - i64::try_from(newcomers).unwrap_or(0)
}

// ---- Counting ----

/// Asks how many are in a group in which everybody was in.
///
/// # Errors
/// When the database is away.
pub async fn count(turn: &mut Turn<'_>, household: &Household) -> Done {
    let Some(chat) = household.chat_id.filter(|_| household.is_settled()) else { return Ok(()) };
    let language = household::language(turn.ground, household);
    let ask = Letter::act(chat, &language, Outgoing::AskCount).about(household.id);
    turn.post(ask).await?;
    Ok(())
}

/// So many are in the group. The first count after [Everybody is in] is the one that later ones are held
/// against.
///
/// # Errors
/// When the database is away.
pub async fn counted(turn: &mut Turn<'_>, household: &Household, count: i64) -> Done {
    if !household.is_settled() {
        return Ok(());
    }
    let open = store::open_strangers(&mut turn.tx, household.id).await?;
    if household.member_count.is_none() {
        let strangers = i64::try_from(open.len()).unwrap_or(0);
        household::store::set_count(&mut turn.tx, household.id, count - strangers).await?;
        return Ok(store::mark_as_not_ours(&mut turn.tx, household.id).await?);
    }
    store::set_counted(&mut turn.tx, household.id, count).await?;
    let household = household::store::get(&mut turn.tx, household.id).await?;
    if unexplained(&household, &open) > 0 {
        return too_many(turn, &household).await;
    }
    let (kind, id) = (Kind::Stranger, household.id);
    escalation::resolve_matter(turn, kind, id, None, COUNTED, Who::System, "left").await?;
    free(turn, household.id, Who::System).await
}

/// More are in the group than belong there, and nobody has seen who they are.
async fn too_many(turn: &mut Turn<'_>, household: &Household) -> Done {
    let open = escalation::open_of(&mut turn.tx, household.id).await?;
    let known = |alert: &Alert| alert.kind == Kind::Stranger && alert.has_mark(COUNTED);
    if !open.iter().any(known) {
        let members = household::store::members(&mut turn.tx, household.id).await?;
        let mut subject = household::subject(household, &members, None, turn.now());
        subject.marks = vec![COUNTED.to_owned()];
        let kind = Kind::Stranger;
        household::raise(turn, household, None, kind, subject, COUNTED, Who::System).await?;
    }
    hold(turn, household).await
}

/// Somebody who belongs to the chat has come or gone: so many more or fewer belong there.
pub(super) async fn recount(turn: &mut Turn<'_>, household: &Household, by: i64) -> Done {
    Ok(store::change_count(&mut turn.tx, household.id, by).await?)
}

/// An account has left a group. Says whether it was a stranger.
///
/// # Errors
/// When the database is away.
pub async fn left(turn: &mut Turn<'_>, household: &Household, account: AccountId) -> Done<bool> {
    let open = store::open_stranger(&mut turn.tx, household.id, account).await?;
    let Some(stranger) = open else { return Ok(false) };
    if stranger.ours {
        recount(turn, household, -1).await?;
    }
    settle(turn, &stranger, "left", Who::System).await?;
    count(turn, household).await?;
    free(turn, household.id, Who::System).await?;
    Ok(true)
}

async fn settle(turn: &mut Turn<'_>, stranger: &Stranger, reason: &str, who: Who) -> Done {
    let now = turn.now();
    store::settle_stranger(&mut turn.tx, stranger.id, now).await?;
    let Some(alert) = stranger.alert_id else { return Ok(()) };
    let alert = escalation::found(turn, alert).await?;
    escalation::resolve(turn, alert, who, reason).await
}

/// A household gets another chat: who was strange in the old one is nobody's matter any more, and
/// nothing that was written for anybody is shown in a chat that is not theirs.
///
/// # Errors
/// When the database is away.
pub async fn moves(turn: &mut Turn<'_>, household: &Household, new: ChatId) -> Done {
    let now = turn.now();
    if let Some(old) = household.chat_id {
        outbox::withdraw_guarded(turn, old).await?;
        directory::hold_chat(&mut turn.tx, old, now).await?;
    }
    for stranger in store::open_strangers(&mut turn.tx, household.id).await? {
        settle(turn, &stranger, "moved", Who::System).await?;
    }
    let (kind, id) = (Kind::Stranger, household.id);
    escalation::resolve_matter(turn, kind, id, None, COUNTED, Who::System, "moved").await?;
    outbox::withdraw_guarded(turn, new).await?;
    directory::free_chat(&mut turn.tx, new).await?;
    Ok(())
}

// ---- What the worker does ----

/// [Ours]: a stranger is a member of the household.
///
/// # Errors
/// Refused when it is over.
pub async fn ours(
    turn: &mut Turn<'_>,
    household: &Household,
    alert: &Alert,
    n: i64,
    who: Who,
) -> Done<Member> {
    let stranger = open(turn, alert).await?;
    let members = household::store::members(&mut turn.tx, household.id).await?;
    let member = members.into_iter().find(|member| member.n == n);
    let member = member.ok_or_else(|| say("already-closed"))?;
    let (id, now) = (household.id, turn.now());
    store::forget_refusals(&mut turn.tx, id, stranger.account_id).await?;
    household::store::put_claim(&mut turn.tx, id, stranger.account_id, member.id, now).await?;
    if !stranger.ours {
        recount(turn, household, 1).await?;
    }
    note(turn, who, "stranger.ours", household).await?;
    settle(turn, &stranger, "ours", who).await?;
    turn.touch(id);
    free(turn, id, who).await?;
    Ok(member)
}

/// [Remove]: a stranger is put out of the group. It is done when the platform has done it.
///
/// # Errors
/// Refused when it is over, or under way.
pub async fn remove(turn: &mut Turn<'_>, household: &Household, alert: &Alert, by: &Staff) -> Done {
    let stranger = open(turn, alert).await?;
    let group = household.channel == Channel::Group && stranger.remove_letter.is_none();
    let Some(chat) = household.chat_id.filter(|_| group) else {
        return Err(say("already-closed").into());
    };
    let account = directory::account(&mut turn.tx, stranger.account_id).await?;
    let language = household::language(turn.ground, household);
    let out = Outgoing::Remove { person: account.telegram_id };
    let letter = turn.post(Letter::act(chat, &language, out).about(household.id)).await?;
    store::set_removal(&mut turn.tx, stranger.id, Some((letter, by.id))).await?;
    note(turn, Who::Staff(by.id), "stranger.remove", household).await
}

/// All who were counted belong to the household, says whoever has looked.
///
/// # Errors
/// Refused when it is over.
pub async fn accept(turn: &mut Turn<'_>, household: &Household, alert: &Alert, who: Who) -> Done {
    if !alert.is_open() || alert.kind != Kind::Stranger || !alert.has_mark(COUNTED) {
        return Err(say("already-closed").into());
    }
    let open = store::open_strangers(&mut turn.tx, household.id).await?;
    recount(turn, household, unexplained(household, &open).max(0)).await?;
    note(turn, who, "stranger.accept", household).await?;
    escalation::resolve(turn, alert.clone(), who, "ours").await?;
    free(turn, household.id, who).await
}

async fn open(turn: &mut Turn<'_>, alert: &Alert) -> Done<Stranger> {
    let found = store::stranger_of(&mut turn.tx, alert.id).await?;
    found.ok_or_else(|| say("already-closed").into())
}

// ---- What came of a removal ----

/// The platform has put somebody out: they may come back if somebody of the household invites them.
///
/// # Errors
/// When the database is away.
pub async fn removed(turn: &mut Turn<'_>, household: &Household, letter: LetterId) -> Done {
    let Some(stranger) = store::removed_by(&mut turn.tx, letter).await? else { return Ok(()) };
    let Some(chat) = household.chat_id else { return Ok(()) };
    let account = directory::account(&mut turn.tx, stranger.account_id).await?;
    let language = household::language(turn.ground, household);
    let back = Outgoing::Readmit { person: account.telegram_id };
    turn.post(Letter::act(chat, &language, back).about(household.id)).await?;
    if stranger.settled_at.is_some() {
        return Ok(());
    }
    let now = turn.now();
    household::store::leave(&mut turn.tx, chat, stranger.account_id, now).await?;
    left(turn, household, stranger.account_id).await?;
    Ok(())
}

/// The platform has not put somebody out: whoever wanted it is told, and the alert stays. Says whether
/// the letter was such a one.
///
/// # Errors
/// When the database is away.
pub async fn not_removed(turn: &mut Turn<'_>, letter: LetterId, why: &str) -> Done<bool> {
    let Some(stranger) = store::removed_by(&mut turn.tx, letter).await? else { return Ok(false) };
    store::set_removal(&mut turn.tx, stranger.id, None).await?;
    let Some(by) = stranger.removed_by else { return Ok(true) };
    let household = household::store::get(&mut turn.tx, stranger.household_id).await?;
    let account = directory::account(&mut turn.tx, stranger.account_id).await?;
    let phrase =
        not_removed_because(why).with("door", household.door()).with("account", &account.name);
    super::chat::tell_staff(turn, &household, by, phrase).await?;
    Ok(true)
}

/// Why somebody could not be put out, in words, by what the platform says.
fn not_removed_because(why: &str) -> Phrase {
    if why.contains("administrator") || why.contains("owner") {
        say("stranger-not-removed-administrator")
    } else {
        say("stranger-not-removed-rights")
    }
}
