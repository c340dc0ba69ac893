import type { Circumstances, Host, Objection, Operation, RegionId } from "../contract.js";
import { type OptionValues, choice, forever, numberOption } from "../options.js";
import { Proposals } from "./proposals.js";

export const LAG_OPTIONS = {
  max_lag: forever(
    Number.POSITIVE_INFINITY,
    "while the best standby is further behind, no write is answered; never: however far it is behind",
  ),
  beyond: choice(["wait", "refuse"], "what becomes of writes then"),
};

export function objectionToBound(options: OptionValues, { holders }: Circumstances): Objection | null {
  const most = boundOf(options);
  if (most === Number.POSITIVE_INFINITY) return null;
  if (holders < 2)
    return {
      option: "max_lag",
      message: "writes shall wait for a standby that is too far behind, and there is no standby",
      expected: "two regions with a copy",
      hint: "add a standby, or take it away",
    };
  if (most > numberOption(options, "batch")) return null;
  return {
    option: "max_lag",
    message: "writes are collected for longer before they are shipped than a standby may be behind",
    expected: "more than batch",
    hint: "raise it, or lower batch",
  };
}

/** Microseconds; none where nobody has set one. */
export const boundOf = ({ max_lag }: OptionValues): number =>
  (max_lag as number | undefined) ?? Number.POSITIVE_INFINITY;

/** Whether writes are refused beyond the bound. */
export const boundRefuses = (options: OptionValues): boolean =>
  boundOf(options) !== Number.POSITIVE_INFINITY && options["beyond"] === "refuse";

/** How far the peers are known to be. */
interface Progress {
  acknowledgedBy(peer: RegionId): number;
}

/**
 * Holds back the answers to writes while the best standby is too far behind, as the managed RPO of Aurora Global Database
 * does: what is answered and could be lost with the primary was answered within so long of each other. How far a standby
 * is behind is the age of the oldest write that it has not acknowledged.
 */
export class LagBound {
  private readonly waiting: Proposals;
  /** Where the log ended, and when: one each time that it did so at another moment. */
  private readonly ends: number[] = [];
  private readonly times: number[] = [];
  private head = 0;

  constructor(
    private readonly host: Pick<Host, "now" | "log" | "peers" | "answer" | "deny">,
    private readonly standbys: Progress,
    private readonly most: number,
    /** Whether a write is refused in place of waiting. */
    private readonly refuses: boolean,
  ) {
    this.waiting = new Proposals(host);
  }

  /** Whether a write may be accepted now. */
  get admits(): boolean {
    return !this.refuses || this.isWithin;
  }

  /** A write is at the end of the log: it is answered as soon as the standbys and the disk allow it. */
  take(operation: Operation): void {
    const { end } = this.host.log;
    const { ends, times, host } = this;
    if (times.length > this.head && times[times.length - 1] === host.now) ends[ends.length - 1] = end;
    else {
      ends.push(end);
      times.push(host.now);
    }
    this.waiting.push(end, operation.id);
    this.settle();
  }

  /** A standby has told how far it is, or the disk holds more. */
  settle(): void {
    if (this.isWithin) this.waiting.committed(this.host.log.secured);
  }

  /** This node leads no more: whether what waits stands is for the next one to say. */
  giveUp(): void {
    this.waiting.giveUp();
    this.clear();
  }

  /** The host has restarted: nobody waits for an answer of its any more. */
  forget(): void {
    this.waiting.forget();
    this.clear();
  }

  private get isWithin(): boolean {
    let best = 0;
    const { peers, now } = this.host;
    for (let at = 0; at < peers.length; at++) {
      const position = this.standbys.acknowledgedBy(peers[at]!);
      if (position > best) best = position;
    }
    while (this.head < this.ends.length && this.ends[this.head]! <= best) this.head++;
    // Rarely, so that each is moved a constant number of times.
    if (this.head > 1024 && this.head * 2 > this.ends.length) {
      this.ends.splice(0, this.head);
      this.times.splice(0, this.head);
      this.head = 0;
    }
    return this.head === this.ends.length || now - this.times[this.head]! <= this.most;
  }

  private clear(): void {
    this.ends.length = 0;
    this.times.length = 0;
    this.head = 0;
  }
}
