//! Nobody does what is not theirs: forged and foreign buttons, borrowed names, forwarded words.

use doorstep::sandbox::{ChatId, Draft, MessageId, MessageView};
use serde_json::{Value, json};

use crate::support::home::{Home, word};
use crate::support::letter::Letter;
use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::spec::{GRID, HouseholdSpec};
use crate::support::town::Town;

const REFUSALS: &str = "SELECT count(*) FROM journal WHERE action = 'refused'";

/// All that can be read of a household, letters aside: what a refused press must not change.
async fn everything(home: &Home<'_>) -> Value {
    let mut story = home.town.timeline(&home.code).await;
    story.retain(|row| row["kind"] != "letter");
    json!([home.row().await, story])
}

/// Every button that stands in a chat, with its message.
fn buttons(town: &Town, chat: ChatId) -> Vec<(MessageId, String)> {
    let messages = town.sandbox.messages(chat);
    let of = |message: &MessageView| {
        let data = message.buttons.iter().flatten().filter_map(|button| button.data.clone());
        data.map(|data| (message.id, data)).collect::<Vec<_>>()
    };
    messages.iter().flat_map(of).collect()
}

/// Changed, cut and made-up forms of a button's data, none of them the data itself.
fn forgeries(data: &str) -> Vec<String> {
    let bytes = data.as_bytes();
    let changed = (0..bytes.len()).map(|at| {
        let mut copy = bytes.to_vec();
        copy[at] = if copy[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(copy).expect("data is ASCII")
    });
    let cut = (1..bytes.len()).map(|at| data[..at].to_owned());
    let made_up = ["", "0", "null", "alert.close[\"A-1\"]", "{\"action\":\"alert.close\"}", "💥"];
    let made_up = made_up.into_iter().map(str::to_owned);
    changed.chain(cut).chain(made_up).filter(|forged| forged != data).collect()
}

on_both!(hundreds_of_forged_presses_change_nothing, async |town| {
    let Usual { home, cast } = town.usual().await;
    home.says("妈妈", "38.5").await;
    home.says("妈妈", "/need 大米").await;
    town.advance("2m").await;
    let (before, mark) = (everything(&home).await, town.mark().await);
    let refused_before = town.count(REFUSALS).await;

    let mut sent: usize = 0;
    for (message, data) in buttons(town, home.chat).into_iter().step_by(5) {
        for forged in forgeries(&data) {
            home.person("妈妈").press_raw(home.chat, message, &forged).unwrap();
            sent += 1;
        }
    }
    for (message, data) in buttons(town, cast.wang.chat).into_iter().step_by(7) {
        for forged in forgeries(&data) {
            cast.wang.person.press_raw(cast.wang.chat, message, &forged).unwrap();
            sent += 1;
        }
    }
    assert!(sent >= 300, "{sent} is some hundreds");
    town.settle().await;

    let letters = town.port().letters_after(mark.0).await;
    assert_eq!(letters.len(), sent, "one letter for each press");
    let refusals = ["not-yours", "already-closed"];
    let refused = |letter: &&Letter| {
        letter.method == "answerCallbackQuery" && refusals.iter().any(|text| letter.is(text))
    };
    assert_eq!(letters.iter().filter(refused).count(), sent);
    let journalled = town.count(REFUSALS).await - refused_before;
    assert_eq!(usize::try_from(journalled).unwrap(), sent, "one journal row for each press");
    assert_eq!(everything(&home).await, before);
});

on_both!(a_button_works_in_its_own_chat_alone, async |town| {
    let Usual { home, cast } = town.usual().await;
    let household = town.household(HouseholdSpec::new("7-903").members(["Claire", "Luc"])).await;
    let other = town.open_group(&household, &cast.wang).await;
    for (home, name) in [(&home, "妈妈"), (&other, "Claire")] {
        home.says(name, "385").await;
        home.says(name, "/need 大米").await;
    }
    town.advance("2m").await;
    let before = [everything(&home).await, everything(&other).await];
    let crossings = [(&home, &other, "Claire"), (&other, &home, "妈妈")];
    for (from, to, name) in crossings {
        let card = to.card().id;
        for (_, data) in buttons(town, from.chat) {
            let answer = to.press_data(to.person(name), card, &data).await;
            assert!(answer.is("not-yours"), "{data}: {answer:?}");
        }
    }
    assert_eq!([everything(&home).await, everything(&other).await], before);
});

on_both!(buttons_of_staff_are_not_the_residents, async |town| {
    let Usual { home, cast } = town.usual().await;
    home.says("妈妈", "38.5").await;
    home.says("妈妈", "/need 大米").await;
    town.until("10:05").await;
    let (before, card) = (everything(&home).await, home.card().id);
    for (_, data) in buttons(town, cast.wang.chat) {
        let mark = town.mark().await;
        let answer = home.press_data(home.person("妈妈"), card, &data).await;
        assert!(answer.is("not-yours"), "{data}: {answer:?}");
        assert_eq!(town.port().letters_after(mark.0).await.len(), 1, "exactly one letter");
    }
    assert_eq!(everything(&home).await, before);
    let actions: Vec<String> = home
        .letters()
        .await
        .iter()
        .flat_map(|letter| letter.actions().into_iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let staffs = |action: &String| {
        ["alert.", "release.", "everybody.", "member.refuse", "need.take", "need.deliver"]
            .iter()
            .any(|start| action.starts_with(start))
    };
    assert!(!actions.iter().any(staffs), "no button of staff stands in a household: {actions:?}");
});

on_both!(staff_choose_and_acknowledge_nothing_for_a_household, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("3-502")).await;
    let home = town.bind_group(&household, &cast.wang).await;
    let tag = json!({ "tag": "fr" });
    assert!(home.press_as(&cast.wang.person, "language.choose", tag).await.is("not-yours"));
    assert_eq!(home.letters().await.of("notice").len(), 0);
    cast.wang.person.add(home.chat, home.person("妈妈").id()).unwrap();
    home.press("妈妈", "language.choose", json!({ "tag": "zh-CN" })).await;
    let answer = home.press_as(&cast.wang.person, "notice.acknowledge", json!({})).await;
    assert!(answer.is("not-yours"), "{answer:?}");
    assert_eq!(home.row().await["state"], "binding");
});

on_both!(a_button_of_another_worker_is_not_mine, async |town| {
    let Usual { home, cast } = town.usual().await;
    let zhou = town.staff("Zhou", "worker", GRID).await;
    home.says("妈妈", "38.5").await;
    town.until("10:05").await;
    zhou.says("/help").await;
    let help = zhou.newest("help-staff").await.id;
    let before = everything(&home).await;
    for (_, data) in buttons(town, cast.wang.chat) {
        let answer = zhou.press_data(&zhou.person, help, &data).await;
        assert!(answer.is("not-yours"), "{data}: {answer:?}");
    }
    assert_eq!(everything(&home).await, before);
});

// ---- Borrowed names ----

on_both!(an_anonymous_administrator_binds_nothing, async |town| {
    let cast = town.cast().await;
    town.household(HouseholdSpec::new("3-502")).await;
    let token = word(&town.link("3-502").await["token"]);
    let chat = cast.wang.person.create_group("3-502");
    cast.wang.person.open_startgroup(chat, town.bot, "", None).unwrap();
    for draft in [
        Draft::from(format!("/link {token}")).anonymously(),
        Draft::from(format!("/link {token}")).as_channel("官方"),
        Draft::from(format!("/link {token}")).forwarded_from(&cast.lin.person),
    ] {
        cast.wang.person.say(chat, draft).unwrap();
        town.settle().await;
        assert_eq!(town.household_row("3-502").await["state"], "imported");
    }
    cast.wang.person.say(chat, format!("/link {token}")).unwrap();
    town.settle().await;
    assert_eq!(town.household_row("3-502").await["state"], "binding", "the link is still good");
});

on_both!(nobody_in_particular_reports_for_nobody, async |town| {
    let Usual { home, cast } = town.usual().await;
    cast.wang.person.say(home.chat, Draft::from("妈妈 36.5").anonymously()).unwrap();
    home.says("妈妈", Draft::from("妈妈 36.6").as_channel("频道")).await;
    assert_eq!(home.story("report").await.len(), 0);
    home.says("妈妈", Draft::from("妈妈 39.1").as_channel("频道")).await;
    assert_eq!(home.story("report").await.len(), 0);
    let alerts = home.story("alert").await;
    assert_eq!(alerts.len(), 1, "a fever is a fever, whoever tells it: {alerts:#?}");
    assert_eq!(alerts[0]["who"]["kind"], "unknown");
});

on_both!(forwarded_words_have_no_role, async |town| {
    let Usual { home, cast } = town.usual().await;
    let wang = &cast.wang;
    for words in ["/duty off", "3-502 妈妈 36.5", "/today"] {
        wang.says(Draft::from(words).forwarded_from(&cast.lin.person)).await;
    }
    assert_eq!(town.staff_row("Wang").await["on_duty"], true);
    assert_eq!(home.story("report").await.len(), 0);
    assert_eq!(wang.letters().await.of("today").len(), 0);
});

on_both!(a_token_that_was_guessed_opens_nothing, async |town| {
    let cast = town.cast().await;
    town.household(HouseholdSpec::new("3-502")).await;
    let token = word(&town.link("3-502").await["token"]);
    let guesses = [&token[1..], &token[..token.len() - 1], "0", &"A".repeat(22), &"A".repeat(64)];
    let chat = cast.wang.person.create_group("3-502");
    for guess in guesses {
        town.use_startgroup(chat, &cast.wang.person, guess).await;
        cast.wang.says(format!("/start {guess}")).await;
        assert_eq!(town.household_row("3-502").await["state"], "imported", "{guess}");
    }
});
