//! The rows of what is warned of and purged. The few texts that are made here hold names of tables and
//! columns as the database itself gave them, numbers of rows, and constants of `keep.rs`.

use std::collections::BTreeSet;

use sqlx::AssertSqlSafe;

use super::keep::{self, Fate, HOUSEHOLD};
use super::scope::{Scope, list, quoted};
use crate::base::clock::Timestamp;
use crate::base::erasure::bare_outgoing;
use crate::base::outbox::LetterState;
use crate::base::setting;
use crate::base::store::schema::Table;
use crate::base::store::{Tx, execute, on};

/// The two instants of the clock that stand among the settings.
pub(super) async fn due_settings(tx: &mut Tx<'_>) -> sqlx::Result<Vec<(String, i64)>> {
    on!(tx, c => sqlx::query_as("SELECT name, value FROM setting WHERE name IN ($1, $2)")
        .bind(setting::SWEEP_AT).bind(setting::TRACES_AT).fetch_all(c).await)
}

// ---- The warning ----

/// When the leads of a household were warned.
pub(super) async fn warned_at(tx: &mut Tx<'_>, id: i64) -> sqlx::Result<Option<Timestamp>> {
    on!(tx, c => sqlx::query_scalar("SELECT warned_at FROM household WHERE id = $1")
        .bind(id).fetch_one(c).await)
}

/// The closed households of which nobody was warned, whose warning falls due before an instant.
pub(super) async fn to_be_warned_of(tx: &mut Tx<'_>, before: Timestamp) -> sqlx::Result<Vec<i64>> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT id FROM household
         WHERE due_at IS NOT NULL AND due_at < $1 AND state = 'closed' AND warned_at IS NULL
         ORDER BY id")
        .bind(before).fetch_all(c).await)
}

pub(super) async fn set_warned(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE household SET warned_at = $1 WHERE id = $2").bind(now).bind(id)
    )
    .map(|_| ())
}

/// Erases the warnings that were written at an instant: they name households.
pub(super) async fn erase_warnings(tx: &mut Tx<'_>, at: Timestamp) -> sqlx::Result<()> {
    let query = format!(
        "UPDATE outbox SET args = '', error = NULL, outgoing = {},
             state = CASE WHEN state = 'queued' THEN 'skipped' ELSE state END
         WHERE household_id IS NULL AND args <> '' AND written_at = $1
           AND text_id = 'retention-warning'",
        bare_outgoing()
    );
    execute!(tx, sqlx::query(AssertSqlSafe(query)).bind(at)).map(|_| ())
}

// ---- Before the purge ----

/// The last letter that asked the bot out of a household's chat: what has become of it, and when it
/// was written.
pub(super) async fn last_leave(
    tx: &mut Tx<'_>,
    id: i64,
) -> sqlx::Result<Option<(LetterState, Timestamp)>> {
    on!(tx, c => sqlx::query_as(
        r#"SELECT state, written_at FROM outbox WHERE household_id = $1 AND outgoing = '"leave"'
           ORDER BY id DESC LIMIT 1"#)
        .bind(id).fetch_optional(c).await)
}

/// Takes back every letter about a household that has not gone.
pub(super) async fn withdraw(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE outbox SET state = 'skipped', settled_at = $1
         WHERE household_id = $2 AND state = 'queued'"
        )
        .bind(now)
        .bind(id)
    )
    .map(|_| ())
}

pub(super) async fn set_purged(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE household SET purged_at = $1 WHERE id = $2").bind(now).bind(id)
    )
    .map(|_| ())
}

// ---- What is about no household, or about several ----

/// Erases the words of settled letters that are about no household, or about several, and stand in
/// no household's chat, if they were written before an instant.
pub(super) async fn erase_untied_letters(tx: &mut Tx<'_>, before: Timestamp) -> sqlx::Result<()> {
    let query = format!(
        "UPDATE outbox SET args = '', error = NULL, outgoing = {}
         WHERE household_id IS NULL AND args <> '' AND written_at < $1
           AND state IN ('sent', 'skipped', 'dead')
           AND chat_id NOT IN (SELECT chat_id FROM household WHERE chat_id IS NOT NULL)",
        bare_outgoing()
    );
    execute!(tx, sqlx::query(AssertSqlSafe(query)).bind(before)).map(|_| ())
}

/// Erases what came in from chats that are no household's: every update that was heard, and the dead
/// ones of before an instant. Staff may have written or pressed there what names a household.
pub(super) async fn erase_untied_updates(
    tx: &mut Tx<'_>,
    dead_before: Timestamp,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE inbox SET raw = '', chat_key = 0, error = NULL
         WHERE raw <> '' AND (state = 'done' OR (state = 'dead' AND received_at < $1))
           AND chat_key IN (SELECT telegram_id FROM chat
               WHERE telegram_id IS NOT NULL
                 AND id NOT IN (SELECT chat_id FROM household WHERE chat_id IS NOT NULL))"
        )
        .bind(dead_before)
    )
    .map(|_| ())
}

// ---- The purge ----

async fn numbers(tx: &mut Tx<'_>, query: String) -> sqlx::Result<BTreeSet<i64>> {
    let query = AssertSqlSafe(query);
    let found: Vec<i64> = on!(tx, c => sqlx::query_scalar(query).fetch_all(c).await)?;
    Ok(found.into_iter().collect())
}

/// Looks for the chats and accounts that are a household's and nobody else's: chats of staff and of
/// other households, and accounts of staff or with a place in another household, stay.
pub(super) async fn scope(
    tx: &mut Tx<'_>,
    schema: &[Table],
    household: i64,
) -> sqlx::Result<Scope> {
    let mut scope = Scope { household, ..Scope::default() };
    for table in having(schema, "chat_id") {
        let own = if table.name == "household" { "id" } else { HOUSEHOLD };
        if table.column(own).is_some() {
            let condition = format!("{own} = {household}");
            scope.chats.extend(named(tx, table, "chat_id", &condition).await?);
        }
    }
    let query = format!(
        "SELECT id FROM chat WHERE id IN ({})
           AND NOT EXISTS (SELECT 1 FROM staff WHERE staff.chat_id = chat.id)
           AND NOT EXISTS (SELECT 1 FROM household
               WHERE household.chat_id = chat.id AND household.id <> {household})",
        list(&scope.chats)
    );
    scope.chats = numbers(tx, query).await?;
    scope.accounts = accounts(tx, schema, &scope).await?;
    take_private_chats(tx, &mut scope).await?;
    Ok(scope)
}

/// The tables with a column of this name that may hold a household's data.
fn having<'s>(schema: &'s [Table], column: &'s str) -> impl Iterator<Item = &'s Table> {
    schema
        .iter()
        .filter(move |table| table.column(column).is_some())
        .filter(|table| !matches!(keep::fate(&table.name), Fate::Spare(_)))
}

/// What a column names in the rows of a table under a condition.
async fn named(
    tx: &mut Tx<'_>,
    table: &Table,
    column: &str,
    condition: &str,
) -> sqlx::Result<BTreeSet<i64>> {
    let name = quoted(&table.name);
    let query = format!(
        "SELECT DISTINCT {column} FROM {name} WHERE ({condition}) AND {column} IS NOT NULL"
    );
    numbers(tx, query).await
}

/// The accounts that stand in rows of the household, and have no place elsewhere.
async fn accounts(tx: &mut Tx<'_>, schema: &[Table], scope: &Scope) -> sqlx::Result<BTreeSet<i64>> {
    let mut found = BTreeSet::new();
    for table in having(schema, "account_id") {
        if let Some(tied) = scope.tied(schema, table) {
            found.extend(named(tx, table, "account_id", &tied).await?);
        }
    }
    let query = format!(
        "SELECT id FROM account WHERE id IN ({})
           AND NOT EXISTS (SELECT 1 FROM staff WHERE staff.account_id = account.id)",
        list(&found)
    );
    found = numbers(tx, query).await?;
    for table in having(schema, "account_id") {
        if let Some(elsewhere) = scope.elsewhere(table) {
            let condition = format!("account_id IN ({}) AND {elsewhere}", list(&found));
            let others = named(tx, table, "account_id", &condition).await?;
            found.retain(|account| !others.contains(account));
        }
    }
    Ok(found)
}

/// The private chats of the household's accounts are its own, those of other accounts are not.
async fn take_private_chats(tx: &mut Tx<'_>, scope: &mut Scope) -> sqlx::Result<()> {
    let private = |condition: String| {
        format!(
            "SELECT chat.id FROM chat JOIN account
             ON account.bot_id = chat.bot_id AND account.telegram_id = chat.telegram_id
             WHERE chat.kind = 'private' AND {condition}"
        )
    };
    let (chats, accounts) = (list(&scope.chats), list(&scope.accounts));
    let of_others = format!("chat.id IN ({chats}) AND account.id NOT IN ({accounts})");
    let of_others = numbers(tx, private(of_others)).await?;
    scope.chats.retain(|chat| !of_others.contains(chat));
    scope.chats.extend(numbers(tx, private(format!("account.id IN ({accounts})"))).await?);
    Ok(())
}

/// The platform's ids of the chats and accounts of a household: by them updates are known.
pub(super) async fn keys(tx: &mut Tx<'_>, scope: &Scope) -> sqlx::Result<BTreeSet<i64>> {
    let query = format!(
        "SELECT telegram_id FROM chat WHERE telegram_id IS NOT NULL AND id IN ({})
         UNION SELECT telegram_id FROM account WHERE id IN ({})",
        list(&scope.chats),
        list(&scope.accounts)
    );
    numbers(tx, query).await
}

/// What was said in a household's chats is about it, also where nobody noted that.
pub(super) async fn take_letters(tx: &mut Tx<'_>, scope: &Scope) -> sqlx::Result<()> {
    let query = format!(
        "UPDATE outbox SET household_id = {}
         WHERE household_id IS NULL AND args <> '' AND chat_id IN ({})",
        scope.household,
        list(&scope.chats)
    );
    execute!(tx, sqlx::query(AssertSqlSafe(query))).map(|_| ())
}

/// Empties or deletes the rows of a table that are a household's.
pub(super) async fn purge(
    tx: &mut Tx<'_>,
    schema: &[Table],
    table: &Table,
    scope: &Scope,
) -> sqlx::Result<()> {
    let Some(query) = scope.statement(schema, table) else { return Ok(()) };
    execute!(tx, sqlx::query(AssertSqlSafe(query))).map(|_| ())
}
