//! The rules files, read by the engine itself.

use std::path::Path;

use shikaku_navi::{Day, Error, Plain, Profile, Rulebook};

use crate::{Outcome, tree};

/// The rules files behind a rulebook.
pub(crate) struct Profiles {
    pub(crate) national: Profile,
    pub(crate) own: Option<Profile>,
}

impl Profiles {
    pub(crate) fn rulebook(&self) -> Result<Rulebook, Error> {
        Rulebook::new(&self.national, self.own.as_ref())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Profile> {
        std::iter::once(&self.national).chain(&self.own)
    }
}

/// The insurers there are files for, then `national`.
pub(crate) fn insurers() -> Outcome<Vec<String>> {
    let mut insurers = Vec::new();
    for entry in std::fs::read_dir(tree::www().join("rules/insurers"))? {
        insurers.extend(entry?.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    }
    insurers.sort();
    insurers.push("national".to_owned());
    Ok(insurers)
}

/// The rulebook of an insurer, or why there is none.
pub(crate) fn rulebook(insurer: &str) -> Outcome<Result<Rulebook, Error>> {
    Ok(profiles(insurer)?.and_then(|profiles| profiles.rulebook()))
}

/// What the rules of an insurer come to, for whoever cannot go on without.
pub(crate) fn needed<T>(insurer: &str, found: Result<T, Error>) -> Outcome<T> {
    Ok(found.map_err(|error| format!("the rules of {insurer}: {error}"))?)
}

/// The rules files of an insurer, or why there are none.
pub(crate) fn profiles(insurer: &str) -> Outcome<Result<Profiles, Error>> {
    profiles_in(&tree::www().join("rules"), insurer)
}

fn profiles_in(rules: &Path, insurer: &str) -> Outcome<Result<Profiles, Error>> {
    let named_like_one = insurer.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let file = rules.join("insurers").join(format!("{insurer}.json"));
    let own = match insurer {
        "national" => None,
        _ if named_like_one && file.exists() => Some(read(&file)?),
        _ => return Ok(Err(Error::unknown_insurer(insurer))),
    };
    let national = read(&rules.join("national.json"))?;
    Ok(national.and_then(|national| {
        let own = own.transpose()?;
        if let Some(own) = own.as_ref().filter(|own| own.id != insurer) {
            let message = format!("its `id` is `{}`, but the file is named {insurer}.json: they have to agree", own.id);
            return Err(Error::invalid_profile(message));
        }
        Ok(Profiles { national, own })
    }))
}

/// Fails at the first rules file that cannot be used, with its place.
pub(crate) fn check() -> Outcome {
    for insurer in insurers()? {
        needed(&insurer, rulebook(&insurer)?)?;
    }
    Ok(())
}

/// Fails at the first rules file that had to be looked at again before `today`.
pub(crate) fn check_reviewed(today: Day) -> Outcome {
    for insurer in insurers()? {
        let profiles = needed(&insurer, profiles(&insurer)?)?;
        if let Some(Profile { id, review_by, .. }) = profiles.iter().find(|profile| profile.review_by < today) {
            return Err(format!(
                "the rules of {id} had to be reviewed by {review_by}, and it is {today}: compare them with their \
                 sources, then set `version` and `reviewBy` anew"
            )
            .into());
        }
    }
    Ok(())
}

fn read(file: &Path) -> Outcome<Result<Profile, Error>> {
    let text = std::fs::read(file)?;
    let read: Result<Plain, _> = serde_json::from_slice(&text);
    Ok(read.map_err(|error| Error::invalid_profile(format!("{}: {error}", file.display()))).and_then(Profile::read))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_file_takes_nobody_else_down() {
        let folder = tempfile::tempdir().unwrap();
        let rules = folder.path();
        std::fs::create_dir(rules.join("insurers")).unwrap();
        std::fs::copy(tree::www().join("rules/national.json"), rules.join("national.json")).unwrap();
        let rokin = std::fs::read_to_string(tree::www().join("rules/insurers/rokin.json")).unwrap();
        let deep = "[".repeat(100_000);
        let other = rokin.replacen("\"registered\"", "\"gold\"", 1);
        for (id, text) in
            [("rokin", &*rokin), ("deep", &deep), ("cut", "{ \"id\": \"cu"), ("empty", ""), ("other", &other)]
        {
            std::fs::write(rules.join(format!("insurers/{id}.json")), text).unwrap();
        }
        let refused =
            |id: &str| profiles_in(rules, id).unwrap().and_then(|found| found.rulebook()).unwrap_err().to_string();
        assert!(refused("deep").contains("deep.json: recursion limit exceeded at line 1"), "{}", refused("deep"));
        assert!(refused("cut").contains("cut.json: EOF while parsing"), "{}", refused("cut"));
        assert!(refused("empty").contains("empty.json: EOF while parsing"), "{}", refused("empty"));
        assert!(refused("other").contains(": `gold` is not a value of `card`"), "{}", refused("other"));
        assert_eq!(profiles_in(rules, "rokin").unwrap().unwrap().rulebook().unwrap().insurer(), "rokin");
    }

    #[test]
    fn rules_are_used_up_to_the_day_by_which_they_are_to_be_reviewed() {
        let all = insurers().unwrap().into_iter().map(|insurer| profiles(&insurer).unwrap().unwrap());
        let last = all.filter_map(|profiles| profiles.iter().map(|one| one.review_by).min()).min().unwrap();
        check_reviewed(last).unwrap();
        let error = check_reviewed(last.plus_days(1)).unwrap_err().to_string();
        let said = format!(" had to be reviewed by {last}, and it is {}: ", last.plus_days(1));
        assert!(error.contains(&said), "{error}");
    }
}
