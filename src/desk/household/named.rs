//! The household that somebody of the staff names at the beginning of what they write: by its door, or
//! by the code of its file.

use super::file::Household;
use super::store;
use crate::base::language::say;
use crate::base::turn::{Done, Turn};
use crate::desk::staff::person::{Role, Staff};

/// The household at the beginning of a text, and what stands behind it. The longest name counts;
/// `None` if it is none of the person's.
///
/// # Errors
/// Refused when several bear that name.
pub async fn find<'t>(
    turn: &mut Turn<'_>,
    staff: &Staff,
    text: &'t str,
) -> Done<Option<(Household, &'t str)>> {
    let mut named: Vec<(Household, &str)> = households_of(turn, staff)
        .await?
        .into_iter()
        .filter_map(|household| {
            let rest = after_door(text, &household)?;
            Some((household, rest))
        })
        .collect();
    let longest = named.iter().map(|(_, rest)| rest.len()).min();
    named.retain(|(_, rest)| Some(rest.len()) == longest);
    let found = named.pop();
    if let Some((household, _)) = found.as_ref().filter(|_| !named.is_empty()) {
        return Err(say("entry-which-household").with("door", household.door()).into());
    }
    Ok(found)
}

/// The households that a person of the staff may speak of: those they are assigned to, and for leads
/// and officers those of their area.
async fn households_of(turn: &mut Turn<'_>, staff: &Staff) -> Done<Vec<Household>> {
    let mut households = store::of_worker(&mut turn.tx, staff.id).await?;
    if matches!(staff.role, Role::Lead | Role::Officer) {
        let below = format!("{}0", staff.area.trim_end_matches('/'));
        let assigned: Vec<i64> = households.iter().map(|household| household.id).collect();
        let area = store::in_area(&mut turn.tx, &staff.area, &below).await?;
        households.extend(area.into_iter().filter(|other| !assigned.contains(&other.id)));
    }
    Ok(households)
}

/// What follows a household's door or code at the beginning of a text.
fn after_door<'t>(text: &'t str, household: &Household) -> Option<&'t str> {
    let text = text.trim_start();
    let door = household.door();
    let rest = text.strip_prefix(&door).or_else(|| text.strip_prefix(&household.code))?;
    let goes_on = rest.chars().next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '-');
    (!goes_on).then_some(rest)
}
