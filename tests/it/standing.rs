//! Every change from one status of a chat's member to another, as Telegram tells it of the bot itself
//! (`my_chat_member`) and of others (`chat_member`), and what it is read as.

use doorstep::base::chat::{Happening, Place, Right, Standing};
use doorstep::base::clock::{Clock, Timestamp};
use doorstep::base::inbox::Post;
use doorstep::telegram::incoming::read;
use serde_json::{Value, json};

/// Every status, and whether an account of that status is there.
const STATUSES: [(&str, Option<bool>); 7] = [
    ("creator", None),
    ("administrator", None),
    ("member", None),
    ("restricted", Some(true)),
    ("restricted", Some(false)),
    ("left", None),
    ("kicked", None),
];
/// The place of each of them.
const PLACES: [Place; 7] = [
    Place::Administrator,
    Place::Administrator,
    Place::Member,
    Place::Member,
    Place::Outside,
    Place::Outside,
    Place::Outside,
];
/// What a change means for the others in the chat, row by row of what it was: `+` came, `-` went,
/// `.` nothing.
const OTHERS: [&str; 7] =
    ["....---", "....---", "....---", "....---", "++++...", "++++...", "++++..."];

fn member(status: (&str, Option<bool>), user: i64) -> Value {
    let (status, is_member) = status;
    let mut member = json!({ "status": status, "user": {
        "id": user, "is_bot": user == 5001, "first_name": "Chen" } });
    if let Some(is_member) = is_member {
        member["is_member"] = json!(is_member);
    }
    if status == "administrator" {
        for right in ["can_invite_users", "can_pin_messages", "can_restrict_members"] {
            member[right] = json!(true);
        }
        member["can_delete_messages"] = json!(false);
    }
    member
}

fn heard(kind: &str, was: (&str, Option<bool>), is: (&str, Option<bool>)) -> Option<Happening> {
    let user = if kind == "my_chat_member" { 5001 } else { 42 };
    let mut update = json!({ "update_id": 7 });
    update[kind] = json!({
        "chat": { "id": -100, "type": "supergroup", "title": "3-502" },
        "from": { "id": 41, "is_bot": false, "first_name": "Wang" },
        "date": 1_775_000_000,
        "old_chat_member": member(was, user),
        "new_chat_member": member(is, user),
    });
    let post = Post {
        bot_id: 5001,
        epoch: 1,
        update_id: 7,
        chat_key: -100,
        raw: update.to_string(),
        received_at: Timestamp::from_seconds(1_775_000_001),
        attempts: 0,
    };
    read(&post, &Clock::ahead_by(0)).expect("an update").map(|incoming| incoming.what)
}

#[test]
fn of_the_bot_every_change_is_read_as_the_place_that_it_has_now() {
    for was in STATUSES {
        for (is, place) in STATUSES.into_iter().zip(PLACES) {
            let lacks = if is.0 == "administrator" { vec![Right::DeleteMessages] } else { vec![] };
            let found = heard("my_chat_member", was, is);
            let Some(Happening::OurPlace(standing)) = found else {
                panic!("{was:?} to {is:?}: {found:?}")
            };
            assert_eq!(standing, Standing { place, lacks }, "{was:?} to {is:?}");
        }
    }
}

#[test]
fn of_others_a_change_is_read_as_who_came_and_who_went() {
    for (was, row) in STATUSES.into_iter().zip(OTHERS) {
        for (is, expected) in STATUSES.into_iter().zip(row.chars()) {
            let found = match heard("chat_member", was, is) {
                Some(Happening::Joined(people)) if people[0].id == 42 && people.len() == 1 => '+',
                Some(Happening::Left(person)) if person.id == 42 => '-',
                None => '.',
                other => panic!("{was:?} to {is:?}: {other:?}"),
            };
            assert_eq!(found, expected, "{was:?} to {is:?}");
        }
    }
}
