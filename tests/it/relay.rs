//! The relay from the outside: order within a chat, the newest card, and the budgets of which danger
//! keeps its part.

use doorstep::sandbox::{Fault, FaultRule, Method, Sandbox};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::opening::Usual;
use crate::support::spec::HouseholdSpec;
use crate::support::town::Town;
use crate::support::{PATIENCE, on_both};

/// Serves again with a budget.
async fn serve_paced(town: &Town, budgets: &[(&str, &str)]) {
    town.settle().await;
    town.stop("TERM").await;
    let mut program = town.program.clone();
    for (key, value) in budgets {
        program = program.with(&format!("DOORSTEP__LIMITS__{key}"), value);
    }
    town.serve_with(&program).await;
}

on_both!(the_card_changes_once_a_minute_and_the_newest_wins, async |town| {
    let spec = HouseholdSpec::new("3-502").members(["妈妈", "爸爸", "奶奶", "爷爷"]);
    let Usual { home, .. } = town.usual_with(spec).await;
    town.until("08:05").await;
    let calls = town.sandbox.calls().len();
    for (name, text) in [("妈妈", "36.1"), ("爸爸", "36.2"), ("奶奶", "36.3"), ("爷爷", "36.4")]
    {
        home.says(name, text).await;
    }
    town.advance("3m").await;
    let edits = town.sandbox.calls_since(calls);
    let edits = edits.iter().filter(|call| call.method == "editMessageText").count();
    assert!((1..=2).contains(&edits), "{edits} edits for four readings");
    let card = home.card().text;
    assert!(["36.1", "36.2", "36.3", "36.4"].iter().all(|value| card.contains(value)), "{card}");
});

on_both!(answers_come_in_the_order_of_the_questions, async |town| {
    let Usual { home, .. } = town.usual().await;
    let wait = Fault::TooManyRequests { retry_after: 1 };
    let here = FaultRule::new(wait).on(Method::SendMessage).in_chat(home.chat.number());
    town.sandbox.add_fault(here.every(2).times(2));
    let before = town.sandbox.messages(home.chat).len();
    for item in ["大米", "牛奶", "鸡蛋", "苹果"] {
        home.calls_out("妈妈", format!("/need {item}"));
    }
    town.settle().await;
    let answers = town.sandbox.messages(home.chat).split_off(before);
    let answers: Vec<_> = answers.iter().filter(|message| message.from == town.bot).collect();
    let numbers: Vec<bool> = answers
        .iter()
        .zip(1..)
        .map(|(answer, number)| answer.text.contains(&format!("R-{number}")))
        .collect();
    assert_eq!(numbers, [true; 4], "{answers:#?}");
});

on_both!(a_full_group_still_hears_of_danger, async |town| {
    let Usual { home, cast } = town.usual().await;
    serve_paced(town, &[("PER_GROUP_PER_MINUTE", "5"), ("KEPT_FOR_DANGER", "2")]).await;
    let before = town.sandbox.messages(home.chat).len();
    for _ in 0..6 {
        home.calls_out("妈妈", "/help");
    }
    let said = |s: &Sandbox| s.messages(home.chat).len() - before - 6;
    let filled = town.sandbox.wait_for(PATIENCE, |s| (said(s) >= 3).then_some(())).await;
    filled.expect("three of six answers");
    let full = town.port().post("/rehearsal/settle", &json!({ "timeout": "1s" })).await;
    assert_eq!(full.status(), StatusCode::REQUEST_TIMEOUT);
    let left: Value = full.json().await.unwrap();
    assert_eq!(left, json!({ "inbox": 0, "due": 0, "queued": 3 }), "what waits for pacing counts");
    assert_eq!(said(&town.sandbox), 3, "the rest of the minute is kept for danger");
    home.calls_out("妈妈", "38.5");
    let warned = |s: &Sandbox| {
        let says = |chat| {
            let messages = s.messages(chat);
            messages.iter().any(|said| said.from == town.bot && said.text.contains("38.5"))
        };
        (says(home.chat) && says(cast.wang.chat)).then_some(())
    };
    town.sandbox.wait_for(PATIENCE, warned).await.expect("the danger comes");
    assert_eq!(said(&town.sandbox), 5, "its instructions do not wait for the minute to pass");
});

on_both!(danger_is_always_next, async |town| {
    let cast = town.cast().await;
    let mut homes = Vec::new();
    for room in 501..=504 {
        let spec = HouseholdSpec::new(&format!("3-{room}")).members(["Chen"]);
        let household = town.household(spec).await;
        homes.push(town.open_group(&household, &cast.wang).await);
    }
    serve_paced(town, &[("PER_SECOND", "1")]).await;
    let calls = town.sandbox.calls().len();
    for home in &homes {
        home.calls_out("Chen", "/help");
    }
    homes[0].calls_out("Chen", "38.5");
    let sends = |s: &Sandbox| {
        let calls = s.calls_since(calls);
        calls.into_iter().filter(|call| call.method == "sendMessage").collect::<Vec<_>>()
    };
    let five = |s: &Sandbox| Some(sends(s)).filter(|sent| sent.len() >= 5);
    let sent = town.sandbox.wait_for(PATIENCE, five).await.expect("five messages");
    let place = sent.iter().position(|call| call.params["chat_id"] == cast.wang.chat.number());
    assert!(place.is_some_and(|place| place <= 3), "before the answers that waited: {sent:#?}");
});
