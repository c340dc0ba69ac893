import type { Engine } from "../engine/engine.js";
import type { Keyed, Streams } from "../engine/random.js";
import { CAS, READ } from "../record/record.js";
import { RetryBudget, backoff } from "../workload/retry.js";
import type { Arrivals } from "./arrivals.js";
import type { Attempts } from "./attempts.js";
import type { Breakers } from "./breakers.js";
import {
  CIRCUIT_OPEN,
  DATA_MISSING,
  FENCED,
  NOT_PRIMARY,
  OK,
  OVERLOAD,
  REFUSED,
  STALE_DNS,
  TOO_STALE,
  UNREACHABLE,
  UNRESOLVED,
} from "./causes.js";
import { CLIENT_TIMER } from "./events.js";
import type { Hedges } from "./hedges.js";
import type { Intents } from "./intents.js";
import type { Observer } from "./observer.js";
import type { Operations } from "./operations.js";
import type { Plan } from "./plan.js";
import type { Requests } from "./requests.js";
import type { Sessions } from "./sessions.js";
import type { Silence } from "./silence.js";

const NONE = -1;
/** Answers of a region that does not serve any more: the fault is with whatever led there. */
const DEPARTED: ReadonlySet<number> = new Set([REFUSED, NOT_PRIMARY, FENCED]);
/** Purposes of keyed draws from here on are back-offs. */
const BACKOFF = 64;

/**
 * The users: each operation tries, perhaps in two regions at once, times out, backs off and tries again until it has an
 * answer or its deadline has passed.
 */
export class Users {
  private readonly luck: Keyed[];
  private readonly budgets: RetryBudget[];
  /** By type of request. */
  private readonly deadlines: Float64Array;
  private readonly timeouts: Float64Array;
  silence!: Silence;

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    streams: Streams,
    private readonly arrivals: Arrivals,
    private readonly intents: Intents,
    private readonly operations: Operations,
    private readonly attempts: Attempts,
    private readonly sessions: Sessions,
    private readonly requests: Requests,
    private readonly hedges: Hedges | null,
    private readonly breakers: Breakers | null,
    private readonly observer: Observer,
  ) {
    this.luck = plan.places.map((place) => streams.keyed(`user/${place.name}`));
    this.budgets = plan.places.map((place) => RetryBudget.ofLoad(plan.client.retryBudget, place.rate));
    this.deadlines = Float64Array.from(plan.requests, (type) => type.deadline ?? plan.client.deadline);
    this.timeouts = Float64Array.from(plan.requests, (type) => type.timeout ?? plan.client.timeout);
  }

  /** A user wants something. */
  begin(place: number, number: number, session: number): void {
    const operation = this.intents.take(place, number, session);
    this.budgets[place]!.earn();
    this.hedges?.earn(place);
    this.observer.operationIssued(place, operation);
    this.requests.carried?.issued(operation);
    this.attempt(operation);
  }

  /** Event: the try's time is up, or it is time for a second request beside it, or the back-off is over. */
  timer(operation: number): void {
    const { operations } = this;
    operations.timer[operation] = 0;
    const attempt = operations.current[operation]!;
    if (attempt === NONE) {
      if (this.requests.carried?.isOver(operation) !== true) this.attempt(operation);
      else this.end(operation, operations.lastRegion[operation]!, TOO_STALE);
      return;
    }
    if (this.engine.now < operations.patience[operation]!) {
      this.hedge(operation);
      return;
    }
    const cause = this.causeOfSilence(operation, attempt);
    this.breakers?.ended(operations.at[operation]!, operations.lastRegion[operation]!, true, this.engine.now);
    this.sessions.close(operations.at[operation]!, operations.slot[operation]!);
    this.giveUp(operation);
    this.failed(operation, cause, false);
  }

  /** The answer to a request that the client waits for. */
  answered(operation: number, attempt: number): void {
    const { operations, attempts, engine } = this;
    const status = attempts.status[attempt]!;
    const region = attempts.region[attempt]!;
    this.breakers?.ended(operations.at[operation]!, this.requests.contacted(attempt), status !== OK, engine.now);
    if (status !== OK && this.isHedged(operation)) {
      // The other request may still bring it.
      if (operations.current[operation] === attempt) operations.current[operation] = operations.hedge[operation]!;
      operations.hedge[operation] = NONE;
      return;
    }
    engine.disarm(operations.timer, operation);
    const isCurrent = operations.current[operation] === attempt;
    const other = isCurrent ? operations.hedge[operation]! : operations.current[operation]!;
    operations.current[operation] = NONE;
    operations.hedge[operation] = NONE;
    if (other !== NONE) this.requests.abandon(other);
    // An answer like any other to the client, though a wrong one: nothing to try again.
    if (status === DATA_MISSING) {
      this.end(operation, region, DATA_MISSING);
      return;
    }
    if (status !== OK) {
      if (status !== OVERLOAD) this.sessions.close(operations.at[operation]!, operations.slot[operation]!);
      this.failed(operation, this.isAstray(operation) && DEPARTED.has(status) ? STALE_DNS : status);
      return;
    }
    const write = attempts.write[attempt]!;
    this.requests.carried?.taken(operation, attempt, write);
    if (operations.reading[operation] === 1) {
      this.swap(operation, attempt);
      return;
    }
    if (write !== NONE) this.observer.writeAcknowledged(write);
    this.observer.answerTaken(operation, attempt);
    this.end(operation, region, OK);
  }

  private isHedged(operation: number): boolean {
    return this.operations.hedge[operation] !== NONE;
  }

  /** The read has answered: now the compare-and-set itself, a request of its own. */
  private swap(operation: number, attempt: number): void {
    const { operations } = this;
    operations.reading[operation] = 0;
    operations.kind[operation] = CAS;
    operations.expected[operation] = this.attempts.shown[attempt]!;
    operations.earlier[operation] = operations.attempts[operation]!;
    this.observer.readTaken(operation, attempt);
    this.requests.carried?.issued(operation);
    this.attempt(operation);
  }

  private attempt(operation: number): void {
    const { operations, engine, hedges } = this;
    const at = operations.at[operation]!;
    const timeout = this.timeouts[operations.type[operation]!]!;
    const left = this.deadline(operation) - engine.now;
    const patience = left < timeout ? left : timeout;
    operations.patience[operation] = engine.now + patience;
    const hedged = hedges !== null && operations.kind[operation] === READ && hedges.after < patience;
    this.arm(operation, hedged ? hedges.after : patience);
    operations.attempts[operation]! += 1;
    const region = this.sessions.connect(at, operations.slot[operation]!);
    operations.lastRegion[operation] = region;
    // The name resolves to nothing, or the circuit to where it leads is open.
    const unsent =
      region === NONE ? UNRESOLVED : this.breakers?.allows(at, region, engine.now) === false ? CIRCUIT_OPEN : OK;
    if (unsent === OK) {
      this.requests.send(operation, region);
      return;
    }
    engine.disarm(operations.timer, operation);
    this.failed(operation, unsent);
  }

  /** The answer is late: asks a second region for it too, and goes on waiting for either. */
  private hedge(operation: number): void {
    const { operations, engine, hedges } = this;
    this.arm(operation, operations.patience[operation]! - engine.now);
    if (this.requests.carried?.isOver(operation) === true) return;
    const place = operations.place[operation]!;
    const other = hedges!.spend(place, operations.at[operation]!, operations.lastRegion[operation]!);
    if (other === NONE) return;
    this.observer.requestHedged(place);
    this.requests.send(operation, other, true);
  }

  private arm(operation: number, delay: number): void {
    const { operations } = this;
    const place = operations.place[operation]!;
    const number = operations.number[operation]!;
    this.engine.arm(operations.timer, operation, delay, CLIENT_TIMER, place, operation, number);
  }

  /** Waits for nothing any more. */
  private giveUp(operation: number): void {
    const { operations } = this;
    const attempt = operations.current[operation]!;
    const beside = operations.hedge[operation]!;
    operations.current[operation] = NONE;
    operations.hedge[operation] = NONE;
    this.requests.abandon(attempt);
    if (beside !== NONE) this.requests.abandon(beside);
  }

  /**
   * A try has failed: tries again if the deadline, the number of tries and the budget allow. `isTold` unless the client has
   * only waited in vain.
   */
  private failed(operation: number, cause: number, isTold = true): void {
    const { operations, engine } = this;
    const { client } = this.plan;
    const place = operations.place[operation]!;
    const tries = operations.attempts[operation]!;
    const retry = tries - operations.earlier[operation]!;
    // What belonged to a session that has ended meanwhile would be asked for in the name of the next one.
    if (retry < client.attempts && this.requests.carried?.isOver(operation) !== true) {
      const uniform = this.luck[place]!.uniform(operations.number[operation]!, BACKOFF + tries);
      const wait = backoff(client.backoffFirst, client.backoffCap, retry, uniform);
      if (engine.now + wait < this.deadline(operation) && this.budgets[place]!.spend()) {
        this.observer.operationRetried(place, operation, wait);
        this.arm(operation, wait);
        return;
      }
    }
    this.end(operation, operations.lastRegion[operation]!, cause, isTold);
  }

  /** The moment at which the operation has failed. */
  private deadline(operation: number): number {
    const { operations } = this;
    return operations.issuedAt[operation]! + this.deadlines[operations.type[operation]!]!;
  }

  private end(operation: number, region: number, cause: number, isTold = true): void {
    const { operations } = this;
    operations.awaited[operation] = 0;
    if (cause === TOO_STALE && isTold && this.requests.carried?.refused(operation) === true)
      this.observer.sessionEnded(operations.place[operation]!, operations.session[operation]!);
    const place = operations.place[operation]!;
    this.observer.operationEnded(
      place,
      region,
      operations.kind[operation] !== READ || operations.reading[operation] === 1,
      operations.issuedAt[operation]!,
      cause,
      operation,
    );
    this.arrivals.ended(place, operations.number[operation]!);
    operations.release(operation);
  }

  /** What truly kept the answer away: told to the metrics, never to the client. */
  private causeOfSilence(operation: number, attempt: number): number {
    if (this.requests.isCutOff(attempt)) return this.isAstray(operation) ? STALE_DNS : UNREACHABLE;
    return this.silence.causeOf(attempt);
  }

  /** The name has another answer by now than the region that was asked. */
  private isAstray(operation: number): boolean {
    const { at, slot, lastRegion } = this.operations;
    return this.sessions.isMisled(at[operation]!, slot[operation]!, lastRegion[operation]!);
  }
}
