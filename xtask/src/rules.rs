//! The rules files, read by the engine itself.

use std::path::Path;

use shikaku_navi::{Error, Plain, Profile, Rulebook};

use crate::{Outcome, tree};

/// The rulebook of an insurer, or why there is none.
pub(crate) fn rulebook(insurer: &str) -> Outcome<Result<Rulebook, Error>> {
    let rules = tree::www().join("rules");
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
        if let Some(own) = &own {
            let id = Profile::read(own.clone())?.id;
            if id != insurer {
                let message = format!("its `id` is `{id}`, but the file is named {insurer}.json: they have to agree");
                return Err(Error::invalid_profile(message));
            }
        }
        Rulebook::read(national, own)
    }))
}

/// Fails at the first rules file that cannot be used, with its place.
pub(crate) fn check() -> Outcome {
    for entry in std::fs::read_dir(tree::www().join("rules/insurers"))? {
        let path = entry?.path();
        let insurer = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        rulebook(&insurer)?.map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

fn read(file: &Path) -> Outcome<Result<Plain, Error>> {
    let text = std::fs::read(file)?;
    Ok(serde_json::from_slice(&text).map_err(|error| Error::invalid_profile(format!("{}: {error}", file.display()))))
}
