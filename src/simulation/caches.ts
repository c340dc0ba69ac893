import { type Catalogue, choose } from "../policies/catalogue.js";
import type { CacheRules } from "../policies/contract/caching.js";
import type { Demand } from "../workload/demand.js";
import { Cache } from "./cache.js";
import type { Plan, PolicyChoice } from "./plan.js";
import type { Writes } from "./writes.js";

/** Whether any site keeps anything. */
export const keepsAnswers = ({ policies: { caching, cachings = [] } }: Plan): boolean =>
  [caching, ...cachings].some((each) => each !== null && each.name !== "none");

/** The rules that hold for all classes of data without their own, then those of the others; null where nothing is kept. */
export function rulesOf({ policies: { caching, cachings = [] } }: Plan, catalogue: Catalogue): (CacheRules | null)[] {
  const own = cachings.filter((each): each is PolicyChoice => each !== null);
  return [caching, ...own].map(({ name, options }) => choose("caching", name, catalogue).on?.(options) ?? null);
}

/** The caches of all sites. A class of data with a policy of its own has a cache of its own at each site; the others share one. */
export class Caches {
  /** By class of data, which rules hold. */
  private readonly ruleOf: readonly number[];
  /** By rule, then by site. */
  private readonly all: readonly (readonly (Cache | null)[])[];
  /** By rule, then by type of request. */
  private readonly admitted: readonly (readonly boolean[])[];
  /** By rule: the sites that are told of writes. */
  private readonly told: readonly number[][];

  private readonly invalidates: readonly boolean[];

  constructor(
    plan: Plan,
    rules: readonly (CacheRules | null)[],
    private readonly demand: Demand,
    writes: Writes,
    clock: { readonly now: number },
  ) {
    const { cachings = [] } = plan.policies;
    // Of each rule, for which keys it holds: a class has its own in a row.
    const spans: { keys: number; first: number }[] = [{ keys: demand.keys, first: 0 }];
    let first = 0;
    this.ruleOf = plan.data.classes.map(({ keys }, at) => {
      first += keys;
      return cachings[at] == null ? 0 : spans.push({ keys, first: first - keys }) - 1;
    });
    this.all = rules.map((rule, at) =>
      plan.regions.map(({ cache }) =>
        cache && rule !== null ? new Cache(spans[at]!.keys, rule, writes, clock, spans[at]!.first) : null,
      ),
    );
    this.admitted = rules.map((rule) => plan.requests.map(({ name }) => rule?.admits(name) === true));
    this.told = rules.map((rule, at) =>
      rule?.invalidates === true
        ? [...plan.regions.keys()].filter((id) => this.all[at]![id] !== null && plan.regions[id]!.joins === undefined)
        : [],
    );
    this.invalidates = rules.map((rule) => rule?.invalidates === true);
  }

  /** This site is told of writes too, if it keeps anything. */
  join(site: number): void {
    for (const [at, told] of this.told.entries())
      if (this.invalidates[at] === true && this.all[at]![site] !== null) told.push(site);
  }

  /** Where a site keeps what it is answered about the key; null for nowhere. */
  at(site: number, key: number): Cache | null {
    return this.all[this.rule(key)]![site]!;
  }

  admits(type: number, key: number): boolean {
    return this.admitted[this.rule(key)]![type]!;
  }

  /** The sites that are told when the key has changed. */
  toldOf(key: number): readonly number[] {
    return this.told[this.rule(key)]!;
  }

  /** All that a site has kept is gone. */
  clear(site: number): void {
    for (const caches of this.all) caches[site]?.clear();
  }

  private rule(key: number): number {
    return this.all.length === 1 ? 0 : this.ruleOf[this.demand.classOf(key)]!;
  }
}
