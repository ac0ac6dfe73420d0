// What wasm-bindgen generates beside the wasm for many members, as the package uses it.
import type { Error, Fact, Guidance } from "../engine/types.d.ts";

type Failure = { error: Error };

type DateFact = "asOf" | "enrolledOn" | "endedOn" | "certificateExpiresOn" | "cardCertificateExpiresOn" | "bornOn";
/**
 * The facts of many members, a typed array a fact, all of one length; one with a single entry is everybody's. What has no
 * column is not told, and `asOf` is then today in Japan.
 *
 * A date is so many days after 1970-01-01, -2147483648 if it is not told. Any other fact is 0 if it is not told, else 1
 * for the first value of its type, 2 for the second, and so on; `false` is 1 and `true` is 2.
 */
export type Columns = { [F in Fact]?: F extends DateFact ? Int32Array : Uint8Array };
/** The classes in which members are, a column for each variable of the rules. */
export type Classes = Record<string, Uint8Array>;
/** What many members are told. */
export type Many = {
  /** What each bit of a row stands for, from the lowest of its first word on. */
  guidance: Guidance[];
  /** How many words a row has. */
  words: number;
  /**
   * A row for each member: the bits of `guidance`, and a last word that is 0. Where it is not, no bit is set, its lowest
   * eight bits are the number of the kind of error among `ErrorKind`, from 1 on, and the next eight that of the fact
   * concerned among `Fact`, from 1 on, if there is one.
   */
  rows: Uint32Array;
};

export class Members {
  private constructor();
  /** What many members are told, by their facts or by what `classesOf` gave. Whose facts cannot be is marked in their row. */
  assess(columns: Columns | Classes, into: Many | Failure): void;
  /** The classes in which members are: `assess` takes them faster than facts, and need not look at dates again. */
  classesOf(columns: Columns, into: Classes | Failure): void;
  /** Gives the memory back; the object cannot be used afterwards. */
  free(): void;
}

export interface Engine {
  /** Puts an insurer's rules on top of the national ones, both as parsed JSON, and the result into an object. */
  loadMany(national: unknown, insurer: unknown, into: { members: Members } | Failure): void;
}

/** What the wasm calls. */
export const imports: WebAssembly.Imports;
/** Says which wasm the bindings are to call. */
export function bind(instance: WebAssembly.Instance): Engine;
