//! A call for help that comes while its alert is open already: whoever was told hears of it again,
//! with sound, because what was pressed twice may be worse than before.

use std::time::Duration;

use super::alert::{Alert, Subject};
use super::{chat, store};
use crate::base::turn::{Done, Turn};
use crate::desk::staff;

/// Nobody is told of the same alert twice within this time: a button can be pressed very often.
const PACE: Duration = Duration::from_mins(1);
/// Marks that only a call for help brings; a further reading changes the message without sound.
const CALLS: [&str; 3] = ["emergency", "red_flag", "call_me"];

/// Whether what is added to an alert is a call for help.
pub(super) fn is_call(subject: &Subject) -> bool {
    subject.marks.iter().any(|mark| CALLS.contains(&mark.as_str()))
}

/// Tells everybody on duty who was told of a danger, and not within the last minute, again.
pub(super) async fn tell(turn: &mut Turn<'_>, alert: &Alert) -> Done {
    let since = turn.now().minus(PACE);
    let mut to = Vec::new();
    for told in store::told(&mut turn.tx, alert.id).await? {
        let person = staff::store::get(&mut turn.tx, told.staff_id).await?;
        if told.at <= since && person.is_on_duty() {
            to.push(person);
        }
    }
    chat::tell(turn, alert, &to).await
}
