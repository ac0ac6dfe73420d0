//! Conjunctions, worked out for a block with what they share worked out once.
//!
//! A condition holds for the members of one of some classes, or of none of them. Conditions that occur more than once
//! are worked out once, and conjunctions that begin alike share their beginnings; so that many do, the most frequent
//! conditions come first.

use std::collections::BTreeMap;

use crate::block::Block;

/// Conditions that all have to hold, and what holds then.
#[derive(Clone, Debug)]
pub struct Conjunction {
    /// The conditions.
    pub all: Vec<Among>,
    /// The number of the sum to which it belongs: sums hold where one of their conjunctions does.
    pub gives: usize,
}

/// That a member is in one of some classes, or, if `outside`, in none of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Among {
    /// The classes, by their numbers in the list that the program is run on.
    pub classes: Vec<usize>,
    /// Whether it is about everybody else.
    pub outside: bool,
}

/// A sum that is added to another wherever a third, the guard, does not hold.
#[derive(Clone, Copy, Debug)]
pub struct Unless {
    /// The sum that is added.
    pub sum: usize,
    /// Where it is not.
    pub guard: usize,
    /// What it is added to.
    pub to: usize,
}

/// Conjunctions, ready to be worked out.
#[derive(Clone, Debug, Default)]
pub struct Program {
    conditions: Vec<Among>,
    steps: Vec<Step>,
    unless: Vec<Unless>,
    sums: usize,
    conjunctions: usize,
}

/// One more condition on top of the first `depth` ones of the step before.
#[derive(Clone, Copy, Debug)]
struct Step {
    depth: usize,
    condition: usize,
    gives: Option<usize>,
}

/// Where a program works; made once, used for every block.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    conditions: Vec<Block>,
    path: Vec<Block>,
    sums: Vec<Block>,
}

impl Program {
    /// Brings conjunctions into the order in which they share most.
    #[must_use]
    pub fn new(conjunctions: &[Conjunction], unless: Vec<Unless>, sums: usize) -> Program {
        let mut uses: BTreeMap<&Among, usize> = BTreeMap::new();
        for among in conjunctions.iter().flat_map(|conjunction| &conjunction.all) {
            *uses.entry(among).or_default() += 1;
        }
        let mut conditions: Vec<(&Among, usize)> = uses.into_iter().collect();
        conditions.sort_by_key(|(_, uses)| std::cmp::Reverse(*uses));
        let numbers: BTreeMap<&Among, usize> =
            conditions.iter().enumerate().map(|(n, (among, _))| (*among, n)).collect();
        // The first condition of all conjunctions is the one that always holds; it has the number after the others.
        let always = conditions.len();
        let mut sorted: Vec<(Vec<usize>, usize)> = conjunctions
            .iter()
            .map(|conjunction| {
                let mut all: Vec<usize> =
                    conjunction.all.iter().filter_map(|among| numbers.get(among).copied()).collect();
                all.sort_unstable();
                all.dedup();
                (all, conjunction.gives)
            })
            .collect();
        sorted.sort();
        sorted.dedup();
        let mut steps: Vec<Step> = Vec::new();
        let mut path: &[usize] = &[];
        for (all, gives) in &sorted {
            let shared = path.iter().zip(all).take_while(|(one, other)| one == other).count();
            steps.extend(all.iter().enumerate().skip(shared).map(|(depth, condition)| Step {
                depth,
                condition: *condition,
                gives: None,
            }));
            match steps.last_mut().filter(|_| shared < all.len()) {
                Some(last) => last.gives = Some(*gives),
                None => steps.push(Step { depth: all.len(), condition: always, gives: Some(*gives) }),
            }
            path = all;
        }
        let everybody = Among { classes: Vec::new(), outside: true };
        let conditions = conditions.into_iter().map(|(among, _)| among.clone()).chain([everybody]).collect();
        Program { conditions, steps, unless, sums, conjunctions: sorted.len() }
    }

    /// How many conjunctions there are, each counted once.
    #[must_use]
    pub fn conjunctions(&self) -> usize {
        self.conjunctions
    }

    /// How many words it works on for 64 members: how many ANDs and ORs, each of which reads two and writes one.
    #[must_use]
    pub fn operations(&self) -> usize {
        let conditions: usize =
            self.conditions.iter().map(|among| among.classes.len() + usize::from(among.outside)).sum();
        let sums = self.steps.iter().filter(|step| step.gives.is_some()).count();
        conditions + self.steps.len() + sums + 2 * self.unless.len()
    }

    /// Works out every sum for the members of a block, of whom `classes` says which class each is in.
    pub fn run<'a>(&self, classes: &[Block], workspace: &'a mut Workspace) -> &'a mut [Block] {
        let Workspace { conditions, path, sums } = workspace;
        conditions.clear();
        conditions.extend(self.conditions.iter().map(|among| {
            let mut found = Block::NONE;
            for block in among.classes.iter().filter_map(|class| classes.get(*class)) {
                found |= *block;
            }
            if among.outside { !found } else { found }
        }));
        path.clear();
        path.resize(self.steps.iter().map(|step| step.depth + 2).max().unwrap_or(1), Block::ALL);
        sums.clear();
        sums.resize(self.sums, Block::NONE);
        for step in &self.steps {
            let Some([before, after]) = path.get_mut(step.depth..).and_then(|path| path.first_chunk_mut()) else {
                continue;
            };
            let Some(condition) = conditions.get(step.condition) else { continue };
            *after = *before & *condition;
            if let Some(sum) = step.gives.and_then(|gives| sums.get_mut(gives)) {
                *sum |= *after;
            }
        }
        for unless in &self.unless {
            let (sum, guard) = (sums.get(unless.sum).copied(), sums.get(unless.guard).copied());
            if let (Some(sum), Some(guard), Some(to)) = (sum, guard, sums.get_mut(unless.to)) {
                *to |= sum & !guard;
            }
        }
        sums
    }
}

/// Who has which number, from the bits of the numbers, lowest first: one block a number.
pub fn classes(bits: &[Block], found: &mut [Block]) {
    let count = found.len();
    let Some(first) = found.first_mut() else { return };
    *first = Block::ALL;
    for (level, bit) in bits.iter().enumerate().rev() {
        // So far, `found` holds who has which number without its lowest bits.
        for number in (0..count.div_ceil(2 << level)).rev() {
            let all = found.get(number).copied().unwrap_or_default();
            if let Some(odd) = found.get_mut(2 * number + 1) {
                *odd = all & *bit;
            }
            if let Some(even) = found.get_mut(2 * number) {
                *even = all & !*bit;
            }
        }
    }
}
