//! Who did what, and when: one line for everything that a person decided or was refused.

use serde_json::Value;

use super::store::execute;
use super::turn::{Done, Turn};

/// Writes a line. `actor` and `object` are refs (`S-7`, `A-12`), never names.
///
/// # Errors
/// When the database is away.
pub async fn note(
    turn: &mut Turn<'_>,
    actor: &str,
    action: &str,
    object: &str,
    household: Option<i64>,
    detail: Value,
) -> Done {
    let now = turn.now();
    execute!(
        &mut turn.tx,
        sqlx::query(
            "INSERT INTO journal (at, actor, action, object, household_id, detail)
         VALUES ($1, $2, $3, $4, $5, $6)"
        )
        .bind(now)
        .bind(actor)
        .bind(action)
        .bind(object)
        .bind(household)
        .bind(detail.to_string())
    )?;
    Ok(())
}
