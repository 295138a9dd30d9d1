//! `kill -9` under load, in bad weather: whatever was accepted is there afterwards, exactly once.
//!
//! Several households write as fast as they are heard, while the process is killed at seeded moments
//! and started again, and Telegram answers late, not at all, or twice. How many cycles:
//! `DOORSTEP_KILL_CYCLES_SQLITE` and `DOORSTEP_KILL_CYCLES_POSTGRES`.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::Duration;

use doorstep::sandbox::{CallRecord, Fault, FaultRule, MessageId, Method, Sandbox};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::support::home::Home;
use crate::support::spec::HouseholdSpec;
use crate::support::town::{Rules, Store, Town};

const HOUSEHOLDS: usize = 5;
/// More words than this without an answer, and people wait before they write on.
const BACKLOG: usize = 60;
const PATIENCE: Duration = Duration::from_mins(2);

/// What somebody wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Reading,
    Fever,
    Need,
}

/// Everything that was said, by household and message.
type Words = BTreeMap<(usize, i64), Said>;

/// What came of it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Figures {
    reports: usize,
    lost: usize,
    doubled: usize,
    alarms_missing: usize,
    requests_wrong: usize,
    reactions_wrong: usize,
}

fn cycles(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

#[tokio::test]
async fn a_killed_process_loses_nothing_on_sqlite() {
    let town = Town::open(Store::Sqlite, Rules::usual()).await.expect("SQLite is always there");
    survives(&town, cycles("DOORSTEP_KILL_CYCLES_SQLITE", 3)).await;
    assert_eq!(town.pragma("PRAGMA integrity_check").await, "ok");
}

#[tokio::test]
async fn a_killed_process_loses_nothing_on_postgres() {
    if let Some(town) = Town::open(Store::Postgres, Rules::usual()).await {
        survives(&town, cycles("DOORSTEP_KILL_CYCLES_POSTGRES", 2)).await;
    }
}

async fn survives(town: &Town, cycles: usize) {
    let cast = town.cast().await;
    let mut homes = Vec::new();
    for room in 0..HOUSEHOLDS {
        let spec = HouseholdSpec::new(&format!("3-50{room}")).members(["Chen"]);
        let household = town.household(spec).await;
        homes.push(town.open_group(&household, &cast.wang).await);
    }
    bad_weather(town);
    let said = RefCell::new(Words::new());
    let over = Cell::new(false);
    let killing = async {
        kill_again_and_again(town, cycles).await;
        over.set(true);
    };
    tokio::join!(talking(town, &homes, &said, &over), killing);
    town.sandbox.clear_faults();
    town.settle().await;

    let said = said.into_inner();
    let figures = judge(town, &homes, &said).await;
    let again = sent_again(town).await;
    println!(
        "kill -9, {}: {cycles} cycles, {} reports accepted, {} lost, {} doubled, \
         {} alarms missing, {} letters sent more than once",
        town.database.split(':').next().unwrap_or_default(),
        figures.reports,
        figures.lost,
        figures.doubled,
        figures.alarms_missing,
        again,
    );
    assert_eq!(figures, Figures { reports: figures.reports, ..Figures::default() });
    assert!(figures.reports >= cycles * 10, "under load: {}", figures.reports);
}

/// One call in ten goes wrong, and every fourth batch of updates comes twice.
fn bad_weather(town: &Town) {
    let rule = |fault, probability| FaultRule::new(fault).with_probability(probability);
    let wait = Fault::TooManyRequests { retry_after: 1 };
    town.sandbox.add_fault(rule(wait, 0.02).on(Method::SendMessage));
    town.sandbox.add_fault(rule(wait, 0.01).on(Method::SetMessageReaction));
    town.sandbox.add_fault(rule(Fault::RepeatUpdates, 0.25));
    town.sandbox.add_fault(rule(Fault::CutAfter, 0.05));
    town.sandbox.add_fault(rule(Fault::BadGateway, 0.02));
}

/// Everybody writes as fast as they are heard, until it is over.
async fn talking(town: &Town, homes: &[Home<'_>], said: &RefCell<Words>, over: &Cell<bool>) {
    let mut answered = Answered::default();
    for turn in 0.. {
        for (house, home) in homes.iter().enumerate() {
            if over.get() {
                return;
            }
            let (what, words) = match (turn + house) % 25 {
                7 => (Said::Fever, "38.5".to_owned()),
                19 => (Said::Need, format!("/need rice {turn}")),
                rest => (Said::Reading, format!("36.{}", rest % 10)),
            };
            let message = home.person("Chen").say(home.chat, words).expect("they may write");
            said.borrow_mut().insert((house, message.0), what);
            let written = said.borrow().len();
            let heard =
                |s: &Sandbox| (answered.so_far(s) + BACKLOG > written || over.get()).then_some(());
            town.sandbox.wait_for(PATIENCE, heard).await.expect("somebody listens");
            tokio::task::yield_now().await;
        }
    }
}

/// How many words have had their answer: a reaction, or a message about a request.
#[derive(Default)]
struct Answered {
    calls: usize,
    count: usize,
}

impl Answered {
    fn so_far(&mut self, sandbox: &Sandbox) -> usize {
        let new = sandbox.calls_since(self.calls);
        self.calls += new.len();
        let is_answer = |call: &&CallRecord| {
            call.applied
                && (call.method == "setMessageReaction"
                    || call.method == "sendMessage" && call.params["reply_parameters"].is_object())
        };
        self.count += new.iter().filter(is_answer).count();
        self.count
    }
}

/// Kills the process after a seeded number of its calls, and starts it again.
async fn kill_again_and_again(town: &Town, cycles: usize) {
    let mut random = StdRng::seed_from_u64(7);
    for _ in 0..cycles {
        let moment = town.sandbox.calls().len() + random.random_range(20..200);
        let come = |s: &Sandbox| (!s.calls_since(moment).is_empty()).then_some(());
        town.sandbox.wait_for(PATIENCE, come).await.expect("the bot goes on calling");
        town.kill();
        town.serve_again().await;
    }
}

async fn judge(town: &Town, homes: &[Home<'_>], said: &Words) -> Figures {
    let mut figures = Figures::default();
    let letters = town.port().letters_after(0).await;
    for (house, home) in homes.iter().enumerate() {
        let of = |wanted: Said| -> Vec<i64> {
            let here =
                said.iter().filter(|((where_, _), what)| *where_ == house && **what == wanted);
            here.map(|((_, message), _)| *message).collect()
        };
        let fevers = of(Said::Fever);
        let mut reports: BTreeMap<i64, usize> = BTreeMap::new();
        for row in home.story("report").await {
            *reports.entry(row["message_id"].as_i64().expect("typed")).or_default() += 1;
        }
        for message in of(Said::Reading).into_iter().chain(fevers.clone()) {
            let rows = reports.get(&message).copied().unwrap_or_default();
            figures.reports += 1;
            figures.lost += usize::from(rows == 0);
            figures.doubled += rows.saturating_sub(1);
            let seen = home.reactions(MessageId(message)) == ["👌"];
            figures.reactions_wrong += usize::from(!seen);
        }
        let here = letters.that(|letter| letter.chat_id == Some(home.chat.number()));
        figures.alarms_missing += here.of("danger-instructions").len().abs_diff(fevers.len());
        let raised = home.alert_steps("danger").await;
        let expected = usize::from(!fevers.is_empty());
        figures.alarms_missing +=
            raised.iter().filter(|step| step.ends_with("raised")).count().abs_diff(expected);
        let requests = home.story("request").await.len();
        figures.requests_wrong += requests.abs_diff(of(Said::Need).len());
    }
    figures
}

/// How many messages the bot has made beyond one for each letter.
async fn sent_again(town: &Town) -> usize {
    let calls = town.sandbox.calls();
    let made = calls.iter().filter(|call| call.method == "sendMessage" && call.applied).count();
    let letters = town.port().letters_after(0).await.by("sendMessage");
    made - letters.iter().filter(|letter| letter.state == "sent").count()
}
