import { describe, expect, test } from "vitest";
import { MILLISECOND, SECOND } from "../../src/units/time.js";
import { Bench, type Script, THERE, during, sends } from "./bench.js";

const HALF = 40 * MILLISECOND;
const BANDWIDTH = 100_000_000;
const PART = 8_000_000;
const SMALL = 1000;
const QUANTUM = 65_536;
const micros = (bytes: number): number => (bytes / BANDWIDTH) * SECOND;

/** Lane 1 carries parts of a copy, lane 0 whatever else there is; both connections are open before. */
function carry(parts: number, others: readonly Script[], bytes = SMALL) {
  const script = [...sends(1, 0, 0, 0), ...sends(1, 0, 0, 1), ...sends(parts, 0, SECOND, 1), ...others];
  const isPart = (letter: number): boolean => script[letter]!.owner === 1 && letter > 1;
  const bench = new Bench(script, {
    bandwidth: BANDWIDTH,
    bytes: (letter) => (letter < 2 ? 1 : isPart(letter) ? PART : bytes),
  });
  const late = bench.arrived.filter(({ letter }) => letter > 1);
  return {
    events: bench.events,
    parts: late.filter(({ letter }) => isPart(letter)).map(({ at }) => at - SECOND - HALF),
    others: late
      .filter(({ letter }) => !isPart(letter))
      .map(({ letter, at }) => ({ at: at - SECOND - HALF, waited: at - script[letter]!.at - HALF })),
  };
}

describe("a copy in large parts", () => {
  test("delays a letter of another class by one quantum at most, and leaves no byte of bandwidth unused", () => {
    const count = 300;
    const { parts, others } = carry(20, sends(count, 5003, SECOND + 77));
    expect(others).toHaveLength(count);
    const waits = others.map(({ waited }) => waited);
    expect(Math.max(...waits)).toBeLessThanOrEqual(Math.ceil(micros(QUANTUM + SMALL)) + 1);
    expect(Math.max(...waits)).toBeGreaterThan(micros(QUANTUM) * 0.9);
    expect(Math.abs(parts.at(-1)! - micros(20 * PART + count * SMALL))).toBeLessThan(2);
  });

  test("shares the bandwidth evenly with another class that has as much to send", () => {
    const count = 2000;
    const bytes = 10_000;
    const { parts, others } = carry(5, sends(count, 0, SECOND), bytes);
    // Until the shorter backlog has left, each has half.
    expect(others.at(-1)!.at / (2 * micros(count * bytes))).toBeCloseTo(1, 2);
    expect(Math.abs(parts.at(-1)! - micros(5 * PART + count * bytes))).toBeLessThan(2);
  });

  test("costs a few events a part, not one a quantum", () => {
    const [few, many] = [carry(10, []), carry(110, [])];
    expect(many.events - few.events).toBeLessThanOrEqual(4 * 100);
    const [calm, busy] = [carry(100, []), carry(100, sends(1000, 5003, SECOND + 77))];
    // Each letter that meets a part costs its own events and an interruption.
    expect(busy.events - calm.events).toBeLessThanOrEqual(5 * 1000);
  });
});

test("a letter on its way out goes on at the bandwidth that holds now", () => {
  const slow = during(SECOND, 3 * SECOND, THERE, { bandwidth: 1_000_000 });
  const script = [...sends(1, 0), ...slow, ...sends(1, 0, SECOND)];
  const { arrived } = new Bench(script, { bandwidth: 10_000_000, bytes: (letter) => (letter === 0 ? 1 : PART) });
  expect((arrived[1]!.at - HALF) / SECOND).toBeCloseTo(3 + 6 / 10, 4);
});

test("on a narrow link no letter waits longer than a hundredth of a second for one of another class", () => {
  const script = [...sends(1, 0), ...sends(1, 0, 0, 1), ...sends(50, 0, SECOND, 1), ...sends(20, 300_007, SECOND + 11)];
  const { arrived } = new Bench(script, {
    bandwidth: 150_000,
    bytes: (letter) => (letter >= 2 && letter < 52 ? 60_000 : 10),
  });
  const waits = arrived.filter(({ letter }) => letter >= 52).map(({ letter, at }) => at - script[letter]!.at - HALF);
  expect(Math.max(...waits)).toBeLessThan(10 * MILLISECOND + 100);
});
