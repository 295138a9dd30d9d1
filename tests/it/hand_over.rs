//! A household passes to another worker: offered, accepted or not, and who is responsible meanwhile.

use serde_json::json;

use crate::support::home::Home;
use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::spec::{GRID, HouseholdSpec};
use crate::support::staff::{Cast, Staff};
use crate::support::town::Town;

const ARGS: fn() -> serde_json::Value = || json!({ "household": "3-502" });

/// Wang has 3-502 and offers it to Zhou, who reads French.
async fn offered(town: &Town) -> (Home<'_>, Cast<'_>, Staff<'_>) {
    let Usual { home, cast } = town.usual_with(HouseholdSpec::new("3-502").members(["Chen"])).await;
    let zhou = town.staff_speaking("fr", "Zhou", "worker", GRID).await;
    cast.wang.says("/transfer 3-502 zhou").await;
    (home, cast, zhou)
}

async fn worker(home: &Home<'_>) -> serde_json::Value {
    home.row().await["worker"].clone()
}

on_both!(an_accepted_household_passes_with_everything_that_is_open, async |town| {
    let (home, cast, zhou) = offered(town).await;
    assert!(cast.wang.newest("transfer-offered").await.text.contains("Zhou"));
    assert!(zhou.newest("transfer-ask").await.text.contains("vous confie"));
    town.until("10:01").await;
    assert_eq!(worker(&home).await, "Wang", "until accepted, the giver has it");
    assert_eq!(cast.wang.letters().await.of("overdue-list").messages().len(), 1);
    assert_eq!(zhou.letters().await.of("overdue-list").len(), 0, "alerts go to the giver");

    let mark = town.mark().await;
    zhou.press("transfer.accept", ARGS()).await;
    assert_eq!(worker(&home).await, "Zhou");
    assert_eq!(home.heard_since(mark).await, ["transfer-told"]);
    assert!(home.newest("transfer-told").await.text.contains("Zhou"));
    assert_eq!(cast.wang.heard_since(mark).await, ["transfer-accepted"]);
    assert!(zhou.newest("overdue-list").await.text.contains("Chen"), "what is open is shown");
    assert!(!cast.wang.newest("transfer-offered").await.text.is_empty());
    let list = cast.wang.shown(&cast.wang.letters().await.messages().last_of("overdue-list"));
    assert!(!list.text.contains("Chen"), "and leaves the giver's list: {}", list.text);
    let passed = home.story("state").await.pop().unwrap();
    assert_eq!((&passed["from"], &passed["to"]), (&json!("active"), &json!("active")));
    let reason = format!("transferred: {} to {}", cast.wang.code, zhou.code);
    assert_eq!(passed["reason"], json!(reason));
    zhou.presses("alert.contacted", "A-1").await;
    assert_eq!(home.row().await["open_alerts"], json!([]), "the receiver may act");

    // What comes next goes to the receiver; the giver has no part in it any more.
    let mark = town.mark().await;
    town.until("20:01").await;
    assert_eq!(zhou.heard_since(mark).await, ["overdue-list"]);
    assert_eq!(cast.wang.heard_since(mark).await, [] as [&str; 0]);
    cast.wang.says("/extend 3-502 1 because").await;
    assert_eq!(home.row().await["days"], 14, "the giver has no rights any more");
});

on_both!(a_danger_is_shown_to_the_receiver_and_the_giver_may_not_close_it, async |town| {
    let (home, cast, zhou) = offered(town).await;
    home.says("Chen", "38.6").await;
    assert_eq!(zhou.letters().await.of("danger-alert").len(), 0);
    zhou.press("transfer.accept", ARGS()).await;
    let card = zhou.newest("danger-alert").await;
    assert!(card.text.contains("38.6") || card.text.contains("38,6"), "{}", card.text);
    let old = cast.wang.newest("danger-alert").await;
    assert_eq!(old.buttons.len(), 0, "nothing is to be pressed there any more: {old:?}");
    zhou.presses("alert.contacted", "A-1").await;
    let steps = home.alert_steps("danger").await;
    assert_eq!(steps, ["A-1 raised", "A-1 contacted"]);
});

on_both!(a_lead_gives_a_household_of_a_worker_to_another, async |town| {
    let Usual { home, cast } = town.usual_with(HouseholdSpec::new("3-502").members(["Chen"])).await;
    let zhou = town.staff("Zhou", "worker", GRID).await;
    cast.lin.says("/transfer 3-502 Zhou").await;
    assert!(zhou.newest("transfer-ask").await.text.contains("Wang"), "who has it meanwhile");
    town.advance("16m").await;
    assert_eq!(cast.lin.letters().await.of("transfer-waits").len(), 0, "she knows");
    assert_eq!(cast.ou.letters().await.of("transfer-waits").len(), 1);
    zhou.press("transfer.accept", ARGS()).await;
    assert_eq!(worker(&home).await, "Zhou");
    for told in [&cast.lin, &cast.wang] {
        assert_eq!(told.letters().await.of("transfer-accepted").len(), 1, "{}", told.name);
    }
});

on_both!(an_offer_is_answered_once_and_by_the_receiver_alone, async |town| {
    let (home, cast, zhou) = offered(town).await;
    let (message, data) = zhou.find_button("transfer.accept", &ARGS()).await.unwrap();
    let other = cast.wang.newest("transfer-offered").await.id;
    assert!(cast.wang.press_data(&cast.wang.person, other, &data).await.is("not-yours"));
    let mark = town.mark().await;
    zhou.press("transfer.decline", ARGS()).await;
    assert_eq!(cast.wang.heard_since(mark).await, ["transfer-declined"]);
    assert_eq!(home.heard_since(mark).await, [] as [&str; 0], "the household hears nothing");
    assert_eq!(worker(&home).await, "Wang");
    let late = zhou.press_data(&zhou.person, message, &data).await;
    assert!(late.is("already-closed"), "a second press: {late:?}");
    assert_eq!(worker(&home).await, "Wang");
});

on_both!(a_lead_hears_of_an_offer_that_nobody_answers_for_fifteen_minutes, async |town| {
    let (home, cast, zhou) = offered(town).await;
    town.advance("14m").await;
    assert_eq!(cast.lin.letters().await.of("transfer-waits").len(), 0);
    town.advance("2m").await;
    let told = cast.lin.newest("transfer-waits").await.text;
    assert!(told.contains("Zhou") && told.contains("Wang"), "{told}");
    town.advance("2h").await;
    assert_eq!(cast.lin.letters().await.of("transfer-waits").len(), 1, "once");
    assert_eq!(worker(&home).await, "Wang");
    zhou.press("transfer.accept", ARGS()).await;
    assert_eq!(worker(&home).await, "Zhou", "it can still be accepted");
});

on_both!(an_offer_needs_somebody_who_can_have_the_household, async |town| {
    let Usual { home, cast } = town.usual_with(HouseholdSpec::new("3-502").members(["Chen"])).await;
    town.invite("Yu", "worker", GRID).await;
    town.staff("Han", "translator", GRID).await;
    for (name, answer) in [
        ("Wang", "transfer-same"),
        ("Yu", "transfer-nobody"),
        ("Han", "transfer-nobody"),
        ("Nobody", "transfer-nobody"),
        ("", "transfer-how"),
    ] {
        let mark = town.mark().await;
        cast.wang.says(format!("/transfer 3-502 {name}")).await;
        assert_eq!(cast.wang.heard_since(mark).await, [answer], "{name}");
    }
    let zhou = town.staff("Zhou", "worker", "Yantian/Haishan/Grid 13").await;
    let mark = town.mark().await;
    zhou.says("/transfer 3-502 Lin").await;
    assert_eq!(zhou.heard_since(mark).await, ["transfer-how"], "not his to give");
    assert_eq!(town.count("SELECT count(*) FROM transfer").await, 0);
    assert_eq!(worker(&home).await, "Wang");
});

on_both!(another_offer_and_the_release_take_an_offer_back, async |town| {
    let yesterday = town.today().await - chrono::TimeDelta::days(1);
    let spec = HouseholdSpec::new("3-502").members(["Chen"]).starts_on(yesterday).lasts(1);
    let Usual { home, cast } = town.usual_with(spec).await;
    let zhou = town.staff("Zhou", "worker", GRID).await;
    cast.wang.says("/transfer 3-502 Zhou").await;
    let (message, data) = zhou.find_button("transfer.accept", &ARGS()).await.unwrap();
    cast.wang.says("/transfer 3-502 Lin").await;
    assert!(zhou.press_data(&zhou.person, message, &data).await.is("already-closed"));
    let (message, data) = cast.lin.find_button("transfer.accept", &ARGS()).await.unwrap();
    town.until("18:05").await;
    home.says("Chen", "36.5").await;
    cast.wang.press("release.ask", ARGS()).await;
    cast.wang.press("release.confirm", ARGS()).await;
    assert_eq!(home.row().await["state"], "released");
    assert!(cast.lin.press_data(&cast.lin.person, message, &data).await.is("already-closed"));
    assert_eq!(worker(&home).await, "Wang");
});
