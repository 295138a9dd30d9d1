//! What Telegram checks of a keyboard before it shows it.

use serde_json::Value;

use super::refusal::Refusal;

const LONGEST_DATA_BYTES: usize = 64;
const MOST_BUTTONS: usize = 100;
const LONGEST_MARKUP_BYTES: usize = 10 * 1024;

/// The fields of which a button has exactly one; the text aside.
const ACTIONS: [&str; 10] = [
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
];

/// Whether Telegram would show this markup in such a chat.
pub(super) fn check(markup: &Value, private: bool) -> Result<(), Refusal> {
    check_pad(markup, private)?;
    let rows = markup["inline_keyboard"].as_array().into_iter().flatten();
    let buttons: Vec<_> = rows.filter_map(Value::as_array).flatten().collect();
    if buttons.len() > MOST_BUTTONS || markup.to_string().len() > LONGEST_MARKUP_BYTES {
        return Err(Refusal::bad_request("reply markup is too long"));
    }
    buttons.into_iter().try_for_each(check_button)
}

/// The buttons in place of a person's keyboard.
fn check_pad(markup: &Value, private: bool) -> Result<(), Refusal> {
    let rows = markup["keyboard"].as_array().into_iter().flatten();
    let requests = rows.filter_map(Value::as_array).flatten();
    let mut ids = std::collections::BTreeSet::new();
    for request in requests.filter_map(|button| button.get("request_chat")) {
        if !private {
            return Err(Refusal::bad_request("chats can be requested in private chats only"));
        }
        if !ids.insert(request["request_id"].as_i64()) {
            return Err(Refusal::bad_request("BUTTON_ID_INVALID"));
        }
        check_rights(request)?;
    }
    Ok(())
}

/// What the bot is to be given must be the person's to give.
fn check_rights(request: &Value) -> Result<(), Refusal> {
    let wanted = request["bot_administrator_rights"].as_object().into_iter().flatten();
    let mut wanted = wanted.filter(|(_, wanted)| **wanted == true);
    if wanted.all(|(right, _)| request["user_administrator_rights"][right] == true) {
        Ok(())
    } else {
        Err(Refusal::bad_request("USER_RIGHTS_MISSING"))
    }
}

fn check_button(button: &Value) -> Result<(), Refusal> {
    let text = button["text"].as_str().unwrap_or_default();
    if text.trim().is_empty() {
        return Err(cannot_parse("Button text must be non-empty"));
    }
    match ACTIONS.iter().filter(|action| button.get(action).is_some()).count() {
        0 => return Err(cannot_parse("Text buttons are unallowed in the inline keyboard")),
        1 => {}
        _ => return Err(cannot_parse("Exactly one of the optional fields must be used")),
    }
    check_data(button)?;
    check_url(button)
}

fn cannot_parse(why: &str) -> Refusal {
    Refusal::bad_request(format!("can't parse inline keyboard button: {why}"))
}

fn check_data(button: &Value) -> Result<(), Refusal> {
    match button["callback_data"].as_str() {
        Some(data) if !(1..=LONGEST_DATA_BYTES).contains(&data.len()) => {
            Err(Refusal::bad_request("BUTTON_DATA_INVALID"))
        }
        _ => Ok(()),
    }
}

fn check_url(button: &Value) -> Result<(), Refusal> {
    let Some(url) = button["url"].as_str() else { return Ok(()) };
    let is_address = ["https://", "http://", "tg://"].iter().any(|scheme| url.starts_with(scheme));
    if is_address && !url.contains(char::is_whitespace) {
        Ok(())
    } else {
        Err(Refusal::bad_request(format!(
            "inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"
        )))
    }
}
