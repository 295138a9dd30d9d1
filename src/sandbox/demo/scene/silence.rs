//! Silence: 3-502 does not answer. A silent nudge, a second one that promises a call, the worker's
//! list; the worker calls, and the matter is closed without anybody else being told.

use serde_json::json;

use super::audience::Look;
use super::play::{Play, Step};

pub(super) const LOOKS: [Look; 5] = [
    Look {
        pane: "chinese",
        words: "At eight both families are reminded. Camille answers for 7-903. Nobody in 3-502 does.",
    },
    Look {
        pane: "chinese",
        words: "An hour after the opening: one nudge. Look for the bell that is crossed out, and for the \
                names of those who are missing. 7-903 gets none.",
    },
    Look {
        pane: "worker",
        words: "After two hours 3-502 gets a second nudge, with sound, that promises a call by Wang. \
                Look at Wang's chat: one list with a row and buttons for each of the three.",
    },
    Look {
        pane: "worker",
        words: "Wang calls, and presses [☎ Reached] in each row. The list changes and no message comes. \
                For ten minutes he can take it back.",
    },
    Look {
        pane: "command",
        words: "Time goes on to half past two. The matter is closed, so neither Liu, the second worker, \
                nor Chen, the lead, was told.",
    },
];

pub(super) async fn play(play: &mut Play<'_>) -> Step {
    let (cast, homes) = (&play.stage.cast, play.stage.homes);
    play.look_at(&LOOKS[0]).await;
    play.until(8, 12).await?;
    let reminders = play.messages(homes.chinese, "reminder").await?.len();
    play.expect("3-502 got one reminder", reminders == 1)?;
    play.say(&cast.camille, homes.french, "Camille 36,7 Lucas 36,8").await?;
    play.look_at(&LOOKS[1]).await;
    first_nudge(play).await?;
    play.look_at(&LOOKS[2]).await;
    second_nudge(play).await?;
    let desk = play.stage.private(&cast.wang);
    let lists = play.messages(desk, "overdue-list").await?;
    play.expect("the worker got one list", lists.len() == 1)?;
    let list = lists[0].message_id.unwrap_or_default();
    let named =
        play.shown(desk, list).is_some_and(|shown| shown.text.matches("3-502").count() == 3);
    play.expect("the list names the three of 3-502", named)?;
    play.look_at(&LOOKS[3]).await;
    the_call(play, list).await?;
    play.look_at(&LOOKS[4]).await;
    play.until(14, 30).await?;
    for (name, person) in [("the backup", &cast.liu), ("the lead", &cast.chen)] {
        let told = play.count(play.stage.private(person)).await?;
        play.expect(&format!("{name} was not told"), told == 0)?;
    }
    let spoken = play.count(homes.chinese).await?;
    play.expect("3-502 got a reminder and two nudges, and nothing else", spoken == 3)
}

/// An hour after the opening.
async fn first_nudge(play: &mut Play<'_>) -> Step {
    let homes = play.stage.homes;
    play.until(9, 1).await?;
    let nudges = play.messages(homes.chinese, "nudge").await?;
    play.expect("3-502 got one nudge after an hour", nudges.len() == 1)?;
    play.expect("the nudge made no sound", nudges[0].silent)?;
    let shown = nudges[0].message_id.and_then(|id| play.shown(homes.chinese, id));
    let named =
        shown.is_some_and(|it| ["妈妈", "爸爸", "宝宝"].iter().all(|n| it.text.contains(n)));
    play.expect("the nudge names who is missing", named)?;
    let others = play.messages(homes.french, "nudge").await?.len();
    play.expect("7-903, which has reported, got none", others == 0)
}

/// Two hours after the opening.
async fn second_nudge(play: &mut Play<'_>) -> Step {
    let home = play.stage.homes.chinese;
    play.until(10, 1).await?;
    let nudges = play.messages(home, "nudge-call").await?;
    play.expect("3-502 got a second nudge after two hours", nudges.len() == 1)?;
    play.expect("the second nudge made a sound", !nudges[0].silent)?;
    let shown = nudges[0].message_id.and_then(|id| play.shown(home, id));
    let promised = shown.is_some_and(|it| it.text.contains("Wang") && it.text.contains("11:00"));
    play.expect("it promises a call by Wang before 11:00", promised)
}

/// The worker calls once and reaches everybody.
async fn the_call(play: &mut Play<'_>, list: i64) -> Step {
    let wang = &play.stage.cast.wang;
    let desk = play.stage.private(wang);
    play.until(10, 20).await?;
    for _ in ["妈妈", "爸爸", "宝宝"] {
        play.press(wang, desk, "alert.contacted", json!({})).await?;
    }
    let left = play.stage.rehearsal.find_button(desk.number(), "alert.contacted", &json!({})).await;
    play.expect("no alert is left on the list", left.is_err())?;
    let toasts = play.stage.sandbox.toasts();
    let answered = toasts.iter().rev().take(3).filter(|toast| toast.user == wang.id());
    play.expect("each press was answered", answered.count() == 3)?;
    let undo = play.stage.rehearsal.find_button(desk.number(), "alert.undo", &json!({})).await;
    let stays = undo.is_ok_and(|(message, _)| message == list);
    play.expect("for ten minutes the call can be taken back", stays)
}
