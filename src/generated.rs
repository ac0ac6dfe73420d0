//! Files that are generated from the types, and the check that they are current.
//!
//! `UPDATE=1 cargo test generated` writes them anew.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use ts_rs::{Config, TS};

use crate::error::Told;
use crate::facts::words_of;
use crate::limits::{LONGEST_TEXT, MOST_ENTRIES};
use crate::rule::{Condition, Span};
use crate::{
    Alternative, Answer, Argument, ArgumentValue, Assessment, Card, Certificate, Change, Concern, ContactLine, Day,
    Entries, ErrorKind, Fact, Facts, Guidance, Item, Kind, Layer, Notice, OldCard, Profile, Question, Role, Section,
    Stance, Topic, Variable, Warning, WarningId,
};

/// A text by language, as the page reads it.
pub(crate) struct Text;

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "description": "By language; `ja` is always there, and stands in for a language that is not.",
            "properties": { "ja": { "type": "string", "minLength": 1 } },
            "required": ["ja"],
            "additionalProperties": { "type": "string", "minLength": 1 }
        })
    }
}

/// A form, as the page reads it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "only its schema is used")]
pub(crate) struct Form {
    /// Its name; a language it lacks falls back to Japanese.
    text: Text,
    /// The statements it rests on.
    sources: Vec<String>,
}

/// An official site, as the page reads it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "only its schema is used")]
pub(crate) struct Site {
    /// Its key among the texts.
    id: String,
    /// Its address.
    #[schemars(regex(pattern = r"^https://[a-z0-9.-]+([/?#][!-~]*)?$"))]
    url: String,
    /// The guidance it goes with.
    with: Vec<Guidance>,
    /// The statements it rests on.
    sources: Vec<String>,
}

/// What an insurer adds to the general wording of a piece of guidance, as the page reads it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "only its schema is used")]
pub(crate) struct Note {
    /// The guidance.
    guidance: Guidance,
    /// In words; a language it lacks falls back to Japanese.
    text: Text,
    /// The statements it rests on.
    sources: Vec<String>,
}

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

impl<K: JsonSchema, V: JsonSchema> JsonSchema for Entries<K, V> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        BTreeMap::<K, V>::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        BTreeMap::<K, V>::json_schema(generator)
    }
}

impl<K: TS, V: TS> TS for Entries<K, V> {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(config: &Config) -> String {
        format!("Partial<Record<{}, {}>>", K::name(config), V::name(config))
    }
    fn inline(config: &Config) -> String {
        Self::name(config)
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

/// The schema of a rules file whose topics are of one kind, without the definitions that this leaves unused.
fn schema<T: JsonSchema>() -> String {
    let mut generator = SchemaGenerator::default();
    let topics = generator.subschema_for::<Entries<Topic, T>>().to_value();
    let mut schema = generator.into_root_schema_for::<Profile>().to_value();
    schema["properties"]["topics"] = topics;
    limit(&mut schema);
    loop {
        let whole = schema.to_string();
        let definitions = schema["$defs"].as_object_mut().unwrap();
        let before = definitions.len();
        definitions.retain(|name, _| whole.contains(&format!("#/$defs/{name}\"")));
        if definitions.len() == before {
            return serde_json::to_string_pretty(&schema).unwrap() + "\n";
        }
    }
}

/// Says in a schema how long texts, lists and objects may be; what has a form or is one of a few needs no more.
fn limit(schema: &mut Value) {
    if let Value::Object(map) = schema {
        let has = |key: &str| map.contains_key(key);
        let is = |name: &str| map.get("type").is_some_and(|kind| kind.to_string().contains(&format!("\"{name}\"")));
        let limited = [
            ("maxLength", LONGEST_TEXT / 4, is("string") && !has("enum") && !has("const") && !has("pattern")),
            ("maxItems", MOST_ENTRIES, is("array")),
            (
                "maxProperties",
                MOST_ENTRIES,
                is("object") && map.get("additionalProperties").is_some_and(Value::is_object),
            ),
        ];
        for (key, most, _) in limited.into_iter().filter(|(_, _, applies)| *applies) {
            map.insert(key.to_owned(), json!(most));
        }
        map.values_mut().for_each(limit);
    } else if let Value::Array(items) = schema {
        items.iter_mut().for_each(limit);
    }
}

#[test]
fn generated_schemas_are_current() {
    is_current("www/rules/national.schema.json", &schema::<Concern>());
    is_current("www/rules/insurer.schema.json", &schema::<Stance>());
}

/// What the package's `decide.js` knows without asking the engine, which would take longer than the answer.
#[test]
fn generated_words_are_current() {
    let facts: Vec<_> = Fact::ALL.iter().map(|fact| json!([fact, words_of(*fact).unwrap_or_default()])).collect();
    let words = json!({ "facts": facts, "ids": Guidance::ALL });
    is_current("xtask/src/package/words.json", &(serde_json::to_string_pretty(&words).unwrap() + "\n"));
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
        Alternative,
        Answer,
        crate::Value,
        Warning,
        WarningId,
        Told,
        ErrorKind,
    );
    is_current("www/engine/types.d.ts", &types);
}
