//! A pretend Telegram on loopback: it speaks the Bot API over HTTP to a bot, and lets a program
//! play the people.
//!
//! Four ideas:
//! - **One world under one lock** (`world.rs`). People change it by plain calls ([`Person`]), bots
//!   by HTTP (`server.rs`, `methods/`). Whatever happens queues the updates that Telegram would
//!   send (`updates.rs`).
//! - **Strict where Telegram is lenient.** An unknown parameter, a wrong type or an unknown kind of
//!   update is refused (`schema.rs`, `shapes.rs`, `arguments.rs`), because in a bot it is a
//!   mistake. Refusals use Telegram's own sentences.
//! - **It can be kept** (`kept.rs`) and taken up again by another process, so that a demo goes on.
//! - **Bad weather on request** (`faults.rs`), from a seed, so that a run can be repeated.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use doorstep::sandbox::{Rights, Sandbox, SandboxOptions};
//!
//! let options = SandboxOptions { now: || 1_775_000_000, ..SandboxOptions::default() };
//! let sandbox = Sandbox::open(options).await?;
//! let bot = sandbox.bot("123:abc", "doorstep_bot");
//! let chen = sandbox.person("Chen", "zh");
//! let home = chen.create_group("Chen's home");
//! chen.open_startgroup(home, bot, "TOKEN", Some(Rights::usual()))?;
//! chen.say(home, "37.2")?;
//! // the bot, pointed at sandbox.url(), now gets my_chat_member, the command and the message
//! # Ok(()) }
//! ```
//!
//! Modelled: private chats, basic groups and supergroups, members and rights, privacy mode,
//! commands, replies, forwards, anonymous administrators, edits, pins, reactions, inline keyboards
//! and presses, the button that lets a person choose a group, links by which people ask to be let in,
//! files by id, the move to a supergroup, blocking, getUpdates with its confirmation,
//! 24 hours and 409, webhooks (to http addresses on this machine too).
//!
//! Not modelled: uploads and downloads, channels of one's own, forum topics, inline mode,
//! invite links of people, Markdown, usernames as chat ids, Telegram's rate limits (a fault rule stands for
//! them), messages between bots, and the upgrade that Telegram makes by itself when a basic group
//! changes its rights (call [`Person::upgrade`]).

mod arguments;
mod content;
pub mod demo;
mod draft;
mod faults;
mod groups;
mod html;
mod ids;
mod invites;
mod kept;
mod keyboard;
mod line;
mod members;
mod methods;
mod origin;
mod pads;
mod people;
mod polling;
mod privacy;
mod record;
mod refusal;
pub mod schema;
mod server;
pub mod shapes;
mod text;
mod updates;
mod views;
mod webhook;
mod wire;
mod world;

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

pub use draft::Draft;
use faults::Faults;
pub use faults::{Fault, FaultRule};
pub use ids::{ChatId, MessageId, UserId};
pub use kept::NotAWorld;
use line::{CuttableListener, Scissors};
pub use members::{Right, Rights, Status};
pub use methods::ALLOWED_REACTIONS;
pub use origin::Origin;
pub use pads::Sharing;
pub use people::{Impossible, Person};
pub use record::CallRecord;
use record::Record;
pub use schema::Method;
pub use views::{Button, MemberView, MessageView, Toast};
use world::World;

/// How a sandbox is opened.
#[derive(Debug, Clone)]
pub struct SandboxOptions {
    /// The port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// Unix seconds; the sandbox has no clock of its own.
    pub now: fn() -> i64,
    /// Where chance begins: for the faults.
    pub seed: u64,
    /// A file to which every call is appended as a line of JSON.
    pub record_to: Option<PathBuf>,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        Self { port: 0, now: || 0, seed: 0, record_to: None }
    }
}

/// Nothing of the kind happened in time.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("what was waited for did not happen within {0:?}")]
pub struct TimedOut(pub Duration);

/// A handle on the sandbox; clones share one world. It serves until the last handle goes or
/// [`Sandbox::close`].
#[derive(Debug, Clone)]
pub struct Sandbox {
    shared: Arc<Shared>,
    /// Stops the server when the last handle goes; the server's own handle has none.
    _stop: Option<Arc<DropGuard>>,
}

#[derive(Debug)]
struct Shared {
    url: String,
    world: Mutex<World>,
    changed: watch::Sender<()>,
    closing: CancellationToken,
    server: Mutex<Option<JoinHandle<()>>>,
}

impl Sandbox {
    /// Binds 127.0.0.1 and serves from then on.
    ///
    /// # Errors
    /// If the port is taken or the record cannot be opened.
    pub async fn open(options: SandboxOptions) -> io::Result<Self> {
        let record = Record::open(options.record_to.as_deref())?;
        let world = World::new(options.now, Faults::seeded(options.seed), record);
        Self::serve(world, options.port).await
    }

    /// Serves a world from then on.
    async fn serve(world: World, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let closing = CancellationToken::new();
        let shared = Arc::new(Shared {
            url: format!("http://{}", listener.local_addr()?),
            world: Mutex::new(world),
            changed: watch::Sender::new(()),
            closing: closing.clone(),
            server: Mutex::new(None),
        });
        let router = server::router(Self { shared: Arc::clone(&shared), _stop: None });
        *lock(&shared.server) = Some(tokio::spawn(serve(listener, router, closing.clone())));
        Ok(Self { shared, _stop: Some(Arc::new(closing.drop_guard())) })
    }

    /// Where the Bot API is, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        self.shared.url.clone()
    }

    /// The Bot API as routes, to be served beside others. Cutting a connection answers 502 there.
    pub fn router(&self) -> axum::Router {
        server::router(self.clone())
    }

    /// Stops serving: waiting polls are answered with nothing, calls under way are finished.
    pub async fn close(&self) {
        self.shared.closing.cancel();
        let server = lock(&self.shared.server).take();
        if let Some(server) = server {
            // a server that panicked is stopped too
            server.await.ok();
        }
    }

    /// Adds a bot. Its id is the number before the colon of the token, as with Telegram, if there
    /// is one.
    #[must_use]
    pub fn bot(&self, token: &str, username: &str) -> UserId {
        let named = token.split_once(':').and_then(|(id, _)| id.parse().ok());
        self.change(|world| {
            let id = UserId(named.unwrap_or_else(|| 5_000_000_000 + world.next_number()));
            world.add_bot(id, token, username);
            id
        })
    }

    /// Adds a person.
    #[must_use]
    pub fn person(&self, first_name: &str, language_code: &str) -> Person {
        let id = self.change(|world| world.add_person(first_name, language_code));
        Person { sandbox: self.clone(), id }
    }

    /// The handle of a person added before.
    #[must_use]
    pub fn person_with_id(&self, id: UserId) -> Option<Person> {
        let is_person = self.world().users.get(&id).is_some_and(|user| !user.is_bot);
        is_person.then(|| Person { sandbox: self.clone(), id })
    }

    /// From now on this goes wrong; of several rules the first that strikes decides.
    pub fn add_fault(&self, rule: FaultRule) {
        self.change(|world| world.faults.add(rule));
    }

    /// Good weather again.
    pub fn clear_faults(&self) {
        self.change(|world| world.faults.clear());
    }

    /// Waits until `look` finds what it looks for; it is asked again after every change in the
    /// world.
    ///
    /// # Errors
    /// [`TimedOut`] if it finds nothing within this time.
    pub async fn wait_for<T>(
        &self,
        within: Duration,
        mut look: impl FnMut(&Self) -> Option<T>,
    ) -> Result<T, TimedOut> {
        let mut changes = self.changes();
        let finding = async {
            loop {
                if let Some(found) = look(self) {
                    return Some(found);
                }
                changes.changed().await.ok()?;
            }
        };
        let found = tokio::time::timeout(within, finding).await;
        found.ok().flatten().ok_or(TimedOut(within))
    }

    fn world(&self) -> MutexGuard<'_, World> {
        lock(&self.shared.world)
    }

    /// Changes the world and wakes whoever waits for a change.
    fn change<T>(&self, how: impl FnOnce(&mut World) -> T) -> T {
        let done = how(&mut self.world());
        self.shared.changed.send_replace(());
        done
    }

    fn changes(&self) -> watch::Receiver<()> {
        self.shared.changed.subscribe()
    }

    fn closing(&self) -> &CancellationToken {
        &self.shared.closing
    }
}

async fn serve(listener: TcpListener, router: axum::Router, closing: CancellationToken) {
    let service = router.into_make_service_with_connect_info::<Scissors>();
    let server = axum::serve(CuttableListener(listener), service);
    let ended = server.with_graceful_shutdown(closing.cancelled_owned()).await;
    if let Err(error) = ended {
        tracing::error!(%error, "the sandbox stopped serving");
    }
}

/// A lock that a panic left behind is taken all the same: a test that failed has failed already.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
