import type { Plan } from "./plan.js";

/** Keys that are kept together, in copies of their own: each group is replicated, and led, by itself. */
export interface GroupPlan {
  readonly name: string;
  /** Regions that hold a copy. */
  readonly holders: readonly number[];
  /** Leader at the start, or -1 where every replica accepts writes; and the others, in order of preference. */
  readonly primary: number;
  readonly standbys: readonly number[];
  /** Bytes of a whole copy. */
  readonly size: number;
}

/** Where the data live, in several groups. */
export interface PlacementPlan {
  readonly groups: readonly GroupPlan[];
  /** The group by class of data, and in each by the place whose users the key belongs to (one for all where it is nobody's). */
  readonly table: readonly number[];
}

/** What the law says of where data may be, and whether this architecture keeps it. */
export interface GovernancePlan {
  readonly enforced: boolean;
  /** In each row of the placement's table: what its keys are called, and bits of the regions where they may be; null for anywhere. */
  readonly rules: readonly (ResidencyRule | null)[];
}
export interface ResidencyRule {
  readonly name: string;
  readonly allowed: number;
}

/** The groups of keys: one where all data are kept together. */
export function placementIn({
  placement,
  regions,
  policies: { primary, standbys },
  data: { size },
}: Plan): PlacementPlan {
  if (placement !== null) return placement;
  const holders = regions.flatMap(({ replica }, id) => (replica ? [id] : []));
  return { groups: [{ name: "all data", holders, primary, standbys, size }], table: [] };
}
