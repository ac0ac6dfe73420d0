//! What a member tells: known, unknown, or left to its default.

use std::fmt;

use serde::Serialize;

use crate::error::{Error, ErrorKind};
use crate::plain::Plain;
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
        match fact {
            Fact::AsOf => self.as_of = day(fact, value)?,
            Fact::EnrolledOn => self.enrolled_on = Some(day(fact, value)?),
            Fact::EndedOn => self.ended_on = Some(day(fact, value)?),
            Fact::CertificateExpiresOn => self.certificate_expires_on = Some(day(fact, value)?),
            Fact::CardCertificateExpiresOn => self.card_certificate_expires_on = Some(day(fact, value)?),
            Fact::BornOn => self.born_on = Some(day(fact, value)?),
            Fact::Card => self.card = Some(word(fact, value, Card::from_word, Card::WORDS)?),
            Fact::Role => self.role = Some(word(fact, value, Role::from_word, Role::WORDS)?),
            Fact::OldCard => self.old_card = Some(word(fact, value, OldCard::from_word, OldCard::WORDS)?),
            Fact::Notice => self.notice = Some(word(fact, value, Notice::from_word, Notice::WORDS)?),
            Fact::Certificate => {
                self.certificate = Some(word(fact, value, Certificate::from_word, Certificate::WORDS)?);
            }
            Fact::Smartphone => self.smartphone = Some(truth(fact, value)?),
            Fact::NeedsAssistance => self.needs_assistance = Some(truth(fact, value)?),
            Fact::PortalLogin => self.portal_login = Some(truth(fact, value)?),
            Fact::MyNumberOnFile => self.my_number_on_file = Some(truth(fact, value)?),
            Fact::NoticeMismatch => self.notice_mismatch = Some(truth(fact, value)?),
            Fact::NameChanged => self.name_changed = Some(truth(fact, value)?),
            Fact::RatioChanged => self.ratio_changed = Some(truth(fact, value)?),
            Fact::Overseas => self.overseas = Some(truth(fact, value)?),
        }
        Ok(())
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

fn day(fact: Fact, value: &Plain) -> Result<Day, Error> {
    match value {
        Plain::Text(text) => Day::read(text).map_err(|error| error.of_fact(fact)),
        other => Err(Error::new(ErrorKind::InvalidDate, format!("`{fact}` is a day, not `{other}`"))
            .of_fact(fact)
            .of_value(other)),
    }
}

fn word<T>(fact: Fact, value: &Plain, read: fn(&str) -> Option<T>, words: &[&str]) -> Result<T, Error> {
    let word = match value {
        Plain::Text(text) => read(text),
        _ => None,
    };
    word.ok_or_else(|| invalid(fact, value, &words.join(", ")))
}

fn truth(fact: Fact, value: &Plain) -> Result<bool, Error> {
    match value {
        Plain::Truth(truth) => Ok(*truth),
        _ => Err(invalid(fact, value, "true, false")),
    }
}

fn invalid(fact: Fact, value: &Plain, domain: &str) -> Error {
    Error::new(ErrorKind::InvalidValue, format!("`{value}` is not a value of `{fact}`: it is one of {domain}"))
        .of_fact(fact)
        .of_value(value)
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
