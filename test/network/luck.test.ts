import { expect, test } from "vitest";
import { MILLISECOND, SECOND } from "../../src/units/time.js";
import { Bench, type Script, sends } from "./bench.js";

const SETTINGS = { jitter: true, loss: 0.3 };
/** Far enough apart that none waits for another. */
const GAP = 20 * SECOND;

/** Microseconds on the way, by the moment of sending. */
function delays(script: readonly Script[], lane = 0): Map<number, number> {
  const { arrived } = new Bench(script, SETTINGS);
  const own = arrived.filter((each) => each.lane === lane);
  return new Map(own.map(({ letter, at }) => [script[letter]!.at, at - script[letter]!.at]));
}

test("one more letter shifts the luck of no other", () => {
  const script = sends(100, GAP, SECOND);
  const plain = delays(script);
  const early = delays([...sends(1, 0), ...script]);
  const between = delays([...script.slice(0, 50), ...sends(1, 0, 50 * GAP - 5 * SECOND), ...script.slice(50)]);
  const other = delays([...script, ...sends(30, 3 * GAP, SECOND, 1)]);
  // The first one of a connection waits for its handshake too.
  const late = [...plain].slice(1);
  expect(new Set(late.map(([, delay]) => delay)).size).toBeGreaterThan(90);
  for (const [at, delay] of late) {
    expect([early.get(at), between.get(at), other.get(at)]).toEqual([delay, delay, delay]);
  }
});

test("letters of one moment have each their own luck, also in different lanes", () => {
  const moments = sends(300, GAP, SECOND);
  const lanes = moments.flatMap((script) => [script, { ...script, owner: 1 }]);
  const { arrived: both } = new Bench(lanes, { loss: 0.3 });
  const delayOf = new Map(both.map(({ letter, at }) => [letter, at - lanes[letter]!.at]));
  // The second one waits a microsecond for the link.
  const apart = (first: number): number => delayOf.get(first + 1)! - delayOf.get(first)!;
  const same = moments.slice(1).filter((_, index) => Math.abs(apart(2 * index + 2)) < 5).length;
  // Two independent numbers of losses are equal with probability 0.7^2 / (1 - 0.3^2), 54 %.
  expect(Math.abs(same / 299 - 0.538)).toBeLessThan(0.09);

  // In one lane the second arrives later than the first unless the first has the worse luck: half of the time.
  const pairs = moments.flatMap((script) => [script, script]);
  const { arrived } = new Bench(pairs, { jitter: true });
  const later = moments.filter((_, index) => arrived[2 * index + 1]!.at - arrived[2 * index]!.at > MILLISECOND / 2);
  expect(Math.abs(later.length / 300 - 0.5)).toBeLessThan(0.12);
});
