//! One idle tick of the clock loop: asking what is due and when the next thing is, with 1,000 and with
//! 100,000 households of which none is due. The ratio of the two medians is printed at the end: the
//! cost must not grow with the number of households.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use doorstep::desk;
use tokio::runtime::Runtime;

mod stage;

use stage::Stage;

/// The two towns.
const TOWNS: [i64; 2] = [1_000, 100_000];
/// How many ticks of each town the printed medians are taken from.
const TICKS: usize = 2_001;

/// What the clock loop asks when nothing is due.
async fn tick(stage: &Stage) {
    let mut tx = stage.ground.db.read().await.expect("a reader");
    let due = desk::due(&mut tx, stage.ground.clock.now()).await.expect("what is due");
    let next = desk::next_due(&mut tx).await.expect("what is next");
    tx.rollback().await.expect("read");
    assert!(due.is_empty() && next.is_some(), "nothing is due today");
}

fn main() {
    let runtime = Runtime::new().expect("a runtime");
    let stages = TOWNS.map(|count| runtime.block_on(Stage::with_households(count)));
    let mut criterion = Criterion::default()
        .configure_from_args()
        .sample_size(30)
        .measurement_time(Duration::from_secs(8));
    let mut group = criterion.benchmark_group("one idle tick");
    for (count, stage) in TOWNS.iter().zip(&stages) {
        group.bench_function(format!("{count} households"), |bencher| {
            bencher.iter(|| runtime.block_on(tick(black_box(stage))));
        });
    }
    group.finish();
    criterion.final_summary();
    let [small, large] = medians(&runtime, &stages);
    let ratio = large.as_secs_f64() / small.as_secs_f64();
    println!(
        "median idle tick: {small:?} at 1,000 households, {large:?} at 100,000: ratio {ratio:.2}"
    );
}

/// The median tick of each town, taken in turns so that both feel the same weather.
fn medians(runtime: &Runtime, stages: &[Stage; 2]) -> [Duration; 2] {
    let mut spent = [Vec::new(), Vec::new()];
    for _ in 0..TICKS {
        for (stage, spent) in stages.iter().zip(&mut spent) {
            let begun = Instant::now();
            runtime.block_on(tick(stage));
            spent.push(begun.elapsed());
        }
    }
    spent.map(|mut all| {
        all.sort_unstable();
        all[all.len() / 2]
    })
}
