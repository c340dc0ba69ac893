import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";
import type { Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { constantLaw } from "../../src/topology/delay-law.js";
import { EVERYTHING } from "../../src/trace/happenings.js";
import { Trace } from "../../src/trace/trace.js";
import { HOUR, SECOND } from "../../src/units/time.js";
import type { RequestTrace } from "../../src/workload/request-trace.js";
import { activeActive, dataClass, region } from "../simulation/plans.js";

/** One thing that somebody does: at which second, from beside which region, and with which key. */
export type Deed = readonly [seconds: number, beside: number, deed: "put" | "get" | "delete", key: number];

/** Three regions at round distances, 10, 20 and 30 ms from each other there and back, with users beside each. */
export function stage(deeds: readonly Deed[], seconds: number, overrides: Partial<Plan>): Plan {
  const base = activeActive();
  const names = ["paris", "oslo", "rome"];
  const trips = [
    [0, 20, 40],
    [20, 0, 60],
    [40, 60, 0],
  ];
  const laws = Array.from({ length: 36 }, (_, link) => {
    const [from, to] = [Math.floor(link / 6), link % 6];
    if (to > 2) return null;
    // Users are at their region's door, and far from all others.
    return constantLaw(from > 2 ? (from - 3 === to ? 0 : 1000) : trips[from]![to]!);
  });
  const kinds = { get: 0, put: 1, delete: 2 };
  const trace: RequestTrace = {
    times: Float64Array.from(deeds, ([at]) => at * SECOND),
    places: Int32Array.from(deeds, ([, beside]) => beside),
    sessions: new Int32Array(deeds.length),
    keys: Int32Array.from(deeds, ([, , , key]) => key),
    kinds: Uint8Array.from(deeds, ([, , deed]) => kinds[deed]),
    amounts: new Int8Array(deeds.length).fill(1),
    keyCount: 10,
    sessionCounts: [1, 1, 1],
  };
  return {
    ...base,
    duration: seconds * SECOND,
    trace,
    regions: names.map((name) => ({ ...region(name), serviceTime: 0, serviceLaw: "constant" })),
    places: base.places.map((place, index) => ({ ...place, name: `beside ${names[index]}`, sessions: 1 })),
    network: { ...base.network, laws, slowShare: 0, bandwidth: 1.25e9 },
    client: { ...base.client, handshakes: 0, attempts: 1, pinned: 1 },
    data: { ...base.data, classes: [dataClass({ keys: 10 })] },
    // Nobody looks after anybody's health: what is told here is the protocol's alone.
    health: { ...base.health, interval: HOUR, timeout: SECOND, vantages: [0], controller: 0 },
    ...overrides,
  };
}

export interface Scene {
  readonly title: string;
  /** What a reader is to see. */
  readonly says: string;
  readonly plan: Plan;
  /** Lines that tell nothing in this scene. */
  readonly hides?: RegExp;
}

/** The control plane's letters tell nothing of the protocol. */
const CONTROL =
  / letters {5}(?:lost:|\S+ (?:sends|gets)) (?:report of health|report of the copy|announcement) (?:to|from) /;

/** What happens in every scene, message by message, as a page for people. */
function pageOf(title: string, by: string, scenes: readonly Scene[]): string {
  const parts = scenes.map(({ title: of, says, plan, hides }) => {
    const trace = new Trace({ ...EVERYTHING, kinds: ["operations", "writes", "letters", "roles", "faults"] }, 2000);
    run(plan, "1", [trace]);
    expect(trace.cut).toBe(false);
    const lines = trace.lines.filter((line) => !CONTROL.test(line) && hides?.test(line) !== true);
    return `## ${of}\n\n${says}\n\n\`\`\`text\n${lines.map((line) => line.trimStart()).join("\n")}\n\`\`\`\n`;
  });
  return `# ${title}\n\n${rewriting(by)}\n\n${parts.join("\n")}`;
}

const rewriting = (
  by: string,
): string => `This page is written by \`REWRITE=1 npx vitest run --config .config/vitest.config.ts test/golden/${by}\`, and
compared by the same test without it. Rewrite it only in a commit whose message says which rule of the protocol has changed;
where no rule has, a line that differs is a mistake. Times are those of the simulation.`;

/** The page is what the protocol does today; `by` is the test that says so. */
export function expectPage(name: string, title: string, scenes: readonly Scene[], by = "scripts.test.ts"): void {
  const file = new URL(`scripts/${name}.md`, import.meta.url);
  const page = pageOf(title, by, scenes);
  if (process.env["REWRITE"] === "1") writeFileSync(file, page);
  expect(page).toBe(readFileSync(file, "utf8"));
}
