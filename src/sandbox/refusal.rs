//! How Telegram says no: a status, a sentence, and now and then a hint. The sentences are matched
//! on by clients, so they are Telegram's own, word for word.

use serde_json::{Value, json};

/// What a Bot API method comes to.
pub(super) type Answer = Result<Value, Refusal>;

/// `{"ok":false, ..}`, before it is written as JSON.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refusal {
    pub code: u16,
    description: String,
    parameters: Option<Value>,
}

impl Refusal {
    fn new(code: u16, description: String) -> Self {
        Self { code, description, parameters: None }
    }

    pub fn bad_request(why: impl std::fmt::Display) -> Self {
        Self::new(400, format!("Bad Request: {why}"))
    }

    pub fn forbidden(why: impl std::fmt::Display) -> Self {
        Self::new(403, format!("Forbidden: {why}"))
    }

    pub fn unauthorized() -> Self {
        Self::new(401, "Unauthorized".into())
    }

    pub fn not_found() -> Self {
        Self::new(404, "Not Found".into())
    }

    pub fn other_poller() -> Self {
        let why = "Conflict: terminated by other getUpdates request; make sure that only one bot \
                   instance is running";
        Self::new(409, why.into())
    }

    pub fn webhook_is_active() -> Self {
        let why = "Conflict: can't use getUpdates method while webhook is active; use \
                   deleteWebhook to delete the webhook first";
        Self::new(409, why.into())
    }

    pub fn ended_by_webhook() -> Self {
        Self::new(409, "Conflict: terminated by setWebhook request".into())
    }

    pub fn server_error() -> Self {
        Self::new(500, "Internal Server Error".into())
    }

    pub fn too_many_requests(retry_after: u64) -> Self {
        let parameters = Some(json!({ "retry_after": retry_after }));
        let description = format!("Too Many Requests: retry after {retry_after}");
        Self { code: 429, description, parameters }
    }

    pub fn migrated(to: i64) -> Self {
        let parameters = Some(json!({ "migrate_to_chat_id": to }));
        Self { parameters, ..Self::bad_request("group chat was upgraded to a supergroup chat") }
    }

    pub fn body(&self) -> Value {
        let mut body =
            json!({ "ok": false, "error_code": self.code, "description": self.description });
        if let Some(parameters) = &self.parameters {
            body["parameters"] = parameters.clone();
        }
        body
    }
}
