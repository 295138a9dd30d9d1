//! The staff's rows.

use super::person::{Role, Staff, StaffId};
use crate::base::chat::{AccountId, ChatId};
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};

/// The columns of [`Staff`], so that every query reads the same person.
macro_rules! staff_where {
    ($condition:literal) => {
        concat!(
            "SELECT id, name, role, area, languages, state, on_duty, account_id, chat_id, ",
            "token_expires_at, (SELECT chat.closed_at FROM chat WHERE chat.id = staff.chat_id) ",
            "AS shut_at FROM staff WHERE ",
            $condition
        )
    };
}

/// The person with this number.
pub(crate) async fn get(tx: &mut Tx<'_>, id: StaffId) -> sqlx::Result<Staff> {
    on!(tx, c => sqlx::query_as(staff_where!("id = $1")).bind(id).fetch_one(c).await)
}

/// Everybody, in order of their numbers.
pub(crate) async fn all(tx: &mut Tx<'_>) -> sqlx::Result<Vec<Staff>> {
    on!(tx, c => sqlx::query_as(staff_where!("TRUE ORDER BY id")).fetch_all(c).await)
}

/// The person with this name, however it is capitalised.
pub(crate) async fn named(tx: &mut Tx<'_>, folded: &str) -> sqlx::Result<Option<Staff>> {
    on!(tx, c => sqlx::query_as(staff_where!("folded_name = $1"))
        .bind(folded).fetch_optional(c).await)
}

/// The joined person to whom an account belongs.
pub(crate) async fn of_account(tx: &mut Tx<'_>, account: AccountId) -> sqlx::Result<Option<Staff>> {
    on!(tx, c => sqlx::query_as(staff_where!("account_id = $1 AND state = 'active'"))
        .bind(account).fetch_optional(c).await)
}

/// Whom an invitation was made for, whether or not it still holds.
pub(crate) async fn of_token(tx: &mut Tx<'_>, hash: &str) -> sqlx::Result<Option<Staff>> {
    on!(tx, c => sqlx::query_as(staff_where!("token_hash = $1")).bind(hash).fetch_optional(c).await)
}

/// Everybody of a role in exactly one of these areas (a JSON list of stored paths), joined first.
pub(crate) async fn in_areas(tx: &mut Tx<'_>, role: Role, areas: &str) -> sqlx::Result<Vec<Staff>> {
    on!(tx, c => sqlx::query_as(staff_where!(
        "role = $1 AND state <> 'ended' AND area IN (SELECT value FROM json_each($2)) ORDER BY id"))
        .bind(role).bind(areas).fetch_all(c).await)
}

/// An invitation to be written.
pub(crate) struct NewStaff<'n> {
    pub name: &'n str,
    pub folded: &'n str,
    pub role: Role,
    pub area: &'n str,
    pub languages: &'n str,
    pub token_hash: &'n str,
    pub expires_at: Timestamp,
    pub now: Timestamp,
}

/// Invites somebody, or invites again who has not joined: the old link ends.
pub(crate) async fn invite(tx: &mut Tx<'_>, new: &NewStaff<'_>) -> sqlx::Result<StaffId> {
    on!(tx, c => sqlx::query_scalar(
        "INSERT INTO staff (name, folded_name, role, area, languages, state, token_hash,
             token_expires_at, invited_at)
         VALUES ($1, $2, $3, $4, $5, 'invited', $6, $7, $8)
         ON CONFLICT (folded_name) DO UPDATE
         SET name = excluded.name, role = excluded.role, area = excluded.area,
             languages = excluded.languages, state = 'invited', token_hash = excluded.token_hash,
             token_expires_at = excluded.token_expires_at, invited_at = excluded.invited_at
         RETURNING id")
        .bind(new.name).bind(new.folded).bind(new.role).bind(new.area).bind(new.languages)
        .bind(new.token_hash).bind(new.expires_at).bind(new.now).fetch_one(c).await)
}

/// Records that an invitation was used; `false` if somebody was quicker.
pub(crate) async fn join(
    tx: &mut Tx<'_>,
    id: StaffId,
    bot: i64,
    account: AccountId,
    chat: ChatId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let joined = execute!(
        tx,
        sqlx::query(
            "UPDATE staff SET state = 'active', on_duty = TRUE, bot_id = $1, account_id = $2,
             chat_id = $3, joined_at = $4
         WHERE id = $5 AND state = 'invited'"
        )
        .bind(bot)
        .bind(account)
        .bind(chat)
        .bind(now)
        .bind(id)
    )?;
    Ok(joined == 1)
}

/// Goes on or off duty.
pub(crate) async fn set_duty(tx: &mut Tx<'_>, id: StaffId, on_duty: bool) -> sqlx::Result<()> {
    execute!(tx, sqlx::query("UPDATE staff SET on_duty = $1 WHERE id = $2").bind(on_duty).bind(id))
        .map(|_| ())
}

/// Makes an area known, with all above it.
pub(crate) async fn know_area(tx: &mut Tx<'_>, stored: &str) -> sqlx::Result<()> {
    for path in super::person::with_parents(stored) {
        execute!(
            tx,
            sqlx::query("INSERT INTO area (path) VALUES ($1) ON CONFLICT (path) DO NOTHING")
                .bind(path)
        )
        .map(|_| ())?;
    }
    Ok(())
}

/// The areas that have households and nobody, joined or invited, to lead them; and those whose
/// leads and officers are all only invited.
pub(crate) async fn areas_with_households(tx: &mut Tx<'_>) -> sqlx::Result<Vec<String>> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT DISTINCT area FROM household WHERE state NOT IN ('closed', 'purged') ORDER BY area")
        .fetch_all(c).await)
}
