//! What leads are told of a purge to come.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::base::clock::Timestamp;
use crate::base::language::{Arg, Phrase, say};
use crate::base::outbox::{Lane, Letter};
use crate::base::turn::{Done, Turn};
use crate::desk::household::file::Household;
use crate::desk::staff;
use crate::desk::staff::person::Staff;

/// How many households of a day are named; the others are counted.
const NAMED: usize = 30;

/// Tells a lead, without sound, which households are about to be purged and when.
///
/// # Errors
/// When the database is away.
pub(super) async fn warn(
    turn: &mut Turn<'_>,
    lead: &Staff,
    mut households: Vec<(Household, Timestamp)>,
) -> Done {
    let Some(chat) = lead.chat_id else { return Ok(()) };
    households.sort_by_key(|(household, _)| household.door());
    let mut days: BTreeMap<NaiveDate, Vec<&Household>> = BTreeMap::new();
    for (household, purge_at) in &households {
        days.entry(household.date_of(*purge_at)).or_default().push(household);
    }
    let lines: Vec<Phrase> = days.iter().map(|(date, households)| day(*date, households)).collect();
    let phrase = say("retention-warning").with("count", households.len()).with("lines", lines);
    let language = staff::language(turn.ground, &mut turn.tx, lead).await?;
    turn.post(Letter::say(chat, &language, phrase).lane(Lane::Relay).silent(true)).await?;
    Ok(())
}

fn day(date: NaiveDate, households: &[&Household]) -> Phrase {
    let one = |household: &&Household| {
        say("retention-household")
            .with("door", household.door())
            .with("place", household.place())
            .into()
    };
    let mut items: Vec<Arg> = households.iter().take(NAMED).map(one).collect();
    if households.len() > NAMED {
        items.push(say("retention-more").with("count", households.len() - NAMED).into());
    }
    say("retention-day").with("date", date).with("items", Arg::List(items))
}
