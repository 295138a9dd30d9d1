//! The Bot API over HTTP: from a request to a call, past the faults, to an answer and a record of
//! it.

use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use serde_json::{Value, json};

use super::Sandbox;
use super::arguments::{Arguments, Given};
use super::faults::Fault;
use super::ids::UserId;
use super::line::Scissors;
use super::methods::{self, Call};
use super::polling;
use super::record::CallRecord;
use super::refusal::{Answer, Refusal};
use super::schema::Method;
use super::webhook;

const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
                           <center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";
const GARBAGE: &str = "{\"ok\":true,\"result\":{\"message_id\":";

pub(super) fn router(sandbox: Sandbox) -> Router {
    Router::new().route("/{bot}/{method}", any(serve)).fallback(no_such_place).with_state(sandbox)
}

async fn no_such_place() -> Response {
    write(404, &Refusal::not_found().body())
}

async fn serve(
    State(sandbox): State<Sandbox>,
    Path(path): Path<(String, String)>,
    request: Request,
) -> Response {
    let scissors = request.extensions().get::<ConnectInfo<Scissors>>().map(|info| info.0.clone());
    let reply = answer(&sandbox, path, request).await;
    match reply {
        Reply::Json(status, body) => write(status, &body),
        Reply::Raw(status, body) => {
            (status_code(status), [(header::CONTENT_TYPE, "text/html")], body).into_response()
        }
        Reply::Cut => {
            scissors.inspect(Scissors::cut);
            StatusCode::BAD_GATEWAY.into_response()
        }
    }
}

/// What goes back over the wire.
enum Reply {
    Json(u16, Value),
    Raw(u16, &'static str),
    /// Nothing: the connection closes.
    Cut,
}

impl Reply {
    fn status(&self) -> Option<u16> {
        match self {
            Self::Json(status, _) | Self::Raw(status, _) => Some(*status),
            Self::Cut => None,
        }
    }
}

async fn answer(sandbox: &Sandbox, (token, name): (String, String), request: Request) -> Reply {
    let bot = token.strip_prefix("bot").and_then(|token| sandbox.world().bot_of(token));
    let method = name.parse::<Method>().ok();
    let given = Given::read(request).await;
    let params = given.as_ref().map_or(Value::Null, Given::to_json);
    let (outcome, params) = match understand(bot, method, given) {
        Ok(attempt) => (attempt.make(sandbox).await, attempt.arguments.to_json()),
        Err(refusal) => (Outcome::of(Err(refusal)), params),
    };
    let method = method.map_or(name, |method| method.name().to_owned());
    record(sandbox, bot, method, params, &outcome);
    outcome.reply
}

fn understand(
    bot: Option<UserId>,
    method: Option<Method>,
    given: Result<Given, Refusal>,
) -> Result<Attempt, Refusal> {
    let bot = bot.ok_or_else(Refusal::unauthorized)?;
    let method = method.ok_or_else(Refusal::not_found)?;
    let arguments = given?.check(method)?;
    Ok(Attempt { bot, method, arguments })
}

/// A call that fits the schema.
struct Attempt {
    bot: UserId,
    method: Method,
    arguments: Arguments,
}

/// What came of it: the reply, the answer it stands for, and whether the call was carried out.
struct Outcome {
    reply: Reply,
    response: Value,
    applied: bool,
}

impl Outcome {
    fn of(answer: Answer) -> Self {
        let applied = answer.is_ok();
        let (status, response) = match answer {
            Ok(result) => (200, json!({ "ok": true, "result": result })),
            Err(refusal) => (refusal.code, refusal.body()),
        };
        Self { reply: Reply::Json(status, response.clone()), response, applied }
    }

    /// The call was not carried out.
    fn lost(reply: Reply, response: Value) -> Self {
        Self { reply, response, applied: false }
    }
}

impl Attempt {
    async fn make(&self, sandbox: &Sandbox) -> Outcome {
        let fault = sandbox.world().faults.strike(self.method, self.arguments.chat("chat_id"));
        match fault {
            Some(Fault::TooManyRequests { retry_after }) => {
                Outcome::of(Err(Refusal::too_many_requests(retry_after)))
            }
            Some(Fault::ServerError) => Outcome::of(Err(Refusal::server_error())),
            Some(Fault::BadGateway) => {
                Outcome::lost(Reply::Raw(502, BAD_GATEWAY), json!(BAD_GATEWAY))
            }
            Some(Fault::CutBefore) => Outcome::lost(Reply::Cut, Value::Null),
            Some(Fault::CutAfter) => {
                Outcome { reply: Reply::Cut, ..self.carry_out(sandbox, false).await }
            }
            Some(Fault::Garbage) => Outcome {
                reply: Reply::Raw(200, GARBAGE),
                response: json!(GARBAGE),
                ..self.carry_out(sandbox, false).await
            },
            Some(Fault::Refused { why }) => Outcome::of(Err(Refusal::bad_request(why))),
            Some(Fault::Slow { milliseconds }) => {
                tokio::time::sleep(Duration::from_millis(milliseconds)).await;
                self.carry_out(sandbox, false).await
            }
            Some(Fault::RepeatUpdates) => self.carry_out(sandbox, true).await,
            None => self.carry_out(sandbox, false).await,
        }
    }

    async fn carry_out(&self, sandbox: &Sandbox, repeats: bool) -> Outcome {
        if self.method == Method::GetUpdates {
            let updates = polling::get_updates(sandbox, self.bot, &self.arguments, repeats);
            return Outcome::of(updates.await);
        }
        let answer = {
            let mut world = sandbox.world();
            let mut call = Call { world: &mut world, bot: self.bot, arguments: &self.arguments };
            methods::carry_out(self.method, &mut call)
        };
        if self.method == Method::SetWebhook && answer.is_ok() {
            webhook::start(sandbox, self.bot);
        }
        Outcome::of(answer)
    }
}

fn record(
    sandbox: &Sandbox,
    bot: Option<UserId>,
    method: String,
    params: Value,
    outcome: &Outcome,
) {
    sandbox.change(|world| {
        let (status, response) = (outcome.reply.status(), outcome.response.clone());
        let (at, applied) = (world.now(), outcome.applied);
        world.record.add(CallRecord { seq: 0, at, bot, method, params, status, response, applied });
    });
}

fn write(status: u16, body: &Value) -> Response {
    (status_code(status), axum::Json(body)).into_response()
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
