import type { Placement } from "../policies/contract.js";
import type { OptionValues } from "../policies/options.js";
import { Dice } from "./dice.js";
import { type Range, type Report, Tally } from "./report.js";
import { defaultsOf } from "./routing.js";
import { refusalOf, scenarioOf, tryOut } from "./trial.js";
import type { Weather } from "./weather.js";
import { LEASED, chosen, everyRegion, isBundled } from "./worlds.js";

export interface PlacementOptions extends Range {
  /** Settings as in a scenario file; and the same as the policy gets them. */
  readonly settings?: string;
  readonly values?: OptionValues;
  /** Regions of the suite that the architecture lists as `replicas`; none where the placement needs no list. */
  readonly replicas?: readonly string[];
  /** Whether a standby may be named: not where there is one copy only. */
  readonly standbys?: boolean;
  /** A further setting of the architecture: "backups: {interval: 20s}". */
  readonly further?: string;
}

const ASKED = 100;
/** Half of the data are under a law that leaves out one region. */
const LAWFUL = {
  data: "classes: {profiles: {share: 50%, keys: 200, personal: true, local: 90%}, catalogue: {share: 50%, keys: 200}}",
  governance: "{gdpr_regions: [us-east-1, eu-west-1]}",
};
const LAWS = {
  known: "keeps copies in regions that there are, each once, and in one at least",
  leader: "keeps a copy where writes are led",
  waiting: "has wait only whom it gave a copy",
  same: "same question, same answer",
} as const;

/**
 * Holds a placement against its contract: for up to eight regions at random, and in worlds in which anything may fail and
 * some of the data are under the law of one region: the copies agree, and nothing rests where it may not.
 */
export function checkPlacement(policy: Placement, options: PlacementOptions = {}): Report {
  const tally = new Tally("placement", policy.name, "checkPlacement", options);
  const values = { ...defaultsOf(policy), ...options.values };
  const own = { placement: isBundled("placement", policy) ? [] : [policy] };
  const use = chosen(policy.name, options.settings);
  const standbys = options.standbys === false ? "" : "\n    standbys: [eu-west-1, ap-southeast-1]";
  const replicas = options.replicas === undefined ? "" : `\n    replicas: [${options.replicas.join(", ")}]`;
  const further = options.further === undefined ? "" : `    ${options.further}\n`;
  const led = `
    primary: us-east-1${standbys}${replicas}
    placement: ${use}
    replication: async
    conflict: none
    routing: primary
    failover: ${options.standbys === false ? "none" : LEASED}
${further}`;
  const spread = everyRegion("multi-primary", "local", "last-write-wins").replace(
    "placement: everywhere",
    `placement: ${use}`,
  );
  const isSpread = policy.shards === true;
  const architecture = isSpread ? spread + further : led;
  // Whoever has backups of data kept apart may need them.
  const weather: Weather =
    isSpread && further !== "" ? { disks: ["kept", "synced", "lost"], mistakes: true } : { disks: ["kept", "synced"] };
  // Not every architecture can keep data apart.
  const bare = { architecture, weather, keys: 400 };
  const lawful = { ...bare, ...LAWFUL };
  const world = refusalOf(scenarioOf("placement", 0, lawful), own) === null ? lawful : bare;
  return tally.each((seed) => {
    for (const [law, complaint] of judged(policy, values, new Dice(`placement ${policy.name} regions`, seed)))
      tally.judge(law, seed, complaint);
    const text = scenarioOf(`placement ${policy.name}`, seed, world);
    tryOut(tally, seed, text, own, { checks: ["convergence", "residency", "exactly-once"] });
  });
}

function judged(policy: Placement, values: OptionValues, dice: Dice): Map<string, string | null> {
  const complaints = new Map<string, string | null>(Object.values(LAWS).map((law) => [law, null]));
  const complain = (law: string, says: string): void => void complaints.set(law, complaints.get(law) ?? says);
  for (let count = 0; count < ASKED; count++) {
    const regions = dice.between(1, 8);
    const [primary, ...others] = dice.shuffled(Array.from({ length: regions }, (_, region) => region)) as [number];
    // By their distance where keys are divided, so all of them are told there.
    const standbys: number[] = policy.shards === true ? others : others.slice(0, dice.below(regions));
    const named = [primary, ...standbys].toSorted((a, b) => a - b);
    const ask = (): readonly number[] => policy.replicas(regions, primary, standbys, named, values);
    const answer = ask();
    const seen = `of ${regions} regions, primary ${primary}, standbys [${standbys}], listed [${named}]: it answered [${answer}]`;
    const known = answer.every((region) => Number.isInteger(region) && region >= 0 && region < regions);
    if (answer.length === 0 || !known || new Set(answer).size !== answer.length) complain(LAWS.known, seen);
    if (!answer.includes(primary)) complain(LAWS.leader, seen);
    const waiting = policy.waiting?.(standbys) ?? [];
    if (!waiting.every((region) => answer.includes(region))) complain(LAWS.waiting, `${seen}, waiting [${waiting}]`);
    if (ask().join() !== answer.join()) complain(LAWS.same, `${seen}, then [${ask()}]`);
  }
  return complaints;
}
