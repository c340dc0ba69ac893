import type { Keyed } from "../../src/engine/random.js";
import { onRegions } from "../../src/faults/region-faults.js";
import type { Lie } from "../../src/policies/contract.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { constantLaw } from "../../src/topology/delay-law.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, dataClass, fault, region } from "../simulation/plans.js";

export const END = 6 * MINUTE;
const QUIET = 110 * SECOND;
export const TRIPS = [20, 40, 60, 80, 50, 70];

/** So many regions at round distances, with users beside three of them, who write and read what is the latest. */
export function agreed(size: number, overrides: Partial<Plan> = {}, first = 0): Plan {
  const base = activeActive();
  const sites = size + 3;
  const laws = Array.from({ length: sites * sites }, (_, link) => {
    const [from, to] = [Math.floor(link / sites), link % sites];
    if (to >= size) return null;
    if (from >= size) return constantLaw(from - size + first === to ? 1 : 150);
    return constantLaw(from === to ? 0 : TRIPS[(from + to) % TRIPS.length]!);
  });
  return {
    ...base,
    duration: END,
    regions: Array.from({ length: size }, (_, id) => ({
      ...region(`r${id}`),
      serviceLaw: "constant",
      serviceTime: MILLISECOND,
    })),
    places: base.places.map((place) => ({
      ...place,
      distances: Array.from({ length: size }, () => 1000),
      rate: 8,
      readShare: 0.5,
      sessions: 12,
    })),
    network: { ...base.network, laws, slowShare: 0 },
    client: { ...base.client, attempts: 1 },
    data: { ...base.data, classes: [dataClass({ keys: 20 })], size: 20_000_000 },
    health: { ...base.health, vantages: [0, 1, 2] },
    ...overrides,
    policies: {
      ...base.policies,
      replication: {
        name: "pbft",
        options: { heartbeat: SECOND / 2, view_timeout: 2 * SECOND, checkpoint: 32 },
      },
      consistency: { name: "linearizable", options: {} },
      conflict: { name: "none", options: {} },
    },
  };
}

export const liar = (struck: number, lie: Lie, at = 0, until = Number.POSITIVE_INFINITY): FaultPlan => ({
  ...fault(),
  ...{ at, until, regions: [struck], label: `${lie} ${struck}`, hardships: onRegions({ lie }) },
});

/** Both directions between a region and some others. */
export const apart = (size: number, one: number, others: readonly number[], at: number, until: number): FaultPlan => ({
  ...fault(),
  ...{ at, until, label: `cut of ${one}` },
  links: others.flatMap((other) => [one * (size + 3) + other, other * (size + 3) + one]),
});

/** One of four lies, now so and now otherwise; and faults of the network and of hosts that heal long before the end. */
export function troubles(luck: Keyed): FaultPlan[] {
  const draw = (index: number, purpose: number, choices: number): number =>
    Math.floor(luck.uniform(index, purpose) * choices);
  const struck = draw(0, 0, 4);
  const lies: readonly Lie[] = ["mute", "delay", "equivocate"];
  const liars = [0, 1, 2].map((index) => {
    const at = (10 + index * 75 + draw(index, 1, 20)) * SECOND;
    return liar(struck, lies[draw(index, 2, 3)]!, at, at + (20 + draw(index, 3, 40)) * SECOND);
  });
  const others = [0, 1, 2, 3].map((index) => {
    const at = (15 + draw(index, 4, 200)) * SECOND + draw(index, 5, 1_000_000);
    const until = Math.min(at + (1 + draw(index, 6, 30)) * SECOND, END - QUIET);
    const hurt = draw(index, 7, 4);
    const one = { ...fault(), at, until, label: `fault ${index}` };
    const rest = [0, 1, 2, 3].filter((id) => id !== hurt);
    switch (draw(index, 8, 4)) {
      case 0:
        return { ...one, regions: [hurt], hardships: onRegions({ dark: true, disks: "kept" }) };
      case 1:
        return { ...one, regions: [hurt], hardships: onRegions({ hostPaused: true }) };
      case 2:
        return apart(4, hurt, rest, at, until);
      default:
        return apart(4, hurt, rest.slice(0, 1), at, until);
    }
  });
  return [...liars, ...others.filter(({ at, until }) => until > at)];
}
