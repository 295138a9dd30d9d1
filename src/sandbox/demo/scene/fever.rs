//! Fever: the family is told what to do, worker and doctor know at once, the lead after ten minutes.
//! The lead takes it, the worker calls, the lead closes it with a reason.

use std::time::Duration;

use serde_json::json;

use super::audience::Look;
use super::play::{Play, Step};
use crate::sandbox::{ChatId, Person};

const DANGER: &str = "danger-alert";

pub(super) const LOOKS: [Look; 5] = [
    Look {
        pane: "chinese",
        words: "The check of the morning has opened. Both families report; only 爸爸 has yet to measure.",
    },
    Look {
        pane: "chinese",
        words: "爸爸 writes 37.8, which is above the limit. The household is told at once what to do, in \
                one message. In the same moment Wang, the worker, and Lin, the doctor, get the alert.",
    },
    Look {
        pane: "command",
        words: "Ten minutes go by and nobody takes it. Look at Chen's chat: now the lead is told, too.",
    },
    Look {
        pane: "command",
        words: "Chen takes it, and Wang sees who has it. Wang calls and presses [☎ Reached]. From then on \
                the alert climbs no further, but it stays open.",
    },
    Look {
        pane: "command",
        words: "Wang cannot close a danger. Chen can, and must write why. Then nobody has a button left, \
                and the card of 3-502 shows the value.",
    },
];

pub(super) async fn play(play: &mut Play<'_>) -> Step {
    let (cast, homes) = (&play.stage.cast, play.stage.homes);
    play.look_at(&LOOKS[0]).await;
    play.until(8, 12).await?;
    play.say(&cast.camille, homes.french, "Camille 36,7 Lucas 36,8").await?;
    play.say(&cast.mum, homes.chinese, "妈妈36.5 宝宝36.9").await?;
    play.look_at(&LOOKS[1]).await;
    let before = play.count(homes.chinese).await?;
    play.say(&cast.dad, homes.chinese, "爸爸37.8").await?;
    let told = play.messages(homes.chinese, "danger-instructions").await?;
    play.expect("3-502 is told at once what to do", told.len() == 1 && !told[0].silent)?;
    let after = play.count(homes.chinese).await?;
    play.expect("it is the only message for it", after == before + 1)?;
    for (name, person) in [("the worker", &cast.wang), ("the doctor", &cast.lin)] {
        let knows = knows(play, person).await?;
        play.expect(&format!("{name} knows at once, with sound"), knows)?;
    }
    let knows_too_soon = knows(play, &cast.chen).await?;
    play.expect("the lead does not know yet", !knows_too_soon)?;
    play.look_at(&LOOKS[2]).await;
    play.pass(Duration::from_mins(10)).await?;
    let knows = knows(play, &cast.chen).await?;
    play.expect("after ten minutes the lead knows", knows)?;
    play.look_at(&LOOKS[3]).await;
    is_taken(play).await?;
    play.look_at(&LOOKS[4]).await;
    is_closed(play).await?;
    play.expect("3-502's card shows the value", play.card(homes.chinese).contains("37.8"))
}

async fn knows(play: &Play<'_>, person: &Person) -> Step<bool> {
    let alerts = play.messages(play.stage.private(person), DANGER).await?;
    Ok(alerts.len() == 1 && alerts[0].lane == "danger" && !alerts[0].silent)
}

/// The lead takes it; the worker calls and reaches the family.
async fn is_taken(play: &mut Play<'_>) -> Step {
    let cast = &play.stage.cast;
    let (lead, desk) = (play.stage.private(&cast.chen), play.stage.private(&cast.wang));
    play.press(&cast.chen, lead, "alert.take", json!({})).await?;
    let seen = alert(play, desk).await?.contains("Chen");
    play.expect("the worker sees who has it", seen)?;
    play.pass(Duration::from_mins(5)).await?;
    play.press(&cast.wang, desk, "alert.contacted", json!({})).await?;
    let closes = play.stage.rehearsal.find_button(desk.number(), "alert.close", &json!({})).await;
    play.expect("the worker is not offered to close it", closes.is_err())?;
    play.pass(Duration::from_hours(1)).await?;
    let officer = play.messages(play.stage.private(&cast.zhao), DANGER).await?.len();
    play.expect("after the call the ladder goes no further", officer == 0)
}

/// The lead closes it with a reason.
async fn is_closed(play: &mut Play<'_>) -> Step {
    let cast = &play.stage.cast;
    let (lead, desk) = (play.stage.private(&cast.chen), play.stage.private(&cast.wang));
    play.press(&cast.chen, lead, "alert.close", json!({})).await?;
    play.say(&cast.chen, lead, "Measured again 36.6, the doctor has seen him.").await?;
    let closed = play.messages(lead, "alert-closed").await?.len();
    play.expect("the lead closes it with a reason", closed == 1)?;
    for (name, chat) in [("the worker", desk), ("the lead", lead)] {
        let port = &play.stage.rehearsal;
        let left = port.find_button(chat.number(), "alert.contacted", &json!({})).await;
        play.expect(&format!("{name} has nothing left to press"), left.is_err())?;
    }
    Ok(())
}

/// The words of the alert as they stand on a screen now.
async fn alert(play: &Play<'_>, chat: ChatId) -> Step<String> {
    let alerts = play.messages(chat, DANGER).await?;
    let id = alerts.first().and_then(|letter| letter.message_id).unwrap_or_default();
    Ok(play.shown(chat, id).map(|shown| shown.text.clone()).unwrap_or_default())
}
