//! The questions in words: in the household's chat, in that of staff who answer for it, and as lines of
//! its file.

use super::question::{self, Question};
use super::store::{self, AnswerRow};
use super::{Given, can_be_asked, next_open, record};
use crate::base::chat::{AccountId, ChatId, ChatKind, LetterId, Message, Outgoing};
use crate::base::language::{Arg, LanguageTag, Phrase, say};
use crate::base::outbox::{self, Button, Lane, Letter};
use crate::base::turn::{Done, Turn};
use crate::desk::household::file::Household;
use crate::desk::household::{self, Manner, Telling};
use crate::desk::press::{Action, Press};
use crate::desk::prompt::{self, Wanted};
use crate::desk::scene::{Home, Scene};
use crate::desk::staff;
use crate::desk::staff::person::Staff;
use crate::desk::staff::policy::Act;

/// The reaction to an answer in words.
const NOTED: &str = "👌";

// ---- In the household's chat ----

/// Puts the first question into the household's chat; nobody there asked for it.
///
/// # Errors
/// When the database is away.
pub(super) async fn put_first(turn: &mut Turn<'_>, household: &Household) -> Done {
    let Some(question) = next_open(&mut turn.tx, household.id).await? else { return Ok(()) };
    let tag = household::language(turn.ground, household);
    let telling = Telling::new(asked(&tag, question), Manner::Unasked, Lane::Relay);
    let telling = telling.keys(keys(&tag, household, question));
    let letter = household::tell(turn, household, telling).await?;
    Ok(store::set_asking(&mut turn.tx, household.id, Some(&question.id), letter).await?)
}

/// The message goes on to the next question, or says that it was the last.
async fn go_on(turn: &mut Turn<'_>, household: &Household, letter: Option<LetterId>) -> Done {
    let question = next_open(&mut turn.tx, household.id).await?;
    let id = question.map(|question| question.id.as_str());
    store::set_asking(&mut turn.tx, household.id, id, letter.filter(|_| id.is_some())).await?;
    let (Some(chat), Some(letter)) = (household.chat_id, letter) else { return Ok(()) };
    let tag = household::language(turn.ground, household);
    let edit = match question {
        Some(question) => Letter::edit(chat, &tag, letter, asked(&tag, question))
            .keys(keys(&tag, household, question)),
        None => Letter::edit(chat, &tag, letter, say("intake-done")),
    };
    turn.post(edit.about(household.id)).await?;
    Ok(())
}

fn asked(tag: &LanguageTag, question: &Question) -> Phrase {
    numbered(say("intake-question"), tag, question)
}

fn numbered(phrase: Phrase, tag: &LanguageTag, question: &Question) -> Phrase {
    let all = question::all();
    let place = all.iter().position(|one| one.id == question.id).map_or(0, |place| place + 1);
    let words = question::find(tag.as_str(), &question.id).map_or("", |q| q.ask.as_str());
    phrase.with("n", place).with("total", all.len()).with("question", words)
}

fn keys(tag: &LanguageTag, household: &Household, asked: &Question) -> Vec<Vec<Button>> {
    let (code, id) = (&household.code, &asked.id);
    let (household, question) = (code.clone(), id.clone());
    let own = question::find(tag.as_str(), id).unwrap_or(asked);
    let answers: Vec<Button> = own
        .answer
        .iter()
        .map(|answer| {
            let label = say("intake-button-answer").with("answer", &answer.text);
            let (household, question) = (code.clone(), id.clone());
            let answer = answer.id.clone();
            Button::press(label, Press::IntakeAnswer { household, question, answer })
        })
        .collect();
    let mut keys: Vec<Vec<Button>> = answers.chunks(2).map(<[Button]>::to_vec).collect();
    let write = Press::IntakeWrite { household: household.clone(), question: question.clone() };
    keys.push(vec![
        Button::press(say("intake-button-write"), write),
        Button::press(say("intake-button-skip"), Press::IntakeSkip { household, question }),
    ]);
    keys
}

/// Hears an answer in words: a reply to the question, or what comes after [Write it].
///
/// # Errors
/// When the database is away.
pub async fn hears(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    message: &Message,
    waiting: Option<&(Wanted, String)>,
) -> Done<bool> {
    let asking = store::asking(&mut turn.tx, home.household.id).await?;
    let Some(asking) = asking.filter(|_| !message.text.trim().is_empty()) else { return Ok(false) };
    let Some(question) = asking.question.as_deref() else { return Ok(false) };
    let waits = waiting
        .and_then(|(wanted, about)| (*wanted == Wanted::Intake).then_some(about))
        .is_some_and(|about| *about == matter(&home.household, question));
    let replies = match (message.reply_to, asking.letter) {
        (Some(to), Some(letter)) => {
            outbox::letter_of(&mut turn.tx, scene.chat.id, to).await? == Some(letter)
        }
        _ => false,
    };
    let found = question::find("", question).filter(|_| waits || replies);
    let Some(found) = found.filter(|_| message.edited_at.is_none()) else { return Ok(false) };
    let given = Given::Words(message.text.clone());
    record(turn, &home.household, found, given, scene.who()).await?;
    if let Some(account) = scene.account_id().filter(|_| waits) {
        prompt::answered(turn, scene.chat.id, account).await?;
    }
    let emoji = NOTED.to_owned();
    let noted = Outgoing::React { message: message.id, emoji };
    turn.post(Letter::act(scene.chat.id, &scene.language, noted).about(home.household.id)).await?;
    go_on(turn, &home.household, asking.letter).await?;
    Ok(true)
}

// ---- For staff who answer on behalf of a household ----

/// Puts the questions to a person of the staff, in their own chat, from the first that is open.
async fn enter(turn: &mut Turn<'_>, household: &Household, staff: &Staff) -> Done {
    let open = next_open(&mut turn.tx, household.id).await?;
    let first = open.or_else(|| question::after(None));
    put_to_staff(turn, household, staff, first, None).await
}

async fn put_to_staff(
    turn: &mut Turn<'_>,
    household: &Household,
    staff: &Staff,
    question: Option<&Question>,
    instead_of: Option<LetterId>,
) -> Done {
    let (Some(chat), Some(account)) = (staff.chat_id, staff.account_id) else { return Ok(()) };
    let tag = staff::language(turn.ground, &mut turn.tx, staff).await?;
    let (phrase, keys) = match question {
        None => (say("intake-entered").with("door", household.door()), Vec::new()),
        Some(question) => {
            let phrase = numbered(say("intake-question-staff"), &tag, question)
                .with("door", household.door())
                .with("answer", so_far(turn, household, &tag, question).await?);
            if question.answer.is_empty() {
                wait_for_words(turn, chat, account, household, question).await?;
            }
            (phrase, keys(&tag, household, question))
        }
    };
    let letter = match instead_of {
        Some(letter) => Letter::edit(chat, &tag, letter, phrase),
        None => Letter::say(chat, &tag, phrase).silent(true),
    };
    turn.post(letter.about(household.id).keys(keys)).await?;
    Ok(())
}

async fn so_far(
    turn: &mut Turn<'_>,
    household: &Household,
    tag: &LanguageTag,
    question: &Question,
) -> Done<Arg> {
    let answers = store::answers(&mut turn.tx, household.id).await?;
    let known = answers.iter().find(|row| row.question == question.id);
    Ok(known.map_or_else(|| say("intake-open").into(), |row| told(tag, row)))
}

async fn wait_for_words(
    turn: &mut Turn<'_>,
    chat: ChatId,
    account: AccountId,
    household: &Household,
    question: &Question,
) -> Done {
    let about = matter(household, &question.id);
    prompt::ask(turn, chat, account, Wanted::Intake, &about).await
}

/// What a prompt is about: the household's row and the question.
fn matter(household: &Household, question: &str) -> String {
    format!("{} {question}", household.id)
}

/// Hears the words that a person of the staff was asked for.
///
/// # Errors
/// Refused when the question is over or is not theirs to answer.
pub async fn hears_staff(
    turn: &mut Turn<'_>,
    scene: &Scene,
    staff: &Staff,
    about: &str,
    message: &Message,
) -> Done {
    let (household, id) = about.split_once(' ').ok_or_else(|| say("already-closed"))?;
    let household = household.parse().map_err(|_| say("already-closed"))?;
    let household = household::store::get(&mut turn.tx, household).await?;
    if !scene.may(Act::Press(Action::IntakeAnswer), Some(household.object())) {
        return Err(say("not-yours").into());
    }
    let question = question::find("", id).ok_or_else(|| say("already-closed"))?;
    if message.text.trim().is_empty() {
        return Err(say("intake-write").into());
    }
    record(turn, &household, question, Given::Words(message.text.clone()), scene.who()).await?;
    put_to_staff(turn, &household, staff, question::after(Some(id)), None).await
}

// ---- Presses ----

/// Carries out a press about the questions.
///
/// # Errors
/// Refused when it is over or not for this person.
pub async fn pressed(
    turn: &mut Turn<'_>,
    scene: &Scene,
    household: &Household,
    press: &Press,
    message: Option<i64>,
) -> Done<Option<Phrase>> {
    match press {
        Press::IntakeAsk { .. } => {
            let staff = scene.staff.as_ref().ok_or_else(|| say("not-yours"))?;
            super::ask(turn, household, staff).await?;
            Ok(Some(say("intake-toast-asked")))
        }
        Press::IntakeEnter { .. } => {
            let staff = scene.staff.as_ref().ok_or_else(|| say("not-yours"))?;
            enter(turn, household, staff).await?;
            Ok(None)
        }
        Press::IntakeAnswer { question, answer, .. } => {
            let given = Given::Choice(answer.clone());
            settle(turn, scene, household, question, given, message).await
        }
        Press::IntakeSkip { question, .. } => {
            settle(turn, scene, household, question, Given::Nothing, message).await
        }
        Press::IntakeWrite { question, .. } => {
            let account = who_answers(scene, household)?;
            let found = question::find("", question).ok_or_else(|| say("already-closed"))?;
            still_asked(turn, scene, household, question).await?;
            wait_for_words(turn, scene.chat.id, account, household, found).await?;
            Ok(Some(say("intake-write")))
        }
        _ => Ok(None),
    }
}

/// Whoever answers has an account, and staff have not turned it away.
fn who_answers(scene: &Scene, household: &Household) -> Done<AccountId> {
    let refused = home_of(scene, household).is_some_and(|home| home.identity.stranger);
    let account = scene.account_id().filter(|_| !refused);
    Ok(account.ok_or_else(|| say("not-yours"))?)
}

fn home_of<'s>(scene: &'s Scene, household: &Household) -> Option<&'s Home> {
    scene.home.as_ref().filter(|home| home.household.id == household.id)
}

/// In the household's chat one question waits at a time, and no other is answered there.
async fn still_asked(
    turn: &mut Turn<'_>,
    scene: &Scene,
    household: &Household,
    question: &str,
) -> Done<Option<LetterId>> {
    if home_of(scene, household).is_none() {
        return Ok(None);
    }
    let asking = store::asking(&mut turn.tx, household.id).await?;
    let asking = asking.filter(|asking| asking.question.as_deref() == Some(question));
    Ok(asking.ok_or_else(|| say("already-closed"))?.letter)
}

async fn settle(
    turn: &mut Turn<'_>,
    scene: &Scene,
    household: &Household,
    id: &str,
    given: Given,
    message: Option<i64>,
) -> Done<Option<Phrase>> {
    who_answers(scene, household)?;
    let question = question::find("", id).ok_or_else(|| say("already-closed"))?;
    let letter = still_asked(turn, scene, household, id).await?;
    record(turn, household, question, given, scene.who()).await?;
    if home_of(scene, household).is_some() {
        go_on(turn, household, letter).await?;
    } else if let (ChatKind::Private, Some(staff)) = (scene.chat.kind, &scene.staff) {
        let letter = match message {
            Some(message) => outbox::letter_of(&mut turn.tx, scene.chat.id, message).await?,
            None => None,
        };
        put_to_staff(turn, household, staff, question::after(Some(id)), letter).await?;
    }
    Ok(Some(say("intake-toast-noted")))
}

// ---- On the household's file ----

/// The answers as lines of the file, in the language of its reader.
///
/// # Errors
/// When the database is away.
pub async fn file_lines(
    turn: &mut Turn<'_>,
    household: &Household,
    tag: &LanguageTag,
) -> Done<Vec<Phrase>> {
    let answers = store::answers(&mut turn.tx, household.id).await?;
    let line = |question: &Question| {
        let row = answers.iter().find(|row| row.question == question.id)?;
        let own = question::find(tag.as_str(), &question.id).unwrap_or(question);
        Some(say("intake-line").with("question", &own.label).with("answer", told(tag, row)))
    };
    Ok(question::all().iter().filter_map(line).collect())
}

/// An answer in words.
fn told(tag: &LanguageTag, row: &AnswerRow) -> Arg {
    match (&row.choice, &row.words) {
        (Some(choice), _) => {
            let own = question::find(tag.as_str(), &row.question);
            own.and_then(|question| question.answer(choice)).unwrap_or(choice.as_str()).into()
        }
        (None, Some(words)) => words.into(),
        (None, None) => say("intake-passed").into(),
    }
}

/// The buttons of the file: to ask the household, and to answer for it.
///
/// # Errors
/// When the database is away.
pub async fn file_keys(turn: &mut Turn<'_>, household: &Household) -> Done<Vec<Button>> {
    let asked = store::asking(&mut turn.tx, household.id).await?.is_some();
    let open = next_open(&mut turn.tx, household.id).await?.is_some();
    let code = household.code.clone();
    let mut buttons = Vec::new();
    if can_be_asked(household) && !asked && open {
        let ask = Press::IntakeAsk { household: code.clone() };
        buttons.push(Button::press(say("intake-button-ask"), ask));
    }
    let enter = Press::IntakeEnter { household: code };
    buttons.push(Button::press(say("intake-button-enter"), enter));
    Ok(buttons)
}
