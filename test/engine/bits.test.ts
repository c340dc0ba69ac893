import { expect, test } from "vitest";
import { Streams } from "../../src/engine/random.js";

const COUNT = 100_000;
/** Chi-square at the 0.1 % level with 255 degrees of freedom. */
const CRITICAL = 330.52;
const BOUND = 4 / Math.sqrt(COUNT);

const streams = new Streams("bits");
const keyed = streams.keyed("keyed");
/** A fresh sequence for each test, so that none depends on the others having run. */
const sequence = (): (() => number) => {
  const drawn = streams.sequence("sequence");
  return () => drawn.bits();
};

function chiSquare(draw: (index: number) => number, shift: number): number {
  const counts = new Int32Array(256);
  for (let index = 0; index < COUNT; index++) counts[(draw(index) >>> shift) & 255]! += 1;
  const expected = COUNT / 256;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

test.each([0, 8, 16, 24])("the byte from bit %d on is uniform: by id, by purpose, in sequence", (shift) => {
  expect(chiSquare((id) => keyed.bits(id, 1), shift)).toBeLessThan(CRITICAL);
  expect(chiSquare((purpose) => keyed.bits(7, purpose), shift)).toBeLessThan(CRITICAL);
  expect(chiSquare((id) => keyed.bits(2 ** 32 * id, 1), shift)).toBeLessThan(CRITICAL);
  expect(chiSquare(sequence(), shift)).toBeLessThan(CRITICAL);
});

/** Correlation of two columns of uniform draws, whose mean and variance are known. */
function correlation(a: (index: number) => number, b: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < COUNT; index++) sum += (a(index) - 0.5) * (b(index) - 0.5);
  return (12 * sum) / COUNT;
}

test.each([1, 2, 3, 17])("draws that lie %d apart in id, purpose or sequence are not correlated", (lag) => {
  const uniform = streams.sequence("lagged");
  const column = Array.from({ length: COUNT + lag }, () => uniform.uniform());
  const pairs = [
    correlation(
      (id) => keyed.uniform(id, 1),
      (id) => keyed.uniform(id + lag, 1),
    ),
    correlation(
      (id) => keyed.uniform(id, 1),
      (id) => keyed.uniform(id, 1 + lag),
    ),
    correlation(
      (id) => keyed.uniform(id + lag, 1),
      (id) => keyed.uniform(id, 1 + lag),
    ),
    correlation(
      (index) => column[index]!,
      (index) => column[index + lag]!,
    ),
  ];
  for (const pair of pairs) expect(Math.abs(pair)).toBeLessThan(BOUND);
});

test("one flipped bit of a purpose flips each bit drawn half of the time", () => {
  const draws = 4000;
  for (let bit = 0; bit < 32; bit++) {
    const flips = new Int32Array(32);
    for (let id = 0; id < draws; id++) {
      const difference = keyed.bits(id, 5) ^ keyed.bits(id, 5 ^ (1 << bit));
      for (let drawn = 0; drawn < 32; drawn++) flips[drawn]! += (difference >>> drawn) & 1;
    }
    // Five standard deviations: 1024 pairs are looked at.
    for (const count of flips) expect(Math.abs(count / draws - 0.5)).toBeLessThan(2.5 / Math.sqrt(draws));
  }
});

test("another keyed stream shifts no draw, and a keyed draw does not depend on those before it", () => {
  const alone = new Streams("7").keyed("user/London");
  const together = new Streams("7");
  together.keyed("user/Paris").uniform(1, 1);
  together.sequence("arrivals").bits();
  const second = together.keyed("user/London");
  for (let id = 99; id >= 0; id--) expect(second.bits(id, 3)).toBe(alone.bits(id, 3));
});
