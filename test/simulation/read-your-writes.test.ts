import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCheckers } from "../../src/check/catalogue.js";
import { NIL, OK, READ, type RunRecord, WRITE, isAcceptance } from "../../src/record/record.js";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { recorded } from "./recorded.js";

const FILE = "scenarios/read-your-writes.yaml";
const text = readFileSync(new URL(`../../${FILE}`, import.meta.url), "utf8");
const parsed = parseScenario(text, { file: FILE });
if (!parsed.ok) throw new Error(`${FILE} is broken`);
const { plans } = compile(parsed.scenario);

/** Reads that were shown a version which the primary had accepted before one that the same session had written by then. */
function missedOwnWrites({ operations, versions }: RunRecord): number {
  const accepted = new Map<number, number>();
  versions.time.forEach((time, row) => {
    if (isAcceptance(versions.what[row]!)) accepted.set(versions.write[row]!, time);
  });
  // Rows are in the order of calls; what had not returned by then is looked at again.
  const own = new Map<string, number[]>();
  let missed = 0;
  operations.call.forEach((call, row) => {
    if (operations.outcome[row] !== OK) return;
    const name = `${operations.session[row]}/${operations.key[row]}`;
    if (operations.kind[row] === WRITE) own.set(name, [...(own.get(name) ?? []), row]);
    if (operations.kind[row] !== READ) return;
    const shown = operations.value[row] === NIL ? Number.NEGATIVE_INFINITY : accepted.get(operations.value[row]!)!;
    const before = (own.get(name) ?? []).filter((write) => operations.return[write]! <= call);
    if (before.some((write) => accepted.get(write)! > shown)) missed++;
  });
  return missed;
}

const CHECKS = ["read-your-writes", "monotonic-reads", "monotonic-writes", "writes-follow-reads"];
const results = new Map(
  plans.map((plan) => {
    const { outcome, record } = recorded(plan);
    const verdicts = runCheckers(record, CHECKS).map(({ verdict }) => verdict.verdict);
    return [plan.architecture, { missed: missedOwnWrites(record), verdicts, summary: outcome.summary }];
  }),
);

test("read-your-writes breaks on reads from the nearest copy, and holds with session tokens", () => {
  expect(results.get("nearest-copy")!.verdicts).toEqual(["false", "false", "false", "false"]);
  expect(results.get("nearest-copy")!.missed).toBeGreaterThan(50);
  for (const name of ["session-tokens", "patient-sessions"]) {
    expect(results.get(name)!.verdicts).toEqual(["true", "true", "true", "true"]);
    expect(results.get(name)!.missed).toBe(0);
  }
});

test("tokens cost next to nothing, where reads at the primary cost its distance, and lose what it loses", () => {
  const of = (name: string, metric: string): number => results.get(name)!.summary[metric]!;
  const p50 = "user_request_latency_ms_p50";
  expect(of("session-tokens", p50)).toBeLessThan(1.05 * of("nearest-copy", p50));
  expect(of("at-the-primary", p50)).toBeGreaterThan(1.3 * of("nearest-copy", p50));
  expect(of("at-the-primary", "lost_acknowledged_writes")).toBeGreaterThan(0);
  expect(results.get("at-the-primary")!.verdicts[0]).toBe("false");
  // Those who are refused: hardly more operations than there were writes to lose.
  expect(of("session-tokens", "failed_too_stale")).toBeGreaterThan(0);
  expect(of("session-tokens", "failed_too_stale")).toBeLessThan(0.002 * of("session-tokens", "operations"));
});
