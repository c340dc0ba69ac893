import { describe, expect, test } from "vitest";
import { Streams } from "../../src/engine/random.js";
import { normalBelow } from "../../src/units/normal.js";
import { ksCritical, ksDistance, mean, uniformCdf } from "../statistics.js";

const COUNT = 100_000;
const draw = (next: (index: number) => number): number[] => Array.from({ length: COUNT }, (_, index) => next(index));
const keyed = new Streams("42").keyed("a thing");
const sequence = new Streams("42").sequence("arrivals");
const exponentialCdf = (x: number): number => 1 - Math.exp(-x);

describe("draws have the law that they promise", () => {
  test.each([
    ["keyed uniform by id", () => draw((id) => keyed.uniform(id, 1)), uniformCdf(0, 1)],
    ["keyed uniform by purpose", () => draw((purpose) => keyed.uniform(7, purpose)), uniformCdf(0, 1)],
    [
      "keyed uniform over ids beyond 2^32",
      () => draw((id) => keyed.uniform(2 ** 40 + id * 2 ** 20, 1)),
      uniformCdf(0, 1),
    ],
    ["keyed exponential", () => draw((id) => keyed.exponential(id, 2)), exponentialCdf],
    ["keyed normal", () => draw((id) => keyed.normal(id, 3)), normalBelow],
    ["sequence uniform", () => draw(() => sequence.uniform()), uniformCdf(0, 1)],
    ["sequence exponential (ziggurat)", () => draw(() => sequence.exponential()), exponentialCdf],
  ])("%s", (_, samples, cdf) => {
    expect(ksDistance(samples(), cdf)).toBeLessThan(ksCritical(COUNT));
  });
});

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = mean(a.map((value, index) => (value - meanA) * (b[index]! - meanB)));
  return (
    product / Math.sqrt(mean(a.map((value) => (value - meanA) ** 2)) * mean(b.map((value) => (value - meanB) ** 2)))
  );
}

test("neighbouring ids, purposes and streams are not correlated", () => {
  const here = draw((id) => keyed.uniform(id, 1));
  const other = new Streams("42").keyed("another thing");
  const bound = 4 / Math.sqrt(COUNT);
  expect(
    Math.abs(
      correlation(
        here,
        draw((id) => keyed.uniform(id + 1, 1)),
      ),
    ),
  ).toBeLessThan(bound);
  expect(
    Math.abs(
      correlation(
        here,
        draw((id) => keyed.uniform(id, 2)),
      ),
    ),
  ).toBeLessThan(bound);
  expect(
    Math.abs(
      correlation(
        here,
        draw((id) => other.uniform(id, 1)),
      ),
    ),
  ).toBeLessThan(bound);
});

test("one flipped bit of an id flips half of the bits drawn", () => {
  for (let bit = 0; bit < 40; bit++) {
    let flipped = 0;
    for (let id = 0; id < 500; id++) {
      let difference =
        keyed.bits(id, 1) ^ keyed.bits(id + 2 ** bit * (Math.floor(id / 2 ** bit) % 2 === 0 ? 1 : -1), 1);
      for (; difference !== 0; difference &= difference - 1) flipped++;
    }
    expect(flipped / 500).toBeGreaterThan(15);
    expect(flipped / 500).toBeLessThan(17);
  }
});

test("making or drawing from another stream shifts no draw", () => {
  const alone = new Streams("7").sequence("arrivals/London");
  const streams = new Streams("7");
  streams.sequence("arrivals/Paris").uniform();
  const together = streams.sequence("arrivals/London");
  for (let index = 0; index < 100; index++) expect(together.bits()).toBe(alone.bits());
});

test("seed and name are kept apart", () => {
  expect(new Streams("1").keyed("1/x").bits(0, 0)).not.toBe(new Streams("1/1").keyed("x").bits(0, 0));
});

test("the first draws are pinned: they may never change", () => {
  const pinned = new Streams("1");
  const s = pinned.sequence("arrivals/London");
  const k = pinned.keyed("user/London");
  expect([s.bits(), s.bits(), s.bits()]).toMatchInlineSnapshot(`
    [
      1300541617,
      -1975084393,
      -819866558,
    ]
  `);
  expect([k.bits(0, 0), k.bits(1, 0), k.bits(0, 1), k.bits(2 ** 33, 0)]).toMatchInlineSnapshot(`
    [
      266428169,
      -344613453,
      -1933682148,
      -86704147,
    ]
  `);
});
