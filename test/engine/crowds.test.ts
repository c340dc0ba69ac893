import { describe, expect, test } from "vitest";
import { type Dispatcher, Engine } from "../../src/engine/engine.js";

type Queue = "adaptive" | "heap";
type Random = () => number;

const CELLS = 3000;
const FIRST = 3000;

function congruential(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 4_294_967_296;
  };
}

/** What a program may ask of an engine, so that the same program runs on the real one and on the reference. */
interface Calendar {
  readonly now: number;
  readonly pending: number;
  add(delay: number, id: number): void;
  arm(cell: number, delay: number, id: number): void;
  disarm(cell: number): boolean;
  run(until: number, fire: (id: number) => void): void;
}

/** The reference: one list, kept sorted, equal times behind each other. */
class SortedList implements Calendar {
  now = 0;
  private readonly list: { time: number; id: number }[] = [];
  private readonly timers: ({ time: number; id: number } | undefined)[] = [];

  get pending(): number {
    return this.list.length;
  }

  add(delay: number, id: number): void {
    this.insert({ time: this.now + delay, id });
  }

  arm(cell: number, delay: number, id: number): void {
    const event = { time: this.now + delay, id };
    this.timers[cell] = event;
    this.insert(event);
  }

  disarm(cell: number): boolean {
    const event = this.timers[cell];
    this.timers[cell] = undefined;
    const index = event === undefined ? -1 : this.list.indexOf(event);
    if (index >= 0) this.list.splice(index, 1);
    return index >= 0;
  }

  run(until: number, fire: (id: number) => void): void {
    while (this.list.length > 0 && this.list[0]!.time <= until) {
      const { time, id } = this.list.shift()!;
      this.now = time;
      fire(id);
    }
    if (until < Number.POSITIVE_INFINITY) this.now = until;
  }

  private insert(event: { time: number; id: number }): void {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.list[middle]!.time <= event.time) low = middle + 1;
      else high = middle;
    }
    this.list.splice(low, 0, event);
  }
}

class Real implements Calendar {
  readonly engine: Engine;
  private readonly cells = new Float64Array(CELLS);

  constructor(queue: Queue) {
    this.engine = new Engine({ queue });
  }

  get now(): number {
    return this.engine.now;
  }

  get pending(): number {
    return this.engine.pending;
  }

  add(delay: number, id: number): void {
    this.engine.schedule(delay, 1, 0, 0, id);
  }

  arm(cell: number, delay: number, id: number): void {
    this.engine.arm(this.cells, cell, delay, 2, 0, 0, id);
  }

  disarm(cell: number): boolean {
    return this.engine.disarm(this.cells, cell);
  }

  run(until: number, fire: (id: number) => void): void {
    this.engine.run(until, { dispatch: (_kind, _owner, _payload, id) => fire(id) });
  }
}

/** Thousands pending, timers cancelled inside handlers, slices, and events added between the slices. */
function program(calendar: Calendar, gap: (random: Random, step: number) => number, slice: number): string[] {
  const random = congruential(777);
  const trace: string[] = [];
  let next = 0;
  let steps = 0;
  const fire = (id: number): void => {
    trace.push(`${calendar.now} ${id}`);
    if (++steps > 15_000) return;
    calendar.add(gap(random, steps), next++);
    const cell = Math.floor(random() * CELLS);
    trace.push(String(calendar.disarm(cell)));
    calendar.arm(cell, gap(random, steps) * 40, next++);
  };
  for (let index = 0; index < FIRST; index++) calendar.add(gap(random, 0), next++);
  for (let round = 1; round <= 40; round++) {
    calendar.run(round * slice, fire);
    calendar.add(0, next++);
    calendar.add(1 + gap(random, steps), next++);
    trace.push(`pending ${calendar.pending}`);
  }
  calendar.run(Number.POSITIVE_INFINITY, fire);
  return [...trace, `pending ${calendar.pending}`];
}

describe("thousands of pending events leave as from a sorted list", () => {
  test.each([
    ["even gaps", (random: Random) => Math.floor(random() * 10_000), 500],
    ["equal times", (random: Random) => Math.floor(random() * 4) * 1000, 700],
    ["a microsecond to days", (random: Random) => Math.floor(Math.exp(random() * 25)), 3_000_000],
    ["dense, then sparse", (random: Random, step: number) => Math.floor(random() * (step < 9000 ? 50 : 1e8)), 60],
  ] as const)("%s", (_, gap, slice) => {
    const expected = program(new SortedList(), gap, slice);
    const adaptive = new Real("adaptive");
    const heap = new Real("heap");
    expect(program(adaptive, gap, slice)).toEqual(expected);
    expect(program(heap, gap, slice)).toEqual(expected);
    expect(adaptive.engine.digest()).toBe(heap.engine.digest());
  });
});

const ids = (): { seen: number[]; dispatcher: Dispatcher } => {
  const seen: number[] = [];
  return { seen, dispatcher: { dispatch: (_kind, _owner, _payload, id) => void seen.push(id) } };
};
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

describe.each(["adaptive", "heap"] as const)("the %s queue", (queue) => {
  test("equal times leave in insertion order, the cancelled ones left out, also when buckets are in use", () => {
    const engine = new Engine({ queue });
    const cells = new Float64Array(20_000);
    const { seen, dispatcher } = ids();
    // Enough events at a steady pace that the adaptive queue has left its heap.
    for (let id = 0; id < 5000; id++) engine.schedule(1 + 3 * id, 1, 0, 0, -1);
    engine.run(6000, dispatcher);
    seen.length = 0;
    const at = 20_000 - engine.now;
    for (let id = 0; id < 20_000; id++) engine.arm(cells, id, at, 2, 0, 0, id);
    for (let id = 0; id < 20_000; id += 3) engine.disarm(cells, id);
    engine.run(Number.POSITIVE_INFINITY, dispatcher);
    expect(seen.filter((id) => id >= 0)).toEqual(range(0, 20_000).filter((id) => id % 3 !== 0));
  });

  test("events without delay leave first in, first out, after those that were due at the same time before", () => {
    const engine = new Engine({ queue });
    const cells = new Float64Array(1000);
    const seen: number[] = [];
    const dispatcher: Dispatcher = {
      dispatch(_kind, _owner, _payload, id) {
        seen.push(id);
        // Three for one: the ring grows while its head stands in the middle.
        if (id >= 1000 || id === 1) return;
        if (id === 0) for (let cell = 100; cell < 150; cell++) engine.arm(cells, cell, 0, 1, 0, 0, cell);
        else for (let each = 0; each < 3; each++) engine.schedule(0, 1, 0, 0, 1000 + 3 * id + each);
        if (id === 120) engine.disarm(cells, 130);
      },
    };
    engine.schedule(10, 1, 0, 0, 0);
    engine.schedule(10, 1, 0, 0, 1);
    engine.schedule(11, 1, 0, 0, 9999);
    engine.run(Number.POSITIVE_INFINITY, dispatcher);
    const parents = range(100, 150).filter((id) => id !== 130);
    const children = parents.flatMap((id) => [0, 1, 2].map((each) => 1000 + 3 * id + each));
    expect(seen).toEqual([0, 1, ...parents, ...children, 9999]);
  });

  test("stale handles are harmless after a compaction and after their slots were used again", () => {
    const engine = new Engine({ queue });
    const count = 20_000;
    const cells = new Float64Array(count);
    const { seen, dispatcher } = ids();
    for (let id = 0; id < count; id++) engine.arm(cells, id, 1000 + (id % 700), 1, 0, 0, id);
    const stale = cells.slice();
    for (let id = 0; id < count; id++) expect(engine.disarm(cells, id)).toBe(true);
    expect(engine.pending).toBe(0);
    for (let id = 0; id < count; id++) engine.arm(cells, id, 1000, 1, 0, 0, id);
    for (let id = 0; id < count; id++) expect(engine.disarm(stale, id)).toBe(false);
    expect(engine.pending).toBe(count);
    engine.run(Number.POSITIVE_INFINITY, dispatcher);
    expect(seen).toEqual(range(0, count));
  });

  test("cancelled timers do not count towards the limit", () => {
    const engine = new Engine({ queue, pendingLimit: 10 });
    const cells = new Float64Array(1);
    for (let round = 0; round < 50_000; round++) {
      engine.arm(cells, 0, 1_000_000, 1, 0, 0, round);
      engine.disarm(cells, 0);
    }
    expect(engine.pending).toBe(0);
  });
});
