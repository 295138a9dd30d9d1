//! A day's health checks: when a household is reminded, nudged and overdue, in its own time, and when
//! it is left in peace.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Tz;
use serde_json::json;

use crate::support::home::word;
use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::spec::HouseholdSpec;
use crate::support::town::{Rules, ZONE, wall_time};

on_both!(a_silent_household_hears_three_messages_for_each_slot, async |town| {
    let Usual { home, cast } = town.usual().await;
    let mark = town.mark().await;
    town.until("07:59").await;
    assert_eq!(home.letters_since(mark).await.messages().len(), 0);
    town.until("17:59").await;
    let morning = home.letters_since(mark).await.messages();
    assert_eq!(morning.timed(ZONE), ["08:00 reminder", "09:00 nudge", "10:00 nudge-call"]);
    let silent: Vec<_> = morning.iter().map(|letter| letter.silent).collect();
    assert_eq!(silent, [false, true, false], "only the first nudge makes no sound");
    assert!(morning.iter().all(|letter| letter.lane == "reminder"), "{morning:#?}");
    let call = morning.last_of("nudge-call");
    let text = home.shown(&call).text;
    assert!(text.contains("Wang") && text.contains("11:00"), "a call is promised: {text}");

    let mark = town.mark().await;
    town.until("07:59").await;
    let evening = home.letters_since(mark).await.messages();
    assert_eq!(evening.timed(ZONE), ["18:00 reminder", "19:00 nudge", "20:00 nudge-call"]);
    assert_eq!(home.checks().await, ["1 overdue", "2 overdue"]);
    let lists = cast.wang.letters().await.messages().of("overdue-list");
    assert_eq!(lists[0].time_in(ZONE), "10:00");
});

on_both!(a_household_that_has_reported_hears_nothing_more, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.until("08:00").await;
    assert_eq!(home.checks().await, ["1 open", "2 open"]);
    town.advance("5m").await;
    let mark = town.mark().await;
    home.says("妈妈", "妈妈36.5 爸爸36.8").await;
    assert_eq!(home.checks().await, ["1 reported", "2 reported"]);
    town.until("17:59").await;
    assert_eq!(home.heard_since(mark).await, [] as [&str; 0]);
    assert_eq!(cast.wang.heard_since(mark).await, [] as [&str; 0]);
    assert_eq!(home.row().await["status"], "green");
});

on_both!(a_nudge_names_only_who_is_missing, async |town| {
    let spec = HouseholdSpec::new("3-502").members(["妈妈", "爸爸", "宝宝", "奶奶"]);
    let Usual { home, cast } = town.usual_with(spec).await;
    town.until("08:00").await;
    home.says("妈妈", "妈妈36.5 宝宝36.9 奶奶36.4").await;
    town.advance("1m").await;
    assert!(home.card().text.contains("3/4"), "{}", home.card().text);
    assert!(home.card_line("妈妈").contains("36.5"));
    town.until("10:00").await;
    for text_id in ["nudge", "nudge-call"] {
        let text = home.newest(text_id).await.text;
        assert!(text.contains("爸爸"), "{text}");
        assert!(["妈妈", "宝宝", "奶奶"].iter().all(|name| !text.contains(name)), "{text}");
    }
    let list = cast.wang.newest("overdue-list").await.text;
    assert!(list.contains("爸爸") && !list.contains("妈妈"), "{list}");
    assert_eq!(home.checks().await, ["1 reported", "2 overdue", "3 reported", "4 reported"]);
    let raised = home.story("alert").await;
    assert_eq!(raised.iter().filter(|row| row["step"] == "raised").count(), 1);
});

on_both!(
    reminders_are_spread_by_a_fixed_offset_of_each_household,
    Rules::usual().with("CHECKS__SPREAD", "10m"),
    async |town| {
        let cast = town.cast().await;
        let mut homes = Vec::new();
        for door in ["3-501", "3-502", "3-503", "3-504"] {
            let household = town.household(HouseholdSpec::new(door).members(["Chen"])).await;
            homes.push(town.open_group(&household, &cast.wang).await);
        }
        let mut days = Vec::new();
        for _ in 0..2 {
            town.until("07:45").await;
            let mark = town.mark().await;
            town.until("08:11").await;
            let mut times = Vec::new();
            for home in &homes {
                times.push(home.letters_since(mark).await.messages().timed(ZONE).join(", "));
            }
            days.push(times);
        }
        let times = &days[0];
        assert_eq!(times, &days[1], "the same every day");
        let in_time =
            |time: &String| ("08:00 reminder"..="08:10 reminder").contains(&time.as_str());
        assert!(times.iter().all(in_time), "{times:?}");
        assert!(times.iter().any(|time| *time != times[0]), "not all at once: {times:?}");
        town.until("09:01").await;
        for home in &homes {
            let nudge = home.letters().await.last_of("nudge");
            assert_eq!(nudge.time_in(ZONE), "09:00", "the nudge counts from the opening");
        }
    }
);

on_both!(
    quiet_hours_hold_back_what_nobody_asked_for,
    Rules::usual().with("CHECKS__SLOTS", "06:00,18:00"),
    async |town| {
        let Usual { home, cast } = town.usual().await;
        town.until("21:29").await;
        let before = town.sandbox.messages(home.chat).len();
        let mark = town.mark().await;
        town.until("07:29").await;
        assert_eq!(town.sandbox.messages(home.chat).len(), before, "nothing at night");
        let call = home.says("妈妈", "/help").await;
        let help = home.letters_since(mark).await.only("help-household");
        assert!(help.silent, "an answer makes no sound at night: {call:?}");
        home.says("妈妈", "爸爸 38.5").await;
        assert!(!home.letters_since(mark).await.only("danger-instructions").silent);
        assert!(!cast.wang.letters_since(mark).await.only("danger-alert").silent);
        home.says("妈妈", "妈妈 36.5").await;
        town.until("07:40").await;
        let said = home.letters_since(mark).await.that(|letter| letter.lane == "reminder");
        let told: Vec<_> = said.iter().filter(|letter| letter.state == "sent").collect();
        assert!(told.is_empty(), "everybody has reported by the end of the night: {told:#?}");
    }
);

on_both!(
    a_reminder_held_back_at_night_comes_in_the_morning_once,
    Rules::usual().with("CHECKS__SLOTS", "05:00,18:00"),
    async |town| {
        let Usual { home, cast } = town.usual().await;
        town.until("18:05").await;
        home.says("妈妈", "妈妈36.5 爸爸36.8").await;
        town.until("04:59").await;
        let (mark, before) = (town.mark().await, town.sandbox.messages(home.chat).len());
        town.until("07:29").await;
        assert_eq!(town.sandbox.messages(home.chat).len(), before);
        let list = cast.wang.letters_since(mark).await.messages().only("overdue-list");
        assert_eq!(list.time_in(ZONE), "07:00");
        assert!(list.silent, "staff get their lists at night, without sound");
        town.until("07:31").await;
        let said = home.letters_since(mark).await.messages();
        let sent: Vec<_> = said.iter().filter(|letter| letter.state == "sent").collect();
        assert!((1..=3).contains(&sent.len()), "the budget holds: {sent:#?}");
    }
);

on_both!(a_reading_before_the_first_slot_belongs_to_none, async |town| {
    let Usual { home, .. } = town.usual().await;
    home.says("妈妈", "36.5").await;
    let report = &home.story("report").await[0];
    assert_eq!((&report["slot_on"], &report["slot_no"]), (&json!(null), &json!(null)));
    town.until("08:00").await;
    assert_eq!(home.checks().await, ["1 open", "2 open"]);
});

on_both!(slots_open_through_the_last_day_and_no_longer, async |town| {
    let cast = town.cast().await;
    let spec = HouseholdSpec::new("3-502").members(["Chen"]).lasts(1);
    let household = town.household(spec).await;
    let home = town.open_group(&household, &cast.wang).await;
    let today = town.today().await;
    for _ in 0..3 {
        town.until("07:45").await;
    }
    let opened: Vec<_> = home
        .story("check")
        .await
        .iter()
        .map(|row| (word(&row["slot_on"]), row["slot_no"].clone()))
        .collect();
    let (first, last) = (today.to_string(), (today + TimeDelta::days(1)).to_string());
    let expected = [(&first, 1), (&first, 2), (&last, 1), (&last, 2)];
    assert_eq!(opened, expected.map(|(on, no)| (on.clone(), json!(no))));
    assert_eq!(home.row().await["ends_on"], last);
});

// ---- Clock changes ----

/// The next date on which clocks in this zone change.
fn next_change(zone: Tz, after: NaiveDate) -> NaiveDate {
    let morning = |day| wall_time(zone, day, NaiveTime::MIN).to_utc();
    let length = |day: &NaiveDate| morning(*day + TimeDelta::days(1)) - morning(*day);
    let days = (1..400).map(|day| after + TimeDelta::days(day));
    days.into_iter()
        .find(|day| length(day) != TimeDelta::hours(24))
        .expect("clocks change in a year")
}

on_both!(
    on_the_day_of_a_clock_change_the_slots_keep_the_wall_time,
    Rules::usual().with("CHECKS__SLOTS", "02:30,08:00"),
    async |town| {
        let paris = Tz::Europe__Paris;
        let cast = town.cast().await;
        let change = next_change(paris, town.today().await);
        let eve = change - TimeDelta::days(1);
        town.advance_to(wall_time(paris, eve, NaiveTime::from_hms_opt(7, 0, 0).unwrap())).await;
        let spec = HouseholdSpec::new("9-001").timezone("Europe/Paris").language("fr");
        let household = town.household(spec.members(["Claire"]).starts_on(eve)).await;
        let home = town.open_group(&household, &cast.wang).await;
        assert_eq!(home.row().await["day"], 0);
        for _ in 0..2 {
            town.until_in(paris, "08:05").await;
        }
        assert_eq!(home.row().await["day"], 1);
        let opened: Vec<_> = home.story("check").await.iter().map(|row| word(&row["at"])).collect();
        let at = |day, hour, minute| {
            let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
            let instant = wall_time(paris, day, time).to_utc();
            instant.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
        };
        assert_eq!(opened, [at(eve, 8, 0), at(change, 2, 30), at(change, 8, 0)]);
        let reminders = home.letters().await.messages().of("reminder");
        assert_eq!(reminders.last().unwrap().time_in(paris), "08:00");
    }
);

// ---- After an outage ----

on_both!(slots_of_an_outage_are_nobodys_fault, async |town| {
    let Usual { home, .. } = town.usual().await;
    town.until("08:05").await;
    home.says("妈妈", "妈妈36.5 爸爸36.8").await;
    town.until("12:00").await;
    let mark = town.mark().await;
    town.kill();
    town.serve_after("24h").await;
    let states: Vec<_> = home.story("check").await.iter().map(|row| word(&row["state"])).collect();
    assert_eq!(&states[2..], ["system_down"; 4], "an evening and a morning");
    assert_eq!(home.heard_since(mark).await, [] as [&str; 0], "nothing is replayed");
    assert_eq!(home.alert_steps("overdue").await, [] as [&str; 0]);
    home.says("妈妈", "妈妈36.5").await;
    let states: Vec<_> = home.story("check").await.iter().map(|row| word(&row["state"])).collect();
    assert_eq!(states[4], "reported_late");
    town.until("18:00").await;
    assert_eq!(home.heard_since(mark).await, ["reminder"]);
});

on_both!(after_an_outage_there_is_one_reminder_and_time_to_answer, async |town| {
    let Usual { home, .. } = town.usual().await;
    town.until("07:50").await;
    let mark = town.mark().await;
    town.kill();
    home.calls_out("妈妈", "妈妈36.5");
    town.serve_after("2h").await;
    assert_eq!(home.readings().await, ["1 36.5"], "what was said meanwhile is heard");
    town.until("10:45").await;
    let heard = home.heard_since(mark).await;
    assert!(heard.iter().filter(|text| *text == "reminder").count() <= 1, "{heard:?}");
    assert_eq!(home.alert_steps("overdue").await, [] as [&str; 0], "grace of an hour");
    town.until("10:52").await;
    assert_eq!(home.alert_steps("overdue").await, ["A-1 raised"]);
});
