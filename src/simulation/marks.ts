import type { Marks } from "../policies/contract.js";

/**
 * How far the writes of each origin have come, in three numbers. An origin numbers what it accepts; what it loses leaves a
 * gap for ever, and what it accepts afterwards is a new *run* of its numbers. Something that has one run up to a number may
 * lack the end of the run before it, so the two are told apart.
 *
 * RUN: number with which the origin's latest known run begins. UPTO: the last one of it that is here. EARLIER: everything
 * of the runs before is here up to this one. More runs than two are not told apart, which only ever says too little.
 */
const RUN = 0;
const UPTO = 1;
const EARLIER = 2;
export const WIDTH = 3;
const NOTHING = -1;

export function clearMarks(marks: Int32Array, at = 0, numbers = marks.length): void {
  for (let cell = at; cell < at + numbers; cell += WIDTH) {
    marks[cell + RUN] = 0;
    marks[cell + UPTO] = NOTHING;
    marks[cell + EARLIER] = NOTHING;
  }
}

/** Somebody has seen this write, whatever else: the cells stand for the least that has to be there. */
export function see(marks: Int32Array, cell: number, sequence: number, run: number): void {
  if (run > marks[cell + RUN]!) {
    if (marks[cell + UPTO]! > marks[cell + EARLIER]!) marks[cell + EARLIER] = marks[cell + UPTO]!;
    marks[cell + RUN] = run;
    marks[cell + UPTO] = sequence;
    return;
  }
  const at = cell + (run === marks[cell + RUN] ? UPTO : EARLIER);
  if (sequence > marks[at]!) marks[at] = sequence;
}

/** Whether what `have` says is there comprises all that `needed` asks for. */
export function covers(have: Int32Array, needed: Int32Array, at: number): boolean {
  for (let cell = 0; cell < have.length; cell += WIDTH) {
    const last = needed[at + cell + UPTO]!;
    const earlier = have[cell + EARLIER]!;
    const run = needed[at + cell + RUN]! - have[cell + RUN]!;
    const here = run === 0 ? have[cell + UPTO]! : run < 0 ? earlier : NOTHING;
    if (last > here || needed[at + cell + EARLIER]! > earlier) return false;
  }
  return true;
}

/** Of each write: who accepted it, as which of its writes, and in which run of them. */
interface Numbered {
  readonly origin: Int32Array;
  readonly sequence: Int32Array;
  readonly run: Int32Array;
}

/** What one copy holds, or shows. Each origin's writes come in their order, or in a whole copy with the marks of its sender. */
export class CopyMarks implements Marks {
  readonly width: number;
  readonly numbers: Int32Array;

  constructor(origins: number) {
    this.width = origins * WIDTH;
    this.numbers = new Int32Array(this.width);
    clearMarks(this.numbers);
  }

  copyTo(into: Int32Array, at: number): void {
    for (let cell = 0; cell < this.width; cell++) into[at + cell] = this.numbers[cell]!;
  }

  cover(marks: Int32Array, at: number): boolean {
    return covers(this.numbers, marks, at);
  }

  /** The next write of its origin has come. */
  advance(origin: number, sequence: number, run: number): void {
    const { numbers } = this;
    const cell = origin * WIDTH;
    if (run > numbers[cell + RUN]!) this.begin(cell, run);
    // What comes out of turn says nothing of those before it.
    if (run === numbers[cell + RUN] && sequence === numbers[cell + UPTO]! + 1) numbers[cell + UPTO] = sequence;
  }

  /** The write is here no more, nor is any after it. */
  retreat(origin: number, sequence: number, run: number): void {
    const { numbers } = this;
    const cell = origin * WIDTH;
    if (run > numbers[cell + RUN]!) return;
    const at = cell + (run === numbers[cell + RUN] ? UPTO : EARLIER);
    if (numbers[at]! >= sequence) numbers[at] = sequence - 1;
  }

  /** That write is here. */
  take({ origin, sequence, run }: Numbered, write: number): void {
    this.advance(origin[write]!, sequence[write]!, run[write]!);
  }

  /** That write is here no more. */
  drop({ origin, sequence, run }: Numbered, write: number): void {
    this.retreat(origin[write]!, sequence[write]!, run[write]!);
  }

  clear(): void {
    clearMarks(this.numbers);
  }

  /** A whole copy has been merged. */
  join(other: Int32Array): void {
    const { numbers } = this;
    for (let cell = 0; cell < this.width; cell += WIDTH) {
      const run = other[cell + RUN]!;
      if (run > numbers[cell + RUN]!) this.begin(cell, run);
      let earlier = other[cell + EARLIER]!;
      if (run === numbers[cell + RUN]) numbers[cell + UPTO] = Math.max(numbers[cell + UPTO]!, other[cell + UPTO]!);
      else if (earlier === run - 1) earlier = other[cell + UPTO]!;
      numbers[cell + EARLIER] = Math.max(numbers[cell + EARLIER]!, earlier);
    }
  }

  /** What is here of the run before counts as earlier only if nothing is lacking before it. */
  private begin(cell: number, run: number): void {
    const { numbers } = this;
    if (numbers[cell + EARLIER] === numbers[cell + RUN]! - 1) numbers[cell + EARLIER] = numbers[cell + UPTO]!;
    numbers[cell + RUN] = run;
    numbers[cell + UPTO] = run - 1;
  }
}
