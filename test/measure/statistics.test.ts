import fc from "fast-check";
import * as reference from "simple-statistics";
import { expect, test } from "vitest";
import { BinnedQuantiles } from "../../src/measure/binned-quantiles.js";
import { Histogram } from "../../src/measure/histogram.js";
import { estimate, pairedDifference, studentT95 } from "../../src/measure/statistics.js";

test("Student's t is that of published tables", () => {
  for (const [degrees, t] of [
    [1, 12.706],
    [9, 2.262],
    [29, 2.045],
    [40, 2.021],
    [60, 2.0],
    [120, 1.98],
    [1000, 1.962],
  ] as const) {
    expect(studentT95(degrees)).toBeCloseTo(t, 3);
  }
});

test("mean and interval agree with simple-statistics", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 }),
      (values) => {
        const { mean, ci95, n } = estimate(values);
        const half =
          (studentT95(values.length - 1) * reference.sampleStandardDeviation(values)) / Math.sqrt(values.length);
        expect(n).toBe(values.length);
        expect(mean!).toBeCloseTo(reference.mean(values), 4);
        expect((ci95![1] - ci95![0]) / 2).toBeCloseTo(half, 3);
      },
    ),
    { seed: 1 },
  );
});

test("what is undefined is left out and counted, and pairs with it are too", () => {
  expect(estimate([null, 2, 4, null])).toMatchObject({ mean: 3, n: 2, censored: 2 });
  expect(estimate([null])).toEqual({ mean: null, ci95: null, n: 0, censored: 1 });
  expect(pairedDifference([1, null, 5], [0, 1, 1])).toMatchObject({ mean: 2.5, n: 2, censored: 1 });
});

const samples = fc.array(
  fc.oneof(fc.nat(300), fc.nat(1e6), fc.nat(2 ** 31 - 1), fc.integer({ min: 2 ** 31, max: 2 ** 50 })),
  { minLength: 1, maxLength: 300 },
);

test("quantiles of the histogram are within 0.8 % of the samples around their rank, and merging changes nothing", () => {
  fc.assert(
    fc.property(samples, fc.integer({ min: 1, max: 99 }), (values, percent) => {
      const [whole, left, right] = [new Histogram(), new Histogram(), new Histogram()];
      values.forEach((value, index) => {
        whole.add(value);
        (index % 2 === 0 ? left : right).add(value);
      });
      left.merge(right);
      const q = percent / 100;
      expect(left.quantile(q)).toBe(whole.quantile(q));
      const sorted = values.toSorted((a, b) => a - b);
      const rank = q * sorted.length;
      const low = sorted[Math.max(0, Math.ceil(rank) - 1)]!;
      const high = sorted[Math.min(sorted.length - 1, Math.floor(rank))]!;
      expect(whole.quantile(q)!).toBeGreaterThanOrEqual(low * 0.992 - 1);
      expect(whole.quantile(q)!).toBeLessThanOrEqual(high * 1.008 + 1);
      expect([whole.minimum, whole.maximum]).toEqual([sorted[0], sorted.at(-1)]);
    }),
    { seed: 2 },
  );
});

test("quantiles of a bin come from that bin alone", () => {
  const binned = new BinnedQuantiles(10, 3);
  for (let index = 0; index < 1000; index++) binned.add(5, 1000 + index);
  binned.add(25, 1_000_000);
  const [first, second, third] = binned.quantiles(0.5, 1);
  expect(Math.abs(first! / 1500 - 1)).toBeLessThan(0.1);
  expect(second).toBeNull();
  expect(Math.abs(third! / 1_000_000 - 1)).toBeLessThan(0.1);
});
