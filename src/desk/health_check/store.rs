//! The rows of slots, checks, reports and questions.

use std::time::Duration;

use chrono::NaiveDate;

use super::check::{Check, CheckState, Via};
use super::slot::{Opening, Slot, Stage};
use crate::base::chat::{AccountId, ChatId, LetterId};
use crate::base::clock::{Timestamp, millis};
use crate::base::store::{Tx, execute, on};
use crate::desk::reference::StaffId;

pub(crate) async fn slot(tx: &mut Tx<'_>, id: i64) -> sqlx::Result<Option<Slot>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, household_id, slot_on, slot_no, opens_at, stage, due_at FROM slot WHERE id = $1")
        .bind(id).fetch_optional(c).await)
}

/// The latest slot of a household that had opened at an instant.
pub(crate) async fn slot_at(
    tx: &mut Tx<'_>,
    household: i64,
    at: Timestamp,
) -> sqlx::Result<Option<Slot>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, household_id, slot_on, slot_no, opens_at, stage, due_at FROM slot
         WHERE household_id = $1 AND opens_at <= $2 ORDER BY opens_at DESC LIMIT 1")
        .bind(household).bind(at).fetch_optional(c).await)
}

/// Opens a slot; `None` if it is open already.
pub(crate) async fn open_slot(
    tx: &mut Tx<'_>,
    household: i64,
    opening: &Opening,
    stage: Stage,
    due_at: Option<Timestamp>,
) -> sqlx::Result<Option<i64>> {
    on!(tx, c => sqlx::query_scalar(
        "INSERT INTO slot (household_id, slot_on, slot_no, opens_at, stage, due_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (household_id, slot_on, slot_no) DO NOTHING RETURNING id")
        .bind(household).bind(opening.on).bind(opening.no).bind(opening.at).bind(stage)
        .bind(due_at).fetch_optional(c).await)
}

pub(crate) async fn open_check(
    tx: &mut Tx<'_>,
    slot: i64,
    household: i64,
    member: i64,
    state: CheckState,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO health_check (slot_id, household_id, member_id, state)
         VALUES ($1, $2, $3, $4) ON CONFLICT (slot_id, member_id) DO NOTHING"
        )
        .bind(slot)
        .bind(household)
        .bind(member)
        .bind(state)
    )
    .map(|_| ())
}

pub(crate) async fn move_slot(
    tx: &mut Tx<'_>,
    slot: i64,
    stage: Stage,
    due_at: Option<Timestamp>,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE slot SET stage = $1, due_at = $2 WHERE id = $3")
            .bind(stage)
            .bind(due_at)
            .bind(slot)
    )
    .map(|_| ())
}

/// The columns of [`Check`].
macro_rules! check_where {
    ($condition:literal) => {
        concat!(
            "SELECT h.id, h.slot_id, h.member_id, h.state, s.slot_on, s.slot_no, s.opens_at ",
            "FROM health_check h JOIN slot s ON s.id = h.slot_id WHERE ",
            $condition
        )
    };
}

pub(crate) async fn checks_of_slot(tx: &mut Tx<'_>, slot: i64) -> sqlx::Result<Vec<Check>> {
    on!(tx, c => sqlx::query_as(check_where!("h.slot_id = $1 ORDER BY h.id"))
        .bind(slot).fetch_all(c).await)
}

pub(crate) async fn checks_of_household(
    tx: &mut Tx<'_>,
    household: i64,
) -> sqlx::Result<Vec<Check>> {
    on!(tx, c => sqlx::query_as(check_where!("h.household_id = $1 ORDER BY s.opens_at, h.id"))
        .bind(household).fetch_all(c).await)
}

pub(crate) async fn set_check(
    tx: &mut Tx<'_>,
    slot: i64,
    member: i64,
    state: CheckState,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE health_check SET state = $1 WHERE slot_id = $2 AND member_id = $3")
            .bind(state)
            .bind(slot)
            .bind(member)
    )
    .map(|_| ())
}

/// What a reading is written down with.
#[derive(Clone, Debug)]
pub(crate) struct NewReport {
    pub household: i64,
    pub member: i64,
    pub slot: Option<i64>,
    pub bot: i64,
    pub chat: Option<ChatId>,
    pub message: Option<i64>,
    pub rev: i64,
    pub tenths: i64,
    pub site: Option<String>,
    pub symptoms: Option<String>,
    pub said_at: Timestamp,
    pub now: Timestamp,
    pub via: Via,
    pub account: Option<AccountId>,
    pub staff: Option<StaffId>,
}

pub(crate) async fn insert_report(tx: &mut Tx<'_>, new: &NewReport) -> sqlx::Result<i64> {
    on!(tx, c => sqlx::query_scalar(
        "INSERT INTO report (household_id, member_id, slot_id, bot_id, chat_id, message_id, rev,
             tenths, site, symptoms, said_at, recorded_at, via, account_id, staff_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id")
        .bind(new.household).bind(new.member).bind(new.slot).bind(new.bot).bind(new.chat)
        .bind(new.message).bind(new.rev).bind(new.tenths).bind(&new.site).bind(&new.symptoms)
        .bind(new.said_at).bind(new.now).bind(new.via).bind(new.account).bind(new.staff)
        .fetch_one(c).await)
}

/// A report as it was written down.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Report {
    pub id: i64,
    pub member_id: i64,
    pub slot_id: Option<i64>,
    pub chat_id: Option<ChatId>,
    pub message_id: Option<i64>,
    pub rev: i64,
    pub tenths: i64,
    pub site: Option<String>,
    pub symptoms: Option<String>,
    pub said_at: Timestamp,
    pub via: Via,
    pub account_id: Option<AccountId>,
    pub staff_id: Option<StaffId>,
    pub superseded_at: Option<Timestamp>,
}

/// The columns of [`Report`].
macro_rules! report_where {
    ($condition:literal) => {
        concat!(
            "SELECT id, member_id, slot_id, chat_id, message_id, rev, tenths, site, symptoms, ",
            "said_at, via, account_id, staff_id, superseded_at FROM report WHERE ",
            $condition
        )
    };
}

pub(crate) async fn reports_of_household(
    tx: &mut Tx<'_>,
    household: i64,
) -> sqlx::Result<Vec<Report>> {
    on!(tx, c => sqlx::query_as(report_where!("household_id = $1 ORDER BY said_at, id"))
        .bind(household).fetch_all(c).await)
}

/// The reports of a message that have not been superseded.
pub(crate) async fn reports_of_message(
    tx: &mut Tx<'_>,
    chat: ChatId,
    message: i64,
) -> sqlx::Result<Vec<Report>> {
    on!(tx, c => sqlx::query_as(report_where!(
        "chat_id = $1 AND message_id = $2 AND superseded_at IS NULL ORDER BY id"))
        .bind(chat).bind(message).fetch_all(c).await)
}

/// The latest report of an account in a chat that still counts.
pub(crate) async fn latest_of_account(
    tx: &mut Tx<'_>,
    chat: ChatId,
    account: AccountId,
) -> sqlx::Result<Option<Report>> {
    on!(tx, c => sqlx::query_as(report_where!(
        "chat_id = $1 AND account_id = $2 AND superseded_at IS NULL ORDER BY id DESC LIMIT 1"))
        .bind(chat).bind(account).fetch_optional(c).await)
}

/// The latest report of a member that still counts.
pub(crate) async fn latest_of_member(tx: &mut Tx<'_>, member: i64) -> sqlx::Result<Option<Report>> {
    on!(tx, c => sqlx::query_as(report_where!(
        "member_id = $1 AND superseded_at IS NULL ORDER BY said_at DESC, id DESC LIMIT 1"))
        .bind(member).fetch_optional(c).await)
}

/// The latest report of a member for a slot that still counts.
pub(crate) async fn of_slot(
    tx: &mut Tx<'_>,
    slot: i64,
    member: i64,
) -> sqlx::Result<Option<Report>> {
    on!(tx, c => sqlx::query_as(report_where!(
        "slot_id = $1 AND member_id = $2 AND superseded_at IS NULL
         ORDER BY said_at DESC, id DESC LIMIT 1"))
        .bind(slot).bind(member).fetch_optional(c).await)
}

pub(crate) async fn supersede(tx: &mut Tx<'_>, report: i64, now: Timestamp) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE report SET superseded_at = $1 WHERE id = $2").bind(now).bind(report)
    )
    .map(|_| ())
}

/// A value that waits for an answer.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Question {
    pub id: i64,
    pub household_id: i64,
    pub chat_id: ChatId,
    pub account_id: Option<AccountId>,
    pub message_id: Option<i64>,
    pub member_id: Option<i64>,
    pub tenths: Option<i64>,
    pub symptoms: Option<String>,
    pub said_at: Timestamp,
    pub letter_id: Option<LetterId>,
}

pub(crate) async fn ask(
    tx: &mut Tx<'_>,
    question: &Question,
    due_at: Option<Timestamp>,
) -> sqlx::Result<i64> {
    on!(tx, c => sqlx::query_scalar(
        "INSERT INTO question (household_id, chat_id, account_id, message_id, member_id, tenths,
             symptoms, said_at, letter_id, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id")
        .bind(question.household_id).bind(question.chat_id).bind(question.account_id)
        .bind(question.message_id).bind(question.member_id).bind(question.tenths)
        .bind(&question.symptoms).bind(question.said_at).bind(question.letter_id).bind(due_at)
        .fetch_one(c).await)
}

/// The columns of [`Question`].
macro_rules! question_where {
    ($condition:literal) => {
        concat!(
            "SELECT id, household_id, chat_id, account_id, message_id, member_id, tenths, ",
            "symptoms, said_at, letter_id FROM question WHERE ",
            $condition
        )
    };
}

pub(crate) async fn question(tx: &mut Tx<'_>, id: i64) -> sqlx::Result<Option<Question>> {
    on!(tx, c => sqlx::query_as(question_where!("id = $1 AND settled_at IS NULL"))
        .bind(id).fetch_optional(c).await)
}

/// The open questions of a letter, in the order in which they are asked.
pub(crate) async fn questions_of_letter(
    tx: &mut Tx<'_>,
    letter: LetterId,
) -> sqlx::Result<Vec<Question>> {
    on!(tx, c => sqlx::query_as(question_where!("letter_id = $1 AND settled_at IS NULL ORDER BY id"))
        .bind(letter).fetch_all(c).await)
}

/// The open questions that wait for an account to say who it is.
pub(crate) async fn questions_of_account(
    tx: &mut Tx<'_>,
    chat: ChatId,
    account: AccountId,
) -> sqlx::Result<Vec<Question>> {
    on!(tx, c => sqlx::query_as(question_where!(
        "chat_id = $1 AND account_id = $2 AND letter_id IS NULL AND settled_at IS NULL ORDER BY id"))
        .bind(chat).bind(account).fetch_all(c).await)
}

pub(crate) async fn settle_question(
    tx: &mut Tx<'_>,
    id: i64,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let changed = execute!(tx, sqlx::query(
        "UPDATE question SET settled_at = $1, due_at = NULL WHERE id = $2 AND settled_at IS NULL")
        .bind(now).bind(id))?;
    Ok(changed == 1)
}

/// A question that was asked about a message which has been changed since is settled with it.
pub(crate) async fn settle_questions_of_message(
    tx: &mut Tx<'_>,
    chat: ChatId,
    message: i64,
    now: Timestamp,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE question SET settled_at = $1, due_at = NULL
         WHERE chat_id = $2 AND message_id = $3 AND settled_at IS NULL"
        )
        .bind(now)
        .bind(chat)
        .bind(message)
    )
    .map(|_| ())
}

/// What is due: slots, households and questions, each by its own partial index.
pub(crate) async fn due_slots(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<(i64, Timestamp)>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, due_at FROM slot WHERE due_at IS NOT NULL AND due_at <= $1
         ORDER BY due_at LIMIT $2").bind(now).bind(limit).fetch_all(c).await)
}

pub(crate) async fn due_households(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<(i64, Timestamp)>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, due_at FROM household WHERE due_at IS NOT NULL AND due_at <= $1
         ORDER BY due_at LIMIT $2").bind(now).bind(limit).fetch_all(c).await)
}

pub(crate) async fn due_questions(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<(i64, Timestamp)>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, due_at FROM question WHERE due_at IS NOT NULL AND due_at <= $1
         ORDER BY due_at LIMIT $2").bind(now).bind(limit).fetch_all(c).await)
}

pub(crate) async fn next_slot_due(tx: &mut Tx<'_>) -> sqlx::Result<Option<Timestamp>> {
    on!(tx, c => sqlx::query_scalar("SELECT min(due_at) FROM slot WHERE due_at IS NOT NULL")
        .fetch_one(c).await)
}

pub(crate) async fn next_household_due(tx: &mut Tx<'_>) -> sqlx::Result<Option<Timestamp>> {
    on!(tx, c => sqlx::query_scalar("SELECT min(due_at) FROM household WHERE due_at IS NOT NULL")
        .fetch_one(c).await)
}

pub(crate) async fn next_question_due(tx: &mut Tx<'_>) -> sqlx::Result<Option<Timestamp>> {
    on!(tx, c => sqlx::query_scalar("SELECT min(due_at) FROM question WHERE due_at IS NOT NULL")
        .fetch_one(c).await)
}

/// The last slot of a date that has opened, to see whether it has all its reports.
pub(crate) async fn last_slot_of(
    tx: &mut Tx<'_>,
    household: i64,
    on: NaiveDate,
) -> sqlx::Result<Option<Slot>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, household_id, slot_on, slot_no, opens_at, stage, due_at FROM slot
         WHERE household_id = $1 AND slot_on = $2 ORDER BY slot_no DESC LIMIT 1")
        .bind(household).bind(on).fetch_optional(c).await)
}

pub(crate) async fn rev_of(tx: &mut Tx<'_>, report: i64) -> sqlx::Result<i64> {
    on!(tx, c => sqlx::query_scalar("SELECT rev FROM report WHERE id = $1")
        .bind(report).fetch_one(c).await)
}

/// Ends the slots that had not run their course when their successor opened, while we were away.
pub(crate) async fn end_outrun_slots(
    tx: &mut Tx<'_>,
    now: Timestamp,
    overdue_after: Duration,
) -> sqlx::Result<()> {
    let course = millis(overdue_after);
    execute!(
        tx,
        sqlx::query(
            "UPDATE health_check SET state = 'system_down'
         WHERE state = 'open' AND slot_id IN
             (SELECT s.id FROM slot s JOIN household h ON h.id = s.household_id
              WHERE s.due_at IS NOT NULL AND h.due_at <= $1 AND h.due_at >= s.opens_at + $2)"
        )
        .bind(now)
        .bind(course)
    )?;
    execute!(tx, sqlx::query(
        "UPDATE slot SET stage = 'done', due_at = NULL
         WHERE due_at IS NOT NULL AND EXISTS
             (SELECT 1 FROM household h
              WHERE h.id = slot.household_id AND h.due_at <= $1 AND h.due_at >= slot.opens_at + $2)")
        .bind(now).bind(course)).map(|_| ())
}

/// Moves nudges and overdue marks that were due while we were away.
pub(crate) async fn give_grace(
    tx: &mut Tx<'_>,
    now: Timestamp,
    until: Timestamp,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE slot SET due_at = $1
         WHERE due_at IS NOT NULL AND due_at <= $2 AND stage IN ('reminded', 'nudged')"
        )
        .bind(until)
        .bind(now)
    )
    .map(|_| ())
}

/// Lets a slot that had all its reports move on again.
pub(crate) async fn wake_slot(tx: &mut Tx<'_>, slot: i64, now: Timestamp) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE slot SET stage = 'nudged', due_at = $1
         WHERE id = $2 AND due_at IS NULL AND stage = 'done'"
        )
        .bind(now.plus(std::time::Duration::from_hours(1)))
        .bind(slot)
    )
    .map(|_| ())
}
