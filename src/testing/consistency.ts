import { CHECKERS, type CheckOptions } from "../check/catalogue.js";
import type { Consistency } from "../policies/contract/consistency.js";
import type { OptionValues } from "../policies/options.js";
import { type Range, type Report, Tally } from "./report.js";
import { type World, refusalOf, scenarioOf, tryOut } from "./trial.js";
import type { Weather } from "./weather.js";
import { LEASED, chosen, elected, everyRegion, isBundled, onePrimary } from "./worlds.js";

export interface ConsistencyOptions extends Range {
  /** Settings as in a scenario file: "within: 5s"; and the same as the policy gets them, in base units. */
  readonly settings?: string;
  readonly values?: OptionValues;
  /** What the checks of staleness go by. */
  readonly bounds?: CheckOptions;
  /** Guarantees to be looked for, by the names of checks, in place of those that the policy says it gives. */
  readonly claims?: readonly string[];
}

/** What a world of one primary that is replaced can no longer give, however its copies are read: its tail is lost. */
const NEEDS_ALL_WRITES = ["linearizable", "sequential", "causal", "bounded-staleness", "consistent-prefix"];

/** No disk loses anything, so nothing that was acknowledged is gone while the primary stays. */
const HARMLESS: Weather = {};
const LOSSY: Weather = { disks: ["kept", "synced", "lost"] };

/**
 * Holds a consistency against what it says it gives, in every kind of world that it is not refused in: one primary, every
 * region accepting writes, an elected leader, a leaderless quorum; few keys, and sessions that roam.
 */
export function checkConsistency(policy: Consistency, options: ConsistencyOptions = {}): Report {
  const tally = new Tally("consistency", policy.name, "checkConsistency", options);
  const defaults = Object.entries(policy.options).map(([name, option]) => [name, option.default] as const);
  const claims = options.claims ?? policy.gives({ ...Object.fromEntries(defaults), ...options.values } as OptionValues);
  const strange = claims.filter((claim) => !CHECKERS.some(({ name }) => name === claim));
  const own = { consistency: isBundled("consistency", policy) ? [] : [policy] };
  const whole = claims.some((claim) => NEEDS_ALL_WRITES.includes(claim));
  const suite = `consistency ${policy.name}`;
  const use = chosen(policy.name, options.settings);
  const worlds = worldsFor(use, whole).filter((world) => refusalOf(scenarioOf(suite, 0, world), own) === null);
  return tally.each((seed) => {
    const world = worlds[seed % worlds.length];
    if (world === undefined) {
      tally.broken("runs somewhere", seed, String(refusalOf(scenarioOf(suite, seed, worldsFor(use, whole)[0]!), own)));
      return;
    }
    // A promise that is misspelt would pass for one that was kept.
    for (const claim of strange)
      tally.broken(
        "promises what can be checked",
        seed,
        `no check is called "${claim}"; there are ${CHECKERS.map(({ name }) => name).join(", ")}`,
      );
    const tried = { checks: [...claims, "exactly-once"], recovers: true, bounds: options.bounds ?? {} };
    tryOut(tally, seed, scenarioOf(suite, seed, world), own, tried);
  });
}

function worldsFor(use: string, whole: boolean): World[] {
  const weather = whole ? HARMLESS : LOSSY;
  const few = (architecture: string, given = weather): World => ({ architecture, weather: given, keys: 12 });
  return [
    few(onePrimary("{use: async, batch: 300ms}", use, whole ? "none" : LEASED)),
    few(everyRegion("{use: multi-primary, delivery: causal, hold: 20s}", use, "last-write-wins")),
    few(elected("raft", use), HARMLESS),
    few(everyRegion("{use: quorum, write: all, read: all}", use, "last-write-wins"), HARMLESS),
  ];
}
