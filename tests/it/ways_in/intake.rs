//! The questions that a household is asked once: when staff want it, in one message, never in the way.

use serde_json::{Value, json};

use crate::support::home::Home;
use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::place::Mark;
use crate::support::spec::HouseholdSpec;
use crate::support::staff::Staff;
use crate::support::town::Town;

fn household() -> Value {
    json!({ "household": "3-502" })
}

/// Staff look at the file and press one of its buttons.
async fn from_file(who: &Staff<'_>, action: &str) {
    who.says("/file 3-502").await;
    who.press(action, household()).await;
}

/// The answers on the file: `own_room yes`.
async fn answers(town: &Town) -> Vec<String> {
    let file = town.program.json(&["household", "show", "3-502"]).await;
    let line = |row: &Value| {
        let told = ["answer", "words"].iter().find_map(|name| row[*name].as_str());
        format!("{} {}", row["question"].as_str().unwrap(), told.unwrap_or("-"))
    };
    file["intake"].as_array().unwrap().iter().map(line).collect()
}

async fn messages_since(home: &Home<'_>, mark: Mark) -> usize {
    home.letters_since(mark).await.messages().len()
}

on_both!(a_household_is_asked_once_in_one_message, async |town| {
    let Usual { home, cast } = town.usual().await;
    let mark = town.mark().await;
    assert!(home.letters().await.of("intake-question").is_empty(), "nobody is asked unasked");
    from_file(&cast.wang, "intake.ask").await;
    let question = home.last("intake-question").await;
    assert_eq!(home.shown(&question).text.chars().next(), Some('1'));
    home.press("爸爸", "intake.answer", json!({ "question": "been_where", "answer": "no" })).await;
    home.press("妈妈", "intake.skip", json!({ "question": "followed" })).await;
    home.press("妈妈", "intake.answer", json!({ "question": "vaccinated", "answer": "some" }))
        .await;
    // In words: a reply to the question, or the words that were announced.
    let message = doorstep::sandbox::MessageId(question.message_id.unwrap());
    let tests = doorstep::sandbox::Draft::from("阴性，昨天做的").reply_to(message);
    let told = home.says("爸爸", tests).await;
    assert_eq!(home.reactions(told), ["👌"]);
    home.press("妈妈", "intake.write", json!({ "question": "own_room" })).await;
    home.says("妈妈", "妈妈 36.5").await;
    assert_eq!(home.readings().await, ["1 36.5"], "a reading stays a reading");
    home.says("妈妈", "两个人一间").await;
    home.press("爸爸", "intake.answer", json!({ "question": "all_agree", "answer": "yes" })).await;
    let expected = [
        "been_where no",
        "followed -",
        "vaccinated some",
        "test_results 阴性，昨天做的",
        "own_room 两个人一间",
        "all_agree yes",
    ];
    assert_eq!(answers(town).await, expected);
    assert_eq!(messages_since(&home, mark).await, 1, "one message went from question to question");
    assert!(home.shown(&question).buttons.is_empty(), "and ends without buttons");
    assert_eq!(home.last("intake-done").await.message_id, question.message_id);

    cast.wang.says("/file 3-502").await;
    let file = cast.wang.newest("file-view").await.text;
    assert!(file.contains("两个人一间") && file.contains("部分接种"), "{file}");
    let newest = cast.wang.last("file-view").await;
    assert!(newest.button("intake.ask", &household()).is_none(), "asked once");
});

on_both!(a_second_asking_and_a_late_answer_are_refused, async |town| {
    let Usual { home, cast } = town.usual().await;
    cast.wang.says("/file 3-502").await;
    let (message, data) = cast.wang.find_button("intake.ask", &household()).await.unwrap();
    cast.wang.press_data(&cast.wang.person, message, &data).await;
    let mark = town.mark().await;
    let again = cast.wang.press_data(&cast.wang.person, message, &data).await;
    assert!(again.is("intake-asked-before"), "{again:?}");
    assert_eq!(messages_since(&home, mark).await, 0);
    let first = json!({ "question": "been_where", "answer": "no" });
    let (message, data) = home.find_button("intake.answer", &first).await.unwrap();
    home.press_data(home.person("妈妈"), message, &data).await;
    let late = home.press_data(home.person("爸爸"), message, &data).await;
    assert!(late.is("already-closed"), "the message has gone on: {late:?}");
    assert_eq!(answers(town).await, ["been_where no"]);
});

on_both!(staff_answer_for_a_household, async |town| {
    let cast = town.cast().await;
    town.household(HouseholdSpec::new("3-502")).await;
    town.program.json(&["household", "phone", "3-502"]).await;
    cast.wang.says("/file 3-502").await;
    assert!(!cast.wang.offers("intake.ask", &household()).await, "nobody is asked by phone only");
    cast.wang.press("intake.enter", household()).await;
    cast.wang.press("intake.write", json!({ "question": "been_where" })).await;
    cast.wang.says("去过盐田").await;
    for (question, answer) in [
        ("followed", "no"),
        ("vaccinated", "all"),
        ("test_results", "negative"),
        ("own_room", "yes"),
        ("all_agree", "yes"),
    ] {
        let args = json!({ "question": question, "answer": answer });
        cast.wang.press("intake.answer", args).await;
    }
    let expected = [
        "been_where 去过盐田",
        "followed no",
        "vaccinated all",
        "test_results negative",
        "own_room yes",
        "all_agree yes",
    ];
    assert_eq!(answers(town).await, expected);
    cast.wang.last("intake-entered").await;
    // Again from the first: the newest answer stands.
    from_file(&cast.lin, "intake.enter").await;
    let args = json!({ "question": "been_where", "answer": "no" });
    cast.lin.press("intake.answer", args).await;
    assert_eq!(answers(town).await[0], "been_where no");
    let file = town.program.json(&["household", "show", "3-502"]).await;
    assert_eq!(file["intake"][0]["who"], json!({ "kind": "staff", "ref": cast.lin.code }));
});

on_both!(each_household_is_asked_in_its_own_language, async |town| {
    let spec = HouseholdSpec::new("3-502").language("fr").members(["Maman", "Papa"]);
    let Usual { home, cast } = town.usual_with(spec).await;
    from_file(&cast.wang, "intake.ask").await;
    let asked = home.newest("intake-question").await;
    assert!(asked.text.contains("zone à risque"), "{}", asked.text);
    assert_eq!(asked.buttons[0][0].text, "Non");
});
