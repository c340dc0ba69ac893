import { test } from "vitest";
import type { Keyed } from "../../src/engine/random.js";
import { Streams } from "../../src/engine/random.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { catalogue, extended } from "../../src/policies/catalogue.js";
import type { Replica, Replication } from "../../src/policies/contract.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { replayed } from "./chaos.js";
import { NO_STORAGE, activeActive, dataClass, fault } from "./plans.js";

const merges = catalogue.replication["multi-primary"]!;

/** As somebody could write it: a copy that has lost its disk answers from what it has, before it has a whole copy again. */
const hasty: Replication = {
  ...merges,
  name: "hasty",
  on(host, options) {
    const replica = merges.on(host, options) as Replica & { empty: boolean };
    const { request } = replica;
    replica.request = (operation) => {
      const { empty } = replica;
      replica.empty = false;
      request.call(replica, operation);
      replica.empty = empty;
    };
    return replica;
  },
};

/** Disks that are lost, often and everywhere, mostly while the links and the other regions are well. */
function losses(luck: Keyed): FaultPlan[] {
  return Array.from({ length: 5 }, (_, index) => {
    const at = (30 + Math.floor(luck.uniform(index, 0) * 250)) * SECOND;
    const until = at + (1 + Math.floor(luck.uniform(index, 1) * 4)) * SECOND;
    const regions = [Math.floor(luck.uniform(index, 2) * 3)];
    return {
      ...fault(),
      at,
      until,
      label: `loss ${index}`,
      regions,
      hardships: onRegions({ hostDead: true, disks: "lost" }),
    };
  });
}

function plan(seed: number): Plan {
  const luck = new Streams(`hasty ${seed}`).keyed("plan");
  const base = activeActive();
  const disk =
    luck.uniform(0, 100) < 0.5
      ? { sync: "interval" as const, every: 3 * SECOND, fsync: 5 * MILLISECOND, bandwidth: 50e6 }
      : {};
  return {
    ...base,
    duration: 6 * MINUTE,
    storage: { ...NO_STORAGE, ...disk },
    faults: losses(luck),
    places: base.places.map((place) => ({ ...place, rate: 10, readShare: 0.7 })),
    data: { ...base.data, classes: [dataClass({ keys: 40 })], size: 1_000_000_000 },
    policies: {
      ...base.policies,
      replication: { name: "hasty", options: { ...base.policies.replication.options, batch: 400 * MILLISECOND } },
    },
  };
}

const SEEDS = Number(process.env["CHAOS"] ?? 6);
const FIRST = Number(process.env["CHAOS_FIRST"] ?? 0);

// The last two have found something: what superseded a write was lost after it.
test.each([...[...Array(SEEDS).keys()].map((seed) => seed + FIRST), 7, 12])(
  "what was everywhere and is lost from one disk is missed there again, seed %d",
  (seed) => void replayed(plan(seed), String(seed), extended({ replication: [hasty] })),
);
