import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { contradictionIn } from "../check/soundness.js";
import type { RunRecord } from "../record/record.js";
import { compile } from "../scenario/compile.js";
import type { Plan } from "../simulation/plan.js";
import { badInput } from "./exit.js";
import { loadScenario } from "./load.js";
import { scenarioName } from "./output.js";
import { endingAt } from "./plans.js";
import { readRegularFile } from "./read-file.js";
import { readRecord } from "./read-record.js";
import { recordedRun } from "./recorded-run.js";

/** What manifest.json says of runs, as far as they are made again from it. */
interface Manifest {
  readonly scenario: { readonly file: string; readonly sha256: string };
  readonly plugins?: readonly { readonly file: string; readonly sha256: string }[];
  readonly requests_per_second?: number | null;
  readonly until_us?: number | null;
  readonly runs: readonly ManifestRun[];
}
interface ManifestRun {
  readonly architecture: string;
  readonly seed: string;
  readonly digests: { readonly events: string; readonly metrics: string };
}

/** The record of a run, and what is to be said of where it comes from. */
export interface Source {
  readonly record: RunRecord;
  readonly told: readonly string[];
}

/** A file is a record. A folder holds results: its run is made again and recorded, and must be the same to the digest. */
export async function recordOf(
  of: string,
  architecture: string | undefined,
  seed: string | undefined,
): Promise<Source> {
  if (!existsSync(of) || !statSync(of).isDirectory()) {
    if (architecture !== undefined || seed !== undefined)
      throw new RangeError("--architecture and --seed choose among the runs of a folder; a record is of one run");
    const record = readRecord(of);
    const contradiction = contradictionIn(record);
    if (contradiction === null) return { record, told: [] };
    throw badInput(`${of}: error: the record contradicts itself: ${contradiction}; record the run again`);
  }
  const manifest = manifestIn(of);
  const wanted = chosenRun(of, manifest.runs, architecture, seed);
  const { plan, name } = planOf(of, manifest, wanted.architecture);
  const { record, digests } = await recordedRun(plan, name, wanted.seed);
  if (digests.events !== wanted.digests.events || digests.metrics !== wanted.digests.metrics) {
    throw badInput(
      `${of}: error: run again, ${wanted.architecture} with seed ${wanted.seed} has other digests than manifest.json says; expected the Faultline and the latency tables that made the results; run the scenario again`,
    );
  }
  const told = `${wanted.architecture}, seed ${wanted.seed}: run again and recorded; its digests are those of the results.`;
  return { record, told: [told, ""] };
}

/** Or left out. */
const isPositive = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "number" && value > 0);

function manifestIn(folder: string): Manifest {
  const file = join(folder, "manifest.json");
  const text = readRegularFile(file);
  const expected = "expected the folder of a run's results, results/NAME, or a record";
  if (typeof text !== "string") throw badInput(`${file}: error: ${text.reason}; ${expected}`);
  try {
    const manifest = JSON.parse(text) as Manifest;
    const isComplete =
      typeof manifest.scenario.file === "string" &&
      typeof manifest.scenario.sha256 === "string" &&
      [manifest.requests_per_second, manifest.until_us].every(isPositive) &&
      manifest.runs.every(({ architecture, seed, digests }) =>
        [architecture, seed, digests.events].every((part) => typeof part === "string"),
      );
    if (isComplete) return manifest;
  } catch {
    // Said below.
  }
  throw badInput(`${file}: error: this is no manifest of Faultline; ${expected}`);
}

function chosenRun(
  folder: string,
  runs: readonly ManifestRun[],
  architecture: string | undefined,
  seed: string | undefined,
): ManifestRun {
  const fitting = runs.filter(
    (each) => (architecture ?? each.architecture) === each.architecture && (seed ?? each.seed) === each.seed,
  );
  if (fitting.length === 1) return fitting[0]!;
  const listed = (what: "architecture" | "seed"): string => [...new Set(runs.map((each) => each[what]))].join(", ");
  const which = fitting.length === 0 ? "no such run" : `${fitting.length} such runs`;
  throw badInput(
    `${folder}: error: the results have ${which}; choose one with --architecture (${listed("architecture")}) and --seed (${listed("seed")})`,
  );
}

function planOf(
  folder: string,
  manifest: Manifest,
  architecture: string,
): { readonly plan: Plan; readonly name: string } {
  const { file, sha256 } = manifest.scenario;
  const { scenario, text } = loadScenario(file);
  if (createHash("sha256").update(text).digest("hex") !== sha256) {
    throw badInput(
      `${folder}: error: ${file} has changed since these results were made; expected the text as it was; run it again, or give a record`,
    );
  }
  const { plans } = compile(scenario, manifest.requests_per_second ?? undefined);
  const plan = plans.find((each) => each.architecture === architecture);
  if (plan === undefined) throw badInput(`${folder}: error: ${file} has no architecture ${architecture}`);
  const changed = plan.plugins.find(({ file, sha256 }) =>
    manifest.plugins?.some((each) => each.file === file && each.sha256 !== sha256),
  );
  if (changed !== undefined) {
    throw badInput(
      `${folder}: error: ${changed.file} has changed since these results were made; expected the policy as it was; run it again, or give a record`,
    );
  }
  return { plan: endingAt(plan, manifest.until_us ?? undefined), name: scenarioName(file) };
}
