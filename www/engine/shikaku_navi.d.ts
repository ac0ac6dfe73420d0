// What wasm-bindgen generates beside the wasm, as the page uses it.
import type { Assessment, Error, Facts, Guidance, Question, Section } from "./types.d.ts";

type Failure = { error: Error };

export class Navi {
  private constructor();
  /** What can be said of these facts. */
  assess(facts: Facts): Assessment | Failure;
  /** All facts worth asking about, the next one first. */
  questions(facts: Facts): Question[] | Failure;
  /** The circumstances that could still change the guidance, each with the answers that would. */
  circumstances(facts: Facts): Question[] | Failure;
  /** Gives the memory back; the object cannot be used afterwards. */
  free(): void;
}

/** Puts an insurer's rules on top of the national ones; both as parsed JSON. */
export function load(national: unknown, insurer?: unknown): Navi | Failure;
/** Reads a date as a person writes it. */
export function readDay(text: string): { day: string; era: string } | Failure;
/** The section of the sheet in which a piece of guidance stands. */
export function sectionOf(guidance: Guidance): Section;
/** The day it is in Japan now, wherever the device is. */
export function todayInJapan(): string;

type Source = BufferSource | Response | WebAssembly.Module | Promise<Response>;
export default function start(options: { module_or_path: Source }): Promise<unknown>;
