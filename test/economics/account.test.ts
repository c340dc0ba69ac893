import { expect, test } from "vitest";
import { accountOf } from "../../src/economics/account.js";
import { lossOf, monthAt } from "../../src/economics/return.js";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { run } from "../../src/simulation/run.js";
import { twoRegions } from "../cost/scenarios.js";
import { ECONOMICS, outcomeOf } from "./made.js";

/** One place at 1 request/s, an hour: 3,600 requests, and 2,628,000 in a month of 730 hours. */
const { plan, prices } = twoRegions();
const MONTHLY = 2_628_000;
const all = { issued: [3600], answered: [3600], within: [[3600, 3600, 3600]] };

test("a quiet month loses nothing where all is answered at once", () => {
  const account = accountOf(plan, ECONOMICS, prices, outcomeOf(all), null);
  expect(account.potential).toBeCloseTo(26_280, 9);
  expect(lossOf(account.quiet)).toBe(0);
  expect(account.outageBill).toBe(0);
  expect(monthAt(account, 0).net).toBeCloseTo(26_280 - account.bill!, 9);
});

test("late answers, missing ones and lost writes are weighed by hand", () => {
  const served = { issued: [3600], answered: [3240], within: [[1000, 2000, 3000]] };
  const economics = { ...ECONOMICS, lostWrite: 2, overwrittenWrite: 0.5 };
  const summary = { lost_acknowledged_writes: 3, overwritten_writes: 10 };
  const { quiet, outage } = accountOf(
    plan,
    economics,
    prices,
    outcomeOf(all, { lost_acknowledged_writes: 1, overwritten_writes: 2 }),
    outcomeOf(served, summary),
  );
  // 1,000 are worth 90 %, 1,000 are worth 70 %, 240 are worth 40 %.
  expect(outage.latency).toBeCloseTo(0.01 * (100 + 300 + 144), 9);
  expect(outage.unavailability).toBeCloseTo(0.01 * 360, 9);
  expect(outage.writes).toBeCloseTo(2 * 2 + 8 * 0.5, 9);
  expect(quiet.writes).toBeCloseTo(((1 * 2 + 2 * 0.5) * MONTHLY) / 3600, 6);
});

test.each(["per_user", "per_request", "per_hour"] as const)("revenue %s comes to the same month", (unit) => {
  const value = { per_user: 26.28, per_request: 0.01, per_hour: 36 }[unit];
  const economics = { ...ECONOMICS, places: [{ unit, value, users: 1000 }] };
  const half = { issued: [3600], answered: [1800], within: [[1800, 1800, 1800]] };
  const { potential, outage } = accountOf(plan, economics, prices, outcomeOf(all), outcomeOf(half));
  expect(potential).toBeCloseTo(26_280, 6);
  expect(outage.unavailability).toBeCloseTo(18, 9);
});

test("credits are of the month that has the outage in it", () => {
  const economics = {
    ...ECONOMICS,
    sla: {
      fee: 1000,
      credits: [
        { below: 0.9999, credit: 0.1 },
        { below: 0.999, credit: 0.3 },
      ],
    },
  };
  const without = (missing: number) => ({ issued: [3600], answered: [3600 - missing], within: [[3600, 3600, 3600]] });
  const creditsOf = (missing: number): number =>
    accountOf(plan, economics, prices, outcomeOf(all), outcomeOf(without(missing))).outage.credits;
  // 262.8 of 2,628,000 are 0.01 %.
  expect([262, 263, 2628, 2629].map(creditsOf)).toEqual([0, 100, 100, 300]);
  // What a quiet month credits already is no loss of the outage.
  const broken = outcomeOf(without(1));
  expect(accountOf(plan, economics, prices, broken, null).quiet.credits).toBe(100);
  const worse = [2, 3000].map((missing) => accountOf(plan, economics, prices, broken, outcomeOf(without(missing))));
  expect(worse.map(({ outage }) => Math.round(outage.credits))).toEqual([0, 200]);
});

test("a place whose users asked for nothing earns nothing that could be told", () => {
  const none = { issued: [0], answered: [0], within: [[0, 0, 0]] };
  const account = accountOf(plan, ECONOMICS, prices, outcomeOf(none), outcomeOf(none));
  expect(account.potential).toBe(0);
  expect(lossOf(account.outage)).toBe(0);
});

test("what an outage adds to the bill is what its hours cost more than quiet ones", () => {
  const struck = outcomeOf(all);
  const meters = { ...struck.meters, instanceHours: [4, 3], calm: struck.meters };
  const { outageBill } = accountOf(plan, ECONOMICS, prices, outcomeOf(all), { ...struck, meters });
  // Two m6i.large more in us-east-1, for the hour of the run.
  expect(outageBill).toBeCloseTo(2 * 0.096, 9);
});

test("revenue lost in a simulated outage is the revenue rate times 1 - availability", () => {
  const text = `question: q
duration: 20m
topology: {regions: {us-east-1: {instances: 2}}}
users: [{place: New York, requests: 20/s, shape: flat}]
economics: {revenue: {per_hour: 600}, engagement: [{share: 100%}]}
faults: [{region_outage: us-east-1, at: 5m, for: 5m}]
architectures: {one: {pattern: single-region, primary: us-east-1}}
`.replace("revenue: {per_hour: 600}", "places: {New York: {per_hour: 600}}");
  const parsed = parseScenario(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const [one] = compile(parsed.scenario).plans;
  const struck = run(one!, "1");
  const quiet = run({ ...one!, faults: [] }, "1");
  const { outage } = accountOf(one!, parsed.scenario.economics!, parsed.scenario.prices, quiet, struck);
  expect(quiet.summary["availability"]).toBe(1);
  const issued = struck.served.issued[0]!;
  const rate = 600 / (20 * 3600);
  expect(outage.unavailability).toBeCloseTo(rate * issued * (1 - struck.summary["availability"]!), 9);
  // Five minutes and what detection and names add: 50 dollars and a little more.
  expect(outage.unavailability).toBeGreaterThan(45);
  expect(outage.unavailability).toBeLessThan(80);
});

test("what a run counts of each place is what its metrics say of that place", () => {
  const text = `question: q
duration: 2m
topology: {regions: {us-east-1: {instances: 4}, eu-west-1: {instances: 4}}}
users: [{place: New York, requests: 20/s}, {place: Frankfurt, requests: 10/s}, {place: Tokyo, requests: 5/s}]
economics: {revenue: {per_request: 1}, engagement: [{below: 150ms, share: 100%}, {below: 1h, share: 90%}, {share: 0%}]}
architectures: {both: {pattern: active-active}}
`;
  const parsed = parseScenario(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { served, metrics } = run(compile(parsed.scenario).plans[0]!, "1");
  const fast = served.within.map(([below], at) => below! / served.answered[at]!);
  for (const [at, place] of ["New York", "Frankfurt", "Tokyo"].entries()) {
    const own = metrics.filter(
      ({ name, labels }) => name === "user_request_latency" && labels["user_region"] === place,
    );
    const counts = own.reduce((sum, { values }) => sum + values["count"]!, 0);
    expect(served.answered[at]).toBe(counts);
    // Nothing takes an hour.
    expect(served.within[at]![1]).toBe(counts);
  }
  // From Tokyo the round trip to either region takes longer.
  expect(fast[2]).toBe(0);
  expect(Math.min(fast[0]!, fast[1]!)).toBeGreaterThan(0.5);
});
