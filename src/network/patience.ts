import type { Engine } from "../engine/engine.js";
import { retransmitAfter } from "./retransmission.js";

/** Nothing has stalled since the last letter arrived. */
const HEARD = -1;
/** What a timer is about. */
const RETRY = 0;
const SILENCE = 1;

export interface PatienceSettings {
  readonly retransmit: number;
  readonly retransmitCap: number;
  /** The user time-out. */
  readonly timeout: number;
}

/**
 * How long the sender of each stream waits: a stalled stream is tried again after time-outs that double, and given up
 * exactly at its user time-out, counted from the moment at which the oldest letter that has not arrived stalled. Where
 * letters arrive but acknowledgements do not, it is given up so long after the first one that missed its own.
 */
export class Patience {
  /** 1 while a stream waits for its next retransmission. */
  readonly stalled: Uint8Array;
  private readonly since: Float64Array;
  private readonly tries: Int32Array;
  private readonly retryTimers: Float64Array;
  private readonly silenceTimers: Float64Array;

  constructor(
    private readonly engine: Engine,
    streams: number,
    private readonly settings: PatienceSettings,
    private readonly kind: number,
    /** What a digest sees of a stream. */
    private readonly named: (stream: number) => number,
  ) {
    this.stalled = new Uint8Array(streams);
    this.since = new Float64Array(streams).fill(HEARD);
    this.tries = new Int32Array(streams);
    this.retryTimers = new Float64Array(streams);
    this.silenceTimers = new Float64Array(streams);
  }

  /** Begins to wait; `hopeless` when every retransmission before the time-out is known to be in vain. */
  stall(stream: number, hopeless: boolean): void {
    this.stalled[stream] = 1;
    if (this.since[stream] === HEARD) {
      this.since[stream] = this.engine.now;
      this.tries[stream] = 0;
    }
    this.retryAfter(stream, hopeless ? this.settings.timeout : this.backOff(stream));
  }

  /** A retransmission was in vain. */
  failed(stream: number): void {
    this.tries[stream]! += 1;
    this.retryAfter(stream, this.backOff(stream));
  }

  /** Whether the sender knows by now that no acknowledgement comes: a time-out has passed. */
  isSilent(stream: number): boolean {
    return this.stalled[stream] === 1 && this.engine.now - this.since[stream]! >= this.settings.retransmit;
  }

  resume(stream: number): void {
    this.stalled[stream] = 0;
  }

  /** Whether the timer that has fired ends the connection. */
  isOver(stream: number, timer: number): boolean {
    return timer === SILENCE || this.left(stream) <= 0;
  }

  /** A letter has arrived, the oldest one: while the stream is stalled, that was not the one that stalled. */
  arrived(stream: number): void {
    if (this.stalled[stream] === 0) this.since[stream] = HEARD;
  }

  /** A letter leaves whose acknowledgement cannot come back. */
  silent(stream: number): void {
    if (this.silenceTimers[stream] !== 0) return;
    this.arm(this.silenceTimers, stream, this.settings.timeout, SILENCE);
  }

  /** Acknowledgements come back. */
  answered(stream: number): void {
    this.engine.disarm(this.silenceTimers, stream);
  }

  /** The connection is gone, and with it whatever was awaited. */
  end(stream: number): void {
    this.stalled[stream] = 0;
    this.since[stream] = HEARD;
    this.engine.disarm(this.retryTimers, stream);
    this.engine.disarm(this.silenceTimers, stream);
  }

  private backOff(stream: number): number {
    return retransmitAfter(this.settings.retransmit, this.settings.retransmitCap, this.tries[stream]!);
  }

  private left(stream: number): number {
    return this.since[stream]! + this.settings.timeout - this.engine.now;
  }

  private retryAfter(stream: number, after: number): void {
    const left = Math.max(this.left(stream), 0);
    this.arm(this.retryTimers, stream, Math.min(after, left), RETRY);
  }

  private arm(timers: Float64Array, stream: number, after: number, what: number): void {
    this.engine.arm(timers, stream, after, this.kind, this.named(stream), stream, what);
  }
}
