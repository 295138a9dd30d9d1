//! The command menus, by scope and language. Telegram knows languages by two letters, so that the menus
//! stay tiny; the card is the real way around.

use teloxide::payloads::{SetMyCommands, SetMyCommandsSetters};
use teloxide::types::{BotCommand, BotCommandScope};

use super::api::Api;
use crate::base::language::{LanguageTag, Languages, Phrase, plain, say};

/// Sets the menus of all languages. A failure is a warning: commands work without a menu.
pub async fn set(api: &Api, languages: &Languages) {
    for tag in languages.tags() {
        for (scope, commands) in menus() {
            let code = tag.as_str().split('-').next().unwrap_or_default();
            let mut call = SetMyCommands::new(rendered(languages, tag, commands)).scope(scope);
            // English is what everybody else sees.
            if code != "en" {
                call = call.language_code(code);
            }
            match api.call(&call).await {
                Ok(answer) if answer.ok => {}
                _ => tracing::warn!(%tag, "the command menu could not be set"),
            }
        }
    }
}

fn menus() -> [(BotCommandScope, Vec<(&'static str, Phrase)>); 2] {
    let households = vec![
        ("report", say("command-report")),
        ("need", say("command-need")),
        ("lang", say("command-lang")),
        ("help", say("command-help")),
    ];
    let staff = vec![
        ("today", say("command-today")),
        ("overdue", say("command-overdue")),
        ("open", say("command-open")),
        ("new", say("command-new")),
        ("file", say("command-file")),
        ("duty", say("command-duty")),
        ("help", say("command-help")),
    ];
    [(BotCommandScope::AllGroupChats, households), (BotCommandScope::AllPrivateChats, staff)]
}

fn rendered(
    languages: &Languages,
    tag: &LanguageTag,
    commands: Vec<(&'static str, Phrase)>,
) -> Vec<BotCommand> {
    let command = |(name, phrase): (&'static str, Phrase)| {
        BotCommand::new(name, plain(&languages.render(tag, &phrase).html))
    };
    commands.into_iter().map(command).collect()
}
