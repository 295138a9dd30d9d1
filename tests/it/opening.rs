//! The first day: staff are invited, a household is imported, and its chat becomes its own, step by
//! step as the contract tells it.

use doorstep::sandbox::{Right, Rights};
use serde_json::json;

use crate::support::home::word;
use crate::support::letter::Letter;
use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::place::Place;
use crate::support::spec::{GRID, HouseholdSpec};
use crate::support::town::{Rules, instant};

// ---- Staff ----

on_both!(an_invitation_makes_one_person_staff_and_nobody_else, async |town| {
    let invitation = town.invite("Wang", "worker", GRID).await;
    let token = word(&invitation["token"]);
    let url = format!("https://t.me/doorstep_bot?start={token}");
    assert_eq!(invitation["url"], url, "{invitation}");
    assert!(token.len() >= 22, "128 bits: {token}");

    let wang = town.sandbox.person("Wang", "zh-hans");
    wang.start(town.bot, &token).unwrap();
    town.settle().await;
    let row = town.staff_row("Wang").await;
    assert_eq!(row["state"], "active");
    assert_eq!(row["on_duty"], true);
    assert_eq!(row["telegram_id"], wang.id().0);
    assert_eq!(row["area"], GRID);

    let thief = town.sandbox.person("Thief", "en");
    for late in [&thief, &wang] {
        let mark = town.mark().await;
        late.start(town.bot, &token).unwrap();
        town.settle().await;
        let answer = town.port().letters_after(mark.0).await;
        assert_eq!(answer.texts(), ["staff-invite-used"]);
    }
    assert_eq!(town.staff_row("Wang").await, row);
});

on_both!(an_invitation_ends_after_two_days_and_a_new_one_ends_the_old, async |town| {
    let old = word(&town.invite("Wang", "worker", GRID).await["token"]);
    let new = town.invite("Wang", "worker", GRID).await;
    let left = instant(&new["expires_at"]) - town.port().now().await;
    assert_eq!(left.num_minutes(), 47 * 60 + 59, "{left}");
    let wang = town.sandbox.person("Wang", "zh-hans");
    for (token, later) in [(old, "1m"), (word(&new["token"]), "48h")] {
        town.advance(later).await;
        wang.start(town.bot, &token).unwrap();
        town.settle().await;
        assert_eq!(town.staff_row("Wang").await["state"], "invited");
    }
    let newest = word(&town.invite("Wang", "worker", GRID).await["token"]);
    wang.start(town.bot, &newest).unwrap();
    town.settle().await;
    assert_eq!(town.staff_row("Wang").await["state"], "active");
    let again = ["staff", "invite", "--name", "Wang", "--role", "lead", "--area", GRID, "--json"];
    assert_eq!(town.program.run(&again).await.code, Some(2));
});

// ---- A group ----

on_both!(a_group_is_opened_step_by_step, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("3-502")).await;
    let row = town.household_row("3-502").await;
    assert_eq!((&row["state"], &row["channel"]), (&json!("imported"), &json!("none")));
    assert_eq!(row["status"], "white");
    assert_eq!(row["chat_id"], json!(null));
    assert_eq!(row["language"], "zh-CN");

    let link = town.link("3-502").await;
    assert_eq!(link["household"], "3-502");
    assert_eq!(link["kind"], "startgroup");
    let token = word(&link["token"]);
    let url = word(&link["url"]);
    assert!(url.starts_with(&format!("https://t.me/doorstep_bot?startgroup={token}")), "{url}");

    let home = town.bind_group(&household, &cast.wang).await;
    let row = home.row().await;
    assert_eq!((&row["state"], &row["channel"]), (&json!("binding"), &json!("group")));
    assert_eq!(row["chat_id"], home.chat.number());
    let choice = home.last("language-choice").await;
    assert_eq!(choice.language.as_deref(), Some("zh-CN"), "the imported language is proposed");
    assert_eq!(choice.buttons[0][0].args, json!({ "tag": "zh-CN" }), "and stands first");
    for tag in ["en", "fr"] {
        assert!(choice.button("language.choose", &json!({ "tag": tag })).is_some(), "{tag}");
    }
    assert!(home.letters().await.of("who-are-you").is_empty(), "nobody has written yet");

    cast.wang.person.add(home.chat, home.person("妈妈").id()).unwrap();
    cast.wang.person.add(home.chat, home.person("爸爸").id()).unwrap();
    town.settle().await;
    assert_eq!(home.letters().await.of("who-are-you").len(), 2, "joining asks who one is");

    home.press("妈妈", "language.choose", json!({ "tag": "zh-CN" })).await;
    let notice = home.last("notice").await;
    let version = notice.button("notice.acknowledge", &json!({})).unwrap().args["version"].clone();
    assert!(version.is_i64(), "{version}");
    assert_eq!(home.row().await["state"], "binding");

    home.press("妈妈", "notice.acknowledge", json!({ "version": version })).await;
    assert_eq!(home.row().await["state"], "active");
    let card = home.last("card").await;
    assert_eq!(home.card().id.0, card.message_id.unwrap(), "the card is pinned");
    assert!(home.card().text.contains("3-502"), "{}", home.card().text);
    assert!(home.card().silent);

    let states: Vec<_> = home
        .story("state")
        .await
        .iter()
        .map(|row| [word(&row["from"]), word(&row["to"])])
        .collect();
    assert_eq!(states, [["imported", "binding"], ["binding", "active"]]);
});

on_both!(who_is_who_is_asked_once_and_shown_to_the_worker, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("3-502")).await;
    let mut home = town.bind_group(&household, &cast.wang).await;
    for name in ["妈妈", "爸爸"] {
        cast.wang.person.add(home.chat, home.person(name).id()).unwrap();
    }
    town.settle().await;
    let questions = home.letters().await.of("who-are-you");
    let (first, second) = (&questions[0], &questions[1]);
    let data = |question: &Letter, n: i64| {
        question.button("member.claim", &json!({ "n": n })).unwrap().data.clone()
    };
    let message = home.shown(second).id;
    let refused = home.press_data(home.person("妈妈"), message, &data(second, 1)).await;
    assert!(refused.is("not-yours"), "only the account that was asked may answer: {refused:?}");

    let mark = town.mark().await;
    home.press_data(home.person("妈妈"), home.shown(first).id, &data(first, 1)).await;
    let told = cast.wang.letters_since(mark).await.only("member-claimed");
    let mum = home.person("妈妈").id().0;
    assert!(told.button("member.refuse", &json!({ "telegram_id": mum })).is_some(), "{told:?}");
    assert!(told.button("everybody.in", &json!({ "household": "3-502" })).is_some(), "{told:?}");
    assert_eq!(home.row().await["members"][0]["telegram_ids"], json!([mum]));
    home.press_data(home.person("爸爸"), message, &data(second, 2)).await;

    home.lets_in("邻居", "妈妈").await;
    let neighbour = home.last("who-are-you").await;
    home.press_data(home.person("邻居"), home.shown(&neighbour).id, &data(&neighbour, 1)).await;
    let id = home.person("邻居").id().0;
    let args = json!({ "household": "3-502", "telegram_id": id });
    cast.wang.press("member.refuse", args).await;
    assert_eq!(home.row().await["members"][0]["telegram_ids"], json!([mum]));

    let asked = home.letters().await.of("who-are-you").len();
    home.says("爸爸", "大家好").await;
    assert_eq!(home.letters().await.of("who-are-you").len(), asked, "nobody is asked twice");
});

on_both!(when_everybody_is_in_nobody_is_asked_any_more, async |town| {
    let Usual { mut home, cast } = town.usual().await;
    let calls = town.sandbox.calls().len();
    cast.wang.press("everybody.in", json!({ "household": "3-502" })).await;
    let counted = town.sandbox.calls_since(calls);
    assert!(counted.iter().any(|call| call.method == "getChatMemberCount"), "{counted:#?}");
    let asked = home.letters().await.of("who-are-you").len();
    home.lets_in("客人", "妈妈").await;
    home.says("客人", "大家好").await;
    assert_eq!(home.letters().await.of("who-are-you").len(), asked);
    let again = cast.wang.press("everybody.in", json!({ "household": "3-502" })).await;
    assert!(again.is("already-closed"), "{again:?}");
});

on_both!(a_household_of_one_needs_no_question, async |town| {
    let spec = HouseholdSpec::new("3-502").members(["李奶奶"]);
    let Usual { home, .. } = town.usual_with(spec).await;
    home.says("李奶奶", "36.5").await;
    assert!(home.letters().await.of("who-are-you").is_empty());
    assert_eq!(home.readings().await, ["1 36.5"]);
    let report = &home.story("report").await[0];
    assert_eq!(report["who"], json!({ "kind": "member", "ref": 1 }));
});

on_both!(a_later_language_is_the_pressers_own, async |town| {
    let Usual { home, .. } = town.usual().await;
    home.says("爸爸", "/lang").await;
    home.press("爸爸", "language.choose", json!({ "tag": "fr" })).await;
    let row = home.row().await;
    assert_eq!(row["language"], "zh-CN", "the household's language stays");
    assert_eq!(row["members"][1]["language"], "fr");
    home.says("爸爸", "36.6").await;
    assert_eq!(home.last("card").await.language.as_deref(), Some("zh-CN"));
});

on_both!(each_household_is_spoken_to_in_the_language_it_chose, async |town| {
    let cast = town.cast().await;
    let days = [
        ("3-101", "zh-CN", "妈妈", "妈妈 36.5", "体温"),
        ("3-102", "en", "Mum", "Mum 36.5", "temperature"),
        ("3-103", "fr", "Maman", "Maman 36,5", "température"),
    ];
    for (door, tag, mum, report, temperature) in days {
        let spec = HouseholdSpec::new(door).language(tag).members([mum, "2"]);
        let household = town.household(spec).await;
        let home = town.open_group(&household, &cast.wang).await;
        home.says(mum, report).await;
        assert_eq!(home.readings().await, ["1 36.5"], "{tag}");
        let letters = home.letters().await;
        let spoken = letters.that(|letter| letter.text_id.is_some());
        assert!(spoken.iter().all(|letter| letter.language.as_deref() == Some(tag)), "{spoken:#?}");
        let notice = home.newest("notice").await.text.to_lowercase();
        assert!(notice.contains(temperature), "{notice}");
    }
});

on_both!(the_first_press_decides_against_the_imported_language, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("3-502").members(["Chen"])).await;
    let home = town.bind_group(&household, &cast.wang).await;
    cast.wang.person.add(home.chat, home.person("Chen").id()).unwrap();
    home.press("Chen", "language.choose", json!({ "tag": "fr" })).await;
    assert_eq!(home.last("notice").await.language.as_deref(), Some("fr"));
    assert_eq!(home.row().await["language"], "fr");
});

// ---- Whose link it is ----

on_both!(a_link_in_the_wrong_hands_is_refused_and_stays_valid, async |town| {
    let cast = town.cast().await;
    let other = town.staff("Zhou", "worker", GRID).await;
    let household = town.household(HouseholdSpec::new("3-502")).await;
    let token = word(&town.link("3-502").await["token"]);
    let stranger = town.sandbox.person("Stranger", "en");
    for thief in [&stranger, &other.person, household.people.get("妈妈").unwrap()] {
        let chat = thief.create_group("Elsewhere");
        let mark = town.mark().await;
        town.use_startgroup(chat, thief, &token).await;
        let answers = town.port().letters_after(mark.0).await.messages();
        assert_eq!(answers.texts(), ["link-not-yours"]);
        assert_eq!(town.household_row("3-502").await["state"], "imported");
    }
    let chat = cast.wang.person.create_group("3-502");
    town.use_startgroup(chat, &cast.wang.person, &token).await;
    assert_eq!(town.household_row("3-502").await["state"], "binding");
});

on_both!(a_link_works_once_and_for_two_days, async |town| {
    let cast = town.cast().await;
    town.household(HouseholdSpec::new("3-502")).await;
    town.household(HouseholdSpec::new("3-503")).await;
    let late = word(&town.link("3-503").await["token"]);
    let token = word(&town.link("3-502").await["token"]);
    for (state, expected) in [("binding", 1), ("binding", 0)] {
        let chat = cast.wang.person.create_group("3-502");
        town.use_startgroup(chat, &cast.wang.person, &token).await;
        assert_eq!(town.household_row("3-502").await["state"], state);
        let choices = town.port().letters_after(0).await.of("language-choice");
        let here = choices.that(|letter| letter.chat_id == Some(chat.number()));
        assert_eq!(here.len(), expected);
    }
    town.advance("48h").await;
    let chat = cast.wang.person.create_group("3-503");
    town.use_startgroup(chat, &cast.wang.person, &late).await;
    assert_eq!(town.household_row("3-503").await["state"], "imported");
});

on_both!(the_link_command_binds_as_the_link_does, async |town| {
    let cast = town.cast().await;
    for (door, who) in [("3-502", &cast.wang), ("3-503", &cast.lin), ("3-504", &cast.ou)] {
        town.household(HouseholdSpec::new(door)).await;
        let token = word(&town.link(door).await["token"]);
        let chat = who.person.create_group(door);
        who.person.add(chat, town.bot).unwrap();
        who.person.promote(chat, town.bot, Rights::usual()).unwrap();
        who.person.say(chat, format!("/link {token}")).unwrap();
        town.settle().await;
        assert_eq!(town.household_row(door).await["state"], "binding", "by {}", who.name);
    }
});

// ---- Other ways in ----

on_both!(a_private_chat_binds_whoever_comes_first, async |town| {
    let cast = town.cast().await;
    let spec = HouseholdSpec::new("5-101").language("fr").members(["Maman", "Papa"]);
    let household = town.household(spec).await;
    let mark = town.mark().await;
    let home = town.open_private(&household).await;
    let row = home.row().await;
    assert_eq!((&row["state"], &row["channel"]), (&json!("active"), &json!("private")));
    assert_eq!(row["chat_id"], home.chat.number());
    let told = cast.wang.letters_since(mark).await.of("member-claimed");
    assert!(!told.is_empty(), "the worker is told whoever came");
    home.says("Maman", "36,5").await;
    home.says("Maman", "Papa 36,8").await;
    assert_eq!(home.readings().await, ["1 36.5", "2 36.8"]);
    town.advance("2m").await;
    assert!(home.card().text.contains("36,8"), "{}", home.card().text);
});

on_both!(a_private_link_works_once, async |town| {
    town.cast().await;
    let household = town.household(HouseholdSpec::new("5-101").members(["Chen"])).await;
    let link = town.program.json(&["household", "link", "5-101", "--private"]).await;
    assert_eq!(link["kind"], "private");
    let token = word(&link["token"]);
    assert_eq!(link["url"], format!("https://t.me/doorstep_bot?start={token}"));
    let chen = &household.people["Chen"];
    chen.start(town.bot, &token).unwrap();
    town.settle().await;
    let bound = town.household_row("5-101").await;
    assert_eq!(bound["chat_id"], chen.id().0);
    town.sandbox.person("Late", "en").start(town.bot, &token).unwrap();
    town.settle().await;
    assert_eq!(town.household_row("5-101").await, bound);
});

on_both!(a_household_by_phone_is_called_at_every_slot, async |town| {
    let cast = town.cast().await;
    town.household(HouseholdSpec::new("7-903")).await;
    let answer = town.program.json(&["household", "phone", "7-903"]).await;
    assert_eq!((&answer["channel"], &answer["state"]), (&json!("phone"), &json!("active")));
    let mark = town.mark().await;
    town.until("08:00").await;
    let list = cast.wang.letters_since(mark).await.messages().only("overdue-list");
    let shown = cast.wang.shown(&list).text;
    assert!(shown.contains("7-903") && shown.contains("妈妈") && shown.contains("爸爸"), "{shown}");
    cast.wang.says("7-903 妈妈 36.5 爸爸 36.8").await;
    let checks: Vec<_> =
        town.story("7-903", "check").await.iter().map(|row| word(&row["state"])).collect();
    assert_eq!(checks, ["reported", "reported"]);
    let reports = town.story("7-903", "report").await;
    assert!(reports.iter().all(|row| row["via"] == "worker"), "{reports:#?}");
});

on_both!(a_chat_in_which_the_bot_is_no_administrator_is_told_so, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("3-502").members(["Chen"])).await;
    let token = word(&town.link("3-502").await["token"]);
    let chat = cast.wang.person.create_group("3-502");
    let mark = town.mark().await;
    cast.wang.person.open_startgroup(chat, town.bot, &token, None).unwrap();
    cast.wang.person.add(chat, household.people["Chen"].id()).unwrap();
    town.settle().await;
    let home = Place { town, chat };
    assert_eq!(home.letters().await.of("chat-unheard").len(), 1, "the chat is told once");
    let list = cast.wang.letters_since(mark).await.messages().only("overdue-list");
    assert!(cast.wang.shown(&list).text.contains("3-502"), "and the worker");
    let steps = town.story("3-502", "alert").await;
    assert_eq!((&steps[0]["type"], &steps[0]["step"]), (&json!("unheard"), &json!("raised")));

    let chen = &household.people["Chen"];
    home.press_as(chen, "language.choose", json!({ "tag": "zh-CN" })).await;
    home.press_as(chen, "notice.acknowledge", json!({})).await;
    assert_eq!(town.household_row("3-502").await["state"], "binding", "not heard yet");

    cast.wang.person.promote(chat, town.bot, Rights::usual().without(Right::PostStories)).unwrap();
    town.settle().await;
    assert_eq!(town.household_row("3-502").await["state"], "active");
    let steps = town.story("3-502", "alert").await;
    assert_eq!(steps.last().unwrap()["step"], "resolved");
});

// ---- Never reached ----

on_both!(
    a_household_that_is_never_opened_is_on_the_workers_list,
    Rules::usual().with("CHECKS__SPREAD", "10m"),
    async |town| {
        let cast = town.cast().await;
        let household = town.household(HouseholdSpec::new("3-502")).await;
        let mark = town.mark().await;
        town.until("09:59").await;
        assert!(cast.wang.letters_since(mark).await.is_empty());
        town.until("10:00").await;
        let list = cast.wang.letters_since(mark).await.messages().only("overdue-list");
        assert!(cast.wang.shown(&list).text.contains("3-502"));
        assert_eq!(town.household_row("3-502").await["status"], "white");

        let home = town.open_group(&household, &cast.wang).await;
        assert_eq!(home.alert_steps("never_reached").await, ["A-1 raised", "A-1 resolved"]);
        assert_eq!(home.row().await["open_alerts"], json!([]));
    }
);
