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
