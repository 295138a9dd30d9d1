//! Households come in from a file: what is right is taken, what is wrong is named by line and column.

use std::fs;

use doorstep::base::clock::Timestamp;
use doorstep::base::language::Languages;
use doorstep::base::store::Db;
use doorstep::config::Settings;
use doorstep::desk::health_check::first_look;
use doorstep::desk::household::import::{Counts, Import, Outcome};
use doorstep::desk::staff;
use doorstep::desk::staff::person::Role;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::program::{Ended, Program};
use crate::support::{postgres, sqlite_url};

const HEADER: &str = "household,area,building,unit,room,language,timezone,category,start_on,days,\
                      worker,backup,member,relation,birth_year,phone,labels";
const MUM: &str = "3-502,Yantian/Harbour,3,,502,zh-CN,,,2026-04-06,,Wang,Chen,妈妈,head,1960,,";
const DAD: &str = "3-502,Yantian/Harbour,3,,502,zh-CN,,,2026-04-06,,Wang,Chen,爸爸,spouse,,+86 1,";
const TOM: &str = "3-503,Yantian/Harbour,3,,503,fr-CA,Europe/Paris,entrant,2026-04-07,7,Wang,,Tom,\
                   head,,,deaf;diabetic";

fn file(rows: &[&str]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

// ---- Through the binary ----

/// A folder with a database in which Wang and Chen were invited.
struct Office {
    folder: TempDir,
    program: Program,
}

impl Office {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = sqlite_url(folder.path());
        Self::on(folder, &url).await
    }

    async fn on_postgres() -> Option<Self> {
        let url = postgres::fresh_database().await?;
        Some(Self::on(tempfile::tempdir().unwrap(), &url).await)
    }

    async fn on(folder: TempDir, url: &str) -> Self {
        let program = Program::in_folder(folder.path()).with("DATABASE_URL", url);
        for name in ["Wang", "Chen"] {
            let area = ["--role", "worker", "--area", "Yantian/Harbour"];
            program.json(&[["staff", "invite", "--name", name].as_slice(), &area].concat()).await;
        }
        Self { folder, program }
    }

    async fn import(&self, text: &str, options: &[&str]) -> Ended {
        fs::write(self.folder.path().join("file.csv"), text).unwrap();
        let call = ["import", "households", "file.csv", "--json"];
        self.program.run(&[call.as_slice(), options].concat()).await
    }

    async fn households(&self) -> Value {
        self.program.json(&["household", "list"]).await
    }
}

fn counts(created: u64, updated: u64, unchanged: u64, refused: u64) -> Value {
    json!({ "created": created, "updated": updated, "unchanged": unchanged, "refused": refused })
}

/// Line, column and code of every error.
fn errors(ended: &Ended) -> Vec<(u64, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let told = ended.json();
    let told = told["errors"].as_array().unwrap().iter();
    told.map(|e| (e["line"].as_u64().unwrap(), text(&e["column"]), text(&e["code"]))).collect()
}

fn error(line: u64, column: &str, code: &str) -> (u64, String, String) {
    (line, column.to_owned(), code.to_owned())
}

#[tokio::test]
async fn a_household_stands_in_the_list_as_its_file_says() {
    stands_in_the_list(&Office::open().await).await;
    if let Some(office) = Office::on_postgres().await {
        stands_in_the_list(&office).await;
    }
}

async fn stands_in_the_list(office: &Office) {
    let ended = office.import(&file(&[MUM, TOM, DAD]), &[]).await;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let outcome = ended.json();
    assert_eq!(outcome["households"], counts(2, 0, 0, 0));
    assert_eq!(outcome["members"], counts(3, 0, 0, 0));
    assert_eq!(outcome["errors"], json!([]));
    let mut households = office.households().await;
    households[0]["day"].take();
    let person = |n: u64, name: &str, relation: &str| {
        json!({
            "n": n, "name": name, "relation": relation, "telegram_ids": [], "language": null,
            "last": null, "muted": null,
        })
    };
    let expected = json!({
        "household": "3-502", "area": "Yantian/Harbour", "door": "3-502", "state": "imported",
        "status": "white", "channel": "none", "bot_id": null, "chat_id": null,
        "language": "zh-CN", "timezone": "Asia/Shanghai", "day": null, "days": 14,
        "start_on": "2026-04-06", "ends_on": "2026-04-20", "worker": "Wang", "backup": "Chen",
        "members": [person(1, "妈妈", "head"), person(2, "爸爸", "spouse")], "open_alerts": [],
    });
    assert_eq!(households[0], expected);
    assert_eq!(households[1]["language"], "fr");
    let doctor = office.program.run(&["doctor"]).await;
    assert!(doctor.stdout.contains("❌ areas: nobody leads Yantian/Harbour\n"), "{doctor:?}");
    assert_eq!(households[1]["ends_on"], "2026-04-14");
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    let office = Office::open().await;
    office.import(&file(&[MUM, DAD, TOM]), &[]).await;
    for options in [[].as_slice(), &["--update"]] {
        let again = office.import(&file(&[MUM, DAD, TOM]), options).await;
        assert_eq!(again.code, Some(0));
        assert_eq!(again.json()["households"], counts(0, 0, 2, 0));
        assert_eq!(again.json()["members"], counts(0, 0, 3, 0));
    }
}

#[tokio::test]
async fn a_wrong_row_leaves_out_its_household_alone() {
    let office = Office::open().await;
    let wrong = DAD.replace("spouse", "boss").replace("2026-04-06", "6/4/2026");
    let ended = office.import(&file(&[MUM, TOM, &wrong]), &[]).await;
    assert_eq!(ended.code, Some(2));
    assert_eq!(
        errors(&ended),
        [error(4, "start_on", "bad_value"), error(4, "relation", "unknown_relation")]
    );
    assert_eq!(ended.json()["households"], counts(1, 0, 0, 1));
    assert_eq!(ended.json()["members"], counts(1, 0, 0, 2));
    let households = office.households().await;
    assert_eq!(households.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_worker_whom_nobody_invited_is_an_error_of_the_row() {
    let office = Office::open().await;
    let ended = office.import(&file(&[&TOM.replace("Wang", "Nobody")]), &[]).await;
    assert_eq!(ended.code, Some(2));
    assert_eq!(errors(&ended), [error(2, "worker", "unknown_staff")]);
}

#[tokio::test]
async fn a_known_household_changes_only_when_that_is_wanted() {
    let office = Office::open().await;
    office.import(&file(&[MUM, DAD]), &[]).await;
    let (mum, dad) = (MUM.replace(",Chen,", ",,"), DAD.replace(",Chen,", ",,"));
    let dad = dad.replace("+86 1", "+86 2");

    let refused = office.import(&file(&[&mum, &dad, TOM]), &[]).await;
    assert_eq!(refused.code, Some(2));
    assert_eq!(errors(&refused), [error(2, "backup", "differs"), error(3, "phone", "differs")]);
    assert_eq!(refused.json()["households"], counts(1, 0, 0, 1));

    let updated = office.import(&file(&[&mum, &dad, TOM]), &["--update"]).await;
    assert_eq!(updated.code, Some(0));
    assert_eq!(updated.json()["households"], counts(0, 1, 1, 0));
    assert_eq!(updated.json()["members"], counts(0, 1, 2, 0));
    assert_eq!(office.households().await[0]["backup"], Value::Null);
}

#[tokio::test]
async fn a_trial_run_says_the_same_and_changes_nothing() {
    let office = Office::open().await;
    let trial = office.import(&file(&[MUM, DAD]), &["--dry-run"]).await;
    assert_eq!(trial.json()["households"], counts(1, 0, 0, 0));
    assert_eq!(office.households().await, json!([]));
}

#[tokio::test]
async fn a_wrong_header_takes_nothing_in() {
    let office = Office::open().await;
    let text = file(&[MUM]).replace("phone", "telephone").replace("labels", "unit");
    let ended = office.import(&text, &[]).await;
    assert_eq!(ended.code, Some(2));
    assert_eq!(
        errors(&ended),
        [
            error(1, "telephone", "unknown_column"),
            error(1, "unit", "duplicate_column"),
            error(1, "phone", "missing_column"),
            error(1, "labels", "missing_column"),
        ]
    );
    assert_eq!(office.households().await, json!([]));
}

#[tokio::test]
async fn files_of_every_office_program_are_read() {
    let office = Office::open().await;
    let quoted: Vec<String> = file(&[MUM, TOM]).lines().map(in_semicolons).collect();
    let text = format!("\u{feff}{}\r\n", quoted.join("\r\n"));
    let ended = office.import(&text, &[]).await;
    assert_eq!(ended.json()["households"], counts(2, 0, 0, 0), "{:?}", errors(&ended));
    let again = office.import(&file(&[MUM, TOM]), &[]).await;
    assert_eq!(again.json()["households"], counts(0, 0, 2, 0), "{:?}", errors(&again));
}

/// A line as a German spreadsheet writes it: every field quoted, semicolons between them.
fn in_semicolons(line: &str) -> String {
    let fields = line.split(',').map(|field| format!("\"{field}\""));
    fields.collect::<Vec<_>>().join(";")
}

// ---- Through the library ----

/// Imports a file into a database in which Wang and Chen were invited.
async fn brought_in(url: &str, texts: &[String]) -> Vec<Outcome> {
    let db = Db::open(url).await.unwrap();
    let (languages, settings) = (Languages::embedded().unwrap(), Settings::default());
    let now = Timestamp::from_seconds(1_775_400_000);
    let mut tx = db.begin().await.unwrap();
    let area = "Yantian".parse().unwrap();
    for name in ["Wang", "Chen"] {
        staff::invite(&mut tx, name, Role::Worker, &area, "", now).await.unwrap();
    }
    let update = false;
    let import = Import { languages: &languages, settings: &settings, now, update, first_look };
    let mut outcomes = Vec::new();
    for text in texts {
        outcomes.push(import.run(&mut tx, text.as_bytes()).await.unwrap());
    }
    tx.commit().await.unwrap();
    db.close().await;
    outcomes
}

/// Both databases give the same answer.
async fn on_both(texts: &[String], check: impl Fn(&[Outcome])) {
    let folder = tempfile::tempdir().unwrap();
    check(&brought_in(&sqlite_url(folder.path()), texts).await);
    if let Some(url) = postgres::fresh_database().await {
        check(&brought_in(&url, texts).await);
    }
}

#[tokio::test]
async fn a_thousand_households_come_in_once() {
    let rows: Vec<String> = (0..1000).map(|n| MUM.replace("3-502", &format!("H-{n}"))).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let text = file(&rows);
    on_both(&[text.clone(), text], |outcomes| {
        let thousand = |created, unchanged| Counts { created, unchanged, ..Counts::default() };
        assert_eq!(outcomes[0].households, thousand(1000, 0));
        assert_eq!(outcomes[1].households, thousand(0, 1000));
        assert!(outcomes.iter().all(Outcome::is_clean));
    })
    .await;
}

#[tokio::test]
async fn characters_of_every_script_come_back_as_they_went_in() {
    let names = ["妈妈", "Мама", "אמא", "แม่", "Mãe", "👵🏽", "e\u{301}"];
    let rows: Vec<String> = names.iter().map(|name| MUM.replace("妈妈", name)).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let text = file(&rows);
    on_both(&[text.clone(), text], |outcomes| {
        assert_eq!(outcomes[0].members.created, names.len(), "{:?}", outcomes[0].errors);
        assert_eq!(outcomes[1].members.unchanged, names.len());
    })
    .await;
}
