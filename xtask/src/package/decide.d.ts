// What wasm-bindgen generates beside the wasm that only decides, as the package uses it.
import type { Error } from "../engine/types.d.ts";

/** Decides in numbers. */
export class Decider {
  private constructor();
  /** Where facts are told in numbers. */
  told(): number;
  /** Tells facts in whatever form, if they can be read. */
  read(facts: unknown): boolean;
  /** Which guidance is given: where the bits are, or 0. */
  decide(): number;
  /** Why there was no answer. */
  failure(into: object): void;
  /** Gives the memory back; the object cannot be used afterwards. */
  free(): void;
}

export interface Engine {
  /** Reads rules that were made ready, and puts the result into an object. */
  loadDecider(written: Uint8Array, into: { decider: Decider } | { error: Error }): void;
  memory: WebAssembly.Memory;
}

/** What the wasm calls. */
export const imports: WebAssembly.Imports;
/** Says which wasm the bindings are to call. */
export function bind(instance: WebAssembly.Instance): Engine;
