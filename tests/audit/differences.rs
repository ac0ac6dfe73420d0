//! What changes for members between two versions of rules, or two days.

use crate::{card_rule, national, profile, with_rules};
use serde_json::{Value, json};
use shikaku_navi::{Day, Difference, Said};

/// What starts, what ends, in how many situations, and which.
fn classes(difference: &Difference) -> Vec<(Value, Value, u64, &[String])> {
    let words = |said: &[Said]| json!(said.iter().map(ToString::to_string).collect::<Vec<_>>());
    let classes = difference.classes.iter();
    classes.map(|class| (words(&class.starts), words(&class.ends), class.situations, class.places.as_slice())).collect()
}

/// What one version says and the other does not, the most situations first.
#[test]
fn versions_are_told_apart_by_what_they_say() {
    let between =
        |one: &Value, other: &Value| Difference::between((&profile(one), None), (&profile(other), None)).unwrap();
    assert_eq!(classes(&between(&national(), &national())), []);
    let mut dated = card_rule("report-card-loss", "N-03", &json!({ "card": "lost" }));
    dated["by"] = json!({ "earliest": [{ "derived": "grace-end" }, { "day": "2026-01-31" }] });
    let mut file = with_rules(&[dated, card_rule("keep-notice", "N-03", &json!({ "card": ["none", "registered"] }))]);
    // Other sources and another order change nothing for members.
    file["rules"][0]["sources"] = json!(["N-02"]);
    let place = |place: &str| [place.to_owned()];
    let (lost, rest) = (place("card is lost"), place("card is registered or none"));
    let found = between(&national(), &file);
    let dated = "report-card-loss (by the earliest of grace-end and 2026-01-31)";
    let (many, few) = (found.classes[0].situations, found.classes[1].situations);
    assert_eq!(
        classes(&found),
        [(json!(["keep-notice"]), json!([]), many, &rest[..]), (json!([dated]), json!([]), few, &lost[..])]
    );
    assert!(many > few && found.changed == many + few && found.changed < found.situations, "{found:?}");
    let back = between(&file, &national());
    assert_eq!(
        classes(&back),
        [(json!([]), json!(["keep-notice"]), many, &rest[..]), (json!([]), json!([dated]), few, &lost[..])]
    );
    // What changes in the same situations is told together.
    let mut later = file.clone();
    later["rules"][2]["by"]["earliest"][1]["day"] = json!("2026-02-28");
    later["rules"][1]["when"] = json!({ "card": ["unregistered", "none", "damaged", "renewing", "certificate-expired", "expired", "returned", "deregistered"] });
    let found = between(&file, &later);
    let later = "report-card-loss (by the earliest of grace-end and 2026-02-28)";
    assert_eq!(classes(&found), [(json!([later]), json!([dated, "get-card"]), few, &lost[..])]);
    let witness = json!(found.classes[0].witness);
    assert_eq!((&witness["card"], found.changed), (&json!("lost"), few));
}

/// A day that only one of the versions names parts the situations of both.
#[test]
fn versions_are_told_apart_to_the_day() {
    let until = |day: &str| with_rules(&[card_rule("keep-notice", "N-03", &json!({ "asOf": { "to": day } }))]);
    let [one, other] = [until("2025-12-01"), until("2025-12-31")].map(|file| profile(&file));
    let later = Difference::between((&one, None), (&other, None)).unwrap();
    let month = ["asOf is from 2025-12-02".to_owned()];
    assert_eq!(classes(&later), [(json!(["keep-notice"]), json!([]), later.changed, &month[..])]);
    let earlier = Difference::between((&other, None), (&one, None)).unwrap();
    assert_eq!(classes(&earlier), [(json!([]), json!(["keep-notice"]), later.changed, &month[..])]);
}

/// Days on which other things hold are told apart for those who can be in the same situation on both.
#[test]
fn days_are_told_apart_by_what_is_said_on_them() {
    let rules = [
        card_rule("show-old-card", "N-03", &json!({ "oldCard": "held", "asOf": { "to": "2025-12-01" } })),
        card_rule("discard-old-card", "N-03", &json!({ "oldCard": "held", "asOf": { "from": "2025-12-02" } })),
        card_rule("keep-notice", "N-03", &json!({ "certificate": "held" })),
    ];
    let national = profile(&with_rules(&rules));
    let between = |one: &str, other: &str| {
        let [one, other] = [one, other].map(|day| Day::from_iso(day).unwrap());
        Difference::of_days((&national, None), one, other).unwrap()
    };
    for [one, other] in [["2025-11-30", "2025-12-01"], ["2025-12-02", "2025-12-03"], ["2025-12-01", "2025-12-01"]] {
        assert_eq!(between(one, other).changed, 0, "{one} {other}");
    }
    let held = ["oldCard is held".to_owned()];
    let found = between("2025-12-01", "2025-12-02");
    let number = found.changed;
    assert_eq!(classes(&found), [(json!(["discard-old-card"]), json!(["show-old-card"]), number, &held[..])]);
    assert!(0 < number && number < found.situations);
    assert_eq!(json!(found.classes[0].witness)["asOf"], json!("2025-12-02"));
    let back = between("2025-12-02", "2025-12-01");
    assert_eq!(classes(&back), [(json!(["show-old-card"]), json!(["discard-old-card"]), number, &held[..])]);
    assert_eq!(json!(back.classes[0].witness)["asOf"], json!("2025-12-01"));
}
