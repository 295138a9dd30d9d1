//! What happens to a household while it is followed: longer, told what comes next, muted, closed, and
//! quarantined again.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::home::{Home, word};
use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::spec::{HouseholdSpec, csv};
use crate::support::staff::Staff;
use crate::support::town::{Rules, Town};

fn args() -> Value {
    json!({ "household": "3-502" })
}

/// The changes of state: from, to, reason, member.
async fn passages(home: &Home<'_>) -> Vec<Value> {
    let rows = home.story("state").await;
    rows.iter().map(|row| json!([row["from"], row["to"], row["reason"], row["member"]])).collect()
}

// ---- Longer ----

on_both!(a_person_makes_the_period_longer_with_a_reason_and_a_name, async |town| {
    let Usual { home, cast } = town.usual().await;
    let end = town.today().await + TimeDelta::days(14);
    let mark = town.mark().await;
    cast.lin.says("/extend 3-502 3 还缺<一次>检测").await;
    let row = home.row().await;
    assert_eq!(row["days"], 17);
    assert_eq!(row["ends_on"], (end + TimeDelta::days(3)).to_string());
    assert_eq!(cast.lin.heard_since(mark).await, ["extend-done"]);
    assert_eq!(home.heard_since(mark).await, ["period-extended"], "one plain sentence");
    let told = home.newest("period-extended").await.text;
    assert!(
        told.contains("还缺<一次>检测") && told.contains("Lin"),
        "why, and whom to ask: {told}"
    );
    let passage = home.story("state").await.pop().unwrap();
    let expected = json!(["active", "active", "extended: 还缺<一次>检测"]);
    assert_eq!(json!([passage["from"], passage["to"], passage["reason"]]), expected);
    assert_eq!(passage["who"], json!({ "kind": "staff", "ref": cast.lin.code }));
});

on_both!(a_button_beside_release_asks_how_long_and_why, async |town| {
    let yesterday = town.today().await - TimeDelta::days(1);
    let spec = HouseholdSpec::new("3-502").members(["Chen"]).starts_on(yesterday).lasts(1);
    let Usual { home, cast } = town.usual_with(spec).await;
    town.until("18:05").await;
    cast.wang.press("extend.ask", args()).await;
    let mark = town.mark().await;
    cast.wang.says("many").await;
    assert_eq!(cast.wang.heard_since(mark).await, ["extend-how"]);
    cast.wang.says("2 the test of Tuesday").await;
    assert_eq!(home.row().await["days"], 3);
    town.until("08:01").await;
    assert_eq!(home.checks().await, ["1 open"], "slots open on the added days");
    let mark = town.mark().await;
    cast.wang.says("2 again").await;
    assert_eq!(cast.wang.heard_since(mark).await, ["staff-unclear"], "it was answered");
    assert_eq!(home.row().await["days"], 3);
});

on_both!(what_is_unclear_or_not_theirs_makes_nothing_longer, async |town| {
    let Usual { home, cast } = town.usual().await;
    for words in ["", "3-502", "3-502 2", "3-502 two days", "3-502 0 x", "3-502 99 x", "9-999 1 x"]
    {
        let mark = town.mark().await;
        cast.wang.says(format!("/extend {words}")).await;
        assert_eq!(cast.wang.heard_since(mark).await, ["extend-how"], "{words}");
    }
    let zhou = town.staff("Zhou", "worker", "Yantian/Haishan/Grid 13").await;
    zhou.says("/extend 3-502 2 because").await;
    home.says("妈妈", "/extend 3-502 2 because").await;
    assert_eq!(home.row().await["days"], 14);
});

on_both!(two_days_before_the_end_everybody_knows_what_comes_next, async |town| {
    let spec = HouseholdSpec::new("3-502").members(["Chen"]).lasts(3);
    let Usual { home, cast } = town.usual_with(spec).await;
    town.until("18:01").await;
    assert!(!home.card().text.contains("接下来"), "{}", home.card().text);
    assert_eq!(cast.wang.letters().await.of("release-soon").len(), 0);
    town.until("08:01").await;
    town.advance("2m").await;
    assert!(home.card().text.contains("接下来"), "{}", home.card().text);
    let soon = cast.wang.letters().await.only("release-soon");
    assert!(soon.silent && soon.button("extend.ask", &args()).is_some(), "{soon:?}");
    town.advance("26h").await;
    assert_eq!(cast.wang.letters().await.of("release-soon").len(), 1, "once");
});

// ---- Muted ----

/// Wang opens the menu of 3-502.
async fn menu(wang: &Staff<'_>) {
    wang.says("/mute 3-502").await;
}

async fn mutes(wang: &Staff<'_>, n: i64, why: &str) {
    menu(wang).await;
    wang.press("mute.member", json!({ "household": "3-502", "n": n, "why": why })).await;
}

on_both!(a_muted_member_is_neither_asked_nor_late_nor_in_the_way, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.until("08:30").await;
    mutes(&cast.wang, 2, "hospital").await;
    assert_eq!(home.checks().await, ["1 open", "2 excused"]);
    let expected = json!(["active", "muted", "hospital", 2]);
    assert_eq!(passages(&home).await.pop().unwrap(), expected);
    let row = home.row().await;
    let muted = json!([row["members"][0]["muted"], row["members"][1]["muted"]]);
    assert_eq!(muted, json!([null, "hospital"]));
    town.advance("2m").await;
    assert!(home.card_line("爸爸").contains("住院"), "{}", home.card().text);
    let mark = town.mark().await;
    home.says("妈妈", "36.5").await;
    town.until("17:59").await;
    assert_eq!(home.heard_since(mark).await, [] as [&str; 0], "everybody has reported");
    assert_eq!(cast.wang.heard_since(mark).await, [] as [&str; 0], "nobody is late");
    town.until("20:01").await;
    assert_eq!(home.checks().await, ["1 overdue", "2 excused"]);
    assert!(!home.newest("nudge-call").await.text.contains("爸爸"));
    assert_eq!(home.story("alert").await.len(), 1, "only 妈妈 is late");
});

on_both!(muting_takes_at_once_what_waits_and_what_is_late, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.until("10:01").await;
    assert_eq!(home.row().await["open_alerts"], json!(["A-1", "A-2"]));
    let mark = town.mark().await;
    mutes(&cast.wang, 2, "hospital").await;
    assert_eq!(home.row().await["open_alerts"], json!(["A-1"]));
    assert_eq!(home.checks().await, ["1 overdue", "2 excused"]);
    assert_eq!(home.heard_since(mark).await, [] as [&str; 0]);
    let again = json!({ "household": "3-502", "n": 2 });
    cast.wang.press("mute.end", again.clone()).await;
    assert_eq!(passages(&home).await.pop().unwrap(), json!(["muted", "active", "unmuted", 2]));
    town.until("18:01").await;
    assert_eq!(home.checks().await, ["1 open", "2 open"], "asked again");
    let (message, data) = {
        mutes(&cast.wang, 2, "moved").await;
        cast.wang.find_button("mute.end", &again).await.unwrap()
    };
    cast.wang.press("mute.end", again).await;
    let late = cast.wang.press_data(&cast.wang.person, message, &data).await;
    assert!(late.is("already-closed"), "a second press: {late:?}");
    assert_eq!(home.checks().await, ["1 open", "2 open"], "a mistake costs no check");
    town.until("20:01").await;
    assert_eq!(home.checks().await, ["1 overdue", "2 overdue"]);
});

on_both!(
    a_reminder_that_has_not_gone_is_said_again_without_the_muted_member,
    Rules::usual().with("CHECKS__SLOTS", "06:00,18:00"),
    async |town| {
        let Usual { home, cast } = town.usual().await;
        town.until("06:30").await;
        let mark = town.mark().await;
        mutes(&cast.wang, 2, "death").await;
        town.until("07:31").await;
        let reminders = home.letters().await.of("reminder");
        let sent: Vec<_> = reminders.iter().filter(|letter| letter.state == "sent").collect();
        let morning = sent.last().unwrap();
        assert!(home.letters_since(mark).await.of("reminder").len() == 1, "{reminders:?}");
        let text = home.shown(morning).text;
        assert!(text.contains("妈妈") && !text.contains("爸爸"), "{text}");
    }
);

on_both!(who_has_died_is_listed_nowhere_in_the_chat, async |town| {
    let spec = HouseholdSpec::new("3-502").members(["妈妈", "爸爸", "奶奶"]);
    let Usual { mut home, cast } = town.usual_with(spec).await;
    mutes(&cast.wang, 3, "death").await;
    let mark = town.mark().await;
    town.advance("2m").await;
    assert!(!home.card().text.contains("奶奶"), "{}", home.card().text);
    assert!(home.card().text.contains("妈妈"));
    town.until("10:01").await;
    home.says("妈妈", "/report").await;
    home.lets_in("叔叔", "妈妈").await;
    home.says("叔叔", "早上好").await;
    for letter in home.letters_since(mark).await.iter() {
        let named = |button: &crate::support::letter::Button| button.args["n"] == json!(3);
        assert!(!letter.buttons.iter().flatten().any(named), "{letter:?}");
        if letter.message_id.is_some() && letter.is_message() {
            assert!(!home.shown(letter).text.contains("奶奶"), "{letter:?}");
        }
    }
    assert_eq!(home.story("alert").await.len(), 2, "the two others are late");
});

on_both!(a_muted_household_is_left_in_peace_and_danger_still_speaks, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.until("10:01").await;
    let mark = town.mark().await;
    menu(&cast.wang).await;
    let hospital = json!({ "household": "3-502", "why": "hospital" });
    cast.wang.press("mute.household", hospital).await;
    let row = home.row().await;
    assert_eq!((&row["state"], &row["open_alerts"]), (&json!("muted"), &json!([])));
    assert_eq!(passages(&home).await.pop().unwrap(), json!(["active", "muted", "hospital", null]));
    town.until("21:00").await;
    assert_eq!(home.heard_since(mark).await, [] as [&str; 0]);
    assert_eq!(home.checks().await, ["1 excused", "2 excused"]);
    assert!(home.card().text.contains("暂时不再提醒"), "{}", home.card().text);
    home.says("妈妈", "38.6").await;
    assert_eq!(cast.wang.letters_since(mark).await.messages().of("danger-alert").len(), 1);
    assert!(home.heard_since(mark).await.contains(&"danger-instructions".to_owned()));

    cast.wang.press("mute.end", json!({ "household": "3-502", "n": 0 })).await;
    assert_eq!(home.row().await["state"], "active");
    town.until("08:01").await;
    assert_eq!(home.checks().await, ["1 open", "2 open"]);
});

on_both!(
    a_stranger_who_came_while_a_household_was_muted_holds_it_when_it_is_asked_again,
    async |town| {
        let Usual { mut home, cast } = town.usual().await;
        cast.wang.press("everybody.in", args()).await;
        menu(&cast.wang).await;
        let whole = json!({ "household": "3-502", "why": "moved" });
        let end = json!({ "household": "3-502", "n": 0 });
        cast.wang.press("mute.household", whole.clone()).await;
        home.lets_in("邻居", "妈妈").await;
        assert_eq!(home.row().await["state"], "muted");
        cast.wang.press("mute.end", end.clone()).await;
        assert_eq!(home.row().await["state"], "held", "somebody strange is there");
        cast.wang.press("mute.household", whole).await;
        cast.wang.press("stranger.remove", json!({ "ref": "A-1" })).await;
        assert_eq!(home.row().await["open_alerts"], json!([]));
        cast.wang.press("mute.end", end).await;
        assert_eq!(home.row().await["state"], "active", "nobody strange is left");
    }
);

on_both!(a_muted_member_is_not_in_the_way_of_release, async |town| {
    let yesterday = town.today().await - TimeDelta::days(1);
    let spec = HouseholdSpec::new("3-502").starts_on(yesterday).lasts(1);
    let Usual { home, cast } = town.usual_with(spec).await;
    town.until("18:05").await;
    home.says("妈妈", "36.5").await;
    mutes(&cast.wang, 2, "moved").await;
    cast.wang.press("release.ask", args()).await;
    cast.wang.press("release.confirm", args()).await;
    assert_eq!(home.row().await["state"], "released");
    let mark = town.mark().await;
    let end = json!({ "household": "3-502", "n": 2 });
    let (message, data) = cast.wang.find_button("mute.end", &end).await.unwrap();
    let late = cast.wang.press_data(&cast.wang.person, message, &data).await;
    assert!(late.is("already-closed"), "{late:?}");
    assert_eq!(home.heard_since(mark).await, [] as [&str; 0]);
});

on_both!(a_household_that_is_muted_before_it_is_opened_is_not_searched_for, async |town| {
    let cast = town.cast().await;
    town.household(HouseholdSpec::new("3-502")).await;
    menu(&cast.wang).await;
    let moved = json!({ "household": "3-502", "why": "moved" });
    cast.wang.press("mute.household", moved).await;
    town.until("20:01").await;
    let row = town.household_row("3-502").await;
    assert_eq!((&row["state"], &row["open_alerts"]), (&json!("muted"), &json!([])));
    cast.wang.press("mute.end", json!({ "household": "3-502", "n": 0 })).await;
    assert_eq!(town.household_row("3-502").await["state"], "imported");
    town.until("10:01").await;
    assert_eq!(town.household_row("3-502").await["open_alerts"], json!(["A-1"]));
});

// ---- Closed, and again ----

/// A household of yesterday and today that was released this evening.
async fn released(town: &Town) -> Usual<'_> {
    let yesterday = town.today().await - TimeDelta::days(1);
    let spec = HouseholdSpec::new("3-502").members(["Chen"]).starts_on(yesterday).lasts(1);
    let usual = town.usual_with(spec).await;
    town.until("18:05").await;
    usual.home.says("Chen", "36.5").await;
    usual.cast.wang.press("release.ask", args()).await;
    usual.cast.wang.press("release.confirm", args()).await;
    usual
}

on_both!(a_chat_is_closed_with_a_farewell_and_links_end, async |town| {
    let yesterday = town.today().await - TimeDelta::days(1);
    let spec = HouseholdSpec::new("3-502").members(["Chen"]).starts_on(yesterday).lasts(1);
    let Usual { home, cast } = town.usual_with(spec).await;
    town.link("3-502").await;
    town.until("18:05").await;
    home.says("Chen", "36.5").await;
    cast.wang.press("release.ask", args()).await;
    cast.wang.press("release.confirm", args()).await;
    town.advance("2m").await;
    assert!(home.card().text.contains("已结束"), "{}", home.card().text);
    assert_eq!(home.card().buttons.len(), 0, "nothing is to be pressed any more");
    let mark = town.mark().await;
    let calls = town.sandbox.calls().len();
    town.advance("73h").await;
    assert_eq!(home.heard_since(mark).await, ["farewell"]);
    let methods: Vec<String> =
        town.sandbox.calls_since(calls).iter().map(|call| call.method.clone()).collect();
    let place = |method: &str| methods.iter().rposition(|found| found == method).unwrap();
    assert!(place("sendMessage") < place("leaveChat"), "first goodbye: {methods:?}");
    assert_eq!(home.row().await["state"], "closed");
    let passage = passages(&home).await.pop().unwrap();
    assert_eq!(passage, json!(["released", "closed", null, null]));
    let open = "SELECT count(*) FROM link WHERE used_at IS NULL AND expires_at > 4000000000000";
    assert_eq!(town.count(open).await, 0);
    let now = town.port().now().await.timestamp_millis();
    let unused = town.count("SELECT count(*) FROM link WHERE used_at IS NULL").await;
    let newest = town.count("SELECT max(expires_at) FROM link WHERE used_at IS NULL").await;
    assert!(unused == 1 && newest <= now, "the link has ended");
});

/// The household's file for a period that begins on a day.
async fn file(town: &Town, in_days: i64) -> String {
    let today = town.today().await;
    let day = today + TimeDelta::days(in_days);
    let spec = HouseholdSpec::new("3-502").members(["Chen", "宝宝"]).starts_on(day).lasts(7);
    csv(&[spec], today)
}

on_both!(a_closed_household_is_quarantined_again, async |town| {
    let Usual { home, cast } = released(town).await;
    town.advance("73h").await;
    assert_eq!(home.row().await["state"], "closed");
    let file = file(town, 1).await;
    let refused = town.import_text(&file, &[]).await;
    assert_eq!((refused.code, &refused.json()["errors"][0]["code"]), (Some(2), &json!("ended")));
    let taken = town.import_text(&file, &["--update"]).await;
    assert_eq!(taken.code, Some(0), "{}", taken.stdout);
    let row = home.row().await;
    assert_eq!((&row["state"], &row["channel"]), (&json!("imported"), &json!("none")));
    assert_eq!(row["chat_id"], Value::Null);
    assert_eq!(passages(&home).await.pop().unwrap(), json!(["closed", "imported", "again", null]));
    assert_eq!(home.readings().await, ["1 36.5"], "what was reported stays");
    let same = town.import_text(&file, &[]).await;
    assert_eq!((same.code, &same.json()["households"]["unchanged"]), (Some(0), &json!(1)));

    // Opened by the same steps as the first time: language, notice, card.
    let spec = HouseholdSpec::new("3-502").members(["Chen", "宝宝"]);
    let mut people = home.people.clone();
    people.insert("宝宝".into(), town.sandbox.person("宝宝", "zh"));
    let household = crate::support::opening::Household { spec, people };
    let second = town.bind_group(&household, &cast.wang).await;
    for name in ["Chen", "宝宝"] {
        cast.wang.person.add(second.chat, second.person(name).id()).expect("the creator may");
        town.settle().await;
    }
    second.press("宝宝", "member.claim", json!({ "n": 2 })).await;
    assert_eq!(second.row().await["state"], "binding", "the old notice does not count");
    second.press("Chen", "language.choose", json!({ "tag": "zh-CN" })).await;
    second.press("Chen", "notice.acknowledge", json!({})).await;
    assert_eq!(second.row().await["state"], "active");
    assert!(!second.card().text.contains("36.5"), "the old value is not of this period");
    assert_eq!(second.row().await["members"][0]["last"], Value::Null);
    town.until("08:01").await;
    assert_eq!(second.checks().await, ["1 open", "2 open"]);
    let down = second.story("check").await.iter().filter(|c| c["state"] == "system_down").count();
    assert_eq!(down, 0, "the time between the periods is no outage");
    second.says("Chen", "Chen 36.7 宝宝 36.9").await;
    assert_eq!(second.readings().await, ["1 36.5", "1 36.7", "2 36.9"]);
});

on_both!(a_released_household_that_is_quarantined_again_leaves_its_old_chat, async |town| {
    let Usual { home, .. } = released(town).await;
    let calls = town.sandbox.calls().len();
    let early = file(town, 0).await;
    let refused = town.import_text(&early, &["--update"]).await;
    assert_eq!(refused.json()["errors"][0]["code"], "ended", "not within the old period");
    let taken = town.import_text(&file(town, 1).await, &["--update"]).await;
    assert_eq!(taken.code, Some(0), "{}", taken.stdout);
    town.advance("1m").await;
    let calls = town.sandbox.calls_since(calls);
    assert!(calls.iter().any(|call| call.method == "leaveChat"), "{calls:#?}");
    let row = home.row().await;
    assert_eq!((&row["state"], &row["chat_id"]), (&json!("imported"), &Value::Null));
    town.advance("80h").await;
    let row = home.row().await;
    assert_eq!(row["state"], "imported", "the old end does not come back: {row}");
    assert_eq!(row["open_alerts"].as_array().map(Vec::len), Some(1), "it counts as never reached");
});

on_both!(
    what_was_entered_by_staff_can_be_taken_back_for_ten_minutes,
    Rules::usual(),
    async |town| {
        let spec = HouseholdSpec::new("3-502").members(["Chen"]);
        let Usual { home, cast } = town.usual_with(spec).await;
        town.until("10:01").await;
        cast.wang.presses("alert.enter", "A-1").await;
        cast.wang.says("36.6").await;
        assert_eq!(home.checks().await, ["1 reported_late"]);
        town.advance("9m").await;
        cast.wang.presses("alert.undo", "A-1").await;
        assert_eq!(home.readings().await, [] as [&str; 0]);
        assert_eq!(home.checks().await, ["1 overdue"]);
        assert_eq!(home.row().await["open_alerts"], json!(["A-1"]));
        let last = home.story("alert").await.pop().unwrap();
        assert_eq!(word(&last["step"]), "undone");
        town.until("11:01").await;
        assert_eq!(cast.lin.letters().await.of("overdue-list").messages().len(), 1);

        cast.wang.presses("alert.enter", "A-1").await;
        cast.wang.says("36.7").await;
        let undo = cast.wang.find_button("alert.undo", &json!({ "ref": "A-1" })).await;
        let (message, data) = undo.expect("an undo button");
        town.advance("11m").await;
        let late = cast.wang.press_data(&cast.wang.person, message, &data).await;
        assert!(late.is("already-closed"), "{late:?}");
        assert_eq!(home.readings().await, ["1 36.7"]);
    }
);
