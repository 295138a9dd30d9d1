//! `doorstep serve` as a child process: started until it says `ready`, killed, or asked to stop.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::watch;

use super::program::{Ended, Program};

/// How long a start may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running `doorstep serve`. It is killed when this goes.
#[derive(Debug)]
pub struct Serve {
    child: Child,
    stderr: Transcript,
    /// Ends when everything written on stderr has been read.
    reader: Option<JoinHandle<()>>,
    ready: watch::Receiver<bool>,
}

/// What the process has written on stderr so far.
#[derive(Clone, Debug, Default)]
struct Transcript(Arc<Mutex<String>>);

impl Serve {
    /// Starts it and waits until it is ready.
    ///
    /// # Errors
    /// What it wrote, if it ended instead.
    pub async fn start(program: &Program) -> Result<Self, String> {
        let mut serve = Self::launch(program);
        let ready = async { serve.ready.wait_for(|ready| *ready).await.is_ok() };
        let ready = tokio::time::timeout(PATIENCE, ready).await;
        if ready.expect("serve is ready or ends within a minute") {
            Ok(serve)
        } else {
            Err(serve.ended().await.stderr)
        }
    }

    /// Starts it and does not wait.
    pub fn launch(program: &Program) -> Self {
        let mut child = program.command(&["serve"]).spawn().expect("the binary starts");
        let stderr = Transcript::default();
        let (sender, ready) = watch::channel(false);
        let (pipe, lines) = (child.stderr.take().expect("stderr is piped"), stderr.clone());
        let reader = Some(std::thread::spawn(move || lines.follow(pipe, &sender)));
        Self { child, stderr, reader, ready }
    }

    /// What it has written on stderr.
    pub fn stderr(&self) -> String {
        self.stderr.lock().clone()
    }

    /// Ends it as a power cut would.
    pub fn kill(mut self) {
        self.end_now();
    }

    /// Asks it to stop, by a signal's name, and waits for its end.
    pub async fn stop(self, signal: &str) -> Ended {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.is_ok_and(|status| status.success()), "kill -s {signal} {id}");
        self.ended().await
    }

    /// Waits until it ends by itself.
    pub async fn ended(mut self) -> Ended {
        let stderr = self.stderr.clone();
        let waited = tokio::task::spawn_blocking(move || {
            let status = self.child.wait();
            self.reader.take().map(JoinHandle::join);
            let mut stdout = String::new();
            if let Some(mut pipe) = self.child.stdout.take() {
                pipe.read_to_string(&mut stdout).expect("text on stdout");
            }
            (status, stdout)
        });
        let (status, stdout) = waited.await.expect("waiting does not panic");
        let code = status.expect("the process is ours").code();
        Ended { code, stdout, stderr: stderr.lock().clone() }
    }

    fn end_now(&mut self) {
        // It may have ended before; then there is nothing left to kill.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        self.end_now();
    }
}

impl Transcript {
    fn lock(&self) -> MutexGuard<'_, String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn follow(&self, pipe: impl Read, ready: &watch::Sender<bool>) {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            let is_ready = line.starts_with("ready ");
            {
                let mut text = self.lock();
                text.push_str(&line);
                text.push('\n');
            }
            if is_ready {
                ready.send_replace(true);
            }
        }
    }
}
