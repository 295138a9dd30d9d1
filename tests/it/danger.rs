//! Somebody may be in danger: a fever, words that call for help, the emergency button. Who is told,
//! when, and who may say that it is over.

use serde_json::{Value, json};

use crate::support::home::{Home, word};
use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::spec::{GRID, HouseholdSpec};
use crate::support::staff::Staff;
use crate::support::town::{Town, ZONE};

/// When somebody was told of a danger.
async fn alarms(staff: &Staff<'_>) -> Vec<String> {
    let letters = staff.letters().await.messages().of("danger-alert");
    letters.iter().map(|letter| letter.time_in(ZONE)).collect()
}

/// A household at five past eight, with a doctor on duty above it.
async fn morning(town: &Town) -> (Usual<'_>, Staff<'_>) {
    let usual = town.usual().await;
    let he = town.staff("He", "doctor", "Yantian").await;
    town.until("08:05").await;
    (usual, he)
}

async fn raised(home: &Home<'_>) -> Vec<Value> {
    let mut steps = home.story("alert").await;
    steps.retain(|row| row["type"] == "danger" && row["step"] == "raised");
    steps
}

on_both!(a_fever_is_told_to_the_home_the_worker_and_the_doctor_at_once, async |town| {
    let (Usual { home, cast }, he) = morning(town).await;
    let mark = town.mark().await;
    let message = home.says("妈妈", "37.3").await;
    assert_eq!(home.reactions(message), ["👌"]);
    assert_eq!(home.heard_since(mark).await, ["danger-instructions"]);
    let instructions = home.letters_since(mark).await.only("danger-instructions");
    assert_eq!((instructions.lane.as_str(), instructions.silent), ("danger", false));
    let told = home.shown(&instructions).text;
    assert!(told.contains("37.3") && told.contains("Wang"), "{told}");
    for staff in [&cast.wang, &he] {
        let alert = staff.letters_since(mark).await.messages().only("danger-alert");
        assert_eq!((alert.lane.as_str(), alert.silent), ("danger", false));
        let text = staff.shown(&alert).text;
        assert!(text.contains("3-502") && text.contains("37.3"), "{text}");
    }
    let steps = raised(&home).await;
    assert_eq!((&steps[0]["member"], &steps[0]["rung"]), (&json!(1), &json!(1)));
    assert_eq!(steps[0]["to"], json!([cast.wang.code, he.code]));
    assert_eq!(home.row().await["status"], "red");
    town.advance("2m").await;
    assert!(home.card_line("妈妈").contains("🆘"), "{}", home.card().text);
});

on_both!(a_value_below_the_limit_of_its_site_is_no_fever, async |town| {
    let (Usual { home, .. }, _) = morning(town).await;
    for text in ["妈妈 37.2", "妈妈额温37.4", "妈妈耳温37.9"] {
        home.says("妈妈", text).await;
    }
    assert_eq!(home.story("report").await.len(), 3);
    assert_eq!(raised(&home).await.len(), 0);
    home.says("妈妈", "妈妈额温37.5").await;
    assert_eq!(raised(&home).await.len(), 1);
});

on_both!(a_fever_named_for_another_is_anothers, async |town| {
    let (Usual { home, .. }, _) = morning(town).await;
    home.says("妈妈", "爸爸38.2").await;
    assert_eq!(raised(&home).await[0]["member"], 2);
});

on_both!(a_fever_of_somebody_unknown_raises_the_alarm_all_the_same, async |town| {
    let (Usual { mut home, cast }, _) = morning(town).await;
    home.lets_in("客人", "妈妈").await;
    let mark = town.mark().await;
    home.says("客人", "38.9").await;
    let steps = raised(&home).await;
    assert_eq!(steps.len(), 1);
    assert_eq!(steps[0]["member"], json!(null), "it stands for the household");
    let alert = cast.wang.letters_since(mark).await.messages().only("danger-alert");
    let text = cast.wang.shown(&alert).text;
    assert!(text.contains("38.9"), "{text}");
    assert_eq!(steps[0]["who"]["kind"], "unknown");
});

on_both!(words_that_call_for_help_are_answered_first, async |town| {
    let cast = town.cast().await;
    let calls = [
        ("3-101", "zh-CN", "妈妈喘不上气"),
        ("3-102", "en", "Mum can't breathe"),
        ("3-103", "fr", "maman n'arrive plus à respirer"),
    ];
    for (door, tag, cry) in calls {
        let spec = HouseholdSpec::new(door).language(tag).members(["A", "B"]);
        let household = town.household(spec).await;
        let home = town.open_group(&household, &cast.wang).await;
        let mark = town.mark().await;
        home.says("A", cry).await;
        let emergency = home.letters_since(mark).await.only("emergency");
        assert_eq!(emergency.lane, "danger");
        assert!(home.shown(&emergency).text.contains("120"), "the number to call");
        assert_eq!(home.heard_since(mark).await[0], "emergency", "before anything else");
        assert_eq!(raised(&home).await.len(), 1, "{cry}");
        assert_eq!(cast.wang.letters_since(mark).await.of("danger-alert").len(), 1);
    }
});

on_both!(a_cry_in_another_language_than_the_homes_is_heard, async |town| {
    let (Usual { home, .. }, _) = morning(town).await;
    home.says("妈妈", "j'ai mal à la poitrine").await;
    assert_eq!(raised(&home).await.len(), 1);
});

// ---- The ladder ----

on_both!(a_danger_that_nobody_takes_climbs_and_never_rests, async |town| {
    let (Usual { home, cast }, he) = morning(town).await;
    home.says("妈妈", "38.5").await;
    town.until("09:36").await;
    assert_eq!(alarms(&cast.wang).await, ["08:05"]);
    assert_eq!(alarms(&he).await, ["08:05"]);
    assert_eq!(alarms(&cast.lin).await, ["08:15"]);
    assert_eq!(alarms(&cast.ou).await, ["09:05", "09:20", "09:35"]);
});

on_both!(a_danger_that_was_taken_goes_to_command_without_contact, async |town| {
    let (Usual { home, cast }, _) = morning(town).await;
    home.says("妈妈", "38.5").await;
    cast.wang.presses("alert.take", "A-1").await;
    town.until("08:30").await;
    assert_eq!(alarms(&cast.lin).await, [] as [&str; 0], "somebody has it");
    town.until("09:06").await;
    assert_eq!(alarms(&cast.ou).await, ["09:05"]);
});

on_both!(a_danger_with_contact_rests_and_stays_open, async |town| {
    let (Usual { home, cast }, he) = morning(town).await;
    home.says("妈妈", "38.5").await;
    cast.wang.presses("alert.take", "A-1").await;
    let shown = he.newest("danger-alert").await.text;
    assert!(shown.contains("Wang"), "everybody sees who has it: {shown}");
    cast.wang.presses("alert.contacted", "A-1").await;
    town.until("12:00").await;
    assert_eq!(alarms(&cast.ou).await, [] as [&str; 0]);
    assert_eq!(home.row().await["open_alerts"][0], "A-1");
    let contact = home.story("contact").await.pop().unwrap();
    assert_eq!((&contact["way"], &contact["outcome"]), (&json!("call"), &json!("reached")));
});

on_both!(a_danger_is_closed_by_lead_officer_or_doctor_with_a_reason, async |town| {
    let spec = HouseholdSpec::new("3-502").members(["妈妈"]);
    let Usual { home, cast } = town.usual_with(spec).await;
    let he = town.staff("He", "doctor", "Yantian").await;
    town.until("08:05").await;
    let mut number = 0;
    for closer in [&he, &cast.lin, &cast.ou] {
        number += 1;
        let alert = format!("A-{number}");
        home.says("妈妈", "38.5").await;
        town.advance("61m").await;
        closer.presses("alert.close", &alert).await;
        assert_eq!(home.row().await["open_alerts"], json!([alert]), "a reason is asked first");
        closer.says("已就医").await;
        assert_eq!(home.row().await["open_alerts"], json!([]), "{}", closer.name);
        let last = home.story("alert").await.pop().unwrap();
        assert_eq!((&last["step"], &last["reason"]), (&json!("resolved"), &json!("已就医")));
        assert_eq!(last["who"], json!({ "kind": "staff", "ref": closer.code }));
    }
});

on_both!(a_worker_closes_no_danger, async |town| {
    let (Usual { home, cast }, he) = morning(town).await;
    home.says("妈妈", "38.5").await;
    assert!(!cast.wang.offers("alert.close", &json!({ "ref": "A-1" })).await);
    let (_, data) = he.find_button("alert.close", &json!({ "ref": "A-1" })).await.unwrap();
    let message = cast.wang.newest("danger-alert").await.id;
    let answer = cast.wang.press_data(&cast.wang.person, message, &data).await;
    assert!(answer.is("not-yours"), "{answer:?}");
    cast.wang.says("好了").await;
    assert_eq!(home.row().await["open_alerts"], json!(["A-1"]));
});

on_both!(a_corrected_fever_is_marked_and_stays_open, async |town| {
    let (Usual { home, cast }, _) = morning(town).await;
    let message = home.says("妈妈", "38.6").await;
    let mark = town.mark().await;
    home.edits("妈妈", message, "36.6").await;
    assert_eq!(home.alert_steps("danger").await, ["A-1 raised", "A-1 corrected"]);
    assert_eq!(home.row().await["open_alerts"], json!(["A-1"]));
    assert_eq!(home.heard_since(mark).await, [] as [&str; 0]);
    assert!(cast.wang.newest("danger-alert").await.text.contains("36.6"));
});

on_both!(a_later_lower_value_closes_nothing, async |town| {
    let (Usual { home, .. }, _) = morning(town).await;
    home.says("妈妈", "38.6").await;
    home.says("妈妈", "36.6").await;
    home.says("妈妈", "38.9").await;
    assert_eq!(raised(&home).await.len(), 1, "later readings are added to it");
    assert_eq!(home.row().await["open_alerts"], json!(["A-1"]));
});

on_both!(a_question_at_fever_height_that_nobody_answers_is_a_danger, async |town| {
    let (Usual { home, cast }, _) = morning(town).await;
    home.says("妈妈", "385").await;
    home.last("reading-confirm").await;
    town.advance("9m").await;
    assert_eq!(raised(&home).await.len(), 0);
    town.advance("2m").await;
    assert_eq!(raised(&home).await.len(), 1);
    assert_eq!(home.story("report").await.len(), 0, "it is not written down");
    assert_eq!(alarms(&cast.wang).await, ["08:15"]);
});

on_both!(a_question_that_was_answered_raises_nothing_later, async |town| {
    let (Usual { home, .. }, _) = morning(town).await;
    home.says("妈妈", "385").await;
    home.press("妈妈", "reading.reject", json!({})).await;
    town.advance("15m").await;
    assert_eq!(raised(&home).await.len(), 0);
});

on_both!(with_nobody_on_duty_everybody_who_leads_is_told, async |town| {
    let (Usual { home, cast }, he) = morning(town).await;
    let away = town.staff("Far", "officer", "Longgang").await;
    for staff in [&cast.wang, &cast.lin, &cast.ou, &he, &away] {
        staff.says("/duty off").await;
    }
    home.says("妈妈", "38.5").await;
    assert_eq!(alarms(&cast.lin).await, ["08:05"]);
    assert_eq!(alarms(&cast.ou).await, ["08:05"]);
    assert_eq!(alarms(&cast.wang).await, [] as [&str; 0]);
    assert_eq!(alarms(&away).await, [] as [&str; 0], "not in another district");
});

// ---- A storm ----

on_both!(a_storm_of_dangers_is_one_card, async |town| {
    let cast = town.cast().await;
    let mut homes = Vec::new();
    for room in 501..=507 {
        let spec = HouseholdSpec::new(&format!("3-{room}")).members(["Chen"]);
        let household = town.household(spec).await;
        homes.push(town.open_group(&household, &cast.wang).await);
    }
    let mark = town.mark().await;
    for home in &homes {
        home.says("Chen", "38.5").await;
    }
    let heard = cast.wang.heard_since(mark).await;
    assert_eq!(heard.len(), 6, "five alone, the rest on one card: {heard:?}");
    assert_eq!(heard.last().map(String::as_str), Some("danger-storm"));
    let card = cast.wang.newest("danger-storm").await;
    assert!(card.text.contains("3-506") && card.text.contains("3-507"), "{}", card.text);
    for home in &homes {
        let alert = word(&home.row().await["open_alerts"][0]);
        assert!(cast.wang.offers("alert.take", &json!({ "ref": alert })).await, "{alert}");
    }
    assert_eq!(cast.lin.heard_since(mark).await, [] as [&str; 0]);
});

// ---- The emergency button ----

on_both!(the_emergency_button_is_heard_and_a_mistake_is_seen, async |town| {
    let (Usual { home, cast }, _) = morning(town).await;
    let mark = town.mark().await;
    home.press("妈妈", "emergency.press", json!({})).await;
    assert_eq!(home.heard_since(mark).await, ["emergency"]);
    assert!(home.newest("emergency").await.text.contains("120"));
    assert_eq!(raised(&home).await[0]["member"], json!(null));
    assert_eq!(alarms(&cast.wang).await, ["08:05"]);
    let answer = home.press("妈妈", "emergency.call_me", json!({})).await;
    assert!(!answer.is("not-yours"));
    home.press("妈妈", "emergency.mistake", json!({})).await;
    assert_eq!(raised(&home).await.len(), 1);
    assert_eq!(home.row().await["open_alerts"], json!(["A-1"]), "a person still looks");
});

on_both!(a_call_for_help_that_comes_again_is_heard_again, async |town| {
    let (Usual { home, cast }, he) = morning(town).await;
    home.press("妈妈", "emergency.press", json!({})).await;
    cast.wang.presses("alert.take", "A-1").await;
    town.advance("5m").await;
    home.press("爸爸", "emergency.press", json!({})).await;
    assert_eq!(raised(&home).await.len(), 1, "at most one is open");
    assert_eq!(alarms(&cast.wang).await, ["08:05", "08:10"]);
    assert_eq!(alarms(&he).await, ["08:05", "08:10"]);
    for _ in 0..3 {
        home.press("爸爸", "emergency.call_me", json!({})).await;
    }
    assert_eq!(alarms(&cast.wang).await, ["08:05", "08:10"], "once a minute");
    town.advance("2m").await;
    home.press("爸爸", "emergency.mistake", json!({})).await;
    assert_eq!(alarms(&cast.wang).await, ["08:05", "08:10"], "a mistake is no call");
    home.says("妈妈", "胸口疼得厉害").await;
    assert_eq!(alarms(&cast.wang).await, ["08:05", "08:10", "08:12"]);
    assert!(cast.wang.last("danger-alert").await.silent.eq(&false), "with sound");
});

on_both!(only_the_area_of_a_household_hears_of_its_danger, async |town| {
    let (Usual { home, .. }, _) = morning(town).await;
    let elsewhere = [
        town.staff("Zhou", "worker", GRID).await,
        town.staff("Qi", "lead", "Yantian/Meisha").await,
        town.staff("Du", "doctor", "Longgang").await,
    ];
    home.says("妈妈", "38.5").await;
    town.advance("2h").await;
    for staff in &elsewhere {
        assert_eq!(alarms(staff).await, [] as [&str; 0], "{}", staff.name);
    }
});
