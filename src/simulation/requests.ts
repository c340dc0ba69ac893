import type { Engine } from "../engine/engine.js";
import type { Keyed, Streams } from "../engine/random.js";
import { retransmitAfter } from "../network/retransmission.js";
import type { RoundTrips } from "../network/round-trips.js";
import { READ } from "../record/record.js";
import {
  APART,
  ASTRAY,
  AT_REPLICA,
  type Attempts,
  FRESH,
  HUNG,
  IN_SERVICE,
  LOST,
  NOT_FORWARDED,
  ON_THE_WAY,
  ORPHANED,
  POOLED,
  QUEUED,
} from "./attempts.js";
import { ERROR, OK, OVERLOAD, REFUSED } from "./causes.js";
import type { Conditions } from "./conditions.js";
import { REPLY, REQUEST, RESEND_REPLY, RESEND_REQUEST } from "./events.js";
import type { Forwarding } from "./forwarding.js";
import type { Operations } from "./operations.js";
import { type Plan, serves } from "./plan.js";
import type { Servers } from "./servers.js";
import type { Sessions } from "./sessions.js";
import type { Carried } from "./tokens.js";
import { HELD, type UserPaths } from "./user-paths.js";
import type { Writes } from "./writes.js";

const NONE = -1;
const SERVICE = 4;
const CRASH = 1 << 16;
/** Number of a try that runs beside another: more than a client ever makes. */
export const BESIDE = 1 << 12;

export interface Answering {
  answered(operation: number, attempt: number): void;
}
export interface Serving {
  /** A worker has done its part; the replica decides. */
  serve(attempt: number): void;
}

/**
 * Requests on their way: from a user over a connection into a region's queue, through a worker to the replica, and
 * back. A user's request has a connection of its own, so it waits for no other; a cut holds it until the next
 * retransmission, as long as its client still waits.
 */
export class Requests {
  private readonly luck: Keyed[];
  /** Whom a grey failure meets. */
  private readonly greyLuck: Keyed[];
  private crashes = 0;
  private readonly tellsDeadlines: boolean;
  users!: Answering;
  forwarding!: Forwarding;
  replicas!: Serving;
  /** Null where sessions carry nothing. */
  carried: Carried | null = null;
  edges: { takes(attempt: number): boolean; forget(attempt: number): void; died(region: number): void } | null = null;

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    streams: Streams,
    private readonly paths: UserPaths,
    private readonly trips: RoundTrips,
    private readonly attempts: Attempts,
    private readonly operations: Operations,
    private readonly writes: Writes,
    private readonly sessions: Sessions,
    private readonly servers: readonly Servers[],
    private readonly conditions: Conditions,
    private readonly up: Uint8Array,
    private readonly incarnations: Int32Array,
  ) {
    this.tellsDeadlines = plan.overload.propagateDeadlines;
    this.luck = plan.places.map((place) => streams.keyed(`user/${place.name}`));
    this.greyLuck = plan.places.map((place) => streams.keyed(`grey/${place.name}`));
  }

  /** Sends one attempt of an operation, for which its client waits from now on; `beside` the one it waits for already. */
  send(operation: number, region: number, beside = false): void {
    const { attempts, operations } = this;
    const attempt = attempts.take();
    const place = operations.place[operation]!;
    const number = operations.number[operation]!;
    const tries = operations.attempts[operation]! + (beside ? BESIDE : 0);
    const at = operations.at[operation]!;
    const slot = operations.slot[operation]!;
    const type = this.plan.requests[operations.type[operation]!]!;
    operations.retain(operation);
    attempts.operation[attempt] = operation;
    attempts.attempt[attempt] = tries;
    attempts.place[attempt] = place;
    attempts.at[attempt] = at;
    attempts.region[attempt] = region;
    attempts.via[attempt] = NOT_FORWARDED;
    attempts.status[attempt] = OK;
    attempts.number[attempt] = number;
    attempts.key[attempt] = operations.key[operation]!;
    attempts.kind[attempt] = operations.kind[operation]!;
    attempts.expected[attempt] = operations.expected[operation]!;
    attempts.shown[attempt] = NONE;
    attempts.issuedAt[attempt] = operations.issuedAt[operation]!;
    attempts.state[attempt] = ON_THE_WAY;
    attempts.resends[attempt] = 0;
    attempts.write[attempt] = NONE;
    this.carried?.attach(operation, attempt);
    if (this.tellsDeadlines) attempts.patience[attempt] = operations.patience[operation]! - this.engine.now;
    attempts.yields[attempt] = type.yields ? 1 : 0;
    const facts = this.plan.regions[region]!;
    const mean = facts.serviceTime * type.work * (operations.kind[operation] === READ ? this.plan.readWork : 1);
    const spread = facts.serviceLaw === "constant" ? 1 : this.luck[place]!.exponential(number, SERVICE);
    attempts.work[attempt] = Math.round(mean * spread);
    // Awaited from here on: a link that is cut holds the request, and one that nobody awaits would be let go.
    if (beside) operations.hedge[operation] = attempt;
    else operations.current[operation] = attempt;
    attempts.trip[attempt] = this.trips.draw(this.paths.there(attempt), number, tries);
    const pooled = this.sessions.hasConnection(at, slot);
    const moved = pooled && this.sessions.hasMoved(at, slot, region);
    attempts.fresh[attempt] = beside ? APART : moved ? ASTRAY : pooled ? POOLED : FRESH;
    attempts.port[attempt] = this.sessions.port(at, slot);
    this.launchRequest(attempt);
  }

  /** Event: the request is at the region's door. */
  arrive(attempt: number): void {
    const { attempts } = this;
    const region = attempts.region[attempt]!;
    if (this.paths.blocked(this.paths.there(attempt), attempt) || this.up[region] === 0) {
      this.hold(attempt, RESEND_REQUEST);
      return;
    }
    const operation = attempts.operation[attempt]!;
    const slot = this.operations.slot[operation]!;
    const at = attempts.at[attempt]!;
    const incarnation = this.incarnations[region]!;
    if (attempts.fresh[attempt] === FRESH) {
      if (this.isAwaited(attempt)) this.sessions.opened(at, slot, region, incarnation);
    } else if (
      attempts.fresh[attempt] === ASTRAY ||
      (attempts.fresh[attempt] === POOLED && !this.sessions.survives(at, slot, incarnation))
    ) {
      this.reply(attempt, REFUSED);
      return;
    }
    if (!serves(this.plan.regions[region]!)) {
      this.reply(attempt, REFUSED);
      return;
    }
    if (this.meetsGreyFailure(attempt, region)) return;
    this.enter(attempt);
  }

  /** At the door of the region that serves it. */
  enter(attempt: number): void {
    if (this.edges?.takes(attempt) === true) return;
    const { attempts } = this;
    const region = attempts.region[attempt]!;
    attempts.state[attempt] = QUEUED;
    attempts.enqueuedAt[attempt] = this.engine.now;
    if (this.tellsDeadlines) attempts.expires[attempt] = this.engine.now + attempts.patience[attempt]!;
    if (!this.servers[region]!.offer(attempt)) this.reply(attempt, OVERLOAD);
  }

  /** Its client has given it up, and the region knows: it is not served. */
  expired(attempt: number): void {
    this.release(attempt);
  }

  /** Event: a worker is done with it. */
  served(region: number, attempt: number): void {
    if (this.attempts.state[attempt] === ORPHANED) {
      this.release(attempt);
      return;
    }
    this.attempts.state[attempt] = AT_REPLICA;
    this.replicas.serve(attempt);
    this.servers[region]!.finished(attempt);
  }

  /** Sends the answer back to the user, by way of the region that has handed the request on. */
  reply(attempt: number, status: number): void {
    const { attempts } = this;
    attempts.state[attempt] = ON_THE_WAY;
    attempts.status[attempt] = status;
    if (attempts.via[attempt] === NOT_FORWARDED) this.leave(attempt);
    else this.forwarding.answer(attempt);
  }

  /** Sends the answer off from the region that the user has contacted. */
  leave(attempt: number): void {
    this.attempts.state[attempt] = ON_THE_WAY;
    this.attempts.resends[attempt] = 0;
    this.launchReply(attempt);
  }

  /** Event: the answer is at the user's door. */
  arriveBack(attempt: number): void {
    const { attempts } = this;
    if (this.paths.blocked(this.paths.back(attempt), attempt)) {
      this.hold(attempt, RESEND_REPLY);
      return;
    }
    if (this.isAwaited(attempt)) {
      this.users.answered(attempts.operation[attempt]!, attempt);
    }
    this.release(attempt);
  }

  /** Event: what got no acknowledgement is sent again, if its connection is still open. */
  resendRequest(attempt: number): void {
    if (!this.isAwaited(attempt)) {
      this.release(attempt);
      return;
    }
    this.launchRequest(attempt);
  }

  resendReply(attempt: number): void {
    if (this.isAwaited(attempt) && this.up[this.paths.contacted(attempt)] === 1) this.launchReply(attempt);
    else this.release(attempt);
  }

  /** The region that its user talks to. */
  contacted(attempt: number): number {
    return this.paths.contacted(attempt);
  }

  /** The client has closed the connection; the region does not know and goes on. */
  abandon(attempt: number): void {
    const state = this.attempts.state[attempt];
    if (state === LOST || state === HUNG) this.free(attempt);
  }

  /** The region has died: what it held is gone, and no one will answer. */
  regionDied(region: number): void {
    const { attempts } = this;
    this.edges?.died(region);
    this.servers[region]!.die((queued) => this.release(queued));
    for (let attempt = 0; attempt < attempts.bound; attempt++) {
      if (attempts.operation[attempt] === NONE || attempts.region[attempt] !== region) continue;
      if (attempts.isAtCopy(attempt)) this.release(attempt);
      else if (attempts.state[attempt] === IN_SERVICE) attempts.state[attempt] = ORPHANED;
      else if (attempts.state[attempt] === HUNG) this.release(attempt);
    }
  }

  /** The host of the copy has died: what waited for it is answered by an error. */
  hostDied(region: number): void {
    const { attempts } = this;
    for (let attempt = 0; attempt < attempts.bound; attempt++) {
      if (attempts.operation[attempt] === NONE || attempts.region[attempt] !== region) continue;
      if (attempts.isAtCopy(attempt)) this.reply(attempt, ERROR);
    }
  }

  /** Instances have died, a share of those that worked: so has that share of what was in a worker. */
  instancesDied(region: number, share: number): void {
    const { attempts } = this;
    const strike = ++this.crashes;
    for (let attempt = 0; attempt < attempts.bound; attempt++) {
      if (attempts.operation[attempt] === NONE || attempts.region[attempt] !== region) continue;
      if (attempts.state[attempt] !== IN_SERVICE) continue;
      const luck = this.greyLuck[attempts.place[attempt]!]!;
      if (luck.uniform(attempts.number[attempt]!, CRASH + strike) >= share) continue;
      attempts.state[attempt] = ORPHANED;
      this.servers[region]!.lost(attempt);
    }
  }

  /** Whether the answer could not come: the region is down, or a cut holds one of the two directions. */
  isCutOff(attempt: number): boolean {
    const region = this.paths.contacted(attempt);
    const state = this.attempts.state[attempt];
    if (this.up[region] === 0 || this.attempts.resends[attempt]! > 0 || state === ORPHANED || state === LOST)
      return true;
    const { paths } = this;
    return paths.blocked(paths.there(attempt), attempt) || paths.blocked(paths.back(attempt), attempt);
  }

  /** A region that looks well may answer a request by an error, or never. */
  private meetsGreyFailure(attempt: number, region: number): boolean {
    const failing = this.conditions.failing[region]!;
    const hanging = this.conditions.hanging[region]!;
    if (failing === 0 && hanging === 0) return false;
    const { attempts } = this;
    const luck = this.greyLuck[attempts.place[attempt]!]!;
    const uniform = luck.uniform(attempts.number[attempt]!, attempts.attempt[attempt]!);
    if (uniform < failing) this.reply(attempt, ERROR);
    else if (uniform < failing + (1 - failing) * hanging) this.hang(attempt);
    else return false;
    return true;
  }

  private hang(attempt: number): void {
    if (this.isAwaited(attempt)) this.attempts.state[attempt] = HUNG;
    else this.free(attempt);
  }

  private isAwaited(attempt: number): boolean {
    const operation = this.attempts.operation[attempt]!;
    return this.operations.current[operation] === attempt || this.operations.hedge[operation] === attempt;
  }

  private launchRequest(attempt: number): void {
    const delay = this.paths.request(attempt);
    if (delay === HELD) this.hold(attempt, RESEND_REQUEST);
    else this.engine.schedule(delay, REQUEST, this.attempts.region[attempt]!, attempt, this.attempts.number[attempt]!);
  }

  private launchReply(attempt: number): void {
    const delay = this.paths.reply(attempt);
    if (delay === HELD) this.hold(attempt, RESEND_REPLY);
    else this.engine.schedule(delay, REPLY, this.attempts.place[attempt]!, attempt, this.attempts.number[attempt]!);
  }

  private hold(attempt: number, kind: number): void {
    if (!this.isAwaited(attempt)) {
      this.release(attempt);
      return;
    }
    const { retransmit, retransmitCap } = this.plan.network;
    const after = retransmitAfter(retransmit, retransmitCap, this.attempts.resends[attempt]!++);
    this.engine.schedule(after, kind, this.attempts.region[attempt]!, attempt, this.attempts.number[attempt]!);
  }

  /** The system has lost or finished it; while its client still waits, the client's hold on it remains. */
  release(attempt: number): void {
    if (this.isAwaited(attempt)) this.attempts.state[attempt] = LOST;
    else this.free(attempt);
  }

  private free(attempt: number): void {
    const write = this.attempts.write[attempt]!;
    if (write !== NONE) this.writes.release(write);
    this.edges?.forget(attempt);
    this.operations.release(this.attempts.operation[attempt]!);
    this.attempts.give(attempt);
  }
}
