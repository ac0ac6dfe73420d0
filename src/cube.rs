//! Conditions as sets of situations: unions of boxes over the classes of the variables.

use std::cell::Cell;

use crate::error::Error;
use crate::limits::{MOST_CUBES, MOST_STEPS};
use crate::read::invalid;
use crate::situation::{Situation, VARIABLES, Variable};

/// A box: for each variable, the set of classes it allows, one bit a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cube {
    allowed: [u64; VARIABLES],
}

/// Which classes there are: the box that holds every situation.
pub(crate) type Space = Cube;

impl Cube {
    /// The whole space, from the number of classes of each variable.
    pub(crate) fn whole(classes: impl Fn(Variable) -> usize) -> Space {
        let mut allowed = [0; VARIABLES];
        for (slot, variable) in allowed.iter_mut().zip(Variable::ALL) {
            *slot = mask(classes(*variable));
        }
        Cube { allowed }
    }

    pub(crate) fn allowed(&self, variable: Variable) -> u64 {
        self.allowed.get(variable as usize).copied().unwrap_or_default()
    }

    /// This box, with one variable held to some classes.
    pub(crate) fn with(mut self, variable: Variable, classes: u64) -> Cube {
        if let Some(slot) = self.allowed.get_mut(variable as usize) {
            *slot &= classes;
        }
        self
    }

    /// This box, with more classes of one variable.
    pub(crate) fn widened(mut self, variable: Variable, classes: u64) -> Cube {
        if let Some(slot) = self.allowed.get_mut(variable as usize) {
            *slot |= classes;
        }
        self
    }

    pub(crate) fn allows(&self, variable: Variable, class: usize) -> bool {
        class < 64 && self.allowed(variable) >> class & 1 == 1
    }

    pub(crate) fn contains(&self, situation: &Situation) -> bool {
        Variable::ALL.iter().all(|variable| self.allows(*variable, situation.class(*variable)))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.allowed.contains(&0)
    }

    fn and(mut self, other: &Cube) -> Cube {
        for (slot, classes) in self.allowed.iter_mut().zip(&other.allowed) {
            *slot &= classes;
        }
        self
    }

    fn covers(&self, other: &Cube) -> bool {
        self.allowed.iter().zip(&other.allowed).all(|(mine, theirs)| theirs & !mine == 0)
    }

    /// The variables on which this box says less than everything.
    pub(crate) fn constrained<'a>(&'a self, space: &'a Space) -> impl Iterator<Item = Variable> + 'a {
        Variable::ALL.iter().copied().filter(|variable| self.allowed(*variable) != space.allowed(*variable))
    }

    /// The part of this box that `other` leaves, as disjoint boxes.
    fn minus(&self, other: &Cube) -> Vec<Cube> {
        let mut rest = *self;
        let mut left = Vec::new();
        for variable in Variable::ALL {
            let part = rest.with(*variable, !other.allowed(*variable));
            if !part.is_empty() {
                left.push(part);
            }
            rest = rest.with(*variable, other.allowed(*variable));
        }
        left
    }
}

/// How often boxes were compared with each other. A condition of few words can take ages to work out, and what counts
/// steps refuses the same file everywhere, on a slow machine as on a fast one.
///
/// From then on there is nothing in any region, and [`Effort::check`] says why.
#[derive(Default)]
pub(crate) struct Effort {
    steps: Cell<usize>,
    mistake: Cell<Option<Error>>,
}

impl Effort {
    /// Whether to go on.
    fn spend(&self, steps: usize) -> bool {
        let before = self.steps.get();
        self.steps.set(before.saturating_add(steps));
        if before <= MOST_STEPS && self.steps.get() > MOST_STEPS {
            self.refuse(invalid("the conditions up to this one are too intricate: write them more simply"));
        }
        self.steps.get() <= MOST_STEPS
    }

    fn refuse(&self, mistake: Error) {
        self.steps.set(usize::MAX);
        self.mistake.set(Some(mistake));
    }

    /// # Errors
    /// `invalid-profile` if what was worked out up to now is too much.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.mistake.take().map_or(Ok(()), Err)
    }
}

/// A set of situations: a union of boxes, none inside another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Region {
    cubes: Vec<Cube>,
}

impl From<Cube> for Region {
    fn from(cube: Cube) -> Region {
        Region { cubes: if cube.is_empty() { Vec::new() } else { vec![cube] } }
    }
}

impl Region {
    pub(crate) fn cubes(&self) -> &[Cube] {
        &self.cubes
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.cubes.is_empty()
    }

    /// Whether a situation lies in it.
    pub(crate) fn contains(&self, situation: &Situation) -> bool {
        self.cubes.iter().any(|cube| cube.contains(situation))
    }

    /// Adds a box to those there are.
    fn add(&mut self, cube: Cube, effort: &Effort) {
        if !effort.spend(self.cubes.len() + 1) {
            self.cubes.clear();
        } else if !cube.is_empty() && !self.cubes.iter().any(|mine| mine.covers(&cube)) {
            self.cubes.retain(|mine| !cube.covers(mine));
            self.cubes.push(cube);
            if self.cubes.len() > MOST_CUBES {
                effort.refuse(invalid(format!(
                    "a condition splits into more than {MOST_CUBES} cases: write it as several rules"
                )));
            }
        }
    }

    pub(crate) fn or(&self, other: &Region, effort: &Effort) -> Region {
        let mut whole = self.clone();
        for cube in &other.cubes {
            whole.add(*cube, effort);
        }
        whole
    }

    pub(crate) fn and(&self, other: &Region, effort: &Effort) -> Region {
        let mut common = Region::default();
        for mine in &self.cubes {
            for theirs in &other.cubes {
                common.add(mine.and(theirs), effort);
            }
        }
        common
    }

    /// What lies here but not in `other`.
    pub(crate) fn minus(&self, other: &Region, effort: &Effort) -> Region {
        let mut rest = self.clone();
        for cube in &other.cubes {
            let mut left = Region::default();
            for mine in &rest.cubes {
                effort.spend(VARIABLES);
                for part in mine.minus(cube) {
                    left.add(part, effort);
                }
            }
            rest = left;
        }
        rest
    }

    /// The same set as all its largest boxes, so that the box with the fewest constraints on a situation names the
    /// smallest set of facts that puts it here.
    pub(crate) fn primes(self, effort: &Effort) -> Region {
        let mut region = self;
        while let Some(larger) = region.consensus(effort) {
            region.add(larger, effort);
        }
        region
    }

    /// A box inside the region that none of its boxes covers: two boxes joined along one variable.
    fn consensus(&self, effort: &Effort) -> Option<Cube> {
        for (index, one) in self.cubes.iter().enumerate() {
            for other in self.cubes.iter().skip(index + 1) {
                if !effort.spend(VARIABLES) {
                    return None;
                }
                let common = one.and(other);
                let apart = common.allowed.iter().filter(|classes| **classes == 0).count();
                for variable in Variable::ALL {
                    // Joined along one variable, they have to have something in common in all others.
                    if apart > usize::from(common.allowed(*variable) == 0) {
                        continue;
                    }
                    let consensus = common.widened(*variable, one.allowed(*variable) | other.allowed(*variable));
                    effort.spend(self.cubes.len());
                    if !self.cubes.iter().any(|mine| mine.covers(&consensus)) {
                        return Some(consensus);
                    }
                }
            }
        }
        None
    }
}

/// As many low bits as there are classes.
pub(crate) fn mask(classes: usize) -> u64 {
    1u64.checked_shl(u32::try_from(classes).unwrap_or(u32::MAX)).map_or(u64::MAX, |bit| bit - 1)
}
