import { expect, test } from "vitest";
import { Succession } from "../../src/simulation/succession.js";
import type { Writes } from "../../src/simulation/writes.js";

const [FIRST, SECOND] = [0, 1];

/** Write 1 was made on top of write 0 in region 2, which lost both; region 0 has only write 0, and shows another. */
function lostOnTheWay(): { readonly succession: Succession; readonly holders: Int32Array; readonly kept: number[] } {
  const holders = Int32Array.of(1, 0);
  const kept: number[] = [];
  const writes = {
    holders,
    capacity: 2,
    retain: (write: number) => void kept.push(write),
    release: (write: number) => void kept.splice(kept.indexOf(write), 1),
  };
  const succession = new Succession(writes as unknown as Writes);
  succession.begin(FIRST);
  succession.begin(SECOND);
  succession.replaces(SECOND, FIRST);
  succession.vanishes(SECOND);
  return { succession, holders, kept };
}

test("what was replaced by a write that is only on the wire is kept until that is forgotten", () => {
  const { succession, holders, kept } = lostOnTheWay();
  expect([kept, succession.isSuperseded(FIRST)]).toEqual([[FIRST], false]);
  // It arrives, and loses there to a third one.
  holders[SECOND] = 1;
  succession.forget(SECOND, false);
  expect([kept, succession.isSuperseded(FIRST)]).toEqual([[], true]);
});

test("and is not superseded when that never arrives", () => {
  const { succession, kept } = lostOnTheWay();
  succession.forget(SECOND, false);
  expect([kept, succession.isSuperseded(FIRST)]).toEqual([[], false]);
});

/** The same as it is defined, with lists, newest first, in place of the pairs and edges. */
class Lists {
  readonly heirs = new Map<number, number[]>();
  private readonly settled = new Set<number>();
  readonly contested = new Set<number>();

  constructor(private readonly holders: Int32Array) {}

  begin(write: number): void {
    this.heirs.set(write, []);
    this.settled.delete(write);
  }

  replaces(write: number, replaced: number): void {
    this.heirs.get(replaced)!.unshift(write);
    if (this.heirs.get(replaced)!.length > 1) this.contested.add(replaced);
  }

  vanishes(write: number): void {
    for (const ward of this.wardsOf(write)) this.contested.add(ward);
  }

  isSuperseded(write: number): boolean {
    return (
      this.settled.has(write) ||
      this.heirs.get(write)!.some((heir) => this.holders[heir] !== 0 || this.isSuperseded(heir))
    );
  }

  forget(write: number, superseded: boolean): number {
    const isHeld = this.holders[write] !== 0;
    const heirs = this.heirs.get(write)!;
    const heir = heirs.length === 0 || this.settled.has(write) || (isHeld && !superseded) ? -1 : heirs[0]!;
    this.heirs.set(write, []);
    for (const ward of this.wardsOf(write)) {
      const left = this.heirs.get(ward)!.filter((each) => each !== write);
      this.heirs.set(ward, heir === -1 || left.includes(heir) ? left : [heir, ...left]);
      if (heir === -1 && (superseded || isHeld)) this.settled.add(ward);
      if (this.settled.has(ward) || this.heirs.get(ward)!.length <= 1) this.contested.delete(ward);
    }
    return heir;
  }

  private wardsOf(write: number): number[] {
    return [...this.heirs].filter(([, heirs]) => heirs.includes(write)).map(([ward]) => ward);
  }
}

test("however writes replace each other, vanish and are forgotten, it answers as plain lists do", () => {
  const WRITES = 12;
  let state = 12345;
  const below = (bound: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  let compared = 0;
  for (let round = 0; round < 400; round++) {
    const holders = new Int32Array(WRITES).fill(1);
    const kept = new Set<number>();
    const writes = {
      holders,
      capacity: WRITES,
      retain: (write: number) => void kept.add(write),
      release: (write: number) => void kept.delete(write),
    };
    const succession = new Succession(writes as unknown as Writes);
    const lists = new Lists(holders);
    const living: number[] = [];
    for (let write = 0; write < WRITES; write++) {
      succession.begin(write);
      lists.begin(write);
      for (const replaced of living.filter(() => below(3) === 0)) {
        succession.replaces(write, replaced);
        lists.replaces(write, replaced);
      }
      living.push(write);
      const gone = living[below(living.length)]!;
      if (below(3) === 0) {
        holders[gone] = 0;
        succession.vanishes(gone);
        lists.vanishes(gone);
      }
      const forgotten = living[below(living.length)]!;
      if (below(2) === 0 && !lists.contested.has(forgotten)) {
        const superseded = lists.isSuperseded(forgotten);
        expect(succession.forget(forgotten, superseded)).toBe(lists.forget(forgotten, superseded));
        living.splice(living.indexOf(forgotten), 1);
      }
      const answers = living.map((each) => [succession.isSuperseded(each), kept.has(each)]);
      expect(answers).toEqual(living.map((each) => [lists.isSuperseded(each), lists.contested.has(each)]));
      compared += living.length;
    }
  }
  expect(compared).toBeGreaterThan(15_000);
});
