import { expect, test } from "vitest";
import { Histogram } from "../../src/measure/histogram.js";
import { pairedDifference, ratioOfMeans } from "../../src/measure/statistics.js";

/** A generator of its own, so that the test does not lean on the program's. */
function* noise(): Generator<number, never> {
  for (let state = 12_345; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648 - 0.5;
  }
}
const normal = (dice: Generator<number, never>): number =>
  Array.from({ length: 12 }, () => dice.next().value).reduce((sum, value) => sum + value, 0);

test("the interval holds the ratios at which the paired interval of a - r b contains zero, and no others", () => {
  const [a, b] = [
    [10.2, 11.9, 9.4, 10.8],
    [5.1, 5.4, 4.6, 5.3],
  ];
  const { mean, ci95 } = ratioOfMeans(a!, b!);
  expect(mean).toBeCloseTo(42.3 / 20.4, 12);
  for (let ratio = 1; ratio < 3; ratio += 0.001) {
    const [low, high] = pairedDifference(
      a!,
      b!.map((value) => ratio * value),
    ).ci95!;
    expect(low <= 0 && high >= 0).toBe(ratio >= ci95![0] && ratio <= ci95![1]);
  }
});

test("it covers the true ratio in 95 % of all samples", () => {
  const dice = noise();
  const draws = 4000;
  let covered = 0;
  for (let draw = 0; draw < draws; draw++) {
    const b = Array.from({ length: 6 }, () => 5 + normal(dice));
    const a = b.map((value) => 0.5 * value + 7.5 + 2 * normal(dice));
    const { ci95 } = ratioOfMeans(a, b);
    // The means are 10 and 5.
    if (ci95 === null || (ci95[0] <= 2 && 2 <= ci95[1])) covered++;
  }
  // Three standard errors of a share.
  expect(Math.abs(covered / draws - 0.95)).toBeLessThan(3 * Math.sqrt((0.95 * 0.05) / draws));
});

test("nothing bounds a ratio whose divisor may be zero, and one observation has no interval", () => {
  expect(ratioOfMeans([1, 2, 3], [1, -1, 0.5]).ci95).toBeNull();
  expect(ratioOfMeans([1, 2], [1, -1])).toEqual({ mean: null, ci95: null, n: 2, censored: 0 });
  expect(ratioOfMeans([3], [2])).toEqual({ mean: 1.5, ci95: null, n: 1, censored: 0 });
  expect(ratioOfMeans([], []).mean).toBeNull();
});

test("a histogram counts what is below a value: exactly where it is exact, within a bucket elsewhere", () => {
  const histogram = new Histogram();
  const values = [0, 3, 3, 255, 300, 5000, 70_000, 2 ** 40];
  for (const value of values) histogram.add(value);
  for (const bound of [0, 1, 3, 4, 255, 256, 400, 6000, 80_000, 2 ** 41])
    expect(histogram.countBelow(bound)).toBe(values.filter((value) => value < bound).length);
  expect(new Histogram().countBelow(5)).toBe(0);
});
