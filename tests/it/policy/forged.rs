//! Buttons that nobody gave anybody: forged, changed, cut, glued, taken from elsewhere. None has an
//! effect, whoever presses it.

use std::collections::BTreeMap;

use doorstep::base::seal::Seal;
use doorstep::desk::press::Action;
use strum::VariantArray;

use super::tables::changes;
use super::{Desk, Reader, World, deeds, only_refused};
use crate::inside::{TOKEN, on_both_inside};

/// How many are tried on the real desk; a hundred thousand are tried on the seal itself.
const TRIED: usize = 2_000;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most
    }
}

/// Real data made false in one of many ways; never real data of the same chat.
fn forge(real: &[String], foreign: &Seal, dice: &mut Dice) -> String {
    let data = &real[dice.below(real.len())];
    let (meaning, seal) = data.split_at(data.len() - 22);
    let other = &real[dice.below(real.len())];
    let (other_meaning, _) = other.split_at(other.len() - 22);
    match dice.below(9) {
        0 => flipped(data, dice),
        1 => data[..dice.below(data.len())].to_owned(),
        2 => {
            format!("{data}{}", char::from(b'a' + u8::try_from(dice.below(26)).expect("a letter")))
        }
        3 if other_meaning != meaning => format!("{other_meaning}{seal}"),
        4 => foreign.close(doorstep::base::chat::ChatId(1), meaning).unwrap_or_default(),
        5 => meaning.to_owned(),
        6 => format!("#{}{seal}", dice.below(50)),
        7 => format!("alert.close[\"A-{}\"]{}", dice.below(99), "A".repeat(22)),
        _ => (0..dice.below(64))
            .map(|_| char::from(b' ' + u8::try_from(dice.below(95)).expect("ascii")))
            .collect(),
    }
}

fn flipped(data: &str, dice: &mut Dice) -> String {
    let mut bytes = data.as_bytes().to_vec();
    let at = dice.below(bytes.len());
    bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
    String::from_utf8(bytes).expect("ascii")
}

on_both_inside!(two_thousand_forged_buttons_have_no_effect, async |inside| {
    let ground = &inside.ground;
    let mut tx = ground.db.begin().await.unwrap();
    let world = World::build(&mut tx, ground).await;
    let house = &world.houses["H-grid"];
    let mut real = Vec::new();
    let mut desk = Desk { tx: &mut tx, ground };
    for action in Action::VARIANTS {
        let (press, _) = deeds::press(house, house, *action, true);
        real.push(desk.sealed(house.chat, press).await.0);
    }
    let foreign = Seal::of_token(&format!("{TOKEN}x"));
    let (actors, mut dice) = (world.actors(), Dice(5));
    let reader = Reader::of(&mut tx).await;
    let first = reader.read(&mut tx).await;
    for attempt in 0..TRIED {
        let data = forge(&real, &foreign, &mut dice);
        let actor = actors[attempt % actors.len()];
        let mut savepoint = tx.savepoint().await.unwrap();
        let mut desk = Desk { tx: &mut savepoint, ground };
        let incoming = desk.press(actor.sender, house.chat, &data, 1);
        assert_eq!(desk.hears(&incoming).await, Err("not-yours".into()), "{data}");
        if attempt % 20 == 0 {
            only_refused(&first, &reader.read(desk.tx).await, &[]).unwrap();
        }
        savepoint.rollback().await.unwrap();
    }
    assert_eq!(changes(&first, &reader.read(&mut tx).await), BTreeMap::new());
    println!("{}: {TRIED} forged buttons, 0 effects", ground.db.kind());
});
