//! Personal links: one account, one member, one way in.

use doorstep::sandbox::{Fault, FaultRule, Person, Right, Rights};
use serde_json::{Value, json};

use crate::support::home::{Home, word};
use crate::support::letter::Letters;
use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::place::{Mark, Place};
use crate::support::spec::HouseholdSpec;
use crate::support::town::Town;

/// A token for a member of 3-502, as the command line gives it.
async fn token(town: &Town, n: &str) -> String {
    let link = town.program.json(&["household", "link", "3-502", "--member", n]).await;
    assert_eq!(link["kind"], "person");
    assert_eq!(link["household"], "3-502");
    let token = word(&link["token"]);
    assert_eq!(link["url"], format!("https://t.me/doorstep_bot?start={token}"));
    token
}

/// Somebody uses a token.
async fn redeems(town: &Town, who: &Person, token: &str) -> Letters {
    let mark = town.mark().await;
    who.start(town.bot, token).unwrap();
    town.settle().await;
    Place { town, chat: who.chat_with(town.bot) }.letters_since(mark).await
}

/// The link to the group that somebody was sent.
fn address(letters: &Letters) -> String {
    letters.only("invite-link").buttons[0][0].data.clone()
}

/// Who was let in and who turned away, by the calls that were carried out.
fn judged(town: &Town, method: &str) -> Vec<Value> {
    let calls = town.sandbox.calls();
    let done = calls.into_iter().filter(|call| call.method == method && call.applied);
    done.map(|call| call.params["user_id"].clone()).collect()
}

fn is_in(town: &Town, home: &Home<'_>, who: &Person) -> bool {
    let members = town.sandbox.members(home.chat);
    members.iter().any(|member| member.user == who.id() && member.status.is_present())
}

on_both!(a_person_comes_in_by_a_link_of_their_own, async |town| {
    let Usual { home, cast } = town.usual().await;
    let dad = town.sandbox.person("Old Chen", "fr");
    let url = address(&redeems(town, &dad, &token(town, "2").await).await);
    let asked = home.letters().await.of("who-are-you").len();
    let mark = town.mark().await;
    dad.follow_link(&url).unwrap();
    town.settle().await;
    assert!(is_in(town, &home, &dad));
    let ids = &home.row().await["members"][1]["telegram_ids"];
    assert!(ids.as_array().unwrap().contains(&json!(dad.id().0)), "{ids}");
    let told = cast.wang.letters_since(mark).await.only("member-claimed");
    assert!(told.button("member.refuse", &json!({ "telegram_id": dad.id().0 })).is_some());
    dad.say(home.chat, "36.4").unwrap();
    town.settle().await;
    assert_eq!(home.readings().await, ["2 36.4"], "known without being asked");
    assert_eq!(home.letters().await.of("who-are-you").len(), asked);
    assert!(dad.follow_link(&url).is_err(), "the link is over");
    let calls = town.sandbox.calls();
    let made = calls.iter().find(|call| call.method == "createChatInviteLink").unwrap();
    assert_eq!(made.params["creates_join_request"], true);
    assert!(made.params.get("member_limit").is_none());
    let left = made.params["expire_date"].as_i64().unwrap() - made.at;
    assert!((172_790..=172_801).contains(&left), "48 hours on the real clock: {left}");
    assert!(!made.params["name"].as_str().unwrap().contains("爸爸"), "{:?}", made.params);
});

on_both!(nobody_else_comes_in_by_it, async |town| {
    let Usual { home, cast } = town.usual().await;
    let dad = town.sandbox.person("Old Chen", "zh-hans");
    let thief = town.sandbox.person("Thief", "en");
    let token = token(town, "2").await;
    let url = address(&redeems(town, &dad, &token).await);
    let mark = town.mark().await;
    let answer = redeems(town, &thief, &token).await;
    assert_eq!(answer.messages().texts(), ["invite-used"]);
    thief.follow_link(&url).unwrap();
    town.settle().await;
    thief.ask_in(home.chat).unwrap();
    town.settle().await;
    assert_eq!(judged(town, "declineChatJoinRequest"), [json!(thief.id().0), json!(thief.id().0)]);
    assert!(!is_in(town, &home, &thief));
    let told = |letters: Letters| letters.of("invite-turned-away").len();
    assert_eq!(told(cast.wang.letters_since(mark).await), 1, "once an hour");
    town.advance("61m").await;
    thief.ask_in(home.chat).unwrap();
    town.settle().await;
    assert_eq!(told(cast.wang.letters_since(mark).await), 2);
    assert!(home.letters_since(mark).await.of("invite-turned-away").is_empty());

    dad.follow_link(&url).unwrap();
    town.settle().await;
    assert_eq!(judged(town, "approveChatJoinRequest"), [json!(dad.id().0)]);
    assert!(is_in(town, &home, &dad));
});

on_both!(a_link_that_cannot_be_made_is_told_and_tried_again, async |town| {
    let Usual { home, cast } = town.usual().await;
    let without = Rights::usual().without(Right::InviteUsers);
    cast.wang.person.promote(home.chat, town.bot, without).unwrap();
    town.settle().await;
    let dad = town.sandbox.person("Old Chen", "zh-hans");
    let token = token(town, "2").await;
    let mark = town.mark().await;
    let answer = redeems(town, &dad, &token).await;
    assert_eq!(answer.messages().texts(), ["invite-failed"]);
    let told = cast.wang.letters_since(mark).await.only("invite-no-right");
    assert!(cast.wang.shown(&told).text.contains("爸爸"));
    cast.wang.person.promote(home.chat, town.bot, Rights::usual()).unwrap();
    town.settle().await;
    dad.follow_link(&address(&redeems(town, &dad, &token).await)).unwrap();
    town.settle().await;
    assert!(is_in(town, &home, &dad));
});

on_both!(a_link_and_a_token_hold_for_two_days, async |town| {
    let Usual { home, .. } = town.usual().await;
    let (dad, mum) = (town.sandbox.person("Dad", "en"), town.sandbox.person("Mum", "en"));
    let late = token(town, "1").await;
    let url = address(&redeems(town, &dad, &token(town, "2").await).await);
    town.advance("49h").await;
    dad.follow_link(&url).unwrap();
    town.settle().await;
    assert!(!is_in(town, &home, &dad));
    assert_eq!(judged(town, "declineChatJoinRequest"), [json!(dad.id().0)]);
    assert_eq!(redeems(town, &mum, &late).await.messages().texts(), ["invite-ended"]);
});

on_both!(a_new_token_ends_the_old_and_a_new_link_too, async |town| {
    let Usual { home, cast } = town.usual().await;
    let dad = town.sandbox.person("Dad", "en");
    let old = token(town, "2").await;
    let used = token(town, "2").await;
    assert_eq!(redeems(town, &dad, &old).await.messages().texts(), ["invite-ended"]);
    let first = address(&redeems(town, &dad, &used).await);
    assert_eq!(address(&redeems(town, &dad, &used).await), first, "the same link once more");
    cast.wang.says("/file 3-502").await;
    cast.wang.press("member.link", json!({ "household": "3-502", "n": 2 })).await;
    let told = cast.wang.newest("invite-hand-out").await.text;
    let (_, rest) = told.split_once("?start=").expect("a link");
    let handed: String = rest.chars().take_while(|c| !c.is_whitespace()).collect();
    let uncle = town.sandbox.person("Uncle", "en");
    let second = address(&redeems(town, &uncle, &handed).await);
    assert!(dad.follow_link(&first).is_err(), "one a person");
    uncle.follow_link(&second).unwrap();
    town.settle().await;
    assert!(is_in(town, &home, &uncle));
});

on_both!(whoever_is_in_already_is_only_known_now, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("3-502")).await;
    let home = town.bind_group(&household, &cast.wang).await;
    let mum = home.person("妈妈");
    cast.wang.person.add(home.chat, mum.id()).unwrap();
    town.settle().await;
    let answer = redeems(town, mum, &token(town, "1").await).await;
    assert_eq!(answer.messages().texts(), ["invite-already-in"]);
    assert_eq!(home.row().await["members"][0]["telegram_ids"], json!([mum.id().0]));
});

on_both!(a_household_without_a_group_lets_nobody_in_yet, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("3-502")).await;
    let token = token(town, "1").await;
    let mum = &household.people["妈妈"];
    assert_eq!(redeems(town, mum, &token).await.messages().texts(), ["invite-later"]);
    assert_eq!(
        redeems(town, &cast.wang.person, &token).await.messages().texts(),
        ["link-not-yours"]
    );
    let chat = cast.lin.person.create_group("3-502");
    town.use_startgroup(chat, &cast.lin.person, &token).await;
    assert_eq!(town.household_row("3-502").await["state"], "imported", "it binds no group");
    let home = town.bind_group(&household, &cast.wang).await;
    mum.follow_link(&address(&redeems(town, mum, &token).await)).unwrap();
    town.settle().await;
    assert!(is_in(town, &home, mum), "the token stayed valid");
    let unknown = ["household", "link", "3-502", "--member", "9", "--json"];
    assert_eq!(town.program.run(&unknown).await.code, Some(2));
});

on_both!(whoever_staff_turned_away_stays_outside, async |town| {
    let Usual { home, cast } = town.usual().await;
    let dad = town.sandbox.person("Dad", "en");
    dad.follow_link(&address(&redeems(town, &dad, &token(town, "2").await).await)).unwrap();
    town.settle().await;
    cast.wang
        .press("member.refuse", json!({ "household": "3-502", "telegram_id": dad.id().0 }))
        .await;
    dad.leave(home.chat).unwrap();
    town.settle().await;
    let answer = redeems(town, &dad, &token(town, "2").await).await;
    assert_eq!(answer.messages().texts(), ["link-not-yours"]);
});

on_both!(nobody_is_let_in_while_a_stranger_is_there, async |town| {
    let Usual { mut home, cast } = town.usual().await;
    let dad = town.sandbox.person("Dad", "en");
    let waits = token(town, "1").await;
    let url = address(&redeems(town, &dad, &token(town, "2").await).await);
    cast.wang.press("everybody.in", json!({ "household": "3-502" })).await;
    let stranger = home.lets_in("客人", "妈妈").await;
    assert_eq!(home.row().await["state"], "held");
    dad.follow_link(&url).unwrap();
    town.settle().await;
    assert!(!is_in(town, &home, &dad));
    let uncle = town.sandbox.person("Uncle", "en");
    assert_eq!(redeems(town, &uncle, &waits).await.messages().texts(), ["invite-later"]);
    stranger.leave(home.chat).unwrap();
    town.settle().await;
    assert_eq!(home.row().await["state"], "active");
    dad.follow_link(&url).unwrap();
    town.settle().await;
    assert!(is_in(town, &home, &dad));
    assert_eq!(home.row().await["state"], "active", "whoever came by a link is no stranger");
});

on_both!(neither_a_repeat_nor_a_power_cut_lets_anybody_in_twice, async |town| {
    let Usual { home, cast } = town.usual().await;
    let dad = town.sandbox.person("Dad", "en");
    let token = token(town, "2").await;
    town.sandbox.add_fault(FaultRule::new(Fault::RepeatUpdates).every(2).times(6));
    let mark: Mark = town.mark().await;
    dad.start(town.bot, &token).unwrap();
    town.kill();
    town.serve_again().await;
    town.settle().await;
    let place = Place { town, chat: dad.chat_with(town.bot) };
    dad.follow_link(&address(&place.letters_since(mark).await)).unwrap();
    town.kill();
    town.serve_again().await;
    town.settle().await;
    assert_eq!(judged(town, "approveChatJoinRequest"), [json!(dad.id().0)]);
    assert!(is_in(town, &home, &dad));
    assert_eq!(cast.wang.letters_since(mark).await.of("member-claimed").len(), 1);
});

/// How many households they crowd at, and how many come before the town has dealt with them.
const DOORS: usize = 12;
const WAVE: usize = 500;

/// Who may come in is decided above the database: on PostgreSQL every seventh of them asks.
fn crowd(town: &Town) -> usize {
    if town.database.starts_with("sqlite:") { 10_000 } else { 1_500 }
}

on_both!(ten_thousand_ask_and_none_is_wrongly_let_in, async |town| {
    let cast = town.cast().await;
    let mut homes = Vec::new();
    let mut rightful = Vec::new();
    for door in 0..DOORS {
        let door = format!("3-{}", 501 + door);
        let household = town.household(HouseholdSpec::new(&door)).await;
        let home = town.bind_group(&household, &cast.wang).await;
        let link = town.program.json(&["household", "link", &door, "--member", "1"]).await;
        let mum = household.people["妈妈"].clone();
        let url = address(&redeems(town, &mum, &word(&link["token"])).await);
        rightful.push((mum, url));
        homes.push(home);
    }
    let waves = crowd(town) / WAVE;
    for wave in 0..waves {
        for n in 0..WAVE {
            let stranger = town.sandbox.person("Stranger", "en");
            let (_, url) = &rightful[n % DOORS];
            // By a link of somebody else's, or once that is over by another's.
            if n % 3 == 0 || stranger.follow_link(url).is_err() {
                stranger.ask_in(homes[n % DOORS].chat).unwrap();
            }
        }
        // In the middle of the crowd, and by another's link first.
        for door in (0..DOORS).filter(|door| door % waves == wave) {
            let (mum, own) = &rightful[door];
            mum.follow_link(&rightful[(door + 1) % DOORS].1).ok();
            mum.follow_link(own).unwrap();
        }
        town.settle().await;
    }
    let mut let_in = judged(town, "approveChatJoinRequest");
    let mut expected: Vec<Value> = rightful.iter().map(|(mum, _)| json!(mum.id().0)).collect();
    let by_number = |id: &Value| id.as_i64();
    let_in.sort_by_key(by_number);
    expected.sort_by_key(by_number);
    assert_eq!(let_in, expected);
    assert!(judged(town, "declineChatJoinRequest").len() >= crowd(town));
    for home in &homes {
        let present = town.sandbox.members(home.chat);
        assert_eq!(present.iter().filter(|m| m.status.is_present()).count(), 3, "{present:?}");
    }
    assert_eq!(cast.wang.letters().await.of("invite-turned-away").len(), DOORS, "once a household");
});
