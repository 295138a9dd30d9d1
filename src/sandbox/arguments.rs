//! A request's parameters: gathered from query, form or JSON, and held against the schema. Telegram
//! overlooks what it does not know; the sandbox refuses it, because a misspelt parameter is a
//! mistake.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Form, FromRequest, Query, Request};
use axum::http::header;
use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use super::schema::{Field, Kind, Method};
use super::shapes::Shape;

/// Parameters that fit their method's table.
#[derive(Debug, Clone, Default)]
pub(super) struct Arguments(Map<String, Value>);

impl Arguments {
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    pub fn integer(&self, name: &str) -> Option<i64> {
        self.get(name)?.as_i64()
    }

    pub fn flag(&self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    pub fn list(&self, name: &str) -> &[Value] {
        self.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The chat a call is about; an @name is never one of ours.
    pub fn chat(&self, name: &str) -> Option<i64> {
        let given = self.get(name)?;
        given.as_i64().or_else(|| given.as_str()?.parse().ok())
    }

    pub fn to_json(&self) -> Value {
        Value::Object(self.0.clone())
    }
}

type Pairs = Vec<(String, String)>;

/// What came over the wire, before it is held against a table.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// From the query or a form: everything is text.
    written: Pairs,
    json: Map<String, Value>,
}

impl Given {
    pub async fn read(request: Request) -> Result<Self, Refusal> {
        let query = Query::<Pairs>::try_from_uri(request.uri()).map_err(unreadable)?;
        let mut given = Self { written: query.0, json: Map::new() };
        let header = request.headers().get(header::CONTENT_TYPE);
        let kind = header.and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
        if kind.starts_with("application/x-www-form-urlencoded") {
            given
                .written
                .extend(Form::<Pairs>::from_request(request, &()).await.map_err(unreadable)?.0);
            return Ok(given);
        }
        let body = Bytes::from_request(request, &()).await.map_err(unreadable)?;
        if kind.starts_with("application/json") && !body.is_empty() {
            given.json = Json::from_bytes(&body).map_err(unreadable)?.0;
        } else if !body.is_empty() {
            return Err(Refusal::bad_request(format!(
                "the sandbox does not read bodies of type \"{kind}\""
            )));
        }
        Ok(given)
    }

    /// As it came, for the record.
    pub fn to_json(&self) -> Value {
        let written = self.written.iter().map(|(name, text)| (name.clone(), json!(text)));
        written.chain(self.json.clone()).collect()
    }

    /// The parameters, if they are exactly what the method takes.
    pub fn check(self, method: Method) -> Result<Arguments, Refusal> {
        let mut arguments = Map::new();
        for (name, text) in self.written {
            let value = interpret(field_of(method, &name)?, &text);
            arguments.insert(name, value);
        }
        arguments.extend(self.json);
        for (name, value) in &arguments {
            check_value(&field_of(method, name)?.kind, name, value)?;
        }
        match method
            .parameters()
            .find(|field| field.is_required && !arguments.contains_key(field.name))
        {
            Some(missing) => Err(is_missing(missing.name)),
            None => Ok(Arguments(arguments)),
        }
    }
}

fn unreadable(why: impl std::fmt::Display) -> Refusal {
    Refusal::bad_request(format!("can't parse the request: {why}"))
}

fn field_of(method: Method, name: &str) -> Result<&'static Field, Refusal> {
    let unknown = || Refusal::bad_request(format!("{} has no parameter \"{name}\"", method.name()));
    method.parameters().find(|field| field.name == name).ok_or_else(unknown)
}

/// Telegram has a sentence of its own for the commonest gaps.
fn is_missing(name: &str) -> Refusal {
    match name {
        "chat_id" => Refusal::bad_request("chat_id is empty"),
        "text" => Refusal::bad_request("message text is empty"),
        "message_id" => Refusal::bad_request("message identifier is not specified"),
        _ => Refusal::bad_request(format!("parameter \"{name}\" is required")),
    }
}

/// A text of a query or form in the type of its field; what cannot be read so stays text, and is
/// refused as such.
fn interpret(field: &Field, text: &str) -> Value {
    let read = match field.kind {
        Kind::Text | Kind::File => None,
        Kind::Flag => flag(text),
        _ => serde_json::from_str(text).ok(),
    };
    read.unwrap_or_else(|| json!(text))
}

fn flag(text: &str) -> Option<Value> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Some(json!(true)),
        "false" | "no" | "0" | "" => Some(json!(false)),
        _ => None,
    }
}

fn check_value(kind: &Kind, place: &str, value: &Value) -> Result<(), Refusal> {
    let fits = match kind {
        Kind::Integer => value.is_i64(),
        Kind::Text | Kind::File => value.is_string(),
        Kind::Flag => value.is_boolean(),
        Kind::Upload => return Err(no_uploads(place)),
        Kind::Chat => value.is_i64() || value.is_string(),
        Kind::Object(shapes) => return check_object(shapes, place, value),
        Kind::List(inner) => return check_list(inner, place, value),
    };
    fits.then_some(()).ok_or_else(|| wrong_type(place))
}

fn check_list(inner: &Kind, place: &str, value: &Value) -> Result<(), Refusal> {
    let items = value.as_array().ok_or_else(|| wrong_type(place))?;
    items.iter().try_for_each(|item| check_value(inner, place, item))
}

fn check_object(shapes: &[Shape], place: &str, value: &Value) -> Result<(), Refusal> {
    let object = value.as_object().ok_or_else(|| wrong_type(place))?;
    let shape =
        shapes.iter().find(|shape| describes(shape, object)).ok_or_else(|| wrong_type(place))?;
    for (name, value) in object {
        let unknown = || {
            Refusal::bad_request(format!("{} in \"{place}\" has no field \"{name}\"", shape.name))
        };
        let field = shape.fields.iter().find(|field| field.name == name).ok_or_else(unknown)?;
        check_value(&field.kind, &format!("{place}.{name}"), value)?;
    }
    Ok(())
}

/// Whether an object means to be of this shape: it has all that must be there, and the right tag.
fn describes(shape: &Shape, object: &Map<String, Value>) -> bool {
    let has_all = shape
        .fields
        .iter()
        .filter(|field| field.is_required)
        .all(|field| object.contains_key(field.name));
    has_all && shape.tag.is_none_or(|tag| object.get("type").is_some_and(|given| given == tag))
}

fn no_uploads(place: &str) -> Refusal {
    Refusal::bad_request(format!("the sandbox takes no file for \"{place}\""))
}

fn wrong_type(place: &str) -> Refusal {
    Refusal::bad_request(format!("parameter \"{place}\" is of the wrong type"))
}
