//! How a household is opened, by the contract's steps: from the file to a chat in which everybody is
//! known. The tests of the steps themselves stand in `opening.rs` of the tests.

use std::collections::BTreeMap;

use doorstep::sandbox::{ChatId, Person, Rights};
use serde_json::{Value, json};

use super::home::Home;
use super::place::Place;
use super::spec::HouseholdSpec;
use super::staff::{Cast, Staff};
use super::town::Town;

/// A household of the file that is not open yet, and the people who will be in its chat.
#[derive(Clone, Debug)]
pub struct Household {
    pub spec: HouseholdSpec,
    pub people: BTreeMap<String, Person>,
}

/// The household and the staff of most conversations.
#[derive(Clone, Debug)]
pub struct Usual<'t> {
    pub home: Home<'t>,
    pub cast: Cast<'t>,
}

impl Town {
    /// The usual staff, and Wang's household 3-502 with 妈妈 and 爸爸 in an open group.
    pub async fn usual(&self) -> Usual<'_> {
        self.usual_with(HouseholdSpec::new("3-502")).await
    }

    /// The usual staff, and this household in an open group.
    pub async fn usual_with(&self, spec: HouseholdSpec) -> Usual<'_> {
        let cast = self.cast().await;
        let household = self.household(spec).await;
        let home = self.open_group(&household, &cast.wang).await;
        Usual { home, cast }
    }

    /// Imports a household. Each member has an account in the household's language.
    pub async fn household(&self, spec: HouseholdSpec) -> Household {
        self.import(std::slice::from_ref(&spec)).await;
        let language = spec.language.split('-').next().expect("a tag has a first part");
        let account = |word: &String| (word.clone(), self.sandbox.person(word, language));
        let people = spec.members.iter().map(account).collect();
        Household { spec, people }
    }

    /// A new link to a household, as the command line gives it.
    pub async fn link(&self, code: &str) -> Value {
        self.program.json(&["household", "link", code]).await
    }

    /// A group with the bot as administrator, in which somebody entitled has used the link.
    pub async fn bind_group(&self, household: &Household, by: &Staff<'_>) -> Home<'_> {
        let code = &household.spec.code;
        let link = self.link(code).await;
        let chat = by.person.create_group(code);
        self.use_startgroup(chat, &by.person, &word(&link["token"])).await;
        let place = Place { town: self, chat };
        Home { code: code.clone(), people: household.people.clone(), place }
    }

    /// Somebody adds the bot to a group by a startgroup link, as administrator.
    pub async fn use_startgroup(&self, chat: ChatId, who: &Person, token: &str) {
        self.note(&format!("{} adds the bot to {chat:?}", who.id().0));
        let used = who.open_startgroup(chat, self.bot, token, Some(Rights::usual()));
        used.expect("they may add the bot");
        self.settle().await;
    }

    /// Opens a household in a group: everybody has said who they are.
    pub async fn open_group(&self, household: &Household, by: &Staff<'_>) -> Home<'_> {
        let home = self.bind_group(household, by).await;
        for word in &household.spec.members {
            let person = home.person(word);
            by.person.add(home.chat, person.id()).expect("the creator may add members");
            self.settle().await;
            home.introduces(word, &household.spec).await;
        }
        home.agrees(&household.spec).await;
        home
    }

    /// Opens a household in a private chat of its first member with the bot.
    pub async fn open_private(&self, household: &Household) -> Home<'_> {
        let code = household.spec.code.clone();
        let link = self.program.json(&["household", "link", &code, "--private"]).await;
        let first = &household.people[&household.spec.members[0]];
        self.note(&format!("{code} is opened in private"));
        first.start(self.bot, &word(&link["token"])).expect("the bot is there");
        self.settle().await;
        let place = Place { town: self, chat: first.chat_with(self.bot) };
        let home = Home { code, people: household.people.clone(), place };
        home.introduces(&household.spec.members[0], &household.spec).await;
        home.agrees(&household.spec).await;
        home
    }
}

impl Home<'_> {
    /// Somebody who was asked says which member they are.
    async fn introduces(&self, word: &str, spec: &HouseholdSpec) {
        if spec.members.len() > 1 {
            self.press(word, "member.claim", json!({ "n": number_of(spec, word) })).await;
        }
    }

    /// The first member chooses the file's language and acknowledges the notice.
    async fn agrees(&self, spec: &HouseholdSpec) {
        let first = &spec.members[0];
        self.press(first, "language.choose", json!({ "tag": spec.language })).await;
        self.press(first, "notice.acknowledge", json!({})).await;
    }
}

fn number_of(spec: &HouseholdSpec, word: &str) -> usize {
    1 + spec.members.iter().position(|member| member == word).expect("a member")
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
