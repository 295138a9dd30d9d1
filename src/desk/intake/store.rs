//! The rows of the questions that a household is asked once, and of its answers.

use crate::base::chat::LetterId;
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};
use crate::desk::reference::StaffId;

/// The question that waits in a household's chat, and the letter that asks it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Asking {
    pub question: Option<String>,
    pub letter: Option<LetterId>,
}

/// Notes that a household is asked; `false` if it was before.
pub(crate) async fn begin(
    tx: &mut Tx<'_>,
    household: i64,
    by: StaffId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let added = execute!(
        tx,
        sqlx::query(
            "INSERT INTO intake (household_id, asked_at, asked_by) VALUES ($1, $2, $3)
         ON CONFLICT (household_id) DO NOTHING"
        )
        .bind(household)
        .bind(now)
        .bind(by)
    )?;
    Ok(added == 1)
}

pub(crate) async fn asking(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Option<Asking>> {
    on!(tx, c => sqlx::query_as("SELECT question, letter FROM intake WHERE household_id = $1")
        .bind(household).fetch_optional(c).await)
}

pub(crate) async fn set_asking(
    tx: &mut Tx<'_>,
    household: i64,
    question: Option<&str>,
    letter: Option<LetterId>,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE intake SET question = $1, letter = $2 WHERE household_id = $3")
            .bind(question)
            .bind(letter)
            .bind(household)
    )
    .map(|_| ())
}

/// An answer: one that was offered, or words, or neither where it was passed over.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct AnswerRow {
    pub question: String,
    pub choice: Option<String>,
    pub words: Option<String>,
    pub at: Timestamp,
    pub who_kind: String,
    pub who_ref: Option<String>,
}

/// Keeps an answer in place of an earlier one to the same question.
pub(crate) async fn put(tx: &mut Tx<'_>, household: i64, answer: &AnswerRow) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO intake_answer (household_id, question, choice, words, at, who_kind, who_ref)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (household_id, question) DO UPDATE
         SET choice = excluded.choice, words = excluded.words, at = excluded.at,
             who_kind = excluded.who_kind, who_ref = excluded.who_ref"
        )
        .bind(household)
        .bind(&answer.question)
        .bind(&answer.choice)
        .bind(&answer.words)
        .bind(answer.at)
        .bind(&answer.who_kind)
        .bind(&answer.who_ref)
    )
    .map(|_| ())
}

pub(crate) async fn answers(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<AnswerRow>> {
    on!(tx, c => sqlx::query_as(
        "SELECT question, choice, words, at, who_kind, who_ref FROM intake_answer
         WHERE household_id = $1")
        .bind(household).fetch_all(c).await)
}
