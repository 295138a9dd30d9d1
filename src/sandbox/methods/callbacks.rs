//! The answer to a press of a button.

use serde_json::json;

use super::Call;
use crate::sandbox::refusal::{Answer, Refusal};
use crate::sandbox::text::utf16_len;
use crate::sandbox::views::Toast;
use crate::sandbox::world::Query;

const LONGEST_TEXT: usize = 200;

/// How long a press waits for its answer. Telegram names no figure; bots report from 15 seconds to
/// some minutes.
const PATIENCE_SECONDS: i64 = 60;

pub(super) fn answer_callback_query(call: &mut Call<'_>) -> Answer {
    let text = call.arguments.text("text").unwrap_or_default();
    if utf16_len(text) > LONGEST_TEXT {
        return Err(Refusal::bad_request("MESSAGE_TOO_LONG"));
    }
    let id = call.arguments.text("callback_query_id").unwrap_or_default();
    let since = call.world.now() - PATIENCE_SECONDS;
    let is_awaited = |query: &&Query| query.bot == call.bot && query.pressed_at >= since;
    let user = call
        .world
        .queries
        .get(id)
        .filter(is_awaited)
        .map(|query| query.user)
        .ok_or_else(too_old)?;
    call.world.queries.remove(id);
    call.world.toasts.push(Toast {
        query: id.to_owned(),
        bot: call.bot,
        user,
        text: text.to_owned(),
        is_alert: call.arguments.flag("show_alert"),
    });
    Ok(json!(true))
}

fn too_old() -> Refusal {
    Refusal::bad_request("query is too old and response timeout expired or query ID is invalid")
}
