import { faultKinds } from "../src/faults/catalogue.js";
import type { FaultPlan, Plan } from "../src/simulation/plan.js";

/**
 * Faults that last for the whole run and are so mild that the same requests succeed: what is measured is the price of
 * looking at them, and not that of a world in which things go wrong. Those that cannot be mild (outages, pauses, cuts)
 * change what happens, and have no price of their own.
 */
const MILD: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  slow_region: { slowdown: 1.01 },
  slow_disk: { slowdown: 1.01 },
  grey_failure: { failing: 0.0001, hanging: 0 },
  clock_skew: { by: 1000 },
  clock_drift: { gains: 1 },
  bad_path: { share: 0.0001 },
  degraded_latency: { factor: 1.01, add: 0 },
  loss: { probability: 0.0001 },
  bandwidth: { limit: 100e6 },
  surge: { times: 1.01 },
  health_probes: { share: 0.01 },
};

/** The plan with a mild fault of this kind, everywhere. */
export function withMild(plan: Plan, name: string): Plan {
  const kind = faultKinds.find((each) => each.name === name)!;
  const regions = plan.regions.map((_, region) => region);
  const places = plan.places.map((_, place) => place);
  const sites = regions.length + places.length;
  const links = Array.from({ length: sites * sites }, (_, link) => link).filter(
    (link) => plan.network.laws[link] !== null,
  );
  const word = typeof kind.target === "string" ? {} : { [name]: kind.target[0]! };
  const fault: FaultPlan = {
    ...{ entry: 0, label: name, at: 0, until: Number.POSITIVE_INFINITY, chance: 1, random: null },
    regions: kind.target === "regions" ? regions : [],
    places: kind.target === "places" ? places : [],
    links: kind.target === "links" ? links : [],
    hardships: kind.hardships({ ...word, ...MILD[name]! }),
  };
  return { ...plan, faults: [fault] };
}

export const MILD_KINDS: readonly string[] = Object.keys(MILD);
