//! A group is chosen by one button. The choice proposes; the platform's word of the bot decides.

use doorstep::sandbox::{ChatId, Rights, Sharing};
use serde_json::{Value, json};

use crate::support::home::word;
use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::place::{Mark, Place};
use crate::support::spec::{GRID, HouseholdSpec};
use crate::support::staff::{Cast, Staff};
use crate::support::town::Town;

/// The usual staff and a household that is not open.
async fn unopened(town: &Town) -> Cast<'_> {
    let cast = town.cast().await;
    town.household(HouseholdSpec::new("3-502")).await;
    cast
}

/// Somebody asks for the button; a group for it is there.
async fn with_button(who: &Staff<'_>) -> ChatId {
    who.says("/new 3-502").await;
    who.last("group-choose").await;
    who.person.create_group("My family")
}

async fn chooses(who: &Staff<'_>, chat: ChatId, how: Sharing) -> i64 {
    let town = who.town;
    let request = who.person.choose_chat(town.bot, chat, how).expect("the button is there");
    town.settle().await;
    request
}

/// How often languages were offered in a chat: once for each time that it was bound.
async fn bound(town: &Town, chat: ChatId) -> usize {
    Place { town, chat }.letters().await.of("language-choice").len()
}

async fn state(town: &Town) -> String {
    word(&town.household_row("3-502").await["state"])
}

on_both!(a_group_is_chosen_by_one_button, async |town| {
    let cast = unopened(town).await;
    cast.wang.says("/new").await;
    cast.wang.press("group.new", json!({ "household": "3-502" })).await;
    let chosen = cast.wang.last("group-choose").await;
    assert!(cast.wang.shown(&chosen).text.contains("3-502"));
    assert_eq!(town.sandbox.pad(cast.wang.chat).len(), 1, "one button in place of the keyboard");

    let calls = town.sandbox.calls().len();
    let chat = cast.wang.person.create_group("My family");
    chooses(&cast.wang, chat, Sharing::BotFirst).await;
    let asked = town.sandbox.calls_since(calls);
    assert!(asked.iter().any(|call| call.method == "getChatMember"), "{asked:#?}");
    let row = town.household_row("3-502").await;
    assert_eq!((&row["state"], &row["channel"]), (&json!("binding"), &json!("group")));
    assert_eq!(row["chat_id"], chat.number());
    assert_eq!(bound(town, chat).await, 1);
    assert_eq!(cast.wang.letters().await.of("group-opened").len(), 1);
    assert!(town.sandbox.pad(cast.wang.chat).is_empty(), "the button is gone");

    cast.wang.says("/new").await;
    let nothing = cast.wang.last("group-none").await;
    assert!(nothing.buttons.is_empty(), "{nothing:?}");
});

on_both!(both_rights_are_asked_for_and_the_person_s_hold_the_bot_s, async |town| {
    let cast = unopened(town).await;
    cast.wang.says("/new 3-502").await;
    let calls = town.sandbox.calls();
    let mut pads = calls.iter().filter_map(|call| call.params["reply_markup"].get("keyboard"));
    let request = pads.next_back().expect("a keyboard")[0][0]["request_chat"].clone();
    assert_eq!(request["chat_is_channel"], false);
    assert_eq!(request["bot_is_member"], true);
    let bot = request["bot_administrator_rights"].as_object().expect("the bot's rights");
    let wanted: Vec<&String> =
        bot.iter().filter(|(_, wanted)| **wanted == true).map(|(right, _)| right).collect();
    assert!(wanted.iter().any(|right| *right == "can_invite_users"), "{wanted:?}");
    for right in wanted {
        assert_eq!(request["user_administrator_rights"][right], true, "{right}");
    }
});

on_both!(the_bot_may_come_in_before_or_after_the_choice, async |town| {
    let cast = unopened(town).await;
    let chat = with_button(&cast.wang).await;
    let mark = town.mark().await;
    chooses(&cast.wang, chat, Sharing::ShareFirst).await;
    assert_eq!(state(town).await, "binding");
    assert_eq!(bound(town, chat).await, 1);
    let heard = cast.wang.heard_since(mark).await;
    assert!(heard.contains(&"group-opened".to_owned()), "{heard:?}");
    let steps = town.story("3-502", "alert").await;
    assert!(steps.iter().all(|step| step["type"] != "unheard"), "{steps:#?}");
});

on_both!(a_bot_that_was_left_outside_is_brought_in_by_hand, async |town| {
    let cast = unopened(town).await;
    let chat = with_button(&cast.wang).await;
    chooses(&cast.wang, chat, Sharing::WithoutBot).await;
    assert_eq!(state(town).await, "imported", "a choice alone opens nothing");
    let told = cast.wang.newest("group-bot-missing").await.text;
    assert!(told.contains("My family") && told.contains("3-502"), "{told}");
    assert!(town.sandbox.pad(cast.wang.chat).is_empty());
    let (_, rest) = told.split_once("startgroup=").expect("a link");
    let (token, _) = rest.split_once('&').expect("rights");
    town.use_startgroup(chat, &cast.wang.person, token).await;
    assert_eq!(state(town).await, "binding");
    assert_eq!(bound(town, chat).await, 1, "once, though two words of it came");
});

on_both!(a_choice_told_twice_opens_once, async |town| {
    let cast = unopened(town).await;
    let chat = with_button(&cast.wang).await;
    let request = chooses(&cast.wang, chat, Sharing::BotFirst).await;
    cast.wang.person.share_chat(town.bot, request, chat).unwrap();
    town.settle().await;
    assert_eq!(bound(town, chat).await, 1);
    // The same button again, for another group: it is over.
    let other = cast.wang.person.create_group("Another");
    cast.wang.person.share_chat(town.bot, request, other).unwrap();
    town.settle().await;
    cast.wang.last("group-request-over").await;
    assert_eq!(town.household_row("3-502").await["chat_id"], chat.number());
});

on_both!(another_household_s_group_stays_its_own, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.household(HouseholdSpec::new("3-503")).await;
    cast.wang.says("/new 3-503").await;
    let mark = town.mark().await;
    chooses(&cast.wang, home.chat, Sharing::ShareFirst).await;
    cast.wang.letters_since(mark).await.only("group-taken");
    assert_eq!(home.row().await["state"], "active");
    assert_eq!(town.household_row("3-503").await["state"], "imported");
    assert!(home.letters_since(mark).await.messages().is_empty(), "nothing is said at home");
    let chat = cast.wang.person.create_group("3-503");
    chooses(&cast.wang, chat, Sharing::BotFirst).await;
    assert_eq!(town.household_row("3-503").await["chat_id"], chat.number());
});

on_both!(a_button_is_for_the_person_who_was_shown_it, async |town| {
    let cast = unopened(town).await;
    let other = town.staff("Zhou", "worker", GRID).await;
    let mark = town.mark().await;
    other.says("/new 3-502").await;
    assert_eq!(other.heard_since(mark).await, ["file-unknown"], "another worker's household");
    let chat = with_button(&cast.wang).await;
    let foreign = other.person.create_group("Elsewhere");
    other.person.add(foreign, town.bot).unwrap();
    let stranger = town.sandbox.person("Stranger", "en");
    stranger.start(town.bot, "").unwrap();
    for (who, request) in [(&other.person, 1), (&cast.wang.person, 999), (&stranger, 1)] {
        who.share_chat(town.bot, request, foreign).unwrap();
        town.settle().await;
        assert_eq!(state(town).await, "imported");
        assert_eq!(bound(town, foreign).await, 0);
    }
    cast.wang.says("/new 3-502").await;
    chooses(&cast.wang, chat, Sharing::BotFirst).await;
    assert_eq!(state(town).await, "binding");
});

on_both!(a_group_that_moves_right_after_is_followed, async |town| {
    let cast = unopened(town).await;
    let chat = with_button(&cast.wang).await;
    cast.wang.person.choose_chat(town.bot, chat, Sharing::BotFirst).unwrap();
    let moved = cast.wang.person.upgrade(chat).unwrap();
    town.settle().await;
    let row = town.household_row("3-502").await;
    assert_eq!(row["state"], "binding");
    assert_eq!(row["chat_id"], moved.number());
    let total = bound(town, chat).await + bound(town, moved).await;
    assert_eq!(total, 1);
});

on_both!(a_choice_survives_a_power_cut, async |town| {
    let cast = unopened(town).await;
    let chat = with_button(&cast.wang).await;
    town.kill();
    cast.wang.person.choose_chat(town.bot, chat, Sharing::BotFirst).unwrap();
    town.serve_again().await;
    town.settle().await;
    assert_eq!(state(town).await, "binding");
    assert_eq!(bound(town, chat).await, 1);
});

on_both!(a_household_that_is_over_gets_no_group, async |town| {
    let cast = town.cast().await;
    let spec = HouseholdSpec::new("3-502").members(["Chen"]).lasts(1);
    let spec = spec.starts_on(town.today().await - chrono::TimeDelta::days(1));
    let household = town.household(spec).await;
    let home = town.open_group(&household, &cast.wang).await;
    town.until("18:05").await;
    home.says("Chen", "36.5").await;
    cast.wang.says("/today").await;
    let args: Value = json!({ "household": "3-502" });
    cast.wang.press("release.ask", args.clone()).await;
    cast.wang.press("release.confirm", args).await;
    assert_eq!(home.row().await["state"], "released");
    let mark: Mark = town.mark().await;
    cast.wang.says("/new 3-502").await;
    assert_eq!(cast.wang.heard_since(mark).await, ["link-over"]);
});

on_both!(a_bot_without_rights_is_told_of_as_ever, async |town| {
    let cast = unopened(town).await;
    let chat = with_button(&cast.wang).await;
    cast.wang.person.add(chat, town.bot).unwrap();
    let request = chooses(&cast.wang, chat, Sharing::WithoutBot).await;
    assert!(request > 0);
    assert_eq!(state(town).await, "binding", "it is there, though it hears commands alone");
    let steps = town.story("3-502", "alert").await;
    assert_eq!(steps[0]["type"], "unheard");
    cast.wang.person.promote(chat, town.bot, Rights::usual()).unwrap();
    town.settle().await;
    assert_eq!(town.story("3-502", "alert").await.last().unwrap()["step"], "resolved");
});
