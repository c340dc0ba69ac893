import type { Demand } from "../workload/demand.js";
import { ownersOf } from "../workload/owners.js";
import { type GroupPlan, placementIn } from "./placement-plan.js";
import type { Plan } from "./plan.js";

/** By key, the row of the placement's table: of its class, and of the place whose users it belongs to. */
export function rowsOfKeys({ places, data }: Plan, demand: Demand): Int16Array<ArrayBuffer> {
  const owners = ownersOf(
    data.classes,
    places.map(({ rate }) => rate),
  );
  return Int16Array.from({ length: demand.keys }, (_, key) => {
    const owner = owners?.of(key) ?? 0;
    return demand.classOf(key) * places.length + (owner < 0 ? 0 : owner);
  });
}

/** The groups of keys of a run: which one a key is in, and who holds it. */
export class Groups {
  readonly all: readonly GroupPlan[];
  readonly regions: number;
  readonly keys: number;
  /** What each copy is called, by its number. */
  readonly copies: readonly string[];
  /** Bit r: region r holds the group; not before it has joined. */
  readonly holders: number[];
  /** Bit r: a copy of the group may be in region r. */
  private readonly allowed: readonly number[];
  /** By key; null where all keys are in one. */
  private readonly byKey: Uint8Array | null;

  constructor(plan: Plan, demand: Demand) {
    const { groups, table } = placementIn(plan);
    this.all = groups;
    this.regions = plan.regions.length;
    this.keys = demand.keys;
    this.copies = groups.flatMap((_, group) => plan.regions.map(({ name }) => `${name}${this.label(group)}`));
    const isThere = (region: number): boolean => plan.regions[region]!.joins === undefined;
    this.holders = groups.map(({ holders }) =>
      holders.reduce((bits, region) => (isThere(region) ? bits | (1 << region) : bits), 0),
    );
    this.allowed = groups.map((_, group) =>
      (plan.governance?.enforced === true ? plan.governance.rules : []).reduce(
        (bits, rule, row) => (table[row] === group ? bits & (rule?.allowed ?? -1) : bits),
        -1,
      ),
    );
    if (groups.length === 1) {
      this.byKey = null;
      return;
    }
    this.byKey = Uint8Array.from(rowsOfKeys(plan, demand), (row) => table[row]!);
  }

  /** The region is to have all that is written from now on, and gets what was written before. */
  join(region: number): void {
    for (const [group, { holders }] of this.all.entries())
      if (holders.includes(region)) this.holders[group]! |= 1 << region;
  }

  /** Whether the region holds a copy of the group, or is getting one. */
  holds(group: number, region: number): boolean {
    return ((this.holders[group]! >> region) & 1) === 1;
  }

  of(key: number): number {
    return this.byKey === null ? 0 : this.byKey[key]!;
  }

  isAllowed(group: number, region: number): boolean {
    return ((this.allowed[group]! >> region) & 1) === 1;
  }

  /** " of X" where there are several, for people to read. */
  label(group: number): string {
    return this.all.length === 1 ? "" : ` of ${this.all[group]!.name}`;
  }

  /** A copy of one group in one region, as a number: that of the region where there is one group only. */
  node(group: number, region: number): number {
    return group * this.regions + region;
  }
}
