import { INSTALLED, NIL, type RunRecord, UNDONE, isShowing } from "../../record/record.js";
import { firstAtLeast } from "../shown-then.js";
import { type Verdict, holds, violated } from "../verdict.js";
import { Words } from "../words.js";
import { Registers, hasBit, mayKeep } from "./registers.js";
import { type Sequence, sequenceOf } from "./sequence.js";

/**
 * Does every replica show, at every moment, what some first part of one sequence of writes leaves (Terry 2013)? The
 * sequence is that in which they took effect (`sequence.ts`). A replica may be behind, but what it shows was once the state
 * of everything: no write without those before it.
 */
export function checkConsistentPrefix(record: RunRecord): Verdict {
  const { versions, replicas } = record;
  const registers = new Registers(record);
  const sequence = sequenceOf(record);
  const prefixes = Array.from({ length: registers.regions }, (_, region) =>
    hasBit(replicas, region) ? new Prefix(record, registers, region, sequence) : null,
  );
  let moments = 0;
  for (let from = 0; from < versions.time.length; ) {
    let to = from;
    for (; to < versions.time.length && versions.time[to] === versions.time[from]; to++) {
      const prefix = prefixes[versions.region[to]!]!;
      registers.apply(to);
      prefix?.applied(to);
    }
    for (const prefix of prefixes) {
      if (prefix === null || !prefix.isTouched) continue;
      moments++;
      const missing = prefix.settle(to);
      if (missing !== null) return broken(record, registers, to - 1, prefix, missing);
    }
    from = to;
  }
  return holds(`replicas showed a prefix of ${sequence.writes.length} writes at ${moments} moments`, { moments });
}

/** What one region shows against what the first writes of the sequence leave. */
class Prefix {
  /** By key index: what the prefix leaves. */
  private readonly expected: Int32Array;
  private readonly differing = new Set<number>();
  /** So many writes of the sequence are in the prefix. */
  length = 0;
  private furthest = 0;
  /** The furthest write may be shown no more, and is looked for again. */
  private isReset = false;
  isTouched = false;

  constructor(
    private readonly record: RunRecord,
    private readonly registers: Registers,
    readonly region: number,
    private readonly sequence: Sequence,
  ) {
    this.expected = new Int32Array(registers.keys.ids.length).fill(NIL);
  }

  /** The registers have just taken in a row of this region. */
  applied(row: number): void {
    this.isTouched = true;
    const { what, write, previous } = this.record.versions;
    const key = this.record.operations.key[write[row]!]!;
    const length = this.sequence.place[write[row]!]! + 1;
    if (what[row] === UNDONE || what[row] === INSTALLED) this.isReset = true;
    else if (isShowing(what[row]!) && length > this.furthest) this.furthest = length;
    else if (isShowing(what[row]!) && previous[row] === this.sequence.writes[this.furthest - 1]) this.isReset = true;
    if (mayKeep(this.record, this.region, key)) this.compare(this.registers.keys.index(key));
  }

  /** Before that row: goes to the prefix that ends with the furthest write shown; null, or the index of a key that differs. */
  settle(row: number): number | null {
    if (this.isReset) this.furthest = this.furthestShown();
    this.isReset = false;
    this.isTouched = false;
    this.go(this.furthest);
    if (this.differing.size === 0) return null;
    // What is shown may be there since it was accepted again: then some later prefix ends with it.
    const { again, againIn, writes } = this.sequence;
    for (let at = firstAtLeast(again, this.furthest); at < again.length && againIn[at]! < row; at++) {
      const place = again[at]!;
      if (!this.isShown(writes[place]!)) continue;
      this.go(place + 1);
      if (this.differing.size === 0) return null;
    }
    this.go(this.furthest);
    const [first] = this.differing;
    return first!;
  }

  private isShown(write: number): boolean {
    const key = this.record.operations.key[write]!;
    return this.registers.at(this.region, this.registers.keys.index(key)) === write;
  }

  /** To the prefix of so many writes. */
  private go(length: number): void {
    const { writes, before } = this.sequence;
    while (this.length < length) {
      const write = writes[this.length++]!;
      this.expect(write, write);
    }
    while (this.length > length) {
      const write = writes[--this.length]!;
      this.expect(write, before[this.length]!);
    }
  }

  expectedAt(keyIndex: number): number {
    return this.expected[keyIndex]!;
  }

  private expect(write: number, left: number): void {
    const key = this.record.operations.key[write]!;
    if (!mayKeep(this.record, this.region, key)) return;
    const index = this.registers.keys.index(key);
    this.expected[index] = left;
    this.compare(index);
  }

  private compare(index: number): void {
    if (this.registers.at(this.region, index) === this.expected[index]) this.differing.delete(index);
    else this.differing.add(index);
  }

  private furthestShown(): number {
    let furthest = 0;
    for (let index = 0; index < this.expected.length; index++) {
      const shown = this.registers.at(this.region, index);
      if (shown !== NIL) furthest = Math.max(furthest, this.sequence.place[shown]! + 1);
    }
    return furthest;
  }
}

function broken(record: RunRecord, registers: Registers, row: number, prefix: Prefix, index: number): Verdict {
  const words = new Words(record);
  const { region } = prefix;
  const key = words.key(registers.keys.ids[index]!);
  const shown = registers.at(region, index);
  const expected = prefix.expectedAt(index);
  const writes = sequenceOf(record).writes;
  const last = writes[prefix.length - 1] ?? NIL;
  const lastWords = last === NIL ? "no write at all" : `all writes up to ${words.told(last)}`;
  return violated(
    `${words.region(region)} showed what no prefix of the writes leaves`,
    `At ${words.time(record.versions.time[row]!)} ${words.region(region)} showed ${words.version(shown)} of ${key}; ${lastWords} would leave ${words.version(expected)}.`,
    [shown, expected, last].filter((write) => write !== NIL),
  );
}
