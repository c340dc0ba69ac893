import { readFileSync, readdirSync } from "node:fs";
import { posix } from "node:path";
import { expect, test } from "vitest";

/**
 * Which room may import which: the table of docs/architecture.md. The longest name that matches a file is its row, and
 * every room may import itself unless the row says otherwise. "type:x" allows only types of x; "npm:x" is a package,
 * "npm:*" is any package (and node:*), "*" is anything of ours.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  units: [],
  engine: ["units", "npm:seedrandom"],
  topology: ["units"],
  network: ["engine", "topology", "units"],
  workload: ["engine", "topology", "record", "units"],

  "policies/options": ["units"],
  "policies/contract": [
    "policies/options",
    "type:policies/contract/conflict",
    "type:policies/control-contract",
    "units",
  ],
  "policies/control-contract": ["policies/options", "type:policies/contract", "units"],
  "policies/quorum": ["units"],
  "policies/catalogue": ["policies", "units"],
  "policies/shape": ["policies/options", "type:policies/contract", "type:policies/catalogue"],
  "policies/*": ["policies/contract", "policies/options", "policies/quorum", "units"],

  architectures: ["policies", "units"],
  measure: ["units"],
  record: ["units"],
  check: ["record", "units"],
  fates: ["record", "check", "units"],
  cost: [
    "units",
    "topology",
    "type:simulation/outcome",
    "type:simulation/plan",
    "simulation/mean-rate",
    "simulation/placement-plan",
  ],
  economics: ["units", "measure", "cost", "type:simulation/outcome", "type:simulation/plan"],
  simulation: [
    ...["units", "engine", "topology", "network", "workload", "architectures", "measure", "record"],
    ...["policies/contract", "policies/options", "policies/catalogue"],
  ],
  trace: ["simulation", "operate", "policies/catalogue", "type:policies/contract", "units"],
  faults: ["policies/options", "simulation/hardships", "type:network/links", "units"],
  scenario: [
    ...["units", "engine", "topology", "network", "workload", "policies", "architectures", "measure", "simulation"],
    ...["faults", "cost", "economics", "operate", "check/catalogue", "check/linearizable/model"],
    "npm:*",
  ],
  operate: ["units", "topology", "faults", "policies/contract", "simulation"],
  console: [
    ...["units", "engine", "topology", "network", "measure", "simulation", "operate", "scenario", "report"],
    ...["policies/contract", "npm:yaml"],
  ],
  plugins: ["policies", "policy", "type:simulation", "type:scenario", "units", "npm:*"],
  testing: ["policies", "scenario", "simulation", "record", "check", "engine", "units"],
  advise: [
    ...["scenario", "simulation", "policies", "architectures", "measure", "topology", "workload", "cost", "units"],
  ],
  sweep: ["plugins", "policies", "scenario", "simulation", "trace", "record", "check", "measure", "units", "npm:*"],
  report: [
    "type:simulation/outcome",
    "type:simulation/plan",
    "type:scenario",
    "type:sweep",
    "cost",
    "economics",
    "advise",
    "measure",
    "units",
    "npm:*",
  ],
  cli: ["*", "npm:*"],
  index: ["*"],
  policy: ["policies/contract", "policies/options"],
};

/** What to do instead, for the walls that people run into; the others get the general answer. */
const INSTEAD: Record<string, string> = {
  units: "units imports nothing: move what needs the import up to the room that it is about",
  "policies/*": "ask for it through the Host or the view of policies/contract, or share it inside the policy's folder",
  simulation: "let the plan name the policy and policies/catalogue choose it; the simulation knows only the contract",
  report: "import its type only (import type), or have the caller pass the value",
};

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

const STATEMENT = /^(?:import|export)\s([^;"']*?)\bfrom\s*["']([^"']+)["']|^import\s*["']([^"']+)["']/gm;
const INLINE = /^(?!\s*(?:\*|\/\/|\/\*)).*?\bimport\(\s*["']([^"']+)["']/gm;

function importsOf(text: string): Import[] {
  const found: Import[] = [];
  for (const [, clause = "", from, bare] of text.matchAll(STATEMENT)) {
    const names = clause.match(/^\{([^}]*)\}/)?.[1]?.split(",") ?? [];
    const typeOnly = /^type\b/.test(clause) || (names.length > 0 && names.every((name) => /^\s*(type\b|$)/.test(name)));
    found.push({ from: (from ?? bare)!, typeOnly });
  }
  for (const [, from] of text.matchAll(INLINE)) found.push({ from: from!, typeOnly: false });
  return found;
}

/** "policies/routing/latency" lives in the row "policies/*" and in the folder "policies/routing". */
function rowOf(file: string): string | undefined {
  const [top, second, third] = file.split("/");
  if (top === "policies") return third === undefined ? `policies/${second}` : "policies/*";
  return top;
}

const folderOf = (file: string): string => {
  const [top, second, third] = file.split("/");
  return third !== undefined && top === "policies" ? `${top}/${second}` : top!;
};

const inside = (file: string, room: string): boolean => room === "*" || file === room || file.startsWith(`${room}/`);

/** Complaints about one file, named without ".ts" and relative to src. */
function complaintsAbout(file: string, text: string): string[] {
  const row = rowOf(file)!;
  const allowed = MAY_IMPORT[row];
  if (!allowed) return [`src/${file}.ts: "${row}" is no room: move the file, or add a row to MAY_IMPORT and the docs`];
  const isAllowed = ({ from, typeOnly }: Import): boolean => {
    if (!from.startsWith(".")) return allowed.includes("npm:*") || allowed.includes(`npm:${from}`);
    const target = posix.join(posix.dirname(file), from.replace(/\.js$/, ""));
    const ownFolder = folderOf(file);
    if (ownFolder !== "policies" && inside(target, ownFolder)) return true;
    return allowed.some((room) =>
      room.startsWith("type:") ? typeOnly && inside(target, room.slice("type:".length)) : inside(target, room),
    );
  };
  const can = allowed.length === 0 ? "nothing" : allowed.join(", ");
  const instead = INSTEAD[row] ?? "move the shared part down into one of those, or pass the value in from above";
  return importsOf(text)
    .filter((statement) => !isAllowed(statement))
    .map(({ from }) => `src/${file}.ts imports "${from}", but ${row} may import only: ${can}. Instead: ${instead}.`);
}

const SRC = new URL("../../src/", import.meta.url);
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => path.replaceAll("\\", "/").slice(0, -".ts".length))
  .sort();

test("no room imports a room above it", () => {
  expect(files.length).toBeGreaterThan(0);
  expect(files.flatMap((file) => complaintsAbout(file, readFileSync(new URL(`${file}.ts`, SRC), "utf8")))).toEqual([]);
});

test.each([
  ["units/time", 'import { x } from "../engine/engine.js";'],
  ["units/time", 'import seedrandom from "seedrandom";'],
  ["engine/engine", 'import { x } from "../topology/places.js";'],
  ["network/links", 'import type {\n  X,\n} from "../simulation/world.js";'],
  ["topology/places", 'import { readFileSync } from "node:fs";'],
  ["topology/places", 'type X = import("../network/links.js").Links;'],
  ["policies/contract", 'export * from "./routing/latency.js";'],
  ["policies/routing/latency", 'import { x } from "../failover/none.js";'],
  ["policies/routing/latency", 'import { choose } from "../catalogue.js";'],
  ["policies/routing/latency", 'import type { Engine } from "../../engine/engine.js";'],
  ["simulation/world", 'import { asynchronous } from "../policies/replication/async.js";'],
  ["simulation/world", 'import "../scenario/compile.js";'],
  ["report/text", 'import { type Outcome, make } from "../simulation/outcome.js";'],
  ["attic/thing", ""],
])("%s may not say %s", (file, text) => {
  expect(complaintsAbout(file, text)).toHaveLength(1);
});

test.each([
  ["engine/engine", 'import type { Micros } from "../units/time.js";\nimport { Heap } from "./heap.js";'],
  ["engine/random", 'import seedrandom from "seedrandom";'],
  ["policies/routing/primary", 'import { x } from "../contract.js";\nimport { latency } from "./latency.js";'],
  ["policies/catalogue", 'import { latency } from "./routing/latency.js";'],
  ["simulation/world", 'import { choose } from "../policies/catalogue.js";'],
  ["report/text", 'import { type Outcome, type Series } from "../simulation/outcome.js";'],
  ["cli/main", 'import { argv } from "node:process";\nimport { run } from "../simulation/run.js";'],
  ["index", 'export { run } from "./simulation/run.js";'],
  ["units/time", ' * import("../engine/engine.js") in a comment is no import'],
])("%s may say %s", (file, text) => {
  expect(complaintsAbout(file, text)).toEqual([]);
});
