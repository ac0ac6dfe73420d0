//! What a member tells: known, unknown, or left to its default.

use std::fmt;

use serde::Serialize;

use crate::error::{Error, ErrorKind};
use crate::plain::Plain;
use crate::question::{YES_NO, words_of};
use crate::vocabulary::{Card, Certificate, Fact, Notice, OldCard, Role};
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
        let mut seen: Vec<Fact> = Vec::new();
        for (key, value) in told {
            let fact = Fact::from_word(key)
                .ok_or_else(|| Error::new(ErrorKind::UnknownFact, format!("`{key}` is not a fact")).of_fact(key))?;
            if seen.contains(&fact) {
                return Err(Error::new(ErrorKind::InvalidValue, format!("`{fact}` is told twice")).of_fact(fact));
            }
            seen.push(fact);
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
        if *value == Plain::Nothing {
            return Ok(());
        }
        self.set(fact, read(fact, value)?);
        Ok(())
    }

    /// Sets one fact to a value of its domain.
    pub(crate) fn set(&mut self, fact: Fact, value: Value) {
        match (fact, value) {
            (Fact::AsOf, Value::Day(day)) => self.as_of = day,
            (Fact::EnrolledOn, Value::Day(day)) => self.enrolled_on = Some(day),
            (Fact::EndedOn, Value::Day(day)) => self.ended_on = Some(day),
            (Fact::CertificateExpiresOn, Value::Day(day)) => self.certificate_expires_on = Some(day),
            (Fact::CardCertificateExpiresOn, Value::Day(day)) => self.card_certificate_expires_on = Some(day),
            (Fact::BornOn, Value::Day(day)) => self.born_on = Some(day),
            (Fact::Card, Value::Word(word)) => self.card = Card::from_word(word),
            (Fact::Role, Value::Word(word)) => self.role = Role::from_word(word),
            (Fact::OldCard, Value::Word(word)) => self.old_card = OldCard::from_word(word),
            (Fact::Notice, Value::Word(word)) => self.notice = Notice::from_word(word),
            (Fact::Certificate, Value::Word(word)) => self.certificate = Certificate::from_word(word),
            (Fact::Smartphone, Value::Truth(truth)) => self.smartphone = Some(truth),
            (Fact::NeedsAssistance, Value::Truth(truth)) => self.needs_assistance = Some(truth),
            (Fact::PortalLogin, Value::Truth(truth)) => self.portal_login = Some(truth),
            (Fact::MyNumberOnFile, Value::Truth(truth)) => self.my_number_on_file = Some(truth),
            (Fact::NoticeMismatch, Value::Truth(truth)) => self.notice_mismatch = Some(truth),
            (Fact::NameChanged, Value::Truth(truth)) => self.name_changed = Some(truth),
            (Fact::RatioChanged, Value::Truth(truth)) => self.ratio_changed = Some(truth),
            (Fact::Overseas, Value::Truth(truth)) => self.overseas = Some(truth),
            _ => {}
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

    /// Whether what is told can hold together.
    ///
    /// # Errors
    /// `inconsistent`, naming the first two facts that cannot.
    pub fn check(&self) -> Result<(), Error> {
        conflict::check(self)
    }
}

/// Reads a value of a fact's domain.
fn read(fact: Fact, value: &Plain) -> Result<Value, Error> {
    let Some(words) = words_of(fact) else {
        return match value {
            Plain::Text(text) => Day::read(text).map(Value::Day).map_err(|error| error.of_fact(fact)),
            other => Err(Error::new(ErrorKind::InvalidDate, format!("`{fact}` is a day, not `{other}`"))
                .of_fact(fact)
                .of_value(other)),
        };
    };
    let read = match value {
        Plain::Truth(truth) => (words == YES_NO).then_some(Value::Truth(*truth)),
        Plain::Text(text) if words != YES_NO => words.iter().find(|word| *word == text).map(|word| Value::Word(word)),
        _ => None,
    };
    read.ok_or_else(|| {
        let domain = words.join(", ");
        Error::new(ErrorKind::InvalidValue, format!("`{value}` is not a value of `{fact}`: it is one of {domain}"))
            .of_fact(fact)
            .of_value(value)
    })
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
