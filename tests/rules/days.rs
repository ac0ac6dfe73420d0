//! What depends on the day.

use crate::common::only_rules;
use crate::{assess, facts, member, rule, rulebook};
use serde_json::{Value, json};
use shikaku_navi::{Day, Variable};

#[test]
fn warnings_begin_and_end_to_the_day() {
    let mut file = only_rules(&json!([rule("keep-notice", &json!({}))]));
    file["sourcesOf"]["day"] = json!("2026-01-31");
    file["reviewBy"] = json!("2027-05-31");
    for (day, warnings) in [
        ("2026-01-30", json!([{ "id": "clock-suspect", "args": { "sourcesOf": "2026-01-31" } }])),
        ("2026-01-31", json!([])),
        ("2027-01-31", json!([])),
        ("2027-02-01", json!([{ "id": "source-may-be-outdated", "args": { "sourcesOf": "2026-01-31" } }])),
        ("2027-05-31", json!([{ "id": "source-may-be-outdated", "args": { "sourcesOf": "2026-01-31" } }])),
        (
            "2027-06-01",
            json!([
                { "id": "source-may-be-outdated", "args": { "sourcesOf": "2026-01-31" } },
                { "id": "rules-expired", "args": { "reviewBy": "2027-05-31" } },
            ]),
        ),
    ] {
        assert_eq!(json!(assess(&file, &member(&json!({ "asOf": day }))).warnings), warnings, "{day}");
    }
}

#[test]
fn lines_are_open_in_their_period_and_closed_on_their_holidays() {
    let mut file = only_rules(&json!([rule("keep-notice", &json!({ "smartphone": true }))]));
    let line = |id: &str, more: Value| {
        let mut line = json!({ "id": id, "phone": "0120-000-000", "name": { "ja": "電話" }, "sources": ["N-01"] });
        line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        line
    };
    let days = |from: [u32; 2], to: [u32; 2]| {
        let day = |[month, day]: [u32; 2]| json!({ "month": month, "day": day });
        json!({ "closedYearly": { "from": day(from), "to": day(to) } })
    };
    file["contacts"] = json!([
        line("winter", days([12, 29], [1, 3])),
        line("summer", days([8, 11], [8, 15])),
        line("period", json!({ "from": "2026-08-10", "to": "2026-12-29" })),
        line("notice", json!({ "with": ["get-card", "keep-notice"] })),
        line("card", json!({ "with": ["get-card"] })),
    ]);
    for (day, open) in [
        ("2026-08-09", [true, true, false]),
        ("2026-08-10", [true, true, true]),
        ("2026-08-11", [true, false, true]),
        ("2026-08-15", [true, false, true]),
        ("2026-08-16", [true, true, true]),
        ("2026-12-28", [true, true, true]),
        ("2026-12-29", [false, true, true]),
        ("2026-12-30", [false, true, false]),
        ("2027-01-03", [false, true, false]),
        ("2027-01-04", [true, true, false]),
    ] {
        let lines = assess(&file, &member(&json!({ "asOf": day }))).contacts;
        let found: Vec<(&str, bool)> = lines.iter().map(|line| (line.id.as_str(), line.open)).collect();
        let [winter, summer, period] = open;
        let wanted = [("winter", winter), ("summer", summer), ("period", period), ("notice", true)];
        assert_eq!(found, wanted, "{day}");
    }
    let without = assess(&file, &member(&json!({ "smartphone": false }))).contacts;
    assert_eq!(without.len(), 3, "nobody is told of a line about what is not said");
}

/// The days on which something can change lie ahead, and none is left out.
#[test]
fn days_ahead_are_those_on_which_something_turns() {
    let file = only_rules(&json!([rule("keep-notice", &json!({ "asOf": { "to": "2026-12-01" } }))]));
    for (told, days) in [
        (member(&json!({})), &["2026-12-02"][..]),
        (member(&json!({ "asOf": "2026-12-01" })), &["2026-12-02"]),
        (member(&json!({ "asOf": "2026-12-02" })), &[]),
        (member(&json!({ "enrolledOn": "2026-11-21" })), &["2026-11-27", "2026-12-02"]),
        (member(&json!({ "enrolledOn": "2026-11-22" })), &["2026-11-22", "2026-11-28", "2026-12-02"]),
        (member(&json!({ "endedOn": "2026-11-30" })), &["2026-11-30", "2026-12-02"]),
        // Three months before the 電子証明書 ends, the day after it does, and after its grace.
        (
            member(&json!({ "cardCertificateExpiresOn": "2027-03-15" })),
            &["2026-12-02", "2026-12-15", "2027-03-16", "2027-07-01"],
        ),
        (
            member(&json!({ "certificate": "held", "certificateExpiresOn": "2027-03-15" })),
            &["2026-12-02", "2027-01-15", "2027-03-16"],
        ),
        // A first birthday, the month after the 70th, the 75th.
        (
            member(&json!({ "enrolledOn": "2026-06-01", "bornOn": "2026-06-01" })),
            &["2026-12-02", "2027-06-01", "2096-06-01", "2101-06-01"],
        ),
        (member(&json!({ "bornOn": "1960-01-02" })), &["2026-12-02", "2030-02-01", "2035-01-02"]),
        // Whoever does not know the day of enrolment may have been enrolled on either side of each of these.
        (
            json!({ "asOf": "2024-11-20", "card": "none", "smartphone": true }),
            &["2024-12-01", "2024-12-02", "2024-12-07", "2024-12-08", "2026-12-02"],
        ),
        (
            json!({ "endedOn": "2026-12-10", "card": "none", "smartphone": true }),
            &["2026-12-02", "2026-12-09", "2026-12-10", "2026-12-11", "2026-12-15", "2026-12-16", "2026-12-17"],
        ),
    ] {
        let ahead = rulebook(&file).days_ahead(&facts(&told));
        assert_eq!(ahead.iter().map(Day::to_string).collect::<Vec<_>>(), days, "{told}");
    }
}

/// What follows from dates begins and ends to the day.
#[test]
fn stretches_of_time_begin_and_end_to_the_day() {
    let of = |variable: &str, told: Value, days: &[(&str, &str)]| {
        let guidance = ["keep-notice", "carry-cutout", "check-last4", "check-portal", "discard-notice"];
        for (day, class) in days {
            let mut told = member(&told);
            told["asOf"] = json!(day);
            let rules: Vec<Value> = guidance.iter().map(|guidance| rule(guidance, &json!({}))).collect();
            let classes = Variable::from_word(variable).unwrap().values().unwrap();
            let mut file = only_rules(&json!(rules[..classes.len()]));
            for (number, class) in classes.iter().enumerate() {
                file["rules"][number]["when"] = json!({ variable: class });
            }
            let said = assess(&file, &told).guidance;
            let position = classes.iter().position(|other| other == class).unwrap();
            assert_eq!(said.iter().map(|item| item.id.word()).collect::<Vec<_>>(), [guidance[position]], "{told}");
        }
    };
    of(
        "cardTerm",
        json!({ "cardCertificateExpiresOn": "2027-03-31" }),
        &[
            ("2026-12-30", "running"),
            ("2026-12-31", "ending"),
            ("2027-03-31", "ending"),
            ("2027-04-01", "grace"),
            ("2027-06-30", "grace"),
            ("2027-07-01", "over"),
        ],
    );
    of(
        "certificateTerm",
        json!({ "certificate": "held", "certificateExpiresOn": "2027-03-31" }),
        &[("2027-01-30", "running"), ("2027-01-31", "ending"), ("2027-03-31", "ending"), ("2027-04-01", "over")],
    );
    of(
        "start",
        json!({ "enrolledOn": "2026-04-01" }),
        &[("2026-03-31", "upcoming"), ("2026-04-01", "new"), ("2026-04-06", "new"), ("2026-04-07", "running")],
    );
    of(
        "end",
        json!({ "endedOn": "2026-04-01" }),
        &[("2026-03-31", "closing"), ("2026-04-01", "ended"), ("2026-04-02", "ended")],
    );
    // The month after the 70th birthday, unless that is the first of a month.
    for (born, from_70) in [("1955-04-02", "2025-05-01"), ("1955-04-01", "2025-04-01")] {
        let before = Day::from_iso(from_70).unwrap().plus_days(-1).to_string();
        of("age", json!({ "bornOn": born }), &[(before.as_str(), "under-70"), (from_70, "from-70")]);
    }
    of("age", json!({ "bornOn": "1955-04-02" }), &[("2030-04-01", "from-70"), ("2030-04-02", "from-75")]);
    let child = json!({ "bornOn": "2025-04-02", "enrolledOn": "2025-04-02" });
    of("age", child, &[("2025-04-02", "under-1"), ("2026-04-01", "under-1"), ("2026-04-02", "under-70")]);
}

/// What is told today is looked at as it will be: a login ends with the card, and no card becomes another one.
#[test]
fn changes_go_by_what_can_be_today() {
    let changes = |rules: &[Value], told: &Value| json!(assess(&only_rules(&json!(rules)), told).changes);
    let login = |may: bool| json!({ "portalLogin": may });
    let rules = [rule("check-portal", &login(false)), rule("keep-notice", &login(true))];
    assert_eq!(
        changes(&rules, &member(&json!({ "portalLogin": true, "cardCertificateExpiresOn": "2026-12-15" }))),
        json!([{ "on": "2027-04-01", "starts": ["check-portal"], "ends": ["keep-notice"] }])
    );
    // A card that is not known and has not expired today is one that expires as its 電子証明書 does.
    let card = json!({ "not": { "card": ["none", "certificate-expired", "expired"] } });
    let unknown = json!({ "enrolledOn": "2020-04-01", "smartphone": true, "cardCertificateExpiresOn": "2027-01-10" });
    assert_eq!(
        changes(&[rule("keep-notice", &card)], &unknown),
        json!([{ "on": "2027-05-01", "starts": [], "ends": ["keep-notice"] }])
    );
}
