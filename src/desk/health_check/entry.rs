//! Readings that staff enter in their own chat: "3-502 妈妈 36.5", or the answer to [Enter reading].

use super::chat::{acknowledge, lexicons, member_named, member_words};
use super::check::Via;
use super::reading::{Heard, Reading};
use super::{Entry, record};
use crate::base::chat::Message;
use crate::base::clock::Timestamp;
use crate::base::language::say;
use crate::base::outbox::Letter;
use crate::base::turn::{Done, Turn};
use crate::desk::escalation;
use crate::desk::escalation::alert::AlertRef;
use crate::desk::household::file::{Household, Member};
use crate::desk::household::{self, named};
use crate::desk::prompt::{self, Wanted};
use crate::desk::scene::Scene;
use crate::desk::staff::person::Staff;
use crate::desk::staff::policy::{Act, allows};
use crate::desk::who::Who;

/// Hears a reading for a household in a staff member's private chat. Says whether it was one.
///
/// # Errors
/// Refused, with an example, when the household is named and the reading is not clear.
pub async fn hears(
    turn: &mut Turn<'_>,
    scene: &Scene,
    staff: &Staff,
    message: &Message,
    said_at: Timestamp,
) -> Done<bool> {
    let found = named::find(turn, staff, &message.text).await?;
    let Some((household, rest)) = found.filter(|(_, rest)| !rest.is_empty()) else {
        return Ok(false);
    };
    let entry = Typed { scene, staff, message, said_at, via: Via::Worker };
    entry.enter(turn, &household, rest, None).await?;
    Ok(true)
}

/// Asks for the reading of an overdue alert's member.
///
/// # Errors
/// Refused when the alert is over.
pub async fn ask(turn: &mut Turn<'_>, scene: &Scene, alert: AlertRef) -> Done {
    let alert = escalation::found(turn, alert).await?;
    let Some(account) = scene.account_id().filter(|_| alert.is_open()) else {
        return Err(say("already-closed").into());
    };
    let about = alert.id.to_string();
    prompt::ask(turn, scene.chat.id, account, Wanted::Reading, &about).await?;
    let member = alert.subject.member.clone().unwrap_or_default();
    let phrase = say("entry-ask").with("door", &alert.subject.door).with("name", member);
    turn.post(Letter::say(scene.chat.id, &scene.language, phrase)).await?;
    Ok(())
}

/// Hears the answer to [Enter reading].
///
/// # Errors
/// Refused, with an example, when it is not clear.
pub async fn answered(
    turn: &mut Turn<'_>,
    scene: &Scene,
    staff: &Staff,
    about: &str,
    message: &Message,
    said_at: Timestamp,
) -> Done {
    let Ok(reference) = about.parse() else { return Err(say("already-closed").into()) };
    let alert = escalation::found(turn, reference).await?;
    let household = household::store::get(&mut turn.tx, alert.household_id).await?;
    let entry = Typed { scene, staff, message, said_at, via: Via::Phone };
    entry.enter(turn, &household, &message.text, alert.member_id).await
}

struct Typed<'t> {
    scene: &'t Scene,
    staff: &'t Staff,
    message: &'t Message,
    said_at: Timestamp,
    via: Via,
}

impl Typed<'_> {
    async fn enter(
        &self,
        turn: &mut Turn<'_>,
        household: &Household,
        text: &str,
        member: Option<i64>,
    ) -> Done {
        let actor = self.scene.actor();
        if !allows(actor, Act::EnterReading, Some(household.object())) {
            return Err(say("not-yours").into());
        }
        let members = household::store::members(&mut turn.tx, household.id).await?;
        let readings = self.read(turn, household, &members, text)?;
        let unclear = || say("entry-unclear").with("door", household.door());
        for reading in &readings {
            let whose = match (&reading.member_hint, member, members.as_slice()) {
                (Some(hint), _, _) => member_named(&members, hint),
                (None, Some(id), _) => members.iter().find(|member| member.id == id),
                (None, None, [only]) => Some(only),
                (None, None, _) => None,
            };
            let whose = whose.ok_or_else(unclear)?;
            record(turn, household, &members, &self.entry(whose, reading)).await?;
        }
        acknowledge(turn, self.scene, self.message.id).await
    }

    fn read(
        &self,
        turn: &Turn<'_>,
        household: &Household,
        members: &[Member],
        text: &str,
    ) -> Done<Vec<Reading>> {
        let words = member_words(members);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let tags = [self.scene.language.clone(), household::language(turn.ground, household)];
        match lexicons(turn)?.hear(text, &tags, &words) {
            Heard::Readings { readings, .. } => Ok(readings),
            _ => Err(say("entry-unclear").with("door", household.door()).into()),
        }
    }

    fn entry<'m>(&self, member: &'m Member, reading: &Reading) -> Entry<'m> {
        let who = Who::Staff(self.staff.id);
        Entry {
            chat: Some(self.scene.chat.id),
            message: Some(self.message.id),
            account: self.scene.account_id(),
            staff: Some(self.staff.id),
            ..Entry::of(member, reading, self.said_at, self.via, who)
        }
    }
}
