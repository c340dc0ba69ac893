import type { Host, OperationId } from "../../contract.js";
import type { RaftLetter } from "./letter.js";
import type { Members } from "./members.js";

/**
 * Confirmed reads (Ongaro's thesis, section 6.4): a leader answers once a majority has told it, after the read came, that
 * it still leads. One round of letters serves all reads that came before it; those that come meanwhile wait for the next.
 */
export class ReadRounds {
  private asked: OperationId[] = [];
  private waiting: OperationId[] = [];
  /** The round under way, and when it began by this node's clock. */
  current = 0;
  /** By this node's clock: until then no other can have been elected, if clocks run as they should. */
  leaseUntil = Number.NEGATIVE_INFINITY;
  /** When the latest round began that a majority has answered: until then nobody else can have acknowledged anything. */
  private heardAt = Number.NEGATIVE_INFINITY;
  private sentAt = 0;
  private confirmed = 0;
  private readonly heard: number[] = [];

  constructor(
    private readonly host: Host<RaftLetter>,
    private readonly members: Members,
    /** Sends every peer a letter with the number of the round. */
    private readonly tellAll: () => void,
    /** Whether all that earlier leaders have committed is known to be, and shown here. */
    private readonly isLevel: () => boolean,
    private readonly lease: number,
  ) {}

  ask(operation: OperationId): void {
    if (this.lease > 0 && this.host.clock < this.leaseUntil && this.isLevel()) {
      this.host.answer(operation);
      return;
    }
    this.waiting.push(operation);
    if (this.asked.length === 0) this.begin();
  }

  /** By this node's clock, a moment by which all that anybody had acknowledged is committed here; -Infinity if none is known. */
  get asOf(): number {
    return this.isLevel() ? this.heardAt : Number.NEGATIVE_INFINITY;
  }

  /** A heartbeat goes out: a round like any other, unless one is under way. */
  beat(): void {
    if (this.asked.length === 0) this.begin();
    else this.tellAll();
  }

  /** More is committed than before. */
  recheck(): void {
    if (this.current > this.confirmed && this.votes() >= this.members.majority) this.finish();
  }

  /** A peer has answered a letter of that round: it took this node for the leader then. */
  answered(peer: number, round: number): void {
    if (round > (this.heard[peer] ?? 0)) this.heard[peer] = round;
    if (round === this.current) this.recheck();
  }

  /** This node leads no more, or starts anew. */
  giveUp(): void {
    for (let at = 0; at < this.asked.length; at++) this.host.deny(this.asked[at]!, "no-quorum");
    for (let at = 0; at < this.waiting.length; at++) this.host.deny(this.waiting[at]!, "no-quorum");
    this.forget();
  }

  forget(): void {
    this.leaseUntil = Number.NEGATIVE_INFINITY;
    this.heardAt = Number.NEGATIVE_INFINITY;
    this.asked.length = 0;
    this.waiting.length = 0;
  }

  private begin(): void {
    const next = this.asked;
    this.asked = this.waiting;
    this.waiting = next;
    this.current++;
    this.sentAt = this.host.clock;
    this.tellAll();
    this.recheck();
  }

  private finish(): void {
    this.leaseUntil = this.sentAt + this.lease;
    if (!this.isLevel()) return;
    this.heardAt = this.sentAt;
    this.host.heardFrom(this.host.id, this.heardAt, 0);
    this.confirmed = this.current;
    for (let at = 0; at < this.asked.length; at++) this.host.answer(this.asked[at]!);
    this.asked.length = 0;
    if (this.waiting.length > 0) this.begin();
  }

  /** Those who have answered the round under way, this node included. */
  private votes(): number {
    let votes = 1;
    const { voters } = this.members;
    for (let at = 0; at < voters.length; at++) if ((this.heard[voters[at]!] ?? 0) >= this.current) votes++;
    return votes;
  }
}
