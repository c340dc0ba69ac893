import type { Host, Operation, Replica } from "../../contract.js";
import * as verb from "./letter.js";
import type { Entry, PbftLetter } from "./letter.js";
import { Missing } from "./missing.js";
import { Order } from "./order.js";
import { Reads } from "./reads.js";
import { Requests } from "./requests.js";
import { Slots } from "./slots.js";
import { Standing } from "./standing.js";
import { Views } from "./views.js";

const BEAT = 0;

const putEntry = (letter: PbftLetter, entry: Entry): void => letter.put(entry);
const saysNothing = (): void => {};

export interface PbftSettings {
  readonly heartbeat: number;
  /** A replica that knows of a request for so long, and sees nothing carried out, asks for the next view. */
  readonly timeout: number;
  /** Places between two checkpoints. */
  readonly interval: number;
}

/**
 * Consensus among replicas of which some may lie (Castro and Liskov 1999). The region that a user asks stands in for a client
 * that waits for f + 1 equal answers: it answers when it has carried the request out itself, and so does not have to believe
 * anybody. Its votes are taken to be on disk before they are sent, letters to be signed, and what proves that an entry or a
 * whole copy is right to go with it.
 */
export class PbftReplica implements Replica<PbftLetter> {
  private readonly standing: Standing;
  private readonly requests: Requests;
  private readonly reads: Reads;
  private readonly order: Order;
  private readonly views: Views;
  private readonly missing: Missing;
  private stamps = 0;

  constructor(
    private readonly host: Host<PbftLetter>,
    private readonly settings: PbftSettings,
  ) {
    const { heartbeat, timeout, interval } = settings;
    const standing = new Standing(host);
    const slots = new Slots(host, Math.max(...standing.members) + 1);
    this.standing = standing;
    this.requests = new Requests(host);
    this.reads = new Reads(standing);
    this.order = new Order(standing, slots, this.requests, this.reads, interval, timeout);
    this.views = new Views(standing, slots, this.requests, this.order, heartbeat, timeout);
    this.missing = new Missing(standing, slots, this.requests, this.order, heartbeat);
  }

  request(operation: Operation): void {
    const { host, standing } = this;
    if (standing.isAbsent) host.refuse(operation, "catching-up");
    else if (!operation.write && !operation.confirmed) host.finish(operation);
    else if (!operation.write) this.reads.ask(operation.id);
    else {
      const entry = this.requests.add(host.command(operation), host.id, ++this.stamps, operation.id);
      if (standing.leads) this.order.requested(entry);
      else standing.broadcast(verb.REQUEST, putEntry, entry);
    }
  }

  receive(letter: PbftLetter): void {
    const { standing, order, views, missing, reads } = this;
    const { from } = letter;
    views.heardAt[from] = this.host.now;
    missing.executedBy[from] = Math.max(missing.executedBy[from]!, letter.executed);
    if (standing.isAbsent) return;
    switch (letter.verb) {
      case verb.REQUEST:
        order.requested(this.requests.add(letter.writes.at(0), letter.origin, letter.stamp));
        break;
      case verb.PRE_PREPARE:
        order.prePrepared(letter);
        break;
      case verb.PREPARE:
      case verb.COMMIT:
        order.voted(letter);
        break;
      case verb.CHECKPOINT:
        order.checkpoint(from, letter.sequence);
        break;
      case verb.VIEW_CHANGE:
        views.changeAsked(letter);
        break;
      case verb.NEW_VIEW:
        views.begun(letter);
        break;
      case verb.STATUS:
        // Somebody has not heard of this view.
        if (standing.leads && letter.view < standing.view) views.welcome(from);
        break;
      case verb.FETCH:
        missing.fetched(letter);
        break;
      case verb.ENTRIES:
        missing.caughtUp(letter);
        break;
      case verb.READ:
        standing.send(verb.FOUND, from, standing.number, letter.sequence);
        break;
      case verb.FOUND:
        reads.found(letter);
        break;
    }
  }

  timer(): void {
    this.standing.broadcast(verb.STATUS, saysNothing, null);
    this.missing.catchUp();
    this.views.beat();
    this.host.after(this.settings.heartbeat, BEAT, 0);
  }

  disconnected(): void {}
  led(): void {}
  persisted(): void {}

  wants(letter: PbftLetter): boolean {
    return this.standing.isAbsent || letter.sequence > this.standing.executed;
  }

  installed(letter: PbftLetter): void {
    const { standing } = this;
    standing.isAbsent = false;
    standing.executed = letter.sequence;
    standing.prepared = Math.max(standing.prepared, letter.sequence);
    this.requests.adopt(letter);
    this.order.advanced();
  }

  restart(disk: "kept" | "synced" | "lost" | "restored"): void {
    const { standing } = this;
    this.requests.forget();
    this.reads.forget();
    this.views.restart();
    if (disk === "restored") standing.isAbsent = false;
    // What was carried out and is gone comes back with a whole copy only.
    if (disk === "synced") this.host.discard();
    if (disk === "synced" || disk === "lost") {
      standing.isAbsent = true;
      standing.executed = 0;
    }
    this.host.after(this.settings.heartbeat, BEAT, 0);
  }

  position(): number {
    return this.standing.executed;
  }

  logTerm(): number {
    return 0;
  }
}
