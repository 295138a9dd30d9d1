//! A stranger in a household's chat: nothing personal is shown there until the worker has said who it
//! is, or they are gone. What was written meanwhile goes then, in order.

use doorstep::sandbox::{MessageId, Right, Rights};
use serde_json::{Value, json};

use crate::support::home::{Home, word};
use crate::support::letter::Letters;
use crate::support::on_both;
use crate::support::opening::{Household, Usual};
use crate::support::spec::HouseholdSpec;
use crate::support::staff::Staff;
use crate::support::town::Town;

const STATES: [&str; 4] = ["imported", "binding", "active", "held"];

/// The usual household after its worker has said that everybody is in.
async fn settled(town: &Town) -> Usual<'_> {
    let usual = town.usual().await;
    usual.cast.wang.press("everybody.in", json!({ "household": "3-502" })).await;
    usual
}

/// The only alert about a stranger that is open before somebody, and the button of it.
async fn stranger_of(home: &Home<'_>) -> String {
    let open = home.row().await["open_alerts"].clone();
    let steps = home.story("alert").await;
    let strangers = steps.iter().filter(|row| row["type"] == "stranger" && row["step"] == "raised");
    let refs = strangers.map(|row| row["ref"].clone());
    let refs: Vec<Value> =
        refs.filter(|found| open.as_array().expect("a list").contains(found)).collect();
    assert_eq!(refs.len(), 1, "open alerts about strangers: {steps:#?}");
    word(&refs[0])
}

/// Which states the household went through, the first ones left out.
async fn states(home: &Home<'_>) -> Vec<String> {
    let rows = home.story("state").await;
    let all: Vec<String> = rows.iter().map(|row| word(&row["to"])).collect();
    assert_eq!(all[..2], STATES[1..3]);
    all[2..].to_vec()
}

/// The letters with words that Telegram has shown in the chat.
fn shown(letters: &Letters) -> Vec<&str> {
    let sent = letters.iter().filter(|letter| letter.state == "sent" && letter.is_message());
    sent.filter_map(|letter| letter.text_id.as_deref()).collect()
}

/// Everything that somebody in the chat can read there.
fn read_in(town: &Town, home: &Home<'_>) -> String {
    let messages = town.sandbox.messages(home.chat).into_iter().map(|message| message.text);
    messages.collect::<Vec<_>>().join("\n")
}

// ---- Who is a stranger ----

on_both!(somebody_who_joins_after_everybody_is_in_holds_the_chat, async |town| {
    let Usual { mut home, cast } = settled(town).await;
    let (mark, of_wang) = (town.mark().await, town.mark().await);
    home.lets_in("邻居", "妈妈").await;
    assert_eq!(home.row().await["state"], "held");
    assert_eq!(states(&home).await, ["held"]);
    assert_eq!(home.alert_steps("stranger").await, ["A-1 raised"], "one person, one alert");
    assert_eq!(home.heard_since(mark).await, ["chat-held"], "the chat is told once, neutrally");
    let list = cast.wang.letters_since(of_wang).await.messages().only("overdue-list");
    assert!(cast.wang.shown(&list).text.contains("邻居"));
    for n in [1, 2] {
        let args = json!({ "ref": "A-1", "n": n });
        assert!(cast.wang.offers("stranger.ours", &args).await, "{n}");
    }
    assert!(cast.wang.offers("stranger.remove", &json!({ "ref": "A-1" })).await);
    assert!(!cast.wang.offers("alert.contacted", &json!({ "ref": "A-1" })).await);
    home.says("邻居", "大家好").await;
    assert_eq!(home.alert_steps("stranger").await, ["A-1 raised"]);
    assert_eq!(home.heard_since(mark).await, ["chat-held"]);
});

on_both!(somebody_who_is_unknown_and_writes_holds_the_chat, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("3-502")).await;
    let mut home = town.open_group(&household, &cast.wang).await;
    home.lets_in("邻居", "妈妈").await;
    home.says("邻居", "大家好").await;
    assert_eq!(home.row().await["state"], "active", "people are moving in");
    cast.wang.press("everybody.in", json!({ "household": "3-502" })).await;
    assert_eq!(home.row().await["state"], "active", "nobody has been seen since");
    home.says("邻居", "有人吗").await;
    assert_eq!(home.row().await["state"], "held");
    cast.wang.press("stranger.ours", json!({ "ref": stranger_of(&home).await, "n": 2 })).await;
    assert_eq!(home.row().await["state"], "active");
    town.until("08:05").await;
    assert_eq!(home.row().await["state"], "active", "who was counted already is not counted twice");
    home.lets_in("客人", "妈妈").await;
    assert_eq!(home.row().await["state"], "held", "a further one is not overlooked");
});

on_both!(somebody_whom_the_worker_refuses_is_a_stranger, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("3-502")).await;
    let mut home = town.open_group(&household, &cast.wang).await;
    home.lets_in("邻居", "妈妈").await;
    home.press("邻居", "member.claim", json!({ "n": 2 })).await;
    let id = home.person("邻居").id().0;
    let refuse = json!({ "household": "3-502", "telegram_id": id });
    cast.wang.press("member.refuse", refuse).await;
    assert_eq!(home.row().await["state"], "held", "at once, although people are moving in");
    home.person("邻居").leave(home.chat).unwrap();
    town.settle().await;
    assert_eq!(home.row().await["state"], "active");
    assert_eq!(home.alert_steps("stranger").await, ["A-1 raised", "A-1 resolved"]);
});

on_both!(staff_who_come_and_those_who_belong_hold_nothing, async |town| {
    let Usual { mut home, cast } = settled(town).await;
    home.welcomes("Lin", &cast.lin.person, "妈妈").await;
    cast.lin.person.say(home.chat, "大家好").unwrap();
    home.person("爸爸").leave(home.chat).unwrap();
    town.settle().await;
    home.person("妈妈").add(home.chat, home.person("爸爸").id()).unwrap();
    town.settle().await;
    home.says("爸爸", "我回来了").await;
    town.until("08:05").await;
    town.until("18:05").await;
    assert_eq!(home.row().await["state"], "active");
    assert_eq!(home.alert_steps("stranger").await, [""; 0]);
});

on_both!(in_a_household_of_one_the_second_account_is_a_stranger, async |town| {
    let spec = HouseholdSpec::new("3-502").members(["李奶奶"]);
    let Usual { mut home, cast } = town.usual_with(spec).await;
    cast.wang.press("everybody.in", json!({ "household": "3-502" })).await;
    home.says("李奶奶", "36.5").await;
    assert_eq!(home.row().await["state"], "active");
    let known = home.row().await["members"][0]["telegram_ids"].clone();
    home.lets_in("邻居", "李奶奶").await;
    assert_eq!(home.row().await["state"], "held");
    home.says("邻居", "36.9").await;
    assert_eq!(home.readings().await, ["1 36.5"], "a stranger reports for nobody");
    assert_eq!(home.row().await["members"][0]["telegram_ids"], known);
    let args = json!({ "ref": stranger_of(&home).await, "n": 1 });
    cast.wang.press("stranger.ours", args).await;
    home.says("邻居", "36.9").await;
    assert_eq!(home.readings().await, ["1 36.5", "1 36.9"], "a grandchild with a phone");
});

on_both!(one_more_than_were_counted_holds_the_chat_without_being_seen, async |town| {
    let Usual { home, cast } = settled(town).await;
    // Telegram tells nothing of a bot that is brought in but its number.
    let spy = town.sandbox.bot("6001:spy", "spy_bot");
    home.person("妈妈").add(home.chat, spy).unwrap();
    town.settle().await;
    town.until("08:05").await;
    assert_eq!(home.row().await["state"], "held");
    let alert = stranger_of(&home).await;
    town.until("18:05").await;
    assert_eq!(stranger_of(&home).await, alert, "told once, however often it is counted");
    cast.wang.person.remove(home.chat, spy).unwrap();
    town.until("08:05").await;
    assert_eq!(home.row().await["state"], "active", "the count is back");
    home.person("妈妈").add(home.chat, spy).unwrap();
    town.until("18:05").await;
    let alert = stranger_of(&home).await;
    let accept = json!({ "ref": alert });
    let (message, data) = cast.wang.find_button("stranger.accept", &accept).await.unwrap();
    cast.wang.press_data(&cast.wang.person, message, &data).await;
    assert_eq!(home.row().await["state"], "active", "a harmless bot");
    town.until("08:05").await;
    assert_eq!(home.row().await["state"], "active");
    let again = cast.wang.press_data(&cast.wang.person, message, &data).await;
    assert!(again.is("already-closed"), "{again:?}");
});

// ---- What is held ----

on_both!(what_is_personal_waits_and_goes_in_order_afterwards, async |town| {
    let Usual { mut home, cast } = settled(town).await;
    home.says("妈妈", "妈妈36.4").await;
    town.until("08:05").await;
    let mark = town.mark().await;
    home.lets_in("邻居", "妈妈").await;
    home.says("妈妈", "爸爸 367").await;
    home.says("妈妈", "/need 大米").await;
    home.says("妈妈", "/help").await;
    town.until("09:05").await;
    let letters = home.letters_since(mark).await;
    assert_eq!(shown(&letters), ["chat-held", "help-household"], "nothing of anybody is shown");
    let waiting: Vec<&str> = letters
        .iter()
        .filter(|letter| letter.state == "queued" && letter.is_message())
        .filter_map(|letter| letter.text_id.as_deref())
        .collect();
    assert_eq!(waiting, ["reading-confirm", "need-asked", "nudge"]);
    let card = home.card().text;
    assert!(!card.contains("36.7"), "{card}");
    cast.wang.press("stranger.ours", json!({ "ref": "A-1", "n": 2 })).await;
    town.settle().await;
    let letters = home.letters_since(mark).await;
    assert_eq!(
        shown(&letters),
        ["chat-held", "reading-confirm", "need-asked", "help-household", "nudge"]
    );
    let order: Vec<String> = town
        .sandbox
        .messages(home.chat)
        .iter()
        .filter(|message| message.from == town.bot)
        .map(|message| message.text.clone())
        .collect();
    let at = |part: &str| order.iter().position(|text| text.contains(part)).expect(part);
    assert!(at("36.7") < at("R-1"), "{order:#?}");
});

on_both!(a_letter_that_waited_before_the_hold_does_not_slip_out, async |town| {
    let Usual { mut home, .. } = settled(town).await;
    home.says("妈妈", "妈妈 36.5").await;
    home.says("爸爸", "爸爸 36.8").await;
    assert!(!home.card().text.contains("36.8"), "it waits for the card's minute");
    home.lets_in("邻居", "妈妈").await;
    town.advance("5m").await;
    assert!(!home.card().text.contains("36.8"), "{}", home.card().text);
    home.person("邻居").leave(home.chat).unwrap();
    town.settle().await;
    assert!(home.card().text.contains("36.8"), "{}", home.card().text);
});

on_both!(what_is_too_late_when_the_chat_is_freed_does_not_go, async |town| {
    let Usual { mut home, .. } = settled(town).await;
    home.lets_in("邻居", "妈妈").await;
    town.until("10:30").await;
    let mark = town.mark().await;
    home.person("邻居").leave(home.chat).unwrap();
    town.settle().await;
    assert_eq!(home.row().await["state"], "active");
    let reminder = home.last("reminder").await;
    assert_eq!(reminder.state, "skipped", "the slot is overdue: {reminder:?}");
    assert_eq!(home.last("nudge-call").await.state, "sent");
    assert!(home.letters_since(mark).await.messages().is_empty(), "nothing new was written");
});

on_both!(danger_speaks_and_reports_are_kept_while_the_chat_is_held, async |town| {
    let Usual { mut home, cast } = settled(town).await;
    home.lets_in("邻居", "妈妈").await;
    let mark = town.mark().await;
    let report = home.says("妈妈", "妈妈 36.5").await;
    assert_eq!(home.reactions(report), ["👌"]);
    home.says("爸爸", "爸爸 38.6").await;
    assert_eq!(home.readings().await, ["1 36.5", "2 38.6"]);
    assert_eq!(home.last("danger-instructions").await.state, "sent");
    assert!(!cast.wang.letters_since(mark).await.of("danger-alert").is_empty());
    home.press("邻居", "emergency.press", json!({})).await;
    assert_eq!(home.alert_steps("danger").await.len(), 2, "a stranger's emergency is one too");
    assert_eq!(home.row().await["state"], "held");
});

on_both!(slots_go_on_and_silence_reaches_the_worker, async |town| {
    let Usual { mut home, cast } = settled(town).await;
    home.lets_in("邻居", "妈妈").await;
    town.until("10:05").await;
    assert_eq!(home.checks().await, ["1 overdue", "2 overdue"]);
    assert_eq!(home.alert_steps("overdue").await.len(), 2);
    assert!(cast.wang.offers("alert.contacted", &json!({})).await);
});

on_both!(a_stranger_reads_nothing_by_any_button_or_word, async |town| {
    let Usual { mut home, .. } = settled(town).await;
    home.says("妈妈", "妈妈 36.5").await;
    home.says("爸爸", "爸爸 367").await;
    home.says("妈妈", "/need 大米").await;
    town.advance("2m").await;
    home.lets_in("邻居", "妈妈").await;
    let before = read_in(town, &home);
    let story = home.story("report").await;
    let mut tried = 0;
    for message in town.sandbox.messages(home.chat) {
        for data in message.buttons.iter().flatten().filter_map(|button| button.data.clone()) {
            let mark = town.mark().await;
            let answer = home.press_data(home.person("邻居"), message.id, &data).await;
            if answer.is("not-yours") {
                assert_eq!(town.port().letters_after(mark.0).await.len(), 1, "{data}");
                tried += 1;
            }
        }
    }
    assert!(tried > 10, "{tried} buttons stood there");
    for words in ["/report", "/lang", "/need 面包", "/help", "36.9", "爸爸 36.9"] {
        home.says("邻居", words).await;
    }
    town.advance("5m").await;
    let new = read_in(town, &home);
    let new = new.strip_prefix(&before).unwrap_or(&new);
    for canary in ["36.5", "36.7", "大米"] {
        assert!(!new.contains(canary), "{canary} in {new}");
    }
    assert_eq!(home.story("report").await, story, "nor writes anything down");
    assert_eq!(home.story("request").await.len(), 1);
});

// ---- Removing ----

async fn in_supergroup(town: &Town) -> Usual<'_> {
    let Usual { home, cast } = settled(town).await;
    let new = cast.wang.person.upgrade(home.chat).unwrap();
    town.settle().await;
    Usual { home: home.moved_to(new), cast }
}

on_both!(whoever_is_removed_is_out_and_may_be_invited_again, async |town| {
    let Usual { mut home, cast } = in_supergroup(town).await;
    let neighbour = home.lets_in("邻居", "妈妈").await;
    let calls = town.sandbox.calls().len();
    let remove = json!({ "ref": "A-1" });
    let (message, data) = cast.wang.find_button("stranger.remove", &remove).await.unwrap();
    cast.wang.press_data(&cast.wang.person, message, &data).await;
    let made = town.sandbox.calls_since(calls);
    let done: Vec<&str> = made
        .iter()
        .map(|call| call.method.as_str())
        .filter(|method| method.ends_with("banChatMember"))
        .collect();
    assert_eq!(done, ["banChatMember", "unbanChatMember"]);
    assert_eq!(home.row().await["state"], "active");
    assert_eq!(home.alert_steps("stranger").await, ["A-1 raised", "A-1 resolved"]);
    assert!(neighbour.say(home.chat, "?").is_err(), "out");
    let again = cast.wang.press_data(&cast.wang.person, message, &data).await;
    assert!(again.is("already-closed"), "{again:?}");
    home.person("妈妈").add(home.chat, neighbour.id()).unwrap();
    town.settle().await;
    assert_eq!(home.row().await["state"], "held", "not banned for ever, and strange again");
});

on_both!(a_removal_that_telegram_refuses_is_told_and_the_alert_stays, async |town| {
    let Usual { mut home, cast } = in_supergroup(town).await;
    home.lets_in("邻居", "妈妈").await;
    let less = Rights::usual().without(Right::RestrictMembers);
    cast.wang.person.promote(home.chat, town.bot, less).unwrap();
    town.settle().await;
    let mark = town.mark().await;
    cast.wang.press("stranger.remove", json!({ "ref": "A-1" })).await;
    let told = cast.wang.letters_since(mark).await.only("stranger-not-removed-rights");
    assert!(cast.wang.shown(&told).text.contains("邻居"));
    assert_eq!(home.row().await["state"], "held");
    assert_eq!(home.alert_steps("stranger").await, ["A-1 raised"]);
    cast.wang.person.promote(home.chat, town.bot, Rights::usual()).unwrap();
    town.settle().await;
    cast.wang.press("stranger.remove", json!({ "ref": "A-1" })).await;
    assert_eq!(home.row().await["state"], "active");
});

on_both!(from_a_basic_group_people_are_removed_too, async |town| {
    let Usual { mut home, cast } = settled(town).await;
    home.lets_in("邻居", "妈妈").await;
    cast.wang.press("stranger.remove", json!({ "ref": "A-1" })).await;
    assert_eq!(home.row().await["state"], "active");
    assert_eq!(town.count("SELECT count(*) FROM outbox WHERE state = 'dead'").await, 0);
});

on_both!(an_administrator_is_the_owners_to_remove, async |town| {
    let Usual { mut home, cast } = in_supergroup(town).await;
    let neighbour = home.lets_in("邻居", "妈妈").await;
    cast.wang.person.promote(home.chat, neighbour.id(), Rights::bare()).unwrap();
    town.settle().await;
    let mark = town.mark().await;
    cast.wang.press("stranger.remove", json!({ "ref": "A-1" })).await;
    cast.wang.letters_since(mark).await.only("stranger-not-removed-administrator");
    assert_eq!(home.row().await["state"], "held");
});

// ---- Whoever deals with it ----

on_both!(a_stranger_climbs_the_ladder_until_somebody_looks, async |town| {
    let Usual { mut home, cast } = settled(town).await;
    home.lets_in("邻居", "妈妈").await;
    let mark = town.mark().await;
    town.advance("61m").await;
    cast.lin.letters_since(mark).await.messages().only("overdue-list");
    assert_eq!(home.alert_steps("stranger").await, ["A-1 raised", "A-1 rung"]);
    let answer = cast.lin.press("stranger.ours", json!({ "ref": "A-1", "n": 1 })).await;
    assert!(answer.is("stranger-toast-ours"), "{answer:?}");
    let late = cast.wang.press_data(&cast.wang.person, home_message(&cast.wang).await, "0").await;
    assert!(late.is("not-yours"));
    assert_eq!(home.row().await["state"], "active");
    let members = home.row().await["members"].clone();
    let id = home.person("邻居").id().0;
    assert!(members[0]["telegram_ids"].as_array().unwrap().contains(&json!(id)), "{members}");
});

async fn home_message(staff: &Staff<'_>) -> MessageId {
    staff.newest("overdue-list").await.id
}

on_both!(two_strangers_are_two_alerts_and_both_must_go, async |town| {
    let Usual { mut home, cast } = settled(town).await;
    let one = home.lets_in("邻居", "妈妈").await;
    home.lets_in("客人", "妈妈").await;
    assert_eq!(home.alert_steps("stranger").await, ["A-1 raised", "A-2 raised"]);
    one.leave(home.chat).unwrap();
    town.settle().await;
    assert_eq!(home.row().await["state"], "held");
    cast.wang.press("stranger.ours", json!({ "ref": "A-2", "n": 1 })).await;
    assert_eq!(home.row().await["state"], "active");
});

on_both!(a_hold_survives_a_restart, async |town| {
    let Usual { mut home, cast } = settled(town).await;
    home.lets_in("邻居", "妈妈").await;
    home.says("妈妈", "/need 大米").await;
    town.kill();
    town.serve_again().await;
    town.settle().await;
    assert_eq!(home.last("need-asked").await.state, "queued");
    cast.wang.press("stranger.ours", json!({ "ref": "A-1", "n": 1 })).await;
    assert_eq!(home.last("need-asked").await.state, "sent");
});

on_both!(another_chat_is_not_held_and_the_old_one_stays_shut, async |town| {
    let Usual { mut home, cast } = settled(town).await;
    home.lets_in("邻居", "妈妈").await;
    home.says("妈妈", "/need 大米").await;
    let household = Household { spec: HouseholdSpec::new("3-502"), people: home.people.clone() };
    let new = town.bind_group(&household, &cast.wang).await;
    assert_eq!(new.row().await["chat_id"], new.chat.number());
    assert_eq!(new.alert_steps("stranger").await, ["A-1 raised", "A-1 resolved"]);
    cast.wang.person.add(new.chat, new.person("妈妈").id()).unwrap();
    town.settle().await;
    new.says("妈妈", "妈妈 36.5").await;
    town.advance("2m").await;
    assert_eq!(home.last("need-asked").await.state, "skipped", "not where the stranger is");
    assert_eq!(new.readings().await, ["1 36.5"]);
    cast.wang.presses("need.take", "R-1").await;
    assert!(home.letters().await.of("need-taken").is_empty(), "nor what becomes of it");
});

on_both!(a_chat_that_was_anothers_shows_nothing_of_theirs, async |town| {
    let Usual { mut home, cast } = settled(town).await;
    home.lets_in("邻居", "妈妈").await;
    home.says("妈妈", "/need 大米").await;
    let household = Household { spec: HouseholdSpec::new("3-502"), people: home.people.clone() };
    town.bind_group(&household, &cast.wang).await;
    let other = town.household(HouseholdSpec::new("7-903").members(["Claire"])).await;
    let token = word(&town.link("7-903").await["token"]);
    let mark = town.mark().await;
    cast.wang.person.say(home.chat, format!("/link {token}")).unwrap();
    town.settle().await;
    assert_eq!(town.household_row("7-903").await["chat_id"], home.chat.number());
    let written = home.letters_since(mark).await;
    assert_eq!(written.only("language-choice").state, "sent");
    cast.wang.person.add(home.chat, other.people["Claire"].id()).unwrap();
    home.press_as(&other.people["Claire"], "language.choose", json!({ "tag": "zh-CN" })).await;
    assert_eq!(home.last("notice").await.state, "sent", "the new household's own is not held");
    cast.wang.presses("need.take", "R-1").await;
    let all = town.sandbox.messages(home.chat);
    assert!(!all.iter().any(|message| message.text.contains("R-1")), "{all:#?}");
});

on_both!(who_was_refused_by_mistake_is_taken_back, async |town| {
    let Usual { home, cast } = town.usual().await;
    let id = home.person("爸爸").id().0;
    let refuse = json!({ "household": "3-502", "telegram_id": id });
    cast.wang.press("member.refuse", refuse).await;
    assert_eq!(home.row().await["state"], "held");
    cast.wang.press("stranger.ours", json!({ "ref": "A-1", "n": 2 })).await;
    assert_eq!(home.row().await["state"], "active");
    assert_eq!(home.row().await["members"][1]["telegram_ids"], json!([id]));
    home.says("爸爸", "36.8").await;
    assert_eq!(home.readings().await, ["2 36.8"]);
});

on_both!(a_private_chat_of_somebody_else_is_held_until_there_is_another, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("5-101").members(["Chen"])).await;
    let home = town.open_private(&household).await;
    let id = home.person("Chen").id().0;
    let refuse = json!({ "household": "5-101", "telegram_id": id });
    cast.wang.press("member.refuse", refuse).await;
    assert_eq!(home.row().await["state"], "held");
    assert!(!cast.wang.offers("stranger.remove", &json!({ "ref": "A-1" })).await);
    let mark = town.mark().await;
    town.until("09:05").await;
    assert!(shown(&home.letters_since(mark).await).is_empty(), "whoever that is reads nothing");
    let new = town.bind_group(&household, &cast.wang).await;
    assert_eq!(new.row().await["chat_id"], new.chat.number());
    assert_eq!(new.alert_steps("stranger").await.last().unwrap(), "A-1 resolved");
});
