//! The ground from the inside, on both databases: what comes in keeps its order, what must go out is
//! replaced by the newest, a chat that moves keeps its letters, one `serve` at a time.

use std::time::Duration;

use doorstep::base::chat::{ChatId, ChatKind, Happening, Incoming, LetterId, Outgoing};
use doorstep::base::clock::Timestamp;
use doorstep::base::inbox::{self, Post, RawUpdate};
use doorstep::base::language::{Phrase, say};
use doorstep::base::outbox::{self, Lane, Letter};
use doorstep::base::store::{Db, ServeLock, StoreError, Tx, is_passing};
use doorstep::base::turn::{Fault, Ground, Halt, Turn};
use doorstep::base::{directory, setting};
use doorstep::serve::hearing;
use serde_json::json;
use sqlx::AssertSqlSafe;

use crate::inside::{BOT, ask, on_both_inside};

mod schema;

/// An instant of these proofs.
const NOON: Timestamp = Timestamp::from_seconds(1_775_000_000);

fn later(milliseconds: u64) -> Timestamp {
    NOON.plus(Duration::from_millis(milliseconds))
}

// ---- What came in ----

fn update(update_id: i64, chat_key: i64) -> RawUpdate {
    RawUpdate { update_id, chat_key, raw: format!("{{\"update_id\":{update_id}}}") }
}

async fn begin(ground: &Ground) -> Tx<'static> {
    let mut tx = ground.db.begin().await.unwrap();
    directory::meet_bot(&mut tx, BOT, "doorstep_bot", NOON).await.unwrap();
    tx
}

/// The updates that may be heard, as `epoch/number`.
async fn next(tx: &mut Tx<'_>, now: Timestamp) -> Vec<String> {
    let posts = inbox::next(tx, now).await.unwrap();
    posts.iter().map(|post| format!("{}/{}", post.epoch, post.update_id)).collect()
}

async fn first(tx: &mut Tx<'_>, now: Timestamp) -> Post {
    inbox::next(tx, now).await.unwrap().remove(0)
}

on_both_inside!(what_came_in_is_heard_in_its_order_and_once, async |inside| {
    let mut tx = begin(&inside.ground).await;
    let batch = [update(10, 1), update(11, 2), update(12, 1)];
    let cursor = inbox::store(&mut tx, BOT, &batch, NOON).await.unwrap();
    assert_eq!((cursor.epoch, cursor.next_update), (1, 13));
    assert_eq!(next(&mut tx, NOON).await, ["1/10", "1/11", "1/12"]);
    inbox::store(&mut tx, BOT, &[update(12, 1), update(13, 1)], NOON).await.unwrap();
    assert_eq!(next(&mut tx, NOON).await, ["1/10", "1/11", "1/12", "1/13"], "stored once");
    let post = first(&mut tx, NOON).await;
    inbox::done(&mut tx, &post).await.unwrap();
    assert_eq!(next(&mut tx, NOON).await, ["1/11", "1/12", "1/13"]);
    assert_eq!(inbox::waiting(&mut tx).await.unwrap(), 3);
});

on_both_inside!(numbers_that_begin_anew_are_a_new_epoch, async |inside| {
    let mut tx = begin(&inside.ground).await;
    inbox::store(&mut tx, BOT, &[update(900, 1)], NOON).await.unwrap();
    let after = NOON.plus(inbox::QUIET);
    // The second comes before the first, as a webhook may bring them.
    inbox::store(&mut tx, BOT, &[update(6, 1)], after).await.unwrap();
    let cursor = inbox::store(&mut tx, BOT, &[update(5, 1)], after).await.unwrap();
    assert_eq!((cursor.epoch, cursor.next_update), (2, 7));
    assert_eq!(next(&mut tx, after).await, ["1/900", "2/5", "2/6"], "the old ones first");
    assert_eq!(inbox::store(&mut tx, BOT, &[], after).await.unwrap(), cursor);
});

on_both_inside!(a_latecomer_is_heard_once_and_begins_no_new_epoch, async |inside| {
    let mut tx = begin(&inside.ground).await;
    inbox::store(&mut tx, BOT, &[update(10, 1), update(14, 2)], NOON).await.unwrap();
    let almost = NOON.plus(Duration::from_hours(71));
    for now in [NOON, later(3_600_000), almost] {
        let cursor = inbox::store(&mut tx, BOT, &[update(12, 1)], now).await.unwrap();
        assert_eq!((cursor.epoch, cursor.next_update), (1, 15), "the cursor does not go back");
    }
    assert_eq!(next(&mut tx, almost).await, ["1/10", "1/12", "1/14"], "in the order of numbers");
    let post = first(&mut tx, almost).await;
    inbox::done(&mut tx, &post).await.unwrap();
    inbox::store(&mut tx, BOT, &[update(10, 1)], almost).await.unwrap();
    assert_eq!(next(&mut tx, almost).await, ["1/12", "1/14"], "what was heard is not heard again");
});

on_both_inside!(what_is_stored_again_after_quiet_days_is_still_known, async |inside| {
    let mut tx = begin(&inside.ground).await;
    inbox::store(&mut tx, BOT, &[update(10, 1), update(11, 1)], NOON).await.unwrap();
    let after = NOON.plus(inbox::QUIET * 3);
    let again = [update(10, 1), update(11, 1), update(12, 1)];
    let cursor = inbox::store(&mut tx, BOT, &again, after).await.unwrap();
    assert_eq!((cursor.epoch, cursor.next_update), (1, 13));
    assert_eq!(next(&mut tx, after).await, ["1/10", "1/11", "1/12"]);
});

on_both_inside!(a_chat_that_waits_for_another_try_delays_no_other, async |inside| {
    let mut tx = begin(&inside.ground).await;
    let batch = [update(1, 7), update(2, 8), update(3, 7)];
    inbox::store(&mut tx, BOT, &batch, NOON).await.unwrap();
    let post = first(&mut tx, NOON).await;
    inbox::retry_later(&mut tx, &post, "broken", NOON).await.unwrap();
    assert_eq!(next(&mut tx, NOON).await, ["1/2"], "the whole chat waits, and it alone");
    assert_eq!(next(&mut tx, later(100)).await, ["1/1", "1/2", "1/3"], "then in its order");
    let again = first(&mut tx, later(100)).await;
    assert_eq!(again.attempts, 1);
    inbox::retry_later(&mut tx, &again, "broken", NOON).await.unwrap();
    assert_eq!(next(&mut tx, later(199)).await, ["1/2"], "the second pause is longer");
    assert_eq!(next(&mut tx, later(200)).await.len(), 3);
});

on_both_inside!(a_buried_update_is_kept_and_lets_its_chat_go_on, async |inside| {
    let mut tx = begin(&inside.ground).await;
    inbox::store(&mut tx, BOT, &[update(1, 7), update(2, 7)], NOON).await.unwrap();
    for _ in 1..inbox::MOST_FAILURES {
        let post = first(&mut tx, later(60_000)).await;
        inbox::retry_later(&mut tx, &post, "broken", NOON).await.unwrap();
    }
    let post = first(&mut tx, later(60_000)).await;
    assert_eq!((post.update_id, post.attempts + 1), (1, inbox::MOST_FAILURES));
    inbox::bury(&mut tx, &post, "broken").await.unwrap();
    assert_eq!(next(&mut tx, NOON).await, ["1/2"]);
    let dead = "SELECT raw FROM inbox WHERE state = 'dead' AND error = 'broken'";
    let raw: String = ask!(&mut tx, c => sqlx::query_scalar(dead).fetch_one(c).await).unwrap();
    assert_eq!(raw, "{\"update_id\":1}");
});

/// An update that holds a message with these words.
fn spoken(update_id: i64, chat: i64, text: &str) -> RawUpdate {
    let message = json!({
        "message_id": update_id,
        "date": 1_775_000_000,
        "chat": { "id": chat, "type": "private" },
        "from": { "id": chat, "is_bot": false, "first_name": "Chen" },
        "text": text,
    });
    let raw = json!({ "update_id": update_id, "message": message }).to_string();
    RawUpdate { update_id, chat_key: chat, raw }
}

/// How many updates of a state there are in a chat.
async fn count(tx: &mut Tx<'_>, state: &str, chat: i64) -> i64 {
    ask!(tx, c => sqlx::query_scalar(
        "SELECT count(*) FROM inbox WHERE state = $1 AND chat_key = $2")
        .bind(state).bind(chat).fetch_one(c).await)
    .unwrap()
}

on_both_inside!(a_panic_is_its_own_chats_and_ends_in_a_dead_row_and_a_note, async |inside| {
    let ground = &inside.ground;
    let mut tx = begin(ground).await;
    let admin = "INSERT INTO staff (name, folded_name, role, area, languages, state, on_duty, \
                 bot_id, chat_id, invited_at, joined_at) \
                 VALUES ('Xu', 'xu', 'admin', 'A/', '[]', 'active', TRUE, 5001, $1, 0, 0)";
    let desk = directory::chat_for(&mut tx, BOT, 9, ChatKind::Private).await.unwrap().id;
    ask!(&mut tx, c => sqlx::query(admin).bind(desk).execute(c).await.map(|_| ())).unwrap();
    let batch = [spoken(1, 7, "poison"), spoken(2, 8, "36.5"), spoken(3, 7, "36.6")];
    inbox::store(&mut tx, BOT, &batch, NOON).await.unwrap();
    tx.commit().await.unwrap();
    let hear = async |turn: &mut Turn<'_>, incoming: &Incoming| {
        let now = turn.now();
        inbox::first_time(&mut turn.tx, "half-way", now).await?;
        let Happening::Message(message) = &incoming.what else { return Ok(()) };
        assert!(message.text != "poison", "a fault in the desk");
        Ok(())
    };
    assert_eq!(hearing::hear_batch(ground, BOT, &hear).await.unwrap(), 1, "the other chat alone");
    let mut tx = ground.db.begin().await.unwrap();
    assert_eq!((count(&mut tx, "done", 8).await, count(&mut tx, "new", 7).await), (1, 2));
    tx.commit().await.unwrap();
    ground.clock.advance_to(ground.clock.now().plus(Duration::from_mins(1)));
    hearing::hear_batch(ground, BOT, &hear).await.unwrap();
    let mut tx = ground.db.begin().await.unwrap();
    assert_eq!(count(&mut tx, "dead", 7).await, 1, "a second panic buries it");
    let notes: i64 = ask!(&mut tx, c => sqlx::query_scalar(
        "SELECT count(*) FROM outbox WHERE text_id = 'operator-dead-update' AND chat_id = $1")
        .bind(desk).fetch_one(c).await)
    .unwrap();
    assert_eq!(notes, 1);
    tx.commit().await.unwrap();
    hearing::hear_batch(ground, BOT, &hear).await.unwrap();
    let mut tx = ground.db.begin().await.unwrap();
    assert_eq!(count(&mut tx, "done", 7).await, 1, "the chat goes on");
});

on_both_inside!(a_turn_that_fails_by_itself_is_buried_after_five_tries, async |inside| {
    let ground = &inside.ground;
    let mut tx = begin(ground).await;
    inbox::store(&mut tx, BOT, &[spoken(1, 7, "36.5")], NOON).await.unwrap();
    tx.commit().await.unwrap();
    let away = async |_: &mut Turn<'_>, _: &Incoming| {
        Err(Halt::Fault(Fault::Store(sqlx::Error::PoolTimedOut)))
    };
    for _ in 0..20 {
        hearing::hear_batch(ground, BOT, &away).await.expect_err("tried again as a whole");
    }
    let broken =
        async |_: &mut Turn<'_>, _: &Incoming| Err(Halt::Fault(Fault::Broken("a row".into())));
    for failure in 1..=inbox::MOST_FAILURES {
        let mut tx = ground.db.begin().await.unwrap();
        assert_eq!(count(&mut tx, "new", 7).await, 1, "before failure {failure}");
        tx.commit().await.unwrap();
        hearing::hear_batch(ground, BOT, &broken).await.unwrap();
        ground.clock.advance_to(ground.clock.now().plus(Duration::from_mins(1)));
    }
    let mut tx = ground.db.begin().await.unwrap();
    assert_eq!(count(&mut tx, "dead", 7).await, 1, "what passes by itself did not count");
});

on_both_inside!(a_thing_happens_for_the_first_time_once, async |inside| {
    let mut tx = begin(&inside.ground).await;
    assert!(inbox::first_time(&mut tx, "cb:1:x", NOON).await.unwrap());
    assert!(!inbox::first_time(&mut tx, "cb:1:x", NOON).await.unwrap());
    let key = |edited, text| inbox::message_key(ChatId(1), 2, edited, text);
    assert_ne!(key(Some(NOON), "36.5"), key(Some(NOON), "36.6"), "two edits within one second");
    assert_eq!(key(None, "36.5"), key(None, "36.6"), "one message is one message");
});

// ---- What must go out ----

async fn chat(tx: &mut Tx<'_>, telegram_id: i64) -> ChatId {
    directory::chat_for(tx, BOT, telegram_id, ChatKind::Group).await.unwrap().id
}

async fn post(tx: &mut Tx<'_>, ground: &Ground, letter: Letter) -> LetterId {
    let mut turn = Turn::begin(tx, ground, BOT, "update 1".into()).await.unwrap();
    let id = turn.post(letter).await.unwrap();
    turn.keep().await.unwrap();
    id
}

fn note(ground: &Ground, chat: ChatId, phrase: Phrase) -> Letter {
    Letter::say(chat, &ground.default_language(), phrase)
}

/// The queued letters, as `lane text`.
async fn queued(tx: &mut Tx<'_>) -> Vec<String> {
    let all = outbox::letters_since(tx, 0).await.unwrap();
    let queued = all.iter().filter(|letter| letter.state == outbox::LetterState::Queued);
    queued
        .map(|letter| {
            let text = letter.text_id.as_deref().unwrap_or("-");
            format!("{} {text}", Lane::word_of(letter.lane))
        })
        .collect()
}

async fn mark(tx: &mut Tx<'_>, letter: LetterId, state: &str) {
    let query =
        AssertSqlSafe(format!("UPDATE outbox SET state = '{state}' WHERE id = {}", letter.0));
    ask!(tx, c => sqlx::query(query).execute(c).await.map(|_| ())).unwrap();
}

on_both_inside!(of_changes_that_wait_the_newest_wins, async |inside| {
    let ground = &inside.ground;
    let mut tx = begin(ground).await;
    let chat = chat(&mut tx, -1).await;
    let card = post(&mut tx, ground, note(ground, chat, say("help-staff"))).await;
    mark(&mut tx, card, "sent").await;
    let language = ground.default_language();
    let edit = |text| Letter::edit(chat, &language, card, say(text));
    let one = post(&mut tx, ground, edit("duty-on")).await;
    let two = post(&mut tx, ground, edit("duty-off")).await;
    assert_eq!(one, two, "one row");
    assert_eq!(queued(&mut tx).await, ["reply duty-off"]);
    mark(&mut tx, two, "sending").await;
    let three = post(&mut tx, ground, edit("duty-is-on")).await;
    assert_ne!(two, three, "what is on its way is not overwritten");
    assert_eq!(outbox::target_of(&mut tx, three).await.unwrap(), Some(card));
});

on_both_inside!(a_change_never_overtakes_what_it_changes, async |inside| {
    let ground = &inside.ground;
    let mut tx = begin(ground).await;
    let chat = chat(&mut tx, -1).await;
    let reminder = note(ground, chat, say("help-staff")).lane(Lane::Reminder);
    let reminder = post(&mut tx, ground, reminder).await;
    let edit = Letter::edit(chat, &ground.default_language(), reminder, say("duty-on"));
    post(&mut tx, ground, edit.lane(Lane::Danger)).await;
    assert_eq!(queued(&mut tx).await, ["reminder help-staff", "reminder duty-on"]);
});

on_both_inside!(reminders_are_withdrawn_and_nothing_else_is, async |inside| {
    let ground = &inside.ground;
    let mut tx = begin(ground).await;
    let chat = chat(&mut tx, -1).await;
    let about = |household, lane| note(ground, chat, say("help-staff")).about(household).lane(lane);
    for (household, lane) in [(1, Lane::Reminder), (1, Lane::Reply), (2, Lane::Reminder)] {
        post(&mut tx, ground, about(household, lane)).await;
    }
    let mut turn = Turn::begin(&mut tx, ground, BOT, "update 1".into()).await.unwrap();
    outbox::withdraw_reminders(&mut turn, 1).await.unwrap();
    turn.keep().await.unwrap();
    assert_eq!(queued(&mut tx).await, ["reply help-staff", "reminder help-staff"]);
});

on_both_inside!(a_turn_that_is_undone_leaves_nothing, async |inside| {
    let ground = &inside.ground;
    let mut tx = begin(ground).await;
    let chat = chat(&mut tx, -1).await;
    let mut turn = Turn::begin(&mut tx, ground, BOT, "update 1".into()).await.unwrap();
    turn.post(note(ground, chat, say("help-staff"))).await.unwrap();
    turn.undo().await.unwrap();
    post(&mut tx, ground, note(ground, chat, say("duty-on"))).await;
    tx.commit().await.unwrap();
    let mut tx = ground.db.read().await.unwrap();
    assert_eq!(queued(&mut tx).await, ["reply duty-on"]);
});

// ---- Chats, settings, the lock ----

on_both_inside!(a_chat_that_moves_takes_over_what_its_new_id_had, async |inside| {
    let ground = &inside.ground;
    let mut tx = begin(ground).await;
    let (old, new) = (chat(&mut tx, -5).await, chat(&mut tx, -1005).await);
    post(&mut tx, ground, note(ground, old, say("duty-on"))).await;
    post(&mut tx, ground, note(ground, new, say("duty-off"))).await;
    for _ in 0..2 {
        directory::move_chat(&mut tx, old, BOT, -1005).await.unwrap();
        let letters = outbox::letters_since(&mut tx, 0).await.unwrap();
        assert!(letters.iter().all(|letter| letter.telegram_id == Some(-1005)), "{letters:?}");
    }
    assert_eq!(chat(&mut tx, -1005).await, old, "our number stays");
    assert!(directory::find_chat(&mut tx, BOT, -5).await.unwrap().is_none());
    assert_eq!(directory::chat(&mut tx, new).await.unwrap().telegram_id, None);
});

on_both_inside!(settings_are_read_as_they_were_written_last, async |inside| {
    let mut tx = begin(&inside.ground).await;
    assert_eq!(setting::read(&mut tx, setting::ALIVE_AT).await.unwrap(), None);
    for value in [1, i64::MAX] {
        setting::write(&mut tx, setting::ALIVE_AT, value).await.unwrap();
        assert_eq!(setting::read(&mut tx, setting::ALIVE_AT).await.unwrap(), Some(value));
    }
});

on_both_inside!(a_second_holder_of_the_lock_is_refused, async |inside| {
    let other = Db::connect(&inside.url).await.unwrap();
    let held = ServeLock::take(&inside.ground.db).await.unwrap();
    let refused = ServeLock::take(&other).await;
    assert!(matches!(refused, Err(StoreError::AlreadyServed)), "{refused:?}");
    drop(held);
    let mut again = ServeLock::take(&other).await;
    // A server notices that a connection is gone a moment after it is.
    for _ in 0..100 {
        if again.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        again = ServeLock::take(&other).await;
    }
    assert!(again.is_ok(), "{again:?}");
});

// ---- Which failures pass ----

async fn fails(tx: &mut Tx<'_>, query: &str) -> sqlx::Error {
    let query = AssertSqlSafe(query.to_owned());
    ask!(tx, c => sqlx::query(query).execute(c).await.map(|_| ())).expect_err("it is wrong")
}

on_both_inside!(a_mistake_of_ours_does_not_pass, async |inside| {
    for query in ["SELECT nothing FROM nowhere", "INSERT INTO bot (bot_id) VALUES (1)"] {
        let mut tx = inside.ground.db.begin().await.unwrap();
        let error = fails(&mut tx, query).await;
        assert!(!is_passing(&error), "{error}");
    }
});

#[tokio::test]
async fn a_busy_database_passes() {
    let inside = crate::inside::Inside::sqlite().await;
    let held = inside.ground.db.begin().await.unwrap();
    let options: sqlx::sqlite::SqliteConnectOptions = inside.url.parse().unwrap();
    let options = options.busy_timeout(Duration::ZERO);
    let mut other = sqlx::ConnectOptions::connect(&options).await.unwrap();
    let error = sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.expect_err("busy");
    assert!(is_passing(&error), "{error}");
    held.rollback().await.unwrap();
}

#[tokio::test]
async fn a_lock_that_is_not_free_passes_on_postgres() {
    let Some(inside) = crate::inside::Inside::postgres().await else { return };
    let mut one = inside.ground.db.begin().await.unwrap();
    setting::write(&mut one, "x", 1).await.unwrap();
    let mut commit = inside.ground.db.begin().await.unwrap();
    setting::write(&mut commit, "y", 1).await.unwrap();
    commit.commit().await.unwrap();
    let mut held = inside.ground.db.begin().await.unwrap();
    setting::write(&mut held, "y", 2).await.unwrap();
    let error = fails(&mut one, "SELECT * FROM setting WHERE name = 'y' FOR UPDATE NOWAIT").await;
    assert!(is_passing(&error), "{error}");
}

#[test]
fn lost_connections_pass() {
    let reset = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    assert!(is_passing(&sqlx::Error::Io(reset)));
    assert!(is_passing(&sqlx::Error::PoolTimedOut));
    assert!(!is_passing(&sqlx::Error::RowNotFound));
}

#[test]
fn what_is_written_can_be_read_by_whoever_delivers_it() {
    let pin = serde_json::to_string(&Outgoing::Pin).unwrap();
    assert_eq!(serde_json::from_str::<Outgoing>(&pin).unwrap(), Outgoing::Pin);
}
