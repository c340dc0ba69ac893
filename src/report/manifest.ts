import { createHash } from "node:crypto";
import type { PluginSource } from "../simulation/plan.js";
import type { Comparison } from "./comparison.js";

export interface ManifestFacts {
  readonly version: string;
  readonly scenarioFile: string;
  readonly scenarioText: string;
  readonly tables: readonly { readonly name: string; readonly date: string; readonly source: string }[];
  /** Requests per second that all users together were scaled to; null as the scenario has it. */
  readonly rate: number | null;
  /** Microseconds after which runs ended early; null as the scenario has it. */
  readonly until: number | null;
  readonly replay: string;
  /** Files of the user's own policies. */
  readonly plugins: readonly PluginSource[];
}

/** What is needed to make the same results again. The only file that names the machine's Node. */
export function manifest(facts: ManifestFacts, comparison: Comparison): string {
  const document = {
    faultline: facts.version,
    node: process.version,
    scenario: { file: facts.scenarioFile, sha256: createHash("sha256").update(facts.scenarioText).digest("hex") },
    tables: facts.tables,
    plugins: facts.plugins.map(({ kind, name, file, sha256 }) => ({ kind, name, file, sha256 })),
    requests_per_second: facts.rate,
    until_us: facts.until,
    complete: comparison.complete,
    seeds: comparison.seeds,
    digest: comparison.digest,
    runs: comparison.architectures.flatMap(({ outcomes }) =>
      outcomes.map(({ architecture, seed, digests, work }) => ({
        architecture,
        seed,
        digests,
        events: work.events,
        requests: work.requests,
      })),
    ),
    replay: facts.replay,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
