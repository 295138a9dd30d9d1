//! The sandbox's tables, and calls recorded by it, against the official tables of the Bot API.
//! Those are not part of the project: without them the test says so and passes.

use std::collections::BTreeSet;
use std::path::PathBuf;

use doorstep::sandbox::schema::{Field, Kind, UPDATE_KINDS};
use doorstep::sandbox::shapes::Shape;
use doorstep::sandbox::{ALLOWED_REACTIONS, Method};
use serde_json::{Map, Value};
use strum::IntoEnumIterator;

#[test]
fn the_sandboxs_tables_agree_with_the_official_ones() {
    let Some(tables) = Tables::find() else { return };
    let mut fields = 0;
    for method in Method::iter() {
        let ours: Vec<_> = method.parameters().collect();
        fields += tables.compare(method.name(), &ours, &tables.0["methods"][method.name()]);
    }
    println!("official tables: {} methods, {fields} fields agree", Method::iter().count());
}

#[test]
fn the_sandbox_knows_exactly_the_official_reactions_and_kinds_of_update() {
    let Some(tables) = Tables::find() else { return };
    let emoji =
        tables.0["types"]["ReactionTypeEmoji"]["fields"][1]["description"].as_str().unwrap();
    let official: BTreeSet<_> = emoji.split('"').skip(1).step_by(2).collect();
    assert_eq!(BTreeSet::from(ALLOWED_REACTIONS), official);
    let kinds = fields_of(&tables.0["types"]["Update"]).map(name_of).skip(1);
    assert_eq!(BTreeSet::from(UPDATE_KINDS), kinds.collect());
}

#[test]
fn recorded_calls_are_calls_of_the_official_api() {
    let Some(tables) = Tables::find() else { return };
    let Some(path) = std::env::var_os("DOORSTEP_RECORDED_CALLS") else {
        println!("skipped: DOORSTEP_RECORDED_CALLS names no file of recorded calls");
        return;
    };
    let calls = std::fs::read_to_string(path).unwrap();
    let complaints: Vec<_> = calls.lines().filter_map(|line| tables.judge(line).err()).collect();
    println!("recorded calls: {} checked, {} wrong", calls.lines().count(), complaints.len());
    assert!(complaints.is_empty(), "{complaints:#?}");
}

/// The official tables, as JSON.
struct Tables(Value);

impl Tables {
    fn find() -> Option<Self> {
        let given = std::env::var_os("DOORSTEP_BOTAPI_TABLES").map(PathBuf::from);
        let beside =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/botapi-10.1.json");
        let path = given.unwrap_or(beside);
        let Ok(text) = std::fs::read_to_string(&path) else {
            println!("skipped: no official tables (DOORSTEP_BOTAPI_TABLES names none)");
            return None;
        };
        Some(Self(serde_json::from_str(&text).unwrap()))
    }

    // -- our tables --

    /// Both sides must have the same fields with the same types; gives their number.
    fn compare(&self, place: &str, ours: &[&Field], official: &Value) -> usize {
        assert!(official.is_object(), "{place} is not official");
        let names: BTreeSet<_> = ours.iter().map(|field| field.name).collect();
        assert_eq!(names, fields_of(official).map(name_of).collect(), "fields of {place}");
        let mut count = ours.len();
        for official in fields_of(official) {
            let field = ours.iter().find(|field| field.name == name_of(official)).unwrap();
            let place = format!("{place}.{}", field.name);
            assert_eq!(Value::from(field.is_required), official["required"], "{place} required");
            let types: BTreeSet<_> = types_of(official).collect();
            assert_eq!(self.written(&field.kind, &types), types, "type of {place}");
            count += self.compare_inside(&field.kind);
        }
        count
    }

    fn compare_inside(&self, kind: &Kind) -> usize {
        match kind {
            Kind::List(inner) => self.compare_inside(inner),
            Kind::Object(shapes) => shapes.iter().map(|shape| self.compare_shape(shape)).sum(),
            _ => 0,
        }
    }

    fn compare_shape(&self, shape: &Shape) -> usize {
        let fields: Vec<_> = shape.fields.iter().collect();
        self.compare(shape.name, &fields, &self.0["types"][shape.name])
    }

    /// A kind of ours in official words. Several shapes may have one name together there.
    fn written(&self, kind: &Kind, official: &BTreeSet<String>) -> BTreeSet<String> {
        let words: &[&str] = match kind {
            Kind::Integer => &["Integer"],
            Kind::Text => &["String"],
            Kind::Flag => &["Boolean"],
            Kind::Chat => &["Integer", "String"],
            Kind::File => &["InputFile", "String"],
            Kind::Upload => &["InputFile"],
            Kind::Object(shapes) => return self.named(shapes, official),
            Kind::List(inner) => {
                let inside = official.iter().filter_map(|name| name.strip_prefix("Array of "));
                let inside = self.written(inner, &inside.map(str::to_owned).collect());
                return inside.iter().map(|name| format!("Array of {name}")).collect();
            }
        };
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn named(&self, shapes: &[Shape], official: &BTreeSet<String>) -> BTreeSet<String> {
        let ours: BTreeSet<_> = shapes.iter().map(|shape| shape.name.to_owned()).collect();
        let family = official.iter().find(|name| self.subtypes(name) == ours && !ours.is_empty());
        family.map_or(ours, |family| BTreeSet::from([family.clone()]))
    }

    fn subtypes(&self, name: &str) -> BTreeSet<String> {
        let subtypes = self.0["types"][name].get("subtypes").and_then(Value::as_array);
        subtypes.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    // -- recorded calls --

    fn judge(&self, line: &str) -> Result<(), String> {
        let call: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let name = call["method"].as_str().unwrap_or_default();
        let method = self.0["methods"].get(name).ok_or(format!("{name} is no method"))?;
        let params = call["params"].as_object().ok_or(format!("{name}: params are no object"))?;
        self.check_fields(name, method, params)
    }

    fn check_fields(
        &self,
        place: &str,
        table: &Value,
        given: &Map<String, Value>,
    ) -> Result<(), String> {
        for (name, value) in given {
            let field = fields_of(table).find(|field| name_of(field) == name);
            let field = field.ok_or(format!("{place} has no {name}"))?;
            if !types_of(field).any(|kind| self.fits(&kind, value)) {
                return Err(format!("{place}.{name} is of the wrong type: {value}"));
            }
        }
        let required = fields_of(table).filter(|field| field["required"] == true);
        match required.map(name_of).find(|name| !given.contains_key(*name)) {
            Some(missing) => Err(format!("{place} lacks {missing}")),
            None => Ok(()),
        }
    }

    fn fits(&self, kind: &str, value: &Value) -> bool {
        match kind {
            "Integer" => value.is_i64(),
            "Float" => value.is_number(),
            "String" => value.is_string(),
            "Boolean" => value.is_boolean(),
            _ => match kind.strip_prefix("Array of ") {
                Some(inner) => {
                    value.as_array().is_some_and(|all| all.iter().all(|one| self.fits(inner, one)))
                }
                None => self.fits_object(kind, value),
            },
        }
    }

    fn fits_object(&self, kind: &str, value: &Value) -> bool {
        let Some(object) = value.as_object() else { return false };
        let subtypes = self.subtypes(kind);
        let kinds = if subtypes.is_empty() { BTreeSet::from([kind.to_owned()]) } else { subtypes };
        kinds.iter().any(|kind| {
            let table = &self.0["types"][kind.as_str()];
            table.is_object() && self.check_fields(kind, table, object).is_ok()
        })
    }
}

fn fields_of(table: &Value) -> impl Iterator<Item = &Value> {
    table.get("fields").and_then(Value::as_array).into_iter().flatten()
}

fn name_of(field: &Value) -> &str {
    field["name"].as_str().unwrap()
}

fn types_of(field: &Value) -> impl Iterator<Item = String> {
    field["types"].as_array().unwrap().iter().map(|kind| kind.as_str().unwrap().to_owned())
}
