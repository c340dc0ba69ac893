import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Dispatcher, Engine } from "../../src/engine/engine.js";

/** What a handler does when its event fires: schedule, arm a timer in a cell, or cancel one. */
type Action =
  | { readonly do: "schedule"; readonly delay: number }
  | { readonly do: "arm"; readonly cell: number; readonly delay: number }
  | { readonly do: "disarm"; readonly cell: number };

const CELLS = 8;
/** Ties and zero delays often, gaps from a microsecond to days, nothing in between for long. */
const delay = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.constantFrom(1, 2, 1000, 1000, 1000) },
  { weight: 2, arbitrary: fc.nat(5000) },
  { weight: 1, arbitrary: fc.constantFrom(86_400_000_000, 3_600_000_000, 60_000_000) },
);
const cell = fc.nat(CELLS - 1);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant("schedule" as const), delay }),
  fc.record({ do: fc.constant("arm" as const), cell, delay }),
  fc.record({ do: fc.constant("disarm" as const), cell }),
);
const program = fc.record({
  first: fc.array(action, { minLength: 1, maxLength: 60 }),
  /** By number of the event: what happens inside its handler. */
  inside: fc.array(fc.array(action, { maxLength: 3 }), { maxLength: 150 }),
  slices: fc.array(fc.constantFrom(0, 1, 999, 1000, 4000, 90_000_000_000), { maxLength: 4 }),
});

interface Fired {
  readonly time: number;
  readonly id: number;
}

/** The reference: a plain list, sorted by time and insertion whenever the next event is wanted. */
function reference(first: readonly Action[], inside: readonly (readonly Action[])[]): Fired[] {
  let pending: { time: number; order: number; id: number }[] = [];
  const cells = new Array<number>(CELLS).fill(-1);
  const fired: Fired[] = [];
  let now = 0;
  let next = 0;
  const act = (each: Action): void => {
    if (each.do !== "schedule") {
      pending = pending.filter(({ id }) => id !== cells[each.cell]);
      cells[each.cell] = -1;
    }
    if (each.do === "disarm") return;
    if (each.do === "arm") cells[each.cell] = next;
    pending.push({ time: now + each.delay, order: next, id: next });
    next++;
  };
  first.forEach(act);
  while (pending.length > 0) {
    pending.sort((a, b) => a.time - b.time || a.order - b.order);
    const { time, id } = pending.shift()!;
    now = time;
    fired.push({ time, id });
    inside[id]?.forEach(act);
  }
  return fired;
}

function simulate(
  queue: "adaptive" | "heap",
  first: readonly Action[],
  inside: readonly (readonly Action[])[],
  slices: readonly number[],
) {
  const engine = new Engine({ queue });
  const cells = new Float64Array(CELLS);
  const fired: Fired[] = [];
  let next = 0;
  const act = (each: Action): void => {
    if (each.do === "disarm") {
      engine.disarm(cells, each.cell);
      return;
    }
    const id = next++;
    if (each.do === "schedule") engine.schedule(each.delay, 1, 0, 0, id);
    else {
      engine.disarm(cells, each.cell);
      engine.arm(cells, each.cell, each.delay, 2, 0, 0, id);
    }
  };
  const dispatcher: Dispatcher = {
    dispatch(_kind, _owner, _payload, id) {
      fired.push({ time: engine.now, id });
      inside[id]?.forEach(act);
    },
  };
  first.forEach(act);
  let until = 0;
  for (const slice of slices) engine.run((until += slice), dispatcher);
  engine.run(Number.POSITIVE_INFINITY, dispatcher);
  return { fired, digest: engine.digest(), pending: engine.pending };
}

test("events leave by time and insertion, as from a sorted list, whatever happens inside handlers", () => {
  fc.assert(
    fc.property(program, ({ first, inside, slices }) => {
      const expected = reference(first, inside);
      const adaptive = simulate("adaptive", first, inside, slices);
      const heap = simulate("heap", first, inside, slices);
      expect(adaptive.fired).toEqual(expected);
      expect(heap.fired).toEqual(expected);
      expect(adaptive.digest).toBe(heap.digest);
      expect(adaptive.pending).toBe(0);
    }),
    { numRuns: 400, seed: 20_260_302 },
  );
});

/** Long programs with thousands pending: the adaptive queue must rebuild, spread and compact many times. */
function longRun(
  queue: "adaptive" | "heap",
  gap: (random: () => number, step: number) => number,
  cancels: boolean,
): string {
  let state = 12_345;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 4_294_967_296;
  };
  const engine = new Engine({ queue });
  const cells = new Float64Array(4000);
  let steps = 0;
  let last = -1;
  const dispatcher: Dispatcher = {
    dispatch(_kind, owner) {
      if (engine.now < last) throw new Error("time went back");
      last = engine.now;
      if (++steps > 150_000) return;
      engine.schedule(gap(random, steps), 1, owner, 0, steps);
      if (!cancels) return;
      const timer = Math.floor(random() * cells.length);
      engine.disarm(cells, timer);
      engine.arm(cells, timer, 1_000_000, 2, timer, 0, steps);
    },
  };
  for (let owner = 0; owner < 3000; owner++) engine.schedule(Math.floor(random() * 1000), 1, owner, 0, owner);
  engine.run(Number.POSITIVE_INFINITY, dispatcher);
  return `${engine.digest()} ${engine.dispatched}`;
}

describe("both queues give the same digest over long runs", () => {
  test.each([
    ["even gaps", (random: () => number) => Math.floor(random() * 10_000), false],
    ["time-outs that are cancelled", (random: () => number) => Math.floor(random() * 10_000), true],
    ["bursts of equal times", (random: () => number) => Math.floor(random() * 3) * 100_000, true],
    ["gaps from a microsecond to days", (random: () => number) => Math.floor(Math.exp(random() * 26)), true],
    [
      "density that jumps by a factor of a million",
      (random: () => number, step: number) => Math.floor(random() * (step % 40_000 < 20_000 ? 20 : 2e7)),
      true,
    ],
    ["nothing but zero delays and one long gap", (random: () => number) => (random() < 0.9 ? 0 : 50_000), false],
  ] as const)("%s", (_, gap, cancels) => {
    expect(longRun("adaptive", gap, cancels)).toBe(longRun("heap", gap, cancels));
  });
});
