import type { Letter, Replication } from "../policies/contract.js";
import { type Range, type Report, Tally } from "./report.js";
import { type World, scenarioOf, tryOut } from "./trial.js";
import type { Weather } from "./weather.js";
import { LEASED, chosen, elected, everyRegion, isBundled, onePrimary } from "./worlds.js";

/** A promise beyond what `gives` says: no write that was acknowledged is lost in power cuts, crashes and failovers. */
export interface ReplicationClaims {
  readonly durable?: boolean;
  /** It reckons with a region that lies: with four copies one may. */
  readonly liar?: boolean;
}

export interface ReplicationOptions extends Range {
  /** Settings as in a scenario file: "acknowledge: durable, fall_back: never". */
  readonly settings?: string;
  readonly claims?: ReplicationClaims;
  /** Three where it is left out. */
  readonly copies?: 3 | 4;
}

/**
 * Holds a replication against its contract in worlds with three copies in which anything may fail: it runs to its end,
 * gives the same for the same seed, refuses only what has not happened, serves again after the heal, its copies agree in
 * the end and no write takes effect twice; where it has a leader there is one a term; and what it claims beside that.
 */
export function checkReplication<L extends Letter>(policy: Replication<L>, options: ReplicationOptions = {}): Report {
  const { gives } = policy;
  const name = `replication ${policy.name}`;
  const tally = new Tally("replication", policy.name, "checkReplication", options);
  const use = chosen(policy.name, options.settings);
  const led = gives.writers === "leader";
  const durable = options.claims?.durable === true;
  // What no replication survives is not asked of one that claims to lose nothing: mistakes, and all disks at once.
  const weather: Weather = durable
    ? { disks: ["kept", "synced"] }
    : { disks: ["kept", "synced", "lost"], clocks: true, mistakes: true, liar: options.claims?.liar === true };
  const architecture =
    gives.elects === true
      ? elected(use, gives.confirms === true ? "linearizable" : "local")
      : led
        ? onePrimary(use, "local", LEASED)
        : everyRegion(use, "local", policy.needs.conflict ? "last-write-wins" : "none");
  const storage = "    storage: {sync: each-commit, fsync: 5ms, bandwidth: 400 Mbps}\n";
  const world: World = {
    architecture: architecture + storage,
    weather,
    keys: 400,
    deletes: true,
    fourth: options.copies === 4,
  };
  const checks = [
    "convergence",
    "exactly-once",
    ...(led ? ["leader-per-term"] : []),
    ...(durable ? ["durability"] : []),
    ...(gives.elects === true && gives.confirms === true ? ["linearizable"] : []),
  ];
  const own = { replication: isBundled("replication", policy) ? [] : [policy as unknown as Replication] };
  return tally.each((seed) =>
    tryOut(tally, seed, scenarioOf(name, seed, world), own, { checks, recovers: true, watches: true }),
  );
}
