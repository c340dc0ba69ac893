import { type CheckOptions, runCheckers } from "../check/catalogue.js";
import type { OwnPolicies } from "../policies/catalogue.js";
import { OK, READ, type RunRecord } from "../record/record.js";
import { Recorder } from "../record/recorder.js";
import { compile } from "../scenario/compile.js";
import { parseScenario } from "../scenario/scenario.js";
import { RunRecording } from "../simulation/run-recording.js";
import { run } from "../simulation/run.js";
import { SECOND } from "../units/time.js";
import { Dice } from "./dice.js";
import { Refusals } from "./refusals.js";
import type { Tally } from "./report.js";
import { HEALED_AT, PLACES, REGIONS, type Weather, faultsOf } from "./weather.js";

/** An architecture in a world: its lines are those of a scenario file. */
export interface World {
  readonly architecture: string;
  readonly weather: Weather;
  /** Few, so that whatever can be seen out of order is; or many, so that most are quiet in the end. */
  readonly keys: number;
  /** A fourth region, which nothing strikes by itself, for what needs four copies. */
  readonly fourth?: boolean;
  /** Deletions among the writes; none where it is left out. */
  readonly deletes?: boolean;
  /** Further settings of the data, in place of so many keys of registers; and the laws that they are under. */
  readonly data?: string;
  readonly governance?: string;
}

/** Seconds: time enough after the last fault to hear of everything. */
const ENDS_AT = 240;

/** The world of a seed as a scenario file. */
export function scenarioOf(suite: string, seed: number, world: World): string {
  const dice = new Dice(suite, seed);
  const faults = faultsOf(dice, world.weather);
  const names = world.fourth === true ? [...REGIONS, "us-west-2"] : REGIONS;
  const regions = names.map((name) => `    ${name}: {instances: 4, workers: 8, service_time: 20ms, queue: 500}`);
  const users = PLACES.map((place) => `  - {place: ${place}, requests: 8/s, reads: 55%, sessions: 12}`);
  const data = world.data ?? `keys: ${world.keys}`;
  const governance = world.governance === undefined ? "" : `governance: ${world.governance}\n`;
  const deletes = world.deletes === true ? ", deletes: 5%" : "";
  return `question: What do faults at random make of what a policy claims, seed ${seed}?
duration: ${ENDS_AT}s
topology:
  latency: aws-2024-04
  bandwidth: 1 Gbps
  regions:
${regions.join("\n")}
users:
${users.join("\n")}
# A second try may come after its session's next operation: at least once is no order.
client: {deadline: 3s, timeout: 1s, roaming: 20%, retries: {attempts: 1, backoff: 100ms..1s, budget: 10%}}
data: {popularity: {zipf: 0.8}, value: 1 KB, size: 20 MB, shards: 4${deletes}, ${data}}
${governance}faults:
${faults.join("\n")}
architectures:
  tried:
    health: {interval: 3s, timeout: 1s}
    dns: {ttl: 5s}
${world.architecture.trimEnd()}
`;
}

/** Why the scenario is refused, or null. */
export function refusalOf(text: string, policies: OwnPolicies): string | null {
  const parsed = parseScenario(text, { policies });
  return parsed.ok ? null : parsed.problems.map(({ message }) => message).join("; ");
}

export interface Tried {
  /** Checks by their names, and what they go by. */
  readonly checks: readonly string[];
  readonly bounds?: CheckOptions;
  /** Whether what the replication refuses is held against what it has done. */
  readonly watches?: boolean;
  /** Whether users have to be served again in the end. */
  readonly recovers?: boolean;
}

/** The laws that the runs themselves have to keep, beside the checks. */
export const RUN_LAWS = {
  ends: "runs to its end",
  same: "same seed, same bytes",
  refused: "what is refused has not been done",
  recovers: "users are served again after all faults have healed",
} as const;

/** Runs the scenario, every fourth seed twice, and holds the record against the laws. */
export function tryOut(tally: Tally, seed: number, text: string, policies: OwnPolicies, tried: Tried): void {
  const broken = (law: string, says: string): void => tally.broken(law, seed, says, text);
  try {
    const refusals = tried.watches === true ? new Refusals() : null;
    const { record, digest } = recorded(text, seed, policies, refusals);
    tally.holds(RUN_LAWS.ends);
    if (seed % 4 === 0) {
      if (recorded(text, seed, policies).digest === digest) tally.holds(RUN_LAWS.same);
      else broken(RUN_LAWS.same, "a second run of the same plan and seed has other events");
    }
    if (refusals !== null) {
      if (refusals.complaint === null) tally.holds(RUN_LAWS.refused);
      else broken(RUN_LAWS.refused, refusals.complaint);
    }
    if (tried.recovers === true) {
      if (servesAtTheEnd(record)) tally.holds(RUN_LAWS.recovers);
      else if (lostEverywhere(record)) tally.unknown(RUN_LAWS.recovers);
      else broken(RUN_LAWS.recovers, `no write was answered in the last 40 s, ${ENDS_AT - HEALED_AT} s after the heal`);
    }
    for (const { check, verdict } of runCheckers(record, tried.checks, tried.bounds ?? {})) {
      if (verdict.verdict === "false") broken(check, `${verdict.reason} ${verdict.explanation}`.trim());
      else if (verdict.verdict === "true") tally.holds(check);
      else tally.unknown(check);
    }
  } catch (error) {
    broken(RUN_LAWS.ends, error instanceof Error ? error.message : String(error));
  }
}

function recorded(
  text: string,
  seed: number,
  policies: OwnPolicies,
  refusals: Refusals | null = null,
): { record: RunRecord; digest: string } {
  const parsed = parseScenario(text, { policies });
  if (!parsed.ok) throw new Error(`refused: ${parsed.problems.map(({ message }) => message).join("; ")}`);
  const recorder = new Recorder();
  const recording = new RunRecording(recorder, "laws", String(seed));
  const plan = compile(parsed.scenario).plans[0]!;
  const known = parsed.scenario.policies;
  const { digests } = run(plan, String(seed), [recording], refusals === null ? known : refusals.watched(known, plan));
  return { record: recorder.finish(recording.facts), digest: `${digests.events} ${digests.metrics}` };
}

function servesAtTheEnd({ operations }: RunRecord): boolean {
  return operations.call.some(
    (call, row) => call >= (ENDS_AT - 40) * SECOND && operations.outcome[row] === OK && operations.kind[row] !== READ,
  );
}

/** Whether at some moment no region had any data left, nor anybody to get a copy from: nothing brings that back. */
function lostEverywhere({ names, copies = [] }: RunRecord): boolean {
  const having = new Set(names.regions.map((_, region) => region));
  for (const { what, region } of copies) {
    if (what === "given-up") having.delete(region);
    else if (what === "host-returned" && having.size > 0) having.add(region);
    if (having.size === 0) return true;
  }
  return false;
}
