//! The pinned card of every household that a Turn has touched, written once at the Turn's end from the
//! lines that the features have for it.

use super::household::file::{Household, State};
use super::{health_check, household, supply};
use crate::base::turn::{Done, Turn};

/// Writes the cards of all households that this Turn has touched.
///
/// # Errors
/// When the database is away.
pub async fn refresh(turn: &mut Turn<'_>) -> Done {
    for id in turn.take_touched() {
        let household = household::store::get(&mut turn.tx, id).await?;
        if hangs(&household) {
            write(turn, &household).await?;
        }
    }
    Ok(())
}

/// A card hangs in a chat from the first acknowledgement until the bot leaves. One that hangs is renewed
/// in a held chat too, for the time after; none is hung there.
fn hangs(household: &Household) -> bool {
    let shown = match household.state {
        State::Active | State::Muted | State::Released => true,
        State::Held => household.card_letter.is_some(),
        _ => false,
    };
    shown && household.chat_id.is_some()
}

async fn write(turn: &mut Turn<'_>, household: &Household) -> Done {
    let members = household::store::members(&mut turn.tx, household.id).await?;
    let mut lines = health_check::card::card_lines(turn, household, &members).await?;
    lines.extend(supply::chat::card_line(turn, household.id).await?);
    let card = household::chat::card(turn, household, lines);
    let keys = if household.state == State::Released {
        Vec::new()
    } else {
        household::chat::card_keys(health_check::keypad::member_keys(&members))
    };
    household::put_card(turn, household, card, keys).await
}
