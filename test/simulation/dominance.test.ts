import fc from "fast-check";
import { expect, test } from "vitest";
import { Dominance } from "../../src/simulation/dominance.js";
import type { Writes } from "../../src/simulation/writes.js";

const REGIONS = 3;

/** As much of the writes as dominance looks at: all of one key, none forgotten, shown by the regions of `showers`. */
class Few {
  readonly visible: Int32Array<ArrayBuffer>;
  readonly serial: Int32Array;
  readonly showers: Int32Array;
  readonly dominance: Dominance;
  readonly next: Int32Array;

  constructor(count: number) {
    this.visible = new Int32Array(Math.max(1024, count));
    this.serial = Int32Array.from({ length: count }, (_, write) => write);
    this.showers = new Int32Array(count);
    this.next = new Int32Array(count).fill(-1);
    const isShownBy = (write: number, region: number): boolean => ((this.showers[write]! >> region) & 1) === 1;
    const writes = { key: new Int32Array(count), serial: this.serial, isShownBy };
    this.dominance = new Dominance(writes as unknown as Writes, this.visible, 1, REGIONS);
    if (count > 1024) this.dominance.grow(count, this.visible);
  }

  add(write: number, region: number, blind: boolean): void {
    this.visible[write] = 1 << region;
    this.dominance.add(write, region, blind);
  }
}

type Step = readonly ["add" | "blind" | "show" | "hide" | "unlist", write: number, region: number];

test("a write dominates those that were visible where and when it was accepted, as a set of pairs has it", () => {
  const count = 12;
  const kinds = fc.constantFrom(...(["add", "add", "blind", "show", "show", "hide", "unlist"] as const));
  const step = fc.tuple(kinds, fc.nat(count - 1), fc.nat(REGIONS - 1));
  const follows = (steps: readonly Step[]): void => {
    const few = new Few(count);
    const { dominance, visible } = few;
    const dominators = new Map<number, Set<number>>();
    const listed = new Set<number>();
    let added = 0;
    for (const [what, chosen, region] of steps) {
      const write = added === 0 ? 0 : chosen % added;
      const bit = 1 << region;
      if (what === "add" || what === "blind") {
        if (added === count) continue;
        for (const earlier of what === "add" ? listed : [])
          if ((visible[earlier]! & bit) !== 0) dominators.get(earlier)!.add(added);
        dominators.set(added, new Set());
        listed.add(added);
        few.add(added++, region, what === "blind");
      } else if (!listed.has(write)) continue;
      else if (what === "show" && (visible[write]! & bit) === 0) {
        dominance.appears(write, bit);
        visible[write]! |= bit;
      } else if (what === "hide" && (visible[write]! & bit) !== 0) {
        dominance.vanishes(write, region);
        visible[write]! &= ~bit;
      } else if (what === "unlist") {
        listed.delete(write);
        dominance.unlist(write);
      }
    }
    few.serial[3] = -1;
    for (const earlier of listed)
      for (let later = 0; later < added; later++) {
        const expected = dominators.get(earlier)!.has(later);
        expect(dominance.isDominatedBy(earlier, later)).toBe(expected);
        // What is forgotten is asked no more.
        expect(dominance.some(earlier, (_, dominator) => dominator === later)).toBe(expected && later !== 3);
      }
  };
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), follows), { numRuns: 500, seed: 3 });
});

test("thousands of writes that cannot spread take room for each of them, and not for each pair", () => {
  const count = 8192;
  const few = new Few(count);
  const before = process.memoryUsage().arrayBuffers;
  for (let write = 0; write < count; write++) few.add(write, 0, false);
  // A pair was twelve bytes, and there are 33 million of them.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2_000_000);
  expect(few.dominance.isDominatedBy(0, count - 1)).toBe(true);
  few.showers[count - 2] = 1;
  expect(few.dominance.shownBy(0, 0)).toEqual([count - 2]);
  // Only the last one is listed any more, and nothing dominates it; but for one that may come back.
  few.dominance.trim(0, count - 1, few.next, new Set([count - 3]));
  expect(few.dominance.shownBy(0, 0)).toEqual([count - 2]);
  few.dominance.trim(0, count - 1, few.next, new Set());
  expect(few.dominance.shownBy(0, 0)).toEqual([]);
});
