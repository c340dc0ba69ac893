import { describe, expect, test } from "vitest";
import { METRICS } from "../../src/measure/catalogue.js";
import { estimate, pairedDifference } from "../../src/measure/statistics.js";
import type { Comparison } from "../../src/report/comparison.js";
import { answer } from "../../src/report/sentence.js";
import type { Outcome } from "../../src/simulation/outcome.js";

type Values = Readonly<Record<string, readonly (number | null)[]>>;

/** Three seeds; what is not said is 0 everywhere. */
function comparison(
  architectures: Readonly<Record<string, Values>>,
  promises: Comparison["promises"] = [],
  incidents = 1,
): Comparison {
  const entries = Object.entries(architectures);
  const of = (values: Values, metric: string): readonly (number | null)[] => values[metric] ?? [0, 0, 0];
  const [, base] = entries[0]!;
  return {
    question: "?",
    scenario: "s",
    seeds: ["1", "2", "3"],
    complete: true,
    digest: "0",
    architectures: entries.map(([name, values]) => ({
      name,
      metrics: Object.fromEntries(METRICS.map((metric) => [metric.name, estimate(of(values, metric.name))])),
      outcomes: [{ incidents: Array.from({ length: incidents }, () => ({})) } as unknown as Outcome],
    })),
    differences: entries.slice(1).flatMap(([architecture, values]) =>
      METRICS.map(({ name: metric }) => ({
        metric,
        architecture,
        baseline: entries[0]![0],
        difference: pairedDifference(of(values, metric), of(base, metric)),
      })),
    ),
    promises,
  };
}

const whole = { availability: [1, 1, 1] };

describe("the answer names what decides", () => {
  test("headlines that differ clearly, and none that do not", () => {
    const said = answer(
      comparison({
        a: { availability: [0.9, 0.91, 0.92], overwritten_writes: [100, 110, 105], rto_seconds: [60, 10, 90] },
        b: { availability: [0.8, 0.812, 0.823], overwritten_writes: [0, 0, 0], rto_seconds: [10, 60, 90] },
      }),
    );
    expect(said).toBe(
      "In this scenario, a gives availability 91.0 % and 105 overwritten writes; against it, b has availability -9.83 ± 0.38 pts and overwritten writes -105 ± 12 (over 3 paired seeds).",
    );
  });

  test("failovers and split-brain writes where there were any, and lost writes beside them if they are others", () => {
    const lost = {
      lost_acknowledged_writes: [9, 9, 9],
      split_brain_writes: [9, 9, 9],
      failovers: [1, 1, 1],
      rpo_seconds: [2, 2, 2],
    };
    expect(answer(comparison({ a: whole, b: { ...whole, ...lost } }))).toContain(
      "a gives no failovers and no split-brain writes; against it, b has 1 failover and 9 split-brain writes",
    );
    expect(answer(comparison({ a: whole, b: { ...whole, ...lost, split_brain_writes: [1, 1, 1] } }))).toContain(
      "b has 1 failover, 9 lost acknowledged writes and 1 split-brain write",
    );
  });

  test("what is expected of, with what became of it", () => {
    const promise = (metric: string, expected: string, kept: boolean): Comparison["promises"][number] => ({
      kind: "metric",
      architecture: "b",
      metric,
      expected,
      line: 1,
      value: estimate([0]),
      verdict: kept ? "kept" : "broken",
      kept,
      against: null,
      decided: "",
      seed: null,
      how: "mean",
    });
    const architectures = { a: whole, b: whole };
    expect(answer(comparison(architectures, [promise("retries", "== 0", true)]))).toContain(
      "against it, b has availability 100 %, RTO 0 s, no lost acknowledged writes, request latency p50 0 ms and no retries; the promise is kept",
    );
    const broken = [promise("retries", "> 3", false), promise("failed_overload", "== 0", true)];
    expect(answer(comparison(architectures, broken))).toContain("; 1 of 2 promises is broken: b retries > 3 (over");
    const many = Array.from({ length: 5 }, () => promise("retries", "> 3", false));
    expect(answer(comparison(architectures, many))).toContain("5 of 5 promises are broken: b retries > 3, b ret");
    expect(answer(comparison(architectures, many))).toContain("and 2 more (over");
    const open = { ...promise("retries", "< 3", false), verdict: "undecided" } as const;
    expect(answer(comparison(architectures, [open]))).toContain("; 1 of 1 promises is undecided (over");
    expect(answer(comparison(architectures, [open, ...broken]))).toContain(
      "; 1 of 3 promises is broken: b retries > 3; 1 of 3 promises is undecided (over",
    );
  });

  test("of many architectures each figure once, with those that share it", () => {
    const down = { availability: [0.9, 0.91, 0.92], rto_seconds: [null, null, 10] };
    expect(answer(comparison({ a: whole, b: down, c: down, d: whole }))).toBe(
      "In this scenario, availability is 100 % with a and d, and 91.0 ± 2.5 % with b and c; RTO is 0 s with a and d, and no lasting recovery in 2 of 3 runs with b and c (over 3 paired seeds).",
    );
  });

  test("of many that share a figure none is named, and they come last", () => {
    const down = { availability: [0.9, 0.91, 0.92], rto_seconds: [0, 0, 0] };
    expect(answer(comparison({ a: whole, b: down, c: whole, d: whole, e: whole }))).toContain(
      "availability is 91.0 ± 2.5 % with b, and 100 % with all others",
    );
  });

  test("no recovery where nothing has happened", () => {
    const calm = { ...whole, rto_seconds: [null, null, null] };
    expect(answer(comparison({ a: calm }, [], 0))).not.toContain("recovery");
    expect(answer(comparison({ a: calm }, [], 1))).toContain("no lasting recovery");
  });

  test("the basics of one that stands alone", () => {
    expect(answer(comparison({ a: whole }))).toBe(
      "In this scenario, a gives availability 100 %, RTO 0 s, no lost acknowledged writes and request latency p50 0 ms (over 3 seeds).",
    );
    expect(answer({ ...comparison({ a: whole }), seeds: [] })).toBe("No seed was finished, so there is no answer.");
  });
});

test("a figure that an architecture does not have is said once, and not as a figure", () => {
  const none = [null, null, null];
  const some = [5, 6, 7];
  const promise = { metric: "failed_circuit_open", kept: true } as Comparison["promises"][number];
  const many = { a: { failed_circuit_open: none }, b: { failed_circuit_open: none }, c: { failed_circuit_open: some } };
  const said = answer(comparison(many, [promise]));
  expect(said).toMatch(/circuit open are not counted with a and b, and 6/);
  expect(said).not.toMatch(/are no /);
});
