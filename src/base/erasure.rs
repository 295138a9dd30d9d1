//! What is erased of the ground: the words of letters, what came in as it came, the keys of what was
//! seen. The rows stay, so that nothing happens a second time and a timeline still counts them.

use super::chat::Outgoing;
use super::clock::Timestamp;
use super::store::{Tx, execute};

/// The SQL by which the stored form of what a letter does becomes bare: what kind it is stays, its
/// words, buttons and numbers go.
#[must_use]
pub fn bare_outgoing() -> String {
    let arms = bare_forms()
        .into_iter()
        .map(|(begins, bare)| format!("WHEN outgoing LIKE '{begins}%' THEN '{bare}'"));
    // What is no more than a word holds nothing.
    let arms = arms.chain(std::iter::once("WHEN outgoing LIKE '\"%' THEN outgoing".to_owned()));
    format!("CASE {} ELSE '\"ask_place\"' END", arms.collect::<Vec<_>>().join(" "))
}

/// How each kind that holds something begins in its row, and what stays of it.
fn bare_forms() -> Vec<(String, String)> {
    let (html, keys) = (String::new(), Vec::new());
    let forms = [
        Outgoing::Say { html: html.clone(), keys: keys.clone(), reply_to: None, pad: None },
        Outgoing::Photo { file: String::new(), html: html.clone(), keys: keys.clone() },
        Outgoing::Edit { html: html.clone(), keys },
        Outgoing::React { message: 0, emoji: String::new() },
        Outgoing::Answer { press: String::new(), text: html },
        Outgoing::Copy { from: 0, message: 0 },
        Outgoing::Remove { person: 0 },
        Outgoing::Readmit { person: 0 },
        Outgoing::MakeLink { name: String::new(), until: Timestamp::from_millis(0) },
        Outgoing::EndLink { link: String::new() },
        Outgoing::LetIn { person: 0 },
        Outgoing::TurnAway { person: 0 },
    ];
    let form = |form: &Outgoing| {
        let bare = serde_json::to_string(form).unwrap_or_default();
        let begins = bare.split_inclusive(':').next().unwrap_or_default().to_owned();
        (begins, bare)
    };
    forms.iter().map(form).collect()
}

/// Erases what came in before an instant and was heard, and before an earlier one and is dead.
///
/// # Errors
/// When the database is away.
pub async fn erase_updates(
    tx: &mut Tx<'_>,
    heard_before: Timestamp,
    dead_before: Timestamp,
) -> sqlx::Result<u64> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE inbox SET raw = '', chat_key = 0, error = NULL
         WHERE raw <> '' AND received_at < $1
           AND (state = 'done' OR (state = 'dead' AND received_at < $2))"
        )
        .bind(heard_before)
        .bind(dead_before)
    )
}

/// Erases every update of a chat that was settled. `chat_key` is the platform's id.
///
/// # Errors
/// When the database is away.
pub async fn erase_updates_of_chat(tx: &mut Tx<'_>, chat_key: i64) -> sqlx::Result<u64> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE inbox SET raw = '', chat_key = 0, error = NULL
         WHERE raw <> '' AND chat_key = $1 AND state IN ('done', 'dead')"
        )
        .bind(chat_key)
    )
}

/// Forgets what had its effect before an instant: nothing that old comes a second time.
///
/// # Errors
/// When the database is away.
pub async fn forget_seen(tx: &mut Tx<'_>, before: Timestamp) -> sqlx::Result<u64> {
    execute!(tx, sqlx::query("DELETE FROM seen WHERE at < $1").bind(before))
}

/// Forgets what was said in a chat, by our own number of it.
///
/// # Errors
/// When the database is away.
pub async fn forget_seen_in(tx: &mut Tx<'_>, chat: i64) -> sqlx::Result<u64> {
    execute!(tx, sqlx::query("DELETE FROM seen WHERE key LIKE $1").bind(format!("msg:{chat}:%")))
}

/// Forgets the stored meanings of long buttons that hold this value: their buttons answer "not
/// yours" from now on.
///
/// # Errors
/// When the database is away.
pub async fn forget_presses(tx: &mut Tx<'_>, value: &str) -> sqlx::Result<u64> {
    let quoted = serde_json::Value::from(value).to_string();
    execute!(
        tx,
        sqlx::query("DELETE FROM long_press WHERE replace(meaning, $1, '') <> meaning")
            .bind(quoted)
    )
}

#[cfg(test)]
mod tests {
    use strum::VariantNames;

    use super::*;

    #[test]
    fn every_kind_of_letter_that_holds_something_has_a_bare_form() {
        let bare: Vec<String> = bare_forms().into_iter().map(|(begins, _)| begins).collect();
        for name in Outgoing::VARIANTS {
            let is_a_word = serde_json::from_str::<Outgoing>(&format!("\"{name}\"")).is_ok();
            let known = bare.contains(&format!("{{\"{name}\":"));
            assert!(known || is_a_word, "{name}: say in base/erasure.rs what stays of it");
        }
        assert_eq!(bare.len(), 12);
    }
}
