//! Health checks: they fall due, are reported, go overdue. A reading is written down once and kept in
//! every version; a fever raises danger in the same Turn.

use std::time::Duration;

use crate::base::chat::{AccountId, ChatId};
use crate::base::clock::Timestamp;
use crate::base::setting;
use crate::base::store::Tx;
use crate::base::turn::{Done, Turn};
use crate::desk::escalation;
use crate::desk::escalation::alert::Kind;
use crate::desk::household;
use crate::desk::household::file::{Channel, Household, Member, State};
use crate::desk::reference::StaffId;
use crate::desk::who::Who;

pub mod card;
pub mod chat;
pub mod check;
pub mod entry;
mod excuse;
pub mod keypad;
pub mod lexicons;
pub mod mute;
pub mod question;
pub mod reading;
mod retract;
pub mod slot;
pub(crate) mod store;
pub mod story;

use check::{CheckState, Via, is_fever};
use reading::{Celsius, Reading, Site, Symptom};
use slot::{Opening, Slot, Stage};

pub use excuse::{excuse, unexcuse};
pub use retract::retract;
pub use slot::first_look;

/// How long before the end the worker is told what happens next (rules: last day).
const FORETOLD: chrono::Days = chrono::Days::new(2);

// ---- What falls due ----

/// The checks of a household that has just been bound fall due from its next slot on.
///
/// # Errors
/// When the database is away.
pub async fn begin(turn: &mut Turn<'_>, household: &Household) -> Done {
    let next = next_opening(turn, household, turn.now());
    let due = next.map(|opening| opening.at);
    household::store::set_due(&mut turn.tx, household.id, due).await?;
    resolve_never_reached(turn, household).await
}

pub(crate) async fn resolve_never_reached(turn: &mut Turn<'_>, household: &Household) -> Done {
    let (kind, id) = (Kind::NeverReached, household.id);
    escalation::resolve_matter(turn, kind, id, None, "", Who::System, "bound").await
}

fn next_opening(turn: &Turn<'_>, household: &Household, from: Timestamp) -> Option<Opening> {
    let period = (household.start_on, household.ends_on());
    slot::next_opening(household.zone(), &turn.settings().checks, period, from)
}

/// A household's time has come: its next slot opens, or it counts as never reached.
///
/// # Errors
/// When the database is away.
pub async fn household_due(turn: &mut Turn<'_>, household: &Household) -> Done {
    if household.channel == Channel::None {
        household::store::set_due(&mut turn.tx, household.id, None).await?;
        if household.state == State::Muted {
            return Ok(());
        }
        let kind = Kind::NeverReached;
        household::raise_whole(turn, household, kind, &[], Who::System).await?;
        return Ok(());
    }
    turn.touch(household.id);
    open_slots(turn, household).await
}

/// The latest slot of the household's period that had opened at an instant; those of an earlier
/// period are over.
async fn current_slot(
    turn: &mut Turn<'_>,
    household: &Household,
    at: Timestamp,
) -> Done<Option<Slot>> {
    let latest = store::slot_at(&mut turn.tx, household.id, at).await?;
    Ok(latest.filter(|slot| slot.slot_on >= household.start_on))
}

/// Opens the slot that is due. Slots that came and went while we were away are written down as such
/// and nobody is asked about them (rules: after downtime).
async fn open_slots(turn: &mut Turn<'_>, household: &Household) -> Done {
    let now = turn.now();
    let last = current_slot(turn, household, now).await?;
    let from = last.map_or(household.bound_at, |slot| Some(slot.opens_at));
    let mut from = from.unwrap_or(now).plus(Duration::from_millis(1));
    while let Some(opening) = next_opening(turn, household, from) {
        if opening.at > now {
            return Ok(
                household::store::set_due(&mut turn.tx, household.id, Some(opening.at)).await?
            );
        }
        open_slot(turn, household, &opening).await?;
        from = opening.at.plus(Duration::from_millis(1));
    }
    household::store::set_due(&mut turn.tx, household.id, None).await?;
    household::release::announce(turn, household).await
}

async fn open_slot(turn: &mut Turn<'_>, household: &Household, opening: &Opening) -> Done {
    let rules = &turn.settings().checks;
    let missed = opening.at.plus(rules.overdue_after) <= turn.now();
    let silent = missed || !household.state.is_followed();
    let (reached, due) = if silent {
        (Stage::Done, None)
    } else {
        (Stage::Opened, Some(next_stage_at(turn, household.id, opening.at, Stage::Opened).await?))
    };
    let opened = store::open_slot(&mut turn.tx, household.id, opening, reached, due).await?;
    let Some(slot) = opened else { return Ok(()) };
    let members = household::store::members(&mut turn.tx, household.id).await?;
    for member in &members {
        let state = match (missed, is_muted(household, member)) {
            (_, true) => CheckState::Excused,
            (true, false) => CheckState::SystemDown,
            (false, false) => CheckState::Open,
        };
        store::open_check(&mut turn.tx, slot, household.id, member.id, state).await?;
    }
    turn.touch(household.id);
    if household.channel == Channel::Phone && !silent {
        let asked: Vec<Member> =
            members.iter().filter(|member| !member.is_muted()).cloned().collect();
        raise_call_lines(turn, household, &members, &asked).await?;
    }
    if opening.no == 1 && opening.on + FORETOLD == household.ends_on() {
        household::release::foretell(turn, household).await?;
    }
    Ok(())
}

fn is_muted(household: &Household, member: &Member) -> bool {
    household.state == State::Muted || member.is_muted()
}

/// When the stage after this one is reached; overdue and nudge get grace after downtime.
async fn next_stage_at(
    turn: &mut Turn<'_>,
    household: i64,
    opened: Timestamp,
    stage: Stage,
) -> Done<Timestamp> {
    let checks = &turn.settings().checks;
    let after = stage.next(household, checks).map_or(Duration::ZERO, |(_, after)| after);
    let at = opened.plus(after);
    if stage == Stage::Opened {
        return Ok(at);
    }
    let grace = setting::read(&mut turn.tx, setting::GRACE_UNTIL).await?.unwrap_or(0);
    Ok(at.max(Timestamp::from_millis(grace)))
}

/// A household without a channel is looked at again when it counts as never reached.
///
/// # Errors
/// When the database is away.
pub async fn await_opening(turn: &mut Turn<'_>, household: &Household) -> Done {
    let checks = &turn.settings().checks;
    let due = slot::first_look(household.zone(), household.start_on, turn.now(), checks);
    Ok(household::store::set_due(&mut turn.tx, household.id, Some(due)).await?)
}

/// A slot moves on: reminder, nudge, overdue.
///
/// # Errors
/// When the database is away.
pub async fn slot_due(turn: &mut Turn<'_>, id: i64) -> Done {
    let Some(slot) = store::slot(&mut turn.tx, id).await? else { return Ok(()) };
    let household = household::store::get(&mut turn.tx, slot.household_id).await?;
    let missing = missing(turn, &household, slot.id).await?;
    let next = slot.stage.next(household.id, &turn.settings().checks);
    let Some((stage, _)) = next.filter(|_| !missing.is_empty() && household.state.is_followed())
    else {
        return Ok(store::move_slot(&mut turn.tx, id, Stage::Done, None).await?);
    };
    let due = match stage {
        Stage::Overdue => None,
        _ => Some(next_stage_at(turn, household.id, slot.opens_at, stage).await?),
    };
    store::move_slot(&mut turn.tx, id, stage, due).await?;
    match stage {
        Stage::Reminded => chat::remind(turn, &household, &slot, &missing).await,
        Stage::Nudged => chat::nudge(turn, &household, &slot, &missing).await,
        _ => go_overdue(turn, &household, &slot, &missing).await,
    }
}

/// The members whose report for a slot is missing.
async fn missing(turn: &mut Turn<'_>, household: &Household, slot: i64) -> Done<Vec<Member>> {
    let members = household::store::members(&mut turn.tx, household.id).await?;
    let checks = store::checks_of_slot(&mut turn.tx, slot).await?;
    let is_missing = |member: &Member| {
        checks.iter().any(|check| check.member_id == member.id && check.state.is_missing())
    };
    Ok(members.into_iter().filter(is_missing).collect())
}

async fn go_overdue(
    turn: &mut Turn<'_>,
    household: &Household,
    slot: &Slot,
    missing: &[Member],
) -> Done {
    for member in missing {
        store::set_check(&mut turn.tx, slot.id, member.id, CheckState::Overdue).await?;
    }
    turn.touch(household.id);
    if household.channel == Channel::Phone {
        return Ok(());
    }
    chat::nudge_again(turn, household, slot, missing).await?;
    let members = household::store::members(&mut turn.tx, household.id).await?;
    raise_call_lines(turn, household, &members, missing).await
}

/// Puts members on the worker's list.
async fn raise_call_lines(
    turn: &mut Turn<'_>,
    household: &Household,
    members: &[Member],
    missing: &[Member],
) -> Done {
    for member in missing {
        let mut subject = household::subject(household, members, Some(member), turn.now());
        subject.slots = 1;
        let (id, kind) = (Some(member.id), Kind::Overdue);
        household::raise(turn, household, id, kind, subject, "", Who::System).await?;
    }
    Ok(())
}

/// A question about a value at fever height was not answered in time: danger, marked unconfirmed
/// (rules: fever).
///
/// # Errors
/// When the database is away.
pub async fn question_due(turn: &mut Turn<'_>, id: i64) -> Done {
    let Some(question) = store::question(&mut turn.tx, id).await? else { return Ok(()) };
    let now = turn.now();
    store::settle_question(&mut turn.tx, id, now).await?;
    let household = household::store::get(&mut turn.tx, question.household_id).await?;
    let members = household::store::members(&mut turn.tx, household.id).await?;
    let member = members.iter().find(|member| Some(member.id) == question.member_id);
    let danger = Danger {
        tenths: question.tenths,
        before: None,
        symptoms: question.symptoms.as_deref().map(read_symptoms).unwrap_or_default(),
        marks: vec!["unconfirmed"],
    };
    raise_danger(turn, &household, &members, member, danger, Who::System).await?;
    chat::tell_danger(turn, &household, question.tenths, None).await
}

// ---- Readings ----

/// A reading about to be written down.
#[derive(Clone, Debug)]
pub struct Entry<'e> {
    /// Whose it is.
    pub member: &'e Member,
    /// What was read.
    pub celsius: Celsius,
    /// Where it was measured.
    pub site: Option<Site>,
    /// Symptoms told with it.
    pub symptoms: Option<Vec<Symptom>>,
    /// When it was said.
    pub said_at: Timestamp,
    /// How it came.
    pub via: Via,
    /// The chat it was said in.
    pub chat: Option<ChatId>,
    /// The message it was said in.
    pub message: Option<i64>,
    /// The account that said it.
    pub account: Option<AccountId>,
    /// The person of the staff who entered it.
    pub staff: Option<StaffId>,
    /// Who said it, for timelines.
    pub who: Who,
    /// The report that it replaces.
    pub replaces: Option<i64>,
}

impl<'e> Entry<'e> {
    /// An entry of a reading for a member.
    #[must_use]
    pub fn of(
        member: &'e Member,
        reading: &Reading,
        said_at: Timestamp,
        via: Via,
        who: Who,
    ) -> Self {
        Self {
            member,
            celsius: reading.celsius,
            site: reading.site,
            symptoms: reading.symptoms.clone(),
            said_at,
            via,
            chat: None,
            message: None,
            account: None,
            staff: None,
            who,
            replaces: None,
        }
    }
}

/// Writes a reading down: the report, the check it answers, the alert it resolves, and the danger if
/// it is a fever. Says whether it is one.
///
/// # Errors
/// When the database is away.
pub async fn record(
    turn: &mut Turn<'_>,
    household: &Household,
    members: &[Member],
    entry: &Entry<'_>,
) -> Done<bool> {
    let before = store::latest_of_member(&mut turn.tx, entry.member.id).await?;
    let before = before.map(|report| report.tenths);
    let rev = supersede(turn, entry).await?;
    open_what_is_due(turn, household).await?;
    let slot = current_slot(turn, household, entry.said_at).await?;
    let report = new_report(turn, household, entry, slot.as_ref(), rev);
    store::insert_report(&mut turn.tx, &report).await?;
    if let Some(slot) = &slot {
        answer_check(turn, household, slot, entry.member.id).await?;
    }
    turn.touch(household.id);
    let (kind, member) = (Kind::Overdue, Some(entry.member.id));
    escalation::resolve_matter(turn, kind, household.id, member, "", entry.who, "reported").await?;
    if is_fever(entry.celsius, entry.site, &turn.settings().fever) {
        raise_fever(turn, household, members, entry, before).await?;
        return Ok(true);
    }
    let later = escalation::Later {
        tenths: i64::from(entry.celsius.tenths()),
        corrects: rev > 1,
        who: entry.who,
    };
    escalation::add_reading(turn, household.id, entry.member.id, &later).await?;
    Ok(false)
}

/// A reading may be heard in the moment in which its slot opens, before the clock was: the slot is
/// opened first, so that the reading finds it.
async fn open_what_is_due(turn: &mut Turn<'_>, household: &Household) -> Done {
    let due = household::store::due_at(&mut turn.tx, household.id).await?;
    if household.channel != Channel::None && due.is_some_and(|at| at <= turn.now()) {
        open_slots(turn, household).await?;
    }
    Ok(())
}

/// Marks what the entry replaces as superseded; its version is one higher.
async fn supersede(turn: &mut Turn<'_>, entry: &Entry<'_>) -> Done<i64> {
    let now = turn.now();
    let mut rev = 1;
    if let Some((chat, message)) = entry.chat.zip(entry.message) {
        for old in store::reports_of_message(&mut turn.tx, chat, message).await? {
            if old.member_id == entry.member.id {
                store::supersede(&mut turn.tx, old.id, now).await?;
                rev = rev.max(old.rev + 1);
            }
        }
    }
    if let Some(replaced) = entry.replaces {
        store::supersede(&mut turn.tx, replaced, now).await?;
        rev = rev.max(store::rev_of(&mut turn.tx, replaced).await? + 1);
    }
    Ok(rev)
}

fn new_report(
    turn: &Turn<'_>,
    household: &Household,
    entry: &Entry<'_>,
    slot: Option<&Slot>,
    rev: i64,
) -> store::NewReport {
    store::NewReport {
        household: household.id,
        member: entry.member.id,
        slot: slot.map(|slot| slot.id),
        bot: turn.bot,
        chat: entry.chat,
        message: entry.message,
        rev,
        tenths: i64::from(entry.celsius.tenths()),
        site: entry.site.map(|site| site.to_string()),
        symptoms: entry.symptoms.as_deref().map(write_symptoms),
        said_at: entry.said_at,
        now: turn.now(),
        via: entry.via,
        account: entry.account,
        staff: entry.staff,
    }
}

async fn answer_check(
    turn: &mut Turn<'_>,
    household: &Household,
    slot: &Slot,
    member: i64,
) -> Done {
    let checks = store::checks_of_slot(&mut turn.tx, slot.id).await?;
    let Some(mine) = checks.iter().find(|check| check.member_id == member) else { return Ok(()) };
    store::set_check(&mut turn.tx, slot.id, member, mine.state.reported()).await?;
    let waiting = checks.iter().any(|check| check.member_id != member && check.state.is_missing());
    if !waiting {
        if slot.due_at.is_some() {
            store::move_slot(&mut turn.tx, slot.id, Stage::Done, None).await?;
        }
        crate::base::outbox::withdraw_reminders(turn, household.id).await?;
    }
    Ok(())
}

async fn raise_fever(
    turn: &mut Turn<'_>,
    household: &Household,
    members: &[Member],
    entry: &Entry<'_>,
    before: Option<i64>,
) -> Done {
    let marks = if entry.who == Who::Unknown { vec!["unknown_sender"] } else { Vec::new() };
    let danger = Danger {
        tenths: Some(i64::from(entry.celsius.tenths())),
        before,
        symptoms: entry.symptoms.iter().flatten().map(ToString::to_string).collect(),
        marks,
    };
    raise_danger(turn, household, members, Some(entry.member), danger, entry.who).await
}

/// What a danger is raised with.
#[derive(Clone, Debug, Default)]
pub struct Danger {
    /// The temperature in tenths of a degree Celsius.
    pub tenths: Option<i64>,
    /// The one before it.
    pub before: Option<i64>,
    /// Symptoms by code.
    pub symptoms: Vec<String>,
    /// Marks of the alert's subject.
    pub marks: Vec<&'static str>,
}

/// Raises a danger for a member, or for the household when nobody knows whose it is.
///
/// # Errors
/// When the database is away.
pub async fn raise_danger(
    turn: &mut Turn<'_>,
    household: &Household,
    members: &[Member],
    member: Option<&Member>,
    danger: Danger,
    who: Who,
) -> Done {
    let mut subject = household::subject(household, members, member, turn.now());
    subject.tenths = danger.tenths;
    subject.before_tenths = danger.before;
    subject.symptoms = danger.symptoms;
    subject.marks = danger.marks.iter().map(|mark| (*mark).to_owned()).collect();
    let id = member.map(|member| member.id);
    household::raise(turn, household, id, Kind::Danger, subject, "", who).await?;
    Ok(())
}

/// What stands in the way of release: the last slot of the last day lacks a report.
///
/// # Errors
/// When the database is away.
pub async fn lacks_last_report(
    tx: &mut Tx<'_>,
    household: &Household,
    slots_a_day: usize,
) -> sqlx::Result<bool> {
    let last = store::last_slot_of(tx, household.id, household.ends_on()).await?;
    let wanted = i64::try_from(slots_a_day).unwrap_or(i64::MAX);
    let Some(last) = last.filter(|slot| slot.slot_no >= wanted) else { return Ok(true) };
    let checks = store::checks_of_slot(tx, last.id).await?;
    Ok(checks.iter().any(|check| {
        !matches!(
            check.state,
            CheckState::Reported | CheckState::ReportedLate | CheckState::Excused
        )
    }))
}

/// After downtime: what was due meanwhile gets grace, so that reports that waited at the platform are
/// heard before anybody is called late (rules: after downtime).
///
/// # Errors
/// When the database is away.
pub async fn wake_after(
    tx: &mut Tx<'_>,
    downtime: Duration,
    overdue_after: Duration,
    now: Timestamp,
) -> sqlx::Result<()> {
    const LONGEST_GRACE: Duration = Duration::from_hours(1);
    let until = now.plus(downtime.min(LONGEST_GRACE));
    setting::write(tx, setting::GRACE_UNTIL, until.millis()).await?;
    store::end_outrun_slots(tx, now, overdue_after).await?;
    store::give_grace(tx, now, until).await
}

pub(crate) fn write_symptoms(symptoms: &[Symptom]) -> String {
    symptoms.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

pub(crate) fn read_symptoms(stored: &str) -> Vec<String> {
    stored.split(',').filter(|code| !code.is_empty()).map(ToOwned::to_owned).collect()
}
