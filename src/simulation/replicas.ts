import type { Consistency, Letter, Operation, Replication } from "../policies/contract.js";
import type { OptionValues } from "../policies/options.js";
import { ApplyQueue } from "./apply-queue.js";
import type { Attempts } from "./attempts.js";
import type { Authority } from "./authority.js";
import { ERROR } from "./causes.js";
import type { Conditions } from "./conditions.js";
import type { Drawer } from "./letters.js";
import type { Lives } from "./lives.js";
import type { Plan } from "./plan.js";
import { ReplicaHost, type Surroundings } from "./replica-host.js";
import { Storage, hasDisk } from "./storage.js";
import type { Writes } from "./writes.js";

/** All copies of the data: hosts, the policy on each of them, and the way of letters and operations between them. */
export class Replicas {
  readonly hosts: readonly ReplicaHost[];
  private readonly conditions: Conditions;
  private readonly operation: { -readonly [field in keyof Operation]: Operation[field] } = {
    id: 0,
    write: false,
    key: 0,
    place: 0,
    number: 0,
  };

  constructor(
    private readonly plan: Plan,
    replication: Replication,
    private readonly consistency: Consistency,
    options: OptionValues,
    authorities: readonly Authority[],
    private readonly attempts: Attempts,
    private readonly writes: Writes,
    private readonly drawer: Drawer<Letter>,
    private readonly lives: Lives,
    private readonly surroundings: Surroundings,
  ) {
    this.conditions = surroundings.conditions;
    const holders = plan.regions.flatMap((region, id) => (region.replica ? [id] : []));
    this.hosts = plan.regions.map(
      (_, id) =>
        new ReplicaHost(
          id,
          holders.filter((holder) => holder !== id),
          authorities[id]!,
          surroundings,
        ),
    );
    for (const id of holders) {
      const host = this.hosts[id]!;
      host.replica = replication.on(host, options);
      const { engine, conditions, observer, reply } = surroundings;
      if (plan.storage.apply.rate < Number.POSITIVE_INFINITY)
        host.showLater(new ApplyQueue(id, plan.storage.apply, engine, conditions, writes, host.show));
      if (!hasDisk(plan.storage)) continue;
      host.storage = new Storage(id, plan, engine, conditions, writes, host.log, observer, reply);
    }
  }

  start(): void {
    this.each((host) => {
      host.replica.restart("kept");
      host.storage?.disk.start();
    });
  }

  /** The worker's part is done: the replica decides what becomes of the operation. */
  serve(attempt: number): void {
    const { operation, attempts } = this;
    const region = attempts.region[attempt]!;
    if (this.conditions.hostDead[region] === 1) {
      this.surroundings.reply(attempt, ERROR);
      return;
    }
    if (this.lives.holds(attempt, region)) return;
    operation.id = attempt;
    operation.write = attempts.isWrite[attempt] === 1;
    operation.key = attempts.key[attempt]!;
    operation.place = attempts.place[attempt]!;
    operation.number = attempts.number[attempt]!;
    const host = this.hosts[region]!;
    // A copy that is not good enough for this read sends its user to the leader.
    const elsewhere =
      !operation.write && this.consistency.judge() === "ask-leader" && host.leadership.leader !== host.id;
    if (elsewhere) host.refuse(operation, "not-primary");
    else host.replica.request(operation);
  }

  delivered(letter: Letter): void {
    this.hosts[letter.to]!.replica.receive(letter);
    this.dropped(letter);
  }

  dropped(letter: Letter): void {
    for (let index = 0; index < letter.writes.length; index++) this.writes.release(letter.writes.at(index));
    this.drawer.give(letter);
  }

  private each(act: (host: ReplicaHost) => void): void {
    for (const [id, region] of this.plan.regions.entries()) if (region.replica) act(this.hosts[id]!);
  }
}
