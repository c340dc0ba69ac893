import { expect, test } from "vitest";
import { MILLISECOND, SECOND } from "../../src/units/time.js";
import { type Act, BACK, Bench, THERE, during, sends } from "./bench.js";

const HALF = 40 * MILLISECOND;
const LETTER = 10_000;
/** 80 kB a round trip of 80 ms: 1 MB/s. */
const SETTINGS = { window: 80_000, bytes: () => LETTER };
const RATE = 1_000_000;
/** 10 MB in the second second, on a connection that has been opened. */
const BURST = [...sends(1, 0), ...sends(1000, 0, SECOND)];

/** Seconds from the burst until its last letter has been carried, under faults. */
function carried(faults: readonly Act[]): number {
  const { arrived, lost } = new Bench([...BURST, ...faults], SETTINGS);
  expect(lost).toEqual([]);
  expect(arrived.map(({ letter }) => letter)).toEqual(arrived.map((_, index) => index));
  return (arrived.at(-1)!.at - SECOND - HALF) / SECOND;
}
const slow = (from: number, until: number, factor: number): Act[] =>
  [THERE, BACK].flatMap((link) => during(from * SECOND, until * SECOND, link, { factor }));

test("a backlog that waits when a slow path heals is carried at the rate of the healed path", () => {
  // From the first second on a tenth of the rate for 20 s: 2 MB. The other 8 MB take 8 s.
  expect(carried(slow(0.9, 21, 10))).toBeCloseTo(28, 1);
  // One way slow by 3 makes the round trip slow by 2.
  expect(carried(during(0.9 * SECOND, 5 * SECOND, BACK, { factor: 3 }))).toBeCloseTo(4 + (10 - 4 / 2), 1);
});

test("a backlog that waits when the path becomes slow is carried at the slow rate", () => {
  expect(carried(slow(3, 1000, 10))).toBeCloseTo(2 + 80, 0);
  // Twice slower, then as before, and again: what is carried in between adds up.
  expect(carried([...slow(2, 4, 2), ...slow(5, 9, 2)])).toBeCloseTo(10 + 1 + 2, 1);
});

test("a backlog at the rate of Mathis goes on at the window's when the loss ends", () => {
  // 223 kB/s for ten seconds, then 1 MB/s.
  const mathis = (1.22 * 1460) / (0.08 * Math.sqrt(0.01));
  const script = [...BURST, ...during(0.9 * SECOND, 11 * SECOND, THERE, { loss: 0.01 })];
  const { arrived } = new Bench(script, SETTINGS);
  const expected = 10 + (10_000_000 - 10 * mathis) / RATE;
  expect(Math.abs((arrived.at(-1)!.at - SECOND - HALF) / SECOND - expected)).toBeLessThan(0.5);
});
