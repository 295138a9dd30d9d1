//! What people write of their temperature, how it is taken down, and what is asked instead of guessed.

use doorstep::sandbox::Draft;
use serde_json::json;

use crate::support::home::word;
use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::spec::{GRID, HouseholdSpec};

/// How a reading is acknowledged.
const NOTED: [&str; 1] = ["👌"];

on_both!(a_reading_is_one_row_one_reaction_and_one_edit_of_the_card, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.until("08:05").await;
    let (mark, calls) = (town.mark().await, town.sandbox.calls().len());
    let message = home.says("妈妈", "36.5").await;
    town.advance("2m").await;
    let mut made: Vec<_> =
        town.sandbox.calls_since(calls).into_iter().map(|call| call.method).collect();
    made.retain(|method| method != "getUpdates");
    made.sort();
    assert_eq!(made, ["editMessageText", "setMessageReaction"]);
    assert_eq!(home.reactions(message), NOTED);
    assert_eq!(cast.wang.letters_since(mark).await.len(), 0);
    assert!(home.card_line("妈妈").contains("36.5"), "{}", home.card().text);

    let mut reports = home.story("report").await;
    assert_eq!(reports.len(), 1);
    let mut report = reports.remove(0);
    let fields = report.as_object_mut().unwrap();
    assert!(fields.remove("id").is_some() && fields.remove("at").is_some());
    let today = town.today().await.to_string();
    let expected = json!({
        "kind": "report", "who": { "kind": "member", "ref": 1 }, "member": 1, "celsius": 36.5,
        "site": null, "symptoms": null, "rev": 1, "superseded": false, "slot_on": today,
        "slot_no": 1, "via": "text", "chat_id": home.chat.number(), "message_id": message.0,
    });
    assert_eq!(report, expected);
});

on_both!(anybody_reports_for_anybody, async |town| {
    let Usual { home, .. } = town.usual().await;
    town.until("08:05").await;
    home.says("爸爸", "妈妈36.5 爸爸36.8").await;
    assert_eq!(home.readings().await, ["1 36.5", "2 36.8"]);
    let who = |row: &serde_json::Value| row["who"].clone();
    let told: Vec<_> = home.story("report").await.iter().map(who).collect();
    assert_eq!(told, vec![json!({ "kind": "member", "ref": 2 }); 2], "it says who typed it");
});

on_both!(readings_are_understood_in_three_languages, async |town| {
    let cast = town.cast().await;
    let days = [
        ("3-101", "zh-CN", "妈妈", "妈妈36度5 爸爸36.8"),
        ("3-102", "en", "Mum", "Mum 36.5 Dad 36.8"),
        ("3-103", "fr", "Maman", "maman 36,5 papa 36,8"),
    ];
    for (door, tag, first, text) in days {
        let second =
            if tag == "zh-CN" { "爸爸" } else { ["Dad", "Papa"][usize::from(tag == "fr")] };
        let spec = HouseholdSpec::new(door).language(tag).members([first, second]);
        let household = town.household(spec).await;
        let home = town.open_group(&household, &cast.wang).await;
        let message = home.says(first, text).await;
        assert_eq!(home.readings().await, ["1 36.5", "2 36.8"], "{text}");
        assert_eq!(home.reactions(message), NOTED);
    }
});

// ---- Corrections ----

on_both!(an_edit_supersedes_the_value, async |town| {
    let Usual { home, .. } = town.usual().await;
    town.until("08:05").await;
    let message = home.says("妈妈", "36.5").await;
    let mark = town.mark().await;
    home.edits("妈妈", message, "36.9").await;
    let reports = home.story("report").await;
    let versions: Vec<_> =
        reports.iter().map(|row| json!([row["celsius"], row["rev"], row["superseded"]])).collect();
    assert_eq!(versions, [json!([36.5, 1, true]), json!([36.9, 2, false])]);
    assert_eq!(home.heard_since(mark).await, [] as [&str; 0], "no text");
    assert_eq!(home.reactions(message), NOTED);
    town.advance("2m").await;
    assert!(home.card_line("妈妈").contains("36.9"));
    assert_eq!(home.checks().await, ["1 reported", "2 open"]);
});

on_both!(an_edit_that_changes_nothing_writes_nothing, async |town| {
    let Usual { home, .. } = town.usual().await;
    let message = home.says("妈妈", "36.5").await;
    home.edits("妈妈", message, "36.5 ！").await;
    assert_eq!(home.story("report").await.len(), 1);
});

on_both!(a_word_of_correction_supersedes_the_latest_value, async |town| {
    let Usual { home, .. } = town.usual().await;
    town.until("08:05").await;
    let first = home.says("妈妈", "36.5").await;
    let mark = town.mark().await;
    let second = home.says("妈妈", "不对，36.8").await;
    let versions: Vec<_> = home
        .story("report")
        .await
        .iter()
        .map(|row| json!([row["celsius"], row["superseded"], row["message_id"]]))
        .collect();
    assert_eq!(versions, [json!([36.5, true, first.0]), json!([36.8, false, second.0])]);
    assert_eq!(home.reactions(second), NOTED);
    assert_eq!(home.heard_since(mark).await, [] as [&str; 0]);
});

on_both!(a_second_value_stands_beside_the_first, async |town| {
    let Usual { home, .. } = town.usual().await;
    town.until("08:05").await;
    home.says("妈妈", "36.5").await;
    let second = home.says("妈妈", "36.9").await;
    assert_eq!(home.readings().await, ["1 36.5", "1 36.9"], "every value is kept");
    assert_eq!(home.reactions(second), NOTED);
    town.advance("2m").await;
    assert!(home.card_line("妈妈").contains("36.9"), "the later one is shown");
});

on_both!(a_late_reading_is_late_and_ends_the_call, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.until("10:05").await;
    let mark = town.mark().await;
    home.says("妈妈", "36.5").await;
    assert_eq!(home.checks().await, ["1 reported_late", "2 overdue"]);
    assert_eq!(home.alert_steps("overdue").await, ["A-1 raised", "A-2 raised", "A-1 resolved"]);
    assert_eq!(
        cast.wang.heard_since(mark).await,
        [] as [&str; 0],
        "the list changes where it stands"
    );
    assert_eq!(home.row().await["open_alerts"], json!(["A-2"]));
});

// ---- Questions ----

on_both!(a_value_that_may_be_wrong_is_asked_about, async |town| {
    let Usual { home, .. } = town.usual().await;
    town.until("08:05").await;
    let message = home.says("妈妈", "367").await;
    let question = home.last("reading-confirm").await;
    assert_eq!(home.shown(&question).reply_to, Some(message));
    assert_eq!(home.story("report").await.len(), 0);
    let args = json!({ "celsius": 36.7, "n": 1 });
    let (asked, data) = home.find_button("reading.confirm", &args).await.unwrap();
    home.press("妈妈", "reading.confirm", args).await;
    assert_eq!(home.readings().await, ["1 36.7"]);
    assert_eq!(home.reactions(message), NOTED);
    let again = home.press_data(home.person("妈妈"), asked, &data).await;
    assert!(again.is("already-closed"), "{again:?}");
    assert_eq!(home.readings().await, ["1 36.7"]);
});

on_both!(a_question_that_is_denied_records_nothing, async |town| {
    let Usual { home, .. } = town.usual().await;
    town.until("08:05").await;
    home.says("妈妈", "367").await;
    home.press("妈妈", "reading.reject", json!({})).await;
    assert_eq!(home.story("report").await.len(), 0);
    assert!(home.offers("report.open", &json!({ "n": 1 })).await, "the keypad is offered");
});

on_both!(numbers_without_names_are_given_out_one_by_one, async |town| {
    let Usual { home, .. } = town.usual().await;
    town.until("08:05").await;
    home.says("妈妈", "36.5 36.8").await;
    home.press("妈妈", "reading.who", json!({ "n": 1 })).await;
    home.press("妈妈", "reading.who", json!({ "n": 2 })).await;
    assert_eq!(home.readings().await, ["1 36.5", "2 36.8"]);
    assert_eq!(home.letters().await.messages().of("reading-which").len(), 1, "one message");
});

on_both!(a_value_that_nobody_has_is_asked_about, async |town| {
    let Usual { home, .. } = town.usual().await;
    town.until("08:05").await;
    for text in ["体温63.5", "妈妈 34.2", "体温 42.1"] {
        let mark = town.mark().await;
        home.says("妈妈", text).await;
        assert_eq!(home.heard_since(mark).await, ["reading-out-of-range"], "{text}");
    }
    assert_eq!(home.story("report").await.len(), 0);
});

on_both!(what_is_no_temperature_is_met_with_silence, async |town| {
    let Usual { home, .. } = town.usual().await;
    town.until("08:05").await;
    let mark = town.mark().await;
    for text in ["13812345678", "3号楼502", "18:37", "谢谢", "38.5元"] {
        let message = home.says("妈妈", text).await;
        assert_eq!(home.reactions(message), [] as [&str; 0], "{text}");
    }
    assert_eq!(home.letters_since(mark).await.len(), 0);
    assert_eq!(home.story("report").await.len(), 0);
});

on_both!(what_others_have_said_is_no_reading, async |town| {
    let Usual { home, .. } = town.usual().await;
    town.until("08:05").await;
    let cousin = town.sandbox.person("表姐", "zh-hans");
    home.says("妈妈", Draft::from("妈妈 38.5").forwarded_from(&cousin)).await;
    home.says("妈妈", Draft::from("36.5").forwarded_from_hidden("某人")).await;
    assert_eq!(home.story("report").await.len(), 0);
    assert_eq!(home.alert_steps("danger").await, [] as [&str; 0]);
});

on_both!(a_caption_is_read_as_a_message_is, async |town| {
    let Usual { home, .. } = town.usual().await;
    let message = home.says("妈妈", Draft::photo("妈妈 36.5")).await;
    assert_eq!(home.readings().await, ["1 36.5"]);
    assert_eq!(home.reactions(message), NOTED);
});

// ---- Buttons ----

on_both!(the_keypad_takes_two_taps_and_presets_nothing, async |town| {
    let Usual { home, .. } = town.usual().await;
    town.until("08:05").await;
    home.says("爸爸", "/report").await;
    home.press("爸爸", "report.open", json!({ "n": 2 })).await;
    let shown = home.letters().await.messages().last().unwrap().clone();
    assert_eq!(shown.actions(), ["report.degrees"]);
    home.press("爸爸", "report.degrees", json!({ "n": 2, "degrees": 36 })).await;
    home.press("爸爸", "report.tenths", json!({ "n": 2, "celsius": 36.8 })).await;
    let report = &home.story("report").await[0];
    assert_eq!((&report["member"], &report["celsius"]), (&json!(2), &json!(36.8)));
    assert_eq!(report["via"], "keypad");
    assert_eq!(home.checks().await, ["1 open", "2 reported"]);
});

// ---- The worker's own chat ----

on_both!(a_worker_enters_what_was_said_by_phone, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.until("10:05").await;
    let message = cast.wang.says("3-502 妈妈 36.5 爸爸 36.8").await;
    assert_eq!(cast.wang.reactions(message), NOTED);
    let reports = home.story("report").await;
    for report in &reports {
        assert_eq!(report["who"], json!({ "kind": "staff", "ref": cast.wang.code }));
        assert_eq!(report["via"], "worker");
    }
    assert_eq!(home.readings().await, ["1 36.5", "2 36.8"]);
    assert_eq!(home.row().await["open_alerts"], json!([]));
    town.advance("1m").await;
    assert!(home.card_line("爸爸").contains("36.8"));
});

on_both!(nobody_enters_readings_for_anothers_household, async |town| {
    let Usual { home, .. } = town.usual().await;
    let zhou = town.staff("Zhou", "worker", GRID).await;
    let he = town.staff("He", "translator", "Yantian").await;
    for other in [&zhou, &he] {
        other.says("3-502 妈妈 36.5").await;
        assert_eq!(home.story("report").await.len(), 0, "{}", other.name);
    }
});

on_both!(a_reading_that_cannot_be_acknowledged_is_kept, async |town| {
    let Usual { home, .. } = town.usual().await;
    town.until("08:05").await;
    let mark = town.mark().await;
    let message = home.calls_out("妈妈", "36.5");
    home.person("妈妈").delete(home.chat, message).unwrap();
    town.settle().await;
    let reaction = home.letters_since(mark).await.by("setMessageReaction");
    assert_eq!(reaction[0].state, "skipped");
    assert_eq!(home.readings().await, ["1 36.5"]);
    town.advance("2m").await;
    assert!(home.card_line("妈妈").contains("36.5"), "the card is the acknowledgement");
    assert_eq!(word(&home.row().await["status"]), "green");
});
