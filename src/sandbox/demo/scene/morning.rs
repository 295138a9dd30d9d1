//! Morning: both families report by typing, one of them once more by the keypad. The bot adds no
//! message: a reaction, and the card.

use serde_json::json;

use super::play::{Play, Step};
use crate::sandbox::{ChatId, MessageId, Person};

/// The acknowledgement of a reading.
const NOTED: &str = "👌";

pub(super) async fn play(play: &mut Play<'_>) -> Step {
    let (cast, homes) = (&play.stage.cast, play.stage.homes);
    let homes_by_name = [("3-502", homes.chinese), ("7-903", homes.french)];
    play.until(8, 12).await?;
    for (name, home) in homes_by_name {
        let reminders = play.messages(home, "reminder").await?.len();
        play.expect(&format!("{name} got one reminder"), reminders == 1)?;
    }
    let words = "妈妈36.5 爸爸36.8 宝宝36.9";
    report(play, &cast.mum, homes.chinese, "3-502", words, &["36.5", "36.8", "36.9"]).await?;
    let words = "Camille 36,7 Lucas 36,8";
    report(play, &cast.camille, homes.french, "7-903", words, &["36,7", "36,8"]).await?;
    by_keypad(play).await?;
    play.until(10, 30).await?;
    for (name, home) in homes_by_name {
        let nudges = nudges(play, home).await?;
        play.expect(&format!("{name} got no nudge"), nudges == 0)?;
    }
    let desk = play.stage.private(&cast.wang);
    let lists = play.messages(desk, "overdue-list").await?.len();
    play.expect("nobody stands on the worker's list", lists == 0)
}

/// Somebody reports by typing.
async fn report(
    play: &mut Play<'_>,
    who: &Person,
    home: ChatId,
    name: &str,
    words: &str,
    values: &[&str],
) -> Step {
    let before = play.count(home).await?;
    let message = play.say(who, home, words).await?;
    let noted = is_noted(play, home, message);
    play.expect(&format!("{name}'s report is acknowledged by one reaction"), noted)?;
    play.pass(super::play::A_CARD_LATER).await?;
    let shows_all = values.iter().all(|value| play.card(home).contains(value));
    play.expect(&format!("{name}'s card shows every value"), shows_all)?;
    let after = play.count(home).await?;
    play.expect(&format!("{name} got no message for it"), after == before)
}

fn is_noted(play: &Play<'_>, home: ChatId, message: MessageId) -> bool {
    let shown = play.shown(home, message.0);
    shown.is_some_and(|shown| shown.reactions.len() == 1 && shown.reactions[0].emoji == NOTED)
}

/// Lucas measures again, and presses the value: whose, which degree, which tenth.
async fn by_keypad(play: &mut Play<'_>) -> Step {
    let (lucas, home) = (&play.stage.cast.lucas, play.stage.homes.french);
    let before = play.count(home).await?;
    play.press(lucas, home, "report.open", json!({ "n": 2 })).await?;
    play.press(lucas, home, "report.degrees", json!({ "n": 2, "degrees": 36 })).await?;
    play.press(lucas, home, "report.tenths", json!({ "n": 2, "celsius": 36.4 })).await?;
    play.pass(super::play::A_CARD_LATER).await?;
    let shows = play.card(home).contains("36,4");
    play.expect("7-903's card shows the value that was pressed", shows)?;
    let after = play.count(home).await?;
    play.expect("the keypad was one message that changed", after == before + 1)
}

async fn nudges(play: &Play<'_>, home: ChatId) -> Step<usize> {
    let first = play.messages(home, "nudge").await?.len();
    Ok(first + play.messages(home, "nudge-call").await?.len())
}
