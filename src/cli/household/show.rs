//! `doorstep household show`: the file of one household as staff see it: its row of the list, the
//! numbers of its members, what it answered, and the links that still hold.

use serde_json::{Value, json};

use super::list::Register;
use crate::base::store::{Db, Tx};
use crate::cli::{clock, output};
use crate::config::Settings;
use crate::desk::doorway::store::invite;
use crate::desk::household::file::Household;
use crate::desk::household::store as households;
use crate::desk::intake::{question, store as intake};
use crate::desk::who::as_json;

pub(super) async fn run(
    settings: &Settings,
    db: &Db,
    code: &str,
    json: bool,
) -> anyhow::Result<()> {
    let mut tx = db.read().await?;
    let now = clock(settings, &mut tx).await?.now();
    let household = super::find(&mut tx, code).await?;
    let register = Register::read(&mut tx, now).await?;
    let mut file = register.household(&household);
    add_numbers(&mut tx, &household, &mut file).await?;
    file["intake"] = Value::Array(answers(&mut tx, household.id).await?);
    let links = invite::links(&mut tx, household.id, now).await?;
    file["links"] = links.iter().map(link).collect();
    if json {
        return Ok(output::json(&file)?);
    }
    for line in told("", &file) {
        output::line(line)?;
    }
    Ok(())
}

/// Year of birth and numbers, beside what the list says of each member.
async fn add_numbers(tx: &mut Tx<'_>, household: &Household, file: &mut Value) -> sqlx::Result<()> {
    let members = households::members(tx, household.id).await?;
    let phones = households::phones(tx, household.id).await?;
    let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let shown = file["members"].as_array_mut().into_iter().flatten();
    for ((shown, member), phones) in shown.zip(&members).zip(&phones) {
        shown["birth_year"] = json!(member.birth_year);
        shown["phone"] = json!(known(&phones.phone));
        shown["phone2"] = json!(known(&phones.phone2));
        shown["phone_owner"] = json!(known(&phones.phone_owner));
    }
    Ok(())
}

/// The answers, in the order of the questions.
async fn answers(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<Value>> {
    let answers = intake::answers(tx, household).await?;
    let row = |question: &question::Question| {
        let row = answers.iter().find(|row| row.question == question.id)?;
        Some(json!({
            "question": row.question,
            "answer": row.choice,
            "words": row.words,
            "skipped": row.choice.is_none() && row.words.is_none(),
            "at": row.at,
            "who": as_json(&row.who_kind, row.who_ref.as_deref()),
        }))
    };
    Ok(question::all().iter().filter_map(row).collect())
}

fn link((kind, member, expires_at, used_at, invite): &invite::LinkRow) -> Value {
    json!({
        "kind": kind,
        "member": member,
        "expires_at": expires_at,
        "used_at": used_at,
        "group_link": invite.map(invite::InviteState::word),
    })
}

/// A line for each value that is known: `members.1.phone: 120`.
fn told(path: &str, value: &Value) -> Vec<String> {
    let below =
        |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Null => Vec::new(),
        Value::Object(fields) => {
            fields.iter().flat_map(|(name, value)| told(&below(name), value)).collect()
        }
        Value::Array(items) => {
            let numbered = (1..).zip(items);
            numbered.flat_map(|(n, value)| told(&below(&i32::to_string(&n)), value)).collect()
        }
        Value::String(text) => vec![format!("{path}: {text}")],
        other => vec![format!("{path}: {other}")],
    }
}
