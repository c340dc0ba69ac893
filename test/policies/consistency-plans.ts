import { type Keyed, Streams } from "../../src/engine/random.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { catalogue } from "../../src/policies/catalogue.js";
import type { Disks } from "../../src/simulation/hardships.js";
import type { FaultPlan, Plan, PolicyChoice, StoragePlan } from "../../src/simulation/plan.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { NO_STORAGE, RAFT, activeActive, between, dataClass, fault, singlePrimary } from "../simulation/plans.js";

/** What may strike: whether power cuts and lost disks are among it. */
export type Harm = "harmless" | "lossy";
const DISKS: readonly Disks[] = ["kept", "synced", "lost"];

/** Six faults of many kinds that overlap as they like: cuts of one or both directions, dead and frozen hosts, dark regions. */
export function faultsOf(luck: Keyed, harm: Harm): FaultPlan[] {
  return Array.from({ length: 6 }, (_, index) => {
    const draw = (purpose: number, choices: number): number => Math.floor(luck.uniform(index, purpose) * choices);
    const at = (20 + draw(0, 200)) * SECOND + draw(1, 1_000_000);
    const until = at + (1 + draw(2, 40)) * SECOND + draw(3, 1_000_000);
    const struck = draw(4, 3);
    const disks = harm === "lossy" ? DISKS[draw(5, 3)]! : "kept";
    const one = { ...fault(), at, until, label: `fault ${index}` };
    const others = [(struck + 1) % 3, (struck + 2) % 3];
    switch (draw(6, 6)) {
      case 0:
        return { ...one, regions: [struck], hardships: onRegions({ dark: true, disks }) };
      case 1:
        return { ...one, regions: [struck], hardships: onRegions({ hostDead: true, disks }) };
      case 2:
        return { ...one, regions: [struck], hardships: onRegions({ hostPaused: true }) };
      case 3:
        return { ...one, links: between([struck], [others[0]!]) };
      case 4:
        return { ...one, links: between([struck], others).filter((_, link) => link % 2 === 0) };
      default:
        return {
          ...one,
          links: between(
            [struck],
            [0, 1, 2, 3, 4, 5].filter((site) => site !== struck),
          ),
        };
    }
  });
}

/** Few keys, few sessions, many of them under way: whatever can be seen out of order is. */
export function hot(base: Plan, consistency: PolicyChoice, overrides: Partial<Plan> = {}): Plan {
  return {
    ...base,
    duration: 5 * MINUTE,
    places: base.places.map((place) => ({ ...place, rate: 12, readShare: 0.6, sessions: 12 })),
    data: { ...base.data, classes: [dataClass({ keys: 12, zipf: 0.8 })], size: 20_000_000 },
    // A second try may come after its session's next operation: at least once is no order.
    client: { ...base.client, roaming: 0.3, attempts: 1 },
    forwards: true,
    health: { ...base.health, interval: 3 * SECOND, timeout: SECOND },
    dns: { ...base.dns, ttl: 5 * SECOND },
    ...overrides,
    policies: { ...base.policies, ...overrides.policies, consistency },
  };
}

/** A policy with its defaults, and what is said here. */
export function chosen(name: string, options: PolicyChoice["options"] = {}): PolicyChoice {
  const defaults = Object.entries(catalogue.consistency[name]!.options).map(([key, option]) => [key, option.default]);
  return { name, options: { ...Object.fromEntries(defaults), ...options } };
}

export const chance = (seed: number): Keyed => new Streams(`consistency ${seed}`).keyed("plan");

/** Every third seed applies what it receives slowly, and every second one has disks that sync now and then. */
export function storageOf(seed: number, harm: Harm): StoragePlan {
  const apply = { rate: seed % 3 === 0 ? 30 : Number.POSITIVE_INFINITY, workers: 2 };
  const disk = { every: 3 * SECOND, fsync: 5 * MILLISECOND, bandwidth: 50e6 };
  const sync = harm === "lossy" && seed % 2 === 0 ? ("interval" as const) : ("each-commit" as const);
  return { ...NO_STORAGE, ...disk, sync, apply };
}

/** The clocks of two regions are off for the whole run, apart from each other by this at most. */
export function clocksApart(seed: number, bound: number): FaultPlan[] {
  return [0, 1].map((region) => {
    const skew = Math.floor((chance(seed).uniform(region, 50) - 0.5) * bound);
    return { ...fault(), label: `clock ${region}`, regions: [region], hardships: onRegions({ skew }) };
  });
}

/** One primary, two standbys, everybody asks the nearest region. */
export function onePrimary(seed: number, consistency: PolicyChoice, harm: Harm, failover: "automatic" | "none"): Plan {
  const base = singlePrimary();
  const replication = { name: "async", options: { batch: 300 * MILLISECOND, heartbeat: SECOND, retention: 1e6 } };
  return hot(base, consistency, {
    regions: base.regions.map((region) => ({ ...region, replica: true, instances: 4 })),
    faults: faultsOf(chance(seed), harm),
    storage: storageOf(seed, harm),
    failover: {
      ...base.failover,
      fencing: failover === "none" ? "none" : "lease",
      promotion: 2 * SECOND,
      verify: SECOND,
      failback: seed % 2 === 0 ? 20 * SECOND : Number.POSITIVE_INFINITY,
    },
    policies: {
      ...base.policies,
      replication,
      routing: { name: "latency", options: {} },
      failover: {
        name: failover,
        options:
          failover === "automatic" ? { max_lag: Number.POSITIVE_INFINITY, max_lag_time: Number.POSITIVE_INFINITY } : {},
      },
      standbys: [1, 2],
    },
  });
}

/** The copies elect their leader. Of what is lost with a disk a consensus promises nothing, so no disk is. */
export function elected(seed: number, consistency: PolicyChoice, options: PolicyChoice["options"] = {}): Plan {
  const plan = onePrimary(seed, consistency, "harmless", "none");
  return {
    ...plan,
    policies: {
      ...plan.policies,
      replication: { name: "raft", options: { ...RAFT, ...options } },
      failover: { name: "consensus", options: {} },
    },
  };
}

/** One primary that answers a write once a standby has it. */
export function waited(seed: number, consistency: PolicyChoice): Plan {
  const plan = onePrimary(seed, consistency, "harmless", "none");
  const options = {
    ...{ heartbeat: SECOND, retention: 1e6, acknowledgements: 1, fall_back: 5 * SECOND },
    acknowledge: seed % 2 === 0 ? "durable" : "received",
  };
  return { ...plan, policies: { ...plan.policies, replication: { name: "semi-sync", options } } };
}

/** Every region accepts writes. */
export function everywhere(
  seed: number,
  consistency: PolicyChoice,
  harm: Harm,
  delivery: "causal" | "as-it-comes",
): Plan {
  const base = activeActive();
  return hot(base, consistency, {
    faults: faultsOf(chance(seed), harm),
    storage: storageOf(seed, harm),
    policies: {
      ...base.policies,
      replication: {
        name: "multi-primary",
        options: { heartbeat: SECOND, retention: 1e6, delivery, hold: 20 * SECOND },
      },
    },
  });
}
