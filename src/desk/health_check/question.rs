//! What may be wrong is asked about, never guessed: did you mean, whose is it, that is no temperature.
//! A value at fever height that stays unanswered raises danger.

use super::chat::{self, Source, raise_unknown, tell_danger};
use super::check::Via;
use super::reading::{Celsius, Question as Asked, QuestionKind, Reading};
use super::{Entry, is_fever, keypad, record, store, write_symptoms};
use crate::base::chat::{AccountId, LetterId};
use crate::base::clock::Timestamp;
use crate::base::language::{Arg, Phrase, say};
use crate::base::outbox::{Button, Letter};
use crate::base::turn::{Done, Turn};
use crate::desk::household::file::Member;
use crate::desk::household::{self, Telling};
use crate::desk::press::Press;
use crate::desk::scene::{Home, Scene};

/// How many member buttons stand in a row.
const ROW: usize = 3;

/// Asks the one question that a message calls for.
///
/// # Errors
/// When the database is away.
pub(crate) async fn ask(turn: &mut Turn<'_>, source: &Source<'_>, asked: &Asked) -> Done {
    match &asked.kind {
        QuestionKind::Confirm(celsius) => confirm(turn, source, asked, *celsius).await,
        QuestionKind::Which(values) => {
            let readings: Vec<Reading> = values
                .iter()
                .map(|celsius| Reading {
                    member_hint: None,
                    celsius: *celsius,
                    symptoms: asked.symptoms.clone(),
                    site: None,
                })
                .collect();
            whose(turn, source, &readings).await
        }
        QuestionKind::OutOfRange(celsius) => out_of_range(turn, source, *celsius).await,
        QuestionKind::Number => number(turn, source).await,
    }
}

async fn confirm(
    turn: &mut Turn<'_>,
    source: &Source<'_>,
    asked: &Asked,
    celsius: Celsius,
) -> Done {
    let members = candidates(source.home);
    let tenths = i64::from(celsius.tenths());
    let phrase =
        say("reading-confirm").with("heard", &asked.heard).with("celsius", Arg::Tenths(tenths));
    let yes = members.iter().map(|member| {
        let label = if members.len() == 1 {
            say("reading-button-yes").with("celsius", Arg::Tenths(tenths))
        } else {
            say("reading-button-yes-of")
                .with("celsius", Arg::Tenths(tenths))
                .with("name", &member.name)
        };
        Button::press(label, Press::ReadingConfirm { celsius, n: member.n })
    });
    let mut keys = in_rows(&yes.collect::<Vec<_>>());
    keys.push(vec![Button::press(say("reading-button-no"), Press::ReadingReject {})]);
    let letter = post(turn, source, phrase, keys).await?;
    let member = source.home.identity.only().map(|member| member.id);
    let symptoms = asked.symptoms.as_deref().map(write_symptoms);
    wait(turn, source, letter, member, Some(celsius), symptoms).await
}

async fn out_of_range(turn: &mut Turn<'_>, source: &Source<'_>, celsius: Celsius) -> Done {
    let tenths = i64::from(celsius.tenths());
    let phrase = say("reading-out-of-range").with("celsius", Arg::Tenths(tenths));
    let mut keys = keypad::member_keys(&source.home.members);
    keys.push(vec![Button::press(say("reading-button-no"), Press::ReadingReject {})]);
    let letter = post(turn, source, phrase, keys).await?;
    wait(turn, source, letter, None, Some(celsius), None).await
}

async fn number(turn: &mut Turn<'_>, source: &Source<'_>) -> Done {
    let keys = keypad::member_keys(&source.home.members);
    post(turn, source, say("reading-number"), keys).await?;
    Ok(())
}

/// Asks whose values are, one after the other in one message. Somebody who has just been asked who
/// they are is not asked a second time: their answer settles it.
///
/// # Errors
/// When the database is away.
pub(crate) async fn whose(turn: &mut Turn<'_>, source: &Source<'_>, readings: &[Reading]) -> Done {
    let unknown = source.home.identity.members.is_empty();
    let moving_in = source.home.household.settled_in_at.is_none();
    let asks_who = unknown && moving_in && readings.len() == 1 && readings[0].member_hint.is_none();
    let Some(first) = readings.first() else { return Ok(()) };
    let letter = if asks_who {
        None
    } else {
        let (phrase, keys) = which(source.home, i64::from(first.celsius.tenths()));
        post(turn, source, phrase, keys).await?
    };
    for reading in readings {
        let symptoms = reading.symptoms.as_deref().map(write_symptoms);
        wait(turn, source, letter, None, Some(reading.celsius), symptoms).await?;
    }
    if unknown {
        raise_if_fever(turn, source, readings).await?;
    }
    Ok(())
}

/// A fever from an account nobody knows does not wait for anybody's answer.
async fn raise_if_fever(turn: &mut Turn<'_>, source: &Source<'_>, readings: &[Reading]) -> Done {
    let limits = &turn.settings().fever;
    let fevers = readings.iter().filter(|r| is_fever(r.celsius, r.site, limits));
    if let Some(highest) = fevers.map(|reading| reading.celsius.tenths()).max() {
        raise_unknown(turn, source.home, i64::from(highest), source.message.id).await?;
    }
    Ok(())
}

fn which(home: &Home, tenths: i64) -> (Phrase, Vec<Vec<Button>>) {
    let buttons = home.members.iter().filter(|member| member.is_here()).map(|member| {
        let label = say("report-button-member").with("name", &member.name);
        Button::press(label, Press::ReadingWho { n: member.n })
    });
    let mut keys = in_rows(&buttons.collect::<Vec<_>>());
    keys.push(vec![Button::press(say("reading-button-nobody"), Press::ReadingReject {})]);
    (say("reading-which").with("celsius", Arg::Tenths(tenths)), keys)
}

fn in_rows(buttons: &[Button]) -> Vec<Vec<Button>> {
    buttons.chunks(ROW).map(<[Button]>::to_vec).collect()
}

/// Whom a value may belong to: the one the sender stands for, else anybody.
fn candidates(home: &Home) -> Vec<&Member> {
    match home.identity.only() {
        Some(only) => vec![only],
        None => home.members.iter().filter(|member| member.is_here()).collect(),
    }
}

async fn post(
    turn: &mut Turn<'_>,
    source: &Source<'_>,
    phrase: Phrase,
    keys: Vec<Vec<Button>>,
) -> Done<Option<LetterId>> {
    let telling = Telling::answer(phrase).keys(keys).reply_to(Some(source.message.id));
    household::tell(turn, &source.home.household, telling).await
}

async fn wait(
    turn: &mut Turn<'_>,
    source: &Source<'_>,
    letter: Option<LetterId>,
    member: Option<i64>,
    celsius: Option<Celsius>,
    symptoms: Option<String>,
) -> Done {
    let fever = celsius.is_some_and(|celsius| is_fever(celsius, None, &turn.settings().fever));
    let due = fever.then(|| source.said_at.plus(turn.settings().checks.question_after));
    let question = store::Question {
        id: 0,
        household_id: source.home.household.id,
        chat_id: source.scene.chat.id,
        account_id: source.scene.account_id(),
        message_id: Some(source.message.id),
        member_id: member,
        tenths: celsius.map(|celsius| i64::from(celsius.tenths())),
        symptoms,
        said_at: source.said_at,
        letter_id: letter,
    };
    store::ask(&mut turn.tx, &question, due).await?;
    Ok(())
}

/// Carries out a press on a question.
///
/// # Errors
/// Refused as `already-closed` when the question is settled.
pub async fn pressed(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    press: &Press,
    message: Option<i64>,
) -> Done<Option<Phrase>> {
    let closed = || say("already-closed");
    let letter = keypad::letter_of(turn, scene, message).await?.ok_or_else(closed)?;
    let open = store::questions_of_letter(&mut turn.tx, letter).await?;
    let question = open.first().ok_or_else(closed)?;
    match press {
        Press::ReadingReject {} => reject(turn, scene, home, letter, &open).await,
        Press::ReadingConfirm { celsius, n } => {
            let same = question.tenths == Some(i64::from(celsius.tenths()));
            let member = home.member(*n).filter(|_| same).ok_or_else(closed)?;
            settle(turn, scene, home, question, member).await?;
            next(turn, scene, home, letter, &open[1..]).await
        }
        Press::ReadingWho { n } => {
            let member = home.member(*n).ok_or_else(closed)?;
            settle(turn, scene, home, question, member).await?;
            next(turn, scene, home, letter, &open[1..]).await
        }
        _ => Ok(None),
    }
}

/// It was no reading, or a wrong one: the keypad is offered instead.
async fn reject(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    letter: LetterId,
    open: &[store::Question],
) -> Done<Option<Phrase>> {
    let now = turn.now();
    for question in open {
        store::settle_question(&mut turn.tx, question.id, now).await?;
    }
    let keys = keypad::member_keys(&home.members);
    let edit = Letter::edit(scene.chat.id, &scene.language, letter, say("reading-rejected"));
    turn.post(edit.keys(keys)).await?;
    Ok(None)
}

/// Asks about the next value of the same message, or thanks.
async fn next(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    letter: LetterId,
    open: &[store::Question],
) -> Done<Option<Phrase>> {
    let (phrase, keys) = match open.first().and_then(|question| question.tenths) {
        Some(tenths) => which(home, tenths),
        None => (say("reading-settled"), Vec::new()),
    };
    let edit = Letter::edit(scene.chat.id, &scene.language, letter, phrase).keys(keys);
    turn.post(edit).await?;
    Ok(None)
}

/// Writes the value of a question down for a member.
async fn settle(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    question: &store::Question,
    member: &Member,
) -> Done {
    let now: Timestamp = turn.now();
    if !store::settle_question(&mut turn.tx, question.id, now).await? {
        return Err(say("already-closed").into());
    }
    let Some(celsius) = value_of(question) else { return Ok(()) };
    let symptoms = question.symptoms.as_deref().map(|stored| {
        super::read_symptoms(stored).iter().filter_map(|code| code.parse().ok()).collect()
    });
    let reading = Reading { member_hint: None, celsius, symptoms, site: None };
    let entry = Entry {
        chat: Some(scene.chat.id),
        message: question.message_id,
        account: question.account_id,
        staff: scene.staff.as_ref().map(|staff| staff.id),
        ..Entry::of(member, &reading, question.said_at, Via::Text, scene.who())
    };
    let fever = record(turn, &home.household, &home.members, &entry).await?;
    if let Some(message) = question.message_id {
        chat::acknowledge(turn, scene, message).await?;
    }
    if fever {
        let tenths = i64::from(celsius.tenths());
        tell_danger(turn, &home.household, Some(tenths), question.message_id).await?;
    }
    Ok(())
}

fn value_of(question: &store::Question) -> Option<Celsius> {
    let tenths = i32::try_from(question.tenths?).ok()?;
    Some(Celsius::from_tenths(tenths)).filter(|celsius| celsius.is_plausible())
}

/// An account has said which member it is: the values it sent before are that member's.
///
/// # Errors
/// When the database is away.
pub async fn claimed(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    account: AccountId,
    member: &Member,
) -> Done {
    let waiting = store::questions_of_account(&mut turn.tx, scene.chat.id, account).await?;
    for question in waiting {
        settle(turn, scene, home, &question, member).await?;
    }
    Ok(())
}
