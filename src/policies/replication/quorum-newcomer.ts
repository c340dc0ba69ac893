import type { Host, RegionId } from "../contract.js";
import { sizeOf } from "../quorum.js";
import { COPY, HELLO, NOTHING, type QuorumLetter } from "./quorum-letter.js";
import type { Ring } from "./quorum-ring.js";

/**
 * A copy that has lost its data neither answers nor counts until it has merged whole copies of so many others that every
 * acknowledged write is in one of them: with one alone, a write that this copy had acknowledged could be forgotten by a
 * quorum. Who has lost everything too has nothing to add.
 */
export class Newcomer {
  /** This copy is still incomplete. */
  absent = false;
  private merged = 0;
  private empty = 0;
  private readonly all: number;
  private readonly needed: number;

  constructor(
    private readonly host: Host<QuorumLetter>,
    ring: Ring,
    writes: number,
  ) {
    let all = 0;
    for (const peer of host.peers) all |= 1 << peer;
    this.all = all;
    const others = host.peers.length;
    // The other copies of an acknowledged write are W - 1 of N - 1.
    this.needed = ring.copies === ring.holders.length ? Math.min(others, ring.copies - writes + 1) : others;
  }

  begin(): void {
    this.absent = this.all !== 0;
    this.merged = this.empty = 0;
    this.ask();
  }

  /** Asks those again that have sent no copy. */
  ask(): void {
    if (!this.absent) return;
    for (const peer of this.host.peers)
      if (((this.merged >> peer) & 1) === 0) this.host.send(this.host.letter(HELLO, peer));
  }

  asked(by: RegionId): void {
    if (this.absent) this.host.send(this.host.letter(NOTHING, by));
    else this.host.snapshot(this.host.letter(COPY, by));
  }

  hasNothing(peer: RegionId): void {
    this.empty |= 1 << peer;
    this.settle();
  }

  wants(from: RegionId): boolean {
    return this.absent && ((this.merged >> from) & 1) === 0;
  }

  installed(from: RegionId): void {
    this.merged |= 1 << from;
    this.settle();
  }

  private settle(): void {
    if (this.merged === 0) return;
    if (sizeOf(this.merged) >= this.needed || (this.merged | this.empty) === this.all) this.absent = false;
  }
}
