//! What the page must know before anything happens: the panes, whose phones lie in them, and what
//! each of these people could write.

use serde::Serialize;

use super::stage::Stage;
use super::town::ZONE;
use crate::sandbox::{ChatId, Person};

/// The panes of the page.
#[derive(Debug, Serialize)]
pub(super) struct Playbill {
    zone: &'static str,
    panes: [Pane; 4],
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
    hints: &'static [&'static str],
}

/// The playbill of a stage.
pub(super) fn playbill(stage: &Stage) -> Playbill {
    let panes = [chinese(stage), french(stage), worker(stage), command(stage)];
    Playbill { zone: ZONE.name(), panes }
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

/// A colleague's phone, open at the chat with the bot.
fn desk(
    stage: &Stage,
    person: &Person,
    name: &'static str,
    hints: &'static [&'static str],
) -> Phone {
    phone(person, name, stage.private(person), "en", hints)
}

fn phone(
    person: &Person,
    name: &'static str,
    chat: ChatId,
    language: &'static str,
    hints: &'static [&'static str],
) -> Phone {
    Phone { user: person.id().0, name, chat: chat.number(), language, hints }
}
