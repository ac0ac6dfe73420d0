//! How answers cross the boundary to JavaScript: as whole numbers, as facts do, see `told.rs`.
//!
//! `www/engine/navi.js` is the other side, and reads in the order in which this writes.

use crate::Day;
use crate::assess::Finding;
use crate::error::Error;
use crate::facts::{CARDS_END, Facts, Value, words_of};
use crate::guidance::Guidance;
use crate::likeness::Likeness;
use crate::outlook::{Alternative, Change};
use crate::question::Asked;
use crate::rulebook::{Known, Rulebook};
use crate::situation::{NEW_DAYS, Variable};
use crate::told::NOTHING;
use crate::vocabulary::{Fact, WarningId, position};

/// What stands between lists of words, before each entry of a list, and between the parts of an entry. No text of a rules
/// file holds them: controls are refused.
const GROUP: &str = "\u{1d}";
const RECORD: &str = "\u{1e}";
const UNIT: &str = "\u{1f}";

/// Numbers in a row.
#[derive(Default)]
pub(crate) struct Numbers(Vec<i32>);

impl Numbers {
    /// Where they lie in the memory.
    pub(crate) fn place(&self) -> *const i32 {
        self.0.as_ptr()
    }

    fn put(&mut self, number: usize) {
        self.0.push(i32::try_from(number).unwrap_or(NOTHING));
    }

    fn put_day(&mut self, day: Option<Day>) {
        self.0.push(day.map_or(NOTHING, Day::epoch_days));
    }

    fn put_set(&mut self, bits: u32) {
        self.0.push(bits.cast_signed());
    }

    /// How many there are, then each.
    fn put_all<T>(&mut self, all: &[T], put: impl Fn(&mut Numbers, &T)) {
        self.put(all.len());
        for one in all {
            put(self, one);
        }
    }

    fn put_ids(&mut self, ids: &[Guidance]) {
        self.put_all(ids, |numbers, id| numbers.put(*id as usize));
    }

    fn put_asked(&mut self, asked: &Asked) {
        self.put(asked.fact as usize);
        self.put_set(asked.options);
    }

    fn put_change(&mut self, change: &Change) {
        self.put_day(Some(change.on));
        self.put_ids(&change.starts);
        self.put_ids(&change.ends);
    }

    fn put_alternative(&mut self, alternative: &Alternative) {
        self.put_all(&alternative.changes, |numbers, answer| {
            numbers.put(answer.fact as usize);
            numbers.put(match answer.to {
                Value::Truth(truth) => usize::from(!truth),
                Value::Word(word) => position(words_of(answer.fact).unwrap_or_default(), word).unwrap_or_default(),
                // No outcome is a day.
                Value::Day(_) => 0,
            });
        });
        self.put_ids(&alternative.through);
        self.put_ids(&alternative.starts);
        self.put_ids(&alternative.ends);
    }

    pub(crate) fn put_questions(&mut self, questions: &[Asked]) {
        self.0.clear();
        self.put_all(questions, Numbers::put_asked);
    }

    /// In what facts are alike with others that are answered the same, their words first, and the days that are their own;
    /// nothing where there may be no others.
    pub(crate) fn put_likeness(&mut self, alike: Option<(i32, &Likeness)>) {
        self.0.clear();
        self.put(alike.is_some().into());
        if let Some((words, Likeness { now, ahead, own, last })) = alike {
            self.0.extend([words, *now, *ahead]);
            self.put_day(*last);
            self.put_all(own, |numbers, day| numbers.put_day(Some(*day)));
        }
    }

    /// An answer. First, whether a date is brought up, whose answers are weighed against one's own days: then those who
    /// are alike may be answered otherwise.
    ///
    /// # Errors
    /// `inconsistent` if the facts cannot hold together.
    pub(crate) fn put_answer(&mut self, rulebook: &Rulebook, facts: &Facts) -> Result<(), Error> {
        let (completions, certain) = rulebook.decider.settle(facts)?;
        self.0.clear();
        self.put(rulebook.brought_up(facts, &certain).any(|fact| words_of(fact).is_none()).into());
        self.put_day(Some(facts.as_of));
        self.put_all(&rulebook.findings(facts, &certain), |numbers, finding| {
            numbers.put_finding(finding, facts, rulebook);
        });
        let lines = rulebook.lines_on(facts.as_of, &rulebook.decider.guidance_of(&certain.sayings));
        self.put_all(&lines, |numbers, (line, open)| numbers.put(line * 2 + usize::from(*open)));
        self.put_all(rulebook.question(facts, &completions, &certain).as_slice(), Numbers::put_asked);
        self.put_all(&rulebook.changes(facts, &certain), Numbers::put_change);
        self.put_all(&rulebook.alternatives(&certain), Numbers::put_alternative);
        self.put_all(&rulebook.warnings_on(facts.as_of), |numbers, (id, day)| {
            numbers.put(*id as usize);
            numbers.put_day(Some(*day));
        });
        Ok(())
    }

    fn put_finding(&mut self, finding: &Finding, facts: &Facts, rulebook: &Rulebook) {
        self.put_set(finding.because.bits());
        self.put(1 + finding.and_by.len());
        for statement in [finding.said_by].iter().chain(&finding.and_by) {
            self.put(*statement);
        }
        if let Some(statement) = rulebook.statements.get(finding.said_by) {
            let days = statement.args.iter().map(|(_, value)| value).chain(&statement.by);
            for value in days.filter(|value| value.depends()) {
                self.put_day(value.day_for_member(facts));
            }
        }
    }
}

impl Known {
    /// Whether it follows from the member's facts.
    fn depends(&self) -> bool {
        self.any(|known| matches!(known, Known::Derived(_)))
    }

    /// As the last day for something: `!` if that is the last day of a 資格確認書 too.
    fn last_day(&self) -> String {
        if self.names_expiry() { "!".to_owned() } else { self.for_everybody() }
    }

    /// What it is for everybody: a text or a day behind `=`, a number behind `#`, and `?` if that depends.
    fn for_everybody(&self) -> String {
        match self {
            Known::Text(text) => format!("={text}"),
            Known::Number(number) => format!("#{number}"),
            value if value.depends() => "?".to_owned(),
            value => value.day_for_member(&Facts::on(Day::MIN)).map_or_else(String::new, |day| format!("={day}")),
        }
    }
}

impl Rulebook {
    /// The words that numbers stand for, each by its place: on which days it makes a difference that the day asked about
    /// or that of enrolment has reached them, and how far the one is after the other (if no other day is told, nothing
    /// else about them decides which guidance is given); facts with their words; guidance with its section; statements
    /// with guidance, layer, last day (`?` if it follows from the member's facts, `!` if from the last day of a
    /// 資格確認書), how many sources, these, and arguments with their values; lines with their number; warnings with what
    /// their day is called; the insurer.
    pub(crate) fn words(&self) -> String {
        let mut words = String::new();
        let mut cuts = self.decider.cuts.clone();
        for date in [Variable::AsOf, Variable::EnrolledOn] {
            cuts.insert(date, CARDS_END);
            begin(&mut words, date.word());
            for day in cuts.of(date).0 {
                add(&mut words, &i64::from(day.epoch_days()).to_string());
            }
        }
        begin(&mut words, "settled");
        add(&mut words, &(NEW_DAYS + 1).to_string());
        words.push_str(GROUP);
        for fact in Fact::ALL {
            begin(&mut words, fact.word());
            for word in words_of(*fact).unwrap_or_default() {
                add(&mut words, word);
            }
        }
        words.push_str(GROUP);
        for guidance in Guidance::ALL {
            begin(&mut words, guidance.word());
            add(&mut words, guidance.section().word());
        }
        words.push_str(GROUP);
        for statement in &self.statements {
            begin(&mut words, &(statement.guidance as usize).to_string());
            add(&mut words, statement.layer.word());
            add(&mut words, &statement.by.as_ref().map(Known::last_day).unwrap_or_default());
            add(&mut words, &statement.sources.len().to_string());
            for source in &statement.sources {
                add(&mut words, source);
            }
            for (name, value) in &statement.args {
                add(&mut words, name.word());
                add(&mut words, &value.for_everybody());
            }
        }
        words.push_str(GROUP);
        for line in &self.lines {
            begin(&mut words, &line.contact.id);
            add(&mut words, &line.contact.phone);
        }
        words.push_str(GROUP);
        for id in WarningId::ALL {
            begin(&mut words, id.word());
            add(&mut words, id.argument());
        }
        words.push_str(GROUP);
        begin(&mut words, &self.insurer);
        words
    }
}

/// Begins an entry of a list.
fn begin(words: &mut String, first: &str) {
    words.push_str(RECORD);
    words.push_str(first);
}

/// Adds a part to an entry.
fn add(words: &mut String, part: &str) {
    words.push_str(UNIT);
    words.push_str(part);
}
