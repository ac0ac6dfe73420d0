//! What a member tells: known, unknown, or left to its default.

use std::fmt;

use serde::Serialize;

use crate::error::{Error, ErrorKind};
use crate::plain::Plain;
use crate::vocabulary::{Card, Certificate, Fact, FactSet, Notice, OldCard, Role, listed, position};
use crate::{Day, conflict};

/// The day from which no 健康保険証 is issued any more, and 資格確認書 are (N-01, N-03).
pub(crate) const CARDS_END: Day = Day::constant(2024, 12, 2);

/// The facts about one person on one day.
///
/// A core fact (`enrolled_on`, `card`, `smartphone`) that is `None` is *unknown*: only what holds for every possible
/// answer is said. A circumstance that is `None` is *unstated*: its default holds, or, where it has none, unstated is
/// a value of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename_all = "camelCase", optional_fields))]
pub struct Facts {
    /// The day the guidance is for; callers may leave it out for today in Japan.
    #[cfg_attr(test, ts(as = "Option<Day>"))]
    pub as_of: Day,
    /// 資格取得年月日 or 認定日; may lie ahead.
    pub enrolled_on: Option<Day>,
    /// State of the マイナンバーカード.
    pub card: Option<Card>,
    /// Whether the member has a smartphone.
    pub smartphone: Option<bool>,
    /// In which capacity the question is asked; [`Role::Insured`] unless told.
    pub role: Option<Role>,
    /// The first day without cover; still covered unless told.
    pub ended_on: Option<Day>,
    /// Needs a helper at the counter, or somebody keeps the card; no unless told.
    pub needs_assistance: Option<bool>,
    /// Can open Mynaportal; where unstated, no for a card that rules it out.
    pub portal_login: Option<bool>,
    /// The insurer holds the My Number.
    pub my_number_on_file: Option<bool>,
    /// The 健康保険証 of old; by default held if enrolled by 2024-12-01, else never issued.
    pub old_card: Option<OldCard>,
    /// The 資格情報のお知らせ.
    pub notice: Option<Notice>,
    /// The notice shows wrong data or digits; no unless told.
    pub notice_mismatch: Option<bool>,
    /// The name changed; no unless told.
    pub name_changed: Option<bool>,
    /// 70 or over, and the 負担割合 changed; no unless told.
    pub ratio_changed: Option<bool>,
    /// The 資格確認書; none unless told.
    pub certificate: Option<Certificate>,
    /// The last day the 資格確認書 is valid.
    pub certificate_expires_on: Option<Day>,
    /// The last day the 電子証明書 is valid.
    pub card_certificate_expires_on: Option<Day>,
    /// Day of birth.
    pub born_on: Option<Day>,
    /// Posted abroad; no unless told.
    pub overseas: Option<bool>,
}

/// The value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged)]
pub enum Value {
    /// A day.
    Day(Day),
    /// A word of a closed list.
    Word(&'static str),
    /// Yes or no.
    Truth(bool),
}

impl Facts {
    /// Facts of which nothing is told yet.
    ///
    /// ```
    /// use shikaku_navi::{Card, Day, Facts};
    ///
    /// let mut facts = Facts::on(Day::from_iso("2026-11-21")?);
    /// facts.card = Some(Card::Registered);
    /// facts.smartphone = Some(true);
    /// # Ok::<(), shikaku_navi::Error>(())
    /// ```
    #[must_use]
    pub fn on(as_of: Day) -> Facts {
        Facts {
            as_of,
            enrolled_on: None,
            card: None,
            smartphone: None,
            role: None,
            ended_on: None,
            needs_assistance: None,
            portal_login: None,
            my_number_on_file: None,
            old_card: None,
            notice: None,
            notice_mismatch: None,
            name_changed: None,
            ratio_changed: None,
            certificate: None,
            certificate_expires_on: None,
            card_certificate_expires_on: None,
            born_on: None,
            overseas: None,
        }
    }

    /// Reads facts from an object of keys and values; `today` stands in for a missing `asOf`. What is `null` is not
    /// told. Dates may be written as people write them, see [`Day::read`].
    ///
    /// # Errors
    /// `unknown-fact`, `invalid-value`, `invalid-date`, or `inconsistent` if what is told cannot hold together.
    ///
    /// ```
    /// use shikaku_navi::{Day, ErrorKind, Facts};
    ///
    /// let today = Day::from_iso("2026-11-21")?;
    /// let facts = Facts::read(today, &serde_json::from_str(r#"{"enrolledOn": "R6.7.1"}"#).unwrap())?;
    /// assert_eq!(facts.enrolled_on, Day::new(2024, 7, 1));
    ///
    /// let error = Facts::read(today, &serde_json::from_str(r#"{"card": "gold"}"#).unwrap()).unwrap_err();
    /// assert_eq!((error.kind(), error.fact()), (ErrorKind::InvalidValue, Some("card")));
    /// # Ok::<(), shikaku_navi::Error>(())
    /// ```
    pub fn read(today: Day, told: &Plain) -> Result<Facts, Error> {
        let Plain::Object(told) = told else {
            let message = format!("`{told}` is not an object of facts");
            return Err(Error::new(ErrorKind::InvalidValue, message).of_value(told));
        };
        let mut facts = Facts::on(today);
        let mut seen = FactSet::default();
        for (key, value) in told {
            let fact = Fact::from_word(key)
                .ok_or_else(|| Error::new(ErrorKind::UnknownFact, format!("`{key}` is not a fact")).of_fact(key))?;
            if seen.contains(fact) {
                return Err(Error::new(ErrorKind::InvalidValue, format!("`{fact}` is told twice")).of_fact(fact));
            }
            seen.insert(fact);
            facts.tell(fact, value)?;
        }
        facts.check()?;
        Ok(facts)
    }

    /// Sets one fact. `null` leaves it untold.
    ///
    /// # Errors
    /// `invalid-value` or `invalid-date` for a value outside the fact's domain.
    pub fn tell(&mut self, fact: Fact, value: &Plain) -> Result<(), Error> {
        if *value != Plain::Nothing {
            self.set(fact, Reply::read(fact, value)?);
        }
        Ok(())
    }

    /// Sets one fact to an answer that it has.
    pub(crate) fn set(&mut self, fact: Fact, reply: Reply) {
        let (day, place) = match reply {
            Reply::Day(day) => (Some(day), usize::MAX),
            Reply::Word(place) => (None, place),
        };
        let truth = YES_NO.get(place).map(|_| place == 0);
        match fact {
            Fact::AsOf => self.as_of = day.unwrap_or(self.as_of),
            Fact::EnrolledOn => self.enrolled_on = day,
            Fact::EndedOn => self.ended_on = day,
            Fact::CertificateExpiresOn => self.certificate_expires_on = day,
            Fact::CardCertificateExpiresOn => self.card_certificate_expires_on = day,
            Fact::BornOn => self.born_on = day,
            Fact::Card => self.card = Card::ALL.get(place).copied(),
            Fact::Role => self.role = Role::ALL.get(place).copied(),
            Fact::OldCard => self.old_card = OldCard::ALL.get(place).copied(),
            Fact::Notice => self.notice = Notice::ALL.get(place).copied(),
            Fact::Certificate => self.certificate = Certificate::ALL.get(place).copied(),
            Fact::Smartphone => self.smartphone = truth,
            Fact::NeedsAssistance => self.needs_assistance = truth,
            Fact::PortalLogin => self.portal_login = truth,
            Fact::MyNumberOnFile => self.my_number_on_file = truth,
            Fact::NoticeMismatch => self.notice_mismatch = truth,
            Fact::NameChanged => self.name_changed = truth,
            Fact::RatioChanged => self.ratio_changed = truth,
            Fact::Overseas => self.overseas = truth,
        }
    }

    /// What is told of a fact, if anything is.
    #[must_use]
    pub fn get(&self, fact: Fact) -> Option<Value> {
        match fact {
            Fact::AsOf => Some(Value::Day(self.as_of)),
            Fact::EnrolledOn => self.enrolled_on.map(Value::Day),
            Fact::EndedOn => self.ended_on.map(Value::Day),
            Fact::CertificateExpiresOn => self.certificate_expires_on.map(Value::Day),
            Fact::CardCertificateExpiresOn => self.card_certificate_expires_on.map(Value::Day),
            Fact::BornOn => self.born_on.map(Value::Day),
            Fact::Card => self.card.map(|card| Value::Word(card.word())),
            Fact::Role => self.role.map(|role| Value::Word(role.word())),
            Fact::OldCard => self.old_card.map(|card| Value::Word(card.word())),
            Fact::Notice => self.notice.map(|notice| Value::Word(notice.word())),
            Fact::Certificate => self.certificate.map(|certificate| Value::Word(certificate.word())),
            Fact::Smartphone => self.smartphone.map(Value::Truth),
            Fact::NeedsAssistance => self.needs_assistance.map(Value::Truth),
            Fact::PortalLogin => self.portal_login.map(Value::Truth),
            Fact::MyNumberOnFile => self.my_number_on_file.map(Value::Truth),
            Fact::NoticeMismatch => self.notice_mismatch.map(Value::Truth),
            Fact::NameChanged => self.name_changed.map(Value::Truth),
            Fact::RatioChanged => self.ratio_changed.map(Value::Truth),
            Fact::Overseas => self.overseas.map(Value::Truth),
        }
    }

    /// The facts that are told.
    pub(crate) fn told(&self) -> FactSet {
        Fact::ALL.iter().copied().filter(|fact| self.get(*fact).is_some()).collect()
    }

    /// Whether what is told can hold together.
    ///
    /// # Errors
    /// `inconsistent`, naming the first two facts that cannot.
    pub fn check(&self) -> Result<(), Error> {
        conflict::check(self)
    }
}

/// An answer to a question: a day, or the place of a word among those to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    Day(Day),
    Word(usize),
}

impl Reply {
    /// # Errors
    /// `invalid-value` or `invalid-date` for what is none.
    pub(crate) fn read(fact: Fact, value: &Plain) -> Result<Reply, Error> {
        let wrong = |kind, message| Error::new(kind, message).of_fact(fact).of_value(value);
        let place = match (words_of(fact), value) {
            (None, Plain::Text(text)) => {
                return Day::read(text).map(Reply::Day).map_err(|error| error.of_fact(fact));
            }
            (None, _) => return Err(wrong(ErrorKind::InvalidDate, format!("`{fact}` is a day, not `{value}`"))),
            (Some(YES_NO), Plain::Truth(truth)) => Some(usize::from(!truth)),
            (Some(words), Plain::Text(text)) if words != YES_NO => position(words, text),
            _ => None,
        };
        place.map(Reply::Word).ok_or_else(|| {
            let domain = listed(words_of(fact).unwrap_or_default());
            wrong(ErrorKind::InvalidValue, format!("`{value}` is not a value of `{fact}`: it is one of {domain}"))
        })
    }
}

/// The answers to a question of yes or no.
pub(crate) const YES_NO: &[&str] = &["true", "false"];

/// The answers to choose from, or `None` for a date.
pub(crate) fn words_of(fact: Fact) -> Option<&'static [&'static str]> {
    match fact {
        Fact::AsOf
        | Fact::EnrolledOn
        | Fact::EndedOn
        | Fact::CertificateExpiresOn
        | Fact::CardCertificateExpiresOn
        | Fact::BornOn => None,
        Fact::Card => Some(Card::WORDS),
        Fact::Role => Some(Role::WORDS),
        Fact::OldCard => Some(OldCard::WORDS),
        Fact::Notice => Some(Notice::WORDS),
        Fact::Certificate => Some(Certificate::WORDS),
        Fact::Smartphone
        | Fact::NeedsAssistance
        | Fact::PortalLogin
        | Fact::MyNumberOnFile
        | Fact::NoticeMismatch
        | Fact::NameChanged
        | Fact::RatioChanged
        | Fact::Overseas => Some(YES_NO),
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Day(day) => day.fmt(f),
            Value::Word(word) => f.write_str(word),
            Value::Truth(truth) => truth.fmt(f),
        }
    }
}
