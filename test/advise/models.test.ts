import { expect, test } from "vitest";
import { broken } from "../../src/advise/recommend/bounds.js";
import { type Candidate, candidates } from "../../src/advise/recommend/candidates.js";
import { controlFor } from "../../src/advise/recommend/control.js";
import { costingOf } from "../../src/advise/recommend/costing.js";
import { estimate } from "../../src/advise/recommend/estimate.js";
import { Ground } from "../../src/advise/recommend/ground.js";
import { figuresOf, modelOf } from "../../src/advise/recommend/models.js";
import { readRequirements } from "../../src/advise/recommend/requirements.js";
import { run } from "../../src/simulation/run.js";

const read = readRequirements(
  `users:
  - {place: New York, requests: 600/s}
  - {place: Frankfurt, requests: 400/s, reads: 90%}
  - {place: Tokyo, requests: 200/s, reads: 50%}
recovery: {rto: 2m}
data: {size: 100 GB, classes: {orders: {share: 40%, consistency: strong, owned: true}, "pro:files #1": {share: 60%, allowed: [EU/EEA, us-east-1]}}}
candidates: [us-east-1, eu-west-1, ap-northeast-1]
regions: 3
`,
  "needs.yaml",
);
if (!read.ok) throw new Error("it is wrong");
const ground = new Ground(read.requirements);
const control = controlFor(read.requirements.rto);
const costing = costingOf(read.requirements.candidates);

const least = (candidate: Candidate) => estimate(candidate, ground, control, costing, "least");
/** One of each form and size that breaks neither law nor consistency. */
const ONES = [...candidates(3, 3, true)].filter((candidate, index, all) => {
  const alike = (other: Candidate): boolean =>
    other.form === candidate.form &&
    other.level === candidate.level &&
    other.regions.length === candidate.regions.length;
  const breaks = (each: Candidate): boolean =>
    broken(each, least(each), read.requirements).some(({ bound }) => bound === "residency" || bound === "consistency");
  return !breaks(candidate) && all.findIndex((other) => alike(other) && !breaks(other)) === index;
});

test("every form has a model that runs, and a name of the user's own is only a name in it", () => {
  expect(new Set(ONES.map(({ form }) => form.name)).size).toBeGreaterThanOrEqual(6);
});

test.each(
  ONES.map(
    (candidate) => [`${candidate.form.name} ${candidate.level} ${candidate.regions.join()}`, candidate] as const,
  ),
)(
  "%s: no luck of a run goes below the bounds",
  (_, candidate) => {
    const model = modelOf(candidate, ground);
    const figures = figuresOf(model, run(model.calm, "1"), run(model.outage, "1"));
    const bounds = least(candidate);
    expect(figures.p95 * 1000).toBeGreaterThanOrEqual(bounds.p95);
    figures.p95s.forEach((p95, place) => expect(p95 * 1000).toBeGreaterThanOrEqual(bounds.p95s[place]!));
    // Windows of ten seconds begin before the fault.
    expect(figures.rto + 10).toBeGreaterThanOrEqual(Math.min(1e9, bounds.rto / 1e6));
    expect(figures.rpo * 1e6).toBeGreaterThanOrEqual(bounds.rpo);
    // Fleets are whole workers, in the model and in the bound: each may round up by one a region.
    expect(figures.cost!).toBeGreaterThanOrEqual(bounds.cost! * 0.95);
  },
  300_000,
);

test("a model to scale costs what the whole would: storage as it is, traffic and fleets scaled", () => {
  const candidate = ONES.find(({ form }) => form.name === "geo-partitioned")!;
  const typical = estimate(candidate, ground, control, costing, "typical");
  const model = modelOf(candidate, ground);
  const cost = model.price(run(model.calm, "1"))!;
  // The noise-free bill knows neither requests' own bytes nor heartbeats nor probes.
  expect(cost / typical.cost!).toBeGreaterThan(0.9);
  expect(cost / typical.cost!).toBeLessThan(2);
});
