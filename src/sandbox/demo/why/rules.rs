//! The rule behind each text, in a sentence, with the settings that can change it. A text without a row
//! of its own has that of the longest row its id begins with; `cargo test rule` names one without any.

use serde::Serialize;

use crate::config::Settings;

/// A rule: the beginning of the texts' ids, the sentence, the part of `docs/contract.md` that says more,
/// and the settings.
type Row = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// Stands for the text of a message that is a copy.
pub(super) const COPY: &str = "(copy)";

const RULES: &[Row] = &[
    (
        COPY,
        "Photos, recordings and long texts are passed on as they are, with a message that says whose.",
        "Who reads free text",
        &[],
    ),
    // ---- Health checks ----
    (
        "reminder",
        "A health check opens, and every household is reminded once, at a time of its own within the spread.",
        "Slots",
        &["checks.slots", "checks.spread"],
    ),
    (
        "nudge",
        "Somebody has not reported after the first wait: one nudge, without sound, names who.",
        "Slots",
        &["checks.nudge_after"],
    ),
    (
        "nudge-call",
        "Somebody has still not reported: a second nudge, with sound, promises a call.",
        "Slots",
        &["checks.overdue_after"],
    ),
    (
        "reading-",
        "What may be wrong is asked about and never guessed: one question for a message.",
        "Readings",
        &["fever.armpit", "checks.question_after"],
    ),
    (
        "report-",
        "Somebody wants to report by buttons: the keypad is one message that changes.",
        "Readings",
        &[],
    ),
    (
        "keypad-",
        "The keypad asks for the degrees, then the number; no value is set beforehand.",
        "Readings",
        &[],
    ),
    (
        "entry-",
        "Staff enter a reading for a member, and are told what is missing.",
        "Readings",
        &[],
    ),
    // ---- Danger ----
    (
        "danger-instructions",
        "A value at or above the limit: the household is told at once what to do, at any hour.",
        "Readings",
        &["fever.armpit", "fever.forehead", "fever.ear", "fever.mouth", "emergency.number"],
    ),
    (
        "danger-",
        "A danger goes to the worker and the doctors on duty at once, then up the ladder, until somebody \
         closes it with a reason.",
        "Alerts",
        &["fever.armpit", "ladder.danger", "ladder.danger_repeat"],
    ),
    (
        "danger-storm",
        "Five dangers are open before one reader: what follows stands on one card.",
        "Alerts",
        &[],
    ),
    (
        "emergency",
        "The emergency button, or words of danger in any language: first the number to call, and people \
         are told in the same moment.",
        "Alerts",
        &["emergency.number"],
    ),
    ("alert-", "Whoever closes an alert writes why.", "Alerts", &[]),
    (
        "overdue-",
        "A check that did not come stands on one list for each reader, which is changed and not written \
         anew.",
        "Alerts",
        &["checks.overdue_after", "ladder.overdue", "ladder.overdue_repeat"],
    ),
    ("list-", "A list bears the buttons of its first rows.", "Alerts", &[]),
    ("open-", "Staff asked for what is open, with /open or /overdue.", "Alerts", &[]),
    // ---- The household ----
    (
        "card",
        "One pinned card shows how a household stands. It is changed at most once a minute, without sound.",
        "Readings",
        &["checks.slots"],
    ),
    (
        "release-",
        "After the last check of the last day a person may release the household, by two presses.",
        "Release",
        &["release.second_person"],
    ),
    ("released", "A person has released the household.", "Release", &["release.leave_after"]),
    ("period-", "The period goes on, and the household is told why.", "Release", &["period.days"]),
    (
        "retention-",
        "Three days before a household's data are deleted, its leads are told, without sound.",
        "Retention",
        &["release.retention_days"],
    ),
    // ---- The door ----
    (
        "group-",
        "Staff choose or make a household's group by a button; it is bound once the bot is really in it.",
        "A group by one button",
        &[],
    ),
    (
        "invite-",
        "A personal link lets in the one account that used its token; everybody else is turned away.",
        "Personal links",
        &[],
    ),
    ("file-", "Staff asked for a household's file, with /file.", "Households", &[]),
    (
        "intake-",
        "Staff had a household asked the intake questions: once, one at a time, each can be skipped.",
        "Questions asked once",
        &[],
    ),
    (
        "release-soon",
        "Two days before the end the worker, and the card, say what happens next.",
        "Release",
        &[],
    ),
    (
        "farewell",
        "Some days after the release the bot says goodbye and leaves the chat.",
        "Release",
        &["release.leave_after"],
    ),
    ("extend-", "A person makes the period longer, with days and a reason.", "Release", &[]),
    (
        "transfer-",
        "A household passes to another worker once they accept; until then nothing changes.",
        "Another worker",
        &[],
    ),
    (
        "mute-",
        "In hospital, died, moved: one tap silences a member or a household. Danger still speaks.",
        "Muting",
        &[],
    ),
    ("call-", "One person phones a household at a time, for a quarter of an hour.", "Alerts", &[]),
    (
        "attempt-",
        "What was tried to reach a household that never answered, and what is next.",
        "Alerts",
        &[],
    ),
    (
        "language-",
        "A household's chat is opened by the choice of a language.",
        "Opening a group",
        &["language.default"],
    ),
    (
        "notice",
        "After the language a household reads what happens to its data, and says that it has.",
        "Opening a group",
        &["release.retention_days"],
    ),
    (
        "chat-unheard",
        "The bot does not hear plain messages in this chat, and says so.",
        "Opening a group",
        &[],
    ),
    (
        "right",
        "The bot lost a right in a group, or has all of them again.",
        "Chats that break",
        &[],
    ),
    (
        "who-are-you",
        "Each account that writes or joins is asked once which member it is.",
        "Opening a group",
        &[],
    ),
    (
        "member-",
        "The worker is told who has claimed to be which member, and may say no.",
        "Opening a group",
        &[],
    ),
    ("link-", "A link works once, for whom it was made, and not for long.", "Opening a group", &[]),
    (
        "stranger",
        "Whoever belongs to nobody gets one neutral sentence, at most once an hour. It says nothing about \
         anybody, and nobody is told.",
        "Strangers",
        &["emergency.number"],
    ),
    (
        "stranger-",
        "Somebody whom the bot does not know is in a household's chat: staff say who it is, or have them \
         removed.",
        "Strangers",
        &[],
    ),
    (
        "chat-held",
        "While somebody unknown is in a household's chat, what is private is held back.",
        "Strangers",
        &["emergency.number"],
    ),
    (
        "rights-",
        "The bot has lost a right that it needs in a household's chat, or has all of them again.",
        "Chats that break",
        &[],
    ),
    (
        "worker-left",
        "The worker has left a household's chat, and is told where its words go from now on.",
        "Chats that break",
        &[],
    ),
    ("not-yours", "A button answers only whom it is for.", "Buttons", &[]),
    ("already-closed", "What is closed stays closed.", "Buttons", &[]),
    // ---- Requests and words ----
    (
        "need-",
        "A request is asked of the household's worker, and both sides see in one message how it stands.",
        "Requests",
        &["ladder.request_unowned"],
    ),
    (
        "talk-",
        "Residents' own words go to one person, and the answer comes back under that person's name.",
        "Who reads free text",
        &["free_text.unanswered_after"],
    ),
    // ---- Staff ----
    ("staff-", "An invitation is used once, by the person it was made for.", "Staff", &[]),
    ("duty-", "Only people on duty are told of new work.", "Staff", &[]),
    ("help-", "Somebody asked what can be done here.", "Text ids", &[]),
    ("today", "Staff asked for the day at a glance.", "Text ids", &[]),
    ("operator-", "What the program could not do is told to the operators.", "Letters", &[]),
];

/// Parts of other texts, and words of commands: never a message by themselves.
#[cfg(test)]
const PARTS: [&str; 4] = ["role-", "symptom-", "command-", "right-"];

/// A rule as it is told.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    says: &'static str,
    /// The part of `docs/contract.md`.
    source: &'static str,
    settings: Vec<Setting>,
}

/// A setting as it stands in the settings file.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Setting {
    key: String,
    value: String,
    means: String,
}

/// The rule behind a text. The demo has the default settings.
pub(super) fn told(text_id: &str) -> Told {
    let Some((_, says, source, keys)) = rule(text_id) else {
        return Told {
            says: "No rule is written down for this text.",
            source: "",
            settings: Vec::new(),
        };
    };
    let all = settings(&Settings::example());
    let settings = all.into_iter().filter(|it| keys.contains(&it.key.as_str())).collect();
    Told { says, source, settings }
}

fn rule(text_id: &str) -> Option<&'static Row> {
    let fitting = RULES.iter().filter(|(begin, ..)| text_id.starts_with(begin));
    fitting.max_by_key(|(begin, ..)| begin.len())
}

/// Every setting of an example file, with the comment above it.
fn settings(example: &str) -> Vec<Setting> {
    let (mut section, mut means, mut found) = ("", Vec::new(), Vec::new());
    for line in example.lines() {
        if let Some(comment) = line.strip_prefix("# ") {
            means.push(comment);
        } else if let Some((key, value)) = line.split_once(" = ") {
            let (key, value) = (format!("{section}.{key}"), value.to_owned());
            found.push(Setting { key, value, means: means.join(" ") });
            means.clear();
        } else {
            section = line.trim_matches(['[', ']']);
            means.clear();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::*;

    #[test]
    fn every_text_has_a_rule_and_every_rule_a_text() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/locales/en");
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let texts = files.filter(|file| file.extension().is_some_and(|it| it == "ftl"));
        let texts: Vec<_> = texts.map(|file| fs::read_to_string(file).unwrap()).collect();
        let ids = texts.iter().flat_map(|text| text.lines()).filter_map(|line| {
            line.starts_with(|c: char| c.is_ascii_lowercase())
                .then(|| line.split_once(" ="))
                .flatten()
        });
        let ids: Vec<_> = ids.map(|(id, _)| id).collect();
        assert!(ids.len() > 150);
        for id in &ids {
            let is_part = PARTS.iter().any(|part| id.starts_with(part));
            assert!(is_part || rule(id).is_some(), "{id} has no row in RULES");
        }
        let begins: BTreeSet<_> = RULES.iter().map(|(begin, ..)| begin).collect();
        assert_eq!(begins.len(), RULES.len(), "one row for each beginning");
        for (begin, ..) in RULES.iter().filter(|(begin, ..)| *begin != COPY) {
            assert!(ids.iter().any(|id| id.starts_with(begin)), "no text begins with {begin}");
        }
    }

    #[test]
    fn every_setting_of_a_rule_is_told_with_its_value_and_meaning() {
        let all = settings(&Settings::example());
        for key in RULES.iter().flat_map(|(.., keys)| keys.iter()) {
            let found = all.iter().find(|it| it.key == *key).expect(key);
            assert!(!found.value.is_empty() && !found.means.is_empty(), "{found:?}");
        }
        let nudge = told("nudge");
        assert_eq!(nudge.settings[0].value, "\"1h\"");
        assert!(told("nudge-call").says != nudge.says && nudge.settings.len() == 1);
    }

    #[test]
    fn every_source_is_a_part_of_the_contract() {
        let contract = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/contract.md"));
        let contract = contract.unwrap();
        for (begin, _, source, _) in RULES {
            let is_there =
                contract.lines().any(|line| line.trim_start_matches('#').trim() == *source);
            assert!(is_there, "{begin}: there is no part {source}");
        }
    }
}
