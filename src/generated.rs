//! Files that are generated from the types, and the check that they are current.
//!
//! `UPDATE=1 cargo test generated` writes them anew.

use std::borrow::Cow;
use std::path::Path;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use ts_rs::{Config, TS};

use crate::rule::{Condition, Span};
use crate::{
    Argument, ArgumentValue, Assessment, Card, Certificate, Change, ContactLine, Day, Error, ErrorKind, Fact, Facts,
    Guidance, Insurer, Item, Kind, Layer, National, Notice, OldCard, Question, Role, Section, Variable, Warning,
    WarningId,
};

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" })
    }
}

impl JsonSchema for Condition {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (span, condition) =
            (generator.subschema_for::<Span>().to_value(), generator.subschema_for::<Condition>().to_value());
        let conditions = json!({ "type": "array", "items": condition });
        let names = json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] });
        let mut properties = Map::new();
        for variable in Variable::ALL {
            let property = match variable.values() {
                None => span.clone(),
                Some(values) => {
                    let values: Vec<Value> = values
                        .iter()
                        .map(|value| value.parse::<bool>().map_or_else(|_| json!(value), |truth| json!(truth)))
                        .collect();
                    json!({ "anyOf": [{ "enum": values }, { "type": "array", "items": { "enum": values } }] })
                }
            };
            properties.insert(variable.word().to_owned(), property);
        }
        properties.insert("any".to_owned(), conditions.clone());
        properties.insert("all".to_owned(), conditions);
        properties.insert("not".to_owned(), condition);
        properties.insert("is".to_owned(), names);
        json_schema!({
            "type": "object",
            "description": "All parts must hold: variables with one of their values, dates within a span, one of `any`, each of `all`, not `not`, and the definitions named in `is`.",
            "properties": properties,
            "additionalProperties": false
        })
    }
}

impl TS for Day {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &Config) -> String {
        "string".to_owned()
    }
    fn inline(config: &Config) -> String {
        Self::name(config)
    }
}

/// Fails if a committed file is not what the types generate; with `UPDATE` set, writes it.
fn is_current(path: &str, content: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, content).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == content, "{} is stale: run `UPDATE=1 cargo test generated`", path.display());
}

fn schema<T: JsonSchema>() -> String {
    let schema = schemars::schema_for!(T);
    serde_json::to_string_pretty(&schema).unwrap() + "\n"
}

#[test]
fn generated_schemas_are_current() {
    is_current("www/rules/national.schema.json", &schema::<National>());
    is_current("www/rules/insurer.schema.json", &schema::<Insurer>());
}

#[test]
fn generated_types_are_current() {
    let config = Config::new();
    let mut types =
        "// Generated from the engine’s types: `UPDATE=1 cargo test generated` writes it anew.\n".to_owned();
    let mut add = |docs: Option<String>, declaration: String| {
        let docs = docs.unwrap_or_default();
        types.push('\n');
        types.push_str(&docs);
        types.push_str("export ");
        types.push_str(&declaration);
        types.push('\n');
    };
    macro_rules! declare {
        ($($type:ty),+ $(,)?) => { $(add(<$type as TS>::docs(), <$type as TS>::decl(&config));)+ };
    }
    declare!(
        Fact,
        Card,
        Role,
        OldCard,
        Notice,
        Certificate,
        Facts,
        Assessment,
        Item,
        Guidance,
        Section,
        Layer,
        Argument,
        ArgumentValue,
        ContactLine,
        Question,
        Kind,
        Change,
        Warning,
        WarningId,
        Error,
        ErrorKind,
    );
    is_current("www/engine/types.d.ts", &types);
}
