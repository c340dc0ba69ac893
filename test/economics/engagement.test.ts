import { expect, test } from "vitest";
import { creditAt } from "../../src/economics/economics.js";
import { DEFAULT_ENGAGEMENT, boundsOf, engaged, engagementAt } from "../../src/economics/engagement.js";
import { Histogram } from "../../src/measure/histogram.js";
import { MILLISECOND } from "../../src/units/time.js";

test.each([
  [0, 1],
  [99.999, 1],
  [100, 0.9],
  [299, 0.9],
  [300, 0.7],
  [500, 0.4],
  [60_000, 0.4],
])("an answer after %d ms is worth %d of it", (latency, share) => {
  expect(engagementAt(DEFAULT_ENGAGEMENT, latency * MILLISECOND)).toBe(share);
});

test("what a histogram says of many answers is the sum over each of them", () => {
  const histogram = new Histogram();
  let sum = 0;
  for (let at = 1; at <= 2000; at++) {
    const latency = at * 371;
    histogram.add(latency);
    sum += engagementAt(DEFAULT_ENGAGEMENT, latency);
  }
  const within = boundsOf(DEFAULT_ENGAGEMENT).map((bound) => histogram.countBelow(bound));
  // A bucket is 0.8 % wide at most; three bounds cut one each.
  expect(Math.abs(engaged(DEFAULT_ENGAGEMENT, 2000, within) - sum)).toBeLessThan(2);
});

test("no bound at all: every answer is worth the same", () => {
  expect(engaged([{ below: Number.POSITIVE_INFINITY, share: 0.5 }], 10, [])).toBe(5);
});

test.each([
  [1, 0],
  [0.9999, 0],
  [0.99989, 0.1],
  [0.985, 0.25],
  [0, 1],
])("a month with an availability of %d credits %d of the fee", (availability, credit) => {
  const credits = [
    { below: 0.9999, credit: 0.1 },
    { below: 0.99, credit: 0.25 },
    { below: 0.95, credit: 1 },
  ];
  expect(creditAt({ fee: null, credits }, availability)).toBe(credit);
  expect(creditAt(null, availability)).toBe(0);
});
