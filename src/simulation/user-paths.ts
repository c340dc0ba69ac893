import type { Engine } from "../engine/engine.js";
import type { Keyed, Streams } from "../engine/random.js";
import type { Links } from "../network/links.js";
import { Narrows } from "../network/narrows.js";
import { lossDelay } from "../network/retransmission.js";
import { DELETE, INCREMENT, READ } from "../record/record.js";
import { type Attempts, FRESH, NOT_FORWARDED } from "./attempts.js";
import { OK } from "./causes.js";
import type { Operations } from "./operations.js";
import type { Plan } from "./plan.js";
import type { Sizes } from "./sizes.js";

/** Replies are other messages than requests: their losses are other draws. */
const REPLY_LUCK = 1 << 20;
/** Nothing passes; the sender has to try again. */
export const HELD = -1;

/** The paths between the users and the regions, as one attempt meets them: how long its messages take, or that none passes. */
export class UserPaths {
  /** By region, every answer sent. */
  readonly bytesToUsers: Float64Array;
  private readonly regions: number;
  private readonly narrows: Narrows;
  /** Bytes by type of request. */
  private readonly requests: Float64Array;
  private readonly answers: Float64Array;
  private readonly luck: Keyed[];
  /** Which of parallel paths a connection takes. */
  private readonly pathLuck: Keyed[];

  constructor(
    private readonly plan: Plan,
    engine: Engine,
    streams: Streams,
    private readonly links: Links,
    private readonly sizes: Sizes,
    private readonly attempts: Attempts,
    private readonly operations: Operations,
  ) {
    this.regions = plan.regions.length;
    this.narrows = new Narrows(engine, links);
    const { requestBytes } = plan.data;
    this.requests = Float64Array.from(plan.requests, (type) => type.requestBytes ?? requestBytes);
    this.answers = Float64Array.from(plan.requests, (type) => type.answerBytes ?? requestBytes);
    this.bytesToUsers = new Float64Array(this.regions);
    this.luck = plan.places.map((place) => streams.keyed(`user/${place.name}`));
    this.pathLuck = plan.places.map((place) => streams.keyed(`connection/${place.name}`));
  }

  there(attempt: number): number {
    return this.links.link(this.regions + this.attempts.at[attempt]!, this.contacted(attempt));
  }

  back(attempt: number): number {
    return this.links.link(this.contacted(attempt), this.regions + this.attempts.at[attempt]!);
  }

  /** The region that its user talks to, whoever serves it. */
  contacted(attempt: number): number {
    const via = this.attempts.via[attempt]!;
    return via === NOT_FORWARDED ? this.attempts.region[attempt]! : via;
  }

  /** Whether nothing passes over the link for the connection of this attempt. */
  blocked(link: number, attempt: number): boolean {
    if (this.links.share[link] === 0) return this.links.cut[link] === 1;
    const { attempts } = this;
    const session = this.operations.slot[attempts.operation[attempt]!]!;
    return this.links.blocks(link, this.pathLuck[attempts.at[attempt]!]!.uniform(session, attempts.port[attempt]!));
  }

  /**
   * Microseconds of a request sent now, or HELD. A new connection needs both ways before anything is asked: each
   * handshake is an exchange of its own.
   */
  request(attempt: number): number {
    const { attempts, links } = this;
    const link = this.there(attempt);
    if (this.blocked(link, attempt)) return HELD;
    const trip = attempts.trip[attempt]!;
    const there = links.delay(link, trip >> 1);
    let delay = there;
    if (attempts.fresh[attempt] === FRESH) {
      const back = this.back(attempt);
      if (this.blocked(back, attempt)) return HELD;
      delay += this.plan.client.handshakes * (there + links.delay(back, trip - (trip >> 1)));
    }
    const luck = attempts.number[attempt]! * REPLY_LUCK + attempts.attempt[attempt]!;
    return delay + this.narrows.passes(link, this.requestBytes(attempt)) + this.lost(link, attempt, luck);
  }

  /** Microseconds of an answer sent now, or HELD. */
  reply(attempt: number): number {
    const { attempts } = this;
    const link = this.back(attempt);
    if (this.blocked(link, attempt)) return HELD;
    const bytes = this.answerBytes(attempt);
    this.bytesToUsers[this.contacted(attempt)]! += bytes;
    const trip = attempts.trip[attempt]!;
    const delay = this.links.delay(link, trip - (trip >> 1)) + this.narrows.passes(link, bytes);
    const luck = attempts.number[attempt]! * REPLY_LUCK + REPLY_LUCK / 2 + attempts.attempt[attempt]!;
    return delay + this.lost(link, attempt, luck);
  }

  requestBytes(attempt: number): number {
    const kind = this.attempts.kind[attempt]!;
    const requestBytes = this.requests[this.typeOf(attempt)]!;
    const bare = kind === READ || kind === DELETE || kind === INCREMENT;
    return bare ? requestBytes : requestBytes + this.sizes.value(this.attempts.key[attempt]!);
  }

  private typeOf(attempt: number): number {
    return this.operations.type[this.attempts.operation[attempt]!]!;
  }

  answerBytes(attempt: number): number {
    const { attempts } = this;
    const answerBytes = this.answers[this.typeOf(attempt)]!;
    if (attempts.kind[attempt] !== READ || attempts.status[attempt] !== OK) return answerBytes;
    const records = this.operations.records[attempts.operation[attempt]!]!;
    return answerBytes + records * this.sizes.value(attempts.key[attempt]!);
  }

  private lost(link: number, attempt: number, id: number): number {
    const loss = this.links.loss[link]!;
    if (loss === 0) return 0;
    const { retransmit, retransmitCap } = this.plan.network;
    return lossDelay(this.luck[this.attempts.place[attempt]!]!, id, loss, retransmit, retransmitCap);
  }
}
