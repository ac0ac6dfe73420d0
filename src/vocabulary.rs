//! The closed lists of words that facts, rules and answers are made of.

/// Declares an enum whose variants are the words of a closed list, and reads and writes them as those words.
macro_rules! words {
    ($(#[$doc:meta])* $visibility:vis enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(test, derive(ts_rs::TS))]
        $visibility enum $name {
            $($(#[$variant_doc])* #[cfg_attr(test, ts(rename = $word))] $variant,)+
        }

        impl $name {
            /// All of them, in order.
            $visibility const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The words themselves, in the same order.
            $visibility const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word it is written as.
            #[must_use]
            $visibility fn word(self) -> &'static str {
                $name::WORDS.get(self as usize).copied().unwrap_or_default()
            }

            /// The variant written as `word`, if there is one.
            #[must_use]
            $visibility fn from_word(word: &str) -> Option<$name> {
                $name::ALL.get(crate::vocabulary::position($name::WORDS, word)?).copied()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        #[cfg(test)]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": $name::WORDS })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl crate::read::Read for $name {
            fn read(place: &crate::read::Place<'_>) -> $name {
                let [first, ..] = [$($name::$variant),+];
                $name::from_word(place.text()).unwrap_or_else(|| {
                    place.mistaken(concat!("a known ", stringify!($name)));
                    first
                })
            }
        }
    };
}
pub(crate) use words;

/// Where a word stands in a list.
pub(crate) fn position(words: &[&str], word: &str) -> Option<usize> {
    words.iter().position(|one| *one == word)
}

/// Words one after the other; what the standard library has for it is for lists of anything, and larger.
pub(crate) fn listed(words: &[&str]) -> String {
    let mut listed = String::new();
    for word in words {
        if !listed.is_empty() {
            listed.push_str(", ");
        }
        listed.push_str(word);
    }
    listed
}

words! {
    /// What can be told of a member. Core facts come first, in the order in which they are asked.
    pub enum Fact {
        /// 資格取得年月日 or 認定日.
        EnrolledOn = "enrolledOn",
        /// State of the マイナンバーカード.
        Card = "card",
        /// Whether the member has a smartphone.
        Smartphone = "smartphone",
        /// The day the guidance is for.
        AsOf = "asOf",
        /// In which capacity the question is asked.
        Role = "role",
        /// The first day without cover.
        EndedOn = "endedOn",
        /// Needs a helper at the counter, or somebody keeps the card for them.
        NeedsAssistance = "needsAssistance",
        /// Can open Mynaportal.
        PortalLogin = "portalLogin",
        /// The insurer holds the My Number.
        MyNumberOnFile = "myNumberOnFile",
        /// The 健康保険証 of old.
        OldCard = "oldCard",
        /// The 資格情報のお知らせ.
        Notice = "notice",
        /// The notice shows wrong data or digits.
        NoticeMismatch = "noticeMismatch",
        /// The name changed.
        NameChanged = "nameChanged",
        /// 70 or over, and the 負担割合 changed.
        RatioChanged = "ratioChanged",
        /// The 資格確認書.
        Certificate = "certificate",
        /// The day printed on the 資格確認書.
        CertificateExpiresOn = "certificateExpiresOn",
        /// The day the 電子証明書 in the card ends.
        CardCertificateExpiresOn = "cardCertificateExpiresOn",
        /// Day of birth.
        BornOn = "bornOn",
        /// Posted abroad.
        Overseas = "overseas",
    }
}

impl Fact {
    /// The facts that are asked of everyone for whom they matter, in that order.
    pub const CORE: [Fact; 3] = [Fact::EnrolledOn, Fact::Card, Fact::Smartphone];
}

/// Some of the facts.
#[derive(Clone, Copy, Default)]
pub(crate) struct FactSet(u32);

impl FactSet {
    pub(crate) fn insert(&mut self, fact: Fact) {
        self.0 |= 1 << fact as u32;
    }

    pub(crate) fn remove(&mut self, fact: Fact) {
        self.0 &= !(1 << fact as u32);
    }

    pub(crate) fn contains(self, fact: Fact) -> bool {
        self.0 >> fact as u32 & 1 == 1
    }

    pub(crate) fn union(self, other: FactSet) -> FactSet {
        FactSet(self.0 | other.0)
    }

    pub(crate) fn intersection(self, other: FactSet) -> FactSet {
        FactSet(self.0 & other.0)
    }

    pub(crate) fn len(self) -> u32 {
        self.0.count_ones()
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Fact> {
        Fact::ALL.iter().copied().filter(move |fact| self.contains(*fact))
    }

    /// One bit a fact, in their order.
    #[cfg(all(target_arch = "wasm32", feature = "navi"))]
    pub(crate) fn bits(self) -> u32 {
        self.0
    }
}

impl FromIterator<Fact> for FactSet {
    fn from_iter<I: IntoIterator<Item = Fact>>(facts: I) -> FactSet {
        let mut set = FactSet::default();
        facts.into_iter().for_each(|fact| set.insert(fact));
        set
    }
}

words! {
    /// State of the マイナンバーカード.
    pub enum Card {
        /// マイナ保険証 that works.
        Registered = "registered",
        /// Held, not registered for insurance use.
        Unregistered = "unregistered",
        /// Never obtained.
        None = "none",
        /// Lost.
        Lost = "lost",
        /// Damaged.
        Damaged = "damaged",
        /// Being renewed.
        Renewing = "renewing",
        /// Its 電子証明書 ended.
        CertificateExpired = "certificate-expired",
        /// The card itself ended.
        Expired = "expired",
        /// Given back.
        Returned = "returned",
        /// Registration for insurance use cancelled.
        Deregistered = "deregistered",
    }
}

impl Card {
    /// Whether this state of the card rules out opening Mynaportal.
    #[must_use]
    pub fn rules_out_portal(self) -> bool {
        use Card::{CertificateExpired, Damaged, Expired, Lost, Returned};
        matches!(self, Card::None | Lost | Damaged | Returned | Expired | CertificateExpired)
    }
}

words! {
    /// In which capacity the question is asked.
    pub enum Role {
        /// 被保険者.
        Insured = "insured",
        /// 被扶養者.
        Dependent = "dependent",
        /// 任意継続被保険者.
        Voluntary = "voluntary",
        /// 事業所担当者, asking about one employee or family member.
        Employer = "employer",
    }
}

words! {
    /// The 健康保険証 of old.
    pub enum OldCard {
        /// In hand.
        Held = "held",
        /// Lost.
        Lost = "lost",
        /// Never issued.
        NeverIssued = "never-issued",
    }
}

words! {
    /// The 資格情報のお知らせ.
    pub enum Notice {
        /// In hand.
        Held = "held",
        /// Not arrived.
        NotReceived = "not-received",
        /// Lost.
        Lost = "lost",
        /// Damaged.
        Damaged = "damaged",
        /// Still with the employer.
        Undistributed = "undistributed",
    }
}

words! {
    /// The 資格確認書.
    pub enum Certificate {
        /// There is none.
        None = "none",
        /// In hand.
        Held = "held",
        /// Lost.
        Lost = "lost",
        /// Damaged.
        Damaged = "damaged",
    }
}

words! {
    /// Whose word a piece of guidance is.
    pub enum Layer {
        /// Holds nationwide.
        National = "national",
        /// The insurer's own.
        Insurer = "insurer",
    }
}

words! {
    /// Something about which the answer may be fit to be used only with care.
    pub enum WarningId {
        /// The insurer's material is older than a year.
        SourceMayBeOutdated = "source-may-be-outdated",
        /// The day asked about lies before the material.
        ClockSuspect = "clock-suspect",
        /// The data should have been reviewed by now.
        RulesExpired = "rules-expired",
    }
}

words! {
    /// What a rule is about, and what an insurer can be asked about.
    pub enum Topic {
        /// What to hand over at the counter.
        Visit = "visit",
        /// Getting, registering and renewing the My Number card.
        Card = "card",
        /// Seeing and saving one's data in Mynaportal.
        Portal = "portal",
        /// When and how the notice comes.
        NoticeDelivery = "notice-delivery",
        /// Whether a filing arrived before or after a cut-off day.
        FilingDate = "filing-date",
        /// What the notice is for and how to keep it.
        NoticeUse = "notice-use",
        /// Which part of the notice to cut off.
        CutOut = "cut-out",
        /// What the notice proves when the card cannot be read.
        NoticeAtCounter = "notice-at-counter",
        /// Getting the notice again.
        NoticeReissue = "notice-reissue",
        /// From when a new notice can be applied for.
        NoticeReissueStart = "notice-reissue-start",
        /// Wrong data on the notice.
        NoticeMismatch = "notice-mismatch",
        /// What to do with the notice when the cover ends.
        NoticeAfterEnd = "notice-after-end",
        /// What to do with a former dependent's notice that was not handed out.
        UndistributedNotice = "undistributed-notice",
        /// Who was left out of the mailing because the cover ended.
        NoticeExclusion = "notice-exclusion",
        /// The old card while the cover lasts.
        OldCard = "old-card",
        /// Giving the old card back when the cover ends.
        OldCardReturn = "old-card-return",
        /// Who gets a certificate, and how.
        CertificateIssue = "certificate-issue",
        /// When existing members get a certificate.
        CertificateTiming = "certificate-timing",
        /// Whether a certificate is applied for or comes by itself.
        CertificateApplication = "certificate-application",
        /// Using the certificate.
        CertificateUse = "certificate-use",
        /// A certificate that was lost or damaged.
        CertificateReissue = "certificate-reissue",
        /// A certificate that is running out.
        CertificateRenewal = "certificate-renewal",
        /// Giving the certificate back when the cover ends.
        CertificateReturn = "certificate-return",
        /// Filing a change of name.
        NameChange = "name-change",
        /// 70 and over.
        ElderlyCertificate = "elderly-certificate",
        /// Posted abroad.
        Overseas = "overseas",
        /// When and where to telephone.
        Hotline = "hotline",
        /// What the workplace does.
        Workplace = "workplace",
        /// Leaving the insurer.
        Leaving = "leaving",
    }
}
