//! Morning: both families report by typing, one of them once more by the keypad. The bot adds no
//! message: a reaction, and the card.

use serde_json::json;

use super::audience::Look;
use super::play::{Play, Step};
use crate::sandbox::{ChatId, MessageId, Person};

/// The acknowledgement of a reading.
const NOTED: &str = "👌";

pub(super) const LOOKS: [Look; 5] = [
    Look {
        pane: "chinese",
        words: "The check of the morning opens at eight, and the reminders are spread over ten \
                minutes. Look at both families: each got one reminder, with its own names as example.",
    },
    Look {
        pane: "chinese",
        words: "妈妈 writes three temperatures in one message. Look below it: the bot puts a sign \
                there and writes nothing. Within a minute the pinned card shows all three.",
    },
    Look {
        pane: "french",
        words: "Camille does the same in French, with commas. Again one sign, and the card changes.",
    },
    Look {
        pane: "french",
        words: "Lucas has measured again, and presses the value instead of writing it: his name, the \
                degrees, the tenths. All of that is one message that changes.",
    },
    Look {
        pane: "worker",
        words: "Time goes on to half past ten. Nobody is asked again, and Wang's chat is quiet: \
                nothing waits for a person.",
    },
];

pub(super) async fn play(play: &mut Play<'_>) -> Step {
    let (cast, homes) = (&play.stage.cast, play.stage.homes);
    let homes_by_name = [("3-502", homes.chinese), ("7-903", homes.french)];
    play.look_at(&LOOKS[0]).await;
    play.until(8, 12).await?;
    for (name, home) in homes_by_name {
        let reminders = play.messages(home, "reminder").await?.len();
        play.expect(&format!("{name} got one reminder"), reminders == 1)?;
    }
    play.look_at(&LOOKS[1]).await;
    let words = "妈妈36.5 爸爸36.8 宝宝36.9";
    report(play, &cast.mum, homes.chinese, "3-502", words, &["36.5", "36.8", "36.9"]).await?;
    play.look_at(&LOOKS[2]).await;
    let words = "Camille 36,7 Lucas 36,8";
    report(play, &cast.camille, homes.french, "7-903", words, &["36,7", "36,8"]).await?;
    play.look_at(&LOOKS[3]).await;
    by_keypad(play).await?;
    play.look_at(&LOOKS[4]).await;
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
