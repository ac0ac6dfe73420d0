// What wasm2js makes of the engine; only its bindings know what is in it.
export const memory: { buffer: ArrayBuffer };
