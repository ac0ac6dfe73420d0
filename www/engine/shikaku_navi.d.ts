// What wasm-bindgen generates beside the wasm, as the page uses it.
import type { Error, Facts, Guidance, Section } from "./types.d.ts";

type Failure = { error: Error };
export type Loaded = { navi: Navi } | Failure;
export type Read = { day: string; era: string } | Failure;

/** A rulebook; `navi.js` makes answers of its numbers. */
export class Navi {
  private constructor();
  /** The words that numbers stand for. */
  words(): string;
  /** Where in the memory facts are told as numbers: seven of 32 bits. */
  told(): number;
  /** Tells facts as a caller has them, if they can be read. */
  read(facts: Facts): boolean;
  /** Where in the memory the answer to what was told lies; 0 if there is none. Its likeness is asked for before its
   * assessment. */
  likeness(): number;
  assess(): number;
  decide(): number;
  questions(): number;
  circumstances(): number;
  /** Puts into an object why there was none. */
  failure(into: Failure): void;
  free(): void;
}

/** The engine, as wasm or as plain JavaScript. */
export interface Engine {
  /** Puts an insurer's rules on top of the national ones, both as parsed JSON, and the result into an object. */
  load(national: unknown, insurer: unknown, into: Loaded): void;
  /** Reads a date as a person writes it, and puts it into an object. */
  readDay(text: string, into: Read): void;
  /** The section of the sheet in which a piece of guidance stands. */
  sectionOf(guidance: Guidance): Section;
  /** The day it is in Japan now, wherever the device is. */
  todayInJapan(): string;
  memory: { readonly buffer: ArrayBuffer };
}

/** What the wasm calls. */
export const imports: WebAssembly.Imports;
/** Says which wasm the bindings are to call. */
export function bind(instance: WebAssembly.Instance): Engine;
