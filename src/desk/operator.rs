//! Notes to whoever runs the machine: something cannot be done by itself any more. Ids only.

use super::staff;
use super::staff::person::{Role, Staff};
use crate::base::language::Phrase;
use crate::base::outbox::{Lane, Letter};
use crate::base::turn::{Done, Turn};

/// Tells every joined admin.
///
/// # Errors
/// When the database is away.
pub async fn tell(turn: &mut Turn<'_>, phrase: Phrase) -> Done {
    let everybody = staff::store::all(&mut turn.tx).await?;
    let admins = everybody.iter().filter(|staff| staff.role == Role::Admin && staff.has_joined());
    for admin in admins.cloned().collect::<Vec<Staff>>() {
        let Some(chat) = admin.chat_id else { continue };
        let language = staff::language(turn.ground, &mut turn.tx, &admin).await?;
        turn.post(Letter::say(chat, &language, phrase.clone()).lane(Lane::Danger)).await?;
    }
    Ok(())
}
