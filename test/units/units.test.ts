import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalBelow, normalQuantile } from "../../src/units/normal.js";
import {
  parseBandwidth,
  parseBytes,
  parseCount,
  parseDuration,
  parseRange,
  parseRate,
  parseShare,
  parseShift,
} from "../../src/units/parse.js";
import { nearest } from "../../src/units/text.js";
import { formatDuration, formatMoment } from "../../src/units/time.js";

test.each([
  [parseDuration, "250ms", 250_000],
  [parseDuration, "1.5 h", 5_400_000_000],
  [parseDuration, "2d", 172_800_000_000],
  [parseDuration, "10us", 10],
  [parseDuration, "1h47m", 6_420_000_000],
  [parseDuration, "39m59s", 2_399_000_000],
  [parseDuration, "1 h 46 m", 6_360_000_000],
  [parseDuration, "2d 1h 0.5s", 176_400_500_000],
  [parseShift, "-1m30s", -90_000_000],
  [parseShift, "-250ms", -250_000],
  [parseRate, "3000/min", 50],
  [parseRate, "60/s", 60],
  [parseBytes, "10 GB", 1e10],
  [parseBytes, "1 MiB", 1_048_576],
  [parseBandwidth, "10 Gbps", 1.25e9],
  [parseBandwidth, "100 MB/s", 1e8],
  [parseShare, "99.9%", 0.999],
  [parseShare, 0.3, 0.3],
  [parseCount, "100_000", 100_000],
  [parseCount, "1e5", 100_000],
])("%o reads %s", (parse, text, value) => {
  const parsed = parse(text);
  expect(parsed.ok && Math.abs(parsed.value - value) < 1e-9 * Math.abs(value) + 1e-12).toBe(true);
});

test.each([
  [parseDuration, "10"],
  [parseDuration, "-5s"],
  [parseDuration, "1e30 d"],
  [parseDuration, "five minutes"],
  [parseDuration, null],
  [parseDuration, ["5s"]],
  [parseDuration, "5m1h"],
  [parseDuration, "1h60m"],
  [parseDuration, "1h-3m"],
  [parseDuration, "1h30"],
  [parseDuration, "1.5h30m"],
  [parseDuration, "-1h30m"],
  [parseRate, "60"],
  [parseRate, "60/fortnight"],
  [parseBytes, "10 gb"],
  [parseShare, "101%"],
  [parseShare, "-1%"],
  [parseCount, "1.5"],
  [parseCount, "0x10"],
  [parseCount, "Infinity"],
  [parseCount, "__proto__"],
  [parseRange, "2s..1s"],
  [parseRange, "2s"],
])("%o refuses %j and says what it expected", (parse, text) => {
  const parsed = (parse as (text: unknown) => { ok: boolean; expected?: string })(text);
  expect(parsed.ok).toBe(false);
  expect(parsed.expected).toMatch(/as |between|,/);
});

test("a moment of a run that is shown reads back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 13 }), (micros) => {
      const parsed = parseDuration(formatMoment(micros));
      expect(parsed.ok && parsed.value).toBe(micros);
    }),
    { seed: 4 },
  );
});

test("a duration that is shown reads back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 13 }), (micros) => {
      const parsed = parseDuration(formatDuration(micros));
      expect(parsed.ok && parsed.value).toBe(micros);
    }),
    { seed: 3 },
  );
});

describe("the nearest word", () => {
  test("is offered for a slip and not for another word", () => {
    expect(nearest("us-eats-1", ["us-east-1", "eu-west-1"])).toBe("us-east-1");
    expect(nearest("durration", ["duration", "start"])).toBe("duration");
    expect(nearest("zzzzzz", ["duration", "start"])).toBeUndefined();
  });

  test("is not guessed from one letter, nor is one letter guessed", () => {
    expect(nearest("x", ["a", "b", "ab"])).toBeUndefined();
    expect(nearest("ab", ["a", "b"])).toBeUndefined();
    expect(nearest("A", ["a", "b"])).toBe("a");
  });
});

test("the normal distribution is that of published tables, and its inverse inverts it", () => {
  for (const [z, p] of [
    [0, 0.5],
    [1, 0.841344746],
    [1.96, 0.975002105],
    [2.326347874, 0.99],
    [-3, 0.001349898],
  ] as const) {
    expect(normalBelow(z)).toBeCloseTo(p, 6);
  }
  for (let u = 0.0005; u < 1; u += 0.0005) expect(normalBelow(normalQuantile(u))).toBeCloseTo(u, 6);
});
