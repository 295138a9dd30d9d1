//! Every command of the contract, in a household, in a worker's chat and from a stranger.

use serde_json::json;

use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::place::Place;
use crate::support::spec::HouseholdSpec;

const OF_HOUSEHOLDS: [&str; 4] = ["/report", "/need", "/lang", "/help"];
const OF_STAFF: [&str; 6] = ["/today", "/overdue", "/open", "/duty off", "/duty on", "/duty"];

on_both!(a_resident_finds_report_need_lang_and_help, async |town| {
    let Usual { home, .. } = town.usual().await;
    let answers = [
        ("/report", "report-open"),
        ("/REPORT", "report-open"),
        ("/report@doorstep_bot", "report-open"),
        ("/need", "need-ask"),
        ("/lang", "language-choice"),
        ("/help", "help-household"),
        ("/start", "help-household"),
        ("/today", "help-household"),
        ("/duty off", "help-household"),
    ];
    for (command, text_id) in answers {
        let mark = town.mark().await;
        home.says("妈妈", command).await;
        assert_eq!(home.heard_since(mark).await, [text_id], "{command}");
    }
    let mark = town.mark().await;
    home.says("妈妈", "/report@another_bot").await;
    assert_eq!(home.heard_since(mark).await, [] as [&str; 0], "meant for another bot");
    assert!(home.newest("help-household").await.text.contains("120"));
});

on_both!(a_worker_finds_today_overdue_open_duty_and_help, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.until("10:05").await;
    home.says("妈妈", "/need 大米").await;
    let wang = &cast.wang;
    for (command, words) in [
        ("/today", &["1"][..]),
        ("/overdue", &["3-502", "妈妈", "爸爸"]),
        ("/open", &["3-502", "R-1"]),
    ] {
        let mark = town.mark().await;
        wang.says(command).await;
        let answer = wang.letters_since(mark).await.messages();
        assert_eq!(answer.len(), 1, "{command}: {answer:#?}");
        let text = wang.shown(&answer[0]).text;
        assert!(words.iter().all(|word| text.contains(word)), "{command}: {text}");
    }
    for (command, on_duty) in [("/duty off", false), ("/duty", false), ("/duty on", true)] {
        let mark = town.mark().await;
        wang.says(command).await;
        assert_eq!(wang.heard_since(mark).await.len(), 1, "{command} is answered");
        assert_eq!(town.staff_row("Wang").await["on_duty"], on_duty, "{command}");
    }
    for command in ["/help", "/report", "/nonsense"] {
        let mark = town.mark().await;
        wang.says(command).await;
        assert_eq!(wang.heard_since(mark).await, ["help-staff"], "{command}");
    }
});

on_both!(a_list_can_be_worked_off_from_the_command, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.until("10:05").await;
    cast.lin.says("/overdue").await;
    let alert = home.story("alert").await[0]["ref"].clone();
    cast.lin.press("alert.contacted", json!({ "ref": alert })).await;
    assert_eq!(home.story("contact").await.len(), 1);
});

on_both!(who_is_named_as_worker_sees_the_household_whatever_their_role, async |town| {
    for (name, role, room) in [("Qi", "lead", "1-101"), ("Du", "doctor", "1-102")] {
        let away = town.staff(name, role, "Longgang").await;
        let mut spec = HouseholdSpec::new(room).members(["Chen"]);
        spec.worker = name.to_owned();
        town.household(spec).await;
        town.until("10:05").await;
        away.says("/open").await;
        let list = away.newest("open-list").await.text;
        assert!(list.contains(room), "{name}: never reached, and theirs to reach: {list}");
    }
});

on_both!(lists_show_nothing_of_anothers_area, async |town| {
    let spec = HouseholdSpec::new("8-204").members(["外婆", "小宝"]);
    let Usual { home, .. } = town.usual_with(spec).await;
    home.says("外婆", "38.5").await;
    town.until("10:05").await;
    let others = [
        town.staff("Zhou", "worker", "Yantian/Haishan/Grid 12").await,
        town.staff("Qi", "lead", "Yantian/Meisha").await,
        town.staff("Tan", "translator", "Yantian").await,
    ];
    for other in &others {
        for command in OF_STAFF.into_iter().chain(OF_HOUSEHOLDS) {
            let mark = town.mark().await;
            other.says(command).await;
            for letter in other.letters_since(mark).await.messages().iter() {
                let text = other.shown(letter).text;
                let leaks = ["8-204", "外婆", "小宝"].iter().any(|word| text.contains(word));
                assert!(!leaks, "{} {command}: {text}", other.name);
            }
        }
    }
});

on_both!(staff_commands_show_nothing_in_a_household, async |town| {
    let Usual { home, cast } = town.usual().await;
    let other = town.household(HouseholdSpec::new("7-903").members(["Claire"])).await;
    town.open_group(&other, &cast.wang).await;
    town.until("10:05").await;
    for command in OF_STAFF {
        let mark = town.mark().await;
        cast.wang.person.say(home.chat, command).unwrap();
        town.settle().await;
        for letter in home.letters_since(mark).await.messages().iter() {
            let text = home.shown(letter).text;
            assert!(!text.contains("7-903") && !text.contains("Claire"), "{command}: {text}");
            assert!(!letter.actions().iter().any(|action| action.starts_with("alert.")));
        }
    }
    assert_eq!(town.staff_row("Wang").await["on_duty"], true, "not from a household's chat");
});

on_both!(a_stranger_hears_one_neutral_sentence_an_hour, async |town| {
    let Usual { home, cast } = town.usual().await;
    let stranger = town.sandbox.person("Stranger", "en");
    stranger.start(town.bot, "").unwrap();
    town.settle().await;
    let place = Place { town, chat: stranger.chat_with(town.bot) };
    assert_eq!(place.letters().await.texts(), ["stranger"]);
    let told = place.newest("stranger").await.text;
    assert!(told.contains("120"), "{told}");
    assert!(!told.contains("3-502") && !told.contains("Yantian"), "{told}");

    let group = stranger.create_group("Elsewhere");
    stranger.open_startgroup(group, town.bot, "", None).unwrap();
    town.settle().await;
    let group = Place { town, chat: group };
    let rest = ["36.5", "38.9", "救命，喘不上气", "3-502 妈妈 36.5"];
    for words in OF_HOUSEHOLDS.into_iter().chain(OF_STAFF).chain(rest) {
        stranger.say(place.chat, words).unwrap();
        stranger.say(group.chat, words).unwrap();
        town.settle().await;
    }
    assert_eq!(place.letters().await.texts(), ["stranger"]);
    assert!(group.letters().await.messages().len() <= 1, "{:?}", group.letters().await);
    town.advance("59m").await;
    stranger.say(place.chat, "/help").unwrap();
    town.settle().await;
    assert_eq!(place.letters().await.texts(), ["stranger"]);
    town.advance("2m").await;
    stranger.say(place.chat, "/help").unwrap();
    town.settle().await;
    assert_eq!(place.letters().await.texts(), ["stranger"; 2]);
    assert_eq!(home.story("alert").await.len(), 0, "nothing is raised");
    assert_eq!(cast.wang.letters().await.of("danger-alert").len(), 0);
});
