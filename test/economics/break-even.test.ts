import { expect, test } from "vitest";
import type { Account } from "../../src/economics/account.js";
import { breakEven } from "../../src/economics/break-even.js";
import { gainAt, monthAt, netReturn } from "../../src/economics/return.js";
import { returnsOf } from "../../src/economics/returns.js";
import { accountWith } from "./made.js";

/** Five seeds; nobody's luck is the same. */
const LUCK = [0.3, -1.1, 0.7, -0.2, 0.4];
const base = LUCK.map((luck) => accountWith(20_000 + 5 * luck, 1000, 900 + 30 * luck));
const other = LUCK.map((luck, seed) => accountWith(20_000 + 7 * luck, 1120, 80 + 10 * LUCK[(seed + 2) % 5]!));

test("the break-even by hand: 120 a month more, 820 less by each outage", () => {
  const exact = breakEven([accountWith(0, 220, 80)], [accountWith(0, 100, 900)])!;
  expect(exact.pays).toBe("above");
  expect(exact.outages!.mean).toBeCloseTo((12 * 120) / 820, 12);
  expect(exact.outages!.ci95).toBeNull();
});

test("it is where the gain crosses zero, and where the net ROI does", () => {
  const { pays, outages } = breakEven(other, base)!;
  expect(pays).toBe("above");
  const at = outages!.mean!;
  expect(gainAt(other, base, at).mean).toBeCloseTo(0, 9);
  expect(gainAt(other, base, at * 0.99).mean).toBeLessThan(0);
  expect(gainAt(other, base, at * 1.01).mean).toBeGreaterThan(0);
  const roiAt = (often: number): number => {
    const [own, theirs] = [other, base].map((each) => each.map((account) => monthAt(account, often))) as [
      ReturnType<typeof monthAt>[],
      ReturnType<typeof monthAt>[],
    ];
    const kept = (months: typeof own): number[] => months.map((month) => month.kept);
    const bills = (months: typeof own): number[] => months.map((month) => month.bill!);
    return netReturn(kept(own), bills(own), kept(theirs), bills(theirs)).mean!;
  };
  expect(roiAt(at)).toBeCloseTo(0, 9);
  expect(roiAt(at - 0.01)).toBeLessThan(0);
  expect(roiAt(at + 0.01)).toBeGreaterThan(0);
});

test("its interval is where the paired interval of the gain touches zero", () => {
  const [low, high] = breakEven(other, base)!.outages!.ci95!;
  expect(gainAt(other, base, low).ci95![1]).toBeCloseTo(0, 6);
  expect(gainAt(other, base, high).ci95![0]).toBeCloseTo(0, 6);
  expect(low).toBeLessThan(high);
});

test.each([
  ["always", accountWith(100, 50, 10), accountWith(100, 60, 20)],
  ["always", accountWith(100, 50, 10), accountWith(100, 60, 10)],
  ["never", accountWith(100, 60, 20), accountWith(100, 50, 10)],
  ["never", accountWith(100, 60, 10), accountWith(100, 50, 10)],
  ["below", accountWith(100, 50, 20), accountWith(100, 60, 10)],
  ["above", accountWith(100, 60, 10), accountWith(100, 50, 20)],
  ["even", accountWith(100, 60, 10), accountWith(100, 60, 10)],
] as const)("it pays %s (%#)", (pays, own, theirs) => {
  const found = breakEven([own], [theirs])!;
  expect(found.pays).toBe(pays);
  expect(found.outages === null).toBe(pays !== "above" && pays !== "below");
});

test.each([
  [[20, 21, 22], [5, 5, 5], true],
  [[20, 21, -22], [5, 5, 5], false],
  [[20, 21, 22], [5, 9, -5], false],
] as const)("an answer for ever is settled where neither interval leaves its side (%#)", (quiet, avoided, settled) => {
  const bases = quiet.map(() => accountWith(1000, 10));
  const better = quiet.map((more, seed) => accountWith(1000 + more, 10, -avoided[seed]!));
  expect(breakEven(better, bases)).toEqual({ pays: "always", outages: null, settled });
  const worse = quiet.map((more, seed) => accountWith(1000 - more, 10, avoided[seed]!));
  expect(breakEven(worse, bases)).toEqual({ pays: "never", outages: null, settled });
});

test("without a bill nothing is said of it, and seeds that differ too much bound nothing", () => {
  expect(breakEven([accountWith(1, null)], [accountWith(1, 1)])).toBeNull();
  const wild = [10, -9, 5].map((avoided) => accountWith(0, 10, -avoided));
  expect(
    breakEven(
      wild,
      [1, 2, 3].map(() => accountWith(0, 5)),
    )!.outages!.ci95,
  ).toBeNull();
});

test("the more outages, the less is kept, in equal steps", () => {
  const kept = [0, 1, 2, 3].map((often) => monthAt(base[0]!, often).kept);
  const steps = [0, 1, 2].map((at) => kept[at]! - kept[at + 1]!);
  for (const step of steps) expect(step).toBeCloseTo(base[0]!.outage.unavailability / 12, 6);
  const losses = [0, 0.5, 1, 12].map((often) => monthAt(base[0]!, often).unavailability);
  expect(losses).toEqual(losses.toSorted((a, b) => a - b));
});

test("where it costs less than the baseline there is no additional dollar to return anything", () => {
  expect(netReturn([10], [1], [9], [2]).mean).toBeNull();
  expect(netReturn([10], [3], [9], [2]).mean).toBeCloseTo(0, 12);
});

test("the table has the frequency that was asked for, and none that a year has no room for", () => {
  const named = (name: string, accounts: readonly Account[]) => ({ name, accounts });
  const [first, second] = returnsOf([named("base", base), named("other", other)], "base", 0.7, 1);
  expect(first!.gains).toEqual([]);
  expect(first!.breakEven).toBeNull();
  expect(second!.gains.map(({ outages }) => outages)).toEqual([0, 0.1, 0.2, 0.5, 0.7, 1]);
  expect(second!.month.net.mean).toBeCloseTo(first!.month.net.mean! + gainAt(other, base, 0.7).mean!, 9);
});
