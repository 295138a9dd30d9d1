//! Who may do what: one table, read by the bot and the board alike. What is not listed is denied.

use super::person::{Role, Staff, StaffId};
use crate::desk::press::Action;

/// Something a person may want to do: a button's action, or a thing done by words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Act {
    /// Pressing a button.
    Press(Action),
    /// Closing a danger alert.
    CloseDanger,
    /// Binding a chat to a household.
    Bind,
    /// Typing a reading for a household in one's own chat.
    EnterReading,
    /// Answering a household's words through the bot.
    Answer,
    /// Looking at a household's file.
    SeeFile,
    /// `/extend`: a longer period.
    Extend,
    /// `/transfer`: another worker.
    Transfer,
    /// `/mute`: nobody is asked for a while.
    Mute,
    /// `/today /overdue /open /new`.
    SeeOwnList,
    /// `/duty`.
    Duty,
}

/// What it is to be done to: a household, or something that belongs to one.
#[derive(Clone, Copy, Debug)]
pub struct Object<'o> {
    /// The household's row.
    pub household: i64,
    /// Its area, stored form.
    pub area: &'o str,
    /// Its worker.
    pub worker: StaffId,
    /// Its backup worker.
    pub backup: Option<StaffId>,
    /// Whether it is a danger alert.
    pub danger: bool,
    /// To whom it was offered, if somebody hands it over.
    pub receiver: Option<StaffId>,
}

/// Where it is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the chat of this household.
    Household(i64),
    /// In a private chat with the bot that is no household's.
    Private,
    /// Anywhere else.
    Elsewhere,
}

/// Who wants to do it, and where.
#[derive(Clone, Copy, Debug)]
pub struct Actor<'a> {
    /// The person of the staff that the account belongs to.
    pub staff: Option<&'a Staff>,
    /// Where.
    pub place: Place,
    /// Whether the account is in a household's chat and does not belong there.
    pub stranger: bool,
}

/// Who may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum May {
    /// Anybody in the household's chat, strangers included.
    Anybody,
    /// Anybody in the household's chat but strangers.
    Chat,
    /// Anybody in the household's chat but staff.
    Residents,
    /// The household's worker and its backup.
    Assigned,
    /// The household's worker alone.
    OwnWorker,
    /// A role whose area holds the household.
    Above(Role),
    /// A role whose area holds the household, on dangers only.
    OnDanger(Role),
    /// Whoever the household was offered to.
    Receiver,
    /// Any joined person of the staff, about nobody in particular.
    AnyStaff,
}

const RESPONDERS: &[May] = &[
    May::Assigned,
    May::Above(Role::Lead),
    May::Above(Role::Officer),
    May::OnDanger(Role::Doctor),
];
const SUPPLIERS: &[May] = &[May::Assigned, May::Above(Role::Lead), May::Above(Role::Officer)];
const KEEPERS: &[May] = &[May::OwnWorker, May::Above(Role::Lead), May::Above(Role::Officer)];
const CLOSERS: &[May] =
    &[May::Above(Role::Lead), May::Above(Role::Officer), May::OnDanger(Role::Doctor)];

/// The table. A new action without a row does not compile.
fn row(act: Act) -> &'static [May] {
    match act {
        Act::Press(action) => press_row(action),
        Act::CloseDanger => CLOSERS,
        Act::Bind | Act::Extend | Act::Transfer => KEEPERS,
        Act::EnterReading | Act::Answer | Act::Mute | Act::SeeFile => SUPPLIERS,
        Act::SeeOwnList | Act::Duty => &[May::AnyStaff],
    }
}

fn press_row(action: Action) -> &'static [May] {
    match action {
        Action::LanguageChoose
        | Action::LanguageMore
        | Action::NoticeAcknowledge
        | Action::MemberClaim => &[May::Residents],
        Action::ReportOpen | Action::ReportDegrees | Action::ReportTenths => {
            // In the household's chat anybody; in a worker's own chat as the worker's entry.
            &[May::Chat, May::Assigned, May::Above(Role::Lead), May::Above(Role::Officer)]
        }
        Action::ReadingConfirm | Action::ReadingReject | Action::ReadingWho => {
            &[May::Chat, May::Assigned, May::Above(Role::Lead), May::Above(Role::Officer)]
        }
        Action::NeedOpen | Action::NeedConfirm | Action::NeedIncomplete | Action::TalkOpen => {
            &[May::Chat]
        }
        // A danger is heard from whoever is there, a stranger too.
        Action::EmergencyPress | Action::EmergencyMistake | Action::EmergencyCallMe => {
            &[May::Anybody]
        }
        Action::NeedTake
        | Action::NeedDeliver
        | Action::NeedDecline
        | Action::StrangerOurs
        | Action::StrangerRemove
        | Action::StrangerAccept
        | Action::MuteAsk
        | Action::MuteMember
        | Action::MuteHousehold
        | Action::MuteEnd
        | Action::IntakeAsk
        | Action::IntakeEnter => SUPPLIERS,
        Action::AlertTake
        | Action::AlertContacted
        | Action::AlertNoAnswer
        | Action::AlertEnter
        | Action::AlertVisited
        | Action::AlertExcuse
        | Action::AlertPass
        | Action::AlertUndo
        | Action::AlertCall
        | Action::AlertAttempt
        | Action::AlertClose => RESPONDERS,
        Action::AlertLookUp => &[May::Above(Role::Lead), May::Above(Role::Officer)],
        Action::TransferAccept | Action::TransferDecline => &[May::Receiver],
        Action::MemberRefuse
        | Action::EverybodyIn
        | Action::ReleaseAsk
        | Action::ReleaseConfirm
        | Action::ExtendAsk
        | Action::GroupNew
        | Action::MemberLink => KEEPERS,
        Action::IntakeAnswer | Action::IntakeWrite | Action::IntakeSkip => {
            &[May::Residents, May::Assigned, May::Above(Role::Lead), May::Above(Role::Officer)]
        }
    }
}

/// Whether somebody may do something to a household where they are. Pure: the same answer for the
/// same question, whoever asks.
#[must_use]
pub fn allows(actor: Actor<'_>, act: Act, object: Option<Object<'_>>) -> bool {
    let row = if act == Act::Press(Action::AlertClose) && object.is_some_and(|o| o.danger) {
        row(Act::CloseDanger)
    } else {
        row(act)
    };
    row.iter().any(|may| permits(*may, actor, object))
}

fn permits(may: May, actor: Actor<'_>, object: Option<Object<'_>>) -> bool {
    let staff = actor.staff.filter(|staff| staff.has_joined());
    let Some(object) = object else {
        return may == May::AnyStaff && staff.is_some() && actor.place == Place::Private;
    };
    let in_chat = actor.place == Place::Household(object.household);
    match may {
        May::Anybody => in_chat,
        May::Chat => in_chat && !actor.stranger,
        May::Residents => in_chat && actor.staff.is_none() && !actor.stranger,
        May::Assigned => {
            staff.is_some_and(|s| s.id == object.worker || Some(s.id) == object.backup)
        }
        May::OwnWorker => staff.is_some_and(|s| s.id == object.worker),
        May::Above(role) => staff.is_some_and(|s| s.role == role && s.covers(object.area)),
        May::OnDanger(role) => {
            object.danger && staff.is_some_and(|s| s.role == role && s.covers(object.area))
        }
        May::Receiver => staff.is_some_and(|s| Some(s.id) == object.receiver),
        May::AnyStaff => false,
    }
}
