//! Exact sets of situations of any shape, as decision diagrams: equal sets are the same number, and to combine, count
//! or describe them takes as long as they are complicated, not as long as they are large.

use std::collections::BTreeMap;

use crate::cube::{Cube, Space};
use crate::situation::{VARIABLES, Variable};

/// The order in which a diagram asks: what depends on each other stands together.
const ORDER: [Variable; VARIABLES] = [
    Variable::AsOf,
    Variable::EnrolledOn,
    Variable::Start,
    Variable::OldCard,
    Variable::EndedOn,
    Variable::End,
    Variable::Age,
    Variable::RatioChanged,
    Variable::Certificate,
    Variable::CertificateTerm,
    Variable::CardTerm,
    Variable::Card,
    Variable::PortalLogin,
    Variable::Smartphone,
    Variable::NeedsAssistance,
    Variable::MyNumberOnFile,
    Variable::Notice,
    Variable::NoticeMismatch,
    Variable::Role,
    Variable::NameChanged,
    Variable::Overseas,
];

/// A set of situations in a [`Diagrams`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Set(u32);

impl Set {
    pub(crate) const NONE: Set = Set(0);
    pub(crate) const ALL: Set = Set(1);

    pub(crate) fn is_empty(self) -> bool {
        self == Set::NONE
    }
}

/// Asks for the variable at `level`, and goes on with the set of its class.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    level: usize,
    of: Vec<Set>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Operation {
    And,
    Or,
    Minus,
}

/// The class of every variable.
pub(crate) type Point = [usize; VARIABLES];

/// Sets of situations over the same classes.
pub(crate) struct Diagrams {
    space: Space,
    /// How many classes there are on each level.
    sizes: [usize; VARIABLES],
    nodes: Vec<Node>,
    known: BTreeMap<Node, Set>,
    done: BTreeMap<(Operation, Set, Set), Set>,
}

impl Diagrams {
    pub(crate) fn over(space: Space) -> Diagrams {
        let sizes = ORDER.map(|variable| space.allowed(variable).count_ones() as usize);
        let end = || Node { level: VARIABLES, of: Vec::new() };
        Diagrams { space, sizes, nodes: vec![end(), end()], known: BTreeMap::new(), done: BTreeMap::new() }
    }

    pub(crate) fn space(&self) -> &Space {
        &self.space
    }

    /// How many nodes were ever needed.
    pub(crate) fn size(&self) -> usize {
        self.nodes.len()
    }

    fn level(&self, set: Set) -> usize {
        self.nodes.get(set.0 as usize).map_or(VARIABLES, |node| node.level)
    }

    fn size_of(&self, level: usize) -> usize {
        self.sizes.get(level).copied().unwrap_or_default()
    }

    /// The part of a set in a class of the variable of a level, which is not below that of the set.
    fn part(&self, set: Set, level: usize, class: usize) -> Set {
        match self.nodes.get(set.0 as usize) {
            Some(node) if node.level == level => node.of.get(class).copied().unwrap_or(Set::NONE),
            _ => set,
        }
    }

    /// Whether a situation lies in a set.
    #[cfg(test)]
    pub(crate) fn contains(&self, set: Set, point: &Point) -> bool {
        let mut set = set;
        while let Some(variable) = ORDER.get(self.level(set)) {
            set = self.part(set, self.level(set), point[*variable as usize]);
        }
        set == Set::ALL
    }

    /// A set as it is on the days of one class, whatever the day.
    pub(crate) fn on(&self, set: Set, as_of: usize) -> Set {
        // The day is what a diagram asks for first.
        self.part(set, 0, as_of)
    }

    fn node(&mut self, level: usize, of: Vec<Set>) -> Set {
        if let Some(first) = of.first()
            && of.iter().all(|other| other == first)
        {
            return *first;
        }
        let node = Node { level, of };
        if let Some(set) = self.known.get(&node) {
            return *set;
        }
        let set = Set(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node.clone());
        self.known.insert(node, set);
        set
    }

    /// The situations in a box.
    pub(crate) fn of_cube(&mut self, cube: &Cube) -> Set {
        let mut set = Set::ALL;
        for (level, variable) in ORDER.iter().enumerate().rev() {
            let within = |class| if cube.allows(*variable, class) { set } else { Set::NONE };
            let of = (0..self.size_of(level)).map(within).collect();
            set = self.node(level, of);
        }
        set
    }

    /// The situations in any of some boxes.
    pub(crate) fn of_cubes<'a>(&mut self, cubes: impl IntoIterator<Item = &'a Cube>) -> Set {
        let mut all = Set::NONE;
        for cube in cubes {
            let one = self.of_cube(cube);
            all = self.or(all, one);
        }
        all
    }

    /// The situations in any of some sets.
    pub(crate) fn union(&mut self, sets: impl IntoIterator<Item = Set>) -> Set {
        sets.into_iter().fold(Set::NONE, |all, set| self.or(all, set))
    }

    /// The situations in which some variables have the classes of one of these rows; each row in the order in which
    /// `variables` come in the diagram.
    pub(crate) fn of_rows(&mut self, variables: &[Variable], mut rows: Vec<Vec<u8>>) -> Set {
        let mut columns: Vec<(usize, usize)> = Vec::new();
        for (level, variable) in ORDER.iter().enumerate() {
            columns.extend(variables.iter().position(|one| one == variable).map(|column| (level, column)));
        }
        for row in &mut rows {
            let sorted = columns.iter().filter_map(|(_, column)| row.get(*column).copied()).collect();
            *row = sorted;
        }
        rows.sort_unstable();
        rows.dedup();
        let levels: Vec<usize> = columns.into_iter().map(|(level, _)| level).collect();
        self.of_sorted(&levels, &rows, 0)
    }

    fn of_sorted(&mut self, levels: &[usize], rows: &[Vec<u8>], depth: usize) -> Set {
        let Some(level) = levels.get(depth) else { return if rows.is_empty() { Set::NONE } else { Set::ALL } };
        let mut of = vec![Set::NONE; self.size_of(*level)];
        for rows in rows.chunk_by(|one, other| one.get(depth) == other.get(depth)) {
            let class = rows.first().and_then(|row| row.get(depth)).copied().unwrap_or_default();
            let part = self.of_sorted(levels, rows, depth + 1);
            if let Some(slot) = of.get_mut(usize::from(class)) {
                *slot = part;
            }
        }
        self.node(*level, of)
    }

    pub(crate) fn and(&mut self, one: Set, other: Set) -> Set {
        self.apply(Operation::And, one.min(other), one.max(other))
    }

    pub(crate) fn or(&mut self, one: Set, other: Set) -> Set {
        self.apply(Operation::Or, one.min(other), one.max(other))
    }

    /// What lies in `one` but not in `other`.
    pub(crate) fn minus(&mut self, one: Set, other: Set) -> Set {
        self.apply(Operation::Minus, one, other)
    }

    fn apply(&mut self, operation: Operation, one: Set, other: Set) -> Set {
        match operation {
            Operation::And if one.is_empty() || one == other => return one,
            Operation::And if one == Set::ALL => return other,
            Operation::Or if one.is_empty() || one == other => return other,
            Operation::Or if one == Set::ALL => return one,
            Operation::Minus if one.is_empty() || other.is_empty() => return one,
            Operation::Minus if one == other || other == Set::ALL => return Set::NONE,
            _ => {}
        }
        if let Some(done) = self.done.get(&(operation, one, other)) {
            return *done;
        }
        let level = self.level(one).min(self.level(other));
        let mut of = Vec::with_capacity(self.size_of(level));
        for class in 0..self.size_of(level) {
            let (mine, theirs) = (self.part(one, level, class), self.part(other, level, class));
            let (mine, theirs) = match operation {
                Operation::Minus => (mine, theirs),
                _ => (mine.min(theirs), mine.max(theirs)),
            };
            of.push(self.apply(operation, mine, theirs));
        }
        let made = self.node(level, of);
        self.done.insert((operation, one, other), made);
        made
    }

    /// How many situations a set holds.
    pub(crate) fn count(&self, set: Set) -> u128 {
        self.count_from(set, 0, &mut BTreeMap::new())
    }

    fn count_from(&self, set: Set, level: usize, known: &mut BTreeMap<Set, u128>) -> u128 {
        let own = self.level(set);
        let skipped: u128 = (level..own).map(|level| self.size_of(level) as u128).product();
        let inside = match (set, known.get(&set)) {
            (Set::NONE, _) => 0,
            (Set::ALL, _) => 1,
            (_, Some(count)) => *count,
            (_, None) => {
                let of = self.nodes.get(set.0 as usize).map_or(&[][..], |node| &node.of);
                let count = of.iter().map(|part| self.count_from(*part, own + 1, known)).sum();
                known.insert(set, count);
                count
            }
        };
        skipped * inside
    }

    /// The situation of a set in which the least is out of the ordinary: the classes that are not the `usual` ones
    /// count.
    pub(crate) fn plainest(&self, set: Set, usual: &Point) -> Option<Point> {
        let mut known = BTreeMap::new();
        self.oddity(set, usual, &mut known)?;
        let (mut point, mut set) = (*usual, set);
        while set != Set::ALL {
            let level = self.level(set);
            let variable = *ORDER.get(level)?;
            let class = known.get(&set)?.1;
            set = self.part(set, level, class);
            *point.get_mut(variable as usize)? = class;
        }
        Some(point)
    }

    /// How many classes of the plainest situation are not the usual ones, and its class here.
    fn oddity(&self, set: Set, usual: &Point, known: &mut BTreeMap<Set, (usize, usize)>) -> Option<usize> {
        if set == Set::NONE || set == Set::ALL {
            return (set == Set::ALL).then_some(0);
        }
        if let Some((oddity, _)) = known.get(&set) {
            return Some(*oddity);
        }
        let node = self.nodes.get(set.0 as usize)?;
        let variable = *ORDER.get(node.level)?;
        let ordinary = usual.get(variable as usize).copied();
        let mut best: Option<(usize, usize)> = None;
        for (class, part) in node.of.iter().enumerate() {
            if let Some(rest) = self.oddity(*part, usual, known) {
                let oddity = rest + usize::from(Some(class) != ordinary);
                // Of several just as plain, the latest days.
                if best.is_none_or(|(least, _)| oddity < least || (oddity == least && variable.values().is_none())) {
                    best = Some((oddity, class));
                }
            }
        }
        let best = best?;
        known.insert(set, best);
        Some(best.0)
    }

    /// Whether a set holds a whole box.
    fn covers(&self, set: Set, cube: &Cube, known: &mut BTreeMap<Set, bool>) -> bool {
        if set == Set::NONE || set == Set::ALL {
            return set == Set::ALL;
        }
        if let Some(covers) = known.get(&set) {
            return *covers;
        }
        let covers = self.nodes.get(set.0 as usize).is_some_and(|node| {
            ORDER.get(node.level).is_some_and(|variable| {
                let parts = node.of.iter().enumerate().filter(|(class, _)| cube.allows(*variable, *class));
                parts.into_iter().all(|(_, part)| self.covers(*part, cube, known))
            })
        });
        known.insert(set, covers);
        covers
    }

    /// A set in words: few and large boxes that hold all of it, and nothing else that is among `possible`; only the
    /// first ones if there are more than `most`.
    pub(crate) fn boxes(&mut self, set: Set, possible: Set, usual: &Point, most: usize) -> Vec<Cube> {
        let impossible = self.minus(Set::ALL, possible);
        let around = self.or(set, impossible);
        let mut boxes = Vec::new();
        let mut left = self.and(set, possible);
        while let Some(point) = self.plainest(left, usual)
            && boxes.len() < most
        {
            let cube = self.largest_around(&point, around, impossible);
            let one = self.of_cube(&cube);
            left = self.minus(left, one);
            boxes.push(cube);
        }
        if left.is_empty() { self.without_needless(boxes, set, possible) } else { boxes }
    }

    /// A box around a situation that cannot grow any more inside a set. A variable is left out as a whole, or has only
    /// classes that can be there.
    fn largest_around(&self, point: &Point, most: Set, impossible: Set) -> Cube {
        let mut cube = self.space;
        for (variable, class) in Variable::ALL.iter().zip(point) {
            cube = cube.with(*variable, 1 << class);
        }
        let grow = |cube: &mut Cube, variable: Variable, classes: u64| {
            let larger = cube.widened(variable, classes);
            if self.covers(most, &larger, &mut BTreeMap::new()) {
                *cube = larger;
            }
        };
        // What a member does not think of first is left out first.
        for variable in ORDER.iter().rev() {
            grow(&mut cube, *variable, self.space.allowed(*variable));
        }
        for (level, variable) in ORDER.iter().enumerate() {
            for class in 0..self.size_of(level) {
                let here = cube.widened(*variable, 1 << class).with(*variable, 1 << class);
                if !self.covers(impossible, &here, &mut BTreeMap::new()) {
                    grow(&mut cube, *variable, 1 << class);
                }
            }
        }
        cube
    }

    fn without_needless(&mut self, mut boxes: Vec<Cube>, set: Set, possible: Set) -> Vec<Cube> {
        let needed = self.and(set, possible);
        let mut number = boxes.len();
        while number > 0 {
            number -= 1;
            let others: Vec<Cube> =
                boxes.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, cube)| *cube).collect();
            let held = self.of_cubes(&others);
            if self.minus(needed, held).is_empty() {
                boxes = others;
            }
        }
        boxes
    }
}
