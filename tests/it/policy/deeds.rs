//! What may be done: the buttons, each with a meaning that would have an effect now, and what is done
//! by words, each with the row that shows whether it was done.

use doorstep::desk::choice::{Outcome, Rung, Why};
use doorstep::desk::health_check::reading::Celsius;
use doorstep::desk::household::make_link;
use doorstep::desk::intake::question::{self, Question};
use doorstep::desk::press::{Action, Press};
use doorstep::desk::staff::person::Role;
use strum::VariantArray;

use super::expected::{Place, Scope, WORDS, Who, Words};
use super::world::{ASKED, House, World};
use super::{Cell, Desk, Sender};

/// Something that may be done.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    Press { action: Action, danger: bool },
    Say(Words),
}

/// Buttons that name nothing: they are about the household in whose chat they stand.
const OF_THE_CHAT: [&str; 7] =
    ["language.", "notice.", "report.", "reading.", "emergency.", "talk.", "need.open"];

impl Deed {
    /// Whether the answer may differ from that of another cell. What names nothing does not depend on
    /// whose the other households are; where the edges of an area run does not depend on the place.
    pub fn matters(self, who: Who, scope: Scope, place: Place) -> bool {
        let edge = matches!(scope, Scope::Exact | Scope::Namesake | Scope::Above);
        let far = matches!(scope, Scope::Worker | Scope::Backup);
        let of_the_chat = match self {
            Self::Press { action, .. } => {
                OF_THE_CHAT.iter().any(|begins| action.word().starts_with(begins))
            }
            Self::Say(_) => false,
        };
        let staff = matches!(who, Who::Staff(_));
        !staff || if of_the_chat { !edge && !far } else { !edge || place == Place::Private }
    }
}

/// Everything; buttons of alerts once for a late report and once for a danger.
pub fn deeds() -> Vec<Deed> {
    let mut deeds = Vec::new();
    for action in Action::VARIANTS {
        deeds.push(Deed::Press { action: *action, danger: false });
        if action.word().starts_with("alert.") {
            deeds.push(Deed::Press { action: *action, danger: true });
        }
    }
    deeds.extend(WORDS.map(Deed::Say));
    deeds
}

/// Brings about what a button needs: only what was done can be taken back. Says whether it did anything.
pub async fn prepare(desk: &mut Desk<'_, '_>, house: &House, action: Action, danger: bool) -> bool {
    if action == Action::AlertUndo {
        let r#ref = if danger { house.danger } else { house.overdue };
        let take = Press::AlertTake { r#ref };
        desk.presses(house.keeper.sender, house.keeper.private, take).await.expect("taken");
    }
    if action == Action::MuteEnd {
        let mute = Press::MuteMember { household: house.code.clone(), n: 2, why: Why::Hospital };
        desk.presses(house.keeper.sender, house.keeper.private, mute).await.expect("muted");
    }
    let answers = matches!(action, Action::IntakeAnswer | Action::IntakeWrite | Action::IntakeSkip);
    if answers {
        let ask = Press::IntakeAsk { household: house.code.clone() };
        desk.presses(house.keeper.sender, house.keeper.private, ask).await.expect("asked");
    }
    matches!(action, Action::AlertUndo | Action::MuteEnd) || answers
}

/// The question that a household is asked first.
fn first_question() -> &'static Question {
    question::after(None).expect("there are questions")
}

/// A press about `house`, in the chat of `home`; and the message below which its button must stand,
/// if that matters.
pub fn press(house: &House, home: &House, action: Action, danger: bool) -> (Press, Option<i64>) {
    let r#ref = if danger { house.danger } else { house.overdue };
    let household = house.code.clone();
    let press = match action {
        Action::LanguageChoose => Press::LanguageChoose { tag: "fr".into() },
        Action::LanguageMore => Press::LanguageMore { page: 0 },
        Action::NoticeAcknowledge => Press::NoticeAcknowledge { version: 1 },
        Action::MemberClaim => return (Press::MemberClaim { n: 2 }, Some(home.who_message)),
        Action::MemberRefuse => {
            let Sender::Person(telegram_id) = house.member.sender else { unreachable!("a person") };
            Press::MemberRefuse { household, telegram_id }
        }
        Action::EverybodyIn => Press::EverybodyIn { household },
        Action::ReportOpen => Press::ReportOpen { n: 1 },
        Action::ReportDegrees => Press::ReportDegrees { n: 1, degrees: 36 },
        Action::ReportTenths => Press::ReportTenths { n: 1, celsius: Celsius::from_tenths(365) },
        Action::ReadingConfirm => {
            return (Press::ReadingConfirm { celsius: ASKED, n: 1 }, Some(home.question));
        }
        Action::ReadingReject => return (Press::ReadingReject {}, Some(home.question)),
        Action::ReadingWho => return (Press::ReadingWho { n: 1 }, Some(home.question)),
        Action::NeedOpen => Press::NeedOpen {},
        Action::NeedTake => Press::NeedTake { r#ref: house.requested },
        Action::NeedDeliver => Press::NeedDeliver { r#ref: house.requested },
        Action::NeedDecline => Press::NeedDecline { r#ref: house.requested },
        Action::NeedConfirm => Press::NeedConfirm { r#ref: house.delivered },
        Action::NeedIncomplete => Press::NeedIncomplete { r#ref: house.delivered },
        Action::TalkOpen => Press::TalkOpen {},
        Action::AlertTake => Press::AlertTake { r#ref },
        Action::AlertContacted => Press::AlertContacted { r#ref },
        Action::AlertNoAnswer => Press::AlertNoAnswer { r#ref },
        Action::AlertEnter => Press::AlertEnter { r#ref },
        Action::AlertVisited => Press::AlertVisited { r#ref },
        Action::AlertExcuse => Press::AlertExcuse { r#ref },
        Action::AlertPass => Press::AlertPass { r#ref },
        Action::AlertUndo => Press::AlertUndo { r#ref },
        Action::AlertClose => Press::AlertClose { r#ref },
        Action::StrangerOurs => Press::StrangerOurs { r#ref: house.stranger, n: 2 },
        Action::StrangerRemove => Press::StrangerRemove { r#ref: house.stranger },
        Action::StrangerAccept => Press::StrangerAccept { r#ref: house.counted },
        Action::AlertCall => Press::AlertCall { r#ref },
        Action::AlertAttempt => {
            Press::AlertAttempt { r#ref, way: Rung::SecondNumber, outcome: Outcome::NoAnswer }
        }
        Action::AlertLookUp => Press::AlertLookUp { r#ref, outcome: Outcome::NoAnswer },
        Action::ExtendAsk => Press::ExtendAsk { household },
        Action::TransferAccept => Press::TransferAccept { household },
        Action::TransferDecline => Press::TransferDecline { household },
        Action::MuteAsk => Press::MuteAsk { household },
        Action::MuteMember => Press::MuteMember { household, n: 1, why: Why::Hospital },
        Action::MuteHousehold => Press::MuteHousehold { household, why: Why::Moved },
        Action::MuteEnd => Press::MuteEnd { household, n: 2 },
        Action::ReleaseAsk => Press::ReleaseAsk { household },
        Action::ReleaseConfirm => Press::ReleaseConfirm { household },
        Action::EmergencyPress => Press::EmergencyPress {},
        Action::EmergencyMistake => Press::EmergencyMistake {},
        Action::EmergencyCallMe => Press::EmergencyCallMe {},
        Action::GroupNew => Press::GroupNew { household },
        Action::MemberLink => Press::MemberLink { household, n: 1 },
        Action::IntakeAsk => Press::IntakeAsk { household },
        Action::IntakeEnter => Press::IntakeEnter { household },
        Action::IntakeAnswer => {
            let first = first_question();
            let (question, answer) = (first.id.clone(), first.answer[0].id.clone());
            Press::IntakeAnswer { household, question, answer }
        }
        Action::IntakeWrite => {
            Press::IntakeWrite { household, question: first_question().id.clone() }
        }
        Action::IntakeSkip => {
            Press::IntakeSkip { household, question: first_question().id.clone() }
        }
    };
    (press, None)
}

/// Says the words and looks whether what they ask for was done; what was not done must have left no
/// trace in the rows that count.
pub async fn say(
    desk: &mut Desk<'_, '_>,
    world: &World,
    cell: &Cell<'_>,
    words: Words,
) -> Result<(), String> {
    let (sender, chat) = (cell.actor.sender, cell.chat(world));
    let house = cell.house;
    let proof = proof_of(words, house);
    let before = desk.count(&proof).await;
    let newest = desk.count("SELECT coalesce(max(id), 0) FROM outbox").await;
    match words {
        Words::Bind | Words::BindPrivate => {
            let (kind, command) = match words {
                Words::Bind => ("startgroup", "/link"),
                _ => ("private", "/start"),
            };
            let now = desk.ground.clock.now();
            let link = make_link(desk.tx, house.row, kind, now).await.expect("a link");
            let _ = desk.says(sender, chat, &format!("{command} {}", link.token)).await;
        }
        Words::Duty => drop(desk.says(sender, chat, "/duty off").await),
        Words::Today => drop(desk.says(sender, chat, "/today").await),
        Words::Overdue => drop(desk.says(sender, chat, "/overdue").await),
        Words::Open => drop(desk.says(sender, chat, "/open").await),
        Words::New => drop(desk.says(sender, chat, &format!("/new {}", house.code)).await),
        Words::File => drop(desk.says(sender, chat, &format!("/file {}", house.code)).await),
        Words::EnterReading => {
            drop(desk.says(sender, chat, &format!("{} Mum 36.5", house.code)).await);
        }
        Words::Answer => {
            let about = desk.letter_about(chat, house.row).await;
            let incoming = desk.reply(sender, chat, "I am on my way", about);
            drop(desk.hears(&incoming).await);
        }
        Words::Extend => {
            drop(desk.says(sender, chat, &format!("/extend {} 2 a late test", house.code)).await);
        }
        Words::Transfer => {
            drop(desk.says(sender, chat, &format!("/transfer {} Bao", house.code)).await);
        }
        Words::Mute => drop(desk.says(sender, chat, &format!("/mute {}", house.code)).await),
        Words::CloseDanger => {
            let close = Press::AlertClose { r#ref: house.danger };
            drop(desk.presses(sender, chat, close).await);
            drop(desk.says(sender, chat, "it was a mistake").await);
        }
    }
    let done = desk.count(&proof).await > before;
    if done != cell.is_allowed() {
        return Err(format!("expected {}, found {done}", cell.is_allowed()));
    }
    leaks_nothing(desk, world, cell, words, newest).await
}

/// The query whose number rises when it was done.
fn proof_of(words: Words, house: &House) -> String {
    let row = house.row;
    match words {
        Words::Bind => {
            format!("SELECT count(*) FROM link WHERE household_id = {row} AND used_at IS NOT NULL")
        }
        Words::BindPrivate => {
            format!("SELECT count(*) FROM household WHERE id = {row} AND channel = 'private'")
        }
        Words::Duty => "SELECT count(*) FROM staff WHERE NOT on_duty".into(),
        Words::Today => letters("'today'"),
        Words::Overdue => letters("'overdue-list', 'overdue-list-done'"),
        Words::Open => letters("'open-list', 'open-nothing'"),
        Words::New => letters("'group-choose'"),
        Words::File => letters("'file-view'"),
        Words::EnterReading => format!(
            "SELECT count(*) FROM report WHERE household_id = {row} AND staff_id IS NOT NULL"
        ),
        Words::Answer => {
            format!(
                "SELECT count(*) FROM outbox WHERE household_id = {row} AND text_id = 'talk-from-staff'"
            )
        }
        Words::Extend => format!(
            "SELECT count(*) FROM passage WHERE household_id = {row} AND reason LIKE 'extended:%'"
        ),
        Words::Transfer => format!("SELECT count(*) FROM transfer WHERE household_id = {row}"),
        Words::Mute => letters("'mute-menu'"),
        Words::CloseDanger => {
            format!(
                "SELECT count(*) FROM alert WHERE id = {} AND state = 'resolved'",
                house.danger.0
            )
        }
    }
}

fn letters(text_ids: &str) -> String {
    format!("SELECT count(*) FROM outbox WHERE text_id IN ({text_ids})")
}

/// A list names only households that are the reader's: their own, or within their area.
async fn leaks_nothing(
    desk: &mut Desk<'_, '_>,
    world: &World,
    cell: &Cell<'_>,
    words: Words,
    newest: i64,
) -> Result<(), String> {
    let (Who::Staff(role), Words::Today | Words::Overdue | Words::Open, Place::Private) =
        (cell.actor.who, words, cell.place)
    else {
        return Ok(());
    };
    let mine = visible(role);
    for house in world.houses.values().filter(|house| !mine.contains(&house.code)) {
        let named = desk
            .count(&format!(
                "SELECT count(*) FROM outbox WHERE id > {newest} AND outgoing LIKE '%{}%'",
                house.code
            ))
            .await;
        if named > 0 {
            return Err(format!("{} is named to {role:?}", house.code));
        }
    }
    Ok(())
}

/// The households that a person of this role may be shown.
fn visible(role: Role) -> Vec<String> {
    let assigned = [Scope::Worker, Scope::Backup];
    let covered = [Scope::Covers, Scope::Exact];
    let scopes = assigned.iter().chain(match role {
        Role::Lead | Role::Officer | Role::Doctor => covered.iter(),
        _ => [].iter(),
    });
    scopes.map(|scope| World::code(role, *scope)).collect()
}
