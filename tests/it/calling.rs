//! Households that are phoned: one caller at a time, outcomes by one tap, and the ladder of attempts to
//! reach a household that never answered.

use serde_json::{Value, json};

use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::spec::{GRID, HouseholdSpec};
use crate::support::staff::{Cast, Staff};
use crate::support::town::Town;

const DOOR: &str = "7-903";

fn person() -> HouseholdSpec {
    HouseholdSpec::new(DOOR).members(["李奶奶", "李爷爷"]).backup("Zhou")
}

/// A household by phone at ten past eight; Wang is off duty, so Zhou and Lin share the list by eleven.
async fn by_phone(town: &Town) -> (Cast<'_>, Staff<'_>) {
    let cast = town.cast().await;
    let zhou = town.staff("Zhou", "worker", GRID).await;
    town.household(person()).await;
    town.program.json(&["household", "phone", DOOR]).await;
    (cast, zhou)
}

async fn contacts(town: &Town) -> Vec<Value> {
    let rows = town.story(DOOR, "contact").await;
    rows.iter().map(|row| json!([row["way"], row["outcome"]])).collect()
}

on_both!(one_caller_at_a_time_for_a_quarter_of_an_hour, async |town| {
    let (cast, zhou) = by_phone(town).await;
    town.until("09:05").await;
    let list = cast.wang.newest("overdue-list").await.text;
    assert!(list.contains("李奶奶") && list.contains("李爷爷"), "a line for each: {list}");
    zhou.newest("overdue-list").await;
    let answer = cast.wang.presses("alert.call", "A-1").await;
    assert!(answer.is("call-toast"), "{answer:?}");
    let seen = zhou.newest("overdue-list").await.text;
    assert!(seen.contains("Wang") && seen.contains("09:20"), "who, and until when: {seen}");
    assert!(zhou.presses("alert.call", "A-2").await.is("call-taken"), "the whole family");
    zhou.presses("alert.no_answer", "A-2").await;
    assert!(zhou.presses("alert.call", "A-1").await.is("call-taken"), "still Wang's call");
    assert!(cast.wang.presses("alert.call", "A-1").await.is("call-toast"), "it is his");

    town.advance("16m").await;
    let seen = zhou.newest("overdue-list").await.text;
    assert!(!seen.contains("Wang"), "the time is over: {seen}");
    assert!(zhou.presses("alert.call", "A-1").await.is("call-toast"));
    assert!(cast.wang.presses("alert.call", "A-2").await.is("call-taken"));
    zhou.presses("alert.no_answer", "A-1").await;
    assert!(cast.wang.presses("alert.call", "A-2").await.is("call-toast"), "an outcome ends it");
    cast.wang.presses("alert.contacted", "A-1").await;
    cast.wang.presses("alert.contacted", "A-2").await;
    let late = zhou.find_button("alert.call", &json!({ "ref": "A-2" })).await;
    assert!(late.is_none(), "nobody is to be called any more");
});

on_both!(what_came_of_a_call_is_one_tap, async |town| {
    let (cast, _) = by_phone(town).await;
    town.until("08:05").await;
    cast.wang.presses("alert.call", "A-1").await;
    cast.wang.presses("alert.no_answer", "A-1").await;
    let second = json!({ "ref": "A-1", "way": "second_number", "outcome": "reached" });
    cast.wang.press("alert.attempt", second).await;
    cast.wang.presses("alert.visited", "A-2").await;
    let expected = [
        json!(["call", "no_answer"]),
        json!(["second_number", "reached"]),
        json!(["visit", "reached"]),
    ];
    assert_eq!(contacts(town).await, expected);
    assert_eq!(town.story(DOOR, "attempt").await, [] as [Value; 0], "the household is known");
    assert_eq!(town.household_row(DOOR).await["open_alerts"], json!([]));
    town.until("18:05").await;
    cast.wang.presses("alert.enter", "A-3").await;
    cast.wang.says("李奶奶 36.5").await;
    let report = town.story(DOOR, "report").await.pop().expect("a report");
    assert_eq!((&report["via"], &report["celsius"]), (&json!("phone"), &json!(36.5)));
});

on_both!(a_muted_member_of_a_household_by_phone_is_not_called, async |town| {
    let (cast, _) = by_phone(town).await;
    cast.wang.says(format!("/mute {DOOR}")).await;
    cast.wang.press("mute.member", json!({ "household": DOOR, "n": 2, "why": "hospital" })).await;
    town.until("08:05").await;
    let list = cast.wang.newest("overdue-list").await.text;
    assert!(list.contains("李奶奶") && !list.contains("李爷爷"), "{list}");
});

// ---- Never reached ----

/// What was tried, as the timeline tells it.
async fn attempts(town: &Town) -> Vec<Value> {
    let rows = town.story(DOOR, "attempt").await;
    rows.iter().map(|row| json!([row["ref"], row["way"], row["outcome"], row["undone"]])).collect()
}

on_both!(attempts_climb_from_the_phone_to_the_leads_look_up, async |town| {
    let (cast, _) = {
        let cast = town.cast().await;
        let zhou = town.staff("Zhou", "worker", GRID).await;
        town.household(person()).await;
        (cast, zhou)
    };
    town.until("10:01").await;
    let wang = &cast.wang;
    let line = async |staff: &Staff<'_>| staff.newest("overdue-list").await.text;
    assert!(line(wang).await.contains("下一步：电话"), "{}", line(wang).await);
    wang.presses("alert.no_answer", "A-1").await;
    assert!(line(wang).await.contains("下一步：备用号码"), "{}", line(wang).await);
    let attempt = |way: &str| json!({ "ref": "A-1", "way": way, "outcome": "no_answer" });
    wang.press("alert.attempt", attempt("second_number")).await;
    wang.press(
        "alert.attempt",
        json!({ "ref": "A-1", "way": "building_head", "outcome": "reached" }),
    )
    .await;
    wang.press("alert.attempt", attempt("visit")).await;
    let shown = line(wang).await;
    for made in ["电话➖", "备用号码➖", "楼长✅", "上门➖", "下一步：负责人查找"]
    {
        assert!(shown.contains(made), "{made} in {shown}");
    }
    assert!(!wang.offers("alert.look_up", &json!({})).await, "the look-up is the lead's");
    wang.presses("alert.pass", "A-1").await;
    let found = json!({ "ref": "A-1", "outcome": "no_answer" });
    cast.lin.press("alert.look_up", found).await;
    assert!(line(&cast.lin).await.contains("下一步：电话"), "it begins again");
    let expected = [
        json!(["A-1", "member", "no_answer", false]),
        json!(["A-1", "second_number", "no_answer", false]),
        json!(["A-1", "building_head", "reached", false]),
        json!(["A-1", "visit", "no_answer", false]),
        json!(["A-1", "look_up", "no_answer", false]),
    ];
    assert_eq!(attempts(town).await, expected);
    let tried = [
        json!(["call", "no_answer"]),
        json!(["second_number", "no_answer"]),
        json!(["visit", "no_answer"]),
    ];
    assert_eq!(contacts(town).await, tried, "what others know is no contact");
    assert_eq!(town.household_row(DOOR).await["open_alerts"], json!(["A-1"]));
    wang.presses("alert.visited", "A-1").await;
    assert_eq!(town.household_row(DOOR).await["open_alerts"], json!([]));
});

on_both!(an_attempt_that_is_taken_back_is_proposed_again, async |town| {
    let cast = town.cast().await;
    town.staff("Zhou", "worker", GRID).await;
    town.household(person()).await;
    town.until("10:01").await;
    cast.wang.presses("alert.no_answer", "A-1").await;
    cast.wang.presses("alert.undo", "A-1").await;
    assert!(cast.wang.newest("overdue-list").await.text.contains("下一步：电话"));
    assert_eq!(attempts(town).await, [json!(["A-1", "member", "no_answer", true])]);
});

on_both!(the_call_of_a_household_with_a_chat_is_locked_too, async |town| {
    let Usual { cast, .. } = town.usual().await;
    town.until("11:01").await;
    cast.wang.presses("alert.call", "A-1").await;
    assert!(cast.lin.presses("alert.call", "A-2").await.is("call-taken"));
    let seen = cast.lin.newest("overdue-list").await.text;
    assert!(seen.contains("Wang"), "{seen}");
});
