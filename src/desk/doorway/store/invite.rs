//! The rows of personal links: the token that a person is given, and the link to the group that the
//! platform makes for whoever used it.

use crate::base::chat::{AccountId, ChatId, LetterId};
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on, stored_word};

/// A one-time token for one member.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Token {
    pub id: i64,
    pub household_id: i64,
    pub member_id: i64,
    pub expires_at: Timestamp,
    pub used_by: Option<AccountId>,
}

/// How far a link to the group has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum InviteState {
    /// The platform was asked for it.
    Wanted,
    /// The person has it.
    Made,
    /// The person was let in by it.
    Used,
    /// It could not be made, or the person could not be let in.
    Failed,
    /// It is over.
    Ended,
}
stored_word!(InviteState);

/// A link to a household's group for one account.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Invite {
    pub id: i64,
    pub household_id: i64,
    pub member_id: i64,
    pub account_id: AccountId,
    pub chat_id: ChatId,
    pub state: InviteState,
    pub url: Option<String>,
    pub expires_at: Timestamp,
}

/// The columns of [`Invite`].
macro_rules! invite_where {
    ($condition:literal) => {
        concat!(
            "SELECT id, household_id, member_id, account_id, chat_id, state, url, expires_at ",
            "FROM invite WHERE ",
            $condition
        )
    };
}

/// Ends the tokens of a member that nobody used.
pub(crate) async fn end_tokens(tx: &mut Tx<'_>, member: i64, now: Timestamp) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE link SET expires_at = $1
         WHERE member_id = $2 AND used_at IS NULL AND expires_at > $1"
        )
        .bind(now)
        .bind(member)
    )
    .map(|_| ())
}

pub(crate) async fn put_token(
    tx: &mut Tx<'_>,
    hash: &str,
    (household, member): (i64, i64),
    expires_at: Timestamp,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO link (token_hash, household_id, kind, expires_at, member_id)
         VALUES ($1, $2, 'person', $3, $4)"
        )
        .bind(hash)
        .bind(household)
        .bind(expires_at)
        .bind(member)
    )
    .map(|_| ())
}

/// A person's token, whether or not it still holds.
pub(crate) async fn token(tx: &mut Tx<'_>, hash: &str) -> sqlx::Result<Option<Token>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, household_id, member_id, expires_at, used_by FROM link
         WHERE token_hash = $1 AND kind = 'person'")
        .bind(hash).fetch_optional(c).await)
}

/// Notes who used a token.
pub(crate) async fn use_token(
    tx: &mut Tx<'_>,
    id: i64,
    account: AccountId,
    now: Timestamp,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE link SET used_at = COALESCE(used_at, $1), used_by = $2 WHERE id = $3")
            .bind(now)
            .bind(account)
            .bind(id)
    )
    .map(|_| ())
}

/// A link about to be asked for.
pub(crate) struct NewInvite<'n> {
    pub bot: i64,
    pub token: &'n Token,
    pub account: AccountId,
    pub chat: ChatId,
    pub letter: LetterId,
    pub now: Timestamp,
    pub expires_at: Timestamp,
}

pub(crate) async fn put(tx: &mut Tx<'_>, new: &NewInvite<'_>) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO invite (bot_id, link_id, household_id, member_id, account_id, chat_id,
                 state, letter, asked_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, 'wanted', $7, $8, $9)"
        )
        .bind(new.bot)
        .bind(new.token.id)
        .bind(new.token.household_id)
        .bind(new.token.member_id)
        .bind(new.account)
        .bind(new.chat)
        .bind(new.letter)
        .bind(new.now)
        .bind(new.expires_at)
    )
    .map(|_| ())
}

/// The newest link that came of a token.
pub(crate) async fn of_token(tx: &mut Tx<'_>, token: i64) -> sqlx::Result<Option<Invite>> {
    on!(tx, c => sqlx::query_as(invite_where!("link_id = $1 ORDER BY id DESC LIMIT 1"))
        .bind(token).fetch_optional(c).await)
}

/// The link that a letter asks for or lets in by.
pub(crate) async fn of_letter(tx: &mut Tx<'_>, letter: LetterId) -> sqlx::Result<Option<Invite>> {
    on!(tx, c => sqlx::query_as(invite_where!("letter = $1")).bind(letter).fetch_optional(c).await)
}

/// The link of a chat with this address.
pub(crate) async fn at(tx: &mut Tx<'_>, chat: ChatId, url: &str) -> sqlx::Result<Option<Invite>> {
    on!(tx, c => sqlx::query_as(invite_where!("chat_id = $1 AND url = $2 ORDER BY id DESC LIMIT 1"))
        .bind(chat).bind(url).fetch_optional(c).await)
}

/// The links of a household that are not over.
pub(crate) async fn open(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<Invite>> {
    on!(tx, c => sqlx::query_as(invite_where!(
        "household_id = $1 AND state IN ('wanted', 'made') ORDER BY id"))
        .bind(household).fetch_all(c).await)
}

/// The link came.
pub(crate) async fn made(tx: &mut Tx<'_>, id: i64, url: &str) -> sqlx::Result<bool> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE invite SET state = 'made', url = $1 WHERE id = $2 AND state = 'wanted'"
        )
        .bind(url)
        .bind(id)
    )?;
    Ok(changed == 1)
}

/// The person is being let in by this letter.
pub(crate) async fn used(
    tx: &mut Tx<'_>,
    id: i64,
    letter: LetterId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE invite SET state = 'used', used_at = $1, letter = $2
         WHERE id = $3 AND state = 'made'"
        )
        .bind(now)
        .bind(letter)
        .bind(id)
    )?;
    Ok(changed == 1)
}

/// It has come to nothing.
pub(crate) async fn set_state(tx: &mut Tx<'_>, id: i64, state: InviteState) -> sqlx::Result<()> {
    execute!(tx, sqlx::query("UPDATE invite SET state = $1 WHERE id = $2").bind(state).bind(id))
        .map(|_| ())
}

/// Notes that staff are told of somebody turned away; `false` if they were since an instant.
pub(crate) async fn note_turned_away(
    tx: &mut Tx<'_>,
    household: i64,
    now: Timestamp,
    since: Timestamp,
) -> sqlx::Result<bool> {
    let noted = execute!(
        tx,
        sqlx::query(
            "INSERT INTO turned_away (household_id, at) VALUES ($1, $2)
         ON CONFLICT (household_id) DO UPDATE SET at = excluded.at WHERE turned_away.at <= $3"
        )
        .bind(household)
        .bind(now)
        .bind(since)
    )?;
    Ok(noted == 1)
}

/// A link as the household's file shows it: kind, the member's row, how far it has come, its end.
pub(crate) type LinkRow = (String, Option<i64>, Timestamp, Option<Timestamp>, Option<InviteState>);

/// The links of a household that still hold, the oldest first.
pub(crate) async fn links(
    tx: &mut Tx<'_>,
    household: i64,
    now: Timestamp,
) -> sqlx::Result<Vec<LinkRow>> {
    on!(tx, c => sqlx::query_as(
        "SELECT link.kind, member.n, link.expires_at, link.used_at, invite.state
         FROM link LEFT JOIN member ON member.id = link.member_id
         LEFT JOIN invite ON invite.link_id = link.id
             AND invite.id = (SELECT max(newest.id) FROM invite newest WHERE newest.link_id = link.id)
         WHERE link.household_id = $1
           AND (link.expires_at > $2 AND link.used_at IS NULL
                OR invite.state IN ('wanted', 'made') AND invite.expires_at > $2)
         ORDER BY link.id")
        .bind(household).bind(now).fetch_all(c).await)
}
