//! A household in which everything happens that can leave a word behind, each word of its own kind.

use chrono::TimeDelta;
use doorstep::sandbox::{Draft, Person};
use serde_json::json;

use crate::support::home::Home;
use crate::support::opening::Household;
use crate::support::spec::{HouseholdSpec, csv};
use crate::support::staff::Cast;
use crate::support::town::Town;

/// The telephone number in the file of the household that is released.
pub const PHONE_OF_FIRST: &str = "+86 755 0000 1931";
const PHONE_OF_OTHERS: &str = "+86 755 0000 2002";

/// A household and the word with which all its words begin.
pub struct Life<'t> {
    pub home: Home<'t>,
    town: &'t Town,
    cast: Cast<'t>,
    herd: String,
}

impl<'t> Life<'t> {
    /// A household is imported and opened. Its period ends today if it `lasts` a day.
    pub async fn begin(
        town: &'t Town,
        cast: &Cast<'t>,
        herd: &str,
        lasts: Option<u32>,
        both: &Person,
    ) -> Self {
        let today = town.today().await;
        let spec = HouseholdSpec::new(&format!("{herd}code-{herd}roomofalongname"))
            .starts_on(lasts.map_or(today, |_| today - TimeDelta::days(1)))
            .lasts(lasts.unwrap_or(40));
        let (mum, dad) = (format!("{herd}mum"), format!("{herd}dad"));
        let spec = HouseholdSpec { members: vec![mum.clone(), dad.clone()], ..spec };
        let phone = if lasts.is_some() { PHONE_OF_FIRST } else { PHONE_OF_OTHERS };
        let file = csv(std::slice::from_ref(&spec), today);
        let row = |line: &str| match line.strip_suffix(",,") {
            Some(known) => format!("{known},{phone},{herd}label,{herd}owner"),
            None => format!("{line},phone_owner"),
        };
        let file: Vec<String> = file.lines().map(row).collect();
        assert_eq!(town.import_text(&file.join("\n"), &[]).await.code, Some(0));
        let account = |word: &str| town.sandbox.person(&format!("{word}account"), "zh-hans");
        let people = [(mum.clone(), account(&mum)), (dad.clone(), account(&dad))].into();
        let mut home = town.open_group(&Household { spec, people }, &cast.wang).await;
        // Somebody who lives in two households, and somebody who lives in none.
        home.welcomes("both", both, &mum).await;
        let stranger = town.sandbox.person(&format!("{herd}stranger"), "en");
        home.welcomes("stranger", &stranger, &mum).await;
        cast.wang.person.retitle(home.chat, &format!("{herd}title")).expect("the creator may");
        town.link(&home.code).await;
        town.settle().await;
        Self { home, town, cast: cast.clone(), herd: herd.to_owned() }
    }

    fn word(&self, what: &str) -> String {
        format!("{}{what}", self.herd)
    }

    /// Readings, words, requests, a danger: as many as there are ways to say something.
    pub async fn morning(&self) {
        let (home, cast) = (&self.home, &self.cast);
        let (mum, dad) = (self.word("mum"), self.word("dad"));
        let message = home.says(&mum, format!("{mum} 36.5 {}", self.word("reading"))).await;
        home.edits(&mum, message, &format!("{mum} 36.7 {}", self.word("edit"))).await;
        home.says(&dad, format!("367 {}", self.word("unclear"))).await;
        home.says("stranger", format!("{} 36.6", self.word("foreign"))).await;
        home.press(&mum, "talk.open", json!({})).await;
        home.says(&mum, self.word("words")).await;
        let shown = cast.wang.newest("talk-from-household").await;
        cast.wang.says(Draft::from(self.word("answer")).reply_to(shown.id)).await;
        home.says(&mum, format!("/need {}", self.word("rice"))).await;
        self.decline().await;
        let caption = format!("/need {}", self.word("photo"));
        home.says(&dad, Draft::photo(&caption)).await;
        let request = self.newest_request().await;
        cast.wang.presses("need.deliver", &request).await;
        home.press(&mum, "need.confirm", json!({ "ref": request })).await;
        // To the bot alone.
        let person = home.person(&mum);
        person.start(self.town.bot, "").expect("the bot is there");
        let private = person.chat_with(self.town.bot);
        person.say(private, self.word("private")).expect("they may write");
        self.town.settle().await;
    }

    async fn decline(&self) {
        let request = self.newest_request().await;
        self.cast.wang.presses("need.decline", &request).await;
        self.cast.wang.says(self.word("decline")).await;
    }

    async fn newest_request(&self) -> String {
        let list = self.town.program.json(&["supply", "list"]).await;
        let newest = list.as_array().and_then(|list| list.last()).expect("a request");
        newest["ref"].as_str().expect("a reference").to_owned()
    }

    /// A member is late, staff look, type a value, press, close a danger.
    pub async fn late_morning(&self) {
        let (home, cast) = (&self.home, &self.cast);
        let dad = self.word("dad");
        for command in ["/overdue", "/today", "/open"] {
            cast.wang.says(command).await;
            cast.lin.says(command).await;
        }
        let overdue = home.alert("overdue").await;
        cast.wang.presses("alert.no_answer", &overdue).await;
        cast.wang.says(format!("{}, {dad}, 36.8", home.code)).await;
        cast.wang.says(self.word("muttered")).await;
        self.file().await;
        home.says(&dad, format!("{dad} 38.9 {}", self.word("fever"))).await;
        let alert = home.alert("danger").await;
        self.town.advance("61m").await;
        cast.lin.presses("alert.close", &alert).await;
        cast.lin.says(self.word("closing")).await;
    }

    /// The worker looks at the file, hands out a link and writes an answer into it.
    async fn file(&self) {
        let (code, wang) = (&self.home.code, &self.cast.wang);
        self.town.program.json(&["household", "link", code, "--member", "1"]).await;
        wang.says(format!("/file {code}")).await;
        wang.press("intake.enter", json!({ "household": code })).await;
        let question = json!({ "household": code, "question": "been_where" });
        wang.press("intake.write", question).await;
        wang.says(self.word("whereabouts")).await;
    }

    /// The last reports of the period.
    pub async fn evening(&self) {
        let (mum, dad) = (self.word("mum"), self.word("dad"));
        self.home.says(&mum, format!("{mum} 36.4 {dad} 36.5")).await;
    }

    /// People go on talking when it is over.
    pub async fn afterwards(&self) {
        let mum = self.word("mum");
        self.home.says(&mum, self.word("thanks")).await;
        self.town.advance("96h").await;
        let person = self.home.person(&mum);
        let private = person.chat_with(self.town.bot);
        person.say(private, self.word("again")).expect("they may write");
        self.cast.wang.says(format!("{}, {mum}, 36.8", self.home.code)).await;
    }

    /// By which Telegram knows the chat and those who live here and nowhere else.
    pub fn telegram_ids(&self) -> Vec<String> {
        let people = ["mum", "dad", "stranger"].map(|who| match who {
            "stranger" => self.home.person(who).id().0,
            who => self.home.person(&self.word(who)).id().0,
        });
        let chat = self.home.chat.number();
        people.into_iter().chain([chat]).map(|id| id.to_string()).collect()
    }

    /// What was said, each word as it must have been written down at first.
    pub fn words(&self) -> Vec<String> {
        let raw =
            ["title", "reading", "edit", "unclear", "foreign", "private", "muttered", "fever"];
        let raw = raw.iter().map(|word| self.word(word));
        self.words_in_rows().into_iter().chain(raw).collect()
    }

    /// Those that stay while the household does.
    pub fn words_in_rows(&self) -> Vec<String> {
        let words = [
            "code",
            "roomofalongname",
            "label",
            "mum",
            "dad",
            "mumaccount",
            "dadaccount",
            "stranger",
            "words",
            "answer",
            "rice",
            "photo",
            "decline",
            "closing",
            "owner",
            "whereabouts",
        ];
        words.iter().map(|word| self.word(word)).collect()
    }
}
