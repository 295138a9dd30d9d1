//! The demo from the outside: the page's server asked over HTTP as the page asks it. A restart with the
//! same database shows the same chats and goes on, a stranger learns nothing, scenes are played one at a
//! time, and every message of the bot can be explained. Its database is always SQLite.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Child;
use std::time::Duration;

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::{Instant, timeout};

use crate::support::program::Program;

const SOON: Duration = Duration::from_secs(30);

/// A demo at work.
struct Demo {
    child: Child,
    url: String,
    client: Client,
}

/// What the page is told: the stage, the chats by number, the clock, the scene.
#[derive(Default)]
struct Page {
    stage: Value,
    chats: BTreeMap<i64, Value>,
    clock: Value,
    scene: Value,
}

impl Demo {
    /// Starts it with a database in this folder.
    async fn start(folder: &Path) -> Self {
        let program = Program::in_folder(folder);
        let mut command = program.command(&["demo", "--listen", "127.0.0.1:0", "--db", "a.db"]);
        let mut child = command.spawn().expect("the binary starts");
        let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let wait = tokio::task::spawn_blocking(move || {
            let mut lines = stderr.lines().map_while(Result::ok);
            let url = lines.find_map(|line| Some(line.strip_prefix("demo ready ")?.to_owned()));
            std::thread::spawn(move || lines.for_each(drop));
            url
        });
        let ready = wait.await.unwrap().expect("the demo is ready");
        let url = ready.split_whitespace().next().unwrap().to_owned();
        let client = Client::builder().no_proxy().timeout(SOON).build().unwrap();
        Self { child, url, client }
    }

    async fn post(&self, what: &str, body: Value) -> (StatusCode, Value) {
        let asked = self.client.post(format!("{}/api/{what}", self.url)).json(&body);
        let answer = asked.send().await.unwrap();
        (answer.status(), answer.json().await.unwrap_or_default())
    }

    async fn say(&self, phone: &Value, text: &str) -> Value {
        let words = json!({ "user": phone["user"], "chat": phone["chat"], "text": text });
        let (status, said) = self.post("say", words).await;
        assert_eq!(status, StatusCode::OK, "{text}: {said}");
        said["message"].clone()
    }

    async fn why(&self, chat: i64, message: &Value) -> Value {
        let asked = format!("{}/api/why?chat={chat}&message={message}", self.url);
        let answer = self.client.get(asked).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "message {message} of {chat}");
        answer.json().await.unwrap()
    }

    /// Looks at the page until it is as wanted.
    async fn page(&self, is_it: impl Fn(&Page) -> bool) -> Page {
        let answer = self.client.get(format!("{}/api/live", self.url)).send().await;
        let (mut answer, mut heard, mut page) = (answer.unwrap(), Vec::new(), Page::default());
        let looking = async {
            while !is_it(&page) {
                heard.extend(answer.chunk().await.unwrap().expect("the line holds"));
                while let Some(end) = heard.windows(2).position(|two| two == b"\n\n") {
                    let event: Vec<u8> = heard.drain(..end + 2).collect();
                    page.take(std::str::from_utf8(&event).unwrap());
                }
            }
        };
        timeout(SOON, looking).await.expect("the page shows it in time");
        page
    }

    /// The page with everything that is there now.
    async fn whole_page(&self) -> Page {
        self.page(|page| !page.scene.is_null()).await
    }

    async fn stop(mut self) {
        let told = std::process::Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(told.unwrap().success());
        let until = Instant::now() + SOON;
        while self.child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < until, "the demo does not end");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Ends it as a crash does.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Page {
    fn take(&mut self, event: &str) {
        let field = |name| event.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let Some(data) = field("data:") else { return };
        let data: Value = serde_json::from_str(data).unwrap();
        match field("event:") {
            Some("stage") => *self = Self { stage: data, ..Self::default() },
            Some("chat") => drop(self.chats.insert(data["chat"].as_i64().unwrap(), data)),
            Some("clock") => self.clock = data,
            Some("scene") => self.scene = data,
            _ => {}
        }
    }

    fn phone(&self, pane: &str, n: usize) -> Value {
        let panes = self.stage["panes"].as_array().unwrap();
        panes.iter().find(|it| it["key"] == pane).unwrap()["phones"][n].clone()
    }

    fn messages(&self, phone: &Value) -> Vec<Value> {
        let chat = self.chats.get(&phone["chat"].as_i64().unwrap());
        chat.map(|chat| chat["messages"].as_array().unwrap().clone()).unwrap_or_default()
    }

    /// How many messages of the bot in a chat hold these words.
    fn count(&self, phone: &Value, words: &str) -> usize {
        let holds =
            |it: &&Value| it["is_bot"] == true && it["text"].as_str().unwrap().contains(words);
        self.messages(phone).iter().filter(holds).count()
    }
}

fn noted(page: &Page, phone: &Value, text: &str) -> bool {
    page.messages(phone).iter().any(|it| it["text"] == text && it["reactions"] != json!([]))
}

#[tokio::test]
async fn a_demo_that_is_started_again_goes_on_where_it_was() {
    let folder = TempDir::new().unwrap();
    let demo = Demo::start(folder.path()).await;
    let mum = demo.whole_page().await.phone("chinese", 0);
    assert_eq!(demo.post("clock", json!({ "jump": "reminder" })).await.0, StatusCode::OK);
    demo.say(&mum, "妈妈36.5").await;
    let before = demo.page(|page| noted(page, &mum, "妈妈36.5")).await;
    assert_eq!(before.count(&mum, "10:00"), 1, "one reminder");
    demo.stop().await;

    let mut demo = Demo::start(folder.path()).await;
    let after = demo.whole_page().await;
    assert_eq!(after.stage, before.stage);
    assert_eq!(after.chats.len(), before.chats.len());
    for (chat, shown) in &before.chats {
        let times = |it: &Value| it["messages"].as_array().unwrap().len();
        assert!(times(&after.chats[chat]) >= times(shown), "{chat}");
    }
    assert_eq!(after.messages(&mum)[..], before.messages(&mum)[..], "even the times are the same");
    assert!(after.clock["now"].as_str() >= before.clock["now"].as_str());
    let message = demo.say(&mum, "爸爸36.8 宝宝36.9").await;
    assert!(message.as_i64() > before.messages(&mum).last().unwrap()["id"].as_i64());
    demo.page(|page| noted(page, &mum, "爸爸36.8 宝宝36.9")).await;

    // even after a crash: nothing that is written from then on is lost, and nobody is asked again
    demo.kill();
    let demo = Demo::start(folder.path()).await;
    demo.say(&mum, "宝宝36.7").await;
    let last = demo.page(|page| noted(page, &mum, "宝宝36.7")).await;
    assert_eq!(last.count(&mum, "10:00"), 1, "no reminder twice");
}

#[tokio::test]
async fn what_cannot_be_gone_on_with_is_refused_in_a_sentence() {
    let folder = TempDir::new().unwrap();
    Demo::start(folder.path()).await.stop().await;
    let program = Program::in_folder(folder.path());
    let (db, world) = (folder.path().join("a.db"), folder.path().join("a.db.world.json"));
    let kept = fs::read_to_string(&world).unwrap();
    let scene = ["demo", "--scene", "morning", "--db", "a.db"];
    let ended = program.run(&scene).await;
    assert_eq!(ended.code, Some(2), "a scene needs a new file: {}", ended.stderr);
    assert!(ended.stderr.contains("name a new file"), "{}", ended.stderr);
    let refused = async |why: &str| {
        let ended = program.run(&["demo", "--listen", "127.0.0.1:0", "--db", "a.db"]).await;
        assert_eq!(ended.code, Some(2), "{why}: {}", ended.stderr);
        let said = ended.stderr.lines().last().unwrap();
        assert!(said.starts_with("error: ") && said.contains(why), "{why}: {said}");
    };
    fs::write(&world, &kept.as_bytes()[..kept.len() / 2]).unwrap();
    refused("damaged").await;
    fs::write(&world, kept.replace("\"version\":1", "\"version\":0")).unwrap();
    refused("another version").await;
    fs::write(&world, "{\"chats\":[]}").unwrap();
    refused("no world of a demo").await;
    let mut other: Value = serde_json::from_str(&kept).unwrap();
    other["number"] = json!(7);
    fs::write(&world, other.to_string()).unwrap();
    refused("another database").await;
    let mut holed: Value = serde_json::from_str(&kept).unwrap();
    holed["world"].as_object_mut().unwrap().remove("chats");
    fs::write(&world, holed.to_string()).unwrap();
    refused("not whole").await;
    fs::remove_file(&world).unwrap();
    refused("name a new file").await;
    fs::write(&world, &kept).unwrap();
    fs::remove_file(&db).unwrap();
    refused("a database that is gone").await;
}

#[tokio::test]
async fn a_stranger_gets_one_neutral_sentence_and_nobody_is_told() {
    let folder = TempDir::new().unwrap();
    let demo = Demo::start(folder.path()).await;
    let before = demo.whole_page().await;
    let max = before.phone("stranger", 0);
    let words = json!({ "user": max["user"], "chat": max["chat"], "text": "hello" });
    assert_eq!(demo.post("say", words).await.0, StatusCode::CONFLICT, "Start comes first");
    demo.say(&max, "/start").await;
    let link = max["hints"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it.as_str().unwrap().starts_with("/start "));
    let link = link.expect("a used link to try").as_str().unwrap();
    for text in ["Who lives in 3-502?", link, "妈妈 39.5", "/today"] {
        demo.say(&max, text).await;
    }
    // Wang's answer comes after everything that Max wrote before
    let wang = before.phone("worker", 0);
    demo.say(&wang, "/help").await;
    demo.page(|page| page.count(&wang, "/duty") > before.count(&wang, "/duty")).await;
    demo.page(|page| page.count(&max, "") > 0).await;
    let after = demo.whole_page().await;
    let said: Vec<Value> =
        after.messages(&max).into_iter().filter(|it| it["is_bot"] == true).collect();
    assert_eq!(said.len(), 1, "{said:#?}");
    let text = said[0]["text"].as_str().unwrap();
    for personal in ["3-502", "妈妈", "Wang", "household"] {
        assert!(!text.contains(personal), "{text}");
    }
    let others = after.chats.iter().filter(|(chat, _)| {
        **chat != max["chat"].as_i64().unwrap() && **chat != wang["chat"].as_i64().unwrap()
    });
    for (chat, shown) in others {
        assert_eq!(*shown, before.chats[chat], "{chat} is as before");
    }
}

#[tokio::test]
async fn one_scene_at_a_time_is_played_on_a_stage_of_its_own() {
    let folder = TempDir::new().unwrap();
    let demo = Demo::start(folder.path()).await;
    let home = demo.whole_page().await;
    assert_eq!(home.stage["scenes"].as_array().unwrap().len(), 3);
    let wish = async |body: Value| demo.post("scene", body).await;
    assert_eq!(wish(json!({ "do": "next" })).await.0, StatusCode::CONFLICT);
    assert!(wish(json!({ "do": "start", "scene": "tragedy" })).await.0.is_client_error());
    assert_eq!(wish(json!({ "do": "start", "scene": "fever" })).await.0, StatusCode::OK);
    let (status, said) = wish(json!({ "do": "start", "scene": "morning" })).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(said["error"].as_str().unwrap().contains("“Fever” is being played"), "{said}");
    let clock = demo.post("clock", json!({ "speed": 60 })).await;
    assert_eq!(clock.0, StatusCode::CONFLICT, "the scene moves the clock");
    let first = demo.page(|page| page.scene["stand"] == "waiting").await;
    assert_ne!(first.stage["number"], home.stage["number"]);
    assert_eq!((&first.scene["step"], &first.scene["pane"]), (&json!(1), &json!("chinese")));
    assert_eq!(wish(json!({ "do": "next" })).await.0, StatusCode::OK);
    demo.page(|page| page.scene["step"] == 2 && page.scene["stand"] == "waiting").await;
    assert_eq!(wish(json!({ "do": "skip" })).await.0, StatusCode::OK);
    let done =
        demo.page(|page| page.scene["ending"].as_str().is_some_and(|it| !it.is_empty())).await;
    assert_eq!(done.scene["stand"], "done", "{}", done.scene);
    let chen = done.phone("command", 0);
    assert_eq!(done.count(&chen, "A-1"), 3, "the scene's chats are there to be looked at");
    assert_eq!(wish(json!({ "do": "leave" })).await.0, StatusCode::OK);
    let back =
        demo.page(|page| page.stage["number"] == home.stage["number"] && !page.scene.is_null());
    assert_eq!(back.await.chats, home.chats, "one's own chats are as they were");
}

#[tokio::test]
async fn a_scene_that_is_disturbed_fails_and_says_so() {
    let folder = TempDir::new().unwrap();
    let demo = Demo::start(folder.path()).await;
    demo.post("scene", json!({ "do": "start", "scene": "silence" })).await;
    let shown = demo.page(|page| page.scene["stand"] == "waiting").await;
    demo.say(&shown.phone("chinese", 0), "妈妈36.5 爸爸36.6 宝宝36.7").await;
    demo.post("scene", json!({ "do": "skip" })).await;
    let over =
        demo.page(|page| page.scene["ending"].as_str().is_some_and(|it| !it.is_empty())).await;
    assert_eq!(over.scene["stand"], "failed");
    let ending = over.scene["ending"].as_str().unwrap();
    assert!(ending.contains("one nudge after an hour"), "{ending}");
    let again = demo.post("scene", json!({ "do": "start", "scene": "silence" })).await;
    assert_eq!(again.0, StatusCode::OK, "it can be tried again");
}

#[tokio::test]
async fn every_message_of_the_bot_is_explained() {
    let folder = TempDir::new().unwrap();
    let demo = Demo::start(folder.path()).await;
    let first = demo.whole_page().await;
    let (mum, wang) = (first.phone("chinese", 0), first.phone("worker", 0));
    demo.post("clock", json!({ "jump": "reminder" })).await;
    let photo = json!({ "user": mum["user"], "chat": mum["chat"], "text": "", "photo": true });
    assert_eq!(demo.post("say", photo).await.0, StatusCode::OK);
    // the nudges, and between them the hour after which a photo is passed on
    for _ in 0..3 {
        demo.post("clock", json!({ "jump": "reminder" })).await;
    }
    let is_photo = |it: &Value| it["is_bot"] == true && it["kind"] == "photo";
    demo.page(|page| page.messages(&wang).iter().any(is_photo)).await;
    demo.say(&mum, "367").await;
    demo.say(&mum, "爸爸37.8 咳嗽").await;
    let page = demo.page(|page| page.count(&mum, "367") == 1 && page.count(&mum, "37.8") > 0).await;
    let mut asked = 0;
    for (chat, shown) in &page.chats {
        let bot = shown["messages"].as_array().unwrap().iter();
        for message in
            bot.filter(|it| it["is_bot"] == true && (it["kind"] == "text" || is_photo(it)))
        {
            let why = demo.why(*chat, &message["id"]).await;
            let says = why["rule"]["says"].as_str().unwrap();
            assert!(says.len() > 20 && !says.starts_with("No rule"), "{message}: {why}");
            assert!(!why["cause"]["says"].as_str().unwrap().is_empty(), "{why}");
            assert!(!why["sees"]["people"].as_array().unwrap().is_empty(), "{why}");
            asked += 1;
        }
    }
    assert!(asked > 15, "{asked}");
    let of = |words: &str| {
        let messages = page.messages(&mum);
        messages.iter().rfind(|it| it["text"].as_str().unwrap().contains(words)).unwrap()["id"]
            .clone()
    };
    let chat = mum["chat"].as_i64().unwrap();
    let question = demo.why(chat, &of("“367”")).await;
    assert_eq!(question["text_id"], "reading-confirm");
    assert_eq!(question["cause"]["says"], "妈妈 wrote “367”.");
    let reading = question["cause"]["reading"].to_string();
    assert!(reading.contains("verdict: ask") && reading.contains("because: "), "{reading}");
    let reminder = demo.why(chat, &of("10:00")).await;
    assert_eq!((&reminder["lane"], &reminder["silent"]), (&json!("reminder"), &json!(false)));
    assert_eq!(reminder["rule"]["settings"][0]["key"], "checks.slots");
    assert_eq!(reminder["cause"]["reading"], json!([]));
    let people = reminder["sees"]["people"].to_string();
    assert!(people.contains("妈妈") && people.contains("Wang"), "{people}");
    let nobody = demo.client.get(format!("{}/api/why?chat={chat}&message=999999", demo.url)).send();
    assert_eq!(nobody.await.unwrap().status(), StatusCode::CONFLICT);
}
