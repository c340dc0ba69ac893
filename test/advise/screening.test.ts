import fc from "fast-check";
import { expect, test } from "vitest";
import { broken } from "../../src/advise/recommend/bounds.js";
import { candidateCount, candidates } from "../../src/advise/recommend/candidates.js";
import { conflicts } from "../../src/advise/recommend/conflict.js";
import { controlFor } from "../../src/advise/recommend/control.js";
import type { Costing } from "../../src/advise/recommend/costing.js";
import { estimate } from "../../src/advise/recommend/estimate.js";
import { Ground } from "../../src/advise/recommend/ground.js";
import { type Requirements, readRequirements } from "../../src/advise/recommend/requirements.js";
import { screen } from "../../src/advise/recommend/screening.js";

function required(text: string): Requirements {
  const read = readRequirements(text, "needs.yaml");
  if (!read.ok) throw new Error(read.problems.map(({ line, message }) => `${line}: ${message}`).join("\n"));
  return read.requirements;
}

/** Made up, and different from region to region, so that nothing is equal by chance. */
const PRICES: Costing = {
  storage: (region) => 1e-10 * (1 + region / 10),
  backup: (region) => 5e-11 * (1 + region / 15),
  worker: (region) => 9 * (1 + region / 20),
  transfer: (from, to) => 2e-11 * (1 + from + to / 10),
  egress: (region) => 9e-11 * (1 + region / 30),
};

const REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-1"];
const needs = fc.record({
  p95: fc.integer({ min: 20, max: 600 }),
  tokyo: fc.integer({ min: 50, max: 700 }),
  rto: fc.constantFrom("20s", "1m", "2m", "5m", "2h"),
  rpo: fc.constantFrom("0s", "20ms", "10s", "10m"),
  owned: fc.constantFrom("", ", owned: true"),
  level: fc.constantFrom("eventual", "session", "strong"),
  allowed: fc.constantFrom("", ", allowed: [EU/EEA]", ", allowed: [eu-west-1]"),
  budget: fc.integer({ min: 100, max: 6000 }),
  most: fc.integer({ min: 1, max: 3 }),
  size: fc.constantFrom("10 GB", "2 TB"),
});
type Needs = typeof needs extends fc.Arbitrary<infer T> ? T : never;

const textOf = (need: Needs): string => `users:
  - {place: New York, requests: 60/s}
  - {place: Frankfurt, requests: 40/s, reads: 90%}
  - {place: Tokyo, requests: 20/s, reads: 50%, p95: ${need.tokyo}ms}
latency: {p95: ${need.p95}ms}
recovery: {rto: ${need.rto}, rpo: ${need.rpo}}
data:
  size: ${need.size}
  classes: {orders: {share: 40%, consistency: ${need.level}${need.owned}}, profiles: {share: 60%${need.allowed}}}
budget: ${need.budget}
candidates: [${REGIONS.join(", ")}]
regions: ${need.most}
`;

test("no candidate that keeps the requirements in the noise-free model is ever pruned, and the counts add up", () => {
  let satisfied = 0;
  fc.assert(
    fc.property(needs, (need) => {
      const requirements = required(textOf(need));
      const ground = new Ground(requirements);
      const control = controlFor(requirements.rto);
      const screening = screen(ground, PRICES);
      const kept = new Set(screening.kept.map(({ candidate }) => nameOf(candidate)));
      let all = 0;
      const wrongly: string[] = [];
      // The reference: every candidate, judged by what it comes to and by no bound.
      for (const candidate of candidates(REGIONS.length, need.most, need.owned !== "")) {
        all++;
        const typical = estimate(candidate, ground, control, PRICES, "typical");
        if (broken(candidate, typical, requirements).length > 0) continue;
        satisfied++;
        // Not asked of each by expect, which takes a hundred times as long as the search.
        if (!kept.has(nameOf(candidate))) wrongly.push(nameOf(candidate));
      }
      expect(wrongly).toEqual([]);
      const pruned = Object.values(screening.pruned).reduce((sum, count) => sum + count, 0);
      expect(pruned + screening.kept.length).toBe(all);
      expect(screening.total).toBe(all);
      expect(candidateCount(REGIONS.length, need.most, need.owned !== "")).toBe(all);
      const families = [...screening.families.values()];
      expect(families.reduce((sum, { candidates: count }) => sum + count, 0)).toBe(all);
    }),
    { numRuns: 150, seed: 5 },
  );
  expect(satisfied).toBeGreaterThan(100);
});

test("with the least luck nothing is worse than with usual luck, term by term", () => {
  const ground = new Ground(required(textOf({ ...EASY, most: 3 })));
  for (const candidate of candidates(REGIONS.length, 3, true)) {
    const [least, typical] = (["least", "typical"] as const).map((luck) =>
      estimate(candidate, ground, controlFor(null), PRICES, luck),
    );
    expect(least!.p95).toBeLessThanOrEqual(typical!.p95);
    least!.p95s.forEach((latency, place) => expect(latency).toBeLessThanOrEqual(typical!.p95s[place]!));
    expect(least!.rto).toBeLessThanOrEqual(typical!.rto);
    expect(least!.rpo).toBeLessThanOrEqual(typical!.rpo);
    expect(least!.cost!).toBeLessThanOrEqual(typical!.cost!);
  }
});

test("a conflict is one that no candidate resolves, and nothing can be left out of it", () => {
  let seen = 0;
  fc.assert(
    fc.property(needs, (need) => {
      const ground = new Ground(required(textOf(need)));
      const screening = screen(ground, PRICES);
      const found = conflicts(screening, ground, PRICES);
      expect(found.length === 0).toBe(screening.kept.length > 0);
      for (const { requirements } of found) {
        seen++;
        const keeps = (set: readonly string[]): boolean =>
          screening.signatures.some((clauses) => clauses.every(({ all }) => !all.every((each) => set.includes(each))));
        expect(keeps(requirements)).toBe(false);
        for (const each of requirements) expect(keeps(requirements.filter((other) => other !== each))).toBe(true);
      }
    }),
    { numRuns: 150, seed: 6 },
  );
  expect(seen).toBeGreaterThan(50);
});

const EASY: Needs = {
  ...{
    p95: 5000,
    tokyo: 5000,
    rto: "2h",
    rpo: "10m",
    level: "eventual",
    owned: ", owned: true",
    allowed: "",
    budget: 1e6,
    most: 3,
    size: "10 GB",
  },
};
const conflictOf = (need: Partial<Needs>, more = ""): string => {
  const ground = new Ground(required(textOf({ ...EASY, ...need }) + more));
  return conflicts(screen(ground, PRICES), ground, PRICES)
    .flatMap(({ why }) => why)
    .join("\n");
};

test("Tokyo from one region in Europe: 20 ms is below light in fibre, 93 ms over 9,330 km", () => {
  const text = `users: [{place: Tokyo, requests: 10/s, p95: 20ms}]
candidates: [eu-central-1]
`;
  const ground = new Ground(required(text));
  const [only] = conflicts(screen(ground, PRICES), ground, PRICES);
  expect(only!.requirements).toEqual(["latency of Tokyo"]);
  expect(only!.why[0]).toBe(
    "p95 of 20 ms for Tokyo is below light in fibre: 93 ms to eu-central-1, the nearest candidate",
  );
});

test("what stands in the way of a pair is told of the candidates that keep the other one", () => {
  const text = (p95: number): string => `users: [{place: Tokyo, requests: 10/s, p95: ${p95}ms}]
data: {classes: {pii: {share: 100%, allowed: [eu-central-1, eu-west-1]}}}
candidates: [eu-central-1, eu-west-1, ap-northeast-1]
`;
  const whyOf = (p95: number): readonly string[] => {
    const ground = new Ground(required(text(p95)));
    const [pair] = conflicts(screen(ground, PRICES), ground, PRICES);
    expect(pair!.requirements).toEqual(["residency of pii", "latency of Tokyo"]);
    return pair!.why;
  };
  // 9,330 km of fibre, there and back.
  expect(whyOf(80)[1]).toBe(
    "p95 of 80 ms for Tokyo is below light in fibre: 93 ms to eu-central-1, the nearest that may hold it",
  );
  expect(whyOf(100)[1]).toMatch(
    /^p95 of 100 ms for Tokyo: candidates that keep the rest need 1\d\d(?:\.\d+)? ms at least, /,
  );
});

test.each([
  ["a budget of nothing", { budget: 1 }, /^1 USD a month: the cheapest candidate takes \d+ USD/],
  [
    "a class that one region may hold, and an RTO",
    { allowed: ", allowed: [eu-west-1]" },
    /a class allowed in one region cannot survive it\nan RTO of 2 h/,
  ],
  ["no time to fail over", { rto: "20s" }, /^an RTO of 20 s: .* takes \d+ s at least$/],
  ["strong reads in a hurry", { level: "strong", p95: 20 }, /^p95 of 20 ms for all users: .*$/],
] as const)("%s is told with its figures", (_, need, expected) => {
  expect(conflictOf(need)).toMatch(expected);
});

function nameOf({
  form,
  regions,
  primary,
  level,
}: ReturnType<typeof candidates> extends Generator<infer T> ? T : never): string {
  return [form.name, level, regions.join(), primary].join("/");
}
