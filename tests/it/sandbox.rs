//! The pretend Telegram over real HTTP: what a bot is told, what it may do, and the exact refusals.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use doorstep::sandbox::{
    ALLOWED_REACTIONS, ChatId, Draft, Fault, FaultRule, Impossible, MessageId, Method, Person,
    Right, Rights, Sandbox, SandboxOptions, UserId,
};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

const TOKEN: &str = "5001:secret";
const NOW: i64 = 1_775_000_000;
const SOON: Duration = Duration::from_secs(5);

/// A sandbox with one bot, Chen, and a client that plays the bot.
struct Stage {
    sandbox: Sandbox,
    bot: UserId,
    chen: Person,
    client: reqwest::Client,
}

impl Stage {
    async fn open() -> Self {
        Self::open_with(SandboxOptions { now: || NOW, seed: 7, ..SandboxOptions::default() }).await
    }

    async fn open_with(options: SandboxOptions) -> Self {
        let sandbox = Sandbox::open(options).await.unwrap();
        let bot = sandbox.bot(TOKEN, "doorstep_bot");
        let chen = sandbox.person("Chen", "zh");
        Self { sandbox, bot, chen, client: reqwest::Client::new() }
    }

    fn request(&self, method: &str, params: &Value) -> reqwest::RequestBuilder {
        self.client.post(format!("{}/bot{TOKEN}/{method}", self.sandbox.url())).json(params)
    }

    /// Status and body of one call.
    async fn call(&self, method: &str, params: Value) -> (u16, Value) {
        let answer = self.request(method, &params).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// The result of a call that must succeed.
    async fn done(&self, method: &str, params: Value) -> Value {
        let (status, body) = self.call(method, params).await;
        assert_eq!((status, &body["ok"]), (200, &json!(true)), "{method}: {body}");
        body["result"].clone()
    }

    /// The description of a call that must be refused; its code and status must agree.
    async fn refused(&self, method: &str, params: Value) -> String {
        let (status, body) = self.call(method, params).await;
        assert_eq!(body["ok"], false, "{method}: {body}");
        assert_eq!(body["error_code"], status);
        format!("{status} {}", body["description"].as_str().unwrap())
    }

    /// All updates that wait, confirmed at once.
    async fn updates(&self) -> Vec<Value> {
        let updates = self.done("getUpdates", json!({})).await;
        let updates = updates.as_array().unwrap().clone();
        if let Some(last) = updates.last() {
            let next = last["update_id"].as_i64().unwrap() + 1;
            self.done("getUpdates", json!({ "offset": next })).await;
        }
        updates
    }

    /// The kinds of all updates that wait, with the field that holds a message's content.
    async fn heard(&self) -> Vec<String> {
        self.updates().await.iter().map(kind_of).collect()
    }

    async fn send(&self, chat: ChatId, text: &str) -> MessageId {
        let sent = self.done("sendMessage", json!({ "chat_id": chat, "text": text })).await;
        MessageId(sent["message_id"].as_i64().unwrap())
    }

    /// A group of Chen's where the bot is administrator, with nothing left to hear.
    async fn household(&self) -> ChatId {
        let home = self.chen.create_group("Home");
        self.chen.open_startgroup(home, self.bot, "CODE", Some(Rights::usual())).unwrap();
        self.updates().await;
        home
    }

    /// Starts so many polls at once, and returns when all but the one that waits have ended.
    async fn polls(&self, count: usize) -> Vec<JoinHandle<reqwest::Result<reqwest::Response>>> {
        let before = self.sandbox.calls().len();
        let wait = json!({ "timeout": 30 });
        let polls = (0..count).map(|_| tokio::spawn(self.request("getUpdates", &wait).send()));
        let polls = polls.collect();
        let ended = |s: &Sandbox| (s.calls_since(before).len() == count - 1).then_some(());
        self.sandbox.wait_for(SOON, ended).await.unwrap();
        polls
    }

    async fn private(&self) -> ChatId {
        self.chen.start(self.bot, "").unwrap();
        self.updates().await;
        self.chen.chat_with(self.bot)
    }
}

fn kind_of(update: &Value) -> String {
    let kind = update.as_object().unwrap().keys().find(|key| *key != "update_id").unwrap();
    let plain = ["message_id", "from", "chat", "date", "edit_date", "entities", "sender_chat"];
    match kind.as_str() {
        "message" | "edited_message" => {
            let fields = update[kind].as_object().unwrap().keys();
            let content: Vec<_> =
                fields.filter(|field| !plain.contains(&field.as_str())).cloned().collect();
            format!("{kind} {}", content.join("+"))
        }
        "my_chat_member" | "chat_member" => {
            let status = |side: &str| update[kind][side]["status"].as_str().unwrap();
            format!("{kind} {}>{}", status("old_chat_member"), status("new_chat_member"))
        }
        other => other.to_owned(),
    }
}

// -- the door ----------------------------------------------------------------------------------

#[tokio::test]
async fn a_wrong_token_a_wrong_method_and_a_wrong_path_are_told_apart() {
    let stage = Stage::open().await;
    let url = stage.sandbox.url();
    let get = async |path: &str| {
        let answer = reqwest::get(format!("{url}{path}")).await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap()["description"].clone())
    };
    assert_eq!(get("/bot5001:wrong/getMe").await, (401, json!("Unauthorized")));
    assert_eq!(get("/bot5001:secret/getmood").await, (404, json!("Not Found")));
    assert_eq!(get("/elsewhere").await, (404, json!("Not Found")));
    assert_eq!(get("/bot5001:secret/GETME").await, (200, Value::Null));
    assert_eq!(stage.sandbox.calls().last().unwrap().method, "getMe");
}

#[tokio::test]
async fn json_form_and_query_say_the_same() {
    let stage = Stage::open().await;
    let chat = stage.private().await;
    let url = format!("{}/bot{TOKEN}/sendMessage", stage.sandbox.url());
    let markup = json!({ "inline_keyboard": [[{ "text": "A & b", "callback_data": "a=1" }]] });
    let (number, keyboard) = (chat.number().to_string(), markup.to_string());
    let pairs = [("chat_id", number.as_str()), ("text", "a + b"), ("reply_markup", &keyboard)];
    let json = json!({ "chat_id": chat, "text": "a + b", "reply_markup": markup });
    stage.client.post(&url).json(&json).send().await.unwrap();
    stage.client.post(&url).query(&pairs).send().await.unwrap();
    let form = reqwest::Url::parse_with_params(&url, &pairs).unwrap();
    let (kind, body) = ("application/x-www-form-urlencoded", form.query().unwrap().to_owned());
    stage.client.post(&url).header("content-type", kind).body(body).send().await.unwrap();
    let calls = stage.sandbox.calls_since(stage.sandbox.calls().len() - 3);
    assert!(calls.iter().all(|call| call.applied && call.params == json), "{calls:#?}");
}

#[tokio::test]
async fn what_the_tables_do_not_have_is_refused() {
    let stage = Stage::open().await;
    let chat = stage.private().await;
    let text = json!({ "chat_id": chat, "text": "x" });
    let with = |name: &str, value: Value| {
        let mut params = text.clone();
        params[name] = value;
        params
    };
    for (params, complaint) in [
        (with("reply_to", json!(1)), "sendMessage has no parameter \"reply_to\""),
        (with("text", json!(5)), "parameter \"text\" is of the wrong type"),
        (with("disable_notification", json!("true")), "is of the wrong type"),
        (with("parse_mode", Value::Null), "is of the wrong type"),
        (with("reply_parameters", json!({ "message": 1 })), "is of the wrong type"),
        (
            with("reply_parameters", json!({ "message_id": 1, "quot": "x" })),
            "ReplyParameters in \"reply_parameters\" has no field \"quot\"",
        ),
        (with("reply_markup", json!({ "inline_keyboard": [{}] })), "is of the wrong type"),
        (json!({ "text": "x" }), "chat_id is empty"),
        (json!({ "chat_id": chat }), "message text is empty"),
    ] {
        let refusal = stage.refused("sendMessage", params.clone()).await;
        assert!(refusal.starts_with("400 Bad Request: "), "{refusal}");
        assert!(refusal.ends_with(complaint), "{params}: {refusal}");
    }
    assert!(stage.sandbox.messages(chat).iter().all(|message| message.from != stage.bot));
    let broken = stage.client.post(format!("{}/bot{TOKEN}/getMe", stage.sandbox.url()));
    let broken = broken.header("content-type", "application/json").body("{").send().await.unwrap();
    assert_eq!(broken.status(), 400);
}

// -- getUpdates --------------------------------------------------------------------------------

#[tokio::test]
async fn an_update_is_given_again_until_a_higher_offset_confirms_it() {
    let stage = Stage::open().await;
    let chat = stage.private().await;
    stage.chen.say(chat, "36.6").unwrap();
    stage.chen.say(chat, "36.7").unwrap();
    let first = stage.done("getUpdates", json!({ "limit": 1 })).await;
    assert_eq!(first.as_array().unwrap().len(), 1);
    let id = first[0]["update_id"].as_i64().unwrap();
    let again = stage.done("getUpdates", json!({ "offset": id })).await;
    assert_eq!((&again[0], again.as_array().unwrap().len()), (&first[0], 2));
    let rest = stage.done("getUpdates", json!({ "offset": id + 1 })).await;
    assert_eq!(rest[0]["message"]["text"], "36.7");
    assert_eq!(stage.sandbox.pending_updates(stage.bot), 1);
    let far_ahead = stage.done("getUpdates", json!({ "offset": id + 5000 })).await;
    assert_eq!(far_ahead, rest, "an offset of another life confirms nothing");
}

#[tokio::test]
async fn a_negative_offset_forgets_all_but_the_last() {
    let stage = Stage::open().await;
    let chat = stage.private().await;
    for text in ["1", "2", "3"] {
        stage.chen.say(chat, text).unwrap();
    }
    let last = stage.done("getUpdates", json!({ "offset": -1 })).await;
    assert_eq!(last[0]["message"]["text"], "3");
    assert_eq!(stage.done("getUpdates", json!({})).await, last);
}

#[tokio::test]
async fn of_several_polls_one_waits_and_wakes_with_the_update_and_the_others_end() {
    let stage = Stage::open().await;
    let chat = stage.private().await;
    let polls = stage.polls(3).await;
    stage.chen.say(chat, "37.0").unwrap();
    let mut answers = Vec::new();
    for poll in polls {
        let body: Value = poll.await.unwrap().unwrap().json().await.unwrap();
        answers
            .push(body.pointer("/result/0/message/text").unwrap_or(&body["description"]).clone());
    }
    let conflict = "Conflict: terminated by other getUpdates request; make sure that only one bot \
                    instance is running";
    answers.sort_by_key(|answer| answer != conflict);
    assert_eq!(answers, [conflict, conflict, "37.0"]);
}

#[tokio::test]
async fn allowed_updates_are_remembered_and_the_default_leaves_three_kinds_out() {
    let stage = Stage::open().await;
    let home = stage.household().await;
    let li = stage.sandbox.person("Li", "en");
    stage.chen.add(home, li.id()).unwrap();
    assert_eq!(stage.heard().await, ["message new_chat_members"]);
    let kinds = json!({ "allowed_updates": ["chat_member", "message_reaction"] });
    stage.done("getUpdates", kinds).await;
    let said = stage.chen.say(home, "37.1").unwrap();
    li.react(home, said, Some("👍")).unwrap();
    li.leave(home).unwrap();
    assert_eq!(stage.heard().await, ["message_reaction", "chat_member member>left"]);
    stage.chen.promote(home, stage.bot, Rights::bare()).unwrap();
    assert!(stage.heard().await.is_empty(), "one's own standing is no chat_member");
    stage.done("getUpdates", json!({ "allowed_updates": [] })).await;
    stage.chen.say(home, "37.2").unwrap();
    assert_eq!(stage.heard().await, ["message text"]);
    let typo = stage.refused("getUpdates", json!({ "allowed_updates": ["mesage"] })).await;
    assert!(typo.ends_with("there is no update of type \"mesage\""), "{typo}");
}

// -- people ------------------------------------------------------------------------------------

#[tokio::test]
async fn starting_gives_a_command_with_its_payload() {
    let stage = Stage::open().await;
    stage.chen.start(stage.bot, "TOKEN").unwrap();
    let updates = stage.updates().await;
    let chen = stage.chen.id();
    assert_eq!(
        updates[0]["message"],
        json!({
            "message_id": 1,
            "from": { "id": chen, "is_bot": false, "first_name": "Chen", "language_code": "zh" },
            "chat": { "id": chen, "first_name": "Chen", "type": "private" },
            "date": NOW,
            "text": "/start TOKEN",
            "entities": [{ "offset": 0, "length": 6, "type": "bot_command" }],
        })
    );
}

#[tokio::test]
async fn a_startgroup_link_makes_the_bot_administrator_and_then_sends_the_command() {
    let stage = Stage::open().await;
    let home = stage.chen.create_supergroup("Home");
    stage.chen.open_startgroup(home, stage.bot, "CODE", Some(Rights::usual())).unwrap();
    let updates = stage.updates().await;
    let kinds: Vec<_> = updates.iter().map(kind_of).collect();
    assert_eq!(
        kinds,
        ["my_chat_member left>administrator", "message new_chat_members", "message text"]
    );
    let member = &updates[0]["my_chat_member"]["new_chat_member"];
    assert_eq!(member["can_pin_messages"], true);
    assert_eq!(member["can_promote_members"], false);
    assert_eq!(updates[2]["message"]["text"], "/start@doorstep_bot CODE");
    assert_eq!(updates[2]["message"]["entities"][0]["length"], 19);
    assert_eq!(updates[2]["message"]["chat"]["type"], "supergroup");
}

#[tokio::test]
async fn privacy_mode_lets_through_commands_mentions_and_answers_only() {
    let stage = Stage::open().await;
    let home = stage.chen.create_group("Home");
    stage.chen.add(home, stage.bot).unwrap();
    let asked = stage.send(home, "How are you?").await;
    stage.updates().await;
    stage.chen.say(home, "37.2").unwrap();
    stage.chen.say(home, "/day@other_bot").unwrap();
    for heard in ["/day", "/day@Doorstep_Bot", "hello @doorstep_bot"] {
        stage.chen.say(home, heard).unwrap();
    }
    stage.chen.say(home, Draft::from("fine").reply_to(asked)).unwrap();
    let updates = stage.updates().await;
    let texts: Vec<_> = updates.iter().map(|update| &update["message"]["text"]).collect();
    assert_eq!(texts, ["/day", "/day@Doorstep_Bot", "hello @doorstep_bot", "fine"]);
    assert_eq!(updates[3]["message"]["reply_to_message"]["text"], "How are you?");
    stage.chen.promote(home, stage.bot, Rights::bare()).unwrap();
    stage.chen.say(home, "37.3").unwrap();
    assert_eq!(stage.heard().await, ["my_chat_member member>administrator", "message text"]);
}

#[tokio::test]
async fn everything_people_send_arrives_in_its_own_field() {
    let stage = Stage::open().await;
    let home = stage.household().await;
    let li = stage.sandbox.person("Li", "en");
    let drafts = [
        Draft::photo("37.4"),
        Draft::voice(None),
        Draft::voice(Some("audio/ogg")),
        Draft::sticker("😀"),
        Draft::document("list.pdf", "application/pdf"),
        Draft::location(31.2, 121.5),
        Draft::from("old").forwarded_from(&li),
        Draft::from("old").forwarded_from_hidden("Wang"),
        Draft::from("as the group").anonymously(),
        Draft::from("as a channel").as_channel("News"),
    ];
    for draft in drafts {
        stage.chen.say(home, draft).unwrap();
    }
    let updates = stage.updates().await;
    let kinds: Vec<_> = updates.iter().map(kind_of).collect();
    assert_eq!(
        kinds.join(", "),
        "message photo+caption, message voice, message voice, message sticker, message document, \
         message location, message forward_origin+text, message forward_origin+text, message \
         text, message text"
    );
    let message = |n: usize| &updates[n]["message"];
    assert!(message(1)["voice"].get("mime_type").is_none());
    assert_eq!(message(2)["voice"]["mime_type"], "audio/ogg");
    assert_eq!(message(6)["forward_origin"]["sender_user"]["first_name"], "Li");
    assert_eq!(message(8)["from"]["username"], "GroupAnonymousBot");
    assert_eq!(message(8)["sender_chat"]["id"], json!(home));
    assert_eq!(message(9)["sender_chat"]["type"], "channel");
}

#[tokio::test]
async fn an_edit_keeps_the_message_and_gives_its_time() {
    let stage = Stage::open().await;
    let home = stage.household().await;
    let said = stage.chen.say(home, "38.6").unwrap();
    stage.updates().await;
    stage.chen.edit(home, said, "36.8").unwrap();
    let updates = stage.updates().await;
    let edited = &updates[0]["edited_message"];
    assert_eq!((&edited["message_id"], &edited["text"]), (&json!(said), &json!("36.8")));
    assert_eq!(edited["edit_date"], NOW);
    let li = stage.sandbox.person("Li", "en");
    assert_eq!(li.edit(home, said, "x"), Err(Impossible::NotThere));
    stage.chen.add(home, li.id()).unwrap();
    assert_eq!(li.edit(home, said, "x"), Err(Impossible::NotOwn));
}

#[tokio::test]
async fn a_press_carries_the_message_and_is_answered_once() {
    let stage = Stage::open().await;
    let chat = stage.private().await;
    let markup = json!({ "inline_keyboard": [[{ "text": "Yes", "callback_data": "y" }]] });
    let question = json!({ "chat_id": chat, "text": "Well?", "reply_markup": markup });
    let asked =
        MessageId(stage.done("sendMessage", question).await["message_id"].as_i64().unwrap());
    assert_eq!(stage.chen.press(chat, asked, "n"), Err(Impossible::NoButton));
    let press = stage.chen.press(chat, asked, "y").unwrap();
    let query = stage.updates().await[0]["callback_query"].clone();
    assert_eq!((&query["id"], &query["data"]), (&json!(press), &json!("y")));
    assert_eq!(query["message"]["reply_markup"], markup);
    let answer = json!({ "callback_query_id": press, "text": "Noted", "show_alert": true });
    stage.done("answerCallbackQuery", answer.clone()).await;
    let toast = &stage.sandbox.toasts()[0];
    assert_eq!((toast.text.as_str(), toast.is_alert, toast.user), ("Noted", true, stage.chen.id()));
    let too_old = "400 Bad Request: query is too old and response timeout expired or query ID is \
                   invalid";
    assert_eq!(stage.refused("answerCallbackQuery", answer).await, too_old);
    let long = json!({ "callback_query_id": "1", "text": "x".repeat(201) });
    let refusal = stage.refused("answerCallbackQuery", long).await;
    assert_eq!(refusal, "400 Bad Request: MESSAGE_TOO_LONG");
    stage.chen.press_raw(chat, asked, "forged").unwrap();
    assert_eq!(stage.updates().await[0]["callback_query"]["data"], "forged");
}

// -- sending, editing, deleting ----------------------------------------------------------------

#[tokio::test]
async fn a_text_is_measured_after_its_tags_are_read() {
    let stage = Stage::open().await;
    let chat = stage.private().await;
    let text = |text: String| json!({ "chat_id": chat, "text": text, "parse_mode": "HTML" });
    let fits = format!("<b>{}</b>", "😀".repeat(2048));
    let sent = stage.done("sendMessage", text(fits.clone())).await;
    assert_eq!(sent["entities"], json!([{ "type": "bold", "offset": 0, "length": 4096 }]));
    let refused = async |given: &str| stage.refused("sendMessage", text(given.into())).await;
    assert_eq!(refused(&(fits + "x")).await, "400 Bad Request: message is too long");
    assert_eq!(refused("<b> </b>").await, "400 Bad Request: message text is empty");
    assert_eq!(
        refused("37 <x>").await,
        "400 Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 3"
    );
    let shown = stage.sandbox.messages(chat).pop().unwrap();
    assert_eq!((shown.text.chars().count(), shown.html.len()), (2048, 2048 * 4 + 7));
}

#[tokio::test]
async fn a_message_shows_its_buttons_its_answer_and_its_silence() {
    let stage = Stage::open().await;
    let home = stage.household().await;
    let said = stage.chen.say(home, "37.2").unwrap();
    let rows =
        json!([[{ "text": "A", "callback_data": "a" }], [{ "text": "B", "url": "https://x.org" }]]);
    let sent = stage
        .done(
            "sendMessage",
            json!({
                "chat_id": home, "text": "Thanks", "disable_notification": true,
                "reply_parameters": { "message_id": said },
                "reply_markup": { "inline_keyboard": rows },
            }),
        )
        .await;
    assert_eq!(sent["reply_to_message"]["text"], "37.2");
    let id = MessageId(sent["message_id"].as_i64().unwrap());
    let shown = stage.sandbox.message(home, id).unwrap();
    assert_eq!((shown.reply_to, shown.silent, shown.from), (Some(said), true, stage.bot));
    assert_eq!(shown.buttons[0][0].data.as_deref(), Some("a"));
    assert_eq!(shown.buttons[1][0].url.as_deref(), Some("https://x.org"));
}

#[tokio::test]
async fn what_telegram_would_not_show_is_refused() {
    let stage = Stage::open().await;
    let chat = stage.private().await;
    let with_button = async |button: Value| {
        let markup = json!({ "inline_keyboard": [[button]] });
        let params = json!({ "chat_id": chat, "text": "x", "reply_markup": markup });
        stage.refused("sendMessage", params).await
    };
    let long = json!({ "text": "x", "callback_data": "d".repeat(65) });
    assert_eq!(with_button(long).await, "400 Bad Request: BUTTON_DATA_INVALID");
    let bare = with_button(json!({ "text": "x" })).await;
    assert!(bare.ends_with("Text buttons are unallowed in the inline keyboard"), "{bare}");
    let nowhere = with_button(json!({ "text": "x", "url": "somewhere" })).await;
    assert!(nowhere.ends_with("URL 'somewhere' is invalid: Wrong HTTP URL"), "{nowhere}");
    let lost = json!({ "chat_id": chat, "text": "x", "reply_parameters": { "message_id": 999 } });
    assert_eq!(
        stage.refused("sendMessage", lost).await,
        "400 Bad Request: message to be replied not found"
    );
}

#[tokio::test]
async fn an_edit_must_change_something_of_an_own_message() {
    let stage = Stage::open().await;
    let chat = stage.private().await;
    let id = stage.send(chat, "day 1").await;
    let edit =
        |id: MessageId, text: &str| json!({ "chat_id": chat, "message_id": id, "text": text });
    let refused = async |params| stage.refused("editMessageText", params).await;
    assert!(
        refused(edit(id, "day 1")).await.starts_with("400 Bad Request: message is not modified:")
    );
    let missing = refused(edit(MessageId(999), "x")).await;
    assert_eq!(missing, "400 Bad Request: message to edit not found");
    let deleted = stage.send(chat, "day 0").await;
    stage.chen.delete(chat, deleted).unwrap();
    let deleted = refused(edit(deleted, "x")).await;
    assert_eq!(deleted, "400 Bad Request: message to edit not found");
    let foreign = refused(edit(MessageId(1), "x")).await;
    assert_eq!(foreign, "400 Bad Request: message can't be edited");
    let edited = stage.done("editMessageText", edit(id, "day 2")).await;
    assert_eq!((&edited["text"], &edited["edit_date"]), (&json!("day 2"), &json!(NOW)));
    assert!(stage.sandbox.message(chat, id).unwrap().edited);
    let keyboard = json!({ "inline_keyboard": [[{ "text": "A", "callback_data": "a" }]] });
    let markup = json!({ "chat_id": chat, "message_id": id, "reply_markup": keyboard });
    stage.done("editMessageReplyMarkup", markup.clone()).await;
    let again = stage.refused("editMessageReplyMarkup", markup).await;
    assert!(again.contains("message is not modified"), "{again}");
    stage.done("editMessageText", edit(id, "day 3")).await;
    assert!(stage.sandbox.message(chat, id).unwrap().buttons.is_empty());
}

#[tokio::test]
async fn files_are_known_by_their_ids_and_copies_bear_no_name() {
    let stage = Stage::open().await;
    let chat = stage.private().await;
    let photo = stage.chen.say(chat, Draft::photo("37.4")).unwrap();
    stage.chen.say(chat, Draft::voice(None)).unwrap();
    let updates = stage.updates().await;
    let file = &updates[0]["message"]["photo"][1]["file_id"];
    let sent =
        json!({ "chat_id": chat, "photo": file, "caption": "<i>kept</i>", "parse_mode": "HTML" });
    let sent = stage.done("sendPhoto", sent).await;
    assert_eq!((&sent["caption"], &sent["photo"][1]["file_id"]), (&json!("kept"), file));
    let voice = &updates[1]["message"]["voice"]["file_id"];
    let wrong = stage.refused("sendDocument", json!({ "chat_id": chat, "document": voice })).await;
    assert_eq!(wrong, "400 Bad Request: can't use file of type voice as document");
    let unknown = stage.refused("sendPhoto", json!({ "chat_id": chat, "photo": "AAA" })).await;
    assert_eq!(unknown, "400 Bad Request: wrong file identifier/HTTP URL specified");
    let home = stage.household().await;
    let copy = json!({ "chat_id": home, "from_chat_id": chat, "message_id": photo });
    let copy = stage.done("copyMessage", copy).await;
    let shown = stage.sandbox.messages(home).pop().unwrap();
    assert_eq!(copy, json!({ "message_id": shown.id }));
    assert_eq!((shown.kind, shown.text.as_str(), shown.from), ("photo", "37.4", stage.bot));
}

#[tokio::test]
async fn a_bot_deletes_its_own_messages_and_others_with_the_right_to() {
    let stage = Stage::open().await;
    let home = stage.household().await;
    let said = stage.chen.say(home, "oops").unwrap();
    let delete = |id: MessageId| json!({ "chat_id": home, "message_id": id });
    let rights = Rights::usual().without(Right::DeleteMessages);
    stage.chen.promote(home, stage.bot, rights).unwrap();
    let refusal = stage.refused("deleteMessage", delete(said)).await;
    assert_eq!(refusal, "400 Bad Request: message can't be deleted");
    let own = stage.send(home, "x").await;
    stage.done("deleteMessage", delete(own)).await;
    stage.chen.promote(home, stage.bot, Rights::usual()).unwrap();
    stage.done("deleteMessage", delete(said)).await;
    let gone = stage.refused("deleteMessage", delete(said)).await;
    assert_eq!(gone, "400 Bad Request: message to delete not found");
}

#[tokio::test]
async fn reactions_come_from_telegrams_list() {
    let stage = Stage::open().await;
    let home = stage.household().await;
    let said = stage.chen.say(home, "37.2").unwrap();
    let with = |emoji: &str| {
        let reaction = json!([{ "type": "emoji", "emoji": emoji }]);
        json!({ "chat_id": home, "message_id": said, "reaction": reaction })
    };
    assert!(ALLOWED_REACTIONS.contains(&"👌"));
    stage.done("setMessageReaction", with("👌")).await;
    let shown = stage.sandbox.message(home, said).unwrap();
    assert_eq!(shown.reactions, [(stage.bot, "👌".to_owned())]);
    let refusal = stage.refused("setMessageReaction", with("✅")).await;
    assert_eq!(refusal, "400 Bad Request: REACTION_INVALID");
    stage.done("setMessageReaction", json!({ "chat_id": home, "message_id": said })).await;
    assert!(stage.sandbox.message(home, said).unwrap().reactions.is_empty());
}

#[tokio::test]
async fn pinning_needs_the_right_and_is_announced() {
    let stage = Stage::open().await;
    let home = stage.household().await;
    let card = stage.send(home, "Card").await;
    let pin = json!({ "chat_id": home, "message_id": card, "disable_notification": true });
    let rights = Rights::usual().without(Right::PinMessages);
    stage.chen.promote(home, stage.bot, rights).unwrap();
    assert_eq!(
        stage.refused("pinChatMessage", pin.clone()).await,
        "400 Bad Request: not enough rights to manage pinned messages in the chat"
    );
    stage.chen.promote(home, stage.bot, Rights::bare().with(Right::PinMessages)).unwrap();
    stage.updates().await;
    stage.done("pinChatMessage", pin).await;
    assert_eq!(stage.sandbox.pins(home), [card]);
    let chat = stage.done("getChat", json!({ "chat_id": home })).await;
    assert_eq!(chat["pinned_message"]["text"], "Card");
    assert_eq!(stage.heard().await, ["message pinned_message"]);
    let note = stage.send(home, "Note").await;
    for id in [note, card, card] {
        stage.done("pinChatMessage", json!({ "chat_id": home, "message_id": id })).await;
    }
    assert_eq!(stage.sandbox.pins(home), [note, card]);
}

// -- chats that come and go --------------------------------------------------------------------

#[tokio::test]
async fn each_closed_door_has_its_own_sentence() {
    let stage = Stage::open().await;
    let refused = async |chat: Value| {
        stage.refused("sendMessage", json!({ "chat_id": chat, "text": "x" })).await
    };
    assert_eq!(refused(json!(4711)).await, "400 Bad Request: chat not found");
    assert_eq!(refused(json!(-4711)).await, "400 Bad Request: chat not found");
    assert_eq!(refused(json!("@channel")).await, "400 Bad Request: chat not found");
    let chen = json!(stage.chen.id());
    assert_eq!(
        refused(chen.clone()).await,
        "403 Forbidden: bot can't initiate conversation with a user"
    );
    stage.private().await;
    stage.chen.block(stage.bot).unwrap();
    assert_eq!(refused(chen.clone()).await, "403 Forbidden: bot was blocked by the user");
    let chat = stage.chen.chat_with(stage.bot);
    assert_eq!(stage.chen.say(chat, "Hello?"), Err(Impossible::NotAllowed));
    stage.chen.unblock(stage.bot).unwrap();
    stage.send(chat, "back").await;
    assert_eq!(
        stage.heard().await,
        ["my_chat_member member>kicked", "my_chat_member kicked>member"]
    );

    let group = stage.household().await;
    stage.chen.remove(group, stage.bot).unwrap();
    assert_eq!(refused(json!(group)).await, "403 Forbidden: bot was kicked from the group chat");
    assert_eq!(
        stage.heard().await,
        ["my_chat_member administrator>kicked", "message left_chat_member"]
    );
    let supergroup = stage.chen.create_supergroup("Home");
    assert_eq!(refused(json!(supergroup)).await, "400 Bad Request: chat not found");
    stage.chen.add(supergroup, stage.bot).unwrap();
    stage.chen.remove(supergroup, stage.bot).unwrap();
    assert_eq!(
        refused(json!(supergroup)).await,
        "403 Forbidden: bot was kicked from the supergroup chat"
    );
    stage.chen.add(supergroup, stage.bot).unwrap();
    stage.done("leaveChat", json!({ "chat_id": supergroup })).await;
    assert_eq!(
        refused(json!(supergroup)).await,
        "403 Forbidden: bot is not a member of the supergroup chat"
    );
    let gone = stage.household().await;
    stage.chen.delete_group(gone).unwrap();
    assert_eq!(refused(json!(gone)).await, "403 Forbidden: the group chat was deleted");
}

#[tokio::test]
async fn an_upgraded_group_says_where_it_went() {
    let stage = Stage::open().await;
    let old = stage.household().await;
    let new = stage.chen.upgrade(old).unwrap();
    assert!(new.number() < -1_000_000_000_000);
    let updates = stage.updates().await;
    let kinds: Vec<_> = updates.iter().map(kind_of).collect();
    assert_eq!(
        kinds,
        [
            "my_chat_member left>administrator",
            "message migrate_to_chat_id",
            "message migrate_from_chat_id"
        ]
    );
    assert_eq!(updates[0]["my_chat_member"]["chat"]["id"], json!(new));
    assert_eq!(updates[1]["message"]["migrate_to_chat_id"], json!(new));
    assert_eq!(updates[2]["message"]["migrate_from_chat_id"], json!(old));
    let (status, body) = stage.call("sendMessage", json!({ "chat_id": old, "text": "x" })).await;
    assert_eq!(status, 400);
    assert_eq!(body["description"], "Bad Request: group chat was upgraded to a supergroup chat");
    assert_eq!(body["parameters"], json!({ "migrate_to_chat_id": new }));
    let first = stage.send(new, "here").await;
    assert_eq!(first, MessageId(2), "a supergroup counts its own messages");
    assert_eq!(stage.chen.upgrade(old), Err(Impossible::NoChat));
}

#[tokio::test]
async fn members_are_counted_and_described() {
    let stage = Stage::open().await;
    let home = stage.household().await;
    let li = stage.sandbox.person("Li", "en");
    stage.chen.add(home, li.id()).unwrap();
    let count = stage.done("getChatMemberCount", json!({ "chat_id": home })).await;
    assert_eq!(count, 3);
    stage.chen.remove(home, li.id()).unwrap();
    let count = stage.done("getChatMemberCount", json!({ "chat_id": home })).await;
    assert_eq!(count, 2);
    let status = async |user: UserId| {
        let params = json!({ "chat_id": home, "user_id": user });
        stage.done("getChatMember", params).await["status"].clone()
    };
    assert_eq!(status(stage.chen.id()).await, "creator");
    assert_eq!(status(stage.bot).await, "administrator");
    assert_eq!(status(li.id()).await, "kicked");
    let statuses: Vec<_> =
        stage.sandbox.members(home).iter().map(|member| member.status.name()).collect();
    assert_eq!(statuses, ["administrator", "creator", "kicked"]);
    stage.chen.retitle(home, "New home").unwrap();
    assert_eq!(stage.done("getChat", json!({ "chat_id": home })).await["title"], "New home");
}

#[tokio::test]
async fn commands_are_kept_by_scope_and_language() {
    let stage = Stage::open().await;
    let commands = json!([{ "command": "help", "description": "What I can do" }]);
    let scope = json!({ "type": "all_group_chats" });
    let params = json!({ "commands": commands, "scope": scope, "language_code": "fr" });
    stage.done("setMyCommands", params).await;
    let set = stage.sandbox.commands(stage.bot, "all_group_chats", "fr");
    assert_eq!(set, [("help".to_owned(), "What I can do".to_owned())]);
    assert!(stage.sandbox.commands(stage.bot, "default", "").is_empty());
    for (params, refusal) in [
        (json!({ "commands": [{ "command": "Help", "description": "x" }] }), "BOT_COMMAND_INVALID"),
        (
            json!({ "commands": commands, "language_code": "zh-hans" }),
            "invalid language code specified",
        ),
    ] {
        let refused = stage.refused("setMyCommands", params).await;
        assert_eq!(refused, format!("400 Bad Request: {refusal}"));
    }
}

#[tokio::test]
async fn time_takes_presses_after_a_minute_updates_after_a_day_and_deletion_after_two() {
    static CLOCK: AtomicI64 = AtomicI64::new(NOW);
    let now = || CLOCK.load(Ordering::Relaxed);
    let stage = Stage::open_with(SandboxOptions { now, ..SandboxOptions::default() }).await;
    let chat = stage.private().await;
    let asked = stage.send(chat, "Well?").await;
    let press = stage.chen.press_raw(chat, asked, "y").unwrap();
    CLOCK.fetch_add(61, Ordering::Relaxed);
    let late = stage.refused("answerCallbackQuery", json!({ "callback_query_id": press })).await;
    assert!(late.contains("query is too old"), "{late}");
    CLOCK.fetch_add(24 * 60 * 60 - 62, Ordering::Relaxed);
    assert_eq!(stage.done("getUpdates", json!({})).await[0]["callback_query"]["id"], press);
    CLOCK.fetch_add(1, Ordering::Relaxed);
    assert_eq!(stage.done("getUpdates", json!({})).await, json!([]));
    CLOCK.fetch_add(24 * 60 * 60 + 1, Ordering::Relaxed);
    let delete = json!({ "chat_id": chat, "message_id": asked });
    let refusal = stage.refused("deleteMessage", delete).await;
    assert_eq!(refusal, "400 Bad Request: message can't be deleted for everyone");
}

// -- faults and the record ---------------------------------------------------------------------

#[tokio::test]
async fn each_fault_leaves_the_call_done_or_undone_as_it_says() {
    let stage = Stage::open().await;
    let chat = stage.private().await;
    for (fault, status, is_done) in [
        (Fault::TooManyRequests { retry_after: 3 }, Some(429), false),
        (Fault::ServerError, Some(500), false),
        (Fault::BadGateway, Some(502), false),
        (Fault::CutBefore, None, false),
        (Fault::CutAfter, None, true),
        (Fault::Garbage, Some(200), true),
        (Fault::Slow { milliseconds: 1 }, Some(200), true),
    ] {
        let before = stage.sandbox.messages(chat).len();
        stage.sandbox.add_fault(FaultRule::new(fault).on(Method::SendMessage).times(1));
        let request = stage.request("sendMessage", &json!({ "chat_id": chat, "text": "x" }));
        let answer = request.send().await;
        assert_eq!(answer.as_ref().ok().map(|a| a.status().as_u16()), status, "{fault:?}");
        let body = match answer {
            Ok(answer) => answer.text().await.unwrap(),
            Err(_) => String::new(),
        };
        let is_json = serde_json::from_str::<Value>(&body).is_ok();
        let spoils_json = [Fault::BadGateway, Fault::Garbage].contains(&fault);
        assert_eq!(is_json, status.is_some() && !spoils_json, "{fault:?}: {body}");
        assert_eq!(stage.sandbox.messages(chat).len() - before, usize::from(is_done), "{fault:?}");
        let call = stage.sandbox.calls().pop().unwrap();
        assert_eq!((call.applied, call.status), (is_done, status), "{fault:?}");
        stage.sandbox.clear_faults();
    }
    let flood = FaultRule::new(Fault::TooManyRequests { retry_after: 3 }).in_chat(chat.number());
    stage.sandbox.add_fault(flood);
    let (_, body) = stage.call("sendMessage", json!({ "chat_id": chat, "text": "x" })).await;
    assert_eq!(body["description"], "Too Many Requests: retry after 3");
    assert_eq!(body["parameters"], json!({ "retry_after": 3 }));
    stage.done("getMe", json!({})).await;
}

#[tokio::test]
async fn a_confirmed_batch_can_come_again() {
    let stage = Stage::open().await;
    let chat = stage.private().await;
    stage.chen.say(chat, "37.2").unwrap();
    let first = stage.updates().await;
    assert_eq!(stage.sandbox.pending_updates(stage.bot), 0);
    stage.sandbox.add_fault(FaultRule::new(Fault::RepeatUpdates).times(1));
    let next = first[0]["update_id"].as_i64().unwrap() + 1;
    let again = stage.done("getUpdates", json!({ "offset": next })).await;
    assert_eq!(again, json!(first));
    assert_eq!(stage.done("getUpdates", json!({ "offset": next })).await, json!([]));
}

#[tokio::test]
async fn every_call_is_recorded_also_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("calls.jsonl");
    let record_to = Some(path.clone());
    let options = SandboxOptions { now: || NOW, record_to, ..SandboxOptions::default() };
    let stage = Stage::open_with(options).await;
    stage.done("getMe", json!({})).await;
    stage.refused("getmood", json!({ "a": 1 })).await;
    let calls = stage.sandbox.calls();
    let written = std::fs::read_to_string(path).unwrap();
    let lines: Vec<Value> =
        written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json!(lines), json!(calls));
    assert_eq!(
        (&lines[1]["method"], &lines[1]["params"], &lines[1]["status"], &lines[1]["applied"]),
        (&json!("getmood"), &json!({ "a": 1 }), &json!(404), &json!(false))
    );
}

#[tokio::test]
async fn waiting_ends_with_the_change_or_in_time() {
    let stage = Stage::open().await;
    let chat = stage.private().await;
    let waiting = stage.sandbox.clone();
    let seen = tokio::spawn(async move {
        let shown = |s: &Sandbox| s.messages(chat).into_iter().find(|m| m.text == "Hello");
        waiting.wait_for(SOON, shown).await
    });
    stage.send(chat, "Hello").await;
    assert_eq!(seen.await.unwrap().unwrap().from, stage.bot);
    let never = stage.sandbox.wait_for(Duration::ZERO, |_| None::<()>).await;
    assert!(never.is_err());
}

#[tokio::test]
async fn closing_ends_a_waiting_poll_and_frees_the_port() {
    let stage = Stage::open().await;
    let polls = stage.polls(2).await;
    stage.sandbox.close().await;
    let mut answers = Vec::new();
    for poll in polls {
        let body: Value = poll.await.unwrap().unwrap().json().await.unwrap();
        answers.push((body["ok"].as_bool(), body["result"].clone()));
    }
    assert!(answers.contains(&(Some(true), json!([]))), "{answers:?}");
    assert!(stage.request("getMe", &json!({})).send().await.is_err());
}

#[tokio::test]
async fn dropping_the_last_handle_stops_serving() {
    let stage = Stage::open().await;
    let url = format!("{}/bot{TOKEN}/getMe", stage.sandbox.url());
    let Stage { sandbox, chen, client, .. } = stage;
    let port = url.split([':', '/']).nth(4).unwrap().parse().unwrap();
    drop((sandbox, chen));
    // the port is free again as soon as the server is gone
    let options = SandboxOptions { port, ..SandboxOptions::default() };
    let reopened = async {
        loop {
            match Sandbox::open(options.clone()).await {
                Ok(again) => return again,
                Err(_) => tokio::task::yield_now().await,
            }
        }
    };
    let again = tokio::time::timeout(SOON, reopened).await.unwrap();
    assert_eq!(client.get(url).send().await.unwrap().status(), 401);
    drop(again);
}
