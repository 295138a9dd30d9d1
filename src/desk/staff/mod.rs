//! The staff: invited by a one-time link, on or off duty, with a role in an area.

use std::time::Duration;

use crate::base::chat::{AccountId, ChatId};
use crate::base::clock::Timestamp;
use crate::base::directory;
use crate::base::journal;
use crate::base::language::{LanguageTag, say};
use crate::base::seal::{new_token, token_hash};
use crate::base::store::Tx;
use crate::base::turn::{Done, Ground, Turn};

pub mod person;
pub mod policy;
pub(crate) mod store;

use person::{AreaPath, Role, Staff, StaffId, folded, with_parents};

/// How long an invitation holds.
const INVITATION: Duration = Duration::from_hours(48);

/// A new invitation. The token is shown once and stored as its hash.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Whom it is for.
    pub staff: StaffId,
    /// The one-time token.
    pub token: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Why an invitation cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// The name is empty or too long.
    #[error("a name has 1 to 64 characters")]
    BadName,
    /// The person has joined already.
    #[error("{0} has already joined")]
    Joined(String),
    /// The database said no.
    #[error(transparent)]
    Store(#[from] sqlx::Error),
}

/// Invites somebody. A name that has not joined yet gets a new link, and the old one ends.
///
/// # Errors
/// See [`InviteError`].
pub async fn invite(
    tx: &mut Tx<'_>,
    name: &str,
    role: Role,
    area: &AreaPath,
    languages: &str,
    now: Timestamp,
) -> Result<Invitation, InviteError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 64 || name.chars().any(char::is_control) {
        return Err(InviteError::BadName);
    }
    let folded = folded(&name);
    if store::named(tx, &folded).await?.is_some_and(|known| known.has_joined()) {
        return Err(InviteError::Joined(name));
    }
    let (token, expires_at) = (new_token(), now.plus(INVITATION));
    store::know_area(tx, area.stored()).await?;
    let new = store::NewStaff {
        name: &name,
        folded: &folded,
        role,
        area: area.stored(),
        languages,
        token_hash: &token_hash(&token),
        expires_at,
        now,
    };
    let staff = store::invite(tx, &new).await?;
    Ok(Invitation { staff, token, expires_at })
}

/// Redeems an invitation in a private chat. `None` if the token is no invitation at all.
///
/// # Errors
/// Refused when it was used, has ended, or the account belongs to somebody else of the staff.
pub async fn redeem(
    turn: &mut Turn<'_>,
    token: &str,
    account: AccountId,
    chat: ChatId,
) -> Done<Option<Staff>> {
    let Some(staff) = store::of_token(&mut turn.tx, &token_hash(token)).await? else {
        return Ok(None);
    };
    if staff.has_joined() {
        return Err(say("staff-invite-used").into());
    }
    if staff.token_expires_at.is_none_or(|end| end <= turn.now()) {
        return Err(say("staff-invite-ended").into());
    }
    if store::of_account(&mut turn.tx, account).await?.is_some() {
        return Err(say("staff-already-joined").into());
    }
    let (bot, now) = (turn.bot, turn.now());
    if !store::join(&mut turn.tx, staff.id, bot, account, chat, now).await? {
        return Err(say("staff-invite-used").into());
    }
    let object = staff.id.to_string();
    journal::note(turn, &object, "staff.join", &object, None, serde_json::json!({})).await?;
    Ok(Some(store::get(&mut turn.tx, staff.id).await?))
}

/// Goes on or off duty.
///
/// # Errors
/// When the database is away.
pub async fn set_duty(turn: &mut Turn<'_>, staff: &Staff, on_duty: bool) -> Done {
    store::set_duty(&mut turn.tx, staff.id, on_duty).await?;
    let who = staff.id.to_string();
    let action = if on_duty { "staff.duty_on" } else { "staff.duty_off" };
    journal::note(turn, &who, action, &who, None, serde_json::json!({})).await
}

/// The joined people of a role in the nearest area, from this one upwards, that has any who satisfy
/// `wanted`.
///
/// # Errors
/// When the database is away.
pub async fn nearest(
    tx: &mut Tx<'_>,
    role: Role,
    area: &str,
    wanted: impl Fn(&Staff) -> bool,
) -> sqlx::Result<Vec<Staff>> {
    let paths = with_parents(area);
    let found = store::in_areas(tx, role, &json_strings(&paths)).await?;
    for path in paths {
        let here: Vec<Staff> =
            found.iter().filter(|s| s.area == path && wanted(s)).cloned().collect();
        if !here.is_empty() {
            return Ok(here);
        }
    }
    Ok(Vec::new())
}

/// Every joined lead and officer of an area and of all above it, on duty or not.
///
/// # Errors
/// When the database is away.
pub async fn chain_of_command(tx: &mut Tx<'_>, area: &str) -> sqlx::Result<Vec<Staff>> {
    let paths = json_strings(&with_parents(area));
    let mut chain = store::in_areas(tx, Role::Lead, &paths).await?;
    chain.extend(store::in_areas(tx, Role::Officer, &paths).await?);
    chain.retain(Staff::has_joined);
    Ok(chain)
}

/// What stands in the way of serving: areas with households for which nobody leads.
#[derive(Clone, Debug, Default)]
pub struct CommandGaps {
    /// Areas that have no lead or officer at all: refused.
    pub nobody: Vec<String>,
    /// Areas whose leads and officers have all yet to join: a warning.
    pub nobody_joined: Vec<String>,
}

/// Looks for areas with households and without anybody to lead them.
///
/// # Errors
/// When the database is away.
pub async fn command_gaps(tx: &mut Tx<'_>) -> sqlx::Result<CommandGaps> {
    let mut gaps = CommandGaps::default();
    for area in store::areas_with_households(tx).await? {
        let paths = json_strings(&with_parents(&area));
        let mut chain = store::in_areas(tx, Role::Lead, &paths).await?;
        chain.extend(store::in_areas(tx, Role::Officer, &paths).await?);
        let shown = person::shown(&area).to_owned();
        if chain.is_empty() {
            gaps.nobody.push(shown);
        } else if !chain.iter().any(Staff::has_joined) {
            gaps.nobody_joined.push(shown);
        }
    }
    Ok(gaps)
}

/// The language a person of the staff reads: chosen, else proposed by the app, else the default.
///
/// # Errors
/// When the database is away.
pub async fn language(
    ground: &Ground,
    tx: &mut Tx<'_>,
    staff: &Staff,
) -> sqlx::Result<LanguageTag> {
    let Some(account) = staff.account_id else { return Ok(ground.default_language()) };
    let account = directory::account(tx, account).await?;
    Ok(ground.language_of(&account))
}

fn json_strings(list: &[String]) -> String {
    serde_json::to_string(list).unwrap_or_else(|_| "[]".into())
}

/// Who reads what is meant for a household's worker: the worker, else the backup, else the nearest
/// lead or officer: the first of them who has joined, on duty or not.
///
/// # Errors
/// When the database is away.
pub async fn reader_for(
    tx: &mut Tx<'_>,
    worker: StaffId,
    backup: Option<StaffId>,
    area: &str,
) -> sqlx::Result<Option<Staff>> {
    let mut line = vec![store::get(tx, worker).await?];
    if let Some(backup) = backup {
        line.push(store::get(tx, backup).await?);
    }
    line.extend(nearest(tx, Role::Lead, area, Staff::has_joined).await?);
    line.extend(nearest(tx, Role::Officer, area, Staff::has_joined).await?);
    Ok(line.into_iter().find(Staff::has_joined))
}
