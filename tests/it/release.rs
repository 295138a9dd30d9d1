//! The end of a period: refused with its reasons, extended in sight of everybody, or confirmed by a
//! second press.

use chrono::TimeDelta;
use serde_json::json;

use crate::support::home::Home;
use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::spec::HouseholdSpec;
use crate::support::staff::Staff;
use crate::support::town::{Rules, Town};

/// A household whose last day is today.
async fn last_day(town: &Town) -> HouseholdSpec {
    let yesterday = town.today().await - TimeDelta::days(1);
    HouseholdSpec::new("3-502").members(["Chen"]).starts_on(yesterday).lasts(1)
}

/// Somebody asks for the release, from the newest letter that offers it.
async fn asks(staff: &Staff<'_>) {
    if !staff.offers("release.ask", &json!({ "household": "3-502" })).await {
        staff.says("/today").await;
    }
    staff.press("release.ask", json!({ "household": "3-502" })).await;
}

/// An evening on which Chen has reported in the last slot.
async fn last_evening(town: &Town) -> Usual<'_> {
    let usual = town.usual_with(last_day(town).await).await;
    town.until("18:05").await;
    usual.home.says("Chen", "36.5").await;
    usual
}

async fn state(home: &Home<'_>) -> serde_json::Value {
    home.row().await["state"].clone()
}

on_both!(a_release_takes_two_presses_and_the_bot_leaves_after_three_days, async |town| {
    let Usual { home, cast } = last_evening(town).await;
    asks(&cast.wang).await;
    assert_eq!(state(&home).await, "active", "one press is not enough");
    cast.wang.press("release.confirm", json!({ "household": "3-502" })).await;
    assert_eq!(state(&home).await, "released");
    let passage = home.story("state").await.pop().unwrap();
    assert_eq!((&passage["from"], &passage["to"]), (&json!("active"), &json!("released")));
    assert_eq!(passage["who"], json!({ "kind": "staff", "ref": cast.wang.code }));
    assert_eq!(home.letters().await.of("released").len(), 1);

    let mark = town.mark().await;
    town.advance("71h").await;
    assert_eq!(home.heard_since(mark).await, [] as [&str; 0], "no reminder after the end");
    let calls = town.sandbox.calls().len();
    town.advance("2h").await;
    let calls = town.sandbox.calls_since(calls);
    assert!(calls.iter().any(|call| call.method == "leaveChat"), "{calls:#?}");
    assert_eq!(state(&home).await, "closed");
});

on_both!(a_release_without_the_last_report_is_refused_and_extends, async |town| {
    let Usual { home, cast } = town.usual_with(last_day(town).await).await;
    town.until("18:05").await;
    let mark = town.mark().await;
    asks(&cast.wang).await;
    assert_eq!(state(&home).await, "active");
    assert!(!cast.wang.offers("release.confirm", &json!({})).await);
    let told = home.newest("period-extended").await.text;
    assert!(told.contains("Wang"), "with a name: {told}");
    assert!(!home.letters_since(mark).await.of("period-extended").is_empty());
    let row = home.row().await;
    assert_eq!(row["days"], 2);
    assert_eq!(row["ends_on"], (town.today().await + TimeDelta::days(1)).to_string());
    town.until("08:01").await;
    assert_eq!(home.checks().await, ["1 open"], "slots open on the added day");
});

on_both!(a_release_is_refused_while_a_danger_or_a_request_is_open, async |town| {
    let Usual { home, cast } = last_evening(town).await;
    home.says("Chen", "/need 大米").await;
    home.says("Chen", "38.6").await;
    asks(&cast.lin).await;
    assert_eq!(state(&home).await, "active");
    let letters = cast.lin.letters().await;
    let refused = letters
        .messages()
        .that(|l| l.text_id.as_deref().is_some_and(|id| id.starts_with("release-refused")));
    let text = cast.lin.shown(&refused[0]).text;
    assert!(text.contains("R-1"), "the reasons are named: {text}");
    assert!(text.lines().count() >= 3, "both of them: {text}");
});

on_both!(residents_and_other_workers_release_nobody, async |town| {
    let Usual { home, cast } = last_evening(town).await;
    let zhou = town.staff("Zhou", "worker", "Yantian/Haishan/Grid 13").await;
    asks(&cast.wang).await;
    let args = json!({ "household": "3-502" });
    let (_, data) = cast.wang.find_button("release.confirm", &args).await.unwrap();
    zhou.says("/help").await;
    let help = zhou.shown(&zhou.letters().await.messages().last().unwrap().clone()).id;
    assert!(zhou.press_data(&zhou.person, help, &data).await.is("not-yours"));
    let card = home.card().id;
    assert!(home.press_data(home.person("Chen"), card, &data).await.is("not-yours"));
    assert_eq!(state(&home).await, "active");
});

on_both!(
    where_two_persons_must_agree_one_cannot_release,
    Rules::usual().with("RELEASE__SECOND_PERSON", "true"),
    async |town| {
        let Usual { home, cast } = last_evening(town).await;
        asks(&cast.wang).await;
        let args = json!({ "household": "3-502" });
        if cast.wang.offers("release.confirm", &args).await {
            cast.wang.press("release.confirm", args.clone()).await;
        }
        assert_eq!(state(&home).await, "active");
        cast.lin.press("release.confirm", args).await;
        assert_eq!(state(&home).await, "released");
    }
);
