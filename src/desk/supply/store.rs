//! The requests' rows, their steps, and who was told of them in which letter.

use super::request::{Request, State};
use crate::base::chat::{AccountId, ChatId, LetterId};
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};
use crate::desk::reference::{RequestRef, StaffId};
use crate::desk::who::Who;

/// The columns of [`Request`], so that every query reads the same request.
macro_rules! columns {
    () => {
        "id, household_id, chat_id, message_id, text, photo, media, language, urgent, state, \
         owner_id, asked_at, accepted_at, promised_at, delivered_at, confirmed_at, \
         declined_reason, household_letter, due_at"
    };
}

macro_rules! request_where {
    ($condition:literal) => {
        concat!("SELECT ", columns!(), " FROM supply_request WHERE ", $condition)
    };
}

pub(crate) async fn find(tx: &mut Tx<'_>, id: RequestRef) -> sqlx::Result<Option<Request>> {
    on!(tx, c => sqlx::query_as(request_where!("id = $1")).bind(id).fetch_optional(c).await)
}

pub(crate) async fn of_household(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<Request>> {
    on!(tx, c => sqlx::query_as(request_where!("household_id = $1 ORDER BY id"))
        .bind(household).fetch_all(c).await)
}

/// A request with its household's code.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Listed {
    pub code: String,
    #[sqlx(flatten)]
    pub request: Request,
}

pub(crate) async fn all(tx: &mut Tx<'_>) -> sqlx::Result<Vec<Listed>> {
    on!(tx, c => sqlx::query_as(concat!(
        "SELECT (SELECT code FROM household h WHERE h.id = household_id) AS code, ", columns!(),
        " FROM supply_request ORDER BY id")).fetch_all(c).await)
}

pub(crate) async fn due(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<(i64, Timestamp)>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, due_at FROM supply_request WHERE due_at IS NOT NULL AND due_at <= $1
         ORDER BY due_at LIMIT $2")
        .bind(now).bind(limit).fetch_all(c).await)
}

pub(crate) async fn next_due(tx: &mut Tx<'_>) -> sqlx::Result<Option<Timestamp>> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT min(due_at) FROM supply_request WHERE due_at IS NOT NULL").fetch_one(c).await)
}

/// A request to be written.
pub(crate) struct Row<'r> {
    pub household: i64,
    pub account: Option<AccountId>,
    pub chat: ChatId,
    pub bot: i64,
    pub message: Option<i64>,
    pub text: &'r str,
    pub photo: Option<&'r str>,
    pub media: bool,
    pub language: &'r str,
    pub urgent: bool,
    pub asked_at: Timestamp,
    pub due_at: Timestamp,
}

pub(crate) async fn insert(tx: &mut Tx<'_>, row: &Row<'_>) -> sqlx::Result<RequestRef> {
    on!(tx, c => sqlx::query_scalar(
        "INSERT INTO supply_request (household_id, account_id, chat_id, bot_id, message_id, text,
             photo, media, language, urgent, state, asked_at, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'requested', $11, $12) RETURNING id")
        .bind(row.household).bind(row.account).bind(row.chat).bind(row.bot).bind(row.message)
        .bind(row.text).bind(row.photo).bind(row.media).bind(row.language).bind(row.urgent)
        .bind(row.asked_at).bind(row.due_at).fetch_one(c).await)
}

/// Writes what a deed changed, if the request is still what it was thought to be.
pub(crate) async fn save(tx: &mut Tx<'_>, was: State, request: &Request) -> sqlx::Result<bool> {
    let saved = execute!(tx, sqlx::query(
        "UPDATE supply_request SET state = $1, owner_id = $2, accepted_at = $3, delivered_at = $4,
             confirmed_at = $5, declined_reason = $6, due_at = $7
         WHERE id = $8 AND state = $9")
        .bind(request.state).bind(request.owner_id).bind(request.accepted_at)
        .bind(request.delivered_at).bind(request.confirmed_at).bind(&request.declined_reason)
        .bind(request.due_at).bind(request.id).bind(was))?;
    Ok(saved == 1)
}

pub(crate) async fn set_due(
    tx: &mut Tx<'_>,
    id: RequestRef,
    due_at: Option<Timestamp>,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE supply_request SET due_at = $1 WHERE id = $2").bind(due_at).bind(id)
    )
    .map(|_| ())
}

pub(crate) async fn set_household_letter(
    tx: &mut Tx<'_>,
    id: RequestRef,
    letter: Option<LetterId>,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE supply_request SET household_letter = $1 WHERE id = $2")
            .bind(letter)
            .bind(id)
    )
    .map(|_| ())
}

pub(crate) async fn note_step(
    tx: &mut Tx<'_>,
    request: &Request,
    who: Who,
    at: Timestamp,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO supply_step (request_id, at, state, who_kind, who_ref)
         VALUES ($1, $2, $3, $4, $5)"
        )
        .bind(request.id)
        .bind(at)
        .bind(request.state)
        .bind(who.kind())
        .bind(who.reference())
    )
    .map(|_| ())
}

/// A step as it was written.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct StepRow {
    pub id: i64,
    pub request_id: RequestRef,
    pub at: Timestamp,
    pub state: State,
    pub who_kind: String,
    pub who_ref: Option<String>,
}

/// The steps of a household's requests.
pub(crate) async fn steps(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<StepRow>> {
    on!(tx, c => sqlx::query_as(
        "SELECT s.id, s.request_id, s.at, s.state, s.who_kind, s.who_ref
         FROM supply_step s JOIN supply_request r ON r.id = s.request_id
         WHERE r.household_id = $1 ORDER BY s.at, s.id")
        .bind(household).fetch_all(c).await)
}

/// Who was told of a request, and the letter in which it stands before them.
pub(crate) async fn told(
    tx: &mut Tx<'_>,
    id: RequestRef,
) -> sqlx::Result<Vec<(StaffId, LetterId)>> {
    on!(tx, c => sqlx::query_as(
        "SELECT staff_id, letter_id FROM supply_told WHERE request_id = $1 ORDER BY staff_id")
        .bind(id).fetch_all(c).await)
}

pub(crate) async fn put_told(
    tx: &mut Tx<'_>,
    id: RequestRef,
    staff: StaffId,
    letter: LetterId,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO supply_told (request_id, staff_id, letter_id) VALUES ($1, $2, $3)
         ON CONFLICT (request_id, staff_id) DO UPDATE SET letter_id = excluded.letter_id"
        )
        .bind(id)
        .bind(staff)
        .bind(letter)
    )
    .map(|_| ())
}
