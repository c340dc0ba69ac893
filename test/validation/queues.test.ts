import { expect, test } from "vitest";
import { run } from "../../src/simulation/run.js";
import { HOUR, MILLISECOND, MINUTE } from "../../src/units/time.js";
import { activeActive, region } from "../simulation/plans.js";
import { mean, standardError } from "../statistics.js";

const SERVICE = 40 * MILLISECOND;
const SEEDS = ["1", "2", "3", "4", "5", "6"];

/** One region of c workers, users who never give up: an M/M/c queue, measured through the product. */
function waits(workers: number, load: number, seed: string, hours: number): { mean: number; p99: number } {
  const base = activeActive();
  const place = { ...base.places[0]!, rate: (load * 1e6) / SERVICE, sessions: 100_000 };
  const plan = activeActive({
    duration: hours * HOUR,
    regions: [
      {
        ...region("us-east-1"),
        instances: 1,
        workersPerInstance: workers,
        serviceTime: SERVICE,
        queueLimit: 1_000_000,
      },
    ],
    places: [place],
    network: { ...base.network, laws: [base.network.laws[0]!, null, base.network.laws[3 * 6]!, null] },
    client: { ...base.client, deadline: 30 * MINUTE, timeout: 30 * MINUTE, attempts: 1 },
    health: { ...base.health, vantages: [0], controller: 0 },
  });
  const wait = run(plan, seed).metrics.find((metric) => metric.name === "queue_wait")!;
  return { mean: wait.values["mean"]! / 40, p99: wait.values["p99"]! / 40 };
}

/** Probability that an arrival waits, by the recurrence of Erlang B. */
function erlangC(workers: number, load: number): number {
  let blocked = 1;
  for (let c = 1; c <= workers; c++) blocked = (load * blocked) / (c + load * blocked);
  return blocked / (1 - (load / workers) * (1 - blocked));
}

// Expected waits in service times, as published tables of Erlang C give them.
test.each([
  { workers: 1, load: 0.9, expected: 9, hours: 3 },
  { workers: 2, load: 1, expected: 1 / 3, hours: 2 },
  { workers: 2, load: 1.8, expected: 4.263, hours: 3 },
  { workers: 5, load: 4, expected: 0.5541, hours: 0.5 },
  { workers: 10, load: 8, expected: 0.20459, hours: 0.5 },
])("waits of M/M/$workers at load $load are those of Erlang C", ({ workers, load, expected, hours }) => {
  const runs = SEEDS.map((seed) => waits(workers, load, seed, hours));
  const formula = erlangC(workers, load) / (workers - load);
  expect(formula).toBeCloseTo(expected, 3);
  const means = runs.map((each) => each.mean);
  const error = standardError(means);
  console.log(
    `M/M/${workers} load ${load}: published ${expected}, simulated ${mean(means).toFixed(4)} ± ${(2.57 * error).toFixed(4)}`,
  );
  // Five degrees of freedom: |t| stays below 6.87 with probability 99.9 %.
  expect(Math.abs(mean(means) - expected)).toBeLessThan(6.87 * error);
  expect(error / expected).toBeLessThan(0.05);
  const p99 = Math.log(erlangC(workers, load) / 0.01) / (workers - load);
  const tails = runs.map((each) => each.p99);
  expect(Math.abs(mean(tails) - p99)).toBeLessThan(6.87 * standardError(tails) + 0.005 * p99);
});
