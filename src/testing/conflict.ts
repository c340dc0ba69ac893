import type { Conflict } from "../policies/contract.js";
import { Dice } from "./dice.js";
import { MergedKey } from "./merges.js";
import { type Range, type Report, Tally } from "./report.js";
import { scenarioOf, tryOut } from "./trial.js";
import { chosen, everyRegion, isBundled } from "./worlds.js";

export interface ConflictOptions extends Range {
  /** Settings as in a scenario file. */
  readonly settings?: string;
  /** What carries versions between the copies, as in a scenario file; multi-primary where it is left out. */
  readonly replication?: string;
}

const HISTORIES = 40;
const LAWS = {
  order: "whatever order versions come in, and however often, the same is left and shown",
  one: "one version is left, whatever had been seen",
  seen: "what is left is what no other version had seen",
} as const;

/**
 * Holds a conflict policy against its contract. Its merge on histories of a key at random, versions in any order and any
 * number of times; and in worlds in which every region accepts writes and anything may fail: the copies agree in the end.
 */
export function checkConflict(policy: Conflict, options: ConflictOptions = {}): Report {
  const tally = new Tally("conflict", policy.name, "checkConflict", options);
  const own = { conflict: isBundled("conflict", policy) ? [] : [policy] };
  const holds = policy.merges === undefined || policy.merges.includes("register") ? undefined : policy.merges[0]!;
  const architecture = everyRegion(
    options.replication ?? "multi-primary",
    "local",
    chosen(policy.name, options.settings),
  );
  const world = {
    architecture,
    weather: { disks: ["kept", "synced"], clocks: true, mistakes: policy.deletes !== false },
    keys: 400,
    deletes: policy.deletes !== false,
    ...(holds === undefined ? {} : { data: `keys: 400, holds: ${holds}` }),
  } as const;
  return tally.each((seed) => {
    for (const [law, complaint] of judged(policy, new Dice(`conflict ${policy.name} merges`, seed)))
      tally.judge(law, seed, complaint);
    const tried = { checks: ["convergence", "exactly-once"], recovers: true };
    tryOut(tally, seed, scenarioOf(`conflict ${policy.name}`, seed, world), own, tried);
  });
}

function judged(policy: Conflict, dice: Dice): Map<string, string | null> {
  const second = policy.causal === true ? LAWS.seen : LAWS.one;
  const complaints = new Map<string, string | null>([
    [LAWS.order, null],
    [second, null],
  ]);
  const complain = (law: string, says: string): void => void complaints.set(law, complaints.get(law) ?? says);
  try {
    for (let count = 0; count < HISTORIES; count++) {
      const key = new MergedKey(policy).play(dice);
      const { versions } = key;
      const one = key.merged(versions);
      const order = dice.shuffled([...versions, ...versions.slice(0, 3)]);
      const other = key.merged(order);
      const written = order.map(({ write }) => write).join(" ");
      if (key.told(one) !== key.told(other))
        complain(
          LAWS.order,
          `in the order they were made ${key.told(one)}, in the order ${written} ${key.told(other)}`,
        );
      const left =
        policy.causal === true
          ? versions.filter(({ write }) => !versions.some(({ past }) => past.has(write))).map(({ write }) => write)
          : null;
      const members = key.members(one);
      if (left === null && members.length !== Math.min(1, versions.length))
        complain(second, `of ${versions.length} versions ${members.length} are left`);
      if (left !== null && members.join() !== left.join())
        complain(second, `left are [${members}], and no other had seen [${left}]`);
    }
  } catch (error) {
    complain(LAWS.order, `it ended with: ${error instanceof Error ? error.message : String(error)}`);
  }
  return complaints;
}
