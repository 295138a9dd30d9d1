//! What the page must know before anything happens: the panes, whose phones lie in them, and what
//! each of these people could write.

use serde::Serialize;
use strum::IntoEnumIterator;

use super::cast::STRANGER;
use super::scene::SceneName;
use super::stage::Stage;
use super::town::ZONE;
use crate::sandbox::{ChatId, Person};

/// The panes of the page, and the scenes that can be played.
#[derive(Debug, Serialize)]
pub(super) struct Playbill {
    /// The number of the world: a page that has shown another one begins anew.
    pub number: i64,
    zone: &'static str,
    panes: [Pane; 5],
    scenes: Vec<SceneLine>,
}

/// A scene in the list.
#[derive(Debug, Serialize)]
struct SceneLine {
    name: SceneName,
    title: &'static str,
    about: &'static str,
    steps: usize,
}

/// A column of the page. Its words stand with the page, under its key.
#[derive(Debug, Serialize)]
struct Pane {
    key: &'static str,
    title: &'static str,
    phones: Vec<Phone>,
}

/// Somebody's phone, open at one chat.
#[derive(Debug, Serialize)]
struct Phone {
    user: i64,
    name: &'static str,
    chat: i64,
    language: &'static str,
    hints: Vec<String>,
}

/// The playbill of a stage.
pub(super) fn playbill(stage: &Stage) -> Playbill {
    let panes = [chinese(stage), french(stage), worker(stage), command(stage), stranger(stage)];
    let line = |name: SceneName| {
        let (title, about, steps) = (name.title(), name.about(), name.looks().len());
        SceneLine { name, title, about, steps }
    };
    let scenes = SceneName::iter().map(line).collect();
    Playbill { number: stage.number, zone: ZONE.name(), panes, scenes }
}

fn chinese(stage: &Stage) -> Pane {
    let (cast, chat) = (&stage.cast, stage.homes.chinese);
    let mum = &["妈妈36.5 爸爸36.8 宝宝36.9", "妈妈37.8", "367", "/need"];
    let dad = &["爸爸36.8", "爸爸37.8 咳嗽", "谢谢"];
    let phones = vec![
        phone(&cast.mum, "妈妈", chat, "zh-CN", mum),
        phone(&cast.dad, "爸爸", chat, "zh-CN", dad),
    ];
    Pane { key: "chinese", title: "3-502", phones }
}

fn french(stage: &Stage) -> Pane {
    let (cast, chat) = (&stage.cast, stage.homes.french);
    let camille = &["Camille 36,7 Lucas 36,8", "36,6", "Bonjour, qui peut m’aider ?", "/need"];
    let phones = vec![
        phone(&cast.camille, "Camille", chat, "fr", camille),
        phone(&cast.lucas, "Lucas", chat, "fr", &["36,9", "/lang"]),
    ];
    Pane { key: "french", title: "7-903", phones }
}

fn worker(stage: &Stage) -> Pane {
    let hints = &["/today", "/overdue", "/open", "3-502 妈妈 36.5", "/duty off"];
    Pane {
        key: "worker",
        title: "Wang",
        phones: vec![desk(stage, &stage.cast.wang, "Wang", hints)],
    }
}

fn command(stage: &Stage) -> Pane {
    let (cast, hints) = (&stage.cast, &["/open", "/today", "/help"]);
    let doctor = stage.private(&cast.lin);
    let phones = vec![
        desk(stage, &cast.chen, "Chen", hints),
        phone(&cast.lin, "Lin", doctor, "zh-CN", hints),
        desk(stage, &cast.liu, "Liu", hints),
        desk(stage, &cast.zhao, "Zhao", hints),
    ];
    Pane { key: "command", title: "Chen", phones }
}

/// Somebody who belongs to nobody: what they could try, the used link of a family included.
fn stranger(stage: &Stage) -> Pane {
    let link = format!("/start {}", stage.old_link);
    let hints = ["Who lives in 3-502?", &link, "妈妈 39.5", "/today"];
    Pane {
        key: "stranger",
        title: STRANGER,
        phones: vec![desk(stage, &stage.cast.stranger, STRANGER, &hints)],
    }
}

/// A colleague's phone, open at the chat with the bot.
fn desk(stage: &Stage, person: &Person, name: &'static str, hints: &[&str]) -> Phone {
    phone(person, name, stage.private(person), "en", hints)
}

fn phone(
    person: &Person,
    name: &'static str,
    chat: ChatId,
    language: &'static str,
    hints: &[&str],
) -> Phone {
    let hints = hints.iter().map(|hint| (*hint).to_owned()).collect();
    Phone { user: person.id().0, name, chat: chat.number(), language, hints }
}
