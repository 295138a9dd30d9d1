//! Residents' own words reach a person, and the answer comes back under a name.

use doorstep::sandbox::Draft;
use serde_json::json;

use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::spec::HouseholdSpec;
use crate::support::town::ZONE;

/// What nobody can take for a reading, a command or a request.
const WORDS: &str = "楼上装修太吵了";

on_both!(words_that_no_worker_hears_are_shown_at_once, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("5-101").members(["Chen"])).await;
    let home = town.open_private(&household).await;
    town.until("08:05").await;
    let mark = town.mark().await;
    home.says("Chen", WORDS).await;
    let shown = cast.wang.letters_since(mark).await.only("talk-from-household");
    let text = cast.wang.shown(&shown).text;
    assert!(text.contains(WORDS) && text.contains("5-101"), "{text}");
    assert_eq!(shown.lane, "relay");
    assert_eq!(home.heard_since(mark).await, [] as [&str; 0]);
});

on_both!(words_that_the_worker_could_hear_are_shown_after_an_hour, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.until("08:05").await;
    home.says("妈妈", "妈妈36.5 爸爸36.6").await;
    let mark = town.mark().await;
    home.says("妈妈", WORDS).await;
    town.advance("59m").await;
    assert_eq!(cast.wang.heard_since(mark).await, [] as [&str; 0]);
    town.advance("2m").await;
    let shown = cast.wang.letters_since(mark).await.only("talk-from-household");
    assert_eq!(shown.time_in(ZONE), "09:05");
    assert!(cast.wang.shown(&shown).text.contains(WORDS));
});

on_both!(words_that_were_answered_in_the_chat_are_not_shown, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.until("08:05").await;
    home.says("妈妈", "妈妈36.5 爸爸36.6").await;
    let mark = town.mark().await;
    home.says("妈妈", WORDS).await;
    town.advance("30m").await;
    cast.wang.person.say(home.chat, "我去看看").unwrap();
    town.settle().await;
    town.advance("2h").await;
    assert_eq!(cast.wang.heard_since(mark).await, [] as [&str; 0]);
});

on_both!(an_answer_goes_back_under_a_name, async |town| {
    let cast = town.cast().await;
    let spec = HouseholdSpec::new("5-101").language("fr").members(["Claire"]);
    let household = town.household(spec).await;
    let home = town.open_private(&household).await;
    home.says("Claire", "Quand arrive le pain ?").await;
    let shown = cast.wang.newest("talk-from-household").await;
    let mark = town.mark().await;
    let reply = cast.wang.says(Draft::from("下午三点").reply_to(shown.id)).await;
    let passed_on = home.letters_since(mark).await.only("talk-from-staff");
    let text = home.shown(&passed_on).text;
    assert!(text.contains("Wang") && text.contains("下午三点"), "{text}");
    assert_eq!(cast.wang.reactions(reply), ["👌"]);
});

on_both!(who_asks_for_a_person_is_heard_at_once, async |town| {
    let Usual { home, cast } = town.usual().await;
    town.until("08:05").await;
    let mark = town.mark().await;
    home.press("妈妈", "talk.open", json!({})).await;
    assert_eq!(home.heard_since(mark).await, ["talk-opened"]);
    assert_eq!(cast.wang.heard_since(mark).await, ["talk-wanted"]);
    home.says("妈妈", WORDS).await;
    assert_eq!(cast.wang.heard_since(mark).await, ["talk-wanted", "talk-from-household"]);
});

on_both!(a_recording_is_passed_on_as_it_is, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("5-101").members(["Chen"])).await;
    let home = town.open_private(&household).await;
    let mark = town.mark().await;
    home.says("Chen", Draft::voice(Some("audio/ogg"))).await;
    let told = cast.wang.letters_since(mark).await;
    let copies = told.by("copyMessage");
    assert_eq!(copies.len(), 1, "{told:#?}");
    assert_eq!(cast.wang.shown(&copies[0]).kind, "voice");
});

on_both!(readings_and_commands_are_no_conversation, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("5-101").members(["Chen"])).await;
    let home = town.open_private(&household).await;
    town.until("08:05").await;
    let mark = town.mark().await;
    for text in ["36.5", "/help", "/report", "/lang"] {
        home.says("Chen", text).await;
    }
    assert_eq!(cast.wang.heard_since(mark).await, [] as [&str; 0]);
});

on_both!(a_forwarded_text_is_nobodys_answer, async |town| {
    let cast = town.cast().await;
    let household = town.household(HouseholdSpec::new("5-101").members(["Chen"])).await;
    let home = town.open_private(&household).await;
    home.says("Chen", WORDS).await;
    let shown = cast.wang.newest("talk-from-household").await.id;
    let mark = town.mark().await;
    cast.wang.says(Draft::from("别的话").forwarded_from(&cast.lin.person).reply_to(shown)).await;
    assert_eq!(home.heard_since(mark).await, [] as [&str; 0]);
});
