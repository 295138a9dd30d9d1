//! What is known of a household's people goes when its time is over, wherever it was written down; and
//! nothing of anybody else's.

use chrono::TimeDelta;
use doorstep::base::store::{Tx, schema};
use doorstep::desk::retention::{self, keep};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Row};

use crate::inside::Inside;
use crate::support::home::Home;
use crate::support::on_both;
use crate::support::spec::HouseholdSpec;
use crate::support::staff::Cast;
use crate::support::town::Town;

mod lives;

use lives::Life;

/// What a purge keeps count of, by household, so that a number which changes can be seen.
const COUNTS: [&str; 7] = [
    "SELECT 'reports ' || via || ' ' || count(*) FROM report WHERE household_id = 1 GROUP BY via",
    "SELECT 'checks ' || state || ' ' || count(*) FROM health_check WHERE household_id = 1
     GROUP BY state",
    "SELECT 'alerts ' || kind || ' ' || area || count(*) FROM alert WHERE household_id = 1
     GROUP BY kind, area",
    "SELECT 'requests ' || state || ' ' || count(*) FROM supply_request WHERE household_id = 1
     GROUP BY state",
    "SELECT 'contacts ' || way || ' ' || outcome || count(*) FROM contact WHERE household_id = 1
     GROUP BY way, outcome",
    "SELECT 'members ' || count(*) FROM member WHERE household_id = 1",
    "SELECT 'household ' || area || ' ' || category || ' ' || days FROM household WHERE id = 1",
];

async fn counts(town: &Town) -> Vec<String> {
    let mut all = Vec::new();
    for query in COUNTS {
        let mut lines = town.lines(&format!("{query} ORDER BY 1")).await;
        all.append(&mut lines);
    }
    all
}

/// The rows of `household list` in this state.
async fn in_state(town: &Town, state: &str) -> Vec<Value> {
    let mut list = town.program.json(&["household", "list"]).await;
    let mut rows = std::mem::take(list.as_array_mut().expect("a list"));
    rows.retain(|row| row["state"] == state);
    rows
}

/// Lets days pass, one at a time, as long as a call may take.
async fn days(town: &Town, number: usize) {
    for _ in 0..number {
        town.advance("24h").await;
    }
}

/// A household of one whose last day is today, open.
async fn last_day<'t>(town: &'t Town, cast: &Cast<'t>, code: &str) -> Home<'t> {
    let yesterday = town.today().await - TimeDelta::days(1);
    let spec = HouseholdSpec::new(code).members(["Chen"]).starts_on(yesterday).lasts(1);
    let household = town.household(spec).await;
    town.open_group(&household, &cast.wang).await
}

/// The same after its release, this evening.
async fn released<'t>(town: &'t Town, cast: &Cast<'t>, code: &str) -> Home<'t> {
    let home = last_day(town, cast, code).await;
    town.until("18:05").await;
    home.says("Chen", "36.5").await;
    release(cast, code).await;
    home
}

async fn release(cast: &Cast<'_>, code: &str) {
    let args = json!({ "household": code });
    cast.wang.says("/today").await;
    cast.wang.press("release.ask", args.clone()).await;
    cast.wang.press("release.confirm", args).await;
}

on_both!(nothing_of_a_purged_household_is_found_anywhere, async |town| {
    let cast = town.cast().await;
    let both = town.sandbox.person("Gaurboth", "en");
    let first = Life::begin(town, &cast, "Zebu", Some(1), &both).await;
    let other = Life::begin(town, &cast, "Ibex", None, &both).await;
    town.until("08:05").await;
    first.morning().await;
    other.morning().await;
    town.until("10:30").await;
    first.late_morning().await;
    other.late_morning().await;
    town.until("18:05").await;
    first.evening().await;
    let everything = town.everything().await;
    for word in first.words() {
        assert!(everything.contains(&word), "{word} was never written down: this proves nothing");
    }

    // Columns and a table of which the program knows nothing.
    town.stop("TERM").await;
    town.tamper(&[
        "ALTER TABLE household ADD COLUMN nickname TEXT",
        "ALTER TABLE member ADD COLUMN school TEXT NOT NULL DEFAULT ''",
        "CREATE TABLE remark (id BIGINT PRIMARY KEY, alert_id BIGINT NOT NULL REFERENCES alert (id),
             words TEXT NOT NULL)",
        "UPDATE household SET nickname = 'Zebunick' WHERE id = 1",
        "UPDATE household SET nickname = 'Ibexnick' WHERE id = 2",
        "UPDATE member SET school = 'Zebuschool' WHERE household_id = 1",
        "UPDATE member SET school = 'Ibexschool' WHERE household_id = 2",
        "INSERT INTO remark SELECT id, id, 'Zeburemark' FROM alert WHERE household_id = 1",
        "INSERT INTO remark SELECT id, id, 'Ibexremark' FROM alert WHERE household_id = 2",
    ])
    .await;
    town.serve_again().await;
    release(&cast, &first.home.code).await;
    first.afterwards().await;
    days(town, 9).await;
    let before = counts(town).await;
    assert!(before.len() > 9, "{before:?}");
    assert!(town.everything().await.contains("Zebunick"), "not before its time");

    days(town, 1).await;
    let everything = town.everything().await;
    let found = everything.match_indices("Zebu");
    let found: Vec<&str> =
        found.map(|(at, _)| &everything[at..(at + 60).min(everything.len())]).collect();
    assert!(found.is_empty(), "{} places: {found:#?}", found.len());
    assert!(!everything.contains(lives::PHONE_OF_FIRST), "a telephone number");
    for id in first.telegram_ids() {
        assert!(!everything.contains(&id), "Telegram's id {id} in some text");
        let known = format!(
            "SELECT 'chat' FROM chat WHERE telegram_id = {id}
             UNION SELECT 'account' FROM account WHERE telegram_id = {id}
             UNION SELECT 'update' FROM inbox WHERE chat_key = {id}"
        );
        assert_eq!(town.lines(&known).await, [] as [&str; 0], "{id}");
    }
    for word in other.words_in_rows() {
        assert!(everything.contains(&word), "{word} is of another household");
    }
    for word in ["Ibexnick", "Ibexschool", "Ibexremark", "Gaurboth"] {
        assert!(everything.contains(word), "{word} is of another household");
    }
    assert_eq!(counts(town).await, before, "counts stay");

    // The lists go on, and the code is free.
    let purged = in_state(town, "purged").await;
    assert_eq!(purged.len(), 1, "{purged:#?}");
    assert_eq!((&purged[0]["members"], &purged[0]["chat_id"]), (&json!([]), &json!(null)));
    assert_eq!(other.home.row().await["state"], "active");
    assert!(other.home.alert_steps("danger").await.last().unwrap().ends_with(" resolved"));
    town.household(HouseholdSpec::new(&first.home.code)).await;
    for staff in [&cast.wang, &cast.lin] {
        assert!(town.staff_row(&staff.name).await["telegram_id"].is_number(), "staff stay");
        let mark = town.mark().await;
        staff.says("/today").await;
        assert_eq!(staff.heard_since(mark).await, ["today"]);
    }
});

on_both!(leads_are_warned_once_three_days_before, async |town| {
    let cast = town.cast().await;
    let other = last_day(town, &cast, "3-502").await;
    released(town, &cast, "7-903").await;
    town.advance("20m").await;
    other.says("Chen", "36.5").await;
    release(&cast, "3-502").await;
    let mark = town.mark().await;
    days(town, 10).await;
    town.advance("23h").await;
    let told = |letters: &crate::support::letter::Letters| letters.of("retention-warning").len();
    assert_eq!(told(&cast.lin.letters_since(mark).await), 0, "not earlier");
    town.advance("1h").await;
    let warning = cast.lin.letters_since(mark).await.only("retention-warning");
    assert!(warning.silent && warning.buttons.is_empty(), "{warning:?}");
    let text = cast.lin.shown(&warning).text;
    assert!(text.contains("3-502") && text.contains("7-903"), "one message names both: {text}");
    town.kill();
    town.serve_again().await;
    days(town, 3).await;
    assert_eq!(told(&cast.lin.letters_since(mark).await), 1, "once, after a restart too");
    for staff in [&cast.wang, &cast.ou] {
        assert_eq!(told(&staff.letters_since(mark).await), 0, "{} is not the lead", staff.name);
    }
    assert_eq!(in_state(town, "purged").await.len(), 2);
});

on_both!(a_purge_that_fell_due_during_an_outage_is_done_once_at_the_start, async |town| {
    let cast = town.cast().await;
    released(town, &cast, "3-502").await;
    days(town, 12).await;
    town.kill();
    town.serve_after("72h").await;
    assert_eq!(in_state(town, "purged").await.len(), 1);
    assert!(!town.everything().await.contains("3-502"));
    let passages = "SELECT 'x' FROM passage WHERE became = 'purged'";
    assert_eq!(town.lines(passages).await.len(), 1);
    town.kill();
    town.serve_again().await;
    days(town, 2).await;
    assert_eq!(town.lines(passages).await.len(), 1, "nothing is purged twice");
});

on_both!(a_bot_that_was_brought_back_leaves_again_before_the_purge, async |town| {
    let cast = town.cast().await;
    let home = released(town, &cast, "3-502").await;
    days(town, 4).await;
    cast.wang.person.add(home.chat, town.bot).expect("the creator may add it");
    town.settle().await;
    let calls = town.sandbox.calls().len();
    days(town, 10).await;
    town.advance("5m").await;
    let calls = town.sandbox.calls_since(calls);
    let left = calls.iter().filter(|call| call.method == "leaveChat");
    assert_eq!(left.count(), 1);
    assert_eq!(in_state(town, "purged").await.len(), 1);
});

on_both!(what_is_old_and_about_nobody_goes_by_age, async |town| {
    let cast = town.cast().await;
    let stranger = town.sandbox.person("Yakstranger", "en");
    stranger.start(town.bot, "").expect("the bot is there");
    stranger.say(stranger.chat_with(town.bot), "Yakwords").expect("they may write");
    town.settle().await;
    cast.wang.says("Yakquestion?").await;
    assert!(town.everything().await.contains("Yakwords"));
    let raw = "SELECT raw FROM inbox WHERE raw LIKE '%Yakwords%'";
    days(town, 6).await;
    assert_eq!(town.lines(raw).await.len(), 1, "not before its time");
    days(town, 2).await;
    assert_eq!(town.lines(raw).await, [] as [&str; 0]);
    let joined = "SELECT args FROM outbox WHERE text_id = 'staff-joined' AND args <> ''";
    assert_eq!(town.lines(joined).await.len(), 3);
    days(town, 23).await;
    assert_eq!(town.lines(joined).await, [] as [&str; 0]);
    let letters = cast.wang.letters().await;
    assert_eq!(letters.only("staff-joined").method, "sendMessage", "what it was is known");
});

#[tokio::test]
async fn every_table_says_what_stays_of_it_after_a_release() {
    let inside = Inside::sqlite().await;
    let tables = schema::tables(&mut inside.ground.db.read().await.unwrap()).await.unwrap();
    for table in &tables {
        let listed = keep::TABLES.iter().find(|(name, _)| *name == table.name);
        let Some((_, fate)) = listed else {
            panic!(
                "{}: say in src/desk/retention/keep.rs what stays of its rows when their household \
                 is purged: Keep(&[columns that tell nobody]), Delete, or Spare(why it holds \
                 nothing of a household). Until then its rows are deleted, if a column ties them: \
                 household_id, one of keep::TIES, or a foreign key to a tied table",
                table.name
            );
        };
        if let keep::Fate::Keep(columns) = fate {
            for column in *columns {
                assert!(table.column(column).is_some(), "{}.{column} is not there", table.name);
            }
        }
    }
    for (name, _) in keep::TABLES {
        assert!(tables.iter().any(|table| table.name == *name), "{name} is not there any more");
    }
}

#[tokio::test]
async fn a_purge_reads_what_is_purged_and_no_table_as_a_whole() {
    let inside = Inside::sqlite().await;
    let Tx::Sqlite(mut tx) = inside.ground.db.read().await.unwrap() else { unreachable!() };
    let tables = schema::tables(&mut inside.ground.db.read().await.unwrap()).await.unwrap();
    let statements = retention::statements(&tables, 1, &[1, 2], &[1, 2]);
    assert!(statements.len() > 20, "{statements:#?}");
    for statement in statements {
        let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
        let rows = sqlx::query(explain).fetch_all(&mut *tx).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
        let scans = plan.iter().any(|step| step.starts_with("SCAN "));
        assert!(!scans, "{statement}: {plan:#?}; an index by what ties its rows is missing");
    }
}

#[tokio::test]
async fn both_databases_describe_the_same_schema() {
    let Some(postgres) = Inside::postgres().await else { return };
    let sqlite = Inside::sqlite().await;
    let mut told = Vec::new();
    for inside in [&sqlite, &postgres] {
        let mut tables = schema::tables(&mut inside.ground.db.read().await.unwrap()).await.unwrap();
        tables.sort_by(|one, other| one.name.cmp(&other.name));
        let lines = tables.iter().flat_map(|table| {
            table.columns.iter().map(move |column| format!("{}: {column:?}", table.name))
        });
        told.push(lines.collect::<Vec<_>>());
    }
    assert_eq!(told[0], told[1]);
    assert!(told[0].len() > 200);
}
