import { expect, test } from "vitest";
import { broken } from "../../src/advise/recommend/bounds.js";
import { type Candidate, candidates } from "../../src/advise/recommend/candidates.js";
import { controlFor } from "../../src/advise/recommend/control.js";
import { costingOf } from "../../src/advise/recommend/costing.js";
import { type Estimate, estimate } from "../../src/advise/recommend/estimate.js";
import type { Figures } from "../../src/advise/recommend/figures.js";
import { Ground } from "../../src/advise/recommend/ground.js";
import { LIMITS, type Limits, recommend } from "../../src/advise/recommend/recommend.js";
import { type Requirements, readRequirements } from "../../src/advise/recommend/requirements.js";
import { NOT_WEIGHED, rejections } from "../../src/advise/recommend/words.js";
import { patterns } from "../../src/architectures/catalogue.js";
import { recommendationText } from "../../src/report/recommendation-text.js";

function required(more: string, owned = ", owned: true"): Requirements {
  const text = `users:
  - {place: New York, requests: 60/s}
  - {place: Frankfurt, requests: 40/s, reads: 90%}
  - {place: Tokyo, requests: 20/s, reads: 50%}
data: {size: 500 GB, classes: {orders: {share: 40%, consistency: strong${owned}}, rest: {share: 60%}}}
candidates: [us-east-1, us-west-2, eu-west-1, eu-central-1, ap-northeast-1, ap-southeast-1, sa-east-1]
${more}`;
  const read = readRequirements(text, "needs.yaml");
  if (!read.ok) throw new Error(read.problems.map(({ line, message }) => `${line}: ${message}`).join("\n"));
  return read.requirements;
}

/** A world without any noise: each run shows what the model says. */
function noiseFree(requirements: Requirements) {
  const ground = new Ground(requirements);
  const [control, costing] = [controlFor(requirements.rto), costingOf(requirements.candidates)];
  const typical = (candidate: Candidate): Estimate => estimate(candidate, ground, control, costing, "typical");
  const shown = (candidate: Candidate): Figures => {
    const { cost, p95, p95s, rto, rpo } = typical(candidate);
    const milliseconds = p95s.map((value) => value / 1000);
    return { cost, p95: p95 / 1000, p95s: milliseconds, rto: rto / 1e6, rpo: rpo / 1e6, availability: 0.99 };
  };
  /** Every candidate there is, judged by what it comes to: no bound, no selection, no halving. */
  const exhaustive = [...candidates(ground.size, requirements.most, true)]
    .map((candidate) => ({ candidate, typical: typical(candidate) }))
    .filter(({ candidate, typical }) => broken(candidate, typical, requirements).length === 0);
  const found = (limits: Limits) =>
    recommend(requirements, () => async (all, seeds) => all.map((each) => seeds.map(() => shown(each))), limits);
  return { exhaustive, found };
}

const four = ({ cost, p95, rto, rpo }: Estimate): readonly number[] => [cost!, p95, rto, rpo];
/** What nobody is as good as in everything and better in something; equals once. */
function frontOf(all: readonly Estimate[]): string[] {
  const points = [...new Map(all.map((each) => [String(four(each)), four(each)])).values()];
  const beats = (a: readonly number[], b: readonly number[]): boolean =>
    a !== b && a.every((value, at) => value <= b[at]!);
  return points.filter((point) => !points.some((other) => beats(other, point))).map(String);
}

test.each([
  ["nothing but users", ""],
  ["everything", "latency: {p95: 350ms}\nrecovery: {rto: 3m, rpo: 1s}\nbudget: 3000\n"],
  ["no loss at all", "recovery: {rto: 3m, rpo: 0s}\n"],
  ["a quick answer in Tokyo", "latency: {p95: 260ms}\nrecovery: {rto: 2m}\nregions: 2\n"],
])("without noise the front is that of an exhaustive search over the whole space: %s", async (_, more) => {
  const requirements = required(more);
  const { exhaustive, found } = noiseFree(requirements);
  expect(exhaustive.length).toBeGreaterThan(0);
  const all = await found({ candidates: Number.POSITIVE_INFINITY, runs: Number.POSITIVE_INFINITY });
  const byFigures = new Map(exhaustive.map(({ candidate, typical }) => [nameOf(candidate), String(four(typical))]));
  const front = new Set(all.front.map(({ candidate }) => byFigures.get(nameOf(candidate))!));
  expect([...front].toSorted()).toEqual(frontOf(exhaustive.map(({ typical }) => typical)).toSorted());
  // With the usual limits not all of it is simulated; the pick is the cheapest there is.
  const usual = await found(LIMITS);
  expect(usual.pick!.seeds[0]!.cost).toBe(Math.min(...exhaustive.map(({ typical }) => typical.cost!)));
});

const nameOf = ({ form, level, regions, primary }: Candidate): string =>
  [form.name, level, regions.join(), primary].join("/");

test("every pattern that there is has a sentence, or is picked", async () => {
  const made = await noiseFree(required("")).found(LIMITS);
  const told = rejections(made).map(({ pattern }) => pattern);
  expect(new Set(told).size).toBe(told.length);
  const all = patterns.map(({ name }) => name);
  expect(told).toEqual(expect.arrayContaining(all.filter((name) => name !== made.pick!.candidate.form.pattern)));
  expect(all).toEqual(expect.arrayContaining(Object.keys(NOT_WEIGHED)));
});

const wrap = (text: string): string => text;

test("the front is a table and a plot, whose numbers are those of the table", async () => {
  const made = await noiseFree(required("recovery: {rto: 3m}\n")).found(LIMITS);
  const lines = recommendationText(made, 100, wrap).split("\n");
  const begin = lines.findIndex((line) => line.startsWith("p95 against cost a month"));
  const rows = lines.slice(begin + 1, lines.indexOf("", begin));
  const numbers = rows.flatMap((row) =>
    [...(row.split("│")[1] ?? "").matchAll(/\d+/g)].map(([number]) => Number(number)),
  );
  expect(numbers.length).toBeGreaterThan(1);
  expect(numbers).toContain(1);
  for (const number of numbers) expect(number).toBeLessThanOrEqual(made.front.length);
  // The cheapest stands left of all others.
  const columns = (of: RegExp): number[] => rows.map((row) => row.search(of)).filter((column) => column > 0);
  expect(columns(/(?<=│.*)\b1\b/)).toEqual([Math.min(...columns(/(?<=│.*)\d/))]);
  for (const line of rows) expect(line.length).toBeLessThanOrEqual(80);
});

test("where nothing keeps everything, who is nearest is told, and what is beyond looks so", async () => {
  // No bound forbids it, and every run shows a hair more than is allowed.
  const requirements = required("latency: {p95: 300ms}\n");
  const figures = { cost: 100, p95: 300.04, p95s: [300, 300, 300], rto: 10, rpo: 0, availability: 0.99 };
  const simulate = () => async (all: readonly Candidate[], seeds: readonly string[]) =>
    all.map(() => seeds.map(() => figures));
  const text = recommendationText(await recommend(requirements, simulate, LIMITS), 100, wrap);
  expect(text).toMatch(
    /^No candidate .* required\. The nearest to it, .*, misses the latency, 300\.1 ms against 300 ms\.$/m,
  );
});
