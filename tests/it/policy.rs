//! Who may do what, tried cell by cell on the real desk: every role, every button and everything done
//! by words, for every household it may be about, in every place. Each cell is undone before the next.
//! What is denied writes one answer and one line of the journal, and touches nothing else.

use std::collections::BTreeMap;

use doorstep::base::store::Tx;
use doorstep::base::turn::Ground;
use doorstep::desk::press::{Action, Press};
use strum::VariantArray;

use crate::inside::on_both_inside;

mod deeds;
mod desk;
mod expected;
mod forged;
mod tables;
mod world;

use deeds::{Deed, deeds};
use desk::{Chat, Desk, Sender};
use expected::{PLACES, Place, Scope, Who, may_press, may_say};
use tables::{Reader, Tables, changes};
use world::{Actor, House, World};

/// What a refused press writes: its line, its answer, and the mark that it was heard.
const REFUSAL: [(&str, i64); 3] = [("journal", 1), ("outbox", 1), ("seen", 1)];
/// What a letter with a button writes; a meaning that is too long for a button stands in a row.
const BUTTON: [(&str, i64); 2] = [("long_press", 1), ("outbox", 1)];

/// One question to the desk.
struct Cell<'w> {
    actor: Actor,
    scope: Scope,
    place: Place,
    house: &'w House,
    deed: Deed,
}

impl Cell<'_> {
    fn chat(&self, world: &World) -> Chat {
        match self.place {
            Place::ItsChat => self.house.chat,
            Place::OtherChat => self.neighbour(world).chat,
            Place::Private => self.actor.private,
            Place::Unbound => world.unbound,
        }
    }

    /// The household in whose chat it happens, if that is not the one it is about.
    fn neighbour<'w>(&self, world: &'w World) -> &'w House {
        let code = if self.house.code == "H-elsewhere" { "H-grid" } else { "H-elsewhere" };
        &world.houses[code]
    }

    /// The household in whose chat it happens.
    fn home<'w>(&'w self, world: &'w World) -> &'w House {
        if self.place == Place::OtherChat { self.neighbour(world) } else { self.house }
    }

    fn is_allowed(&self) -> bool {
        let Self { actor, scope, place, deed, .. } = self;
        match deed {
            Deed::Press { action, danger } => {
                may_press(actor.who, *scope, *place, action.word(), *danger)
            }
            Deed::Say(words) => may_say(actor.who, *scope, *place, *words),
        }
    }

    fn name(&self) -> String {
        let Self { actor, scope, place, deed, .. } = self;
        format!("{:?} · {scope:?} · {place:?} · {deed:?}", actor.who)
    }
}

/// All cells of the matrix.
fn cells(world: &World) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    for actor in world.actors() {
        for scope in scopes(actor.who) {
            for place in PLACES {
                let house = match actor.who {
                    Who::Staff(role) => &world.houses[&World::code(role, *scope)],
                    _ if *scope == Scope::Own => &world.houses["H-grid"],
                    _ => &world.houses["H-elsewhere"],
                };
                let matters = |deed: &Deed| deed.matters(actor.who, *scope, place);
                let cell = |deed| Cell { actor, scope: *scope, place, house, deed };
                cells.extend(deeds().into_iter().filter(matters).map(cell));
            }
        }
    }
    cells
}

fn scopes(who: Who) -> &'static [Scope] {
    match who {
        Who::Staff(_) => &[
            Scope::Worker,
            Scope::Backup,
            Scope::Covers,
            Scope::Exact,
            Scope::Namesake,
            Scope::Above,
            Scope::Other,
        ],
        Who::Member | Who::Unknown | Who::Refused => &[Scope::Own, Scope::Other],
        Who::Nobody | Who::Stranger => &[Scope::Other],
    }
}

/// The matrix at work: how often what came of it.
struct Walk<'w> {
    world: &'w World,
    ground: &'w Ground,
    reader: Reader,
    before: Tables,
    wrong: Vec<String>,
    walked: BTreeMap<&'static str, usize>,
}

impl Walk<'_> {
    async fn try_cell(&mut self, tx: &mut Tx<'_>, cell: &Cell<'_>) {
        let mut savepoint = tx.savepoint().await.expect("a savepoint");
        let mut desk = Desk { tx: &mut savepoint, ground: self.ground };
        let found = match cell.deed {
            Deed::Press { action, danger } => self.press(&mut desk, cell, action, danger).await,
            Deed::Say(words) => deeds::say(&mut desk, self.world, cell, words).await,
        };
        savepoint.rollback().await.expect("undone");
        let expected = cell.is_allowed();
        let kind = match (expected, &cell.deed) {
            (true, Deed::Press { .. }) => "presses allowed",
            (false, Deed::Press { .. }) => "presses denied",
            (true, Deed::Say(_)) => "words allowed",
            (false, Deed::Say(_)) => "words denied",
        };
        *self.walked.entry(kind).or_default() += 1;
        if let Err(why) = found {
            self.wrong.push(format!("{}: {why}", cell.name()));
        }
    }

    /// A press: allowed, it is done; denied, it is refused and nothing but the refusal is written.
    async fn press(
        &self,
        desk: &mut Desk<'_, '_>,
        cell: &Cell<'_>,
        action: Action,
        danger: bool,
    ) -> Result<(), String> {
        let prepared = deeds::prepare(desk, cell.house, action, danger).await;
        let before = if prepared { &self.reader.read(desk.tx).await } else { &self.before };
        let (press, message) = deeds::press(cell.house, cell.home(self.world), action, danger);
        let chat = cell.chat(self.world);
        let (data, bearer) = desk.sealed(chat, press).await;
        let incoming = desk.press(cell.actor.sender, chat, &data, message.unwrap_or(bearer));
        let heard = desk.hears(&incoming).await;
        let expected = cell.is_allowed();
        match (expected, heard) {
            (true, Ok(())) => Ok(()),
            (false, Err(id)) if id == "not-yours" => {
                only_refused(before, &self.reader.read(desk.tx).await, &BUTTON)
            }
            (_, heard) => Err(format!("expected {expected}, found {heard:?}")),
        }
    }
}

/// Nothing was written but the refusal, and what stood there `besides`.
fn only_refused(before: &Tables, after: &Tables, besides: &[(&str, i64)]) -> Result<(), String> {
    let mut changed = changes(before, after);
    for (table, rows) in besides {
        if let Some(count) = changed.get_mut(*table) {
            *count -= rows;
        }
    }
    changed.retain(|table, rows| *rows != 0 || !besides.iter().any(|(known, _)| known == table));
    let allowed = REFUSAL.map(|(table, rows)| (table.to_owned(), rows));
    if changed == BTreeMap::from(allowed) { Ok(()) } else { Err(format!("changed {changed:?}")) }
}

/// Every cell on SQLite. Who may is decided above the database, and the rows of every kind of cell are
/// the same on PostgreSQL: there each seventh is walked, which meets every role, button and place.
fn stride(ground: &Ground) -> usize {
    if ground.db.kind() == "sqlite" { 1 } else { 7 }
}

on_both_inside!(every_cell_of_the_policy_is_as_the_contract_says, async |inside| {
    let ground = &inside.ground;
    let mut tx = ground.db.begin().await.unwrap();
    let world = World::build(&mut tx, ground).await;
    let reader = Reader::of(&mut tx).await;
    let before = reader.read(&mut tx).await;
    let (wrong, walked) = (Vec::new(), BTreeMap::new());
    let mut walk = Walk { world: &world, ground, reader, before, wrong, walked };
    for cell in cells(&world).iter().step_by(stride(ground)) {
        walk.try_cell(&mut tx, cell).await;
    }
    let after = walk.reader.read(&mut tx).await;
    assert_eq!(changes(&walk.before, &after), BTreeMap::new(), "every cell was undone");
    let total: usize = walk.walked.values().sum();
    println!("{}: {total} cells walked: {:?}", ground.db.kind(), walk.walked);
    let shown: Vec<&String> = walk.wrong.iter().take(200).collect();
    assert!(shown.is_empty(), "{} cells are wrong: {shown:#?}", walk.wrong.len());
    assert_eq!(Action::VARIANTS.len(), 53, "a new button has its line in expected.rs");
});

on_both_inside!(a_button_of_one_household_does_nothing_in_another_chat, async |inside| {
    let ground = &inside.ground;
    let mut tx = ground.db.begin().await.unwrap();
    let world = World::build(&mut tx, ground).await;
    let reader = Reader::of(&mut tx).await;
    let (from, to) = (&world.houses["H-grid"], &world.houses["H-elsewhere"]);
    let mut replayed = 0;
    for action in Action::VARIANTS {
        let mut desk = Desk { tx: &mut tx, ground };
        let (press, message) = deeds::press(from, from, *action, false);
        let (data, bearer) = desk.sealed(from.chat, press).await;
        let before = reader.read(&mut tx).await;
        for actor in world.actors() {
            for chat in [to.chat, actor.private, world.unbound] {
                let mut savepoint = tx.savepoint().await.unwrap();
                let mut desk = Desk { tx: &mut savepoint, ground };
                let incoming = desk.press(actor.sender, chat, &data, message.unwrap_or(bearer));
                assert_eq!(desk.hears(&incoming).await, Err("not-yours".into()), "{action:?}");
                only_refused(&before, &reader.read(&mut savepoint).await, &[]).unwrap();
                savepoint.rollback().await.unwrap();
                replayed += 1;
            }
        }
    }
    println!("{}: {replayed} buttons replayed elsewhere, 0 effects", ground.db.kind());
});

on_both_inside!(the_same_press_has_one_effect, async |inside| {
    let ground = &inside.ground;
    let mut tx = ground.db.begin().await.unwrap();
    let world = World::build(&mut tx, ground).await;
    let house = &world.houses["H-grid"];
    let mut desk = Desk { tx: &mut tx, ground };
    let take = Press::NeedTake { r#ref: house.requested };
    let (data, message) = desk.sealed(house.keeper.private, take).await;
    let press = desk.press(house.keeper.sender, house.keeper.private, &data, message);
    assert_eq!(desk.hears(&press).await, Ok(()));
    let reader = Reader::of(desk.tx).await;
    let before = reader.read(desk.tx).await;
    assert_eq!(desk.hears(&press).await, Ok(()), "delivered twice by the platform");
    assert_eq!(changes(&before, &reader.read(desk.tx).await), BTreeMap::new());
    let again = desk.press(house.keeper.sender, house.keeper.private, &data, message);
    assert_eq!(desk.hears(&again).await, Err("already-closed".into()), "pressed twice");
    only_refused(&before, &reader.read(desk.tx).await, &[]).unwrap();
});
