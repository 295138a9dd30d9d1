//! The real binary and the environment in which it is called. What it inherits from this process is
//! its search path alone, so that nobody's settings change a test.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// The binary, ready to be called.
#[derive(Clone, Debug)]
pub struct Program {
    folder: PathBuf,
    env: BTreeMap<String, String>,
}

/// How a call ended.
#[derive(Clone, Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Program {
    /// The binary, called in this folder.
    pub fn in_folder(folder: &Path) -> Self {
        let path = std::env::var("PATH").unwrap_or_default();
        let env = BTreeMap::from([("PATH".to_owned(), path)]);
        Self { folder: folder.to_owned(), env }
    }

    /// The same with a variable more, or another value of it.
    #[expect(clippy::needless_pass_by_value, reason = "reads as a sentence")]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.env.insert(name.to_owned(), value.to_string());
        self
    }

    /// The same without a variable.
    pub fn without(mut self, name: &str) -> Self {
        self.env.remove(name);
        self
    }

    /// A call that has not begun.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_doorstep"));
        command.args(args).current_dir(&self.folder).env_clear().envs(&self.env);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// A call from beginning to end.
    pub async fn run(&self, args: &[&str]) -> Ended {
        let mut command = self.command(args);
        let ended = tokio::task::spawn_blocking(move || command.output());
        let output = ended.await.expect("a call does not panic").expect("the binary starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ended {
            code: output.status.code(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    /// What a call that must succeed answers with `--json`.
    pub async fn json(&self, args: &[&str]) -> Value {
        let with_json: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
        let ended = self.run(&with_json).await;
        assert_eq!(ended.code, Some(0), "doorstep {args:?}: {}", ended.stderr);
        ended.json()
    }
}

impl Ended {
    /// What stands on stdout, which must be JSON and nothing else.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error} in stdout: {}", self.stdout))
    }
}
