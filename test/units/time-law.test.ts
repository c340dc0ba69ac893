import { describe, expect, test } from "vitest";
import { Streams } from "../../src/engine/random.js";
import { type TimeLaw, drawTime, meanTime } from "../../src/units/time-law.js";
import { SECOND } from "../../src/units/time.js";
import { ksCritical, ksDistance } from "../statistics.js";

const exponential = (mean: number) => (x: number) => 1 - Math.exp(-x / mean);
const pareto = (scale: number, shape: number) => (x: number) => (x <= scale ? 0 : 1 - (scale / x) ** shape);

describe("a drawn time follows its law", () => {
  const laws: readonly (readonly [string, TimeLaw, (x: number) => number, number])[] = [
    ["Pareto", { kind: "pareto", scale: SECOND, shape: 2.5 }, pareto(SECOND, 2.5), (SECOND * 2.5) / 1.5],
    [
      "uniform",
      { kind: "uniform", from: SECOND, to: 3 * SECOND },
      (x) => Math.min(1, Math.max(0, (x - SECOND) / (2 * SECOND))),
      2 * SECOND,
    ],
    [
      "a mixture of three",
      {
        kind: "mixture",
        parts: [
          [0.5, { kind: "exponential", mean: SECOND }],
          [0.3, { kind: "pareto", scale: 2 * SECOND, shape: 3 }],
          [0.2, { kind: "exponential", mean: 10 * SECOND }],
        ],
      },
      (x) => 0.5 * exponential(SECOND)(x) + 0.3 * pareto(2 * SECOND, 3)(x) + 0.2 * exponential(10 * SECOND)(x),
      0.5 * SECOND + 0.3 * 3 * SECOND + 2 * SECOND,
    ],
  ];

  test.each(laws)("%s", (name, law, cdf, mean) => {
    const luck = new Streams("laws").keyed(name);
    const draws = Array.from({ length: 20_000 }, (_, index) => drawTime(law, luck.uniform(index, 0)));
    expect(ksDistance(draws, cdf)).toBeLessThan(ksCritical(draws.length));
    expect(meanTime(law)).toBeCloseTo(mean, 0);
  });

  test("a Pareto law with a tail of 1 has no mean", () => {
    expect(meanTime({ kind: "pareto", scale: SECOND, shape: 1 })).toBe(Number.POSITIVE_INFINITY);
  });
});
