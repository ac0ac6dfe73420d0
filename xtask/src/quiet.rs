//! The engine without what a panic would say, and without what pads a text. Nothing in it is to panic; if something did,
//! it would stop at once, and nobody is there to read in whose code.

use std::ops::Range;
use std::path::Path;

use walrus::ir::{Call, Instr, InstrLocId, LocalGet, Unreachable, Value};
use walrus::{ConstExpr, DataKind, FunctionKind, Module};

use crate::Outcome;

/// What the names of functions have in common that are there for panics alone.
const PANICS: [&str; 5] =
    ["9panicking", "13unwrap_failed", "13expect_failed", "16slice_index_fail", "17len_mismatch_fail"];
/// What the standard library says in them.
const MESSAGES: [&str; 20] = [
    "attempt to add with overflow",
    "attempt to multiply with overflow",
    "attempt to subtract with overflow",
    "attempt to shift left with overflow",
    "attempt to divide by zero",
    "attempt to calculate the remainder with a divisor of zero",
    "attempt to join into collection with len > usize::MAX",
    "called `Option::unwrap()` on a `None` value",
    "a Display implementation returned an error unexpectedly",
    "index out of bounds: the len is ",
    " but the index is ",
    "slice index starts at ",
    "range start index ",
    "range end index ",
    " out of range for slice of length ",
    "insertion index (is ",
    "copy_from_slice: source slice length (",
    "Tried to shrink to a larger capacity",
    "RefCell already mutably borrowed",
    "RefCell already borrowed",
];
/// What writes a text with space around it, and what writes it as it is: the engine pads numbers, and never texts.
const PADS: &str = "9Formatter3pad";
const WRITES: &str = "9Formatter9write_str";
/// A place in the code: where its file's name is, how long that is, the line and the column, four bytes each.
const PLACE: usize = 16;

/// Reads wasm as the compiler made it, and gives it back without.
pub(crate) fn without_panics(wasm: &Path) -> Outcome<Vec<u8>> {
    let mut module = Module::from_file(wasm)?;
    for function in module.funcs.iter_mut() {
        let is_panic = function.name.as_ref().is_some_and(|name| PANICS.iter().any(|part| name.contains(part)));
        if let FunctionKind::Local(local) = &mut function.kind
            && is_panic
        {
            let entry = local.entry_block();
            local.block_mut(entry).instrs = vec![(Instr::Unreachable(Unreachable {}), InstrLocId::default())];
        }
    }
    let data: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    for id in data {
        let data = module.data.get_mut(id);
        if let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind {
            clear_places(&mut data.value, usize::try_from(start)?);
            clear_messages(&mut data.value);
        }
    }
    pad_nothing(&mut module)?;
    Ok(module.emit_wasm())
}

/// Has texts written as they are.
fn pad_nothing(module: &mut Module) -> Outcome {
    let named = |end: &str| {
        let is_named =
            |name: &String| name.split_once(end).is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with("17h"));
        module.funcs.iter().find(|function| function.name.as_ref().is_some_and(is_named)).map(walrus::Function::id)
    };
    let (Some(pads), Some(writes)) = (named(PADS), named(WRITES)) else {
        return Err("the standard library writes texts by other names than it did".into());
    };
    if module.funcs.get(pads).ty() != module.funcs.get(writes).ty() {
        return Err("what pads texts takes something else than what writes them".into());
    }
    let FunctionKind::Local(local) = &mut module.funcs.get_mut(pads).kind else {
        return Err("what pads texts is not in the module".into());
    };
    let mut instructions: Vec<Instr> = Vec::new();
    for local in local.args.clone() {
        instructions.push(LocalGet { local }.into());
    }
    instructions.push(Call { func: writes }.into());
    let entry = local.entry_block();
    local.block_mut(entry).instrs =
        instructions.into_iter().map(|instruction| (instruction, InstrLocId::default())).collect();
    Ok(())
}

/// Clears the places in the code, and the names of files they lead to.
fn clear_places(memory: &mut [u8], start: usize) {
    let places: Vec<(usize, Range<usize>)> =
        (0..memory.len()).step_by(4).filter_map(|at| Some((at, file_of(memory, start, at)?))).collect();
    for (at, file) in places {
        for part in [at..at + PLACE, file] {
            memory.get_mut(part).into_iter().for_each(|bytes| bytes.fill(0));
        }
    }
}

fn clear_messages(memory: &mut [u8]) {
    for message in MESSAGES.map(str::as_bytes) {
        while let Some(at) = memory.windows(message.len()).position(|part| part == message) {
            memory.get_mut(at..at + message.len()).into_iter().for_each(|bytes| bytes.fill(0));
        }
    }
}

/// Where the name of the file stands, if something is a place in the code.
fn file_of(memory: &[u8], start: usize, at: usize) -> Option<Range<usize>> {
    let word = |at: usize| -> Option<usize> {
        let bytes = memory.get(at..at + 4)?;
        usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
    };
    let (name, length, line, column) = (word(at)?.checked_sub(start)?, word(at + 4)?, word(at + 8)?, word(at + 12)?);
    let file = name..name.checked_add(length)?;
    let is_file = memory.get(file.clone())?.ends_with(b".rs") && length < 300;
    (is_file && (1..100_000).contains(&line) && (1..1_000).contains(&column)).then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_cleared_and_nothing_else() {
        let place = |name: u32, length: u32, line: u32| [name, length, line, 9].map(u32::to_le_bytes).concat();
        let mut memory = [
            b"src/bits.rsno".to_vec(),
            vec![1; 3],
            place(100, 11, 7),
            place(100, 13, 7),
            place(100, 11, 0),
            place(100, 11, 12),
        ]
        .concat();
        let other = memory[32..64].to_vec();
        clear_places(&mut memory, 100);
        assert_eq!(memory, [vec![0; 11], b"no".to_vec(), vec![1; 3], vec![0; 16], other, vec![0; 16]].concat());
    }

    #[test]
    fn messages_are_cleared_wherever_they_are() {
        let mut memory = b"no range end index range end indexattempt to add".to_vec();
        clear_messages(&mut memory);
        assert_eq!(memory, [b"no ".as_slice(), &[0; 16], b"range end indexattempt to add"].concat());
    }
}
