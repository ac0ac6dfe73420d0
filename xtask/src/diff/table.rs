//! The table of how insurers differ, as it was read out of their material: what of it members notice is what a
//! comparison of the two rulebooks shows.

use shikaku_navi::{Class, Difference, Guidance};

use crate::rules;

/// A kind of situation: some variables with a value of each, as a comparison describes them.
type Situations = &'static [(&'static str, &'static str)];

/// A row of the table, and what it means.
struct Row {
    name: &'static str,
    mail_notice: &'static str,
    tokyo_denki: &'static str,
    /// What tokyo-denki says and mail-notice does not, in some situations of a kind.
    starts: &'static [(&'static str, Situations)],
    /// What mail-notice says and tokyo-denki does not.
    ends: &'static [(&'static str, Situations)],
    /// What both say, or neither, in all situations of a kind.
    stays: &'static [(&'static str, Situations)],
}

const TABLE: [Row; 16] = [
    Row {
        name: "Snapshot",
        mail_notice: "2024-07-24",
        tokyo_denki: "2024-06-28 (data as of 06-30; joined on 06-29 or 30: texts conflict, S2-09, S2-26)",
        starts: &[
            ("not-in-notice-batch", &[("enrolledOn", "from 2024-07-01"), ("notice", "not-received")]),
            ("contradictory-source (about notice-delivery)", &[("enrolledOn", "from 2024-06-29")]),
        ],
        ends: &[
            ("in-notice-batch", &[("enrolledOn", "from 2024-06-29"), ("notice", "not-received")]),
            ("in-notice-batch", &[("enrolledOn", "from 2024-07-01"), ("notice", "not-received")]),
            ("check-last4", &[("enrolledOn", "from 2024-07-01"), ("notice", "held")]),
        ],
        stays: &[("in-notice-batch", &[("enrolledOn", "from 2024-07-25"), ("notice", "not-received")])],
    },
    Row {
        name: "Left out",
        mail_notice: "none; cover ended from 07-25 may still have been sent",
        tokyo_denki: "cover ended 2024-07-01…08-07; My Number not on file",
        starts: &[
            ("not-in-notice-batch", &[("end", "ended"), ("endedOn", "from 2024-07-01"), ("notice", "not-received")]),
            ("not-in-notice-batch", &[("end", "open"), ("myNumberOnFile", "false"), ("notice", "not-received")]),
            ("contradictory-source (about notice-exclusion)", &[("end", "ended"), ("endedOn", "from 2024-07-25")]),
        ],
        ends: &[("in-notice-batch", &[("end", "ended"), ("endedOn", "from 2024-07-25"), ("notice", "held")])],
        stays: &[],
    },
    Row {
        name: "Sent",
        mail_notice: "end of 2024-08",
        tokyo_denki: "from 2024-08-23",
        // Members are told the month, which is the same: what changes is only by which way (the next row).
        starts: &[],
        ends: &[],
        stays: &[],
    },
    Row {
        name: "How",
        mail_notice: "recorded mail to the home, one envelope a household",
        tokyo_denki: "through the employer",
        starts: &[
            ("await-notice (expected 2024-08, route employer)", &[("notice", "not-received"), ("overseas", "false")]),
            ("distribute-unopened", &[("role", "employer"), ("notice", "undistributed")]),
        ],
        ends: &[("await-notice (expected 2024-08, route mail)", &[("notice", "not-received"), ("overseas", "false")])],
        stays: &[],
    },
    Row {
        name: "Joined later",
        mail_notice: "around 2024-12",
        tokyo_denki: "2024-12, without digits (filed 07-01…11-29, S2-29; joined from 07-01, S2-44); later: ask",
        starts: &[
            ("await-notice (expected 2024-12)", &[("enrolledOn", "from 2024-07-01"), ("notice", "not-received")]),
            ("notice-without-last4", &[("enrolledOn", "from 2024-07-01")]),
            ("notice-without-last4", &[("enrolledOn", "from 2024-07-25")]),
            (
                "ask-insurer (about notice-delivery)",
                &[("enrolledOn", "from 2024-11-30"), ("notice", "not-received"), ("asOf", "from 2024-11-01")],
            ),
        ],
        ends: &[("await-notice (expected 2024-12)", &[("enrolledOn", "from 2024-11-30"), ("notice", "not-received")])],
        stays: &[(
            "await-notice (expected 2024-12)",
            &[("enrolledOn", "from 2024-07-25"), ("overseas", "false"), ("end", "open")],
        )],
    },
    Row {
        name: "Overseas",
        mail_notice: "around 2024-10 via the workplace contact",
        tokyo_denki: "insured without My Number: family in Japan only",
        starts: &[
            ("forward-family-notice", &[("role", "employer"), ("overseas", "true"), ("myNumberOnFile", "false")]),
            ("ask-insurer (about overseas)", &[("overseas", "true"), ("notice", "not-received")]),
        ],
        ends: &[
            ("await-notice (expected 2024-10, route employer)", &[("overseas", "true"), ("notice", "not-received")]),
            ("hand-over-notice", &[("role", "employer"), ("overseas", "true")]),
        ],
        stays: &[],
    },
    Row {
        name: "Notice lost, Mynaportal opens",
        mail_notice: "no reissue",
        tokyo_denki: "no reissue",
        starts: &[],
        ends: &[],
        stays: &[
            (
                "no-notice-reissue",
                &[("notice", "lost"), ("portalLogin", "true"), ("nameChanged", "false"), ("ratioChanged", "false")],
            ),
            ("check-portal", &[]),
            ("apply-notice-reissue", &[("notice", "lost"), ("portalLogin", "true")]),
            ("await-reissue-form", &[("notice", "lost"), ("portalLogin", "true")]),
        ],
    },
    Row {
        name: "Notice lost, it does not open",
        mail_notice: "form to come on the website",
        tokyo_denki: "application form, from 2024-12-02",
        starts: &[
            (
                "apply-notice-reissue (form notice-issue-application, from 2024-12-02)",
                &[("notice", "lost"), ("portalLogin", "false"), ("asOf", "from 2024-12-02")],
            ),
            (
                "await-application (from 2024-12-02)",
                &[("notice", "lost"), ("portalLogin", "false"), ("asOf", "from 2024-11-01")],
            ),
            (
                "contradictory-source (about notice-reissue-start)",
                &[("notice", "lost"), ("portalLogin", "false"), ("asOf", "from 2024-11-01")],
            ),
        ],
        ends: &[("await-reissue-form", &[("notice", "lost"), ("portalLogin", "false"), ("asOf", "from 2024-11-01")])],
        stays: &[],
    },
    Row {
        name: "Name changed",
        mail_notice: "no reissue; old one still valid",
        tokyo_denki: "reissue only if Mynaportal does not open",
        starts: &[(
            "apply-notice-reissue (form notice-issue-application, from 2024-12-02)",
            &[("nameChanged", "true"), ("portalLogin", "false"), ("notice", "held")],
        )],
        ends: &[
            ("no-notice-reissue", &[("nameChanged", "true"), ("portalLogin", "false"), ("notice", "held")]),
            ("former-name-notice-valid", &[("nameChanged", "true"), ("notice", "held")]),
        ],
        stays: &[("no-notice-reissue", &[("nameChanged", "true"), ("portalLogin", "true"), ("notice", "held")])],
    },
    Row {
        name: "Notice when cover ends",
        mail_notice: "own disposal, no return",
        tokyo_denki: "own disposal; undistributed ones go back (employer)",
        starts: &[(
            "return-undistributed-notice",
            &[("role", "employer"), ("end", "ended"), ("notice", "undistributed")],
        )],
        ends: &[("no-notice-return", &[("role", "employer"), ("end", "ended"), ("notice", "held")])],
        stays: &[
            ("discard-notice", &[("role", "insured")]),
            ("no-notice-return", &[("role", "insured")]),
            ("no-notice-return", &[("role", "dependent")]),
        ],
    },
    Row {
        name: "Old card when cover ends",
        mail_notice: "ends with the cover; return –",
        tokyo_denki: "return until 2025-12-01, not afterwards",
        starts: &[
            ("return-old-card (to employer)", &[("role", "insured"), ("end", "ended"), ("oldCard", "held")]),
            ("contradictory-source (about old-card-return)", &[("oldCard", "held"), ("endedOn", "from 2025-12-02")]),
        ],
        ends: &[
            // What holds nationwide, and to ask.
            (
                "return-old-card (to employer, by the earliest of five-days-after-cover and 2025-12-01)",
                &[("role", "insured"), ("end", "ended"), ("oldCard", "held")],
            ),
            ("ask-insurer (about old-card-return)", &[("role", "insured"), ("end", "ended"), ("oldCard", "held")]),
        ],
        stays: &[("old-card-ends-with-cover", &[]), ("return-old-card", &[("asOf", "from 2025-12-02")])],
    },
    Row {
        name: "資格確認書: who",
        mail_notice: "joined from 2024-12-02 without マイナ保険証",
        tokyo_denki: "card in process or lost, helper needed; hard to get a card",
        starts: &[
            ("apply-certificate", &[("needsAssistance", "true"), ("certificate", "none")]),
            ("apply-certificate", &[("card", "lost"), ("asOf", "from 2024-12-02"), ("oldCard", "held")]),
            ("apply-certificate", &[("card", "renewing"), ("asOf", "from 2024-12-02"), ("oldCard", "held")]),
            ("await-certificate (by 2025-12-02, by 2025-12-02)", &[("card", "none"), ("certificate", "none")]),
        ],
        ends: &[("certificate-for-new-member", &[("card", "none"), ("enrolledOn", "from 2024-12-02")])],
        stays: &[],
    },
    Row {
        name: "資格確認書: when",
        mail_notice: "existing members not before 2025-12-02 (lost old card: silent)",
        tokyo_denki: "by 2025-12-02",
        starts: &[(
            "await-certificate (by 2025-12-02, by 2025-12-02)",
            &[("card", "none"), ("certificate", "none"), ("asOf", "from 2024-12-02")],
        )],
        ends: &[("certificate-not-before (date 2025-12-02)", &[("card", "none"), ("oldCard", "held")])],
        stays: &[("certificate-not-before", &[("oldCard", "lost")])],
    },
    Row {
        name: "資格確認書: route",
        mail_notice: "–",
        tokyo_denki: "announced later",
        starts: &[
            ("await-announcement (about certificate-application)", &[("card", "lost"), ("certificate", "none")]),
            ("ask-insurer (about certificate-application)", &[("card", "lost"), ("asOf", "from 2025-08-20")]),
        ],
        ends: &[],
        stays: &[],
    },
    Row {
        name: "70 and over",
        mail_notice: "ratio printed; 高齢受給者証 at each change",
        tokyo_denki: "field shows `****`",
        starts: &[("ask-insurer (about elderly-certificate)", &[("ratioChanged", "true")])],
        ends: &[
            ("elderly-certificate-on-ratio-change", &[("ratioChanged", "true")]),
            ("no-notice-reissue", &[("ratioChanged", "true"), ("nameChanged", "false"), ("notice", "held")]),
        ],
        // Both print it from 70 on alone.
        stays: &[("ratio-only-from-70", &[])],
    },
    Row {
        name: "Contact",
        mail_notice: "website",
        tokyo_denki: "03-3835-0006 weekdays 9–17, only 2024-09-02…09-30",
        // A telephone line is no guidance, but in what is said of it the two differ.
        starts: &[
            ("contradictory-source (about hotline)", &[("asOf", "from 2024-08-19")]),
            ("watch-website", &[("end", "ended")]),
        ],
        ends: &[],
        stays: &[("watch-website", &[("end", "open")])],
    },
];

/// Whether a place in words holds situations of a kind.
fn holds(place: &str, kind: Situations) -> bool {
    let told: Vec<(&str, Vec<&str>)> = place
        .split(" and ")
        .filter_map(|part| part.split_once(" is "))
        .map(|(variable, values)| (variable, values.split(" or ").collect()))
        .collect();
    kind.iter().all(|(variable, value)| {
        told.iter().all(|(constrained, values)| constrained != variable || values.contains(value))
    })
}

#[test]
fn what_members_notice_of_the_table_is_shown() {
    let files = |insurer| rules::profiles(insurer).unwrap().unwrap();
    let (one, other) = (files("mail-notice"), files("tokyo-denki"));
    let sides = ((&one.national, one.own.as_ref()), (&other.national, other.own.as_ref()));
    let difference = Difference::between(sides.0, sides.1).unwrap();
    let shown = |said: &str, kind: Situations, starts: bool| {
        let is_it = |class: &&Class| {
            let all = if starts { &class.starts } else { &class.ends };
            all.iter().any(|one| one.to_string() == said || one.id.word() == said)
        };
        let classes = difference.classes.iter().filter(is_it);
        classes.flat_map(|class| &class.places).any(|place| holds(place, kind))
    };
    let mut wrong = Vec::new();
    for (said, _) in TABLE.iter().flat_map(|row| [row.starts, row.ends, row.stays]).flatten() {
        assert!(Guidance::from_word(said.split(' ').next().unwrap()).is_some(), "nobody ever says {said}");
    }
    for Row { name, mail_notice, tokyo_denki, starts, ends, stays } in TABLE {
        let mut fault = |what: &str, said: &str, kind| {
            wrong.push(format!("{name} ({mail_notice} | {tokyo_denki}): {what} {said} in {kind:?}"));
        };
        for (said, kind) in starts.iter().filter(|(said, kind)| !shown(said, kind, true)) {
            fault("does not show the start of", said, kind);
        }
        for (said, kind) in ends.iter().filter(|(said, kind)| !shown(said, kind, false)) {
            fault("does not show the end of", said, kind);
        }
        for (said, kind) in stays.iter().filter(|(said, kind)| shown(said, kind, true) || shown(said, kind, false)) {
            fault("shows a change of", said, kind);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
