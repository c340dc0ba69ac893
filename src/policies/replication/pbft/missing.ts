import * as verb from "./letter.js";
import type { PbftLetter } from "./letter.js";
import type { Order } from "./order.js";
import type { Requests } from "./requests.js";
import type { Slots } from "./slots.js";
import type { Standing } from "./standing.js";

/** Entries in one letter to who lacks them. */
const BATCH = 256;

/** What one replica lacks and others have carried out: it asks one after the other, for entries or for a whole copy. */
export class Missing {
  readonly executedBy: number[] = [];
  private source = 0;

  constructor(
    private readonly standing: Standing,
    private readonly slots: Slots,
    private readonly requests: Requests,
    private readonly order: Order,
    private readonly heartbeat: number,
  ) {
    for (const member of standing.members) this.executedBy[member] = 0;
  }

  /** Asks for what so many others have carried out that one of them is honest. */
  catchUp(): void {
    const { standing } = this;
    const { peers, now } = standing.host;
    let ahead = 0;
    for (let at = 0; at < peers.length; at++) if (this.executedBy[peers[at]!]! > standing.executed) ahead++;
    const isBehind = ahead > standing.liars && now - standing.movedAt > this.heartbeat;
    if (!isBehind && !standing.isAbsent) return;
    const known = standing.isAbsent ? -1 : standing.executed;
    standing.send(verb.FETCH, peers[this.source++ % peers.length]!, standing.number, known);
  }

  fetched({ from, sequence }: PbftLetter): void {
    const { standing } = this;
    if (sequence >= standing.executed) return;
    const last = sequence < 0 ? sequence : this.knownFrom(sequence);
    if (last === sequence) {
      const letter = standing.letter(verb.COPY, from);
      letter.sequence = standing.executed;
      this.requests.tell(letter);
      standing.host.snapshot(letter);
      return;
    }
    const write = (letter: PbftLetter, first: number): void => {
      letter.clear();
      letter.sequence = last;
      for (let place = first; place <= last; place++) letter.add(place, 0, this.slots.find(place)!.entry);
    };
    standing.send(verb.ENTRIES, from, write, sequence + 1);
  }

  /**
   * The last place up to which it can prove what stands at each beyond `sequence`: what a whole copy has brought here is
   * carried out, and of the places themselves nothing is known, or what was proposed there and came to nothing.
   */
  private knownFrom(sequence: number): number {
    const most = Math.min(this.standing.executed, sequence + BATCH);
    let last = sequence;
    while (last < most && this.slots.find(last + 1)?.isCommitted === true) last++;
    return last;
  }

  /** Entries with what proves that they are committed. */
  caughtUp(letter: PbftLetter): void {
    const { standing } = this;
    if (standing.isAbsent) return;
    letter.each((place, entry) => {
      if (place !== standing.executed + 1) return;
      const slot = this.slots.at(place, Math.max(0, this.slots.find(place)?.view ?? 0));
      this.slots.propose(slot, entry);
      slot.isCommitted = true;
      standing.prepared = Math.max(standing.prepared, place);
      this.order.carryOut();
    });
  }
}
