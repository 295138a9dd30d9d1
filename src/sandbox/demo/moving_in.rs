//! How the neighbourhood moves in, through the doors that everybody uses: staff are invited and
//! households imported as on the command line, and then the people do the rest in their chats.

use std::collections::BTreeMap;

use serde_json::json;

use super::cast::{Cast, Homes};
use super::error::DemoError;
use super::rehearsal::Rehearsal;
use super::town::{self, CHINESE_HOME, FRENCH_HOME, STAFF, ZONE};
use crate::base::clock::Timestamp;
use crate::base::language::Languages;
use crate::base::setting;
use crate::base::store::{Db, Tx};
use crate::config::Settings;
use crate::desk::health_check::first_look;
use crate::desk::household;
use crate::desk::household::import::Import;
use crate::desk::staff;
use crate::desk::staff::person::NotAnArea;
use crate::sandbox::{ChatId, Person, Rights, UserId};

/// The one-time tokens, by the name of the person or the household's code.
pub(super) type Keys = BTreeMap<&'static str, String>;

/// Under this name the database knows the number of the pretend world that it belongs to.
const WORLD: &str = "demo_world";

/// Invites the staff, imports the households and makes the links of the two that live here.
pub(super) async fn bring_in(
    settings: &Settings,
    now: Timestamp,
    world: i64,
) -> Result<Keys, DemoError> {
    let db = Db::open(settings.database_url.as_str()).await?;
    let mut tx = db.begin().await?;
    let mut keys = invite(&mut tx, now).await?;
    import(&mut tx, settings, now).await?;
    for code in [CHINESE_HOME, FRENCH_HOME] {
        keys.insert(code, link(&mut tx, code, now).await?);
    }
    setting::write(&mut tx, WORLD, world).await?;
    tx.commit().await?;
    db.close().await;
    Ok(keys)
}

/// The number of the world that a database belongs to.
pub(super) async fn world_of(settings: &Settings) -> Result<Option<i64>, DemoError> {
    let db = Db::open(settings.database_url.as_str()).await?;
    let world = setting::read(&mut db.read().await?, WORLD).await?;
    db.close().await;
    Ok(world)
}

async fn invite(tx: &mut Tx<'_>, now: Timestamp) -> Result<Keys, DemoError> {
    let mut keys = Keys::new();
    for colleague in STAFF {
        let wrong = |error: NotAnArea| DemoError::Import(error.to_string());
        let area = colleague.area.parse().map_err(wrong)?;
        let invited = staff::invite(tx, colleague.name, colleague.role, &area, "", now).await?;
        keys.insert(colleague.name, invited.token);
    }
    Ok(keys)
}

async fn import(tx: &mut Tx<'_>, settings: &Settings, now: Timestamp) -> Result<(), DemoError> {
    let languages = Languages::embedded()?;
    let import = Import { languages: &languages, settings, now, update: false, first_look };
    let today = now.utc().with_timezone(&ZONE).date_naive();
    let outcome = import.run(tx, town::households(today).as_bytes()).await?;
    match outcome.errors.first() {
        None => Ok(()),
        Some(mistake) => {
            Err(DemoError::Import(format!("line {}: {}", mistake.line, mistake.message)))
        }
    }
}

async fn link(tx: &mut Tx<'_>, code: &str, now: Timestamp) -> Result<String, DemoError> {
    let unknown = || DemoError::Import(format!("there is no household {code}"));
    let found = household::store::by_code(tx, code).await?.ok_or_else(unknown)?;
    Ok(household::make_link(tx, found.id, "startgroup", now).await?.token)
}

/// Whom and what moving in needs.
pub(super) struct Door<'d> {
    pub bot: UserId,
    pub cast: &'d Cast,
    pub rehearsal: &'d Rehearsal,
}

/// A family about to move in.
struct Family<'f> {
    code: &'static str,
    language: &'static str,
    people: [&'f Person; 2],
}

impl Door<'_> {
    /// The staff join, then both families.
    pub async fn move_in(&self, keys: &Keys) -> Result<Homes, DemoError> {
        for (name, person) in self.cast.staff() {
            person.start(self.bot, keys.get(name).map_or("", String::as_str))?;
        }
        self.rehearsal.settle().await?;
        let Cast { mum, dad, camille, lucas, .. } = self.cast;
        let chinese = Family { code: CHINESE_HOME, language: "zh-CN", people: [mum, dad] };
        let french = Family { code: FRENCH_HOME, language: "fr", people: [camille, lucas] };
        Ok(Homes {
            chinese: self.settle_in(&chinese, keys).await?,
            french: self.settle_in(&french, keys).await?,
        })
    }

    /// The worker makes the group and binds it; each of the family says who they are; the first
    /// chooses the language and acknowledges the notice; the worker says that everybody is in.
    async fn settle_in(&self, family: &Family<'_>, keys: &Keys) -> Result<ChatId, DemoError> {
        let worker = &self.cast.wang;
        let home = worker.create_group(family.code);
        let token = keys.get(family.code).map_or("", String::as_str);
        worker.open_startgroup(home, self.bot, token, Some(Rights::usual()))?;
        self.rehearsal.settle().await?;
        for (person, n) in family.people.iter().zip(1..) {
            worker.add(home, person.id())?;
            self.rehearsal.settle().await?;
            self.press(person, home, "member.claim", json!({ "n": n })).await?;
        }
        let [first, _] = family.people;
        self.press(first, home, "language.choose", json!({ "tag": family.language })).await?;
        self.press(first, home, "notice.acknowledge", json!({})).await?;
        let desk = worker.chat_with(self.bot);
        self.press(worker, desk, "everybody.in", json!({ "household": family.code })).await?;
        Ok(home)
    }

    async fn press(
        &self,
        who: &Person,
        chat: ChatId,
        action: &str,
        args: serde_json::Value,
    ) -> Result<(), DemoError> {
        self.rehearsal.press(who, chat, action, &args).await
    }
}
