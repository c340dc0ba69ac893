import { expect, test } from "vitest";
import type { Candidate } from "../../src/advise/recommend/candidates.js";
import { type Figures, type Simulated, dominates, missed } from "../../src/advise/recommend/figures.js";
import { FORMS } from "../../src/advise/recommend/forms.js";
import { type Simulate, halve } from "../../src/advise/recommend/halving.js";
import { readRequirements } from "../../src/advise/recommend/requirements.js";

const read = readRequirements(
  "users: [{place: London, requests: 10/s}]\nrecovery: {rto: 100s}\nlatency: {p95: 400ms}",
  "needs.yaml",
);
if (!read.ok) throw new Error("it is wrong");
const REQUIRED = read.requirements;
const FORM = FORMS.find(({ name }) => name === "active-active")!;
const candidate = (id: number, level: Candidate["level"] = "eventual"): Candidate => ({
  ...{ form: FORM, regions: [id, id + 1], primary: -1, level },
});
const figures = (given: Partial<Figures>): Figures => ({
  ...{ cost: 100, p95: 200, p95s: [200], rto: 50, rpo: 0, availability: 0.99 },
  ...given,
});
const seen = (id: number, ...seeds: Partial<Figures>[]): Simulated => ({
  candidate: candidate(id),
  seeds: seeds.map(figures),
});

test("who is better in one thing and worse in another beats nobody", () => {
  const cheap = seen(0, { cost: 50, p95: 300 }, { cost: 51, p95: 301 }, { cost: 50, p95: 299 });
  const quick = seen(1, { cost: 90, p95: 100 }, { cost: 91, p95: 101 }, { cost: 90, p95: 99 });
  expect([dominates(cheap, quick), dominates(quick, cheap)]).toEqual([false, false]);
  const both = seen(2, { cost: 40, p95: 90 }, { cost: 41, p95: 91 }, { cost: 40, p95: 89 });
  expect([dominates(both, cheap), dominates(both, quick), dominates(cheap, both)]).toEqual([true, true, false]);
});

test("an interval that reaches across is no sure difference; pairing makes it narrow", () => {
  // Means differ by 10, but now this one is better and now that one.
  const one = seen(0, { p95: 200 }, { p95: 240 }, { p95: 190 });
  const other = seen(1, { p95: 230 }, { p95: 200 }, { p95: 230 });
  expect(dominates(one, other)).toBe(false);
  // The same spread of both, seed by seed exactly 10 apart.
  const lower = seen(2, { p95: 200 }, { p95: 240 }, { p95: 190 });
  const upper = seen(3, { p95: 210 }, { p95: 250 }, { p95: 200 });
  expect([dominates(lower, upper), dominates(upper, lower)]).toEqual([true, false]);
});

test("never to be back is worse than anything, and no price is no difference", () => {
  const gone = seen(0, { rto: Number.POSITIVE_INFINITY, cost: null });
  const back = seen(1, { rto: 5000, cost: null });
  expect([dominates(back, gone), dominates(gone, back)]).toEqual([true, false]);
});

test("of twins the one whose reads show more goes on", () => {
  const twin = (level: Candidate["level"]): Simulated => ({ ...seen(0, {}, {}, {}), candidate: candidate(0, level) });
  expect(dominates(twin("session"), twin("eventual"))).toBe(true);
  expect(dominates(twin("eventual"), twin("session"))).toBe(false);
});

test("a requirement is surely missed only by a whole interval", () => {
  const near = seen(0, { rto: 90 }, { rto: 120 }, { rto: 110 });
  expect([missed(near, REQUIRED, false), missed(near, REQUIRED, true)]).toEqual([["rto"], []]);
  const far = seen(0, { rto: 190 }, { rto: 200 }, { rto: 195 });
  expect(missed(far, REQUIRED, true)).toEqual(["rto"]);
});

/** A world in which each candidate has a mean of its own and seeds add the same noise to all. */
function world(means: readonly Partial<Figures>[]): { simulate: Simulate; asked: string[][] } {
  const asked: string[][] = [];
  const simulate: Simulate = async (candidates, seeds) => {
    asked.push([...seeds]);
    return candidates.map(({ regions }) =>
      seeds.map((seed) => {
        const own = figures(means[regions[0]!]!);
        // Common to all, and a little of its own.
        const noise = ((Number(seed) * 37) % 11) * 5 + ((Number(seed) * (regions[0]! + 3) * 13) % 7);
        return { ...own, p95: own.p95 + noise };
      }),
    );
  };
  return { simulate, asked };
}

test("what the front is made of is never dropped; what is surely worse is, and gets no more seeds", async () => {
  const means = [
    { cost: 100, p95: 300 },
    { cost: 200, p95: 100 },
    { cost: 210, p95: 290 },
    { cost: 150, p95: 205 },
    { cost: 300, p95: 300, rto: 80 },
  ];
  const { simulate, asked } = world(means);
  const { survivors, dropped, rounds } = await halve(
    means.map((_, id) => candidate(id)),
    REQUIRED,
    1000,
    simulate,
  );
  const ids = (some: readonly Simulated[]): number[] =>
    some.map(({ candidate: { regions } }) => regions[0]!).toSorted();
  expect(ids(survivors)).toEqual([0, 1, 3]);
  expect(ids(dropped)).toEqual([2, 4]);
  expect(asked).toEqual([
    ["1", "2", "3"],
    ["4", "5", "6"],
    ["7", "8", "9", "10", "11", "12"],
  ]);
  expect(rounds[0]!.candidates).toBe(5);
  expect(rounds.reduce((sum, { beaten, missing }) => sum + beaten + missing, 0)).toBe(dropped.length);
  for (const each of survivors) expect(each.seeds).toHaveLength(12);
});

test("no more runs than are allowed after the first round, and it is said", async () => {
  const means = Array.from({ length: 10 }, (_, id) => ({ cost: 100 + id, p95: 300 - 10 * id }));
  const { simulate, asked } = world(means);
  const halved = await halve(
    means.map((_, id) => candidate(id)),
    REQUIRED,
    45,
    simulate,
  );
  expect([halved.cut, asked.length, halved.survivors.length]).toEqual([true, 1, 10]);
});

test("where all would miss a requirement the nearest are still told", async () => {
  const { simulate } = world([{ rto: 500 }, { rto: 600 }]);
  const halved = await halve([candidate(0), candidate(1)], REQUIRED, 1000, simulate);
  expect(halved.survivors.length + halved.dropped.length).toBe(2);
  expect(halved.survivors.length).toBeGreaterThan(0);
});
