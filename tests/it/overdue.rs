//! Who is told of a silent member, and when: the ladder from the worker to command, and what each of
//! them can do with one tap.

use doorstep::sandbox::Button;
use serde_json::{Value, json};

use crate::support::home::{Home, word};
use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::spec::{GRID, HouseholdSpec};
use crate::support::staff::Staff;
use crate::support::town::{Town, ZONE};

/// When somebody got a new list.
async fn lists(staff: &Staff<'_>) -> Vec<String> {
    let lists = staff.letters().await.messages().of("overdue-list");
    lists.iter().map(|list| list.time_in(ZONE)).collect()
}

/// An old woman who lives alone, silent at ten in the morning.
fn alone() -> HouseholdSpec {
    HouseholdSpec::new("3-502").members(["李奶奶"]).born_in(1950)
}

on_both!(silence_climbs_from_the_worker_to_the_lead_to_command, async |town| {
    let Usual { home, cast } = town.usual_with(alone()).await;
    town.until("17:59").await;
    assert_eq!(lists(&cast.wang).await, ["10:00"]);
    assert_eq!(lists(&cast.lin).await, ["11:00"]);
    assert_eq!(lists(&cast.ou).await, ["14:00"]);
    let rungs: Vec<_> = home
        .story("alert")
        .await
        .iter()
        .map(|row| json!([row["step"], row["rung"], row["to"]]))
        .collect();
    let told = |step: &str, rung: i64, staff: &Staff<'_>| json!([step, rung, [staff.code]]);
    let expected =
        [told("raised", 1, &cast.wang), told("rung", 2, &cast.lin), told("rung", 3, &cast.ou)];
    assert_eq!(rungs, expected);
    town.until("18:01").await;
    let last = home.story("alert").await.pop().unwrap();
    assert_eq!(last["step"], "rung", "command is told again every four hours: {last}");
    assert_eq!(home.row().await["status"], "yellow");
});

on_both!(the_backup_comes_before_the_lead, async |town| {
    let cast = town.cast().await;
    let zhou = town.staff("Zhou", "worker", GRID).await;
    let household = town.household(alone().backup("Zhou")).await;
    town.open_group(&household, &cast.wang).await;
    town.until("13:59").await;
    assert_eq!(lists(&zhou).await, ["11:00"]);
    assert_eq!(lists(&cast.lin).await, [] as [&str; 0]);
});

on_both!(a_rung_with_nobody_on_duty_is_passed_over_at_once, async |town| {
    let Usual { cast, home } = town.usual_with(alone()).await;
    cast.wang.says("/duty off").await;
    assert_eq!(town.staff_row("Wang").await["on_duty"], false);
    town.until("10:01").await;
    assert_eq!(lists(&cast.wang).await, [] as [&str; 0]);
    assert_eq!(lists(&cast.lin).await, ["10:00"]);
    assert_eq!(home.story("alert").await[0]["rung"], 2);
    cast.wang.says("/duty on").await;
    home.says("李奶奶", "36.5").await;
    town.until("20:01").await;
    assert_eq!(lists(&cast.wang).await, ["20:00"]);
});

on_both!(one_list_holds_every_silent_member_in_the_order_of_need, async |town| {
    let cast = town.cast().await;
    for spec in [HouseholdSpec::new("5-101"), alone(), HouseholdSpec::new("4-201")] {
        let household = town.household(spec).await;
        town.open_group(&household, &cast.wang).await;
    }
    let mark = town.mark().await;
    town.until("10:01").await;
    assert_eq!(cast.wang.heard_since(mark).await, ["overdue-list"], "one message");
    let list = cast.wang.newest("overdue-list").await.text;
    let place = |word: &str| list.find(word).unwrap_or_else(|| panic!("{word} is not in {list}"));
    assert!(place("3-502") < place("4-201"), "alone and old comes first: {list}");
    assert!(place("4-201") < place("5-101"), "then door by door: {list}");
    assert_eq!(lists(&cast.lin).await, [] as [&str; 0]);
});

on_both!(a_further_silent_slot_is_added_to_the_same_alert, async |town| {
    let Usual { home, .. } = town.usual_with(alone()).await;
    town.until("20:01").await;
    let raised = home.story("alert").await.iter().filter(|row| row["step"] == "raised").count();
    assert_eq!(raised, 1);
    home.says("李奶奶", "36.5").await;
    assert_eq!(home.row().await["open_alerts"], json!([]), "one reading ends it");
});

// ---- One tap ----

/// The steps that people took, with who took them.
async fn deeds(home: &Home<'_>) -> Vec<Value> {
    let steps = home.story("alert").await;
    let by_people = steps.iter().filter(|row| row["who"]["kind"] == "staff");
    by_people.map(|row| json!([row["step"], row["who"]["ref"]])).collect()
}

/// Wang calls or visits; then nobody above is told.
async fn ends_by(town: &Town, action: &str, way: &str) {
    let Usual { home, cast } = town.usual_with(alone()).await;
    town.until("10:01").await;
    let alert = home.alert("overdue").await;
    cast.wang.presses(action, &alert).await;
    let contact = home.story("contact").await.pop().expect("a contact");
    assert_eq!((&contact["way"], &contact["outcome"]), (&json!(way), &json!("reached")));
    assert_eq!(contact["who"], json!({ "kind": "staff", "ref": cast.wang.code }));
    assert_eq!(home.alert_steps("overdue").await, ["A-1 raised", "A-1 contacted", "A-1 resolved"]);
    assert_eq!(home.checks().await, ["1 overdue"], "contact is no reading");
    town.until("14:01").await;
    assert_eq!(lists(&cast.lin).await, [] as [&str; 0]);
    assert_eq!(lists(&cast.ou).await, [] as [&str; 0]);
}

on_both!(a_call_that_was_answered_ends_it, async |town| {
    ends_by(town, "alert.contacted", "call").await;
});

on_both!(a_visit_ends_it, async |town| {
    ends_by(town, "alert.visited", "visit").await;
});

on_both!(a_call_that_nobody_answered_is_logged_and_ends_nothing, async |town| {
    let Usual { home, cast } = town.usual_with(alone()).await;
    town.until("10:01").await;
    cast.wang.presses("alert.no_answer", "A-1").await;
    let contact = home.story("contact").await.pop().unwrap();
    assert_eq!((&contact["way"], &contact["outcome"]), (&json!("call"), &json!("no_answer")));
    assert_eq!(home.row().await["open_alerts"], json!(["A-1"]));
});

on_both!(what_was_done_can_be_taken_back_for_ten_minutes, async |town| {
    let Usual { home, cast } = town.usual_with(alone()).await;
    town.until("10:01").await;
    cast.wang.presses("alert.contacted", "A-1").await;
    town.advance("9m").await;
    cast.wang.presses("alert.undo", "A-1").await;
    assert_eq!(home.row().await["open_alerts"], json!(["A-1"]));
    town.until("11:01").await;
    assert_eq!(lists(&cast.lin).await, ["11:00"], "the ladder goes on");

    cast.wang.presses("alert.contacted", "A-1").await;
    let found = cast.wang.find_button("alert.undo", &json!({ "ref": "A-1" })).await;
    town.advance("11m").await;
    let (message, data) = found.expect("an undo button");
    let late = cast.wang.press_data(&cast.wang.person, message, &data).await;
    assert!(late.is("already-closed"), "{late:?}");
    assert_eq!(home.row().await["open_alerts"], json!([]));
});

on_both!(an_excused_member_is_left_in_peace_until_the_next_slot, async |town| {
    let Usual { home, cast } = town.usual_with(alone()).await;
    town.until("10:01").await;
    cast.wang.presses("alert.excuse", "A-1").await;
    assert_eq!(deeds(&home).await, [json!(["excused", cast.wang.code])]);
    assert_eq!(home.checks().await, ["1 excused"]);
    let mark = town.mark().await;
    town.until("17:59").await;
    assert_eq!(lists(&cast.lin).await, [] as [&str; 0]);
    assert_eq!(home.heard_since(mark).await, [] as [&str; 0]);
    town.until("18:01").await;
    assert_eq!(home.heard_since(mark).await, ["reminder"]);
});

on_both!(what_is_passed_on_goes_to_the_lead_at_once, async |town| {
    let Usual { home, cast } = town.usual_with(alone()).await;
    town.until("10:05").await;
    cast.wang.presses("alert.pass", "A-1").await;
    assert_eq!(lists(&cast.lin).await, ["10:05"]);
    assert_eq!(home.story("alert").await.pop().unwrap()["step"], "passed");
    cast.lin.presses("alert.contacted", "A-1").await;
    let mine = cast.wang.newest("overdue-list").await;
    let gone = |button: &Button| {
        button.data.as_deref().is_none_or(|data| !data.starts_with("alert.contacted"))
    };
    assert!(mine.buttons.iter().flatten().all(gone), "it changes where it stands: {mine:?}");
});

on_both!(a_reading_can_be_entered_from_the_list, async |town| {
    let Usual { home, cast } = town.usual_with(alone()).await;
    town.until("10:05").await;
    cast.wang.presses("alert.enter", "A-1").await;
    cast.wang.says("36.6").await;
    assert_eq!(home.readings().await, ["1 36.6"]);
    let report = &home.story("report").await[0];
    assert_eq!(report["who"], json!({ "kind": "staff", "ref": cast.wang.code }));
    assert!(["phone", "worker"].contains(&word(&report["via"]).as_str()), "{report}");
    assert_eq!(home.row().await["open_alerts"], json!([]));
});

on_both!(what_is_over_is_over_for_everybody, async |town| {
    let Usual { home, cast } = town.usual_with(alone()).await;
    town.until("11:01").await;
    let (message, data) =
        cast.lin.find_button("alert.contacted", &json!({ "ref": "A-1" })).await.unwrap();
    home.says("李奶奶", "36.5").await;
    let late = cast.lin.press_data(&cast.lin.person, message, &data).await;
    assert!(late.is("already-closed"), "{late:?}");
    assert_eq!(home.story("contact").await.len(), 0, "a refused press changes nothing");
});
