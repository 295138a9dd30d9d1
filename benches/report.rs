//! One report from the raw inbox row to its committed letters, on a real SQLite file with full
//! durability: once with a commit of its own, once a hundred to a commit, as `serve` hears them.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use doorstep::base::inbox::{self, RawUpdate};
use doorstep::base::turn::Turn;
use doorstep::desk;
use doorstep::telegram::incoming;
use serde_json::json;
use tokio::runtime::Runtime;

mod stage;

use stage::{BOT, Stage};

/// How many households report in turn.
const HOUSEHOLDS: i64 = 100;

/// Reports that have not been made yet: numbers that no update or message had.
struct Reports {
    next: i64,
    /// When they are said, in seconds since 1970: after the slot has opened.
    at: i64,
}

impl Reports {
    /// The raw update of a member who writes a temperature.
    fn take(&mut self) -> RawUpdate {
        self.next += 1;
        let (number, household) = (self.next, self.next % HOUSEHOLDS + 1);
        let chat = -1000 - household;
        let text = format!("36.{}", number % 10);
        let raw = json!({ "update_id": number, "message": {
            "message_id": number, "date": self.at, "text": text,
            "chat": { "id": chat, "type": "supergroup" },
            "from": { "id": 20_000 + household, "first_name": "Mum", "language_code": "en" },
        }});
        RawUpdate { update_id: number, chat_key: chat, raw: raw.to_string() }
    }
}

/// Hears so many reports in one transaction. They are in the inbox already.
async fn hear(stage: &Stage, count: usize) {
    let ground = &stage.ground;
    let mut tx = ground.db.read().await.expect("a reader");
    let posts = inbox::next(&mut tx, ground.clock.now()).await.expect("the inbox");
    tx.rollback().await.expect("read");
    assert_eq!(posts.len(), count, "all of them");
    let mut tx = ground.db.begin().await.expect("the writer");
    for post in &posts {
        let incoming = incoming::read(post, &ground.clock).expect("readable").expect("ours");
        let cause = format!("update {}", post.update_id);
        let mut turn = Turn::begin(&mut tx, ground, BOT, cause).await.expect("a turn");
        desk::hear(&mut turn, &incoming).await.expect("a report");
        inbox::done(&mut turn.tx, post).await.expect("done");
        turn.keep().await.expect("kept");
    }
    tx.commit().await.expect("committed");
}

/// Puts so many new reports into the inbox; the letters of the earlier ones have gone out meanwhile.
async fn store(stage: &Stage, reports: &mut Reports, count: usize) {
    let batch: Vec<RawUpdate> = (0..count).map(|_| reports.take()).collect();
    let now = stage.ground.clock.now();
    let mut tx = stage.ground.db.begin().await.expect("the writer");
    inbox::store(&mut tx, BOT, &batch, now).await.expect("stored");
    stage::deliver(&mut tx).await;
    tx.commit().await.expect("committed");
}

fn main() {
    let runtime = Runtime::new().expect("a runtime");
    let mut criterion = Criterion::default()
        .configure_from_args()
        .sample_size(20)
        .measurement_time(Duration::from_secs(10));
    let stage = runtime.block_on(Stage::with_households(HOUSEHOLDS));
    let at = stage.ground.clock.now().millis() / 1000;
    let mut reports = Reports { next: 1_000_000, at };
    let mut group = criterion.benchmark_group("one report");
    for (name, count) in [("a commit each", 1), ("a hundred to a commit", 100)] {
        group.throughput(Throughput::Elements(u64::try_from(count).expect("a small number")));
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|rounds| {
                let mut spent = Duration::ZERO;
                for _ in 0..rounds {
                    runtime.block_on(store(&stage, &mut reports, count));
                    let begun = std::time::Instant::now();
                    runtime.block_on(hear(black_box(&stage), count));
                    spent += begun.elapsed();
                }
                spent
            });
        });
    }
    group.finish();
    runtime.block_on(stage.proof());
    criterion.final_summary();
}
