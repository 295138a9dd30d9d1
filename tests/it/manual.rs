//! Completions and the man page: printed without a database or a token, and whole.

use clap::{Command, CommandFactory};
use doorstep::cli::Cli;

use crate::support::program::Program;

fn nowhere() -> (tempfile::TempDir, Program) {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::in_folder(folder.path()).with("DATABASE_URL", "mysql://nobody");
    (folder, program)
}

/// Every command as it is called, `staff invite`, and its long options.
fn commands() -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    collect(&Cli::command(), "", &mut found);
    assert!(found.len() > 15, "{found:?}");
    found
}

fn collect(command: &Command, before: &str, found: &mut Vec<(String, Vec<String>)>) {
    for inner in command.get_subcommands() {
        let name = format!("{before} {}", inner.get_name()).trim().to_owned();
        let options = inner.get_arguments().filter_map(|argument| argument.get_long());
        found.push((name.clone(), options.map(str::to_owned).collect()));
        collect(inner, &name, found);
    }
}

async fn printed(args: &[&str]) -> String {
    let (_folder, program) = nowhere();
    let ended = program.run(args).await;
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{args:?}");
    ended.stdout
}

#[tokio::test]
async fn completions_name_every_command_and_option() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell]).await;
        for (command, options) in commands() {
            for word in command.split(' ').chain(options.iter().map(String::as_str)) {
                assert!(script.contains(word), "{shell} does not know {command}: {word}");
            }
        }
    }
    let (_folder, program) = nowhere();
    let ended = program.run(&["completions", "tcsh"]).await;
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
}

#[tokio::test]
async fn bash_understands_its_completions() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("doorstep.bash");
    let script = printed(&["completions", "bash"]).await;
    std::fs::write(&path, script).unwrap();
    let asked = "source $0; COMP_WORDS=(doorstep staff in); COMP_CWORD=2; _doorstep doorstep in staff; \
                 echo ${COMPREPLY[@]}";
    let output = std::process::Command::new("bash").args(["-c", asked]).arg(&path).output();
    let output = output.expect("bash");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "invite", "{output:?}");
}

#[tokio::test]
async fn the_man_page_names_every_command_option_variable_and_exit_code() {
    let page = printed(&["man"]).await.replace("\\-", "-").replace("\\*(Aq", "'");
    assert!(page.contains(".TH doorstep 1"), "{page}");
    for (command, options) in commands() {
        assert!(page.contains(&format!("doorstep {command}")), "{command}");
        for option in options {
            assert!(page.contains(&format!("--{option}")), "{command} --{option}");
        }
    }
    let contract = std::fs::read_to_string("docs/contract.md").unwrap();
    let environment = contract.split("- Environment:").nth(1).unwrap();
    let environment = environment.split("\n- ").next().unwrap().split("\n## ").next().unwrap();
    let variable =
        |word: &&str| word.len() > 5 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let named: Vec<_> = environment.split('`').filter(variable).collect();
    assert!(named.len() >= 8, "{named:?}");
    for name in named {
        assert!(page.contains(name), "{name}");
    }
    for section in ["NAME", "SYNOPSIS", "COMMANDS", "ENVIRONMENT", "FILES", "EXIT STATUS"] {
        assert!(
            page.contains(&format!(".SH {section}"))
                || page.contains(&format!(".SH \"{section}\""))
        );
    }
}
