//! What breaks in a household's chat: rights that are taken away, people who go, chats that are deleted
//! or renamed. A person is told once, in words. And groups that are nobody's are left, saying nothing.

use doorstep::sandbox::{ChatId, Draft, Right, Rights};
use serde_json::json;

use crate::support::home::word;
use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::place::Place;
use crate::support::spec::HouseholdSpec;
use crate::support::town::{Rules, Town};

/// The rights that follow-up needs, each with the words by which a Chinese worker is told of it.
const NEEDED: [(Right, &str); 4] = [
    (Right::InviteUsers, "邀请用户"),
    (Right::PinMessages, "置顶消息"),
    (Right::DeleteMessages, "删除消息"),
    (Right::RestrictMembers, "封禁用户"),
];

// ---- Rights ----

on_both!(each_right_that_is_lost_is_told_once_and_by_name, async |town| {
    let Usual { home, cast } = town.usual().await;
    let gives = async |rights: Rights| {
        cast.wang.person.promote(home.chat, town.bot, rights).unwrap();
        town.settle().await;
    };
    for (right, name) in NEEDED {
        let mark = town.mark().await;
        gives(Rights::usual().without(right)).await;
        let told = cast.wang.letters_since(mark).await.messages().only("rights-lost");
        let text = cast.wang.shown(&told).text;
        for (other, words) in NEEDED {
            assert_eq!(text.contains(words), other == right, "{words} in {text}, without {name}");
        }
        gives(Rights::usual().without(right).without(Right::ChangeInfo)).await;
        assert_eq!(cast.wang.heard_since(mark).await, ["rights-lost"], "once");
        gives(Rights::usual()).await;
        assert_eq!(cast.wang.heard_since(mark).await, ["rights-lost", "rights-back"]);
    }
    let mark = town.mark().await;
    gives(Rights::usual().without(Right::PostStories).without(Right::ManageVideoChats)).await;
    assert!(cast.wang.heard_since(mark).await.is_empty(), "what nobody needs is not missed");
    gives(Rights::bare()).await;
    gives(Rights::bare().with(Right::PinMessages)).await;
    assert_eq!(cast.wang.heard_since(mark).await, ["rights-lost"], "some of them are back");
    assert_eq!(home.row().await["state"], "active");
    assert!(home.story("alert").await.is_empty());
});

on_both!(what_was_never_given_is_told_when_the_chat_is_bound, async |town| {
    let cast = town.cast().await;
    town.household(HouseholdSpec::new("3-502")).await;
    let token = word(&town.link("3-502").await["token"]);
    let chat = cast.wang.person.create_group("3-502");
    let rights = Rights::usual().without(Right::RestrictMembers);
    let mark = town.mark().await;
    cast.wang.person.open_startgroup(chat, town.bot, &token, Some(rights)).unwrap();
    town.settle().await;
    cast.wang.letters_since(mark).await.messages().only("rights-lost");
});

on_both!(who_is_demoted_further_is_told_no_more, async |town| {
    let Usual { home, cast } = town.usual().await;
    let mark = town.mark().await;
    cast.wang.person.demote(home.chat, town.bot).unwrap();
    town.settle().await;
    cast.wang.person.restrict(home.chat, town.bot).unwrap();
    town.settle().await;
    assert_eq!(home.heard_since(mark).await, ["chat-unheard"]);
    assert_eq!(home.alert_steps("unheard").await, ["A-1 raised"]);
    cast.wang.person.promote(home.chat, town.bot, Rights::usual()).unwrap();
    town.settle().await;
    assert_eq!(home.alert_steps("unheard").await, ["A-1 raised", "A-1 resolved"]);
});

// ---- People who go ----

on_both!(a_worker_who_is_put_out_learns_how_to_come_back, async |town| {
    let Usual { home, cast } = town.usual().await;
    home.says("妈妈", "妈妈36.5 爸爸36.6").await;
    cast.wang.person.promote(home.chat, home.person("妈妈").id(), Rights::usual()).unwrap();
    for put_out in [true, false] {
        let mark = town.mark().await;
        if put_out {
            home.person("妈妈").remove(home.chat, cast.wang.person.id()).unwrap();
        } else {
            cast.wang.person.leave(home.chat).unwrap();
        }
        town.settle().await;
        let told = cast.wang.letters_since(mark).await.messages().only("worker-left");
        assert!(cast.wang.shown(&told).text.contains("3-502"));
        home.says("妈妈", "门口有人吗").await;
        assert_eq!(
            cast.wang.heard_since(mark).await,
            ["worker-left", "talk-from-household"],
            "what they write comes at once"
        );
        home.person("妈妈").add(home.chat, cast.wang.person.id()).unwrap();
        town.settle().await;
        let mark = town.mark().await;
        home.says("妈妈", "您在吗").await;
        assert!(cast.wang.heard_since(mark).await.is_empty(), "there again, and hears it there");
    }
    assert_eq!(home.story("alert").await, [] as [serde_json::Value; 0]);
});

on_both!(a_chat_that_everybody_has_left_is_the_workers_to_call, async |town| {
    let Usual { home, cast } = town.usual().await;
    home.person("爸爸").leave(home.chat).unwrap();
    town.settle().await;
    assert!(home.alert_steps("unreachable").await.is_empty(), "one is still there");
    let mark = town.mark().await;
    home.person("妈妈").leave(home.chat).unwrap();
    town.settle().await;
    assert_eq!(home.alert_steps("unreachable").await, ["A-1 raised"]);
    let alerts = home.story("alert").await;
    assert_eq!(alerts[0]["marks"], json!(["empty"]));
    let list = cast.wang.letters_since(mark).await.messages().only("overdue-list");
    assert!(cast.wang.shown(&list).text.contains("都已退群"));
    cast.wang.person.add(home.chat, home.person("妈妈").id()).unwrap();
    town.settle().await;
    assert_eq!(home.alert_steps("unreachable").await, ["A-1 raised", "A-1 resolved"]);
    home.says("妈妈", "妈妈 36.5").await;
    assert_eq!(home.readings().await, ["1 36.5"]);
});

// ---- Chats ----

on_both!(a_chat_that_is_deleted_is_told_once_and_knocked_at_no_more, async |town| {
    let Usual { home, cast } = town.usual().await;
    let mark = town.mark().await;
    cast.wang.person.delete_group(home.chat).unwrap();
    town.settle().await;
    assert_eq!(home.alert_steps("unreachable").await, ["A-1 raised"]);
    assert_eq!(cast.wang.heard_since(mark).await, ["overdue-list"]);
    let calls = town.sandbox.calls().len();
    town.until("08:05").await;
    town.until("09:05").await;
    let refused = town.sandbox.calls_since(calls).iter().filter(|c| c.status == Some(403)).count();
    assert!(refused <= 1, "{refused} letters to a chat that is gone");
    assert_eq!(home.alert_steps("unreachable").await[0], "A-1 raised");
});

on_both!(a_title_is_noted_and_means_nothing, async |town| {
    let Usual { home, cast } = town.usual().await;
    let (before, mark) = (home.row().await, town.mark().await);
    cast.wang.person.retitle(home.chat, "7-903").unwrap();
    town.settle().await;
    assert_eq!(home.row().await, before);
    assert!(home.heard_since(mark).await.is_empty());
    let noted = "SELECT count(*) FROM journal WHERE action = 'chat.title'";
    assert_eq!(town.count(noted).await, 1);
    home.says("妈妈", "妈妈 36.5").await;
    assert_eq!(home.readings().await, ["1 36.5"]);
});

// ---- Groups that are nobody's ----

/// What was done in a group: `sendMessage` and `leaveChat`, in order.
fn done_in(town: &Town, chat: ChatId) -> Vec<String> {
    let calls = town.sandbox.calls();
    let here = calls.iter().filter(|call| call.params["chat_id"] == chat.number());
    here.map(|call| call.method.clone()).collect()
}

on_both!(a_group_that_nobody_binds_is_left_after_ten_minutes, async |town| {
    town.cast().await;
    let person = town.sandbox.person("路人", "zh-hans");
    let chat = person.create_group("广场舞");
    person.add(chat, town.bot).unwrap();
    town.settle().await;
    town.advance("9m").await;
    assert!(done_in(town, chat).is_empty(), "{:?}", done_in(town, chat));
    town.advance("2m").await;
    assert_eq!(done_in(town, chat), ["sendMessage", "leaveChat"]);
    let place = Place { town, chat };
    place.letters().await.only("stranger");
    assert_eq!(place.letters().await.of("stranger")[0].state, "sent");
    town.advance("2h").await;
    assert_eq!(done_in(town, chat).len(), 2, "it is over");
    person.add(chat, town.bot).unwrap();
    town.settle().await;
    town.advance("11m").await;
    assert_eq!(done_in(town, chat).len(), 4, "and begins anew");
});

on_both!(a_group_that_was_told_already_is_left_without_a_word, async |town| {
    let person = town.sandbox.person("路人", "zh-hans");
    let chat = person.create_group("广场舞");
    person.open_startgroup(chat, town.bot, "guessed", Some(Rights::usual())).unwrap();
    town.settle().await;
    town.advance("11m").await;
    assert_eq!(done_in(town, chat), ["sendMessage", "leaveChat"], "one sentence in all");
});

on_both!(a_group_that_is_bound_in_time_is_not_left, async |town| {
    let cast = town.cast().await;
    town.household(HouseholdSpec::new("3-502")).await;
    let token = word(&town.link("3-502").await["token"]);
    let chat = cast.wang.person.create_group("3-502");
    cast.wang.person.add(chat, town.bot).unwrap();
    cast.wang.person.promote(chat, town.bot, Rights::usual()).unwrap();
    town.settle().await;
    town.advance("9m").await;
    cast.wang.person.say(chat, format!("/link {token}")).unwrap();
    town.settle().await;
    town.advance("2m").await;
    assert_eq!(town.household_row("3-502").await["state"], "binding");
    assert!(!done_in(town, chat).contains(&"leaveChat".to_owned()));
});

on_both!(a_group_from_which_it_was_put_out_is_not_spoken_to, async |town| {
    let person = town.sandbox.person("路人", "zh-hans");
    let chat = person.create_group("广场舞");
    person.add(chat, town.bot).unwrap();
    town.settle().await;
    person.remove(chat, town.bot).unwrap();
    town.settle().await;
    town.advance("11m").await;
    assert!(done_in(town, chat).is_empty());
});

on_both!(a_group_that_must_not_be_written_in_is_left_all_the_same, async |town| {
    let admin = town.staff("Admin", "admin", "Yantian").await;
    let person = town.sandbox.person("路人", "zh-hans");
    let chat = person.create_group("广场舞");
    person.add(chat, town.bot).unwrap();
    person.restrict(chat, town.bot).unwrap();
    town.settle().await;
    let mark = town.mark().await;
    town.advance("11m").await;
    assert_eq!(done_in(town, chat), ["sendMessage", "leaveChat"]);
    assert!(admin.heard_since(mark).await.is_empty(), "no matter for the operator");
});

/// Words that only one household, or staff, may read.
const CANARIES: [&str; 7] =
    ["妈妈金丝雀", "爸爸金丝雀", "39-金丝雀", "网格员金丝雀", "大米金丝雀", "36.4", "38.7"];
/// How many groups somebody brings the bot into.
const GROUPS: usize = 1000;
/// What is tried in them.
const TRIED: [&str; 8] = [
    "/start",
    "/today",
    "/report",
    "/open@doorstep_bot",
    "/link AAAAAAAAAAAAAAAAAAAAAA",
    "/need 39-金丝雀",
    "妈妈金丝雀 38.9",
    "救命，喘不上气",
];

on_both!(
    a_thousand_foreign_groups_read_not_one_personal_byte,
    Rules::usual().with("QUIET__FROM", "23:58"),
    async |town| {
        let wang = town.staff("网格员金丝雀", "worker", crate::support::spec::GRID).await;
        let mut spec = HouseholdSpec::new("39-金丝雀").members(["妈妈金丝雀", "爸爸金丝雀"]);
        spec.worker = "网格员金丝雀".into();
        let household = town.household(spec).await;
        let home = town.open_group(&household, &wang).await;
        home.says("妈妈金丝雀", "妈妈金丝雀 36.4").await;
        home.says("妈妈金丝雀", "爸爸金丝雀 38.7").await;
        home.says("妈妈金丝雀", "/need 大米金丝雀").await;
        let token = word(&town.link("39-金丝雀").await["token"]);

        let calls = town.sandbox.calls().len();
        let thief = town.sandbox.person("路人", "zh-hans");
        let mut chats = Vec::new();
        for at in 0..GROUPS {
            let chat = thief.create_group("39-金丝雀");
            let words = Draft::from(TRIED[(at / 4) % TRIED.len()]);
            match at % 4 {
                0 => drop(thief.open_startgroup(chat, town.bot, &token, Some(Rights::usual()))),
                1 => drop(thief.open_startgroup(chat, town.bot, &token, None)),
                _ => {
                    thief.add(chat, town.bot).unwrap();
                    let words = if at % 4 == 2 { words.anonymously() } else { words };
                    thief.say(chat, words).unwrap();
                }
            }
            chats.push(chat.number());
        }
        town.settle().await;
        town.advance("11m").await;

        let (mut left, mut said) = (0, 0);
        for call in town.sandbox.calls_since(calls) {
            let Some(chat) = call.params["chat_id"].as_i64().filter(|chat| chats.contains(chat))
            else {
                continue;
            };
            let out = call.params.to_string();
            for canary in CANARIES {
                assert!(!out.contains(canary), "{canary} in {chat}: {out}");
            }
            left += usize::from(call.method == "leaveChat" && call.status == Some(200));
            said += usize::from(call.method == "sendMessage");
        }
        assert_eq!(left, GROUPS, "every one is left");
        assert!(said >= GROUPS, "and told something neutral: {said}");
        assert_eq!(town.household_row("39-金丝雀").await["chat_id"], home.chat.number());
        println!("{GROUPS} foreign groups, {said} messages, 0 personal bytes");
    }
);
