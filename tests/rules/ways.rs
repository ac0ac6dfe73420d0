//! What would be simpler.

use crate::common::only_rules;
use crate::{assess, member, rule};
use serde_json::{Value, json};

fn ways(file: &Value, told: &Value) -> Value {
    json!(assess(file, &member(told)).alternatives)
}

fn outcome(of: &str, fact: &str, answer: &Value) -> Value {
    json!({ "of": of, "fact": fact, "answer": answer })
}

/// A way out leaves less to do, to wait for and to ask.
#[test]
fn ways_out_are_those_that_leave_less_to_bear() {
    let unregistered = json!({ "card": "unregistered" });
    let mut file = only_rules(&json!([
        rule("show-mynumber-card", &json!({ "card": "registered" })),
        rule("apply-certificate", &json!({ "not": { "card": "registered" } })),
        rule("register-card", &unregistered),
        rule("get-card", &json!({ "card": "none" })),
        rule("check-portal", &json!({ "smartphone": true })),
        rule("keep-notice", &json!({})),
        rule("in-notice-batch", &json!({ "card": "registered" })),
    ]));
    file["outcomes"] = json!([
        outcome("register-card", "card", &json!("registered")),
        outcome("get-card", "card", &json!("unregistered")),
        outcome("check-portal", "overseas", &json!(true)),
    ]);
    let registered = json!([{
        "changes": [{ "fact": "card", "to": "registered" }],
        "through": ["register-card"],
        "starts": ["show-mynumber-card", "in-notice-batch"],
        "ends": ["apply-certificate", "register-card"],
    }]);
    assert_eq!(ways(&file, &unregistered), registered);
    assert_eq!(ways(&file, &json!({})), json!([]), "there is nothing to gain");
    // To register the card is as much to do as to get one, and nobody gets from none to a registered one in a day.
    assert_eq!(ways(&file, &json!({ "card": "none" })), json!([]));
    // Whatever the answer to what is unknown.
    let unknown = |told: Value| json!(assess(&file, &told).alternatives);
    assert_eq!(unknown(json!({ "enrolledOn": "2020-04-01", "card": "unregistered" })), registered);
    assert_eq!(unknown(json!({ "enrolledOn": "2020-04-01", "smartphone": true })), json!([]));
    // To be without proof weighs more than anything there is to do.
    file["rules"].as_array_mut().unwrap().push(rule("no-valid-proof", &unregistered));
    for more in ["report-card-loss", "return-certificate", "ask-insurer", "await-notice"] {
        file["rules"].as_array_mut().unwrap().push(rule(more, &json!({ "card": "registered" })));
    }
    assert_eq!(ways(&file, &unregistered)[0]["changes"], json!([{ "fact": "card", "to": "registered" }]));
    file["rules"].as_array_mut().unwrap().push(rule("no-valid-proof", &json!({ "card": "registered" })));
    assert_eq!(ways(&file, &unregistered), json!([]));
}

/// Two steps are shown if they leave less than either alone, and what leads to the same is shown once.
#[test]
fn ways_out_may_take_two_steps() {
    let missing = json!({ "notice": "not-received", "myNumberOnFile": false });
    let both = json!({ "not": { "notice": "held", "myNumberOnFile": true } });
    let rules = [
        rule("check-portal", &json!({ "notice": "not-received" })),
        rule("check-last4", &json!({ "myNumberOnFile": false })),
        rule("carry-cutout", &both),
    ];
    let mut file = only_rules(&json!(rules));
    file["outcomes"] = json!([
        outcome("check-portal", "notice", &json!("held")),
        outcome("check-last4", "myNumberOnFile", &json!(true)),
        outcome("carry-cutout", "myNumberOnFile", &json!(true)),
    ]);
    let [held, on_file] = [json!({ "fact": "notice", "to": "held" }), json!({ "fact": "myNumberOnFile", "to": true })];
    let way = |changes: &[&Value], through: &[&str], ends: &[&str]| json!({ "changes": changes, "through": through, "starts": [], "ends": ends });
    assert_eq!(
        ways(&file, &missing),
        json!([
            way(&[&held], &["check-portal"], &["check-portal"]),
            way(&[&on_file], &["check-last4", "carry-cutout"], &["check-last4"]),
            way(
                &[&held, &on_file],
                &["check-portal", "check-last4", "carry-cutout"],
                &["check-portal", "check-last4", "carry-cutout"],
            ),
        ])
    );
    // Where the second step gains nothing, it is not taken.
    let mut file = only_rules(&json!([rules[0], rule("check-last4", &json!({})), rules[2]]));
    file["outcomes"] =
        json!([outcome("check-portal", "notice", &json!("held")), outcome("check-last4", "overseas", &json!(true)),]);
    assert_eq!(ways(&file, &missing), json!([way(&[&held], &["check-portal"], &["check-portal"])]));
}

/// Another card has another 電子証明書, and nobody is helped to log in with one that has ended.
#[test]
fn ways_out_go_by_what_a_card_allows() {
    let mut file = only_rules(&json!([
        rule("renew-card-certificate", &json!({ "card": "certificate-expired" })),
        rule("check-portal", &json!({ "portalLogin": ["unstated", false] })),
    ]));
    file["outcomes"] = json!([
        outcome("renew-card-certificate", "card", &json!("registered")),
        outcome("check-portal", "portalLogin", &json!(true)),
    ]);
    let changes = |told: Value| -> Vec<Value> {
        ways(&file, &told).as_array().unwrap().iter().map(|way| way["changes"].clone()).collect()
    };
    let [card, login] = [json!({ "fact": "card", "to": "registered" }), json!({ "fact": "portalLogin", "to": true })];
    assert_eq!(changes(json!({})), [json!([login])]);
    assert_eq!(changes(json!({ "portalLogin": true })), [] as [Value; 0]);
    assert_eq!(changes(json!({ "card": "lost" })), [] as [Value; 0]);
    assert_eq!(changes(json!({ "cardCertificateExpiresOn": "2026-11-20" })), [] as [Value; 0]);
    for expired in [
        json!({ "card": "certificate-expired" }),
        json!({ "card": "certificate-expired", "cardCertificateExpiresOn": "2026-01-01" }),
        json!({ "card": "certificate-expired", "portalLogin": false }),
    ] {
        assert_eq!(changes(expired.clone()), [json!([card]), json!([card, login])], "{expired}");
    }
}
