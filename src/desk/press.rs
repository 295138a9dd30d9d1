//! What the buttons mean: every action with its arguments, by the names that letters and the policy
//! table use. A button carries its whole meaning; who pressed it is looked at when it is pressed.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use strum::VariantArray;

use super::choice::{Outcome, Rung, Why};
use super::health_check::reading::Celsius;
use super::reference::{AlertRef, RequestRef};
use crate::base::outbox::Meaning;

/// Declares each button once: its variant, its word, its arguments in their order.
macro_rules! presses {
    ($($name:ident = $word:literal { $($field:ident: $type:ty),* },)+) => {
        /// A button's meaning. `n` is a member's row in the household's file, counted from 1;
        /// `household` is its code.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "action", content = "args")]
        #[expect(missing_docs, reason = "the words are the contract's, and say it")]
        pub enum Press {
            $(#[serde(rename = $word)] $name { $($field: $type),* },)+
        }

        /// A button's action without its arguments.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::VariantArray)]
        #[expect(missing_docs, reason = "the words are the contract's, and say it")]
        pub enum Action {
            $($name,)+
        }

        impl Action {
            /// The word by which letters and the contract name it.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }

            /// The names of its arguments, in their order.
            fn arguments(self) -> &'static [&'static str] {
                match self {
                    $(Self::$name => &[$(stringify!($field)),*],)+
                }
            }
        }

        impl Press {
            /// The action without its arguments.
            #[must_use]
            pub fn action(&self) -> Action {
                match self {
                    $(Self::$name { .. } => Action::$name,)+
                }
            }
        }
    };
}

presses! {
    LanguageChoose = "language.choose" { tag: String },
    LanguageMore = "language.more" { page: i64 },
    NoticeAcknowledge = "notice.acknowledge" { version: i64 },
    MemberClaim = "member.claim" { n: i64 },
    MemberRefuse = "member.refuse" { household: String, telegram_id: i64 },
    EverybodyIn = "everybody.in" { household: String },
    ReportOpen = "report.open" { n: i64 },
    ReportDegrees = "report.degrees" { n: i64, degrees: i64 },
    ReportTenths = "report.tenths" { n: i64, celsius: Celsius },
    ReadingConfirm = "reading.confirm" { celsius: Celsius, n: i64 },
    ReadingReject = "reading.reject" {},
    ReadingWho = "reading.who" { n: i64 },
    NeedOpen = "need.open" {},
    NeedTake = "need.take" { r#ref: RequestRef },
    NeedDeliver = "need.deliver" { r#ref: RequestRef },
    NeedDecline = "need.decline" { r#ref: RequestRef },
    NeedConfirm = "need.confirm" { r#ref: RequestRef },
    NeedIncomplete = "need.incomplete" { r#ref: RequestRef },
    TalkOpen = "talk.open" {},
    AlertTake = "alert.take" { r#ref: AlertRef },
    AlertContacted = "alert.contacted" { r#ref: AlertRef },
    AlertNoAnswer = "alert.no_answer" { r#ref: AlertRef },
    AlertEnter = "alert.enter" { r#ref: AlertRef },
    AlertVisited = "alert.visited" { r#ref: AlertRef },
    AlertExcuse = "alert.excuse" { r#ref: AlertRef },
    AlertPass = "alert.pass" { r#ref: AlertRef },
    AlertUndo = "alert.undo" { r#ref: AlertRef },
    AlertClose = "alert.close" { r#ref: AlertRef },
    StrangerOurs = "stranger.ours" { r#ref: AlertRef, n: i64 },
    StrangerRemove = "stranger.remove" { r#ref: AlertRef },
    StrangerAccept = "stranger.accept" { r#ref: AlertRef },
    AlertCall = "alert.call" { r#ref: AlertRef },
    AlertAttempt = "alert.attempt" { r#ref: AlertRef, way: Rung, outcome: Outcome },
    AlertLookUp = "alert.look_up" { r#ref: AlertRef, outcome: Outcome },
    ReleaseAsk = "release.ask" { household: String },
    ReleaseConfirm = "release.confirm" { household: String },
    ExtendAsk = "extend.ask" { household: String },
    TransferAccept = "transfer.accept" { household: String },
    TransferDecline = "transfer.decline" { household: String },
    MuteAsk = "mute.ask" { household: String },
    MuteMember = "mute.member" { household: String, n: i64, why: Why },
    MuteHousehold = "mute.household" { household: String, why: Why },
    MuteEnd = "mute.end" { household: String, n: i64 },
    EmergencyPress = "emergency.press" {},
    EmergencyMistake = "emergency.mistake" {},
    EmergencyCallMe = "emergency.call_me" {},
    GroupNew = "group.new" { household: String },
    MemberLink = "member.link" { household: String, n: i64 },
    IntakeAsk = "intake.ask" { household: String },
    IntakeEnter = "intake.enter" { household: String },
    IntakeAnswer = "intake.answer" { household: String, question: String, answer: String },
    IntakeWrite = "intake.write" { household: String, question: String },
    IntakeSkip = "intake.skip" { household: String, question: String },
}

impl From<Press> for Meaning {
    fn from(press: Press) -> Self {
        let mut value = serde_json::to_value(&press).unwrap_or_default();
        Self { action: press.action().word().to_owned(), args: value["args"].take() }
    }
}

impl Press {
    /// Reads the compact form `action[value,..]`; `None` if it names no action of ours.
    #[must_use]
    pub fn read(compact: &str) -> Option<Self> {
        let at = compact.find('[')?;
        let (word, values) = compact.split_at(at);
        let action = Action::VARIANTS.iter().find(|action| action.word() == word)?;
        let values: Vec<Value> = serde_json::from_str(values).ok()?;
        let names = action.arguments().iter().map(|name| name.trim_start_matches("r#").to_owned());
        if names.len() != values.len() {
            return None;
        }
        let args: Map<String, Value> = names.zip(values).collect();
        serde_json::from_value(json!({ "action": word, "args": args })).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meaning_is_read_back_from_its_compact_form() {
        let presses = [
            Press::NeedOpen {},
            Press::ReportTenths { n: 2, celsius: Celsius::from_tenths(367) },
            Press::MemberRefuse { household: "1001".into(), telegram_id: 1_234_567_890_123 },
            Press::AlertTake { r#ref: AlertRef(12) },
        ];
        for press in presses {
            let meaning = Meaning::from(press.clone());
            assert_eq!(Press::read(&meaning.compact()), Some(press));
        }
    }

    #[test]
    fn arguments_bear_the_names_of_the_contract() {
        let meaning = Meaning::from(Press::AlertTake { r#ref: AlertRef(12) });
        assert_eq!(meaning.args, json!({ "ref": "A-12" }));
        assert_eq!(Meaning::from(Press::NeedOpen {}).args, json!({}));
    }
}
