import { type Catalogue, choose } from "../policies/catalogue.js";
import type { Letter, Operation, Replication } from "../policies/contract.js";
import type { OptionValues } from "../policies/options.js";
import { READ } from "../record/record.js";
import { ApplyQueue } from "./apply-queue.js";
import type { Attempts } from "./attempts.js";
import { OPERATOR } from "./author.js";
import { Authority } from "./authority.js";
import { Bystander } from "./bystander.js";
import { ERROR } from "./causes.js";
import type { Conditions } from "./conditions.js";
import { Freshness } from "./freshness.js";
import type { Groups } from "./groups.js";
import type { HandingOn } from "./handing-on.js";
import { type Judging, needOf } from "./judging.js";
import type { Drawer } from "./letters.js";
import type { Lives } from "./lives.js";
import { PastVersions } from "./past-versions.js";
import type { Plan } from "./plan.js";
import { ReadModel } from "./read-model.js";
import { ReplicaHost } from "./replica-host.js";
import { Storage, hasDisk } from "./storage.js";
import type { Surroundings } from "./surroundings.js";
import { DELETES, POISONS, type Writes } from "./writes.js";

const NONE = -1;

/** All copies of the data: hosts, the policy on each of them, and the way of letters and operations between them. */
export class Replicas {
  readonly hosts: readonly ReplicaHost[];
  /** Null where every copy is good enough for whatever is asked. */
  judging: Judging | null = null;
  /** By copy. */
  private readonly peers: number[][];
  /** By region, those that hold a copy, ask those that do, or have a voice among them; and those at work from the start. */
  readonly at: readonly ReplicaHost[][];
  private readonly served: ReplicaHost[] = [];
  private readonly conditions: Conditions;
  private readonly groups: Groups;
  private readonly operation: { -readonly [field in keyof Operation]: Operation[field] } = {
    id: 0,
    write: false,
    confirmed: false,
    key: 0,
    place: 0,
    number: 0,
  };

  constructor(
    private readonly plan: Plan,
    catalogue: Catalogue,
    replication: Replication,
    options: OptionValues,
    private readonly attempts: Attempts,
    private readonly writes: Writes,
    private readonly drawer: Drawer<Letter>,
    private readonly lives: Lives,
    private readonly reply: (attempt: number, cause: number) => void,
    handingOn: HandingOn,
    surroundings: Surroundings,
  ) {
    const { conditions, groups } = surroundings;
    this.conditions = conditions;
    this.groups = groups;
    this.at = plan.regions.map(() => []);
    // A site that waits for a backup is nobody's peer: a log kept for it would be kept for nothing.
    this.peers = groups.all.flatMap(({ holders }) =>
      plan.regions.map((_, id) => holders.filter((holder) => holder !== id && !plan.regions[holder]!.waiting)),
    );
    const { name, options: terms } = plan.policies.failover;
    const { lock } = choose("failover", name, catalogue).on(terms);
    const leases = lock === undefined ? plan.failover.fencing === "lease" : !lock.goesOn;
    this.hosts = groups.all.flatMap(({ holders, primary }, group) =>
      plan.regions.map((_, id) => {
        const authority = new Authority(id, primary, primary >= 0 && leases);
        const peers = this.peers[groups.node(group, id)]!;
        return new ReplicaHost(id, peers, holders.includes(id), authority, surroundings, group);
      }),
    );
    const { gives } = replication;
    const marked =
      needOf(plan, catalogue, "tokens") || (gives.writers === "every-replica" && replication.isCausal?.(options));
    for (const [node, host] of this.hosts.entries()) {
      const { replica, coordinates, waiting, takesPart } = plan.regions[host.id]!;
      // An edge site is told who leads too, and hands on what it is asked before any replica is.
      if (!replica && !coordinates && takesPart !== true) {
        host.replica = handingOn.bystander(host);
        continue;
      }
      if (!host.holds && takesPart !== true && !(coordinates && groups.isAllowed(host.group, host.id))) {
        host.replica = handingOn.bystander(host);
        continue;
      }
      this.at[host.id]!.push(host);
      host.handOn = handingOn.among(host);
      if (!waiting) this.served.push(host);
      if (!host.holds) {
        host.replica = replication.on(host, options);
        continue;
      }
      const { engine, sizes, observer } = surroundings;
      if (gives.defers === true) host.showCommitted();
      if (plan.storage.apply.rate < Number.POSITIVE_INFINITY)
        host.showLater(
          new ApplyQueue(host.id, plan.storage.apply, engine, conditions, writes, host.showOne, undefined, node),
        );
      if (plan.storage.projects)
        host.readModel = new ReadModel(
          host.id,
          surroundings.keys,
          plan.storage.apply,
          engine,
          conditions,
          writes,
          node,
        );
      if (marked) host.keepMarks(plan.regions.length);
      if (needOf(plan, catalogue, "age")) {
        const writers = gives.writers === "leader" ? null : [...host.peers];
        host.freshness = new Freshness(plan.regions.length, writers, () => host.queue?.length ?? 0);
      }
      host.replica = replication.on(host, options);
      if (!hasDisk(plan.storage)) continue;
      const persisted = (): void => host.replica.persisted();
      const { log } = host;
      host.storage = new Storage(
        host.id,
        plan,
        engine,
        conditions,
        writes,
        sizes,
        log,
        observer,
        attempts,
        reply,
        persisted,
        node,
      );
    }
  }

  start(): void {
    for (const host of this.served) {
      host.replica.restart("kept");
      host.storage?.disk.start();
    }
  }

  /** The worker's part is done: the replica decides what becomes of the operation. */
  serve(attempt: number): void {
    const { operation, attempts } = this;
    const region = attempts.region[attempt]!;
    if (this.conditions.hostDead[region] === 1) {
      this.reply(attempt, ERROR);
      return;
    }
    if (this.lives.holds(attempt, region)) return;
    operation.id = attempt;
    operation.write = attempts.kind[attempt] !== READ;
    operation.key = attempts.key[attempt]!;
    operation.place = attempts.place[attempt]!;
    operation.number = attempts.number[attempt]!;
    const host = this.hostOf(operation.key, region);
    operation.confirmed = false;
    if (this.judging === null || host.replica instanceof Bystander || this.judging.admits(attempt, operation, host))
      host.replica.request(operation);
  }

  /** A site that has waited for a backup holds a copy from now on, as the others know. */
  join(region: number): void {
    for (const [node, peers] of this.peers.entries())
      if (node % this.plan.regions.length !== region && !peers.includes(region)) peers.push(region);
  }

  /** A region is to hold a copy from now on: all that is written is kept for it until it has a whole one. */
  add(region: number): void {
    this.groups.join(region);
    this.join(region);
    for (const { id, holds, replica } of this.hosts) if (holds && id !== region) replica.joins?.(region);
  }

  /** Its copy is whole: what others have heard of it says how old their own is. */
  admit(region: number): void {
    for (const { id, freshness } of this.hosts) if (id !== region) freshness?.join(region);
  }

  /** What an attempt tries. */
  operationOf(attempt: number): number {
    return this.attempts.operation[attempt]!;
  }

  /** Copies know what they showed before, for as long as any read is answered as of back then. */
  rememberPast(longest: number, keys: number, writes: Writes): void {
    if (longest > 0) for (const host of this.hosts) if (host.holds) host.past = new PastVersions(keys, longest, writes);
  }

  /** An operator deletes a key: a write for which nobody waits. */
  remove(region: number, key: number): void {
    this.operate(region, key, DELETES);
  }

  /** A key gets a write that kills the host of every copy that applies it. That write, or -1 where it was refused. */
  poison(region: number, key: number): number {
    this.operate(region, key, POISONS);
    return this.hostOf(key, region).operated;
  }

  /** The copy of a key that people take for the system of record, -1 if no copy is alive. */
  record(key: number): number {
    return this.first(this.groups.of(key), (host) => !host.blank && host.replica.owns?.(key) !== false);
  }

  /** The same of a group of keys; and of the first that has one. */
  recordOf(group: number): number {
    return this.first(group, (host) => !host.blank);
  }

  anyRecord(): number {
    for (let group = 0; group < this.groups.all.length; group++) {
      const region = this.recordOf(group);
      if (region !== NONE) return region;
    }
    return NONE;
  }

  /** The region in which people would restore a group, -1 if none has a host. */
  target(group: number): number {
    return this.first(group, () => true);
  }

  /** Whether any disk still holds data of the group. */
  anyLeft(group: number): boolean {
    return this.hosts.some((host) => host.group === group && host.holds && !host.blank);
  }

  /** Writes of the group that were ever made. */
  made(group: number): number {
    return this.hosts.reduce((sum, host) => sum + (host.group === group ? host.author.count : 0), 0);
  }

  /** The copy of the key in that region. */
  hostOf(key: number, region: number): ReplicaHost {
    return this.hosts[this.groups.node(this.groups.of(key), region)]!;
  }

  /** Of the copies whose host is alive, the one that leads in the newest term; where none leads, the first in order. */
  private first(group: number, fits: (host: ReplicaHost) => boolean): number {
    let [found, newest] = [NONE, NONE];
    for (const id of this.groups.all[group]!.holders) {
      const host = this.hosts[this.groups.node(group, id)]!;
      if (this.conditions.hostDead[id] === 1 || !fits(host)) continue;
      const { leads, term } = host.leadership;
      const rank = leads ? term : NONE;
      if (found !== NONE && rank <= newest) continue;
      found = id;
      newest = rank;
    }
    return found;
  }

  delivered(letter: Letter): void {
    if (!this.hosts[this.groups.node(letter.group, letter.to)]!.receiveLetter(letter)) this.dropped(letter);
    this.judging?.recheck(letter.to);
  }

  dropped(letter: Letter): void {
    for (let index = 0; index < letter.writes.length; index++) this.writes.release(letter.writes.at(index));
    this.drawer.give(letter);
  }

  private operate(region: number, key: number, kind: number): void {
    const { operation } = this;
    const host = this.hostOf(key, region);
    host.author.operatorMeans = kind;
    host.operated = NONE;
    operation.id = OPERATOR;
    operation.write = true;
    operation.confirmed = false;
    operation.key = key;
    host.replica.request(operation);
  }
}
