//! What Telegram does to a bot: chats move, shut and take rights away; calls fail, answers are lost,
//! updates come twice. Every one is survived, and a person is told once.

use std::time::{Duration, Instant};

use doorstep::sandbox::{ChatId, Draft, Fault, FaultRule, Method, Rights, Sandbox};
use serde_json::{Value, json};

use crate::support::opening::Usual;
use crate::support::spec::HouseholdSpec;
use crate::support::town::Town;
use crate::support::{PATIENCE, on_both};

/// Letters whose calls have not been answered yet.
const UNDER_WAY: &str = "SELECT count(*) FROM outbox WHERE state = 'sending'";

/// From now on the bot hears nothing; what it says still arrives.
async fn deafen(town: &Town) {
    let calls = town.sandbox.calls().len();
    town.sandbox.add_fault(FaultRule::new(Fault::BadGateway).on(Method::GetUpdates));
    // The poll that is under way ends by itself; the next one fails.
    let failed =
        |s: &Sandbox| s.calls_since(calls).iter().find(|call| call.status == Some(502)).cloned();
    town.sandbox.wait_for(PATIENCE, failed).await.expect("a poll that fails");
}

// ---- Chats ----

on_both!(a_group_that_becomes_a_supergroup_stays_the_households, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.until("08:05").await;
    home.says("妈妈", "36.5").await;
    let new = cast.wang.person.upgrade(home.chat).unwrap();
    town.settle().await;
    let moved = home.moved_to(new);
    assert_eq!(home.row().await["chat_id"], new.number());
    assert_eq!(home.row().await["state"], "active");
    let message = moved.says("爸爸", "36.8").await;
    assert_eq!(moved.reactions(message), ["👌"]);
    assert_eq!(home.readings().await, ["1 36.5", "2 36.8"]);
    town.advance("2m").await;
    assert!(moved.card_line("爸爸").contains("36.8"), "a card hangs in the new chat");
    moved.press("妈妈", "report.open", json!({ "n": 1 })).await;
    let alerts = home.story("alert").await;
    assert!(alerts.is_empty(), "nobody is troubled: {alerts:#?}");
    town.until("18:00").await;
    assert_eq!(
        moved.letters().await.messages().last().unwrap().text_id.as_deref(),
        Some("reminder")
    );
});

on_both!(a_letter_that_learns_of_the_move_follows_the_chat, async |town| {
    let Usual { home, cast } = town.usual().await;
    deafen(town).await;
    let new = cast.wang.person.upgrade(home.chat).unwrap();
    town.port().advance("25m").await;
    let arrived = town.sandbox.messages(new);
    assert!(arrived.iter().any(|message| message.from == town.bot), "{arrived:#?}");
    assert_eq!(home.row().await["chat_id"], new.number());
    town.sandbox.clear_faults();
    town.settle().await;
    home.moved_to(new).says("妈妈", "36.5").await;
    assert_eq!(home.readings().await, ["1 36.5"]);
});

on_both!(a_bot_that_was_thrown_out_tells_the_worker_once, async |town| {
    let Usual { home, cast } = town.usual().await;
    let mark = town.mark().await;
    cast.wang.person.remove(home.chat, town.bot).unwrap();
    town.settle().await;
    assert_eq!(home.alert_steps("unreachable").await, ["A-1 raised"]);
    assert_eq!(cast.wang.heard_since(mark).await, ["overdue-list"]);
    town.until("08:05").await;
    assert_eq!(home.alert_steps("unreachable").await, ["A-1 raised"], "told once");
    let calls = town.sandbox.calls();
    let forbidden = calls.iter().filter(|call| call.status == Some(403)).count();
    assert!(forbidden <= 1, "nobody knocks at a shut door for ever");

    let rights = Some(Rights::usual());
    cast.wang.person.open_startgroup(home.chat, town.bot, "", rights).unwrap();
    town.settle().await;
    assert_eq!(home.alert_steps("unreachable").await, ["A-1 raised", "A-1 resolved"]);
    home.says("妈妈", "36.5").await;
    assert_eq!(home.readings().await, ["1 36.5"]);
});

on_both!(a_resident_who_blocks_the_bot_is_the_workers_to_call, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("5-101").members(["Chen"])).await;
    let home = town.open_private(&household).await;
    deafen(town).await;
    home.person("Chen").block(town.bot).unwrap();
    let mark = town.mark().await;
    town.port().advance("25m").await;
    assert_eq!(home.alert_steps("unreachable").await, ["A-1 raised"], "a refused letter tells it");
    town.sandbox.clear_faults();
    town.settle().await;
    assert_eq!(home.alert_steps("unreachable").await, ["A-1 raised"], "the update tells no more");
    assert_eq!(cast.wang.heard_since(mark).await, ["overdue-list"]);
    home.person("Chen").unblock(town.bot).unwrap();
    town.settle().await;
    assert_eq!(home.alert_steps("unreachable").await, ["A-1 raised", "A-1 resolved"]);
});

on_both!(a_bot_that_is_no_administrator_any_more_says_so, async |town| {
    let Usual { home, cast } = town.usual().await;
    let mark = town.mark().await;
    cast.wang.person.demote(home.chat, town.bot).unwrap();
    town.settle().await;
    assert_eq!(home.heard_since(mark).await, ["chat-unheard"]);
    assert_eq!(home.alert_steps("unheard").await, ["A-1 raised"]);
    cast.wang.person.promote(home.chat, town.bot, Rights::usual()).unwrap();
    town.settle().await;
    assert_eq!(home.alert_steps("unheard").await, ["A-1 raised", "A-1 resolved"]);
});

// ---- Calls ----

on_both!(a_chat_that_must_wait_delays_no_other, async |town| {
    let Usual { home, cast } = town.usual().await;
    let wait = Fault::TooManyRequests { retry_after: 2 };
    let here = FaultRule::new(wait).on(Method::SendMessage).in_chat(home.chat.number()).times(1);
    town.sandbox.add_fault(here);
    let (before, others) =
        (town.sandbox.messages(home.chat).len(), town.sandbox.messages(cast.wang.chat).len());
    let began = Instant::now();
    home.calls_out("妈妈", "/help");
    cast.wang.person.say(cast.wang.chat, "/help").unwrap();
    let answered = |s: &Sandbox| {
        (s.messages(cast.wang.chat).len() > others + 1).then(|| s.messages(home.chat).len())
    };
    let mine = town.sandbox.wait_for(PATIENCE, answered).await.expect("the other chat is answered");
    assert_eq!(mine, before + 1, "this one waits");
    town.settle().await;
    assert!(began.elapsed() >= Duration::from_secs(2), "as long as it was told");
    assert_eq!(town.sandbox.messages(home.chat).len(), before + 2, "and is answered then");
});

on_both!(a_slow_chat_delays_no_other, async |town| {
    let Usual { home, cast } = town.usual().await;
    let slow = FaultRule::new(Fault::Slow { milliseconds: 3000 });
    town.sandbox.add_fault(slow.on(Method::SendMessage).in_chat(home.chat.number()).times(1));
    let calls = town.sandbox.calls().len();
    home.calls_out("妈妈", "/help");
    town.comes_to(UNDER_WAY, 1).await;
    cast.wang.person.say(cast.wang.chat, "/help").unwrap();
    town.settle().await;
    let sent = town.sandbox.calls_since(calls);
    let sent: Vec<_> = sent.iter().filter(|call| call.method == "sendMessage").collect();
    let ended: Vec<_> = sent.iter().map(|call| call.params["chat_id"].as_i64().unwrap()).collect();
    assert_eq!(ended, [cast.wang.chat.number(), home.chat.number()], "in the order of their ends");
});

on_both!(a_reminder_that_may_have_arrived_is_not_repeated, async |town| {
    let Usual { home, .. } = town.usual().await;
    let here = FaultRule::new(Fault::CutAfter).on(Method::SendMessage).in_chat(home.chat.number());
    town.sandbox.add_fault(here.times(1));
    let before = town.sandbox.messages(home.chat).len();
    town.until("08:05").await;
    assert_eq!(town.sandbox.messages(home.chat).len(), before + 1);
    assert_eq!(home.last("reminder").await.state, "skipped");
    town.until("09:05").await;
    assert_eq!(home.last("nudge").await.state, "sent", "the next step covers it");
});

on_both!(a_danger_that_may_not_have_arrived_is_repeated, async |town| {
    let spec = HouseholdSpec::new("3-502").members(["妈妈", "爸爸", "奶奶", "爷爷"]);
    let Usual { home, cast } = town.usual_with(spec).await;
    let lost = [
        ("妈妈", Fault::CutAfter),
        ("爸爸", Fault::CutBefore),
        ("奶奶", Fault::BadGateway),
        ("爷爷", Fault::Garbage),
    ];
    for (name, fault) in lost {
        let here = FaultRule::new(fault).on(Method::SendMessage).in_chat(cast.wang.chat.number());
        town.sandbox.add_fault(here.times(1));
        home.says(name, "38.5").await;
        assert_eq!(cast.wang.last("danger-alert").await.state, "sent", "{fault:?}");
        let messages = town.sandbox.messages(cast.wang.chat);
        let told = |text: &str| text.contains(name) && text.contains("38.5");
        let arrived = messages.iter().filter(|message| told(&message.text)).count();
        assert!((1..=2).contains(&arrived), "{fault:?}: {arrived}");
    }
});

/// The sendMessage calls to a chat since some call, as status and markup.
fn sent_to(town: &Town, chat: ChatId, since: usize) -> Vec<(Option<u16>, Value)> {
    let mut calls = town.sandbox.calls_since(since);
    calls.retain(|call| call.method == "sendMessage" && call.params["chat_id"] == chat.number());
    calls.iter().map(|call| (call.status, call.params["parse_mode"].clone())).collect()
}

on_both!(a_text_whose_markup_is_refused_goes_out_plain, async |town| {
    let Usual { home, cast } = town.usual().await;
    let why = "can't parse entities: Unexpected end tag at byte offset 12";
    let here = FaultRule::new(Fault::Refused { why }).on(Method::SendMessage);
    town.sandbox.add_fault(here.in_chat(cast.wang.chat.number()).times(1));
    let calls = town.sandbox.calls().len();
    home.says("妈妈", "妈妈 38.5").await;
    let expected = [(Some(400), json!("HTML")), (Some(200), Value::Null)];
    assert_eq!(sent_to(town, cast.wang.chat, calls), expected, "the danger arrives all the same");
    let shown = cast.wang.newest("danger-alert").await.text;
    assert!(shown.contains("38.5") && !shown.contains("<b>"), "{shown}");
});

on_both!(a_letter_that_is_refused_for_good_is_shown_to_the_operator, async |town| {
    let Usual { home, cast } = town.usual().await;
    let admin = town.staff("Xu", "admin", "Yantian").await;
    let why = "can't parse entities: Unexpected end tag at byte offset 12";
    let here = FaultRule::new(Fault::Refused { why }).on(Method::SendMessage);
    town.sandbox.add_fault(here.in_chat(cast.wang.chat.number()).times(2));
    home.says("妈妈", "妈妈 38.5").await;
    let dead = cast.wang.letters().await.last_of("danger-alert");
    assert_eq!(dead.state, "dead");
    let note = admin.newest("operator-dead-letter").await.text;
    assert!(note.contains(&dead.id.to_string()), "{note}");
    assert!(!note.contains("妈妈"), "ids only: {note}");
    home.says("爸爸", "36.5").await;
    assert_eq!(home.readings().await, ["1 38.5", "2 36.5"], "everything else goes on");
});

on_both!(a_change_that_was_overtaken_when_the_process_died_gives_way, async |town| {
    let Usual { home, .. } = town.usual().await;
    home.says("妈妈", "36.1").await;
    let slow = FaultRule::new(Fault::Slow { milliseconds: 60_000 });
    town.sandbox.add_fault(slow.on(Method::EditMessageText).in_chat(home.chat.number()));
    let brief = json!({ "by": "2m", "timeout": "1s" });
    town.port().post("/rehearsal/advance", &brief).await;
    town.comes_to(UNDER_WAY, 1).await;
    home.calls_out("爸爸", "36.2");
    let newer = "SELECT count(*) FROM outbox WHERE state = 'queued' AND merge_key IS NOT NULL";
    town.comes_to(newer, 1).await;
    town.kill();
    town.sandbox.clear_faults();
    town.serve_again().await;
    town.settle().await;
    town.advance("2m").await;
    assert!(home.card_line("妈妈").contains("36.1") && home.card_line("爸爸").contains("36.2"));
});

on_both!(a_gateway_that_is_down_for_a_moment_loses_nothing, async |town| {
    let Usual { home, .. } = town.usual().await;
    let here = |fault| FaultRule::new(fault).in_chat(home.chat.number()).times(1);
    town.sandbox.add_fault(here(Fault::BadGateway).on(Method::SetMessageReaction));
    town.sandbox.add_fault(here(Fault::CutBefore).on(Method::EditMessageText));
    let message = home.says("妈妈", "36.5").await;
    town.advance("2m").await;
    assert_eq!(home.reactions(message), ["👌"]);
    assert!(home.card_line("妈妈").contains("36.5"));
});

on_both!(polls_that_fail_lose_nothing, async |town| {
    let Usual { home, .. } = town.usual().await;
    let lost = [
        ("36.5", Fault::BadGateway),
        ("36.6", Fault::CutBefore),
        ("36.7", Fault::CutAfter),
        ("36.8", Fault::Garbage),
    ];
    for (text, fault) in lost {
        town.sandbox.add_fault(FaultRule::new(fault).on(Method::GetUpdates).times(1));
        home.says("妈妈", text).await;
    }
    assert_eq!(home.readings().await, ["1 36.5", "1 36.6", "1 36.7", "1 36.8"]);
});

// ---- Updates ----

on_both!(updates_that_come_twice_have_one_effect, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.until("08:05").await;
    town.sandbox.add_fault(FaultRule::new(Fault::RepeatUpdates).every(2).times(12));
    let mark = town.mark().await;
    home.says("妈妈", "38.5").await;
    home.says("妈妈", "/need 大米").await;
    cast.wang.presses("need.take", "R-1").await;
    home.says("爸爸", "36.8").await;
    town.settle().await;
    assert_eq!(home.readings().await, ["1 38.5", "2 36.8"]);
    assert_eq!(home.alert_steps("danger").await, ["A-1 raised"]);
    assert_eq!(home.story("request").await.len(), 2);
    assert_eq!(home.heard_since(mark).await, ["danger-instructions", "need-asked"]);
});

on_both!(a_recording_without_a_type_is_heard, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("5-101").members(["Chen"])).await;
    let home = town.open_private(&household).await;
    let mark = town.mark().await;
    home.says("Chen", Draft::voice(None)).await;
    assert_eq!(cast.wang.letters_since(mark).await.by("copyMessage").len(), 1);
});

on_both!(whatever_people_send_the_next_word_is_heard, async |town| {
    let Usual { home, .. } = town.usual().await;
    let odd = [
        Draft::sticker("🙂"),
        Draft::location(22.5, 114.2),
        Draft::document("体温.xlsx", "no/such/type"),
        Draft::voice(Some("nonsense")),
        Draft::photo(""),
        Draft::from("<b>&amp;\u{202e}\u{0}"),
        Draft::from("字".repeat(4096)),
    ];
    for draft in odd {
        home.says("妈妈", draft).await;
    }
    home.says("妈妈", "36.5").await;
    assert_eq!(home.readings().await, ["1 36.5"]);
    assert_eq!(town.count("SELECT count(*) FROM inbox WHERE state <> 'done'").await, 0);
});
