//! `doorstep completions` and `doorstep man`: the command line, told to shells and to readers, from the same
//! declarations that it is read by.

use std::io::Write;
use std::process::ExitCode;

use clap::builder::PossibleValue;
use clap::{Arg, Args, Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::Cli;

/// The variables of the environment, with what each is for.
const ENVIRONMENT: [(&str, &str); 9] = [
    ("TELOXIDE_TOKEN", "The bot's token from @BotFather."),
    ("TELOXIDE_TOKEN_FILE", "A file that holds it; only one of the two may be set."),
    ("TELOXIDE_API_URL", "Another Bot API than https://api.telegram.org."),
    (
        "DATABASE_URL",
        "sqlite://FILE or postgres://user:password@host/database; sqlite://doorstep.db.",
    ),
    ("WEBHOOK_SECRET", "What Telegram shows with each update; else derived from the token."),
    ("WEBHOOK_SECRET_FILE", "A file that holds it; only one of the two may be set."),
    ("DOORSTEP_CONFIG", "The settings file; doorstep.toml, if there is one."),
    (
        "DOORSTEP__SECTION__KEY",
        "Any setting of that file, such as DOORSTEP__HTTP__LISTEN; it wins.",
    ),
    ("RUST_LOG", "What is logged, in the place of the setting log.level."),
];

/// The exit codes.
const EXITS: [(&str, &str); 3] =
    [("0", "Done."), ("1", "A fault."), ("2", "Wrong use, or input that was refused.")];

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell that is to complete
    shell: Shell,
}

/// Prints the completions for a shell.
pub(super) fn completions(args: &CompletionsArgs) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "doorstep", &mut script);
    print(&script)
}

/// Prints the man page: the program, each of its commands, its settings and exit codes.
pub(super) fn man() -> anyhow::Result<ExitCode> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone()).section("1").manual("Doorstep");
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    commands(&command).to_writer(&mut page)?;
    rest().to_writer(&mut page)?;
    man.render_version_section(&mut page)?;
    print(&page)
}

fn print(text: &[u8]) -> anyhow::Result<ExitCode> {
    std::io::stdout().lock().write_all(text)?;
    Ok(ExitCode::SUCCESS)
}

/// The commands, each with what it takes.
fn commands(program: &Command) -> Roff {
    let mut page = Roff::new();
    page.control("SH", ["COMMANDS"]);
    for command in leaves(program) {
        let usage = command.clone().render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ").replace('\n', " ");
        page.control("SS", [usage.as_str()]);
        if let Some(about) = command.get_long_about().or_else(|| command.get_about()) {
            page.text([roman(about.to_string())]);
        }
        for argument in command.get_arguments().filter(|argument| argument.get_id() != "help") {
            page.control("TP", []);
            page.text([bold(argument.to_string())]);
            page.text([roman(meaning_of(argument))]);
        }
    }
    page
}

/// Every command that does something by itself.
fn leaves(command: &Command) -> Vec<&Command> {
    let shown = |inner: &&Command| inner.get_name() != "help" && !inner.is_hide_set();
    let inner: Vec<_> = command.get_subcommands().filter(shown).collect();
    match inner.as_slice() {
        [] => vec![command],
        inner => inner.iter().flat_map(|inner| leaves(inner)).collect(),
    }
}

fn meaning_of(argument: &Arg) -> String {
    let help = argument.get_long_help().or_else(|| argument.get_help());
    let help = help.map(ToString::to_string).unwrap_or_default();
    let values: Vec<_> = argument.get_possible_values();
    let values: Vec<_> = values.iter().map(PossibleValue::get_name).collect();
    if values.is_empty() || !argument.get_action().takes_values() {
        return help;
    }
    format!("{help} [{}]", values.join(", "))
}

/// What holds for every command.
fn rest() -> Roff {
    let mut page = Roff::new();
    page.control("SH", ["ENVIRONMENT"]);
    for (name, meaning) in ENVIRONMENT {
        page.control("TP", []);
        page.text([bold(name)]);
        page.text([roman(meaning)]);
    }
    page.control("SH", ["FILES"]);
    page.control("TP", []);
    page.text([bold("doorstep.toml")]);
    page.text([roman("The settings; every key with its meaning stands in docs/operating.md.")]);
    page.control("SH", ["EXIT STATUS"]);
    for (status, meaning) in EXITS {
        page.control("TP", []);
        page.text([bold(status)]);
        page.text([roman(meaning)]);
    }
    page
}
