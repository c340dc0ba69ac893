import type { Catalogue } from "../policies/catalogue.js";
import type { Letter, Operation, Replication } from "../policies/contract.js";
import type { OptionValues } from "../policies/options.js";
import { READ } from "../record/record.js";
import { ApplyQueue } from "./apply-queue.js";
import type { Attempts } from "./attempts.js";
import type { Authority } from "./authority.js";
import { ERROR } from "./causes.js";
import type { Conditions } from "./conditions.js";
import { Freshness } from "./freshness.js";
import { type Judging, needOf } from "./judging.js";
import type { Drawer } from "./letters.js";
import type { Lives } from "./lives.js";
import type { Plan } from "./plan.js";
import { ReadModel } from "./read-model.js";
import { OPERATOR } from "./replica-copy.js";
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
  private readonly peers: number[][];
  /** Those with a policy at work: they hold a copy, ask those that do, or have a voice among them. */
  private readonly served: ReplicaHost[] = [];
  private readonly conditions: Conditions;
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
    authorities: readonly Authority[],
    private readonly attempts: Attempts,
    private readonly writes: Writes,
    private readonly drawer: Drawer<Letter>,
    private readonly lives: Lives,
    private readonly reply: (attempt: number, cause: number) => void,
    surroundings: Surroundings,
  ) {
    this.conditions = surroundings.conditions;
    const holders = plan.regions.flatMap((region, id) => (region.replica ? [id] : []));
    // A site that waits for a backup is nobody's peer: a log kept for it would be kept for nothing.
    const present = holders.filter((holder) => !plan.regions[holder]!.waiting);
    this.peers = plan.regions.map((_, id) => present.filter((holder) => holder !== id));
    this.hosts = plan.regions.map(
      (_, id) => new ReplicaHost(id, this.peers[id]!, holders.includes(id), authorities[id]!, surroundings),
    );
    const { gives } = replication;
    const marked =
      needOf(plan, catalogue, "tokens") || (gives.writers === "every-replica" && replication.isCausal?.(options));
    for (const [id, host] of this.hosts.entries()) {
      const { replica, coordinates, waiting, takesPart } = plan.regions[id]!;
      if (!replica && !coordinates && takesPart !== true) continue;
      if (!waiting) this.served.push(host);
      if (!host.holds) {
        host.replica = replication.on(host, options);
        continue;
      }
      const { engine, conditions, sizes, observer } = surroundings;
      if (gives.defers === true) host.showCommitted();
      if (plan.storage.apply.rate < Number.POSITIVE_INFINITY)
        host.showLater(new ApplyQueue(id, plan.storage.apply, engine, conditions, writes, host.showOne));
      if (plan.storage.projects)
        host.readModel = new ReadModel(id, surroundings.keys, plan.storage.apply, engine, conditions, writes);
      if (marked) host.keepMarks(plan.regions.length);
      if (needOf(plan, catalogue, "age")) {
        const writers = gives.writers === "leader" ? null : host.peers;
        host.freshness = new Freshness(plan.regions.length, writers, () => host.queue?.length ?? 0);
      }
      host.replica = replication.on(host, options);
      if (!hasDisk(plan.storage)) continue;
      host.storage = new Storage(id, plan, engine, conditions, writes, sizes, host.log, observer, reply, () =>
        host.replica.persisted(),
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
    const host = this.hosts[region]!;
    operation.confirmed = false;
    if (this.judging === null || this.judging.admits(attempt, operation, host)) host.replica.request(operation);
  }

  /** A site that has waited for a backup holds a copy from now on, as the others know. */
  join(region: number): void {
    for (const [id, peers] of this.peers.entries()) if (id !== region && !peers.includes(region)) peers.push(region);
  }

  /** What an attempt tries. */
  operationOf(attempt: number): number {
    return this.attempts.operation[attempt]!;
  }

  /** An operator deletes a key: a write for which nobody waits. */
  remove(region: number, key: number): void {
    this.operate(region, key, DELETES);
  }

  /** A key gets a write that kills the host of every copy that applies it. That write, or -1 where it was refused. */
  poison(region: number, key: number): number {
    this.operate(region, key, POISONS);
    return this.hosts[region]!.operated;
  }

  /** The copy that people take for the system of record, -1 if no copy is alive. */
  record(): number {
    return this.first((host) => !host.blank);
  }

  /** The region in which people would restore it, -1 if none has a host. */
  target(): number {
    return this.first(() => true);
  }

  /** Whether any disk still holds data. */
  anyLeft(): boolean {
    return this.hosts.some((host, id) => this.plan.regions[id]!.replica && !host.blank);
  }

  /** Of the copies whose host is alive, the one that leads in the newest term; where none leads, the first in order. */
  private first(fits: (host: ReplicaHost) => boolean): number {
    let [found, newest] = [NONE, NONE];
    for (const [id, host] of this.hosts.entries()) {
      if (!this.plan.regions[id]!.replica || this.conditions.hostDead[id] === 1 || !fits(host)) continue;
      const { leads, term } = host.leadership;
      const rank = leads ? term : NONE;
      if (found !== NONE && rank <= newest) continue;
      found = id;
      newest = rank;
    }
    return found;
  }

  delivered(letter: Letter): void {
    if (!this.hosts[letter.to]!.receiveLetter(letter)) this.dropped(letter);
    this.judging?.recheck(letter.to);
  }

  dropped(letter: Letter): void {
    for (let index = 0; index < letter.writes.length; index++) this.writes.release(letter.writes.at(index));
    this.drawer.give(letter);
  }

  private operate(region: number, key: number, kind: number): void {
    const { operation } = this;
    const host = this.hosts[region]!;
    host.operatorMeans = kind;
    host.operated = NONE;
    operation.id = OPERATOR;
    operation.write = true;
    operation.confirmed = false;
    operation.key = key;
    host.replica.request(operation);
  }
}
