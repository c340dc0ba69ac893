import { expect, test } from "vitest";
import { Streams } from "../../src/engine/random.js";
import { OpenStream } from "../../src/simulation/open-stream.js";
import { World } from "../../src/simulation/world.js";
import { HOUR } from "../../src/units/time.js";
import { shapeAt, shapePeak } from "../../src/workload/daily-shape.js";
import { Popularity } from "../../src/workload/popularity.js";
import { RetryBudget, backoff } from "../../src/workload/retry.js";
import { activeActive } from "../simulation/plans.js";

test.each([0, 0.99, 1.5])("keys follow Zipf(%d): chi-square over the most popular and the rest", (exponent) => {
  const keys = 1000;
  const popularity = new Popularity(keys, exponent);
  const luck = new Streams("zipf").sequence("keys");
  const draws = 200_000;
  const counts = new Float64Array(keys);
  for (let draw = 0; draw < draws; draw++) counts[popularity.pick(luck.uniform())]! += 1;
  const weights = Array.from({ length: keys }, (_, key) => (key + 1) ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let chi = 0;
  for (let key = 0; key < 50; key++) {
    const expected = (draws * weights[key]!) / total;
    chi += (counts[key]! - expected) ** 2 / expected;
  }
  const [rest, seen] = [weights, [...counts]].map((values) =>
    values.slice(50).reduce((sum, value) => sum + value, 0),
  ) as [number, number];
  const expected = (draws * rest) / total;
  chi += (seen - expected) ** 2 / expected;
  // 0.1 % point of chi-square with 50 degrees of freedom.
  expect(chi).toBeLessThan(86.7);
});

test("the shape of a day is that of every day, at its last microsecond and at its first", () => {
  const hourly = Array.from({ length: 24 }, (_, hour) => hour);
  const day = 24 * HOUR;
  for (let days = 0; days < 100_000; days += 997) {
    expect(shapeAt(hourly, days * day)).toBe(0);
    for (const time of [1, 7.5 * HOUR, day - 1]) expect(shapeAt(hourly, days * day + time)).toBe(shapeAt(hourly, time));
  }
});

test("arrivals are Poisson at the rate of the hour: counts follow the integral of the shape", () => {
  const hourly = Array.from({ length: 24 }, (_, hour) => 1 + 0.6 * Math.cos((hour / 12) * Math.PI));
  const base = activeActive();
  const place = { ...base.places[0]!, rate: 20, hourly };
  const quiet = { ...base.places[1]!, rate: 0 };
  const plan = activeActive({ duration: 6 * HOUR, places: [place, quiet, { ...quiet, name: "c" }] });
  const world = new World(plan, "1");
  world.run();
  let integral = 0;
  for (let second = 0; second < 6 * 3600; second++)
    integral += 20 * shapeAt(hourly, plan.startOfDay + (second + 0.5) * 1e6);
  expect(Math.abs(world.availability.issued[0]! - integral)).toBeLessThan(4 * Math.sqrt(integral));
  expect(world.availability.issued[1]).toBe(0);
});

test("requests that are foreseen in blocks are those of a stream that is thinned one candidate at a time", () => {
  const hourly = Array.from({ length: 24 }, (_, hour) => Math.max(0, Math.sin((hour / 12) * Math.PI)));
  const facts = { ...activeActive().places[0]!, rate: 3, hourly };
  const thinning = new Streams("foreseen").keyed("user");
  const foreseen: number[] = [];
  const intents = {
    thinning: (_: number, number: number) => thinning.uniform(number, 0),
    foresee: (_: number, numbers: Int32Array) => foreseen.push(...numbers),
  };
  const end = 30 * HOUR;
  const stream = new OpenStream(0, facts, new Streams("foreseen").sequence("arrivals"), intents, 5 * HOUR, end);
  const gaps = new Streams("foreseen").sequence("arrivals");
  let at = 0;
  let asked = 0;
  for (let number = 0; ; number++) {
    at += (gaps.exponential() * 1e6) / (facts.rate * shapePeak(hourly));
    const time = Math.round(at);
    if (time >= end) break;
    if (thinning.uniform(number, 0) * shapePeak(hourly) >= shapeAt(hourly, 5 * HOUR + time)) continue;
    stream.advance();
    expect([stream.number, stream.time]).toEqual([number, time]);
    expect(foreseen[asked++]).toBe(number);
  }
  stream.advance();
  expect(stream.time).toBeGreaterThanOrEqual(end);
  expect(asked).toBeGreaterThan(100_000);
});

test("the budget lets retries be a tenth of the load at most, whatever fails", () => {
  const budget = new RetryBudget(0.1, 10);
  let spent = 0;
  for (let attempt = 0; attempt < 10_000; attempt++) {
    budget.earn();
    while (budget.spend()) spent++;
  }
  expect(spent).toBeGreaterThanOrEqual(1000);
  expect(spent).toBeLessThanOrEqual(1011);
});

test("back-off is uniform below a limit that doubles up to its cap", () => {
  expect([1, 2, 3, 10].map((retry) => backoff(100, 1000, retry, 0.999999))).toEqual([99, 199, 399, 999]);
  expect(backoff(100, 1000, 3, 0)).toBe(0);
});
