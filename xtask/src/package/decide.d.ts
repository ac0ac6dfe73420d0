// What wasm-bindgen generates beside the wasm that only decides, as the package uses it.
import type { Navi } from "../engine/shikaku_navi.d.ts";
import type { Error } from "../engine/types.d.ts";

/** Decides in numbers. */
export type Decider = Pick<Navi, "decide" | "failure" | "free" | "read" | "told">;

export interface Engine {
  /** Reads rules that were made ready, and puts the result into an object. */
  loadDecider(written: Uint8Array, into: { decider: Decider } | { error: Error }): void;
  memory: WebAssembly.Memory;
}

/** What the wasm calls. */
export const imports: WebAssembly.Imports;
/** Says which wasm the bindings are to call. */
export function bind(instance: WebAssembly.Instance): Engine;
