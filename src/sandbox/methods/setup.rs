//! What a bot does at its start: who am I, these are my commands.

use serde_json::{Value, json};

use super::Call;
use crate::sandbox::refusal::{Answer, Refusal};
use crate::sandbox::text::utf16_len;

pub(super) fn get_me(call: &Call<'_>) -> Value {
    let mut me = call.world.user_json(call.bot);
    me["can_join_groups"] = json!(true);
    let not_so = [
        "can_read_all_group_messages",
        "supports_inline_queries",
        "can_connect_to_business",
        "has_main_web_app",
        "has_topics_enabled",
        "allows_users_to_create_topics",
    ];
    for ability in not_so {
        me[ability] = json!(false);
    }
    me
}

pub(super) fn set_my_commands(call: &mut Call<'_>) -> Answer {
    let commands = call.arguments.list("commands");
    if commands.len() > 100 {
        return Err(Refusal::bad_request("BOT_COMMANDS_TOO_MUCH"));
    }
    commands.iter().try_for_each(check_command)?;
    let language = call.arguments.text("language_code").unwrap_or_default();
    check_language(language)?;
    let scope =
        call.arguments.get("scope").map_or_else(|| json!({ "type": "default" }), Value::clone);
    let key = (scope.to_string(), language.to_owned());
    if let Some(bot) = call.world.bots.get_mut(&call.bot) {
        bot.commands.insert(key, json!(commands));
    }
    Ok(json!(true))
}

fn check_command(command: &Value) -> Result<(), Refusal> {
    let name = command["command"].as_str().unwrap_or_default();
    let name = name.strip_prefix('/').unwrap_or(name);
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !(1..=32).contains(&name.len()) || !name.chars().all(is_letter) {
        return Err(Refusal::bad_request("BOT_COMMAND_INVALID"));
    }
    match utf16_len(command["description"].as_str().unwrap_or_default()) {
        1..=256 => Ok(()),
        _ => Err(Refusal::bad_request("BOT_COMMAND_DESCRIPTION_INVALID")),
    }
}

/// Telegram takes two-letter codes here, and nothing longer.
fn check_language(code: &str) -> Result<(), Refusal> {
    let is_two_letters = code.len() == 2 && code.chars().all(|c| c.is_ascii_lowercase());
    if code.is_empty() || is_two_letters {
        Ok(())
    } else {
        Err(Refusal::bad_request("invalid language code specified"))
    }
}
