import * as fs from "node:fs";
import type { PolicyFailure } from "./policy-error.js";

/** Taken here, before policies are kept from them. */
const { openSync, readFileSync, writeSync } = fs;
const CALLS = 0;
const DEPTH = 1;
const HOOK = 2;
const THREAD = 3;
const NAMES = 4;
const FAILURE = 5;
const WORDS = 6;
const TIME_AT = WORDS * 4;
const NAMES_AT = TIME_AT + 8;
const NAMES_BYTES = 4096;
const FAILURE_AT = NAMES_AT + NAMES_BYTES;
const BYTES = FAILURE_AT + 4096;

/**
 * What a thread that runs policies of a user's own is doing, in memory that its parent can read while it is busy: how many
 * calls it has made, which one is under way, and at what virtual time.
 */
export class Progress {
  private readonly words: Int32Array;
  private readonly moment: Float64Array;
  private readonly names: Uint8Array;
  private readonly told: Uint8Array;
  private readonly bytes: Uint8Array;
  private file: number | null = null;

  constructor(readonly shared = new SharedArrayBuffer(BYTES)) {
    this.words = new Int32Array(shared, 0, WORDS);
    this.moment = new Float64Array(shared, TIME_AT, 1);
    this.names = new Uint8Array(shared, NAMES_AT, NAMES_BYTES);
    this.told = new Uint8Array(shared, FAILURE_AT);
    this.bytes = new Uint8Array(shared);
  }

  /** From now on all of this is in a file before each call, for whoever outlives the process. */
  note(path: string): void {
    this.file = openSync(path, "w");
  }

  /** What was noted last. */
  static noted(path: string): Progress {
    const progress = new Progress();
    progress.bytes.set(readFileSync(path).subarray(0, BYTES));
    return progress;
  }

  /** A new run begins in this thread. */
  begin(thread: number): void {
    this.words.fill(0);
    this.words[THREAD] = thread;
  }

  /** Numbers hooks in the order in which they are first called. */
  register(name: string): number {
    const bytes = new TextEncoder().encode(`${name}\n`);
    const length = this.words[NAMES]!;
    if (length + bytes.length <= this.names.length) {
      this.names.set(bytes, length);
      this.words[NAMES] = length + bytes.length;
    }
    return this.hooks.length - 1;
  }

  enter(hook: number, time: number, depth: number): void {
    this.moment[0] = time;
    this.words[HOOK] = hook;
    this.words[DEPTH] = depth;
    Atomics.add(this.words, CALLS, 1);
    if (this.file !== null) writeSync(this.file, this.bytes, 0, BYTES, 0);
  }

  leave(hook: number, depth: number): void {
    this.words[HOOK] = hook;
    Atomics.store(this.words, DEPTH, depth);
  }

  /** What went wrong first, for the case that this thread comes no more to telling it. */
  tell(failure: PolicyFailure): void {
    const bytes = new TextEncoder().encode(JSON.stringify(failure));
    if (bytes.length > this.told.length) return;
    this.told.set(bytes);
    Atomics.store(this.words, FAILURE, bytes.length);
  }

  get failure(): PolicyFailure | null {
    const length = Atomics.load(this.words, FAILURE);
    return length === 0 ? null : (JSON.parse(new TextDecoder().decode(this.told.slice(0, length))) as PolicyFailure);
  }

  get calls(): number {
    return Atomics.load(this.words, CALLS);
  }

  /** Whether a call is under way. */
  get isInside(): boolean {
    return Atomics.load(this.words, DEPTH) > 0;
  }

  get thread(): number {
    return this.words[THREAD]!;
  }

  get time(): number {
    return this.moment[0]!;
  }

  /** The hook that is under way, or was last. */
  get hook(): string {
    return this.hooks[this.words[HOOK]!] ?? "";
  }

  private get hooks(): string[] {
    const text = new TextDecoder().decode(this.names.slice(0, this.words[NAMES]));
    return text.split("\n").slice(0, -1);
  }
}
