import type { RegionId } from "../../contract.js";
import * as verb from "./letter.js";
import { type Entry, NO_ENTRY, type PbftLetter } from "./letter.js";
import type { Reads } from "./reads.js";
import type { Requests } from "./requests.js";
import { type Slot, type Slots, WINDOW } from "./slots.js";
import type { Standing } from "./standing.js";
import { isEmpty } from "./view-change.js";

/** Share of its backups' patience for which a liar that dawdles keeps a request: they never quite give it up. */
const DAWDLE = 0.6;

/**
 * The three phases of a view (Castro and Liskov 1999, section 4.2): the primary proposes a place, it is prepared when a
 * quorum has heard the same of it, and committed when a quorum has prepared it. What is committed is carried out in order.
 */
export class Order {
  /** The primary's next place. */
  next = 1;
  private readonly checkpoints: number[] = [];

  constructor(
    private readonly standing: Standing,
    private readonly slots: Slots,
    private readonly requests: Requests,
    private readonly reads: Reads,
    /** Places between two checkpoints. */
    private readonly interval: number,
    private readonly patience: number,
  ) {
    for (const member of standing.members) this.checkpoints[member] = 0;
  }

  /** A request that this replica knows of. */
  requested(entry: Entry): void {
    const { standing } = this;
    if (standing.leads && standing.host.lie !== "delay" && !this.requests.isDone(entry.origin, entry.stamp))
      this.propose(entry);
  }

  propose(entry: Entry): void {
    const { standing } = this;
    // Until the next checkpoint is stable it waits among the requests.
    if (this.next > standing.stable + WINDOW) return;
    const slot = this.slots.at(this.next++, standing.view);
    this.slots.propose(slot, entry);
    slot.prepares[standing.host.id] = entry.write;
    const { peers } = standing.host;
    for (let at = 0; at < peers.length; at++) {
      // A liar tells some of them that the place is empty.
      const write = standing.host.lie === "equivocate" && at * 2 >= peers.length ? this.empty : this.proposal;
      standing.send(verb.PRE_PREPARE, peers[at]!, write, slot);
    }
    this.check(slot);
  }

  private readonly proposal = (letter: PbftLetter, { sequence, entry }: Slot): void => {
    letter.sequence = sequence;
    letter.put(entry);
  };

  private readonly empty = (letter: PbftLetter, { sequence }: Slot): void => {
    letter.sequence = sequence;
    letter.put(NO_ENTRY);
  };

  prePrepared(letter: PbftLetter): void {
    const { standing } = this;
    const { view, sequence, from } = letter;
    const isInTime = standing.isActive && view === standing.view && from === standing.primary;
    if (!isInTime || sequence <= standing.stable || sequence > standing.stable + WINDOW) return;
    const slot = this.slots.at(sequence, view);
    if (!slot.isProposed) this.accept(slot, this.requests.entryOf(letter), from);
  }

  /** Takes what the primary proposes for the place, and says so to all. */
  accept(slot: Slot, entry: Entry, from: RegionId): void {
    const { standing } = this;
    this.slots.propose(slot, entry);
    slot.prepares[from] = slot.prepares[standing.host.id] = entry.write;
    this.vote(verb.PREPARE, slot);
    this.check(slot);
  }

  voted({ verb: phase, view, sequence, from, digest }: PbftLetter): void {
    const { standing } = this;
    if (view !== standing.view || sequence <= standing.stable || sequence > standing.stable + WINDOW) return;
    const slot = this.slots.at(sequence, view);
    (phase === verb.PREPARE ? slot.prepares : slot.commits)[from] = digest;
    this.check(slot);
  }

  private check(slot: Slot): void {
    const { standing } = this;
    if (!slot.isProposed || slot.view !== standing.view) return;
    if (!slot.isPrepared && slot.count(slot.prepares) >= standing.quorum) {
      this.slots.prepared(slot);
      standing.prepared = Math.max(standing.prepared, slot.sequence);
      slot.commits[standing.host.id] = slot.entry.write;
      this.vote(verb.COMMIT, slot);
    }
    if (slot.isPrepared && !slot.isCommitted && slot.count(slot.commits) >= standing.quorum) {
      slot.isCommitted = true;
      this.carryOut();
    }
  }

  private vote(phase: number, slot: Slot): void {
    this.standing.broadcast(phase, this.voteFor, slot);
  }

  private readonly voteFor = (letter: PbftLetter, { sequence, entry }: Slot): void => {
    letter.sequence = sequence;
    letter.digest = this.standing.host.lie === "equivocate" ? verb.ANYTHING : entry.write;
  };

  carryOut(): void {
    const { standing } = this;
    for (;;) {
      const slot = this.slots.find(standing.executed + 1);
      if (slot === undefined || !slot.isCommitted) break;
      standing.executed++;
      standing.movedAt = standing.host.now;
      standing.vain = 0;
      const { entry } = slot;
      if (!isEmpty(entry) && !this.requests.isDone(entry.origin, entry.stamp)) {
        standing.host.execute(entry.write);
        this.requests.done(entry);
      }
      if (standing.executed % this.interval === 0) {
        standing.broadcast(verb.CHECKPOINT, standing.number, standing.executed);
        this.checkpoint(standing.host.id, standing.executed);
      }
    }
    this.advanced();
  }

  advanced(): void {
    const { standing } = this;
    const { log } = standing.host;
    // The order is remembered in places of its own.
    log.trim(log.end);
    this.reads.settle();
    if (standing.leads) this.next = Math.max(this.next, standing.executed + 1);
  }

  checkpoint(from: RegionId, sequence: number): void {
    const { standing } = this;
    this.checkpoints[from] = Math.max(this.checkpoints[from]!, sequence);
    const { members } = standing;
    for (let at = 0; at < members.length; at++) {
      const reached = this.checkpoints[members[at]!]!;
      if (reached > standing.stable && this.countFrom(reached) >= standing.quorum) standing.stable = reached;
    }
  }

  /** Replicas that have carried out so much. */
  private countFrom(sequence: number): number {
    const { members } = this.standing;
    let sum = 0;
    for (let at = 0; at < members.length; at++) if (this.checkpoints[members[at]!]! >= sequence) sum++;
    return sum;
  }

  /** What the view before has left, and what had no place. A liar that dawdles has kept it back for a while. */
  proposeRest(): void {
    const { standing } = this;
    const { lie, now } = standing.host;
    for (const entry of [...this.requests.all]) {
      if (lie === "delay" && now - entry.since < DAWDLE * this.patience) continue;
      if (!this.isUnderWay(entry)) this.propose(entry);
    }
  }

  private isUnderWay({ origin, stamp }: Entry): boolean {
    const { standing } = this;
    for (let place = standing.executed + 1; place < this.next; place++) {
      const slot = this.slots.find(place);
      if (slot?.isProposed && slot.entry.origin === origin && slot.entry.stamp === stamp) return true;
    }
    return false;
  }
}
