import { lengthened } from "../engine/columns.js";
import type { Catalogue } from "../policies/catalogue.js";
import { NOBODY } from "../policies/contract.js";
import { READ } from "../record/record.js";
import type { Demand } from "../workload/demand.js";
import type { Answers } from "./answers.js";
import { type Attempts, NOT_FORWARDED } from "./attempts.js";
import { Caches, rulesOf } from "./caches.js";
import { NOT_PRIMARY, OK } from "./causes.js";
import type { Forwarding } from "./forwarding.js";
import type { Groups } from "./groups.js";
import type { Operations } from "./operations.js";
import type { Plan } from "./plan.js";
import type { Replicas } from "./replicas.js";
import type { Requests } from "./requests.js";
import type { Writes } from "./writes.js";

const NONE = -1;

/**
 * What is before the copies: caches that answer at the door of a site, without a worker, and sites without a copy, which
 * hand on to a parent what they cannot answer. An answer is kept by the site that gave it and by the one that handed
 * the request on; what is in the air while a write is done is stored all the same, and is stale from the first moment.
 */
export class Edges {
  hits = 0;
  /** Reads that could have been answered from a cache, each counted where its user has come. */
  lookups = 0;
  invalidations = 0;
  /** By attempt, the version that its answer brings to the site that handed it on, two more than its id; 0 for none. */
  private carried = new Int32Array(1024);

  constructor(
    private readonly plan: Plan,
    private readonly caches: Caches,
    private readonly groups: Groups,
    private readonly writes: Writes,
    private readonly attempts: Attempts,
    private readonly operations: Operations,
    private readonly replicas: Replicas,
    private readonly answers: Answers,
    private readonly requests: Requests,
    private readonly forwarding: Forwarding,
  ) {
    requests.edges = this;
    answers.edges = this;
    forwarding.edges = this;
  }

  /** A request is at a site's door. True when it goes no further, or goes to the parent. */
  takes(attempt: number): boolean {
    const { attempts } = this;
    const region = attempts.region[attempt]!;
    const key = attempts.key[attempt]!;
    const cache = this.caches.at(region, key);
    if (cache !== null && this.isCacheable(attempt)) {
      if (attempts.via[attempt] === NOT_FORWARDED) this.lookups++;
      if (cache.has(key)) {
        this.hits++;
        this.answers.read(attempt, cache.answer(key), region, true);
        return true;
      }
    }
    if (this.plan.regions[region]!.parents.length === 0) return false;
    const { leader } = this.replicas.hostOf(key, region).leadership;
    const isFree = attempts.kind[attempt] === READ || leader === NOBODY || leader === region;
    const to = isFree ? this.parentOf(region) : leader;
    if (!this.forwarding.forward(attempt, to)) this.requests.reply(attempt, NOT_PRIMARY);
    return true;
  }

  /** A read has been answered where the attempt is. */
  served(attempt: number, write: number): void {
    if (!this.isCacheable(attempt)) return;
    const { attempts } = this;
    const key = attempts.key[attempt]!;
    const cache = this.caches.at(attempts.region[attempt]!, key);
    if (cache !== null && this.mayKeep(key, attempts.region[attempt]!) && !cache.has(key)) cache.store(key, write);
    const via = attempts.via[attempt]!;
    if (via === NOT_FORWARDED || this.caches.at(via, key) === null || !this.mayKeep(key, via)) return;
    if (attempt >= this.carried.length) this.carried = lengthened(this.carried, attempts.key.length);
    this.forget(attempt);
    if (write !== NONE) this.writes.retain(write);
    this.carried[attempt] = write + 2;
  }

  /** An answer has come back to the site that handed the request on. */
  landed(attempt: number): void {
    const { attempts } = this;
    const key = attempts.key[attempt]!;
    const cache = this.caches.at(attempts.via[attempt]!, key);
    if (cache === null || attempts.status[attempt] !== OK) return;
    const carried = this.carried[attempt] ?? 0;
    if (attempts.kind[attempt] !== READ) cache.drop(key);
    else if (carried > 0) cache.store(key, carried - 2);
    this.forget(attempt);
  }

  /** The attempt is over. */
  forget(attempt: number): void {
    const carried = this.carried[attempt] ?? 0;
    if (carried === 0) return;
    this.carried[attempt] = 0;
    if (carried > 1) this.writes.release(carried - 2);
  }

  /** A region has done a write. */
  wrote(attempt: number): void {
    const { attempts } = this;
    const region = attempts.region[attempt]!;
    const key = attempts.key[attempt]!;
    this.caches.at(region, key)?.drop(key);
    for (const site of this.caches.toldOf(key)) if (site !== region) this.forwarding.tell(region, site, key);
  }

  /** A site has heard that a key has changed. */
  changed(site: number, key: number): void {
    this.invalidations++;
    this.caches.at(site, key)?.drop(key);
  }

  join(region: number): void {
    this.caches.join(region);
  }

  died(region: number): void {
    this.caches.clear(region);
  }

  /** The first parent from whom this site hears; who is tried where it hears from none is the first. */
  private parentOf(region: number): number {
    const { parents } = this.plan.regions[region]!;
    let at = 0;
    while (at < parents.length && this.forwarding.isSilent(region, parents[at]!)) at++;
    return parents[at % parents.length]!;
  }

  /** What the law keeps out of a region rests in no cache there either. */
  private mayKeep(key: number, region: number): boolean {
    return this.groups.isAllowed(this.groups.of(key), region);
  }

  /** Whoever compares before he sets wants to know what is there now. */
  private isCacheable(attempt: number): boolean {
    const { attempts, operations } = this;
    if (attempts.kind[attempt] !== READ) return false;
    const operation = attempts.operation[attempt]!;
    return (
      operations.reading[operation] === 0 && this.caches.admits(operations.type[operation]!, attempts.key[attempt]!)
    );
  }
}

/** Null where nothing is before the copies. */
export function edgesOf(
  plan: Plan,
  catalogue: Catalogue,
  demand: Demand,
  clock: { readonly now: number },
  groups: Groups,
  writes: Writes,
  ...parts: Rest
): Edges | null {
  const rules = rulesOf(plan, catalogue);
  return rules.every((rule) => rule === null) && plan.regions.every(({ parents }) => parents.length === 0)
    ? null
    : new Edges(plan, new Caches(plan, rules, demand, writes, clock), groups, writes, ...parts);
}
type Rest = ConstructorParameters<typeof Edges> extends [Plan, Caches, Groups, Writes, ...infer Parts] ? Parts : never;
