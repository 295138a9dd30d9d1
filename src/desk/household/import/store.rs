//! What an import reads of a household's rows, and writes to them.

use super::family::Family;
use super::row::{Home, Person};
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute};
use crate::desk::escalation;
use crate::desk::household::file::{Household, Member, State};
use crate::desk::household::passage;
use crate::desk::household::store::{self, NewHousehold, NewMember, Phones};
use crate::desk::staff;
use crate::desk::who::Who;

/// Between the labels of a household.
const SEPARATOR: &str = ";";

/// A known household as a file would tell it.
pub(super) async fn stored(tx: &mut Tx<'_>, known: &Household) -> sqlx::Result<Family> {
    let labels = store::labels(tx, known.id).await?;
    let labels = labels.split(SEPARATOR).filter(|label| !label.is_empty());
    let labels = labels.map(str::to_owned).collect();
    let members = store::members(tx, known.id).await?;
    let phones = store::phones(tx, known.id).await?;
    let person = |(member, phones): (Member, Phones)| Person {
        name: member.name,
        relation: member.relation,
        birth_year: member.birth_year,
        phone: phones.phone,
        phone2: Some(phones.phone2),
        phone_owner: Some(phones.phone_owner),
    };
    let members = members.into_iter().zip(phones).map(|pair| (0, person(pair))).collect();
    Ok(Family { code: known.code.clone(), line: 0, home: home(known), labels, members })
}

fn home(known: &Household) -> Home {
    Home {
        area: known.area.clone(),
        building: known.building.clone(),
        unit: known.unit.clone(),
        room: known.room.clone(),
        language: known.language.clone(),
        timezone: known.zone(),
        category: known.category,
        start_on: known.start_on,
        days: known.days,
        worker: known.worker_id,
        backup: known.backup_id,
    }
}

/// Writes a new household; says its row.
pub(super) async fn insert(tx: &mut Tx<'_>, family: &Family, now: Timestamp) -> sqlx::Result<i64> {
    staff::store::know_area(tx, &family.home.area).await?;
    let id = store::insert(tx, &row(family, &family.labels.join(SEPARATOR)), now).await?;
    put_members(tx, id, family).await?;
    Ok(id)
}

/// Takes a file over; open alerts pass to a new worker or backup.
pub(super) async fn update(
    tx: &mut Tx<'_>,
    known: &Household,
    stored: &Family,
    family: &Family,
) -> sqlx::Result<()> {
    let home = &family.home;
    staff::store::know_area(tx, &home.area).await?;
    store::update(tx, known.id, &row(family, &family.labels.join(SEPARATOR))).await?;
    put_members(tx, known.id, family).await?;
    if (home.worker, home.backup) != (stored.home.worker, stored.home.backup) {
        escalation::store::hand_to(tx, known.id, home.worker, home.backup).await?;
    }
    Ok(())
}

/// Makes a released household one that is to be opened. What it reported stays in its timeline; its
/// language is chosen and its notice acknowledged anew. Who has died stays muted; a chat that is still
/// `open` stays known until it is left.
pub(super) async fn begin_again(
    tx: &mut Tx<'_>,
    known: &Household,
    open: bool,
    now: Timestamp,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE household
         SET state = 'imported', imported_at = $1, bound_at = NULL, heard_at = NULL,
             settled_in_at = NULL, member_count = NULL, counted = NULL, lacks = '',
             release_asked_by = NULL,
             released_at = NULL, warned_at = NULL, card_letter = NULL, chosen_language = NULL, muted_was = NULL,
             channel = CASE WHEN $2 THEN channel ELSE 'none' END,
             chat_id = CASE WHEN $2 THEN chat_id ELSE NULL END,
             bot_id = CASE WHEN $2 THEN bot_id ELSE NULL END
         WHERE id = $3"
        )
        .bind(now)
        .bind(open)
        .bind(known.id)
    )?;
    execute!(
        tx,
        sqlx::query("DELETE FROM acknowledgement WHERE household_id = $1").bind(known.id)
    )?;
    execute!(
        tx,
        sqlx::query(
            "UPDATE member SET muted_at = NULL, muted_why = NULL
         WHERE household_id = $1 AND muted_why <> 'death'"
        )
        .bind(known.id)
    )?;
    store::end_links(tx, known.id, now).await?;
    let passage = passage::store::Passage {
        household: known.id,
        at: now,
        was: known.state,
        became: State::Imported,
        reason: Some("again"),
        member: None,
        who_kind: Who::System.kind(),
        who_ref: None,
    };
    passage::store::note(tx, &passage).await
}

async fn put_members(tx: &mut Tx<'_>, household: i64, family: &Family) -> sqlx::Result<()> {
    for (n, (_, person)) in (1..).zip(&family.members) {
        let member = NewMember {
            n,
            name: &person.name,
            relation: person.relation,
            birth_year: person.birth_year,
            phone: &person.phone,
            phone2: person.phone2.as_deref(),
            phone_owner: person.phone_owner.as_deref(),
        };
        store::put_member(tx, household, &member).await?;
    }
    Ok(())
}

fn row<'f>(family: &'f Family, labels: &'f str) -> NewHousehold<'f> {
    let home = &family.home;
    NewHousehold {
        code: &family.code,
        area: &home.area,
        building: &home.building,
        unit: &home.unit,
        room: &home.room,
        language: &home.language,
        timezone: home.timezone.name(),
        category: home.category,
        start_on: home.start_on,
        days: home.days,
        labels,
        worker: home.worker,
        backup: home.backup,
    }
}
