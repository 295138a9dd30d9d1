//! getUpdates: confirms, waits, delivers; and ends the call that waited before it.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;

use super::Sandbox;
use super::arguments::Arguments;
use super::ids::UserId;
use super::refusal::{Answer, Refusal};
use super::schema::UPDATE_KINDS;
use super::world::{Bot, World};

const LONGEST_WAIT_SECONDS: i64 = 50;

/// What a getUpdates asks for.
struct Ask {
    offset: i64,
    limit: usize,
    wait: Duration,
    wanted: Option<BTreeSet<String>>,
    repeats: bool,
}

/// With `repeats` the batch before comes again, confirmed or not: the fault "duplicate updates".
pub(super) async fn get_updates(
    sandbox: &Sandbox,
    bot: UserId,
    arguments: &Arguments,
    repeats: bool,
) -> Answer {
    let ask = Ask::read(arguments, repeats)?;
    if sandbox.world().hook(bot).is_some() {
        return Err(Refusal::webhook_is_active());
    }
    let (limit, wait) = (ask.limit, ask.wait);
    let poll = sandbox.change(|world| ask.begin(world, bot));
    match timeout(wait, arrival(sandbox, bot, poll, limit)).await {
        Ok(answer) => answer,
        Err(_) => Ok(json!([])),
    }
}

impl Ask {
    fn read(arguments: &Arguments, repeats: bool) -> Result<Self, Refusal> {
        let limit = arguments.integer("limit").unwrap_or(100).clamp(1, 100);
        let wait = arguments.integer("timeout").unwrap_or(0).clamp(0, LONGEST_WAIT_SECONDS);
        Ok(Self {
            offset: arguments.integer("offset").unwrap_or(0),
            limit: usize::try_from(limit).unwrap_or(1),
            wait: Duration::from_secs(wait.unsigned_abs()),
            wanted: allowed_updates(arguments)?,
            repeats,
        })
    }

    /// Confirms, remembers, and ends the poll before; gives this one's number.
    fn begin(self, world: &mut World, bot: UserId) -> u64 {
        let Some(Bot { feed, .. }) = world.bots.get_mut(&bot) else { return 0 };
        feed.confirm(self.offset);
        if self.repeats {
            feed.repeat();
        }
        if let Some(wanted) = self.wanted {
            feed.allow(wanted);
        }
        feed.begin_poll()
    }
}

/// Telegram overlooks a kind it does not know; the sandbox takes it for a mistake.
pub(super) fn allowed_updates(arguments: &Arguments) -> Result<Option<BTreeSet<String>>, Refusal> {
    if arguments.get("allowed_updates").is_none() {
        return Ok(None);
    }
    let kinds = arguments.list("allowed_updates").iter().filter_map(Value::as_str);
    let kinds: BTreeSet<_> = kinds.map(str::to_owned).collect();
    match kinds.iter().find(|kind| !UPDATE_KINDS.contains(&kind.as_str())) {
        Some(unknown) => {
            Err(Refusal::bad_request(format!("there is no update of type \"{unknown}\"")))
        }
        None => Ok(Some(kinds)),
    }
}

/// Waits until there is something to deliver, or another poll takes over.
async fn arrival(sandbox: &Sandbox, bot: UserId, poll: u64, limit: usize) -> Answer {
    let mut changes = sandbox.changes();
    loop {
        if let Some(answer) = look(sandbox, bot, poll, limit) {
            return answer;
        }
        tokio::select! {
            Ok(()) = changes.changed() => {}
            () = sandbox.closing().cancelled() => return Ok(json!([])),
        }
    }
}

fn look(sandbox: &Sandbox, bot: UserId, poll: u64, limit: usize) -> Option<Answer> {
    let mut world = sandbox.world();
    if world.hook(bot).is_some() {
        return Some(Err(Refusal::ended_by_webhook()));
    }
    let now = world.now();
    let feed = &mut world.bots.get_mut(&bot)?.feed;
    if !feed.is_latest_poll(poll) {
        return Some(Err(Refusal::other_poller()));
    }
    let batch = feed.batch(limit, now);
    (!batch.is_empty()).then(|| Ok(json!(batch)))
}
