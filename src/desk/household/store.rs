//! The households' rows, their members, and who is in their chats.

use chrono::NaiveDate;

use super::file::{Category, Channel, Household, Member, State};
use crate::base::chat::{AccountId, ChatId, LetterId};
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};
use crate::desk::reference::StaffId;

mod presence;

pub(crate) use presence::{asked_letter, is_in, leave, see, set_asked, staff_spoke_at};
mod member;

pub(crate) use member::{NewMember, Phones, phones, put_member};

/// The columns of [`Household`], so that every query reads the same file.
macro_rules! household_where {
    ($condition:literal) => {
        concat!(
            "SELECT id, code, area, building, unit, room, language, chosen_language, timezone, ",
            "category, start_on, days, worker_id, backup_id, state, channel, bot_id, chat_id, ",
            "imported_at, bound_at, heard_at, settled_in_at, member_count, counted, lacks, released_at, ",
            "card_letter, card_not_before FROM household WHERE ",
            $condition
        )
    };
}

pub(crate) async fn get(tx: &mut Tx<'_>, id: i64) -> sqlx::Result<Household> {
    on!(tx, c => sqlx::query_as(household_where!("id = $1")).bind(id).fetch_one(c).await)
}

pub(crate) async fn all(tx: &mut Tx<'_>) -> sqlx::Result<Vec<Household>> {
    on!(tx, c => sqlx::query_as(household_where!("TRUE ORDER BY code")).fetch_all(c).await)
}

pub(crate) async fn by_code(tx: &mut Tx<'_>, code: &str) -> sqlx::Result<Option<Household>> {
    on!(tx, c => sqlx::query_as(household_where!("code = $1")).bind(code).fetch_optional(c).await)
}

pub(crate) async fn in_chat(tx: &mut Tx<'_>, chat: ChatId) -> sqlx::Result<Option<Household>> {
    on!(tx, c => sqlx::query_as(household_where!("chat_id = $1"))
        .bind(chat).fetch_optional(c).await)
}

/// The households of a worker or backup that are being followed, by building and door.
pub(crate) async fn of_worker(tx: &mut Tx<'_>, worker: StaffId) -> sqlx::Result<Vec<Household>> {
    on!(tx, c => sqlx::query_as(household_where!(
        "(worker_id = $1 OR backup_id = $1) AND state NOT IN ('released', 'closed', 'purged')
         ORDER BY building, unit, room, code"))
        .bind(worker).fetch_all(c).await)
}

/// The households of an area and all within it that are being followed.
pub(crate) async fn in_area(
    tx: &mut Tx<'_>,
    from: &str,
    below: &str,
) -> sqlx::Result<Vec<Household>> {
    on!(tx, c => sqlx::query_as(household_where!(
        "area >= $1 AND area < $2 AND state NOT IN ('released', 'closed', 'purged')
         ORDER BY building, unit, room, code"))
        .bind(from).bind(below).fetch_all(c).await)
}

pub(crate) async fn members(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<Member>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, n, name, relation, birth_year, muted_why FROM member
         WHERE household_id = $1 ORDER BY n")
        .bind(household).fetch_all(c).await)
}

/// A household as an import writes it.
pub(crate) struct NewHousehold<'n> {
    pub code: &'n str,
    pub area: &'n str,
    pub building: &'n str,
    pub unit: &'n str,
    pub room: &'n str,
    pub language: &'n str,
    pub timezone: &'n str,
    pub category: Category,
    pub start_on: NaiveDate,
    pub days: i64,
    pub labels: &'n str,
    pub worker: StaffId,
    pub backup: Option<StaffId>,
}

pub(crate) async fn insert(
    tx: &mut Tx<'_>,
    new: &NewHousehold<'_>,
    now: Timestamp,
) -> sqlx::Result<i64> {
    on!(tx, c => sqlx::query_scalar(
        "INSERT INTO household (code, area, building, unit, room, language, timezone, category,
             start_on, days, labels, worker_id, backup_id, state, channel, imported_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'imported', 'none', $14)
         RETURNING id")
        .bind(new.code).bind(new.area).bind(new.building).bind(new.unit).bind(new.room)
        .bind(new.language).bind(new.timezone).bind(new.category).bind(new.start_on)
        .bind(new.days).bind(new.labels).bind(new.worker).bind(new.backup).bind(now)
        .fetch_one(c).await)
}

pub(crate) async fn update(tx: &mut Tx<'_>, id: i64, new: &NewHousehold<'_>) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE household SET area = $1, building = $2, unit = $3, room = $4, language = $5,
             timezone = $6, category = $7, start_on = $8, days = $9, labels = $10, worker_id = $11,
             backup_id = $12
         WHERE id = $13"
        )
        .bind(new.area)
        .bind(new.building)
        .bind(new.unit)
        .bind(new.room)
        .bind(new.language)
        .bind(new.timezone)
        .bind(new.category)
        .bind(new.start_on)
        .bind(new.days)
        .bind(new.labels)
        .bind(new.worker)
        .bind(new.backup)
        .bind(id)
    )
    .map(|_| ())
}

/// The labels of a household, to compare a file with.
pub(crate) async fn labels(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<String> {
    on!(tx, c => sqlx::query_scalar("SELECT labels FROM household WHERE id = $1")
        .bind(household).fetch_one(c).await)
}

pub(crate) async fn due_at(tx: &mut Tx<'_>, id: i64) -> sqlx::Result<Option<Timestamp>> {
    on!(tx, c => sqlx::query_scalar("SELECT due_at FROM household WHERE id = $1")
        .bind(id).fetch_one(c).await)
}

pub(crate) async fn set_due(
    tx: &mut Tx<'_>,
    id: i64,
    due_at: Option<Timestamp>,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE household SET due_at = $1 WHERE id = $2").bind(due_at).bind(id)
    )
    .map(|_| ())
}

/// Changes the state if it is still what it was thought to be.
pub(crate) async fn change_state(
    tx: &mut Tx<'_>,
    id: i64,
    was: State,
    becomes: State,
) -> sqlx::Result<bool> {
    let changed = execute!(
        tx,
        sqlx::query("UPDATE household SET state = $1 WHERE id = $2 AND state = $3")
            .bind(becomes)
            .bind(id)
            .bind(was)
    )?;
    Ok(changed == 1)
}

pub(crate) async fn bind_chat(
    tx: &mut Tx<'_>,
    id: i64,
    bot: i64,
    chat: ChatId,
    channel: Channel,
    now: Timestamp,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE household SET bot_id = $1, chat_id = $2, channel = $3,
             bound_at = COALESCE(bound_at, $4), heard_at = NULL, card_letter = NULL, lacks = '',
             settled_in_at = CASE WHEN chat_id = $2 THEN settled_in_at END,
             member_count = CASE WHEN chat_id = $2 THEN member_count END, counted = NULL
         WHERE id = $5"
        )
        .bind(bot)
        .bind(chat)
        .bind(channel)
        .bind(now)
        .bind(id)
    )
    .map(|_| ())
}

/// The household has no chat any more.
pub(crate) async fn unbind(tx: &mut Tx<'_>, id: i64) -> sqlx::Result<()> {
    execute!(tx, sqlx::query(
        "UPDATE household SET channel = 'none', chat_id = NULL, bot_id = NULL, card_letter = NULL
         WHERE id = $1").bind(id))
    .map(|_| ())
}

pub(crate) async fn set_phone_only(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> sqlx::Result<()> {
    execute!(tx, sqlx::query(
        "UPDATE household SET channel = 'phone', bound_at = COALESCE(bound_at, $1) WHERE id = $2")
        .bind(now).bind(id))
    .map(|_| ())
}

pub(crate) async fn set_heard(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> sqlx::Result<bool> {
    let changed = execute!(
        tx,
        sqlx::query("UPDATE household SET heard_at = $1 WHERE id = $2 AND heard_at IS NULL")
            .bind(now)
            .bind(id)
    )?;
    Ok(changed == 1)
}

pub(crate) async fn choose_language(tx: &mut Tx<'_>, id: i64, tag: &str) -> sqlx::Result<bool> {
    let changed =
        execute!(tx, sqlx::query(
        "UPDATE household SET chosen_language = $1 WHERE id = $2 AND chosen_language IS NULL")
        .bind(tag).bind(id))?;
    Ok(changed == 1)
}

pub(crate) async fn set_card(tx: &mut Tx<'_>, id: i64, letter: LetterId) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE household SET card_letter = $1 WHERE id = $2").bind(letter).bind(id)
    )
    .map(|_| ())
}

pub(crate) async fn forget_card(tx: &mut Tx<'_>, id: i64) -> sqlx::Result<()> {
    execute!(tx, sqlx::query("UPDATE household SET card_letter = NULL WHERE id = $1").bind(id))
        .map(|_| ())
}

pub(crate) async fn hold_card(tx: &mut Tx<'_>, id: i64, until: Timestamp) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE household SET card_not_before = $1 WHERE id = $2").bind(until).bind(id)
    )
    .map(|_| ())
}

/// Whether a change of this message is written and has not gone yet.
pub(crate) async fn edit_waits(tx: &mut Tx<'_>, letter: LetterId) -> sqlx::Result<bool> {
    let waiting: i64 = on!(tx, c => sqlx::query_scalar(
        "SELECT count(*) FROM outbox WHERE merge_key = $1 AND state = 'queued'")
        .bind(format!("edit:{}", letter.0)).fetch_one(c).await)?;
    Ok(waiting > 0)
}

pub(crate) async fn settle_in(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE household SET settled_in_at = COALESCE(settled_in_at, $1) WHERE id = $2"
        )
        .bind(now)
        .bind(id)
    )
    .map(|_| ())
}

pub(crate) async fn set_count(tx: &mut Tx<'_>, id: i64, count: i64) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE household SET member_count = $1 WHERE id = $2").bind(count).bind(id)
    )
    .map(|_| ())
}

pub(crate) async fn set_released(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE household SET released_at = $1 WHERE id = $2").bind(now).bind(id)
    )
    .map(|_| ())
}

pub(crate) async fn extend(tx: &mut Tx<'_>, id: i64, days: i64) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE household SET days = days + $1 WHERE id = $2").bind(days).bind(id)
    )
    .map(|_| ())
}

/// Gives a household to another worker.
pub(crate) async fn set_worker(
    tx: &mut Tx<'_>,
    id: i64,
    worker: StaffId,
    backup: Option<StaffId>,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE household SET worker_id = $1, backup_id = $2 WHERE id = $3")
            .bind(worker)
            .bind(backup)
            .bind(id)
    )
    .map(|_| ())
}

/// A claim that stands: which member an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Claim {
    pub account_id: AccountId,
    pub member_id: i64,
}

/// The claims of a household that nobody refused, in the order in which they were made.
pub(crate) async fn claims(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<Claim>> {
    on!(tx, c => sqlx::query_as(
        "SELECT account_id, member_id FROM claim
         WHERE household_id = $1 AND refused_at IS NULL ORDER BY claimed_at, member_id")
        .bind(household).fetch_all(c).await)
}

pub(crate) async fn put_claim(
    tx: &mut Tx<'_>,
    household: i64,
    account: AccountId,
    member: i64,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let added = execute!(tx, sqlx::query(
        "INSERT INTO claim (household_id, account_id, member_id, claimed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (household_id, account_id, member_id) DO NOTHING")
        .bind(household).bind(account).bind(member).bind(now))?;
    Ok(added == 1)
}

pub(crate) async fn refuse_claims(
    tx: &mut Tx<'_>,
    household: i64,
    account: AccountId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE claim SET refused_at = $1
         WHERE household_id = $2 AND account_id = $3 AND refused_at IS NULL"
        )
        .bind(now)
        .bind(household)
        .bind(account)
    )?;
    Ok(changed > 0)
}

/// Whether an account's claims were refused by staff: it is not of this household.
pub(crate) async fn is_refused(
    tx: &mut Tx<'_>,
    household: i64,
    account: AccountId,
) -> sqlx::Result<bool> {
    let refused: i64 = on!(tx, c => sqlx::query_scalar(
        "SELECT count(*) FROM claim
         WHERE household_id = $1 AND account_id = $2 AND refused_at IS NOT NULL")
        .bind(household).bind(account).fetch_one(c).await)?;
    Ok(refused > 0)
}

/// Who asked for release, until it is confirmed.
pub(crate) async fn release_asked_by(tx: &mut Tx<'_>, id: i64) -> sqlx::Result<Option<StaffId>> {
    on!(tx, c => sqlx::query_scalar("SELECT release_asked_by FROM household WHERE id = $1")
        .bind(id).fetch_one(c).await)
}

pub(crate) async fn set_release_asked(
    tx: &mut Tx<'_>,
    id: i64,
    by: Option<StaffId>,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE household SET release_asked_by = $1 WHERE id = $2").bind(by).bind(id)
    )
    .map(|_| ())
}

pub(crate) async fn change_language(tx: &mut Tx<'_>, id: i64, tag: &str) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE household SET chosen_language = $1 WHERE id = $2").bind(tag).bind(id)
    )
    .map(|_| ())
}

pub(crate) async fn put_link(
    tx: &mut Tx<'_>,
    token_hash: &str,
    household: i64,
    kind: &str,
    expires_at: Timestamp,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO link (token_hash, household_id, kind, expires_at) VALUES ($1, $2, $3, $4)"
        )
        .bind(token_hash)
        .bind(household)
        .bind(kind)
        .bind(expires_at)
    )
    .map(|_| ())
}

pub(crate) async fn find_link(
    tx: &mut Tx<'_>,
    token_hash: &str,
    now: Timestamp,
) -> sqlx::Result<Option<(i64, String)>> {
    on!(tx, c => sqlx::query_as(
        "SELECT household_id, kind FROM link
         WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2")
        .bind(token_hash).bind(now).fetch_optional(c).await)
}

pub(crate) async fn use_link(
    tx: &mut Tx<'_>,
    token_hash: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let used = execute!(
        tx,
        sqlx::query("UPDATE link SET used_at = $1 WHERE token_hash = $2 AND used_at IS NULL")
            .bind(now)
            .bind(token_hash)
    )?;
    Ok(used == 1)
}

/// Ends the links to a household that nobody has used.
pub(crate) async fn end_links(tx: &mut Tx<'_>, household: i64, now: Timestamp) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE link SET expires_at = $1
         WHERE household_id = $2 AND used_at IS NULL AND expires_at > $1"
        )
        .bind(now)
        .bind(household)
    )
    .map(|_| ())
}
