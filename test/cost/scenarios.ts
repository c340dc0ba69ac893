import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import type { Meters } from "../../src/simulation/outcome.js";

/** Two regions of AWS for an hour, with a copy of 100 GB in each; `more` are lines of the file, `beside` its files. */
export function twoRegions(more = "", beside: Readonly<Record<string, string>> = {}) {
  const text = `question: what does it cost?
duration: 1h
topology:
  regions:
    us-east-1: {instances: 2}
    eu-west-1: {instances: 3}
users:
  - {place: New York, requests: 1/s, shape: flat}
data: {size: 100 GB}
architectures:
  both: {pattern: active-active}
${more}`;
  const parsed = parseScenario(text, { file: "s.yaml", read: (path) => beside[path] ?? null });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return { scenario: parsed.scenario, plan: compile(parsed.scenario).plans[0]!, prices: parsed.scenario.prices };
}

/** Of two regions. */
export const METERS: Meters = {
  duration: 3_600_000_000,
  calm: null,
  instanceHours: [2, 3],
  transferBytes: [0, 4e9, 1e9, 0],
  userBytes: [10e9, 0],
  storedBytes: [100e9, 100e9],
  replicatedWrites: [1000, 2000],
  writes: 3000,
};
