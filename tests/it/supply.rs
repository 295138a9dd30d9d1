//! What a household needs, the plain way: asked in one message, taken, delivered and confirmed, each in
//! one message that changes.

use doorstep::sandbox::Draft;
use serde_json::{Value, json};

use crate::support::home::word;
use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::spec::{GRID, HouseholdSpec};
use crate::support::town::{Town, ZONE};

/// The only request there is.
async fn request(town: &Town) -> Value {
    let list = town.program.json(&["supply", "list"]).await;
    let requests = list.as_array().expect("a list");
    assert_eq!(requests.len(), 1, "{list}");
    requests[0].clone()
}

/// How far the only request has come.
async fn state(town: &Town) -> String {
    word(&request(town).await["state"])
}

on_both!(a_request_is_asked_taken_delivered_and_confirmed, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.until("08:30").await;
    home.press("妈妈", "need.open", json!({})).await;
    let mark = town.mark().await;
    let asked = home.says("妈妈", "大米5公斤、牛奶").await;
    let row = request(town).await;
    assert_eq!((&row["ref"], &row["household"]), (&json!("R-1"), &json!("3-502")));
    assert_eq!((&row["state"], &row["urgent"]), (&json!("requested"), &json!(false)));
    assert_eq!((&row["text"], &row["language"]), (&json!("大米5公斤、牛奶"), &json!("zh-CN")));
    assert_eq!((&row["lines"], &row["owner"]), (&json!([]), &json!(null)));
    let told = cast.wang.letters_since(mark).await.messages();
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0].actions(), ["need.take", "need.deliver", "need.decline"]);
    assert!(cast.wang.shown(&told[0]).text.contains("大米5公斤"));
    let answer = home.letters_since(mark).await.messages();
    assert_eq!(answer.len(), 1);
    assert_eq!(home.shown(&answer[0]).reply_to, Some(asked));

    cast.wang.presses("need.take", "R-1").await;
    assert_eq!(state(town).await, "accepted");
    assert!(home.shown(&answer[0]).text.contains("Wang"), "the household sees who has it");
    assert_eq!(request(town).await["owner"], cast.wang.code);
    cast.wang.presses("need.deliver", "R-1").await;
    assert_eq!(state(town).await, "delivered");
    home.press("爸爸", "need.confirm", json!({ "ref": "R-1" })).await;
    assert_eq!(state(town).await, "confirmed");
    assert_eq!(home.heard_since(mark).await.len(), 1, "one message that changes");
    assert_eq!(cast.wang.heard_since(mark).await.len(), 1);

    let row = request(town).await;
    for instant in ["asked_at", "accepted_at", "delivered_at", "confirmed_at"] {
        assert!(row[instant].is_string(), "{instant}: {row}");
    }
    let steps: Vec<_> = home
        .story("request")
        .await
        .iter()
        .map(|row| [word(&row["ref"]), word(&row["state"])])
        .collect();
    let states = ["requested", "accepted", "delivered", "confirmed"];
    assert_eq!(steps, states.map(|state| ["R-1".to_owned(), state.to_owned()]));
});

on_both!(words_behind_the_command_are_the_request, async |town| {
    let Usual { home, .. } = town.usual().await;
    home.says("妈妈", "/need 胰岛素，今天要").await;
    let row = request(town).await;
    assert_eq!(row["text"], "胰岛素，今天要");
    assert_eq!(row["urgent"], true);
    assert_eq!(home.row().await["status"], "yellow", "an urgent request waits");
});

on_both!(after_the_command_the_next_message_is_the_request, async |town| {
    let Usual { home, .. } = town.usual().await;
    home.says("妈妈", "/need").await;
    home.says("爸爸", "大家好").await;
    home.says("妈妈", "牛奶两盒").await;
    assert_eq!(request(town).await["text"], "牛奶两盒");
});

on_both!(a_photo_is_a_request_too, async |town| {
    let Usual { home, cast } = town.usual().await;
    home.says("妈妈", "/need").await;
    let mark = town.mark().await;
    home.says("妈妈", Draft::photo("")).await;
    assert_eq!(state(town).await, "requested");
    let told = cast.wang.letters_since(mark).await.messages();
    assert!(told.iter().any(|letter| letter.method == "sendPhoto"), "{told:#?}");
    cast.wang.presses("need.take", "R-1").await;
    assert_eq!(state(town).await, "accepted");
});

on_both!(what_is_not_possible_is_declined_with_a_reason, async |town| {
    let Usual { home, cast } = town.usual().await;
    home.says("妈妈", "/need 啤酒").await;
    cast.wang.presses("need.decline", "R-1").await;
    assert_eq!(state(town).await, "requested", "a reason is asked first");
    cast.wang.says("医院不允许，可以要果汁").await;
    assert_eq!(state(town).await, "declined");
    let message = home.letters().await.last_of("need-declined");
    assert!(home.shown(&message).text.contains("可以要果汁"), "the household reads why");
    let late = cast.wang.find_button("need.take", &json!({ "ref": "R-1" })).await;
    assert!(late.is_none(), "it is over");
});

on_both!(what_is_missing_is_told_and_brought_again, async |town| {
    let Usual { home, cast } = town.usual().await;
    home.says("妈妈", "/need 大米和牛奶").await;
    cast.wang.presses("need.deliver", "R-1").await;
    let mark = town.mark().await;
    home.press("妈妈", "need.incomplete", json!({ "ref": "R-1" })).await;
    assert_eq!(state(town).await, "incomplete");
    assert!(!cast.wang.heard_since(mark).await.is_empty(), "whoever brought it is told");
    let mark = town.mark().await;
    home.says("妈妈", "少了牛奶").await;
    let passed_on = cast.wang.letters_since(mark).await.messages();
    assert!(cast.wang.shown(&passed_on[0]).text.contains("少了牛奶"));
    cast.wang.presses("need.deliver", "R-1").await;
    home.press("妈妈", "need.confirm", json!({ "ref": "R-1" })).await;
    assert_eq!(state(town).await, "confirmed");
});

on_both!(a_request_that_nobody_takes_is_an_alert_on_the_ladder, async |town| {
    let Usual { home, cast } = town.usual_with(HouseholdSpec::new("3-502").members(["Chen"])).await;
    town.until("08:05").await;
    home.says("Chen", "36.5").await;
    home.says("Chen", "/need 大米").await;
    town.advance("14m").await;
    assert_eq!(home.alert_steps("request").await, [] as [&str; 0]);
    town.advance("2m").await;
    assert_eq!(home.alert_steps("request").await, ["A-1 raised"]);
    let lists = cast.wang.letters().await.messages().of("overdue-list");
    assert_eq!(lists[0].time_in(ZONE), "08:20");
    town.until("09:21").await;
    assert_eq!(cast.lin.letters().await.messages().of("overdue-list").len(), 1);
    cast.lin.presses("need.take", "R-1").await;
    assert_eq!(state(town).await, "accepted");
    assert_eq!(home.row().await["open_alerts"], json!([]));
    assert_eq!(request(town).await["owner"], cast.lin.code);
});

on_both!(a_request_is_taken_once, async |town| {
    let cast = town.cast().await;
    let zhou = town.staff("Zhou", "worker", GRID).await;
    cast.wang.says("/duty off").await;
    let household = town.household(HouseholdSpec::new("3-502").backup("Zhou")).await;
    let home = town.open_group(&household, &cast.wang).await;
    home.says("妈妈", "/need 大米").await;
    let args = json!({ "ref": "R-1" });
    let (message, data) =
        cast.wang.find_button("need.take", &args).await.expect("the worker is asked");
    zhou.presses("need.take", "R-1").await;
    let late = cast.wang.press_data(&cast.wang.person, message, &data).await;
    assert!(late.is("already-closed"), "{late:?}");
    assert_eq!(request(town).await["owner"], zhou.code);
});

on_both!(the_card_counts_what_is_on_its_way, async |town| {
    let Usual { home, cast } = town.usual().await;
    home.says("妈妈", "/need 大米").await;
    town.advance("2m").await;
    assert!(home.card().text.contains("📦"), "{}", home.card().text);
    cast.wang.presses("need.deliver", "R-1").await;
    town.advance("2m").await;
    assert!(!home.card().text.contains("📦"), "{}", home.card().text);
});

on_both!(a_question_for_a_need_is_forgotten_after_an_hour, async |town| {
    let Usual { home, .. } = town.usual().await;
    home.says("妈妈", "/need").await;
    town.advance("61m").await;
    home.says("妈妈", "今天天气真好").await;
    assert_eq!(town.program.json(&["supply", "list"]).await, json!([]));
});
